//! What happens over TLS, whichever library does it.

use crate::authority::{Authority, Server};
use crate::common::everything;
use crate::common::probe::{get, open};
use crate::common::server::answer;
use crate::runtime::{
    Body, Call, Client, ClientBuilder, Error, Method, Operation, Parts, Read, Request, Retry,
    Security,
};
use tokio::io::{AsyncReadExt, AsyncWriteExt};

type Http = fn() -> reqwest::ClientBuilder;

const SECRET: &str = "canary-password";

fn builder(http: reqwest::ClientBuilder) -> ClientBuilder {
    Client::builder()
        .account("AC0123", SECRET)
        .http_client_builder(http)
}

async fn ask(client: Client) -> Result<String, Error> {
    let request = get(|parts| parts.path("Id", "1"));
    Call::new(client, request).send().await
}

/// Refused for its certificate, which is said, at the first attempt, because it would be the same at the next.
fn assert_refused(error: &Error) {
    assert!(error.is_connect() && !error.is_timeout(), "{error:?}");
    assert_eq!(error.attempts(), 1, "{error}");
    let text = error.to_string();
    let reason = "no secure connection could be made: a certificate was not accepted";
    assert!(text.contains(reason), "{text}");
    assert!(std::error::Error::source(error).is_some());
    assert!(!everything(error).contains("canary"));
}

pub(crate) async fn a_certificate_of_a_trusted_authority_is_accepted(http: Http, _: &str) {
    let authority = Authority::new();
    let server = Server::start(&authority, &["localhost", "127.0.0.1"]).await;
    let trusting = || builder(http().tls_certs_merge([authority.root()]));
    ask(trusting().base_url(server.url()).build().unwrap())
        .await
        .unwrap();
    let by_address = format!("https://{}", server.address);
    ask(trusting().base_url(by_address).build().unwrap())
        .await
        .unwrap();
    let requests = server.requests();
    assert_eq!(requests.len(), 2);
    for request in requests {
        let request = request.to_ascii_lowercase();
        assert!(
            request.starts_with("get /v2/things/1/parts http/1.1\r\n"),
            "{request}"
        );
        assert!(request.contains("authorization: basic "), "{request}");
    }
}

pub(crate) async fn a_certificate_of_an_unknown_authority_is_refused(http: Http, _: &str) {
    let authority = Authority::new();
    let server = Server::start(&authority, &["localhost"]).await;
    let other = Authority::new();
    let clients = [
        // The authorities of this machine.
        builder(http()),
        // One that has the same name, but not the same key.
        builder(http().tls_certs_merge([other.root()])),
        builder(http().tls_certs_only([other.root()])),
        // Made without a builder of the user.
        Client::builder().account("AC0123", SECRET),
    ];
    for client in clients {
        let client = client.base_url(server.url()).build().unwrap();
        assert_refused(&ask(client).await.unwrap_err());
    }
    assert!(server.requests().is_empty(), "the credentials went out");
}

pub(crate) async fn a_server_without_tls_is_no_secure_connection(http: Http, _: &str) {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("https://{}", listener.local_addr().unwrap());
    let serving = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        let answer = b"HTTP/1.1 400 Bad Request\r\ncontent-length: 0\r\n\r\n";
        stream.write_all(answer).await.unwrap();
        let mut sent = Vec::new();
        // How the client goes away is up to it.
        let _ = stream.read_to_end(&mut sent).await;
        sent
    });
    let client = builder(http()).base_url(url).retry(Retry::never());
    let error = ask(client.build().unwrap()).await.unwrap_err();
    assert!(error.is_connect(), "{error:?}");
    assert!(!everything(&error).contains("canary"));
    let sent = String::from_utf8_lossy(&serving.await.unwrap()).to_lowercase();
    assert!(!sent.contains("authorization"), "the credentials went out");
}

pub(crate) async fn a_certificate_for_another_host_is_refused(http: Http, _: &str) {
    let authority = Authority::new();
    let server = Server::start(&authority, &["gateway.example.com"]).await;
    let trusting = builder(http().tls_certs_merge([authority.root()]));
    let client = trusting.base_url(server.url()).build().unwrap();
    assert_refused(&ask(client).await.unwrap_err());
    assert!(server.requests().is_empty(), "the credentials went out");
}

/// An operation that takes tokens.
struct Tokens;

