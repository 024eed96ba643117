//! Takes the headers of an answer; gives the pause that the server asks for; must never fail on a header that makes no sense.

use chrono::{DateTime, NaiveDateTime, Utc};
use reqwest::header::{DATE, HeaderMap, RETRY_AFTER};
use std::time::{Duration, SystemTime};

/// The pause that the server asks for: zero when its time has passed, nothing when it asks for none.
pub(crate) fn retry_after(headers: &HeaderMap, now: SystemTime) -> Option<Duration> {
    let text = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) {
        // Too many digits for a number are too many seconds.
        return Some(Duration::from_secs(text.parse().unwrap_or(u64::MAX)));
    }
    let until = http_date(text)?;
    // The server's own clock, where it says what that shows: ours may be wrong.
    let sent = headers.get(DATE).and_then(|date| date.to_str().ok());
    let from = sent
        .and_then(http_date)
        .unwrap_or_else(|| DateTime::<Utc>::from(now));
    Some((until - from).to_std().unwrap_or_default())
}

/// The three forms of RFC 9110.
fn http_date(text: &str) -> Option<DateTime<Utc>> {
    if let Ok(date) = DateTime::parse_from_rfc2822(text) {
        return Some(date.to_utc());
    }
    ["%A, %d-%b-%y %H:%M:%S GMT", "%a %b %e %H:%M:%S %Y"]
        .iter()
        .find_map(|form| NaiveDateTime::parse_from_str(text, form).ok())
        .map(|date| date.and_utc())
}
