//! OAuth client credentials: how the attempts, the time and the budget of a call are spent on tokens.

use crate::common::AT_ONCE;
use crate::common::oauth::{Api, Ask, BOTH, SECRET, ask, assert_clean};
use crate::common::server::{Reply, answer};
use crate::runtime::{Attempt, Call, ClientBuilder, Error, Retry};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

/// What an observer keeps of attempts: the number, the status, and whether another one follows.
type Seen = Arc<Mutex<Vec<(u32, Option<u16>, bool)>>>;

fn observed(builder: ClientBuilder) -> (ClientBuilder, Seen) {
    let seen = Seen::default();
    let log = Arc::clone(&seen);
    let builder = builder.on_attempt(move |attempt: &Attempt<'_>| {
        assert!(!format!("{attempt:?}").contains("canary"), "{attempt:?}");
        let follows = attempt.retry_in().is_some();
        let attempt = (attempt.number(), attempt.status(), follows);
        log.lock().unwrap().push(attempt);
    });
    (builder, seen)
}

fn unavailable() -> Reply {
    answer("503 Service Unavailable", "", "")
}

#[tokio::test]
async fn a_post_goes_on_when_its_token_could_not_be_had_at_first() {
    let api = Api::start().await;
    api.refuse(unavailable());
    api.refuse(Reply::Bytes(Vec::new()));
    let (builder, seen) = observed(api.builder().retry(AT_ONCE));
    let call = Call::new(builder.build().unwrap(), Ask(&BOTH));
    let response = call.send_with_metadata().await.unwrap();
    assert_eq!(response.metadata.attempts(), 3);
    assert_eq!(api.counts(), (3, 1));
    let expected = [(1, None, true), (2, Some(503), true), (3, Some(200), false)];
    assert_eq!(*seen.lock().unwrap(), expected);
}

#[tokio::test]
async fn a_token_is_asked_for_no_more_often_than_the_call_may_be_sent() {
    let up_to = |attempts| AT_ONCE.max_attempts(attempts);
    for (retry, budget, requests) in [
        (Retry::never(), 100, 1),
        (up_to(2), 100, 2),
        (up_to(9), 3, 4),
        (up_to(9), 0, 1),
    ] {
        let api = Api::start().await;
        for _ in 0..20 {
            api.refuse(unavailable());
        }
        let client = api.builder().retry(retry).retry_budget(budget);
        let error = ask(&client.build().unwrap()).await.unwrap_err();
        assert_eq!(error.status(), Some(503));
        assert_eq!(api.counts(), (requests, 0));
        assert_eq!(usize::try_from(error.attempts()).unwrap(), requests);
        assert!(!error.may_have_been_applied(), "nothing was sent");
    }
}

#[tokio::test]
async fn a_token_endpoint_that_asks_for_patience_gets_it() {
    let api = Api::start().await;
    api.refuse(answer("429 Too Many Requests", "retry-after: 1\r\n", ""));
    let client = api.builder().retry(AT_ONCE).build().unwrap();
    let begun = Instant::now();
    ask(&client).await.unwrap();
    assert!(begun.elapsed() >= Duration::from_secs(1));
    let api = Api::start().await;
    api.refuse(answer("429 Too Many Requests", "retry-after: 99\r\n", ""));
    let client = api.builder().retry(AT_ONCE).build().unwrap();
    let error = ask(&client).await.unwrap_err();
    assert_eq!(error.retry_after(), Some(Duration::from_secs(99)));
    assert_eq!(api.counts(), (1, 0));
}

#[tokio::test]
async fn a_login_that_was_refused_is_not_tried_again() {
    for status in ["400 Bad Request", "401 Unauthorized", "403 Forbidden"] {
        let api = Api::start().await;
        api.refuse(answer(status, "", ""));
        let client = api.builder().retry(AT_ONCE).build().unwrap();
        let error = ask(&client).await.unwrap_err();
        assert!(error.is_auth() && !error.may_have_been_applied());
        assert_eq!(api.counts(), (1, 0));
        assert_eq!(error.attempts(), 1);
    }
}

#[tokio::test]
async fn a_refused_token_is_one_more_attempt_whatever_the_policy() {
    for builder in [
        |builder: ClientBuilder| builder,
        |builder: ClientBuilder| builder.retry_budget(0).retry(AT_ONCE),
    ] {
        let api = Api::start().await;
        let (builder, seen) = observed(builder(api.builder()));
        let client = builder.build().unwrap();
        ask(&client).await.unwrap();
        api.revoke();
        let call = Call::new(client.clone(), Ask(&BOTH));
        let response = call.send_with_metadata().await.unwrap();
        assert_eq!(response.metadata.attempts(), 2);
        assert_eq!(api.counts(), (2, 3));
        let expected = [
            (1, Some(200), false),
            (1, Some(401), true),
            (2, Some(200), false),
        ];
        assert_eq!(*seen.lock().unwrap(), expected);
        // The new one is refused as well.
        api.state
            .revoked
            .store(usize::MAX, std::sync::atomic::Ordering::SeqCst);
        let error = ask(&client).await.unwrap_err();
        assert_eq!((error.status(), error.attempts()), (Some(401), 2));
        assert!(error.is_auth() && !error.may_have_been_applied());
        assert_clean(&error);
        // That a new token is of no use is known for a while, so that no storm of tokens begins.
        let before = api.counts();
        for _ in 0..5 {
            let error = ask(&client).await.unwrap_err();
            assert_eq!((error.status(), error.attempts()), (Some(401), 1));
        }
        assert_eq!(api.counts(), (before.0, before.1 + 5));
    }
}

