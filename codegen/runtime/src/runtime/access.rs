//! Takes the ways to log in that a user gives; gives the one that logs an attempt in; must never pick a way that the operation does not accept.

use crate::runtime::{Error, ErrorShape, SecretString, Security, operation};
use reqwest::Url;
use reqwest::header::{HeaderMap, HeaderValue};
use std::fmt;
use std::pin::Pin;
use std::time::Duration;
use zeroize::Zeroizing;

/// The ways to log in, the one that was set last at the end.
pub(crate) struct Access {
    credentials: Vec<Known>,
    /// Where they come from, for an error that says which are missing.
    methods: &'static [operation::Login],
}

/// What an operation accepts, as its table says.
type Accepted = &'static [&'static [Security]];

/// A way to log in, not checked yet. The user is empty for a bearer token.
#[allow(
    dead_code,
    reason = "what of it is read depends on the kinds that a client has"
)]
pub(crate) struct Login {
    pub(crate) scheme: Security,
    pub(crate) kind: LoginKind,
    pub(crate) user: String,
    pub(crate) secret: SecretString,
}

/// How a way to log in is checked and made ready.
#[derive(Clone, Copy, Debug)]
pub struct LoginKind(pub(crate) Make);

type Make = fn(Login, &TokenSource) -> Result<Box<dyn Credentials>, Error>;

/// Where tokens come from, and how they are asked for.
#[allow(
    dead_code,
    reason = "it is for logins that fetch tokens, which not every client has"
)]
pub(crate) struct TokenSource {
    pub(crate) url: Option<Url>,
    /// What the token is to be good for; empty for what the server thinks fit.
    pub(crate) scope: String,
    pub(crate) user_agent: HeaderValue,
    pub(crate) errors: &'static ErrorShape,
    /// How long it may take.
    pub(crate) timeout: Duration,
}

/// One way to log in, checked.
struct Known {
    scheme: Security,
    credentials: Box<dyn Credentials>,
}

/// What one way to log in adds to requests.
pub(crate) trait Credentials: Send + Sync {
    /// Adds it to the headers.
    fn add_to(&self, headers: &mut HeaderMap);

    /// Adds it to the query.
    fn add_to_query(&self, query: &mut String) {
        let _ = query;
    }

    /// What fetches the token of one call, if there is one to be fetched.
    fn ticket(&self) -> Option<Box<dyn Ticket>> {
        None
    }

    /// Everything that must not be shown.
    fn secrets(&self, secrets: &mut Vec<Zeroizing<String>>);
}

/// What one call has logged in with so far, where that is fetched.
pub(crate) trait Ticket: Send + Sync {
    /// Where it is fetched.
    fn url(&self) -> &Url;

    /// The header that logs the next attempt in, for which it may wait so long.
    fn log_in<'a>(&'a mut self, http: &'a reqwest::Client, time: Duration) -> Fetching<'a>;

    /// To be told that the server refused the attempt with status 401: whether another attempt
    /// would log in with a new token. It says so once for each call.
    fn renew(&mut self) -> bool;
}

/// A header that is on its way.
pub(crate) type Fetching<'a> =
    Pin<Box<dyn Future<Output = Result<HeaderValue, Error>> + Send + 'a>>;

impl Access {
    /// Checks the ways to log in, and makes their headers.
    pub(crate) fn new(
        logins: Vec<Login>,
        source: &TokenSource,
        methods: &'static [operation::Login],
    ) -> Result<Self, Error> {
        let credentials: Result<_, Error> = logins
            .into_iter()
            .map(|login| {
                let (scheme, make) = (login.scheme, login.kind.0);
                let credentials = make(login, source)?;
                Ok(Known {
                    scheme,
                    credentials,
                })
            })
            .collect();
        credentials.map(|credentials| Self {
            credentials,
            methods,
        })
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.credentials.is_empty()
    }

