//! Keys that users have: where they are sent, which of several ways to log in is taken, and that no text shows one.

use crate::common::api::SERVER;
use crate::common::everything;
use crate::common::server::{Recorded, Server, answer, json};
use crate::runtime::{
    Body, Call, Client, ClientBuilder, ErrorShape, Login, Method, Operation, Parts, Read, Request,
    Retry, Security, Settings,
};

const HEADER: Security = Security::Header("X-API-Key");
const APP: Security = Security::Header("X-App");
const QUERY: Security = Security::Query("api key");
const COOKIE: Security = Security::Cookie("session");

const SECRET: &str = "canary key/+=&é";
const TOKEN: &str = "canary-token-0123";

const fn login(scheme: Security, method: &'static str) -> Login {
    Login {
        scheme,
        kind: crate::runtime::KEY,
        method,
        user: "",
        password: "",
    }
}

static SETTINGS: Settings = Settings {
    user_agent: "example/1.2.3",
    logins: &[
        login(Security::Basic, "basic_auth"),
        login(Security::Bearer, "bearer_auth"),
        login(HEADER, "api_key"),
        login(APP, "app"),
        login(QUERY, "query_key"),
        login(COOKIE, "session"),
    ],
    variables: &[],
    token_url: "",
    request_id_header: "x-request-id",
    errors: ErrorShape::DEFAULT,
    rate_limited_is_unprocessed: false,
};

const fn operation(security: &'static [&'static [Security]]) -> Operation {
    Operation {
        id: "GetThing",
        method: Method::GET,
        path: "/v2/things",
        server: &SERVER,
        security,
        body: None,
    }
}

static IN_HEADER: Operation = operation(&[&[HEADER]]);
static IN_QUERY: Operation = operation(&[&[QUERY]]);
static IN_COOKIE: Operation = operation(&[&[COOKIE]]);
static IN_AUTHORIZATION: Operation = operation(&[&[Security::Header("Authorization")]]);
static TOGETHER: Operation = operation(&[&[HEADER, QUERY], &[APP, Security::Basic]]);
static EITHER: Operation = operation(&[&[APP], &[HEADER], &[QUERY]]);
static OPTIONAL: Operation = operation(&[&[HEADER], &[]]);
static OPEN: Operation = operation(&[]);

struct Get(&'static Operation);

impl Request for Get {
    type Output = String;

    const OPERATION: &'static Operation = &OPEN;

    fn operation(&self) -> &'static Operation {
        self.0
    }

    fn write(&self, parts: &mut Parts) {
        parts.query("size", "2");
    }

    const READ: Read<String> = Body::text;
}

fn builder(server: &Server) -> ClientBuilder {
    let builder = ClientBuilder::new(&SETTINGS).base_url(server.url());
    builder.retry(Retry::never())
}

/// What is sent for an operation.
async fn sent(
    operation: &'static Operation,
    log_in: impl Fn(ClientBuilder) -> ClientBuilder,
) -> Recorded {
    let server = Server::always("200 OK", "{}").await;
    let client = log_in(builder(&server)).build().unwrap();
    Call::new(client, Get(operation)).send().await.unwrap();
    server.only_request()
}

#[tokio::test]
async fn a_key_goes_where_its_scheme_says() {
    let header = sent(&IN_HEADER, |builder| builder.with_key(HEADER, TOKEN)).await;
    assert_eq!(header.header("x-api-key"), Some(TOKEN));
    assert_eq!(header.header("authorization"), None);
    assert_eq!(header.query(), "size=2");
    let query = sent(&IN_QUERY, |builder| builder.with_key(QUERY, SECRET)).await;
    let wanted = "size=2&api%20key=canary%20key%2F%2B%3D%26%C3%A9";
    assert_eq!(query.query(), wanted);
    let cookie = sent(&IN_COOKIE, |builder| builder.with_key(COOKIE, TOKEN)).await;
    assert_eq!(cookie.header("cookie"), Some("session=canary-token-0123"));
    let whole = Security::Header("Authorization");
    let whole = sent(&IN_AUTHORIZATION, |builder| {
        builder.with_key(whole, "Digest canary")
    })
    .await;
    assert_eq!(whole.header("authorization"), Some("Digest canary"));
}

