//! Damaged documents: whatever they say, the answer is a document or errors, never a panic.

use openapi_client_codegen::diagnostic::Diagnostics;
use openapi_client_codegen::document::{self, Checked, Selection};
use openapi_client_codegen::source::{Limits, Source};
use serde_json::Value;

const SEED: &str = "\
openapi: 3.0.3
info: { title: &t Zoo, version: '1' }
servers: [{ url: 'https://{region}.example.com', variables: { region: { default: a, enum: [a, b] } } }]
security: [{ basic: [] }]
tags: [{ name: *t, externalDocs: { url: 'https://example.com' } }]
paths:
  /v2/Pets/{id}:
    parameters: [{ $ref: '#/components/parameters/Id' }]
    post:
      operationId: createPet
      requestBody: { content: { application/x-www-form-urlencoded: { schema: { $ref: '#/components/schemas/Pet' }, encoding: { a: { style: form } } } } }
      responses:
        200: { description: Made, headers: { X: { schema: { type: integer, minimum: 1 } } }, content: { application/json: { example: { a: 1 } } } }
        default: { $ref: '#/components/responses/Bad' }
components:
  securitySchemes: { basic: { type: http, scheme: basic }, o: { type: oauth2, flows: { password: { tokenUrl: u, scopes: {} } } } }
  parameters:
    Id: { name: id, in: path, required: true, style: simple, schema: { type: string, pattern: '^a$', maxLength: 3 } }
  responses: { Bad: { description: Bad, content: { application/json: { schema: { $ref: '#/components/schemas/Pet/properties/kind' } } } } }
  schemas:
    Base: { type: object, required: [kind], discriminator: { propertyName: kind, mapping: { a: '#/components/schemas/Pet' } } }
    Pet: { allOf: [{ $ref: '#/components/schemas/Base' }], properties: { kind: { type: string, enum: [a, b], nullable: true }, list: { type: array, items: { type: number } } }, additionalProperties: false }
";

/// A small generator of numbers that is the same on every machine (xorshift).
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % u64::try_from(limit.max(1)).unwrap_or(1)).unwrap_or(0)
    }
}

/// A seed with the forms of 3.1.
const MODERN: &str = "\
openapi: 3.1.0
info: { title: Zoo, summary: Small, version: '1', license: { name: MIT, identifier: MIT } }
jsonSchemaDialect: https://json-schema.org/draft/2020-12/schema
webhooks: { made: { post: {} } }
paths:
  /pets/{id}: { $ref: '#/components/pathItems/Pets' }
  /cats/{id}: { $ref: '#/paths/~1pets~1{id}' }
components:
  pathItems:
    Pets:
      parameters: [{ $ref: '#/components/parameters/Id' }]
      get: { operationId: a, responses: { 200: { description: A, content: { application/json: { schema: { $ref: '#/components/schemas/Pet/$defs/Kind' } } } } } }
      put: { operationId: b, callbacks: { done: { '{$url}': { post: {} } } } }
  parameters: { Id: { name: id, in: path, required: true, schema: { type: [string, integer, 'null'], const: a } } }
  schemas:
    Pet: { $id: pet, $defs: { Kind: { enum: [a, null], $anchor: kind } }, anyOf: [{ $ref: '#/$defs/Kind' }, { type: 'null' }], examples: [a] }
    List: { type: [array, object], prefixItems: [{ $ref: '#kind' }, { type: string }], items: false, patternProperties: { a: true }, unevaluatedProperties: false }
    Node: { $dynamicAnchor: node, properties: { next: { $dynamicRef: '#node', description: A }, n: { exclusiveMinimum: 1, minimum: 0 } }, if: {}, then: {} }
    Both: { $ref: '#/components/schemas/Node', nullable: true, required: [a], allOf: [{ oneOf: [{ oneOf: [{ type: string }, { type: 'null' }] }, { const: null }] }] }
    Data: { type: string, contentEncoding: base64, contentMediaType: image/png }
";

type Check = fn(Source, &Selection, &mut Diagnostics) -> Option<Checked>;

fn survives(name: &str, bytes: &[u8]) {
    survives_as(name, bytes, document::check_leniently);
}

fn survives_as(name: &str, bytes: &[u8], check: Check) {
    let Ok(source) = Source::read(name, bytes, &Limits::default()) else {
        return;
    };
    let mut diagnostics = Diagnostics::new();
    let checked = check(source, &Selection::default(), &mut diagnostics);
    let value = checked.as_ref().map(|checked| checked.value().clone());
    let document = checked.and_then(|checked| checked.read(&mut diagnostics));
    assert_eq!(document.is_none(), diagnostics.has_errors());
    for one in &diagnostics {
        assert!(one.position.is_some() || one.place.is_none(), "{one}");
    }
    if let (Some(value), Some(_), false) = (value, document, diagnostics.is_empty()) {
        is_sound(value, bytes);
    }
}

