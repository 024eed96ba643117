//! What is set on one call, and what comes back beside the value.

use crate::common::server::{Server, answer, json};
use crate::common::{CREDENTIAL, client, everything, single};
use std::time::Duration;

const SID: &str = "CR0123456789abcdef0123456789ABCDEF";

#[tokio::test]
async fn an_answer_comes_with_its_status_and_headers_if_they_are_wanted() {
    let headers = "content-type: application/json\r\nTwilio-Request-Id: RQ7\r\n\
                   twilio-concurrent-requests: 3\r\nx-odd: \u{fc}\r\nset-cookie: canary\r\n";
    let server = Server::start(move |_, _| answer("203 Odd", headers, CREDENTIAL)).await;
    let call = client(&server).credentials().fetch(SID);
    let response = call.send_with_metadata().await.unwrap();
    assert_eq!(response.value.sid.as_str(), SID);
    let metadata = &response.metadata;
    assert_eq!(
        (metadata.status(), metadata.request_id()),
        (203, Some("RQ7"))
    );
    assert_eq!(metadata.header("Twilio-Concurrent-Requests"), Some("3"));
    assert_eq!(
        (metadata.header("x-odd"), metadata.header("missing")),
        (None, None)
    );
    let odd = metadata.headers().find(|(name, _)| *name == "x-odd");
    assert_eq!(odd, Some(("x-odd", "\u{fc}".as_bytes())));
    assert_eq!(metadata.attempts(), 1);
    assert!(metadata.elapsed() < Duration::from_secs(30));
    assert!(!format!("{metadata:?}").contains("canary"));
}

#[tokio::test]
async fn a_deletion_has_metadata_too() {
    let server = Server::start(|_, _| answer("204 No Content", "", "")).await;
    let call = client(&server).credentials().delete(SID);
    let response = call.send_with_metadata().await.unwrap();
    assert_eq!((response.value, response.metadata.status()), ((), 204));
    assert_eq!(response.metadata.request_id(), None);
}

#[tokio::test]
async fn extra_pairs_and_headers_are_sent_with_those_of_the_document() {
    let server = Server::always("200 OK", r#"{"credentials":[],"meta":{}}"#).await;
    let call = client(&server)
        .credentials()
        .list()
        .query("Filter", "a b&c=d/é+")
        .page_size(7)
        .query("Filter", "")
        .header("X-Trace", "abc")
        .header("x-trace", "def");
    call.send().await.unwrap();
    let request = server.only_request();
    assert_eq!(
        request.query(),
        "PageSize=7&Filter=a%20b%26c%3Dd%2F%C3%A9%2B&Filter="
    );
    let traces = request.headers.iter().filter(|(name, _)| name == "x-trace");
    let traces: Vec<&str> = traces.map(|(_, value)| value.as_str()).collect();
    assert_eq!(traces, ["abc", "def"]);
}

#[tokio::test]
async fn an_extra_header_cannot_replace_what_the_client_sets_or_break_the_request() {
    let server = Server::always("200 OK", CREDENTIAL).await;
    for (name, value) in [
        ("Authorization", "Bearer canary-1"),
        ("host", "evil.example"),
        ("Content-Length", "0"),
        ("Transfer-Encoding", "chunked"),
        ("User-Agent", "x"),
        ("Cookie", "a=b"),
        ("x-split", "a\r\nauthorization: canary-1"),
        ("x split", "a"),
        ("", "a"),
        ("x-nul", "\0"),
    ] {
        let call = client(&server).credentials().fetch(SID).header(name, value);
        let error = call.send().await.unwrap_err();
        assert!(error.is_invalid_request(), "{name}: {error:?}");
        assert!(error.to_string().contains(&format!("{name:?}")), "{error}");
        assert!(!everything(&error).contains("canary-1"), "{error:?}");
    }
    let mut many = client(&server).credentials().fetch(SID);
    for n in 0..1001 {
        many = many.header(format!("x-{n}"), "1");
    }
    assert!(many.send().await.unwrap_err().is_invalid_request());
    assert!(server.requests().is_empty());
}

#[tokio::test]
async fn the_value_of_an_extra_header_is_never_shown() {
    let echo = r#"{"message":"no canary-header here","code":1}"#;
    let server = Server::start(move |_, _| json("400 Bad Request", echo)).await;
    let call = single(&server).credentials().fetch(SID);
    let call = call
        .header("x-key", "canary-header")
        .query("Filter", "canary-query");
    let shown = format!("{call:?}");
    assert!(
        shown.contains("x-key") && !shown.contains("canary"),
        "{shown}"
    );
    let error = call.send().await.unwrap_err();
    assert!(!everything(&error).contains("canary"), "{error:?}");
    let request = server.only_request();
    assert_eq!(request.header("x-key"), Some("canary-header"));
}
