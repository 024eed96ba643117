//! Takes a mistake that leaves no doubt that something was meant but not what, and gives the least that the document can do with; it must never mend what the whole document depends on.

use serde_json::{Map, Value};

use super::super::table::{Field, Kind, Need, Object, Shape};
use super::{Checker, Mistake, Repair};
use crate::diagnostic::{Code, Diagnostic, Place};
use crate::source::Pointer;

/// What becomes of what holds a value, if the value is lost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Slot {
    /// The object can do without it, so that null is as good as nothing.
    Optional,
    /// An empty text or mapping is as good.
    Empty,
    /// The list or mapping can do without it.
    Element,
    /// What holds the object can do without the object.
    Part,
    /// Text that may be made up.
    Text(&'static str),
    /// Nothing can be done without it.
    Needed,
}

impl Slot {
    /// What a member is to its object.
    pub(super) fn of(object: &Object, key: &str) -> Self {
        match object.field(key) {
            None => Self::Element,
            Some(field) => Self::of_field(object.kind, field),
        }
    }

    fn of_field(kind: Kind, field: &Field) -> Self {
        match field.need {
            Need::Optional => Self::Optional,
            Need::EmptyText | Need::EmptyMap => Self::Empty,
            Need::Required => match kind {
                Kind::Info | Kind::ServerVariable => Self::Text(""),
                Kind::Server => Self::Text("/"),
                Kind::Parameter | Kind::Tag | Kind::Discriminator | Kind::SecurityScheme => {
                    Self::Part
                }
                _ => Self::Needed,
            },
        }
    }
}

type Fault = (Code, Place);

impl Checker<'_> {
    /// A mistake that is mended by a repair.
    pub(super) fn mistake(
        &mut self,
        fault: Fault,
        message: impl Into<String>,
        help: impl Into<String>,
        mend: impl Into<String>,
        repair: impl Into<Option<Repair>>,
    ) {
        let (code, place) = fault;
        let diagnostic = Diagnostic::error(code, self.source.path(), message, help).at(place);
        let mend = mend.into();
        self.findings.mistakes.push(Mistake { diagnostic, mend });
        self.findings.repairs.extend(repair.into());
    }

    /// A value that is not usable, at the place that is being looked at.
    pub(super) fn mend(
        &mut self,
        fault: Fault,
        message: impl Into<String>,
        help: impl Into<String>,
        lack: (Shape, Slot),
    ) {
        let pointer = self.pointer();
        let (mend, repair) = match lack {
            (Shape::Ref(Kind::Schema), Slot::Element) => {
                ("it is read as any value", set(pointer, empty_map()))
            }
            (Shape::Ref(Kind::Response), Slot::Element) => {
                let empty = serde_json::json!({ "description": "" });
                ("it is read as empty", set(pointer, empty))
            }
            (_, Slot::Optional | Slot::Element) => ("it is ignored", Repair::Remove(pointer)),
            (Shape::Text, Slot::Empty) => ("it is read as empty", set(pointer, text(""))),
            (_, Slot::Empty) => ("it is read as empty", set(pointer, empty_map())),
            (_, Slot::Part) => {
                let parent = pointer.parent().unwrap_or_default();
                ("what it belongs to is left out", Repair::Remove(parent))
            }
            (_, Slot::Text(instead)) => ("it is made up", set(pointer, text(instead))),
            (_, Slot::Needed) => {
                let (code, place) = fault;
                return self.error(code, place, message, help);
            }
        };
        self.mistake(fault, message, help, mend, repair);
    }

    /// A key that an object has to have.
    pub(super) fn missing(&mut self, object: &'static Object, field: &Field) {
        let place = self.here();
        let pointer = place.pointer.clone();
        let name = field.name;
        let help = format!("add `{name}`");
        let child = pointer.child(name);
        let empty = match field.need {
            Need::Optional => return,
            Need::EmptyText => text(""),
            Need::EmptyMap => empty_map(),
            Need::Required => {
                let message = format!("{} has no `{name}`, which is required", object.name);
                let fault = (Code::MissingKey, place);
                let (mend, repair) = match (Slot::of_field(object.kind, field), name) {
                    (Slot::Text(instead), _) => ("it is made up", set(child, text(instead))),
                    (Slot::Part, _) => ("it is left out", Repair::Remove(pointer)),
                    (_, "info") => {
                        let info = serde_json::json!({ "title": "", "version": "" });
                        ("it is made up", set(child, info))
                    }
                    (_, "paths") => ("it is read as empty", set(child, empty_map())),
                    _ => return self.error(fault.0, fault.1, message, help),
                };
                return self.mistake(fault, message, help, mend, repair);
            }
        };
        let message = format!("{} has no `{name}`; it is read as empty", object.name);
        self.repair(place, message, help, set(child, empty));
    }
}

fn set(pointer: Pointer, value: Value) -> Repair {
    Repair::Set(pointer, value)
}

fn text(text: &str) -> Value {
    Value::String(text.to_owned())
}

fn empty_map() -> Value {
    Value::Object(Map::new())
}
