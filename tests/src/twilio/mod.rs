//! Takes OpenAPI documents of the Credentials resource, gives a Twilio that serves them on loopback; must never reach another host,
//! and answers the same requests with the same bytes every time.
//!
//! Each server that the documents name is played on a port of its own: paths alone do not tell the versions apart. All of them
//! serve the same account, and what is asked of them is recorded in one list.
//!
//! It reads the documents by itself and checks requests and its own answers against them. It is stricter than Twilio: parameters
//! that a document does not list are refused, and so are fields that belong to another push service.

mod connection;
mod document;
mod encoding;
mod errors;
mod examples;
mod fault;
mod recorded;
mod routes;
mod schema;
mod serve;
mod state;
mod tokens;
mod validate;

use std::error::Error;
use std::fmt;
use std::net::{SocketAddr, TcpListener};
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::thread::JoinHandle;

use tokio::sync::oneshot;

pub use encoding::basic;
pub use examples::mistakes_in_examples;
pub use fault::Fault;
pub use recorded::Recorded;

use document::Document;
use routes::{Account, Site};
use serve::{Changing, Shared};

/// The Account SID that is right.
pub const ACCOUNT_SID: &str = "ACaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
/// The auth token of the account.
pub const AUTH_TOKEN: &str = "made-up-auth-token";
/// The API key that is right.
pub const API_KEY: &str = "SKaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
/// The secret of the API key.
pub const API_SECRET: &str = "made-up-api-secret";

/// The id of the OAuth client that is right.
pub const CLIENT_ID: &str = "OQaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
/// The secret of the OAuth client.
pub const CLIENT_SECRET: &str = "made-up-client-secret";
/// Where tokens are, on the same server as everything else.
const TOKEN_PATH: &str = "/v2/token";

/// Why the server cannot start.
#[derive(Debug)]
pub struct Problem(String);

impl Problem {
    fn new(message: impl Into<String>) -> Self {
        Self(message.into())
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl Error for Problem {}

/// Which scheme and host the URLs in answers have.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum Origin {
    /// That of the running server.
    #[default]
    Own,
    /// That of the document, as the real Twilio answers.
    Document,
}

/// The documents in `spec/`, in the order of their names.
///
/// # Errors
/// A file that cannot be read.
pub fn documents() -> Result<Vec<String>, Problem> {
    let unreadable = |error: std::io::Error| Problem::new(format!("spec/: {error}"));
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../spec");
    let mut paths = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(unreadable)? {
        let path = entry.map_err(unreadable)?.path();
        if path
            .extension()
            .is_some_and(|extension| extension == "yaml")
        {
            paths.push(path);
        }
    }
    paths.sort();
    paths
        .into_iter()
        .map(|path| std::fs::read_to_string(path).map_err(unreadable))
        .collect()
}

/// A running server; it stops when it is dropped.
pub struct Twilio {
    shared: Arc<Shared>,
    addresses: Vec<SocketAddr>,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Twilio {
    /// Starts a server for the documents in `spec/`.
    ///
    /// # Errors
    /// As [`Twilio::serve`].
    pub fn start() -> Result<Self, Problem> {
        // Every test starts a server, and making the validators takes longer than most of them.
        static OURS: OnceLock<Arc<[Document]>> = OnceLock::new();
        let documents = match OURS.get() {
            Some(documents) => Arc::clone(documents),
            None => Arc::clone(OURS.get_or_init({
                let documents = read(&documents()?)?;
                || documents
            })),
        };
        Self::serve_documents(documents, Origin::Own)
    }

    /// Starts a server for these documents on free ports, in a thread of its own.
    ///
    /// # Errors
    /// A document that is of no use, none at all, or no port.
    pub fn serve<T: AsRef<str>>(documents: &[T], origin: Origin) -> Result<Self, Problem> {
        Self::serve_documents(read(documents)?, origin)
    }

    fn serve_documents(documents: Arc<[Document]>, origin: Origin) -> Result<Self, Problem> {
        let (mut sites, mut listeners, mut addresses) = (Vec::new(), Vec::new(), Vec::new());
        for document in documents.iter() {
            if sites
                .iter()
                .any(|site: &Site| site.origin == document.origin)
            {
                continue;
            }
            let (listener, address) = listen().map_err(|error| Problem::new(error.to_string()))?;
            sites.push(Site {
                origin: document.origin.clone(),
                url: format!("http://{address}"),
            });
            listeners.push(listener);
            addresses.push(address);
        }
        if addresses.is_empty() {
            return Err(Problem::new("no document"));
        }
        let shared = Arc::new(Shared {
            account: Account {
                documents,
                origin,
                sites,
                sid: ACCOUNT_SID.to_owned(),
                logins: vec![basic(ACCOUNT_SID, AUTH_TOKEN), basic(API_KEY, API_SECRET)],
            },
            changing: Mutex::default(),
        });
        let (stop, stopped) = oneshot::channel();
        let thread = serve::spawn(Arc::clone(&shared), listeners, stopped)
            .map_err(|error| Problem::new(error.to_string()))?;
        Ok(Self {
            shared,
            addresses,
            stop: Some(stop),
            thread: Some(thread),
        })
    }

    /// Where the server of the first document is played, such as `http://127.0.0.1:4010`. Of those in `spec/`, that is Chat.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}", self.address())
    }

