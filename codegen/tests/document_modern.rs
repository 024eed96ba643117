//! One form of OpenAPI 3.1 in a tiny document, and the 3.0 that it becomes.

use std::fmt::Write as _;

use openapi_client_codegen::diagnostic::Diagnostics;
use openapi_client_codegen::document::{self, Selection};
use openapi_client_codegen::source::{Limits, Source};
use serde_json::Value;

fn read(text: &str) -> (Value, Diagnostics) {
    let source =
        Source::read("api.yaml", text.as_bytes(), &Limits::default()).expect("a sound text");
    let mut diagnostics = Diagnostics::new();
    let checked = document::check(source, &Selection::default(), &mut diagnostics);
    let value = checked.as_ref().map(|checked| checked.value().clone());
    let document = checked.and_then(|checked| checked.read(&mut diagnostics));
    let value = value.filter(|_| document.is_some());
    let value = value.unwrap_or_else(|| panic!("refused:\n{diagnostics}"));
    assert!(
        diagnostics.iter().all(|one| one.position.is_some()),
        "{diagnostics}"
    );
    (value, diagnostics)
}

/// The members of an object, each on a line, and what is said about the document.
fn lines(value: Option<&Value>, diagnostics: &Diagnostics) -> String {
    let mut lines = String::new();
    for (key, member) in value.and_then(Value::as_object).into_iter().flatten() {
        let _ = writeln!(lines, "{key}: {member}");
    }
    let _ = write!(lines, "{diagnostics}");
    lines
}

/// What becomes of the schemas of a document of a version.
fn schemas_of(version: &str, schemas: &str) -> String {
    let indented = schemas.replace('\n', "\n    ");
    let (value, diagnostics) = read(&format!(
        "openapi: {version}\ninfo: {{ title: Tiny, version: '1' }}\npaths: {{}}\ncomponents:\n  schemas:\n    {indented}\n"
    ));
    lines(value.pointer("/components/schemas"), &diagnostics)
}

fn schemas(schemas: &str) -> String {
    schemas_of("3.1.0", schemas)
}

/// What becomes of a whole document.
fn root(rest: &str) -> String {
    let (value, diagnostics) = read(&format!("openapi: 3.1.0\n{rest}"));
    lines(Some(&value), &diagnostics)
}

