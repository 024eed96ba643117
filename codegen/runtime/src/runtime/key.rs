//! Takes a key that a user has and where an API wants it; gives it to requests, in a header, the query or a cookie; must never show it or let it become more than one value.

use crate::runtime::access::{Credentials, Login, TokenSource};
use crate::runtime::encode::Encoding;
use crate::runtime::key_query::remove;
use crate::runtime::{ClientBuilder, Error, LoginKind, SecretString, Security};
use bytes::Bytes;
use reqwest::header::{COOKIE, HeaderMap, HeaderName, HeaderValue};
use secrecy::ExposeSecret;
use zeroize::Zeroizing;

/// Logs in with a key.
pub const KEY: LoginKind = LoginKind(login);

/// A key, and where it is sent.
struct Key {
    scheme: Security,
    secret: SecretString,
    /// What is sent as a header; nothing for a key in the query.
    header: Option<(HeaderName, HeaderValue)>,
}

/// What stands between two cookies.
const NEXT: &[u8] = b"; ";

impl ClientBuilder {
    /// Logs in with a key.
    pub(crate) fn with_key(self, scheme: Security, key: impl Into<SecretString>) -> Self {
        self.with_login(scheme, KEY, String::new(), key.into())
    }
}

fn login(login: Login, _: &TokenSource) -> Result<Box<dyn Credentials>, Error> {
    Ok(Box::new(Key::new(login.scheme, login.secret)?))
}

impl Key {
    fn new(scheme: Security, secret: SecretString) -> Result<Self, Error> {
        let text = secret.expose_secret();
        let header = match scheme {
            _ if text.is_empty() => return Err(refused(scheme, "is empty")),
            Security::Header(name) => {
                let name = HeaderName::from_bytes(name.as_bytes()).ok();
                name.zip(sensitive(&[text.as_bytes()]))
            }
            Security::Cookie(name) if text.bytes().all(is_of_a_cookie) => {
                sensitive(&[name.as_bytes(), b"=", text.as_bytes()]).map(|value| (COOKIE, value))
            }
            Security::Query(_) => {
                let header = None;
                return Ok(Self {
                    scheme,
                    secret,
                    header,
                });
            }
            _ => None,
        };
        if header.is_none() {
            return Err(refused(scheme, "has characters that cannot be sent there"));
        }
        Ok(Self {
            scheme,
            secret,
            header,
        })
    }
}

impl Credentials for Key {
    /// A cookie joins those that are there, instead of any of its own name.
    fn add_to(&self, headers: &mut HeaderMap) {
        let Some((name, value)) = &self.header else {
            return;
        };
        let joined = match (self.scheme, headers.get(COOKIE)) {
            (Security::Cookie(own), Some(known)) => join(known, own, value),
            _ => None,
        };
        headers.insert(name.clone(), joined.unwrap_or_else(|| value.clone()));
    }

    /// The key takes the place of any that is there already.
    fn add_to_query(&self, query: &mut String) {
        let Security::Query(name) = self.scheme else {
            return;
        };
        remove(query, name);
        if !query.is_empty() {
            query.push('&');
        }
        Encoding::Percent.append(name, query);
        query.push('=');
        Encoding::Percent.append(self.secret.expose_secret(), query);
    }

    fn secrets(&self, secrets: &mut Vec<Zeroizing<String>>) {
        secrets.push(Zeroizing::new(self.secret.expose_secret().to_owned()));
    }
}

/// The cookies that are there, but for one of that name, and a new one.
fn join(known: &HeaderValue, name: &str, value: &HeaderValue) -> Option<HeaderValue> {
    let cookies = known.as_bytes().split(|byte| *byte == b';');
    let others = cookies.map(<[u8]>::trim_ascii).filter(|cookie| {
        let after = cookie.strip_prefix(name.as_bytes());
        !after.is_some_and(|after| after.starts_with(b"="))
    });
    let parts: Vec<&[u8]> = others
        .flat_map(|cookie| [cookie, NEXT])
        .chain([value.as_bytes()])
        .collect();
    sensitive(&parts)
}

/// A header of these parts, whose buffer is wiped.
fn sensitive(parts: &[&[u8]]) -> Option<HeaderValue> {
    let length = parts.iter().map(|part| part.len()).sum();
    let mut text = Zeroizing::new(Vec::with_capacity(length));
    for part in parts {
        text.extend_from_slice(part);
    }
    let mut value = HeaderValue::from_maybe_shared(Bytes::from_owner(text)).ok()?;
    value.set_sensitive(true);
    Some(value)
}

/// What RFC 6265 lets the value of a cookie have.
fn is_of_a_cookie(byte: u8) -> bool {
    byte.is_ascii_graphic() && !matches!(byte, b'"' | b',' | b';' | b'\\')
}

fn refused(scheme: Security, problem: &str) -> Error {
    let place = match scheme {
        Security::Header(name) => format!("header `{name}`"),
        Security::Query(name) => format!("query parameter `{name}`"),
        Security::Cookie(name) => format!("cookie `{name}`"),
        _ => "login".to_owned(),
    };
    Error::configuration(format!("the key for the {place} {problem}"))
}
