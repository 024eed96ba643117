//! Server variables: which URL of a server they lead to, what they may be, and which next pages are then accepted.

use crate::common::server::{Server, json};
use crate::runtime::{
    Body, Call, Client, ClientBuilder, Error, Method, Operation, Parts, Read, Request, Security,
    ServerUrl, ServerVariable,
};

const PORT: ServerVariable = ServerVariable {
    name: "port",
    default: "1",
};
const REGION: ServerVariable = ServerVariable {
    name: "region",
    default: "us1",
};
const EDGE: ServerVariable = ServerVariable {
    name: "edge",
    default: "near",
};

/// Two origins of this machine, in the places of host names that can't be reached from a test.
static LOCAL: crate::runtime::Server = crate::runtime::Server {
    name: "local",
    urls: &[
        ServerUrl {
            template: "http://127.0.0.1:{port}/plain",
            variables: &[PORT],
        },
        ServerUrl {
            template: "http://localhost:{port}/{region}/",
            variables: &[PORT, REGION],
        },
        ServerUrl {
            template: "http://localhost:{port}/{edge}/{region}",
            variables: &[PORT, EDGE, REGION],
        },
    ],
};

static APART: crate::runtime::Server = crate::runtime::Server {
    name: "apart",
    urls: &[
        ServerUrl {
            template: "http://localhost:{port}",
            variables: &[PORT],
        },
        ServerUrl {
            template: "http://localhost/{region}",
            variables: &[REGION],
        },
    ],
};

static LIST: Operation = Operation {
    id: "List",
    method: Method::GET,
    path: "/v2/things",
    server: &LOCAL,
    security: &[],
    body: None,
};
static ELSEWHERE: Operation = Operation {
    id: "Elsewhere",
    method: Method::GET,
    path: "/v2/things",
    server: &APART,
    security: &[&[Security::Basic]],
    body: None,
};

struct Get(&'static Operation);

impl Request for Get {
    type Output = String;

    const OPERATION: &'static Operation = &LIST;

    fn operation(&self) -> &'static Operation {
        self.0
    }

    fn write(&self, parts: &mut Parts) {
        parts.query("PageSize", "2");
    }

    const READ: Read<String> = Body::text;
}

fn builder(server: &Server) -> ClientBuilder {
    let url = server.url();
    let port = url.rsplit(':').next().unwrap();
    Client::builder().with_variable("port", port)
}

async fn target(server: &Server, builder: ClientBuilder) -> String {
    let client = builder.build().unwrap();
    Call::new(client, Get(&LIST)).send().await.unwrap();
    let last = server.requests().pop().unwrap();
    format!(
        "{} {}",
        last.header("host").unwrap().split(':').next().unwrap(),
        last.path()
    )
}

#[tokio::test]
async fn the_first_url_with_every_variable_that_is_set_is_used() {
    let server = Server::start(|_, _| json("200 OK", "{}")).await;
    for (variables, expected) in [
        (&[][..], "127.0.0.1 /plain/v2/things"),
        (&[("region", "au1")], "localhost /au1/v2/things"),
        (&[("edge", "sydney")], "localhost /sydney/us1/v2/things"),
        (
            &[("edge", "sydney"), ("region", "au1")],
            "localhost /sydney/au1/v2/things",
        ),
        // The last value counts, and a variable of another server changes nothing here.
        (
            &[("region", "ie1"), ("region", "au1"), ("other", "x")],
            "localhost /au1/v2/things",
        ),
    ] {
        let set = |builder: ClientBuilder, (name, value): &(&'static str, &str)| {
            builder.with_variable(name, *value)
        };
        let builder = variables.iter().fold(builder(&server), set);
        assert_eq!(target(&server, builder).await, expected, "{variables:?}");
    }
}

#[tokio::test]
async fn a_base_url_goes_before_variables() {
    let server = Server::start(|_, _| json("200 OK", "{}")).await;
    let builder = Client::builder()
        .with_variable("edge", "sydney")
        .base_url(server.url());
    assert_eq!(target(&server, builder).await, "127.0.0.1 /v2/things");
}

