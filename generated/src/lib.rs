// Generated. Do not edit: change the document or the generator and generate again.

//! Unofficial client for Twilio's push Credentials: the records that let Twilio send
//! notifications through APNs, FCM and GCM.
//!
//! This crate is not made, endorsed or supported by Twilio.
//!
//! A credential holds what Twilio needs to send push notifications through one vendor. Several
//! of Twilio's APIs serve the same credentials. The Voice SDKs use those of Chat v2, so that
//! module is the one to use unless you know otherwise; an app built on Conversations uses that
//! of Conversations v1. Twilio has deprecated Chat v1 and Notify, which are here for the apps
//! that still depend on them.
//!
//! Secrets are never part of an answer, of `Debug` output or of an error. They are sent over
//! HTTPS only, and only to the server of the API or the one that you name.
//!
//! # Example
//!
//! ```no_run
//! # #[cfg(all(feature = "chat_v1", feature = "chat_v2", feature = "conversations_v1", feature = "notify_v1"))] {
//! use twilio_push_credentials::{Client, chat_v2::NewCredential};
//!
//! # async fn example(service_account_json: String) -> Result<(), twilio_push_credentials::Error> {
//! let client = Client::from_env()?;
//! let credentials = client.chat_v2().credentials();
//!
//! let new = NewCredential::fcm(service_account_json);
//! let created = credentials.create(new).friendly_name("production").send().await?;
//! let same = credentials.fetch(&created.sid).send().await?;
//! let renamed = credentials.update(&created.sid).friendly_name("prod").send().await?;
//!
//! let mut all = credentials.list().page_size(100).stream();
//! while let Some(credential) = all.next().await {
//!     println!("{}", credential?.sid);
//! }
//! credentials.delete(&created.sid).send().await?;
//! # Ok(())
//! # }
//! # }
//! ```
//!
//! # Versions of the API
//!
//! * [`chat_v1`]: Twilio Chat v1 Credentials, version `1.0.0`, deprecated
//! * [`chat_v2`]: Twilio Chat v2 Credentials, version `2.0.0`
//! * [`conversations_v1`]: Twilio Conversations v1 Credentials, version `1.0.0`
//! * [`notify_v1`]: Twilio Notify v1 Credentials, version `1.0.0`
//!
//! Each version is a Cargo feature of the same name. All are on by default; without the default
//! features, only those that you name are compiled.
//!
#![cfg_attr(not(feature = "chat_v1"), doc = "[`chat_v1`]: #versions-of-the-api")]
#![cfg_attr(not(feature = "chat_v2"), doc = "[`chat_v2`]: #versions-of-the-api")]
#![cfg_attr(
    not(feature = "conversations_v1"),
    doc = "[`conversations_v1`]: #versions-of-the-api"
)]
#![cfg_attr(not(feature = "notify_v1"), doc = "[`notify_v1`]: #versions-of-the-api")]
//!
//! # Without async
//!
//! With the feature `blocking`, and without another runtime or crate:
//!
#![cfg_attr(feature = "blocking", doc = " ```no_run")]
#![cfg_attr(not(feature = "blocking"), doc = " ```ignore")]
//! # #[cfg(all(feature = "chat_v1", feature = "chat_v2", feature = "conversations_v1", feature = "notify_v1"))] {
//! use twilio_push_credentials::{blocking::Client, chat_v2::NewCredential};
//!
//! # fn example(service_account_json: String) -> Result<(), twilio_push_credentials::Error> {
//! let client = Client::from_env()?;
//! let credentials = client.chat_v2().credentials();
//!
//! let new = NewCredential::fcm(service_account_json);
//! let created = credentials.create(new).friendly_name("production").send()?;
//!
//! for credential in credentials.list().page_size(100).stream() {
//!     println!("{}", credential?.sid);
//! }
//! credentials.delete(&created.sid).send()?;
//! # Ok(())
//! # }
//! # }
//! ```
//!
//! # Features
//!
//! * `rustls`: TLS with rustls; on by default. Without this and `native-tls`, only servers on
//!   this machine can be reached
//! * `native-tls`: the TLS library of the platform
//! * `blocking`: `blocking::Client`, whose calls wait for their answers; no async runtime is
//!   needed
//! * `testing`: a server for the tests of your application: it runs in the same process, keeps
//!   what is sent to it, remembers what it was asked and fails when it is told to; and the
//!   documents' examples as values
//! * `tracing`: a span for each call with its operation, method, path template, status, request
//!   id, attempts and time, and an event for each attempt; never a value that was sent
#![forbid(unsafe_code)]
#![warn(missing_docs)]
#![cfg_attr(docsrs, feature(doc_cfg))]
#![cfg_attr(rustfmt, rustfmt_skip)]

#[cfg(feature = "chat_v1")]
#[cfg_attr(docsrs, doc(cfg(feature = "chat_v1")))]
#[rustfmt::skip]
pub mod chat_v1;
#[cfg(feature = "chat_v2")]
#[cfg_attr(docsrs, doc(cfg(feature = "chat_v2")))]
#[rustfmt::skip]
pub mod chat_v2;
#[cfg(feature = "conversations_v1")]
#[cfg_attr(docsrs, doc(cfg(feature = "conversations_v1")))]
#[rustfmt::skip]
pub mod conversations_v1;
#[cfg(feature = "notify_v1")]
#[cfg_attr(docsrs, doc(cfg(feature = "notify_v1")))]
#[rustfmt::skip]
pub mod notify_v1;
#[cfg(feature = "blocking")]
#[cfg_attr(docsrs, doc(cfg(feature = "blocking")))]
#[rustfmt::skip]
pub mod blocking;
#[rustfmt::skip]
mod client;
#[cfg_attr(
    not(
        all(
            feature = "chat_v1",
            feature = "chat_v2",
            feature = "conversations_v1",
            feature = "notify_v1"
        )
    ),
    allow(dead_code, unused_imports, unused_macros, reason = "it is for the whole API")
)]
mod runtime;
#[cfg(feature = "testing")]
#[cfg_attr(docsrs, doc(cfg(feature = "testing")))]
#[rustfmt::skip]
pub mod testing;
#[rustfmt::skip]
mod types;

pub use types::{AccountSid, CredentialSid, CredentialType};
pub use runtime::{
    ApiError, Attempt, Call, Client, ClientBuilder, Error, FormBody, FromHeaders,
    IntoChecked, InvalidPageState, InvalidValue, ItemStream, Metadata, Page, PageState,
    PageStream, PagedRequest, Request, Response, Retry, SecretString,
};