impl Request for Tokens {
    type Output = String;
    const READ: Read<String> = Body::text;
    const OPERATION: &'static Operation = &Operation {
        id: "Tokens",
        method: Method::GET,
        path: "/v2/things",
        server: &crate::common::api::SERVER,
        security: &[&[Security::OAuth]],
        body: None,
    };

    fn write(&self, _: &mut Parts) {}
}

pub(crate) async fn a_token_is_fetched_over_tls_and_only_from_whom_it_should(http: Http, _: &str) {
    let (authority, other) = (Authority::new(), Authority::new());
    let api = Server::start(&authority, &["localhost"]).await;
    let thief = Server::start(&other, &["localhost"]).await;
    let client = |tokens: &Server| {
        let builder = builder(http().tls_certs_merge([authority.root()]));
        let builder = builder.with_oauth("OQ1", SECRET).base_url(api.url());
        let url = format!("{}/v2/token", tokens.url());
        builder.with_token_url(url).build().unwrap()
    };
    let error = Call::new(client(&thief), Tokens).send().await.unwrap_err();
    assert_refused(&error);
    assert!(thief.requests().is_empty(), "the secret went out");
    assert!(api.requests().is_empty(), "nothing to log in with");
    Call::new(client(&api), Tokens).send().await.unwrap();
    let requests = api.requests();
    assert!(requests[0].starts_with("POST /v2/token "), "{requests:?}");
    assert!(requests[0].ends_with(&format!("client_id=OQ1&client_secret={SECRET}")));
    let request = requests[1].to_ascii_lowercase();
    assert!(
        request.contains("authorization: bearer over-tls\r\n"),
        "{request}"
    );
}

pub(crate) async fn edge_and_region_are_part_of_the_host_name(http: Http, _: &str) {
    let authority = Authority::new();
    for (edge, region, host) in [
        (None, None, "chat.example.com"),
        (None, Some("au1"), "chat.au1.example.com"),
        (Some("sydney"), None, "chat.sydney.us1.example.com"),
        (Some("sydney"), Some("au1"), "chat.sydney.au1.example.com"),
    ] {
        // The certificate is for this host alone, which only this test leads to this machine.
        let server = Server::start(&authority, &[host]).await;
        let http = http()
            .tls_certs_merge([authority.root()])
            .resolve(host, server.address)
            .no_proxy();
        let mut builder = builder(http);
        if let Some(edge) = edge {
            builder = builder.with_variable("edge", edge);
        }
        if let Some(region) = region {
            builder = builder.with_variable("region", region);
        }
        ask(builder.build().unwrap()).await.unwrap();
        let request = server.requests().remove(0).to_ascii_lowercase();
        assert!(request.contains(&format!("host: {host}\r\n")), "{request}");
    }
}

pub(crate) async fn other_machines_are_reached_through_the_proxy_of_the_environment(
    http: Http,
    name: &str,
) {
    if let Ok(proxy) = std::env::var("PROXY_TEST_CHILD") {
        for client in [builder(http()), Client::builder().account("AC0123", SECRET)] {
            let client = client.base_url("https://gateway.example.com");
            let client = client.retry(Retry::never()).build().unwrap();
            let error = ask(client).await.unwrap_err();
            assert!(error.is_connect(), "{error:?}");
            assert!(!everything(&error).contains("canary"));
        }
        // This machine is reached without it, even when it does not answer.
        let local = builder(http()).base_url(&proxy).retry(Retry::never());
        let local = local.build().unwrap();
        let direct = Call::new(local, open(|_| {})).send().await;
        assert_eq!(direct.unwrap_err().status(), Some(502));
        return;
    }
    let proxy = crate::common::server::Server::start(|_, _| answer("502 Bad Gateway", "", ""));
    let proxy = proxy.await;
    // The environment of a running test can't be changed, so the test runs itself once more.
    let mut child = std::process::Command::new(std::env::current_exe().unwrap());
    child.args(["--exact", name]);
    child.env("PROXY_TEST_CHILD", proxy.url());
    for variable in ["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"] {
        child.env(variable, proxy.url());
    }
    child.env_remove("NO_PROXY").env_remove("no_proxy");
    let output = tokio::task::spawn_blocking(move || child.output().unwrap());
    let output = output.await.unwrap();
    assert!(output.status.success(), "{output:?}");
    let lines: Vec<String> = proxy
        .requests()
        .iter()
        .map(|one| format!("{} {}", one.method, one.target))
        .collect();
    let connect = "CONNECT gateway.example.com:443";
    assert_eq!(lines, [connect, connect, "GET /v2/open"]);
    for request in proxy.requests() {
        assert_eq!(request.header("authorization"), None, "before TLS");
    }
}
