//! Takes the ways to log in that a user gives; gives the one that logs an attempt in; must never pick a way that the operation does not accept.

use crate::runtime::encode::{base64, base64_length};
use crate::runtime::error::Kind;
use crate::runtime::oauth::OAuth;
use crate::runtime::token::Token;
use crate::runtime::{Error, ErrorShape, SecretString, Security};
use bytes::Bytes;
use reqwest::Url;
use reqwest::header::HeaderValue;
use secrecy::ExposeSecret;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;
use tokio::time::timeout;
use zeroize::Zeroizing;

/// The ways to log in, the one that was set last at the end.
#[derive(Default)]
pub(crate) struct Access(Vec<Credentials>);

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
    pub(crate) fn new(logins: Vec<Login>, source: &TokenSource) -> Result<Self, Error> {
        let credentials: Result<_, Error> = logins
            .into_iter()
            .map(|login| Credentials::new(login, source))
            .collect();
        credentials.map(Self)
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The way that logs an operation in; nothing when it needs none. Of several that would do, the one that was set last.
    fn pick(&self, accepted: &[Security]) -> Result<Option<&Credentials>, Error> {
        if accepted.is_empty() {
            return Ok(None);
        }
        let mut newest_first = self.0.iter().rev();
        let picked = newest_first.find(|credentials| credentials.fit(accepted));
        let missing = || Error::configuration("not sent: the client has no credentials for it");
        picked.map(Some).ok_or_else(missing)
    }

    /// The header that logs an operation in, unless it needs none or a token.
    pub(crate) fn header(&self, accepted: &[Security]) -> Result<Option<&HeaderValue>, Error> {
        Ok(match self.pick(accepted)? {
            Some(Credentials::Basic(basic)) => Some(&basic.header),
            Some(Credentials::Bearer(token)) => Some(token.header()),
            Some(Credentials::OAuth(_)) | None => None,
        })
    }

    /// What fetches the token that logs an operation in, if that is how.
    pub(crate) fn oauth(&self, accepted: &[Security]) -> Option<&Arc<OAuth>> {
        match self.pick(accepted) {
            Ok(Some(Credentials::OAuth(oauth))) => Some(oauth),
            _ => None,
        }
    }

    /// Everything that must not be shown.
    pub(crate) fn secrets(&self, secrets: &mut Vec<Zeroizing<String>>) {
        for credentials in &self.0 {
            match credentials {
                Credentials::Basic(basic) => basic.secrets(secrets),
                Credentials::Bearer(token) => secrets.push(token.secret()),
                Credentials::OAuth(oauth) => oauth.secrets(secrets),
            }
        }
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
        })
    }

    fn fit(&self, accepted: &[Security]) -> bool {
        match self {
            Self::Basic(_) => accepted.contains(&Security::Basic),
            Self::Bearer(_) => {
                accepted.contains(&Security::Bearer) || accepted.contains(&Security::OAuth)
            }
            Self::OAuth(_) => accepted.contains(&Security::OAuth),
        }
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
        let kinds = self.0.iter().map(|credentials| match credentials {
            Credentials::Basic(_) => Security::Basic,
            Credentials::Bearer(_) => Security::Bearer,
            Credentials::OAuth(_) => Security::OAuth,
        });
        f.debug_list().entries(kinds).finish()
    }
}
