//! Takes a value and gives what is wrong with it, what would repair it and which references it holds; it must never change the value or follow a reference.

mod leaf;
mod mend;
mod object;
mod schema;

use serde_json::Value;

use super::moves::{Moves, Shifts};
use super::spelling::nearest;
use super::table::{Kind, LATER, Need, Object, Shape};
use crate::cores;
use crate::diagnostic::{Code, Diagnostic, Place, Severity};
use crate::source::{Pointer, Source};
use mend::Slot;

/// A change that makes a value what the specification wants.
#[derive(Debug)]
pub(super) enum Repair {
    Set(Pointer, Value),
    Remove(Pointer),
    /// Adds an element to a list, which is made if there is none.
    Append(Pointer, Value),
    /// Gives a member another key.
    Rename(Pointer, String),
}

impl Repair {
    /// How many steps lead to what is repaired.
    pub(super) fn depth(&self) -> usize {
        let (Self::Set(pointer, _)
        | Self::Remove(pointer)
        | Self::Append(pointer, _)
        | Self::Rename(pointer, _)) = self;
        pointer.as_str().matches('/').count()
    }
}

/// An error, unless nothing is wrong with the document that can't be mended: then a warning that says how it was.
#[derive(Debug)]
pub(super) struct Mistake {
    pub(super) diagnostic: Diagnostic,
    /// What is done about it.
    pub(super) mend: String,
}

impl Mistake {
    /// The warning that the mistake becomes when it is mended.
    pub(super) fn mended(self) -> Diagnostic {
        let Self {
            mut diagnostic,
            mend,
        } = self;
        diagnostic.severity = Severity::Warning;
        let message = &mut diagnostic.message;
        if message.ends_with('?') {
            let mut letters = mend.chars();
            let first = letters.next().map(|first| first.to_ascii_uppercase());
            message.push(' ');
            message.extend(first.into_iter().chain(letters));
        } else {
            message.push_str("; ");
            message.push_str(&mend);
        }
        diagnostic
    }
}

/// A `$ref`.
#[derive(Debug)]
pub(super) struct Site {
    /// The object that consists of the reference.
    pub(super) pointer: Pointer,
    pub(super) target: String,
    /// What has to be there.
    pub(super) kind: Kind,
}

impl Site {
    /// The same reference where the value has it after repairs; none if it is gone.
    pub(super) fn after(self, shifts: &Shifts) -> Option<Self> {
        (!shifts.is_gone(&self.pointer)).then(|| Self {
            pointer: shifts.current(&self.pointer),
            ..self
        })
    }
}

/// What a walk over a document gives.
#[derive(Debug, Default)]
pub(super) struct Findings {
    pub(super) diagnostics: Vec<Diagnostic>,
    pub(super) mistakes: Vec<Mistake>,
    /// In the order of the document.
    pub(super) repairs: Vec<Repair>,
    pub(super) sites: Vec<Site>,
}

/// One step from a value to one inside it.
#[derive(Clone, Copy, Debug)]
enum Step<'a> {
    Root,
    Key(&'a str),
    Index(usize),
}

/// A value that is still to be looked at.
#[derive(Clone, Copy)]
struct Visit<'a> {
    depth: usize,
    step: Step<'a>,
    value: &'a Value,
    shape: Shape,
    slot: Slot,
}

struct Checker<'a> {
    source: &'a Source,
    moves: &'a Moves,
    /// The steps to the value that is being looked at.
    path: Vec<Step<'a>>,
    waiting: Vec<Visit<'a>>,
    findings: Findings,
}

/// Checks a whole document against the table. `moves` says where the text has what was lowered.
pub(super) fn check(source: &Source, value: &Value, moves: &Moves) -> Findings {
    let root = Visit {
        depth: 0,
        step: Step::Root,
        value,
        shape: Shape::Object(Kind::Root),
        slot: Slot::Needed,
    };
    let mut checker = Checker::new(source, moves);
    checker.path.push(root.step);
    checker.visit(&root);
    let (mut findings, mut members) = (checker.findings, checker.waiting);
    members.reverse();
    // Most of a document is in two members of it.
    let found = cores::each(cores::PER_DOCUMENT, &members, |member| {
        let mut checker = Checker::new(source, moves);
        checker.path.push(root.step);
        checker.within(*member)
    });
    for more in found {
        findings.diagnostics.extend(more.diagnostics);
        findings.mistakes.extend(more.mistakes);
        findings.repairs.extend(more.repairs);
        findings.sites.extend(more.sites);
    }
    findings
}

