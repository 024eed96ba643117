//! Takes futures; gives their values to threads that wait for them, with a thread that drives connections and clocks; must never block a thread that runs async tasks.

use crate::runtime::Error;
use std::io;
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{SyncSender, sync_channel};
use std::task::{Context, Poll, Wake, Waker};
use std::thread::{self, Thread};
use tokio::runtime::{Builder, Handle};
use tokio::sync::oneshot;
use tokio::task::coop::poll_proceed;

/// A thread with a runtime. It ends when this is dropped, which waits for nothing and is allowed anywhere.
#[derive(Debug)]
pub(crate) struct Driver {
    handle: Handle,
    /// The thread ends when it is gone.
    _stop: oneshot::Sender<()>,
}

/// More than the steps that Tokio lets a task make before it has to yield (128).
const STEPS: u32 = 512;

impl Driver {
    pub(crate) fn start() -> Result<Self, Error> {
        let not_started = |error: io::Error| {
            let message = "the thread of the blocking client could not be started";
            Error::configuration(format!("{message}: {error}"))
        };
        let (stop, stopped) = oneshot::channel();
        let (tell, told) = sync_channel(1);
        // The runtime is made there, so that it is never dropped here, where that may not be allowed.
        let thread = thread::Builder::new().name("blocking-client".to_owned());
        thread
            .spawn(move || drive(stopped, &tell))
            .map_err(not_started)?;
        let handle = told
            .recv()
            .unwrap_or_else(|_| Err(io::Error::other("it ended")))
            .map_err(not_started)?;
        Ok(Self {
            handle,
            _stop: stop,
        })
    }

    /// Waits for a future, which runs on this thread: what it calls and tells is in the context of its caller.
    ///
    /// It is not begun on a thread that runs async tasks, which could not go on meanwhile.
    pub(crate) fn wait<F: Future>(&self, future: F) -> Result<F::Output, Error> {
        wait(&self.handle, future, "a blocking client")
    }
}

/// What waits for an answer that is still coming, wherever its client is by then.
#[derive(Clone, Debug)]
pub(crate) struct Keeper {
    handle: Option<Handle>,
    /// Of a blocking client: without it nobody would drive the connection.
    _driver: Option<Arc<Driver>>,
}

impl Keeper {
    /// For an answer to a call of the client with that driver, or of an async client.
    pub(crate) fn new(driver: Option<Arc<Driver>>) -> Self {
        let own = driver.as_ref().map(|driver| driver.handle.clone());
        Self {
            handle: own.or_else(|| Handle::try_current().ok()),
            _driver: driver,
        }
    }

    /// Waits for a future as a blocking client does.
    pub(crate) fn wait<F: Future>(&self, future: F) -> Result<F::Output, Error> {
        match &self.handle {
            Some(handle) => wait(handle, future, "an answer that waits for its parts"),
            None => Err(Error::configuration(
                "there is no Tokio runtime to wait with",
            )),
        }
    }
}

fn wait<F: Future>(handle: &Handle, future: F, what: &str) -> Result<F::Output, Error> {
    if runs_tasks() {
        let message = format!(
            "not sent: {what} cannot be used inside of async code, where it would stop all tasks \
             of the thread; use the async client there, or `tokio::task::spawn_blocking`"
        );
        return Err(Error::configuration(message));
    }
    let _entered = handle.enter();
    Ok(park_until(future))
}

/// What the thread does: it gives its handle away, and drives what is registered with it until nobody wants it.
fn drive(stopped: oneshot::Receiver<()>, tell: &SyncSender<io::Result<Handle>>) {
    // Whoever asked for it waits, so that there is always someone to be told.
    match Builder::new_current_thread().enable_all().build() {
        Err(error) => drop(tell.send(Err(error))),
        Ok(runtime) => {
            drop(tell.send(Ok(runtime.handle().clone())));
            // It never gets a value: it ends when the sender is dropped.
            let _ = runtime.block_on(stopped);
            // Without waiting for lookups of names.
            runtime.shutdown_background();
        }
    }
}

/// Whether this thread runs async tasks just now.
///
/// Having a runtime is no sign of it, because threads made for blocking have one too. But what runs
/// on a runtime's behalf has a budget of steps after which it has to yield; blocking code has none.
fn runs_tasks() -> bool {
    if Handle::try_current().is_err() {
        return false;
    }
    let mut context = Context::from_waker(Waker::noop());
    let Poll::Ready(first) = poll_proceed(&mut context) else {
        return true;
    };
    let mut steps = 0..STEPS;
    let spent = steps.any(|_| match poll_proceed(&mut context) {
        Poll::Ready(step) => {
            step.made_progress();
            false
        }
        Poll::Pending => true,
    });
    // It gives all steps back.
    drop(first);
    spent
}

/// Polls a future on this thread, which sleeps in between.
fn park_until<F: Future>(future: F) -> F::Output {
    let mut future = pin!(future);
    let alarm = Arc::new(Alarm {
        thread: thread::current(),
        rang: AtomicBool::new(false),
    });
    let waker = Waker::from(Arc::clone(&alarm));
    let mut context = Context::from_waker(&waker);
    loop {
        if let Poll::Ready(output) = future.as_mut().poll(&mut context) {
            return output;
        }
        // A flag of its own, because code that was called meanwhile may have parked as well.
        while !alarm.rang.swap(false, Ordering::Acquire) {
            thread::park();
        }
    }
}

/// Wakes a thread.
struct Alarm {
    thread: Thread,
    rang: AtomicBool,
}

impl Wake for Alarm {
    fn wake(self: Arc<Self>) {
        self.wake_by_ref();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        self.rang.store(true, Ordering::Release);
        self.thread.unpark();
    }
}
