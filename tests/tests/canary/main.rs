//! A client that is full of canaries fails in every way there is, while the server repeats all it was sent in every way there is: no
//! canary, and no piece of 12 or more characters of one, comes out.

mod check;
mod echoes;
mod oauth;
mod secrets;

use std::error::Error as StdError;
use std::fmt::Write;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::task::JoinSet;
use twilio_push_credentials::chat_v2::{NewCredential, credentials::Credentials};
use twilio_push_credentials::{Attempt, Client, ClientBuilder, Error, Retry};
use twilio_push_credentials_tests::faults::{FAULTS, Fault, Scene, What};
use twilio_push_credentials_tests::scripted::{Refusing, Script, Scripted};
use twilio_push_credentials_tests::twilio::{ACCOUNT_SID, API_KEY};

use echoes::Encode;

type Outcome = Result<(), Box<dyn StdError>>;

const SID: &str = "CRaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";

/// Everything that was printed, line by line.
type Printed = Arc<Mutex<String>>;

fn print(printed: &Printed, line: &str) {
    let mut printed = printed.lock().unwrap_or_else(PoisonError::into_inner);
    printed.push_str(line);
    printed.push('\n');
}

/// An error in every form it has.
fn everything(error: &Error) -> String {
    let mut all = format!("{error}\n{error:?}\n{error:#?}\n");
    let mut source = StdError::source(error);
    while let Some(cause) = source {
        let _ = writeln!(all, "{cause}\n{cause:?}");
        source = cause.source();
    }
    if let Some(api) = error.api_error() {
        let (message, details) = (api.message(), api.details());
        let _ = writeln!(all, "{api:?}\n{message}\n{details}\n{:?}", api.more_info());
    }
    let texts = [
        error.body_excerpt(),
        error.request_id(),
        error.content_type(),
    ];
    for text in texts.into_iter().flatten() {
        let _ = writeln!(all, "{text}");
    }
    all
}

/// Both ways to log in, with a canary each.
fn builder(number: usize) -> ClientBuilder {
    if number.is_multiple_of(2) {
        Client::builder().account(ACCOUNT_SID, secrets::AUTH_TOKEN)
    } else {
        Client::builder().api_key(API_KEY, secrets::API_SECRET)
    }
}

/// Makes a call of each kind; prints the calls, and how they ended.
async fn call_everything(credentials: &Credentials, printed: &Printed) {
    macro_rules! call {
        ($call:expr) => {
            let call = $call.header("x-canary", secrets::HEADER);
            print(printed, &format!("{call:?}"));
            match call.send_with_metadata().await {
                Ok(response) => print(printed, &format!("{:?}", response.metadata)),
                Err(error) => print(printed, &everything(&error)),
            }
        };
    }
    let apn = NewCredential::apn(secrets::CERTIFICATE, secrets::PRIVATE_KEY);
    print(printed, &format!("{credentials:?} {apn:?}"));
    call!(credentials.create(apn));
    call!(credentials.create(NewCredential::fcm(secrets::FCM_SECRET)));
    call!(credentials.create(NewCredential::gcm(secrets::GCM_KEY)));
    call!(
        credentials
            .update(SID)
            .certificate(secrets::CERTIFICATE)
            .private_key(secrets::PRIVATE_KEY)
            .secret(secrets::FCM_SECRET)
            .api_key(secrets::GCM_KEY)
    );
    call!(credentials.fetch(SID));
    call!(credentials.delete(SID));
    let list = credentials.list().header("x-canary", secrets::HEADER);
    let mut items = list.limit(5).stream();
    while let Some(item) = items.next().await {
        if let Err(error) = item {
            print(printed, &everything(&error));
        }
    }
    print(printed, &format!("{items:?}"));
}

