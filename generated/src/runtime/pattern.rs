//! Takes a text and a table made from a `pattern`; gives whether the text matches, in one pass over it; must never backtrack.

use std::convert::Infallible;
use std::fmt;

/// An anchored pattern as a table.
#[derive(Debug)]
pub struct Pattern {
    /// The pattern as the document writes it, for messages.
    pub source: &'static str,
    /// The text matches when one of these does.
    pub alternatives: &'static [&'static [Part]],
    /// Whether the whole text has to match, or only its beginning.
    pub whole: bool,
}

/// A part of a pattern.
#[derive(Debug)]
pub enum Part {
    /// This text.
    Literal(&'static str),
    /// Characters of a class, given as pairs of first and last character: as many as there are,
    /// at least the first number and at most the second; `u32::MAX` means any number.
    Class(&'static str, u32, u32),
}

impl Pattern {
    /// Whether `text` matches.
    #[must_use]
    pub fn matches(&self, text: &str) -> bool {
        self.alternatives.iter().any(|parts| {
            let rest = parts.iter().try_fold(text, |rest, part| part.strip(rest));
            rest.is_some_and(|rest| !self.whole || rest.is_empty())
        })
    }
}

impl Part {
    /// What is left of `text` after this part, if it begins with it.
    fn strip<'a>(&self, text: &'a str) -> Option<&'a str> {
        match *self {
            Self::Literal(literal) => text.strip_prefix(literal),
            Self::Class(pairs, min, max) => {
                let mut rest = text.chars();
                let mut count = 0;
                while count < max {
                    let before = rest.clone();
                    if !rest.next().is_some_and(|next| in_class(pairs, next)) {
                        rest = before;
                        break;
                    }
                    count += 1;
                }
                (count >= min).then_some(rest.as_str())
            }
        }
    }
}

fn in_class(pairs: &str, character: char) -> bool {
    let mut bounds = pairs.chars();
    while let (Some(first), Some(last)) = (bounds.next(), bounds.next()) {
        if (first..=last).contains(&character) {
            return true;
        }
    }
    false
}

/// A text that is not a valid value of the type that it was meant for.
///
/// # Example
///
/// ```
/// fn explain(refused: &twilio_push_credentials::InvalidValue) {
///     eprintln!("{refused}");
/// }
/// ```
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct InvalidValue {
    type_name: &'static str,
    pattern: &'static str,
    value: Box<str>,
}

/// Values longer than this are cut in messages.
const SHOWN: usize = 64;

impl InvalidValue {
    /// Says that `value` is no `type_name`, which has to match `pattern`. Not for secrets.
    #[must_use]
    pub(crate) fn new(type_name: &'static str, pattern: &'static Pattern, value: &str) -> Self {
        let mut shown: String = value.chars().take(SHOWN).collect();
        if shown.len() < value.len() {
            shown.push('…');
        }
        Self {
            type_name,
            pattern: pattern.source,
            value: shown.into(),
        }
    }
}

impl fmt::Display for InvalidValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            type_name,
            pattern,
            value,
        } = self;
        write!(
            f,
            "{value:?} is not a valid {type_name}: it has to match {pattern}"
        )
    }
}

impl std::error::Error for InvalidValue {}

impl From<Infallible> for InvalidValue {
    fn from(never: Infallible) -> Self {
        match never {}
    }
}
