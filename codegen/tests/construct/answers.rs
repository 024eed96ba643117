//! Objects that the API answers with.

use crate::support::{answer, document, make};

#[test]
fn a_property_is_an_option_unless_it_is_required_and_not_nullable() {
    let made = answer(
        "
Pet:
  type: object
  description: A pet of somebody.
  required: [id, nick]
  properties:
    id: { type: integer, description: The number of the pet. }
    nick: { type: string, nullable: true, description: Null if it has none. }
    weight: { type: number, description: In kilograms. }
    good: { type: boolean }
",
    );
    insta::assert_snapshot!(made.silent().items(&["Pet"]));
}

#[test]
fn a_keyword_and_foreign_case_are_renamed_and_what_is_never_answered_is_left_out() {
    let made = answer(
        "
Pet:
  type: object
  required: [type, friendlyName, password]
  properties:
    type: { type: string }
    friendlyName: { type: string }
    password: { type: string, writeOnly: true }
    collar: { type: string, deprecated: true, description: Use `tag`. }
",
    );
    insta::assert_snapshot!(made.silent().items(&["Pet"]));
}

#[test]
fn an_object_that_is_deprecated_says_so() {
    let made = answer(
        "
Pet:
  type: object
  deprecated: true
  properties: { id: { type: integer } }
",
    );
    insta::assert_snapshot!(made.silent().items(&["Pet"]));
}

#[test]
fn lists_and_maps_hold_what_the_document_says() {
    let made = answer(
        "
Zoo:
  type: object
  required: [names, cages]
  properties:
    names: { type: array, items: { type: string } }
    cages: { type: object, additionalProperties: { $ref: '#/components/schemas/Cage' } }
    openings: { type: array, items: { type: string, format: date-time } }
    grid: { type: array, items: { type: array, items: { type: integer } } }
Cage:
  type: object
  properties: { area: { type: number } }
",
    );
    insta::assert_snapshot!(made.silent().items(&["Zoo"]));
}

#[test]
fn an_object_that_contains_itself_is_boxed_and_a_list_of_itself_is_not() {
    let made = answer(
        "
Node:
  type: object
  required: [children]
  properties:
    parent: { $ref: '#/components/schemas/Node' }
    twin: { $ref: '#/components/schemas/Twin' }
    children: { type: array, items: { $ref: '#/components/schemas/Node' } }
Twin:
  type: object
  properties: { node: { $ref: '#/components/schemas/Node' } }
",
    );
    insta::assert_snapshot!(made.silent().items(&["Node", "Twin"]));
}

#[test]
fn an_object_without_properties_is_a_map_of_json() {
    let made = answer(
        "
Event:
  type: object
  required: [payload, anything]
  properties:
    payload: { type: object }
    anything: { description: Whatever was given. }
    links: { type: object, additionalProperties: { type: string } }
",
    );
    insta::assert_snapshot!(made.items(&["Event"]));
}

#[test]
fn the_parts_of_all_of_become_one_struct() {
    let made = answer(
        "
Dog:
  description: A dog.
  allOf:
    - $ref: '#/components/schemas/Animal'
    - type: object
      required: [tricks]
      properties: { tricks: { type: integer } }
Animal:
  type: object
  required: [name]
  properties: { name: { type: string }, legs: { type: integer } }
",
    );
    insta::assert_snapshot!(made.silent().items(&["Dog"]));
}

#[test]
fn alternatives_of_an_answer_are_json_and_the_document_is_told_where() {
    let made = answer(
        "
Toy:
  type: object
  required: [owner]
  properties:
    owner:
      description: Who plays with it.
      anyOf: [{ type: string }, { type: object, properties: { id: { type: integer } } }]
",
    );
    insta::assert_snapshot!(format!("{}\n{}", made.items(&["Toy"]), made.diagnostics()));
}

