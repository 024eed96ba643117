//! Takes the keys that documents want and gives each a method of the builder; it must never give two of one name.

use openapiv3::APIKeyLocation;

use super::names::{self, Candidates};
use super::security::Access;
use super::words::Words;
use crate::model::{Credential, Login, Module, Security};

/// A key that is sent as it is.
#[derive(Debug)]
pub(crate) struct Key {
    security: Security,
    /// The scheme's own name in the first document that has it.
    name: String,
    docs: String,
}

/// Headers that say what the request is; a key in one of them would contradict it.
const TAKEN: [&str; 8] = [
    "accept",
    "connection",
    "content-length",
    "content-type",
    "host",
    "te",
    "transfer-encoding",
    "user-agent",
];

impl Access {
    /// Keeps a key; those at the same place are one.
    pub(super) fn key(&mut self, name: &str, security: Security, docs: Option<&str>) -> Security {
        let known = self
            .keys
            .iter()
            .find(|key| is_same(&key.security, &security));
        if let Some(known) = known {
            return known.security.clone();
        }
        self.keys.push(Key {
            security: security.clone(),
            name: name.to_owned(),
            docs: docs.unwrap_or_default().to_owned(),
        });
        security
    }
}

fn is_same(one: &Security, other: &Security) -> bool {
    match (one, other) {
        (Security::Header(one), Security::Header(other)) => one.eq_ignore_ascii_case(other),
        _ => one == other,
    }
}

/// Whether a scheme has its credentials in the header `Authorization`.
pub(super) fn is_authorization(security: &Security) -> bool {
    match security {
        Security::Basic | Security::Bearer | Security::OAuth => true,
        Security::Header(name) => name.eq_ignore_ascii_case("authorization"),
        Security::Query(_) | Security::Cookie(_) => false,
    }
}

/// Whether a request may have a key of that name there.
pub(super) fn can_be_sent(location: &APIKeyLocation, name: &str) -> bool {
    let is_of_a_token = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(c);
    let is_token = !name.is_empty() && name.chars().all(is_of_a_token);
    match location {
        APIKeyLocation::Query => !name.is_empty(),
        APIKeyLocation::Cookie => is_token,
        APIKeyLocation::Header => {
            is_token && !TAKEN.iter().any(|taken| taken.eq_ignore_ascii_case(name))
        }
    }
}

/// The methods for the keys that operations use.
pub(super) fn logins(
    keys: &[Key],
    used: &[Security],
    others: &[Login],
    modules: &[Module],
) -> Vec<Login> {
    let keys: Vec<&Key> = keys
        .iter()
        .filter(|key| used.contains(&key.security))
        .collect();
    let spellings = keys.iter().map(|key| {
        let (place, wire) = match &key.security {
            Security::Header(wire) => ("header", wire.as_str()),
            Security::Query(wire) => ("query", wire.as_str()),
            Security::Cookie(wire) => ("cookie", wire.as_str()),
            Security::Basic | Security::Bearer | Security::OAuth => ("login", ""),
        };
        let name = Words::of(&key.name);
        let wire = Words::of(wire);
        let place = Words::new([place]);
        let spellings = [
            name.snake(),
            name.then(&place).snake(),
            name.joined(&wire).then(&place).snake(),
        ];
        Candidates::new(spellings.into_iter().filter(|name| !name.is_empty()))
    });
    let spellings: Vec<_> = spellings.collect();
    let mut reserved: Vec<String> = others.iter().map(|one| one.method.to_string()).collect();
    let bases = modules.iter().filter_map(|module| module.name.as_ref());
    reserved.extend(bases.map(|name| format!("{name}_base_url")));
    let mut reserved: Vec<&str> = reserved.iter().map(String::as_str).collect();
    reserved.extend(names::RESERVED_BUILDER);
    let named = keys.into_iter().zip(names::assign(&spellings, &reserved));
    let logins = named.map(|(key, method)| Login {
        scheme: key.security.clone(),
        method,
        docs: key.docs.clone(),
        user: None,
        secret: Credential {
            name: names::single("key"),
            environment: None,
        },
    });
    logins.collect()
}
