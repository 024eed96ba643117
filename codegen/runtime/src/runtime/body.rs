//! Takes the answer to a call; gives the value that its operation returns, or an error that says what is wrong with it; must never keep more than an excerpt.

use crate::runtime::adapter::Adapted;
use crate::runtime::decode::{self, Decode};
use crate::runtime::error::{Answer, Kept, Kind};
use crate::runtime::incoming::Incoming;
use crate::runtime::retry_after::retry_after;
use crate::runtime::{Adapter, ApiError, Error, Metadata, Operation, Settings};
use bytes::Bytes;
use reqwest::StatusCode;
use reqwest::header::{CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE, HeaderMap, LOCATION};
use serde::de::DeserializeOwned;
use std::fmt;
use std::time::{Duration, SystemTime};

/// The answer to a call, with its body as it came.
pub struct Body {
    operation: &'static Operation,
    settings: &'static Settings,
    status: StatusCode,
    headers: HeaderMap,
    bytes: Bytes,
    cut: bool,
    /// The rest of a body that is not read before it is given away, and how much of it may be kept.
    incoming: Option<Box<(Incoming, usize)>>,
    /// Whether no error may show anything of it.
    secret: bool,
}

/// So many bytes of a body are kept in an error.
const EXCERPT: usize = 4096;
/// Headers longer than this are no ids, and no media types.
const SHORT: usize = 128;

impl Body {
    pub(crate) fn new(
        operation: &'static Operation,
        settings: &'static Settings,
        status: StatusCode,
        headers: HeaderMap,
    ) -> Self {
        Self {
            operation,
            settings,
            status,
            headers,
            bytes: Bytes::new(),
            cut: false,
            incoming: None,
            secret: false,
        }
    }

    /// Gives it the bytes of the body; `cut` when there would have been more.
    pub(crate) fn with_bytes(mut self, bytes: Bytes, cut: bool) -> Self {
        self.bytes = bytes;
        self.cut = cut;
        self
    }

    /// Reads JSON.
    ///
    /// # Errors
    /// When the body is not what `T` is read from, with the path of the value that isn't.
    pub fn json<T: DeserializeOwned>(self) -> Result<T, Error> {
        self.decoded(decode::json)
    }

    /// Reads JSON that is not read as its type says.
    ///
    /// # Errors
    /// When the body is not what the adapter reads, with the path of the value that isn't.
    pub fn json_as<A: Adapter>(self) -> Result<A::Value, Error> {
        self.decoded(decode::json_as::<A>)
    }

    /// Reads JSON that has secrets in it and is not read as its type says: the error shows nothing of the body.
    ///
    /// # Errors
    /// When the body is not what the adapter reads.
    pub fn secret_json_as<A: Adapter>(self) -> Result<A::Value, Error> {
        self.secret_json::<Adapted<A>>().map(|adapted| adapted.0)
    }

    /// Reads JSON that has secrets in it: the error shows nothing of the body.
    ///
    /// # Errors
    /// When the body is not what `T` is read from.
    pub fn secret_json<T: DeserializeOwned>(mut self) -> Result<T, Error> {
        serde_json::from_slice(&self.bytes).map_err(|error| {
            self.bytes = Bytes::new();
            if let Some(coding) = self.coding() {
                return self.decode_error(compressed(coding));
            }
            let (line, column) = (error.line(), error.column());
            self.decode_error(format!("the body is not as documented at {line}:{column}"))
        })
    }

