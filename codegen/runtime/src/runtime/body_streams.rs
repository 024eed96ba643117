//! Takes an answer whose body is still coming, or may be missing; gives it as its operation returns it; must never wait for what is still to come.

use crate::runtime::body::essence;
use crate::runtime::decode::{self, Decode};
use crate::runtime::events::{Form, Reading};
use crate::runtime::incoming::Incoming;
use crate::runtime::{Adapter, Body, Download, Error, EventStream, LineStream};
use reqwest::StatusCode;
use serde::de::DeserializeOwned;

impl Body {
    /// Whether the answer is one of these media types, with `*` for any.
    pub fn is(&self, media: &[&str]) -> bool {
        let own = essence(self.content_type().unwrap_or_default());
        media.iter().any(|name| {
            let name = essence(name);
            match (name.split_once('/'), own.split_once('/')) {
                _ if name == "*/*" => true,
                (Some((kind, "*")), Some((own, _))) => kind == own,
                _ => name == own,
            }
        })
    }

    /// Whether there can be something in the body.
    pub fn has_content(&self) -> bool {
        let none = [StatusCode::NO_CONTENT, StatusCode::RESET_CONTENT];
        !none.map(|status| status.as_u16()).contains(&self.status())
            && self.length().is_none_or(|length| length > 0)
    }

    /// Whether it is a stream of events, as far as it says what it is.
    pub fn is_events(&self) -> bool {
        self.content_type().is_none() || self.is(&["text/event-stream"])
    }

    /// Reads nothing where there is nothing, and otherwise as told.
    ///
    /// # Errors
    /// Those of how it is read.
    pub fn optional<T>(
        self,
        read: impl FnOnce(Self) -> Result<T, Error>,
    ) -> Result<Option<T>, Error> {
        if self.has_content() && !self.is_empty() {
            read(self).map(Some)
        } else {
            Ok(None)
        }
    }

    /// The error of a success whose status the document does not know.
    ///
    /// # Errors
    /// Always.
    pub fn undocumented<T>(self) -> Result<T, Error> {
        Err(self.decode_error("the document knows no such success"))
    }

    /// Reads text that stands for one value.
    ///
    /// # Errors
    /// When the body is not what `T` is read from.
    pub fn plain<T: DeserializeOwned>(self) -> Result<T, Error> {
        self.decoded(decode::plain)
    }

    /// Reads text that stands for one value and is not read as its type says.
    ///
    /// # Errors
    /// When the body is not what the adapter reads.
    pub fn plain_as<A: Adapter>(self) -> Result<A::Value, Error> {
        self.decoded(decode::plain_as::<A>)
    }

    /// Gives the bytes as they come.
    ///
    /// # Errors
    /// When they are compressed.
    pub fn download(mut self) -> Result<Download, Error> {
        let (incoming, length, limit) = self.coming("bytes")?;
        Ok(Download::new(incoming, self.content_type(), length, limit))
    }

    /// Gives the events as they come, with data that is JSON.
    ///
    /// # Errors
    /// When the answer is no stream of events.
    pub fn events<T: DeserializeOwned>(self) -> Result<EventStream<T>, Error> {
        self.event_stream(decode::json, Form::Json)
    }

    /// Gives the events as they come, with JSON that is not read as its type says.
    ///
    /// # Errors
    /// When the answer is no stream of events.
    pub fn events_as<A: Adapter>(self) -> Result<EventStream<A::Value>, Error> {
        self.event_stream(decode::json_as::<A>, Form::Json)
    }

    /// Gives the events as they come, each as an object of its name, its id and its data.
    ///
    /// # Errors
    /// When the answer is no stream of events.
    pub fn event_objects<T: DeserializeOwned>(self) -> Result<EventStream<T>, Error> {
        self.event_stream(decode::json, Form::Object)
    }

    /// Gives the events as they come, with data that is text.
    ///
    /// # Errors
    /// When the answer is no stream of events.
    pub fn text_events<T: DeserializeOwned>(self) -> Result<EventStream<T>, Error> {
        self.event_stream(decode::plain, Form::Text)
    }

    /// Gives the events as they come, with text that is not read as its type says.
    ///
    /// # Errors
    /// When the answer is no stream of events.
    pub fn text_events_as<A: Adapter>(self) -> Result<EventStream<A::Value>, Error> {
        self.event_stream(decode::plain_as::<A>, Form::Text)
    }

    /// Gives the values as they come, one a line.
    ///
    /// # Errors
    /// When they are compressed.
    pub fn lines<T: DeserializeOwned>(self) -> Result<LineStream<T>, Error> {
        self.line_stream(decode::json)
    }

    /// Gives the values as they come, one a line and not read as its type says.
    ///
    /// # Errors
    /// When they are compressed.
    pub fn lines_as<A: Adapter>(self) -> Result<LineStream<A::Value>, Error> {
        self.line_stream(decode::json_as::<A>)
    }

    fn event_stream<T>(mut self, decode: Decode<T>, form: Form) -> Result<EventStream<T>, Error> {
        let secret = self.is_secret();
        let (incoming, _, limit) = self.coming("a stream of events")?;
        let how = Reading {
            decode,
            form,
            secret,
        };
        Ok(EventStream::new(incoming, limit, how))
    }

    fn line_stream<T>(mut self, decode: Decode<T>) -> Result<LineStream<T>, Error> {
        let secret = self.is_secret();
        let (incoming, _, limit) = self.coming("lines of JSON")?;
        Ok(LineStream::new(incoming, limit, decode, secret))
    }

    /// The body that is still coming, how long it is, and how much of it may be kept.
    fn coming(&mut self, what: &str) -> Result<(Incoming, Option<u64>, usize), Error> {
        if self.is_compressed() {
            return Err(self.compressed());
        }
        if let Some((incoming, limit)) = self.take_incoming() {
            return Ok((incoming, self.length(), limit));
        }
        let kind = self.content_type().unwrap_or("no content type");
        Err(self.decode_error(format!("the body is not {what}, but {kind}")))
    }
}
