//! Takes Rust source, gives it with comments and the insides of literals blanked, byte for byte in the same place, and must never lose a line.

/// What the scanner is inside of.
#[derive(Clone, Copy)]
enum Inside {
    LineComment,
    /// Block comments nest.
    BlockComment(usize),
    Text,
    /// A raw string that ends with a quote and this many `#`.
    RawText(usize),
    /// A character, of which the opening is the whole.
    Character,
}

/// The source with nothing but code left.
pub(crate) fn code(source: &str) -> String {
    blank(source, true)
}

/// The source with only the insides of literals blanked, comments kept.
pub(crate) fn code_and_comments(source: &str) -> String {
    blank(source, false)
}

fn blank(source: &str, comments: bool) -> String {
    let mut masked = String::with_capacity(source.len());
    let mut rest = source;
    while let Some(character) = rest.chars().next() {
        let (inside, opening) = opened(rest, &masked);
        let Some(inside) = inside else {
            masked.push(character);
            rest = rest.get(character.len_utf8()..).unwrap_or_default();
            continue;
        };
        let end = opening + closed(rest.get(opening..).unwrap_or_default(), inside);
        let (literal, after) = rest.split_at_checked(end).unwrap_or((rest, ""));
        let keep = !comments && matches!(inside, Inside::LineComment | Inside::BlockComment(_));
        masked.extend(
            literal
                .chars()
                .map(|hidden| if keep || hidden == '\n' { hidden } else { ' ' }),
        );
        rest = after;
    }
    masked
}

/// What begins here, and how many bytes its opening has.
fn opened(rest: &str, before: &str) -> (Option<Inside>, usize) {
    if rest.starts_with("//") {
        return (Some(Inside::LineComment), 2);
    }
    if rest.starts_with("/*") {
        return (Some(Inside::BlockComment(1)), 2);
    }
    if rest.starts_with('"') {
        return (Some(Inside::Text), 1);
    }
    let is_word = before.ends_with(|last: char| last.is_alphanumeric() || last == '_');
    if !is_word && let Some((hashes, opening)) = raw_opening(rest) {
        return (Some(Inside::RawText(hashes)), opening);
    }
    match character_literal(rest) {
        Some(length) => (Some(Inside::Character), length),
        None => (None, 0),
    }
}

/// The number of `#` of a raw string and the length of what comes before its text.
fn raw_opening(rest: &str) -> Option<(usize, usize)> {
    let prefix = ["br", "cr", "r"]
        .into_iter()
        .find(|prefix| rest.starts_with(prefix))?;
    let after = rest.get(prefix.len()..)?;
    let hashes = after.len() - after.trim_start_matches('#').len();
    after
        .get(hashes..)?
        .starts_with('"')
        .then_some((hashes, prefix.len() + hashes + 1))
}

/// The length of `'a'` or `'\n'`; `None` for a lifetime.
fn character_literal(rest: &str) -> Option<usize> {
    let inner = rest.strip_prefix('\'')?;
    if let Some(escape) = inner.strip_prefix('\\') {
        let escaped = escape.chars().next()?;
        let after = escape.get(escaped.len_utf8()..)?;
        return Some(2 + escaped.len_utf8() + after.find('\'')? + 1);
    }
    let length = inner.chars().next()?.len_utf8();
    inner.get(length..)?.starts_with('\'').then_some(length + 2)
}

/// How many bytes there are to the end of what was opened.
fn closed(rest: &str, inside: Inside) -> usize {
    match inside {
        Inside::LineComment => rest.find('\n').unwrap_or(rest.len()),
        Inside::BlockComment(depth) => block_end(rest, depth),
        Inside::Text => text_end(rest),
        Inside::Character => 0,
        Inside::RawText(hashes) => {
            let end = format!("\"{}", "#".repeat(hashes));
            rest.find(&end)
                .map_or(rest.len(), |index| index + end.len())
        }
    }
}

fn block_end(rest: &str, mut depth: usize) -> usize {
    let mut index = 0;
    while let Some(tail) = rest.get(index..).filter(|tail| !tail.is_empty()) {
        let step = if tail.starts_with("/*") {
            depth += 1;
            2
        } else if tail.starts_with("*/") {
            depth -= 1;
            2
        } else {
            tail.chars().next().map_or(1, char::len_utf8)
        };
        index += step;
        if depth == 0 {
            return index;
        }
    }
    rest.len()
}

fn text_end(rest: &str) -> usize {
    let mut escaped = false;
    for (index, character) in rest.char_indices() {
        match character {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return index + 1,
            _ => {}
        }
    }
    rest.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(source: &str) -> Vec<String> {
        code(source).split_whitespace().map(str::to_owned).collect()
    }

    #[test]
    fn comments_and_literals_are_blanked() {
        assert_eq!(words("a // b\nc /* d /* e */ f */ g"), ["a", "c", "g"]);
        assert_eq!(words(r#"a("b\"c" , d)"#), ["a(", ",", "d)"]);
        assert_eq!(words("a r#\"b \" c\"# d br\"e\" f"), ["a", "d", "f"]);
        assert_eq!(words("let error\"x\";"), ["let", "error", ";"]);
    }

    #[test]
    fn a_lifetime_is_not_a_character() {
        assert_eq!(
            words(r"f<'a>('\'', '\\', 'é', '\u{1F600}', b)"),
            ["f<'a>(", ",", ",", ",", ",", "b)"]
        );
        assert_eq!(words("&'static str, 'x'"), ["&'static", "str,"]);
    }

    #[test]
    fn lines_stay_where_they_are() {
        let source = "a\n\"b\nc\" d\n/* e\n*/ f // \"g\nh";
        let masked = code(source);
        assert_eq!(masked.lines().count(), source.lines().count());
        assert!(masked.ends_with('h'));
    }

    #[test]
    fn comments_can_be_kept() {
        assert_eq!(code_and_comments("\"a\" // b \"c\""), "    // b \"c\"");
    }
}
