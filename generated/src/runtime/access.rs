//! Takes the ways to log in that a user gives; gives the one that logs an attempt in; must never pick a way that the operation does not accept.

use crate::runtime::encode::{base64, base64_length};
use crate::runtime::error::Kind;
use crate::runtime::key::{self, Key};
use crate::runtime::oauth::OAuth;
use crate::runtime::token::Token;
use crate::runtime::{Error, ErrorShape, SecretString, Security, operation};
use bytes::Bytes;
use reqwest::Url;
use reqwest::header::{AUTHORIZATION, HeaderMap, HeaderValue};
use secrecy::ExposeSecret;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;
use tokio::time::timeout;
use zeroize::Zeroizing;

/// The ways to log in, the one that was set last at the end.
pub(crate) struct Access {
    credentials: Vec<Credentials>,
    /// Where they come from, for an error that says which are missing.
    methods: &'static [operation::Login],
}

/// What an operation accepts, as its table says.
type Accepted = &'static [&'static [Security]];

/// A way to log in, not checked yet. The user is empty for a bearer token.
pub(crate) struct Login {
    pub(crate) scheme: Security,
    pub(crate) user: String,
    pub(crate) secret: SecretString,
}

/// Where tokens come from, and how they are asked for.
pub(crate) struct TokenSource {
    pub(crate) url: Option<Url>,
    /// What the token is to be good for; empty for what the server thinks fit.
    pub(crate) scope: String,
    pub(crate) user_agent: HeaderValue,
    pub(crate) errors: &'static ErrorShape,
    /// How long it may take.
    pub(crate) timeout: Duration,
}

/// One way to log in.
pub(crate) enum Credentials {
    Basic(Basic),
    Bearer(Token),
    OAuth(Arc<OAuth>),
    Key(Key),
}

/// A login with HTTP Basic.
pub(crate) struct Basic {
    password: SecretString,
    header: HeaderValue,
}

/// What fetches tokens, and what sends for them.
#[derive(Clone, Copy)]
pub(crate) struct Tokens<'a> {
    pub(crate) oauth: &'a Arc<OAuth>,
    pub(crate) http: &'a reqwest::Client,
}

/// What one call has logged in with so far. It keeps its tokens known, so that they stay out of texts.
#[derive(Debug, Default)]
pub(crate) struct Ticket {
    token: Option<Arc<Token>>,
    refused: Option<Arc<Token>>,
}

/// What HTTP Basic begins with.
const SCHEME: &[u8] = b"Basic ";

impl Access {
    /// Checks the ways to log in, and makes their headers.
    pub(crate) fn new(
        logins: Vec<Login>,
        source: &TokenSource,
        methods: &'static [operation::Login],
    ) -> Result<Self, Error> {
        let credentials: Result<_, Error> = logins
            .into_iter()
            .map(|login| Credentials::new(login, source))
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
        let is_used = |credentials: &Credentials| {
            let is_key = matches!(credentials, Credentials::Key(_));
            !is_key && way.iter().any(|scheme| credentials.fit(*scheme))
        };
        self.credentials.iter().rposition(is_used)
    }

    /// The credentials for one scheme; of several that would do, those that were set last.
    fn find(&self, scheme: Security) -> Option<&Credentials> {
        let mut newest_first = self.credentials.iter().rev();
        newest_first.find(|credentials| credentials.fit(scheme))
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
            match credentials {
                Credentials::Basic(basic) => {
                    headers.insert(AUTHORIZATION, basic.header.clone());
                }
                Credentials::Bearer(token) => {
                    headers.insert(AUTHORIZATION, token.header().clone());
                }
                Credentials::Key(key) => key.add_to(headers),
                Credentials::OAuth(_) => {}
            }
        }
        Ok(())
    }

    /// Adds what logs an operation in to its query.
    pub(crate) fn add_to_query(&self, accepted: Accepted, query: &mut String) -> Result<(), Error> {
        let picked = self.pick(accepted)?.iter();
        for credentials in picked.filter_map(|scheme| self.find(*scheme)) {
            if let Credentials::Key(key) = credentials {
                key.add_to_query(query);
            }
        }
        Ok(())
    }

    /// What fetches the token that logs an operation in, if that is how.
    pub(crate) fn oauth(&self, accepted: Accepted) -> Option<&Arc<OAuth>> {
        let mut picked = self.pick(accepted).unwrap_or_default().iter();
        picked.find_map(|scheme| match self.find(*scheme) {
            Some(Credentials::OAuth(oauth)) => Some(oauth),
            _ => None,
        })
    }

    /// Everything that must not be shown.
    pub(crate) fn secrets(&self, secrets: &mut Vec<Zeroizing<String>>) {
        for credentials in &self.credentials {
            match credentials {
                Credentials::Basic(basic) => basic.secrets(secrets),
                Credentials::Bearer(token) => secrets.push(token.secret()),
                Credentials::OAuth(oauth) => oauth.secrets(secrets),
                Credentials::Key(key) => secrets.push(key.secret()),
            }
        }
    }
}

