//! Takes an answer of server-sent events; gives them one by one with their data decoded; must never end in silence where the body breaks off.

use crate::runtime::Error;
use crate::runtime::decode::Decode;
use crate::runtime::event_parser::{Parser, RawEvent};
use crate::runtime::incoming::Incoming;
use futures_core::Stream;
use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

/// Server-sent events, while they come.
///
/// It is a `Stream`, and has a `next` of its own, so that no further crate is needed. An event
/// whose data is not what the document says is an error, after which the stream goes on; after any
/// other error it has ended. Each piece of the body may take as long as an attempt of the call.
/// Where the data is JSON, an event without data is left out, and one whose data is exactly
/// `[DONE]` ends the stream: many APIs that stream JSON end it so. Dropping the stream closes the
/// connection; it is never connected again by itself.
///
/// # Example
///
/// ```
/// # async fn example(mut events: openapi_client_runtime::EventStream<String>) -> Result<(), openapi_client_runtime::Error> {
/// while let Some(event) = events.next().await {
///     println!("{}", event?.data);
/// }
/// # Ok(())
/// # }
/// ```
#[must_use = "the events are still to be read"]
pub struct EventStream<T> {
    pub(crate) incoming: Incoming,
    parser: Parser,
    limit: usize,
    /// Whether what comes is more than may be kept.
    is_over: bool,
    how: Reading<T>,
}

/// How the data of events is read.
pub(crate) struct Reading<T> {
    pub(crate) decode: Decode<T>,
    pub(crate) form: Form,
    /// Whether it holds secrets, so that no error may show it.
    pub(crate) secret: bool,
}

/// What is decoded of an event.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Form {
    /// Its data, which is any text.
    Text,
    /// Its data, which is JSON.
    Json,
    /// An object of its name, its id and its data, which is JSON.
    Object,
}

/// An event that the server sent.
///
/// # Example
///
/// ```
/// # fn example(event: openapi_client_runtime::ServerEvent<String>) {
/// println!("{}: {}", event.event.as_deref().unwrap_or("message"), event.data);
/// # }
/// ```
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub struct ServerEvent<T> {
    /// What it says.
    pub data: T,
    /// What it is called; nothing where it is a plain message.
    pub event: Option<String>,
    /// The last id that the server gave, of this event or of one before it.
    pub id: Option<String>,
}

const DONE: &str = "[DONE]";

impl<T> EventStream<T> {
    pub(crate) fn new(incoming: Incoming, limit: usize, how: Reading<T>) -> Self {
        Self {
            incoming,
            parser: Parser::new(limit),
            limit,
            is_over: false,
            how,
        }
    }

    /// The next event, or nothing at the end.
    ///
    /// It can be dropped before it is done; nothing is lost then.
    ///
    /// # Example
    ///
    /// ```
    /// # async fn example(mut events: openapi_client_runtime::EventStream<String>) -> Result<(), openapi_client_runtime::Error> {
    /// let first = events.next().await.transpose()?;
    /// # Ok(())
    /// # }
    /// ```
    pub async fn next(&mut self) -> Option<Result<ServerEvent<T>, Error>> {
        poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }

    /// The last id that the server gave, for a header `Last-Event-ID` where the API takes one.
    ///
    /// # Example
    ///
    /// ```
    /// # fn example(events: openapi_client_runtime::EventStream<String>) {
    /// let kept = events.last_event_id().map(str::to_owned);
    /// # }
    /// ```
    #[must_use]
    pub fn last_event_id(&self) -> Option<&str> {
        self.parser.last_id.as_deref().filter(|id| !id.is_empty())
    }

    /// How long the server wants clients to wait before they connect again.
    ///
    /// # Example
    ///
    /// ```
    /// # fn example(events: openapi_client_runtime::EventStream<String>) {
    /// let pause = events.retry().unwrap_or_default();
    /// # }
    /// ```
    #[must_use]
    pub fn retry(&self) -> Option<Duration> {
        self.parser.retry
    }

    fn read(&self, raw: RawEvent) -> Result<ServerEvent<T>, Error> {
        let RawEvent { data, name, id } = raw;
        let decode = self.how.decode;
        let decoded = match self.how.form {
            Form::Text | Form::Json => decode(data.as_bytes()),
            Form::Object => {
                object(&data, name.as_deref(), id.as_deref()).and_then(|text| decode(&text))
            }
        };
        let value = decoded.map_err(|message| {
            if self.how.secret {
                self.incoming.unread("an event is not as documented", None)
            } else {
                let message = format!("an event {message}");
                self.incoming.unread(message, Some(data.as_bytes()))
            }
        })?;
        Ok(ServerEvent {
            data: value,
            event: name,
            id,
        })
    }
}

/// An event as the object that documents describe.
fn object(data: &str, name: Option<&str>, id: Option<&str>) -> Result<Vec<u8>, String> {
    let data: serde_json::Value = serde_json::from_str(data).unwrap_or_else(|_| data.into());
    let mut members = serde_json::Map::new();
    members.insert("data".to_owned(), data);
    for (key, text) in [("event", name), ("id", id)] {
        if let Some(text) = text {
            members.insert(key.to_owned(), text.into());
        }
    }
    serde_json::to_vec(&members).map_err(|error| error.to_string())
}

/// Nothing in it is ever pinned in place.
impl<T> Unpin for EventStream<T> {}

impl<T> Stream for EventStream<T> {
    type Item = Result<ServerEvent<T>, Error>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = self.get_mut();
        let is_json = this.how.form != Form::Text;
        loop {
            while let Some(raw) = this.parser.events.pop_front() {
                if is_json && raw.data == DONE {
                    this.parser.events.clear();
                    this.incoming.end();
                    return Poll::Ready(None);
                }
                if !is_json || !raw.data.trim().is_empty() {
                    return Poll::Ready(Some(this.read(raw)));
                }
            }
            // Those before it are given all the same.
            if std::mem::take(&mut this.is_over) {
                let error = this.incoming.too_large("an event", this.limit);
                return Poll::Ready(Some(Err(error)));
            }
            match ready!(this.incoming.poll_piece(context)) {
                Some(Ok(piece)) => this.is_over = this.parser.push(&piece).is_err(),
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                None => return Poll::Ready(None),
            }
        }
    }
}

impl<T> fmt::Debug for EventStream<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("EventStream").field(&self.incoming).finish()
    }
}
