//! Many calls at once: each ends, and a server that is down is not knocked down.

use crate::common::server::{Reply, Server, json};
use crate::common::{AT_ONCE, CREDENTIAL, builder};
use crate::runtime::{Client, Error};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

const SID: &str = "CR0123456789abcdef0123456789ABCDEF";

/// So many fetches at the same time, through clones of a client.
async fn together(client: &Client, calls: usize) -> Vec<Result<(), Error>> {
    let mut tasks = tokio::task::JoinSet::new();
    for _ in 0..calls {
        let client = client.clone();
        tasks.spawn(async move { client.credentials().fetch(SID).send().await.map(|_| ()) });
    }
    tasks.join_all().await
}

fn attempts_of_failures(results: &[Result<(), Error>]) -> usize {
    let failures = results.iter().filter_map(|result| result.as_ref().err());
    failures
        .map(|error| usize::try_from(error.attempts()).unwrap())
        .sum()
}

#[tokio::test]
async fn a_server_that_stays_down_gets_no_more_than_the_budget_beside_the_calls() {
    let storms: [fn() -> Reply; 3] = [
        || json("429 Too Many Requests", "{}"),
        || json("500 Internal Server Error", "{}"),
        || Reply::Bytes(Vec::new()),
    ];
    for storm in storms {
        let server = Server::start(move |_, _| storm()).await;
        let client = builder(&server).retry(AT_ONCE).build().unwrap();
        let results = together(&client, 200).await;
        assert!(results.iter().all(Result::is_err));
        assert_eq!(server.requests().len(), 200 + 100);
        assert_eq!(attempts_of_failures(&results), 300);
        // Whoever comes later gets one attempt.
        assert_eq!(attempts_of_failures(&together(&client, 7).await), 7);
    }
}

#[tokio::test]
async fn the_budget_can_be_set() {
    let server = Server::always("503 Service Unavailable", "{}").await;
    for (budget, requests) in [(0, 20), (3, 23), (1000, 60), (u32::MAX, 60)] {
        let client = builder(&server)
            .retry(AT_ONCE)
            .retry_budget(budget)
            .build()
            .unwrap();
        let results = together(&client, 20).await;
        assert_eq!(attempts_of_failures(&results), requests);
    }
}

#[tokio::test]
async fn five_successes_pay_for_a_repetition() {
    let server = Server::start(|request, _| match request.query() {
        "fail=1" => json("503 Service Unavailable", "{}"),
        _ => json("200 OK", CREDENTIAL),
    });
    let server = server.await;
    let client = builder(&server)
        .retry(AT_ONCE)
        .retry_budget(2)
        .build()
        .unwrap();
    let fail = || client.credentials().fetch(SID).query("fail", "1").send();
    assert_eq!(fail().await.unwrap_err().attempts(), 3);
    assert_eq!(fail().await.unwrap_err().attempts(), 1);
    assert!(together(&client, 4).await.iter().all(Result::is_ok));
    assert_eq!(fail().await.unwrap_err().attempts(), 1);
    assert!(together(&client, 1).await.iter().all(Result::is_ok));
    assert_eq!(fail().await.unwrap_err().attempts(), 2);
    // More than was there at the beginning is not saved up.
    assert!(together(&client, 60).await.iter().all(Result::is_ok));
    assert_eq!(fail().await.unwrap_err().attempts(), 3);
    assert_eq!(fail().await.unwrap_err().attempts(), 1);
}

#[tokio::test]
async fn calls_that_are_refused_by_turns_all_end_within_the_budget() {
    const CALLS: usize = 500;
    let server = Server::counting(|before| match before % 2 {
        0 => json(
            "429 Too Many Requests",
            r#"{"code":20429,"message":"too many"}"#,
        ),
        _ => json("200 OK", CREDENTIAL),
    });
    let server = server.await;
    let client = builder(&server).retry(AT_ONCE).build().unwrap();
    let results = tokio::time::timeout(Duration::from_secs(60), together(&client, CALLS));
    let results = results.await.expect("every call ends");
    let succeeded = results.iter().filter(|result| result.is_ok()).count();
    for error in results.iter().filter_map(|result| result.as_ref().err()) {
        assert!(
            error.is_rate_limited() && !error.may_have_been_applied(),
            "{error:?}"
        );
    }
    let requests = server.requests().len();
    assert!(
        requests <= CALLS + 100 + succeeded / 5,
        "{requests} for {succeeded}"
    );
    assert!(
        requests > CALLS && succeeded > CALLS / 3,
        "{requests} for {succeeded}"
    );
}

#[tokio::test]
async fn one_client_serves_many_tasks_that_fail_in_different_ways() {
    let server = Server::counting(|before| match before % 4 {
        0 => json("200 OK", CREDENTIAL),
        1 => json("404 Not Found", "{}"),
        2 => Reply::Bytes(Vec::new()),
        _ => json("503 Service Unavailable", "{}"),
    });
    let server = server.await;
    let observed = std::sync::Arc::new(AtomicUsize::new(0));
    let count = std::sync::Arc::clone(&observed);
    let client = builder(&server).retry(AT_ONCE).on_attempt(move |_| {
        count.fetch_add(1, Ordering::SeqCst);
    });
    let results = together(&client.build().unwrap(), 100).await;
    assert_eq!(results.len(), 100);
    assert_eq!(observed.load(Ordering::SeqCst), server.requests().len());
}
