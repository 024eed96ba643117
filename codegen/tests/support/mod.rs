//! Takes tiny documents and gives the items that the generator makes of them; it must never hide what else was said.

#![allow(dead_code, reason = "each test binary uses a part of it")]

use openapi_client_codegen::output::FileSet;
use openapi_client_codegen::{Generated, Input, Project, generate};
use quote::ToTokens;
use syn::{Item, Type};

/// What became of a document.
pub(crate) struct Made {
    pub(crate) generated: Generated,
}

impl Made {
    pub(crate) fn files(&self) -> &FileSet {
        let files = self.generated.files.as_ref();
        files.unwrap_or_else(|| panic!("refused:\n{}", self.diagnostics()))
    }

    /// What was found in the document, as it is shown.
    pub(crate) fn diagnostics(&self) -> String {
        self.generated.diagnostics.to_string()
    }

    /// Nothing is to be said about the document.
    pub(crate) fn silent(self) -> Self {
        assert_eq!(self.diagnostics(), "");
        self
    }

    /// The definitions of these names with their implementations, in the order of the files.
    pub(crate) fn items(&self, names: &[&str]) -> String {
        let found: Vec<String> = names
            .iter()
            .flat_map(|name| {
                let chunks = self.modules().flat_map(|(_, text)| chunks(text));
                let own: Vec<_> = chunks.filter(|chunk| belongs(chunk, name)).collect();
                assert!(!own.is_empty(), "no `{name}` in\n{}", self.api());
                own
            })
            .collect();
        found.join("\n")
    }

    /// What operations are that do not say otherwise.
    pub(crate) fn usual_operation(&self) -> String {
        let client = self.files().get("src/client.rs").unwrap_or_default();
        let mut chunks = chunks(client).into_iter();
        let found = chunks.find(|chunk| chunk.contains("const OPERATION"));
        found.expect("a client has operations")
    }

    /// A method of a resource's handle, with its documentation.
    pub(crate) fn method(&self, name: &str) -> String {
        let beginning = format!("    pub fn {name}(");
        let mut found = String::new();
        for (_, text) in self.modules() {
            let Some(end) = text.find(&beginning) else {
                continue;
            };
            let start = text[..end].rfind("\n\n").map_or(0, |at| at + 2);
            let start = text[..end]
                .rfind("{\n")
                .map_or(start, |at| start.max(at + 2));
            let length = text[start..].find("\n    }\n").unwrap_or_default();
            for line in text[start..start + length].lines() {
                found.extend([line.strip_prefix("    ").unwrap_or(line), "\n"]);
            }
            found.push_str("}\n");
        }
        assert!(!found.is_empty(), "no method `{name}` in\n{}", self.api());
        found
    }

    /// What users of the crate rely on, without what is the same for every crate.
    pub(crate) fn api(&self) -> String {
        let text = self.files().get("API.txt").unwrap_or_default();
        let sections = text.split("// src/").skip(1).filter(|section| {
            ["lib.rs", "client.rs"]
                .iter()
                .all(|file| !section.starts_with(file))
        });
        sections.flat_map(|section| ["// src/", section]).collect()
    }

    /// The same, of types only.
    pub(crate) fn types(&self) -> String {
        let api = self.api();
        let types = api.split("// src/").filter(|section| {
            section
                .lines()
                .next()
                .is_some_and(|path| path.ends_with("types.rs"))
        });
        types.flat_map(|section| ["// src/", section]).collect()
    }

    /// How a form is written.
    pub(crate) fn writing(&self, name: &str) -> String {
        let beginning = format!("impl FormBody for {name} ");
        let items = self.items(&[name]);
        let start = items.find(&beginning).expect("a form");
        items[start..].to_owned()
    }

    /// The signatures of the handles' methods, one a line.
    pub(crate) fn methods(&self) -> String {
        let mut found = String::new();
        for (path, text) in self.modules() {
            let file = syn::parse_file(text).expect("generated code is Rust");
            for item in file.items {
                let Item::Impl(block) = item else { continue };
                let target = block.self_ty.to_token_stream().to_string();
                if block.trait_.is_some() || target.starts_with("Call") {
                    continue;
                }
                for member in block.items {
                    if let syn::ImplItem::Fn(function) = member
                        && matches!(function.vis, syn::Visibility::Public(_))
                    {
                        let signature = function.sig.to_token_stream().to_string();
                        found.extend([path, ": ", &tight(&signature), "\n"]);
                    }
                }
            }
        }
        found
    }

