//! Takes notice of calls that succeed and are sent again; gives leave to send again; must never give more than the successes earned.

use std::sync::atomic::{AtomicU32, Ordering};

/// Repetitions that the clones of a client may still make: a bucket of tokens without a clock.
pub(crate) struct Budget {
    /// In fifths of a repetition.
    fifths: AtomicU32,
    full: u32,
}

/// What one repetition costs, in the number of successes that pay for it.
pub(crate) const SUCCESSES: u32 = 5;
/// A server that stays down gets so many more requests than calls, from all clones together.
pub(crate) const RETRIES: u32 = 100;

impl Budget {
    pub(crate) fn new(retries: u32) -> Self {
        let full = retries.saturating_mul(SUCCESSES);
        Self {
            fifths: AtomicU32::new(full),
            full,
        }
    }

    /// Takes leave for one repetition.
    pub(crate) fn take(&self) -> bool {
        let taken = |fifths: u32| fifths.checked_sub(SUCCESSES);
        self.update(taken)
    }

    /// Notes a call that succeeded.
    pub(crate) fn earn(&self) {
        // Nearly always full, and then nothing is written that all clones read.
        let earned = |fifths: u32| (fifths < self.full).then(|| fifths + 1);
        self.update(earned);
    }

    fn update(&self, change: impl FnMut(u32) -> Option<u32>) -> bool {
        let order = Ordering::Relaxed;
        self.fifths.fetch_update(order, order, change).is_ok()
    }
}
