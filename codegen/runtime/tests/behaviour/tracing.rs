//! What is told to `tracing`: a span for each call, an event for each attempt, and no value that was sent.

use crate::common::api::NewCredential;
use crate::common::server::{Recorded, Reply, Server, answer, json};
use crate::common::{AT_ONCE, PASSWORD, USER};
use crate::runtime::{Client, Retry};
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fmt::Debug;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, Once};
use std::time::Duration;
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Level, Metadata, Subscriber};

const SID: &str = "CR00000000000000000000000000000000";
const FOUND: &str = r#"{"sid":"CR00000000000000000000000000000000","type":"fcm","date_created":"2015-10-07T17:50:01Z"}"#;

/// A span or an event, with the span that it is in.
#[derive(Clone, Debug)]
struct Told {
    name: String,
    target: String,
    level: Level,
    inside: Option<u64>,
    fields: BTreeMap<String, String>,
}

/// Keeps all that it is told.
#[derive(Clone, Default)]
struct Capture(Arc<Kept>);

#[derive(Default)]
struct Kept {
    spans: Mutex<BTreeMap<u64, Told>>,
    events: Mutex<Vec<Told>>,
    entered: Mutex<Vec<u64>>,
}

/// A field that is told twice would be shown twice by many subscribers.
impl Visit for Told {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        let before = self
            .fields
            .insert(field.name().to_owned(), format!("{value:?}"));
        assert_eq!(before, None, "{} was told before", field.name());
    }
}

impl Capture {
    fn new_told(&self, metadata: &Metadata<'_>) -> Told {
        Told {
            name: metadata.name().to_owned(),
            target: metadata.target().to_owned(),
            level: *metadata.level(),
            inside: self.0.entered.lock().unwrap().last().copied(),
            fields: BTreeMap::new(),
        }
    }

    fn spans(&self) -> Vec<Told> {
        let spans = self.0.spans.lock().unwrap();
        spans
            .values()
            .filter(|span| span.name == "call")
            .cloned()
            .collect()
    }

    /// Those of this crate: the HTTP layer has some of its own.
    fn events(&self) -> Vec<Told> {
        let mut events = self.0.events.lock().unwrap().clone();
        events.retain(|event| event.target == env!("CARGO_CRATE_NAME"));
        events
    }

    fn text(&self) -> String {
        let (spans, events) = (self.0.spans.lock().unwrap(), self.0.events.lock().unwrap());
        format!("{spans:#?}{events:#?}")
    }
}

/// The subscriber of all tests, which gives what a thread tells to the test that runs on it.
///
/// One for each test would not do: what a thread without any tells first is then left out for all.
struct Router(AtomicU64);

thread_local! {
    static CURRENT: RefCell<Option<Capture>> = const { RefCell::new(None) };
}

/// What this thread tells, from now on.
fn capture() -> Capture {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        tracing::subscriber::set_global_default(Router(AtomicU64::new(1))).unwrap();
        tracing::callsite::rebuild_interest_cache();
    });
    let capture = Capture::default();
    CURRENT.set(Some(capture.clone()));
    capture
}

fn current<T>(give: impl FnOnce(&Capture) -> T) -> Option<T> {
    CURRENT.with_borrow(|current| current.as_ref().map(give))
}

impl Subscriber for Router {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, attributes: &Attributes<'_>) -> Id {
        let id = self.0.fetch_add(1, Ordering::SeqCst);
        current(|capture| {
            let mut told = capture.new_told(attributes.metadata());
            attributes.record(&mut told);
            capture.0.spans.lock().unwrap().insert(id, told);
        });
        Id::from_u64(id)
    }

    fn record(&self, span: &Id, values: &Record<'_>) {
        current(|capture| {
            let mut spans = capture.0.spans.lock().unwrap();
            values.record(spans.get_mut(&span.into_u64()).unwrap());
        });
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        current(|capture| {
            let mut told = capture.new_told(event.metadata());
            event.record(&mut told);
            capture.0.events.lock().unwrap().push(told);
        });
    }

    fn enter(&self, span: &Id) {
        current(|capture| capture.0.entered.lock().unwrap().push(span.into_u64()));
    }

    fn exit(&self, span: &Id) {
        let left = current(|capture| capture.0.entered.lock().unwrap().pop());
        assert!(left.is_none_or(|left| left == Some(span.into_u64())));
    }
}

