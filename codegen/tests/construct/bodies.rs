//! Bodies that are neither JSON nor forms: parts, text and bytes, and several kinds of one body.

use crate::support::{Made, document, make};

/// A document whose operations have these bodies, each below a path of its own.
fn bodies(bodies: &[(&str, &str)], schemas: &str) -> Made {
    let mut paths = String::new();
    for (id, body) in bodies {
        paths.extend([
            &format!("  /{id}s:\n    post:\n      operationId: create_{id}\n"),
            &format!("      requestBody: {body}\n"),
            "      responses: { '204': { description: Done. } }\n",
        ]);
    }
    make(&document(&format!(
        "paths:\n{paths}components:\n  schemas:\n    Any: {{}}\n{schemas}"
    )))
}

#[test]
fn each_property_of_a_body_with_parts_is_sent_as_what_it_is() {
    let made = bodies(
        &[(
            "picture",
            "{ required: true, content: { multipart/form-data: { schema: { $ref: '#/components/schemas/NewPicture' }, encoding: {
              thumbnail: { contentType: image/png, headers: { X-Crop: { schema: { type: string } } } },
              mask: { contentType: 'image/png, image/gif' },
              note: { contentType: text/markdown },
              about: { contentType: application/ld+json } } } } }",
        )],
        "
    NewPicture:
      type: object
      required: [file, title, owner, password]
      properties:
        file: { type: string, format: binary, description: What is kept. }
        title: { type: string, maxLength: 20, pattern: '^[a-z]+$' }
        owner: { $ref: '#/components/schemas/Owner' }
        password: { type: string, format: password }
        thumbnail: { type: string, format: binary }
        mask: { type: string }
        note: { type: string, default: none }
        about: { type: object, properties: { license: { type: string } } }
        frames: { type: array, items: { type: string, format: binary } }
        tags: { type: array, items: { type: string } }
        owners: { type: array, items: { $ref: '#/components/schemas/Owner' } }
        either: { oneOf: [{ type: string }, { type: array, items: { type: string } }] }
        taken: { type: string, format: date-time }
        kind: { type: string, enum: [a, b] }
        raw: {}
        id: { type: string, readOnly: true }
      additionalProperties: { type: integer }
    Owner: { type: object, properties: { name: { type: string } } }
",
    );
    let made = made.silent();
    insta::assert_snapshot!(format!(
        "{}\n{}",
        made.method("create"),
        made.items(&["CreateRequest"])
    ));
}

#[test]
fn alternatives_of_a_body_with_parts_are_its_parts_together() {
    let file = "{ type: object, required: [name, file], properties: { name: { type: string }, file: { type: string, format: binary } } }";
    let link = "{ type: object, required: [name, url], properties: { name: { type: string }, url: { type: string } } }";
    let made = bodies(
        &[(
            "thing",
            &format!(
                "{{ content: {{ multipart/form-data: {{ schema: {{ oneOf: [{{ allOf: [{file}] }}, {link}] }} }} }} }}"
            ),
        )],
        "",
    );
    insta::assert_snapshot!(made.silent().items(&["CreateRequest"]));
}

#[test]
fn related_parts_are_sent_in_the_order_of_the_document() {
    let made = bodies(
        &[(
            "message",
            "{ required: true, content: { multipart/related: { schema: { type: object, properties: {
              jsonData: { type: object, properties: { id: { type: string } } }, binary: { type: string, format: binary } } },
              encoding: { jsonData: { contentType: application/json }, binary: { contentType: application/vnd.ngap, headers: { Content-Id: { schema: { type: string } } } } } } } }",
        )],
        "",
    );
    insta::assert_snapshot!(made.silent().items(&["CreateRequest"]));
}

