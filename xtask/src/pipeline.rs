//! Takes and gives the types of the generator, and must stay the only module of this package that names it.

pub(crate) use openapi_client_codegen::{
    Generated, Input, Project, Report, documents_named, generate,
};

pub(crate) use openapi_client_codegen::cores::{all as all_cores, each};
pub(crate) use openapi_client_codegen::lower::DocumentReport;
pub(crate) use openapi_client_codegen::output::{Drift, FileSet};

use openapi_client_codegen::diagnostic::{Code, Diagnostics, Severity as Level};

use crate::problem::{Place, Problem, Severity};

/// What the generator found, in its order.
pub(crate) fn problems(diagnostics: &Diagnostics) -> Vec<Problem> {
    diagnostics
        .iter()
        .map(|found| Problem {
            severity: match found.severity {
                Level::Error => Severity::Error,
                Level::Warning => Severity::Warning,
                Level::Note => Severity::Note,
            },
            code: Some(found.code.as_str()),
            file: found.file.as_str().into(),
            place: found.position.as_ref().map(|position| Place {
                line: position.line,
                column: position.column,
                span: position.span.clone(),
            }),
            message: found.message.as_str().into(),
            help: found.help.as_str().into(),
        })
        .collect()
}

/// What a code means, or `None` when there is no such code.
pub(crate) fn explanation(code: &str) -> Option<String> {
    code.parse::<Code>()
        .ok()
        .map(|code| code.explain().to_string())
}

/// The names of all codes, sorted.
pub(crate) fn codes() -> Vec<&'static str> {
    let mut codes: Vec<_> = Code::ALL.iter().map(|code| code.as_str()).collect();
    codes.sort_unstable();
    codes
}
