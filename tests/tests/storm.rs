//! Many tasks through one client while the server has enough of it: every call ends, and the server is not asked more often than the
//! budget for repetitions allows.

use std::error::Error;
use std::time::Duration;

use tokio::task::JoinSet;
use tokio::time::timeout;
use twilio_push_credentials::chat_v2::NewCredential;
use twilio_push_credentials::{Client, Retry};
use twilio_push_credentials_tests::scripted::{Reply, Request, Script, Scripted};
use twilio_push_credentials_tests::twilio::{ACCOUNT_SID, AUTH_TOKEN};

type Outcome = Result<(), Box<dyn Error>>;

const TASKS: usize = 50;
const CALLS: usize = 20;
/// What a client has to begin with, by default.
const BUDGET: usize = 100;
/// So many successes pay for one more.
const PRICE: usize = 5;

const CREATED: &str = r#"{"sid":"CRaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa","account_sid":"ACaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa","type":"fcm","date_created":"2015-10-07T17:50:01Z","date_updated":"2015-10-07T17:50:01Z","url":"https://example.com"}"#;

fn too_many() -> Reply {
    let head = "429 Too Many Requests\ncontent-type: application/json";
    Reply::new(head, r#"{"code":20429,"message":"Too Many Requests"}"#)
}

fn alternating(_: &Request, number: usize) -> Reply {
    if number.is_multiple_of(2) {
        too_many()
    } else {
        Reply::new("201 Created\ncontent-type: application/json", CREATED)
    }
}

/// What came of all calls.
#[derive(Debug, Default)]
struct Tally {
    successes: usize,
    failures: usize,
    /// As the answers and the errors count them.
    attempts: usize,
}

/// Creates credentials from many tasks at once, each through its own clone of one client.
async fn storm(server: &Scripted) -> Result<Tally, Box<dyn Error>> {
    let pause = Duration::from_millis(2);
    let client = Client::builder()
        .account(ACCOUNT_SID, AUTH_TOKEN)
        .base_url(server.url())
        .retry(Retry::new().backoff(pause, pause))
        .build()?;
    let mut tasks = JoinSet::new();
    for _ in 0..TASKS {
        let credentials = client.clone().chat_v2().credentials();
        tasks.spawn(async move {
            let mut tally = Tally::default();
            for _ in 0..CALLS {
                let new = NewCredential::fcm("{}");
                match credentials.create(new).send_with_metadata().await {
                    Ok(response) => {
                        tally.successes += 1;
                        tally.attempts += usize::try_from(response.metadata.attempts())?;
                    }
                    Err(error) if error.is_rate_limited() && !error.may_have_been_applied() => {
                        tally.failures += 1;
                        tally.attempts += usize::try_from(error.attempts())?;
                    }
                    Err(error) => return Err(error.into()),
                }
            }
            Ok::<_, Box<dyn Error + Send + Sync>>(tally)
        });
    }
    let mut all = Tally::default();
    while let Some(tally) = timeout(Duration::from_secs(30), tasks.join_next()).await? {
        let tally = tally?.map_err(|error| error.to_string())?;
        all.successes += tally.successes;
        all.failures += tally.failures;
        all.attempts += tally.attempts;
    }
    assert_eq!(
        all.successes + all.failures,
        TASKS * CALLS,
        "every call ended"
    );
    assert_eq!(
        all.attempts,
        server.seen().requests.len(),
        "attempts() is what the server counted"
    );
    Ok(all)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_that_refuses_every_other_request_is_asked_within_the_budget() -> Outcome {
    let server = Scripted::start(Script::answer(alternating))?;
    let tally = storm(&server).await?;
    let created = tally.attempts / 2;
    assert_eq!(
        tally.successes, created,
        "what was created was reported, once"
    );
    let repetitions = tally.attempts - TASKS * CALLS;
    assert!(
        repetitions > BUDGET,
        "successes pay for repetitions: {tally:?}"
    );
    assert!(repetitions <= BUDGET + tally.successes / PRICE, "{tally:?}");
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_that_refuses_all_is_asked_once_a_call_when_the_budget_is_used_up() -> Outcome {
    let server = Scripted::start(Script::answer(|_, _| too_many()))?;
    let tally = storm(&server).await?;
    assert_eq!(
        (tally.successes, tally.attempts),
        (0, TASKS * CALLS + BUDGET)
    );
    Ok(())
}
