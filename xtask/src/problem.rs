//! Takes what went wrong, from the generator or the file system, gives it one form for all commands, and must never be shown with `Debug`.

use std::io;
use std::ops::Range;
use std::path::Path;

/// How bad it is.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Severity {
    Error,
    Warning,
    Note,
}

/// A place in a text: line and column count from 1, in characters; the span is in bytes.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct Place {
    pub(crate) line: usize,
    pub(crate) column: usize,
    pub(crate) span: Range<usize>,
}

/// One thing that is wrong, where, and how to mend it.
#[derive(Clone, Debug)]
pub(crate) struct Problem {
    pub(crate) severity: Severity,
    pub(crate) code: Option<&'static str>,
    pub(crate) file: Box<str>,
    pub(crate) place: Option<Place>,
    pub(crate) message: Box<str>,
    pub(crate) help: Box<str>,
}

impl Problem {
    /// An error about a whole file or directory.
    pub(crate) fn new(
        file: impl Into<Box<str>>,
        message: impl Into<Box<str>>,
        help: impl Into<Box<str>>,
    ) -> Self {
        Self {
            severity: Severity::Error,
            code: None,
            file: file.into(),
            place: None,
            message: message.into(),
            help: help.into(),
        }
    }

    /// An error of the file system while doing `what` ("read", "write") to `path`.
    pub(crate) fn io(what: &str, path: &Path, error: &io::Error) -> Self {
        let shown = path.display().to_string();
        Self::new(
            shown.clone(),
            format!("can't {what} `{shown}`: {}", reason(error)),
            mend(error),
        )
    }

    /// The same error, blamed on the place in another file that asked for it.
    pub(crate) fn at(mut self, file: &str, place: Option<Place>) -> Self {
        self.file = file.into();
        self.place = place;
        self
    }
}

// The text of the operating system carries a number that means nothing to the reader.
fn reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "there is no such file".to_owned(),
        io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
        io::ErrorKind::IsADirectory => "it is a directory".to_owned(),
        io::ErrorKind::NotADirectory => "a part of the path is not a directory".to_owned(),
        _ => {
            let text = error.to_string();
            text.split(" (os error")
                .next()
                .unwrap_or_default()
                .to_owned()
        }
    }
}

fn mend(error: &io::Error) -> &'static str {
    match error.kind() {
        io::ErrorKind::NotFound => "check the spelling of the path, or put the file there",
        io::ErrorKind::PermissionDenied => {
            "give the user that runs this command the permission to use it"
        }
        io::ErrorKind::IsADirectory => "name a file",
        _ => "make the file available, then run the command again",
    }
}
