//! Takes calls and their attempts as they end; gives them to `tracing`; must never show a value of a request, an address or a text of the server but its request id.

use crate::runtime::{Attempt, Body, Error, Operation};
use std::time::Duration;
use tokio::time::Instant;
use tracing::field::{Empty, debug};
use tracing::instrument::{Instrument, Instrumented};
use tracing::{Level, Span};

/// What spans and events are filtered by: the name of the crate that carries this file.
const TARGET: &str = env!("CARGO_CRATE_NAME");

/// The span of a call.
pub(crate) struct Trace {
    span: Span,
    begun: Instant,
}

impl Trace {
    /// Begins the span of a call, below the one that its caller is in.
    pub(crate) fn begin(operation: &'static Operation) -> Self {
        let span = tracing::info_span!(
            target: TARGET,
            "call",
            api = operation.server.name,
            operation = operation.id,
            method = operation.method.as_str(),
            url_template = operation.path,
            status = Empty,
            request_id = Empty,
            attempts = Empty,
            elapsed_ms = Empty,
            error = Empty,
        );
        let begun = Instant::now();
        Self { span, begun }
    }

    /// Runs a part of the call in its span.
    pub(crate) fn within<F: Future>(&self, future: F) -> Instrumented<F> {
        future.instrument(self.span.clone())
    }

    /// Says how the call ended on the wire. Each field is told once, because some keep every one that they are told.
    pub(crate) fn end(
        &self,
        end: Result<(&Body, u32), &Error>,
        clean: impl FnOnce(&str) -> String,
    ) {
        if self.span.is_disabled() {
            return;
        }
        let (status, request_id, attempts) = match end {
            Ok((body, attempts)) => (Some(body.status()), body.request_id().map(clean), attempts),
            Err(error) => {
                let request_id = error.request_id().map(str::to_owned);
                (error.status(), request_id, error.attempts())
            }
        };
        self.span.record("status", status);
        self.span.record("request_id", request_id);
        self.span.record("attempts", attempts);
        let elapsed = self.begun.elapsed();
        self.span.record("elapsed_ms", milliseconds(elapsed));
        if let Err(error) = end {
            self.span.record("error", debug(error.kind()));
        }
    }

    /// Says that an answer could not be read.
    pub(crate) fn unread(&self, error: &Error) {
        self.span.record("error", debug(error.kind()));
    }
}

/// Tells an attempt, once it ended.
///
/// One that is followed by another is a warning, because nobody else learns of it; how the last
/// one ended is up to the caller, who gets the error.
pub(crate) fn attempt(attempt: &Attempt<'_>, clean: impl Fn(&str) -> String) {
    macro_rules! tell {
        ($level:expr) => {
            tracing::event!(
                target: TARGET,
                $level,
                attempt = attempt.number(),
                status = attempt.status(),
                request_id = attempt.request_id().map(&clean),
                elapsed_ms = milliseconds(attempt.elapsed()),
                error = attempt.error().map(|error| debug(error.kind())),
                retry_in_ms = attempt.retry_in().map(milliseconds),
                "attempt ended"
            )
        };
    }
    if attempt.retry_in().is_some() {
        tell!(Level::WARN);
    } else {
        tell!(Level::DEBUG);
    }
}

fn milliseconds(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}
