//! Takes problems and the texts that they are about, gives them as rustc shows its own, and must never pass a control character of a document to a terminal.

use std::collections::BTreeMap;
use std::env;
use std::fmt::{self, Write as _};
use std::io::{self, IsTerminal as _, Write as _};
use std::ops::Range;

use annotate_snippets::{
    AnnotationKind, Group, Level, Origin, Renderer as Snippets, Snippet, normalize_untrusted_str,
};

use crate::problem::{Place, Problem, Severity};

/// Characters of a line that are shown before and after the place of a problem: a document may be one line of a megabyte.
const CONTEXT: usize = 50;

/// Characters of the marked part that are shown.
const MARKED: usize = 100;

/// Stands for the rest of a line.
const CUT: &str = "…";

/// Shows problems.
pub(crate) struct Renderer {
    snippets: Snippets,
    texts: BTreeMap<String, String>,
}

impl Renderer {
    /// With colour when standard error is a terminal and `NO_COLOR` is not set.
    pub(crate) fn for_stderr() -> Self {
        let unwanted = |name: &str| env::var_os(name).is_some_and(|value| !value.is_empty());
        let dumb = env::var_os("TERM").is_some_and(|term| term == "dumb");
        if io::stderr().is_terminal() && !unwanted("NO_COLOR") && !dumb {
            Self::new(Snippets::styled())
        } else {
            Self::new(Snippets::plain())
        }
    }

    fn new(snippets: Snippets) -> Self {
        Self {
            snippets,
            texts: BTreeMap::new(),
        }
    }

    /// Makes a text available for excerpts. One that is not UTF-8 is left out: there is nothing to show.
    pub(crate) fn add(&mut self, file: &str, bytes: impl Into<Vec<u8>>) {
        if let Ok(text) = String::from_utf8(bytes.into()) {
            self.texts.insert(file.to_owned(), text);
        }
    }

    /// Prints each problem, and how many there are, on standard error.
    pub(crate) fn print(&self, problems: &[Problem]) {
        let mut text = String::new();
        for problem in problems {
            text.push_str(&self.render(problem));
            text.push_str("\n\n");
        }
        text.push_str(&summary(problems));
        // Nobody is left to tell when standard error is closed.
        let _ = io::stderr().lock().write_all(text.as_bytes());
    }

    fn render(&self, problem: &Problem) -> String {
        let level = match problem.severity {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
            Severity::Note => Level::NOTE,
        };
        let message = one_line(&problem.message);
        let mut title = level.primary_title(&message);
        if let Some(code) = problem.code {
            title = title.id(code);
        }
        let file = one_line(&problem.file);
        let mut group = Group::with_title(title);
        let excerpt = self.excerpt(problem);
        // The library counts the column itself, which is right only for a line that is whole.
        if !file.is_empty() && !excerpt.as_ref().is_some_and(|excerpt| excerpt.is_whole) {
            let mut origin = Origin::path(&file);
            if let Some(place) = &problem.place {
                origin = origin.line(place.line).char_column(place.column);
            }
            group = group.element(origin);
        }
        if let Some(excerpt) = excerpt {
            group = group.element(
                Snippet::source(excerpt.text)
                    .path(excerpt.is_whole.then_some(file.as_str()))
                    .line_start(excerpt.line)
                    .annotation(AnnotationKind::Primary.span(excerpt.span)),
            );
        }
        let help = one_line(&problem.help);
        if !help.is_empty() {
            group = group.element(Level::HELP.message(&help));
        }
        self.snippets.render(&[group])
    }

    fn excerpt(&self, problem: &Problem) -> Option<Excerpt> {
        let text = self.texts.get(&*problem.file)?;
        Excerpt::cut(text, problem.place.as_ref()?)
    }
}

/// The part of one line that a problem is about.
struct Excerpt {
    text: String,
    line: usize,
    span: Range<usize>,
    is_whole: bool,
}

impl Excerpt {
    fn cut(text: &str, place: &Place) -> Option<Self> {
        let before = text.get(..place.span.start)?;
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        let after = text.get(place.span.start..)?;
        let line_end = place.span.start + after.find(['\n', '\r']).unwrap_or(after.len());
        let end = place.span.end.clamp(place.span.start, line_end);
        let left = text.get(line_start..place.span.start)?;
        let marked = text.get(place.span.start..end)?;
        let right = text.get(end..line_end)?;
        let (from, shown) = (last(left, CONTEXT), first(marked, MARKED));
        // What follows the mark is shown only when all of the mark is.
        let to = if shown == marked {
            first(right, CONTEXT)
        } else {
            ""
        };
        let is_whole = from == left;
        let before = if is_whole { "" } else { CUT };
        let is_cut = shown != marked || to != right;
        let after = if is_cut { CUT } else { "" };
        let start = before.len() + from.len();
        Some(Self {
            text: format!("{before}{from}{shown}{to}{after}"),
            line: place.line,
            span: start..start + shown.len(),
            is_whole,
        })
    }
}

