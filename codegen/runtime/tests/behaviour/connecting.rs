//! How long it may take to connect: by default, for a client and for one call.

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
