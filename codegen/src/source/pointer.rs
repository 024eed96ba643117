//! Takes steps through a document and gives a JSON pointer (RFC 6901) for them; it must never look at a document.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

/// A JSON pointer, such as `/paths/~1v2~1Credentials/get`.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Pointer(String);

impl Pointer {
    /// The pointer to the whole document.
    #[must_use]
    pub const fn root() -> Self {
        Self(String::new())
    }

    /// Whether it names the whole document.
    #[must_use]
    pub const fn is_root(&self) -> bool {
        self.0.is_empty()
    }

    /// The pointer to a member of the mapping that this one names.
    #[must_use]
    pub fn child(&self, key: &str) -> Self {
        let mut child = Self(String::with_capacity(self.0.len() + key.len() + 1));
        child.0.push_str(&self.0);
        child.push(key);
        child
    }

    /// The pointer to an element of the list that this one names.
    #[must_use]
    pub fn index(&self, index: usize) -> Self {
        self.child(&index.to_string())
    }

    /// The pointer to what contains this one; none for the whole document.
    #[must_use]
    pub fn parent(&self) -> Option<Self> {
        self.0
            .rsplit_once('/')
            .map(|(parent, _)| Self(parent.to_owned()))
    }

    /// The last step, unescaped.
    #[must_use]
    pub fn last(&self) -> Option<String> {
        self.0
            .rsplit_once('/')
            .map(|(_, last)| unescape(last).into_owned())
    }

    /// Each step, unescaped.
    pub fn steps(&self) -> impl Iterator<Item = String> + '_ {
        self.0
            .split('/')
            .skip(1)
            .map(|step| unescape(step).into_owned())
    }

    /// The text of the pointer.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether `prefix` names this place or one that contains it.
    #[must_use]
    pub fn starts_with(&self, prefix: &Self) -> bool {
        self.strip(prefix).is_some()
    }

    /// Goes one step further, into a list.
    pub fn push_index(&mut self, index: usize) {
        self.push(&index.to_string());
    }

    /// Goes one step further.
    pub fn push(&mut self, key: &str) {
        self.0.push('/');
        if !key.bytes().any(|byte| matches!(byte, b'~' | b'/')) {
            return self.0.push_str(key);
        }
        for character in key.chars() {
            match character {
                '~' => self.0.push_str("~0"),
                '/' => self.0.push_str("~1"),
                other => self.0.push(other),
            }
        }
    }

    /// Goes back to the steps that take this many bytes of the text.
    pub(crate) fn truncate(&mut self, bytes: usize) {
        self.0.truncate(bytes);
    }

    /// The same place below `to` instead of `from`; none if it is not below `from`.
    #[must_use]
    pub fn moved(&self, from: &Self, to: &Self) -> Option<Self> {
        self.strip(from).map(|rest| Self(format!("{}{rest}", to.0)))
    }

    fn strip(&self, prefix: &Self) -> Option<&str> {
        let rest = self.0.strip_prefix(&prefix.0)?;
        (rest.is_empty() || rest.starts_with('/')).then_some(rest)
    }
}

/// What a step of a pointer stands for; nearly all stand for themselves.
pub(crate) fn unescape(step: &str) -> Cow<'_, str> {
    if step.contains('~') {
        Cow::Owned(step.replace("~1", "/").replace("~0", "~"))
    } else {
        Cow::Borrowed(step)
    }
}

impl fmt::Display for Pointer {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// The text is neither empty nor begins with a slash.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InvalidPointer;

impl fmt::Display for InvalidPointer {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a JSON pointer is empty or begins with a slash")
    }
}

impl std::error::Error for InvalidPointer {}

impl FromStr for Pointer {
    type Err = InvalidPointer;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if text.is_empty() || text.starts_with('/') {
            Ok(Self(text.to_owned()))
        } else {
            Err(InvalidPointer)
        }
    }
}
