//! Takes JSON that a parser has accepted and gives the spans of its nodes; it must never be the judge of whether JSON is valid.

use super::outline::{Key, Kind, Outline};

/// The outline of a text that `serde_json` has read. No crate is used: with the text known to be valid this is a walk over its brackets and strings.
pub(super) fn outline(text: &str) -> Outline {
    let mut scanner = Scanner {
        text,
        at: 0,
        outline: Outline::new(text),
        open: Vec::new(),
        key: None,
    };
    while scanner.step().is_some() {}
    scanner.outline
}

struct Scanner<'a> {
    text: &'a str,
    at: usize,
    outline: Outline,
    /// The mappings and lists around this place, and whether each is a mapping.
    open: Vec<(usize, bool)>,
    key: Option<Key>,
}

impl Scanner<'_> {
    fn step(&mut self) -> Option<()> {
        let start = self.at;
        let byte = *self.text.as_bytes().get(start)?;
        self.at += 1;
        match byte {
            b'{' | b'[' => {
                let kind = if byte == b'{' {
                    Kind::Mapping
                } else {
                    Kind::List
                };
                let node = self.outline.open(self.key.take(), kind, start..start + 1);
                self.open.push((node, byte == b'{'));
            }
            b'}' | b']' => {
                let (node, _) = self.open.pop()?;
                self.outline.close(node, self.at);
            }
            b'"' => self.string(start),
            // Most of an indented text is the indentation.
            b',' | b':' | b' ' | b'\n' | b'\r' | b'\t' => {
                self.at += spaces(self.rest());
            }
            _ => {
                let is_part =
                    |byte: &&u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.');
                self.at += self.rest().iter().take_while(is_part).count();
                self.outline
                    .open(self.key.take(), Kind::Scalar, start..self.at);
            }
        }
        Some(())
    }

    fn rest(&self) -> &[u8] {
        self.text.as_bytes().get(self.at..).unwrap_or_default()
    }

    fn string(&mut self, start: usize) {
        let (length, has_escape) = quoted(self.rest());
        self.at += length + 1;
        let is_key = self.key.is_none() && self.open.last().is_some_and(|(_, mapping)| *mapping);
        if is_key {
            let inner = start + 1..self.at - 1;
            let text = has_escape.then(|| {
                self.text
                    .get(start..self.at)
                    .and_then(|text| serde_json::from_str(text).ok())
            });
            self.key = Some(Key {
                span: inner,
                text: text.flatten(),
            });
        } else {
            self.outline
                .open(self.key.take(), Kind::Scalar, start..self.at);
        }
    }
}

/// How many spaces a text begins with.
fn spaces(text: &[u8]) -> usize {
    const WIDE: &[u8; 8] = b"        ";
    let wide = text.chunks_exact(WIDE.len());
    let wide = wide.take_while(|chunk| chunk == WIDE).count() * WIDE.len();
    let rest = text.get(wide..).unwrap_or_default();
    wide + rest.iter().take_while(|byte| **byte == b' ').count()
}

/// How long the text is that a quote ends, and whether there are escapes in it.
fn quoted(text: &[u8]) -> (usize, bool) {
    let mut at = 0;
    while let Some(found) = memchr::memchr2(b'"', b'\\', text.get(at..).unwrap_or_default()) {
        if text.get(at + found) == Some(&b'"') {
            return (at + found, at > 0);
        }
        // An escape, and what it makes another of.
        at += found + 2;
    }
    (text.len(), at > 0)
}
