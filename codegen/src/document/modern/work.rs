//! Takes what the lowering of a document finds on its way and gives it together at the end; it must never change the value.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::super::hoist::LIMIT;
use super::super::table::Kind;
use super::super::version::Version;
use super::defs::Definition;
use super::{Lowered, Origins, unions};
use crate::diagnostic::{Code, Diagnostic, Place, Severity};
use crate::source::{Pointer, Source};

/// Where the lowering is, and what it knows by now.
pub(super) struct Work<'a> {
    source: &'a Source,
    version: Version,
    /// The place that is being looked at.
    at: Pointer,
    pub(super) origins: Origins,
    /// Texts that refer to something and may have to be rewritten, and whether it has to be a schema.
    pub(super) references: Vec<(Pointer, bool)>,
    /// Schemas that were taken out of `$defs` and have no place yet.
    pub(super) definitions: Vec<Definition>,
    /// How many more values may be copied.
    pub(super) copies: usize,
    /// Places in the text by `$anchor` and `$id`.
    pub(super) anchors: BTreeMap<String, Pointer>,
    /// References to components that mean nothing but null.
    nulls: BTreeSet<String>,
    diagnostics: Vec<Diagnostic>,
    /// Where the first is of what is told of once, and how many there are.
    dropped: BTreeMap<Dropped, (Pointer, usize)>,
}

/// What a document may have many times, and is told of once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Dropped {
    Callbacks,
    Webhooks,
    Conditions,
    Dependencies,
    Patterns,
    Tuples,
    NullableBesideReference,
    Depth,
}

impl Dropped {
    const fn code(self) -> Code {
        match self {
            Self::Callbacks | Self::Webhooks => Code::LeftOut,
            Self::NullableBesideReference => Code::Repaired,
            _ => Code::Approximated,
        }
    }

    const fn severity(self) -> Severity {
        match self {
            Self::NullableBesideReference | Self::Depth => Severity::Warning,
            _ => Severity::Note,
        }
    }

    const fn help(self) -> &'static str {
        match self {
            Self::NullableBesideReference => "write `nullable: true` and the reference in `allOf`",
            Self::Depth => "move inner schemas to `components/schemas` and refer to them",
            _ => "",
        }
    }

    const fn message(self) -> &'static str {
        match self {
            Self::Callbacks => {
                "requests that the API sends (`callbacks`) are no part of a client; they are left out"
            }
            Self::Webhooks => {
                "requests that the API sends (`webhooks`) are no part of a client; they are left out"
            }
            Self::Conditions => "what `if`, `then` and `else` say of a schema is not checked",
            Self::Dependencies => "what `dependentSchemas` says of a schema is not checked",
            Self::Patterns => {
                "`patternProperties` is read as `additionalProperties`, for properties of any name"
            }
            Self::Tuples => {
                "a list whose elements differ by their position is read as one of any of them"
            }
            Self::Depth => {
                "schemas stand too deep in each other; what is deeper is read as any value"
            }
            Self::NullableBesideReference => {
                "`nullable` beside `$ref` counts for nothing in OpenAPI 3.0; it is read as it is meant"
            }
        }
    }
}

impl<'a> Work<'a> {
    pub(super) fn new(source: &'a Source, version: Version, value: &Value) -> Self {
        let mut work = Self {
            source,
            version,
            at: Pointer::root(),
            origins: Origins::default(),
            references: Vec::new(),
            definitions: Vec::new(),
            copies: LIMIT,
            anchors: BTreeMap::new(),
            nulls: BTreeSet::new(),
            diagnostics: Vec::new(),
            dropped: BTreeMap::new(),
        };
        let schemas = value
            .pointer("/components/schemas")
            .and_then(Value::as_object);
        let nulls = schemas
            .into_iter()
            .flatten()
            .filter(|(_, schema)| unions::is_null(&work, schema))
            .map(|(name, _)| format!("#{}", component(name)))
            .collect();
        work.nulls = nulls;
        work
    }

    /// Whether the document may use the forms of 3.1.
    pub(super) fn is_modern(&self) -> bool {
        self.version == Version::V31
    }

    /// The place that is being looked at.
    pub(super) fn here(&self) -> Pointer {
        self.at.clone()
    }

    /// Goes one step further, and gives what leads back.
    pub(super) fn enter(&mut self, key: &str) -> usize {
        let outer = self.at.as_str().len();
        self.at.push(key);
        outer
    }

    pub(super) fn leave(&mut self, outer: usize) {
        self.at.truncate(outer);
    }

    pub(super) fn jump(&mut self, to: Pointer) {
        self.at = to;
    }

    /// A member of the object here has another key, or is in another member, from now on.
    pub(super) fn moved(&mut self, from: &[&str], to: &[&str]) {
        let (from, to) = (self.inner(from), self.inner(to));
        self.origins.moved(&from, &to);
    }

    pub(super) fn inner(&self, steps: &[&str]) -> Pointer {
        steps.iter().fold(self.here(), |mut pointer, step| {
            pointer.push(step);
            pointer
        })
    }

    /// A reference in a member of the object here. Those to a component by its name stay as they are.
    pub(super) fn reference(&mut self, key: &str, target: &str, kind: Kind) {
        let plain = target.starts_with("#/components/") && target.matches('/').count() == 3;
        if !plain {
            let place = self.at.child(key);
            self.references.push((place, kind == Kind::Schema));
        }
    }

    pub(super) fn is_null_component(&self, target: &str) -> bool {
        self.nulls.contains(target)
    }

    /// Remembers what else the object here may be called in references.
    pub(super) fn anchor(&mut self, name: String) {
        let origin = self.origins.original(&self.at);
        self.anchors.entry(name).or_insert(origin);
    }

    /// Tells of a form that the version of the document does not have.
    pub(super) fn later_form(&mut self, key: &str, message: impl Into<String>, help: &str) {
        if self.is_modern() {
            return;
        }
        let place = Place::value(self.origins.original(&self.at.child(key)));
        let warning = Diagnostic::warning(Code::Repaired, self.source.path(), message, help);
        self.diagnostics.push(warning.at(place));
    }

    /// Tells of a repair at the place that is being looked at.
    pub(super) fn repaired(&mut self, message: String, help: &str) {
        let place = Place::value(self.origins.original(&self.at));
        let warning = Diagnostic::warning(Code::Repaired, self.source.path(), message, help);
        self.diagnostics.push(warning.at(place));
    }

    /// Counts what is told of once.
    pub(super) fn dropped(&mut self, what: Dropped, key: &str) {
        let place = if key.is_empty() {
            self.here()
        } else {
            self.at.child(key)
        };
        let place = self.origins.original(&place);
        let (_, count) = self.dropped.entry(what).or_insert((place, 0));
        *count += 1;
    }

    pub(super) fn finish(self) -> Lowered {
        let mut diagnostics = self.diagnostics;
        for (what, (pointer, count)) in self.dropped {
            let more = match count {
                1 => String::new(),
                2 => " (here and in one more place)".to_owned(),
                count => format!(" (here and in {} more places)", count - 1),
            };
            let message = format!("{}{more}", what.message());
            let (severity, code, help) = (what.severity(), what.code(), what.help());
            let told = Diagnostic::new(severity, code, self.source.path(), message, help);
            diagnostics.push(told.at(Place::key(pointer)));
        }
        Lowered {
            origins: self.origins,
            diagnostics,
        }
    }
}

/// The place of a component that is a schema.
pub(super) fn component(name: &str) -> Pointer {
    Pointer::root()
        .child("components")
        .child("schemas")
        .child(name)
}
