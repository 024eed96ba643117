//! OAuth client credentials against a Twilio whose tokens expire.

use std::time::Duration;

use twilio_push_credentials::chat_v2::NewCredential;
use twilio_push_credentials::{Client, Retry, testing};
use twilio_push_credentials_tests::twilio::{CLIENT_ID, Fault, Twilio};

use crate::{Outcome, builder};

#[tokio::test]
async fn every_operation_takes_a_token() -> Outcome {
    let server = Twilio::start()?;
    let client = builder(&server).build()?;
    let credentials = client.chat_v2().credentials();
    let created = credentials.create(NewCredential::fcm("{}")).send().await?;
    credentials.fetch(&created.sid).send().await?;
    credentials
        .update(&created.sid)
        .friendly_name("x")
        .send()
        .await?;
    credentials.list().send().await?;
    credentials.delete(&created.sid).send().await?;
    assert_eq!(server.tokens_given(), 1);
    let requests = server.requests();
    assert_eq!(requests.len(), 6);
    for request in &requests[1..] {
        let login = request.header("authorization");
        assert_eq!(login, Some("Bearer made-up-token-1"));
    }
    assert!(server.mistakes().is_empty());
    Ok(())
}

#[tokio::test]
#[expect(deprecated, reason = "documents advise against some versions")]
async fn every_version_takes_the_same_token() -> Outcome {
    let server = Twilio::start()?;
    let client = builder(&server).build()?;
    client.chat_v1().credentials().list().send().await?;
    client.chat_v2().credentials().list().send().await?;
    client
        .conversations_v1()
        .credentials()
        .list()
        .send()
        .await?;
    client.notify_v1().credentials().list().send().await?;
    assert_eq!((server.tokens_given(), server.requests().len()), (1, 5));
    Ok(())
}

#[tokio::test]
async fn a_token_that_expires_in_the_middle_of_1000_concurrent_calls_is_refreshed_once() -> Outcome
{
    let server = Twilio::start()?;
    let sid = server.seed(1).remove(0);
    server.expire_tokens_after(300);
    let client = builder(&server).build()?;
    let calls: Vec<_> = (0..1000)
        .map(|_| {
            let call = client.chat_v2().credentials().fetch(sid.as_str());
            tokio::spawn(call.send())
        })
        .collect();
    for call in calls {
        assert_eq!(call.await??.sid.to_string(), sid);
    }
    assert_eq!(server.tokens_given(), 2);
    let with = |token: &str| {
        let requests = server.requests();
        let of = requests
            .iter()
            .filter(|one| one.header("authorization") == Some(token));
        of.count()
    };
    assert_eq!(with("Bearer made-up-token-2"), 700);
    assert!(with("Bearer made-up-token-1") > 300);
    Ok(())
}

#[tokio::test]
async fn a_token_that_expires_between_pages_is_renewed() -> Outcome {
    let server = Twilio::start()?;
    server.seed(5);
    let client = builder(&server).build()?;
    let mut all = client.chat_v2().credentials().list().page_size(2).stream();
    let mut count = 0;
    while let Some(credential) = all.next().await {
        credential?;
        count += 1;
        if count == 2 {
            server.expire_tokens();
        }
    }
    assert_eq!((count, server.tokens_given()), (5, 2));
    Ok(())
}

#[tokio::test]
async fn a_post_that_was_refused_for_its_token_is_made_once() -> Outcome {
    let server = Twilio::start()?;
    let client = builder(&server).build()?;
    let credentials = client.chat_v2().credentials();
    credentials.list().send().await?;
    server.expire_tokens();
    credentials.create(NewCredential::fcm("{}")).send().await?;
    assert_eq!((server.sids().len(), server.tokens_given()), (1, 2));
    Ok(())
}

#[tokio::test]
async fn a_token_is_replaced_before_the_life_that_it_was_said_to_have() -> Outcome {
    let server = Twilio::start()?;
    server.set_token_life(0);
    let client = builder(&server).build()?;
    for _ in 0..3 {
        client.chat_v2().credentials().list().send().await?;
    }
    assert_eq!(server.tokens_given(), 3);
    Ok(())
}

#[tokio::test]
async fn a_wrong_secret_is_a_login_that_failed() -> Outcome {
    let server = Twilio::start()?;
    let client = Client::builder()
        .oauth(CLIENT_ID, "canary")
        .oauth_token_url(server.token_url())
        .base_url(server.url())
        .build()?;
    let call = client.chat_v2().credentials().list();
    let error = call.send().await.expect_err("the secret is wrong");
    assert!(error.is_auth());
    assert_eq!(error.status(), Some(401));
    assert!(!format!("{error} {error:?}").contains("canary"));
    assert_eq!(server.requests().len(), 1);
    Ok(())
}

#[tokio::test]
async fn a_token_endpoint_that_breaks_off_is_no_login_that_failed() -> Outcome {
    for fault in [Fault::Reset, Fault::Truncate, Fault::Status(503)] {
        let server = Twilio::start()?;
        let client = builder(&server).retry(Retry::never()).build()?;
        server.fail_next(fault.clone());
        let call = client.chat_v2().credentials().list();
        let error = call.send().await.expect_err("there is no token");
        assert!(!error.is_auth(), "{fault:?}: {error:?}");
        assert!(!format!("{error} {error:?}").contains("made-up-client-secret"));
        assert_eq!(server.requests().len(), 1);
        client.chat_v2().credentials().list().send().await?;
    }
    Ok(())
}

#[tokio::test]
async fn a_token_endpoint_that_recovers_in_time_is_no_trouble_even_to_a_post() -> Outcome {
    for fault in [Fault::Reset, Fault::Truncate, Fault::Status(503)] {
        let server = Twilio::start()?;
        let at_once = Retry::new().backoff(Duration::ZERO, Duration::ZERO);
        let client = builder(&server).retry(at_once).build()?;
        server.fail_next(fault);
        let call = client.chat_v2().credentials();
        let call = call.create(NewCredential::fcm("{}"));
        let created = call.send_with_metadata().await?;
        assert_eq!(created.metadata.attempts(), 2);
        let paths: Vec<String> = server.requests().into_iter().map(|one| one.path).collect();
        assert_eq!(paths.len(), 3, "{paths:?}");
        assert_eq!(server.sids().len(), 1);
    }
    Ok(())
}

#[tokio::test]
async fn the_server_for_users_tests_gives_tokens_and_keeps_no_secret() -> Outcome {
    let server = testing::Server::start()?;
    let client = Client::builder().oauth(CLIENT_ID, "canary");
    let client = server.point(client).build()?;
    client.chat_v2().credentials().list().send().await?;
    client.notify_v1().credentials().list().send().await?;
    assert_eq!(server.requests().len(), 2);
    assert!(!format!("{:?}", server.requests()).contains("canary"));
    Ok(())
}
