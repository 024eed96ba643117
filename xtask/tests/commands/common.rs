//! Takes arguments, gives what the built `xtask` did in a directory of its own, and must never depend on the environment of the test run.

use std::fs;
use std::path::Path;
use std::process::Command;

/// What a run left behind.
pub(crate) struct Run {
    /// The exit code.
    pub(crate) code: Option<i32>,
    /// Standard output.
    pub(crate) stdout: String,
    /// Standard error.
    pub(crate) stderr: String,
}

/// Runs `xtask` in `dir`.
pub(crate) fn xtask(dir: &Path, arguments: &[&str]) -> Run {
    let output = Command::new(env!("CARGO_BIN_EXE_xtask"))
        .args(arguments)
        .current_dir(dir)
        .env_remove("CARGO_MANIFEST_DIR")
        .output()
        .expect("the binary was built for this test");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("all output is UTF-8");
    Run {
        code: output.status.code(),
        stdout: text(output.stdout),
        stderr: text(output.stderr),
    }
}

/// A small document without a mistake.
pub(crate) const DOCUMENT: &str = "\
openapi: 3.0.3
info:
  title: Shelf
  version: 1.2.0
servers:
  - url: https://shelf.example
paths:
  /books:
    get:
      operationId: listBooks
      parameters:
        - name: title
          in: query
          schema: { type: string }
      responses:
        '200':
          description: The books.
          content:
            application/json:
              schema: { $ref: '#/components/schemas/Book' }
  /books/{id}:
    delete:
      operationId: deleteBook
      parameters:
        - name: id
          in: path
          required: true
          schema: { type: string }
      responses:
        '204': { description: It is gone. }
components:
  schemas:
    Book:
      type: object
      required: [title]
      properties:
        title: { type: string }
";

/// Settings that name one document, `shelf.yaml`.
pub(crate) const SETTINGS: &str = "\
[package]
name = \"shelf-client\"
version = \"0.1.0\"
description = \"A client for a shelf of books.\"

[[document]]
file = \"shelf.yaml\"
module = \"shelf\"
";

/// Lays out a workspace with one document.
pub(crate) fn workspace(dir: &Path, document: &[u8]) {
    fs::create_dir_all(dir.join("spec")).unwrap();
    fs::write(dir.join("spec/client.toml"), SETTINGS).unwrap();
    fs::write(dir.join("spec/shelf.yaml"), document).unwrap();
}
