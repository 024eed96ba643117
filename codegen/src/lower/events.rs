//! Takes the schema of a stream of events and gives what is read of each; a rule for any API, it must never know one by name.

use openapiv3::{ReferenceOr, Schema};

use super::Lowering;
use super::shape::{Object, Shape};
use super::site::Site;
use super::types::Use;
use crate::model::{EventForm, Success, Type, TypeKind};

/// The fields of an event, as the HTML standard has them.
const FIELDS: [&str; 5] = ["comment", "data", "event", "id", "retry"];

impl<'d> Lowering<'d> {
    /// Events, whose schema describes their data, or objects of name and data.
    pub(super) fn events(&mut self, schema: &'d ReferenceOr<Schema>, site: &Site) -> Success {
        let document = self.document;
        let Some((component, resolved)) = document.schema(schema) else {
            return Success::Events(Type::Json, EventForm::Json);
        };
        let own = component.map_or_else(|| site.clone(), |name| self.known.site(name));
        if let Some(object) = self.object_view(resolved, &own) {
            if let (true, Some(data)) = (is_event(&object), object.properties.get("data")) {
                let ty = self.boxed_type(data.schema, &data.site, Use::Json);
                return self.of_data(ty);
            }
        } else if self.is_choice_of_events(resolved, &own) {
            let ty = self.value_type(schema, site, Use::Json);
            return Success::Events(ty, EventForm::Object);
        }
        let ty = match self.value_type(schema, site, Use::Json) {
            // A list describes all events together.
            Type::List(item) => *item,
            other => other,
        };
        self.of_data(ty)
    }

    fn of_data(&self, ty: Type) -> Success {
        let kind = ty.named().and_then(|id| self.drafts.get(id));
        let is_text = match &ty {
            Type::Text | Type::Secret | Type::Timestamp | Type::Date | Type::Bytes => true,
            Type::Named(_) => kind.is_some_and(|draft| {
                matches!(draft.kind, TypeKind::Enum(_) | TypeKind::Newtype(_))
            }),
            _ => false,
        };
        let form = if is_text {
            EventForm::Text
        } else {
            EventForm::Json
        };
        Success::Events(ty, form)
    }

    fn is_choice_of_events(&self, schema: &'d Schema, site: &Site) -> bool {
        let Shape::Choice(choice) = self.shape(schema, site) else {
            return false;
        };
        let mut all = choice.list.iter().map(|(one, site)| {
            let (component, resolved) = self.document.schema(one)?;
            let site = component.map_or_else(|| site.clone(), |name| self.known.site(name));
            self.object_view(resolved, &site)
        });
        all.all(|object| object.is_some_and(|object| is_event(&object)))
    }
}

/// Whether the object is an event, and not what its data holds.
fn is_event(object: &Object<'_>) -> bool {
    let has = |name| object.properties.contains_key(name);
    has("data") && has("event") && object.properties.keys().all(|name| FIELDS.contains(name))
}
