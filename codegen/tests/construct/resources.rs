//! Operations and the methods that they become.

use crate::support::{document, make, operations};

#[test]
fn methods_are_named_after_operation_ids_without_the_resource() {
    let made = operations(&[
        ("get", "/v1/Credentials", "operationId: ListCredential"),
        ("post", "/v1/Credentials", "operationId: CreateCredential"),
        (
            "get",
            "/v1/Credentials/{Sid}",
            "operationId: FetchCredential",
        ),
        (
            "post",
            "/v1/Credentials/{Sid}",
            "operationId: UpdateCredential",
        ),
        (
            "delete",
            "/v1/Credentials/{Sid}",
            "operationId: DeleteCredential",
        ),
    ]);
    insta::assert_snapshot!(made.silent().methods());
}

#[test]
fn methods_without_operation_ids_are_named_after_what_they_do() {
    let made = operations(&[
        ("get", "/pets", ""),
        ("post", "/pets", ""),
        ("get", "/pets/{id}", ""),
        ("put", "/pets/{id}", ""),
        ("patch", "/pets/{id}", ""),
        ("delete", "/pets/{id}", ""),
        ("head", "/pets", ""),
        ("options", "/pets", ""),
        ("trace", "/pets", ""),
    ]);
    insta::assert_snapshot!(made.silent().methods());
}

#[test]
fn resources_of_one_name_are_told_apart_by_their_parents() {
    let made = operations(&[
        (
            "get",
            "/v1/Services/{Sid}/Channels",
            "operationId: ListChannel",
        ),
        (
            "get",
            "/v1/Users/{Sid}/Channels",
            "operationId: ListUserChannel",
        ),
        ("get", "/v1/Users", "operationId: ListUser"),
    ]);
    insta::assert_snapshot!(made.silent().methods());
}

#[test]
fn an_operation_that_is_deprecated_is_marked() {
    let made = operations(&[
        ("get", "/pets", "operationId: listPets, deprecated: true"),
        ("get", "/pets/{id}", "operationId: fetchPet"),
    ]);
    let made = made.silent();
    insta::assert_snapshot!(format!("{}\n{}", made.method("list"), made.method("fetch")));
}

#[test]
fn a_module_whose_operations_are_all_deprecated_is_marked_once() {
    let text = crate::support::operations_document(&[(
        "get",
        "/pets",
        "operationId: listPets, deprecated: true",
    )]);
    let made = crate::support::make_all(&[("old.yaml", Some("old"), &text)]).silent();
    let client = made.files().get("src/client.rs").unwrap_or_default();
    let accessor = client
        .lines()
        .skip_while(|line| !line.contains("/// Tiny."))
        .take(7);
    insta::assert_snapshot!(format!(
        "{}\n\n{}",
        accessor.collect::<Vec<_>>().join("\n"),
        made.method("list")
    ));
}

#[test]
fn what_cannot_be_expressed_is_left_out_with_a_reason() {
    let made = make(&document(
        "
paths:
  /json:
    post:
      requestBody: { content: { application/json: { schema: { type: object } } } }
      responses: { '204': { description: Done } }
  /cookie:
    get:
      parameters: [{ name: session, in: cookie, schema: { type: string } }]
      responses: { '204': { description: Done } }
  /token:
    get:
      security: [{ token: [] }]
      responses: { '204': { description: Done } }
  /deep:
    get:
      parameters: [{ name: filter, in: query, style: deepObject, schema: { type: object } }]
      responses: { '204': { description: Done } }
  /picture:
    get:
      responses: { '200': { description: Done, content: { image/png: { schema: { type: string, format: binary } } } } }
  /fine:
    get:
      responses: { '204': { description: Done } }
components:
  securitySchemes:
    token: { type: apiKey, in: header, name: Token }
",
    ));
    insta::assert_snapshot!(format!("{}\n{}", made.diagnostics(), made.methods()));
}

#[test]
fn a_choice_of_logins_takes_the_one_that_is_known() {
    let made = make(&document(
        "
security: [{ token: [] }, { login: [] }]
paths:
  /pets: { get: { operationId: listPets, responses: { '204': { description: Done } } } }
  /open: { get: { operationId: listOpen, security: [], responses: { '204': { description: Done } } } }
components:
  securitySchemes:
    token: { type: apiKey, in: header, name: Token }
    login: { type: http, scheme: basic }
",
    ));
    insta::assert_snapshot!(made.silent().usual_operation());
}

#[test]
fn the_server_of_most_operations_counts_and_others_have_their_own() {
    let made = make(
        "
openapi: 3.0.3
info: { title: Tiny, version: '1' }
servers: [{ url: https://rare.example.com }, { url: https://second.example.com }]
paths:
  /cats: { get: { servers: [{ url: https://api.example.com/ }], responses: { '204': { description: Done } } } }
  /dogs: { get: { servers: [{ url: https://api.example.com }], responses: { '204': { description: Done } } } }
  /birds: { get: { responses: { '204': { description: Done } } } }
",
    );
    let root = made.files().get("src/lib.rs").unwrap_or_default();
    let client = made.files().get("src/client.rs").unwrap_or_default();
    let server = |text: &str| {
        let lines: Vec<&str> = text.lines().collect();
        let start = lines
            .iter()
            .position(|line| line.contains("static SERVER"))?;
        Some(lines.get(start..(start + 19).min(lines.len()))?.join("\n"))
    };
    let server = server(root).or_else(|| server(client)).unwrap_or_default();
    insta::assert_snapshot!(format!(
        "{server}\n\n{}\n{}",
        made.methods(),
        made.diagnostics()
    ));
}

#[test]
fn a_server_with_variables_takes_their_defaults() {
    let made = make(
        "
openapi: 3.0.3
info: { title: Tiny, version: '1' }
servers: [{ url: 'https://{region}.example.com', variables: { region: { default: eu } } }]
paths:
  /cats: { get: { responses: { '204': { description: Done } } } }
",
    );
    insta::assert_snapshot!(format!("{}\n{}", made.methods(), made.diagnostics()));
}
