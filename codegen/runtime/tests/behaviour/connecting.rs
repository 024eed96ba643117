//! How long it may take to connect: by default, for a client and for one call.

use crate::common::api::NewCredential;
use crate::common::{AT_ONCE, PASSWORD, USER};
use crate::runtime::{Client, ClientBuilder, Error};
use std::time::Duration;
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::time::Instant;

/// A server that has no room for another connection, so that the next one waits.
struct Full {
    listener: TcpListener,
    _waiting: Vec<TcpStream>,
}

impl Full {
    async fn start() -> Self {
        let socket = TcpSocket::new_v4().unwrap();
        socket.bind("127.0.0.1:0".parse().unwrap()).unwrap();
        let listener = socket.listen(1).unwrap();
        let address = listener.local_addr().unwrap();
        let mut waiting = Vec::new();
        let wait = Duration::from_millis(200);
        while let Ok(stream) = tokio::time::timeout(wait, TcpStream::connect(address)).await {
            waiting.push(stream.unwrap());
        }
        Self {
            listener,
            _waiting: waiting,
        }
    }

    fn url(&self) -> String {
        format!("http://{}", self.listener.local_addr().unwrap())
    }
}

/// The error of a call, and how long each of its three attempts took.
async fn outcome(
    server: &Full,
    of_client: impl Fn(ClientBuilder) -> ClientBuilder,
    of_call: Option<Duration>,
) -> (Error, Duration) {
    let builder = Client::builder()
        .account(USER, PASSWORD)
        .base_url(server.url())
        .retry(AT_ONCE);
    let client: Client = of_client(builder).build().unwrap();
    let mut call = client
        .credentials()
        .fetch("CR0123456789abcdef0123456789ABCDEF");
    if let Some(timeout) = of_call {
        call = call.connect_timeout(timeout);
    }
    let begun = Instant::now();
    let error = call.send().await.unwrap_err();
    assert_eq!(error.attempts(), 3);
    (error, begun.elapsed() / 3)
}

#[tokio::test]
async fn a_connection_that_takes_too_long_is_given_up_after_the_time_of_the_client_or_the_call() {
    let server = Full::start().await;
    let second = Duration::from_secs(1);
    // From here on, time passes only where something waits for it.
    tokio::time::pause();
    let as_it_is = |builder: ClientBuilder| builder;
    let patient = |builder: ClientBuilder| builder.connect_timeout(4 * second);
    let brought = |builder: ClientBuilder| {
        let http = reqwest::Client::builder().connect_timeout(second / 10);
        builder
            .http_client_builder(http)
            .connect_timeout(3 * second)
    };
    let cases = [
        (outcome(&server, as_it_is, None).await, 10),
        (outcome(&server, patient, None).await, 4),
        (outcome(&server, patient, Some(2 * second)).await, 2),
        (outcome(&server, as_it_is, Some(20 * second)).await, 20),
        (outcome(&server, brought, None).await, 3),
        (outcome(&server, brought, Some(second)).await, 1),
    ];
    for ((error, taken), seconds) in cases {
        assert!(error.is_connect() && error.is_timeout(), "{error:?}");
        assert!(!error.may_have_been_applied());
        let early = taken.as_millis() + 100 < seconds * 1000;
        let late = taken.as_millis() > seconds * 1000 + 100;
        assert!(
            !early && !late,
            "{taken:?} instead of {seconds} s: {error:?}"
        );
    }
}

#[tokio::test]
async fn a_connection_that_an_attempt_has_no_time_for_is_known_not_to_have_sent_anything() {
    let server = Full::start().await;
    tokio::time::pause();
    let second = Duration::from_secs(1);
    let limits: [fn(ClientBuilder) -> ClientBuilder; 3] = [
        |builder| builder.attempt_timeout(Duration::from_millis(400)),
        |builder| builder.timeout(Duration::from_millis(400)),
        |builder| {
            let builder = builder.timeout(Duration::from_millis(2_500));
            builder.connect_timeout(Duration::from_secs(1))
        },
    ];
    for limit in limits {
        let builder = Client::builder()
            .account(USER, PASSWORD)
            .base_url(server.url());
        let client = limit(builder.retry(AT_ONCE)).build().unwrap();
        let begun = Instant::now();
        let new = NewCredential::apn("certificate", "-----BEGIN PRIVATE KEY-----");
        let error = client.credentials().create(new).send().await.unwrap_err();
        assert!(error.is_connect() && error.is_timeout(), "{error:?}");
        assert!(!error.may_have_been_applied(), "{error:?}");
        assert_eq!(error.attempts(), 3);
        assert!(begun.elapsed() <= 3 * second);
    }
}

#[tokio::test]
async fn what_a_builder_of_the_users_says_of_connecting_stays() {
    let server = Full::start().await;
    tokio::time::pause();
    let brought = |builder: ClientBuilder| {
        let http = reqwest::Client::builder().connect_timeout(Duration::from_secs(2));
        builder.http_client_builder(http)
    };
    let (error, taken) = outcome(&server, brought, None).await;
    assert!(error.is_connect() && error.is_timeout(), "{error:?}");
    assert_eq!(taken.as_millis() / 100, 20, "{taken:?}");
}
