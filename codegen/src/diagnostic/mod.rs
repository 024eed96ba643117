//! Takes what a stage found wrong and gives it a form that people and programs can read; it must never read a file or decide whether a run goes on.

mod code;

use std::fmt;
use std::ops::Range;

use crate::source::{Pointer, Source};

pub use code::{Code, UnknownCode};

/// How much a finding matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The document is refused.
    Error,
    /// The document is used, but not quite as it is written.
    Warning,
    /// Worth knowing; nothing was changed.
    Note,
}

impl Severity {
    /// The word that is shown.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Note => "note",
        }
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

/// Which half of a member is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// The key, as in an unknown key.
    Key,
    /// The value, as in a value of the wrong kind.
    Value,
}

/// A place in a document that does not depend on its layout.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// The member or element.
    pub pointer: Pointer,
    /// Its key or its value.
    pub part: Part,
}

impl Place {
    /// The key of the member that the pointer names.
    #[must_use]
    pub const fn key(pointer: Pointer) -> Self {
        Self {
            pointer,
            part: Part::Key,
        }
    }

    /// The value that the pointer names.
    #[must_use]
    pub const fn value(pointer: Pointer) -> Self {
        Self {
            pointer,
            part: Part::Value,
        }
    }
}

/// A place in the text of a document.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Position {
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
    /// The bytes of the text that are meant.
    pub span: Range<usize>,
}

/// One thing that is wrong, where it is and how to mend it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// How much it matters.
    pub severity: Severity,
    /// The kind of mistake.
    pub code: Code,
    /// The document, as it was named to the reader.
    pub file: String,
    /// The place in the document's structure.
    pub place: Option<Place>,
    /// The place in the document's text.
    pub position: Option<Position>,
    /// What is wrong.
    pub message: String,
    /// How to mend it; empty if the message says it all.
    pub help: String,
}

impl Diagnostic {
    /// A finding without a place.
    #[must_use]
    pub fn new(
        severity: Severity,
        code: Code,
        file: &str,
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> Self {
        Self {
            severity,
            code,
            file: file.to_owned(),
            place: None,
            position: None,
            message: message.into(),
            help: help.into(),
        }
    }

    /// An error without a place.
    #[must_use]
    pub fn error(
        code: Code,
        file: &str,
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> Self {
        Self::new(Severity::Error, code, file, message, help)
    }

    /// A warning without a place.
    #[must_use]
    pub fn warning(
        code: Code,
        file: &str,
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> Self {
        Self::new(Severity::Warning, code, file, message, help)
    }

    /// A note without a place.
    #[must_use]
    pub fn note(
        code: Code,
        file: &str,
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> Self {
        Self::new(Severity::Note, code, file, message, help)
    }

    /// The same finding at a place; [`Diagnostics::locate`] finds its position.
    #[must_use]
    pub fn at(mut self, place: Place) -> Self {
        self.place = Some(place);
        self
    }

    /// The same finding at a position.
    #[must_use]
    pub fn at_position(mut self, position: Position) -> Self {
        self.position = Some(position);
        self
    }

    fn order(&self) -> (&str, usize, usize, Severity, Code) {
        let start = self
            .position
            .as_ref()
            .map_or((0, 0), |at| (at.line, at.column));
        (&self.file, start.0, start.1, self.severity, self.code)
    }
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}:", self.file)?;
        if let Some(position) = &self.position {
            write!(formatter, "{}:{}:", position.line, position.column)?;
        }
        write!(
            formatter,
            " {}[{}]: {}",
            self.severity, self.code, self.message
        )?;
        if !self.help.is_empty() {
            write!(formatter, "\n  help: {}", self.help)?;
        }
        Ok(())
    }
}

/// All findings of a run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Diagnostics {
    all: Vec<Diagnostic>,
}

impl Diagnostics {
    /// None yet.
    #[must_use]
    pub const fn new() -> Self {
        Self { all: Vec::new() }
    }

    /// Adds one.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.all.push(diagnostic);
    }

    /// Whether any of them is an error.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.count(Severity::Error) > 0
    }

    /// How many there are of a severity.
    #[must_use]
    pub fn count(&self, severity: Severity) -> usize {
        self.all
            .iter()
            .filter(|one| one.severity == severity)
            .count()
    }

    /// How many there are.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.all.len()
    }

    /// Whether there are none.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// Each of them; in the order of files and positions after [`Self::sort`].
    pub fn iter(&self) -> std::slice::Iter<'_, Diagnostic> {
        self.all.iter()
    }

    /// Finds the positions that are still missing for the places in `source`.
    pub fn locate(&mut self, source: &Source) {
        let missing = self.all.iter_mut().filter(|one| one.position.is_none());
        for one in missing.filter(|one| one.file == source.path()) {
            one.position = one.place.as_ref().and_then(|place| source.locate(place));
        }
    }

    /// Puts them in the order of files and positions; those at one position stay in the order in which they were found.
    pub fn sort(&mut self) {
        self.all
            .sort_by(|one, other| one.order().cmp(&other.order()));
    }
}

impl Extend<Diagnostic> for Diagnostics {
    fn extend<I: IntoIterator<Item = Diagnostic>>(&mut self, more: I) {
        self.all.extend(more);
    }
}

impl From<Diagnostic> for Diagnostics {
    fn from(one: Diagnostic) -> Self {
        Self { all: vec![one] }
    }
}

impl FromIterator<Diagnostic> for Diagnostics {
    fn from_iter<I: IntoIterator<Item = Diagnostic>>(all: I) -> Self {
        Self {
            all: all.into_iter().collect(),
        }
    }
}

impl IntoIterator for Diagnostics {
    type Item = Diagnostic;
    type IntoIter = std::vec::IntoIter<Diagnostic>;

    fn into_iter(self) -> Self::IntoIter {
        self.all.into_iter()
    }
}

impl<'a> IntoIterator for &'a Diagnostics {
    type Item = &'a Diagnostic;
    type IntoIter = std::slice::Iter<'a, Diagnostic>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl fmt::Display for Diagnostics {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for one in self {
            writeln!(formatter, "{one}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Diagnostics {}
