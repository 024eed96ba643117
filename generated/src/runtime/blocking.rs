//! Takes calls; gives their answers to a thread that waits for them; must never do anything but wait by itself.

use crate::runtime::waiting::Driver;
use crate::runtime::{Call, ClientBuilder, Error, Request, Response};
use std::fmt;
use std::sync::Arc;

/// A client of the API whose calls wait for their answers. Clones are cheap and share connections.
///
/// A call runs on the thread that makes it: so do the builder's `on_attempt` and what the feature
/// `tracing` tells. The client has a thread of its own beside, which drives the connections; it
/// ends when the last clone is dropped.
///
/// A call inside of async code fails before anything is sent, because the tasks of that thread
/// could not go on meanwhile. It is known by the Tokio runtime; on the thread of another one it
/// blocks, as it does inside of `tokio::task::unconstrained`. Use it within
/// `tokio::task::spawn_blocking` or `block_in_place` there. It can be built and dropped anywhere.
///
/// # Example
///
/// ```
/// # fn example(builder: twilio_push_credentials::ClientBuilder) -> Result<(), twilio_push_credentials::Error> {
/// let client: twilio_push_credentials::blocking::Client = builder.build_blocking()?;
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct Client {
    pub(crate) client: crate::runtime::Client,
    pub(crate) driver: Arc<Driver>,
}

/// Builds a client and starts its thread.
pub(crate) fn start(builder: ClientBuilder) -> Result<Client, Error> {
    let client = builder.build()?;
    let driver = Arc::new(Driver::start()?);
    Ok(Client { client, driver })
}

impl<R: Request> Call<Client, R> {
    /// Sends the request and waits for the answer.
    ///
    /// # Errors
    /// When a value in the request is not allowed or this is async code (nothing is sent then),
    /// when the server can't be reached, says no, or answers with something else than what is
    /// documented; each after as many attempts as are allowed and safe.
    ///
    /// # Example
    ///
    /// ```
    /// # fn example<R: twilio_push_credentials::Request>(call: twilio_push_credentials::Call<twilio_push_credentials::blocking::Client, R>) -> Result<(), twilio_push_credentials::Error> {
    /// let answer = call.send()?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn send(self) -> Result<R::Output, Error> {
        let (Client { client, driver }, request, mut options) = self.into_parts();
        options.driver = Some(Arc::clone(&driver));
        let page = options.page()?;
        driver
            .wait(client.0.call(&request, &options, page))
            .map_err(|error| error.of(request.operation().id))?
    }

    /// Sends the request, and gives the status and the headers of the answer beside what it says.
    ///
    /// # Errors
    /// As for [`send`](Self::send).
    ///
    /// # Example
    ///
    /// ```
    /// # fn example<R: twilio_push_credentials::Request>(call: twilio_push_credentials::Call<twilio_push_credentials::blocking::Client, R>) -> Result<(), twilio_push_credentials::Error> {
    /// let response = call.send_with_metadata()?;
    /// println!("{}", response.metadata.status());
    /// # Ok(())
    /// # }
    /// ```
    pub fn send_with_metadata(self) -> Result<Response<R::Output>, Error> {
        let (Client { client, driver }, request, mut options) = self.into_parts();
        options.driver = Some(Arc::clone(&driver));
        let page = options.page()?;
        driver
            .wait(client.0.call_with_metadata(&request, &options, page))
            .map_err(|error| error.of(request.operation().id))?
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("blocking::Client")
            .field(&self.client)
            .finish()
    }
}
