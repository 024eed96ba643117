//! What the server that the crate carries can do besides: seeding, remembering, examples, and an end without remains.

use std::net::TcpStream;
use std::time::{Duration, Instant};

use serde_json::json;
use twilio_push_credentials::chat_v2::NewCredential;
use twilio_push_credentials::testing::chat_v2::credentials as examples;
use twilio_push_credentials::testing::{self, Failure, Server};
use twilio_push_credentials::{Client, CredentialSid, CredentialType, Retry};

use crate::{CERTIFICATE, Outcome, PRIVATE_KEY};

#[tokio::test]
async fn requests_are_remembered_without_credentials_and_shown_without_secrets() -> Outcome {
    let server = Server::start()?;
    let client = server.client_builder().user_agent_suffix("app/1").build()?;
    let credentials = client.chat_v2().credentials();
    let new = NewCredential::apn(CERTIFICATE, PRIVATE_KEY);
    let sid = credentials
        .create(new)
        .friendly_name("ü & b=c+d %")
        .send()
        .await?
        .sid;
    credentials.list().page_size(7).send().await?;
    credentials.delete(&sid).send().await?;
    let requests = server.requests();
    let operations: Vec<_> = requests.iter().map(|request| request.operation()).collect();
    assert_eq!(
        operations,
        [
            Some("CreateCredential"),
            Some("ListCredentials"),
            Some("DeleteCredential")
        ]
    );
    let create = &requests[0];
    assert_eq!((create.api(), create.method()), ("chat_v2", "POST"));
    assert_eq!(create.path(), "/v2/Credentials");
    assert_eq!(create.form_value("FriendlyName"), Some("ü & b=c+d %"));
    assert_eq!(create.form_value("PrivateKey"), Some(PRIVATE_KEY));
    assert_eq!(create.header("authorization"), Some("Basic"));
    assert!(
        create
            .header("user-agent")
            .is_some_and(|agent| agent.ends_with("app/1"))
    );
    assert_eq!(
        requests[1].query(),
        [("PageSize".to_owned(), "7".to_owned())]
    );
    assert_eq!(requests[1].query_value("PageSize"), Some("7"));
    assert_eq!(requests[2].path(), format!("/v2/Credentials/{sid}"));
    let shown = format!("{requests:?} {server:?}");
    assert!(
        shown.contains("ü & b=c+d %") && shown.contains("[hidden]"),
        "{shown}"
    );
    for secret in ["Y2FuYXJ5", "BEGIN", "made-up", "Basic "] {
        assert!(!shown.contains(secret), "{secret} in {shown}");
    }
    Ok(())
}

#[tokio::test]
async fn items_are_seeded_inserted_and_read_back() -> Outcome {
    let server = Server::start()?;
    let collection = examples::collection();
    let seeded = server.seed(&collection, 2);
    assert_eq!(
        seeded,
        [
            "CR00000000000000000000000000000001",
            "CR00000000000000000000000000000002"
        ]
    );
    let other = server.insert(
        &collection,
        json!({ "type": "fcm", "friendly_name": "mine" }),
    );
    let given = "CRcccccccccccccccccccccccccccccccc";
    assert_eq!(server.insert(&collection, json!({ "sid": given })), given);
    assert_eq!(
        server.insert(
            &collection,
            json!({ "sid": given, "friendly_name": "again" })
        ),
        given
    );
    assert_eq!(server.items(&collection).len(), 4);
    let credentials = server.client()?.chat_v2().credentials();
    let fcm = credentials.fetch(other.as_str()).send().await?;
    assert_eq!((fcm.type_, fcm.sandbox), (CredentialType::Fcm, None));
    assert_eq!(fcm.friendly_name.as_deref(), Some("mine"));
    assert_eq!(
        fcm.url,
        format!("{}/chat_v2/v2/Credentials/{other}", server.url())
    );
    let again = credentials.fetch(given).send().await?;
    assert_eq!(again.friendly_name.as_deref(), Some("again"));
    credentials.delete(given).send().await?;
    assert_eq!(server.items(&collection)[2]["friendly_name"], "mine");
    assert!(
        server
            .requests()
            .iter()
            .all(|request| request.form().is_empty())
    );
    Ok(())
}