impl<'a> Checker<'a> {
    fn new(source: &'a Source, moves: &'a Moves) -> Self {
        Self {
            source,
            moves,
            path: Vec::new(),
            waiting: Vec::new(),
            findings: Findings::default(),
        }
    }

    /// What is found in a value and in all that is in it.
    fn within(mut self, value: Visit<'a>) -> Findings {
        self.waiting.push(value);
        while let Some(visit) = self.waiting.pop() {
            self.path.truncate(visit.depth);
            self.path.push(visit.step);
            self.visit(&visit);
        }
        self.findings
    }

    fn visit(&mut self, visit: &Visit<'a>) {
        match (visit.shape, visit.value) {
            (shape, Value::Null)
                if visit.slot == Slot::Optional && !matches!(shape, Shape::Any) =>
            {
                self.nothing();
            }
            (Shape::List(of), Value::Array(elements)) => self.elements(elements, *of),
            (Shape::Map(of), Value::Object(members)) => {
                self.wait(
                    members
                        .iter()
                        .map(|(key, value)| (Step::Key(key), value, *of, Slot::Element)),
                );
            }
            (Shape::Object(kind), Value::Object(members)) => self.object(kind, members),
            (Shape::Ref(kind) | Shape::FlagOrRef(kind), Value::Object(members)) => {
                match members.get("$ref") {
                    Some(Value::String(target)) => self.reference(kind, target),
                    Some(other) => {
                        let place = Place::value(self.pointer().child("$ref"));
                        let message =
                            format!("expected a reference as text, found {}", leaf::found(other));
                        let help = "write for example `$ref: '#/components/schemas/Name'`";
                        let repair = Repair::Remove(place.pointer.clone());
                        let fault = (Code::WrongKind, place);
                        self.mistake(fault, message, help, "it is ignored", repair);
                    }
                    None => self.object(kind, members),
                }
            }
            (Shape::Any, _) | (Shape::FlagOrRef(_), Value::Bool(_)) => {}
            (shape, value) => self.leaf(shape, value, visit.slot),
        }
    }

    fn reference(&mut self, kind: Kind, target: &str) {
        let site = Site {
            pointer: self.pointer(),
            target: target.to_owned(),
            kind,
        };
        self.findings.sites.push(site);
    }

    fn elements(&mut self, elements: &'a [Value], shape: Shape) {
        self.wait(
            elements
                .iter()
                .enumerate()
                .map(|(at, value)| (Step::Index(at), value, shape, Slot::Element)),
        );
    }

    fn object(&mut self, kind: Kind, members: &'a serde_json::Map<String, Value>) {
        let object = kind.object();
        let mut renamed: Vec<&str> = Vec::new();
        let mut known = Vec::with_capacity(members.len());
        for (key, value) in members {
            if let Some(shape) = object.shape(key) {
                known.push((Step::Key(key), value, shape, Slot::of(object, key)));
            } else if !key.starts_with("x-")
                && let Some(name) =
                    self.unknown_key(object, key, |name| !members.contains_key(name))
                && let Some(shape) = object.shape(name)
            {
                renamed.push(name);
                known.push((Step::Key(key), value, shape, Slot::of(object, name)));
            }
        }
        self.wait(known.into_iter());
        self.object_rules(kind, members);
        for field in object
            .fields
            .iter()
            .filter(|field| field.need != Need::Optional)
        {
            if !members.contains_key(field.name) && !renamed.contains(&field.name) {
                self.missing(object, field);
            }
        }
    }