#[tokio::test]
async fn variables_that_no_url_of_a_server_has_together_are_an_error() {
    let builder = Client::builder()
        .account("A", "b")
        .with_variable("port", "1")
        .with_variable("region", "au1");
    let call = Call::new(builder.build().unwrap(), Get(&ELSEWHERE));
    let error = call.send().await.unwrap_err();
    assert!(error.is_configuration(), "{error}");
    let text = error.to_string();
    assert!(
        text.contains("port") && text.contains("region") && text.contains("apart"),
        "{text}"
    );
}

#[test]
fn a_value_is_one_label_of_a_host_name() {
    let long = "a".repeat(63);
    for good in ["us1", "A-b-9", "1", long.as_str()] {
        let builder = Client::builder().with_variable("region", good);
        assert!(builder.build().is_ok(), "{good}");
    }
    let too_long = "a".repeat(64);
    for bad in [
        "",
        "us1.evil.example",
        "evil.example/",
        "a/../b",
        "a@b",
        "a:1",
        "a?b",
        "a#b",
        "a\\b",
        "a b",
        "a\r\nb",
        "ü",
        "%2e",
        "{edge}",
        too_long.as_str(),
    ] {
        let builder = Client::builder().with_variable("region", bad);
        let error = builder.build().expect_err(bad);
        assert!(error.is_configuration());
        let text = format!("{error} {error:?}");
        assert!(text.contains("`region`"), "{text}");
        assert!(bad.len() < 5 || !text.contains(bad), "{text}");
    }
}

#[test]
fn the_environment_fills_in_what_is_not_set() {
    // Cargo sets the variable that stands for the region in the settings of these tests.
    let region = env!("CARGO_PKG_VERSION_MINOR");
    let named = format!("http://localhost:1/{region}/v2/things?Page=1");
    let url = |builder: ClientBuilder| next(builder, &named).ok();
    let from_env = || Client::builder().servers_from_env();
    assert_eq!(url(from_env()).as_deref(), Some("Page=1"));
    let set_before = Client::builder()
        .with_variable("region", "au1")
        .servers_from_env();
    assert_eq!(url(set_before), None);
    assert_eq!(url(from_env().with_variable("region", "au1")), None);
    assert_eq!(url(Client::builder()), None);
}

/// The query of the next page, where the client accepts it.
fn next(builder: ClientBuilder, next: &str) -> Result<String, Error> {
    let client = builder.build().unwrap();
    let (client, request, options) = Call::new(client, Get(&LIST)).into_parts();
    let found = client.0.next_query(&request, &options, next);
    found.map(|(_, next)| next)
}

#[test]
fn a_next_page_may_be_on_any_url_that_the_document_declares_for_the_server() {
    let builder = || {
        Client::builder()
            .with_variable("edge", "sydney")
            .with_variable("region", "au1")
    };
    for good in [
        "http://localhost:1/sydney/au1/v2/things?Page=1",
        "http://localhost:1/au1/v2/things?Page=1",
        "http://127.0.0.1:1/plain/v2/things?Page=1",
        "http://127.0.0.1:1/v2/things?Page=1",
        "/sydney/au1/v2/things?Page=1",
        "?Page=1",
    ] {
        assert_eq!(next(builder(), good).unwrap(), "Page=1", "{good}");
        // Behind a gateway, the API still names its own servers.
        let gateway = builder().base_url("http://[::1]:9/gateway");
        assert_eq!(next(gateway, good).unwrap(), "Page=1", "{good}");
    }
    for bad in [
        // Another region, another edge, another port, another host, another path.
        "http://localhost:1/sydney/ie1/v2/things?Page=1",
        "http://localhost:1/dublin/au1/v2/things?Page=1",
        "http://localhost:2/sydney/au1/v2/things?Page=1",
        "https://localhost:1/sydney/au1/v2/things?Page=1",
        "http://evil.example/sydney/au1/v2/things?Page=1",
        "http://localhost.evil.example:1/sydney/au1/v2/things?Page=1",
        "http://a@localhost:1/sydney/au1/v2/things?Page=1",
        "http://localhost:1/sydney/au1/v2/others?Page=1",
        "http://localhost:1/sydney/au1/v2/things/../others?Page=1",
    ] {
        let error = next(builder(), bad).expect_err(bad);
        assert!(error.is_next_page(), "{error}");
        let gateway = builder().base_url("http://[::1]:9/gateway");
        assert!(next(gateway, bad).expect_err(bad).is_next_page());
    }
}
