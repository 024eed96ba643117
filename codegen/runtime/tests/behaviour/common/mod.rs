//! A server that records what it gets, and a client of the shape that is generated.

pub(crate) mod api;
pub(crate) mod clock;
pub(crate) mod oauth;
pub(crate) mod probe;
pub(crate) mod raw;
pub(crate) mod server;
pub(crate) mod streams;

use crate::runtime::{Client, ClientBuilder, Error, Retry};
use server::Server;
use std::time::Duration;

pub(crate) const USER: &str = "AC0123";
pub(crate) const PASSWORD: &str = "canary-password";

/// A credential, as the API answers with it.
pub(crate) const CREDENTIAL: &str = r#"{"sid":"CR0123456789abcdef0123456789ABCDEF","type":"apn",
    "friendly_name":"production","sandbox":"False","date_created":"2015-10-07T17:50:01Z"}"#;

/// A builder of a client of the server, with credentials.
pub(crate) fn builder(server: &Server) -> ClientBuilder {
    Client::builder()
        .account(USER, PASSWORD)
        .base_url(server.url())
}

/// A client of the server, as it is by default.
pub(crate) fn client(server: &Server) -> Client {
    builder(server).build().unwrap()
}

/// A client that never sends a call again.
pub(crate) fn single(server: &Server) -> Client {
    builder(server).retry(Retry::never()).build().unwrap()
}

/// Sends again as often as by default, and at once.
pub(crate) const AT_ONCE: Retry = Retry::new().backoff(Duration::ZERO, Duration::ZERO);

/// A client that sends again at once.
pub(crate) fn hasty(server: &Server) -> Client {
    builder(server).retry(AT_ONCE).build().unwrap()
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

/// The URL of a server that refuses connections. While it is kept, nobody else gets the port.
pub(crate) fn refusing() -> (String, tokio::net::TcpSocket) {
    let socket = tokio::net::TcpSocket::new_v4().unwrap();
    socket.bind("127.0.0.1:0".parse().unwrap()).unwrap();
    (format!("http://{}", socket.local_addr().unwrap()), socket)
}
