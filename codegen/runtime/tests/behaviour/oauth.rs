//! OAuth client credentials: one request for a token however many wait, none that is not needed, and the secret at one place only.

use crate::common::everything;
use crate::common::server::{Recorded, Reply, Server, answer, json};
use crate::runtime::{
    Body, Call, Client, ClientBuilder, Error, Method, Operation, Parts, Request, Security,
};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

const ID: &str = "OQ0123";
const SECRET: &str = "canary secret/+=&é";

static BOTH: Operation = operation(Method::POST, &[Security::Basic, Security::OAuth]);
static BEARER: Operation = operation(Method::GET, &[Security::Bearer]);
static BASIC: Operation = operation(Method::GET, &[Security::Basic]);
static OPEN: Operation = operation(Method::GET, &[]);

const fn operation(method: Method, security: &'static [Security]) -> Operation {
    Operation {
        id: "MakeThing",
        method,
        path: "/v2/things",
        server: &crate::common::api::SERVER,
        security,
        form: false,
    }
}

struct Ask(&'static Operation);

impl Request for Ask {
    type Output = String;

    fn operation(&self) -> &'static Operation {
        self.0
    }

    fn write(&self, _: &mut Parts) {}

    fn read(body: Body) -> Result<String, Error> {
        body.text()
    }
}

/// An API that takes the tokens of its own token endpoint, each until the next one is given out or it is revoked.
struct Api {
    server: Server,
    state: Arc<State>,
}

#[derive(Default)]
struct State {
    tokens: AtomicUsize,
    revoked: AtomicUsize,
    revoke_after: AtomicUsize,
    served: AtomicUsize,
    /// What the next requests for a token get, the last one first.
    refusals: Mutex<Vec<Reply>>,
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
        let served = self.served.fetch_add(1, Ordering::SeqCst) + 1;
        if served == self.revoke_after.load(Ordering::SeqCst) {
            self.revoked.store(number, Ordering::SeqCst);
        }
        json("200 OK", "done")
    }
}

impl Api {
    async fn start() -> Self {
        let state = Arc::new(State::default());
        *state.expires_in.lock().unwrap() = Some("3600");
        let answering = Arc::clone(&state);
        let server = Server::start(move |request, _| answering.answer(request)).await;
        Self { server, state }
    }

    fn builder(&self) -> ClientBuilder {
        let builder = Client::builder().with_oauth(ID, SECRET);
        let tokens = format!("{}/token", self.server.url());
        builder.base_url(self.server.url()).with_token_url(tokens)
    }

    fn client(&self) -> Client {
        self.builder().build().unwrap()
    }

    /// How many requests there were for a token and for anything else.
    fn counts(&self) -> (usize, usize) {
        let requests = self.server.requests();
        let tokens = requests.iter().filter(|one| one.path() == "/token").count();
        (tokens, requests.len() - tokens)
    }

    fn refuse(&self, reply: Reply) {
        self.state.refusals.lock().unwrap().push(reply);
    }

    fn revoke(&self) {
        let tokens = self.state.tokens.load(Ordering::SeqCst);
        self.state.revoked.store(tokens, Ordering::SeqCst);
    }

    fn live(&self, life: Option<&'static str>) {
        *self.state.expires_in.lock().unwrap() = life;
    }
}

async fn ask(client: &Client) -> Result<String, Error> {
    Call::new(client.clone(), Ask(&BOTH)).send().await
}

/// The clock goes on by this much; sockets and the test's own limits stay in real time.
async fn pass(time: Duration) {
    tokio::time::pause();
    tokio::time::advance(time).await;
    tokio::time::resume();
}

fn assert_clean(error: &Error) {
    let text = everything(error).to_lowercase();
    assert!(!text.contains("canary"), "{text}");
}

#[tokio::test]
async fn a_token_is_asked_for_as_rfc_6749_says_and_used_by_all_calls() {
    let api = Api::start().await;
    let client = api.client();
    assert_eq!(api.counts(), (0, 0), "nothing is sent before a call");
    for _ in 0..3 {
        assert_eq!(ask(&client.clone()).await.unwrap(), "done");
    }
    assert_eq!(api.counts(), (1, 3));
    let requests = api.server.requests();
    let token = &requests[0];
    assert_eq!(token.method, "POST");
    let pairs = [
        ("grant_type", "client_credentials"),
        ("client_id", ID),
        ("client_secret", SECRET),
    ];
    let pairs = pairs.map(|(name, value)| (name.to_owned(), value.to_owned()));
    assert_eq!(token.form(), pairs);
    let length = token.body.len().to_string();
    assert_eq!(token.header("content-length"), Some(length.as_str()));
    assert_eq!(token.header("authorization"), None);
    assert_eq!(token.header("user-agent"), Some("example/1.2.3"));
    assert_eq!(
        token.header("content-type"),
        Some("application/x-www-form-urlencoded")
    );
    for request in &requests[1..] {
        let sent = request.header("authorization");
        assert_eq!(sent, Some("Bearer canary-token-1"));
        assert!(!request.body.contains("canary"));
    }
}

