//! What the published client sends for every operation of every version, seen from the other end of a real socket.

/// Hands each version of the API to a macro that makes tests: its module, where its document puts it, and its largest page.
macro_rules! for_each_version {
    ($tests:ident) => {
        $tests!(chat_v1, "https://chat.twilio.com", "/v1/Credentials", 1000);
        $tests!(chat_v2, "https://chat.twilio.com", "/v2/Credentials", 1000);
        $tests!(
            conversations_v1,
            "https://conversations.twilio.com",
            "/v1/Credentials",
            100
        );
        $tests!(
            notify_v1,
            "https://notify.twilio.com",
            "/v1/Credentials",
            1000
        );
    };
}

mod failures;
mod operations;
mod pages;

use std::error::Error;

use twilio_push_credentials::Client;
use twilio_push_credentials_tests::twilio::{ACCOUNT_SID, AUTH_TOKEN, Recorded, Twilio, basic};

type Outcome = Result<(), Box<dyn Error>>;

/// A PEM with everything in it that form encoding could spoil.
const CERTIFICATE: &str =
    "-----BEGIN CERTIFICATE-----\nbm90+IHJl/YWw==\n-----END CERTIFICATE-----\n";
const PRIVATE_KEY: &str =
    "-----BEGIN RSA PRIVATE KEY-----\r\nbm90IHJlYWw+Lw==\r\n-----END RSA PRIVATE KEY-----\r\n";
const SERVICE_ACCOUNT: &str = r#"{"type":"service_account","project_id":"a & b = 100%"}"#;

fn client(server: &Twilio) -> Result<Client, Box<dyn Error>> {
    let url = |origin| server.url_of(origin).ok_or("it is not served");
    Ok(Client::builder()
        .account(ACCOUNT_SID, AUTH_TOKEN)
        .base_url(server.url())
        .conversations_v1_base_url(url("https://conversations.twilio.com")?)
        .notify_v1_base_url(url("https://notify.twilio.com")?)
        .build()?)
}

/// The one request that the server has seen since `seen` others.
fn only_request(server: &Twilio, seen: usize) -> Result<Recorded, Box<dyn Error>> {
    let mut requests = server.requests().split_off(seen);
    assert_eq!(requests.len(), 1, "requests that were sent");
    Ok(requests.pop().ok_or("no request")?)
}

/// What is the same for all requests: the right server, one login, a name, JSON wanted, nothing else of ours.
fn assert_common(request: &Recorded, server: &Twilio, origin: &str) {
    let values = |name: &str| -> Vec<&str> {
        let found = request.headers.iter().filter(|(key, _)| key == name);
        found.map(|(_, value)| value.as_str()).collect()
    };
    assert_eq!(values("authorization"), [basic(ACCOUNT_SID, AUTH_TOKEN)]);
    let url = server.url_of(origin).unwrap_or_default();
    assert_eq!(values("host"), [url.trim_start_matches("http://")]);
    assert_eq!(values("accept"), ["application/json"]);
    let agents = values("user-agent");
    assert!(
        agents.len() == 1 && agents[0].starts_with("twilio-push-credentials/"),
        "{agents:?}"
    );
    assert!(values("referer").is_empty() && values("cookie").is_empty());
}

/// Method and target are these, and there is no body.
fn assert_plain(request: &Recorded, method: &str, path: &str, query: Option<&str>) {
    assert_eq!(
        (request.method.as_str(), request.path.as_str()),
        (method, path)
    );
    assert_eq!(request.query.as_deref(), query);
    assert!(request.body.is_empty());
    assert_eq!(request.header("content-type"), None);
}

/// Method and target are these, and the body is a form of these pairs.
fn assert_form(request: &Recorded, path: &str, pairs: &[(&str, &str)]) {
    assert_eq!(
        (request.method.as_str(), request.path.as_str()),
        ("POST", path)
    );
    assert_eq!(request.query, None);
    assert_eq!(
        request.header("content-type"),
        Some("application/x-www-form-urlencoded")
    );
    assert_eq!(
        request.header("content-length"),
        Some(request.body.len().to_string().as_str())
    );
    assert_eq!(request.header("transfer-encoding"), None);
    let owned = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
    let mut expected: Vec<(String, String)> = pairs.iter().map(owned).collect();
    let mut sent = request.form.clone().unwrap_or_default();
    expected.sort();
    sent.sort();
    assert_eq!(sent, expected);
}
