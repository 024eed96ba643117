//! Takes YAML that a parser has accepted and gives the spans of its nodes; it must never be the judge of whether YAML is valid.

use std::collections::BTreeMap;
use std::ops::Range;

use saphyr_parser::{Event, Parser, Span};

use super::outline::{Key, Kind, Outline};

/// Characters between two known byte offsets.
const STRIDE: usize = 16;

/// The outline of a text as far as the parser of events gets.
pub(super) fn outline(text: &str) -> Outline {
    let mut builder = Builder {
        text,
        offsets: offsets(text),
        outline: Outline::new(text),
        anchors: BTreeMap::new(),
        open: Vec::new(),
    };
    for event in Parser::new_from_str(text) {
        let Ok((event, span)) = event else { break };
        if builder.event(event, span).is_none() {
            break;
        }
    }
    builder.finish();
    builder.outline
}

/// The byte offset of every so many characters; none if bytes and characters are the same.
fn offsets(text: &str) -> Option<Vec<usize>> {
    (!text.is_ascii()).then(|| {
        text.char_indices()
            .map(|(at, _)| at)
            .step_by(STRIDE)
            .collect()
    })
}

struct Builder<'a> {
    text: &'a str,
    offsets: Option<Vec<usize>>,
    outline: Outline,
    anchors: BTreeMap<usize, Anchor>,
    open: Vec<Frame>,
}

struct Anchor {
    node: usize,
    text: Option<Box<str>>,
}

struct Frame {
    node: usize,
    mapping: bool,
    key: Option<Key>,
    /// This collection is itself a key, so that nothing in it can be named.
    is_key: bool,
}

impl Builder<'_> {
    /// None at the end of the first document.
    fn event(&mut self, event: Event<'_>, span: Span) -> Option<()> {
        let span = self.bytes(span);
        match event {
            Event::DocumentEnd | Event::StreamEnd => return None,
            Event::Nothing | Event::StreamStart | Event::DocumentStart(_) => {}
            Event::Scalar(text, _, anchor, _) => self.scalar(&text, anchor, span),
            Event::Alias(anchor) => self.alias(anchor, span),
            Event::MappingStart(anchor, _) => self.collection(Kind::Mapping, anchor, span),
            Event::SequenceStart(anchor, _) => self.collection(Kind::List, anchor, span),
            Event::MappingEnd | Event::SequenceEnd => {
                let frame = self.open.pop()?;
                self.outline.close(frame.node, span.end);
            }
        }
        Some(())
    }

    fn scalar(&mut self, text: &str, anchor: usize, span: Range<usize>) {
        if self.expects_key() {
            let written = self.text.get(span.clone()) == Some(text);
            let key = Key {
                span,
                text: (!written).then(|| text.into()),
            };
            if let Some(frame) = self.open.last_mut() {
                frame.key = Some(key);
            }
            return;
        }
        let node = self.node(Kind::Scalar, span);
        self.anchors.insert(
            anchor,
            Anchor {
                node,
                text: Some(text.into()).filter(|_| anchor != 0),
            },
        );
    }

    fn alias(&mut self, anchor: usize, span: Range<usize>) {
        let found = self
            .anchors
            .get(&anchor)
            .map(|anchor| (anchor.node, anchor.text.clone()));
        if self.expects_key() {
            let text = found.and_then(|(_, text)| text);
            if let Some(frame) = self.open.last_mut() {
                frame.key = Some(Key { span, text });
            }
            return;
        }
        let kind = found.map_or(Kind::Scalar, |(node, _)| Kind::Alias(node));
        self.node(kind, span);
    }

    fn collection(&mut self, kind: Kind, anchor: usize, span: Range<usize>) {
        let is_key = self.expects_key();
        if is_key && let Some(frame) = self.open.last_mut() {
            frame.key = Some(Key {
                span: span.clone(),
                text: None,
            });
        }
        let key = if is_key { None } else { self.take_key() };
        let node = self.outline.open(key, kind, span);
        self.anchors.insert(anchor, Anchor { node, text: None });
        self.open.push(Frame {
            node,
            mapping: kind == Kind::Mapping,
            key: None,
            is_key,
        });
    }

    fn node(&mut self, kind: Kind, span: Range<usize>) -> usize {
        let key = self.take_key();
        self.outline.open(key, kind, span)
    }

    fn expects_key(&self) -> bool {
        self.open
            .last()
            .is_some_and(|frame| frame.mapping && frame.key.is_none() && !frame.is_key)
    }

    fn take_key(&mut self) -> Option<Key> {
        self.open.last_mut().and_then(|frame| frame.key.take())
    }

    /// Closes what a broken end left open.
    fn finish(&mut self) {
        while let Some(frame) = self.open.pop() {
            self.outline.close(frame.node, self.text.len());
        }
    }

    fn bytes(&self, span: Span) -> Range<usize> {
        let start = self.byte(span.start.index());
        start..self.byte(span.end.index()).max(start)
    }

    fn byte(&self, index: usize) -> usize {
        let Some(offsets) = &self.offsets else {
            return index.min(self.text.len());
        };
        let Some(known) = offsets.get(index / STRIDE) else {
            return self.text.len();
        };
        let rest = self.text.get(*known..).unwrap_or_default();
        rest.char_indices()
            .nth(index % STRIDE)
            .map_or(self.text.len(), |(at, _)| known + at)
    }
}