    /// Reads nothing, whatever the body is.
    ///
    /// # Errors
    /// Never; the type is that of the other ways to read.
    #[allow(
        clippy::unnecessary_wraps,
        clippy::unused_self,
        reason = "the signature is that of the other ways to read"
    )]
    pub fn empty(self) -> Result<(), Error> {
        Ok(())
    }

    /// Reads text.
    ///
    /// # Errors
    /// When the body is not UTF-8.
    pub fn text(self) -> Result<String, Error> {
        self.decoded(decode::text)
    }

    /// Reads the bytes as they are.
    ///
    /// # Errors
    /// Never; the type is that of the other ways to read.
    #[allow(
        clippy::unnecessary_wraps,
        reason = "the signature is that of the other ways to read"
    )]
    pub fn bytes(self) -> Result<Vec<u8>, Error> {
        Ok(self.bytes.into())
    }

    /// Reads it as told.
    pub(crate) fn decoded<T>(self, decode: Decode<T>) -> Result<T, Error> {
        decode(&self.bytes).map_err(|problem| match self.coding() {
            _ if self.secret => self.hidden("the body is not as documented"),
            Some(coding) => self.decode_error(compressed(coding)),
            None => self.decode_error(format!("the body {problem}")),
        })
    }

    /// Lets no error show anything of the body, in which there are secrets.
    #[must_use]
    pub fn secret(mut self) -> Self {
        self.secret = true;
        self
    }

    #[allow(dead_code, reason = "for answers that not every client reads")]
    pub(crate) fn is_secret(&self) -> bool {
        self.secret
    }

    fn hidden(mut self, message: &str) -> Error {
        self.bytes = Bytes::new();
        self.decode_error(message)
    }

    #[allow(dead_code, reason = "for answers that not every client reads")]
    pub(crate) fn is_empty(&self) -> bool {
        self.incoming.is_none() && self.bytes.is_empty()
    }

    /// How long the body is, where the server says so.
    #[allow(dead_code, reason = "for answers that not every client reads")]
    pub(crate) fn length(&self) -> Option<u64> {
        self.header(CONTENT_LENGTH.as_str())?.parse().ok()
    }

    pub(crate) fn content_type(&self) -> Option<&str> {
        self.header(CONTENT_TYPE.as_str())
    }

    /// Gives it the body that is still coming; so many bytes of that may be kept.
    pub(crate) fn with_incoming(mut self, incoming: Incoming, limit: usize) -> Self {
        self.incoming = Some(Box::new((incoming, limit)));
        self
    }

    /// The body that is still coming, to tell it what its errors are to say.
    pub(crate) fn incoming_mut(&mut self) -> Option<&mut Incoming> {
        self.incoming.as_mut().map(|incoming| &mut incoming.0)
    }

    #[allow(dead_code, reason = "for answers that not every client reads")]
    pub(crate) fn take_incoming(&mut self) -> Option<(Incoming, usize)> {
        self.incoming.take().map(|incoming| *incoming)
    }

    /// Whether a body that is still coming is compressed.
    #[allow(dead_code, reason = "for answers that not every client reads")]
    pub(crate) fn is_compressed(&self) -> bool {
        self.coding().is_some()
    }

    #[allow(dead_code, reason = "for answers that not every client reads")]
    pub(crate) fn compressed(&self) -> Error {
        self.decode_error(compressed(self.coding().unwrap_or_default()))
    }

    pub(crate) fn decode_error(&self, message: impl Into<String>) -> Error {
        self.error(Kind::Decode, message)
    }

    /// An error with this answer.
    pub(crate) fn error(&self, kind: Kind, message: impl Into<String>) -> Error {
        Error::new(kind, message)
            .of(self.operation.id)
            .with_answer(self.answer(false))
    }

    pub(crate) fn too_large(mut self, limit: usize) -> Error {
        self.cut = true;
        let message = format!("the body is larger than the limit of {limit} bytes");
        self.error(Kind::TooLarge, message)
    }

    /// What the errors of a body that is still coming keep of this answer.
    pub(crate) fn head(&self) -> Option<Answer> {
        // There would have been a body.
        let cut = |answer: Answer| Answer {
            cut: true,
            ..answer
        };
        self.incoming.is_some().then(|| cut(self.answer(false)))
    }

    /// What an error keeps of this answer.
    pub(crate) fn into_answer(self) -> Answer {
        self.answer(false)
    }

    /// The error of an answer that says no.
    pub(crate) fn refusal(&self) -> Error {
        // The others of their kind name no place to go to.
        if [301, 302, 303, 307, 308].contains(&self.status.as_u16()) {
            let target = self
                .headers
                .get(LOCATION)
                .and_then(|value| value.to_str().ok());
            let origin = target
                .and_then(|target| reqwest::Url::parse(target).ok())
                .map(|url| format!(" to {}", url.origin().ascii_serialization()));
            let to = origin.unwrap_or_default();
            return self.error(Kind::Redirect, format!("a redirect{to} was not followed"));
        }
        let message = self.coding().map(compressed).unwrap_or_default();
        Error::new(Kind::Status, message)
            .of(self.operation.id)
            .with_answer(self.answer(true))
    }

    fn answer(&self, refused: bool) -> Answer {
        let (mut excerpt, cut) = excerpt(&self.bytes, self.cut);
        if let Some(coding) = self.coding() {
            // Nobody can read it, and what is in it cannot be told.
            excerpt = format!("[{coding}]");
        }
        let json = || serde_json::from_slice(&self.bytes).ok();
        Answer {
            status: self.status.as_u16(),
            reason: self.status.canonical_reason().unwrap_or_default(),
            request_id: self.request_id().map(str::to_owned),
            content_type: self.content_type().map(str::to_owned),
            api_error: refused
                .then(|| ApiError::read(&self.bytes, &self.settings.errors))
                .flatten(),
            excerpt,
            cut,
            kept: Kept(refused.then(json).flatten()),
            retry_after: refused
                .then(|| retry_after(&self.headers, SystemTime::now()))
                .flatten(),
        }
    }

    pub(crate) fn status(&self) -> u16 {
        self.status.as_u16()
    }

    /// The name of the request that the API's support asks for.
    pub(crate) fn request_id(&self) -> Option<&str> {
        let id = self.settings.request_id_header;
        (!id.is_empty()).then(|| self.header(id)).flatten()
    }

    /// What came with the answer.
    pub(crate) fn metadata(&self, attempts: u32, elapsed: Duration) -> Metadata {
        Metadata {
            status: self.status,
            headers: self.headers.clone(),
            request_id: self.request_id().map(str::to_owned),
            attempts,
            elapsed,
        }
    }

    /// How the body is compressed, which no request asks for.
    fn coding(&self) -> Option<&str> {
        let coding = self.header(CONTENT_ENCODING.as_str())?.trim();
        let plain = coding.is_empty() || coding.eq_ignore_ascii_case("identity");
        let nothing = self.bytes.is_empty() && self.incoming.is_none();
        (!plain && !nothing).then_some(coding)
    }

    fn header(&self, name: &str) -> Option<&str> {
        let text = self.headers.get(name)?.to_str().ok()?;
        // Visible ASCII, of which every byte is a character.
        Some(text.get(..SHORT).unwrap_or(text))
    }
}

/// What an error keeps of these bytes, and whether there are more.
pub(crate) fn excerpt(bytes: &[u8], cut: bool) -> (String, bool) {
    let kept = bytes.get(..EXCERPT).unwrap_or(bytes);
    let cut = cut || kept.len() < bytes.len();
    let mut excerpt = String::from_utf8_lossy(kept).into_owned();
    if cut && excerpt.ends_with(char::REPLACEMENT_CHARACTER) {
        // Half a character, behind which half a secret would not be seen.
        excerpt.pop();
    }
    (excerpt, cut)
}

/// A media type without its parameters, in lower case.
#[allow(dead_code, reason = "for answers that not every client reads")]
pub(crate) fn essence(media_type: &str) -> String {
    let essence = media_type.split(';').next().unwrap_or_default();
    essence.trim().to_ascii_lowercase()
}

fn compressed(coding: &str) -> String {
    format!("the body is compressed ({coding}), which was not asked for")
}

/// Without the bytes, which may be secret.
impl fmt::Debug for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Body")
            .field("operation", &self.operation.id)
            .field("status", &self.status)
            .finish_non_exhaustive()
    }
}
