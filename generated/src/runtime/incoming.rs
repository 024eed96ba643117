//! Takes an answer whose body is still coming; gives the body piece by piece, each in time; must never read ahead of who wants it.

use crate::runtime::Error;
use crate::runtime::error::{Answer, Kind};
use crate::runtime::options::Options;
use crate::runtime::redact::Redactor;
use bytes::Bytes;
use std::fmt;
use std::pin::{Pin, pin};
use std::task::{Context, Poll, ready};
use std::time::Duration;
use tokio::time::{Sleep, sleep};

/// A body that is still coming. Dropping it closes the connection.
pub(crate) struct Incoming {
    /// Gone when the body has ended, however it did.
    response: Option<Box<reqwest::Response>>,
    /// Runs while a piece is waited for.
    alarm: Option<Pin<Box<Sleep>>>,
    /// How long a piece may take.
    idle: Duration,
    received: u64,
    /// What was given back of a piece.
    left: Bytes,
    teller: Option<Box<Teller>>,
    #[cfg(feature = "blocking")]
    pub(crate) keeper: crate::runtime::waiting::Keeper,
}

/// What the errors of a body say beside what went wrong.
pub(crate) struct Teller {
    pub(crate) operation: &'static str,
    pub(crate) answer: Answer,
    pub(crate) redactor: Redactor,
    pub(crate) attempts: u32,
    pub(crate) applied: bool,
}

impl Incoming {
    pub(crate) fn new(response: reqwest::Response, idle: Duration, options: &Options) -> Self {
        #[cfg(not(feature = "blocking"))]
        let _ = options;
        Self {
            response: Some(Box::new(response)),
            alarm: None,
            idle,
            received: 0,
            left: Bytes::new(),
            teller: None,
            #[cfg(feature = "blocking")]
            keeper: options.keeper(),
        }
    }

    /// Tells it what its errors are to say.
    pub(crate) fn tell(&mut self, teller: Teller) {
        self.teller = Some(Box::new(teller));
    }

    /// The next piece, or nothing at the end. Nothing is lost when nobody waits for it any more.
    pub(crate) fn poll_piece(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Bytes, Error>>> {
        if !self.left.is_empty() {
            return Poll::Ready(Some(Ok(std::mem::take(&mut self.left))));
        }
        let Some(response) = &mut self.response else {
            return Poll::Ready(None);
        };
        // This future keeps nothing of its own, so that it can be made anew each time.
        let polled = pin!(response.chunk()).poll(context);
        let error = match polled {
            Poll::Ready(Ok(Some(piece))) => {
                self.alarm = None;
                let length = u64::try_from(piece.len()).unwrap_or(u64::MAX);
                self.received = self.received.saturating_add(length);
                return Poll::Ready(Some(Ok(piece)));
            }
            Poll::Ready(Ok(None)) => {
                self.end();
                return Poll::Ready(None);
            }
            Poll::Ready(Err(error)) => Error::transport(error).because("the body broke off"),
            Poll::Pending => {
                let idle = self.idle;
                let alarm = self.alarm.get_or_insert_with(|| Box::pin(sleep(idle)));
                ready!(alarm.as_mut().poll(context));
                let message = "the body broke off: nothing more of it came in time";
                Error::new(Kind::Timeout, message)
            }
        };
        let error = error.after_bytes(self.received);
        Poll::Ready(Some(Err(self.fail(error, None))))
    }

    /// Takes back what there was no room for; it is the next piece.
    pub(crate) fn put_back(&mut self, rest: Bytes) {
        self.left = rest;
    }

    /// Ends it, and with it the connection unless the body was read to its end.
    pub(crate) fn end(&mut self) {
        self.response = None;
        self.alarm = None;
    }

    /// Ends it with an error.
    fn fail(&mut self, error: Error, shown: Option<&[u8]>) -> Error {
        self.end();
        self.told(error, shown)
    }

    /// The error of a part of the body that is not what was expected; `shown` is that part.
    pub(crate) fn unread(&self, message: impl Into<String>, shown: Option<&[u8]>) -> Error {
        self.told(Error::new(Kind::Decode, message), shown)
    }

    /// Ends it with the error of a part that is too large to be kept.
    pub(crate) fn too_large(&mut self, what: &str, limit: usize) -> Error {
        let message = format!("{what} is larger than the limit of {limit} bytes");
        self.fail(Error::new(Kind::TooLarge, message), None)
    }

    /// The error with what is known of the call, without its secrets.
    fn told(&self, error: Error, shown: Option<&[u8]>) -> Error {
        let Some(teller) = &self.teller else {
            return error;
        };
        let mut answer = teller.answer.clone();
        if let Some(shown) = shown {
            answer.show(shown);
        }
        error
            .of(teller.operation)
            .with_answer(answer)
            .after(teller.attempts, teller.applied)
            .redact(&teller.redactor)
    }

    pub(crate) fn operation(&self) -> &'static str {
        self.teller.as_ref().map_or("", |teller| teller.operation)
    }
}

impl fmt::Debug for Incoming {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Incoming")
            .field("operation", &self.operation())
            .field("received", &self.received)
            .field("ended", &self.response.is_none())
            .finish_non_exhaustive()
    }
}
