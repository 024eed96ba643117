//! Creates, fetches, lists, updates and deletes a credential, and prints a line for each.
//!
//! It talks to a Twilio of its own on this machine. With `--live` it talks to the real one instead, with the login in
//! `TWILIO_API_KEY` and `TWILIO_API_SECRET`, or in `TWILIO_ACCOUNT_SID` and `TWILIO_AUTH_TOKEN`.

use std::error::Error;
use std::process::ExitCode;

use twilio_push_credentials::Client;
use twilio_push_credentials::chat_v2::{Credential, NewCredential, credentials::Credentials};
use twilio_push_credentials_tests::twilio::{API_KEY, API_SECRET, Twilio};

const SERVICE_ACCOUNT: &str = r#"{"type":"service_account","project_id":"made-up-project"}"#;

#[tokio::main]
async fn main() -> ExitCode {
    let Err(error) = choose_server().await else {
        return ExitCode::SUCCESS;
    };
    eprintln!("{error}");
    ExitCode::FAILURE
}

async fn choose_server() -> Result<(), Box<dyn Error>> {
    if std::env::args().any(|argument| argument == "--live") {
        return run(&Client::from_env()?).await;
    }
    let twilio = Twilio::start()?;
    let client = Client::builder()
        .api_key(API_KEY, API_SECRET)
        .base_url(twilio.url())
        .build()?;
    run(&client).await
}

async fn run(client: &Client) -> Result<(), Box<dyn Error>> {
    let credentials = client.chat_v2().credentials();

    let created = credentials
        .create(NewCredential::fcm(SERVICE_ACCOUNT))
        .friendly_name("quickstart")
        .send()
        .await?;
    println!("created  {}", describe(&created));

    // The credential is deleted whatever happens in between.
    let outcome = look_around(&credentials, &created).await;
    credentials.delete(&created.sid).send().await?;
    outcome?;
    println!("deleted  {}", created.sid);
    Ok(())
}

async fn look_around(
    credentials: &Credentials,
    created: &Credential,
) -> Result<(), Box<dyn Error>> {
    let fetched = credentials.fetch(&created.sid).send().await?;
    println!("fetched  {}", describe(&fetched));

    let mut all = credentials.list().page_size(100).stream();
    let (mut count, mut found) = (0, false);
    while let Some(credential) = all.next().await {
        count += 1;
        found |= credential?.sid == created.sid;
    }
    let which = if found { "with" } else { "without" };
    println!("listed   {count} of the account, {which} the new one");

    let updated = credentials
        .update(&created.sid)
        .friendly_name("quickstart, renamed")
        .send()
        .await?;
    println!("updated  {}", describe(&updated));
    Ok(())
}

fn describe(credential: &Credential) -> String {
    let name = credential.friendly_name.as_deref().unwrap_or("(no name)");
    format!("{} {} {name:?}", credential.sid, credential.type_)
}
