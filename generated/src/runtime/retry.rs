//! Takes how often and how patiently calls are to be repeated; gives the wait before each repetition; must never wait less than the server asked for.

use std::hash::{BuildHasher, RandomState};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

/// How often and how patiently a failed call is sent again.
///
/// Three attempts by default: the second follows a pause of up to half a second, the third one of
/// up to a second. A call is sent again only where that is safe:
///
/// * after a connection that was never made, and a token to log in with that could not be had for
///   one of the reasons below, whatever the method;
/// * after status 429 for `GET`, `HEAD`, `OPTIONS`, `PUT` and `DELETE`, and for all methods where
///   the API is known never to process such a request;
/// * after status 408, 500, 502, 503 or 504, an attempt that took too long, and a connection that
///   broke: for `GET`, `HEAD`, `PUT` and `DELETE`.
///
/// Whatever is set here, the clones of a client share a budget of repetitions, and a call ends
/// with its timeout. A call that is refused with status 401 for a token which the client fetched is
/// sent once more with a new one; that counts neither here nor in the budget.
///
/// # Example
///
/// ```
/// use twilio_push_credentials::Retry;
/// use std::time::Duration;
///
/// let patient = Retry::new()
///     .max_attempts(5)
///     .backoff(Duration::from_secs(1), Duration::from_secs(30));
/// assert_ne!(patient, Retry::default());
/// ```
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[must_use = "it does nothing until a client or a call is given it"]
pub struct Retry {
    max_attempts: u32,
    first_pause: Duration,
    longest_pause: Duration,
    max_retry_after: Duration,
}

impl Retry {
    /// At most 3 attempts, with pauses of up to 0.5 s, 1 s, 2 s, 4 s and then 8 s.
    ///
    /// # Example
    ///
    /// ```
    /// assert_eq!(twilio_push_credentials::Retry::new(), twilio_push_credentials::Retry::default());
    /// ```
    pub const fn new() -> Self {
        Self {
            max_attempts: 3,
            first_pause: Duration::from_millis(500),
            longest_pause: Duration::from_secs(8),
            max_retry_after: Duration::from_secs(60),
        }
    }

    /// One attempt: nothing is ever sent again, but for the sake of a new token.
    ///
    /// # Example
    ///
    /// ```
    /// use twilio_push_credentials::Retry;
    ///
    /// assert_eq!(Retry::never(), Retry::new().max_attempts(1));
    /// ```
    pub const fn never() -> Self {
        Self::new().max_attempts(1)
    }

    /// How often a call is sent at most, the first time included; 0 counts as 1. 3 by default.
    ///
    /// # Example
    ///
    /// ```
    /// let retry = twilio_push_credentials::Retry::new().max_attempts(5);
    /// ```
    pub const fn max_attempts(mut self, attempts: u32) -> Self {
        self.max_attempts = if attempts == 0 { 1 } else { attempts };
        self
    }

    /// The longest pause before the second attempt and before any other. 0.5 s and 8 s by default.
    ///
    /// The upper end doubles with each attempt from `first` to `longest`; the pause is drawn
    /// between zero and that, so that clients that failed together do not come back together.
    ///
    /// # Example
    ///
    /// ```
    /// use std::time::Duration;
    ///
    /// let retry = twilio_push_credentials::Retry::new().backoff(Duration::from_millis(100), Duration::from_secs(2));
    /// ```
    pub const fn backoff(mut self, first: Duration, longest: Duration) -> Self {
        self.first_pause = first;
        self.longest_pause = longest;
        self
    }

    /// The longest pause that a server may ask for with `Retry-After`. 60 s by default.
    ///
    /// A call that was asked for more fails at once, and [`Error::retry_after`] says how much.
    ///
    /// # Example
    ///
    /// ```
    /// use std::time::Duration;
    ///
    /// let retry = twilio_push_credentials::Retry::new().max_retry_after(Duration::from_secs(10));
    /// ```
    ///
    /// [`Error::retry_after`]: crate::runtime::Error::retry_after
    pub const fn max_retry_after(mut self, longest: Duration) -> Self {
        self.max_retry_after = longest;
        self
    }

    pub(crate) const fn attempts(&self) -> u32 {
        self.max_attempts
    }

    /// The pause after so many attempts; nothing when the server asked for more than is allowed.
    pub(crate) fn pause(
        &self,
        attempts: u32,
        asked: Option<Duration>,
        draw: u64,
    ) -> Option<Duration> {
        let doublings = attempts.saturating_sub(1).min(31);
        let upper = self.first_pause.saturating_mul(1 << doublings);
        let jitter = part(upper.min(self.longest_pause), draw);
        match asked {
            None => Some(jitter),
            // All that were refused together are told the same time.
            Some(asked) => (asked <= self.max_retry_after).then(|| asked.saturating_add(jitter)),
        }
    }
}

impl Default for Retry {
    fn default() -> Self {
        Self::new()
    }
}

/// The part of `upper` that `draw` is of all that can be drawn.
fn part(upper: Duration, draw: u64) -> Duration {
    let nanos = upper.as_nanos().min(u128::from(u64::MAX));
    let part = (nanos * u128::from(draw)) >> 64;
    Duration::from_nanos(u64::try_from(part).unwrap_or(u64::MAX))
}

/// Numbers that need to differ between clients, but need not be secret.
pub(crate) struct Jitter(AtomicU64);

impl Jitter {
    pub(crate) fn new() -> Self {
        Self(AtomicU64::new(RandomState::new().hash_one(0_u8)))
    }

    /// `SplitMix64`: a step of a counter, and its bits mixed.
    pub(crate) fn draw(&self) -> u64 {
        const STEP: u64 = 0x9e37_79b9_7f4a_7c15;
        let mut bits = self.0.fetch_add(STEP, Ordering::Relaxed).wrapping_add(STEP);
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        bits ^ (bits >> 31)
    }
}