fn first(text: &str, characters: usize) -> &str {
    let end = text
        .char_indices()
        .nth(characters)
        .map_or(text.len(), |(index, _)| index);
    text.get(..end).unwrap_or(text)
}

fn last(text: &str, characters: usize) -> &str {
    let start = text
        .char_indices()
        .rev()
        .nth(characters)
        .map(|(index, dropped)| index + dropped.len_utf8());
    text.get(start.unwrap_or(0)..).unwrap_or(text)
}

/// Prints a line on standard output.
pub(crate) fn say(line: fmt::Arguments<'_>) {
    // Nobody is left to tell when standard output is closed.
    let _ = writeln!(io::stdout().lock(), "{line}");
}

/// Text of a document as a part of a line of ours: it can't begin another one, nor control the terminal.
pub(crate) fn one_line(text: &str) -> String {
    normalize_untrusted_str(&text.replace(['\n', '\r'], " ").replace('\t', " "))
}

fn summary(problems: &[Problem]) -> String {
    let count = |severity| {
        problems
            .iter()
            .filter(|problem| problem.severity == severity)
            .count()
    };
    let mut text = String::new();
    let parts = [
        (count(Severity::Error), "error"),
        (count(Severity::Warning), "warning"),
    ];
    for (number, noun) in parts.into_iter().filter(|(number, _)| *number > 0) {
        let separator = if text.is_empty() { "" } else { ", " };
        let plural = if number == 1 { "" } else { "s" };
        // Writing to a string can't fail.
        let _ = write!(text, "{separator}{number} {noun}{plural}");
    }
    if !text.is_empty() {
        text.push('\n');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn render(text: &str, span: Range<usize>, message: &str) -> String {
        let before = &text[..span.start];
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap().chars().count() + 1;
        let mut renderer = Renderer::new(Snippets::plain());
        renderer.add("a.yaml", text.as_bytes());
        let mut problem = Problem::new("a.yaml", message, "write `query`");
        problem.code = Some("unknown-value");
        problem.place = Some(Place { line, column, span });
        renderer.render(&problem)
    }

    #[test]
    fn a_problem_has_its_place_excerpt_and_help() {
        insta::assert_snapshot!(render("a: 1\nin: querry\n", 9..15, "`querry` is no place of a parameter"), @r"
        error[unknown-value]: `querry` is no place of a parameter
         --> a.yaml:2:5
          |
        2 | in: querry
          |     ^^^^^^
          |
          = help: write `query`
        ");
    }

    #[test]
    fn columns_count_characters() {
        insta::assert_snapshot!(render("é: 日本 querry\n", 11..17, "wrong"), @r"
        error[unknown-value]: wrong
         --> a.yaml:1:7
          |
        1 | é: 日本 querry
          |         ^^^^^^
          |
          = help: write `query`
        ");
    }

    #[test]
    fn a_long_line_is_cut_around_the_place() {
        let text = format!("{}querry{}", "a".repeat(5_000), "b".repeat(5_000));
        insta::assert_snapshot!(render(&text, 5_000..5_006, "wrong"), @r"
        error[unknown-value]: wrong
         --> a.yaml:1:5001
          |
         ::: 
        1 | …aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaquerrybbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb…
          |                                                    ^^^^^^
          |
          = help: write `query`
        ");
    }

    #[test]
    fn a_long_mark_is_cut_and_nothing_is_joined_to_it() {
        let place = Place {
            line: 1,
            column: 1,
            span: 0..500,
        };
        let excerpt = Excerpt::cut(&format!("{}b", "a".repeat(500)), &place).unwrap();
        assert_eq!(excerpt.text, format!("{}…", "a".repeat(100)));
        assert_eq!(excerpt.span, 0..100);
    }

    #[test]
    fn control_characters_and_line_breaks_are_shown_not_sent() {
        let shown = render(
            "in: \u{1b}[31mq\n",
            4..10,
            "a\u{1b}[31m\nerror: forged\u{202e}",
        );
        assert!(!shown.contains(['\u{1b}', '\u{202e}']), "{shown:?}");
        assert!(!shown.contains("\nerror"), "{shown}");
    }

    #[test]
    fn a_span_that_is_not_in_the_text_gives_no_excerpt() {
        for span in [90..95, 1..2] {
            let place = Place {
                line: 1,
                column: 1,
                span,
            };
            assert!(Excerpt::cut("éa\n", &place).is_none());
        }
    }

    #[test]
    fn the_end_of_the_text_has_an_excerpt() {
        let place = Place {
            line: 2,
            column: 1,
            span: 3..3,
        };
        assert!(Excerpt::cut("ab\n", &place).is_some());
    }
}
