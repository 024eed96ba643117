//! Takes what went wrong with a call; gives it to the user to match on, print and pass on; must never hold a secret or a URL that was sent.

use crate::runtime::ApiError;
use crate::runtime::api_error::redact_value;
use crate::runtime::body::excerpt;
use crate::runtime::payload::Unread;
use crate::runtime::redact::Redactor;
use std::error::Error as StdError;
use std::fmt;
use std::io;
use std::sync::Arc;
use std::time::Duration;

/// Why a call failed, or a client could not be built.
///
/// # Example
///
/// ```
/// # async fn example<R: twilio_push_credentials::Request>(call: twilio_push_credentials::Call<twilio_push_credentials::Client, R>) {
/// match call.send().await {
///     Ok(_) => println!("done"),
///     Err(error) if error.is_not_found() => println!("there is none"),
///     Err(error) if error.may_have_been_applied() => println!("look before trying again"),
///     Err(error) => eprintln!("{error}"),
/// }
/// # }
/// ```
pub struct Error(Box<Inner>);

#[derive(Clone, Debug)]
struct Inner {
    kind: Kind,
    operation: Option<&'static str>,
    message: String,
    answer: Option<Answer>,
    source: Option<Arc<dyn StdError + Send + Sync>>,
    attempts: u32,
    applied: bool,
    unsent: bool,
}

/// What kind of thing went wrong.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Kind {
    /// The client can't be built, or can't be used for the operation.
    Configuration,
    /// The request was refused before anything was sent.
    InvalidRequest,
    /// The body could not be read.
    Upload,
    /// No connection was made.
    Connect,
    /// No connection was made in time.
    ConnectTimeout,
    /// A connection was made, but not a secure one.
    Untrusted,
    /// The answer did not come in time.
    Timeout,
    /// The connection broke.
    Transport,
    /// The server said no.
    Status,
    /// The token endpoint gives no token for these client credentials.
    Login,
    /// The server said to go elsewhere.
    Redirect,
    /// The answer is not what the document says.
    Decode,
    /// The answer is larger than the limit.
    TooLarge,
    /// The answer names a next page that must not be fetched.
    NextPage,
}

/// What is kept of the server's answer.
#[derive(Clone, Debug, Default)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) reason: &'static str,
    pub(crate) request_id: Option<String>,
    pub(crate) content_type: Option<String>,
    pub(crate) api_error: Option<ApiError>,
    pub(crate) excerpt: String,
    /// Whether the body went on after the excerpt.
    pub(crate) cut: bool,
    /// The body of an error where it is JSON, to be read as what the document says.
    pub(crate) kept: Kept,
    /// The pause that the server asked for.
    pub(crate) retry_after: Option<Duration>,
}

/// A body that is kept and not shown: it may be long.
#[derive(Clone, Default)]
pub(crate) struct Kept(pub(crate) Option<serde_json::Value>);

impl fmt::Debug for Kept {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.0.is_some() { "kept" } else { "none" })
    }
}

impl Answer {
    /// Shows these bytes of its body.
    #[allow(dead_code, reason = "for answers that not every client reads")]
    pub(crate) fn show(&mut self, bytes: &[u8]) {
        (self.excerpt, self.cut) = excerpt(bytes, false);
    }
}

/// So many characters of the body are part of the message when the API says nothing better.
const SNIPPET: usize = 160;

impl Error {
    pub(crate) fn new(kind: Kind, message: impl Into<String>) -> Self {
        Self(Box::new(Inner {
            kind,
            operation: None,
            message: message.into(),
            answer: None,
            source: None,
            attempts: 0,
            applied: false,
            unsent: false,
        }))
    }

    pub(crate) fn configuration(message: impl Into<String>) -> Self {
        Self::new(Kind::Configuration, message)
    }

    /// What the HTTP layer says, without the URL.
    pub(crate) fn transport(error: reqwest::Error) -> Self {
        if let Some(unread) = Unread::of(&error) {
            let this = Self::unread(unread);
            return this.with_source(error);
        }
        let (kind, message) = match (error.is_timeout(), error.is_connect()) {
            (true, true) => (Kind::ConnectTimeout, "no connection was made in time"),
            (true, false) => (Kind::Timeout, "the answer did not come in time"),
            (false, true) => match insecure(&error) {
                Some(message) => (Kind::Untrusted, message),
                None => (Kind::Connect, "no connection could be made"),
            },
            (false, false) => (Kind::Transport, "the connection broke"),
        };
        // The rest of the URL may hold a secret.
        let origin = error.url().map(|url| url.origin().ascii_serialization());
        let to = origin.map(|origin| format!(" ({origin})"));
        let mut this = Self::new(kind, format!("{message}{}", to.unwrap_or_default()));
        this.0.source = Some(Arc::new(error.without_url()));
        this
    }

