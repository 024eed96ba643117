//! Takes small documents, generates a crate of them, and expects each version behind a Cargo feature, and none where there is one document.

use codegen::{Generated, Input, Project, generate};
use openapi_client_codegen as codegen;

const DOCUMENT: &str = "\
openapi: 3.0.3
info: { title: Shelf, version: 1.2.0 }
servers: [{ url: https://shelf.example }]
paths:
  /books/{id}:
    get:
      operationId: fetchBook
      parameters:
        - { name: id, in: path, required: true, schema: { type: string } }
      responses:
        '200':
          description: The book.
          content:
            application/json:
              schema:
                type: object
                required: [title]
                properties: { title: { type: string } }
              example: { title: A book }
";

fn input(path: &str, text: &str, module: Option<&str>) -> Input {
    Input {
        path: path.to_owned(),
        bytes: text.as_bytes().to_vec(),
        module: module.map(str::to_owned),
    }
}

fn settings(modules: &[&str]) -> Input {
    let package = "[package]\nname = \"shelf\"\nversion = \"0.1.0\"\ndescription = \"Shelves\"\nexample = \"let x = 1;\"\n";
    let document =
        |module: &&str| format!("[[document]]\nfile = \"{module}.yaml\"\nmodule = \"{module}\"\n");
    let documents: Vec<String> = modules.iter().map(document).collect();
    let text = format!("{package}{}", documents.concat());
    input("client.toml", &text, None)
}

fn of_modules(modules: &[&str]) -> Generated {
    let documents = modules
        .iter()
        .map(|module| input(&format!("{module}.yaml"), DOCUMENT, Some(module)));
    generate(&Project {
        settings: Some(settings(modules)),
        documents: documents.collect(),
        ..Project::default()
    })
}

fn file<'g>(generated: &'g Generated, path: &str) -> &'g str {
    let files = generated
        .files
        .as_ref()
        .expect("the documents are accepted");
    files.get(path).expect("the file is there")
}

#[test]
fn each_version_is_a_feature_that_is_on_by_default() {
    let generated = of_modules(&["shelf_v1", "shelf_v2"]);
    let manifest = file(&generated, "Cargo.toml");
    assert!(
        manifest.contains("default = [\"rustls\", \"shelf_v1\", \"shelf_v2\"]\n"),
        "{manifest}"
    );
    assert!(
        manifest.contains("\nshelf_v1 = []\nshelf_v2 = []\n"),
        "{manifest}"
    );
    insta::assert_snapshot!("root", file(&generated, "src/lib.rs"));
    insta::assert_snapshot!("examples", file(&generated, "tests/examples.rs"));
}

#[test]
fn what_a_version_adds_to_the_client_is_behind_its_feature() {
    let generated = of_modules(&["shelf_v1", "shelf_v2"]);
    let client = file(&generated, "src/client.rs");
    for version in ["shelf_v1", "shelf_v2"] {
        let gate = format!("    #[cfg(feature = \"{version}\")]\n");
        assert!(client.contains(&format!("{gate}    #[must_use]\n    pub fn {version}(")));
        assert!(client.contains(&format!("{gate}    pub fn {version}_base_url(")));
    }
}

#[test]
fn the_only_document_of_a_crate_is_always_there() {
    let generated = generate(&Project {
        documents: vec![input("shelf.yaml", DOCUMENT, None)],
        ..Project::default()
    });
    let files = generated.files.as_ref().expect("the document is accepted");
    assert!(file(&generated, "Cargo.toml").contains("default = [\"rustls\"]\n"));
    for (path, text) in files.iter().filter(|(path, _)| !path.contains("runtime")) {
        // These are features of every crate, whatever its documents.
        let of_documents = text
            .replace("cfg(feature = \"blocking\")", "")
            .replace("cfg(feature = \"testing\")", "");
        assert!(!of_documents.contains("cfg(feature"), "{path}");
    }
}

#[test]
fn a_module_cannot_take_what_every_client_has() {
    for (modules, message) in [
        (vec!["rustls"], "`rustls` cannot be a module"),
        (vec!["default"], "`default` cannot be a module"),
        (vec!["types"], "`types` cannot be a module"),
        (vec!["v1", "v2", "v1"], "`v1` cannot be a second module"),
    ] {
        let generated = of_modules(&modules);
        assert!(generated.files.is_none(), "{message}");
        let found: Vec<&str> = generated
            .diagnostics
            .iter()
            .map(|diagnostic| diagnostic.message.as_str())
            .collect();
        assert_eq!(found, [message]);
    }
}

