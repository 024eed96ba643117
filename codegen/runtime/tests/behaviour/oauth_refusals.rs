//! OAuth client credentials: what a token endpoint says instead of a token, and a secret that goes to one place only.

use crate::common::oauth::{Api, Ask, BASIC, BEARER, BOTH, ID, OPEN, SECRET, ask, assert_clean};
use crate::common::server::{Server, answer, json};
use crate::runtime::{Call, Client, ClientBuilder, Error, Operation, Parts, Read, Request};

#[tokio::test]
async fn a_refusal_of_the_token_endpoint_is_a_login_that_failed_and_shows_no_secret() {
    type Is = fn(&Error) -> bool;
    let echo =
        format!(r#"{{"error":"invalid_client","error_description":"no such client {SECRET}"}}"#);
    let cases: [(&str, &str, Is); 9] = [
        ("400 Bad Request", &echo, Error::is_auth),
        ("401 Unauthorized", &echo, Error::is_auth),
        ("403 Forbidden", "<html>canary</html>", Error::is_auth),
        ("404 Not Found", "", Error::is_auth),
        ("429 Too Many Requests", "", Error::is_rate_limited),
        ("500 Internal Server Error", &echo, |error| !error.is_auth()),
        ("200 OK", "canary", Error::is_decode),
        ("200 OK", r#"{"access_token":""}"#, Error::is_decode),
        ("200 OK", r#"{"access_token":"canary\n"}"#, Error::is_decode),
    ];
    for (status, body, is) in cases {
        let api = Api::start().await;
        api.refuse(json(status, body));
        let error = ask(&api.client()).await.unwrap_err();
        assert!(is(&error), "{status}: {error:?}");
        assert!(!error.is_not_found());
        assert_eq!(error.status().unwrap().to_string(), status[..3]);
        let text = error.to_string();
        assert!(
            text.contains(&api.server.url()) && text.starts_with("MakeThing: "),
            "{text}"
        );
        assert_clean(&error);
        assert_eq!(api.counts(), (1, 0), "the API gets nothing");
        // What failed is not kept.
        assert_eq!(ask(&api.client()).await.unwrap(), "done");
    }
}

#[tokio::test]
async fn all_who_wait_for_a_refusal_get_it_from_one_request() {
    let api = Api::start().await;
    api.refuse(json("401 Unauthorized", r#"{"error":"invalid_client"}"#));
    let client = api.client();
    // On one thread, all of them get as far as waiting before the socket is looked at.
    let calls: Vec<_> = (0..50)
        .map(|_| {
            let client = client.clone();
            tokio::spawn(async move { ask(&client).await })
        })
        .collect();
    for call in calls {
        let error = call.await.unwrap().unwrap_err();
        assert!(error.is_auth());
        assert_eq!(error.api_error().unwrap().message(), "invalid_client");
    }
    assert_eq!(api.counts(), (1, 0));
}

#[tokio::test]
async fn a_token_endpoint_that_is_not_there_is_a_connection_that_failed() {
    let api = Api::start().await;
    let nobody = {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        listener.local_addr().unwrap()
    };
    let url = format!("http://{nobody}/token?canary=1");
    let client = api.builder().with_token_url(url).build().unwrap();
    let error = ask(&client).await.unwrap_err();
    assert!(error.is_connect(), "{error:?}");
    assert!(error.to_string().contains("no token could be fetched"));
    assert_clean(&error);
    assert_eq!(api.counts(), (0, 0));
}

#[tokio::test]
async fn a_token_endpoint_leads_nowhere_else() {
    let thief = Server::always("200 OK", "{}").await;
    let api = Api::start().await;
    let location = format!("location: {}/token\r\n", thief.url());
    api.refuse(answer("307 Temporary Redirect", &location, ""));
    let error = ask(&api.client()).await.unwrap_err();
    assert!(error.is_redirect(), "{error:?}");
    assert!(thief.requests().is_empty());
    assert_clean(&error);
}

#[tokio::test]
async fn an_answer_without_end_is_cut_off() {
    let api = Api::start().await;
    let long = "canary ".repeat(20_000);
    api.refuse(json("200 OK", &long));
    let error = ask(&api.client()).await.unwrap_err();
    assert!(error.is_too_large(), "{error:?}");
    assert_clean(&error);
}

#[tokio::test]
async fn a_token_of_another_type_is_not_used() {
    let api = Api::start().await;
    api.refuse(json(
        "200 OK",
        r#"{"access_token":"canary","token_type":"mac","expires_in":5}"#,
    ));
    let error = ask(&api.client()).await.unwrap_err();
    assert!(error.is_decode(), "{error:?}");
    assert_clean(&error);
    assert_eq!(api.counts(), (1, 0));
}

#[test]
fn the_secret_goes_to_https_or_this_machine_only() {
    let tls = cfg!(any(feature = "rustls", feature = "native-tls"));
    for (url, good) in [
        ("https://oauth.example.com/v2/token", tls),
        ("https://oauth.example.com/v2/token?tenant=1", tls),
        ("http://oauth.example.com/v2/token", false),
        ("http://localhost:1/token", true),
        ("https://user:canary@oauth.example.com/", false),
        ("https://oauth.example.com/#canary", false),
        ("/v2/token", false),
    ] {
        let builder = Client::builder().with_oauth(ID, SECRET);
        assert!(!format!("{builder:?}").contains("canary"));
        match builder.with_token_url(url).build() {
            Ok(client) => {
                assert!(good, "{url}");
                assert!(!format!("{client:?}").contains("canary"));
            }
            Err(error) => {
                assert!(!good && error.is_configuration(), "{url}: {error}");
                assert_clean(&error);
                if url.starts_with("https://oauth.example.com/v2") {
                    let text = error.to_string();
                    assert!(text.contains("`rustls`") && text.contains("`native-tls`"));
                }
            }
        }
    }
    // Not looked at when nobody logs in that way.
    let builder = Client::builder().with_token_url("http://oauth.example.com");
    assert!(builder.build().is_ok());
}

#[test]
fn unusable_credentials_are_refused_at_once() {
    for builder in [
        Client::builder().with_oauth("", SECRET),
        Client::builder().with_oauth(ID, ""),
        Client::builder().with_bearer(""),
        Client::builder().with_bearer("canary\r\nX: y"),
        Client::builder().with_bearer("canary token"),
    ] {
        let builder = builder.with_token_url("http://localhost/token");
        let error = builder.build().unwrap_err();
        assert!(error.is_configuration());
        assert_clean(&error);
    }
}

#[tokio::test]
async fn each_operation_gets_what_it_accepts() {
    let api = Api::start().await;
    let all = || {
        let builder = api.builder().with_basic("AC1", "b");
        builder.with_bearer("canary-token-9")
    };
    let sent = async |operation, builder: ClientBuilder| -> Option<String> {
        let call = Call::new(builder.build().unwrap(), Ask(operation));
        if let Err(error) = call.send().await
            && error.is_configuration()
        {
            return None;
        }
        let last = api.server.requests().pop().unwrap();
        Some(last.header("authorization").unwrap_or("nothing").to_owned())
    };
    let basic = Some("Basic QUMxOmI=".to_owned());
    let own = Some("Bearer canary-token-9".to_owned());
    assert_eq!(sent(&BASIC, all()).await, basic);
    assert_eq!(sent(&BEARER, all()).await, own);
    assert_eq!(sent(&OPEN, all()).await.as_deref(), Some("nothing"));
    // Of several that would do, the one that was set last.
    assert_eq!(sent(&BOTH, all()).await, own);
    assert_eq!(sent(&BOTH, all().with_basic("AC1", "b")).await, basic);
    let fetched = sent(&BOTH, all().with_oauth(ID, SECRET)).await;
    assert_eq!(fetched.as_deref(), Some("Bearer canary-token-1"));
    // Never a login that the operation does not name.
    assert_eq!(sent(&BASIC, api.builder()).await, None);
    assert_eq!(sent(&BEARER, api.builder()).await, None);
}

#[tokio::test]
async fn an_invalid_request_asks_for_no_token() {
    struct Invalid;
    impl Request for Invalid {
        type Output = ();
        const OPERATION: &'static Operation = &BOTH;
        fn write(&self, parts: &mut Parts) {
            parts.header("Authorization", "x");
        }
        const READ: Read<()> = |_| Ok(());
    }
    let api = Api::start().await;
    let error = Call::new(api.client(), Invalid).send().await.unwrap_err();
    assert!(error.is_invalid_request());
    assert_eq!(api.counts(), (0, 0));
}
