//! Secrets reach the server and nothing else: no text of a value, a call, a client or an error shows one.

use crate::common::api::NewCredential;
use crate::common::probe::{Probe, get, post};
use crate::common::server::{Recorded, Reply, Server, answer, json};
use crate::common::{PASSWORD, USER, client, everything, refusing};
use crate::runtime::{Call, Client, Operation, Parts, Read, Request, Rules, SecretString};
use std::sync::atomic::{AtomicUsize, Ordering};

const CERTIFICATE: &str = "canary \\certificate\\n\\\\ & <more>/\"é\\";
const SERVICE_ACCOUNT: &str = r#"{"id":"x","key":"-----BEGIN-----\ncanaryOneTwoThree\n"}"#;
const KEY: &str = "-----BEGIN PRIVATE KEY-----\ncanaryLineOne+/==\ncanaryLineTwo+/==\n-----END PRIVATE KEY-----\n";

fn new_credential() -> NewCredential {
    NewCredential::apn(CERTIFICATE, KEY)
}

fn assert_clean(text: &str) {
    assert!(!text.to_lowercase().contains("canary"), "{text}");
}

/// Everything that the error of a create shows when the server answers like this.
async fn leaked(reply: impl Fn(&Recorded) -> Reply + Send + Sync + 'static) -> String {
    let server = Server::start(move |request, _| reply(request)).await;
    let call = client(&server).credentials().create(new_credential());
    let error = call.send().await.unwrap_err();
    assert_eq!(server.requests().len(), 1);
    everything(&error)
}

#[test]
fn nothing_that_holds_a_secret_prints_it() {
    let builder = Client::builder().account("AC", PASSWORD);
    assert_clean(&format!("{builder:?}"));
    let client = builder.base_url("http://localhost").build().unwrap();
    assert_clean(&format!("{client:?}"));
    let credentials = client.credentials();
    let call = credentials.create(new_credential());
    assert_clean(&format!(
        "{call:?} {call:#?} {credentials:?} {:?}",
        new_credential()
    ));
    assert_clean(&format!("{:?}", SecretString::from("canary")));
}

#[tokio::test]
async fn a_secret_that_the_server_echoes_is_redacted_in_every_encoding() {
    let json = |text: &str| serde_json::to_string(text).unwrap();
    let solidus = |text: &str| json(text).replace('/', "\\/").replace('é', "\\u00e9");
    let html = |text: &str| {
        let text = text
            .replace('&', "&amp;")
            .replace('<', "&lt;")
            .replace('>', "&gt;");
        text.replace('"', "&quot;")
            .replace('é', "&#xe9;")
            .replace('/', "&#47;")
    };
    let percent = |text: &str| {
        let form: String = url::form_urlencoded::byte_serialize(text.as_bytes()).collect();
        form.replace('+', "%20")
            .to_lowercase()
            .replace("%20private%20key", "%20PRIVATE%20KEY")
    };
    let plain = |text: &str| text.to_owned();
    let nested = |text: &str| html(&json(text));
    let encodings: [&dyn Fn(&str) -> String; 6] =
        [&plain, &json, &solidus, &html, &percent, &nested];
    for encode in encodings {
        for secret in [CERTIFICATE, PASSWORD] {
            let body = format!("<p>before {} after</p>", encode(secret));
            let reply = move |_: &Recorded| answer("500 Oops", "", &body);
            let text = leaked(reply).await;
            assert_clean(&text);
            let (_, shown) = text.rsplit_once("before ").unwrap();
            let (shown, _) = shown.split_once(" after").unwrap();
            assert_eq!(shown.replace("&quot;", "").trim_matches('"'), "[redacted]");
        }
    }
}

#[tokio::test]
async fn a_request_that_is_echoed_whole_shows_no_secret() {
    for status in ["400 Bad Request", "201 Created"] {
        let text = leaked(move |request| {
            let login = request.header("authorization").unwrap();
            let token = login.trim_start_matches("Basic ").to_owned();
            assert!(token.len() > 10);
            let headers = format!("twilio-request-id: {token}\r\ncontent-type: {PASSWORD}\r\n");
            answer(status, &headers, &format!("{login}\n{}", request.body))
        });
        let text = text.await;
        assert_clean(&text);
        assert!(!text.contains("QUMw"), "the login: {text}");
    }
}

