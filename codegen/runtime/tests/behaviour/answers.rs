//! What becomes of each answer: success is lenient, and every failure says what is needed to act on it.

use crate::common::server::{Reply, Server, answer, json};
use crate::common::{client, everything, refusing, single};
use crate::runtime::{Call, Client, Error};
use std::time::Duration;

const SID: &str = "CR0123456789abcdef0123456789ABCDEF";

/// The error of a fetch that is answered like this.
async fn fetch(reply: impl Fn() -> Reply + Send + Sync + 'static) -> Error {
    let server = Server::start(move |_, _| reply()).await;
    let error = single(&server)
        .credentials()
        .fetch(SID)
        .send()
        .await
        .unwrap_err();
    assert_eq!((server.requests().len(), error.attempts()), (1, 1));
    error
}

#[tokio::test]
async fn a_response_may_have_more_and_other_things_than_the_document_says() {
    let server = Server::always(
        "203 Whatever",
        r#"{"sid":"XX1","type":"webpush","sandbox":null,"friendly_name":null,"more":{"a":[1]},
            "date_created":"Wed, 07 Oct 2015 17:50:01 +0000"}"#,
    );
    let credential = client(&server.await)
        .credentials()
        .fetch(SID)
        .send()
        .await
        .unwrap();
    assert_eq!(
        (credential.sid.as_str(), credential.sid.is_valid()),
        ("XX1", false)
    );
    assert_eq!(
        (credential.type_.as_str(), credential.sandbox),
        ("webpush", None)
    );
    assert_eq!(
        credential.date_created.to_rfc3339(),
        "2015-10-07T17:50:01+00:00"
    );
}

#[tokio::test]
async fn the_apis_own_error_is_read() {
    let body = r#"{"code":20404,"message":"The resource was not found","status":404,
        "more_info":"https://example.com/20404","details":{"sid":"CR0"}}"#;
    let error = fetch(move || json("404 Not Found", body)).await;
    assert!(error.is_not_found() && !error.is_auth() && !error.is_decode());
    assert_eq!(
        (error.status(), error.request_id()),
        (Some(404), Some("RQ1"))
    );
    let api = error.api_error().unwrap();
    assert_eq!(
        (api.code(), api.message()),
        (Some(20404), "The resource was not found")
    );
    assert_eq!(api.more_info(), Some("https://example.com/20404"));
    assert_eq!(api.details()["sid"], "CR0");
    assert_eq!(
        error.to_string(),
        "FetchCredential: 404 Not Found: The resource was not found (code 20404, request RQ1)"
    );
}