    /// The body was not there to be sent.
    pub(crate) fn unread(unread: &Unread) -> Self {
        let mut this = Self::new(Kind::Upload, unread.to_string());
        this.0.unsent = !unread.begun;
        this
    }

    /// The same with its cause, where the HTTP layer has not seen it yet.
    pub(crate) fn unopened(unread: Unread) -> Self {
        let mut this = Self::unread(&unread);
        this.0.source = Some(Arc::new(unread));
        this
    }

    pub(crate) fn with_source(mut self, source: reqwest::Error) -> Self {
        self.0.source = Some(Arc::new(source.without_url()));
        self
    }

    /// Says what it was that failed.
    #[allow(
        dead_code,
        reason = "it is about tokens that are fetched, which not every client does"
    )]
    pub(crate) fn because(mut self, what: &str) -> Self {
        self.0.message = format!("{what}: {}", self.0.message);
        self
    }

    /// The same error for one more of those who waited for what failed.
    pub(crate) fn noting(mut self, what: &str) -> Self {
        let message = &mut self.0.message;
        if !message.is_empty() {
            message.push_str("; ");
        }
        message.push_str(what);
        self
    }

    pub(crate) fn share(&self) -> Self {
        Self(self.0.clone())
    }

    pub(crate) fn of(mut self, operation: &'static str) -> Self {
        self.0.operation = Some(operation);
        self
    }

    pub(crate) fn with_answer(mut self, answer: Answer) -> Self {
        self.0.answer = Some(answer);
        self
    }

    /// Says after how many bytes of the body it was.
    #[allow(dead_code, reason = "for answers that not every client reads")]
    pub(crate) fn after_bytes(mut self, received: u64) -> Self {
        self.0.message = format!("{}, after {received} bytes", self.0.message);
        self
    }

    /// Says how often the request was sent, and whether that may have changed something.
    pub(crate) fn after(mut self, attempts: u32, applied: bool) -> Self {
        self.0.attempts = attempts;
        self.0.applied = applied;
        self
    }

    pub(crate) fn kind(&self) -> Kind {
        self.0.kind
    }

    /// Says that the request was not sent, whatever the kind: it is about what goes before.
    #[allow(
        dead_code,
        reason = "it is about tokens that are fetched, which not every client does"
    )]
    pub(crate) fn before_sending(mut self) -> Self {
        self.0.unsent = true;
        self
    }

    /// Whether it is about what goes before the request.
    pub(crate) fn is_before_sending(&self) -> bool {
        self.0.unsent
    }

    /// Whether nothing reached the server.
    pub(crate) fn is_unsent(&self) -> bool {
        let before = [Kind::Configuration, Kind::InvalidRequest, Kind::NextPage];
        self.0.unsent || self.is_connect() || self.is(&before)
    }

    /// Takes the secrets of a call out of everything that the server had a say in.
    pub(crate) fn redact(mut self, redactor: &Redactor) -> Self {
        redactor.clean(&mut self.0.message, false);
        make_printable(&mut self.0.message);
        if let Some(answer) = &mut self.0.answer {
            redactor.clean(&mut answer.excerpt, answer.cut);
            make_printable(&mut answer.excerpt);
            let short = [&mut answer.request_id, &mut answer.content_type];
            for text in short.into_iter().flatten() {
                redactor.clean(text, true);
            }
            if let Some(api_error) = &mut answer.api_error {
                api_error.redact(redactor);
            }
            if let Some(json) = &mut answer.kept.0 {
                redact_value(json, redactor);
            }
        }
        self
    }

    /// What is kept of the server's answer.
    pub(crate) fn answer(&self) -> Option<&Answer> {
        self.0.answer.as_ref()
    }

    pub(crate) fn is(&self, kinds: &[Kind]) -> bool {
        kinds.contains(&self.0.kind)
    }

    /// Whether the call may have changed something although it failed.
    ///
    /// That is so for a request other than `GET`, `HEAD` and `OPTIONS` that was sent and whose end
    /// is not known: the answer was lost, too late, unreadable, a redirect, or status 408 or 5xx. It holds for
    /// all attempts together: a deletion whose first answer was lost, and whose second one is 404,
    /// may well be the one that deleted. Look before you send it again.
    ///
    /// # Example
    ///
    /// ```
    /// # fn example(error: twilio_push_credentials::Error) {
    /// if error.may_have_been_applied() {
    ///     println!("look before sending it again");
    /// }
    /// # }
    /// ```
    #[must_use]
    pub fn may_have_been_applied(&self) -> bool {
        self.0.applied
    }

    /// How often the call was tried; 0 when it was refused before.
    ///
    /// It is how often the server got the request, and how often no connection could be made or no
    /// token could be had.
    ///
    /// # Example
    ///
    /// ```
    /// # fn example(error: twilio_push_credentials::Error) {
    /// println!("failed after {} attempts", error.attempts());
    /// # }
    /// ```
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.0.attempts
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Inner {
            kind,
            operation,
            message,
            answer,
            source,
            attempts,
            applied,
            unsent: _,
        } = &*self.0;
        f.debug_struct("Error")
            .field("kind", kind)
            .field("operation", operation)
            .field("message", message)
            .field("answer", answer)
            .field("source", source)
            .field("attempts", attempts)
            .field("may_have_been_applied", applied)
            .finish()
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(operation) = self.0.operation {
            write!(f, "{operation}: ")?;
        }
        f.write_str(&self.0.message)?;
        if let Some(answer) = &self.0.answer {
            if !self.0.message.is_empty() {
                f.write_str("; the server answered ")?;
            }
            answer.fmt(f)?;
        }
        if self.0.attempts > 1 {
            write!(f, "; tried {} times", self.0.attempts)?;
        }
        if self.0.applied {
            f.write_str("; it may have been applied")?;
        }
        Ok(())
    }
}

