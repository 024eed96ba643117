//! Takes documents with the mistakes that people make, expects exit code 1 and every mistake with its place and its mend, and nothing written.

use std::fs;

use super::common::{DOCUMENT, workspace, xtask};

/// The document with one part replaced, which must be there.
fn with(from: &str, to: &str) -> String {
    assert!(DOCUMENT.contains(from), "{from}");
    DOCUMENT.replacen(from, to, 1)
}

/// What `client` prints about the document.
fn refused(document: &[u8]) -> String {
    refused_at("bad.yaml:", document)
}

/// The same, where the place is the whole file.
fn refused_as_a_whole(document: &[u8]) -> String {
    refused_at("bad.yaml", document)
}

fn refused_at(place: &str, document: &[u8]) -> String {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("bad.yaml"), document).unwrap();
    let run = xtask(dir.path(), &["client", "bad.yaml", "--out", "out"]);
    assert_eq!(run.code, Some(1), "{}{}", run.stdout, run.stderr);
    assert_eq!(run.stdout, "");
    assert!(!dir.path().join("out").exists(), "nothing is written");
    check(&run.stderr, place);
    run.stderr
}

/// Every error has a place and a mend; no line shows a Rust value or a panic.
fn check(stderr: &str, place: &str) {
    let errors: Vec<&str> = stderr
        .split("\n\n")
        .filter(|part| part.starts_with("error"))
        .collect();
    assert!(!errors.is_empty(), "{stderr}");
    for error in errors {
        assert!(error.contains(&format!("--> {place}")), "{error}");
        assert!(error.contains("help: "), "{error}");
    }
    for leak in ["panicked", "Some(", "Err(", "os error"] {
        assert!(!stderr.contains(leak), "{stderr}");
    }
}

#[test]
fn a_misspelt_value() {
    insta::assert_snapshot!(refused(with("in: query", "in: querry").as_bytes()));
}

#[test]
fn a_misspelt_key_at_the_root() {
    insta::assert_snapshot!(refused(with("paths:", "pahts:").as_bytes()));
}

/// Runs `client` on a document whose mistakes leave no doubt how the rest is meant: they are warnings, and the crate is written.
fn mended(document: &str) -> String {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("bad.yaml"), document).unwrap();
    let run = xtask(dir.path(), &["client", "bad.yaml", "--out", "out"]);
    assert_eq!(run.code, Some(0), "{}{}", run.stdout, run.stderr);
    assert!(dir.path().join("out/src/lib.rs").exists());
    run.stderr
}

#[test]
fn a_reference_to_nothing() {
    let document = with("schemas/Book'", "schemas/Bok'");
    insta::assert_snapshot!(mended(&document));
    insta::assert_snapshot!(
        "a_reference_to_nothing_in_a_document_of_ones_own",
        generate_refused(document.as_bytes(), |_| ())
    );
}

#[test]
fn two_operations_with_one_id() {
    let document = with("operationId: deleteBook", "operationId: listBooks");
    insta::assert_snapshot!(mended(&document));
    insta::assert_snapshot!(
        "two_operations_with_one_id_in_a_document_of_ones_own",
        generate_refused(document.as_bytes(), |_| ())
    );
}

#[test]
fn tabs_in_yaml() {
    insta::assert_snapshot!(refused(with("  title: Shelf", "\ttitle: Shelf").as_bytes()));
}

#[test]
fn a_binary_file() {
    insta::assert_snapshot!(refused_as_a_whole(
        b"\x7fELF\x02\x01\x01\x00\xff\xfe\x00\x00"
    ));
}

#[test]
fn an_empty_file() {
    insta::assert_snapshot!(refused_as_a_whole(b""));
}

#[test]
fn three_mistakes_in_one_file() {
    let document = with("in: query", "in: querry")
        .replacen("schemas/Book'", "schemas/Bok'", 1)
        .replacen("operationId: deleteBook", "operationId: listBooks", 1);
    let stderr = refused(document.as_bytes());
    assert!(stderr.ends_with("\n3 errors\n"), "{stderr}");
    insta::assert_snapshot!(stderr);
}

#[test]
fn a_missing_file() {
    let dir = tempfile::tempdir().unwrap();
    let run = xtask(
        dir.path(),
        &[
            "client",
            "missing.yaml",
            "--out",
            "out",
            "--report",
            "report.json",
        ],
    );
    assert_eq!(run.code, Some(1));
    assert!(!dir.path().join("out").exists());
    insta::assert_snapshot!(run.stderr);
    let report = fs::read_to_string(dir.path().join("report.json")).unwrap();
    assert!(report.contains("\"errors\": 1"), "{report}");
}

#[test]
fn a_directory_instead_of_a_file() {
    let dir = tempfile::tempdir().unwrap();
    fs::create_dir(dir.path().join("spec.yaml")).unwrap();
    let run = xtask(dir.path(), &["client", "spec.yaml", "--out", "out"]);
    assert_eq!(run.code, Some(1));
    insta::assert_snapshot!(run.stderr);
}

/// Runs `generate` on a workspace whose generated/ holds one file, which must survive.
fn generate_refused(document: &[u8], prepare: fn(&std::path::Path)) -> String {
    let dir = tempfile::tempdir().unwrap();
    workspace(dir.path(), document);
    fs::create_dir_all(dir.path().join("generated/src")).unwrap();
    fs::write(dir.path().join("generated/src/old.rs"), "// old\n").unwrap();
    prepare(dir.path());
    let run = xtask(dir.path(), &["generate", "--root", "."]);
    assert_eq!(run.code, Some(1), "{}{}", run.stdout, run.stderr);
    assert_eq!(run.stdout, "");
    let left: Vec<_> = fs::read_dir(dir.path().join("generated"))
        .unwrap()
        .flatten()
        .collect();
    assert_eq!(left.len(), 1, "{left:?}");
    assert_eq!(
        fs::read_to_string(dir.path().join("generated/src/old.rs")).unwrap(),
        "// old\n"
    );
    check(&run.stderr, "spec/");
    run.stderr
}

#[test]
fn generate_leaves_everything_when_a_document_is_wrong() {
    insta::assert_snapshot!(generate_refused(
        with("in: query", "in: querry").as_bytes(),
        |_| ()
    ));
}

#[test]
fn generate_says_where_a_missing_document_is_named() {
    let stderr = generate_refused(DOCUMENT.as_bytes(), |dir| {
        fs::remove_file(dir.join("spec/shelf.yaml")).unwrap();
    });
    insta::assert_snapshot!(stderr);
}

#[test]
fn generate_needs_its_settings() {
    let stderr = generate_refused(DOCUMENT.as_bytes(), |dir| {
        fs::remove_file(dir.join("spec/client.toml")).unwrap();
    });
    insta::assert_snapshot!(stderr);
}

#[test]
fn generate_says_where_the_settings_are_wrong() {
    let stderr = generate_refused(DOCUMENT.as_bytes(), |dir| {
        let settings = super::common::SETTINGS.replace("module =", "modul =");
        fs::write(dir.join("spec/client.toml"), settings).unwrap();
    });
    insta::assert_snapshot!(stderr);
}

#[test]
fn an_unknown_code_is_refused() {
    let dir = tempfile::tempdir().unwrap();
    let run = xtask(dir.path(), &["explain", "no-such-code"]);
    assert_eq!(run.code, Some(1));
    insta::assert_snapshot!(run.stderr);
}
