//! The blocking client: it does on the wire, and says of it, what the async one does, and it never blocks async code.

use crate::common::api::{Credentials, NewCredential, SERVER};
use crate::common::everything;
use crate::common::server::{Recorded, Reply, Server, answer, json};
use crate::runtime::{Attempt, Client, ClientBuilder, Error, PageState, Response, blocking};
use std::io::{Read, Write};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, mpsc};
use std::time::{Duration, Instant};

const SID: &str = "CR00000000000000000000000000000000";
const KEY: &str = "-----BEGIN PRIVATE KEY-----\ncanary\n-----END PRIVATE KEY-----\n";
const FOUND: &str = r#"{"sid":"CR00000000000000000000000000000000","type":"fcm","date_created":"2015-10-07T17:50:01Z"}"#;

type Script = fn(usize, &Recorded) -> Reply;

/// A server on a thread of its own, so that who waits for it may block.
fn start(script: Script) -> Server {
    let (tell, told) = mpsc::channel();
    std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap();
        runtime.block_on(async {
            let count = AtomicUsize::new(0);
            let reply = move |request: &Recorded, _: &str| {
                script(count.fetch_add(1, Ordering::SeqCst), request).closing()
            };
            tell.send(Server::start(reply).await).unwrap();
            std::future::pending::<()>().await;
        });
    });
    told.recv().unwrap()
}

#[derive(Clone, Copy, Debug)]
enum Do {
    Fetch,
    FetchNothing,
    Create,
    Delete,
    Items(u64),
    Pages,
    Resumed,
}

/// What happens, and what the server says, by the number of the request.
const SCENARIOS: [(&str, Do, Script, usize); 18] = [
    ("found", Do::Fetch, |_, _| json("200 OK", FOUND), 1),
    ("invalid", Do::FetchNothing, |_, _| json("200 OK", FOUND), 0),
    ("created", Do::Create, |_, _| json("201 Created", FOUND), 1),
    ("deleted", Do::Delete, |_, _| answer("204 No", "", ""), 1),
    ("not found", Do::Fetch, |_, _| refused("404 Not Found"), 1),
    (
        "no login",
        Do::Create,
        |_, _| refused("401 Unauthorized"),
        1,
    ),
    ("down, then up", Do::Fetch, |n, _| down(n, 2, FOUND), 3),
    ("down", Do::Fetch, |n, _| down(n, 9, FOUND), 3),
    ("down for a POST", Do::Create, |n, _| down(n, 9, FOUND), 1),
    ("busy for a POST", Do::Create, |n, _| busy(n, "0"), 2),
    ("busy for long", Do::Fetch, |n, _| busy(n, "999"), 1),
    ("cut", Do::Delete, |n, _| gone(n), 2),
    ("broken", Do::Fetch, |_, _| Reply::Bytes(Vec::new()), 3),
    ("not JSON", Do::Create, |_, _| json("200 OK", "<p>"), 1),
    ("items", Do::Items(u64::MAX), |_, request| page(request), 3),
    ("some items", Do::Items(3), |_, request| page(request), 2),
    ("pages", Do::Pages, |_, request| page(request), 3),
    ("resumed", Do::Resumed, |_, request| page(request), 2),
];