/// What a document became is one of 3.0 that nothing is wrong with.
fn is_sound(mut value: Value, bytes: &[u8]) {
    value["openapi"] = "3.0.3".into();
    let text = value.to_string();
    let limits = Limits {
        depth: 120,
        ..Limits::default()
    };
    let Ok(source) = Source::read("again.json", text.as_bytes(), &limits) else {
        return;
    };
    let mut diagnostics = Diagnostics::new();
    let again = document::check(source, &Selection::default(), &mut diagnostics);
    let again = again.and_then(|again| again.read(&mut diagnostics));
    assert!(
        again.is_some(),
        "{diagnostics}\n{text}\n{}",
        String::from_utf8_lossy(bytes)
    );
}

const PIECES: [&str; 24] = [
    "{",
    "}",
    "[",
    "]",
    ": ",
    "- ",
    "\n",
    "\t",
    "null",
    "~",
    "'",
    "\"",
    "&x ",
    "*x",
    "*t",
    "<<: ",
    "$ref: ",
    "-1",
    "1e999",
    "99999999999999999999",
    "ä",
    "#/components/schemas/Pet",
    "x-",
    "!!binary ",
];

#[test]
fn texts_with_random_damage_are_read_or_refused() {
    let mut random = Random(0x2545_F491_4F6C_DD1D);
    for seed in [SEED, MODERN].repeat(400) {
        let mut letters: Vec<char> = seed.chars().collect();
        for _ in 0..=random.below(3) {
            let at = random.below(letters.len());
            let end = (at + random.below(12)).min(letters.len());
            let piece = PIECES
                .get(random.below(PIECES.len()))
                .copied()
                .unwrap_or_default();
            letters.splice(at..end, piece.chars());
        }
        let text: String = letters.into_iter().collect();
        survives("zoo.yaml", text.as_bytes());
        survives_as("zoo.yaml", text.as_bytes(), document::check);
    }
}

#[test]
fn documents_with_any_value_in_any_place_are_read_or_refused() {
    any_value_in_any_place(SEED);
}

#[test]
fn documents_of_later_versions_with_any_value_in_any_place_are_read_or_refused() {
    any_value_in_any_place(MODERN);
}

fn any_value_in_any_place(seed: &str) {
    let source =
        Source::read("zoo.yaml", seed.as_bytes(), &Limits::default()).expect("a sound text");
    for place in &places(source.value()) {
        for value in VALUES {
            let mut damaged = source.value().clone();
            if let Some(target) = damaged.pointer_mut(place) {
                *target = serde_json::from_str(value).expect("a value");
            }
            survives("zoo.json", damaged.to_string().as_bytes());
        }
    }
}

/// The pointers of all values.
fn places(value: &serde_json::Value) -> Vec<String> {
    let mut places = Vec::new();
    let mut waiting = vec![(String::new(), value)];
    while let Some((pointer, value)) = waiting.pop() {
        let step = |key: &str| format!("{pointer}/{}", key.replace('~', "~0").replace('/', "~1"));
        waiting.extend(
            value
                .as_object()
                .into_iter()
                .flatten()
                .map(|(key, value)| (step(key), value)),
        );
        waiting.extend(
            value
                .as_array()
                .into_iter()
                .flatten()
                .enumerate()
                .map(|(at, value)| (step(&at.to_string()), value)),
        );
        places.push(pointer);
    }
    places
}

const VALUES: [&str; 18] = [
    "null",
    "true",
    "-1.5",
    "18446744073709551615",
    "\"\"",
    "\"a\"",
    "[]",
    "[null]",
    "[\"a\", \"null\"]",
    "{}",
    "{\"a\":null}",
    "{\"$ref\":\"#\"}",
    "{\"$ref\":\"#/components/schemas/Pet\"}",
    "{\"$ref\":\"#/x-here/a\"}",
    "{\"$ref\":\"a\"}",
    "{\"$ref\":1}",
    "[[[]]]",
    "[{\"name\":\"id\",\"in\":\"path\"},{\"name\":\"id\",\"in\":\"path\"}]",
];

#[test]
fn schemas_nested_to_the_limit_are_read_or_refused() {
    for (open, close) in [
        ("{\"type\":[\"array\",\"object\"],\"items\":", "}"),
        ("{\"$ref\":\"#/components/schemas/A\",\"items\":", "}"),
        ("{\"$defs\":{\"A\":", "}}"),
        ("{\"prefixItems\":[{},", "]}"),
        ("{\"items\":", "}"),
        ("{\"allOf\":[", "]}"),
        ("{\"properties\":{\"a\":", "}}"),
        ("{\"additionalProperties\":", "}"),
    ] {
        let nested = format!("{}{{}}{}", open.repeat(46), close.repeat(46));
        for version in ["3.0.0", "3.1.0"] {
            let text = format!(
                "{{\"openapi\":\"{version}\",\"info\":{{\"title\":\"\",\"version\":\"\"}},\"paths\":{{}},\"components\":{{\"schemas\":{{\"A\":{nested}}}}}}}"
            );
            survives("deep.json", text.as_bytes());
        }
    }
}
