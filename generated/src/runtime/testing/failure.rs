//! Takes what is to go wrong with a request; gives it to the server that carries it out; must never decide by itself when.

use std::time::Duration;

/// What is to go wrong with one request.
///
/// Clients send some requests again when they fail: a test of what your application does then
/// tells as many failures as there are attempts, or gives the client [`Retry::never`].
///
/// [`Retry::never`]: crate::runtime::Retry::never
///
/// # Example
///
/// ```
/// use twilio_push_credentials::testing::Failure;
///
/// # fn example(server: twilio_push_credentials::testing::Server) {
/// server.fail_next(Failure::status(429).with_header("retry-after", "1"));
/// # }
/// ```
#[derive(Clone, Debug, Default, Eq, PartialEq)]
#[must_use = "a failure does nothing until the server is told of it"]
pub struct Failure {
    pub(super) status: Option<u16>,
    pub(super) headers: Vec<(String, String)>,
    pub(super) body: Option<Vec<u8>>,
    pub(super) delay: Duration,
    pub(super) drops: Option<Moment>,
}

/// When a connection breaks.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Moment {
    Before,
    After,
    Inside,
}

impl Failure {
    /// The request is refused with this status and the error that the document shows for it; nothing is changed.
    ///
    /// A status below 200 or above 599 is answered as 500. One that says yes comes with the same body, which a client
    /// will not be able to read.
    ///
    /// # Example
    ///
    /// ```
    /// use twilio_push_credentials::testing::Failure;
    ///
    /// # fn example(server: twilio_push_credentials::testing::Server) {
    /// server.fail_next(Failure::status(403));
    /// # }
    /// ```
    pub fn status(status: u16) -> Self {
        Self {
            status: Some(status),
            ..Self::default()
        }
    }

    /// The request is answered as usual, but this much later.
    ///
    /// # Example
    ///
    /// ```
    /// use twilio_push_credentials::testing::Failure;
    /// use std::time::Duration;
    ///
    /// # fn example(server: twilio_push_credentials::testing::Server) {
    /// server.fail_next(Failure::delay(Duration::from_secs(60)));
    /// # }
    /// ```
    pub fn delay(delay: Duration) -> Self {
        Self {
            delay,
            ..Self::default()
        }
    }

    /// The connection is closed before the request has any effect.
    ///
    /// # Example
    ///
    /// ```
    /// use twilio_push_credentials::testing::Failure;
    ///
    /// # fn example(server: twilio_push_credentials::testing::Server) {
    /// server.fail_next(Failure::drop_connection());
    /// # }
    /// ```
    pub fn drop_connection() -> Self {
        Self {
            drops: Some(Moment::Before),
            ..Self::default()
        }
    }

    /// The request has its effect, and then the connection is closed without an answer.
    ///
    /// # Example
    ///
    /// ```
    /// use twilio_push_credentials::testing::Failure;
    ///
    /// # fn example(server: twilio_push_credentials::testing::Server) {
    /// server.fail_next(Failure::lose_answer());
    /// # }
    /// ```
    pub fn lose_answer() -> Self {
        Self {
            drops: Some(Moment::After),
            ..Self::default()
        }
    }

    /// The request has its effect, and the connection is closed in the middle of the answer.
    ///
    /// # Example
    ///
    /// ```
    /// use twilio_push_credentials::testing::Failure;
    ///
    /// # fn example(server: twilio_push_credentials::testing::Server) {
    /// server.fail_next(Failure::cut_answer());
    /// # }
    /// ```
    pub fn cut_answer() -> Self {
        Self {
            drops: Some(Moment::Inside),
            ..Self::default()
        }
    }

    /// It takes this long until it happens.
    ///
    /// # Example
    ///
    /// ```
    /// use twilio_push_credentials::testing::Failure;
    /// use std::time::Duration;
    ///
    /// # fn example(server: twilio_push_credentials::testing::Server) {
    /// let slow = Failure::status(503).after(Duration::from_millis(20));
    /// server.fail_next(slow);
    /// # }
    /// ```
    pub fn after(mut self, delay: Duration) -> Self {
        self.delay = delay;
        self
    }

    /// A header of the answer, such as `retry-after`.
    ///
    /// One that says how long the answer is, or that cannot be sent because it has a line break in it, is left out.
    ///
    /// # Example
    ///
    /// ```
    /// use twilio_push_credentials::testing::Failure;
    ///
    /// # fn example(server: twilio_push_credentials::testing::Server) {
    /// let busy = Failure::status(503).with_header("retry-after", "1");
    /// server.fail_next(busy);
    /// # }
    /// ```
    pub fn with_header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    /// The body of the answer, whatever it is, where the failure has a status.
    ///
    /// # Example
    ///
    /// ```
    /// use twilio_push_credentials::testing::Failure;
    ///
    /// # fn example(server: twilio_push_credentials::testing::Server) {
    /// let page = Failure::status(502).with_body("<h1>Bad Gateway</h1>");
    /// server.fail_next(page);
    /// # }
    /// ```
    pub fn with_body(mut self, body: impl Into<Vec<u8>>) -> Self {
        self.body = Some(body.into());
        self
    }
}