#[tokio::test]
async fn a_scope_is_sent_when_it_is_set() {
    let api = Api::start().await;
    let client = api.builder().with_scope("a:read b").build().unwrap();
    ask(&client).await.unwrap();
    let form = api.server.requests()[0].form();
    assert_eq!(form[3], ("scope".to_owned(), "a:read b".to_owned()));
}

#[tokio::test]
async fn many_callers_wait_for_one_token() {
    let api = Api::start().await;
    let client = api.client();
    let calls: Vec<_> = (0..200)
        .map(|_| {
            let client = client.clone();
            tokio::spawn(async move { ask(&client).await })
        })
        .collect();
    for call in calls {
        call.await.unwrap().unwrap();
    }
    assert_eq!(api.counts(), (1, 200));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_token_that_expires_in_the_middle_of_1000_concurrent_calls_is_refreshed_once() {
    let api = Api::start().await;
    api.state.revoke_after.store(300, Ordering::SeqCst);
    let client = api.client();
    let calls: Vec<_> = (0..1000)
        .map(|_| {
            let client = client.clone();
            tokio::spawn(async move { ask(&client).await })
        })
        .collect();
    for call in calls {
        assert_eq!(call.await.unwrap().unwrap(), "done");
    }
    let (tokens, others) = api.counts();
    assert_eq!(tokens, 2);
    assert_eq!(api.state.served.load(Ordering::SeqCst), 1000);
    let requests = api.server.requests();
    let sent = |token: &str| {
        let of = |one: &&Recorded| one.header("authorization") == Some(token);
        requests.iter().filter(of).count()
    };
    let (first, second) = (sent("Bearer canary-token-1"), sent("Bearer canary-token-2"));
    // Whoever had not been served by the first token came again with the second, once.
    assert_eq!((first + second, second), (others, 700));
    assert!(first > 300 && first <= 1000, "{first}");
}

#[tokio::test]
async fn a_token_is_replaced_before_it_ends_without_anyone_waiting() {
    let api = Api::start().await;
    let client = api.client();
    ask(&client).await.unwrap();
    pass(Duration::from_secs(3600 - 130)).await;
    ask(&client).await.unwrap();
    assert_eq!(api.counts(), (1, 2), "not yet");
    pass(Duration::from_secs(20)).await;
    // The endpoint is slow, so a call that waited for it would be, too.
    let (started, calls) = (std::time::Instant::now(), 5);
    api.refuse(Reply::Stall(Vec::new()));
    for _ in 0..calls {
        ask(&client).await.unwrap();
    }
    assert!(started.elapsed() < Duration::from_secs(5));
    assert_eq!(api.counts(), (2, 2 + calls));
    for request in api
        .server
        .requests()
        .iter()
        .filter(|one| one.path() != "/token")
    {
        let sent = request.header("authorization");
        assert_eq!(sent, Some("Bearer canary-token-1"));
    }
}

#[tokio::test]
async fn the_new_token_is_used_as_soon_as_it_is_there() {
    let api = Api::start().await;
    let client = api.client();
    ask(&client).await.unwrap();
    pass(Duration::from_secs(3600 - 100)).await;
    let mut asked = 0;
    while api
        .server
        .requests()
        .last()
        .unwrap()
        .header("authorization")
        != Some("Bearer canary-token-2")
    {
        asked += 1;
        assert!(asked < 100, "the token was never replaced");
        ask(&client).await.unwrap();
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    assert_eq!(api.counts().0, 2);
}

#[tokio::test]
async fn a_token_that_cannot_be_replaced_is_used_while_it_lasts() {
    let api = Api::start().await;
    let client = api.client();
    ask(&client).await.unwrap();
    pass(Duration::from_secs(3600 - 100)).await;
    for _ in 0..2 {
        api.refuse(answer("503 Service Unavailable", "", ""));
    }
    for _ in 0..20 {
        ask(&client).await.unwrap();
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    assert_eq!(
        api.counts(),
        (2, 21),
        "the endpoint is left alone for a while"
    );
    // It is over, so callers wait, and are told.
    pass(Duration::from_secs(95)).await;
    let error = ask(&client).await.unwrap_err();
    assert_eq!(error.status(), Some(503));
    assert_eq!(ask(&client).await.unwrap(), "done");
    assert_eq!(api.counts(), (4, 22));
}

#[tokio::test]
async fn a_token_is_not_used_after_its_end() {
    for (life, lasts) in [
        (Some("3600"), 3589),
        (Some("\"60\""), 53),
        (Some("40.5"), 35),
    ] {
        let api = Api::start().await;
        api.live(life);
        let client = api.client();
        ask(&client).await.unwrap();
        pass(Duration::from_secs(lasts + 3)).await;
        ask(&client).await.unwrap();
        let last = api.server.requests().pop().unwrap();
        let sent = last.header("authorization");
        assert_eq!(sent, Some("Bearer canary-token-2"), "{life:?}");
        assert_eq!(api.counts(), (2, 2));
    }
}

#[tokio::test]
async fn a_token_without_an_end_is_used_until_it_is_refused() {
    let api = Api::start().await;
    api.live(None);
    let client = api.client();
    ask(&client).await.unwrap();
    pass(Duration::from_secs(1_000_000)).await;
    ask(&client).await.unwrap();
    assert_eq!(api.counts(), (1, 2));
    api.revoke();
    ask(&client).await.unwrap();
    assert_eq!(api.counts(), (2, 4));
}

#[tokio::test]
async fn a_life_of_nothing_or_of_ages_is_no_trouble() {
    for (life, tokens) in [
        ("0", 3),
        ("-5.0", 3),
        ("18446744073709551615", 1),
        ("1e300", 3),
    ] {
        let api = Api::start().await;
        api.live(Some(life));
        let client = api.client();
        for _ in 0..3 {
            ask(&client).await.unwrap();
        }
        assert_eq!(api.counts(), (tokens, 3), "{life}");
    }
}

#[tokio::test]
async fn a_401_renews_the_token_once_for_a_call() {
    let api = Api::start().await;
    let client = api.client();
    ask(&client).await.unwrap();
    api.revoke();
    assert_eq!(ask(&client).await.unwrap(), "done");
    assert_eq!(api.counts(), (2, 3));
    // No token is good any more.
    api.state.revoked.store(usize::MAX, Ordering::SeqCst);
    let error = ask(&client).await.unwrap_err();
    assert!(error.is_auth());
    assert_eq!(error.status(), Some(401));
    assert_eq!(api.counts(), (3, 5));
    assert_clean(&error);
}

#[tokio::test]
async fn a_401_to_basic_or_to_a_token_of_the_user_is_not_sent_again() {
    let api = Api::start().await;
    api.state.revoked.store(usize::MAX, Ordering::SeqCst);
    let builder = || Client::builder().base_url(api.server.url());
    for builder in [
        builder().with_basic("AC1", "canary"),
        builder().with_bearer("canary-token-1"),
    ] {
        let error = ask(&builder.build().unwrap()).await.unwrap_err();
        assert!(error.is_auth());
        assert_clean(&error);
    }
    assert_eq!(api.counts(), (0, 2));
}

#[tokio::test]
async fn dropping_the_first_caller_cancels_nothing() {
    let api = Api::start().await;
    let client = api.client();
    {
        let mut first = Box::pin(ask(&client));
        // It gets as far as asking for the token, and is then dropped.
        let polled = tokio::time::timeout(Duration::ZERO, first.as_mut()).await;
        polled.expect_err("the token cannot be there yet");
    }
    let (one, other) = tokio::join!(ask(&client), ask(&client));
    assert_eq!(
        (one.unwrap(), other.unwrap()),
        ("done".to_owned(), "done".to_owned())
    );
    assert_eq!(api.counts(), (1, 2));
}

#[tokio::test]
async fn a_caller_that_is_not_polled_does_not_hold_others_up() {
    let api = Api::start().await;
    let client = api.client();
    let mut first = Box::pin(ask(&client));
    let polled = tokio::time::timeout(Duration::ZERO, first.as_mut()).await;
    polled.expect_err("the token cannot be there yet");
    let second = tokio::time::timeout(Duration::from_secs(10), ask(&client)).await;
    assert_eq!(second.expect("it waits for nobody").unwrap(), "done");
    assert_eq!(first.await.unwrap(), "done");
    assert_eq!(api.counts(), (1, 2));
}

#[test]
fn a_runtime_that_stops_takes_its_request_for_a_token_with_it() {
    let runtime = || {
        let mut builder = tokio::runtime::Builder::new_current_thread();
        builder.enable_all().build().unwrap()
    };
    let servers = runtime();
    let (stop, stopped) = std::sync::mpsc::channel::<()>();
    let api = servers.block_on(Api::start());
    let serving = std::thread::spawn(move || {
        servers.block_on(async move {
            while stopped.try_recv().is_err() {
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
        });
    });
    api.refuse(Reply::Stall(Vec::new()));
    let client = api.client();
    let first = runtime();
    first.block_on(async {
        let is_asked = async {
            while api.counts() == (0, 0) {
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
        };
        tokio::select! {
            answered = ask(&client) => panic!("the endpoint stalls: {answered:?}"),
            () = is_asked => {}
        }
    });
    drop(first);
    // The endpoint has only the first request's answer to stall with.
    let second = runtime();
    let answered = second
        .block_on(async { tokio::time::timeout(Duration::from_secs(10), ask(&client)).await });
    assert_eq!(answered.expect("it is asked again").unwrap(), "done");
    assert_eq!(api.counts(), (2, 1));
    stop.send(()).unwrap();
    serving.join().unwrap();
}

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
        fn operation(&self) -> &'static Operation {
            &BOTH
        }
        fn write(&self, parts: &mut Parts) {
            parts.header("Authorization", "x", &crate::runtime::Rules::NONE);
        }
        fn read(_: Body) -> Result<(), Error> {
            Ok(())
        }
    }
    let api = Api::start().await;
    let error = Call::new(api.client(), Invalid).send().await.unwrap_err();
    assert!(error.is_invalid_request());
    assert_eq!(api.counts(), (0, 0));
}
