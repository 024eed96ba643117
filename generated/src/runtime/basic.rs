//! Takes a user and a password; gives the header of HTTP Basic that logs requests in; must never show the password or leave a copy behind.

use crate::runtime::access::{Credentials, Login, TokenSource};
use crate::runtime::base64::{base64, base64_length};
use crate::runtime::{ClientBuilder, Error, LoginKind, SecretString, Security};
use bytes::Bytes;
use reqwest::header::{AUTHORIZATION, HeaderMap, HeaderValue};
use secrecy::ExposeSecret;
use zeroize::Zeroizing;

/// Logs in with HTTP Basic.
pub const BASIC: LoginKind = LoginKind(login);

/// A login with HTTP Basic.
struct Basic {
    password: SecretString,
    header: HeaderValue,
}

/// What HTTP Basic begins with.
const SCHEME: &[u8] = b"Basic ";

impl ClientBuilder {
    /// Logs in with HTTP Basic.
    pub(crate) fn with_basic(
        self,
        user: impl Into<String>,
        password: impl Into<SecretString>,
    ) -> Self {
        self.with_login(Security::Basic, BASIC, user.into(), password.into())
    }
}

fn login(login: Login, _: &TokenSource) -> Result<Box<dyn Credentials>, Error> {
    Ok(Box::new(Basic::new(&login.user, login.secret)?))
}

impl Basic {
    /// The header is made once; its source and its own buffer are wiped.
    fn new(user: &str, password: SecretString) -> Result<Self, Error> {
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
}

impl Credentials for Basic {
    fn add_to(&self, headers: &mut HeaderMap) {
        headers.insert(AUTHORIZATION, self.header.clone());
    }

    fn secrets(&self, secrets: &mut Vec<Zeroizing<String>>) {
        secrets.push(Zeroizing::new(self.password.expose_secret().to_owned()));
        let token = self.header.as_bytes().get(SCHEME.len()..);
        let token = token.and_then(|token| str::from_utf8(token).ok());
        secrets.push(Zeroizing::new(token.unwrap_or_default().to_owned()));
    }
}
