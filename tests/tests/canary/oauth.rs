//! A client that logs in with OAuth: whatever fails at the token endpoint, or at the API with a token, shows neither the client's
//! secret nor a token.

use std::error::Error as StdError;
use std::sync::Arc;
use std::time::Duration;

use tokio::task::JoinSet;
use twilio_push_credentials::chat_v2::{NewCredential, credentials::Credentials};
use twilio_push_credentials::{Attempt, Client, Retry};
use twilio_push_credentials_tests::faults::{FAULTS, Fault, Scene, What};
use twilio_push_credentials_tests::scripted::{Refusing, Reply, Request, Script, Scripted};

use crate::echoes::{self, Encode};
use crate::{Printed, SID, everything, print, secrets, take};

type Outcome = Result<(), Box<dyn StdError + Send + Sync>>;

/// Who suffers a fault.
#[derive(Clone, Copy)]
enum At {
    Tokens,
    Api,
}

/// A token; every other one is another.
fn token(number: usize) -> Reply {
    let token = secrets::TOKENS[number % secrets::TOKENS.len()];
    let body = format!(r#"{{"access_token":"{token}","token_type":"Bearer","expires_in":3600}}"#);
    Reply::new("200 OK\ncontent-type: application/json", &body)
}

/// A server that has a fault at one place and gives tokens at the other.
fn script(fault: &'static Fault, at: At, own: String, elsewhere: String, encode: Encode) -> Script {
    let answer = match fault.what {
        What::Answer(answer) => Some(answer),
        What::Cut | What::Refused => None,
    };
    Script::answer(move |request: &Request, number| {
        let asks = request.target == "/token";
        match (asks, at, answer) {
            (true, At::Tokens, Some(answer)) | (false, At::Api, Some(answer)) => answer(&Scene {
                request,
                number: number % 3,
                own: &own,
                elsewhere: &elsewhere,
                echo: &echoes::echo(request, encode),
            }),
            (true, ..) => token(number),
            (false, ..) => Reply::new("200 OK\ncontent-type: application/json", "{}"),
        }
    })
}

/// One fault at one place, with one way to repeat secrets.
async fn suffer(fault: &'static Fault, at: At, encode: Encode, printed: Printed) -> Outcome {
    let server = Scripted::start(Script::Cut)?;
    let (cut, refusing) = (Scripted::start(Script::Cut)?, Refusing::start()?);
    let elsewhere = refusing.url()?;
    let url = server.url();
    server.set(script(fault, at, url.clone(), elsewhere.clone(), encode));
    let broken = match fault.what {
        What::Refused => elsewhere,
        What::Cut => cut.url(),
        What::Answer(_) => url.clone(),
    };
    let (tokens, api) = match at {
        At::Tokens => (broken, url),
        At::Api => (url, broken),
    };
    let retry = Retry::new()
        .max_attempts(2)
        .backoff(Duration::ZERO, Duration::ZERO)
        .max_retry_after(Duration::ZERO);
    let attempts = Arc::clone(&printed);
    let builder = Client::builder()
        .oauth("OQcanaryClient", secrets::CLIENT_SECRET)
        .oauth_token_url(format!("{tokens}/token"))
        .base_url(api)
        .retry(retry)
        .attempt_timeout(Duration::from_millis(150))
        .max_response_bytes(100_000)
        .http_client_builder(reqwest::Client::builder().connection_verbose(true))
        .on_attempt(move |attempt: &Attempt<'_>| print(&attempts, &format!("{attempt:?}")));
    print(&printed, &format!("{builder:?}"));
    let client = builder.build()?;
    call_some(&client.chat_v2().credentials(), &printed).await;
    print(&printed, &format!("{client:?}"));
    Ok(())
}

async fn call_some(credentials: &Credentials, printed: &Printed) {
    let create = credentials.create(NewCredential::fcm(secrets::FCM_SECRET));
    match create.send_with_metadata().await {
        Ok(response) => print(printed, &format!("{:?}", response.metadata)),
        Err(error) => print(printed, &everything(&error)),
    }
    if let Err(error) = credentials.fetch(SID).send().await {
        print(printed, &everything(&error));
    }
    let mut pages = credentials.list().limit(3).pages();
    while let Some(page) = pages.next().await {
        if let Err(error) = page {
            print(printed, &everything(&error));
        }
    }
    print(printed, &format!("{pages:?}"));
}

/// All faults at both places at once, with one way to repeat secrets; gives what was printed.
pub(crate) async fn suffer_all(encode: Encode) -> Result<String, Box<dyn StdError>> {
    let printed = Printed::default();
    let mut all = JoinSet::new();
    for fault in FAULTS {
        for at in [At::Tokens, At::Api] {
            all.spawn(suffer(fault, at, encode, Arc::clone(&printed)));
        }
    }
    while let Some(done) = all.join_next().await {
        done?.map_err(|error| error.to_string())?;
    }
    Ok(take(&printed))
}