/// One fault, with one way to repeat secrets.
async fn suffer(
    fault: &'static Fault,
    number: usize,
    encode: Encode,
    printed: Printed,
) -> Result<(), Box<dyn StdError + Send + Sync>> {
    let server = Scripted::start(Script::Cut)?;
    let refusing = Refusing::start()?;
    if let What::Answer(answer) = fault.what {
        let (own, elsewhere) = (server.url(), refusing.url()?);
        server.set(Script::answer(move |request, number| {
            answer(&Scene {
                request,
                // Every call meets both the beginning of a fault and what follows.
                number: number % 3,
                own: &own,
                elsewhere: &elsewhere,
                echo: &echoes::echo(request, encode),
            })
        }));
    }
    let url = match fault.what {
        What::Refused => refusing.url()?,
        _ => server.url(),
    };
    let retry = Retry::new()
        .max_attempts(2)
        .backoff(Duration::ZERO, Duration::ZERO)
        .max_retry_after(Duration::ZERO);
    let attempts = Arc::clone(&printed);
    let builder = builder(number)
        .base_url(url)
        .retry(retry)
        .attempt_timeout(Duration::from_millis(150))
        .max_response_bytes(100_000)
        .http_client_builder(reqwest::Client::builder().connection_verbose(true))
        .on_attempt(move |attempt: &Attempt<'_>| print(&attempts, &format!("{attempt:?}")));
    print(&printed, &format!("{builder:?}"));
    let client = builder.build()?;
    print(&printed, &format!("{client:?}"));
    call_everything(&client.chat_v2().credentials(), &printed).await;
    Ok(())
}

/// Keeps what is logged.
struct Log(Printed);

impl log::Log for Log {
    fn enabled(&self, _: &log::Metadata<'_>) -> bool {
        true
    }

    fn log(&self, record: &log::Record<'_>) {
        print(&self.0, &record.args().to_string());
    }

    fn flush(&self) {}
}

/// All faults at once, with one way to repeat secrets; gives what was printed.
async fn suffer_all(encode: Encode) -> Result<String, Box<dyn StdError>> {
    let printed = Printed::default();
    let mut all = JoinSet::new();
    for (number, fault) in FAULTS.iter().enumerate() {
        all.spawn(suffer(fault, number, encode, Arc::clone(&printed)));
    }
    while let Some(done) = all.join_next().await {
        done?.map_err(|error| error.to_string())?;
    }
    Ok(take(&printed))
}

fn take(printed: &Printed) -> String {
    std::mem::take(&mut *printed.lock().unwrap_or_else(PoisonError::into_inner))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_failure_shows_a_secret() -> Outcome {
    let logged = Printed::default();
    log::set_boxed_logger(Box::new(Log(Arc::clone(&logged))))?;
    log::set_max_level(log::LevelFilter::Trace);
    let panics = Printed::default();
    let panicked = Arc::clone(&panics);
    let hook = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| print(&panicked, &panic.to_string())));
    let mut leaks = Vec::new();
    for (name, encode) in echoes::WAYS {
        let (printed, with_tokens) =
            tokio::try_join!(suffer_all(encode), oauth::suffer_all(encode))?;
        assert!(
            printed.matches("[redacted]").count() > 1_000,
            "{name}: nothing was repeated"
        );
        assert!(
            with_tokens.matches("[redacted]").count() > 50,
            "{name}: nothing was repeated with tokens"
        );
        leaks.extend(
            check::leaks(&(printed + &with_tokens))
                .into_iter()
                .map(|leak| format!("{name}: {leak}")),
        );
    }
    std::panic::set_hook(hook);
    assert_eq!(take(&panics), "");
    let logged = take(&logged);
    assert!(
        logged.contains("starting new connection"),
        "nothing was logged"
    );
    leaks.extend(
        check::leaks(&logged)
            .into_iter()
            .map(|leak| format!("log: {leak}")),
    );
    assert!(
        leaks.is_empty(),
        "{} leaks:\n{}",
        leaks.len(),
        leaks.join("\n")
    );
    Ok(())
}

/// The check would see a canary however it is written.
#[test]
fn every_way_to_write_a_secret_is_seen() {
    for (name, encode) in echoes::WAYS {
        for (secret, text) in secrets::all() {
            let leaks = check::leaks(&format!("Error {{ {:?} }}", encode(&text)));
            assert!(
                leaks.iter().any(|leak| leak.starts_with(secret)),
                "{name}, {secret}"
            );
        }
    }
}
