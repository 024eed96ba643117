//! Takes bytes and gives them as text, and places in text as positions; it must never know the format of the text.

use crate::diagnostic::{Code, Diagnostic, Diagnostics, Position};

const NOT_TEXT_HELP: &str = "name an OpenAPI document in YAML or JSON, saved as UTF-8";

/// The text of a file without its byte order mark.
pub(super) fn decode<'a>(
    path: &str,
    bytes: &'a [u8],
    limit: usize,
) -> Result<&'a str, Diagnostics> {
    if bytes.len() > limit {
        let message = format!("the file has {} bytes; the limit is {limit}", bytes.len());
        return Err(Diagnostic::error(
            Code::TooLarge,
            path,
            message,
            "remove what is not needed, or split the document",
        )
        .into());
    }
    if bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]) {
        let message = "the file is in UTF-16";
        return Err(Diagnostic::error(Code::NotText, path, message, "save it as UTF-8").into());
    }
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => {
            return Err(not_text(
                path,
                bytes,
                error.valid_up_to(),
                "a byte that is not UTF-8",
            ));
        }
    };
    if let Some(nul) = text.find('\0') {
        return Err(not_text(path, bytes, nul, "a NUL character"));
    }
    Ok(text.strip_prefix('\u{FEFF}').unwrap_or(text))
}

fn not_text(path: &str, bytes: &[u8], offset: usize, what: &str) -> Diagnostics {
    let before = bytes
        .get(..offset)
        .and_then(|before| std::str::from_utf8(before).ok());
    let (line, column) = line_and_column(before.unwrap_or_default());
    let message = format!("this is not a text file: here is {what}");
    let position = Position {
        line,
        column,
        span: 0..0,
    };
    Diagnostic::error(Code::NotText, path, message, NOT_TEXT_HELP)
        .at_position(position)
        .into()
}

/// The position of a line and a column, both from 1, as a parser reports them; past the end of a line or of the text it is that end.
pub(super) fn position(text: &str, line: usize, column: usize) -> Position {
    let mut start = 0;
    let mut number = 1;
    for ending in text
        .bytes()
        .enumerate()
        .filter(|(_, byte)| *byte == b'\n')
        .map(|(at, _)| at)
    {
        if number >= line {
            break;
        }
        start = ending + 1;
        number += 1;
    }
    let rest = text.get(start..).unwrap_or_default();
    let rest = rest.split(['\n', '\r']).next().unwrap_or_default();
    let skipped: usize = rest
        .chars()
        .take(column.saturating_sub(1))
        .map(char::len_utf8)
        .sum();
    let width = rest
        .get(skipped..)
        .and_then(|rest| rest.chars().next())
        .map_or(0, char::len_utf8);
    let column = rest
        .get(..skipped)
        .map_or(0, |before| before.chars().count())
        + 1;
    Position {
        line: number,
        column,
        span: start + skipped..start + skipped + width,
    }
}

/// The position of the character at a byte.
pub(super) fn offset(text: &str, at: usize) -> Position {
    let before = text.get(..at).unwrap_or_default();
    let (line, column) = line_and_column(before);
    let width = text
        .get(at..)
        .and_then(|rest| rest.chars().next())
        .map_or(0, char::len_utf8);
    Position {
        line,
        column,
        span: at..at + width,
    }
}

/// Where the text that follows begins.
fn line_and_column(before: &str) -> (usize, usize) {
    let last = before.rsplit('\n').next().unwrap_or_default();
    (before.split('\n').count(), last.chars().count() + 1)
}