fn fields(told: &Told) -> Vec<(&str, &str)> {
    let shown = told
        .fields
        .iter()
        .filter(|(name, _)| !name.ends_with("_ms"));
    shown
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect()
}

async fn client(
    reply: impl Fn(usize, &Recorded) -> Reply + Send + Sync + 'static,
) -> (Client, Server) {
    let count = AtomicUsize::new(0);
    let server = Server::start(move |request, _| {
        reply(count.fetch_add(1, Ordering::SeqCst), request).closing()
    });
    let server = server.await;
    let short = Duration::from_millis(2);
    let client = Client::builder()
        .account(USER, PASSWORD)
        .base_url(server.url())
        .retry(Retry::new().backoff(short, short))
        .build()
        .unwrap();
    (client, server)
}

/// What is told of three attempts: refused, broken off, answered.
fn attempts() -> [(Level, Vec<(&'static str, &'static str)>); 3] {
    let message = ("message", "attempt ended");
    [
        (
            Level::WARN,
            vec![
                ("attempt", "1"),
                ("error", "Status"),
                message,
                ("request_id", "\"RQ1\""),
                ("status", "503"),
            ],
        ),
        (
            Level::WARN,
            vec![("attempt", "2"), ("error", "Transport"), message],
        ),
        (
            Level::DEBUG,
            vec![
                ("attempt", "3"),
                message,
                ("request_id", "\"RQ1\""),
                ("status", "200"),
            ],
        ),
    ]
}

#[tokio::test]
async fn a_call_is_a_span_and_each_attempt_an_event_in_it() {
    let capture = capture();
    let (client, _server) = client(|n, _| match n {
        0 => json("503 Service Unavailable", "{}"),
        1 => Reply::Bytes(Vec::new()),
        _ => json("200 OK", FOUND),
    })
    .await;
    let outer = tracing::info_span!("outer");
    let call = client.credentials().fetch(SID);
    tracing::Instrument::instrument(call.send(), outer.clone())
        .await
        .unwrap();

    let spans = capture.spans();
    let [span] = spans.as_slice() else {
        panic!("{spans:#?}")
    };
    assert_eq!(
        (span.target.as_str(), span.level),
        (env!("CARGO_CRATE_NAME"), Level::INFO)
    );
    assert_eq!(span.inside, outer.id().map(|id| id.into_u64()));
    let expected = [
        ("api", "\"chat_v2\""),
        ("attempts", "3"),
        ("method", "\"GET\""),
        ("operation", "\"FetchCredential\""),
        ("request_id", "\"RQ1\""),
        ("status", "200"),
        ("url_template", "\"/v2/Credentials/{Sid}\""),
    ];
    assert_eq!(fields(span), expected);
    assert!(span.fields["elapsed_ms"].parse::<u64>().unwrap() < 60_000);

    let events = capture.events();
    let seen: Vec<_> = events
        .iter()
        .map(|event| (event.level, fields(event)))
        .collect();
    assert_eq!(seen, attempts());
    for event in &events {
        let span = capture.0.spans.lock().unwrap()[&event.inside.unwrap()]
            .name
            .clone();
        assert_eq!(span, "call");
        assert_eq!(
            event.fields.contains_key("retry_in_ms"),
            event.level == Level::WARN
        );
        assert!(event.fields.contains_key("elapsed_ms"));
    }
    assert!(capture.0.entered.lock().unwrap().is_empty());
}

