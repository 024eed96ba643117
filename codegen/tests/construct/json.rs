//! Objects and other values that are sent as JSON.

use crate::support::{body, body_document, document, make, make_with_examples};

#[test]
fn what_an_object_requires_is_an_argument_and_the_rest_has_setters() {
    let made = body(
        "
NewPet:
  type: object
  description: A pet to add.
  required: [name, weight, tags, kind, friend]
  properties:
    name: { type: string, maxLength: 64, description: What it is called. }
    weight: { type: integer, minimum: 1 }
    tags: { type: array, items: { type: string, maxLength: 8 } }
    kind: { type: string, enum: [cat, dog] }
    friend: { $ref: '#/components/schemas/Friend' }
    nick: { type: string, nullable: true, default: Tom }
    good: { type: string, enum: ['true', 'false'] }
    id: { type: integer, readOnly: true }
Friend:
  type: object
  properties: { sid: { type: string, pattern: '^PT[0-9a-f]{32}$' }, code: { type: string, pattern: '^[0-9]' } }
",
    );
    let made = made.silent();
    insta::assert_snapshot!(format!(
        "{}\n{}",
        made.method("create"),
        made.items(&["CreateRequest", "NewPet", "Friend"])
    ));
}

#[test]
fn an_object_that_goes_both_ways_is_one_type() {
    let made = body(
        "
Pet:
  type: object
  required: [id, name, secret, sid, nick]
  properties:
    id: { type: integer, readOnly: true }
    name: { type: string }
    secret: { type: string, format: password, writeOnly: true }
    sid: { type: string, pattern: '^PT[0-9a-f]{32}$' }
    nick: { type: string, nullable: true }
    born: { type: string, format: date-time, nullable: true }
    next: { $ref: '#/components/schemas/Pet' }
    new: { type: boolean }
Answer: { type: object, required: [pet], properties: { pet: { $ref: '#/components/schemas/Pet' } } }
",
    );
    insta::assert_snapshot!(made.silent().items(&["Pet", "Answer"]));
}

#[test]
fn a_property_with_one_value_is_sent_without_being_asked_for() {
    let made = body(
        "
Tool:
  type: object
  required: [type, name]
  properties:
    type: { type: string, enum: [function] }
    name: { type: string }
    version: { type: string, enum: [v1] }
",
    );
    insta::assert_snapshot!(made.silent().items(&["Tool"]));
}

#[test]
fn an_object_without_properties_to_send_is_empty() {
    let made =
        body("Nothing: { type: object, properties: { id: { type: integer, readOnly: true } } }");
    insta::assert_snapshot!(made.silent().items(&["Nothing"]));
}

#[test]
fn other_properties_are_kept_where_the_document_has_them() {
    let made = body(
        "
Labels:
  type: object
  required: [name]
  properties: { name: { type: string }, additional: { type: string } }
  additionalProperties: { type: string, format: date-time }
Answer:
  type: object
  required: [labels]
  properties: { labels: { $ref: '#/components/schemas/Labels' } }
  additionalProperties: false
",
    );
    insta::assert_snapshot!(made.silent().items(&["Labels", "Answer"]));
}

/// An operation whose body has this schema.
fn operation(path: &str, id: &str, more: &str, media: &str, schema: &str) -> String {
    format!(
        "  {path}:\n    post:\n      operationId: {id}\n      requestBody: {{ {more} content: {{ '{media}': {{ schema: {schema} }} }} }}\n      responses: {{ '204': {{ description: Done }} }}\n"
    )
}

#[test]
fn bodies_of_any_kind_are_arguments_and_those_that_may_be_left_out_are_set() {
    let required = "required: true,";
    let paths = [
        operation(
            "/names",
            "setNames",
            required,
            "application/json",
            "{ type: array, items: { type: string } }",
        ),
        operation(
            "/name",
            "setName",
            required,
            "application/vnd.api+json",
            "{ type: string, maxLength: 3 }",
        ),
        operation(
            "/counts",
            "setCounts",
            required,
            "application/json; charset=utf-8",
            "{ type: object, additionalProperties: { type: integer, format: int32 } }",
        ),
        operation("/any", "setAny", required, "*/*", "{}"),
        operation(
            "/kind",
            "setKind",
            "",
            "application/json",
            "{ type: string, enum: [a, b] }",
        ),
        operation(
            "/retry",
            "setRetry",
            "",
            "application/json",
            "{ type: object, properties: { body: { type: string } } }",
        ),
    ];
    let made = make(&document(&format!("paths:\n{}", paths.concat())));
    insta::assert_snapshot!(made.silent().api());
}

#[test]
fn a_document_that_wants_examples_has_them_for_what_is_sent() {
    let made = make_with_examples(&body_document(
        "
Pet:
  type: object
  required: [name, sid, nick, kind]
  properties:
    name: { type: string }
    sid: { type: string, pattern: '^PT[0-9a-f]{4}$' }
    nick: { type: integer, nullable: true }
    kind: { oneOf: [{ type: string }, { type: integer }] }
    born: { type: string, format: date }
    level: { type: integer, enum: [1, 2] }
Answer: { type: object, properties: { pet: { $ref: '#/components/schemas/Pet' } } }
",
    ));
    insta::assert_snapshot!(made.silent().items(&["Pet", "PetLevel"]));
}

#[test]
fn true_and_false_that_are_texts_are_spelled_wherever_they_stand() {
    let made = body(
        "
NewPet:
  type: object
  required: [maybe]
  properties:
    maybe: { type: string, enum: ['true', 'false'], nullable: true }
    all: { type: array, items: { type: string, enum: ['true', 'false'] } }
    either: { anyOf: [{ type: string, enum: ['true', 'false'] }, { type: integer }] }
    hidden: { type: string, nullable: true, writeOnly: true }
  additionalProperties: { type: string, enum: ['true', 'false'] }
",
    );
    let made = made.silent();
    insta::assert_snapshot!(made.items(&["NewPet", "NewPetEither"]));
}

#[test]
fn a_component_is_never_taken_for_another_that_is_called_alike() {
    let made = make(&document(
        "
paths:
  /pets:
    get:
      operationId: list_pets
      parameters: [{ name: kind, in: query, schema: { $ref: '#/components/schemas/Pet' } }]
      responses: { '200': { description: A., content: { application/json: { schema: { $ref: '#/components/schemas/Pet sent' } } } } }
  /foo-s/bar:
    get: { operationId: one, responses: { '204': { description: Done. } } }
  /qux/bar:
    get: { operationId: two, responses: { '204': { description: Done. } } }
components:
  schemas:
    Pet: { type: string, enum: [a, b] }
    'Pet sent': { type: object, properties: { x: { type: integer } } }
",
    ));
    let api = made.api();
    assert!(api.contains("pub x: Option<i64>"), "{api}");
    assert!(!api.contains("__"), "{api}");
}
