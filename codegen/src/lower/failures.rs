//! Takes the responses of an operation that say no and gives what their bodies are; it must never make a type of what the runtime reads anyway.

use openapiv3::{Operation as Source, ReferenceOr, Response, StatusCode};

use super::Lowering;
use super::drafts::Draft;
use super::statuses::{self, Kind};
use super::types::Use;
use super::words::Words;
use crate::model::{Failure, Field, Statuses, Type, TypeKind};
use crate::source::Pointer;

impl<'d> Lowering<'d> {
    /// What each of the errors says.
    pub(crate) fn failures(
        &mut self,
        source: &'d Source,
        pointer: &Pointer,
        id: &str,
    ) -> Vec<Failure> {
        let successes = self.successes(source, pointer, id);
        let mut failures = Vec::new();
        for (statuses, response, pointer) in self.responses(source, pointer) {
            if successes.iter().any(|place| place.statuses == statuses) {
                continue;
            }
            let pointer = shared_place(source, statuses).unwrap_or(pointer);
            let ty = self.failure_type(response, statuses, &pointer, id);
            // What holds for any other status says something only with a type of its own.
            let is_known = failures.iter().any(|one: &Failure| one.ty == ty);
            if statuses == Statuses::Any && (ty.is_none() || is_known) {
                continue;
            }
            failures.push(Failure {
                status: match statuses {
                    Statuses::Code(code) => code.to_string(),
                    Statuses::Range(digit) => format!("{digit}XX"),
                    Statuses::Any => "default".to_owned(),
                },
                meaning: response.description.clone(),
                ty,
            });
        }
        failures
    }

    /// The type of an error's body, where it is one of the crate.
    fn failure_type(
        &mut self,
        response: &'d Response,
        statuses: Statuses,
        pointer: &Pointer,
        id: &str,
    ) -> Option<Type> {
        let mut json = response.content.iter();
        let (name, media) =
            json.find(|(name, media)| self.answer_kind(name, media) == Kind::Json)?;
        let schema = media.schema.as_ref()?;
        let pointer = pointer.child("content").child(name).child("schema");
        let status = statuses::words(statuses);
        let own = statuses::error_words(statuses).snake();
        let site = self.site(schema, pointer, &own, &Words::of(id).then(&status));
        let ty = self.value_type(schema, &site, Use::Json);
        let kind = ty.named().and_then(|id| self.drafts.get(id));
        let is_own = kind.is_some_and(|draft| {
            let is_named = matches!(draft.kind, TypeKind::Struct(_) | TypeKind::OneOf(_));
            is_named && !is_read_anyway(draft)
        });
        is_own.then_some(ty)
    }
}

/// Whether the error is what every error of the crate is read as: `ApiError`.
fn is_read_anyway(draft: &Draft) -> bool {
    let TypeKind::Struct(structure) = &draft.kind else {
        return false;
    };
    let is_read = |field: &Field| match field.wire.as_str() {
        "code" => field.ty == Type::Integer,
        "message" | "more_info" => field.ty == Type::Text,
        "details" => matches!(field.ty, Type::Json | Type::Map(_)),
        _ => false,
    };
    let mut fields = structure.fields.iter();
    let read = structure.fields.iter().filter(|field| is_read(field));
    read.count() == 4 && fields.all(|field| field.wire == "status" || is_read(field))
}

/// Where a response stands that operations share, so that what it holds is one type.
fn shared_place(source: &Source, statuses: Statuses) -> Option<Pointer> {
    let responses = &source.responses;
    let response = match statuses {
        Statuses::Code(code) => responses.responses.get(&StatusCode::Code(code)),
        Statuses::Range(digit) => responses.responses.get(&StatusCode::Range(digit)),
        Statuses::Any => responses.default.as_ref(),
    };
    let ReferenceOr::Reference { reference } = response? else {
        return None;
    };
    let name = reference.strip_prefix("#/components/responses/")?;
    Some(
        Pointer::root()
            .child("components")
            .child("responses")
            .child(name),
    )
}
