//! A name that is a Rust identifier by construction; only `lower` makes one, so that all are decided in one place.

use std::borrow::Borrow;
use std::fmt;

/// A Rust identifier: ASCII letters, digits and underscores, never a keyword.
#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Name(String);

impl Name {
    /// Takes text that `lower::names` has already made an identifier.
    pub(crate) fn from_identifier(text: String) -> Self {
        debug_assert!(
            syn::parse_str::<syn::Ident>(&text).is_ok(),
            "{text} is no identifier"
        );
        Self(text)
    }

    /// The identifier as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Borrow<str> for Name {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Name {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}
