//! What the published client makes of answers that are not quite what the document says, over a real socket; and that nothing that
//! ever held a secret shows it.

use std::error::Error as StdError;
use std::fmt::Debug;

use serde_json::{Value, json};
use twilio_push_credentials::chat_v2::{
    Credential, NewApnCredential, NewCredential, NewFcmCredential, NewGcmCredential,
};
use twilio_push_credentials::{Client, Error, SecretString};
use twilio_push_credentials_tests::twilio::{ACCOUNT_SID, Fault, Twilio};

type Outcome = Result<(), Box<dyn StdError>>;

const SID: &str = "CR0123456789abcdef0123456789abcdef";
const TOKEN: &str = "hidden-auth-token";

fn builder(url: String) -> twilio_push_credentials::ClientBuilder {
    Client::builder().account(ACCOUNT_SID, TOKEN).base_url(url)
}

fn credential() -> Value {
    json!({
        "sid": SID,
        "account_sid": ACCOUNT_SID,
        "friendly_name": null,
        "type": "apn",
        "sandbox": "False",
        "date_created": "2015-10-07T17:50:01Z",
        "date_updated": "2015-10-07T17:50:01Z",
        "url": format!("https://chat.twilio.com/v2/Credentials/{SID}"),
    })
}

/// What the client makes of a credential in which one property is different.
async fn fetched(
    property: &str,
    value: Option<Value>,
) -> Result<Result<Credential, Error>, Box<dyn StdError>> {
    let server = Twilio::start()?;
    let mut body = credential();
    let members = body.as_object_mut().ok_or("no object")?;
    match value {
        Some(value) => members.insert(property.to_owned(), value),
        None => members.remove(property),
    };
    server.fail_next(Fault::answer(200, body.to_string()));
    let client = builder(server.url()).build()?;
    Ok(client.chat_v2().credentials().fetch(SID).send().await)
}

#[tokio::test]
async fn a_type_that_nobody_knew_is_kept() -> Outcome {
    let got = fetched("type", Some(json!("webpush"))).await??;
    assert_eq!(got.type_.as_str(), "webpush");
    Ok(())
}

#[tokio::test]
async fn a_property_that_nobody_knew_is_ignored() -> Outcome {
    let got = fetched("labels", Some(json!({ "a": [1, null] }))).await??;
    assert_eq!(got.sid.as_str(), SID);
    Ok(())
}

#[tokio::test]
async fn dates_are_read_in_any_form() -> Outcome {
    for (text, seconds, millis) in [
        ("2015-10-07T17:50:01Z", 1_444_240_201, 0),
        ("Wed, 07 Oct 2015 17:50:01 +0000", 1_444_240_201, 0),
        ("2015-10-07T19:50:01+02:00", 1_444_240_201, 0),
        ("2015-10-07T17:50:01.5Z", 1_444_240_201, 500),
        ("1915-07-12T05:03:05.0Z", -1_719_082_615, 0),
    ] {
        let got = fetched("date_created", Some(json!(text)))
            .await??
            .date_created;
        assert_eq!(
            (got.timestamp(), got.timestamp_subsec_millis()),
            (seconds, millis),
            "{text}"
        );
    }
    Ok(())
}

#[tokio::test]
async fn a_sid_of_another_form_is_kept_and_tells_so() -> Outcome {
    let sid = fetched("sid", Some(json!("CRnew-form"))).await??.sid;
    assert_eq!((sid.as_str(), sid.is_valid()), ("CRnew-form", false));
    Ok(())
}

#[tokio::test]
async fn a_flag_is_read_however_it_is_written() -> Outcome {
    for (value, expected) in [
        (Some(json!(null)), None),
        (None, None),
        (Some(json!(false)), Some(false)),
        (Some(json!(true)), Some(true)),
        (Some(json!("TRUE")), Some(true)),
        (Some(json!("False")), Some(false)),
    ] {
        let case = format!("{value:?}");
        assert_eq!(
            fetched("sandbox", value).await??.sandbox,
            expected,
            "{case}"
        );
    }
    Ok(())
}

#[tokio::test]
async fn what_is_missing_or_of_a_wrong_kind_is_a_decode_error_with_its_path() -> Outcome {
    for (property, value) in [
        ("sid", None),
        ("date_created", None),
        ("date_created", Some(json!("yesterday"))),
        ("url", Some(json!(["no", "text"]))),
        ("friendly_name", Some(json!(5))),
        ("type", Some(json!({}))),
        ("sandbox", Some(json!("maybe"))),
    ] {
        let error = fetched(property, value)
            .await?
            .err()
            .ok_or("it was decoded")?;
        assert!(error.is_decode(), "{error:?}");
        assert!(error.to_string().contains(property), "{property}: {error}");
    }
    Ok(())
}