    /// The modules that were made of documents, with their text.
    pub(crate) fn modules(&self) -> impl Iterator<Item = (&str, &str)> {
        self.files().iter().filter(|(path, _)| {
            path.starts_with("src/")
                && !path.starts_with("src/runtime/")
                && !["src/lib.rs", "src/client.rs"].contains(path)
        })
    }
}

/// Tokens as text, without the spaces that nobody would write.
fn tight(tokens: &str) -> String {
    [
        (" (", "("),
        ("( ", "("),
        (" )", ")"),
        (" ,", ","),
        (" < ", "<"),
        (" >", ">"),
        ("& self", "&self"),
        (" :", ":"),
        (">->", "> ->"),
    ]
    .iter()
    .fold(tokens.to_owned(), |text, (from, to)| text.replace(from, to))
}

/// The items of a file as they stand there.
fn chunks(text: &str) -> Vec<String> {
    let mut chunks: Vec<String> = Vec::new();
    let mut after_gap = true;
    for line in text.lines() {
        if after_gap && !line.is_empty() && !line.starts_with([' ', '}']) {
            chunks.push(String::new());
        }
        after_gap = line.is_empty();
        if let Some(chunk) = chunks.last_mut() {
            chunk.push_str(line);
            chunk.push('\n');
        }
    }
    for chunk in &mut chunks {
        chunk.truncate(chunk.trim_end().len());
        chunk.push('\n');
    }
    chunks
}

fn belongs(chunk: &str, name: &str) -> bool {
    let Ok(file) = syn::parse_file(chunk) else {
        return false;
    };
    declares(&file, name)
}

fn declares(file: &syn::File, name: &str) -> bool {
    file.items.iter().any(|item| match item {
        Item::Struct(item) => item.ident == name,
        Item::Enum(item) => item.ident == name,
        Item::Static(item) => item.ident == name,
        Item::Type(item) => item.ident == name,
        Item::Impl(item) => {
            let Type::Path(target) = &*item.self_ty else {
                return false;
            };
            target.path.to_token_stream().to_string() == name
                || item.self_ty.to_token_stream().to_string() == format!("Call < C , {name} >")
        }
        Item::Macro(item) if matches!(item.mac.delimiter, syn::MacroDelimiter::Brace(_)) => {
            let inner = item.mac.parse_body::<syn::File>();
            inner.is_ok_and(|inner| declares(&inner, name))
        }
        Item::Macro(item) => item.mac.tokens.to_string().split([' ', ',']).next() == Some(name),
        _ => false,
    })
}

/// A document with a server around these paths, components and the like.
pub(crate) fn document(rest: &str) -> String {
    format!(
        "openapi: 3.0.3\ninfo: {{ title: Tiny, version: '1' }}\nservers: [{{ url: https://api.example.com }}]\n{}\n",
        rest.trim_matches('\n')
    )
}

/// A client of one document, whose items stand at the crate's root.
pub(crate) fn make(text: &str) -> Made {
    make_all(&[("tiny.yaml", None, text)])
}

/// The same, with an example on every item.
pub(crate) fn make_with_examples(text: &str) -> Made {
    let settings = "[package]\nname = \"tiny-client\"\nversion = \"0.1.0\"\ndescription = \"Tiny\"\n\
                    example_on_every_item = true\n[[document]]\nfile = \"tiny.yaml\"\nmodule = \"v1\"\n";
    let input = |path: &str, text: &str| Input {
        path: path.to_owned(),
        bytes: text.as_bytes().to_vec(),
        module: None,
    };
    let project = Project {
        settings: Some(input("client.toml", settings)),
        documents: vec![input("tiny.yaml", text)],
        ..Project::default()
    };
    Made {
        generated: generate(&project),
    }
}

/// A client of several documents: file, module and text of each.
pub(crate) fn make_all(documents: &[(&str, Option<&str>, &str)]) -> Made {
    let documents = documents.iter().map(|(path, module, text)| Input {
        path: (*path).to_owned(),
        bytes: text.as_bytes().to_vec(),
        module: module.map(str::to_owned),
    });
    let documents: Vec<Input> = documents.collect();
    let project = Project {
        documents,
        name: Some("tiny-client".to_owned()),
        ..Project::default()
    };
    Made {
        generated: generate(&project),
    }
}

