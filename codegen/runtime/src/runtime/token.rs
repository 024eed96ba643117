//! Takes answers of token endpoints; gives headers that carry them; must never leave a copy behind or show one.

use crate::runtime::token_header::{token_header, token_of};
use crate::runtime::{Secret, SecretString, read};
use reqwest::header::HeaderValue;
use serde::Deserialize;
use serde_json::Value;
use std::fmt;
use std::time::Duration;
use tokio::time::Instant;
use zeroize::Zeroizing;

/// A bearer token as it is sent.
pub(crate) struct Token {
    header: HeaderValue,
    /// When it is to be replaced, and when it may no longer be used; nothing when it has no end.
    ends: Option<(Instant, Instant)>,
}

/// It is replaced this long before it ends, or after three quarters of a short life.
const EARLY: Duration = Duration::from_secs(120);
/// It isn't used for so long before it ends, because requests and clocks take time.
const TOO_LATE: Duration = Duration::from_secs(10);
/// Longer lives are cut, so that no sum of times overflows.
const LONGEST: f64 = 10.0 * 365.0 * 24.0 * 60.0 * 60.0;

impl Token {
    /// Reads the answer of a token endpoint that was asked at `asked`.
    pub(crate) fn read(answer: &[u8], asked: Instant) -> Result<Self, String> {
        // The error of the parser is dropped: it may quote what it read.
        let answer: Answer =
            serde_json::from_slice(answer).map_err(|_| "is not the JSON of a token".to_owned())?;
        if let Some(kind) = &answer.token_type
            && !kind.eq_ignore_ascii_case("bearer")
        {
            return Err("is for a token of another type than bearer".to_owned());
        }
        let header = token_header(&answer.access_token);
        let header = header.map_err(|problem| format!("has a token that {problem}"))?;
        let ends = answer.expires_in.as_ref().and_then(life).map(|life| {
            let before =
                |margin: Duration, part: u32| asked + life.saturating_sub(margin.min(life / part));
            (before(EARLY, 4), before(TOO_LATE, 10))
        });
        Ok(Self { header, ends })
    }

    pub(crate) fn header(&self) -> &HeaderValue {
        &self.header
    }

    /// Whether it is time for another one.
    pub(crate) fn is_old(&self, now: Instant) -> bool {
        self.ends.is_some_and(|(old, _)| old <= now)
    }

    /// Whether it must not be used any more.
    pub(crate) fn is_over(&self, now: Instant) -> bool {
        self.ends.is_some_and(|(_, over)| over <= now)
    }

    /// The token itself, for the one who takes it out of texts.
    pub(crate) fn secret(&self) -> Zeroizing<String> {
        token_of(&self.header)
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Token")
            .field("ends", &self.ends)
            .finish_non_exhaustive()
    }
}

/// What RFC 6749 says that a token endpoint answers.
#[derive(Deserialize)]
struct Answer {
    #[serde(deserialize_with = "read::<_, Secret>")]
    access_token: SecretString,
    #[serde(default)]
    token_type: Option<String>,
    /// A number, which some servers write as a string.
    #[serde(default)]
    expires_in: Option<Value>,
}

/// The seconds that a token lives; nothing where that can't be read, so that it lasts until it is refused.
fn life(expires_in: &Value) -> Option<Duration> {
    let seconds = match expires_in {
        Value::Number(number) => number.as_f64()?,
        Value::String(text) => text.trim().parse().ok()?,
        _ => return None,
    };
    // A life that is over counts as none.
    let seconds = if seconds > 0.0 {
        seconds.min(LONGEST)
    } else {
        0.0
    };
    Duration::try_from_secs_f64(seconds).ok()
}
