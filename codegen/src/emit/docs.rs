//! Takes text and gives documentation attributes, a line each; nothing of a document in it may become code that runs, markup, or a link to an item.

use proc_macro2::TokenStream;
use quote::quote;

use super::markdown::printable;
use super::raw;

pub(crate) use super::markdown::{foreign, is_hidden};

/// Paragraphs as `#[doc = " line"]`, one a line; empty paragraphs are left out.
pub(crate) fn paragraphs<I>(paragraphs: I) -> TokenStream
where
    I: IntoIterator,
    I::Item: AsRef<str>,
{
    attributes(&text_of(paragraphs), false)
}

/// A description of the document, or what can be said without one.
pub(crate) fn described(text: &str, otherwise: &str) -> String {
    let text = foreign(text);
    if text.is_empty() {
        otherwise.to_owned()
    } else {
        text
    }
}

/// A name, value or pattern of the document as code.
pub(crate) fn code(text: &str) -> String {
    let text: String = printable(text)
        .chars()
        .map(|c| if c == '\n' { ' ' } else { c })
        .collect();
    if text.trim().is_empty() {
        return format!("`\"{text}\"`");
    }
    format!("`{}`", text.replace('`', "'"))
}

/// A title or the like, which has one line: what Markdown would make of it is taken away.
pub(crate) fn line(text: &str) -> String {
    let text = printable(text);
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut out = String::with_capacity(text.len());
    for (index, character) in text.chars().enumerate() {
        let is_markup =
            "\\`*_[]<>#|~&".contains(character) || (index == 0 && character.is_ascii_punctuation());
        if is_markup {
            out.push('\\');
        }
        out.push(character);
    }
    out
}

/// Words of ours and then a description, which may begin with something that has to stand at the beginning of a line.
pub(crate) fn continued(opening: &str, text: &str) -> String {
    let is_block = ["```", "* ", "> ", "---"]
        .iter()
        .any(|beginning| text.starts_with(beginning))
        || text
            .split_once(['.', ')'])
            .is_some_and(|(number, _)| number.parse::<u64>().is_ok());
    let between = if is_block { "\n\n" } else { " " };
    format!("{opening}{between}{text}")
}

/// The same for the module or crate that the text stands in.
pub(crate) fn inner<I>(paragraphs: I) -> TokenStream
where
    I: IntoIterator,
    I::Item: AsRef<str>,
{
    attributes(&text_of(paragraphs), true)
}

fn text_of<I>(paragraphs: I) -> String
where
    I: IntoIterator,
    I::Item: AsRef<str>,
{
    let all: Vec<String> = paragraphs
        .into_iter()
        .map(|text| text.as_ref().trim().to_owned())
        .filter(|text| !text.is_empty())
        .collect();
    all.join("\n\n")
}

fn attributes(text: &str, inner: bool) -> TokenStream {
    let text = wrap(text);
    let lines = text.lines().map(|line| {
        let line = line.trim_end();
        let line = raw(&if line.is_empty() {
            String::new()
        } else {
            format!(" {line}")
        });
        if inner {
            quote!(#![doc = #line])
        } else {
            quote!(#[doc = #line])
        }
    });
    quote!(#(#lines)*)
}

/// Words of ours and a page.
pub(crate) fn link(what: &str, url: &str) -> String {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._/:?=%#".contains(&byte);
    if url.bytes().all(is_plain) {
        return format!("{what}: <{url}>");
    }
    foreign(&format!("{what}: {url}"))
}

/// A line of documentation has at most that many characters, where words allow.
const WIDTH: usize = 92;

/// Breaks long lines of prose. A word that could begin a list, heading or the like is never put at the beginning of a line.
fn wrap(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut in_code = false;
    for line in text.lines() {
        if !out.is_empty() {
            out.push('\n');
        }
        if line.trim_start().starts_with("```") {
            in_code = !in_code;
        }
        if in_code || line.chars().count() <= WIDTH {
            out.push_str(line);
        } else {
            wrap_line(line, &mut out);
        }
    }
    out
}

fn wrap_line(line: &str, out: &mut String) {
    let indent = continuation(line);
    let mut width = 0;
    for (index, word) in line.split(' ').enumerate() {
        let length = word.chars().count();
        let may_begin = word
            .starts_with(|first: char| first.is_alphabetic() || first == '`' || first == '[')
            && !word.starts_with("```");
        if index > 0 && width + 1 + length > WIDTH && may_begin {
            out.push('\n');
            out.push_str(&indent);
            width = indent.len();
        } else if index > 0 {
            out.push(' ');
            width += 1;
        }
        out.push_str(word);
        width += length;
    }
}

/// What the next line of a paragraph begins with, so that it stays in the same quotes and items.
fn continuation(line: &str) -> String {
    let mut beginning = String::new();
    let mut rest = line;
    loop {
        let number = rest.trim_start_matches(|digit: char| digit.is_ascii_digit());
        let is_number = number.len() < rest.len() && number.starts_with(". ");
        let marker = match rest.as_bytes() {
            [b' ', ..] => 1,
            [b'*' | b'-' | b'>', b' ', ..] => 2,
            _ if is_number => rest.len() - number.len() + 2,
            _ => return beginning,
        };
        let (marker, after) = rest.split_at_checked(marker).unwrap_or((rest, ""));
        beginning.push_str(&if marker == "> " {
            marker.to_owned()
        } else {
            " ".repeat(marker.len())
        });
        rest = after;
    }
}

#[cfg(test)]
mod tests {
    use super::continuation;

    #[test]
    fn a_line_goes_on_in_the_quote_and_the_item_that_it_is_in() {
        for (line, beginning) in [
            ("plain", ""),
            ("* item", "  "),
            ("  - item", "    "),
            ("12. item", "    "),
            ("> quote", "> "),
            ("> * item of a quote", ">   "),
            ("1.5 metres", ""),
        ] {
            assert_eq!(continuation(line), beginning, "{line}");
        }
    }

    #[test]
    fn long_lines_are_broken_between_words() {
        let got = super::wrap(&"word ".repeat(50));
        assert!(got.lines().all(|line| line.chars().count() <= 92), "{got}");
        assert_eq!(got.split_whitespace().count(), 50);
    }
}