#[tokio::test]
#[expect(deprecated, reason = "version 1 is deprecated and still has to work")]
async fn versions_do_not_share_what_they_hold() -> Outcome {
    let server = Server::start()?;
    server.seed(&testing::chat_v1::credentials::collection(), 1);
    let client = server.client()?;
    assert_eq!(
        client
            .chat_v1()
            .credentials()
            .list()
            .send()
            .await?
            .credentials
            .len(),
        1
    );
    assert_eq!(
        client
            .chat_v2()
            .credentials()
            .list()
            .send()
            .await?
            .credentials
            .len(),
        0
    );
    Ok(())
}

#[tokio::test]
async fn every_run_sees_the_same() -> Outcome {
    let mut runs = Vec::new();
    for _ in 0..2 {
        let server = Server::start()?;
        let credentials = server.client()?.chat_v2().credentials();
        credentials
            .create(examples::create_apn_credential())
            .send()
            .await?;
        let made = credentials
            .create(examples::create_fcm_credential())
            .send()
            .await?;
        credentials
            .update(&made.sid)
            .friendly_name("x")
            .send()
            .await?;
        runs.push(
            json!(server.items(&examples::collection()))
                .to_string()
                .replace(&server.url(), ""),
        );
    }
    assert_eq!(runs[0], runs[1]);
    Ok(())
}

#[tokio::test]
async fn failures_queue_up_with_headers_body_and_delay() -> Outcome {
    let server = Server::start()?;
    let credentials = server.client()?.chat_v2().credentials();
    let teapot = Failure::status(418).with_body("<p>short and stout</p>");
    server.fail_next(teapot.with_header("twilio-request-id", "RQ1\r\nx: y"));
    server.fail_next(Failure::status(403).after(Duration::from_millis(50)));
    let first = credentials.list().send().await.unwrap_err();
    assert_eq!(first.status(), Some(418));
    assert!(first.api_error().is_none());
    assert!(
        first
            .request_id()
            .is_some_and(|id| id.starts_with("testing-"))
    );
    let begin = Instant::now();
    let second = credentials.list().send().await.unwrap_err();
    assert!(begin.elapsed() >= Duration::from_millis(50));
    let api = second.api_error().ok_or("no error of the API")?;
    assert_eq!(
        (second.status(), api.code(), api.message()),
        (Some(403), None, "Forbidden")
    );
    credentials.list().send().await?;
    Ok(())
}

