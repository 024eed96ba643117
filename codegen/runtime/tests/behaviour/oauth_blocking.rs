//! OAuth client credentials without async: the thread of the client fetches the token, once for all who wait.

use crate::common::oauth::{Api, Ask, BOTH, assert_clean};
use crate::common::server::{Reply, answer};
use crate::runtime::{Call, Error, blocking::Client};
use std::sync::atomic::Ordering;
use std::sync::mpsc;
use std::time::{Duration, Instant};

/// The API on a thread of its own, so that who waits for it may block.
fn start() -> Api {
    let (tell, told) = mpsc::channel();
    std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap();
        runtime.block_on(async {
            tell.send(Api::start().await).unwrap();
            std::future::pending::<()>().await;
        });
    });
    told.recv().unwrap()
}

fn ask(client: &Client) -> Result<String, Error> {
    Call::new(client.clone(), Ask(&BOTH)).send()
}

#[test]
fn many_threads_wait_for_one_token_and_one_replacement() {
    let api = start();
    api.state.revoke_after.store(100, Ordering::SeqCst);
    let client = api.builder().build_blocking().unwrap();
    std::thread::scope(|scope| {
        for _ in 0..10 {
            scope.spawn(|| {
                for _ in 0..30 {
                    assert_eq!(ask(&client).unwrap(), "done");
                }
            });
        }
    });
    assert_eq!(api.state.served.load(Ordering::SeqCst), 300);
    assert_eq!(api.counts().0, 2);
}

#[test]
fn a_login_that_fails_and_one_that_is_late_say_so() {
    let api = start();
    let client = api.builder().build_blocking().unwrap();
    api.refuse(answer("401 Unauthorized", "", ""));
    let error = ask(&client).unwrap_err();
    assert!(error.is_auth());
    assert_clean(&error);
    api.refuse(Reply::Stall(Vec::new()));
    let begun = Instant::now();
    let call = Call::new(client.clone(), Ask(&BOTH));
    let error = call.timeout(Duration::from_millis(100)).send().unwrap_err();
    assert!(error.is_timeout() && !error.may_have_been_applied());
    assert!(begun.elapsed() < Duration::from_secs(5));
    assert_eq!(api.counts(), (2, 0));
}

#[tokio::test]
async fn it_can_be_used_on_threads_for_blocking_and_dropped_while_a_token_is_on_its_way() {
    let api = start();
    api.refuse(Reply::Stall(Vec::new()));
    let client = api.builder().build_blocking().unwrap();
    let late = client.clone();
    let call = tokio::task::spawn_blocking(move || {
        let call = Call::new(late, Ask(&BOTH));
        // Long enough for the token to be asked for.
        call.timeout(Duration::from_secs(2)).send()
    });
    assert!(call.await.unwrap().unwrap_err().is_timeout());
    drop(client);
    let client = api.builder().build_blocking().unwrap();
    let call = tokio::task::spawn_blocking(move || ask(&client));
    assert_eq!(call.await.unwrap().unwrap(), "done");
    assert_eq!(api.counts(), (2, 1));
}
