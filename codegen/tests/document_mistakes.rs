//! One mistake in a tiny document, and what its author is told.

use openapi_client_codegen::diagnostic::Diagnostics;
use openapi_client_codegen::document::{self, Selection};
use openapi_client_codegen::source::{Limits, Source};

/// Everything that is said about a document, as it is shown.
fn report(text: &str) -> String {
    let mut diagnostics = Diagnostics::new();
    match Source::read("api.yaml", text.as_bytes(), &Limits::default()) {
        Ok(source) => {
            let checked = document::check(source, &Selection::default(), &mut diagnostics);
            let document = checked.and_then(|checked| checked.read(&mut diagnostics));
            assert_eq!(document.is_none(), diagnostics.has_errors());
        }
        Err(refused) => diagnostics = refused,
    }
    assert!(
        diagnostics.iter().all(|one| one.position.is_some()),
        "a place is missing: {diagnostics}"
    );
    diagnostics.to_string()
}

/// A sound document around paths and components.
fn around(rest: &str) -> String {
    format!("openapi: 3.0.3\ninfo: {{ title: Tiny, version: '1' }}\n{rest}")
}

/// One operation with these members, in the path `/pets`.
fn operation(members: &str) -> String {
    let indented = members.replace('\n', "\n      ");
    around(&format!(
        "paths:\n  /pets:\n    get:\n      {indented}\n      responses: {{ '200': {{ description: Done }} }}\n"
    ))
}

/// Schemas of components.
fn schemas(schemas: &str) -> String {
    let indented = schemas.replace('\n', "\n    ");
    around(&format!(
        "paths: {{}}\ncomponents:\n  schemas:\n    {indented}\n"
    ))
}

