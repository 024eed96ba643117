//! Takes text and gives its value through a parser, or the parser's complaint in words that help; it must never guess what a broken text meant.

use std::borrow::Cow;

use serde::de::DeserializeSeed;
use serde_json::Value;

use super::value::Budget;
use super::{Limits, Pointer, Source, text};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Place, Position};

/// A parsed text.
pub(super) struct Parsed {
    pub(super) value: Value,
    /// The members whose key came before in the same mapping.
    pub(super) duplicates: Vec<Pointer>,
    /// What was read otherwise than it is written.
    pub(super) findings: Vec<Diagnostic>,
}

/// Numbers that no computer can hold are that rare; each takes another run of the parser.
const MOST_NUMBERS: usize = 16;

pub(super) fn json(path: &str, text: &str, limits: &Limits) -> Result<Parsed, Diagnostics> {
    let mut read = Cow::Borrowed(text);
    let mut findings = Vec::new();
    loop {
        let budget = Budget::new(limits.depth, usize::MAX, false);
        let mut parser = serde_json::Deserializer::from_str(&read);
        let value = budget
            .seed()
            .deserialize(&mut parser)
            .and_then(|value| parser.end().map(|()| value));
        let error = match value {
            Ok(value) => {
                return Ok(Parsed {
                    value,
                    duplicates: budget.duplicates(),
                    findings,
                });
            }
            Err(error) => error,
        };
        let number = (findings.len() < MOST_NUMBERS)
            .then(|| too_large(&read, &error))
            .flatten();
        let Some((position, instead)) = number else {
            return Err(json_refusal(path, &read, &error, budget.exceeded()));
        };
        let written: String = read
            .get(position.span.clone())
            .unwrap_or_default()
            .chars()
            .take(40)
            .collect();
        let message = format!("the number `{written}` is too large; the largest there is is used");
        let help = "write a number that other programs can read";
        let warning = Diagnostic::warning(Code::Repaired, path, message, help);
        read.to_mut().replace_range(position.span.clone(), &instead);
        findings.push(warning.at_position(position));
    }
}

/// A number beyond the range of floating point, and one as long as it that is not.
fn too_large(text: &str, error: &serde_json::Error) -> Option<(Position, String)> {
    error
        .to_string()
        .contains("number out of range")
        .then_some(())?;
    let at = text::position(text, error.line(), json_column(text, error))
        .span
        .start;
    let of_number = |byte: &u8| byte.is_ascii_alphanumeric() || b"+-.".contains(byte);
    let (before, after) = (text.as_bytes().get(..at)?, text.as_bytes().get(at..)?);
    let start = at
        - before
            .iter()
            .rev()
            .take_while(|byte| of_number(byte))
            .count();
    let end = at + after.iter().take_while(|byte| of_number(byte)).count();
    let written = text.get(start..end)?;
    let sign = if written.starts_with('-') {
        "-1e"
    } else {
        "1e"
    };
    let digits = written
        .len()
        .checked_sub(sign.len())
        .filter(|digits| *digits >= 3)?;
    let mut position = text::offset(text, start);
    position.span = start..end;
    Some((position, format!("{sign}{:0>digits$}", "308")))
}

fn json_refusal(
    path: &str,
    text: &str,
    error: &serde_json::Error,
    exceeded: Option<Code>,
) -> Diagnostics {
    let mut position = text::position(text, error.line(), json_column(text, error));
    let complaint = error.to_string();
    let complaint = complaint.split(" at line ").next().unwrap_or_default();
    if complaint.contains("trailing comma") {
        // The parser names what follows the comma.
        let before = text.get(..position.span.start).unwrap_or_default();
        position = text::offset(text, before.rfind(',').unwrap_or(position.span.start));
    }
    let code = exceeded.or_else(|| {
        complaint
            .contains("recursion limit")
            .then_some(Code::TooDeep)
    });
    let help = match complaint {
        _ if text.trim().is_empty() => "write an OpenAPI document into the file",
        _ if complaint.contains("trailing comma") => "remove the comma",
        _ if complaint.contains("EOF") => {
            "a closing bracket, brace or quote is missing, or the file was cut off"
        }
        _ if complaint.contains("key must be a string") => {
            "put the key in double quotes; JSON has no comments"
        }
        _ if complaint.contains("control character") => {
            "write `\\n` for a line break and `\\t` for a tab inside of a string"
        }
        _ if complaint.contains("trailing characters") => {
            "remove what follows the end of the document"
        }
        _ => {
            "correct the JSON here or shortly before; a comma, quote or bracket is probably missing"
        }
    };
    refusal(path, code, "JSON", complaint, help)
        .at_position(position)
        .into()
}

/// `serde_json` counts the column in bytes, and zero is the end of the line before.
fn json_column(text: &str, error: &serde_json::Error) -> usize {
    let line = text
        .split('\n')
        .nth(error.line().saturating_sub(1))
        .unwrap_or_default();
    let before = line.bytes().take(error.column().saturating_sub(1));
    before.filter(|byte| (byte & 0xC0) != 0x80).count() + 1
}

