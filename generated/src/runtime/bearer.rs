//! Takes bearer tokens; gives headers that carry them; must never leave a copy behind or show one.

use crate::runtime::access::{Credentials, Login, TokenSource};
use crate::runtime::token_header::{token_header, token_of};
use crate::runtime::{ClientBuilder, Error, LoginKind, SecretString, Security};
use reqwest::header::{AUTHORIZATION, HeaderMap, HeaderValue};
use zeroize::Zeroizing;

/// Logs in with a bearer token.
pub const BEARER: LoginKind = LoginKind(login);

/// A token that lasts until it is refused.
struct Bearer(HeaderValue);

impl ClientBuilder {
    /// Logs in with a bearer token.
    pub(crate) fn with_bearer(self, token: impl Into<SecretString>) -> Self {
        self.with_login(Security::Bearer, BEARER, String::new(), token.into())
    }
}

fn login(login: Login, _: &TokenSource) -> Result<Box<dyn Credentials>, Error> {
    let Login { secret, .. } = login;
    let header = token_header(&secret)
        .map_err(|problem| Error::configuration(format!("the bearer token {problem}")))?;
    Ok(Box::new(Bearer(header)))
}

impl Credentials for Bearer {
    fn add_to(&self, headers: &mut HeaderMap) {
        headers.insert(AUTHORIZATION, self.0.clone());
    }

    fn secrets(&self, secrets: &mut Vec<Zeroizing<String>>) {
        secrets.push(token_of(&self.0));
    }
}