impl fmt::Display for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.status)?;
        if !self.reason.is_empty() {
            write!(f, " {}", self.reason)?;
        }
        let mut notes = Vec::new();
        if let Some(api_error) = &self.api_error {
            if !api_error.message().is_empty() {
                write!(f, ": {}", api_error.message())?;
            }
            notes.extend(api_error.code().map(|code| format!("code {code}")));
        } else {
            let kind = self.content_type.as_deref().unwrap_or("no content type");
            notes.push(kind.to_owned());
            if !self.excerpt.is_empty() {
                write!(f, ": {}", snippet(&self.excerpt))?;
            } else if !self.cut {
                notes.push("empty body".to_owned());
            }
        }
        notes.extend(self.request_id.iter().map(|id| format!("request {id}")));
        if notes.is_empty() {
            Ok(())
        } else {
            write!(f, " ({})", notes.join(", "))
        }
    }
}

/// What made a connection insecure, or what the server said to begin with senseless: trying again is of no use.
fn insecure(error: &reqwest::Error) -> Option<&'static str> {
    let mut insecure = None;
    let mut next = error.source();
    while let Some(cause) = next {
        // TLS libraries of platforms have no kinds of errors to tell them by.
        if cause.to_string().contains("certificate") {
            return Some("no secure connection could be made: a certificate was not accepted");
        }
        let io = cause.downcast_ref::<io::Error>();
        if io.is_some_and(|io| io.kind() == io::ErrorKind::InvalidData) {
            insecure = Some("no secure connection could be made");
        }
        // The source of such an error is that of the one inside of it.
        let inside = io.and_then(io::Error::get_ref);
        next = inside.map_or_else(|| cause.source(), |inside| Some(inside));
    }
    insecure
}

/// Replaces what could act on a terminal or a log.
pub(crate) fn make_printable(text: &mut String) {
    let acts = |c: char| c.is_control() && !c.is_whitespace();
    if text.contains(acts) {
        *text = text.replace(acts, "\u{fffd}");
    }
}

/// The beginning of a body on one line.
fn snippet(excerpt: &str) -> String {
    let words: Vec<&str> = excerpt.split_whitespace().collect();
    let line = words.join(" ");
    let mut short: String = line.chars().take(SNIPPET).collect();
    if short.len() < line.len() {
        short.push('…');
    }
    short
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        let source: &(dyn StdError + 'static) = self.0.source.as_deref()?;
        Some(source)
    }
}
