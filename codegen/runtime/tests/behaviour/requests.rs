//! What is sent: method, path, query, form and headers; and what is refused before it is sent.

use crate::common::api::{Credential, CredentialType, NewCredential, SETTINGS};
use crate::common::probe::{get, open, post};
use crate::common::server::{Recorded, Server};
use crate::common::{CREDENTIAL, PASSWORD, USER, client, everything};
use crate::runtime::{Call, Checked, Client, ClientBuilder, Error, Parts, Rules};
use chrono::{DateTime, NaiveDate, Utc};

const SID: &str = "CR0123456789abcdef0123456789ABCDEF";
const KEY: &str = "-----BEGIN PRIVATE KEY-----\nab+/c==\n-----END PRIVATE KEY-----\n";

/// Sends what is written, and gives the request that the server got.
async fn sent(write: impl Fn(&mut Parts) + Send + Sync + 'static) -> Recorded {
    let server = Server::always("200 OK", "").await;
    let write = move |parts: &mut Parts| {
        parts.path("Id", "x");
        write(parts);
    };
    Call::new(client(&server), get(write)).send().await.unwrap();
    server.only_request()
}

async fn form(write: impl Fn(&mut Parts) + Send + Sync + 'static) -> Recorded {
    let server = Server::always("200 OK", "").await;
    Call::new(client(&server), post(write))
        .send()
        .await
        .unwrap();
    server.only_request()
}

/// The error of what must not be sent.
async fn refused(write: impl Fn(&mut Parts) + Send + Sync + 'static) -> Error {
    let server = Server::always("200 OK", "").await;
    let error = Call::new(client(&server), post(write))
        .send()
        .await
        .unwrap_err();
    assert!(error.is_invalid_request(), "{error:?}");
    assert!(server.requests().is_empty());
    error
}

#[tokio::test]
async fn a_form_is_sent_in_order_encoded_once_and_without_what_is_absent() {
    let server = Server::always("201 Created", CREDENTIAL).await;
    let credential = NewCredential::apn("cert &=%", KEY).sandbox(false);
    let call = client(&server)
        .credentials()
        .create(credential)
        .friendly_name("my näme*~");
    let created: Credential = call.send().await.unwrap();
    assert_eq!(created.type_, CredentialType::Apn);
    let request = server.only_request();
    assert_eq!(
        (request.method.as_str(), request.target.as_str()),
        ("POST", "/v2/Credentials")
    );
    assert_eq!(
        request.body,
        "Type=apn&Certificate=cert+%26%3D%25\
         &PrivateKey=-----BEGIN+PRIVATE+KEY-----%0Aab%2B%2Fc%3D%3D%0A-----END+PRIVATE+KEY-----%0A\
         &Sandbox=false&FriendlyName=my+n%C3%A4me*%7E"
    );
    assert_eq!(request.form()[2], ("PrivateKey".to_owned(), KEY.to_owned()));
    assert_eq!(
        request.header("content-type"),
        Some("application/x-www-form-urlencoded")
    );
    assert_eq!(
        request.header("content-length"),
        Some(request.body.len().to_string().as_str())
    );
}

#[tokio::test]
async fn a_fetch_sends_what_is_needed_and_nothing_more() {
    let server = Server::always("200 OK", CREDENTIAL).await;
    client(&server)
        .credentials()
        .fetch(SID)
        .send()
        .await
        .unwrap();
    let request = server.only_request();
    assert_eq!(request.method, "GET");
    assert_eq!(request.target, format!("/v2/Credentials/{SID}"));
    let mut names: Vec<&str> = request
        .headers
        .iter()
        .map(|(name, _)| name.as_str())
        .collect();
    names.sort_unstable();
    assert_eq!(names, ["accept", "authorization", "host", "user-agent"]);
    assert_eq!(request.header("accept"), Some("application/json"));
    assert_eq!(request.header("user-agent"), Some("example/1.2.3"));
    let login = format!("{USER}:{PASSWORD}");
    assert_eq!(login, "AC0123:canary-password");
    assert_eq!(
        request.header("authorization"),
        Some("Basic QUMwMTIzOmNhbmFyeS1wYXNzd29yZA==")
    );
}