#[tokio::test]
async fn a_wrong_item_of_a_page_is_named_by_its_index() -> Outcome {
    let server = Twilio::start()?;
    let mut wrong = credential();
    wrong["url"] = json!(1);
    let page = json!({ "credentials": [credential(), wrong], "meta": {
        "page": 0, "page_size": 50, "first_page_url": "", "url": "", "key": "credentials", "next_page_url": null, "previous_page_url": null } });
    server.fail_next(Fault::answer(200, page.to_string()));
    let client = builder(server.url()).build()?;
    let error = client.chat_v2().credentials().list().send().await.err();
    let error = error.ok_or("it was decoded")?;
    assert!(error.to_string().contains("credentials[1].url"), "{error}");
    Ok(())
}

/// Secrets, each easy to find.
const SECRETS: [&str; 5] = [
    TOKEN,
    "hidden-certificate",
    "hidden-private-key",
    "hidden-secret",
    "hidden-api-key",
];

#[track_caller]
fn assert_hidden(what: &impl Debug) {
    for shown in [format!("{what:?}"), format!("{what:#?}")] {
        for secret in SECRETS {
            assert!(!shown.contains(secret), "{secret} in {shown}");
        }
    }
}

fn certificate() -> String {
    format!("-----BEGIN CERTIFICATE-----\n{}", SECRETS[1])
}

fn private_key() -> String {
    format!("-----BEGIN PRIVATE KEY-----\n{}", SECRETS[2])
}

#[test]
fn what_holds_a_secret_never_shows_it() -> Outcome {
    assert_hidden(&SecretString::from(SECRETS[3]));
    let (apn, fcm, gcm) = (
        NewApnCredential::new(certificate(), private_key()).sandbox(true),
        NewFcmCredential::new(SECRETS[3]),
        NewGcmCredential::new(SECRETS[4]),
    );
    assert_hidden(&(&apn, &fcm, &gcm));
    let builder = builder("http://127.0.0.1:9".to_owned()).api_key("SKkey", TOKEN);
    assert_hidden(&builder);
    let client = builder.build()?;
    assert_hidden(&client);
    let credentials = client.chat_v2().credentials();
    assert_hidden(&credentials);
    for new in [
        NewCredential::from(apn),
        NewCredential::from(fcm),
        NewCredential::from(gcm),
    ] {
        assert_hidden(&new);
        let call = credentials.create(new);
        assert_hidden(&call);
    }
    let call = credentials
        .update(SID)
        .certificate(certificate())
        .private_key(private_key())
        .secret(SECRETS[3])
        .api_key(SECRETS[4]);
    assert_hidden(&call);
    Ok(())
}

/// Everything that an error shows, with what caused it.
fn assert_error_is_clean(error: &Error) {
    assert_hidden(error);
    let mut cause: Option<&dyn StdError> = Some(error);
    while let Some(error) = cause {
        assert_hidden(&error.to_string());
        assert_hidden(&error);
        cause = error.source();
    }
}

#[tokio::test]
async fn errors_never_show_the_secrets_that_were_sent() -> Outcome {
    let server = Twilio::start()?;
    let client = builder(server.url()).build()?;
    let credentials = client.chat_v2().credentials();
    let echo = SECRETS.join(" ");
    for fault in [
        Fault::answer(
            400,
            json!({ "code": 20001, "message": echo, "status": 400, "more_info": echo }).to_string(),
        ),
        Fault::answer(500, echo.clone()),
        Fault::answer(200, json!({ "sid": SECRETS }).to_string()),
        Fault::answer(200, echo.clone()),
    ] {
        server.fail_next(fault);
        let call = credentials
            .update(SID)
            .certificate(certificate())
            .private_key(private_key())
            .secret(SECRETS[3])
            .api_key(SECRETS[4]);
        let error = call.send().await.err().ok_or("it worked")?;
        assert_error_is_clean(&error);
    }
    Ok(())
}

#[tokio::test]
async fn a_swapped_certificate_and_key_are_not_shown() -> Outcome {
    let server = Twilio::start()?;
    let client = builder(server.url()).build()?;
    let new = NewCredential::apn(private_key(), certificate());
    let call = client.chat_v2().credentials().create(new);
    assert_hidden(&call);
    let error = call.send().await.err().ok_or("it was sent")?;
    assert_error_is_clean(&error);
    assert!(server.requests().is_empty());
    Ok(())
}
