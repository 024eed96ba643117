//! Base URLs, edges and regions, and the user agent.

use twilio_push_credentials::Client;
use twilio_push_credentials_tests::twilio::{ACCOUNT_SID, AUTH_TOKEN, Origin, Twilio, documents};

use crate::Outcome;

#[tokio::test]
async fn one_version_of_the_api_can_have_a_base_url_of_its_own() -> Outcome {
    let (all, one) = (Twilio::start()?, Twilio::start()?);
    let client = Client::builder()
        .account(ACCOUNT_SID, AUTH_TOKEN)
        .chat_v2_base_url(one.url())
        .base_url(all.url())
        .build()?;
    client.chat_v2().credentials().list().send().await?;
    #[expect(deprecated, reason = "the document advises against it")]
    client.chat_v1().credentials().list().send().await?;
    let paths = |server: &Twilio| -> Vec<String> {
        let requests = server.requests();
        requests.into_iter().map(|request| request.path).collect()
    };
    assert_eq!(paths(&one), ["/v2/Credentials"]);
    assert_eq!(paths(&all), ["/v1/Credentials"]);
    Ok(())
}

#[tokio::test]
async fn behind_a_gateway_pages_that_name_twilio_are_followed() -> Outcome {
    // The answers name Twilio's own host, the client talks to another one, and an edge changes nothing about it.
    let server = Twilio::serve(&documents()?, Origin::Document)?;
    server.seed(5);
    let client = Client::builder()
        .account(ACCOUNT_SID, AUTH_TOKEN)
        .edge("sydney")
        .region("au1")
        .base_url(server.url())
        .build()?;
    let mut all = client.chat_v2().credentials().list().page_size(2).stream();
    let mut count = 0;
    while let Some(credential) = all.next().await {
        credential?;
        count += 1;
    }
    assert_eq!((count, server.requests().len()), (5, 3));
    Ok(())
}

#[test]
fn edge_and_region_are_labels_of_a_host_name() {
    for builder in [
        Client::builder().edge("ashburn.evil.example/"),
        Client::builder().region(""),
        Client::builder().edge("ashburn").region("us1@evil.example"),
    ] {
        let error = builder.build().expect_err("no label");
        assert!(error.is_configuration(), "{error}");
        assert!(!error.to_string().contains("evil"), "{error}");
    }
}

#[tokio::test]
async fn the_user_agent_ends_with_what_the_user_adds() -> Outcome {
    let server = Twilio::start()?;
    let client = Client::builder()
        .account(ACCOUNT_SID, AUTH_TOKEN)
        .user_agent_suffix("my-app/1.2")
        .base_url(server.url())
        .build()?;
    client.chat_v2().credentials().list().send().await?;
    let agent = server.requests()[0]
        .header("user-agent")
        .unwrap_or_default()
        .to_owned();
    assert!(agent.starts_with("twilio-push-credentials/"), "{agent}");
    assert!(agent.ends_with(" my-app/1.2"), "{agent}");
    let broken = Client::builder().user_agent_suffix("a\r\nb: c").build();
    assert!(broken.expect_err("two headers").is_configuration());
    Ok(())
}
