//! Takes what came with an answer; gives it to users beside the value; must never be printed with headers, which may hold anything.

use crate::runtime::FromHeaders;
use reqwest::StatusCode;
use reqwest::header::HeaderMap;
use std::fmt;
use std::time::Duration;

/// What a call returned, and how it came.
///
/// # Example
///
/// ```
/// # async fn example<R: twilio_push_credentials::Request>(call: twilio_push_credentials::Call<twilio_push_credentials::Client, R>) -> Result<(), twilio_push_credentials::Error> {
/// let response = call.send_with_metadata().await?;
/// println!("{:?} after {:?}", response.metadata.status(), response.metadata.elapsed());
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Response<T> {
    /// What the operation returns.
    pub value: T,
    /// How it came.
    pub metadata: Metadata,
}

/// What came with an answer.
///
/// # Example
///
/// ```
/// # async fn example<R: twilio_push_credentials::Request>(call: twilio_push_credentials::Call<twilio_push_credentials::Client, R>) -> Result<(), twilio_push_credentials::Error> {
/// let metadata = call.send_with_metadata().await?.metadata;
/// println!("{} in {} attempts", metadata.status(), metadata.attempts());
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct Metadata {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) request_id: Option<String>,
    pub(crate) attempts: u32,
    pub(crate) elapsed: Duration,
}

impl Metadata {
    /// The HTTP status: 200 to 299.
    ///
    /// # Example
    ///
    /// ```
    /// # fn example(metadata: twilio_push_credentials::Metadata) {
    /// assert!((200..300).contains(&metadata.status()));
    /// # }
    /// ```
    #[must_use]
    pub fn status(&self) -> u16 {
        self.status.as_u16()
    }

    /// The first header of that name, in any case; nothing when it is not there or not visible ASCII.
    ///
    /// # Example
    ///
    /// ```
    /// # fn example(metadata: twilio_push_credentials::Metadata) {
    /// let kind = metadata.header("content-type");
    /// # }
    /// ```
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// The headers that the document describes, each as its type; nothing where one is missing or something else.
    ///
    /// The documentation of a call names the type.
    ///
    /// # Example
    ///
    /// ```
    /// fn headers<LimitHeaders: twilio_push_credentials::FromHeaders>(metadata: &twilio_push_credentials::Metadata) -> LimitHeaders {
    ///     metadata.headers_as()
    /// }
    /// ```
    #[must_use]
    pub fn headers_as<T: FromHeaders>(&self) -> T {
        T::read(self)
    }

    /// The headers: names in lower case, and values as they came.
    ///
    /// # Example
    ///
    /// ```
    /// # fn example(metadata: twilio_push_credentials::Metadata) {
    /// for (name, value) in metadata.headers() {
    ///     println!("{name}: {} bytes", value.len());
    /// }
    /// # }
    /// ```
    pub fn headers(&self) -> impl Iterator<Item = (&str, &[u8])> {
        let pairs = self.headers.iter();
        pairs.map(|(name, value)| (name.as_str(), value.as_bytes()))
    }

    /// The name of the request that the API's support asks for.
    ///
    /// # Example
    ///
    /// ```
    /// # fn example(metadata: twilio_push_credentials::Metadata) {
    /// if let Some(id) = metadata.request_id() {
    ///     println!("the server calls it {id}");
    /// }
    /// # }
    /// ```
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.request_id.as_deref()
    }

    /// How often the request was sent, at least 1.
    ///
    /// # Example
    ///
    /// ```
    /// # fn example(metadata: twilio_push_credentials::Metadata) {
    /// if metadata.attempts() > 1 {
    ///     println!("not at the first attempt");
    /// }
    /// # }
    /// ```
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.attempts
    }

    /// How long the call took, from its beginning to the end of the answer, pauses included.
    ///
    /// # Example
    ///
    /// ```
    /// # fn example(metadata: twilio_push_credentials::Metadata) {
    /// println!("took {} ms", metadata.elapsed().as_millis());
    /// # }
    /// ```
    #[must_use]
    pub fn elapsed(&self) -> Duration {
        self.elapsed
    }
}

impl fmt::Debug for Metadata {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Metadata")
            .field("status", &self.status)
            .field("request_id", &self.request_id)
            .field("attempts", &self.attempts)
            .field("elapsed", &self.elapsed)
            .finish_non_exhaustive()
    }
}