#[tokio::test]
async fn all_that_is_needed_together_is_sent() {
    let both = |builder: ClientBuilder| builder.with_key(QUERY, "one").with_key(HEADER, "two");
    let request = sent(&TOGETHER, both).await;
    assert_eq!(request.header("x-api-key"), Some("two"));
    assert_eq!(request.query(), "size=2&api%20key=one");
    let others = |builder: ClientBuilder| {
        let builder = builder.with_key(HEADER, "half").with_basic("a", "b");
        builder.with_key(APP, "app")
    };
    let request = sent(&TOGETHER, others).await;
    assert_eq!(request.header("x-app"), Some("app"));
    assert_eq!(request.header("authorization"), Some("Basic YTpi"));
    assert_eq!(request.header("x-api-key"), None);
}

#[tokio::test]
async fn of_several_keys_the_first_in_the_document_counts() {
    let first = |builder: ClientBuilder| builder.with_key(HEADER, "two").with_key(APP, "one");
    let last = |builder: ClientBuilder| builder.with_key(APP, "one").with_key(HEADER, "two");
    for order in [first as fn(ClientBuilder) -> ClientBuilder, last] {
        let request = sent(&EITHER, order).await;
        assert_eq!(request.header("x-app"), Some("one"));
        assert_eq!(request.header("x-api-key"), None);
    }
    let request = sent(&EITHER, |builder| builder.with_key(QUERY, "three")).await;
    assert_eq!(request.query(), "size=2&api%20key=three");
    // Of one kind, the last.
    let twice = |builder: ClientBuilder| builder.with_key(APP, "old").with_key(APP, "new");
    assert_eq!(sent(&EITHER, twice).await.header("x-app"), Some("new"));
}

#[tokio::test]
async fn an_optional_login_is_sent_where_there_is_one_and_none_never() {
    let with = |builder: ClientBuilder| builder.with_key(HEADER, "one").with_key(COOKIE, "two");
    let request = sent(&OPTIONAL, with).await;
    assert_eq!(request.header("x-api-key"), Some("one"));
    assert_eq!(request.header("cookie"), None);
    let without = sent(&OPTIONAL, |builder| builder).await;
    assert_eq!(without.header("x-api-key"), None);
    let open = sent(&OPEN, with).await;
    assert_eq!(open.header("x-api-key"), None);
}

#[tokio::test]
async fn missing_credentials_name_what_to_call_and_nothing_is_sent() {
    let server = Server::always("200 OK", "{}").await;
    let half = || builder(&server).with_key(HEADER, "half");
    for (operation, builder, wanted) in [
        (&IN_HEADER, builder(&server), "call `api_key` of"),
        (
            &EITHER,
            builder(&server),
            "call `app`, or `api_key`, or `query_key` of",
        ),
        (
            &TOGETHER,
            half(),
            "call `api_key` and `query_key`, or `app` and `basic_auth` of",
        ),
        // The document asks for a header that no method of this crate sets.
        (&IN_AUTHORIZATION, half(), "no credentials for it"),
    ] {
        let call = Call::new(builder.build().unwrap(), Get(operation));
        let error = call.send().await.unwrap_err();
        assert!(error.is_configuration(), "{error}");
        assert!(error.to_string().contains(wanted), "{error}");
    }
    assert_eq!(server.requests().len(), 0);
}

#[test]
fn a_key_that_cannot_be_sent_is_refused_and_not_shown() {
    for (scheme, key) in [
        (HEADER, ""),
        (QUERY, ""),
        (HEADER, "canary\r\nX-Other: 1"),
        (HEADER, "canary\0"),
        (COOKIE, "canary; other=1"),
        (COOKIE, "canary, other"),
        (COOKIE, "canary other"),
        (COOKIE, "canary\""),
        (COOKIE, "canary\n"),
        (COOKIE, "canaryé"),
    ] {
        let builder = ClientBuilder::new(&SETTINGS).with_key(scheme, key);
        let error = builder.build().expect_err(key);
        assert!(error.is_configuration(), "{error}");
        assert!(!everything(&error).contains("canary"), "{error}");
    }
}