fn refused(status: &str) -> Reply {
    json(status, r#"{"code":20404,"message":"no"}"#)
}

fn down(n: usize, failures: usize, body: &str) -> Reply {
    if n < failures {
        refused("503 Service Unavailable")
    } else {
        json("200 OK", body)
    }
}

fn busy(n: usize, seconds: &str) -> Reply {
    if n > 0 {
        return json("200 OK", FOUND);
    }
    answer(
        "429 Too Many",
        &format!("retry-after: {seconds}\r\n"),
        "slow",
    )
}

/// The first answer is lost; then there is nothing any more.
fn gone(n: usize) -> Reply {
    if n == 0 {
        Reply::Bytes(b"HTTP/1.1 204".to_vec())
    } else {
        refused("404 Not Found")
    }
}

fn page(request: &Recorded) -> Reply {
    let first = request.query().split('&').next();
    let next = match first.unwrap_or_default() {
        "Page=1" => r#""?Page=2""#,
        "Page=2" => "null",
        _ => r#""?Page=1""#,
    };
    json(
        "200 OK",
        &format!(r#"{{"credentials":[{FOUND},{FOUND}],"meta":{{"next_page_url":{next}}}}}"#),
    )
}

fn configure(
    builder: ClientBuilder,
    server: &Server,
    log: &Arc<Mutex<Vec<String>>>,
) -> ClientBuilder {
    let log = Arc::clone(log);
    let short = Duration::from_millis(1);
    let note = move |attempt: &Attempt<'_>| {
        let (number, status) = (attempt.number(), attempt.status());
        let (error, again) = (attempt.error().is_some(), attempt.retry_in().is_some());
        let line = format!("{number} {status:?} {error} {again}");
        log.lock().unwrap().push(line);
    };
    builder
        .account("AC0123", "canary-password")
        .base_url(server.url())
        .retry(crate::runtime::Retry::new().backoff(short, short))
        .on_attempt(note)
}

fn state() -> PageState {
    let text = "1:chat_v2%20ListCredential:1:?Page=1";
    assert_eq!(SERVER.name, "chat_v2");
    text.parse().unwrap()
}

fn told<T: std::fmt::Debug>(result: Result<Response<T>, Error>) -> String {
    match result {
        Ok(Response { value, metadata }) => {
            let (status, id) = (metadata.status(), metadata.request_id());
            assert!(metadata.elapsed() > Duration::ZERO);
            format!("{value:?} {status} {id:?} {}", metadata.attempts())
        }
        Err(error) => everything(&error),
    }
}

/// What is seen of a scenario with either client. The bodies differ in an `await`, and in nothing else.
macro_rules! run {
    ($client:expr, $do:expr, $($await:tt)*) => {{
        let credentials = Credentials::new($client);
        match $do {
            Do::Fetch => told(credentials.fetch(SID).send_with_metadata() $($await)*),
            Do::FetchNothing => told(credentials.fetch("x/../y").send_with_metadata() $($await)*),
            Do::Create => {
                let new = NewCredential::apn("canary", KEY).sandbox(true);
                let call = credentials.create(new).friendly_name("é & so on");
                told(call.header("x-extra", "1").query("a", "b").send_with_metadata() $($await)*)
            }
            Do::Delete => told(credentials.delete(SID).send_with_metadata() $($await)*),
            Do::Items(limit) => {
                let mut items = credentials.list().page_size(2).limit(limit).stream();
                let mut all = Vec::new();
                while let Some(item) = items.next() $($await)* {
                    all.push(format!("{item:?} {:?}", items.state().map(String::from)));
                }
                all.join("\n")
            }
            Do::Pages => {
                let mut pages = credentials.list().query("a", "b").pages();
                let mut all = Vec::new();
                while let Some(page) = pages.next() $($await)* {
                    all.push(format!("{page:?} {:?}", pages.state().map(String::from)));
                }
                all.join("\n")
            }
            Do::Resumed => {
                let mut items = credentials.list().resume(state()).stream();
                let mut count = 0;
                while let Some(item) = items.next() $($await)* {
                    item.unwrap();
                    count += 1;
                }
                count.to_string()
            }
        }
    }};
}

/// What the user is told, what each attempt is told, and what the server got; ports apart.
fn seen(server: &Server, told: &str, log: &Mutex<Vec<String>>) -> String {
    let requests = server.requests();
    let text = format!("{told}\n{:#?}\n{requests:#?}", log.lock().unwrap());
    text.replace(server.url().trim_start_matches("http://"), "(server)")
}

#[test]
fn both_clients_do_the_same_and_say_the_same() {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    for (name, what, script, requests) in SCENARIOS {
        let (log, server) = (Arc::default(), start(script));
        let client = configure(Client::builder(), &server, &log).build().unwrap();
        let told = runtime.block_on(async { run!(client, what, .await) });
        assert_eq!(server.requests().len(), requests, "{name}: {told}");
        let expected = seen(&server, &told, &log);

        let (log, server) = (Arc::default(), start(script));
        let builder = configure(Client::builder(), &server, &log);
        let client = builder.build_blocking().unwrap();
        let told = run!(client, what,);
        assert_eq!(seen(&server, &told, &log), expected, "{name}");
    }
}

fn client(server: &Server) -> blocking::Client {
    configure(Client::builder(), server, &Arc::default())
        .build_blocking()
        .unwrap()
}

#[test]
fn an_attempt_that_takes_too_long_ends_in_time() {
    let scripts: [Script; 2] = [
        |_, _| Reply::Stall(Vec::new()),
        |_, _| Reply::Stall(b"HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\n{".to_vec()),
    ];
    for script in scripts {
        let server = start(script);
        let begun = Instant::now();
        let call = Credentials::new(client(&server)).fetch(SID);
        let error = call
            .attempt_timeout(Duration::from_millis(50))
            .send()
            .unwrap_err();
        assert!(error.is_timeout(), "{error:?}");
        assert_eq!((error.attempts(), server.requests().len()), (3, 3));
        assert!(begun.elapsed() < Duration::from_secs(10));
    }
}

#[test]
fn clones_share_connections_between_threads_and_every_call_ends() {
    let server = start(|n, _| down(n % 3, 1, FOUND));
    let builder = configure(Client::builder(), &server, &Arc::default());
    let client = builder.retry_budget(1000).build_blocking().unwrap();
    std::thread::scope(|scope| {
        for _ in 0..8 {
            let credentials = Credentials::new(client.clone());
            scope.spawn(move || {
                for _ in 0..10 {
                    let _ = credentials.fetch(SID).send();
                }
            });
        }
    });
    assert!((80..=240).contains(&server.requests().len()));
}

#[test]
fn a_client_that_is_gone_leaves_no_connection() {
    let (tell, told) = mpsc::channel();
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let head = format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n", FOUND.len());
        assert!(stream.read(&mut [0; 4096]).unwrap() > 0);
        stream
            .write_all(format!("{head}{FOUND}").as_bytes())
            .unwrap();
        // The connection stays open until the client is gone: then the thread is, too.
        let wait = Duration::from_millis(100);
        stream.set_read_timeout(Some(wait)).unwrap();
        tell.send(stream.read(&mut [0; 1]).map_err(|error| error.kind()))
            .unwrap();
        stream.set_read_timeout(None).unwrap();
        tell.send(stream.read(&mut [0; 1]).map_err(|error| error.kind()))
            .unwrap();
    });
    let builder = Client::builder().account("AC", "x").base_url(url);
    let client = builder.build_blocking().unwrap();
    let items = Credentials::new(client.clone()).list().stream();
    Credentials::new(client).fetch(SID).send().unwrap();
    assert!(told.recv().unwrap().is_err(), "kept by the list");
    drop(items);
    assert_eq!(told.recv_timeout(Duration::from_secs(10)).unwrap(), Ok(0));
}

