//! Operations of each kind of answer, as the generator writes them.

use super::api::SERVER;
use crate::runtime::{
    Body, Call, Download, EventStream, FromHeaders, LineStream, Metadata, Method, Operation, Parts,
    Read, Request, Security, Timestamp, header, header_as,
};
use chrono::{DateTime, Utc};

macro_rules! operations {
    ($($request:ident $method:ident $output:ty { $($constants:tt)* } $body:ident => $read:expr;)*) => {$(
        #[derive(Clone, Debug, Default)]
        pub(crate) struct $request;

        impl Request for $request {
            type Output = $output;

            $($constants)*

            const OPERATION: &'static Operation = &Operation {
                id: stringify!($request),
                method: Method::$method,
                path: "/v2/Answers",
                server: &SERVER,
                security: &[&[Security::Basic]],
                body: None,
            };

            fn write(&self, _parts: &mut Parts) {}

            const READ: Read<$output> = |$body| $read;
        }
    )*};
}

pub(crate) fn call<C, R: Request + Default>(client: C) -> Call<C, R> {
    Call::new(client, R::default())
}

#[derive(Clone, Debug, PartialEq, serde::Deserialize)]
pub(crate) struct Word {
    pub(crate) word: String,
}

#[derive(Debug)]
pub(crate) enum Answer {
    Ok(Word),
    Created(Vec<Word>),
    NoContent,
    PartialPng(Download),
    PartialText(String),
}

/// What is described as an object of data and event.
#[derive(Clone, Debug, PartialEq, serde::Deserialize)]
#[serde(tag = "event", content = "data", rename_all = "lowercase")]
pub(crate) enum Told {
    Word(Word),
    Count(u32),
}

operations! {
    Bytes GET Download {
        const STREAMS: Option<fn(&Body) -> bool> = Some(|_| true);
        const ACCEPT: &'static str = "application/pdf, image/png";
    } body => body.download();
    Uploaded POST Download {
        const STREAMS: Option<fn(&Body) -> bool> = Some(|_| true);
        const ACCEPT: &'static str = "*/*";
    } body => body.download();
    MayBeBytes GET Option<Download> {
        const STREAMS: Option<fn(&Body) -> bool> = Some(Body::has_content);
    } body => body.optional(Body::download);
    Events GET EventStream<Word> {
        const STREAMS: Option<fn(&Body) -> bool> = Some(Body::is_events);
        const ACCEPT: &'static str = "text/event-stream";
    } body => body.events();
    SecretEvents GET EventStream<Word> {
        const STREAMS: Option<fn(&Body) -> bool> = Some(Body::is_events);
    } body => body.secret().events();
    Texts GET EventStream<String> {
        const STREAMS: Option<fn(&Body) -> bool> = Some(Body::is_events);
    } body => body.text_events();
    Objects GET EventStream<Told> {
        const STREAMS: Option<fn(&Body) -> bool> = Some(Body::is_events);
    } body => body.event_objects();
    Lines GET LineStream<Word> {
        const STREAMS: Option<fn(&Body) -> bool> = Some(|_| true);
        const ACCEPT: &'static str = "application/x-ndjson";
    } body => body.lines();
    Several GET Answer {
        const STREAMS: Option<fn(&Body) -> bool> =
            Some(|body| matches!(body.status(), 206 if body.is(&["image/*"])));
    } body => match body.status() {
        200 => body.json().map(Answer::Ok),
        201 => body.json().map(Answer::Created),
        204 => Ok(Answer::NoContent),
        206 if body.is(&["image/*"]) => body.download().map(Answer::PartialPng),
        206 => body.text().map(Answer::PartialText),
        _ => body.undocumented(),
    };
    MayBeWord GET Option<Word> {} body => body.json();
    MayBeText GET Option<String> {} body => body.optional(Body::text);
    Count GET u32 { const ACCEPT: &'static str = "text/plain"; } body => body.plain();
    At GET DateTime<Utc> {} body => body.plain_as::<Timestamp>();
}

#[derive(Clone, Debug, Default)]
pub(crate) struct LimitHeaders {
    pub(crate) left: Option<i64>,
    pub(crate) ends: Option<DateTime<Utc>>,
    pub(crate) is_soft: Option<bool>,
    pub(crate) plan: Option<String>,
}

impl FromHeaders for LimitHeaders {
    fn read(metadata: &Metadata) -> Self {
        Self {
            left: header(metadata, "X-Limit-Left"),
            ends: header_as::<Timestamp>(metadata, "X-Limit-Ends"),
            is_soft: header(metadata, "X-Limit-Soft"),
            plan: header(metadata, "X-Limit-Plan"),
        }
    }
}
