//! One mistake of documents that others publish, and how the document is read all the same.

use std::fmt::Write as _;

use openapi_client_codegen::diagnostic::Diagnostics;
use openapi_client_codegen::document::{self, Selection};
use openapi_client_codegen::source::{Limits, Source};

/// What becomes of a part of a document, and what is said about it.
fn read_as(name: &str, text: &str, part: &str) -> String {
    let source = Source::read(name, text.as_bytes(), &Limits::default()).expect("a sound text");
    let mut diagnostics = Diagnostics::new();
    let checked = document::check_leniently(source, &Selection::default(), &mut diagnostics);
    let value = checked.as_ref().map(|checked| checked.value().clone());
    let document = checked.and_then(|checked| checked.read(&mut diagnostics));
    assert_eq!(document.is_none(), diagnostics.has_errors());
    assert!(
        diagnostics.iter().all(|one| one.position.is_some()),
        "a place is missing: {diagnostics}"
    );
    let mut lines = String::new();
    let value = value.filter(|_| document.is_some());
    for (key, member) in value
        .as_ref()
        .and_then(|value| value.pointer(part))
        .and_then(|value| value.as_object())
        .into_iter()
        .flatten()
    {
        let _ = writeln!(lines, "{key}: {member}");
    }
    let _ = write!(lines, "{diagnostics}");
    lines
}

fn around(rest: &str, part: &str) -> String {
    let text = format!("openapi: 3.0.3\ninfo: {{ title: Tiny, version: '1' }}\n{rest}");
    read_as("api.yaml", &text, part)
}

fn paths(paths: &str) -> String {
    around(
        &format!("paths:\n  {}\n", paths.replace('\n', "\n  ")),
        "/paths",
    )
}

fn schemas(schemas: &str) -> String {
    let indented = schemas.replace('\n', "\n    ");
    let rest = format!("paths: {{}}\ncomponents:\n  schemas:\n    {indented}\n");
    around(&rest, "/components/schemas")
}

/// One operation with these members.
fn operation(members: &str) -> String {
    let indented = members.replace('\n', "\n    ");
    paths(&format!(
        "/a:\n  get:\n    {indented}\n    responses: {{ '200': {{ description: Done }} }}"
    ))
}