#[test]
fn bytes_and_text_are_arguments_that_are_sent_as_they_are() {
    let made = bodies(
        &[
            (
                "image",
                "{ required: true, description: The picture., content: { 'image/*': { schema: { type: string, format: binary } } } }",
            ),
            ("archive", "{ content: { application/zip: {} } }"),
            (
                "anything",
                "{ required: true, content: { '*/*': { schema: { type: string, format: binary } } } }",
            ),
            (
                "note",
                "{ required: true, content: { text/plain: { schema: { type: string } } } }",
            ),
            (
                "level",
                "{ required: true, content: { text/plain: { schema: { type: string, enum: [low, high] } } } }",
            ),
            (
                "table",
                "{ content: { text/csv: { schema: { type: string, format: binary } } } }",
            ),
            (
                "offer",
                "{ required: true, content: { application/sdp: { schema: { type: string } } } }",
            ),
            (
                "line",
                "{ required: true, content: { application/x-ndjson: {} } }",
            ),
        ],
        "",
    );
    let made = made.silent();
    insta::assert_snapshot!(format!(
        "{}\n{}",
        made.methods(),
        made.modules()
            .flat_map(|(_, text)| text.lines())
            .filter(|line| line.contains("body: Some") || line.contains("        parts."))
            .collect::<Vec<_>>()
            .join("\n")
    ));
}

#[test]
fn kinds_of_a_body_that_carry_different_things_are_methods_of_their_own() {
    let schema = "{ type: object, properties: { name: { type: string } } }";
    let made = bodies(
        &[
            (
                "record",
                &format!("{{ required: true, content: {{ text/csv: {{ schema: {{ type: string }} }}, application/octet-stream: {{}}, application/json: {{ schema: {schema} }}, application/xml: {{ schema: {schema} }},
                  multipart/form-data: {{ schema: {{ type: object, properties: {{ name: {{ type: string }}, file: {{ type: string, format: binary }} }} }} }} }} }}"),
            ),
            (
                "equal",
                &format!("{{ content: {{ application/x-www-form-urlencoded: {{ schema: {schema} }}, 'application/json; charset=utf-8': {{ schema: {schema} }}, application/json: {{ schema: {schema} }}, multipart/form-data: {{ schema: {schema} }} }} }}"),
            ),
        ],
        "",
    );
    let made = made.silent();
    let operations = made
        .generated
        .report
        .documents
        .first()
        .map(|one| one.operations);
    assert_eq!(operations, Some(2), "a kind of body is no operation");
    insta::assert_snapshot!(format!("{}\n{}", made.methods(), made.method("create_csv")));
}

#[test]
fn what_is_sent_with_less_than_its_schema_says_is_told() {
    let made = bodies(
        &[
            ("part", "{ content: { multipart/mixed: {} } }"),
            (
                "file",
                "{ content: { multipart/form-data: { schema: { type: string } } } }",
            ),
            (
                "xml",
                "{ content: { application/xml: { schema: { type: object, properties: { a: { type: string } } } } } }",
            ),
            (
                "deep",
                "{ content: { multipart/form-data: { schema: { type: object, properties: { a: { type: object, properties: { b: { type: string } } } } }, encoding: { a: { contentType: application/x-www-form-urlencoded } } } } }",
            ),
            ("none", "{ content: {} }"),
        ],
        "",
    );
    insta::assert_snapshot!(format!("{}\n{}", made.diagnostics(), made.methods()));
}

#[test]
fn bodies_are_sent_with_any_method_and_json_has_many_names() {
    let made = make(
        "
openapi: 3.0.3
info: { title: Zoo, version: '1' }
servers: [{ url: 'https://zoo.example.com' }]
paths:
  /pets:
    get: { operationId: find_pets, requestBody: { content: { application/json: { schema: { type: string } } } }, responses: { '204': { description: Done. } } }
    delete: { operationId: delete_pets, requestBody: { content: { text/json: { schema: { type: string } } } }, responses: { '204': { description: Done. } } }
    patch: { operationId: patch_pets, requestBody: { content: { application/json-patch+json: { schema: { type: array, items: { type: object } } } } }, responses: { '204': { description: Done. } } }
    put: { operationId: put_pets, requestBody: { content: { '*/*': { schema: { type: object, properties: { a: { type: string } } } } } }, responses: { '204': { description: Done. } } }
    head: { operationId: head_pets, requestBody: { required: true, content: { application/octet-stream: {} } }, responses: { '204': { description: Done. } } }
",
    );
    let made = made.silent();
    let lines = made.modules().flat_map(|(_, text)| text.lines());
    let lines = lines.filter(|line| line.contains("id: \"") || line.contains("body: Some"));
    insta::assert_snapshot!(lines.collect::<Vec<_>>().join("\n"));
}