    /// What logs an operation in: of the ways that it accepts, the first one for which nothing is missing. Of two
    /// logins for the `Authorization` header, the one that was set last takes the place of the other.
    fn pick(&self, accepted: Accepted) -> Result<&'static [Security], Error> {
        if accepted.is_empty() {
            return Ok(&[]);
        }
        let is_had = |way: &&&[Security]| way.iter().all(|scheme| self.find(*scheme).is_some());
        let mut ways = accepted.iter().filter(is_had).copied();
        let Some(mut picked) = ways.next() else {
            return Err(Error::configuration(self.missing(accepted)));
        };
        for way in ways {
            if let (Some(before), Some(age)) = (self.age(picked), self.age(way))
                && before < age
            {
                picked = way;
            }
        }
        Ok(picked)
    }

    /// When the login of a way was set that goes into the `Authorization` header.
    fn age(&self, way: &[Security]) -> Option<usize> {
        let is_used = |known: &Known| {
            let is_key = matches!(
                known.scheme,
                Security::Header(_) | Security::Query(_) | Security::Cookie(_)
            );
            !is_key && way.iter().any(|scheme| fits(known.scheme, *scheme))
        };
        self.credentials.iter().rposition(is_used)
    }

    /// The credentials for one scheme; of several that would do, those that were set last.
    fn find(&self, scheme: Security) -> Option<&dyn Credentials> {
        let mut newest_first = self.credentials.iter().rev();
        let known = newest_first.find(|known| fits(known.scheme, scheme));
        known.map(|known| &*known.credentials)
    }

    /// What the user has to do so that an operation can be logged in.
    fn missing(&self, accepted: Accepted) -> String {
        let methods = |scheme: &Security| {
            let mut names = Vec::new();
            for login in self.methods.iter().filter(|one| fits(one.scheme, *scheme)) {
                let name = format!("`{}`", login.method);
                if !names.contains(&name) {
                    names.push(name);
                }
            }
            names.join(" or ")
        };
        let way = |way: &&[Security]| way.iter().map(methods).collect::<Vec<_>>().join(" and ");
        let mut ways: Vec<String> = accepted.iter().map(way).collect();
        ways.retain(|way| !way.is_empty());
        ways.dedup();
        let mut message = "not sent: the client has no credentials for it".to_owned();
        if !ways.is_empty() {
            message.push_str("; call ");
            message.push_str(&ways.join(", or "));
            message.push_str(" of its builder");
        }
        message
    }

    /// Adds what logs an operation in to its headers, but for a token that has to be fetched.
    pub(crate) fn add_to(&self, accepted: Accepted, headers: &mut HeaderMap) -> Result<(), Error> {
        let picked = self.pick(accepted)?.iter();
        for credentials in picked.filter_map(|scheme| self.find(*scheme)) {
            credentials.add_to(headers);
        }
        Ok(())
    }

    /// Adds what logs an operation in to its query.
    pub(crate) fn add_to_query(&self, accepted: Accepted, query: &mut String) -> Result<(), Error> {
        let picked = self.pick(accepted)?.iter();
        for credentials in picked.filter_map(|scheme| self.find(*scheme)) {
            credentials.add_to_query(query);
        }
        Ok(())
    }

    /// What fetches the token that logs a call of an operation in, if that is how.
    pub(crate) fn ticket(&self, accepted: Accepted) -> Option<Box<dyn Ticket>> {
        let mut picked = self.pick(accepted).unwrap_or_default().iter();
        picked.find_map(|scheme| self.find(*scheme)?.ticket())
    }

    /// Everything that must not be shown.
    pub(crate) fn secrets(&self, secrets: &mut Vec<Zeroizing<String>>) {
        for known in &self.credentials {
            known.credentials.secrets(secrets);
        }
    }
}

/// Whether credentials of one kind do for another.
fn fits(given: Security, wanted: Security) -> bool {
    match (given, wanted) {
        (Security::Bearer, Security::OAuth) => true,
        (Security::Header(given), Security::Header(wanted)) => given.eq_ignore_ascii_case(wanted),
        _ => given == wanted,
    }
}

impl fmt::Debug for Access {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kinds = self.credentials.iter().map(|known| known.scheme);
        f.debug_list().entries(kinds).finish()
    }
}