/// Whether async code can be waited for on this thread: not while it runs some.
fn refusal(client: &blocking::Client, server: &Server) {
    let before = server.requests().len();
    let credentials = Credentials::new(client.clone());
    let error = credentials.fetch(SID).send().unwrap_err();
    assert!(error.is_configuration(), "{error:?}");
    let text = error.to_string();
    assert!(text.starts_with("FetchCredential: not sent: "), "{text}");
    assert!(text.contains("spawn_blocking"), "{text}");
    assert_eq!(error.attempts(), 0);
    let mut items = credentials.list().stream();
    assert!(items.next().unwrap().unwrap_err().is_configuration());
    assert!(items.next().is_none(), "who skips errors comes to an end");
    assert!(credentials.list().pages().next().unwrap().is_err());
    assert!(credentials.delete(SID).send_with_metadata().is_err());
    assert_eq!(server.requests().len(), before);
}

#[tokio::test]
async fn async_code_is_refused_and_keeps_its_steps() {
    let server = start(|_, _| json("200 OK", FOUND));
    // Built, and dropped, where it can't be used.
    let client = client(&server);
    refusal(&client, &server);
    let other = client.clone();
    let url = server.url();
    tokio::spawn(async move {
        let mut left = 0;
        while tokio::task::coop::has_budget_remaining() {
            assert!(Credentials::new(other.clone()).fetch(SID).send().is_err());
            tokio::task::coop::cooperative(std::future::ready(())).await;
            left += 1;
        }
        assert_eq!(left, 128);
        // None left at all.
        assert!(Credentials::new(other).fetch(SID).send().is_err());
    })
    .await
    .unwrap();
    tokio::task::LocalSet::new()
        .run_until(async { refusal(&client, &server) })
        .await;
    let outside = client.clone();
    let fetch = move || Credentials::new(outside).fetch(SID).send();
    tokio::task::spawn_blocking(fetch).await.unwrap().unwrap();
    assert_eq!((server.url(), server.requests().len()), (url, 1));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_thread_that_may_block_is_not_refused() {
    let server = start(|_, _| json("200 OK", FOUND));
    let client = client(&server);
    let run = async move {
        refusal(&client, &server);
        let fetch = || Credentials::new(client.clone()).fetch(SID).send();
        tokio::task::block_in_place(fetch).unwrap();
        refusal(&client, &server);
        assert_eq!(server.requests().len(), 1);
    };
    tokio::spawn(run).await.unwrap();
}

#[test]
fn a_runtime_that_is_only_entered_is_no_async_code() {
    let server = start(|_, _| json("200 OK", FOUND));
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let _entered = runtime.enter();
    Credentials::new(client(&server)).fetch(SID).send().unwrap();
}

#[test]
fn calls_run_where_they_are_made_even_inside_of_an_observer() {
    let server = start(|n, _| down(n, 1, FOUND));
    let inner = client(&server);
    let this = std::thread::current().id();
    let outer = Client::builder()
        .account("AC", "x")
        .base_url(server.url())
        .on_attempt(move |_| {
            assert_eq!(std::thread::current().id(), this);
            // Takes a wake-up that is meant for the call.
            std::thread::current().unpark();
            std::thread::park();
            Credentials::new(inner.clone()).fetch(SID).send().unwrap();
        });
    let outer = outer.build_blocking().unwrap();
    let error = Credentials::new(outer)
        .create(NewCredential::apn("x", KEY))
        .send();
    assert_eq!(error.unwrap_err().status(), Some(503));
    assert_eq!(server.requests().len(), 2);
}

#[test]
fn nothing_of_the_blocking_client_prints_a_secret() {
    let server = start(|_, _| json("200 OK", FOUND));
    let client = client(&server);
    let credentials = Credentials::new(client.clone());
    let call = credentials.create(NewCredential::apn("canary", KEY));
    let (items, pages) = (credentials.list().stream(), credentials.list().pages());
    let text = format!("{client:?} {credentials:?} {call:?} {items:?} {pages:?}");
    assert!(!text.contains("canary"), "{text}");
    assert!(
        text.contains("blocking::Client") && text.contains("Items"),
        "{text}"
    );
}

#[test]
fn clients_calls_and_lists_can_move_between_threads() {
    fn check<T: Send + 'static>(_: &T) {}
    fn share<T: Send + Sync + Clone + 'static>(_: &T) {}
    let server = start(|_, _| json("200 OK", FOUND));
    let client = client(&server);
    share(&client);
    let credentials = Credentials::new(client);
    check(&credentials.fetch(SID));
    check(&credentials.list().stream());
    check(&credentials.list().pages());
}
