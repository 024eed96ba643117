//! Takes a schema of an OpenAPI 3.0 document, gives a JSON Schema validator; must never leave out a constraint of the document.

use jsonschema::{Draft, ValidationError, Validator, error::ValidationErrorKind};
use serde_json::{Map, Value, json};

use super::Problem;

/// The schemas of a document in a form that a JSON Schema validator understands.
///
/// OpenAPI 3.0 schemas are draft 4 plus `nullable`. Objects are closed besides: what a schema does not list is refused, so that
/// a misspelt form field, or a secret in an answer, is noticed. Closing an object that takes part in an `allOf` would be wrong.
pub(super) struct Schemas {
    components: Value,
}

impl Schemas {
    pub(super) fn new(root: &Value) -> Self {
        let schemas = root
            .pointer("/components/schemas")
            .and_then(Value::as_object);
        let translated: Map<String, Value> = schemas
            .into_iter()
            .flatten()
            .map(|(name, schema)| (name.clone(), translate(schema)))
            .collect();
        Self {
            components: json!({ "schemas": translated }),
        }
    }

    pub(super) fn validator(&self, schema: &Value) -> Result<Validator, Problem> {
        let whole = json!({ "allOf": [translate(schema)], "components": self.components });
        jsonschema::options()
            .with_draft(Draft::Draft4)
            .should_validate_formats(true)
            .build(&whole)
            .map_err(|error| Problem::new(format!("a schema is of no use: {error}")))
    }
}

fn translate(schema: &Value) -> Value {
    let Value::Object(members) = schema else {
        return schema.clone();
    };
    let mut result = Map::new();
    for (key, value) in members {
        let value = match key.as_str() {
            "type" if members.get("nullable") == Some(&Value::Bool(true)) => json!([value, "null"]),
            "properties" => each(value),
            "items" | "not" | "additionalProperties" => translate(value),
            "allOf" | "anyOf" | "oneOf" => value
                .as_array()
                .map(|schemas| schemas.iter().map(translate).collect())
                .unwrap_or_default(),
            _ => value.clone(),
        };
        result.insert(key.clone(), value);
    }
    if result.contains_key("properties") && !result.contains_key("additionalProperties") {
        result.insert("additionalProperties".to_owned(), Value::Bool(false));
    }
    Value::Object(result)
}

fn each(schemas: &Value) -> Value {
    schemas
        .as_object()
        .into_iter()
        .flatten()
        .map(|(name, schema)| (name.clone(), translate(schema)))
        .collect()
}

/// The first thing wrong with `instance`, told without its values, which may be secret. `name` is what it is called.
pub(super) fn first_mistake(
    validator: &Validator,
    instance: &Value,
    name: &str,
) -> Option<Mistake> {
    validator.iter_errors(instance).next().map(|error| Mistake {
        too_large: matches!(error.kind(), ValidationErrorKind::Maximum { .. }),
        message: describe(&error, name),
    })
}

pub(super) struct Mistake {
    pub(super) too_large: bool,
    pub(super) message: String,
}

fn describe(error: &ValidationError<'_>, name: &str) -> String {
    match error.kind() {
        ValidationErrorKind::Required { property } => {
            format!(
                "Missing required parameter {}",
                property.as_str().unwrap_or_default()
            )
        }
        ValidationErrorKind::AdditionalProperties { unexpected } => {
            format!("Unknown parameter {}", unexpected.join(", "))
        }
        _ => {
            let path = error.instance_path().to_string();
            let name = if path.is_empty() {
                name
            } else {
                path.trim_start_matches('/')
            };
            format!("Invalid parameter {name}: {}", error.masked())
        }
    }
}
