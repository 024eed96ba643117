//! Takes a request or an answer with the operation it belongs to, gives what the document finds wrong with it; must never change either.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::document::{Form, Kind, Operation, Parameter};
use super::errors::Refusal;
use super::schema::first_mistake;

/// The value that the text of a parameter or field stands for; the text itself where it stands for none, for the validator to refuse.
fn value_of(text: &str, kind: Kind) -> Value {
    let parsed = match kind {
        Kind::Boolean => text.parse::<bool>().ok().map(Value::from),
        Kind::Integer => text.parse::<i64>().ok().map(Value::from),
        Kind::Text => None,
    };
    parsed.unwrap_or_else(|| Value::from(text))
}

/// The parameters of a query by name.
pub(super) fn query(
    operation: &Operation,
    pairs: &[(String, String)],
) -> Result<BTreeMap<String, String>, Refusal> {
    let known: Vec<&Parameter> = operation
        .parameters
        .iter()
        .filter(|parameter| parameter.place == "query")
        .collect();
    let mut values = BTreeMap::new();
    for (name, text) in pairs {
        let Some(parameter) = known.iter().find(|parameter| parameter.name == *name) else {
            return Err(Refusal::invalid(format!("Unknown parameter {name}")));
        };
        if let Some(mistake) = first_mistake(
            &parameter.validator,
            &value_of(text, parameter.kind),
            &parameter.name,
        ) {
            return Err(if mistake.too_large && name == "PageSize" {
                Refusal::page_too_large()
            } else {
                Refusal::invalid(mistake.message)
            });
        }
        if values.insert(name.clone(), text.clone()).is_some() {
            return Err(Refusal::invalid(format!("Parameter {name} is given twice")));
        }
    }
    match known
        .iter()
        .find(|one| one.required && !values.contains_key(&one.name))
    {
        Some(missing) => Err(Refusal::invalid(format!(
            "Missing required parameter {}",
            missing.name
        ))),
        None => Ok(values),
    }
}

/// Whether the values taken from a path fit; one that does not names nothing that exists.
pub(super) fn path_fits(operation: &Operation, values: &BTreeMap<String, String>) -> bool {
    operation
        .parameters
        .iter()
        .filter(|parameter| parameter.place == "path")
        .all(|parameter| {
            values.get(&parameter.name).is_some_and(|text| {
                first_mistake(
                    &parameter.validator,
                    &value_of(text, parameter.kind),
                    &parameter.name,
                )
                .is_none()
            })
        })
}

/// The fields of a form by name.
pub(super) fn form(form: &Form, pairs: &[(String, String)]) -> Result<Map<String, Value>, Refusal> {
    if pairs.is_empty() && !form.required {
        return Ok(Map::new());
    }
    let chosen = match &form.discriminator {
        None => "",
        Some(name) => pairs
            .iter()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.as_str())
            .ok_or_else(|| Refusal::invalid(format!("Missing required parameter {name}")))?,
    };
    let Some(variant) = form.variants.get(chosen) else {
        let name = form.discriminator.as_deref().unwrap_or_default();
        return Err(Refusal::invalid(format!("Invalid parameter {name}")));
    };
    let mut fields = Map::new();
    for (name, text) in pairs {
        let kind = variant.fields.get(name).copied().unwrap_or(Kind::Text);
        if fields.insert(name.clone(), value_of(text, kind)).is_some() {
            return Err(Refusal::invalid(format!("Parameter {name} is given twice")));
        }
    }
    let instance = Value::Object(fields);
    let mistake = first_mistake(&variant.validator, &instance, chosen)
        .or_else(|| first_mistake(&form.whole, &instance, chosen));
    match (mistake, instance) {
        (Some(mistake), _) => Err(Refusal::invalid(mistake.message)),
        (None, Value::Object(fields)) => Ok(fields),
        (None, _) => Ok(Map::new()),
    }
}

/// What the document finds wrong with an answer.
pub(super) fn answer(
    operation: &Operation,
    status: u16,
    headers: &[(String, String)],
    body: Option<&Value>,
) -> Option<String> {
    let responses = &operation.responses;
    let Some(response) = responses
        .get(&status.to_string())
        .or_else(|| responses.get("default"))
    else {
        return Some(format!(
            "{}: no response {status} in the document",
            operation.id
        ));
    };
    for (name, validator) in &response.headers {
        // Headers of answers are optional unless the document says otherwise, which none does.
        let Some((_, value)) = headers.iter().find(|(key, _)| key == name) else {
            continue;
        };
        if let Some(mistake) = first_mistake(validator, &Value::from(value.as_str()), name) {
            return Some(format!("{} {status}: {}", operation.id, mistake.message));
        }
    }
    match (&response.body, body) {
        (None, None) => None,
        (Some(validator), Some(body)) => first_mistake(validator, body, "body")
            .map(|mistake| format!("{} {status}: {}", operation.id, mistake.message)),
        (None, Some(_)) => Some(format!(
            "{} {status}: a body where none is expected",
            operation.id
        )),
        (Some(_), None) => Some(format!("{} {status}: no body", operation.id)),
    }
}
