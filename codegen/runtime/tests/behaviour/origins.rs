//! Where requests may go: HTTPS or this machine, the operation's own server or what the user put in its place.

use crate::common::api::{OTHER, SERVER};
use crate::common::probe::{get, open};
use crate::common::server::Server;
use crate::runtime::{Call, Client};

#[test]
fn a_base_url_is_https_or_on_this_machine() {
    let tls = cfg!(any(feature = "rustls", feature = "native-tls"));
    for (url, good) in [
        ("https://gateway.example.com/prefix", tls),
        ("http://127.0.0.1:8080", true),
        ("http://127.8.9.1", true),
        ("http://[::1]:8080/a/b/", true),
        ("http://localhost", true),
        ("http://gateway.example.com", false),
        ("http://localhost.example.com", false),
        ("http://127.0.0.1.example.com", false),
        ("http://10.0.0.1", false),
        ("http://0.0.0.0", false),
        ("https://user:canary@gateway.example.com", false),
        ("http://canary@localhost", false),
        ("http://localhost?a=b", false),
        ("http://localhost#a", false),
        ("ftp://localhost", false),
        ("file:///etc", false),
        ("localhost:8080", false),
        ("gateway", false),
        ("", false),
    ] {
        for builder in [
            Client::builder().base_url(url),
            Client::builder().chat_v2_base_url(url),
        ] {
            assert!(!format!("{builder:?}").contains("canary"));
            match builder.build() {
                Ok(_) => assert!(good, "{url}"),
                Err(error) => {
                    assert!(!good && error.is_configuration(), "{url}: {error}");
                    assert!(
                        !format!("{error} {error:?}").contains("canary"),
                        "{error:?}"
                    );
                }
            }
        }
    }
}

#[cfg(not(any(feature = "rustls", feature = "native-tls")))]
#[tokio::test]
async fn without_tls_an_https_server_is_an_error_that_names_the_features() {
    let client = Client::builder().account("A", "b").build().unwrap();
    let error = client.credentials().list().send().await.unwrap_err();
    assert!(error.is_configuration());
    let message = error.to_string();
    assert!(
        message.contains("`rustls`") && message.contains("`native-tls`"),
        "{message}"
    );
}

#[tokio::test]
async fn one_server_can_be_replaced_alone() {
    let all = Server::always("200 OK", "all").await;
    let chat = Server::always("200 OK", "chat").await;
    assert_ne!(SERVER.name, OTHER.name);
    let builder = Client::builder()
        .base_url(all.url())
        .chat_v2_base_url("http://localhost:1");
    let client = builder.chat_v2_base_url(chat.url()).build().unwrap();
    let text = Call::new(client.clone(), open(|_| {}))
        .send()
        .await
        .unwrap();
    assert_eq!(text, "chat");
    let client = Client::builder()
        .base_url_of(&OTHER, chat.url())
        .base_url(all.url());
    let text = Call::new(client.build().unwrap(), open(|_| {}))
        .send()
        .await
        .unwrap();
    assert_eq!(text, "all");
}

#[tokio::test]
async fn a_base_url_may_have_a_prefix_with_or_without_a_slash() {
    for prefix in ["", "/", "/gateway", "/gateway/a%20b/"] {
        let server = Server::always("200 OK", "").await;
        let base = format!("{}{prefix}", server.url());
        let client = Client::builder()
            .account("A", "b")
            .base_url(base)
            .build()
            .unwrap();
        let request = get(|parts| parts.path("Id", "1"));
        Call::new(client, request).send().await.unwrap();
        let expected = format!("{}/v2/things/1/parts", prefix.trim_end_matches('/'));
        assert_eq!(server.only_request().target, expected);
    }
}

#[tokio::test]
async fn this_machine_is_never_reached_through_a_proxy() {
    let proxy = Server::always("200 OK", "through the proxy").await;
    let server = Server::always("200 OK", "direct").await;
    let with_proxy = || reqwest::Client::builder().proxy(reqwest::Proxy::all(proxy.url()).unwrap());
    let builder = Client::builder()
        .http_client_builder(with_proxy())
        .base_url(server.url());
    let text = Call::new(builder.build().unwrap(), open(|_| {}))
        .send()
        .await
        .unwrap();
    assert_eq!(text, "direct");
    assert!(proxy.requests().is_empty());
}

#[tokio::test]
async fn this_machine_is_never_reached_through_a_proxy_of_the_environment() {
    const NAME: &str = "origins::this_machine_is_never_reached_through_a_proxy_of_the_environment";
    if std::env::var_os("PROXY_TEST_CHILD").is_none() {
        // The environment of a running test can't be changed, so the test runs itself once more.
        let mut child = std::process::Command::new(std::env::current_exe().unwrap());
        child.args(["--exact", NAME]).env("PROXY_TEST_CHILD", "1");
        for variable in ["HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"] {
            child.env(variable, "http://127.0.0.1:1");
        }
        let output = child
            .env_remove("NO_PROXY")
            .env_remove("no_proxy")
            .output()
            .unwrap();
        assert!(output.status.success(), "{output:?}");
        return;
    }
    let server = Server::always("200 OK", "direct").await;
    let through = reqwest::Client::builder().build().unwrap();
    through
        .get(server.url())
        .send()
        .await
        .expect_err("there is a proxy, and nobody is there");
    let client = Client::builder().base_url(server.url()).build().unwrap();
    let text = Call::new(client, open(|_| {})).send().await.unwrap();
    assert_eq!(text, "direct");
}

#[tokio::test]
async fn a_builder_of_the_user_is_for_one_side_only() {
    // Made for this machine, so without a proxy: it must not go out into the world.
    let server = Server::always("200 OK", "").await;
    let builder = Client::builder().http_client_builder(reqwest::Client::builder());
    let client = builder.base_url_of(&OTHER, server.url()).build().unwrap();
    let error = Call::new(client, open(|_| {})).send().await.unwrap_err();
    assert!(error.is_configuration(), "{error}");
    assert!(server.requests().is_empty());
}

#[tokio::test]
async fn what_has_one_owner_is_not_left_to_the_users_builder() {
    let thief = Server::always("200 OK", "stolen").await;
    let target = thief.url();
    let server = Server::start(move |_, _| {
        crate::common::server::answer("302 Found", &format!("location: {target}\r\n"), "")
    })
    .await;
    let own = reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::limited(5))
        .connection_verbose(true)
        .user_agent("other/1")
        .referer(true);
    let builder = Client::builder().account("A", "b").http_client_builder(own);
    let client = builder.base_url(server.url()).build().unwrap();
    let error = client.credentials().list().send().await.unwrap_err();
    assert!(error.is_redirect());
    assert!(thief.requests().is_empty());
    let request = server.only_request();
    assert_eq!(
        (request.header("user-agent"), request.header("referer")),
        (Some("example/1.2.3"), None)
    );
}
