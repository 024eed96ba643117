//! What generated code calls: requests, responses, pages, errors and secrets; must never name an API.
#![allow(
    dead_code,
    unused_imports,
    unused_macros,
    reason = "every client carries the whole runtime and uses the part that its document needs"
)]

mod access;
mod api_error;
mod attempt;
#[cfg(feature = "blocking")]
pub mod blocking;
mod body;
mod budget;
mod builder;
mod call;
mod checked;
mod choice;
mod client;
mod connect;
mod cursor;
mod encode;
mod error;
mod flow;
mod http;
mod inline;
mod json;
mod key;
mod multipart;
mod oauth;
mod operation;
mod options;
mod origin;
mod page_state;
mod pages;
mod parameter;
mod parts;
mod pattern;
mod payload;
mod questions;
mod read;
mod redact;
mod response;
mod retry;
mod retry_after;
mod send;
mod server;
mod source;
mod structured;
mod style;
#[cfg(feature = "testing")]
pub mod testing;
mod text;
mod token;
#[cfg(feature = "tracing")]
mod trace;
#[cfg(not(feature = "tracing"))]
#[path = "untraced.rs"]
mod trace;
mod upload;
#[cfg(feature = "blocking")]
mod waiting;

pub use api_error::ApiError;
pub use attempt::Attempt;
pub use body::Body;
pub use builder::ClientBuilder;
pub use call::{Call, Page, PagedRequest, Request};
pub use checked::{Checked, IntoChecked};
pub use choice::{Boxed, has_only, read_as, read_value, try_as};
pub(crate) use choice::{
    made_of, open_numbers, parameter_as_held, sent_as_held, shown_as_held, tagged, untagged,
};
pub use client::Client;
pub use cursor::narrowed;
pub use error::Error;
pub use inline::InlineStr;
pub use json::{JsonWriter, Nullable, ToJson};
pub use multipart::{FilePart, OtherPart};
pub use operation::{
    Choice, ErrorShape, Login, Media, Method, Operation, Security, Server, ServerUrl,
    ServerVariable, Settings, Takes,
};
pub use page_state::{InvalidPageState, PageState};
pub(crate) use pages::page;
pub use pages::{ItemStream, PageStream};
pub use parameter::{FormBody, Parameter, Rules, Sink};
pub use parts::Parts;
pub use pattern::{InvalidValue, Part, Pattern};
pub use read::{
    Adapter, Base64, Day, Flag, List, Map, Optional, OrNull, Secret, Timestamp, read, read_text,
};
pub use response::{Metadata, Response};
pub use retry::Retry;
pub use secrecy::SecretString;
pub use structured::Structured;
pub(crate) use text::{open_enum, text_newtype, text_traits, wire_docs, wire_value};
pub use upload::Upload;
