//! Lean output and little work are features: how many lines a large document of Twilio's may lead to, and how work and
//! memory grow with a document.

use std::alloc::System;
use std::fmt::Write as _;
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use cap::Cap;
use openapi_client_codegen::{Input, Project, generate};

#[global_allocator]
static ALLOCATOR: Cap<System> = Cap::new(System, usize::MAX);

/// What is counted is counted for the whole process, so one test runs at a time.
static ALONE: Mutex<()> = Mutex::new(());

/// Documented lines an operation, with its types and without the runtime.
const MOST_LINES: usize = 150;

#[test]
fn a_large_document_stays_within_its_lines() {
    let _alone = ALONE.lock().unwrap_or_else(PoisonError::into_inner);
    let file =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/specs/twilio/twilio_api_v2010.yaml");
    let Ok(bytes) = std::fs::read(&file) else {
        eprintln!("skipped: there is no target/specs, which holds documents of others");
        return;
    };
    let generated = generate(&Project {
        documents: vec![Input {
            path: "twilio_api_v2010.yaml".to_owned(),
            bytes,
            module: None,
        }],
        ..Project::default()
    });
    let files = generated.files.expect("the document is accepted");
    let operations: usize = generated
        .report
        .documents
        .iter()
        .map(|document| document.operations)
        .sum();
    let code = files
        .iter()
        .filter(|(path, _)| path.starts_with("src/") && !path.starts_with("src/runtime/"));
    let lines: usize = code.map(|(_, text)| text.lines().count()).sum();
    assert!(operations > 0);
    assert!(
        lines <= operations * MOST_LINES,
        "{lines} lines for {operations} operations: {} each",
        lines / operations
    );
    // What is left out must not make the rest look lean.
    assert!(operations >= 190, "only {operations} operations");
}

/// A document with so many resources, each with operations, schemas, an error of its own, a text and a mistake.
fn document(resources: usize) -> Vec<u8> {
    let mut paths = String::new();
    let mut schemas = String::new();
    for number in 0..resources {
        let _ = write!(
            paths,
            r"
  /things{number}/{{id}}:
    parameters:
      - {{ name: id, in: path, required: true, schema: {{ type: string }} }}
    get:
      operationId: fetchThing{number}
      tags: [things{number}]
      description: Fetches the *thing* {number}.
      responses:
        '200':
          description: It.
          content: {{ application/json: {{ schema: {{ $ref: '#/components/schemas/Thing{number}' }} }} }}
        '404':
          description: None.
          content: {{ application/json: {{ example: {{ code: {number} }} }} }}
    post:
      operationId: updateThing{number}
      tags: [things{number}]
      requestBody:
        content: {{ application/json: {{ schema: {{ $ref: '#/components/schemas/Thing{number}' }} }} }}
      responses: {{ '204': {{ description: Done. }} }}"
        );
        let _ = write!(
            schemas,
            r"
    Thing{number}:
      type: object
      unknown{number}: key
      required: [id]
      properties:
        id: {{ type: string, description: The id. }}
        kind: {{ type: string, enum: [one{number}, two{number}] }}
        inner: {{ type: object, properties: {{ count: {{ type: integer }} }} }}
        next: {{ $ref: '#/components/schemas/Thing{number}' }}"
        );
    }
    let info = "openapi: 3.0.3\ninfo: { title: Things, version: '1' }\n";
    let servers = "servers: [{ url: 'https://example.com' }]\n";
    format!("{info}{servers}paths:{paths}\ncomponents:\n  schemas:{schemas}\n").into_bytes()
}

/// The bytes that were allocated for a document, and the most that there were at a time in the life of the process.
fn allocated(resources: usize) -> (usize, usize) {
    let project = Project {
        documents: vec![Input {
            path: "things.yaml".to_owned(),
            bytes: document(resources),
            module: None,
        }],
        ..Project::default()
    };
    let before = ALLOCATOR.total_allocated();
    let generated = generate(&project);
    assert!(generated.files.is_some(), "the document is refused");
    assert!(generated.report.warnings >= resources);
    (
        ALLOCATOR.total_allocated() - before,
        ALLOCATOR.max_allocated(),
    )
}

#[test]
fn twice_the_document_is_twice_the_work_and_memory() {
    let _alone = ALONE.lock().unwrap_or_else(PoisonError::into_inner);
    // Tables that are made once, and what every client has, do not grow.
    allocated(1);
    let (work, most) = allocated(100);
    let (twice_the_work, most_of_twice) = allocated(200);
    assert!(
        twice_the_work * 10 <= work * 21,
        "{work} bytes are allocated for a document, {twice_the_work} for one of twice the size"
    );
    assert!(
        most_of_twice * 10 <= most * 21,
        "{most} bytes are held for a document, {most_of_twice} for one of twice the size"
    );
}