#[tokio::test]
async fn a_key_that_a_server_echoes_is_redacted() {
    for (operation, scheme, key) in [
        (&IN_HEADER, HEADER, SECRET),
        (&IN_QUERY, QUERY, SECRET),
        (&IN_COOKIE, COOKIE, TOKEN),
    ] {
        let server = Server::start(|request, _| {
            let all = format!("{:?} {}", request, request.query());
            let quoted = serde_json::json!({"message": &all, "detail": request.query()});
            let headers = format!("x-request-id: {}\r\n", request.query());
            answer("400 Bad Request", &headers, &format!("{quoted}{all}"))
        });
        let server = server.await;
        let seen = std::sync::Arc::new(std::sync::Mutex::new(Vec::new()));
        let keep = std::sync::Arc::clone(&seen);
        let builder = builder(&server).with_key(scheme, key);
        assert!(!format!("{builder:?}").contains("canary"));
        let observed = builder.on_attempt(move |attempt| {
            keep.lock().unwrap().push(format!("{attempt:?}"));
        });
        let client = observed.build().unwrap();
        assert!(!format!("{client:?}").contains("canary"));
        let error = Call::new(client, Get(operation)).send().await.unwrap_err();
        assert_eq!(error.status(), Some(400));
        let text = format!("{}{:?}", everything(&error), seen.lock().unwrap());
        assert!(!text.contains("canary"), "{scheme:?}: {text}");
    }
}

#[tokio::test]
async fn a_key_in_the_url_is_in_no_error_of_the_connection() {
    let client = ClientBuilder::new(&SETTINGS)
        .base_url("http://127.0.0.1:1")
        .retry(Retry::never())
        .with_key(QUERY, SECRET)
        .build()
        .unwrap();
    let error = Call::new(client, Get(&IN_QUERY)).send().await.unwrap_err();
    let text = everything(&error);
    assert!(
        !text.contains("canary") && !text.contains("api%20key"),
        "{text}"
    );
}

#[test]
fn a_link_to_the_next_page_is_kept_without_the_key() {
    let next = |link: &str| {
        let builder = ClientBuilder::new(&SETTINGS).base_url("http://127.0.0.1:1");
        let client: Client = builder.with_key(QUERY, TOKEN).build().unwrap();
        let call = Call::new(client, Get(&IN_QUERY));
        let (client, request, options) = call.into_parts();
        client.0.next_query(&request, &options, link).unwrap()
    };
    for link in [
        "/v2/things?size=2&api%20key=canary-token-0123&page=2",
        "/v2/things?size=2&api+key=other&page=2&api%20%6bey=canary",
        "/v2/things?size=2&page=2",
    ] {
        assert_eq!(
            next(link),
            ("size=2".to_owned(), "size=2&page=2".to_owned())
        );
    }
}

#[tokio::test]
async fn each_page_gets_the_key() {
    let server = Server::start(|_, _| json("200 OK", "{}")).await;
    let client = builder(&server).with_key(QUERY, TOKEN).build().unwrap();
    let (client, request, options) = Call::new(client, Get(&IN_QUERY)).into_parts();
    let page = Some("page=2&api%20key=canary-old");
    client.0.call(&request, &options, page).await.unwrap();
    let sent = server.only_request();
    assert_eq!(sent.query(), "page=2&api%20key=canary-token-0123");
}

/// A call that has cookies of its own.
struct WithCookies(&'static Operation);

impl Request for WithCookies {
    type Output = String;

    const OPERATION: &'static Operation = &OPEN;

    fn operation(&self) -> &'static Operation {
        self.0
    }

    fn write(&self, parts: &mut Parts) {
        parts.cookie("theme", "dark");
        parts.cookie("session", "mine");
        parts.cookie("session2", "x");
    }

    const READ: Read<String> = Body::text;
}

#[tokio::test]
async fn a_cookie_that_logs_in_joins_those_of_the_call_and_takes_the_place_of_its_name() {
    for (operation, expected) in [
        (
            &IN_COOKIE,
            "theme=dark; session2=x; session=canary-token-0123",
        ),
        (&OPEN, "theme=dark; session=mine; session2=x"),
    ] {
        let server = Server::always("200 OK", "").await;
        let client = builder(&server).with_key(COOKIE, TOKEN).build().unwrap();
        Call::new(client, WithCookies(operation))
            .send()
            .await
            .unwrap();
        let request = server.only_request();
        let mut cookies = request.headers.iter().filter(|(name, _)| name == "cookie");
        assert_eq!(
            cookies.next().map(|(_, value)| value.as_str()),
            Some(expected)
        );
        assert_eq!(cookies.next(), None);
    }
}
