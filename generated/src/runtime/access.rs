//! Takes the ways to log in that a user gives; gives the header that logs one attempt in; must never pick a way that the operation does not accept.

use crate::runtime::encode::{base64, base64_length};
use crate::runtime::oauth::OAuth;
use crate::runtime::token::Token;
use crate::runtime::{Error, SecretString, Security};
use bytes::Bytes;
use reqwest::Url;
use reqwest::header::HeaderValue;
use secrecy::ExposeSecret;
use std::fmt;
use std::sync::Arc;
use zeroize::Zeroizing;

/// The ways to log in, the one that was set last at the end.
#[derive(Default)]
pub(crate) struct Access(Vec<Credentials>);

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

/// What one call has logged in with so far.
#[derive(Debug, Default)]
pub(crate) struct Ticket {
    token: Option<Arc<Token>>,
    refused: Option<Arc<Token>>,
}

/// What HTTP Basic begins with.
const SCHEME: &[u8] = b"Basic ";

impl Access {
    pub(crate) fn new(credentials: Vec<Credentials>) -> Self {
        Self(credentials)
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The header for the next attempt of a call; nothing when the operation needs none.
    ///
    /// It may wait for a token. `http` gives the client for the token endpoint.
    pub(crate) async fn authorize(
        &self,
        accepted: &[Security],
        ticket: &mut Ticket,
        http: impl Fn(&Url) -> Result<reqwest::Client, Error>,
    ) -> Result<Option<HeaderValue>, Error> {
        if accepted.is_empty() {
            return Ok(None);
        }
        let mut newest_first = self.0.iter().rev();
        match newest_first.find(|credentials| credentials.fit(accepted)) {
            Some(Credentials::Basic(basic)) => Ok(Some(basic.header.clone())),
            Some(Credentials::Bearer(token)) => Ok(Some(token.header().clone())),
            Some(Credentials::OAuth(oauth)) => {
                let token = oauth
                    .token(ticket.refused.as_ref(), || http(oauth.url()))
                    .await?;
                let header = token.header().clone();
                ticket.token = Some(token);
                Ok(Some(header))
            }
            None => Err(Error::configuration(
                "not sent: the client has no credentials for it",
            )),
        }
    }

    /// Everything that must not be shown.
    pub(crate) fn secrets(&self, ticket: &Ticket, secrets: &mut Vec<Zeroizing<String>>) {
        for credentials in &self.0 {
            match credentials {
                Credentials::Basic(basic) => basic.secrets(secrets),
                Credentials::Bearer(token) => secrets.push(token.secret()),
                Credentials::OAuth(oauth) => secrets.push(oauth.secret()),
            }
        }
        let tokens = ticket.token.iter().chain(&ticket.refused);
        secrets.extend(tokens.map(|token| token.secret()));
    }
}

impl Credentials {
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
    /// To be told that the server refused the attempt with status 401: whether another attempt
    /// would log in with a new token. It says so once for each call.
    pub(crate) fn renew(&mut self) -> bool {
        if self.refused.is_some() {
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
