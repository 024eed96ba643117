//! How long a call waits: between attempts, for what a server asks, and never beyond its timeout.

use crate::common::clock::Clock;
use crate::common::server::{Reply, Server, answer, json};
use crate::common::{AT_ONCE, CREDENTIAL, builder};
use crate::runtime::{Error, Retry};
use std::time::Duration;
use tokio::time::Instant;

const SID: &str = "CR0123456789abcdef0123456789ABCDEF";

const SECOND: Duration = Duration::from_secs(1);

/// A server that is down at first, for so many requests, and says these headers with it.
async fn down(times: usize, headers: impl Into<String>) -> Server {
    let headers = headers.into();
    let reply = move |before| {
        if before < times {
            answer("503 Service Unavailable", &headers, "")
        } else {
            json("200 OK", CREDENTIAL)
        }
    };
    Server::counting(reply).await
}

/// How long a fetch takes in virtual time, and how it ends.
async fn fetch(clock: &Clock, server: &Server, retry: Retry) -> (Duration, Result<(), Error>) {
    let client = builder(server).retry(retry).on_attempt(clock.observer());
    let client = client.build().unwrap();
    let start = Instant::now();
    let result = client.credentials().fetch(SID).send().await;
    (start.elapsed(), result.map(|_| ()))
}

#[test]
fn pauses_are_drawn_below_an_end_that_doubles_up_to_a_cap() {
    let retry = Retry::new();
    let ends = [500, 1000, 2000, 4000, 8000, 8000, 8000];
    for (attempts, end) in (1..).zip(ends) {
        let end = Duration::from_millis(end);
        assert_eq!(retry.pause(attempts, None, 0), Some(Duration::ZERO));
        assert_eq!(retry.pause(attempts, None, 1 << 63), Some(end / 2));
        let most = retry.pause(attempts, None, u64::MAX).unwrap();
        assert!(
            most < end && most + Duration::from_micros(1) > end,
            "{most:?}"
        );
    }
    for attempts in [0, 31, 32, 33, 64, u32::MAX] {
        let pause = retry.pause(attempts, None, u64::MAX).unwrap();
        assert!(pause < 8 * SECOND, "{attempts}: {pause:?}");
    }
    let huge = Retry::new().backoff(Duration::MAX, Duration::MAX);
    assert!(huge.pause(40, None, u64::MAX).unwrap() > Duration::from_secs(1 << 33));
    assert_eq!(Retry::default(), retry);
}

#[tokio::test]
async fn pauses_differ_from_call_to_call() {
    let clock = Clock::start();
    let mut pauses = Vec::new();
    for _ in 0..20 {
        let server = down(1, "").await;
        let (pause, result) = fetch(&clock, &server, Retry::new()).await;
        result.unwrap();
        assert!(pause <= Duration::from_millis(502), "{pause:?}");
        pauses.push(pause);
    }
    let spread = pauses
        .iter()
        .max()
        .unwrap()
        .saturating_sub(*pauses.iter().min().unwrap());
    assert!(spread > Duration::from_millis(50), "{pauses:?}");
}

#[tokio::test]
async fn a_pause_is_as_long_as_the_server_asks_and_a_little_longer() {
    let clock = Clock::start();
    // The dates are counted from the server's own clock, which is years behind here.
    let asked = [
        "retry-after: 7\r\n",
        "Retry-After:  7 \r\n",
        "date: Wed, 21 Oct 2015 07:28:00 GMT\r\nretry-after: Wed, 21 Oct 2015 07:28:07 GMT\r\n",
        "date: Wed, 21 Oct 2015 07:28:00 GMT\r\nretry-after: Wednesday, 21-Oct-15 07:28:07 GMT\r\n",
        "date: Wed, 21 Oct 2015 07:28:00 GMT\r\nretry-after: Wed Oct 21 07:28:07 2015\r\n",
        "date: Tue, 6 Oct 2015 23:59:59 GMT\r\nretry-after: Wed Oct  7 00:00:06 2015\r\n",
    ];
    for headers in asked {
        let server = down(1, headers).await;
        let (pause, result) = fetch(&clock, &server, Retry::new()).await;
        result.unwrap();
        assert!(
            (7 * SECOND..8 * SECOND).contains(&pause),
            "{headers}: {pause:?}"
        );
        assert_eq!(server.requests().len(), 2);
    }
}

#[tokio::test]
async fn a_date_counts_from_our_clock_where_the_server_shows_none() {
    let clock = Clock::start();
    let until = chrono::DateTime::<chrono::Utc>::from(std::time::SystemTime::now() + 30 * SECOND);
    let server = down(1, format!("retry-after: {}\r\n", until.to_rfc2822())).await;
    let (pause, result) = fetch(&clock, &server, Retry::new()).await;
    result.unwrap();
    assert!((25 * SECOND..31 * SECOND).contains(&pause), "{pause:?}");
}

