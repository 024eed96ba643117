//! What becomes of servers, their variables and security schemes: one topic per tiny document.

use insta::assert_snapshot;
use openapi_client_codegen::output::FileSet;
use openapi_client_codegen::{Generated, Input, Project, generate};

fn input(path: &str, text: &str) -> Input {
    Input {
        path: path.to_owned(),
        bytes: text.as_bytes().to_vec(),
        module: None,
    }
}

fn made(settings: Option<&str>, documents: &[&str]) -> Generated {
    let named = documents.iter().enumerate().map(|(number, text)| {
        let mut input = input(&format!("zoo{number}.yaml"), text);
        input.module = (documents.len() > 1).then(|| format!("v{number}"));
        input
    });
    generate(&Project {
        settings: settings.map(|text| input("client.toml", text)),
        documents: named.collect(),
        name: None,
        include: Vec::new(),
        testing: true,
    })
}

/// The crate's part of the client, which operation accepts what, and what was found.
fn shown(generated: &Generated) -> String {
    let mut shown = String::new();
    for (path, text) in generated.files.iter().flat_map(FileSet::iter) {
        if path == "src/client.rs" {
            let from = text.find("impl ClientBuilder").unwrap_or_default();
            shown.push_str(&text[from..]);
        } else if path.starts_with("src/") && !path.starts_with("src/runtime") {
            let security = text.lines().filter(|line| line.contains("security: "));
            shown.extend(security.map(|line| format!("{path}: {}\n", line.trim())));
        }
    }
    format!("{shown}{}", generated.diagnostics)
}

/// A document of one operation.
fn document(rest: &str) -> String {
    format!(
        "openapi: 3.0.3\ninfo: {{ title: Zoo, version: '1' }}\n{rest}\npaths:\n  /pets:\n    get:\n      operationId: listPets\n      responses: {{ '204': {{ description: Done }} }}\n"
    )
}

const SETTINGS: &str = "[package]\nname = 'zoo'\nversion = '1.0.0'\ndescription = 'A zoo'\n";

#[test]
fn access_variables_become_methods_of_the_builder() {
    let text = document(
        "servers:
  - url: https://zoo.example.com/
  - url: https://zoo.{region}.example.com
    variables: { region: { default: us1, enum: [us1, au1], description: Where it is. } }
  - url: https://zoo.{edge}.{region}.example.com
    variables: { region: { default: us1 }, edge: { default: near } }",
    );
    let settings = format!("{SETTINGS}[servers]\nenv = {{ region = 'ZOO_REGION' }}\n");
    assert_snapshot!(shown(&made(Some(&settings), &[&text])));
}

#[test]
fn access_a_variable_that_has_the_name_of_a_method_is_told_apart() {
    let text = document(
        "servers:
  - url: https://{timeout}.example.com/{base_url}
    variables: { timeout: { default: a }, base_url: { default: b } }",
    );
    assert_snapshot!(shown(&made(None, &[&text])));
}

#[test]
fn access_schemes_become_ways_to_log_in() {
    let text = document(
        "servers: [{ url: https://zoo.example.com }]
security: [{}, { basic: [] }, { token: [] }, { app: [read] }, { user: [] }, { key: [] }, { basic: [], key: [] }]
components:
  securitySchemes:
    basic: { type: http, scheme: Basic }
    token: { type: http, scheme: bearer }
    user: { type: oauth2, flows: { implicit: { authorizationUrl: https://zoo.example.com/in, scopes: {} } } }
    key: { type: apiKey, in: header, name: Key }
    app:
      type: oauth2
      flows:
        clientCredentials: { tokenUrl: https://zoo.example.com/token, scopes: { read: Look, write: '' } }",
    );
    assert_snapshot!(shown(&made(None, &[&text])));
}

#[test]
fn access_tokens_come_from_one_place() {
    let with = |url: &str| {
        document(&format!(
            "servers: [{{ url: https://zoo.example.com }}]
security: [{{ app: [] }}]
components:
  securitySchemes:
    app: {{ type: oauth2, flows: {{ clientCredentials: {{ tokenUrl: {url}, scopes: {{}} }} }} }}"
        ))
    };
    let (first, other) = (
        with("https://one.example/token"),
        with("https://two.example/token"),
    );
    assert_snapshot!(shown(&made(
        None,
        &[&first, &other, &first, &with("/token")]
    )));
}

#[test]
fn access_settings_say_how_to_log_in() {
    let text = document(
        "servers: [{ url: https://zoo.example.com }]
security: [{ token: [] }, { app: [] }]
components:
  securitySchemes:
    token: { type: http, scheme: bearer }
    app: { type: oauth2, flows: { clientCredentials: { tokenUrl: https://zoo.example.com/token, scopes: {} } } }",
    );
    let settings = format!(
        "{SETTINGS}
[[login]]
scheme = 'bearer'
method = 'token'
docs = 'Logs in with a token.'
password = {{ name = 'token', env = 'ZOO_TOKEN' }}
[[login]]
scheme = 'oauth'
method = 'app'
docs = 'Logs in as an app.'
user = {{ name = 'id', env = 'ZOO_ID' }}
password = {{ name = 'secret', env = 'ZOO_SECRET' }}
"
    );
    assert_snapshot!(shown(&made(Some(&settings), &[&text])));
}

#[test]
fn access_settings_that_no_document_fits_are_refused() {
    let text = document("servers: [{ url: https://zoo.example.com }]");
    let settings = format!(
        "{SETTINGS}
[[login]]
scheme = 'oauth'
method = 'app'
docs = ''
user = {{ name = 'id' }}
password = {{ name = 'secret' }}
[servers]
env = {{ edge = 'ZOO_EDGE' }}
"
    );
    let generated = made(Some(&settings), &[&text]);
    assert!(generated.files.is_none());
    assert_snapshot!(shown(&generated));
    for wrong in [
        "scheme = 'bearer'\nuser = { name = 'a' }",
        "scheme = 'basic'",
        "scheme = 'oauth'",
        "scheme = 'digest'",
    ] {
        let login = format!(
            "{SETTINGS}\n[[login]]\nmethod = 'a'\ndocs = ''\npassword = {{ name = 'b' }}\n{wrong}\n"
        );
        assert!(made(Some(&login), &[&text]).files.is_none(), "{wrong}");
    }
}
