//! Values that are one of several, in answers and in what is sent.

use crate::support::{answer, body, parameters};

/// A choice of a cat and a dog, with what these say of themselves.
fn pets(choice: &str, cat: &str, dog: &str) -> String {
    format!(
        "
Pet: {choice}
Cat: {cat}
Dog: {dog}
Answer: {{ type: object, required: [pet], properties: {{ pet: {{ $ref: '#/components/schemas/Pet' }} }} }}
"
    )
}

const BOTH: &str =
    "oneOf: [{ $ref: '#/components/schemas/Cat' }, { $ref: '#/components/schemas/Dog' }]";

#[test]
fn a_mapping_says_which_alternative_it_is() {
    let made = body(&pets(
        &format!(
            "{{ description: A pet., {BOTH}, discriminator: {{ propertyName: petType, mapping: {{ cat: '#/components/schemas/Cat', tom: Cat, dog: '#/components/schemas/Dog' }} }} }}"
        ),
        "{ type: object, description: A cat., required: [petType, lives], properties: { petType: { type: string }, lives: { type: integer } } }",
        "{ type: object, required: [petType], properties: { petType: { type: string }, tricks: { type: integer } } }",
    ));
    insta::assert_snapshot!(made.silent().items(&["Pet", "Cat", "Dog"]));
}

#[test]
fn without_a_mapping_the_names_of_the_components_are_the_tags() {
    let made = body(&pets(
        &format!("{{ {BOTH}, discriminator: {{ propertyName: kind }} }}"),
        "{ type: object, properties: { lives: { type: integer } } }",
        "{ type: object, properties: { tricks: { type: integer } } }",
    ));
    insta::assert_snapshot!(made.silent().items(&["Pet", "Cat"]));
}

#[test]
fn without_a_discriminator_a_property_with_different_values_is_the_tag() {
    let made = answer(&pets(
        &format!("{{ {} }}", BOTH.replace("oneOf", "anyOf")),
        "{ type: object, required: [a, kind], properties: { a: { type: string }, kind: { type: string, enum: [cat, tom] } } }",
        "{ type: object, required: [a, kind], properties: { a: { type: string }, kind: { type: string, enum: [dog] } } }",
    ));
    insta::assert_snapshot!(made.silent().items(&["Pet", "Cat", "Dog"]));
}

#[test]
fn alternatives_that_nothing_tells_apart_are_tried_in_order() {
    let made = body(
        "
Amount:
  oneOf:
    - { $ref: '#/components/schemas/Object' }
    - { type: string, format: date-time }
    - { type: integer }
    - { type: array, items: { type: string, format: date-time } }
    - { title: Odd One, type: object, properties: { odd: { type: boolean } } }
    - { type: object, additionalProperties: { type: number } }
    - { type: string }
Object: { type: object, properties: { again: { $ref: '#/components/schemas/Amount' } } }
Answer: { type: object, required: [value], properties: { value: { $ref: '#/components/schemas/Amount' } } }
",
    );
    insta::assert_snapshot!(made.silent().items(&["Amount", "AmountOddOne", "Object"]));
}

#[test]
fn what_needs_no_enum_has_none() {
    let made = answer(
        "
All:
  type: object
  required: [null_or, only, texts, some, numbers, whole, tagged, same, described, demanded, constrained]
  properties:
    null_or: { anyOf: [{ $ref: '#/components/schemas/Thing' }, { nullable: true }] }
    only: { oneOf: [{ $ref: '#/components/schemas/Thing' }] }
    texts: { anyOf: [{ type: string, format: uri }, { type: string, format: date-time }] }
    some: { anyOf: [{ type: string }, { $ref: '#/components/schemas/Kind' }] }
    numbers: { oneOf: [{ type: integer }, { type: number }] }
    whole: { oneOf: [{ type: integer, format: int32 }, { type: integer }] }
    tagged: { oneOf: [{ type: string, enum: [a] }, { type: string, enum: [b] }, { enum: [c] }] }
    same: { allOf: [{ $ref: '#/components/schemas/Thing' }] }
    described: { allOf: [{ $ref: '#/components/schemas/Kind' }, { description: The kind. }], nullable: true }
    demanded: { type: object, properties: { a: { type: string }, b: { type: string } }, anyOf: [{ required: [a] }, { required: [b] }] }
    constrained: { type: string, oneOf: [{ format: ipv4 }, { format: ipv6 }] }
Thing: { type: object, properties: { a: { type: string } } }
Kind: { type: string, enum: [x, y] }
",
    );
    insta::assert_snapshot!(made.silent().types());
}

#[test]
fn what_stands_beside_alternatives_is_part_of_each() {
    let made = body(
        "
Event:
  type: object
  required: [id, kind]
  properties: { id: { type: string }, kind: { type: string } }
  oneOf: [{ $ref: '#/components/schemas/Made' }, { type: object, title: Gone, properties: { why: { type: string } } }]
  discriminator: { propertyName: kind, mapping: { made: Made } }
Made: { type: object, required: [by], properties: { by: { type: string } } }
Answer:
  allOf:
    - { type: object, required: [at], properties: { at: { type: string, format: date } } }
    - oneOf: [{ $ref: '#/components/schemas/Made' }, { $ref: '#/components/schemas/Lost' }]
Lost: { type: object, properties: { where: { type: string } } }
",
    );
    insta::assert_snapshot!(made.silent().types());
}

#[test]
fn recursion_is_boxed_and_a_list_of_itself_is_not() {
    let made = body(
        "
Filter: { oneOf: [{ $ref: '#/components/schemas/Not' }, { $ref: '#/components/schemas/Filters' }, { type: string }] }
Filters: { type: array, items: { $ref: '#/components/schemas/Filter' } }
Not: { type: object, required: [not], properties: { not: { $ref: '#/components/schemas/Filter' } } }
",
    );
    insta::assert_snapshot!(made.silent().items(&["Filter", "Not"]));
}

#[test]
fn a_secret_in_an_alternative_is_not_shown_and_has_no_equality() {
    let made = body(
        "
Proof: { oneOf: [{ type: object, title: Key, properties: { key: { type: string, format: password } } }, { type: integer }] }
Answer: { type: object, properties: { login: { $ref: '#/components/schemas/Proof' } } }
",
    );
    insta::assert_snapshot!(made.silent().items(&["Proof", "ProofKey", "Answer"]));
}

#[test]
fn a_parameter_may_be_one_of_several_values() {
    let made = parameters(
        "/things",
        "
- { name: ids, in: query, schema: { oneOf: [{ type: string, enum: [all] }, { type: array, items: { type: integer } }] } }
- { name: at, in: query, schema: { anyOf: [{ type: string, format: date-time }, { type: integer, enum: [0] }] } }
- { name: odd, in: query, schema: { oneOf: [{ type: string }, { type: object, properties: { a: { type: string } } }] } }
",
    );
    insta::assert_snapshot!(format!("{}\n{}", made.types(), made.diagnostics()));
}