#[tokio::test]
async fn a_login_of_any_length_is_encoded_and_padded() {
    for (password, expected) in [
        ("a", "QTph"),
        ("ab", "QTphYg=="),
        ("abc", "QTphYmM="),
        ("ÿ?>~", "QTrDvz8+fg=="),
        ("\u{7fff}\u{ffff}", "QTrnv7/vv78="),
    ] {
        let server = Server::always("200 OK", CREDENTIAL).await;
        let builder = Client::builder()
            .account("A", password)
            .base_url(server.url());
        builder
            .build()
            .unwrap()
            .credentials()
            .fetch(SID)
            .send()
            .await
            .unwrap();
        let header = server
            .only_request()
            .header("authorization")
            .unwrap()
            .to_owned();
        assert_eq!(header, format!("Basic {expected}"));
    }
}

#[tokio::test]
async fn the_user_agent_ends_with_the_users_suffix() {
    let server = Server::always("204 No Content", "").await;
    let builder = Client::builder()
        .account("A", "b")
        .user_agent_suffix("shop/2.0");
    let client = builder.base_url(server.url()).build().unwrap();
    client.credentials().delete(SID).send().await.unwrap();
    let request = server.only_request();
    assert_eq!(request.method, "DELETE");
    assert_eq!(request.header("user-agent"), Some("example/1.2.3 shop/2.0"));
    let error = Client::builder()
        .user_agent_suffix("a\r\nb: c")
        .build()
        .unwrap_err();
    assert!(error.is_configuration());
}

#[tokio::test]
async fn a_query_keeps_only_unreserved_characters() {
    let request = sent(|parts| {
        parts.query("DateCreated<", "a b+c&d=e/f?g#h%20~*");
        parts.query("Absent", &None::<String>);
        parts.query("Many", &vec!["1", "ü"]);
    });
    assert_eq!(
        request.await.query(),
        "DateCreated%3C=a%20b%2Bc%26d%3De%2Ff%3Fg%23h%2520~%2A&Many=1&Many=%C3%BC"
    );
}

#[tokio::test]
async fn every_character_survives_path_query_and_form() {
    let all: String = (1..0x300_u32)
        .chain([0x20ac, 0x1f980])
        .filter_map(char::from_u32)
        .collect();
    let text = all.clone();
    let query = sent(move |parts| parts.query("q", &text)).await;
    let query: Vec<_> = url::form_urlencoded::parse(query.query().as_bytes()).collect();
    assert_eq!(query, [("q".into(), all.as_str().into())]);
    let text = all.clone();
    let body = form(move |parts| parts.form("f", &text)).await;
    assert_eq!(body.form(), [("f".to_owned(), all.clone())]);
    let server = Server::always("200 OK", "").await;
    let text = all.clone();
    let path = get(move |parts| parts.path("Id", &text));
    Call::new(client(&server), path).send().await.unwrap();
    let target = server.only_request().target;
    let id = target
        .strip_prefix("/v2/things/")
        .unwrap()
        .strip_suffix("/parts")
        .unwrap();
    let id = id.replace('+', "%2B");
    let (decoded, _) = url::form_urlencoded::parse(id.as_bytes()).next().unwrap();
    assert_eq!(decoded, all);
}

#[tokio::test]
async fn a_path_value_cannot_move_the_request() {
    for value in ["", ".", ".."] {
        let server = Server::always("200 OK", "").await;
        let path = get(move |parts| parts.path("Id", value));
        let error = Call::new(client(&server), path).send().await.unwrap_err();
        assert!(error.is_invalid_request(), "{value:?}: {error}");
        assert!(server.requests().is_empty());
    }
    for (value, expected) in [
        ("../Accounts", "..%2FAccounts"),
        ("%2e%2e", "%252e%252e"),
        ("a/b\\c", "a%2Fb%5Cc"),
        ("a?b#c;d", "a%3Fb%23c%3Bd"),
        ("...", "..."),
        ("a b+@:", "a%20b%2B%40%3A"),
        ("\r\n\t\0", "%0D%0A%09%00"),
    ] {
        let server = Server::always("200 OK", "").await;
        let path = get(move |parts| parts.path("Id", value));
        Call::new(client(&server), path).send().await.unwrap();
        assert_eq!(
            server.only_request().target,
            format!("/v2/things/{expected}/parts")
        );
    }
}

