//! Takes an error; gives what users ask of it: of which kind it is, and what the server said; must never need the text of a message to tell.

use crate::runtime::error::Kind;
use crate::runtime::{ApiError, Error};
use serde::de::DeserializeOwned;
use std::time::Duration;

impl Error {
    /// Whether it took too long: to connect, or to get the whole answer.
    ///
    /// # Example
    ///
    /// ```
    /// # fn example(error: openapi_client_runtime::Error) {
    /// if error.is_timeout() {
    ///     println!("too slow");
    /// }
    /// # }
    /// ```
    #[must_use]
    pub fn is_timeout(&self) -> bool {
        self.is(&[Kind::Timeout, Kind::ConnectTimeout])
    }

    /// Whether no connection was made, so that nothing was sent.
    ///
    /// # Example
    ///
    /// ```
    /// # fn example(error: openapi_client_runtime::Error) {
    /// if error.is_connect() {
    ///     println!("nothing was sent");
    /// }
    /// # }
    /// ```
    #[must_use]
    pub fn is_connect(&self) -> bool {
        self.is(&[Kind::Connect, Kind::ConnectTimeout, Kind::Untrusted])
    }

    /// Whether the connection broke after it was made, so that the end of the call is not known.
    ///
    /// # Example
    ///
    /// ```
    /// # fn example(error: openapi_client_runtime::Error) {
    /// if error.is_broken() && !error.may_have_been_applied() {
    ///     println!("safe to send again");
    /// }
    /// # }
    /// ```
    #[must_use]
    pub fn is_broken(&self) -> bool {
        self.is(&[Kind::Transport])
    }

    /// Whether a file or a stream that was to be sent could not be read. The message says whether a
    /// part of it was sent.
    ///
    /// # Example
    ///
    /// ```
    /// # fn example(error: openapi_client_runtime::Error) {
    /// if error.is_upload() {
    ///     println!("look at the file: {error}");
    /// }
    /// # }
    /// ```
    #[must_use]
    pub fn is_upload(&self) -> bool {
        self.is(&[Kind::Upload])
    }

    /// Whether the request was refused before anything was sent, because a value in it is not allowed.
    ///
    /// # Example
    ///
    /// ```
    /// # fn example(error: openapi_client_runtime::Error) {
    /// if error.is_invalid_request() {
    ///     println!("{error}");
    /// }
    /// # }
    /// ```
    #[must_use]
    pub fn is_invalid_request(&self) -> bool {
        self.is(&[Kind::InvalidRequest])
    }

    /// Whether the client lacks something, such as credentials or a usable base URL. Nothing was sent.
    ///
    /// # Example
    ///
    /// ```
    /// # fn example(error: openapi_client_runtime::Error) {
    /// if error.is_configuration() {
    ///     println!("{error}");
    /// }
    /// # }
    /// ```
    #[must_use]
    pub fn is_configuration(&self) -> bool {
        self.is(&[Kind::Configuration])
    }

    /// Whether the server answered, but not with what the API documents.
    ///
    /// # Example
    ///
    /// ```
    /// # fn example(error: openapi_client_runtime::Error) {
    /// if error.is_decode() {
    ///     println!("{}", error.body_excerpt().unwrap_or("nothing"));
    /// }
    /// # }
    /// ```
    #[must_use]
    pub fn is_decode(&self) -> bool {
        self.is(&[Kind::Decode])
    }

    /// Whether the answer was larger than the limit of the client.
    ///
    /// # Example
    ///
    /// ```
    /// # fn example(error: openapi_client_runtime::Error) {
    /// if error.is_too_large() {
    ///     println!("ask for smaller pages");
    /// }
    /// # }
    /// ```
    #[must_use]
    pub fn is_too_large(&self) -> bool {
        self.is(&[Kind::TooLarge])
    }

    /// Whether the server answered with a redirect; they are never followed.
    ///
    /// # Example
    ///
    /// ```
    /// # fn example(error: openapi_client_runtime::Error) {
    /// if error.is_redirect() {
    ///     println!("the server moved");
    /// }
    /// # }
    /// ```
    #[must_use]
    pub fn is_redirect(&self) -> bool {
        self.is(&[Kind::Redirect])
    }

    /// Whether the next page was refused: on another server, another path, or visited before. Nothing was sent to it.
    ///
    /// # Example
    ///
    /// ```
    /// # fn example(error: openapi_client_runtime::Error) {
    /// if error.is_next_page() {
    ///     println!("the list ends in an unexpected place");
    /// }
    /// # }
    /// ```
    #[must_use]
    pub fn is_next_page(&self) -> bool {
        self.is(&[Kind::NextPage])
    }

