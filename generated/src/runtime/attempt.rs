//! Takes how the attempts of one call ended; gives whether to send again, and when; must never have a request sent twice that may be processed twice.

use crate::runtime::budget::Budget;
use crate::runtime::error::Kind;
use crate::runtime::retry::Jitter;
use crate::runtime::{Body, Error, Method, Operation, Retry};
use std::fmt;
use std::time::Duration;

/// An attempt of a call, as it ended.
///
/// It tells what happened on the wire: an answer that was well received and then could not be
/// decoded is a success here.
///
/// # Example
///
/// ```
/// # fn example(builder: twilio_push_credentials::ClientBuilder) {
/// let builder = builder.on_attempt(|attempt| {
///     println!("{} took {:?}", attempt.operation(), attempt.elapsed());
/// });
/// # }
/// ```
#[derive(Clone, Copy)]
pub struct Attempt<'a> {
    pub(crate) operation: &'static Operation,
    pub(crate) number: u32,
    pub(crate) elapsed: Duration,
    pub(crate) status: Option<u16>,
    pub(crate) request_id: Option<&'a str>,
    pub(crate) error: Option<&'a Error>,
    pub(crate) retry_in: Option<Duration>,
}

impl<'a> Attempt<'a> {
    /// The document's name of the operation.
    ///
    /// # Example
    ///
    /// ```
    /// # fn example(builder: twilio_push_credentials::ClientBuilder) {
    /// let builder = builder.on_attempt(|attempt| {
    ///     println!("{}", attempt.operation());
    /// });
    /// # }
    /// ```
    #[must_use]
    pub const fn operation(&self) -> &'static str {
        self.operation.id
    }

    /// The HTTP method, in capitals.
    ///
    /// # Example
    ///
    /// ```
    /// # fn example(builder: twilio_push_credentials::ClientBuilder) {
    /// let builder = builder.on_attempt(|attempt| {
    ///     println!("{} {}", attempt.method(), attempt.path_template());
    /// });
    /// # }
    /// ```
    #[must_use]
    pub const fn method(&self) -> &'static str {
        self.operation.method.as_str()
    }

    /// The path with names of parameters in braces in the place of their values.
    ///
    /// # Example
    ///
    /// ```
    /// # fn example(builder: twilio_push_credentials::ClientBuilder) {
    /// let builder = builder.on_attempt(|attempt| {
    ///     println!("{} {}", attempt.method(), attempt.path_template());
    /// });
    /// # }
    /// ```
    #[must_use]
    pub const fn path_template(&self) -> &'static str {
        self.operation.path
    }

    /// Which attempt of its call it is, counted from 1.
    ///
    /// # Example
    ///
    /// ```
    /// # fn example(builder: twilio_push_credentials::ClientBuilder) {
    /// let builder = builder.on_attempt(|attempt| {
    ///     if attempt.number() > 1 {
    ///         println!("{} again", attempt.operation());
    ///     }
    /// });
    /// # }
    /// ```
    #[must_use]
    pub const fn number(&self) -> u32 {
        self.number
    }

    /// How long this attempt took.
    ///
    /// # Example
    ///
    /// ```
    /// # fn example(builder: twilio_push_credentials::ClientBuilder) {
    /// let builder = builder.on_attempt(|attempt| {
    ///     println!("took {} ms", attempt.elapsed().as_millis());
    /// });
    /// # }
    /// ```
    #[must_use]
    pub const fn elapsed(&self) -> Duration {
        self.elapsed
    }

    /// The HTTP status, when the server answered; that of the one who gives tokens, when it gave none.
    ///
    /// # Example
    ///
    /// ```
    /// # fn example(builder: twilio_push_credentials::ClientBuilder) {
    /// let builder = builder.on_attempt(|attempt| {
    ///     let answered = attempt.status().is_some();
    /// });
    /// # }
    /// ```
    #[must_use]
    pub const fn status(&self) -> Option<u16> {
        self.status
    }

    /// The name of the request that the API's support asks for.
    ///
    /// # Example
    ///
    /// ```
    /// # fn example(builder: twilio_push_credentials::ClientBuilder) {
    /// let builder = builder.on_attempt(|attempt| {
    ///     println!("{}", attempt.request_id().unwrap_or("unnamed"));
    /// });
    /// # }
    /// ```
    #[must_use]
    pub const fn request_id(&self) -> Option<&'a str> {
        self.request_id
    }

    /// Why it failed; nothing when it did not.
    ///
    /// # Example
    ///
    /// ```
    /// # fn example(builder: twilio_push_credentials::ClientBuilder) {
    /// let builder = builder.on_attempt(|attempt| {
    ///     if let Some(error) = attempt.error() {
    ///         println!("{error}");
    ///     }
    /// });
    /// # }
    /// ```
    #[must_use]
    pub const fn error(&self) -> Option<&'a Error> {
        self.error
    }

    /// How long the pause before the next attempt is; nothing when there is no next one.
    ///
    /// # Example
    ///
    /// ```
    /// # fn example(builder: twilio_push_credentials::ClientBuilder) {
    /// let builder = builder.on_attempt(|attempt| {
    ///     if let Some(pause) = attempt.retry_in() {
    ///         println!("again in {pause:?}");
    ///     }
    /// });
    /// # }
    /// ```
    #[must_use]
    pub const fn retry_in(&self) -> Option<Duration> {
        self.retry_in
    }
}

