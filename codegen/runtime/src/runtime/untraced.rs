//! Takes the place of `trace` where the feature `tracing` is off; gives nothing, and must never cost anything.

use crate::runtime::{Attempt, Body, Error, Operation};

/// No span.
pub(crate) struct Trace;

impl Trace {
    pub(crate) const fn begin(_: &'static Operation) -> Self {
        Self
    }

    #[expect(clippy::unused_self, reason = "the signature is that of `trace`")]
    pub(crate) fn within<F: Future>(&self, future: F) -> F {
        future
    }

    #[expect(clippy::unused_self, reason = "the signature is that of `trace`")]
    pub(crate) fn end(&self, _: Result<(&Body, u32), &Error>, _: impl FnOnce(&str) -> String) {}

    #[expect(clippy::unused_self, reason = "the signature is that of `trace`")]
    pub(crate) const fn unread(&self, _: &Error) {}
}

/// Tells nothing.
pub(crate) fn attempt(_: &Attempt<'_>, _: impl Fn(&str) -> String) {}