#[tokio::test]
async fn an_api_error_that_quotes_a_secret_is_redacted() {
    let body = serde_json::json!({
        "code": 20001,
        "message": format!("Invalid key {KEY} in the request of {USER}"),
        "more_info": format!("https://example.com/?certificate={CERTIFICATE}"),
        "details": {PASSWORD: [KEY, {"line": "canaryLineTwo+/=="}]},
    });
    let server = Server::start(move |_, _| answer("400 Bad", "", &body.to_string())).await;
    let call = client(&server).credentials().create(new_credential());
    let error = call.send().await.unwrap_err();
    assert_clean(&everything(&error));
    let api = error.api_error().unwrap();
    assert_eq!(
        api.message(),
        format!("Invalid key [redacted] in the request of {USER}")
    );
    assert_eq!(api.code(), Some(20001));
}

#[tokio::test]
async fn a_value_that_fails_to_decode_is_redacted_in_the_message() {
    let body = serde_json::json!({"sid": "CR1", "type": "apn", "date_created": CERTIFICATE});
    let text = leaked(move |_| answer("201 Created", "", &body.to_string())).await;
    assert_clean(&text);
    assert!(text.contains("date_created"), "{text}");
}

#[tokio::test]
async fn a_secret_that_is_cut_at_the_end_of_the_excerpt_is_redacted() {
    for cut in [1, 2, 5, 9, 20] {
        let padding = "x".repeat(4096 - cut);
        let text = leaked(move |_| answer("500 Oops", "", &format!("{padding}{CERTIFICATE}")));
        let text = text.await;
        assert!(text.contains("x[redacted]"), "{cut}");
        assert_clean(&text);
    }
    for body in [
        "so: canary \\\\cert",
        "so: canary%20%5cc",
        "so: canary+\\certificate%5",
        "so: c",
    ] {
        let text = leaked(move |_| {
            let head = "HTTP/1.1 500 Oops\r\ncontent-length: 999\r\n\r\n";
            Reply::Bytes(format!("{head}{body}").into_bytes())
        });
        let text = text.await;
        assert!(text.contains("so: [redacted]"), "{text}");
        assert_clean(&text);
    }
}

#[tokio::test]
async fn a_part_of_a_secret_that_tells_much_is_redacted() {
    let text = leaked(|_| {
        answer(
            "500 Oops",
            "",
            "line 2 is canaryLineOne+/==, no: canary \\certif...",
        )
    })
    .await;
    assert_clean(&text);
}

#[tokio::test]
async fn a_broken_rule_names_the_parameter_and_not_the_secret() {
    let server = Server::always("200 OK", "").await;
    let call = client(&server)
        .credentials()
        .create(NewCredential::apn(KEY, "canary"));
    let error = call.send().await.unwrap_err();
    assert!(error.is_invalid_request());
    assert_clean(&everything(&error));
    assert!(
        error
            .to_string()
            .contains("PrivateKey does not match ^-----BEGIN"),
        "{error}"
    );
    let secret = SecretString::from("canary\r\n");
    let request = post(move |parts| {
        parts.form("Key", &Rules::NONE.max_length(2).of(&secret));
        parts.header("X-Key", &secret);
    });
    let error = Call::new(client(&server), request)
        .send()
        .await
        .unwrap_err();
    assert_clean(&everything(&error));
    assert!(server.requests().is_empty());
}

#[tokio::test]
async fn a_secret_in_path_query_or_header_is_not_in_the_error() {
    fn write(parts: &mut Parts) {
        let secret = SecretString::from("canary-token");
        parts.path("Id", &secret);
        parts.query("Token", &secret);
        parts.header("X-Token", &secret);
    }
    let server = Server::start(|request, _| {
        assert_eq!(request.header("x-token"), Some("canary-token"));
        answer(
            "404 Not Found",
            "",
            &format!("no such thing: {}", request.target),
        )
    });
    let error = Call::new(client(&server.await), get(write))
        .send()
        .await
        .unwrap_err();
    assert_clean(&everything(&error));
    assert!(
        error
            .body_excerpt()
            .unwrap()
            .contains("/v2/things/[redacted]/parts"),
        "{error}"
    );
    let (url, _refusing) = refusing();
    let nobody = Client::builder()
        .account("AC", PASSWORD)
        .base_url(url)
        .build()
        .unwrap();
    let error = Call::new(nobody, get(write)).send().await.unwrap_err();
    assert!(error.is_connect());
    assert_clean(&everything(&error));
}

