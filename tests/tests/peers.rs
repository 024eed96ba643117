//! What other clients of this API get wrong, one test each. What is not here is in `leniency`, `wire`, `faults` and `canary`, and
//! what concerns documents is in the tests of the generator.

use std::error::Error;

use twilio_push_credentials::chat_v2::{NewCredential, credentials::Credentials};
use twilio_push_credentials::{ApiError, Client};
use twilio_push_credentials_tests::scripted::{Reply, Request, Script, Scripted};
use twilio_push_credentials_tests::twilio::{ACCOUNT_SID, AUTH_TOKEN, Fault, Twilio};

type Outcome = Result<(), Box<dyn Error>>;

fn credentials(url: String) -> Result<Credentials, Box<dyn Error>> {
    let builder = Client::builder().account(ACCOUNT_SID, AUTH_TOKEN);
    Ok(builder.base_url(url).build()?.chat_v2().credentials())
}

#[tokio::test]
async fn fields_of_a_form_have_the_same_order_in_every_call() -> Outcome {
    let server = Twilio::start()?;
    for _ in 0..10 {
        let credentials = credentials(server.url())?;
        let new = NewCredential::fcm("{}");
        credentials
            .create(new)
            .friendly_name("a name")
            .send()
            .await?;
    }
    for request in server.requests() {
        assert_eq!(request.body, b"Type=fcm&Secret=%7B%7D&FriendlyName=a+name");
    }
    Ok(())
}

#[tokio::test]
async fn a_limit_beyond_the_largest_page_never_asks_for_a_larger_one() -> Outcome {
    let server = Twilio::start()?;
    let all = server.seed(1_300);
    let mut items = credentials(server.url())?.list().limit(5_000).stream();
    let mut sids = Vec::new();
    while let Some(credential) = items.next().await {
        sids.push(credential?.sid.to_string());
    }
    assert_eq!(sids, all);
    let sizes: Vec<Option<String>> = server.requests().into_iter().map(|one| one.query).collect();
    assert_eq!(sizes.len(), 2);
    assert_eq!(sizes[0].as_deref(), Some("PageSize=1000"));
    Ok(())
}

#[tokio::test]
async fn an_error_of_any_page_keeps_its_status_and_code() -> Outcome {
    for good in 0..2 {
        let server = Twilio::start()?;
        server.seed(6);
        for _ in 0..good {
            server.fail_next(Fault::Delay(std::time::Duration::ZERO));
        }
        server.fail_next(Fault::Status(401));
        let mut items = credentials(server.url())?.list().page_size(2).stream();
        for _ in 0..good * 2 {
            items.next().await.ok_or("an item is missing")??;
        }
        let error = items.next().await.and_then(Result::err).ok_or("no error")?;
        let code = error.api_error().and_then(ApiError::code);
        assert_eq!((error.status(), code), (Some(401), Some(20003)));
        assert!(error.is_auth() && error.request_id().is_some());
        assert!(items.next().await.is_none(), "the list ends there");
    }
    Ok(())
}

#[tokio::test]
async fn an_empty_answer_and_a_redirect_say_what_they_are() -> Outcome {
    let server = Twilio::start()?;
    let credentials = credentials(server.url())?;
    server.fail_next(Fault::answer(200, ""));
    let error = credentials.list().send().await.err().ok_or("no error")?;
    assert!(error.is_decode());
    assert!(
        error
            .to_string()
            .contains("the body is empty where JSON was expected"),
        "{error}"
    );
    server.fail_next(Fault::Answer {
        status: 302,
        headers: vec![("location".to_owned(), "https://login.example/".to_owned())],
        body: Vec::new(),
    });
    let error = credentials.list().send().await.err().ok_or("no error")?;
    assert!(error.is_redirect());
    assert!(
        error
            .to_string()
            .contains("a redirect to https://login.example was not followed"),
        "{error}"
    );
    Ok(())
}

/// A page of one credential as it should be and one of which everything is odd.
fn odd_page(_: &Request, _: usize) -> Reply {
    let fine = r#"{"sid":"CRaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa","account_sid":"ACaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa","friendly_name":"fine","type":"apn","sandbox":"False","date_created":"2015-10-07T17:50:01Z","date_updated":"2015-10-07T17:50:01Z","url":"https://example.com"}"#;
    let odd = r#"{"sid":"CR-of-tomorrow","account_sid":"AC","friendly_name":null,"type":"carrier pigeon","sandbox":false,"date_created":"Wed, 07 Oct 2015 17:50:01 +0000","date_updated":"1915-07-12T05:03:05.0Z","url":"https://example.com","wings":2}"#;
    let meta = r#"{"page":0,"page_size":50,"first_page_url":"https://example.com","url":"https://example.com","next_page_url":null,"key":"credentials"}"#;
    let body = format!(r#"{{"credentials":[{fine},{odd}],"meta":{meta}}}"#);
    Reply::new("200 OK\ncontent-type: application/json", &body)
}

#[tokio::test]
async fn an_odd_item_does_not_take_its_page_along() -> Outcome {
    let server = Scripted::start(Script::answer(odd_page))?;
    let page = credentials(server.url())?.list().send().await?;
    let [fine, odd] = page.credentials.as_slice() else {
        return Err("two were sent".into());
    };
    assert_eq!((fine.sandbox, odd.sandbox), (Some(false), Some(false)));
    assert!(fine.sid.is_valid() && !odd.sid.is_valid());
    assert_eq!(
        (odd.sid.as_str(), odd.type_.as_str()),
        ("CR-of-tomorrow", "carrier pigeon")
    );
    assert_eq!(odd.date_created, fine.date_created);
    assert_eq!(odd.date_updated.timestamp(), -1_719_082_615);
    Ok(())
}

#[tokio::test]
async fn no_path_parameter_leads_to_another_endpoint() -> Outcome {
    let server = Twilio::start()?;
    let credentials = credentials(server.url())?;
    for sid in [
        "..",
        ".",
        "",
        "../Credentials",
        "%2e%2e",
        "CR1/../x",
        "CR1?x=y",
        "CR1#",
    ] {
        let errors = [
            credentials.fetch(sid).send().await.err(),
            credentials
                .update(sid)
                .friendly_name("x")
                .send()
                .await
                .err(),
            credentials.delete(sid).send().await.err(),
        ];
        for error in errors {
            let error = error.ok_or("it was sent")?;
            assert!(error.is_invalid_request(), "{sid:?}: {error}");
        }
    }
    assert_eq!(server.requests(), []);
    Ok(())
}