/// Takes the keys of an operation out of a query that a server gave, which may repeat them.
pub(crate) fn without_keys(accepted: Accepted, query: &mut String) {
    for scheme in accepted.iter().copied().flatten() {
        if let Security::Query(name) = scheme {
            key::remove(query, name);
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

impl Credentials {
    fn new(login: Login, source: &TokenSource) -> Result<Self, Error> {
        let Login {
            scheme,
            user,
            secret,
        } = login;
        Ok(match scheme {
            Security::Basic => Self::Basic(Basic::new(&user, secret)?),
            Security::Bearer => {
                Self::Bearer(Token::new(&secret).map_err(|problem| {
                    Error::configuration(format!("the bearer token {problem}"))
                })?)
            }
            Security::OAuth => Self::OAuth(OAuth::new(user, secret, source)?),
            Security::Header(_) | Security::Query(_) | Security::Cookie(_) => {
                Self::Key(Key::new(scheme, secret)?)
            }
        })
    }

    fn scheme(&self) -> Security {
        match self {
            Self::Basic(_) => Security::Basic,
            Self::Bearer(_) => Security::Bearer,
            Self::OAuth(_) => Security::OAuth,
            Self::Key(key) => key.scheme,
        }
    }

    fn fit(&self, wanted: Security) -> bool {
        fits(self.scheme(), wanted)
    }
}

impl Ticket {
    /// The header that logs the next attempt in, for which it may wait so long.
    pub(crate) async fn log_in(
        &mut self,
        tokens: Tokens<'_>,
        time: Duration,
    ) -> Result<HeaderValue, Error> {
        let fetched = tokens.oauth.token(self.refused.as_ref(), tokens.http);
        let token = timeout(time, fetched).await.unwrap_or_else(|_| {
            let message = "not sent: the token to log in with did not come in time";
            Err(Error::new(Kind::Timeout, message))
        });
        let token = self.token.insert(token.map_err(Error::before_sending)?);
        Ok(token.header().clone())
    }

    /// To be told that the server refused the attempt with status 401: whether another attempt
    /// would log in with a new token. It says so once for each call.
    pub(crate) fn renew(&mut self, oauth: &OAuth) -> bool {
        if self.refused.is_some() {
            oauth.renewed_in_vain();
            return false;
        }
        if !oauth.is_worth_renewing() {
            return false;
        }
        self.refused = self.token.take();
        self.refused.is_some()
    }
}

impl Basic {
    /// The header is made once; its source and its own buffer are wiped.
    pub(crate) fn new(user: &str, password: SecretString) -> Result<Self, Error> {
        if user.is_empty() || user.contains(':') || user.chars().any(char::is_control) {
            let message =
                "the user of the credentials is empty, or has a colon or a control character";
            return Err(Error::configuration(message));
        }
        let secret = password.expose_secret();
        if secret.is_empty() {
            return Err(Error::configuration(
                "the password of the credentials is empty",
            ));
        }
        let mut pair = Zeroizing::new(Vec::with_capacity(user.len() + 1 + secret.len()));
        pair.extend_from_slice(user.as_bytes());
        pair.push(b':');
        pair.extend_from_slice(secret.as_bytes());
        let length = SCHEME.len() + base64_length(pair.len());
        let mut text = Zeroizing::new(Vec::with_capacity(length));
        text.extend_from_slice(SCHEME);
        base64(&pair, &mut text);
        let mut header = HeaderValue::from_maybe_shared(Bytes::from_owner(text))
            .map_err(|_| Error::configuration("the credentials cannot be sent"))?;
        header.set_sensitive(true);
        Ok(Self { password, header })
    }

    fn secrets(&self, secrets: &mut Vec<Zeroizing<String>>) {
        secrets.push(Zeroizing::new(self.password.expose_secret().to_owned()));
        let token = self.header.as_bytes().get(SCHEME.len()..);
        let token = token.and_then(|token| str::from_utf8(token).ok());
        secrets.push(Zeroizing::new(token.unwrap_or_default().to_owned()));
    }
}

impl fmt::Debug for Access {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kinds = self.credentials.iter().map(Credentials::scheme);
        f.debug_list().entries(kinds).finish()
    }
}
