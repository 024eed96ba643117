//! How the published client logs in and where it sends requests, seen from the other end of a real socket.

mod oauth;
mod places;

use std::error::Error;

use twilio_push_credentials::{Client, ClientBuilder};
use twilio_push_credentials_tests::twilio::{CLIENT_ID, CLIENT_SECRET, Twilio};

type Outcome = Result<(), Box<dyn Error>>;

/// A builder of clients that log in with tokens of the server.
fn builder(server: &Twilio) -> ClientBuilder {
    let url = |origin| server.url_of(origin).unwrap_or_default();
    Client::builder()
        .oauth(CLIENT_ID, CLIENT_SECRET)
        .oauth_token_url(server.token_url())
        .base_url(server.url())
        .conversations_v1_base_url(url("https://conversations.twilio.com"))
        .notify_v1_base_url(url("https://notify.twilio.com"))
}
