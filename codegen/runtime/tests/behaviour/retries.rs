//! Which requests are sent again: as many as are safe, and `attempts()` is what the server counted.

use crate::common::api::{NewCredential, SETTINGS};
use crate::common::probe::{operation, plain};
use crate::common::server::{Reply, Server, answer, json};
use crate::common::{AT_ONCE, CREDENTIAL, builder, hasty, refusing};
use crate::runtime::{Call, Client, ClientBuilder, Error, Method, Operation, Retry, Settings};
use std::sync::{Arc, Mutex};
use std::time::Duration;

const SID: &str = "CR0123456789abcdef0123456789ABCDEF";

static OPERATIONS: [Operation; 8] = [
    // First, so that it can be left out where an answer has a body.
    operation(Method::HEAD),
    operation(Method::GET),
    operation(Method::PUT),
    operation(Method::DELETE),
    operation(Method::OPTIONS),
    operation(Method::POST),
    operation(Method::PATCH),
    operation(Method::TRACE),
];

/// The settings of an API that says nothing of requests that are answered with 429.
static CAUTIOUS: Settings = Settings {
    user_agent: "cautious/1",
    logins: &[],
    variables: &[],
    token_url: "",
    request_id_header: "",
    errors: crate::runtime::ErrorShape::DEFAULT,
    rate_limited_is_unprocessed: false,
};

/// Which methods are sent three times, and which may have changed something when they fail so.
async fn check(
    new: fn() -> ClientBuilder,
    reply: fn() -> Reply,
    repeated: &[&str],
    unsure: &[&str],
) {
    check_some(&OPERATIONS, new, reply, repeated, unsure).await;
}

async fn check_some(
    operations: &'static [Operation],
    new: fn() -> ClientBuilder,
    reply: fn() -> Reply,
    repeated: &[&str],
    unsure: &[&str],
) {
    for operation in operations {
        let server = Server::start(move |_, _| reply()).await;
        let client = new()
            .account("AC", "x")
            .base_url(server.url())
            .retry(AT_ONCE)
            .attempt_timeout(Duration::from_millis(500))
            .build()
            .unwrap();
        let error = Call::new(client, plain(operation))
            .send()
            .await
            .unwrap_err();
        let method = operation.method.as_str();
        let expected = if repeated.contains(&method) { 3 } else { 1 };
        assert_eq!(server.requests().len(), expected, "{method}: {error}");
        let attempts = usize::try_from(error.attempts()).unwrap();
        assert_eq!(attempts, expected, "{method}: {error}");
        let applied = error.may_have_been_applied();
        assert_eq!(applied, unsure.contains(&method), "{method}: {error}");
    }
}

const IDEMPOTENT: &[&str] = &["GET", "HEAD", "PUT", "DELETE"];
const WRITING: &[&str] = &["PUT", "DELETE", "POST", "PATCH"];

#[tokio::test]
async fn failures_of_the_server_are_tried_again_where_twice_is_as_good_as_once() {
    let replies: [fn() -> Reply; 5] = [
        || json("500 Internal Server Error", "{}"),
        || answer("502 Bad Gateway", "content-type: text/html\r\n", "<html>"),
        || json("503 Service Unavailable", "{}"),
        || answer("504 Gateway Timeout", "", ""),
        || json("408 Request Timeout", "{}"),
    ];
    for reply in replies {
        check(Client::builder, reply, IDEMPOTENT, WRITING).await;
    }
}

#[tokio::test]
async fn connections_that_break_are_tried_again_where_twice_is_as_good_as_once() {
    // After the request, and in the headers of the answer.
    let replies: [fn() -> Reply; 2] = [
        || Reply::Bytes(Vec::new()),
        || Reply::Bytes(b"HTTP/1.1 200 OK\r\ncontent-le".to_vec()),
    ];
    for reply in replies {
        check(Client::builder, reply, IDEMPOTENT, WRITING).await;
    }
}

