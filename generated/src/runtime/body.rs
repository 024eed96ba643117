//! Takes the answer to a call; gives the value that its operation returns, or an error that says what is wrong with it; must never keep more than an excerpt.

use crate::runtime::adapter::Adapted;
use crate::runtime::error::{Answer, Kind};
use crate::runtime::retry_after::retry_after;
use crate::runtime::{Adapter, ApiError, Error, Metadata, Operation, Settings};
use bytes::Bytes;
use reqwest::StatusCode;
use reqwest::header::{CONTENT_ENCODING, CONTENT_TYPE, HeaderMap, LOCATION};
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
        // The path costs time, so only a body that failed is read again with it.
        serde_json::from_slice(&self.bytes).or_else(|_| self.json_with_path())
    }

    /// Reads JSON that is not read as its type says.
    ///
    /// # Errors
    /// When the body is not what the adapter reads, with the path of the value that isn't.
    pub fn json_as<A: Adapter>(self) -> Result<A::Value, Error> {
        self.json::<Adapted<A>>().map(|adapted| adapted.0)
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
        match (str::from_utf8(&self.bytes), self.coding()) {
            (Ok(text), _) => Ok(text.to_owned()),
            (Err(_), Some(coding)) => Err(self.decode_error(compressed(coding))),
            (Err(error), None) => Err(self.decode_error(format!("the body is not text: {error}"))),
        }
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

    fn json_with_path<T: DeserializeOwned>(&self) -> Result<T, Error> {
        if self.bytes.trim_ascii().is_empty() {
            return Err(self.decode_error("the body is empty where JSON was expected"));
        }
        if let Some(coding) = self.coding() {
            return Err(self.decode_error(compressed(coding)));
        }
        let mut from = serde_json::Deserializer::from_slice(&self.bytes);
        let message = match serde_path_to_error::deserialize::<_, T>(&mut from) {
            Ok(value) => match from.end() {
                Ok(()) => return Ok(value),
                Err(error) => format!("the body is not JSON: {error}"),
            },
            Err(error) => {
                let path = error.path().to_string();
                let cause = error.into_inner();
                if cause.is_syntax() || cause.is_eof() {
                    format!("the body is not JSON: {cause}")
                } else {
                    format!("the body is not as documented at {path}: {cause}")
                }
            }
        };
        Err(self.decode_error(message))
    }

    fn decode_error(&self, message: impl Into<String>) -> Error {
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
        let kept = self.bytes.get(..EXCERPT).unwrap_or(&self.bytes);
        let cut = self.cut || kept.len() < self.bytes.len();
        let mut excerpt = String::from_utf8_lossy(kept).into_owned();
        if cut && excerpt.ends_with(char::REPLACEMENT_CHARACTER) {
            // Half a character, behind which half a secret would not be seen.
            excerpt.pop();
        }
        if let Some(coding) = self.coding() {
            // Nobody can read it, and what is in it cannot be told.
            excerpt = format!("[{coding}]");
        }
        Answer {
            status: self.status.as_u16(),
            reason: self.status.canonical_reason().unwrap_or_default(),
            request_id: self.request_id().map(str::to_owned),
            content_type: self.header(CONTENT_TYPE.as_str()).map(str::to_owned),
            api_error: refused
                .then(|| ApiError::read(&self.bytes, &self.settings.errors))
                .flatten(),
            excerpt,
            cut,
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
        (!plain && !self.bytes.is_empty()).then_some(coding)
    }

    fn header(&self, name: &str) -> Option<&str> {
        let text = self.headers.get(name)?.to_str().ok()?;
        // Visible ASCII, of which every byte is a character.
        Some(text.get(..SHORT).unwrap_or(text))
    }
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