pub(super) fn yaml(path: &str, text: &str, limits: &Limits) -> Result<Parsed, Diagnostics> {
    // A node takes at least one byte of text, and is counted with one byte more than it has.
    let budget = Budget::new(
        limits.depth,
        text.len()
            .saturating_mul(2)
            .saturating_add(limits.aliased_bytes),
        true,
    );
    let error = match budget
        .seed()
        .deserialize(serde_yaml::Deserializer::from_str(text))
    {
        Ok(value) => {
            return Ok(Parsed {
                value,
                duplicates: budget.duplicates(),
                findings: Vec::new(),
            });
        }
        Err(error) => error,
    };
    let complaint = error.to_string();
    let at = error
        .location()
        .map(|at| text::position(text, at.line(), at.column()));
    let at = at.unwrap_or_else(|| fallback(text, &complaint));
    if let Some((tab, lines)) = tab_near(text, at.line) {
        let message = "a tab is used for indentation, which YAML does not allow";
        let help = match lines {
            1 => "use spaces instead of the tab".to_owned(),
            lines => {
                format!("use spaces instead of tabs; {lines} lines of this file begin with a tab")
            }
        };
        return Err(Diagnostic::error(Code::TabIndent, path, message, help)
            .at_position(tab)
            .into());
    }
    let code = budget.exceeded().or_else(|| limit(&complaint));
    let words = without_location(&complaint, &at);
    Err(
        refusal(path, code, "YAML", &words, yaml_help(text, &complaint))
            .at_position(at)
            .into(),
    )
}

fn limit(complaint: &str) -> Option<Code> {
    match complaint {
        _ if complaint.contains("repetition limit") => Some(Code::TooManyAliases),
        _ if complaint.contains("recursion limit") => Some(Code::TooDeep),
        _ => None,
    }
}

fn refusal(
    path: &str,
    code: Option<Code>,
    format: &str,
    complaint: &str,
    help: &str,
) -> Diagnostic {
    match code {
        Some(Code::TooDeep) => Diagnostic::error(
            Code::TooDeep,
            path,
            "values are nested too deeply",
            "move inner objects to `components` and refer to them with `$ref`",
        ),
        Some(code) => Diagnostic::error(
            code,
            path,
            "aliases repeat so much that the document becomes too large",
            "put what is repeated into `components` and refer to it with `$ref`",
        ),
        None => Diagnostic::error(
            Code::Syntax,
            path,
            format!("this is not valid {format}: {complaint}"),
            help,
        ),
    }
}

fn yaml_help(text: &str, complaint: &str) -> &'static str {
    match complaint {
        _ if text.trim().is_empty() => "write an OpenAPI document into the file",
        _ if complaint.contains("mapping values are not allowed") => {
            "put quotes around a value that contains `: `, or correct the indentation"
        }
        _ if complaint.contains("more than one document") => {
            "keep one document in the file; `---` begins another one"
        }
        _ if complaint.contains("unknown anchor") => {
            "define the anchor with `&name` before `*name` uses it, or put quotes around the value"
        }
        _ if complaint.contains("did not find expected key")
            || complaint.contains("could not find expected ':'") =>
        {
            "compare the indentation with the lines before; a key ends with a colon and a space"
        }
        _ if complaint.contains("cannot start any token") => {
            "put quotes around a value that begins with `@`, `` ` `` or `%`"
        }
        _ if complaint.contains("end of stream") => "a closing quote, bracket or brace is missing",
        _ => {
            "correct the YAML here or shortly before; indentation, quotes and colons are the usual causes"
        }
    }
}

/// The complaint without the one location that the diagnostic shows itself.
fn without_location(complaint: &str, at: &Position) -> String {
    complaint.replacen(&format!(" at line {} column {}", at.line, at.column), "", 1)
}

/// For the complaints that come without a location.
fn fallback(text: &str, complaint: &str) -> Position {
    if complaint.contains("more than one document") {
        let mut markers = text
            .lines()
            .enumerate()
            .filter(|(_, line)| line.starts_with("---"));
        let first = markers.next().map_or(0, |(line, _)| line);
        let leading = text
            .lines()
            .take(first)
            .all(|line| line.trim().is_empty() || line.starts_with(['#', '%']));
        let line = if leading {
            markers.next().map_or(first, |(line, _)| line)
        } else {
            first
        };
        return text::position(text, line + 1, 1);
    }
    text::position(text, 1, 1)
}

/// The first tab in the indentation at or next to a line, and how many lines are indented so.
fn tab_near(text: &str, line: usize) -> Option<(Position, usize)> {
    let tabs = || {
        text.lines()
            .enumerate()
            .filter_map(|(number, line)| Some((number + 1, tab_in_indent(line)?)))
    };
    let near = line.saturating_sub(1)..=line.saturating_add(1);
    let (line, column) = tabs().find(|(number, _)| near.contains(number))?;
    Some((text::position(text, line, column), tabs().count()))
}

fn tab_in_indent(line: &str) -> Option<usize> {
    let indent = line
        .chars()
        .take_while(|character| matches!(character, ' ' | '\t'));
    let column = indent
        .enumerate()
        .find(|(_, character)| *character == '\t')
        .map(|(at, _)| at + 1)?;
    (!line.trim().is_empty()).then_some(column)
}

/// An error for each duplicate key, at the place of the second.
pub(super) fn duplicates(source: &Source, found: &[Pointer]) -> Vec<Diagnostic> {
    let mut diagnostics: Vec<Diagnostic> = Vec::new();
    for (at, pointer) in found.iter().enumerate() {
        let earlier = found
            .iter()
            .take(at)
            .filter(|other| *other == pointer)
            .count();
        let place = Place::key(pointer.clone());
        let key = pointer.last().unwrap_or_default();
        let first = source
            .locate(&place)
            .map_or_else(String::new, |first| format!(" in line {}", first.line));
        let message =
            format!("the key `{key}` occurs twice in the same mapping; it came first{first}");
        let help = "remove one of the two, or give it another name";
        let mut diagnostic =
            Diagnostic::error(Code::DuplicateKey, source.path(), message, help).at(place);
        diagnostic.position = source
            .outline()
            .repeated_key(source.text(), pointer, earlier + 1);
        diagnostics.push(diagnostic);
    }
    diagnostics
}