#[tokio::test]
async fn a_path_without_its_value_is_not_sent() {
    let server = Server::always("200 OK", "").await;
    let path = get(|parts| parts.path("Id", &None::<String>));
    let error = Call::new(client(&server), path).send().await.unwrap_err();
    assert!(
        error.is_invalid_request() && error.to_string().contains("Id is missing"),
        "{error}"
    );
    assert!(server.requests().is_empty());
}

#[tokio::test]
async fn an_id_that_is_none_is_refused_before_anything_is_sent() {
    let server = Server::always("200 OK", CREDENTIAL).await;
    for sid in [
        "",
        "..",
        "CR",
        "CR0123456789abcdef0123456789ABCDEFF",
        "AC0123456789abcdef0123456789ABCDEF",
    ] {
        let error = client(&server)
            .credentials()
            .fetch(sid)
            .send()
            .await
            .unwrap_err();
        assert!(error.is_invalid_request(), "{sid}");
        let message = error.to_string();
        assert!(
            message.contains("FetchCredential: not sent: Sid"),
            "{message}"
        );
        assert!(
            message.contains("CredentialSid") && message.contains("{32}"),
            "{message}"
        );
    }
    assert!(server.requests().is_empty());
}

#[tokio::test]
async fn every_type_is_sent_the_way_apis_expect() {
    let date: DateTime<Utc> = "2015-10-07T19:50:01.250+02:00".parse().unwrap();
    let request = form(move |parts| {
        parts.form("a", &true);
        parts.form("b", &-7_i64);
        parts.form("c", &u64::MAX);
        parts.form("d", &0.1_f32);
        parts.form("e", &2.5_f64);
        parts.form("f", &date);
        parts.form("g", &NaiveDate::from_ymd_opt(2015, 10, 7));
        parts.form("h", &serde_json::json!("text"));
        parts.form("i", &serde_json::json!({"k": [1, null]}));
        parts.form("j", &Some(vec![Some(1), None, Some(3)]));
        parts.form("k", &CredentialType::from("webpush"));
        parts.form("l", &Checked::Valid("fine"));
    });
    let form = request.await.form();
    let pairs: Vec<String> = form
        .iter()
        .map(|(name, value)| format!("{name}={value}"))
        .collect();
    let expected = [
        "a=true",
        "b=-7",
        "c=18446744073709551615",
        "d=0.1",
        "e=2.5",
        "f=2015-10-07T17:50:01.250Z",
        "g=2015-10-07",
        "h=text",
        "i={\"k\":[1,null]}",
        "j=1",
        "j=3",
        "k=webpush",
        "l=fine",
    ];
    assert_eq!(pairs, expected);
}

#[tokio::test]
async fn an_empty_form_is_still_a_form() {
    let request = form(|_| {}).await;
    assert_eq!(
        (request.body.as_str(), request.header("content-length")),
        ("", Some("0"))
    );
    assert_eq!(
        request.header("content-type"),
        Some("application/x-www-form-urlencoded")
    );
}

