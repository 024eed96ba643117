//! Time that passes only while a client waits: pauses and timeouts take no time, and are still measured.
//!
//! A paused clock of Tokio jumps ahead whenever there is nothing to do but wait, and does not know that an answer is on its way
//! through a socket. So a task that blocks holds it still, and it moves when a client says that it pauses, or a server that it
//! has fallen silent.

use std::sync::mpsc;
use std::time::Duration;

use tokio::sync::mpsc::{UnboundedSender, unbounded_channel};

pub(crate) struct Clock {
    steps: UnboundedSender<Duration>,
    /// The blocking task ends with it.
    _hold: mpsc::Sender<()>,
}

impl Clock {
    pub(crate) fn start() -> Self {
        tokio::time::pause();
        let (hold, end) = mpsc::channel::<()>();
        tokio::task::spawn_blocking(move || end.recv());
        let (steps, mut wanted) = unbounded_channel();
        tokio::spawn(async move {
            while let Some(step) = wanted.recv().await {
                // What was sent before the silence is read first.
                let settle = || std::thread::sleep(Duration::from_millis(2));
                let _ = tokio::task::spawn_blocking(settle).await;
                // Timers are a millisecond coarse.
                tokio::time::advance(step + Duration::from_millis(1)).await;
            }
        });
        Self { steps, _hold: hold }
    }

    /// Lets time pass.
    pub(crate) fn pass(&self) -> impl Fn(Duration) + Send + Sync + 'static {
        let steps = self.steps.clone();
        move |step| {
            // It has ended when the test has.
            let _ = steps.send(step);
        }
    }
}
