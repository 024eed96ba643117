//! The same project gives the same bytes, and no name depends on where unrelated things stand.

use std::collections::BTreeSet;
use std::path::Path;
use std::thread;

use openapi_client_codegen::output::FileSet;
use openapi_client_codegen::{Input, Project, documents_named, generate};
use serde_json::{Map, Value};

fn input(file: &str, module: Option<&str>) -> Input {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../spec");
    Input {
        path: format!("spec/{file}"),
        bytes: std::fs::read(folder.join(file)).expect("a file of spec/"),
        module: module.map(str::to_owned),
    }
}

/// The project that the published crate is made of.
fn project() -> Project {
    let settings = input("client.toml", None);
    let named = documents_named(&settings).expect("the settings of spec/");
    let documents = named.iter().map(|(file, module)| input(file, Some(module)));
    Project {
        documents: documents.collect(),
        settings: Some(settings),
        ..Project::default()
    }
}

fn files(project: &Project) -> FileSet {
    let generated = generate(project);
    let refused = generated.diagnostics.to_string();
    generated.files.unwrap_or_else(|| panic!("{refused}"))
}

fn api(project: &Project) -> String {
    files(project).get("API.txt").unwrap_or_default().to_owned()
}

#[test]
fn the_same_project_gives_the_same_bytes() {
    assert_eq!(files(&project()), files(&project()));
}

#[test]
fn threads_give_the_same_bytes() {
    let expected = files(&project());
    let threads: Vec<_> = (0..4)
        .map(|_| thread::spawn(|| files(&project())))
        .collect();
    for thread in threads {
        assert!(thread.join().expect("no panic") == expected);
    }
}

#[test]
fn operations_stand_in_the_order_of_the_document() {
    for document in project().documents {
        let text = String::from_utf8_lossy(&document.bytes).into_owned();
        let ids = text
            .lines()
            .filter_map(|line| line.trim().strip_prefix("operationId: "));
        let module = document.module.clone().unwrap_or_default();
        let files = files(&project());
        let prefix = format!("src/{module}/");
        let code: String = files
            .iter()
            .filter(|(path, _)| path.starts_with(&prefix))
            .map(|(_, text)| text)
            .collect();
        let found = code
            .lines()
            .filter_map(|line| line.trim().strip_prefix("id: \"")?.strip_suffix("\","))
            .filter(|id| !id.is_empty());
        assert_eq!(found.collect::<Vec<_>>(), ids.collect::<Vec<_>>());
    }
}

/// Each document of the project with its schemas in another order.
fn reordered(change: impl Fn(&mut Vec<(String, Value)>)) -> Project {
    let mut project = project();
    for document in &mut project.documents {
        let mut value: Value = serde_yaml::from_slice(&document.bytes).expect("YAML");
        let schemas = value.pointer_mut("/components/schemas");
        let schemas = schemas.and_then(Value::as_object_mut).expect("schemas");
        let mut list: Vec<_> = std::mem::take(schemas).into_iter().collect();
        change(&mut list);
        *schemas = list.into_iter().collect::<Map<_, _>>();
        document.bytes = value.to_string().into_bytes();
        document.path = document.path.replace(".yaml", ".json");
    }
    project
}

#[test]
fn a_document_in_json_means_what_it_means_in_yaml() {
    let json = files(&reordered(|_| {}));
    for (path, text) in files(&project()).iter() {
        let same = json
            .get(path)
            .map(|text| text.replacen(".json.", ".yaml.", 1));
        assert_eq!(same.as_deref(), Some(text), "{path}");
    }
}

#[test]
fn moving_schemas_changes_no_byte() {
    let expected = files(&reordered(|_| {}));
    let reversed = files(&reordered(|schemas| schemas.reverse()));
    assert!(reversed == expected, "reversed");
    for by in [1, 3, 5] {
        let rotated = files(&reordered(|schemas| {
            let length = schemas.len().max(1);
            schemas.rotate_left(by % length);
        }));
        assert!(rotated == expected, "rotated by {by}");
    }
}

#[test]
fn schemas_that_nothing_refers_to_change_no_byte() {
    let more = reordered(|schemas| {
        let extra = serde_json::json!({ "type": "object", "properties": { "kind": { "type": "string", "enum": ["a"] } } });
        schemas.insert(0, ("CredentialKind".to_owned(), extra));
    });
    assert!(files(&more) == files(&reordered(|_| {})));
}

#[test]
fn the_order_of_the_documents_changes_no_name() {
    let mut other = project();
    other.documents.reverse();
    let lines = |project: &Project| -> BTreeSet<String> {
        api(project).lines().map(str::to_owned).collect()
    };
    assert_eq!(lines(&other), lines(&project()));
}
