//! Takes what was generated and how long it took, gives the JSON of `client --report`, and must never change its shape: scripts read it.

use std::time::Duration;

use serde::Serialize;

use crate::pipeline::{DocumentReport, Report};

#[derive(Default, Serialize)]
struct Root<'a> {
    operations: Operations<'a>,
    types: Types<'a>,
    warnings: usize,
    errors: usize,
    elapsed_ms: u64,
}

#[derive(Default, Serialize)]
struct Operations<'a> {
    generated: usize,
    skipped: Vec<Gap<'a>>,
}

#[derive(Default, Serialize)]
struct Types<'a> {
    typed: usize,
    untyped: Vec<Gap<'a>>,
}

#[derive(Serialize)]
struct Gap<'a> {
    pointer: String,
    reason: &'a str,
}

/// The report of a run that read its document.
pub(crate) fn json(report: &Report, elapsed: Duration) -> String {
    let documents = &report.documents;
    let sum = |count: fn(&DocumentReport) -> usize| documents.iter().map(count).sum();
    let skipped = documents.iter().flat_map(|document| &document.skipped);
    let untyped = documents.iter().flat_map(|document| &document.untyped);
    render(&Root {
        operations: Operations {
            generated: sum(|document| document.operations),
            skipped: skipped
                .map(|gap| Gap {
                    pointer: gap.pointer.to_string(),
                    reason: &gap.reason,
                })
                .collect(),
        },
        types: Types {
            typed: sum(|document| document.types),
            untyped: untyped
                .map(|gap| Gap {
                    pointer: gap.pointer.to_string(),
                    reason: &gap.reason,
                })
                .collect(),
        },
        warnings: report.warnings,
        errors: report.errors,
        elapsed_ms: milliseconds(elapsed),
    })
}

/// The report of a run that could not read its document.
pub(crate) fn unread(elapsed: Duration) -> String {
    render(&Root {
        errors: 1,
        elapsed_ms: milliseconds(elapsed),
        ..Root::default()
    })
}

fn milliseconds(elapsed: Duration) -> u64 {
    u64::try_from(elapsed.as_millis()).unwrap_or(u64::MAX)
}

fn render(root: &Root<'_>) -> String {
    // Strings and numbers alone: there is nothing in them that JSON can't hold.
    let mut text = serde_json::to_string_pretty(root).unwrap_or_default();
    text.push('\n');
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_that_read_nothing_has_the_whole_shape() {
        let expected = r#"{"operations":{"generated":0,"skipped":[]},"types":{"typed":0,"untyped":[]},"warnings":0,"errors":1,"elapsed_ms":7}"#;
        let value: serde_json::Value =
            serde_json::from_str(&unread(Duration::from_millis(7))).unwrap();
        assert_eq!(
            value,
            serde_json::from_str::<serde_json::Value>(expected).unwrap()
        );
    }
}