/// A document with an operation at each path, which answers with the schema.
fn large(operations: &[(String, &str)]) -> Generated {
    let path = |(path, schema): &(String, &str)| {
        format!(
            "  {path}:\n    get: {{ responses: {{ '200': {{ description: It., content: {{ application/json: {{ schema: {{ $ref: '#/components/schemas/{schema}' }} }} }} }} }} }}\n"
        )
    };
    let paths: Vec<String> = operations.iter().map(path).collect();
    let text = format!(
        "openapi: 3.0.3\ninfo: {{ title: Large, version: '1' }}\nservers: [{{ url: https://large.example }}]\ncomponents:\n  schemas:\n    Both: {{ type: object, properties: {{ a: {{ type: string }} }} }}\n    Phone: {{ type: object, properties: {{ b: {{ $ref: '#/components/schemas/Inner' }} }} }}\n    Inner: {{ type: object, properties: {{ c: {{ type: string }} }} }}\npaths:\n{}",
        paths.concat()
    );
    generate(&Project {
        documents: vec![input("large.yaml", &text, None)],
        ..Project::default()
    })
}

fn two_resources() -> Generated {
    let operations = (0..45).flat_map(|index| {
        let call = if index % 2 == 0 { "Phone" } else { "Both" };
        [
            (format!("/v1/calls/{{id}}/a{index}"), call),
            (format!("/v1/rooms/{{id}}/a{index}"), "Both"),
        ]
    });
    let operations: Vec<_> = operations
        .map(|(path, schema)| (path.replace("/{id}", ""), schema))
        .collect();
    large(&operations)
}

fn feature_names(generated: &Generated) -> Vec<String> {
    let manifest = file(generated, "Cargo.toml");
    let features = manifest.split("[features]").nth(1).expect("features");
    let features = features.split("# TLS").next().expect("the API's own");
    let names = features
        .lines()
        .filter_map(|line| line.strip_suffix(" = []"));
    names.map(str::to_owned).collect()
}

#[test]
fn a_large_document_has_a_feature_for_each_part() {
    let generated = two_resources();
    assert_eq!(feature_names(&generated), ["calls", "rooms"]);
    assert!(file(&generated, "README.md").contains("`calls` and `rooms` are the parts of the API"));
    assert!(
        file(&generated, "Cargo.toml").contains("default = [\"rustls\", \"calls\", \"rooms\"]")
    );
}

#[test]
fn types_go_with_the_only_feature_that_leads_to_them() {
    let generated = two_resources();
    let calls = file(&generated, "src/types/calls.rs");
    assert!(calls.contains("pub struct Phone ") && calls.contains("pub struct Inner "));
    assert!(file(&generated, "src/types/shared.rs").contains("pub struct Both "));
    insta::assert_snapshot!("types_of_parts", file(&generated, "src/types/mod.rs"));
    let root = file(&generated, "src/lib.rs");
    assert!(
        root.contains("#[cfg(feature = \"calls\")]\npub use types::calls::{Inner, Phone};"),
        "{root}"
    );
    assert!(root.contains("\npub use types::shared::Both;"), "{root}");
}

#[test]
fn there_are_never_more_parts_than_a_reader_can_choose_from() {
    let operations: Vec<_> = (0..300)
        .map(|index| (format!("/v1/kind{index}"), "Both"))
        .collect();
    let names = feature_names(&large(&operations));
    assert_eq!(names.len(), 48, "{names:?}");
    assert!(names.contains(&"others".to_owned()), "{names:?}");
}

#[test]
fn a_part_with_most_operations_is_divided() {
    let operations: Vec<_> = (0..100)
        .map(|index| (format!("/v1/all/kind{}/a{index}", index % 10), "Both"))
        .chain([("/v1/one".to_owned(), "Both")])
        .collect();
    let names = feature_names(&large(&operations));
    assert_eq!(names.len(), 11, "{names:?}");
    assert!(
        names.contains(&"kind3".to_owned()) && names.contains(&"one".to_owned()),
        "{names:?}"
    );
}
