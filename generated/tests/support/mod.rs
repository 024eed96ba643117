// Generated. Do not edit: change the generator and generate again.

//! A server that remembers one request, and how to compare what it got with an example.

use std::future::Future;

use twilio_push_credentials::{Client, Error};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

/// Decodes an example of an answer.
#[allow(dead_code, reason = "not every document has examples of answers")]
pub fn reads<T: serde::de::DeserializeOwned>(json: &str) {
    if let Err(error) = serde_json::from_str::<T>(json) {
        panic!("the example does not decode: {error}\n{json}");
    }
}

/// A value that the example has as text.
#[allow(dead_code, reason = "not every document has such values")]
pub fn parsed<T: std::str::FromStr>(text: &str) -> T {
    text.parse().unwrap_or_else(|_| panic!("the example has no value of its type: {text}"))
}

/// A value that the document does not describe further.
#[allow(dead_code, reason = "not every document has such values")]
pub fn json(text: &str) -> serde_json::Value {
    serde_json::from_str(text).expect("the example is JSON")
}

/// JSON with its members in order, and each number written in one way.
#[allow(dead_code, reason = "not every document has examples of requests")]
fn in_order(text: &str) -> String {
    format!("{:?}", numbers(json(text)))
}

fn numbers(value: serde_json::Value) -> serde_json::Value {
    use serde_json::Value;
    match value {
        Value::Number(number) => number.as_f64().map_or(Value::Null, Value::from),
        Value::Array(items) => items.into_iter().map(numbers).collect(),
        Value::Object(members) => {
            let members = members.into_iter().map(|(name, value)| (name, numbers(value)));
            // By name, whatever order the map has.
            let members: std::collections::BTreeMap<_, _> = members.collect();
            members.into_iter().collect()
        }
        other => other,
    }
}

/// A field of a form; an object or a list in one is JSON, which may be spaced in another way.
#[allow(dead_code, reason = "not every document has examples of requests")]
fn spaced(field: &str) -> String {
    if field.starts_with(['{', '[']) && serde_json::from_str::<serde_json::Value>(field).is_ok() {
        return in_order(field);
    }
    field.to_owned()
}

/// A server on this machine.
#[allow(dead_code, reason = "not every document has examples of requests")]
pub struct Server {
    listener: TcpListener,
}

#[allow(dead_code, reason = "not every document has examples of requests")]
impl Server {
    /// A server on a port of its own.
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        Self { listener }
    }

    /// A client that talks to this server.
    pub fn client(&self) -> Client {
        let address = self.listener.local_addr().expect("the address of the server");
        let builder = Client::builder().api_key("user", "password");
        builder.base_url(format!("http://{address}")).build().expect("a client")
    }

    /// Sends a call, refuses it, and compares the form that came with what the example says.
    pub async fn receives<T>(
        self,
        call: impl Future<Output = Result<T, Error>>,
        method: &str,
        path: &str,
        pairs: &[(&str, &str)],
    ) {
        let body = self.body(call, method, path).await;
        let sent = url::form_urlencoded::parse(body.as_bytes()).into_owned();
        let mut sent: Vec<_> = sent.map(|(name, value)| (name, spaced(&value))).collect();
        let wanted = pairs.iter().map(|(name, value)| ((*name).to_owned(), spaced(value)));
        let mut wanted: Vec<_> = wanted.collect();
        sent.sort();
        wanted.sort();
        assert_eq!(sent, wanted);
    }

    /// Sends a call, refuses it, and compares the JSON that came with what the example says.
    pub async fn receives_json<T>(
        self,
        call: impl Future<Output = Result<T, Error>>,
        method: &str,
        path: &str,
        wanted: &str,
    ) {
        let body = self.body(call, method, path).await;
        assert_eq!(in_order(&body), in_order(wanted));
    }

    /// Sends a call, refuses it, and gives the body that came.
    async fn body<T>(
        self,
        call: impl Future<Output = Result<T, Error>>,
        method: &str,
        path: &str,
    ) -> String {
        let serve = async {
            let (mut stream, _) = self.listener.accept().await.expect("a request");
            let request = read_request(&mut stream).await;
            let answer = "HTTP/1.1 418 I'm a teapot\r\ncontent-length: 0\r\nconnection: close\r\n\r\n";
            stream.write_all(answer.as_bytes()).await.expect("an open connection");
            request
        };
        let serve = tokio::time::timeout(std::time::Duration::from_secs(30), serve);
        let (result, request) = tokio::join!(call, serve);
        let Err(error) = result else { panic!("the server refused the call, yet it succeeded") };
        let Ok(request) = request else { panic!("nothing was sent: {error}") };
        assert_eq!(error.status(), Some(418), "{error}");
        let (head, body) = request.split_once("\r\n\r\n").expect("a head and a body");
        // A key may be in the query.
        let target = head.split(['?', ' ']).take(2).collect::<Vec<_>>();
        let url = url::Url::parse(&format!("http://localhost{path}")).expect("a path");
        assert_eq!(target, [method, url.path()], "{head}");
        body.to_owned()
    }
}

async fn read_request(stream: &mut tokio::net::TcpStream) -> String {
    let mut bytes = Vec::new();
    let mut buffer = [0; 4096];
    loop {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let length = head.lines().find_map(|line| {
                let (name, value) = line.split_once(": ")?;
                name.eq_ignore_ascii_case("content-length").then(|| value.parse::<usize>().ok())?
            });
            if body.len() >= length.unwrap_or(0) {
                return text;
            }
        }
        let count = stream.read(&mut buffer).await.expect("an open connection");
        assert!(count > 0, "the request ended early: {text}");
        bytes.extend_from_slice(&buffer[..count]);
    }
}