#[test]
fn inline_objects_are_named_after_what_they_stand_in() {
    let made = answer(
        "
Pet:
  type: object
  properties:
    owner: { type: object, properties: { address: { type: object, properties: { city: { type: string } } } } }
    visits: { type: array, items: { type: object, properties: { day: { type: string, format: date-time } } } }
",
    );
    insta::assert_snapshot!(made.silent().types());
}

/// Two operations whose inline answers have these titles and properties.
fn two_answers(one: &str, other: &str) -> String {
    let operation = |path: &str, id: &str, schema: &str| {
        format!(
            "  {path}:\n    get:\n      operationId: {id}\n      responses: {{ '200': {{ description: Done, content: {{ application/json: {{ schema: {schema} }} }} }} }}\n"
        )
    };
    document(&format!(
        "paths:\n{}{}",
        operation("/cats", "getCats", one),
        operation("/dogs", "getDogs", other)
    ))
}

#[test]
fn inline_objects_of_one_title_and_different_properties_are_two_types() {
    let made = make(&two_answers(
        "{ title: Animal, type: object, properties: { lives: { type: integer } } }",
        "{ title: Animal, type: object, properties: { tricks: { type: string } } }",
    ));
    insta::assert_snapshot!(made.silent().api());
}

#[test]
fn the_answer_to_a_failure_is_never_taken_for_that_of_a_success() {
    let made = make(&document(
        "
paths:
  /cats:
    get:
      operationId: fetchCat
      responses:
        '400': { description: Wrong, content: { application/json: { schema: { type: object, required: [problem], properties: { problem: { type: string } } } } } }
        '200': { description: Done, content: { application/json: { schema: { type: object, required: [lives], properties: { lives: { type: integer } } } } } }
",
    ));
    insta::assert_snapshot!(made.silent().api());
}

#[test]
fn an_answer_that_is_a_list_of_days_is_read_as_days() {
    let made = answer("Days: { type: array, items: { type: string, format: date } }");
    let made = made.silent();
    insta::assert_snapshot!(made.items(&["FetchRequest"]));
}

#[test]
fn lists_and_maps_of_nothing_but_themselves_end_in_json() {
    let made = answer(
        "
Tree:
  type: object
  required: [list, map]
  properties:
    list: { $ref: '#/components/schemas/List' }
    map: { $ref: '#/components/schemas/Map' }
List: { type: array, items: { $ref: '#/components/schemas/List' } }
Map: { type: object, additionalProperties: { $ref: '#/components/schemas/Map' } }
",
    );
    insta::assert_snapshot!(format!("{}\n{}", made.items(&["Tree"]), made.diagnostics()));
}

#[test]
fn parts_that_multiply_without_end_are_left_as_json() {
    let twice = |part: usize| {
        let next = part + 1;
        format!(
            "P{part}: {{ allOf: [{{ $ref: '#/components/schemas/P{next}' }}, {{ $ref: '#/components/schemas/P{next}' }}] }}\n"
        )
    };
    let parts: String = (0..40).map(twice).collect();
    let last = "P40: { type: object, properties: { a: { type: string } } }\n";
    let made = answer(&format!("{parts}{last}"));
    insta::assert_snapshot!(made.diagnostics());
}

#[test]
fn keywords_of_several_kinds_mean_what_they_say_together() {
    let made = answer(
        "
Pet:
  type: object
  required: [name]
  properties: { name: { type: string } }
  allOf: [{ $ref: '#/components/schemas/Animal' }]
Animal:
  type: object
  properties:
    tags: { type: object, format: map, additionalProperties: { type: string } }
    lives: { type: integer, maximum: 18446744073709551615 }
    kind: { enum: [cat, dog] }
    odd: { minimum: 1, items: { type: string } }
    any: {}
",
    );
    insta::assert_snapshot!(format!(
        "{}\n{}",
        made.items(&["Pet", "AnimalKind"]),
        made.diagnostics()
    ));
}
