//! What generated code calls: requests, responses, pages, errors and secrets; must never name an API.

mod access;
mod api_error;
mod attempt;
mod basic;
mod bearer;
#[cfg(feature = "blocking")]
pub mod blocking;
#[cfg(feature = "blocking")]
pub mod blocking_pages;
mod body;
mod budget;
mod builder;
mod call;
mod choice;
mod client;
mod connect;
mod cursor;
mod encode;
mod error;
mod http;
mod inline;
mod json;
mod key;
mod key_query;
mod link;
mod newtype;
mod nullable;
mod numbers;
mod oauth;
mod open_enum;
mod operation;
mod options;
mod origin;
mod page_state;
mod pages;
mod paging;
mod parameter;
mod parts;
mod pattern;
mod questions;
mod read;
mod redact;
mod response;
mod retry;
mod retry_after;
mod send;
mod sent_choice;
mod server;
#[cfg(feature = "testing")]
pub mod testing;
mod text;
mod to_json;
mod token;
mod token_header;
#[cfg(feature = "tracing")]
mod trace;
#[cfg(not(feature = "tracing"))]
#[path = "untraced.rs"]
mod trace;
#[cfg(feature = "blocking")]
mod waiting;

pub use access::LoginKind;
pub use api_error::ApiError;
pub use attempt::Attempt;
pub use basic::BASIC;
pub use bearer::BEARER;
pub use body::Body;
pub use builder::ClientBuilder;
pub use call::{Call, Request};
pub use choice::{Boxed, has_only, read_as, read_value, try_as};
pub(crate) use choice::{made_of, parameter_as_held, shown_as_held, tagged, untagged};
pub use client::Client;
pub use cursor::narrowed;
pub use error::Error;
pub use inline::InlineStr;
pub use json::{JsonWriter, ToJson};
pub use key::KEY;
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
pub use pages::{ItemStream, PageStream};
pub use paging::{Page, PagedRequest};
pub use parameter::{FormBody, Parameter, Rules, Sink};
pub use parts::Parts;
pub use pattern::{InvalidValue, Part, Pattern};
pub use read::{
    Adapter, Base64, Day, Flag, List, Map, Optional, Secret, Timestamp, read, read_text,
};
pub use response::{Metadata, Response};
pub use retry::Retry;
pub use secrecy::SecretString;
pub(crate) use sent_choice::sent_as_held;
pub(crate) use text::text_traits;
pub(crate) use to_json::{enum_to_json, newtype_to_json, number_to_json};
