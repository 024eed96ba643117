//! Takes bytes and what is read, one after the other; gives them to the HTTP layer as a body; must never copy them, nor hold more than a piece of what is read.

use crate::runtime::payload::{Chunks, Inserts, Later, Opened, Payload, Streamed, Unread};
use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};
use std::collections::VecDeque;
use std::io;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, ready};

/// A body with inserts.
struct Joined {
    written: Bytes,
    inserts: Inserts,
}

/// A part of a body.
enum Segment {
    Bytes(Bytes),
    /// What is still to come of it is known where its length is.
    Chunks(Chunks, Option<u64>),
}

/// A body on its way.
struct Flow {
    segments: VecDeque<Segment>,
    left: Option<u64>,
    begun: bool,
}

/// The same, so that it may be shared, which nobody does.
struct Outflow(Mutex<Flow>);

/// The body that was written, with inserts at these places of it.
pub(crate) fn join(written: Bytes, inserts: Inserts) -> Payload {
    Payload::Streamed(Arc::new(Joined { written, inserts }))
}

impl Streamed for Joined {
    fn open(&self) -> Later<'_, Result<(reqwest::Body, Option<u64>), Unread>> {
        Box::pin(async {
            let flow = self.flow().await;
            let flow = flow.map_err(|error| Unread {
                error,
                begun: false,
            })?;
            let length = flow.left;
            let body = reqwest::Body::wrap(Outflow(Mutex::new(flow)));
            Ok((body, length))
        })
    }

    fn is_spent(&self) -> bool {
        self.inserts.iter().any(|(_, insert)| insert.is_spent())
    }
}

impl Joined {
    async fn flow(&self) -> io::Result<Flow> {
        let mut rest = self.written.clone();
        let mut taken = 0;
        let mut segments = VecDeque::new();
        for (place, insert) in &self.inserts {
            // Places come in their order, so that none lies before what was taken.
            let before = rest.split_to(place.saturating_sub(taken).min(rest.len()));
            taken = *place;
            segments.push_back(Segment::Bytes(before));
            segments.push_back(match insert.open().await? {
                Opened::Bytes(bytes) => Segment::Bytes(bytes),
                Opened::Chunks(chunks, length) => Segment::Chunks(chunks, length),
            });
        }
        segments.push_back(Segment::Bytes(rest));
        let mut left = Some(0_u64);
        for segment in &segments {
            let length = match segment {
                Segment::Bytes(bytes) => u64::try_from(bytes.len()).ok(),
                Segment::Chunks(_, length) => *length,
            };
            left = left.zip(length).and_then(|(sum, one)| sum.checked_add(one));
        }
        Ok(Flow {
            segments,
            left,
            begun: false,
        })
    }
}

impl Flow {
    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<io::Result<Bytes>>> {
        loop {
            let bytes = match self.segments.front_mut() {
                None => return Poll::Ready(None),
                Some(Segment::Bytes(bytes)) => {
                    let bytes = std::mem::take(bytes);
                    self.segments.pop_front();
                    bytes
                }
                Some(Segment::Chunks(chunks, left)) => {
                    match ready!(chunks.as_mut().poll_next(context)) {
                        Some(Ok(bytes)) => match shortened(*left, bytes.len()) {
                            Ok(less) => {
                                *left = less;
                                bytes
                            }
                            Err(error) => return Poll::Ready(Some(Err(error))),
                        },
                        Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                        None if left.is_some_and(|left| left > 0) => {
                            let short = "it is shorter than was said";
                            let error = io::Error::new(io::ErrorKind::UnexpectedEof, short);
                            return Poll::Ready(Some(Err(error)));
                        }
                        None => {
                            self.segments.pop_front();
                            continue;
                        }
                    }
                }
            };
            if !bytes.is_empty() {
                let length = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
                self.left = self.left.map(|left| left.saturating_sub(length));
                self.begun = true;
                return Poll::Ready(Some(Ok(bytes)));
            }
        }
    }
}

/// What is left of a length.
fn shortened(left: Option<u64>, by: usize) -> io::Result<Option<u64>> {
    let Some(left) = left else { return Ok(None) };
    let less = u64::try_from(by).ok().and_then(|by| left.checked_sub(by));
    let long = || io::Error::other("it is longer than was said");
    less.map(Some).ok_or_else(long)
}

impl Body for Outflow {
    type Data = Bytes;
    type Error = Unread;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Unread>>> {
        let flow = self.0.get_mut().unwrap_or_else(PoisonError::into_inner);
        let read = ready!(flow.poll(context));
        if matches!(read, Some(Err(_))) {
            flow.segments.clear();
        }
        let begun = flow.begun;
        Poll::Ready(read.map(|read| match read {
            Ok(bytes) => Ok(Frame::data(bytes)),
            Err(error) => Err(Unread { error, begun }),
        }))
    }

    fn size_hint(&self) -> SizeHint {
        let flow = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        flow.left
            .map_or_else(SizeHint::default, SizeHint::with_exact)
    }
}
