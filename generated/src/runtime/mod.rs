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
mod budget;
mod builder;
mod call;
mod checked;
mod client;
mod connect;
mod cursor;
#[allow(dead_code, reason = "a client uses what its documents have")]
mod decode;
#[allow(dead_code, reason = "a client uses what its documents have")]
mod encode;
mod error;
mod http;
#[allow(dead_code, reason = "a client uses what its documents have")]
mod incoming;
mod inline;
mod key_query;
mod link;
mod narrowed;
mod newtype;
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
mod server;
mod style;
#[allow(
    dead_code,
    unused_imports,
    reason = "a client uses what its documents have"
)]
#[cfg(feature = "testing")]
pub mod testing;
mod text;
#[path = "to_nothing.rs"]
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
#[cfg(feature = "blocking")]
#[allow(dead_code, reason = "a client uses what its documents have")]
mod waiting;
mod wire;

pub use access::LoginKind;
pub use adapter::Adapter;
pub(crate) use answered::answered;
#[allow(unused_imports, reason = "a client uses what its documents have")]
pub use answered::{Answered, Properties, or_absent, or_missing, read_object};
pub use api_error::ApiError;
pub use attempt::Attempt;
pub use basic::BASIC;
pub use body::Body;
pub use builder::ClientBuilder;
pub(crate) use call::handle;
pub use call::{Call, Read, Request};
pub use checked::{Checked, IntoChecked};
pub use client::Client;
pub use error::Error;
pub use inline::InlineStr;
pub use narrowed::narrowed;
pub(crate) use newtype::text_newtype;
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
pub use parameter::{FormBody, Parameter, Rules, Sink};
pub use parts::Parts;
pub use pattern::{InvalidValue, Part, Pattern};
pub use plain::FromHeaders;
pub use read::{Flag, Optional, Secret, Timestamp, read, read_text};
pub use response::{Metadata, Response};
pub use retry::Retry;
pub use secrecy::SecretString;
pub(crate) use text::text_traits;
pub(crate) use to_json::{enum_to_json, newtype_to_json};
pub(crate) use wire::{wire_docs, wire_value};