fn indented(text: &str, by: usize) -> String {
    let space = " ".repeat(by);
    let lines = text.trim_matches('\n').lines();
    lines.flat_map(|line| [&space, line, "\n"]).collect()
}

fn first_key(schemas: &str) -> &str {
    let first = schemas.trim_start().split(':').next();
    first.unwrap_or_default().trim_matches(['\'', '"'])
}

/// A client with one operation that answers with the first of these schemas.
pub(crate) fn answer(schemas: &str) -> Made {
    make(&answer_document(schemas))
}

/// The document of [`answer`].
pub(crate) fn answer_document(schemas: &str) -> String {
    let (first, schemas) = (first_key(schemas), indented(schemas, 4));
    document(&format!(
        "paths:
  /things:
    get:
      operationId: fetchThings
      responses:
        '200':
          description: Done
          content:
            application/json:
              schema: {{ $ref: '#/components/schemas/{first}' }}
components:
  schemas:
{schemas}"
    ))
}

/// A client with one operation that sends the first of these schemas as a form.
pub(crate) fn form(schemas: &str) -> Made {
    let (first, schemas) = (first_key(schemas), indented(schemas, 4));
    make(&document(&format!(
        "paths:
  /things:
    post:
      operationId: createThing
      requestBody:
        content:
          application/x-www-form-urlencoded:
            schema: {{ $ref: '#/components/schemas/{first}' }}
      responses: {{ '204': {{ description: Done }} }}
components:
  schemas:
{schemas}"
    )))
}

/// A client with one operation that sends the first of these schemas as JSON, and one that answers with the second, if
/// there is one of the name `Answer`.
pub(crate) fn body(schemas: &str) -> Made {
    make(&body_document(schemas))
}

/// The document of [`body`].
pub(crate) fn body_document(schemas: &str) -> String {
    let answered = schemas.contains("\nAnswer:");
    let (first, schemas) = (first_key(schemas), indented(schemas, 4));
    let answer = if answered {
        "'200': { description: Done, content: { application/json: { schema: { $ref: '#/components/schemas/Answer' } } } }"
    } else {
        "'204': { description: Done }"
    };
    document(&format!(
        "paths:
  /things:
    post:
      operationId: createThing
      requestBody:
        required: true
        content:
          application/json:
            schema: {{ $ref: '#/components/schemas/{first}' }}
      responses: {{ {answer} }}
components:
  schemas:
{schemas}"
    ))
}

/// A client with one operation that takes these parameters: a list in YAML.
pub(crate) fn parameters(path: &str, parameters: &str) -> Made {
    let parameters = indented(parameters, 8);
    make(&document(&format!(
        "paths:
  {path}:
    get:
      operationId: readThing
      parameters:
{parameters}
      responses: {{ '204': {{ description: Done }} }}"
    )))
}

/// A client of operations: each a method, a path and its members in YAML's flow style.
pub(crate) fn operations(list: &[(&str, &str, &str)]) -> Made {
    make(&operations_document(list))
}

/// The document of [`operations`].
pub(crate) fn operations_document(list: &[(&str, &str, &str)]) -> String {
    use std::fmt::Write as _;
    let mut paths: Vec<(&str, String)> = Vec::new();
    for (method, path, members) in list {
        if paths.iter().all(|(known, _)| known != path) {
            paths.push((path, String::new()));
        }
        if let Some((_, text)) = paths.iter_mut().find(|(known, _)| known == path) {
            let members = if members.is_empty() {
                String::new()
            } else {
                format!("{members}, ")
            };
            let _ = writeln!(
                text,
                "    {method}: {{ {members}responses: {{ '204': {{ description: Done }} }} }}"
            );
        }
    }
    let mut rest = "paths:\n".to_owned();
    for (path, text) in paths {
        let parameters: Vec<String> = path
            .split('{')
            .skip(1)
            .filter_map(|step| step.split('}').next())
            .map(|name| {
                format!("{{ name: {name}, in: path, required: true, schema: {{ type: string }} }}")
            })
            .collect();
        let _ = write!(
            rest,
            "  '{path}':\n    parameters: [{}]\n{text}",
            parameters.join(", ")
        );
    }
    document(&rest)
}
