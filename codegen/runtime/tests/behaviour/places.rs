//! Servers that a document does not name in full: what users have to say, and where requests go then.

use crate::common::everything;
use crate::common::server::Server;
use crate::runtime::{
    Body, Call, Choice, ClientBuilder, Error, ErrorShape, Method, Operation, Parts, Read, Request,
    ServerUrl, ServerVariable, Settings, Takes,
};

const fn choice(name: &'static str, method: &'static str, takes: Takes) -> Choice {
    Choice {
        name,
        method,
        takes,
        environment: "",
    }
}

static SETTINGS: Settings = Settings {
    user_agent: "example/1.2.3",
    logins: &[],
    variables: &[
        choice("tenantId", "tenant", Takes::Label),
        choice("host", "host", Takes::Host),
        choice("basePath", "base_path", Takes::Path),
        choice("apiRoot", "api_root", Takes::Url),
    ],
    token_url: "",
    request_id_header: "",
    errors: ErrorShape::DEFAULT,
    rate_limited_is_unprocessed: false,
};

const BASE_PATH: ServerVariable = ServerVariable {
    name: "basePath",
    default: "",
};

const fn url(template: &'static str) -> ServerUrl {
    ServerUrl {
        template,
        variables: &[],
    }
}

macro_rules! operations {
    ($($name:ident: $urls:expr;)*) => {
        $(static $name: Operation = Operation {
            id: "GetThing",
            method: Method::GET,
            path: "/things",
            server: &crate::runtime::Server { name: "api", urls: $urls },
            security: &[],
            body: None,
        };)*
    };
}

operations! {
    NOWHERE: &[];
    RELATIVE: &[url("/api/v3")];
    PLAIN: &[url("http://things.example.com/v1")];
    TENANT: &[url("https://{tenantId}.example.com")];
    HOST: &[ServerUrl { template: "http://{host}/v1/{basePath}", variables: &[BASE_PATH] }];
    ROOT: &[url("{apiRoot}/v1")];
}

struct Get(&'static Operation);

impl Request for Get {
    type Output = String;

    const OPERATION: &'static Operation = &NOWHERE;

    fn operation(&self) -> &'static Operation {
        self.0
    }

    fn write(&self, _: &mut Parts) {}

    const READ: Read<String> = Body::text;
}

async fn ask(operation: &'static Operation, builder: ClientBuilder) -> Result<String, Error> {
    Call::new(builder.build()?, Get(operation)).send().await
}

#[tokio::test]
async fn a_call_without_a_server_says_what_to_set_and_sends_nothing() {
    for (operation, wanted) in [
        (&NOWHERE, "call `base_url`"),
        (&RELATIVE, "only the path of its server; call `base_url`"),
        (&PLAIN, "has no HTTPS; call `base_url`"),
        (&TENANT, "call `tenant` or `base_url`"),
        (&HOST, "call `host` or `base_url`"),
        (&ROOT, "call `api_root` or `base_url`"),
    ] {
        let builder = ClientBuilder::new(&SETTINGS);
        let error = ask(operation, builder).await.unwrap_err();
        assert!(error.is_configuration(), "{error}");
        assert!(error.to_string().contains(wanted), "{error}");
        assert!(error.to_string().contains("not sent"), "{error}");
    }
}

#[tokio::test]
async fn a_base_url_is_what_a_path_of_the_document_comes_after() {
    let server = Server::always("200 OK", "{}").await;
    let mut paths = Vec::new();
    for operation in [&NOWHERE, &RELATIVE, &PLAIN, &TENANT, &HOST, &ROOT] {
        let builder = ClientBuilder::new(&SETTINGS);
        let base = format!("{}/gateway/", server.url());
        ask(operation, builder.base_url(base)).await.unwrap();
        paths.push(server.requests().pop().unwrap().path().to_owned());
    }
    let (all, relative) = ("/gateway/things", "/gateway/api/v3/things");
    assert_eq!(paths, [all, relative, all, all, all, all]);
    // One server's own URL takes the place of all of it.
    let own = ClientBuilder::new(&SETTINGS).base_url_of(RELATIVE.server, server.url());
    ask(&RELATIVE, own).await.unwrap();
    assert_eq!(server.requests().pop().unwrap().path(), "/things");
}

#[tokio::test]
async fn variables_are_set_by_what_belongs_at_their_place() {
    let server = Server::always("200 OK", "{}").await;
    let url = server.url();
    let host = url.trim_start_matches("http://").to_owned();
    let with =
        |name: &'static str, value: &str| ClientBuilder::new(&SETTINGS).with_variable(name, value);
    let last = || server.requests().pop().unwrap().path().to_owned();
    ask(&HOST, with("host", &host)).await.unwrap();
    assert_eq!(last(), "/v1/things");
    let both = with("host", &host).with_variable("basePath", "a/b.2");
    ask(&HOST, both).await.unwrap();
    assert_eq!(last(), "/v1/a/b.2/things");
    ask(&ROOT, with("apiRoot", &format!("{url}/root/")))
        .await
        .unwrap();
    assert_eq!(last(), "/root/v1/things");
}

#[test]
fn a_value_never_leaves_its_place() {
    for (name, bad) in [
        ("tenantId", "a.b"),
        ("host", "canary/path"),
        ("host", "canary@host"),
        ("host", "canary:port"),
        ("host", "canary..example"),
        ("host", "canary?x"),
        ("host", "canary:"),
        ("host", ""),
        ("basePath", "../canary"),
        ("basePath", "a/./canary"),
        ("basePath", "/canary"),
        ("basePath", "canary?x=1"),
        ("basePath", "canary#x"),
        ("basePath", "canary%2e"),
        ("apiRoot", "canary.example.com"),
        ("apiRoot", "http://canary.example.com"),
        ("apiRoot", "https://user:canary@example.com"),
        ("apiRoot", "https://example.com/?canary"),
    ] {
        let builder = ClientBuilder::new(&SETTINGS).with_variable(name, bad);
        let error = builder.build().expect_err(bad);
        assert!(error.is_configuration(), "{error}");
        let text = everything(&error);
        assert!(text.contains(name) && !text.contains("canary"), "{text}");
    }
}
