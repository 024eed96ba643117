//! Takes what lowering has to say of servers, logins and examples and gives diagnostics; it must never say the same twice.

use std::collections::BTreeSet;

use super::DocumentReport;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Place, Severity};
use crate::document::Document;
use crate::source::Pointer;

/// Something that users of the crate or owners of the document are to know.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Remark {
    /// How much it matters.
    pub severity: Severity,
    /// Its kind.
    pub code: Code,
    /// Where it stands.
    pub pointer: Pointer,
    /// What it is.
    pub message: String,
}

impl DocumentReport {
    pub(super) fn warn(&mut self, code: Code, pointer: Pointer, message: String) {
        self.remark(Severity::Warning, code, pointer, message);
    }

    pub(super) fn note(&mut self, code: Code, pointer: Pointer, message: String) {
        self.remark(Severity::Note, code, pointer, message);
    }

    fn remark(&mut self, severity: Severity, code: Code, pointer: Pointer, message: String) {
        let remark = Remark {
            severity,
            code,
            pointer,
            message,
        };
        self.remarks.push(remark);
    }
}

/// Adds all remarks on a document.
pub(super) fn diagnose(
    document: &Document,
    report: &DocumentReport,
    diagnostics: &mut Diagnostics,
) {
    let mut told = BTreeSet::new();
    for remark in &report.remarks {
        if !told.insert((remark.code, &remark.pointer, &remark.message)) {
            continue;
        }
        let (code, message) = (remark.code, remark.message.clone());
        let place = Place::value(remark.pointer.clone());
        let mut diagnostic =
            Diagnostic::new(remark.severity, code, &report.path, message, help(code));
        diagnostic.position = document.locate(&place);
        diagnostics.push(diagnostic.at(place));
    }
}

fn help(code: Code) -> &'static str {
    match code {
        Code::NeedsBaseUrl => {
            "add a server with an absolute URL that begins with https://, or call `base_url` of the client's builder"
        }
        Code::UndeclaredVariable => {
            "give the variable a `default` in `variables` of the server, or call its method of the client's builder"
        }
        Code::UnusableServer => {
            "write an absolute URL with its variables in braces, such as `https://{region}.example.com/v1`"
        }
        Code::OwnHeader => {
            "remove the parameter; a login is described by a security scheme, a media type by `content`"
        }
        Code::ContradictingExample => {
            "correct the example, or the schema where the example is right; until then no test shows it"
        }
        Code::UnusedSchemes => "say which operations need which scheme with `security`",
        Code::UnusableScheme => {
            "correct the name, or hand what it takes to the HTTP layer with `http_client_builder`"
        }
        _ => "nothing to mend in the document",
    }
}