#[tokio::test]
async fn a_short_secret_is_redacted_and_an_empty_one_changes_nothing() {
    let server = Server::always("500 Oops", "the pin is 4711, and code 47110").await;
    let request = post(|parts| {
        parts.form("Pin", &SecretString::from("4711"));
        parts.form("None", &SecretString::from(""));
    });
    let error = Call::new(client(&server), request)
        .send()
        .await
        .unwrap_err();
    let expected = "the pin is [redacted], and code [redacted]0";
    assert_eq!(error.body_excerpt(), Some(expected));
}

#[tokio::test]
async fn a_body_that_changes_while_it_is_written_is_not_sent() {
    // The buffer of a body is sized by a first pass, so that it never grows and leaves copies behind.
    let passes = AtomicUsize::new(0);
    let request = post(move |parts| {
        let pass = passes.fetch_add(1, Ordering::Relaxed);
        parts.form("Key", &SecretString::from("canary".repeat(pass + 1)));
    });
    let server = Server::always("200 OK", "").await;
    let error = Call::new(client(&server), request)
        .send()
        .await
        .unwrap_err();
    assert!(error.is_invalid_request());
    assert_clean(&everything(&error));
    assert!(server.requests().is_empty());
}

#[test]
fn credentials_that_cannot_be_sent_are_refused_without_being_shown() {
    for (user, password) in [
        ("", "canary"),
        ("a:b", "canary"),
        ("a\nb", "canary"),
        ("canary", ""),
    ] {
        let error = Client::builder()
            .account(user, password)
            .build()
            .unwrap_err();
        assert!(error.is_configuration());
        assert_clean(&everything(&error));
    }
}

#[tokio::test]
async fn a_secret_that_is_cut_inside_a_character_is_redacted() {
    for padding in 4090..4096 {
        let server = Server::start(move |_, _| {
            answer("500 Oops", "", &format!("{}ééééé", "x".repeat(padding)))
        });
        let request = post(|parts| {
            parts.form("Secret", &SecretString::from("ééééé\u{7}"));
        });
        let call = Call::new(client(&server.await), request);
        let error = call.send().await.unwrap_err();
        let excerpt = error.body_excerpt().unwrap();
        assert!(
            excerpt.ends_with("x[redacted]") || padding == 4095,
            "{padding}"
        );
        assert!(!excerpt.contains('é'));
    }
}

#[tokio::test]
async fn a_line_of_a_key_inside_json_is_redacted() {
    let server = Server::always("400 Bad", r#"{"message":"bad line: canaryOneTwoThree"}"#).await;
    let request = post(|parts| {
        parts.form("Secret", &SecretString::from(SERVICE_ACCOUNT));
    });
    let error = Call::new(client(&server), request)
        .send()
        .await
        .unwrap_err();
    assert_eq!(error.api_error().unwrap().message(), "bad line: [redacted]");
    assert_clean(&everything(&error));
}

#[tokio::test]
async fn a_response_with_a_secret_in_it_is_not_shown_when_it_fails_to_decode() {
    struct MakeKey;

    impl Request for MakeKey {
        type Output = Vec<bool>;

        const OPERATION: &'static Operation = Probe::<fn(&mut Parts)>::OPERATION;

        fn write(&self, _: &mut Parts) {}

        const READ: Read<Vec<bool>> = |body| {
            assert_clean(&format!("{body:?}"));
            body.secret_json()
        };
    }

    let server = Server::always("200 OK", "[true,\n \"canary\"]").await;
    let error = Call::new(client(&server), MakeKey)
        .send()
        .await
        .unwrap_err();
    assert!(error.is_decode());
    assert_clean(&everything(&error));
    assert!(error.to_string().contains("at 2:"), "{error}");
}

#[tokio::test]
async fn every_piece_of_what_logs_in_is_redacted_even_if_it_is_made_of_words() {
    const WORDS: &str = "correct horse battery staple";
    for echo in [
        "orse battery staple",
        "correct horse bat",
        "rrect%20horse%20batt",
        "se battery sta",
    ] {
        let body = format!(r#"{{"code":1,"message":"bad: {echo}"}}"#);
        let server = Server::start(move |_, _| json("400 Bad Request", &body)).await;
        let builder = Client::builder().account(USER, WORDS);
        let client = builder.base_url(server.url()).build().unwrap();
        let error = client.credentials().list().send().await.unwrap_err();
        let shown = everything(&error);
        assert!(!shown.contains("batt"), "{shown}");
        assert!(shown.contains("[redacted]"), "{shown}");
    }
}
