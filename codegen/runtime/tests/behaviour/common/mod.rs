//! A server that records what it gets, and a client of the shape that is generated.

pub(crate) mod api;
pub(crate) mod probe;
pub(crate) mod server;

use crate::runtime::{Client, Error};
use server::Server;

pub(crate) const USER: &str = "AC0123";
pub(crate) const PASSWORD: &str = "canary-password";

/// A client of the server, with credentials.
pub(crate) fn client(server: &Server) -> Client {
    Client::builder()
        .account(USER, PASSWORD)
        .base_url(server.url())
        .build()
        .unwrap()
}

/// The text of an error in every form it has.
pub(crate) fn everything(error: &Error) -> String {
    let mut all = vec![format!("{error}\n{error:?}\n{error:#?}")];
    let mut source = std::error::Error::source(error);
    while let Some(cause) = source {
        all.push(format!("{cause}\n{cause:?}"));
        source = cause.source();
    }
    if let Some(api) = error.api_error() {
        all.push(format!("{api:?} {} {:?}", api.message(), api.more_info()));
    }
    let texts = [
        error.body_excerpt(),
        error.request_id(),
        error.content_type(),
    ];
    all.extend(texts.into_iter().flatten().map(str::to_owned));
    all.join("\n")
}
