//! Which operations and components a selection leaves, and what references lead to.

use openapi_client_codegen::diagnostic::{Diagnostics, Place};
use openapi_client_codegen::document::{self, Checked, Document, Selection};
use openapi_client_codegen::source::{Limits, Source};
use openapiv3::{ReferenceOr, SchemaKind, Type};

const ZOO: &str = "\
openapi: 3.0.3
info: { title: Zoo, version: '1' }
security: [{ basic: [] }]
paths:
  /v2/Pets:
    get:
      operationId: listPets
      responses: { '200': { $ref: '#/components/responses/Pets' } }
    post:
      operationId: createPet
      requestBody: { $ref: '#/components/requestBodies/Pet' }
      responses: { '200': { description: Made } }
  /v2/Pets/{id}:
    parameters: [{ $ref: '#/components/parameters/Id' }]
    get: { operationId: fetchPet, responses: { '200': { $ref: '#/components/responses/Owner' } } }
  /v2/Keepers:
    get: { operationId: listKeepers, security: [{ key: [] }], responses: { '200': { $ref: '#/components/responses/Keepers' } } }
components:
  securitySchemes:
    basic: { type: http, scheme: basic }
    key: { type: apiKey, in: header, name: key }
  parameters:
    Id: { name: id, in: path, required: true, schema: { $ref: '#/components/schemas/Id' } }
  requestBodies:
    Pet: { content: { application/json: { schema: { $ref: '#/components/schemas/Pet' } } } }
  responses:
    Pets: { description: Pets, content: { application/json: { schema: { type: array, items: { $ref: '#/components/schemas/Pet' } } } } }
    Keepers: { description: Keepers, content: { application/json: { schema: { $ref: '#/components/schemas/Keeper' } } } }
    Owner: { description: Owner, content: { application/json: { schema: { $ref: '#/components/schemas/Pet/properties/owner' } } } }
  schemas:
    Id: { type: string }
    Pet: { type: object, properties: { id: { $ref: '#/components/schemas/Identifier' }, owner: { type: object, properties: { name: { type: string } } } } }
    Identifier: { $ref: '#/components/schemas/Id' }
    Keeper: { type: object, properties: { boss: { $ref: '#/components/schemas/Keeper' } } }
    Nobody: { type: object }
";

fn check(include: &[&str]) -> Result<Checked, String> {
    let source =
        Source::read("zoo.yaml", ZOO.as_bytes(), &Limits::default()).expect("a sound text");
    let selection = Selection {
        include: include.iter().map(|&pattern| pattern.to_owned()).collect(),
    };
    let mut diagnostics = Diagnostics::new();
    document::check(source, &selection, &mut diagnostics).ok_or_else(|| diagnostics.to_string())
}

fn read(checked: Checked) -> Document {
    let mut diagnostics = Diagnostics::new();
    checked.read(&mut diagnostics).expect("a sound document")
}

/// The operations and components that are left, one on a line.
fn left(include: &[&str]) -> String {
    let checked = match check(include) {
        Ok(checked) => checked,
        Err(refusal) => return refusal,
    };
    let sections = checked.value()["components"].as_object().cloned();
    let document = read(checked);
    let operations = document.api().operations();
    let mut lines: Vec<String> = operations
        .map(|(path, method, _)| format!("{method} {path}"))
        .collect();
    for (section, members) in sections.into_iter().flatten() {
        let members = members.as_object();
        let names: Vec<&String> = members
            .into_iter()
            .flat_map(serde_json::Map::keys)
            .collect();
        lines.push(format!("{section}: {names:?}"));
    }
    lines.join("\n")
}

#[test]
fn without_a_pattern_everything_is_left() {
    insta::assert_snapshot!(left(&[]));
}

#[test]
fn a_pattern_for_paths_keeps_what_its_operations_reach() {
    insta::assert_snapshot!(left(&["/v2/Pets*"]));
}

#[test]
fn an_operation_id_keeps_one_operation_of_a_path() {
    insta::assert_snapshot!(left(&["create*", "listKeepers"]));
}

#[test]
fn a_pattern_that_matches_nothing_is_an_error() {
    insta::assert_snapshot!(left(&["/v2/Pets", "/v2/Pet", "fetch"]));
}

#[test]
fn references_give_the_object_and_the_name_of_its_component() {
    let document = read(check(&[]).expect("a sound document"));
    let schema = ReferenceOr::ref_("#/components/schemas/Identifier");
    let (name, schema) = document.schema(&schema).expect("a schema");
    assert_eq!(name, Some("Id"));
    assert!(matches!(
        schema.schema_kind,
        SchemaKind::Type(Type::String(_))
    ));
    let parameter = ReferenceOr::ref_("#/components/parameters/Id");
    assert_eq!(
        document
            .parameter(&parameter)
            .map(|one| one.parameter_data_ref().name.as_str()),
        Some("id")
    );
    assert!(
        document
            .schema(&ReferenceOr::ref_("#/components/schemas/Nothing"))
            .is_none()
    );
}

#[test]
fn a_reference_into_a_component_leads_to_a_component_of_its_own() {
    let document = read(check(&["fetchPet"]).expect("a sound document"));
    let (name, _) = document
        .schema_at("#/components/schemas/PetOwner")
        .expect("a schema");
    assert_eq!(name, Some("PetOwner"));
    let place = Place::value(
        "/components/schemas/PetOwner/properties/name/type"
            .parse()
            .expect("a pointer"),
    );
    let position = document.locate(&place).expect("a position");
    assert_eq!(document.source().text().get(position.span), Some("string"));
}

#[test]
fn a_path_that_is_only_a_reference_has_the_operations_of_the_other() {
    let text = "openapi: 3.0.3\ninfo: { title: A, version: '1' }\npaths:\n  /a: { $ref: '#/paths/~1b' }\n  /b: { $ref: '#/paths/~1c' }\n  /c: { get: { responses: { '200': { description: C } } } }\n";
    let source = Source::read("a.yaml", text.as_bytes(), &Limits::default()).expect("a sound text");
    let mut diagnostics = Diagnostics::new();
    let checked = document::check(source, &Selection::default(), &mut diagnostics);
    let document = read(checked.expect("a sound document"));
    let operations: Vec<_> = document
        .api()
        .operations()
        .map(|(path, method, _)| (method, path))
        .collect();
    assert_eq!(operations, [("get", "/a"), ("get", "/b"), ("get", "/c")]);
}
