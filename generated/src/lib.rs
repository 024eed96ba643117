// Generated. Do not edit: change the document or the generator and generate again.

//! Unofficial client for Twilio's push Credentials: the records that let Twilio send
//! notifications through APNs, FCM and GCM.
//!
//! This crate is not made, endorsed or supported by Twilio.
//!
//! A credential holds what Twilio needs to send push notifications through one vendor. The
//! Voice SDKs use those of Chat v2, so that module is the one to use unless you know otherwise.
//!
//! Secrets are never part of an answer, of `Debug` output or of an error. They are sent over
//! HTTPS only, and only to the server of the API or the one that you name.
//!
//! # Example
//!
//! ```no_run
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
//! ```
//!
//! # Versions of the API
//!
//! * [`chat_v1`]: Twilio Chat v1 Credentials, version `1.0.0`, deprecated
//! * [`chat_v2`]: Twilio Chat v2 Credentials, version `2.0.0`
#![forbid(unsafe_code)]
#![warn(missing_docs)]
#![cfg_attr(docsrs, feature(doc_cfg))]
#![cfg_attr(rustfmt, rustfmt_skip)]

#[rustfmt::skip]
pub mod chat_v1;
#[rustfmt::skip]
pub mod chat_v2;
#[rustfmt::skip]
mod client;
mod runtime;
#[rustfmt::skip]
mod types;

pub use types::{AccountSid, CredentialSid, CredentialType};
pub use runtime::{
    ApiError, Call, Client, ClientBuilder, Error, FormBody, InvalidValue, ItemStream,
    Page, PagedRequest, Request, SecretString, Sink,
};