    /// Reports a key that the object does not have, and gives the one that was meant.
    fn unknown_key(
        &mut self,
        object: &'static Object,
        key: &str,
        absent: impl Fn(&str) -> bool,
    ) -> Option<&'static str> {
        let names = object.fields.iter().map(|field| field.name);
        let meant = nearest(key, names.filter(|name| absent(name)));
        let place = Place::key(self.pointer().child(key));
        if let Some(meant) = meant.filter(|meant| meant.eq_ignore_ascii_case(key)) {
            let message = format!(
                "unknown key `{key}` in {}; it is read as `{meant}`",
                object.name
            );
            let repair = Repair::Rename(place.pointer.clone(), meant.to_owned());
            self.repair(place, message, format!("write `{meant}`"), repair);
            return Some(meant);
        }
        if let Some(meant) = meant.filter(|_| !LATER.contains(&key)) {
            let message = format!(
                "unknown key `{key}` in {}; did you mean `{meant}`?",
                object.name
            );
            let help = format!("write `{meant}`, or `x-{key}` for a key of your own");
            let repair = Repair::Rename(place.pointer.clone(), meant.to_owned());
            let required = object.field(meant).map(|field| field.need) == Some(Need::Required);
            if required {
                self.error(Code::UnknownKey, place, message, help);
                self.findings.repairs.push(repair);
            } else {
                let fault = (Code::UnknownKey, place);
                self.mistake(fault, message, help, "it is read as that", repair);
            }
            return Some(meant);
        }
        let message = format!("unknown key `{key}` in {}; it is ignored", object.name);
        self.warning(
            Code::UnknownKey,
            place,
            message,
            "remove it, or give it the prefix `x-`",
        );
        None
    }

    fn wait<I>(&mut self, children: I)
    where
        I: DoubleEndedIterator<Item = (Step<'a>, &'a Value, Shape, Slot)>,
    {
        let depth = self.path.len();
        let visits = children.rev().map(|(step, value, shape, slot)| Visit {
            depth,
            step,
            value,
            shape,
            slot,
        });
        self.waiting.extend(visits);
    }

    /// A scalar as the text has it.
    fn written(&self, pointer: &Pointer, value: &Value) -> String {
        let place = self.moves.original(&Place::value(pointer.clone()));
        let written = self.source.written(&place.pointer);
        written.map_or_else(|| value.to_string(), str::to_owned)
    }

    fn pointer(&self) -> Pointer {
        let mut pointer = Pointer::root();
        for step in &self.path {
            match step {
                Step::Root => {}
                Step::Key(key) => pointer.push(key),
                Step::Index(index) => pointer.push_index(*index),
            }
        }
        pointer
    }

    /// The last key on the way here.
    fn key(&self) -> &'a str {
        let keys = self.path.iter().rev().filter_map(|step| {
            if let Step::Key(key) = step {
                Some(*key)
            } else {
                None
            }
        });
        keys.into_iter().next().unwrap_or("document")
    }

    fn error(
        &mut self,
        code: Code,
        place: Place,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.report(Severity::Error, code, place, message.into(), help.into());
    }

    fn warning(
        &mut self,
        code: Code,
        place: Place,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.report(Severity::Warning, code, place, message.into(), help.into());
    }

    fn report(
        &mut self,
        severity: Severity,
        code: Code,
        place: Place,
        message: String,
        help: String,
    ) {
        self.findings
            .diagnostics
            .push(Diagnostic::new(severity, code, self.source.path(), message, help).at(place));
    }

    /// A warning and the repair that it tells of.
    fn repair(
        &mut self,
        place: Place,
        message: impl Into<String>,
        help: impl Into<String>,
        repair: Repair,
    ) {
        self.warning(Code::Repaired, place, message, help);
        self.findings.repairs.push(repair);
    }
}

/// Whether a key of `responses` is a status code or a range of them.
fn is_status(key: &str) -> bool {
    let mut letters = key.chars();
    let first = letters
        .next()
        .is_some_and(|letter| ('1'..='9').contains(&letter));
    let rest = letters.as_str();
    first
        && rest.len() == 2
        && (rest.bytes().all(|byte| byte.is_ascii_digit()) || rest.eq_ignore_ascii_case("xx"))
}
