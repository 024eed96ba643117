//! An API that logs in with OAuth, and its token endpoint.

use super::everything;
use crate::common::server::{Recorded, Reply, Server, json};
use crate::runtime::{
    Body, Call, Client, ClientBuilder, Error, Method, Operation, Parts, Read, Request, Retry,
    Security,
};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

pub(crate) const ID: &str = "OQ0123";
pub(crate) const SECRET: &str = "canary secret/+=&é";

pub(crate) static BOTH: Operation =
    operation(Method::POST, &[&[Security::Basic], &[Security::OAuth]]);
pub(crate) static BEARER: Operation = operation(Method::GET, &[&[Security::Bearer]]);
pub(crate) static BASIC: Operation = operation(Method::GET, &[&[Security::Basic]]);
pub(crate) static OPEN: Operation = operation(Method::GET, &[]);
#[cfg(feature = "tracing")]
pub(crate) static KEYED: Operation = operation(Method::GET, &[&[Security::Query("key")]]);

pub(crate) const fn operation(
    method: Method,
    security: &'static [&'static [Security]],
) -> Operation {
    Operation {
        id: "MakeThing",
        method,
        path: "/v2/things",
        server: &crate::common::api::SERVER,
        security,
        body: None,
    }
}

pub(crate) struct Ask(pub(crate) &'static Operation);

impl Request for Ask {
    type Output = String;

    const OPERATION: &'static Operation = &OPEN;

    fn operation(&self) -> &'static Operation {
        self.0
    }

    fn write(&self, _: &mut Parts) {}

    const READ: Read<String> = Body::text;
}

/// An API that takes the tokens of its own token endpoint, each until the next one is given out or it is revoked.
pub(crate) struct Api {
    pub(crate) server: Server,
    pub(crate) state: Arc<State>,
}

#[derive(Default)]
pub(crate) struct State {
    pub(crate) tokens: AtomicUsize,
    pub(crate) revoked: AtomicUsize,
    pub(crate) revoke_after: AtomicUsize,
    pub(crate) served: AtomicUsize,
    /// What the next requests for a token get, the last one first.
    refusals: Mutex<Vec<Reply>>,
    /// What the next requests with a good token get, the last one first.
    failures: Mutex<Vec<Reply>>,
    expires_in: Mutex<Option<&'static str>>,
}

impl State {
    fn answer(&self, request: &Recorded) -> Reply {
        if request.path() == "/token" {
            if let Some(reply) = self.refusals.lock().unwrap().pop() {
                return reply;
            }
            let number = self.tokens.fetch_add(1, Ordering::SeqCst) + 1;
            let life = self.expires_in.lock().unwrap();
            let life = life.map_or_else(String::new, |life| format!(r#","expires_in":{life}"#));
            let body = format!(
                r#"{{"access_token":"canary-token-{number}","token_type":"bearer"{life}}}"#
            );
            return json("200 OK", &body);
        }
        let token = request.header("authorization").unwrap_or_default();
        let number = token.strip_prefix("Bearer canary-token-");
        let number: usize = number.and_then(|number| number.parse().ok()).unwrap_or(0);
        if number <= self.revoked.load(Ordering::SeqCst) {
            let body = format!(r#"{{"code":20003,"message":"{token} is no good"}}"#);
            return json("401 Unauthorized", &body);
        }
        if let Some(reply) = self.failures.lock().unwrap().pop() {
            return reply;
        }
        let served = self.served.fetch_add(1, Ordering::SeqCst) + 1;
        if served == self.revoke_after.load(Ordering::SeqCst) {
            self.revoked.store(number, Ordering::SeqCst);
        }
        json("200 OK", "done")
    }
}

impl Api {
    pub(crate) async fn start() -> Self {
        let state = Arc::new(State::default());
        *state.expires_in.lock().unwrap() = Some("3600");
        let answering = Arc::clone(&state);
        let server = Server::start(move |request, _| answering.answer(request)).await;
        Self { server, state }
    }

    /// A builder of a client that never sends again, but for the sake of a new token.
    pub(crate) fn builder(&self) -> ClientBuilder {
        let builder = Client::builder().with_oauth(ID, SECRET);
        let tokens = format!("{}/token", self.server.url());
        let builder = builder.base_url(self.server.url()).with_token_url(tokens);
        builder.retry(Retry::never())
    }

    pub(crate) fn client(&self) -> Client {
        self.builder().build().unwrap()
    }

    /// How many requests there were for a token and for anything else.
    pub(crate) fn counts(&self) -> (usize, usize) {
        let requests = self.server.requests();
        let tokens = requests.iter().filter(|one| one.path() == "/token").count();
        (tokens, requests.len() - tokens)
    }

    pub(crate) fn refuse(&self, reply: Reply) {
        self.state.refusals.lock().unwrap().push(reply);
    }

    pub(crate) fn fail(&self, reply: Reply) {
        self.state.failures.lock().unwrap().push(reply);
    }

    pub(crate) fn revoke(&self) {
        let tokens = self.state.tokens.load(Ordering::SeqCst);
        self.state.revoked.store(tokens, Ordering::SeqCst);
    }

    pub(crate) fn live(&self, life: Option<&'static str>) {
        *self.state.expires_in.lock().unwrap() = life;
    }
}

pub(crate) async fn ask(client: &Client) -> Result<String, Error> {
    Call::new(client.clone(), Ask(&BOTH)).send().await
}

/// The clock goes on by this much; sockets and the test's own limits stay in real time.
pub(crate) async fn pass(time: Duration) {
    tokio::time::pause();
    tokio::time::advance(time).await;
    tokio::time::resume();
}

pub(crate) fn assert_clean(error: &Error) {
    let text = everything(error).to_lowercase();
    assert!(!text.contains("canary"), "{text}");
}