#[tokio::test]
async fn problem_details_are_read_too() {
    let body = r#"{"type":"https://example.com/20001","title":"Invalid parameter","status":400,
        "code":"20001","detail":"Secret is missing","errors":[{"pointer":"/Secret"}]}"#;
    let error = fetch(move || answer("400 Bad Request", "content-type: a/b\r\n", body)).await;
    let api = error.api_error().unwrap();
    assert_eq!(
        (api.code(), api.message()),
        (Some(20001), "Secret is missing")
    );
    assert_eq!(api.more_info(), Some("https://example.com/20001"));
    assert_eq!(api.details()[0]["pointer"], "/Secret");
    let title = fetch(|| json("400 Bad Request", r#"{"type":"about:blank","title":"No"}"#)).await;
    let api = title.api_error().unwrap();
    assert_eq!(
        (api.code(), api.message(), api.more_info()),
        (None, "No", None)
    );
    let inside = fetch(|| json("400 Bad Request", r#"{"error":{"code":7,"message":"in"}}"#)).await;
    assert_eq!(inside.api_error().unwrap().message(), "in");
    let oauth = fetch(|| json("400 Bad Request", r#"{"error":"invalid_grant"}"#)).await;
    assert_eq!(oauth.api_error().unwrap().message(), "invalid_grant");
}

#[tokio::test]
async fn statuses_have_predicates() {
    for (status, expected) in [
        ("401 Unauthorized", [true, false, false]),
        ("403 Forbidden", [true, false, false]),
        ("404 Not Found", [false, true, false]),
        ("429 Too Many Requests", [false, false, true]),
        ("500 Internal Server Error", [false, false, false]),
        ("799 Odd", [false, false, false]),
    ] {
        let error = fetch(move || json(status, "{}")).await;
        let got = [
            error.is_auth(),
            error.is_not_found(),
            error.is_rate_limited(),
        ];
        assert_eq!(got, expected, "{status}");
        assert_eq!(error.status().unwrap().to_string(), status[..3]);
        assert!(error.api_error().is_none());
    }
}

#[tokio::test]
async fn an_error_that_is_not_the_apis_still_says_what_came() {
    let html = "<html>\n  <h1>Bad   gateway</h1>\x1b[31m\n</html>";
    let headers = "content-type: text/html; charset=utf-8\r\ntwilio-request-id: RQ2\r\n";
    let error = fetch(move || answer("502 Bad Gateway", headers, html)).await;
    assert_eq!(error.content_type(), Some("text/html; charset=utf-8"));
    assert_eq!(
        error.to_string(),
        "FetchCredential: 502 Bad Gateway: <html> <h1>Bad gateway</h1>\u{fffd}[31m </html> \
         (text/html; charset=utf-8, request RQ2)"
    );
    assert!(error.body_excerpt().unwrap().contains("Bad   gateway"));
    let escape = r#"{"message":"a\u001b[31mb"}"#;
    let error = fetch(move || json("500 Internal Server Error", escape)).await;
    assert_eq!(error.api_error().unwrap().message(), "a\u{fffd}[31mb");
    let empty = fetch(|| answer("503 Service Unavailable", "", "")).await;
    assert_eq!(
        empty.to_string(),
        "FetchCredential: 503 Service Unavailable (no content type, empty body)"
    );
    assert_eq!(empty.body_excerpt(), None);
    for body in [
        "null",
        "[]",
        "7",
        "\"no\"",
        "{\"message\":7}",
        "{\"code\":null}",
        "{\"a\"",
    ] {
        let error = fetch(move || json("500 Internal Server Error", body)).await;
        assert!(
            error.api_error().is_none() && error.to_string().contains(body),
            "{error}"
        );
    }
}

#[tokio::test]
async fn an_error_whose_body_breaks_off_keeps_what_came() {
    let cut =
        b"HTTP/1.1 500 Internal Server Error\r\ncontent-length: 99\r\n\r\n{\"code\":1".to_vec();
    let error = fetch(move || Reply::Bytes(cut.clone())).await;
    assert_eq!(
        (error.status(), error.body_excerpt()),
        (Some(500), Some("{\"code\":1"))
    );
}

#[tokio::test]
async fn a_body_that_is_not_as_documented_is_an_error_with_its_path() {
    let server = Server::always(
        "200 OK",
        r#"{"credentials":[{"sid":"CR1","type":"fcm","date_created":"2015-10-07T17:50:01Z"},
            {"sid":"CR2","type":"fcm","date_created":null}],"meta":{}}"#,
    );
    let error = client(&server.await)
        .credentials()
        .list()
        .send()
        .await
        .unwrap_err();
    assert!(error.is_decode() && !error.is_not_found());
    assert_eq!(
        (error.status(), error.request_id()),
        (Some(200), Some("RQ1"))
    );
    let message = error.to_string();
    assert!(
        message.contains("credentials[1].date_created: invalid type: null"),
        "{message}"
    );
    assert!(
        error
            .body_excerpt()
            .unwrap()
            .starts_with(r#"{"credentials""#)
    );
}

#[tokio::test]
async fn a_success_without_the_json_it_should_have_says_so() {
    let empty = fetch(|| answer("200 OK", "", "")).await;
    assert!(empty.is_decode());
    assert!(
        empty
            .to_string()
            .contains("the body is empty where JSON was expected"),
        "{empty}"
    );
    for body in ["<html>", "{", "{\"sid\":\"CR1\"", "{} {}", "\u{feff}"] {
        let error = fetch(move || answer("200 OK", "content-type: text/html\r\n", body)).await;
        assert!(error.is_decode(), "{body}: {error}");
        assert_eq!(
            (error.body_excerpt(), error.content_type()),
            (Some(body), Some("text/html"))
        );
    }
    let missing = fetch(|| json("200 OK", r#"{"sid":"CR1"}"#)).await;
    assert!(
        missing.to_string().contains("missing field `type`"),
        "{missing}"
    );
}

#[tokio::test]
async fn a_deletion_may_have_a_body() {
    for (status, body) in [
        ("204 No Content", ""),
        ("200 OK", "{\"deleted\":true}"),
        ("202 OK", "x"),
    ] {
        let server = Server::always(status, body).await;
        client(&server)
            .credentials()
            .delete(SID)
            .send()
            .await
            .unwrap();
    }
    let odd = b"HTTP/1.1 204 No Content\r\ncontent-length: 3\r\n\r\nabc".to_vec();
    let server = Server::start(move |_, _| Reply::Bytes(odd.clone())).await;
    client(&server)
        .credentials()
        .delete(SID)
        .send()
        .await
        .unwrap();
}

#[tokio::test]
async fn a_redirect_is_an_error_and_is_not_followed() {
    let thief = Server::always("200 OK", "{}").await;
    for status in [
        "301 Moved",
        "302 Found",
        "303 See Other",
        "307 Temporary",
        "308 Permanent",
    ] {
        let location = format!("location: {}/v2/x?token=canary\r\n", thief.url());
        let error = fetch(move || answer(status, &location, "")).await;
        assert!(error.is_redirect(), "{error}");
        let message = error.to_string();
        assert!(
            message.contains(&thief.url()) && !message.contains("canary"),
            "{message}"
        );
        assert_eq!(error.status().unwrap().to_string(), status[..3]);
    }
    assert!(thief.requests().is_empty());
    let unchanged = fetch(|| answer("304 Not Modified", "", "")).await;
    assert!(!unchanged.is_redirect() && unchanged.status() == Some(304));
}

#[tokio::test]
async fn a_body_beyond_the_limit_is_an_error_however_it_is_announced() {
    const LONG: &str = "0123456789";
    let announced = format!("HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\n{LONG}");
    let chunked =
        format!("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\na\r\n{LONG}\r\n0\r\n\r\n");
    let until_closed = format!("HTTP/1.1 200 OK\r\n\r\n{LONG}");
    for reply in [announced, chunked, until_closed] {
        for (limit, fits) in [(9, false), (10, true)] {
            let reply = reply.clone();
            let server = Server::start(move |_, _| Reply::Bytes(reply.clone().into_bytes())).await;
            let builder = Client::builder()
                .base_url(server.url())
                .max_response_bytes(limit);
            let call = Call::new(builder.build().unwrap(), crate::common::probe::open(|_| {}));
            match call.send().await {
                Ok(text) => assert!(fits && text == LONG),
                Err(error) => assert!(!fits && error.is_too_large(), "{error}"),
            }
        }
    }
}

#[tokio::test]
async fn a_large_body_in_many_pieces_arrives_whole() {
    let name = "ä".repeat(500_000);
    let body = format!(
        r#"{{"sid":"CR1","type":"fcm","date_created":"2015-10-07T17:50:01Z","friendly_name":"{name}"}}"#
    );
    let server = Server::start(move |_, _| json("200 OK", &body)).await;
    let credential = client(&server)
        .credentials()
        .fetch(SID)
        .send()
        .await
        .unwrap();
    assert_eq!(credential.friendly_name.as_deref(), Some(name.as_str()));
}

#[tokio::test]
async fn an_excerpt_is_bounded() {
    let error = fetch(|| answer("500 Internal Server Error", "", &"äb".repeat(100_000))).await;
    let excerpt = error.body_excerpt().unwrap();
    assert!((4000..=4100).contains(&excerpt.len()), "{}", excerpt.len());
    assert!(error.to_string().len() < 600, "{error}");
}

#[tokio::test]
async fn faults_of_the_connection_are_told_apart() {
    let silent = Server::start(|_, _| Reply::Stall(Vec::new())).await;
    let slow = b"HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n{".to_vec();
    let stalled = Server::start(move |_, _| Reply::Stall(slow.clone())).await;
    for server in [silent, stalled] {
        let builder = Client::builder()
            .account("A", "b")
            .timeout(Duration::from_millis(80));
        let client = builder.base_url(server.url()).build().unwrap();
        let error = client.credentials().fetch(SID).send().await.unwrap_err();
        assert!(error.is_timeout() && !error.is_connect(), "{error:?}");
    }
    let closed = fetch(|| Reply::Bytes(Vec::new())).await;
    assert!(!closed.is_timeout() && !closed.is_connect() && closed.status().is_none());
    assert!(std::error::Error::source(&closed).is_some());
    let cut = b"HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n{".to_vec();
    let broken = fetch(move || Reply::Bytes(cut.clone())).await;
    assert_eq!((broken.status(), broken.is_decode()), (Some(200), false));
    let (url, _refusing) = refusing();
    let client = Client::builder()
        .account("A", "b")
        .base_url(&url)
        .build()
        .unwrap();
    let refused = client.credentials().fetch(SID).send().await.unwrap_err();
    assert!(refused.is_connect() && !refused.is_timeout(), "{refused:?}");
    assert!(refused.to_string().contains(&url), "{refused}");
    assert!(
        !everything(&refused).contains(SID),
        "no URL is shown: {refused:?}"
    );
}

#[test]
fn an_error_is_small_and_can_go_anywhere() {
    fn check<T: Send + Sync + std::error::Error + 'static>() {}
    check::<Error>();
    assert!(size_of::<Error>() <= 16);
}
