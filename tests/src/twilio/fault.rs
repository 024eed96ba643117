//! Takes what is to go wrong with a request, gives the broken answer; must never decide by itself when.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use axum::body::{Body, Bytes, HttpBody};
use http_body::Frame;

/// What is to go wrong with one request. Before-faults leave the account as it is, after-faults come once the request is applied.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum Fault {
    /// Before: Twilio's error of this status, for example 429 or 503.
    Status(u16),
    /// Before: this answer, whatever it is.
    Answer {
        /// Its status.
        status: u16,
        /// Its headers.
        headers: Vec<(String, String)>,
        /// Its body.
        body: Vec<u8>,
    },
    /// Before: the connection is reset.
    Reset,
    /// The answer comes as usual, but this much later.
    Delay(Duration),
    /// After: the connection is reset.
    ResetAfter,
    /// After: half of the body, then the connection is closed.
    Truncate,
    /// After: half of the body, then nothing more.
    Stall,
}

impl Fault {
    /// An answer without headers.
    #[must_use]
    pub fn answer(status: u16, body: impl Into<Vec<u8>>) -> Self {
        Self::Answer {
            status,
            headers: Vec::new(),
            body: body.into(),
        }
    }

    /// Status 429 with a `Retry-After` header.
    #[must_use]
    pub fn too_many_requests(retry_after: &str) -> Self {
        Self::Answer {
            status: 429,
            headers: vec![
                ("content-type".to_owned(), "application/json".to_owned()),
                ("retry-after".to_owned(), retry_after.to_owned()),
            ],
            body: super::errors::Refusal::of_status(429)
                .body()
                .to_string()
                .into_bytes(),
        }
    }
}

/// The first half of `bytes` as a body that never ends well.
pub(super) fn half(bytes: &[u8], stall: bool) -> Body {
    Body::new(Half {
        bytes: Some(Bytes::copy_from_slice(&bytes[..bytes.len() / 2])),
        stall,
        flushed: false,
    })
}

struct Half {
    bytes: Option<Bytes>,
    stall: bool,
    flushed: bool,
}

impl HttpBody for Half {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        match self.bytes.take() {
            Some(bytes) => Poll::Ready(Some(Ok(Frame::data(bytes)))),
            None if self.stall => Poll::Pending,
            None if !self.flushed => {
                // What is written so far only leaves while the body has nothing to give.
                self.flushed = true;
                context.waker().wake_by_ref();
                Poll::Pending
            }
            None => Poll::Ready(Some(Err(io::ErrorKind::ConnectionAborted.into()))),
        }
    }
}
