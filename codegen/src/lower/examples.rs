//! Takes the examples of an operation and gives those that its generated tests can use; it must never change a value.

use openapiv3::{MediaType, Operation as Source, StatusCode};

use super::drafts::Drafts;
use super::media::is_json;
use super::names::{self, Candidates};
use super::operations::form_media;
use super::words::Words;
use crate::document::Document;
use crate::model::{
    BodyKind, Example, ExampleBody, Input, Operation, Position, Role, Success, Type, TypeKind,
    Value,
};

/// Examples of requests that are forms and of successes that are JSON.
pub(crate) fn of(
    document: &Document,
    drafts: &Drafts,
    source: &Source,
    operation: &Operation,
) -> Vec<Example> {
    let mut found: Vec<(String, ExampleBody)> = Vec::new();
    let body = source
        .request_body
        .as_ref()
        .and_then(|body| document.request_body(body));
    let form = body.and_then(form_media);
    if let Some(media) = form.filter(|_| operation.media == Some(BodyKind::Form)) {
        for (name, value) in values(document, media) {
            if let Value::Object(fields) = value {
                let fields = fields.into_iter().collect();
                let others = operation
                    .inputs
                    .iter()
                    .filter(|input| input.required && input.position != Position::Form);
                let others = others
                    .map(|input| (input.wire.clone(), sample(drafts, input)))
                    .collect();
                found.push((
                    format!("sends {name}"),
                    ExampleBody::Form { fields, others },
                ));
            }
        }
    }
    if let Success::Json(ty) = &operation.success {
        for (status, response) in &source.responses.responses {
            let is_success = matches!(status, StatusCode::Code(200..300) | StatusCode::Range(2));
            let Some(response) = document.response(response).filter(|_| is_success) else {
                continue;
            };
            let media = response.content.iter();
            let media = media.filter(|(name, _)| is_json(name));
            for (name, json) in media.flat_map(|(_, media)| values(document, media)) {
                found.push((
                    format!("reads {name}"),
                    ExampleBody::Response {
                        ty: ty.clone(),
                        json,
                    },
                ));
            }
        }
    }
    let spellings: Vec<_> = found
        .iter()
        .map(|(name, _)| Candidates::new([Words::of(name).snake()]))
        .collect();
    let names = names::assign(&spellings, &[]);
    found
        .into_iter()
        .zip(names)
        .map(|((_, body), name)| Example { name, body })
        .collect()
}

/// What an operation answers; what it does is found out when everything has a name.
pub(crate) fn role(document: &Document, source: &Source) -> Role {
    Role {
        status: success_status(source),
        errors: of_errors(document, source),
        ..Role::default()
    }
}

/// The status that tells of a success.
fn success_status(source: &Source) -> u16 {
    let mut statuses = source.responses.responses.keys();
    let success = statuses.find_map(|status| match status {
        StatusCode::Code(code) if (200..300).contains(code) => Some(*code),
        _ => None,
    });
    success.unwrap_or(200)
}

/// The first example of each error that is a JSON object; 0 stands for any status that has none of its own.
fn of_errors(document: &Document, source: &Source) -> Vec<(u16, Value)> {
    let default = source.responses.default.iter();
    let responses = source.responses.responses.iter();
    let errors = responses.filter_map(|(status, response)| match status {
        StatusCode::Code(code) if *code >= 400 => Some((*code, response)),
        _ => None,
    });
    let errors = errors.chain(default.map(|response| (0, response)));
    let shown = errors.filter_map(|(status, response)| {
        let response = document.response(response)?;
        let mut media = response.content.iter().filter(|(name, _)| is_json(name));
        let values = values(document, media.next()?.1);
        let object = values.into_iter().find(|(_, value)| value.is_object());
        Some((status, object?.1))
    });
    shown.collect()
}

fn values(document: &Document, media: &MediaType) -> Vec<(String, Value)> {
    let single = media
        .example
        .iter()
        .map(|value| ("example".to_owned(), value.clone()));
    let named = media.examples.iter().filter_map(|(name, example)| {
        let value = document.example(example)?.value.clone()?;
        Some((name.clone(), value))
    });
    single.chain(named).collect()
}

/// A value that the rules allow.
fn sample(drafts: &Drafts, input: &Input) -> Value {
    match &input.ty {
        Type::Bool | Type::Flag => Value::Bool(true),
        Type::Integer | Type::Integer32 | Type::Unsigned | Type::Unsigned32 | Type::Number => {
            input.rules.minimum.unwrap_or(1).into()
        }
        Type::Named(id) => match drafts.get(*id).map(|draft| &draft.kind) {
            Some(TypeKind::Newtype(newtype)) => newtype.pattern.sample().into(),
            Some(TypeKind::Enum(values)) => values
                .variants
                .first()
                .map_or("", |value| value.wire.as_str())
                .into(),
            _ => "text".into(),
        },
        _ => match &input.rules.pattern {
            Some(pattern) => pattern.sample().into(),
            None => "text"
                .repeat(
                    usize::try_from(input.rules.min_length.unwrap_or(1))
                        .unwrap_or(1)
                        .clamp(1, 64),
                )
                .into(),
        },
    }
}
