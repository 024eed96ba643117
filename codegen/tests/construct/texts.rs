//! Strings that are more than text.

use crate::support::{answer, document, form, make, parameters};

#[test]
fn a_pattern_of_fixed_length_is_a_newtype_without_heap() {
    let made = answer(
        "
Pet:
  type: object
  required: [tag]
  properties: { tag: { $ref: '#/components/schemas/TagId' } }
TagId:
  type: string
  pattern: '^TG[0-9a-f]{32}$'
  description: What stands on the collar.
",
    );
    insta::assert_snapshot!(made.silent().items(&["Pet", "TagId"]));
}

#[test]
fn a_pattern_of_variable_length_is_a_newtype_on_the_heap() {
    let made = answer(
        "
Pet:
  type: object
  required: [slug]
  properties: { slug: { type: string, pattern: '^[a-z]{2,8}-(cat|dog)$' } }
",
    );
    insta::assert_snapshot!(made.silent().items(&["Pet", "PetSlug"]));
}

#[test]
fn a_pattern_in_a_parameter_and_in_a_property_is_one_type() {
    let made = make(&document(
        "
paths:
  /pets/{Sid}:
    get:
      operationId: fetchPet
      parameters: [{ name: Sid, in: path, required: true, schema: { type: string, pattern: '^PT[0-9a-f]{32}$' } }]
      responses: { '200': { description: Done, content: { application/json: { schema: { $ref: '#/components/schemas/Pet' } } } } }
components:
  schemas:
    Pet:
      type: object
      required: [sid, mother_sid]
      properties:
        sid: { type: string, pattern: '^PT[0-9a-f]{32}$' }
        mother_sid: { type: string, pattern: '^PT[0-9a-f]{32}$' }
",
    ));
    insta::assert_snapshot!(made.silent().api());
}

#[test]
fn a_pattern_that_no_table_expresses_is_not_checked_and_says_so() {
    let made = parameters(
        "/pets",
        "- { name: Name, in: query, schema: { type: string, pattern: '^(?=.*[a-z])[^/]+$' }, description: The name of the pet. }",
    );
    insta::assert_snapshot!(made.items(&["ReadThingRequest"]));
}

#[test]
fn an_enum_keeps_values_that_it_does_not_know() {
    let made = answer(
        "
Pet:
  type: object
  required: [kind]
  properties:
    kind:
      type: string
      description: What animal it is.
      enum: [cat, guinea-pig]
      x-enum-descriptions: [Purrs., Squeaks.]
",
    );
    insta::assert_snapshot!(made.silent().items(&["Pet", "PetKind"]));
}

#[test]
fn values_that_are_no_names_still_get_one() {
    let made = answer(
        "
Sort:
  type: object
  required: [by]
  properties:
    by: { type: string, enum: [1080p, 2x, '+size', '-size', '>=', '*', Self, unknownValue, '', in-progress, In_Progress] }
",
    );
    insta::assert_snapshot!(made.silent().items(&["SortBy"]));
}

#[test]
fn an_answer_of_true_and_false_as_text_is_a_bool() {
    let made = answer(
        "
Pet:
  type: object
  required: [good]
  properties:
    good: { type: string, enum: ['True', 'False'], description: Whether it obeys. }
    sandbox: { type: string, nullable: true, enum: ['true', 'false'] }
",
    );
    insta::assert_snapshot!(made.silent().items(&["Pet"]));
}

#[test]
fn dates_are_read_in_any_form() {
    let made = answer(
        "
Pet:
  type: object
  required: [born]
  properties:
    born: { type: string, format: date-time, description: When it was born. }
    seen: { type: string, format: date-time-rfc-2822, nullable: true }
    day: { type: string, format: date }
",
    );
    insta::assert_snapshot!(made.silent().items(&["Pet"]));
}

#[test]
fn a_secret_in_a_form_is_never_shown() {
    let made = form(
        "
NewLock:
  type: object
  required: [Code]
  properties:
    Code: { type: string, format: password, description: The code., minLength: 4, maxLength: 8 }
    Spare: { type: string, format: password }
",
    );
    insta::assert_snapshot!(made.silent().items(&["CreateRequest"]));
}

#[test]
fn a_secret_in_an_answer_is_read_apart_and_has_no_equality() {
    let made = answer(
        "
Key:
  type: object
  required: [sid, secret]
  properties: { sid: { type: string }, secret: { type: string, format: password }, old: { type: array, items: { type: string, format: password } } }
",
    );
    insta::assert_snapshot!(made.silent().items(&["Key"]));
}

#[test]
fn a_secret_further_down_takes_equality_from_what_holds_it() {
    let made = answer(
        "
Ring:
  type: object
  required: [keys]
  properties: { keys: { type: array, items: { $ref: '#/components/schemas/Key' } } }
Key:
  type: object
  properties: { secret: { type: string, format: password } }
",
    );
    insta::assert_snapshot!(made.silent().items(&["Ring", "Key"]));
}
