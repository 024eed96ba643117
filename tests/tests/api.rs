//! What each document of `spec/` means for users of the crate: its public signatures and one complete request function. Made by
//! running the generator, so that a changed document is seen here even before `cargo xtask generate`.

use std::error::Error;
use std::panic::catch_unwind;
use std::path::Path;

use openapi_client_codegen::output::FileSet;
use openapi_client_codegen::{Input, Project, documents_named, generate};

type Outcome = Result<(), Box<dyn Error>>;

fn read(file: &str, module: Option<String>) -> Result<Input, Box<dyn Error>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../spec");
    let bytes =
        std::fs::read(folder.join(file)).map_err(|error| format!("spec/{file}: {error}"))?;
    Ok(Input {
        path: format!("spec/{file}"),
        bytes,
        module,
    })
}

/// The crate that `spec/` asks for, and the modules of its documents.
fn crate_of_spec() -> Result<(FileSet, Vec<String>), Box<dyn Error>> {
    let settings = read("client.toml", None)?;
    let named = documents_named(&settings).map_err(|found| found.to_string())?;
    let mut documents = Vec::new();
    for (file, module) in &named {
        documents.push(read(file, Some(module.clone()))?);
    }
    let generated = generate(&Project {
        settings: Some(settings),
        documents,
        ..Project::default()
    });
    let files = generated.files;
    let files = files.ok_or_else(|| format!("refused:\n{}", generated.diagnostics))?;
    Ok((files, named.into_iter().map(|(_, module)| module).collect()))
}

/// The public signatures in the files that begin so.
fn signatures(files: &FileSet, beginning: &str) -> String {
    let api = files.get("API.txt").unwrap_or_default();
    let sections = api
        .split("// src/")
        .filter(|section| section.starts_with(beginning));
    sections.flat_map(|section| ["// src/", section]).collect()
}

/// The items of a file that have to do with the creation of a resource.
fn creation(text: &str) -> String {
    let method = text
        .split_once("    pub fn create(")
        .and_then(|(before, after)| {
            let start = before.rfind("\n\n").or(before.rfind("{\n"))? + 2;
            let end = after.find("\n    }\n")? + "\n    }".len();
            Some(format!(
                "{}    pub fn create({}",
                &before[start..],
                &after[..end]
            ))
        });
    let items = text
        .split("\n\n")
        .fold(Vec::<String>::new(), |mut items, part| {
            match items.last_mut().filter(|_| part.starts_with(' ')) {
                Some(item) => item.extend(["\n\n", part]),
                None => items.push(part.to_owned()),
            }
            items
        });
    let is_creation =
        |item: &String| item.contains("CreateRequest") || item.contains("static CREATE:");
    let own = items
        .into_iter()
        .filter(|item| is_creation(item) && !item.contains("impl<C: Clone>"));
    let all: Vec<String> = method.into_iter().chain(own).collect();
    all.join("\n\n")
}

/// Compares each snapshot, so that one that differs does not hide the others from the reviewer.
fn compare(snapshots: Vec<(String, String)>) -> Outcome {
    let mut differing = Vec::new();
    for (name, text) in snapshots {
        let compared = catch_unwind(|| insta::assert_snapshot!(name.as_str(), text));
        if compared.is_err() {
            differing.push(name);
        }
    }
    if differing.is_empty() {
        return Ok(());
    }
    Err(format!(
        "changed: {}; see `cargo insta review`",
        differing.join(", ")
    )
    .into())
}

#[test]
fn each_document_has_these_signatures() -> Outcome {
    let (files, modules) = crate_of_spec()?;
    let of = |module: String| {
        let text = signatures(&files, &format!("{module}/"));
        (format!("signatures_of_{module}"), text)
    };
    compare(modules.into_iter().map(of).collect())
}

#[test]
fn what_documents_share_has_these_signatures() -> Outcome {
    let (files, _) = crate_of_spec()?;
    let shared = ["client.rs", "types.rs"].map(|file| signatures(&files, file));
    insta::assert_snapshot!("signatures_of_all", shared.concat());
    Ok(())
}

#[test]
fn each_document_creates_with_this_code() -> Outcome {
    let (files, modules) = crate_of_spec()?;
    let of = |module: String| {
        let folder = format!("src/{module}/");
        let found = files
            .iter()
            .filter(|(path, text)| path.starts_with(&folder) && text.contains("pub fn create("));
        let code: Vec<String> = found.map(|(_, text)| creation(text)).collect();
        (format!("creation_in_{module}"), code.join("\n"))
    };
    compare(modules.into_iter().map(of).collect())
}
