//! Takes the text of a document, gives what is wrong with its examples; must never pass over a body that has none.

use super::Problem;
use super::document::Document;
use super::schema::first_mistake;

/// What is wrong with the examples of a document: bodies without one, and examples that break their schema.
///
/// # Errors
/// A document that is of no use.
pub fn mistakes_in_examples(document: &str) -> Result<Vec<String>, Problem> {
    let document = Document::read(document)?;
    let mut mistakes = Vec::new();
    let mut bodies = Vec::new();
    for operation in &document.operations {
        if let Some(form) = &operation.form {
            bodies.push((
                format!("{} request", operation.id),
                &form.whole,
                &form.examples,
            ));
        }
        for (status, response) in &operation.responses {
            if let Some(validator) = &response.body {
                bodies.push((
                    format!("{} {status}", operation.id),
                    validator,
                    &response.examples,
                ));
            }
        }
    }
    for (place, validator, examples) in bodies {
        if examples.is_empty() {
            mistakes.push(format!("{place}: no example"));
        }
        for (name, value) in examples {
            let mistake = first_mistake(validator, value, "body");
            mistakes.extend(mistake.map(|mistake| format!("{place} {name}: {}", mistake.message)));
        }
    }
    Ok(mistakes)
}
