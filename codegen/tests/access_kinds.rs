//! Every kind of server and security scheme: one tiny document each, and what users of its crate get to see of it.

use insta::assert_snapshot;
use openapi_client_codegen::output::FileSet;
use openapi_client_codegen::{Generated, Input, Project, generate};

fn made(document: &str) -> Generated {
    let generated = generate(&Project {
        settings: None,
        documents: vec![Input {
            path: "zoo.yaml".to_owned(),
            bytes: document.as_bytes().to_vec(),
            module: None,
        }],
        name: None,
        include: Vec::new(),
        testing: true,
    });
    for document in &generated.report.documents {
        assert_eq!(document.skipped, [], "{}", generated.diagnostics);
    }
    generated
}

/// What a builder says and has, which operation needs what, and what was found.
fn shown(document: &str) -> String {
    let generated = made(document);
    let mut shown = String::new();
    for (path, text) in generated.files.iter().flat_map(FileSet::iter) {
        match path {
            "src/client.rs" => {
                let builder = text.split("impl Client {").nth(1).unwrap_or_default();
                let docs = builder.split("pub fn builder").next().unwrap_or_default();
                shown.push_str(docs.trim_start_matches('\n'));
                let from = text.find("impl ClientBuilder").unwrap_or_default();
                let until = text.find("    token_url: ").unwrap_or(text.len());
                let lines = text[from..until].lines();
                for line in lines.filter(|line| !line.contains("user_agent: ")) {
                    shown.extend([line, "\n"]);
                }
            }
            _ if path.starts_with("src/runtime") => {}
            "src/testing/mod.rs" => {
                let logins = text.split(".retry(retry)").nth(1).unwrap_or_default();
                let logins = logins.split('}').next().unwrap_or_default().trim();
                shown.extend(["testing: ", logins, "\n"]);
            }
            _ if path.starts_with("src/") => {
                for table in text.split("    server: ").skip(1) {
                    let table = table.split("    form: ").next().unwrap_or_default();
                    let words: Vec<_> = table.split_whitespace().collect();
                    shown.extend([path, ": server: ", &words.join(" "), "\n"]);
                }
            }
            _ => {}
        }
    }
    format!("{shown}{}", generated.diagnostics)
}

/// A document of one operation at a server.
fn schemes(rest: &str) -> String {
    servers(&format!(
        "servers: [{{ url: https://zoo.example.com }}]\n{rest}"
    ))
}

/// A document of one operation.
fn servers(rest: &str) -> String {
    format!(
        "openapi: 3.0.3\ninfo: {{ title: Zoo, version: '1' }}\n{rest}\npaths:\n  /pets:\n    get:\n      operationId: listPets\n      responses: {{ '204': {{ description: Done }} }}\n"
    )
}

