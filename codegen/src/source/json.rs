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
                let rest = self.text.as_bytes().get(self.at..).unwrap_or_default();
                self.at += rest.iter().take_while(|byte| **byte == b' ').count();
            }
            _ => {
                let rest = self.text.as_bytes().get(self.at..).unwrap_or_default();
                self.at += rest
                    .iter()
                    .take_while(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(byte))
                    .count();
                self.outline
                    .open(self.key.take(), Kind::Scalar, start..self.at);
            }
        }
        Some(())
    }

    fn string(&mut self, start: usize) {
        let rest = self.text.as_bytes().get(self.at..).unwrap_or_default();
        let mut escaped = false;
        let mut has_escape = false;
        let length = rest.iter().take_while(|byte| {
            let closes = !escaped && **byte == b'"';
            escaped = !escaped && **byte == b'\\';
            has_escape |= escaped;
            !closes
        });
        self.at += length.count() + 1;
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