impl fmt::Debug for Attempt<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Attempt")
            .field("operation", &self.operation.id)
            .field("number", &self.number)
            .field("elapsed", &self.elapsed)
            .field("status", &self.status)
            .field("request_id", &self.request_id)
            .field("error", &self.error)
            .field("retry_in", &self.retry_in)
            .finish()
    }
}

/// What a call may take: the client's limits with the call's own in their place.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limits {
    pub(crate) retry: Retry,
    /// For the whole call.
    pub(crate) timeout: Duration,
    pub(crate) attempt_timeout: Duration,
}

/// What the calls of a client share.
pub(crate) struct Shared {
    pub(crate) budget: Budget,
    pub(crate) jitter: Jitter,
    /// Whether a request that was answered with 429 was never processed.
    pub(crate) rate_limited_is_unprocessed: bool,
}

/// The attempts of one call. Times are those since it began.
pub(crate) struct Run<'a> {
    shared: &'a Shared,
    method: Method,
    limits: Limits,
    attempts: u32,
    /// Attempts that were made because of a new token, beside those that are allowed.
    renewed: u32,
    /// Whether an attempt may have changed something.
    applied: bool,
    /// Whether the body was sent once and can't be sent again.
    spent: bool,
    /// Whether that is why the call is over.
    stopped: bool,
}

impl<'a> Run<'a> {
    pub(crate) fn new(shared: &'a Shared, operation: &Operation, limits: Limits) -> Self {
        Self {
            shared,
            method: operation.method,
            limits,
            attempts: 0,
            renewed: 0,
            applied: false,
            spent: false,
            stopped: false,
        }
    }

    pub(crate) const fn attempts(&self) -> u32 {
        self.attempts
    }

    /// Begins an attempt; gives the time that it may take, or nothing when none is left.
    pub(crate) fn begin(&mut self, elapsed: Duration) -> Option<Duration> {
        let left = self.limits.timeout.checked_sub(elapsed);
        let left = left.filter(|left| !left.is_zero())?;
        self.attempts += 1;
        Some(left.min(self.limits.attempt_timeout))
    }

    /// The error of a call that had no time to begin.
    pub(crate) fn out_of_time() -> Error {
        Error::new(Kind::Timeout, "not sent: the call has no time left")
    }

    /// Ends an attempt with an answer that says yes.
    pub(crate) fn succeeded(&self) -> Option<Duration> {
        self.shared.budget.earn();
        None
    }