#[tokio::test]
async fn answers_that_break_off_or_stall_are_tried_again_where_twice_is_as_good_as_once() {
    let replies: [fn() -> Reply; 3] = [
        || Reply::Bytes(b"HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n{".to_vec()),
        || Reply::Stall(b"HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n{".to_vec()),
        || Reply::Bytes(b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\nab".to_vec()),
    ];
    for reply in replies {
        check_some(
            &OPERATIONS[1..],
            Client::builder,
            reply,
            IDEMPOTENT,
            WRITING,
        )
        .await;
    }
}

#[tokio::test]
async fn an_attempt_that_takes_too_long_is_tried_again_where_twice_is_as_good_as_once() {
    check(
        Client::builder,
        || Reply::Stall(Vec::new()),
        IDEMPOTENT,
        WRITING,
    )
    .await;
}

#[tokio::test]
async fn a_rate_limited_request_is_sent_again_whatever_its_method_where_it_is_never_processed() {
    assert!(SETTINGS.rate_limited_is_unprocessed);
    let all: Vec<&str> = OPERATIONS
        .iter()
        .map(|operation| operation.method.as_str())
        .collect();
    check(
        Client::builder,
        || json("429 Too Many Requests", "{}"),
        &all,
        &[],
    )
    .await;
}

#[tokio::test]
async fn a_rate_limited_request_may_have_been_processed_where_the_api_does_not_say() {
    let repeated = ["GET", "HEAD", "PUT", "DELETE", "OPTIONS"];
    let new = || ClientBuilder::new(&CAUTIOUS);
    check(
        new,
        || json("429 Too Many Requests", "{}"),
        &repeated,
        WRITING,
    )
    .await;
}

#[tokio::test]
async fn answers_that_would_be_the_same_again_are_final() {
    let replies: [fn() -> Reply; 5] = [
        || json("400 Bad Request", "{}"),
        || json("401 Unauthorized", "{}"),
        || json("404 Not Found", "{}"),
        || json("409 Conflict", "{}"),
        || json("422 Unprocessable Content", "{}"),
    ];
    for reply in replies {
        check(Client::builder, reply, &[], &[]).await;
    }
    check(
        Client::builder,
        || json("501 Not Implemented", "{}"),
        &[],
        WRITING,
    )
    .await;
    check(
        Client::builder,
        || answer("302 Found", "location: /x\r\n", ""),
        &[],
        WRITING,
    )
    .await;
}

#[tokio::test]
async fn a_creation_is_never_sent_twice_after_it_reached_the_server() {
    let faults: [fn() -> Reply; 6] = [
        || json("500 Internal Server Error", "{}"),
        || json("503 Service Unavailable", "{}"),
        || Reply::Bytes(Vec::new()),
        || Reply::Stall(Vec::new()),
        || Reply::Bytes(b"HTTP/1.1 201 Created\r\ncontent-length: 9\r\n\r\n{".to_vec()),
        || json("201 Created", "<html>"),
    ];
    for fault in faults {
        let server = Server::start(move |_, _| fault()).await;
        let client = builder(&server).retry(AT_ONCE.max_attempts(9));
        let client = client
            .attempt_timeout(Duration::from_millis(500))
            .build()
            .unwrap();
        let new = NewCredential::apn("c", "-----BEGIN PRIVATE KEY-----");
        let error = client.credentials().create(new).send().await.unwrap_err();
        assert_eq!(
            (server.requests().len(), error.attempts()),
            (1, 1),
            "{error}"
        );
        assert!(error.may_have_been_applied(), "{error}");
        assert!(
            error.to_string().ends_with("; it may have been applied"),
            "{error}"
        );
    }
}

#[tokio::test]
async fn a_creation_is_repeated_while_no_connection_can_be_made() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    drop(listener);
    let pauses = Arc::new(Mutex::new(Vec::new()));
    let seen = Arc::clone(&pauses);
    let client = Client::builder()
        .account("AC", "x")
        .base_url(format!("http://{address}"))
        .retry(AT_ONCE.max_attempts(4))
        .on_attempt(move |attempt| {
            assert!(attempt.error().is_none_or(Error::is_connect), "{attempt:?}");
            seen.lock()
                .unwrap()
                .push((attempt.number(), attempt.status()));
            if attempt.number() == 3 {
                // The server comes up between the third attempt and the fourth.
                Server::listen(address, |_, _| json("201 Created", CREDENTIAL));
            }
        })
        .build()
        .unwrap();
    let new = NewCredential::apn("c", "-----BEGIN PRIVATE KEY-----");
    let created = client
        .credentials()
        .create(new)
        .send_with_metadata()
        .await
        .unwrap();
    assert_eq!(
        (created.metadata.attempts(), created.metadata.status()),
        (4, 201)
    );
    let expected = [(1, None), (2, None), (3, None), (4, Some(201))];
    assert_eq!(*pauses.lock().unwrap(), expected);
}

#[tokio::test]
async fn a_call_that_never_reached_a_server_changed_nothing() {
    let (url, _refusing) = refusing();
    let client = Client::builder()
        .account("AC", "x")
        .base_url(url)
        .retry(AT_ONCE);
    let error = client
        .build()
        .unwrap()
        .credentials()
        .delete(SID)
        .send()
        .await
        .unwrap_err();
    assert!(
        error.is_connect() && !error.may_have_been_applied(),
        "{error:?}"
    );
    assert_eq!(error.attempts(), 3);
    assert!(error.to_string().ends_with("; tried 3 times"), "{error}");
}

#[tokio::test]
async fn a_success_after_failures_is_a_success_that_tells_of_them() {
    let server = Server::counting(|before| match before {
        0 => json("503 Service Unavailable", "{}"),
        1 => Reply::Bytes(Vec::new()),
        _ => json("200 OK", CREDENTIAL),
    });
    let server = server.await;
    let fetched = hasty(&server)
        .credentials()
        .fetch(SID)
        .send_with_metadata()
        .await
        .unwrap();
    assert_eq!(
        (fetched.metadata.attempts(), server.requests().len()),
        (3, 3)
    );
    let requests = server.requests();
    assert!(
        requests
            .iter()
            .all(|request| request.target == requests[0].target)
    );
    assert!(
        requests
            .iter()
            .all(|request| request.header("authorization").is_some())
    );
}