macro_rules! snapshots {
    ($($name:ident: $document:expr;)*) => {
        $(#[test] fn $name() { assert_snapshot!(shown(&$document)); })*
    };
}

snapshots! {
    a_key_in_a_header: schemes("\
security: [{ ApiKeyAuth: [] }]
components: { securitySchemes: { ApiKeyAuth: { type: apiKey, in: header, name: X-API-Key, description: From the keeper. } } }");
    a_key_in_the_query: schemes("\
security: [{ key: [] }]
components: { securitySchemes: { key: { type: apiKey, in: query, name: 'api key' } } }");
    a_key_in_a_cookie: schemes("\
security: [{ session: [] }]
components: { securitySchemes: { session: { type: apiKey, in: cookie, name: SID } } }");
    a_key_in_the_header_of_logins: schemes("\
security: [{ bearerAuth: [] }]
components: { securitySchemes: { bearerAuth: { type: apiKey, in: header, name: authorization } } }");
    keys_that_are_needed_together: schemes("\
security: [{ app: [], key: [] }, { basic: [], key: [] }]
components:
  securitySchemes:
    app: { type: apiKey, in: header, name: X-App }
    key: { type: apiKey, in: query, name: key }
    basic: { type: http, scheme: basic }");
    keys_whose_names_collide: schemes("\
security: [{ api_key: [] }, { apiKey: [] }, { base_url: [] }, { 3d: [] }, { \"\u{1f511}\": [] }, { same: [] }]
components:
  securitySchemes:
    api_key: { type: apiKey, in: header, name: X-One }
    apiKey: { type: apiKey, in: query, name: one }
    base_url: { type: apiKey, in: header, name: X-Two }
    3d: { type: apiKey, in: cookie, name: three }
    \"\u{1f511}\": { type: apiKey, in: header, name: X-Four }
    same: { type: apiKey, in: header, name: x-one }");
    an_optional_login: schemes("\
security: [{}, { key: [] }]
components: { securitySchemes: { key: { type: apiKey, in: header, name: X-Key } } }");
    no_login: schemes("\
security: []
components: { securitySchemes: { key: { type: apiKey, in: header, name: X-Key } } }");
    schemes_that_nothing_needs: schemes("\
components: { securitySchemes: { key: { type: apiKey, in: header, name: X-Key }, token: { type: http, scheme: bearer } } }");
    flows_without_client_credentials_and_open_id: schemes("\
security: [{ code: [] }, { id: [] }]
components:
  securitySchemes:
    code: { type: oauth2, flows: { authorizationCode: { authorizationUrl: https://zoo.example.com/in, tokenUrl: https://zoo.example.com/token, scopes: {} } } }
    id: { type: openIdConnect, openIdConnectUrl: https://zoo.example.com/.well-known }");
    other_schemes_of_http: schemes("\
security: [{ signed: [] }, { certificate: [] }]
components: { securitySchemes: { signed: { type: http, scheme: Digest }, certificate: { type: http, scheme: mutualTLS } } }");
    schemes_that_cannot_be_sent: schemes("\
security: [{ length: [], basic: [], token: [] }, { word: [] }]
components:
  securitySchemes:
    length: { type: apiKey, in: header, name: Content-Length }
    word: { type: apiKey, in: header, name: two words }
    basic: { type: http, scheme: basic }
    token: { type: http, scheme: bearer }");

    no_server: servers("");
    a_server_of_nothing: servers("servers: [{ url: / }]");
    a_relative_server: servers("servers: [{ url: /api/v3/ }, { url: http://zoo.example.com }]");
    a_relative_server_without_a_slash: servers("servers: [{ url: ./api }]");
    a_server_without_a_scheme: servers("servers: [{ url: //zoo.example.com/v1 }, { url: zoo.example.org/v1 }]");
    a_server_without_https: servers("servers: [{ url: http://zoo.example.com }]");
    https_goes_before_http_and_paths: servers("servers: [{ url: /v1 }, { url: http://zoo.example.com }, { url: https://zoo.example.com }, { url: https://test.example.com }]");
    a_server_on_this_machine: servers("servers: [{ url: http://localhost:8080/v1 }, { url: localhost:9090 }]");
    variables_without_a_default: servers("servers: [{ url: 'https://{tenantId}.{region}.example.com', variables: { region: { default: '' } } }]");
    variables_of_every_kind: servers("servers: [{ url: '{scheme}://{host}:{port}/{basePath}/v1', variables: { scheme: { default: http, enum: [http, https] }, host: { default: zoo.example.com }, port: { default: '443' }, basePath: { default: /api } } }]");
    a_variable_that_is_the_whole_beginning: servers("servers: [{ url: '{apiRoot}/v1', variables: { apiRoot: { default: https://zoo.example.com/ } } }]");
    a_variable_that_is_a_host_without_a_scheme: servers("servers: [{ url: '{host}/v1', variables: { host: { default: zoo.example.com } } }]");
    servers_that_are_none: servers("servers: [{ url: 'ftp://zoo.example.com' }, { url: 'https://{host' }, { url: 'https://a b' }, { url: 'https://zoo.example.com?x=1' }, { url: 'https://me:secret@zoo.example.com' }]");
    servers_of_paths_and_operations: "\
openapi: 3.0.3
info: { title: Zoo, version: '1' }
servers: [{ url: https://zoo.example.com }]
paths:
  /pets:
    get: { operationId: listPets, responses: { '204': { description: Done } } }
    post: { operationId: addPet, servers: [{ url: https://add.example.com }], responses: { '204': { description: Done } } }
  /houses:
    servers: [{ url: /houses }]
    get: { operationId: listHouses, responses: { '204': { description: Done } } }
    post: { operationId: addHouse, servers: [{ url: https://add.example.com }], responses: { '204': { description: Done } } }
";
}

#[test]
fn settings_of_logins_stand_beside_keys() {
    let document = schemes(
        "security: [{ basic: [], key: [] }]\ncomponents: { securitySchemes: { basic: { type: http, scheme: basic }, key: { type: apiKey, in: header, name: X-Key } } }",
    );
    let settings = "[package]\nname = 'zoo'\nversion = '1.0.0'\ndescription = 'A zoo'\n[[login]]\nmethod = 'key'\ndocs = 'As a keeper.'\nuser = { name = 'id', env = 'ID' }\npassword = { name = 'secret', env = 'SECRET' }\n";
    let input = |path: &str, text: &str| Input {
        path: path.to_owned(),
        bytes: text.as_bytes().to_vec(),
        module: None,
    };
    let text = |document: &str| {
        let generated = generate(&Project {
            settings: Some(input("client.toml", settings)),
            documents: vec![input("zoo.yaml", document)],
            name: None,
            include: Vec::new(),
            testing: true,
        });
        let files = generated.files.expect("a crate");
        files.get("src/client.rs").unwrap_or_default().to_owned()
    };
    let with_server = text(&document);
    assert!(with_server.contains("pub fn key(self, id: impl Into<String>"));
    assert!(with_server.contains("pub fn key_header(self, key: impl Into<SecretString>)"));
    assert!(with_server.contains("pub fn from_env()"));
    // The environment has no base URL.
    let without = text(&document.replace("https://zoo.example.com", "/v1"));
    assert!(!without.contains("from_env"), "{without}");
}