#[tokio::test]
async fn the_span_of_a_failed_call_says_how_it_ended() {
    type Ends = [(
        &'static str,
        &'static str,
        Option<&'static str>,
        &'static str,
    ); 4];
    let ends: Ends = [
        ("404 Not Found", "{}", Some("404"), "Status"),
        ("200 OK", "<p>", Some("200"), "Decode"),
        ("302 Found", "", Some("302"), "Redirect"),
        ("", "", None, "Transport"),
    ];
    for (status, body, shown, error) in ends {
        let capture = capture();
        let (client, _server) = client(move |_, _| match status {
            "" => Reply::Bytes(Vec::new()),
            _ => json(status, body),
        })
        .await;
        let call = client.credentials().fetch(SID).retry(Retry::never());
        call.send_with_metadata().await.unwrap_err();
        let spans = capture.spans();
        let span = &spans[0];
        assert_eq!(span.fields.get("status").map(String::as_str), shown);
        assert_eq!(span.fields["error"], error);
        assert_eq!(span.fields["attempts"], "1");
        assert_eq!((spans.len(), capture.events().len()), (1, 1));
    }
}

#[tokio::test]
async fn a_call_that_is_refused_has_a_span_without_attempts() {
    let capture = capture();
    let (client, server) = client(|_, _| json("200 OK", FOUND)).await;
    let call = client.credentials().fetch("canary/../path");
    call.send().await.unwrap_err();
    let spans = capture.spans();
    assert_eq!(spans[0].fields["attempts"], "0");
    assert_eq!(spans[0].fields["error"], "InvalidRequest");
    assert!(capture.events().is_empty() && server.requests().is_empty());
    assert!(!capture.text().contains("canary"), "{}", capture.text());
}

