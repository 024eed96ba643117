//! Takes a description of the document and gives it as harmless Markdown; nothing in it may become code that runs, markup, or a link to an item.

use pulldown_cmark::{
    CodeBlockKind, CowStr, Event, LinkType, Options, Parser, Tag, TagEnd, TextMergeStream,
};

/// A description of the document as harmless Markdown, each paragraph on one line.
pub(crate) fn foreign(text: &str) -> String {
    let text = printable(text);
    if is_plain(&text) {
        let paragraphs = text
            .trim()
            .split("\n\n")
            .map(|paragraph| paragraph.replace('\n', " "));
        return paragraphs.collect::<Vec<_>>().join("\n\n");
    }
    let mut out = String::with_capacity(text.len() + 16);
    let events = harmless(TextMergeStream::new(
        Parser::new_ext(&text, Options::empty()).map(on_one_line),
    ));
    let options = pulldown_cmark_to_cmark::Options {
        code_block_token_count: 3,
        increment_ordered_list_bullets: true,
        ..Default::default()
    };
    match pulldown_cmark_to_cmark::cmark_with_options(
        events.iter(),
        &mut out,
        Options::empty(),
        options,
    ) {
        Ok(_) => out.trim().to_owned(),
        // Writing to a string does not fail; were it to, no documentation is better than wrong markup.
        Err(_) => String::new(),
    }
}

/// Control and bidirectional characters could make code look like something else; a bare carriage return ends no line in Rust.
pub(super) fn printable(text: &str) -> String {
    if text.bytes().all(|byte| matches!(byte, b'\n' | b' '..=b'~')) {
        return text.to_owned();
    }
    let text = text
        .replace("\r\n", "\n")
        .replace(['\r', '\u{2028}', '\u{2029}'], "\n");
    text.chars()
        .map(|character| match character {
            '\n' => '\n',
            '\t' => ' ',
            other if is_hidden(other) => '\u{fffd}',
            other => other,
        })
        .collect()
}

/// Whether a character is not seen, or changes how those around it are seen.
pub(crate) fn is_hidden(character: char) -> bool {
    character.is_control()
        || matches!(
            character,
            '\u{202a}'..='\u{202e}'
                | '\u{2066}'..='\u{2069}'
                | '\u{2028}'
                | '\u{2029}'
                | '\u{200e}'
                | '\u{200f}'
                | '\u{61c}'
                | '\u{feff}'
        )
}

/// Whether the text means the same in Markdown as it is: prose, with code in it at most.
fn is_plain(text: &str) -> bool {
    let is_special = |byte: u8| {
        matches!(
            byte,
            b'<' | b'>'
                | b'['
                | b']'
                | b'*'
                | b'_'
                | b'\\'
                | b'#'
                | b'&'
                | b'|'
                | b'~'
                | b'!'
                | b'='
        )
    };
    let starts_plain =
        |line: &str| line.is_empty() || line.starts_with(|first: char| first.is_alphabetic());
    let is_code = |text: &str| !text.is_empty() && !text.contains('\n') && text.trim() == text;
    let parts: Vec<&str> = text.split('`').collect();
    // Every second part is code; where there is an even number, a quote does not close.
    let is_harmless = |(index, part): (usize, &&str)| match index % 2 {
        0 => !part.bytes().any(is_special),
        _ => is_code(part),
    };
    parts.len() % 2 == 1
        && parts.iter().enumerate().all(is_harmless)
        && !text.contains("://")
        && text.trim().lines().all(starts_plain)
}

fn on_one_line(event: Event<'_>) -> Event<'_> {
    if event == Event::SoftBreak {
        Event::Text(CowStr::Borrowed(" "))
    } else {
        event
    }
}

fn harmless<'a>(events: impl Iterator<Item = Event<'a>>) -> Vec<Event<'a>> {
    let mut out = Vec::new();
    let mut in_code = false;
    let mut links: Vec<bool> = Vec::new();
    for event in events {
        match event {
            Event::Start(Tag::CodeBlock(_)) => {
                in_code = true;
                out.push(Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(
                    CowStr::Borrowed("text"),
                ))));
            }
            Event::End(TagEnd::CodeBlock) => {
                in_code = false;
                // The writer leaves a block open whose last line has no end, and what follows would be part of it.
                if !matches!(out.last(), Some(Event::Text(text)) if text.ends_with('\n')) {
                    out.push(Event::Text(CowStr::Borrowed("\n")));
                }
                out.push(Event::End(TagEnd::CodeBlock));
            }
            Event::Start(Tag::Link { dest_url, .. }) => {
                let safe = is_web(&dest_url);
                links.push(safe);
                if safe {
                    let tag = Tag::Link {
                        link_type: LinkType::Inline,
                        dest_url,
                        title: CowStr::Borrowed(""),
                        id: CowStr::Borrowed(""),
                    };
                    out.push(Event::Start(tag));
                }
            }
            Event::End(TagEnd::Link) => {
                if links.pop() == Some(true) {
                    out.push(Event::End(TagEnd::Link));
                }
            }
            // A heading would stand among those of the crate's own documentation.
            Event::Start(Tag::Heading { .. }) => {
                out.extend([Event::Start(Tag::Paragraph), Event::Start(Tag::Strong)]);
            }
            Event::End(TagEnd::Heading(_)) => {
                out.extend([Event::End(TagEnd::Strong), Event::End(TagEnd::Paragraph)]);
            }
            Event::Start(Tag::Image { .. } | Tag::HtmlBlock)
            | Event::End(TagEnd::Image | TagEnd::HtmlBlock) => {}
            // A line of markup is text like any other: the ends of lines in it would be written as entities.
            Event::Html(html) | Event::InlineHtml(html) => {
                out.push(Event::Text(html.replace('\n', " ").into()));
            }
            Event::Text(text) if !in_code && links.is_empty() => with_links(&text, &mut out),
            other => out.push(other),
        }
    }
    out
}

