//! A client that is full of canaries fails in every way there is, while the server repeats all it was sent in every way there is: no
//! canary, and no piece of 12 or more characters of one, comes out.

mod calls;
mod check;
mod echoes;
mod oauth;
mod secrets;
mod traced;

use std::error::Error as StdError;
use std::fmt::Write;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::task::JoinSet;
use twilio_push_credentials::{Attempt, Client, ClientBuilder, Error, Retry};
use twilio_push_credentials_tests::faults::{FAULTS, Fault, Scene, What};
use twilio_push_credentials_tests::scripted::{Refusing, Script, Scripted};
use twilio_push_credentials_tests::twilio::{ACCOUNT_SID, API_KEY};

use echoes::Encode;
use traced::Traced;

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

/// One fault, with one way to repeat secrets.
async fn suffer(
    fault: &'static Fault,
    number: usize,
    blocks: bool,
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
    if blocks {
        let client = builder.build_blocking()?;
        print(&printed, &format!("{client:?}"));
        let credentials = client.chat_v2().credentials();
        let calls =
            tokio::task::spawn_blocking(move || calls::make_blocking(&credentials, &printed));
        return Ok(calls.await?);
    }
    let client = builder.build()?;
    print(&printed, &format!("{client:?}"));
    calls::make(&client.chat_v2().credentials(), &printed).await;
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

/// All faults at once, with one client and one way to repeat secrets; gives what was printed.
async fn suffer_all(encode: Encode, blocks: bool) -> Result<String, Box<dyn StdError>> {
    let printed = Printed::default();
    let mut all = JoinSet::new();
    for (number, fault) in FAULTS.iter().enumerate() {
        all.spawn(suffer(fault, number, blocks, encode, Arc::clone(&printed)));
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
    let traced = Printed::default();
    tracing::subscriber::set_global_default(Traced::new(Arc::clone(&traced)))?;
    let panics = Printed::default();
    let panicked = Arc::clone(&panics);
    let hook = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| print(&panicked, &panic.to_string())));
    let mut leaks = Vec::new();
    for (name, encode) in echoes::WAYS {
        let (printed, by_blocking, with_tokens) = tokio::try_join!(
            suffer_all(encode, false),
            suffer_all(encode, true),
            oauth::suffer_all(encode)
        )?;
        for (client, printed, least) in [
            ("client", printed, 1_000),
            ("blocking client", by_blocking, 1_000),
            ("client with tokens", with_tokens, 50),
        ] {
            let repeated = printed.matches("[redacted]").count();
            assert!(repeated > least, "{name}, {client}: nothing was repeated");
            let found = check::leaks(&printed).into_iter();
            leaks.extend(found.map(|leak| format!("{name}, {client}: {leak}")));
        }
    }
    std::panic::set_hook(hook);
    assert_eq!(take(&panics), "");
    for (place, kept, sign) in [
        ("log", &logged, "starting new connection"),
        ("tracing", &traced, "span call"),
    ] {
        let kept = take(kept);
        assert!(kept.contains(sign), "{place}: nothing was told");
        let found = check::leaks(&kept).into_iter();
        leaks.extend(found.map(|leak| format!("{place}: {leak}")));
    }
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
