//! What generated code calls: requests, responses, pages, errors and secrets; must never name an API.

mod access;
mod adapter;
#[allow(dead_code, reason = "a client uses what its documents have")]
mod answered;
mod api_error;
mod attempt;
mod base64;
mod basic;
#[allow(
    dead_code,
    reason = "a client that fetches tokens needs it for tests alone"
)]
mod bearer;
#[cfg(feature = "blocking")]
pub mod blocking;
#[cfg(feature = "blocking")]
pub mod blocking_pages;
mod body;
mod body_streams;
mod budget;
mod builder;
mod call;
mod checked;
mod checked_json;
#[allow(dead_code, reason = "a client uses what its documents have")]
mod choice;
mod client;
mod connect;
mod cursor;
#[allow(dead_code, reason = "a client uses what its documents have")]
mod decode;
mod download;
#[allow(dead_code, reason = "a client uses what its documents have")]
mod encode;
mod error;
mod event_parser;
mod events;
mod flow;
mod http;
#[allow(dead_code, reason = "a client uses what its documents have")]
mod incoming;
mod inline;
#[allow(dead_code, reason = "a client uses what its documents have")]
mod json;
mod key;
mod key_query;
mod lines;
mod link;
mod made_of;
mod multipart;
mod narrowed;
mod newtype;
#[allow(dead_code, reason = "a client uses what its documents have")]
mod nullable;
mod numbers;
mod oauth;
mod open_enum;
#[allow(dead_code, reason = "a client uses what its documents have")]
mod operation;
mod options;
mod origin;
mod page_state;
mod pages;
mod paging;
mod parameter;
mod parameter_choice;
#[allow(
    dead_code,
    reason = "some bodies and objects need more of it than others"
)]
mod parts;
#[allow(dead_code, reason = "a client uses what its documents have")]
mod pattern;
#[allow(dead_code, reason = "a client uses what its documents have")]
mod payload;
#[allow(dead_code, reason = "a client uses what its documents have")]
mod plain;
mod questions;
#[allow(dead_code, reason = "a client uses what its documents have")]
mod read;
mod redact;
mod response;
mod retry;
mod retry_after;
mod send;
mod sent_choice;
mod server;
mod shown_choice;
mod source;
mod structured;
mod style;
mod tagged;
#[allow(
    dead_code,
    unused_imports,
    reason = "a client uses what its documents have"
)]
#[cfg(feature = "testing")]
pub mod testing;
mod text;
#[allow(
    unused_imports,
    unused_macros,
    reason = "a client uses what its documents have"
)]
mod to_json;
mod token;
mod token_header;
#[cfg(feature = "tracing")]
mod trace;
#[cfg(not(feature = "tracing"))]
#[path = "untraced.rs"]
mod trace;
#[allow(dead_code, reason = "a client uses what its documents have")]
mod untagged;
mod upload;
#[cfg(feature = "blocking")]
#[allow(dead_code, reason = "a client uses what its documents have")]
mod waiting;
#[cfg(feature = "blocking")]
pub mod waiting_stream;
mod wire;

pub use access::LoginKind;
pub use adapter::Adapter;
pub(crate) use answered::answered;
#[allow(unused_imports, reason = "a client uses what its documents have")]
pub use answered::{Answered, Properties, or_absent, or_missing, read_object};
pub use api_error::ApiError;
pub use attempt::Attempt;
pub use basic::BASIC;
pub use bearer::BEARER;
pub use body::Body;
pub use builder::ClientBuilder;
pub(crate) use call::handle;
pub use call::{Call, Read, Request};
pub use checked::{Checked, IntoChecked};
pub use choice::{Boxed, read_value};
pub use client::Client;
pub use download::Download;
pub use error::Error;
pub use events::{EventStream, ServerEvent};
pub use inline::InlineStr;
pub use json::{JsonWriter, Spelled, ToJson};
pub use key::KEY;
pub use lines::LineStream;
pub(crate) use made_of::made_of;
pub use multipart::{FilePart, OtherPart};
pub use narrowed::narrowed;
pub(crate) use newtype::text_newtype;
pub use nullable::{Nullable, OrNull};
pub(crate) use numbers::open_numbers;
pub use oauth::OAUTH;
pub(crate) use open_enum::open_enum;
pub use operation::{
    Choice, ErrorShape, Login, Media, Method, Operation, Security, Server, ServerUrl,
    ServerVariable, Settings, Takes,
};
pub use page_state::{InvalidPageState, PageState};
pub(crate) use pages::page;
pub use pages::{ItemStream, PageStream};
pub use paging::{Page, PagedRequest};
pub use parameter::{FormBody, Parameter, Ruled, Rules, Sink};
pub(crate) use parameter_choice::parameter_as_held;
pub use parts::Parts;
pub use pattern::{InvalidValue, Part, Pattern};
pub use plain::FromHeaders;
pub(crate) use plain::{header, header_as};
pub use read::{
    Base64, Day, Flag, List, Map, Number, Optional, Secret, Timestamp, read, read_text,
};
pub use response::{Metadata, Response};
pub use retry::Retry;
pub use secrecy::SecretString;
pub(crate) use sent_choice::sent_as_held;
pub(crate) use shown_choice::shown_as_held;
pub use structured::Structured;
pub use tagged::read_as;
pub(crate) use tagged::tagged;
pub(crate) use text::text_traits;
pub(crate) use to_json::{enum_to_json, newtype_to_json, number_to_json};
pub(crate) use untagged::untagged;
#[allow(unused_imports, reason = "a client uses what its documents have")]
pub use untagged::{has_only, try_as};
pub use upload::Upload;
pub(crate) use wire::{wire_docs, wire_value};