#[tokio::test]
async fn a_new_token_takes_nothing_from_the_attempts_that_are_allowed() {
    let api = Api::start().await;
    let client = api.builder().retry(AT_ONCE).build().unwrap();
    ask(&client).await.unwrap();
    api.revoke();
    let busy = || answer("429 Too Many Requests", "", "");
    for _ in 0..9 {
        api.fail(busy());
    }
    let error = ask(&client).await.unwrap_err();
    // Once for the token, and then as often as a call that is told to wait.
    assert_eq!((error.status(), error.attempts()), (Some(429), 4));
    assert_eq!(api.counts(), (2, 5));
}

#[tokio::test]
async fn a_new_token_that_cannot_be_had_is_the_error_of_the_call() {
    let api = Api::start().await;
    let client = api.client();
    ask(&client).await.unwrap();
    api.revoke();
    api.refuse(answer("401 Unauthorized", "", ""));
    let error = ask(&client).await.unwrap_err();
    assert!(error.is_auth(), "{error:?}");
    assert!(error.to_string().contains("no token could be fetched"));
    assert_eq!((error.attempts(), api.counts()), (2, (2, 2)));
    assert!(!error.may_have_been_applied());
}

/// A timeout while nothing was sent, at once when its time is over.
fn assert_late(error: &Error, begun: Instant) {
    assert!(error.is_timeout() && !error.is_auth(), "{error:?}");
    assert!(!error.may_have_been_applied(), "nothing was sent");
    let text = error.to_string();
    let reason = "not sent: the token to log in with did not come in time";
    assert!(text.contains(reason), "{text}");
    // Sooner than the token endpoint itself is given up.
    assert!(begun.elapsed() < Duration::from_secs(25));
}

#[tokio::test]
async fn a_slow_token_ends_with_the_time_of_the_call_and_of_each_attempt() {
    let api = Api::start().await;
    api.refuse(Reply::Stall(Vec::new()));
    let short = Duration::from_millis(500);
    let client = api.builder().retry(AT_ONCE).build().unwrap();
    let begun = Instant::now();
    let call = Call::new(client.clone(), Ask(&BOTH)).timeout(short);
    let error = call.send().await.unwrap_err();
    assert_late(&error, begun);
    assert_eq!(error.attempts(), 1, "no time is left for another one");
    let begun = Instant::now();
    let call = Call::new(client.clone(), Ask(&BOTH)).attempt_timeout(short);
    let error = call.send().await.unwrap_err();
    assert_late(&error, begun);
    assert_eq!(error.attempts(), 3);
    // All of them waited for one request.
    assert_eq!(api.counts(), (1, 0));
}

#[tokio::test]
async fn a_token_endpoint_that_stalls_is_given_up_when_attempts_are_short() {
    let api = Api::start().await;
    api.refuse(Reply::Stall(Vec::new()));
    let builder = api.builder().attempt_timeout(Duration::from_secs(2));
    let client = builder.build().unwrap();
    assert!(ask(&client).await.unwrap_err().is_timeout());
    // It would stall for 30 seconds, and all calls with it.
    tokio::time::sleep(Duration::from_secs(4)).await;
    assert_eq!(ask(&client).await.unwrap(), "done");
    assert_eq!(api.counts(), (2, 1));
}

#[tokio::test]
async fn the_wait_for_a_token_is_a_part_of_the_attempts_time() {
    let api = Api::start().await;
    api.fail(Reply::Stall(Vec::new()));
    let client = api.client();
    let begun = Instant::now();
    let call = Call::new(client, Ask(&BOTH)).timeout(Duration::from_secs(2));
    let error = call.send().await.unwrap_err();
    assert!(error.is_timeout(), "{error:?}");
    assert!(error.may_have_been_applied(), "it was sent, and is a POST");
    assert!(begun.elapsed() < Duration::from_secs(25));
    assert_eq!(api.counts(), (1, 1));
}

#[tokio::test]
async fn all_calls_but_those_that_are_dropped_get_the_token() {
    let api = Api::start().await;
    let client = api.client();
    let calls: Vec<_> = (0..100)
        .map(|_| {
            let client = client.clone();
            tokio::spawn(async move { ask(&client).await })
        })
        .collect();
    // All of them wait now, and every other one stops to, the first one among them.
    tokio::task::yield_now().await;
    for call in calls.iter().step_by(2) {
        call.abort();
    }
    let mut served = 0;
    for call in calls {
        served += usize::from(call.await.is_ok_and(|answer| answer.is_ok()));
    }
    assert!(served >= 50, "{served}");
    assert_eq!(api.counts().0, 1);
}

#[tokio::test]
async fn no_token_that_was_used_and_no_secret_comes_back_from_the_api() {
    let api = Api::start().await;
    let client = api.client();
    for _ in 0..3 {
        ask(&client).await.unwrap();
        api.revoke();
    }
    let all = format!("canary-token-1 canary-token-2 canary-token-3 canary-token-4 {SECRET}");
    let body = format!(r#"{{"code":1,"message":"{all}","details":["{all}"]}}"#);
    let id = "twilio-request-id: canary-token-2\r\n";
    api.fail(answer("400 Bad Request", id, &body));
    let error = ask(&client).await.unwrap_err();
    assert_eq!(error.status(), Some(400));
    assert_eq!(error.api_error().unwrap().code(), Some(1));
    assert_clean(&error);
}
