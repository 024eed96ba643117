//! OAuth client credentials: one request for a token however many wait, and none that is not needed.

use crate::common::oauth::{Api, ID, SECRET, ask, assert_clean, pass};
use crate::common::server::{Recorded, Reply, answer};
use crate::runtime::Client;
use std::future::poll_fn;
use std::pin::Pin;
use std::sync::atomic::Ordering;
use std::task::Poll;
use std::time::Duration;

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
    assert_eq!(first + second, others);
    // Whoever had not been served by the first token came again with the second, once. The server answers several at a
    // time, so that a few more may have been served when it was revoked.
    assert!(second <= 700 && second > 600, "{second}");
    assert!(others <= 1000 + second && first >= 1000 - second, "{first}");
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
        ("99999999999999999999", 1),
        ("1e300", 1),
        (r#""3600.0""#, 1),
        (r#""99999999999999999999""#, 1),
        (r#""NaN""#, 3),
        (r#""-1""#, 3),
        // What can't be read says nothing of an end.
        (r#""""#, 1),
        (r#""soon""#, 1),
        ("true", 1),
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

/// Polls once, and says whether there is more to wait for.
async fn waits<F: Future>(mut call: Pin<&mut F>) -> bool {
    poll_fn(|context| Poll::Ready(call.as_mut().poll(context).is_pending())).await
}

#[tokio::test]
async fn dropping_the_first_caller_cancels_nothing() {
    let api = Api::start().await;
    let client = api.client();
    {
        let mut first = Box::pin(ask(&client));
        // It gets as far as asking for the token, and is then dropped.
        assert!(waits(first.as_mut()).await, "the token cannot be there yet");
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
    assert!(waits(first.as_mut()).await, "the token cannot be there yet");
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
