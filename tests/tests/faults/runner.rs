//! Takes a fault and an operation; gives what happened, on both ends of the socket.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::time::Instant;
use twilio_push_credentials::chat_v2::{NewCredential, credentials::Credentials};
use twilio_push_credentials::{Attempt, Client, Error};
use twilio_push_credentials_tests::faults::{Echo, Fault, Scene, What};
use twilio_push_credentials_tests::scripted::{Refusing, Reply, Request, Script, Scripted, Seen};
use twilio_push_credentials_tests::twilio::{ACCOUNT_SID, AUTH_TOKEN};

use crate::clock::Clock;

const SID: &str = "CRaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
/// The client's default.
pub(crate) const ATTEMPT_TIMEOUT: Duration = Duration::from_secs(30);
/// How many items of a list are wanted: a list without end is read for ever without it.
const LIMIT: u64 = 5;
/// So that a body that is too large need not be large.
const MAX_RESPONSE_BYTES: usize = 100_000;

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Operation {
    List,
    Fetch,
    Create,
    Update,
    Delete,
}

pub(crate) const OPERATIONS: [Operation; 5] = [
    Operation::List,
    Operation::Fetch,
    Operation::Create,
    Operation::Update,
    Operation::Delete,
];

impl Operation {
    pub(crate) fn is_list(self) -> bool {
        self == Self::List
    }

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::List => "list",
            Self::Fetch => "fetch",
            Self::Create => "create",
            Self::Update => "update",
            Self::Delete => "delete",
        }
    }

    async fn perform(self, credentials: &Credentials) -> Result<(), Error> {
        match self {
            Self::List => {
                let mut items = credentials.list().limit(LIMIT).stream();
                while let Some(item) = items.next().await {
                    item?;
                }
                Ok(())
            }
            Self::Fetch => credentials.fetch(SID).send().await.map(drop),
            Self::Create => {
                let new = NewCredential::fcm("{}");
                credentials.create(new).send().await.map(drop)
            }
            Self::Update => credentials.update(SID).send().await.map(drop),
            Self::Delete => credentials.delete(SID).send().await,
        }
    }
}

/// What the client said of an attempt.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Noted {
    pub(crate) number: u32,
    pub(crate) pause: Option<Duration>,
}

/// What happened.
pub(crate) struct Run {
    pub(crate) fault: &'static Fault,
    pub(crate) operation: Operation,
    pub(crate) result: Result<(), Error>,
    /// The attempts of all pages, in order.
    pub(crate) attempts: Vec<Noted>,
    pub(crate) seen: Seen,
    pub(crate) elapsed: Duration,
    /// What the server saw of a call that came after, and whether that went well.
    pub(crate) next_call: Option<(Seen, Result<(), Error>)>,
    /// How many requests went where none belongs.
    pub(crate) strays: usize,
    /// The names of the servers in messages.
    pub(crate) hosts: [(String, &'static str); 2],
}

type Notes = Arc<Mutex<Vec<Noted>>>;

pub(crate) struct Lab {
    clock: Clock,
    elsewhere: Scripted,
}

impl Lab {
    pub(crate) fn start() -> std::io::Result<Self> {
        let nothing = |_: &Request, _| Reply::new("200 OK", "{}");
        Ok(Self {
            clock: Clock::start(),
            elsewhere: Scripted::start(Script::answer(nothing))?,
        })
    }

    pub(crate) async fn run(
        &self,
        fault: &'static Fault,
        operation: Operation,
    ) -> Result<Run, Box<dyn std::error::Error>> {
        let pass = self.clock.pass();
        let server = Scripted::start_with(Script::Cut, move || pass(ATTEMPT_TIMEOUT))?;
        let refusing = Refusing::start()?;
        let url = match fault.what {
            What::Refused => refusing.url()?,
            _ => server.url(),
        };
        self.elsewhere.set(Script::Cut);
        server.set(self.script(fault, &url));
        let notes = Notes::default();
        let client = self.client(&url, &notes)?;
        let credentials = client.chat_v2().credentials();
        let start = Instant::now();
        let result = operation.perform(&credentials).await;
        let elapsed = start.elapsed();
        let attempts = std::mem::take(&mut *notes.lock().unwrap_or_else(PoisonError::into_inner));
        let seen = server.seen();
        let next_call = if matches!(fault.what, What::Refused) {
            None
        } else {
            server.set(healthy());
            let result = Operation::Delete.perform(&credentials).await;
            Some((server.seen(), result))
        };
        let elsewhere = self.elsewhere.seen();
        Ok(Run {
            fault,
            operation,
            result,
            attempts,
            seen,
            elapsed,
            next_call,
            strays: elsewhere.cut + elsewhere.requests.len(),
            hosts: [
                (url, "http://server"),
                (self.elsewhere.url(), "http://elsewhere"),
            ],
        })
    }

    fn script(&self, fault: &Fault, own: &str) -> Script {
        let What::Answer(answer) = fault.what else {
            return Script::Cut;
        };
        let (own, elsewhere) = (own.to_owned(), self.elsewhere.url());
        Script::answer(move |request, number| {
            answer(&Scene {
                request,
                number,
                own: &own,
                elsewhere: &elsewhere,
                echo: &Echo::default(),
            })
        })
    }

    fn client(&self, url: &str, notes: &Notes) -> Result<Client, Error> {
        let (pass, notes) = (self.clock.pass(), Arc::clone(notes));
        let observe = move |attempt: &Attempt<'_>| {
            let pause = attempt.retry_in();
            let number = attempt.number();
            let mut notes = notes.lock().unwrap_or_else(PoisonError::into_inner);
            notes.push(Noted { number, pause });
            pause.into_iter().for_each(&pass);
        };
        Client::builder()
            .account(ACCOUNT_SID, AUTH_TOKEN)
            .base_url(url)
            .max_response_bytes(MAX_RESPONSE_BYTES)
            .on_attempt(observe)
            .build()
    }
}

/// A server on which nothing goes wrong with deletions.
fn healthy() -> Script {
    Script::answer(|_, _| Reply::new("204 No Content", ""))
}
