//! Takes the text of a moment; gives that of another, in the same form; must never ask what time it is.

use chrono::{DateTime, FixedOffset, SecondsFormat, TimeDelta};

/// The moment that many seconds later, where the text is a date and time as APIs write them.
pub(super) fn later(text: &str, seconds: i64) -> Option<String> {
    let move_on =
        |moment: DateTime<FixedOffset>| moment.checked_add_signed(TimeDelta::try_seconds(seconds)?);
    if let Ok(moment) = DateTime::parse_from_rfc3339(text) {
        return Some(move_on(moment)?.to_rfc3339_opts(SecondsFormat::AutoSi, true));
    }
    let moment = DateTime::parse_from_rfc2822(text).ok()?;
    Some(move_on(moment)?.to_rfc2822())
}

#[cfg(test)]
mod tests {
    use super::later;

    #[test]
    fn the_form_stays_and_the_moment_moves() {
        assert_eq!(
            later("2015-12-31T23:59:59Z", 1).as_deref(),
            Some("2016-01-01T00:00:00Z")
        );
        assert_eq!(
            later("Wed, 07 Oct 2015 17:50:01 +0000", 61).as_deref(),
            Some("Wed, 7 Oct 2015 17:51:02 +0000")
        );
        assert_eq!(later("iPhone app", 1), None);
    }
}