    /// The host and port of [`Twilio::url`].
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.addresses[0]
    }

    /// Where a server of the documents is played, such as `https://notify.twilio.com`; None if no document names it.
    #[must_use]
    pub fn url_of(&self, origin: &str) -> Option<String> {
        let sites = &self.shared.account.sites;
        let site = sites.iter().find(|site| site.origin == origin)?;
        Some(site.url.clone())
    }

    /// Creates this many FCM credentials, called `seed 1` and so on; gives all SIDs of the account, oldest first.
    #[expect(
        clippy::must_use_candidate,
        reason = "most callers only want the credentials to be there"
    )]
    pub fn seed(&self, count: usize) -> Vec<String> {
        let mut changing = self.changing();
        for number in 1..=count {
            changing
                .state
                .create("fcm", Some(format!("seed {number}")), None);
        }
        changing.state.sids()
    }

    /// Where it gives OAuth tokens to [`CLIENT_ID`] with [`CLIENT_SECRET`].
    #[must_use]
    pub fn token_url(&self) -> String {
        format!("{}{TOKEN_PATH}", self.url())
    }

    /// How many OAuth tokens it has given out.
    #[must_use]
    pub fn tokens_given(&self) -> u64 {
        self.changing().state.tokens.given()
    }

    /// Refuses the tokens that were given out so far from now on.
    pub fn expire_tokens(&self) {
        self.changing().state.tokens.expire();
    }

    /// Refuses the tokens that were given out so far after this many more requests.
    pub fn expire_tokens_after(&self, requests: usize) {
        self.changing().state.tokens.expire_after(requests);
    }

    /// Says that the tokens from now on are good for so many seconds. It is what answers say; no clock ends them.
    pub fn set_token_life(&self, seconds: u64) {
        self.changing().state.tokens.life = seconds;
    }

    /// Makes this go wrong with the next request. Faults queue up: each request takes one.
    pub fn fail_next(&self, fault: Fault) {
        self.changing().faults.push_back(fault);
    }

    /// The requests so far, in the order in which they arrived.
    #[must_use]
    pub fn requests(&self) -> Vec<Recorded> {
        self.changing().requests.clone()
    }

    /// The SIDs of the account, oldest first.
    #[must_use]
    pub fn sids(&self) -> Vec<String> {
        self.changing().state.sids()
    }

    /// What the documents found wrong with this server's own answers: a mistake in the server or in a document.
    #[must_use]
    pub fn mistakes(&self) -> Vec<String> {
        self.changing().mistakes.clone()
    }

    fn changing(&self) -> MutexGuard<'_, Changing> {
        self.shared
            .changing
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }
}

fn read<T: AsRef<str>>(documents: &[T]) -> Result<Arc<[Document]>, Problem> {
    let documents = documents.iter();
    documents
        .map(|text| Document::read(text.as_ref()))
        .collect()
}

fn listen() -> std::io::Result<(TcpListener, SocketAddr)> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let address = listener.local_addr()?;
    Ok((listener, address))
}

impl Drop for Twilio {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            // A panic of the server has shown itself as a failed request already.
            let _ = thread.join();
        }
    }
}
