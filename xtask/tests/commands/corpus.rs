//! A run over several documents: each has its row, and one that is refused does not end it.

use std::fs;

use crate::common::xtask;

const GOOD: &str = "openapi: 3.0.3
info: { title: Pets, version: '1' }
servers: [{ url: https://api.example.com }]
paths:
  /pets:
    get:
      operationId: listPets
      responses: { '200': { description: Done, content: { application/json: { schema: { type: array, items: { $ref: '#/components/schemas/Pet' } } } } } }
  /feed:
    get:
      operationId: feed
      responses: { '200': { description: Done, content: { application/json: { schema: { $ref: '#/components/schemas/Loop' } } } } }
components:
  schemas:
    Pet: { type: object, required: [id], properties: { id: { type: integer } } }
    Loop: { allOf: [{ $ref: '#/components/schemas/Loop' }] }
";

#[test]
fn every_document_has_a_row_and_every_gap_a_reason() {
    let dir = tempfile::tempdir().expect("a directory");
    let specs = dir.path().join("specs");
    fs::create_dir_all(specs.join("old")).expect("a directory");
    fs::write(specs.join("pets.yaml"), GOOD).expect("a document");
    fs::write(specs.join("old/3rd.json"), r#"{"swagger":"2.0"}"#).expect("a document");
    fs::write(specs.join("INDEX.tsv"), "no document").expect("a file");
    let root = dir.path().display().to_string();
    let run = || xtask(dir.path(), &["--root", &root, "corpus", "specs"]);
    let first = run();
    assert_eq!(first.code, Some(0), "{}", first.stderr);
    let row = |name: &str| {
        let line = first.stdout.lines().find(|line| line.starts_with(name));
        line.unwrap_or_else(|| panic!("no row {name} in\n{}", first.stdout))
    };
    let counts: Vec<&str> = row("pets").split_whitespace().skip(1).take(4).collect();
    assert_eq!(counts, ["2", "0", "1", "1"]);
    assert!(row("old-3rd").contains("refused: error["));
    for line in ["documents   1 (50.0 %) of 2", "types       1 (50.0 %) of 2"] {
        assert!(first.stdout.contains(line), "{}", first.stdout);
    }
    assert!(
        first
            .stdout
            .contains("     1  it consists of nothing but itself")
    );
    // What is known is taken from the first run, times included.
    assert_eq!(run().stdout, first.stdout);
}
