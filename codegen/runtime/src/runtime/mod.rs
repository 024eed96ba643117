//! What generated code calls: requests, responses, pages, errors and secrets; must never name an API.
#![allow(
    dead_code,
    unused_imports,
    unused_macros,
    reason = "every client carries the whole runtime and uses the part that its document needs"
)]

mod access;
mod api_error;
mod body;
mod builder;
mod call;
mod client;
mod encode;
mod error;
mod inline;
mod oauth;
mod operation;
mod origin;
mod pages;
mod parameter;
mod parts;
mod pattern;
mod read;
mod redact;
mod server;
mod text;
mod token;

pub use api_error::ApiError;
pub use body::Body;
pub use builder::ClientBuilder;
pub use call::{Call, Page, PagedRequest, Request};
pub use client::Client;
pub use error::Error;
pub use inline::InlineStr;
pub use operation::{
    EnvironmentVariable, ErrorShape, Login, Method, Operation, Security, Server, ServerUrl,
    ServerVariable, Settings,
};
pub use pages::ItemStream;
pub use parameter::{FormBody, Parameter, Rules, Sink};
pub use parts::Parts;
pub use pattern::{InvalidValue, Part, Pattern};
pub use read::{Adapter, Day, Flag, List, Map, Optional, Secret, Timestamp, read, read_text};
pub use secrecy::SecretString;
pub(crate) use text::{open_enum, text_newtype, text_traits};