    /// Whether the credentials were refused: status 401 or 403, or no token for them.
    ///
    /// # Example
    ///
    /// ```
    /// # fn example(error: openapi_client_runtime::Error) {
    /// if error.is_auth() {
    ///     println!("check the credentials");
    /// }
    /// # }
    /// ```
    #[must_use]
    pub fn is_auth(&self) -> bool {
        self.is(&[Kind::Login])
            || self.is(&[Kind::Status]) && matches!(self.status(), Some(401 | 403))
    }

    /// Whether there is no such thing: status 404.
    ///
    /// # Example
    ///
    /// ```
    /// # fn example(error: openapi_client_runtime::Error) {
    /// if error.is_not_found() {
    ///     println!("there is no such thing");
    /// }
    /// # }
    /// ```
    #[must_use]
    pub fn is_not_found(&self) -> bool {
        self.is(&[Kind::Status]) && self.status() == Some(404)
    }

    /// Whether there were too many requests: status 429.
    ///
    /// # Example
    ///
    /// ```
    /// # fn example(error: openapi_client_runtime::Error) {
    /// if error.is_rate_limited() {
    ///     println!("again in {:?}", error.retry_after());
    /// }
    /// # }
    /// ```
    #[must_use]
    pub fn is_rate_limited(&self) -> bool {
        self.is(&[Kind::Status]) && self.status() == Some(429)
    }

    /// The pause that the last answer asked for with `Retry-After`; zero when its time has passed.
    ///
    /// # Example
    ///
    /// ```
    /// # fn example(error: openapi_client_runtime::Error) {
    /// let pause = error.retry_after().unwrap_or_default();
    /// # }
    /// ```
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        self.answer()?.retry_after
    }

    /// The HTTP status, when the server answered; that of the one who gives tokens, when it gave none.
    ///
    /// # Example
    ///
    /// ```
    /// # fn example(error: openapi_client_runtime::Error) {
    /// let is_conflict = error.status() == Some(409);
    /// # }
    /// ```
    #[must_use]
    pub fn status(&self) -> Option<u16> {
        self.answer().map(|answer| answer.status)
    }

    /// The name of the request that the API's support asks for.
    ///
    /// # Example
    ///
    /// ```
    /// # fn example(error: openapi_client_runtime::Error) {
    /// if let Some(id) = error.request_id() {
    ///     println!("tell the support about request {id}");
    /// }
    /// # }
    /// ```
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.answer()?.request_id.as_deref()
    }

    /// What the API says about the error.
    ///
    /// # Example
    ///
    /// ```
    /// # fn example(error: openapi_client_runtime::Error) {
    /// let code = error.api_error().and_then(|said| said.code());
    /// # }
    /// ```
    #[must_use]
    pub fn api_error(&self) -> Option<&ApiError> {
        self.answer()?.api_error.as_ref()
    }

    /// The beginning of the answer's body, at most 4 KiB of it.
    ///
    /// # Example
    ///
    /// ```
    /// # fn example(error: openapi_client_runtime::Error) {
    /// if let Some(excerpt) = error.body_excerpt() {
    ///     println!("{excerpt}");
    /// }
    /// # }
    /// ```
    #[must_use]
    pub fn body_excerpt(&self) -> Option<&str> {
        let excerpt = self.answer()?.excerpt.as_str();
        (!excerpt.is_empty()).then_some(excerpt)
    }

    /// The body of an error, read as what the document says of its status; nothing where it is something else.
    ///
    /// The documentation of a call names the type for each status. What this crate keeps out of
    /// its errors, such as secrets that were sent, is not in it either.
    ///
    /// # Example
    ///
    /// ```
    /// # fn example<NotFound: serde::de::DeserializeOwned + std::fmt::Debug>(error: openapi_client_runtime::Error) {
    /// if error.is_not_found() {
    ///     println!("{:?}", error.body_as::<NotFound>());
    /// }
    /// # }
    /// ```
    #[must_use]
    pub fn body_as<T: DeserializeOwned>(&self) -> Option<T> {
        T::deserialize(self.answer()?.kept.0.as_ref()?).ok()
    }

    /// The media type that the answer claims to have.
    ///
    /// # Example
    ///
    /// ```
    /// # fn example(error: openapi_client_runtime::Error) {
    /// let is_page = error.content_type().is_some_and(|kind| kind.starts_with("text/html"));
    /// # }
    /// ```
    #[must_use]
    pub fn content_type(&self) -> Option<&str> {
        self.answer()?.content_type.as_deref()
    }
}
