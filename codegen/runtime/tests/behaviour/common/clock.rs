//! Time that passes only when a call waits: the pauses and timeouts of a call last no time, and are still measured.
//!
//! A paused clock of Tokio jumps ahead whenever nothing is left to do but to wait, and does not
//! know that an answer is on its way through a socket. So it is held still by a task that blocks,
//! and is moved on by the pauses that the client announces.

use crate::runtime::Attempt;
use std::sync::mpsc;
use std::time::Duration;
use tokio::sync::mpsc::{UnboundedSender, unbounded_channel};

pub(crate) struct Clock {
    pauses: UnboundedSender<Duration>,
    /// The blocking task ends with it.
    _hold: mpsc::Sender<()>,
}

impl Clock {
    pub(crate) fn start() -> Self {
        tokio::time::pause();
        let (hold, end) = mpsc::channel::<()>();
        tokio::task::spawn_blocking(move || end.recv());
        let (pauses, mut announced) = unbounded_channel();
        tokio::spawn(async move {
            while let Some(pause) = announced.recv().await {
                // Timers end with the millisecond that their end is in.
                tokio::time::advance(pause + Duration::from_millis(1)).await;
            }
        });
        Self {
            pauses,
            _hold: hold,
        }
    }

    /// What a client has to show its attempts to.
    pub(crate) fn observer(&self) -> impl Fn(&Attempt<'_>) + Send + Sync + 'static {
        let pauses = self.pauses.clone();
        move |attempt| {
            if let Some(pause) = attempt.retry_in() {
                pauses.send(pause).unwrap();
            }
        }
    }

    /// Lets so much time pass at once.
    pub(crate) fn pass(&self) -> impl Fn(Duration) + Send + Sync + 'static {
        let pauses = self.pauses.clone();
        move |time| pauses.send(time).unwrap()
    }
}
