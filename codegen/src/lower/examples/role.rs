//! Takes an operation of a document and gives what a server for tests answers; it must never say what the operation does, which is found out when everything has a name.

use openapiv3::{Operation as Source, StatusCode};

use super::values;
use crate::document::Document;
use crate::lower::media::is_json;
use crate::model::{Role, Value};

/// What an operation answers.
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
        let mut values = values(document, media.next()?.1).into_iter();
        let object = values.find(|shown| shown.value.is_object());
        Some((status, object?.value.clone()))
    });
    shown.collect()
}
