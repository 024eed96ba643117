// Generated. Do not edit: change the document or the generator and generate again.

//! For the tests of your application: a server in the same process that behaves as the
//! documents of the API say, and their examples as values.
//!
//! What a client creates can be fetched, changed, listed and deleted. Ids and times are made by
//! counting, so each run sees the same. The server remembers [what it was
//! asked](Server::requests), and fails [when it is told to](Server::fail_next). It does not
//! check what only the API itself knows, such as which fields go together.
//!
//! # Example
//!
//! ```no_run
//! use twilio_push_credentials::testing::{self, Failure, Server};
//!
//! # #[cfg(feature="chat_v2")]
//! # async fn example() -> Result<(), Box<dyn std::error::Error>> {
//! let server = Server::start()?;
//! server.seed(&testing::chat_v2::credentials::collection(), 3);
//!
//! // Give this client to the code that is to be tested.
//! let client = server.client()?;
//! let answer = client.chat_v2().credentials().list().send().await?;
//! assert_eq!(server.requests()[0].method(), "GET");
//!
//! server.fail_next(Failure::status(403));
//! let refused = client.chat_v2().credentials().list().send().await;
//! assert_eq!(refused.unwrap_err().status(), Some(403));
//! # Ok(())
//! # }
//! ```

#[cfg(feature = "chat_v1")]
pub mod chat_v1;
#[cfg(feature = "chat_v2")]
pub mod chat_v2;
#[cfg(feature = "conversations_v1")]
pub mod conversations_v1;
#[cfg(feature = "notify_v1")]
pub mod notify_v1;

use std::time::Duration;
use crate::runtime::{Client, ClientBuilder, Error, Retry};
use crate::runtime::testing::Api;
pub use crate::runtime::testing::{Collection, Failure, RecordedRequest, Server};

impl Server {
    /// Starts a server for all that this crate knows.
    ///
    /// # Errors
    ///
    /// There is no free port, or no thread to be had.
    ///
    /// # Example
    ///
    /// ```
    /// use twilio_push_credentials::testing::Server;
    ///
    /// let server = Server::start()?;
    /// assert!(server.requests().is_empty());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn start() -> std::io::Result<Self> {
        Self::start_with(APIS, "twilio-request-id")
    }

    /// A builder of clients that talk to this server, with made-up credentials. They send again
    /// what a client sends again, but without a pause unless the server asks for one.
    ///
    /// # Example
    ///
    /// ```
    /// use twilio_push_credentials::testing::Server;
    ///
    /// let server = Server::start()?;
    /// let client = server.client_builder().user_agent_suffix("tests").build()?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn client_builder(&self) -> ClientBuilder {
        let retry = Retry::new().backoff(Duration::ZERO, Duration::ZERO);
        self.point(Client::builder())
            .retry(retry)
            .with_bearer("made-up")
            .with_basic("testing", "made-up")
    }

    /// A client that talks to this server, as [`client_builder`](Self::client_builder) makes it.
    ///
    /// # Errors
    ///
    /// The HTTP layer can't be set up.
    ///
    /// # Example
    ///
    /// ```
    /// use twilio_push_credentials::testing::Server;
    ///
    /// let server = Server::start()?;
    /// let client = server.client()?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn client(&self) -> Result<Client, Error> {
        self.client_builder().build()
    }

    /// A blocking client that talks to this server, as [`client_builder`](Self::client_builder)
    /// makes it.
    ///
    /// # Errors
    ///
    /// The HTTP layer can't be set up, or no thread can be started.
    ///
    /// # Example
    ///
    /// ```
    /// use twilio_push_credentials::testing::Server;
    ///
    /// let server = Server::start()?;
    /// let client = server.blocking_client()?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[cfg(feature = "blocking")]
    pub fn blocking_client(&self) -> Result<crate::blocking::Client, Error> {
        self.client_builder().build_blocking()
    }
}

static APIS: &[&Api] = &[
    #[cfg(feature = "chat_v1")]
    &chat_v1::API,
    #[cfg(feature = "chat_v2")]
    &chat_v2::API,
    #[cfg(feature = "conversations_v1")]
    &conversations_v1::API,
    #[cfg(feature = "notify_v1")]
    &notify_v1::API,
];
