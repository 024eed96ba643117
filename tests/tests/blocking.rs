//! The published blocking client as a program without async uses it, against the server that checks requests by the document.

use std::error::Error;

use twilio_push_credentials::blocking::{Client, Items};
use twilio_push_credentials::chat_v2::credentials::{Credentials, ListRequest};
use twilio_push_credentials::chat_v2::{Credential, NewCredential};
use twilio_push_credentials::{Call, PageState, Retry};
use twilio_push_credentials_tests::twilio::{ACCOUNT_SID, AUTH_TOKEN, Fault, Twilio};

type Outcome = Result<(), Box<dyn Error>>;

const SERVICE_ACCOUNT: &str = r#"{"type":"service_account","project_id":"a & b = 100%"}"#;

fn credentials(server: &Twilio) -> Result<Credentials<Client>, Box<dyn Error>> {
    let builder = Client::builder().account(ACCOUNT_SID, AUTH_TOKEN);
    let client = builder.base_url(server.url()).build_blocking()?;
    Ok(client.chat_v2().credentials())
}

#[test]
fn a_credential_is_created_fetched_listed_updated_and_deleted() -> Outcome {
    let server = Twilio::start()?;
    let credentials = credentials(&server)?;
    let new = NewCredential::fcm(SERVICE_ACCOUNT);
    let created = credentials.create(new).friendly_name("one").send()?;
    assert_eq!(credentials.fetch(&created.sid).send()?, created);
    let found: Vec<Credential> = credentials.list().stream().collect::<Result<_, _>>()?;
    assert_eq!(found, std::slice::from_ref(&created));
    let renamed = credentials.update(&created.sid).friendly_name("two").send();
    assert_eq!(renamed?.friendly_name.as_deref(), Some("two"));
    let deleted = credentials.delete(&created.sid).send_with_metadata()?;
    assert_eq!(
        (deleted.metadata.status(), deleted.metadata.attempts()),
        (204, 1)
    );
    let gone = credentials.fetch(&created.sid).send().err();
    assert!(gone.ok_or("it is still there")?.is_not_found());
    assert_eq!(server.mistakes(), [""; 0]);
    Ok(())
}

#[test]
fn a_list_is_an_iterator_that_can_be_taken_up_again() -> Outcome {
    let server = Twilio::start()?;
    let all = server.seed(7);
    let credentials = credentials(&server)?;
    // The types have names, to be kept in a struct.
    let list: Call<Client, ListRequest> = credentials.list().page_size(2);
    let mut items: Items<_> = list.clone().stream();
    let first: Vec<_> = items.by_ref().take(3).collect::<Result<_, _>>()?;
    assert_eq!(server.requests().len(), 2, "no page before it is wanted");
    let state = items.state().ok_or("the list goes on")?.to_string();
    let rest = list.clone().resume(state.parse::<PageState>()?).stream();
    let rest = rest.collect::<Result<Vec<_>, _>>()?;
    let sids: Vec<String> = first
        .iter()
        .chain(&rest)
        .map(|one| one.sid.to_string())
        .collect();
    assert_eq!(sids, all);
    let sizes: Result<Vec<_>, _> = list
        .pages()
        .map(|page| Ok(page?.credentials.len()))
        .collect();
    assert_eq!(
        sizes.map_err(|error: twilio_push_credentials::Error| error)?,
        [2, 2, 2, 1]
    );
    assert_eq!(credentials.list().limit(3).stream().count(), 3);
    Ok(())
}

#[test]
fn a_call_is_sent_again_where_that_is_safe() -> Outcome {
    let server = Twilio::start()?;
    let credentials = credentials(&server)?;
    server.fail_next(Fault::too_many_requests("0"));
    let retry = Retry::new().backoff(std::time::Duration::ZERO, std::time::Duration::ZERO);
    let new = NewCredential::fcm(SERVICE_ACCOUNT);
    let created = credentials.create(new).retry(retry).send_with_metadata()?;
    assert_eq!(created.metadata.attempts(), 2);
    server.fail_next(Fault::answer(500, "oops"));
    let error = credentials.create(NewCredential::fcm("{}")).send().err();
    let error = error.ok_or("it was sent again")?;
    assert_eq!((error.status(), error.attempts()), (Some(500), 1));
    assert!(error.may_have_been_applied());
    assert_eq!(server.requests().len(), 3);
    Ok(())
}

#[tokio::test]
async fn async_code_is_told_what_to_use_instead() -> Outcome {
    let server = Twilio::start()?;
    let credentials = credentials(&server)?;
    let error = credentials.list().send().err().ok_or("it blocked")?;
    assert!(
        error.to_string().contains("inside of async code"),
        "{error}"
    );
    assert!(server.requests().is_empty());
    let list = tokio::task::spawn_blocking(move || credentials.list().send());
    assert!(list.await??.credentials.is_empty());
    Ok(())
}
