//! Takes what became of the documents, gives a table and its totals, and must never leave out why something is missing.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::Row;
use super::compile::Compiled;

/// What the columns hold.
const HEAD: [&str; 12] = [
    "document",
    "operations",
    "skipped",
    "types",
    "untyped",
    "lines/op",
    "s",
    "MB",
    "check s",
    "warnings",
    "tests",
    "",
];

/// The table, the totals, and the reasons by how often they were given.
pub(super) fn text(rows: &[Row]) -> String {
    let cells: Vec<[String; 12]> = rows.iter().map(cells).collect();
    let mut text = String::new();
    let widths: Vec<usize> = (0..HEAD.len())
        .map(|column| {
            let cells = cells.iter().filter_map(|row| row.get(column));
            let widest = cells.map(|cell| cell.chars().count()).max();
            widest
                .unwrap_or_default()
                .max(HEAD.get(column).map_or(0, |head| head.len()))
        })
        .collect();
    line(&mut text, &HEAD.map(str::to_owned), &widths);
    for row in &cells {
        line(&mut text, row, &widths);
    }
    text.push('\n');
    totals(&mut text, rows);
    text.trim_end().to_owned()
}

fn line(text: &mut String, cells: &[String; 12], widths: &[usize]) {
    let mut line = String::new();
    for (index, (cell, width)) in cells.iter().zip(widths).enumerate() {
        // Writing to a string does not fail.
        let _ = match index {
            0 => write!(line, "{cell:width$}"),
            11 => write!(line, "  {cell}"),
            _ => write!(line, "  {cell:>width$}"),
        };
    }
    text.push_str(line.trim_end());
    text.push('\n');
}

fn cells(row: &Row) -> [String; 12] {
    let made = &row.made;
    let report = &made.report;
    let operations = report.operations.generated;
    let per_operation = made.lines.checked_div(operations);
    let compiled = row.compiled.as_ref();
    let warnings = compiled.map(|done| done.warnings.to_string());
    let tested = compiled.and_then(|done| done.tested.as_ref());
    let check = compiled.and_then(|done| done.seconds);
    [
        row.document.name.trim_end_matches("-client").to_owned(),
        operations.to_string(),
        report.operations.skipped.len().to_string(),
        report.types.typed.to_string(),
        report.types.untyped.len().to_string(),
        or_dash(per_operation.map(|lines| lines.to_string())),
        format!("{:.2}", made.seconds),
        or_dash(made.kibibytes.map(|kib| (kib / 1024).to_string())),
        or_dash(check.map(|seconds| format!("{seconds:.1}"))),
        or_dash(warnings),
        or_dash(tested.map(|tested| tested.passed.to_string())),
        result(row),
    ]
}

fn or_dash(cell: Option<String>) -> String {
    cell.unwrap_or_else(|| "-".to_owned())
}

fn result(row: &Row) -> String {
    let first = |text: &str| text.lines().next().unwrap_or_default().to_owned();
    if let Some(crash) = &row.made.crash {
        return format!("ended: {}", first(crash));
    }
    if let Some(refusal) = &row.made.refusal {
        return format!("refused: {}", first(refusal));
    }
    match &row.compiled {
        Some(done) if done.errors > 0 => {
            let error = done.first.as_deref().unwrap_or_default();
            format!("does not compile: {}", first(error))
        }
        Some(Compiled {
            tested: Some(tested),
            ..
        }) if tested.is_failure() => format!("tests fail: {}", tested.failed.join(", ")),
        Some(done) => done.first.as_deref().map(first).unwrap_or_default(),
        None => String::new(),
    }
}

fn totals(text: &mut String, rows: &[Row]) {
    let count = |holds: &dyn Fn(&Row) -> bool| rows.iter().filter(|row| holds(row)).count();
    let sum = |of: &dyn Fn(&Row) -> usize| rows.iter().map(of).sum::<usize>();
    let (made, skipped) = (
        sum(&|row| row.made.report.operations.generated),
        sum(&|row| row.made.report.operations.skipped.len()),
    );
    let (typed, untyped) = (
        sum(&|row| row.made.report.types.typed),
        sum(&|row| row.made.report.types.untyped.len()),
    );
    let accepted = count(&|row| row.made.accepted);
    // Writing to a string does not fail.
    let _ = writeln!(
        text,
        "documents   {} of {}",
        share(accepted, rows.len()),
        rows.len()
    );
    if rows.iter().any(|row| row.compiled.is_some()) {
        let clean = |row: &Row| {
            row.compiled
                .as_ref()
                .is_some_and(|done| done.errors + done.warnings == 0)
        };
        let (clean, compiled) = (count(&clean), count(&|row| row.compiled.is_some()));
        let _ = writeln!(
            text,
            "clean       {} of {compiled} compile without warnings",
            share(clean, compiled)
        );
    }
    let _ = writeln!(
        text,
        "operations  {} of {}",
        share(made, made + skipped),
        made + skipped
    );
    let _ = writeln!(
        text,
        "types       {} of {}",
        share(typed, typed + untyped),
        typed + untyped
    );
    let skipped = rows
        .iter()
        .flat_map(|row| &row.made.report.operations.skipped);
    reasons(
        text,
        "operations that were skipped",
        skipped.map(|gap| &gap.reason),
    );
    let untyped = rows.iter().flat_map(|row| &row.made.report.types.untyped);
    reasons(
        text,
        "types that were left as JSON",
        untyped.map(|gap| &gap.reason),
    );
}

fn share(part: usize, whole: usize) -> String {
    let percent = (part * 1000).checked_div(whole).unwrap_or(1000);
    format!("{part} ({}.{} %)", percent / 10, percent % 10)
}

/// The reasons without the names in them, each with how often it was given.
fn reasons<'r>(text: &mut String, what: &str, reasons: impl Iterator<Item = &'r String>) {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for reason in reasons {
        *counts.entry(without_names(reason)).or_default() += 1;
    }
    if counts.is_empty() {
        return;
    }
    let mut counts: Vec<_> = counts.into_iter().collect();
    counts.sort_by(|one, other| other.1.cmp(&one.1).then(one.0.cmp(&other.0)));
    // Writing to a string does not fail.
    let _ = writeln!(text, "\n{what}");
    for (reason, count) in counts {
        let _ = writeln!(text, "{count:>6}  {reason}");
    }
}

fn without_names(reason: &str) -> String {
    let parts = reason.split('`').enumerate();
    parts
        .map(|(index, part)| if index % 2 == 0 { part } else { "`…`" })
        .collect()
}