macro_rules! constructs {
    ($($name:ident: $text:expr;)+) => {
        $(#[test] fn $name() { insta::assert_snapshot!($text); })+
    };
}

constructs! {
    a_list_of_types_with_null_is_one_nullable_type: schemas("\
A: { type: [string, 'null'], maxLength: 3 }
B: { type: ['null'] }
C: { type: 'null' }
D: { type: [integer, number] }");
    several_types_are_alternatives_with_the_keywords_of_each: schemas("\
A: { type: [string, integer, 'null'], description: Either, maxLength: 3, minimum: 1, format: int64 }
B: { type: [array, object], items: { type: string }, properties: { a: { type: boolean } }, required: [a] }
C: { type: [string, number, boolean, object, array, 'null'] }
D: { type: [string, integer], enum: [a, b] }
E: { type: [string, integer], enum: [a, 1] }");
    an_alternative_of_null_is_nullable: schemas("\
A: { anyOf: [{ $ref: '#/components/schemas/B' }, { type: 'null' }] }
B: { oneOf: [{ type: 'null' }, { type: string, maxLength: 3 }], title: Text }
C: { oneOf: [{ type: 'null' }, { type: string }, { type: integer }] }
D: { anyOf: [{ enum: [null] }, { const: null }] }
E: { anyOf: [{ anyOf: [{ type: string }, { type: 'null' }] }, { type: 'null' }] }
F: { type: object, anyOf: [{ required: [a] }, { type: 'null' }] }
G: { oneOf: [{ $ref: '#/components/schemas/Nothing' }, { $ref: '#/components/schemas/B' }] }
Nothing: { type: 'null', description: Nothing }");
    a_union_with_a_discriminator_stays_one: schemas("\
A: { oneOf: [{ $ref: '#/components/schemas/B' }, { type: 'null' }], discriminator: { propertyName: kind } }
B: { type: object, properties: { kind: { const: b } } }");
    an_enum_with_null_is_nullable: schemas("A: { type: [string, 'null'], enum: [a, null] }\nB: { enum: [null] }");
    a_constant_is_an_enum_of_one_value: schemas("\
A: { const: a }
B: { type: integer, const: 1 }
C: { const: null }
D: { const: { a: 1 } }
E: { const: true, enum: [true, false] }");
    exclusive_bounds_are_bounds_and_flags: schemas("\
A: { type: integer, exclusiveMinimum: 3, exclusiveMaximum: 5.5 }
B: { type: integer, minimum: 4, exclusiveMinimum: 3 }
C: { type: integer, maximum: 4, exclusiveMaximum: 3 }");
    places_of_elements_are_alternatives: schemas("\
A: { type: array, prefixItems: [{ type: string }, { type: string }] }
B: { type: array, prefixItems: [{ type: string }, { type: integer }], items: false }
C: { type: array, prefixItems: [{ type: string }], items: { type: integer } }");
    text_that_holds_something_else_has_a_format: schemas("\
A: { type: string, contentEncoding: base64, contentMediaType: image/png }
B: { type: string, contentMediaType: application/octet-stream }
C: { type: string, contentMediaType: application/json, contentSchema: { type: object } }
D: { contentEncoding: base64url }");
    the_first_of_several_examples_is_the_example: schemas("A: { type: string, examples: [a, b] }\nB: { type: string, example: c, examples: [d] }");
    true_and_false_are_schemas: schemas("A: true\nB: false\nC: { type: object, properties: { a: true, b: false }, additionalProperties: false }\nD: { type: array, items: true }");
    keywords_for_properties_without_a_name_are_additional_properties: schemas("\
A: { type: object, patternProperties: { '^x': { type: string } } }
B: { type: object, patternProperties: { '^x': { type: string }, '^y': { type: integer } } }
C: { type: object, additionalProperties: { type: string }, patternProperties: { '^x': { type: integer } } }
D: { type: object, unevaluatedProperties: false }
E: { allOf: [{ $ref: '#/components/schemas/D' }], unevaluatedProperties: false }");
    keywords_that_no_type_expresses_are_dropped: schemas("\
A: { $schema: 'https://json-schema.org/draft/2020-12/schema', $comment: No, type: object, propertyNames: { pattern: a }, dependentRequired: { a: [b] } }
B: { type: object, if: { required: [a] }, then: { required: [b] }, else: {} }
C: { type: object, if: {}, dependentSchemas: { a: {} } }
D: { type: array, contains: { type: string }, minContains: 1, unevaluatedItems: false }");
    what_stands_beside_a_reference_is_said_of_the_whole: schemas("\
A: { $ref: '#/components/schemas/B', description: Not needed }
B: { type: object, properties: { c: { $ref: '#/components/schemas/C', description: Needed, deprecated: true }, d: { $ref: '#/components/schemas/C', title: No } } }
C: { $ref: '#/components/schemas/D', required: [d] }
D: { $ref: '#/components/schemas/E', nullable: true }
E: { allOf: [{ $ref: '#/components/schemas/F/allOf/0' }] }
F: { $ref: '#/components/schemas/G', allOf: [{ type: object }] }
G: { type: object }");
    definitions_are_components: schemas("\
A: { $defs: { Own: { type: string }, Both: { type: string } }, type: array, items: { $ref: '#/components/schemas/A/$defs/Own' } }
B: { $defs: { Both: { type: integer, $defs: { Deep: { type: boolean } } } }, type: array, items: { $ref: '#/$defs/Both' } }
C: { type: array, items: { $ref: '#/components/schemas/B/$defs/Both/$defs/Deep' } }
D: { $defs: { A: { type: string }, Node: { properties: { next: { $ref: '#/$defs/Node' } } } }, $ref: '#/$defs/A' }");
    schemas_are_found_by_their_anchors_and_ids: schemas("\
A: { $id: 'https://example.com/schemas/a.json', $anchor: first, type: string }
B: { type: array, items: { $ref: 'https://example.com/schemas/a.json' } }
C: { type: array, items: { $ref: '#first' } }
D: { type: array, items: { $ref: a.json } }
E: { $dynamicAnchor: node, type: object, properties: { e: { $dynamicRef: '#node' }, f: { $ref: '#' } } }");
    references_follow_what_was_moved: schemas("\
A: { anyOf: [{ type: 'null' }, { type: object, properties: { a: { type: string } } }] }
B: { type: array, items: { $ref: '#/components/schemas/A/anyOf/1/properties/a' } }
C: { type: array, items: { $ref: '#/components/schemas/A/anyOf/1' } }
D: { type: [array, string], items: { type: object } }
E: { type: array, items: { $ref: '#/components/schemas/D/items' } }");
    what_only_later_versions_have_around_schemas_is_left_out: root("\
jsonSchemaDialect: https://json-schema.org/draft/2020-12/schema
info: { title: Tiny, summary: Small, version: '1', license: { name: MIT, identifier: MIT } }
webhooks: { made: { post: {} } }
components: { securitySchemes: { tls: { type: mutualTLS } } }
");
    paths_may_be_components: root("\
info: { title: Tiny, version: '1' }
paths:
  /a: { $ref: '#/components/pathItems/A' }
components:
  pathItems:
    A: { get: { operationId: getA, callbacks: { done: { '{$request.body#/url}': { post: {} } } } } }
");
    forms_of_later_versions_are_told_of_in_earlier_ones: schemas_of("3.0.3", "\
A: { anyOf: [{ type: string }, { type: 'null' }] }
B: { const: a }
C: { type: 'null' }
D: { type: array, items: [{ type: string }, { type: integer }] }
E: { $ref: '#/components/schemas/B', nullable: true }
F: { type: string, contentEncoding: base64, examples: [YQ==] }
G: { definitions: { H: { type: string } }, type: array, items: { $ref: '#/components/schemas/G/definitions/H' } }
I: { type: [string, integer] }");
}

/// A mistake in what was moved is still shown where the text has it.
#[test]
fn places_are_those_of_the_text() {
    insta::assert_snapshot!(schemas(
        "\
A: { anyOf: [{ type: 'null' }, { type: object, colour: red, properties: { a: { anyOf: [{ type: 'null' }, { type: 'null' }, { type: string, colour: blue }] } } }] }
B: { $defs: { C: { type: string, enum: [1.10] } } }
D: { type: [array, string], items: { type: string, colour: green } }"
    ));
}
