//! Takes what happened, gives it as a table for people: operations that fared alike share a row.

use std::fmt::Write;
use std::time::Duration;

use twilio_push_credentials::Error;
use twilio_push_credentials_tests::faults::What;

use crate::runner::Run;

/// The columns after the fault and the operations.
type Row = [String; 5];

/// All runs, by fault.
pub(crate) fn table(runs: &[Run]) -> String {
    let mut rows: Vec<(&str, String, Row)> = Vec::new();
    for run in runs {
        let (fault, operation, row) = (run.fault.name, run.operation.name(), row(run));
        let known = rows
            .iter_mut()
            .find(|(name, _, other)| *name == fault && *other == row);
        match known {
            Some((_, operations, _)) => {
                operations.push(' ');
                operations.push_str(operation);
            }
            None => rows.push((fault, operation.to_owned(), row)),
        }
    }
    let mut text = String::new();
    let heads = ["seen", "tries", "outcome", "applied", "waited"].map(str::to_owned);
    line(&mut text, "fault", "operations", &heads);
    let mut last = "";
    for (fault, operations, row) in &rows {
        line(
            &mut text,
            if *fault == last { "" } else { fault },
            operations,
            row,
        );
        last = fault;
    }
    text
}

/// What errors say, by fault, each once, whatever the operation.
pub(crate) fn messages(runs: &[Run]) -> String {
    let mut text = String::new();
    let mut said: Vec<(&str, String)> = Vec::new();
    for run in runs {
        let Err(error) = &run.result else {
            continue;
        };
        let message = (run.fault.name, message(run, error));
        if said.contains(&message) {
            continue;
        }
        if said.last().is_none_or(|(last, _)| *last != run.fault.name) {
            let _ = writeln!(text, "{}", run.fault.name);
        }
        let _ = writeln!(text, "    {}", message.1);
        said.push(message);
    }
    text
}

/// The message without what the table tells: the operation, the attempts and whether it may have been applied.
fn message(run: &Run, error: &Error) -> String {
    let message = error.to_string();
    let (_, mut message) = message.split_once(": ").unwrap_or(("", &message));
    for end in ["; it may have been applied", " times"] {
        message = message.strip_suffix(end).unwrap_or(message);
    }
    if let (true, Some((before, _))) = (error.attempts() > 1, message.rsplit_once("; ")) {
        message = before;
    }
    let mut message = message.to_owned();
    for number in 0..=run.seen.requests.len() {
        message = message.replace(&format!("request RQ{number}"), "request RQ…");
    }
    for (url, name) in &run.hosts {
        message = message.replace(url, name);
    }
    message
}

fn line(text: &mut String, fault: &str, operations: &str, row: &Row) {
    let [seen, tries, outcome, applied, waited] = row;
    let line = format!(
        "{fault:39} {operations:32} {seen:>4} {tries:>5}  {outcome:22} {applied:7}  {waited}"
    );
    let _ = writeln!(text, "{}", line.trim_end());
}

fn row(run: &Run) -> Row {
    let error = run.result.as_ref().err();
    let tries = error.map_or_else(
        || run.attempts.len().to_string(),
        |e| e.attempts().to_string(),
    );
    let applied = error.map_or("", |error| {
        if error.may_have_been_applied() {
            "maybe"
        } else {
            "no"
        }
    });
    let seen = match run.fault.what {
        What::Refused => "-".to_owned(),
        _ => (run.seen.requests.len() + run.seen.cut).to_string(),
    };
    let outcome = error.map_or_else(|| "good".to_owned(), outcome);
    [seen, tries, outcome, applied.to_owned(), waited(run)]
}

/// The predicates that hold, and the status.
fn outcome(error: &Error) -> String {
    let predicates = [
        (error.is_configuration(), "configuration"),
        (error.is_invalid_request(), "invalid request"),
        (error.is_connect(), "connect"),
        (error.is_timeout(), "timeout"),
        (error.is_auth(), "auth"),
        (error.is_not_found(), "not found"),
        (error.is_rate_limited(), "rate limited"),
        (error.is_redirect(), "redirect"),
        (error.is_decode(), "decode"),
        (error.is_too_large(), "too large"),
        (error.is_next_page(), "next page"),
        (error.is_broken(), "broken"),
    ];
    let held = predicates.iter().filter(|(holds, _)| *holds);
    let mut words: Vec<String> = held.map(|(_, name)| (*name).to_owned()).collect();
    words.extend(error.status().map(|status| status.to_string()));
    words.join(" ")
}

/// The time of the attempts, and the pauses, whose length is drawn.
fn waited(run: &Run) -> String {
    let pauses: Vec<Duration> = run.attempts.iter().filter_map(|one| one.pause).collect();
    let attempts = run.elapsed.saturating_sub(pauses.iter().sum());
    let mut parts = Vec::new();
    if attempts.as_secs() > 0 {
        parts.push(format!("{} s", attempts.as_secs()));
    }
    let of = match run.fault.asked {
        0 => String::new(),
        asked => format!(" of {asked} s and more"),
    };
    match pauses.len() {
        0 => {}
        1 => parts.push(format!("1 pause{of}")),
        many => parts.push(format!("{many} pauses{of}")),
    }
    let asked = run.result.as_ref().err().and_then(Error::retry_after);
    if let (true, Some(asked)) = (pauses.is_empty(), asked) {
        parts.push(format!("asked for {} s", asked.as_secs()));
    }
    parts.join(" + ")
}
