//! Takes the nodes of a document in the order of the text and gives the span of each by its pointer; it must never fail on a pointer that leads nowhere.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::{Mutex, PoisonError};

use super::Pointer;
use crate::diagnostic::{Part, Place, Position};

/// Offsets are 32 bits wide, since the largest document has tens of megabytes and there is one node for each value in it.
type Offset = u32;

/// The spans of all nodes, in the order of the text.
#[derive(Debug, Default)]
pub(super) struct Outline {
    nodes: Vec<Node>,
    /// Texts of keys that are not written as they are meant, by the node of their value.
    keys: BTreeMap<usize, Box<str>>,
    /// Where each line begins.
    lines: Vec<Offset>,
    /// The inner nodes of large ones that were looked into.
    known: Mutex<BTreeMap<usize, Inner>>,
}

/// What is in a node: its elements, or its members by their keys.
#[derive(Debug)]
enum Inner {
    Elements(Vec<usize>),
    Members(BTreeMap<Box<str>, usize>),
}

/// Nodes with that many in them are looked into once and for all.
const LARGE: usize = 256;

#[derive(Debug)]
struct Node {
    key: Option<(Offset, Offset)>,
    value: (Offset, Offset),
    kind: Kind,
    /// The first node behind this one and everything in it.
    next: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Mapping,
    List,
    Scalar,
    /// Stands for another node.
    Alias(usize),
}

/// The key of a member: its span, and its text where that is not what is written.
pub(super) struct Key {
    pub(super) span: Range<usize>,
    pub(super) text: Option<Box<str>>,
}

impl Outline {
    pub(super) fn new(text: &str) -> Self {
        let endings = memchr::memchr_iter(b'\n', text.as_bytes());
        let lines = std::iter::once(0)
            .chain(endings.map(|at| offset(at + 1)))
            .collect();
        Self {
            nodes: Vec::new(),
            keys: BTreeMap::new(),
            lines,
            known: Mutex::default(),
        }
    }

    /// Adds a node; a mapping or list has to be closed.
    pub(super) fn open(&mut self, key: Option<Key>, kind: Kind, span: Range<usize>) -> usize {
        let index = self.nodes.len();
        let key = key.map(|key| {
            if let Some(text) = key.text {
                self.keys.insert(index, text);
            }
            (offset(key.span.start), offset(key.span.end))
        });
        self.nodes.push(Node {
            key,
            value: (offset(span.start), offset(span.end)),
            kind,
            next: index + 1,
        });
        index
    }

    /// Everything that was added since is in this node, which ends here.
    pub(super) fn close(&mut self, index: usize, end: usize) {
        let next = self.nodes.len();
        if let Some(node) = self.nodes.get_mut(index) {
            node.next = next;
            node.value.1 = offset(end).max(node.value.0);
        }
    }

    /// The span of a place, or of the nearest thing around it.
    pub(super) fn span(&self, text: &str, place: &Place) -> Option<Range<usize>> {
        let (index, exact) = self.find(text, &place.pointer)?;
        let node = self.nodes.get(index)?;
        let key = if exact && place.part == Part::Value {
            None
        } else {
            node.key
        };
        Some(range(key.unwrap_or(node.value)))
    }

    /// The span of a scalar.
    pub(super) fn scalar(&self, text: &str, pointer: &Pointer) -> Option<Range<usize>> {
        let (index, exact) = self.find(text, pointer)?;
        let node = self.nodes.get(self.target(index))?;
        (exact && node.kind == Kind::Scalar).then(|| range(node.value))
    }

    /// The place of a key that occurs again; 1 is the second time.
    pub(super) fn repeated_key(
        &self,
        text: &str,
        pointer: &Pointer,
        nth: usize,
    ) -> Option<Position> {
        let (parent, _) = self.find(text, &pointer.parent()?)?;
        let last = pointer.last()?;
        let mut same = self
            .children(parent)
            .filter(|child| self.key(text, *child) == Some(last.as_str()));
        let key = self.nodes.get(same.nth(nth)?)?.key?;
        Some(self.position(text, range(key)))
    }

