//! Takes what a user sets on one call; gives it to the request that is written; must never let it replace what the client sets itself.

use crate::runtime::attempt::Limits;
use crate::runtime::encode::Encoding;
use crate::runtime::parts::{MAX_HEADERS, Written, make_header};
use crate::runtime::{Error, Retry};
use std::fmt;
use std::sync::Arc;
use std::time::Duration;
use zeroize::Zeroizing;

/// What is set on one call, whatever its operation.
#[derive(Clone, Default)]
pub(crate) struct Options {
    pub(crate) retry: Option<Retry>,
    pub(crate) timeout: Option<Duration>,
    pub(crate) attempt_timeout: Option<Duration>,
    pub(crate) connect_timeout: Option<Duration>,
    /// How many items are wanted of a list.
    pub(crate) limit: Option<u64>,
    /// The query of the page that a list goes on with, or why it can't; that of the call itself, if there is none.
    pub(crate) start: Option<Result<Option<String>, Arc<Error>>>,
    /// How many items of that page were given before.
    pub(crate) taken: u64,
    pub(crate) headers: Vec<(String, Zeroizing<String>)>,
    pub(crate) query: Vec<(String, String)>,
    /// What drives the connections of a blocking client.
    #[cfg(feature = "blocking")]
    pub(crate) driver: Option<std::sync::Arc<crate::runtime::waiting::Driver>>,
}

/// A shorter value of a header tells nothing, and its like stands in many answers.
const SECRET: usize = 8;

impl Options {
    /// What waits for an answer that is still coming.
    #[cfg(feature = "blocking")]
    pub(crate) fn keeper(&self) -> crate::runtime::waiting::Keeper {
        crate::runtime::waiting::Keeper::new(self.driver.clone())
    }

    pub(crate) fn limits(&self, client: &Limits) -> Limits {
        Limits {
            retry: self.retry.unwrap_or(client.retry),
            timeout: self.timeout.unwrap_or(client.timeout),
            attempt_timeout: self.attempt_timeout.unwrap_or(client.attempt_timeout),
        }
    }

    /// Adds the extra headers and the extra query to a request.
    pub(crate) fn add_to(&self, written: &mut Written) -> Result<(), Vec<String>> {
        let mut problems = Vec::new();
        for (name, value) in &self.headers {
            match make_header(name, value, true) {
                Ok(_) if written.headers.len() >= MAX_HEADERS => {
                    problems.push(format!("{name:?} is one header too many"));
                }
                Ok((name, value)) => {
                    written.headers.append(name, value);
                }
                Err(problem) => problems.push(format!("{name:?} {problem}")),
            }
        }
        self.extend(&mut written.query, |_| true);
        if problems.is_empty() {
            Ok(())
        } else {
            Err(problems)
        }
    }

    /// The query of a page that the server named, with what it left out of the extra query.
    pub(crate) fn page_query(&self, page: &str) -> String {
        let mut query = page.to_owned();
        let has = |name: &str| {
            let mut pairs = url::form_urlencoded::parse(page.as_bytes());
            pairs.any(|(known, _)| known == name)
        };
        self.extend(&mut query, |name| !has(name));
        query
    }

    fn extend(&self, query: &mut String, wanted: impl Fn(&str) -> bool) {
        for (name, value) in self.query.iter().filter(|(name, _)| wanted(name)) {
            if !query.is_empty() {
                query.push('&');
            }
            Encoding::Percent.append(name, query);
            query.push('=');
            Encoding::Percent.append(value, query);
        }
    }

    /// The query of the page to go on from; that of the call itself, if there is none.
    pub(crate) fn page(&self) -> Result<Option<&str>, Error> {
        match &self.start {
            None => Ok(None),
            Some(Ok(query)) => Ok(query.as_deref()),
            Some(Err(error)) => Err(error.share()),
        }
    }

    /// What an answer must not repeat.
    pub(crate) fn secrets(&self) -> impl Iterator<Item = Zeroizing<String>> {
        let values = self.headers.iter().map(|(_, value)| value);
        values.filter(|value| value.len() >= SECRET).cloned()
    }
}

/// Without the values, which may be secret.
impl fmt::Debug for Options {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let headers: Vec<&str> = self.headers.iter().map(|(name, _)| name.as_str()).collect();
        let query: Vec<&str> = self.query.iter().map(|(name, _)| name.as_str()).collect();
        f.debug_struct("Options")
            .field("retry", &self.retry)
            .field("timeout", &self.timeout)
            .field("attempt_timeout", &self.attempt_timeout)
            .field("connect_timeout", &self.connect_timeout)
            .field("limit", &self.limit)
            .field("start", &self.start)
            .field("taken", &self.taken)
            .field("headers", &headers)
            .field("query", &query)
            .finish_non_exhaustive()
    }
}