macro_rules! repairs {
    ($($name:ident: $text:expr;)+) => {
        $(#[test] fn $name() { insta::assert_snapshot!($text); })+
    };
}

repairs! {
    words_that_are_no_types_mean_one: schemas("\
A: { type: file }
B: { type: float }
C: { type: datetime }
D: { type: any }
E: { type: Int64 }
F: { type: strng }
G: { type: [string, 3] }
H: string");
    an_enum_without_values_is_none: schemas("A: { type: string, enum: [] }");
    equal_values_of_an_enum_count_once: schemas("A: { type: string, enum: [a, b, a, 1, '1'] }");
    values_of_another_type_say_that_the_type_is_wrong: schemas("\
A: { type: integer, enum: [small, large] }
B: { type: integer, enum: [1, two] }
C: { type: array, items: { type: string }, enum: [a, b] }");
    booleans_are_schemas: schemas("A: true\nB: false\nC: { type: array, items: true }");
    null_is_nothing_wherever_it_stands: schemas("A:\nB: { type: object, properties: , required: , items: null, description: }\nC: { type: object, properties: { a: } }");
    a_schema_that_is_none_is_any_value: schemas("A: cat\nB: [1]\nC: { type: object, properties: { a: 3 } }\nD: { type: array, items: 3 }");
    one_part_without_a_list_is_a_list: schemas("A: { allOf: { type: object } }");
    numbers_and_flags_in_quotes_are_meant: schemas("A: { type: integer, minimum: '1', maxLength: '2', nullable: 'true', exclusiveMinimum: 'x' }");
    a_value_of_the_wrong_kind_is_ignored: schemas("A: { type: object, title: [a], properties: [1], required: { a: b } }");
    a_misspelt_key_is_read_as_what_it_means: schemas("A: { type: object, propertys: { a: { typ: [string, 'null'] } } }");
    a_reference_to_nothing_is_any_value: schemas("\
A: { type: object, properties: { b: { $ref: '#/components/schemas/Nothing' } } }
B: { $ref: '#/components/schemas/B' }
C: { $ref: 'https://example.com/c.json' }
D: { $ref: 3 }");
    a_reference_to_the_wrong_section_is_one_to_the_right_one: schemas("A: { type: array, items: { $ref: '#/definitions/B' } }\nB: { type: string }\nC: { type: array, items: { $ref: 'B' } }");
    a_reference_may_lead_anywhere: around("\
paths:
  /a:
    get: { responses: { '200': { description: A, content: { application/json: { schema: { type: object, properties: { a: { type: string } } } } } } } }
components:
  schemas:
    A: { type: array, items: { $ref: '#/paths/~1a/get/responses/200/content/application~1json/schema' } }
    B: { type: array, items: { $ref: '#/x-schemas/B%20b' } }
    C: { type: array, items: { $ref: '#/components/parameters/C' } }
    Ärger & co: { type: array, items: { $ref: '#/components/schemas/%C3%84rger%20&%20co' } }
  parameters: { C: { name: c, in: query, schema: { type: string } } }
x-schemas: { 'B b': { type: object } }
", "/components/schemas");
    other_references_to_nothing_are_left_out: paths("\
/a:
  get:
    parameters: [{ $ref: '#/components/parameters/Nothing' }, { name: b, in: query, schema: { type: string } }]
    requestBody: { $ref: '#/components/requestBodies/Nothing' }
    responses: { '200': { $ref: '#/components/responses/Nothing' }, '404': { description: No } }
/b: { $ref: '#/components/pathItems/Nothing' }");
    what_refers_to_what_is_left_out_is_left_out: around("\
paths:
  /a: { get: { responses: { '200': { $ref: '#/components/responses/A' } } } }
components:
  responses: { A: { $ref: '#/components/responses/B' }, B: { $ref: other.yaml } }
", "/paths");
    a_later_operation_of_one_id_is_called_otherwise: paths("\
/a: { get: { operationId: list, responses: { '200': { description: A } } } }
/b/{id}: { get: { operationId: list, parameters: [{ name: id, in: path, required: true, schema: { type: string } }], responses: { '200': { description: B } } } }");
    parameters_of_paths_are_what_the_path_says: paths("\
/a/{id}:
  get:
    parameters: [{ name: ids, in: path, schema: { type: string } }]
    responses: { '200': { description: A } }
/b/{id}:
  get:
    responses: { '200': { description: B } }
/c:
  get:
    parameters: [{ name: id, in: path, required: true, schema: { type: string } }, { name: c, in: query, schema: { type: string } }]
    responses: { '200': { description: C } }");
    the_first_of_two_equal_parameters_is_used: operation("parameters: [{ name: a, in: query, schema: { type: string } }, { name: a, in: query, schema: { type: integer } }]");
    a_parameter_without_a_place_is_left_out: operation("parameters: [{ name: a, schema: { type: string } }, { name: b, in: body, schema: {} }, { name: c, in: query, required: 'true', schema: { type: string } }]");
    a_path_that_is_none_is_mended_or_left_out: paths("a: { get: { responses: { '200': { description: A } } } }\n'/b/{c': {}\n/d: 3");
    a_status_that_is_none_is_mended_or_left_out: paths("/a: { get: { responses: { 200: { description: A }, '404 Not Found': { description: B }, ok: { description: C }, defualt: } } }");
    an_unknown_scheme_is_ignored: operation("security: [{ nobody: [] }]");
    a_scheme_that_lacks_what_it_needs_is_left_out: around("\
paths: {}
security: [{ a: [] }, { c: [] }]
components:
  securitySchemes:
    a: { type: apiKey, in: header }
    b: { type: oauth2 }
    c: { type: mutualTLS }
", "/components/securitySchemes");
    the_name_of_a_scheme_is_a_requirement: around("\
paths: {}
security: [key]
components: { securitySchemes: { key: { type: http, scheme: basic } } }
", "");
    a_key_that_is_sent_nowhere_is_left_out: around("\
paths: {}
components:
  securitySchemes:
    a: { type: apiKey, in: body, name: key }
    b: { type: apiKey, in: header, name: [key] }
    c: { type: http, scheme: 1 }
", "/components/securitySchemes");
    a_document_without_a_title_is_read: read_as("api.yaml", "openapi: 3.0\ninfo: { version: 1 }\n", "");
    servers_may_be_anything: around("servers: { url: /v1/ }\npaths: {}\n", "");
    requirements_may_be_a_mapping_and_a_path_may_have_one_parameter_twice: around("\
security: { key: [] }
paths:
  /a/{id}/b/{id}: { get: { responses: { '200': { description: A } } } }
components:
  securitySchemes:
    key: { type: apiKey, name: key, in: header }
", "");
    json_may_have_tabs_in_a_file_of_any_name: read_as("api.yaml", "{\n\t\"openapi\": \"3.0.3\",\n\t\"info\": { \"title\": \"Tiny\", \"version\": 1 },\n\t\"paths\": {}\n}", "");
    the_first_of_two_equal_keys_is_used: schemas("A: { type: string }\nB: { type: object, properties: { a: { type: string }, a: { type: integer } } }");
    numbers_out_of_range_are_the_largest: read_as("api.json", "{\n\"openapi\": \"3.0.3\", \"info\": { \"title\": \"Tiny\", \"version\": \"1\" }, \"paths\": {}, \"components\": { \"schemas\": {\n\"A\": { \"type\": \"number\", \"minimum\": -1e999, \"maximum\": 1E+400, \"maxLength\": 1e30, \"default\": 123456789012345678901234567890 } } } }", "/components/schemas");
    anchors_merges_and_a_byte_order_mark_are_no_mistake: read_as("api.yaml", "\u{FEFF}openapi: 3.0.3\ninfo: { title: Tiny, version: '1' }\npaths: {}\ncomponents:\n  schemas:\n    A: &a { type: object, title: A }\n    B: { <<: *a, title: B }\n", "/components/schemas");
    all_mistakes_are_errors_where_one_of_them_is: around("pahts:\n  /a: { get: { operationId: list, responses: { '200': { $ref: '#/components/responses/A' } } } }\n  /b: { get: { operationId: list, parameters: [{ name: b, in: querry }], responses: {} } }\n", "");
}
