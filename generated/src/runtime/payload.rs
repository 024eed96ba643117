//! Takes what was written of a body and what is read from elsewhere; gives the body to send; must never read anything before it is sent.

use crate::runtime::Error;
use bytes::Bytes;
use futures_core::Stream;
use reqwest::header::{CONTENT_LENGTH, HeaderMap, HeaderValue, TRANSFER_ENCODING};
use std::error::Error as _;
use std::fmt;
use std::hash::{BuildHasher, RandomState};
use std::io;
use std::pin::Pin;
use std::sync::Arc;

/// The body of a request.
#[derive(Clone)]
pub(crate) enum Payload {
    /// All of it is in memory.
    Whole(Bytes),
    /// Some of it is read while it is sent.
    Streamed(Arc<dyn Streamed>),
}

/// A body of which some is read while it is sent.
pub(crate) trait Streamed: Send + Sync {
    /// Makes it ready to be sent, and says how long it is where that is known.
    fn open(&self) -> Later<'_, Result<(reqwest::Body, Option<u64>), Unread>>;

    /// Whether it can't be sent another time, because it can be read only once and that was begun.
    fn is_spent(&self) -> bool;
}

/// What a body holds that was not written into its buffer.
pub(crate) trait Insert: Send + Sync {
    /// Makes it ready to be read.
    fn open(&self) -> Later<'_, io::Result<Opened>>;

    /// Whether it can't be read another time.
    fn is_spent(&self) -> bool;

    /// The body that was written, with inserts at these places of it.
    fn join(&self, written: Bytes, inserts: Inserts) -> Payload;
}

/// Inserts and the places in the buffer at which they belong, in their order.
pub(crate) type Inserts = Vec<(usize, Arc<dyn Insert>)>;

/// A future of any type.
pub(crate) type Later<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// Bytes as they are read.
pub(crate) type Chunks = Pin<Box<dyn Stream<Item = io::Result<Bytes>> + Send>>;

/// An insert that is ready to be read.
pub(crate) enum Opened {
    /// It is in memory.
    Bytes(Bytes),
    /// It is read, and so long where that is known.
    Chunks(Chunks, Option<u64>),
}

/// What was to be sent, and could not be read.
#[derive(Debug)]
pub(crate) struct Unread {
    pub(crate) error: io::Error,
    /// Whether a part of the body was handed out before.
    pub(crate) begun: bool,
}

/// What separates the parts of a body.
#[derive(Clone)]
pub(crate) struct Boundary {
    pub(crate) text: String,
    /// The media type of the whole.
    pub(crate) media: &'static str,
    /// The media type of the first part.
    pub(crate) first: Option<String>,
}

impl Payload {
    /// What was written, with inserts at their places.
    pub(crate) fn of(written: Bytes, inserts: Inserts) -> Self {
        match inserts.first().map(|(_, insert)| Arc::clone(insert)) {
            Some(first) => first.join(written, inserts),
            None => Self::Whole(written),
        }
    }

    /// Whether it is known to have no bytes.
    pub(crate) fn is_empty(&self) -> bool {
        matches!(self, Self::Whole(bytes) if bytes.is_empty())
    }

    pub(crate) fn is_spent(&self) -> bool {
        matches!(self, Self::Streamed(body) if body.is_spent())
    }

    /// The body for the HTTP layer, which leaves out of some requests how long they are.
    pub(crate) async fn open(self, headers: &mut HeaderMap) -> Result<reqwest::Body, Error> {
        let body = match self {
            Self::Whole(bytes) => return Ok(bytes.into()),
            Self::Streamed(body) => body,
        };
        let (body, length) = body.open().await.map_err(Error::unopened)?;
        match length {
            Some(0) => headers.insert(CONTENT_LENGTH, HeaderValue::from_static("0")),
            Some(_) => None,
            None => headers.insert(TRANSFER_ENCODING, HeaderValue::from_static("chunked")),
        };
        Ok(body)
    }
}

impl Boundary {
    /// A new one, of 128 random bits: no content has it but by a chance that never comes.
    pub(crate) fn new(media: &'static str) -> Self {
        let draw = || RandomState::new().hash_one(0_u8);
        Self {
            text: format!("{:016x}{:016x}", draw(), draw()),
            media,
            first: None,
        }
    }

    /// The value of `Content-Type` of the whole.
    pub(crate) fn content_type(&self) -> String {
        let Self { text, media, first } = self;
        match first {
            // RFC 2387 asks for the type of the part that all others belong to.
            Some(first) if *media == "multipart/related" && !first.contains(['"', '\\']) => {
                format!("{media}; type=\"{first}\"; boundary={text}")
            }
            _ => format!("{media}; boundary={text}"),
        }
    }
}

impl Unread {
    /// The one that made a request fail, if that is why.
    pub(crate) fn of(error: &reqwest::Error) -> Option<&Self> {
        let mut cause = error.source();
        while let Some(error) = cause {
            if let Some(unread) = error.downcast_ref() {
                return Some(unread);
            }
            cause = error.source();
        }
        None
    }
}

impl fmt::Display for Unread {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sent = if self.begun {
            "only a part of it was sent"
        } else {
            "nothing of it was sent"
        };
        write!(f, "the body could not be read: {}; {sent}", self.error)
    }
}

impl std::error::Error for Unread {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.error)
    }
}
