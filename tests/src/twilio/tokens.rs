//! Takes requests for OAuth tokens, gives tokens that the operations accept until they are told to expire; must never use a clock.

use serde_json::{Value, json};

use super::recorded::Recorded;
use super::{CLIENT_ID, CLIENT_SECRET};

/// The tokens of the account.
#[derive(Debug)]
pub(super) struct Tokens {
    given: u64,
    expired: u64,
    /// How many more requests the valid ones are good for.
    left: Option<usize>,
    /// What answers call the life of a token, in seconds.
    pub(super) life: u64,
}

impl Default for Tokens {
    fn default() -> Self {
        Self {
            given: 0,
            expired: 0,
            left: None,
            life: 3600,
        }
    }
}

const PREFIX: &str = "made-up-token-";

impl Tokens {
    /// The answer of the token endpoint, as RFC 6749 has it.
    pub(super) fn answer(&mut self, request: &Recorded) -> (u16, Value) {
        let refuse = |status, error: &str| (status, json!({ "error": error }));
        if request.method != "POST" {
            return refuse(405, "invalid_request");
        }
        let Some(mut form) = request.form.clone() else {
            return refuse(400, "invalid_request");
        };
        form.sort();
        let expected = [
            ("client_id", CLIENT_ID),
            ("client_secret", CLIENT_SECRET),
            ("grant_type", "client_credentials"),
        ];
        let names = form.iter().map(|(name, _)| name.as_str());
        if !names.eq(expected.iter().map(|(name, _)| *name)) {
            return refuse(400, "invalid_request");
        }
        for ((name, value), (_, right)) in form.iter().zip(expected) {
            if value != right {
                return match name.as_str() {
                    "grant_type" => refuse(400, "unsupported_grant_type"),
                    _ => refuse(401, "invalid_client"),
                };
            }
        }
        self.given += 1;
        let token = format!("{PREFIX}{}", self.given);
        let answer = json!({
            "access_token": token,
            "token_type": "Bearer",
            "expires_in": self.life,
        });
        (200, answer)
    }

    /// Whether an `Authorization` header carries a token that is still good.
    pub(super) fn accept(&mut self, header: &str) -> bool {
        let token = header.strip_prefix("Bearer ");
        let number = token.and_then(|token| token.strip_prefix(PREFIX)?.parse().ok());
        let good = number.is_some_and(|number: u64| self.expired < number && number <= self.given);
        if let (true, Some(left)) = (good, &mut self.left) {
            if *left == 0 {
                self.expire();
                return false;
            }
            *left -= 1;
        }
        good
    }

    /// No token that was given out so far is good any more.
    pub(super) fn expire(&mut self) {
        self.expired = self.given;
        self.left = None;
    }

    /// All tokens that were given out expire after so many more requests.
    pub(super) fn expire_after(&mut self, requests: usize) {
        self.left = Some(requests);
    }

    pub(super) fn given(&self) -> u64 {
        self.given
    }
}
