//! The runtime as a generated crate sees it: its files are a private module of this one, and
//! `common/api.rs` is written the way the generator writes.

#![allow(
    unreachable_pub,
    reason = "the root of a client re-exports what is public; a test has no such root"
)]

mod common;
#[allow(
    dead_code,
    unused_imports,
    unused_macros,
    reason = "a client carries the parts that it uses; these tests use some"
)]
#[path = "../../src/runtime/mod.rs"]
mod runtime;

mod answered;
mod answers;
#[cfg(feature = "blocking")]
mod blocking;
mod connecting;
mod events;
mod json;
mod keys;
mod lists;
mod multipart;
mod oauth;
mod oauth_attempts;
#[cfg(feature = "blocking")]
mod oauth_blocking;
mod oauth_refusals;
mod options;
mod origins;
mod pages;
mod pauses;
mod places;
mod reading;
mod requests;
mod retries;
mod secrets;
mod servers;
mod storms;
mod streams;
#[cfg(feature = "blocking")]
mod streams_blocking;
mod structured;
mod styles;
#[cfg(feature = "testing")]
mod testing;
mod text;
#[cfg(feature = "tracing")]
mod tracing;
mod uploads;