#[tokio::test]
async fn each_page_of_a_list_is_a_call() {
    let capture = capture();
    let (client, _server) = client(|_, request| {
        let next = if request.query().contains("canary") {
            "null"
        } else {
            r#""?Page=canary""#
        };
        json(
            "200 OK",
            &format!(r#"{{"credentials":[{FOUND}],"meta":{{"next_page_url":{next}}}}}"#),
        )
    })
    .await;
    let mut all = client
        .credentials()
        .list()
        .query("canary", "canary")
        .stream();
    let mut count = 0;
    while let Some(item) = all.next().await {
        item.unwrap();
        count += 1;
    }
    assert_eq!((count, capture.spans().len()), (1, 1));
    let mut all = client.credentials().list().stream();
    while let Some(item) = all.next().await {
        item.unwrap();
    }
    assert_eq!((capture.spans().len(), capture.events().len()), (3, 3));
    assert!(!capture.text().contains("canary"), "{}", capture.text());
}

/// What the HTTP layer writes into logs, which it does without `tracing`.
struct Log(Mutex<Vec<String>>);

static LOG: Log = Log(Mutex::new(Vec::new()));

impl log::Log for Log {
    fn enabled(&self, _: &log::Metadata<'_>) -> bool {
        true
    }

    fn log(&self, record: &log::Record<'_>) {
        let line = format!("{} {}", record.target(), record.args());
        self.0.lock().unwrap().push(line);
    }

    fn flush(&self) {}
}

const CERTIFICATE: &str = "canaryCertificate";
const KEY: &str = "-----BEGIN PRIVATE KEY-----\ncanaryKey\n-----END PRIVATE KEY-----\n";

/// Every way in which the server may answer, and what it knows in its request id.
fn answers(secret: &str) -> Vec<Reply> {
    let ids = [PASSWORD, secret, "QUMwMTIzOmNhbmFyeS1wYXNzd29yZA=="];
    let mut replies = Vec::new();
    for id in ids {
        for status in [
            "201 Created",
            "400 Bad",
            "429 Slow",
            "500 Oops",
            "302 Found",
        ] {
            let headers = format!(
                "twilio-request-id: {id}\r\nlocation: https://canary.example/canary?canary\r\n"
            );
            for body in [FOUND, KEY, "{\"message\":\"canaryKey canary-password\"}"] {
                replies.push(answer(status, &headers, body));
            }
        }
    }
    replies.push(Reply::Bytes(Vec::new()));
    replies.push(Reply::Bytes(b"canary".to_vec()));
    replies.push(Reply::Bytes(
        b"HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\ncanary".to_vec(),
    ));
    replies.push(Reply::Stall(
        b"HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\ncanary".to_vec(),
    ));
    replies
}

#[tokio::test]
async fn nothing_that_is_told_or_logged_has_a_secret_or_a_value_in_it() {
    log::set_logger(&LOG).unwrap();
    log::set_max_level(log::LevelFilter::Trace);
    let capture = capture();
    let replies = answers("").len();
    let (client, server) = client(|n, request| {
        // A call can only know its own secrets.
        let posted = request.method == "POST";
        answers(if posted { CERTIFICATE } else { PASSWORD }).swap_remove(n / 2)
    })
    .await;
    for _ in 0..replies {
        let new = NewCredential::apn(CERTIFICATE, KEY);
        let create = client.credentials().create(new).friendly_name("canaryName");
        let create = create
            .header("x-canary", "canaryHeader")
            .query("canary", "canary");
        let time = Duration::from_millis(100);
        let _ = create
            .retry(Retry::never())
            .attempt_timeout(time)
            .send()
            .await;
        let fetch = client.credentials().fetch(format!("CR{:0>32}", "ca"));
        let _ = fetch
            .retry(Retry::never())
            .attempt_timeout(time)
            .send()
            .await;
    }
    assert_eq!(server.requests().len(), 2 * replies);
    assert_eq!(capture.spans().len(), 2 * replies);
    let logged = LOG.0.lock().unwrap().join("\n");
    assert!(logged.contains("reqwest"), "the HTTP layer logs: {logged}");
    let told = capture.text();
    assert!(told.contains("[redacted]"), "{told}");
    for text in [told.to_lowercase(), logged.to_lowercase()] {
        for secret in ["canary", "qumwmtiz", "ac0123", "cr0000000000"] {
            assert!(!text.contains(secret), "{secret}: {text}");
        }
    }
}

#[tokio::test]
async fn an_attempt_without_a_token_is_told_and_no_token_and_no_secret_of_the_login() {
    let capture = capture();
    let api = crate::common::oauth::Api::start().await;
    let client = api.builder().retry(AT_ONCE).build().unwrap();
    for body in ["{\"error\":\"canary secret/+=&é\"}", "canary"] {
        api.refuse(json("503 Service Unavailable", body));
    }
    let ask = async || crate::common::oauth::ask(&client).await;
    ask().await.unwrap();
    api.revoke();
    ask().await.unwrap();
    api.refuse(json("401 Unauthorized", "{\"error\":\"canary-token-2\"}"));
    api.revoke();
    ask().await.unwrap_err();
    let statuses: Vec<_> = capture
        .events()
        .iter()
        .map(|event| event.fields["status"].clone())
        .collect();
    let expected = ["503", "503", "200", "401", "200", "401", "401"];
    assert_eq!(statuses, expected);
    assert_eq!(capture.spans()[2].fields["error"], "Login");
    let told = capture.text();
    assert!(!told.contains("canary"), "{told}");
}

#[tokio::test]
async fn a_key_in_the_query_is_told_to_nobody() {
    let capture = capture();
    let server = Server::start(|request, _| answer("500 Oops", "", request.query())).await;
    let key = crate::runtime::Security::Query("key");
    let builder = crate::common::builder(&server).retry(Retry::never());
    let client = builder.with_key(key, "canary-key").build().unwrap();
    let request = crate::common::probe::plain(&crate::common::oauth::KEYED);
    crate::runtime::Call::new(client, request)
        .send()
        .await
        .unwrap_err();
    assert_eq!(server.only_request().query(), "key=canary-key");
    assert_eq!(capture.spans().len(), 1);
    assert!(!capture.text().contains("canary"), "{}", capture.text());
}
