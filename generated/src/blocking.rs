// Generated. Do not edit: change the document or the generator and generate again.

//! The client without async: calls wait for their answers, and lists are iterators.
//!
//! It needs the feature `blocking`, and nothing else in `Cargo.toml`. Calls are made and
//! completed in the same way as those of [`crate::Client`], with the same retries, timeouts and
//! errors.

use crate::runtime::{ClientBuilder, Error};
pub use crate::runtime::blocking::Client;
pub use crate::runtime::blocking_pages::{Items, Pages};

impl Client {
    /// A builder, to be ended with [`build_blocking`](ClientBuilder::build_blocking).
    ///
    /// # Example
    ///
    /// ```
    /// use twilio_push_credentials::blocking::Client;
    ///
    /// # async fn example(sid: String, secret: String) -> Result<(), twilio_push_credentials::Error> {
    /// let client = Client::builder().api_key(sid, secret).build_blocking()?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn builder() -> ClientBuilder {
        crate::Client::builder()
    }

    /// A client that logs in with what the environment says.
    ///
    /// It looks for `TWILIO_API_KEY` and `TWILIO_API_SECRET`, then for `TWILIO_ACCOUNT_SID` and
    /// `TWILIO_AUTH_TOKEN`; the first of these that is complete counts.
    ///
    /// It also looks for `TWILIO_REGION` for [`region`](ClientBuilder::region) and `TWILIO_EDGE`
    /// for [`edge`](ClientBuilder::edge).
    ///
    /// # Errors
    ///
    /// No login is complete, a value cannot be used, or the HTTP layer can't be set up.
    ///
    /// # Example
    ///
    /// ```
    /// use twilio_push_credentials::blocking::Client;
    ///
    /// # async fn example() -> Result<(), twilio_push_credentials::Error> {
    /// let client = Client::from_env()?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn from_env() -> Result<Self, Error> {
        Self::builder().login_from_env()?.servers_from_env().build_blocking()
    }

    /// Twilio Chat v1 Credentials.
    ///
    /// # Example
    ///
    /// ```
    /// # fn example(client: twilio_push_credentials::blocking::Client) {
    /// let chat_v1 = client.chat_v1();
    /// # }
    /// ```
    #[cfg(feature = "chat_v1")]
    #[deprecated = "the document of the API advises against it"]
    #[must_use]
    pub fn chat_v1(&self) -> crate::chat_v1::ChatV1<Client> {
        crate::chat_v1::ChatV1::new(self.clone())
    }

    /// Twilio Chat v2 Credentials.
    ///
    /// # Example
    ///
    /// ```
    /// # fn example(client: twilio_push_credentials::blocking::Client) {
    /// let chat_v2 = client.chat_v2();
    /// # }
    /// ```
    #[cfg(feature = "chat_v2")]
    #[must_use]
    pub fn chat_v2(&self) -> crate::chat_v2::ChatV2<Client> {
        crate::chat_v2::ChatV2::new(self.clone())
    }

    /// Twilio Conversations v1 Credentials.
    ///
    /// # Example
    ///
    /// ```
    /// # fn example(client: twilio_push_credentials::blocking::Client) {
    /// let conversations_v1 = client.conversations_v1();
    /// # }
    /// ```
    #[cfg(feature = "conversations_v1")]
    #[must_use]
    pub fn conversations_v1(&self) -> crate::conversations_v1::ConversationsV1<Client> {
        crate::conversations_v1::ConversationsV1::new(self.clone())
    }

    /// Twilio Notify v1 Credentials.
    ///
    /// # Example
    ///
    /// ```
    /// # fn example(client: twilio_push_credentials::blocking::Client) {
    /// let notify_v1 = client.notify_v1();
    /// # }
    /// ```
    #[cfg(feature = "notify_v1")]
    #[must_use]
    pub fn notify_v1(&self) -> crate::notify_v1::NotifyV1<Client> {
        crate::notify_v1::NotifyV1::new(self.clone())
    }
}