    /// The position of a span. It ends with the line: more would not help a reader.
    pub(super) fn position(&self, text: &str, span: Range<usize>) -> Position {
        let line = self
            .lines
            .partition_point(|start| widen(*start) <= span.start);
        let start = self
            .lines
            .get(line.saturating_sub(1))
            .copied()
            .map_or(0, widen);
        let column = text
            .get(start..span.start)
            .map_or(0, |before| before.chars().count())
            + 1;
        let shown = text.get(span.clone()).unwrap_or_default();
        let shown = shown.split('\n').next().unwrap_or_default().trim_end();
        let span = span.start..span.start + shown.len();
        Position { line, column, span }
    }

    /// The node that a pointer leads to, or the last one on the way and false.
    fn find(&self, text: &str, pointer: &Pointer) -> Option<(usize, bool)> {
        let mut at = 0;
        self.nodes.first()?;
        for step in pointer.steps() {
            match self.step(text, at, &step) {
                Some(next) => at = next,
                None => return Some((at, false)),
            }
        }
        Some((at, true))
    }

    fn step(&self, text: &str, from: usize, step: &str) -> Option<usize> {
        let from = self.target(from);
        let node = self.nodes.get(from)?;
        if node.next.saturating_sub(from) > LARGE {
            let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
            let inner = known.entry(from).or_insert_with(|| self.inner(text, from));
            let found = match inner {
                Inner::Elements(elements) => elements.get(step.parse::<usize>().ok()?).copied(),
                Inner::Members(members) => members.get(step).copied(),
            };
            if found.is_some() || node.kind == Kind::List {
                return found;
            }
        }
        match node.kind {
            Kind::List => self.children(from).nth(step.parse().ok()?),
            Kind::Mapping => self
                .children(from)
                .find(|child| self.key(text, *child) == Some(step))
                .or_else(|| self.merged(text, from, step)),
            Kind::Scalar | Kind::Alias(_) => None,
        }
    }

    fn inner(&self, text: &str, from: usize) -> Inner {
        if self
            .nodes
            .get(from)
            .is_some_and(|node| node.kind == Kind::List)
        {
            return Inner::Elements(self.children(from).collect());
        }
        let mut members = BTreeMap::new();
        for child in self.children(from) {
            if let Some(key) = self.key(text, child) {
                members.entry(key.into()).or_insert(child);
            }
        }
        Inner::Members(members)
    }

    /// A member that a mapping has by `<<` from others.
    fn merged(&self, text: &str, from: usize, step: &str) -> Option<usize> {
        let merge = self
            .children(from)
            .find(|child| self.key(text, *child) == Some("<<"))?;
        let merge = self.target(merge);
        let list = self.nodes.get(merge)?.kind == Kind::List;
        let sources = if list {
            self.children(merge).collect()
        } else {
            vec![merge]
        };
        let mut members = sources
            .into_iter()
            .map(|source| self.target(source))
            .flat_map(|source| self.children(source));
        members.find(|child| self.key(text, *child) == Some(step))
    }

    fn target(&self, index: usize) -> usize {
        match self.nodes.get(index).map(|node| node.kind) {
            Some(Kind::Alias(target)) => target,
            _ => index,
        }
    }

    fn key<'a>(&'a self, text: &'a str, index: usize) -> Option<&'a str> {
        if let Some(key) = self.keys.get(&index) {
            return Some(key);
        }
        text.get(range(self.nodes.get(index)?.key?))
    }

    fn children(&self, index: usize) -> impl Iterator<Item = usize> + '_ {
        let end = self.nodes.get(index).map_or(0, |node| node.next);
        let first = (index + 1 < end).then_some(index + 1);
        std::iter::successors(first, move |at| {
            self.nodes
                .get(*at)
                .map(|node| node.next)
                .filter(|next| *next < end)
        })
    }
}

fn offset(at: usize) -> Offset {
    Offset::try_from(at).unwrap_or(Offset::MAX)
}

fn widen(at: Offset) -> usize {
    usize::try_from(at).unwrap_or(usize::MAX)
}

fn range((start, end): (Offset, Offset)) -> Range<usize> {
    widen(start)..widen(end)
}