#[tokio::test]
async fn a_form_is_sent_again_as_it_was() {
    let server = Server::counting(|before| match before {
        0 | 1 => json("429 Too Many Requests", "{}"),
        _ => json("201 Created", CREDENTIAL),
    });
    let server = server.await;
    let new = NewCredential::apn("c", "-----BEGIN PRIVATE KEY-----").sandbox(true);
    hasty(&server)
        .credentials()
        .create(new)
        .friendly_name("a b")
        .send()
        .await
        .unwrap();
    let bodies: Vec<String> = server
        .requests()
        .into_iter()
        .map(|request| request.body)
        .collect();
    assert_eq!(bodies.len(), 3);
    assert!(bodies[0].contains("FriendlyName=a+b"));
    assert!(bodies.iter().all(|body| *body == bodies[0]));
}

#[tokio::test]
async fn a_deletion_whose_repetition_finds_nothing_may_have_been_the_one() {
    let server = Server::counting(|before| match before {
        0 => Reply::Bytes(Vec::new()),
        _ => json("404 Not Found", r#"{"code":20404,"message":"gone"}"#),
    });
    let server = server.await;
    let error = hasty(&server)
        .credentials()
        .delete(SID)
        .send()
        .await
        .unwrap_err();
    assert!(
        error.is_not_found() && error.may_have_been_applied(),
        "{error:?}"
    );
    assert_eq!((error.attempts(), server.requests().len()), (2, 2));
    // One that was told to come back later did not delete anything.
    let server = Server::counting(|before| match before {
        0 => json("429 Too Many Requests", "{}"),
        _ => json("404 Not Found", "{}"),
    });
    let server = server.await;
    let error = hasty(&server)
        .credentials()
        .delete(SID)
        .send()
        .await
        .unwrap_err();
    assert!(
        error.is_not_found() && !error.may_have_been_applied(),
        "{error:?}"
    );
    let first = Server::always("404 Not Found", "{}").await;
    let error = hasty(&first)
        .credentials()
        .delete(SID)
        .send()
        .await
        .unwrap_err();
    assert!(
        error.is_not_found() && !error.may_have_been_applied(),
        "{error:?}"
    );
}

#[tokio::test]
async fn the_policy_of_a_call_takes_the_place_of_the_clients() {
    let server = Server::always("503 Service Unavailable", "{}").await;
    let client = builder(&server).retry(Retry::never()).build().unwrap();
    let credentials = client.credentials();
    assert_eq!(
        credentials.fetch(SID).send().await.unwrap_err().attempts(),
        1
    );
    let patient = credentials.fetch(SID).retry(AT_ONCE.max_attempts(5));
    assert_eq!(patient.send().await.unwrap_err().attempts(), 5);
    let none = credentials.fetch(SID).retry(AT_ONCE.max_attempts(0));
    assert_eq!(none.send().await.unwrap_err().attempts(), 1);
    assert_eq!(server.requests().len(), 7);
}

#[tokio::test]
async fn every_attempt_can_be_observed() {
    let server = Server::counting(|before| match before {
        0 => json(
            "500 Internal Server Error",
            r#"{"message":"canary-password"}"#,
        ),
        _ => json("200 OK", CREDENTIAL),
    });
    let server = server.await;
    let seen = Arc::new(Mutex::new(Vec::new()));
    let log = Arc::clone(&seen);
    let client = builder(&server).retry(AT_ONCE).on_attempt(move |attempt| {
        assert_eq!(attempt.operation(), "FetchCredential");
        assert_eq!(
            (attempt.method(), attempt.path_template()),
            ("GET", "/v2/Credentials/{Sid}")
        );
        assert_eq!(attempt.request_id(), Some("RQ1"));
        assert!(attempt.elapsed() < Duration::from_secs(9));
        assert!(!format!("{attempt:?}").contains("canary"), "{attempt:?}");
        let summary = (attempt.number(), attempt.status(), attempt.retry_in());
        log.lock().unwrap().push(summary);
    });
    client
        .build()
        .unwrap()
        .credentials()
        .fetch(SID)
        .send()
        .await
        .unwrap();
    let expected = [(1, Some(500), Some(Duration::ZERO)), (2, Some(200), None)];
    assert_eq!(*seen.lock().unwrap(), expected);
}

#[tokio::test]
async fn what_is_refused_before_it_is_sent_counts_no_attempt() {
    let server = Server::always("200 OK", "{}").await;
    let observed = builder(&server).on_attempt(|_| panic!("nothing is to be seen"));
    let client = observed.build().unwrap();
    let invalid = client.credentials().fetch("CR1").send().await.unwrap_err();
    assert!(invalid.is_invalid_request() && invalid.attempts() == 0);
    let nobody = Client::builder().base_url(server.url()).build().unwrap();
    let error = nobody.credentials().delete(SID).send().await.unwrap_err();
    assert!(error.is_configuration() && error.attempts() == 0);
    assert!(!error.may_have_been_applied());
    assert!(server.requests().is_empty());
}
