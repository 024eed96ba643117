//! A client carries the parts of the runtime that it uses and no others: the compiler says so of clients that use little, in all sets of features.
//! TLS is left out of these: it gates no code, and takes minutes to compile.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use openapi_client_codegen::output::FileSet;
use openapi_client_codegen::{Input, Project, generate};

/// Clients by what they need; each leaves out what another has.
const CLIENTS: [(&str, &str); 6] = [
    ("nothing", include_str!("carried/nothing.yaml")),
    ("basic", include_str!("carried/basic.yaml")),
    ("bearer", include_str!("carried/bearer.yaml")),
    ("json", include_str!("carried/json.yaml")),
    ("tokens", include_str!("carried/tokens.yaml")),
    ("parts", include_str!("carried/parts.yaml")),
];

fn files(name: &str, document: &str) -> FileSet {
    let generated = generate(&Project {
        documents: vec![Input {
            path: format!("{name}.yaml"),
            bytes: document.replace("PATHS", &paths()).into_bytes(),
            module: None,
        }],
        name: Some(format!("carried-{name}")),
        testing: true,
        ..Project::default()
    });
    generated.files.expect("the document is accepted")
}

/// So many operations that each resource becomes a feature.
fn paths() -> String {
    let operations = (0..30).flat_map(|index| {
        ["calls", "queues", "rooms"].map(|resource| {
            let schema = if index % 2 == 0 { "Shared" } else { resource };
            format!(
                "  /{resource}/{{id}}/step{index}:\n    get:\n      parameters: [{{ name: id, in: path, required: true, schema: {{ type: string }} }}]\n      responses: {{ '200': {{ description: It., content: {{ application/json: {{ schema: {{ $ref: '#/components/schemas/{schema}' }} }} }} }} }}\n"
            )
        })
    });
    operations.collect()
}

fn carried(files: &FileSet) -> Vec<&str> {
    let paths = files.iter().map(|(path, _)| path);
    let mut parts: Vec<&str> = paths
        .filter_map(|path| path.strip_prefix("src/runtime/"))
        .filter(|path| !path.starts_with("testing/"))
        .collect();
    parts.sort_unstable();
    parts
}

#[test]
fn a_client_carries_what_it_needs() {
    let (name, document) = CLIENTS[0];
    let least = files(name, document);
    let least = carried(&least);
    insta::assert_snapshot!(name, least.join("\n"));
    for (name, document) in CLIENTS.into_iter().skip(1) {
        let files = files(name, document);
        let mut more = carried(&files);
        more.retain(|file| !least.contains(file));
        insta::assert_snapshot!(name, more.join("\n"));
    }
}

#[test]
fn dependencies_follow_what_is_carried() {
    for (name, document) in CLIENTS {
        let files = files(name, document);
        let manifest = files.get("Cargo.toml").expect("a manifest");
        let (_, dependencies) = manifest
            .split_once("[dependencies]\n")
            .expect("dependencies");
        let (dependencies, _) = dependencies.split_once("\n\n").expect("an end");
        for line in dependencies.lines() {
            let (dependency, _) = line.split_once(" = ").expect("a name");
            let path = format!("{}::", dependency.replace('-', "_"));
            let named = files.iter().any(|(_, text)| text.contains(&path));
            assert!(named, "{name} has {dependency} and does not use it");
        }
    }
}

#[test]
fn nothing_is_carried_in_vain_and_nothing_is_missing() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("carried");
    let members = CLIENTS.map(|(name, _)| format!("\"{name}\"")).join(", ");
    let manifest = format!(
        "[workspace]\nresolver = \"3\"\nmembers = [{members}]\n\n[profile.dev]\ndebug = false\n"
    );
    write(&folder.join("Cargo.toml"), &manifest);
    let lock = Path::new(env!("CARGO_MANIFEST_DIR")).join("../Cargo.lock");
    fs::copy(lock, folder.join("Cargo.lock")).expect("the versions of this workspace");
    for (name, document) in CLIENTS {
        let crate_folder = folder.join(name);
        let _ = fs::remove_dir_all(crate_folder.join("src"));
        for (path, text) in files(name, document).iter() {
            write(&crate_folder.join(path), text);
        }
    }
    check(&folder, &["--workspace", "--no-default-features"]);
    check(
        &folder,
        &[
            "--workspace",
            "--no-default-features",
            "--features",
            "blocking,testing,tracing",
        ],
    );
    check(
        &folder,
        &[
            "-p",
            "carried-parts",
            "--no-default-features",
            "--features",
            "calls,blocking,testing",
        ],
    );
    check(
        &folder,
        &[
            "-p",
            "carried-parts",
            "--no-default-features",
            "--features",
            "calls,queues,rooms,testing",
        ],
    );
}

fn write(path: &PathBuf, text: &str) {
    let folder = path.parent().expect("a folder");
    fs::create_dir_all(folder).expect("a folder of the tests' own");
    // What has not changed is not compiled again.
    if fs::read_to_string(path).is_ok_and(|before| before == text) {
        return;
    }
    fs::write(path, text).expect("a file of the tests' own");
}

fn check(folder: &Path, arguments: &[&str]) {
    let output = Command::new(env!("CARGO"))
        .args(["check", "--quiet", "--offline"])
        .args(arguments)
        .current_dir(folder)
        .env("CARGO_TARGET_DIR", folder.join("target"))
        .env("RUSTFLAGS", "-D warnings")
        .output()
        .expect("cargo runs");
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{arguments:?}:\n{told}");
}
