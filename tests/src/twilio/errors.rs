//! Takes what is wrong with a request, gives the status and body that Twilio documents for it; must never quote a value of the request.

use serde_json::{Value, json};

/// Why a request is refused.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct Refusal {
    pub(super) status: u16,
    pub(super) code: u32,
    pub(super) message: String,
}

impl Refusal {
    fn new(status: u16, code: u32, message: impl Into<String>) -> Self {
        Self {
            status,
            code,
            message: message.into(),
        }
    }

    pub(super) fn invalid(message: impl Into<String>) -> Self {
        Self::new(400, 20001, message)
    }

    pub(super) fn page_too_large() -> Self {
        Self::new(400, 20007, "Page size is too large")
    }

    pub(super) fn unauthorized() -> Self {
        Self::new(401, 20003, "Authenticate")
    }

    pub(super) fn not_found(path: &str) -> Self {
        Self::new(
            404,
            20404,
            format!("The requested resource {path} was not found"),
        )
    }

    pub(super) fn method_not_allowed() -> Self {
        Self::new(405, 20004, "Method not allowed")
    }

    /// What Twilio answers with a status that no request caused.
    pub(super) fn of_status(status: u16) -> Self {
        match status {
            401 => Self::unauthorized(),
            404 => Self::not_found("/"),
            429 => Self::new(429, 20429, "Too Many Requests"),
            503 => Self::new(503, 20503, "Service Unavailable"),
            500..=599 => Self::new(status, 20500, "An internal server error has occurred"),
            _ => Self::new(status, 20001, "Bad request"),
        }
    }

    pub(super) fn body(&self) -> Value {
        json!({
            "code": self.code,
            "message": self.message,
            "more_info": format!("https://www.twilio.com/docs/errors/{}", self.code),
            "status": self.status,
        })
    }
}