    /// The attempt that ended, for those who want to see it.
    pub(crate) fn attempt<'b>(
        &self,
        operation: &'static Operation,
        result: &'b Result<Body, Error>,
        elapsed: Duration,
        retry_in: Option<Duration>,
    ) -> Attempt<'b> {
        let error = result.as_ref().err();
        let body = result.as_ref().ok();
        Attempt {
            operation,
            number: self.attempts,
            elapsed,
            status: body.map(Body::status).or_else(|| error?.status()),
            request_id: body.map_or_else(|| error?.request_id(), Body::request_id),
            error,
            retry_in,
        }
    }

    /// Notes that the body can't be sent another time.
    pub(crate) fn spend(&mut self) {
        self.spent = true;
    }

    /// Ends an attempt that was refused for a token which can be replaced; gives no pause, or nothing when no time is left.
    pub(crate) fn renewed(&mut self, elapsed: Duration) -> Option<Duration> {
        self.stopped = self.spent;
        if self.stopped {
            return None;
        }
        self.renewed += 1;
        (elapsed < self.limits.timeout).then_some(Duration::ZERO)
    }

    /// Ends an attempt that failed; gives the pause before the next one, or nothing when it was the last.
    pub(crate) fn failed(&mut self, error: &Error, elapsed: Duration) -> Option<Duration> {
        if self.may_be_applied(error) {
            self.applied = true;
        }
        let allowed = self.limits.retry.attempts().saturating_add(self.renewed);
        if self.attempts >= allowed || !self.is_repeatable(error) {
            return None;
        }
        self.stopped = self.spent;
        if self.stopped {
            return None;
        }
        let draw = self.shared.jitter.draw();
        let retry = &self.limits.retry;
        let pause = retry.pause(self.attempts, error.retry_after(), draw)?;
        // There is no use in a pause after which no time is left.
        let in_time = elapsed.saturating_add(pause) < self.limits.timeout;
        (in_time && self.shared.budget.take()).then_some(pause)
    }

    /// What the call fails with, given why its last attempt did.
    pub(crate) fn finish(&self, error: Error) -> Error {
        let error = if self.stopped {
            error.noting("its body can be sent only once")
        } else {
            error
        };
        error.after(self.attempts, self.applied)
    }

    /// What the call fails with when its success could not be read.
    pub(crate) fn unread(&self, error: Error) -> Error {
        error.after(self.attempts, self.is_open())
    }

    /// Whether a request that was answered with success may have changed something.
    pub(crate) fn is_open(&self) -> bool {
        !is_safe(self.method)
    }

    /// Whether the request of a failed attempt may have changed something.
    fn may_be_applied(&self, error: &Error) -> bool {
        if is_safe(self.method) || error.is_unsent() {
            return false;
        }
        match error.status() {
            Some(429) => !self.shared.rate_limited_is_unprocessed,
            Some(408) => true,
            Some(400..500) => false,
            _ => true,
        }
    }

    fn is_repeatable(&self, error: &Error) -> bool {
        let (get, put) = (Method::GET, Method::PUT);
        // Nothing changes when a token is asked for twice, whatever it is for.
        let repeats = [get, put, Method::HEAD, Method::DELETE].contains(&self.method)
            || error.is_before_sending();
        match error.kind() {
            Kind::Connect | Kind::ConnectTimeout => true,
            Kind::Timeout | Kind::Transport => repeats,
            Kind::Status => match error.status() {
                Some(429) => {
                    repeats
                        || self.method == Method::OPTIONS
                        || self.shared.rate_limited_is_unprocessed
                }
                Some(408 | 500 | 502 | 503 | 504) => repeats,
                _ => false,
            },
            _ => false,
        }
    }
}

/// Whether requests of that method change nothing.
fn is_safe(method: Method) -> bool {
    [Method::GET, Method::HEAD, Method::OPTIONS, Method::TRACE].contains(&method)
}