macro_rules! mistakes {
    ($($name:ident: $text:expr;)+) => {
        $(#[test] fn $name() { insta::assert_snapshot!(report(&$text)); })+
    };
}

mistakes! {
    a_misspelt_location_suggests_the_right_one:
        operation("parameters:\n  - { name: limit, in: querry, schema: { type: integer } }");
    a_misspelt_root_key_is_the_only_complaint:
        around("pahts:\n  /pets:\n    get:\n      responses:\n        '200':\n          $ref: '#/components/responses/Pet'\ncomponents:\n  responses:\n    Pet: { description: A pet }");
    misspelt_components_do_not_make_references_unresolved:
        around("paths:\n  /pets:\n    get:\n      responses:\n        '200': { $ref: '#/components/responses/Pet' }\ncompnents:\n  responses:\n    Pet: { description: A pet }");
    three_mistakes_are_reported_together: around("\
paths:
  /pets/{id}:
    parameters:
      - { name: id, in: pth, required: true, schema: { type: string } }
    get:
      summary: [a, list]
      responses:
        '200': { $ref: '#/components/responses/Pat' }
components:
  responses:
    Pet: { description: A pet }
");
    a_missing_key_is_named_at_its_object: operation("parameters:\n  - in: query\n    schema: { type: integer }");
    a_document_without_info_says_so: "openapi: 3.0.3\npaths: {}\n";
    an_unresolved_reference_suggests_the_nearest_name:
        schemas("Credential: { type: object }\nPage:\n  type: array\n  items: { $ref: '#/components/schemas/Credentail' }");
    an_unresolved_reference_without_a_near_name_says_where_to_add_it:
        schemas("Page:\n  type: array\n  items: { $ref: '#/components/schemas/Elephant' }");
    a_reference_to_another_kind_of_object_is_refused: around("\
paths: {}
components:
  examples:
    Pet: { value: cat }
  schemas:
    Pets: { type: array, items: { $ref: '#/components/examples/Pet' } }
");
    references_in_a_circle_are_reported_once:
        schemas("A: { $ref: '#/components/schemas/B' }\nB: { $ref: '#/components/schemas/C' }\nC: { $ref: '#/components/schemas/A' }\nD: { $ref: '#/components/schemas/A' }");
    a_reference_to_another_host_is_refused: schemas("A: { $ref: 'https://example.com/a.yaml#/A' }");
    a_reference_to_another_file_is_refused: schemas("A: { $ref: 'common.yaml#/A' }");
    a_repeated_operation_id_names_the_line_of_the_first: around("\
paths:
  /a:
    get: { operationId: list, responses: { '200': { description: A } } }
  /b:
    get: { operationId: list, responses: { '200': { description: B } } }
");
    an_undeclared_path_parameter_suggests_the_one_that_was_meant: around("\
paths:
  /pets/{petId}:
    get:
      parameters:
        - { name: petIdd, in: path, required: true, schema: { type: string } }
      responses: { '200': { description: A pet } }
");
    a_path_parameter_that_nothing_declares_is_read_as_text: around("\
paths:
  /pets/{petId}:
    get:
      responses: { '200': { description: A pet } }
");
    a_path_parameter_that_the_path_does_not_have_is_refused:
        operation("parameters:\n  - { name: id, in: path, required: true, schema: { type: string } }");
    a_parameter_that_is_declared_twice_is_refused: operation("\
parameters:
  - { name: limit, in: query, schema: { type: integer } }
  - { name: limit, in: header, schema: { type: integer } }
  - { name: limit, in: query, schema: { type: string } }");
    a_path_without_a_slash_is_refused: around("paths:\n  pets: {}\n  '/pets/{id': {}\n");
    operators_of_uri_templates_are_read_as_plain_parameters: around("\
paths:
  /pets/{ids*}:
    get:
      parameters:
        - { name: ids, in: path, required: true, schema: { $ref: '#/components/schemas/Id' } }
      responses: { '200': { description: Pets } }
components:
  schemas:
    Id: { type: string }
");
    a_list_where_text_belongs_is_refused: operation("summary:\n  - Lists\n  - pets");
    text_where_a_mapping_belongs_is_refused: schemas("Pet: cat");
    a_mapping_where_a_list_belongs_is_refused: operation("tags: { a: b }");
    enum_values_of_the_wrong_kind_are_refused: schemas("Size:\n  type: integer\n  enum: [1, two, [3]]");
    enum_values_without_quotes_are_read_as_text: schemas("Size:\n  type: string\n  enum: [small, 1.10, true]");
    an_unknown_security_scheme_suggests_the_declared_one: around("\
paths: {}
security:
  - baisc: []
components:
  securitySchemes:
    basic: { type: http, scheme: basic }
");
    a_security_scheme_lacks_what_its_type_requires: around("\
paths: {}
components:
  securitySchemes:
    key: { type: apiKey, name: key }
");
    a_stray_key_is_only_a_warning: schemas("Pet: { type: object, colour: red, x-own: 1 }");
    a_misspelt_key_is_an_error: schemas("Pet: { type: object, propertys: {} }");
    a_misspelt_type_suggests_the_right_one: schemas("Pet: { type: strng }");
    a_key_in_the_wrong_case_is_repaired: schemas("Pet: { type: object, Description: A pet }");
    a_version_that_is_a_number_is_read_as_it_is_written: "openapi: 3.0.3\ninfo: { title: Tiny, version: 1.10 }\npaths: {}\n";
    a_response_without_a_description_is_repaired: around("paths:\n  /a:\n    get:\n      responses:\n        200: {}\n");
    a_key_of_responses_that_is_no_status_is_refused:
        around("paths:\n  /a:\n    get:\n      responses:\n        ok: { description: A }\n        defualt: { description: B }\n        4XX: { description: C }\n");
    forms_of_later_versions_are_repaired: schemas("A: { type: [string, 'null'] }\nB: { type: integer, exclusiveMinimum: 3 }\nC: { type: object, required: true }");
    forms_of_swagger_are_repaired: operation("parameters:\n  - { name: limit, in: query, type: integer }");
    keys_without_a_value_are_ignored: operation("summary:\ntags:");
    paths_that_differ_in_names_only_are_reported: around("\
paths:
  /pets/{a}:
    get:
      parameters: [{ name: a, in: path, required: true, schema: { type: string } }]
      responses: { '200': { description: A } }
  /pets/{b}:
    delete:
      parameters: [{ name: b, in: path, required: true, schema: { type: string } }]
      responses: { '200': { description: B } }
");
    a_later_version_is_refused: "openapi: 3.2.0\ninfo: {}\n";
    swagger_is_refused: "swagger: '2.0'\ninfo: {}\n";
    something_else_is_refused: "name: ci\non: push\n";
    a_repeated_key_is_reported_with_other_mistakes:
        schemas("Pet:\n  type: object\n  properties:\n    name: { type: string }\n    name: { type: strng }\nPat:\n  type: objct");
}
