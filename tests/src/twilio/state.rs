//! Takes accepted changes, gives the credentials of the one account; must never use a clock or chance, nor keep a secret.

use serde_json::{Value, json};

use super::tokens::Tokens;

/// Everything that the account has.
#[derive(Debug, Default)]
pub(super) struct State {
    credentials: Vec<Credential>,
    created: u64,
    ticks: u64,
    requests: u64,
    pub(super) tokens: Tokens,
}

/// A stored credential; what was secret in it is dropped.
#[derive(Clone, Debug)]
pub(super) struct Credential {
    number: u64,
    pub(super) kind: String,
    pub(super) friendly_name: Option<String>,
    pub(super) sandbox: Option<bool>,
    created: String,
    updated: String,
}

/// Which part of the list a page is.
#[derive(Clone, Copy, Debug)]
pub(super) enum Position {
    Start,
    After(u64),
    Before(u64),
}

/// A part of the list.
pub(super) struct Slice<'a> {
    pub(super) credentials: &'a [Credential],
    pub(super) has_next: bool,
}

impl State {
    /// The name of the next request.
    pub(super) fn request_id(&mut self) -> String {
        self.requests += 1;
        format!("RQ{:032x}", self.requests)
    }

    /// A second passes with every change.
    fn now(&mut self) -> String {
        // 2015-10-07T17:50:01Z, the time in Twilio's own examples.
        const START: u64 = 1_444_240_201;
        let now = timestamp(START + self.ticks);
        self.ticks += 1;
        now
    }

    pub(super) fn create(
        &mut self,
        kind: &str,
        friendly_name: Option<String>,
        sandbox: Option<bool>,
    ) -> Credential {
        self.created += 1;
        let now = self.now();
        let credential = Credential {
            number: self.created,
            kind: kind.to_owned(),
            friendly_name,
            sandbox: (kind == "apn").then(|| sandbox.unwrap_or_default()),
            created: now.clone(),
            updated: now,
        };
        self.credentials.push(credential.clone());
        credential
    }

    pub(super) fn fetch(&self, sid: &str) -> Option<&Credential> {
        self.credentials.iter().find(|one| one.sid() == sid)
    }

    pub(super) fn update(
        &mut self,
        sid: &str,
        kind: &str,
        friendly_name: Option<String>,
        sandbox: Option<bool>,
    ) -> Option<Credential> {
        let now = self.now();
        let credential = self.credentials.iter_mut().find(|one| one.sid() == sid)?;
        credential.updated = now;
        credential.friendly_name = friendly_name.or_else(|| credential.friendly_name.take());
        kind.clone_into(&mut credential.kind);
        let sandbox = sandbox.or(credential.sandbox);
        credential.sandbox = (kind == "apn").then(|| sandbox.unwrap_or_default());
        Some(credential.clone())
    }

    pub(super) fn delete(&mut self, sid: &str) -> bool {
        let before = self.credentials.len();
        self.credentials.retain(|one| one.sid() != sid);
        self.credentials.len() < before
    }

    pub(super) fn slice(&self, position: Position, size: usize) -> Slice<'_> {
        let all = &self.credentials;
        let (start, end) = match position {
            Position::Start => (0, size),
            Position::After(number) => {
                let start = all.partition_point(|one| one.number <= number);
                (start, start + size)
            }
            Position::Before(number) => {
                let end = all.partition_point(|one| one.number < number);
                (end.saturating_sub(size), end)
            }
        };
        let end = end.min(all.len());
        Slice {
            credentials: &all[start..end],
            has_next: end < all.len(),
        }
    }

    pub(super) fn sids(&self) -> Vec<String> {
        self.credentials.iter().map(Credential::sid).collect()
    }
}

impl Credential {
    pub(super) fn sid(&self) -> String {
        format!("CR{:032x}", self.number)
    }

    /// What a page token holds.
    pub(super) fn number(&self) -> u64 {
        self.number
    }

    pub(super) fn body(&self, account_sid: &str, collection_url: &str) -> Value {
        json!({
            "sid": self.sid(),
            "account_sid": account_sid,
            "friendly_name": self.friendly_name,
            "type": self.kind,
            "sandbox": self.sandbox.map(|sandbox| if sandbox { "True" } else { "False" }),
            "date_created": self.created,
            "date_updated": self.updated,
            "url": format!("{collection_url}/{}", self.sid()),
        })
    }
}

/// Seconds since 1970 in ISO 8601, by Howard Hinnant's algorithm for civil dates.
fn timestamp(seconds: u64) -> String {
    let (days, second) = (seconds / 86_400 + 719_468, seconds % 86_400);
    let (era, day_of_era) = (days / 146_097, days % 146_097);
    let year_of_era =
        (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * shifted + 2) / 5 + 1;
    let month = if shifted < 10 {
        shifted + 3
    } else {
        shifted - 9
    };
    let year = year_of_era + era * 400 + u64::from(month <= 2);
    let (hour, minute) = (second / 3_600, second / 60 % 60);
    format!(
        "{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{:02}Z",
        second % 60
    )
}

#[cfg(test)]
mod tests {
    use super::timestamp;

    #[test]
    fn dates_are_civil() {
        assert_eq!(timestamp(0), "1970-01-01T00:00:00Z");
        assert_eq!(timestamp(1_444_240_201), "2015-10-07T17:50:01Z");
        assert_eq!(timestamp(1_456_747_199), "2016-02-29T11:59:59Z");
    }
}