#[tokio::test]
async fn every_rule_that_is_broken_is_named_at_once() {
    let error = refused(|parts| {
        parts.form(
            "FriendlyName",
            &Rules::NONE.max_length(64).of(&"ä".repeat(65)),
        );
        parts.form("Short", &Rules::NONE.min_length(2).of("ä"));
        parts.query("PageSize", &Rules::NONE.range(1, 1000).of(&1001));
        parts.query("Least", &Rules::NONE.range(1, i64::MAX).of(&0_u8));
        parts.query("Most", &Rules::NONE.range(i64::MIN, 2).of(&2.5_f64));
        parts.query("Finite", &f64::NAN);
    });
    assert_eq!(
        error.await.to_string(),
        "MakeThing: not sent: FriendlyName has 65 characters, more than 64; \
         Short has 1 characters, fewer than 2; PageSize is 1001, not from 1 to 1000; \
         Least is 0, less than 1; Most is 2.5, more than 2; Finite is not a finite number"
    );
    let request = form(|parts| {
        parts.form(
            "FriendlyName",
            &Rules::NONE.max_length(64).of(&"ä".repeat(64)),
        );
        parts.query("PageSize", &Rules::NONE.range(1, 1000).of(&1000));
    });
    assert_eq!(request.await.query(), "PageSize=1000");
}

#[tokio::test]
async fn a_header_parameter_is_sent_but_cannot_replace_ours_or_split() {
    let request = sent(|parts| parts.header("X-Thing", &7)).await;
    assert_eq!(request.header("x-thing"), Some("7"));
    for (name, value) in [
        ("Authorization", "x"),
        ("HOST", "evil"),
        ("X-Thing", "a\r\nHost: evil"),
        ("X Y", "a"),
    ] {
        refused(move |parts| parts.header(name, value)).await;
    }
}

#[tokio::test]
async fn an_open_operation_gets_no_credentials() {
    let server = Server::always("200 OK", "hello").await;
    let text = Call::new(client(&server), open(|_| {}))
        .send()
        .await
        .unwrap();
    assert_eq!(text, "hello");
    assert_eq!(server.only_request().header("authorization"), None);
}

#[tokio::test]
async fn without_credentials_nothing_is_sent_to_an_operation_that_needs_them() {
    let server = Server::always("200 OK", "hello").await;
    let client = Client::builder().base_url(server.url()).build().unwrap();
    let error = client.credentials().list().send().await.unwrap_err();
    assert!(error.is_configuration(), "{error}");
    assert_eq!(
        Call::new(client, open(|_| {})).send().await.unwrap(),
        "hello"
    );
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn credentials_come_from_the_first_complete_pair_of_variables() {
    let server = Server::always("200 OK", CREDENTIAL).await;
    let builder = Client::builder().login_from_env().unwrap();
    let client = builder.base_url(server.url()).build().unwrap();
    client.credentials().fetch(SID).send().await.unwrap();
    assert!(server.only_request().header("authorization").is_some());
}

#[test]
fn missing_variables_are_all_named() {
    static NONE: crate::runtime::Settings = crate::runtime::Settings {
        logins: &[
            crate::runtime::Login {
                scheme: crate::runtime::Security::Basic,
                kind: crate::runtime::BASIC,
                method: "account",
                user: "NO_USER",
                password: "NO_PASSWORD",
            },
            // Set, but only half of a login.
            crate::runtime::Login {
                scheme: crate::runtime::Security::OAuth,
                kind: crate::runtime::OAUTH,
                method: "oauth",
                user: "CARGO_PKG_NAME",
                password: "NO_TOKEN",
            },
        ],
        user_agent: "example",
        variables: &[],
        token_url: "",
        request_id_header: "",
        errors: SETTINGS_ERRORS,
        rate_limited_is_unprocessed: false,
    };
    const SETTINGS_ERRORS: crate::runtime::ErrorShape = crate::runtime::ErrorShape::DEFAULT;
    let error = ClientBuilder::new(&NONE).login_from_env().unwrap_err();
    assert!(error.is_configuration());
    for name in ["NO_USER", "NO_PASSWORD", "CARGO_PKG_NAME", "NO_TOKEN"] {
        assert!(error.to_string().contains(name), "{error}");
    }
    assert!(
        !everything(&error).contains("openapi-client-runtime"),
        "the value is not shown"
    );
    assert_eq!(SETTINGS.logins.len(), 2);
}