fn is_web(url: &str) -> bool {
    let lower = url.to_ascii_lowercase();
    (lower.starts_with("https://") || lower.starts_with("http://"))
        && !url.contains([' ', '<', '>', '(', ')', '\n'])
}

/// A URL that stands in a text becomes a link.
fn with_links(text: &str, out: &mut Vec<Event<'_>>) {
    let mut plain = String::new();
    for word in text.split_inclusive(' ') {
        let is_url = |word: &&str| word.contains(':');
        let start = Some(word).filter(is_url).and_then(|word| {
            let secure = word.find("https://");
            secure.or_else(|| word.find("http://"))
        });
        let Some((before, url)) = start.and_then(|at| word.split_at_checked(at)) else {
            plain.push_str(word);
            continue;
        };
        let end = url
            .trim_end()
            .trim_end_matches(['.', ',', ';', ':', '!', '?', ')', ']', '"', '\''])
            .len();
        let (url, after) = url.split_at_checked(end).unwrap_or((url, ""));
        if !is_web(url) {
            plain.push_str(word);
            continue;
        }
        plain.push_str(before);
        out.push(Event::Text(std::mem::take(&mut plain).into()));
        let dest_url = CowStr::from(url.to_owned());
        let (title, id) = (CowStr::Borrowed(""), CowStr::Borrowed(""));
        out.push(Event::Start(Tag::Link {
            link_type: LinkType::Autolink,
            dest_url: dest_url.clone(),
            title,
            id,
        }));
        out.push(Event::Text(dest_url));
        out.push(Event::End(TagEnd::Link));
        plain.push_str(after);
    }
    if !plain.is_empty() {
        out.push(Event::Text(plain.into()));
    }
}

#[cfg(test)]
mod tests {
    use super::{Event, Options, Parser, Tag, foreign};

    #[test]
    fn plain_text_stays_as_it_is() {
        assert_eq!(
            foreign("The name, up to 64 characters."),
            "The name, up to 64 characters."
        );
    }

    #[test]
    fn prose_with_code_in_it_stays_as_it_is() {
        for text in ["The `<id>` of it, or `*`.", "One `a` and `b_c`."] {
            assert!(super::is_plain(text), "{text}");
            assert_eq!(foreign(text), text);
        }
    }

    #[test]
    fn what_only_looks_like_code_is_no_way_around_the_parser() {
        for text in [
            "a `b`` <i>c</i> `` d",
            "a `b` <i>c</i> `d`",
            "a ``b` <i>c</i> `d`` e",
            "a `b``<i>c</i>``d` e",
            "a \\`<i>c</i>\\` b",
            "a `b\n\n<i>c</i>` d",
            "a `b` [c](crate::d) `e`",
            "a ` <i>c</i> ` b `` c",
        ] {
            let text = foreign(text);
            let events = Parser::new_ext(&text, Options::empty()).collect::<Vec<_>>();
            let is_live = |event: &Event<'_>| {
                matches!(
                    event,
                    Event::Html(_) | Event::InlineHtml(_) | Event::Start(Tag::Link { .. })
                )
            };
            assert!(!events.iter().any(is_live), "{text}: {events:?}");
        }
    }

    #[test]
    fn code_of_any_kind_is_text_and_never_a_doctest() {
        for source in [
            "```\nlet x;\n```",
            "```rust\nlet x;\n```",
            "~~~\nlet x;\n~~~",
            "Look:\n\n    let x;",
        ] {
            let got = foreign(source);
            assert!(got.contains("```text\nlet x;\n```"), "{got}");
        }
    }

    #[test]
    fn markup_is_shown_and_not_rendered() {
        let got = foreign("a <script>alert(1)</script> b");
        assert!(
            !got.replace("\\<", "").replace("&lt;", "").contains("<s"),
            "{got}"
        );
    }

    #[test]
    fn nothing_links_to_an_item() {
        assert_eq!(
            foreign("[APN only] see [`std::process`]"),
            "\\[APN only\\] see \\[`std::process`\\]"
        );
        assert_eq!(foreign("[x](crate::secret)"), "x");
    }

    #[test]
    fn urls_become_links() {
        assert_eq!(
            foreign("See https://example.com/a_b."),
            "See <https://example.com/a_b>."
        );
        assert_eq!(
            foreign("[docs](https://example.com)"),
            "[docs](https://example.com)"
        );
    }

    #[test]
    fn invisible_characters_are_made_visible() {
        assert_eq!(foreign("a\u{202e}b\u{0}c\rd"), "a\u{fffd}b\u{fffd}c d");
    }
}