#[tokio::test]
async fn dropping_the_server_ends_what_is_under_way() -> Outcome {
    let server = Server::start()?;
    let credentials = server.client()?.chat_v2().credentials();
    credentials.list().send().await?;
    server.fail_next(Failure::delay(Duration::from_secs(600)));
    let waiting = tokio::spawn(credentials.list().send());
    while server.requests().len() < 2 {
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    let address = server.url().replace("http://", "");
    let begin = Instant::now();
    tokio::task::spawn_blocking(move || drop(server)).await?;
    assert!(begin.elapsed() < Duration::from_secs(30));
    assert!(waiting.await?.is_err());
    assert!(TcpStream::connect(address).is_err());
    Ok(())
}

#[tokio::test]
async fn a_path_that_several_versions_have_is_refused_with_what_tells_them_apart() -> Outcome {
    let server = Server::start()?;
    let builder = Client::builder().account("AC1", "made-up");
    let client = builder.base_url(server.url()).build()?;
    let new = testing::conversations_v1::credentials::create_fcm_credential();
    let call = client.conversations_v1().credentials().create(new);
    let error = call.send().await.unwrap_err();
    assert_eq!(error.status(), Some(400));
    assert!(error.to_string().contains("`Server::point`"), "{error}");
    assert!(
        server
            .items(&testing::chat_v1::credentials::collection())
            .is_empty()
    );
    // Only one version has this path.
    client.chat_v2().credentials().list().send().await?;
    Ok(())
}

#[tokio::test]
async fn a_failure_has_the_content_type_that_it_is_given() -> Outcome {
    let server = Server::start()?;
    let failure = Failure::status(403).with_header("Content-Type", "text/html");
    server.fail_next(failure);
    let call = server.client()?.chat_v2().credentials().list();
    let error = call.send().await.unwrap_err();
    assert_eq!(error.content_type(), Some("text/html"));
    Ok(())
}

#[test]
fn examples_are_values() -> Outcome {
    let credential = examples::fetch_apn()?;
    assert_eq!(
        credential.sid,
        CredentialSid::try_from("CRaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")?
    );
    assert_eq!(credential.sandbox, Some(false));
    assert_eq!(examples::fetch_fcm()?.friendly_name, None);
    assert_eq!(examples::create_apn()?.sandbox, Some(true));
    assert_eq!(examples::update_renamed()?.sid, credential.sid);
    assert_eq!(examples::list_one_page()?.credentials, [credential]);
    assert_eq!(examples::list_middle_page()?.meta.page, 1);
    assert!(examples::list_empty()?.credentials.is_empty());
    Ok(())
}

#[test]
#[expect(deprecated, reason = "version 1 is deprecated and still has to work")]
fn code_without_async_talks_to_every_version_of_one_server() -> Outcome {
    let server = Server::start()?;
    let client = server.blocking_client()?;
    let chat_v1 = client.chat_v1().credentials();
    let chat_v2 = client.chat_v2().credentials();
    let conversations = client.conversations_v1().credentials();
    let notify = client.notify_v1().credentials();
    chat_v1
        .create(testing::chat_v1::credentials::create_gcm_credential())
        .send()?;
    chat_v2.create(examples::create_apn_credential()).send()?;
    let new = testing::conversations_v1::credentials::create_fcm_credential();
    conversations.create(new).send()?;
    assert_eq!(notify.list().send()?.credentials.len(), 0);
    server.seed(&examples::collection(), 60);
    let all: Vec<_> = chat_v2.list().stream().collect::<Result<_, _>>()?;
    assert_eq!(all.len(), 61);
    let requests = server.requests();
    let apis: Vec<_> = requests.iter().map(testing::RecordedRequest::api).collect();
    assert_eq!(
        apis,
        [
            "chat_v1",
            "chat_v2",
            "conversations_v1",
            "notify_v1",
            "chat_v2",
            "chat_v2"
        ]
    );
    Ok(())
}

#[tokio::test]
async fn a_builder_of_the_users_own_is_pointed_at_the_server() -> Outcome {
    let server = Server::start()?;
    let builder = Client::builder()
        .account("AC00000000000000000000000000000000", "token")
        .retry(Retry::never());
    let client = server.point(builder).build()?;
    server.fail_next(Failure::status(503));
    let refused = client.notify_v1().credentials().list().send().await;
    assert_eq!(refused.err().and_then(|error| error.status()), Some(503));
    client.notify_v1().credentials().list().send().await?;
    assert_eq!(server.requests()[1].api(), "notify_v1");
    Ok(())
}

#[tokio::test]
async fn what_is_sent_again_is_sent_again_at_once() -> Outcome {
    let server = Server::start()?;
    let credentials = server.client()?.chat_v2().credentials();
    let begin = Instant::now();
    for _ in 0..10 {
        server.fail_next(Failure::status(503));
        server.fail_next(Failure::drop_connection());
        credentials.list().send().await?;
    }
    assert_eq!(server.requests().len(), 30);
    // With the pauses of other clients it would be 7.5 seconds on average.
    assert!(begin.elapsed() < Duration::from_secs(3));
    Ok(())
}