#[tokio::test]
async fn a_time_that_has_passed_and_a_header_without_sense_ask_for_nothing() {
    let clock = Clock::start();
    let headers = [
        "retry-after: 0\r\n",
        "retry-after: Wed, 21 Oct 2015 07:28:00 GMT\r\n",
        "retry-after:\r\n",
        "retry-after: soon\r\n",
        "retry-after: -5\r\n",
        "retry-after: 1.5\r\n",
        "retry-after: 1e3\r\n",
        "retry-after: Wed, 41 Oct 2015 07:28:00 GMT\r\n",
        "retry-after: \u{fc}\r\n",
        "retry-after: soon\r\nretry-after: 50\r\n",
    ];
    for headers in headers {
        let server = down(1, headers).await;
        let (pause, result) = fetch(&clock, &server, Retry::new()).await;
        result.unwrap();
        assert!(pause <= SECOND, "{headers}: {pause:?}");
    }
}

#[tokio::test]
async fn a_server_that_asks_for_more_than_is_allowed_gets_no_second_request() {
    let clock = Clock::start();
    let huge = u64::MAX;
    for (header, told) in [
        ("61", 61),
        ("3600", 3600),
        ("99999999999999999999999", huge),
    ] {
        let server = down(1, format!("retry-after: {header}\r\n")).await;
        let (pause, result) = fetch(&clock, &server, Retry::new()).await;
        let error = result.unwrap_err();
        assert_eq!(error.retry_after(), Some(Duration::from_secs(told)));
        assert_eq!((error.attempts(), server.requests().len()), (1, 1));
        assert!(pause < SECOND, "{pause:?}");
    }
    let server = down(1, "retry-after: 61\r\n").await;
    let patient = Retry::new().max_retry_after(61 * SECOND);
    let (pause, result) = fetch(&clock, &server, patient).await;
    result.unwrap();
    assert!((61 * SECOND..62 * SECOND).contains(&pause), "{pause:?}");
}

#[tokio::test]
async fn a_pause_that_would_leave_no_time_is_not_begun() {
    let clock = Clock::start();
    let server = down(9, "retry-after: 20\r\n").await;
    let client = builder(&server)
        .on_attempt(clock.observer())
        .timeout(45 * SECOND);
    let client = client.retry(Retry::new().max_attempts(9)).build().unwrap();
    let start = Instant::now();
    let error = client.credentials().fetch(SID).send().await.unwrap_err();
    // Two pauses of 20 seconds fit, and a third does not.
    assert_eq!((error.attempts(), server.requests().len()), (3, 3));
    assert_eq!(
        (error.status(), error.retry_after()),
        (Some(503), Some(20 * SECOND))
    );
    assert!(
        (40 * SECOND..45 * SECOND).contains(&start.elapsed()),
        "{:?}",
        start.elapsed()
    );
    // The call's own timeout takes the place of the client's.
    let start = Instant::now();
    let error = client
        .credentials()
        .fetch(SID)
        .timeout(5 * SECOND)
        .send()
        .await
        .unwrap_err();
    assert_eq!((error.attempts(), start.elapsed() < SECOND), (1, true));
}

#[tokio::test]
async fn a_call_without_any_time_is_not_sent() {
    let server = down(0, "").await;
    let client = builder(&server).build().unwrap();
    let call = client.credentials().fetch(SID).timeout(Duration::ZERO);
    let error = call.send().await.unwrap_err();
    assert!(
        error.is_timeout() && !error.may_have_been_applied(),
        "{error:?}"
    );
    assert_eq!((error.attempts(), server.requests().len()), (0, 0));
}

#[tokio::test]
async fn a_server_that_stalls_is_left_after_the_timeout_of_an_attempt_and_of_the_call() {
    let clock = Clock::start();
    for (limits, attempts, least) in [
        // As it is by default: three attempts of 30 seconds.
        ((30, 120), 3, 90),
        // The fourth attempt is cut short by the end of the call.
        ((30, 100), 4, 100),
        ((200, 100), 1, 100),
    ] {
        let pass = clock.pass();
        let (attempt, call) = limits;
        let silent = Server::start(move |_, _| {
            // As long as the attempt may take, once the request has arrived.
            pass(Duration::from_secs(attempt));
            Reply::Stall(Vec::new())
        });
        let silent = silent.await;
        let client = builder(&silent)
            .on_attempt(clock.observer())
            .attempt_timeout(Duration::from_secs(attempt))
            .timeout(Duration::from_secs(call))
            .retry(AT_ONCE.max_attempts(if attempts == 4 { 9 } else { 3 }));
        let client = client.build().unwrap();
        let start = Instant::now();
        let error = client.credentials().fetch(SID).send().await.unwrap_err();
        assert!(error.is_timeout(), "{error:?}");
        assert_eq!(error.attempts(), attempts);
        assert_eq!(silent.requests().len(), usize::try_from(attempts).unwrap());
        assert!(
            start.elapsed() >= Duration::from_secs(least),
            "{:?}",
            start.elapsed()
        );
    }
}

#[tokio::test]
async fn a_fetch_that_stalls_once_is_fetched_by_the_second_attempt() {
    let server = Server::counting(|before| match before {
        0 => Reply::Stall(b"HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\n{".to_vec()),
        _ => json("200 OK", CREDENTIAL),
    });
    let server = server.await;
    let client = builder(&server).retry(AT_ONCE).build().unwrap();
    let call = client
        .credentials()
        .fetch(SID)
        .attempt_timeout(Duration::from_millis(80));
    let fetched = call.send_with_metadata().await.unwrap();
    assert_eq!(
        (fetched.metadata.attempts(), server.requests().len()),
        (2, 2)
    );
    assert!(fetched.metadata.elapsed() >= Duration::from_millis(80));
}
