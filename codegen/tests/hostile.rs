//! Every string of a harmless document, replaced in turn by text that tries to become code, markup, a link or a path.

#[path = "support/own_example.rs"]
mod own_example;

use std::collections::BTreeMap;
use std::sync::LazyLock;

use openapi_client_codegen::output::FileSet;
use openapi_client_codegen::{Input, Project, generate};
use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag};
use serde_json::Value;
use syn::{ImplItem, Item, Visibility};

/// What stands where a payload does, in the document that the others are compared with.
const HARMLESS: &str = "Harmless";

const DOCUMENT: &str = include_str!("support/hostile.yaml");

/// A place of the document: the way to it, and whether it is a key there.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
struct Spot {
    way: Vec<String>,
    is_key: bool,
}

/// Objects whose keys are the author's own.
const OWN_KEYS: [&str; 7] = [
    "paths",
    "schemas",
    "properties",
    "securitySchemes",
    "examples",
    "mapping",
    "content",
];

fn spots(value: &Value) -> Vec<Spot> {
    let mut found = Vec::new();
    let mut pending = vec![(Vec::new(), value)];
    while let Some((way, value)) = pending.pop() {
        let below = |key: &str| way.iter().cloned().chain([key.to_owned()]).collect();
        match value {
            Value::String(_) => found.push(Spot { way, is_key: false }),
            Value::Array(items) => {
                let items = items.iter().enumerate();
                pending.extend(items.map(|(index, item)| (below(&index.to_string()), item)));
            }
            Value::Object(members) => {
                let is_own = way
                    .last()
                    .is_some_and(|key| OWN_KEYS.contains(&key.as_str()));
                for (key, member) in members {
                    if is_own {
                        found.push(Spot {
                            way: below(key),
                            is_key: true,
                        });
                    }
                    pending.push((below(key), member));
                }
            }
            _ => {}
        }
    }
    found
}

fn pointer(way: &[String]) -> String {
    let escape = |step: &String| format!("/{}", step.replace('~', "~0").replace('/', "~1"));
    way.iter().map(escape).collect()
}

/// The document with other text in one place; what refers to a key that changes changes with it.
fn with(document: &Value, spot: &Spot, text: &str) -> Value {
    let mut changed = document.clone();
    let (last, parent) = spot.way.split_last().expect("a place");
    if !spot.is_key {
        let text = match (last.as_str(), parent.last().map(String::as_str)) {
            ("url", _) => format!("https://api.example.com/{}", text.replace(['{', '}'], "")),
            _ => text.to_owned(),
        };
        *changed.pointer_mut(&pointer(&spot.way)).expect("a value") = text.into();
        return changed;
    }
    let text = match parent.last().map(String::as_str) {
        Some("paths") => format!("{last}/x{}", text.replace(['{', '}'], "")),
        _ => text.to_owned(),
    };
    let object = changed
        .pointer_mut(&pointer(parent))
        .and_then(Value::as_object_mut);
    let object = object.expect("an object");
    *object = std::mem::take(object)
        .into_iter()
        .map(|(key, value)| {
            if key == *last {
                (text.clone(), value)
            } else {
                (key, value)
            }
        })
        .collect();
    let old = format!("#{}", pointer(&spot.way));
    let new: Vec<String> = parent.iter().cloned().chain([text]).collect();
    rename(&mut changed, &old, &format!("#{}", pointer(&new)));
    changed
}

fn rename(value: &mut Value, old: &str, new: &str) {
    let mut pending = vec![value];
    while let Some(value) = pending.pop() {
        match value {
            Value::String(text) if text == old => new.clone_into(text),
            Value::Array(items) => pending.extend(items),
            Value::Object(members) => pending.extend(members.values_mut()),
            _ => {}
        }
    }
}

/// With everything that can be made of a document.
const SETTINGS: &str = r#"
[package]
name = "pets-client"
version = "0.1.0"
description = "Pets"
example_on_every_item = true

[[document]]
file = "pets.json"
module = "pets"
"#;

fn files(document: &Value) -> Option<FileSet> {
    let input = Input {
        path: "pets.json".to_owned(),
        bytes: document.to_string().into_bytes(),
        module: Some("pets".to_owned()),
    };
    let settings = Input {
        path: "client.toml".to_owned(),
        bytes: SETTINGS.as_bytes().to_vec(),
        module: None,
    };
    let project = Project {
        settings: Some(settings),
        documents: vec![input],
        ..Project::default()
    };
    generate(&project).files
}

/// The files that are made of the document, with their text.
fn made(files: &FileSet) -> impl Iterator<Item = (&str, &str)> {
    files
        .iter()
        .filter(|(path, _)| !path.starts_with("src/runtime/"))
}

fn parsed(path: &str, text: &str) -> Option<syn::File> {
    let file = std::path::Path::new(path);
    let is_rust = file.extension().is_some_and(|extension| extension == "rs");
    is_rust.then(|| syn::parse_file(text).unwrap_or_else(|error| panic!("{path}: {error}\n{text}")))
}

/// How many files there are of each kind.
type Shapes = BTreeMap<Vec<String>, usize>;

/// What each file declares, without names; files of one shape are counted.
fn shapes(files: &FileSet) -> Shapes {
    let mut shapes = BTreeMap::new();
    for (path, text) in made(files) {
        if let Some(file) = parsed(path, text) {
            let mut items: Vec<String> = file.items.iter().map(shape).collect();
            items.sort();
            *shapes.entry(items).or_default() += 1;
        }
    }
    shapes
}

fn shape(item: &Item) -> String {
    let visible = |visibility: &Visibility| match visibility {
        Visibility::Public(_) => "pub ",
        Visibility::Restricted(_) => "pub(in) ",
        Visibility::Inherited => "",
    };
    match item {
        Item::Struct(item) => format!("{}struct {}", visible(&item.vis), item.fields.len()),
        Item::Enum(item) => format!("{}enum {}", visible(&item.vis), item.variants.len()),
        Item::Impl(item) => {
            let members = item.items.iter().map(|member| match member {
                ImplItem::Fn(member) => format!(
                    "{}fn/{}/{}",
                    visible(&member.vis),
                    member.sig.inputs.len(),
                    member.block.stmts.len()
                ),
                ImplItem::Const(member) => format!("{}const", visible(&member.vis)),
                ImplItem::Type(_) => "type".to_owned(),
                _ => "other".to_owned(),
            });
            let of = if item.trait_.is_some() {
                "impl for"
            } else {
                "impl"
            };
            format!("{of} {}", members.collect::<Vec<_>>().join(" "))
        }
        Item::Fn(item) => format!("{}fn {}", visible(&item.vis), item.sig.inputs.len()),
        Item::Static(item) => format!("{}static", visible(&item.vis)),
        Item::Const(item) => format!("{}const", visible(&item.vis)),
        Item::Type(item) => format!("{}type", visible(&item.vis)),
        Item::Mod(item) => format!("{}mod {}", visible(&item.vis), item.content.is_some()),
        Item::Macro(item) => item
            .mac
            .path
            .segments
            .last()
            .map_or_else(String::new, |name| name.ident.to_string()),
        // How many names one declaration brings in may depend on what they are.
        Item::Use(_) => "use".to_owned(),
        _ => "other".to_owned(),
    }
}

/// The documentation of each thing in a file, which is written in lines and in no other form.
fn documentation(path: &str, text: &str) -> Vec<String> {
    let mut all = vec![String::new()];
    for line in text.lines().map(str::trim_start) {
        assert!(
            !["#[doc", "#![doc", "/**", "/*!"]
                .iter()
                .any(|form| line.starts_with(form)),
            "{path}: {line}"
        );
        let Some(line) = line.strip_prefix("///").or(line.strip_prefix("//!")) else {
            all.push(String::new());
            continue;
        };
        if let Some(last) = all.last_mut() {
            last.push_str(line.strip_prefix(' ').unwrap_or(line));
            last.push('\n');
        }
    }
    all.retain(|text| !text.is_empty());
    all
}

fn check_documentation(path: &str, text: &str, of: &str) {
    if parsed(path, text).is_none() {
        return;
    }
    for text in documentation(path, text) {
        let text = own_example::without(path, &text);
        for event in Parser::new_ext(&text, Options::all()) {
            match event {
                Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(kind))) => {
                    assert_eq!(
                        &*kind, "text",
                        "{of}: {path}: code that rustdoc runs in\n{text}"
                    );
                }
                Event::Start(Tag::CodeBlock(CodeBlockKind::Indented)) => {
                    panic!("{of}: {path}: code that rustdoc runs in\n{text}");
                }
                Event::Html(html) | Event::InlineHtml(html) => {
                    panic!("{of}: {path}: markup {html} in\n{text}");
                }
                Event::Start(Tag::Link { dest_url, .. }) => assert!(
                    dest_url.starts_with("https://") || !dest_url.contains("crate::runtime"),
                    "{of}: {path}: a link to {dest_url}"
                ),
                _ => {}
            }
        }
    }
}

fn check(files: &FileSet, of: &str) {
    for (path, text) in made(files) {
        let steps = path.split('/');
        assert!(
            !path.starts_with('/')
                && steps.clone().all(|step| {
                    !step.is_empty()
                        && step.len() <= 160
                        && step != ".."
                        && step
                            .chars()
                            .all(|c| c.is_ascii_alphanumeric() || "_-.".contains(c))
                }),
            "{of}: the path {path}"
        );
        let hidden = |c: &char| {
            (c.is_control() && *c != '\n')
                || matches!(*c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{2028}' | '\u{2029}'
                    | '\u{200e}' | '\u{200f}' | '\u{61c}' | '\u{feff}')
        };
        if let Some(found) = text.chars().find(hidden) {
            panic!("{of}: {path} has the character {found:?}");
        }
        check_documentation(path, text, of);
    }
}

/// What the document with harmless text in a place makes, if it is accepted.
fn twin(spot: &Spot) -> Option<&'static Shapes> {
    static TWINS: LazyLock<BTreeMap<Spot, Option<Shapes>>> = LazyLock::new(|| {
        let document = document();
        let twin = |spot: Spot| {
            let files = files(&with(&document, &spot, HARMLESS));
            (spot, files.as_ref().map(shapes))
        };
        spots(&document).into_iter().map(twin).collect()
    });
    TWINS.get(spot).and_then(Option::as_ref)
}

fn document() -> Value {
    serde_yaml::from_str(DOCUMENT).expect("the document is YAML")
}

/// Puts a payload in each place.
fn attack(payload: &str) {
    let document = document();
    let mut accepted = 0;
    for spot in spots(&document) {
        let of = format!(
            "{} at {}{}",
            payload.chars().take(40).collect::<String>().escape_debug(),
            pointer(&spot.way),
            if spot.is_key { " (key)" } else { "" }
        );
        let Some(files) = files(&with(&document, &spot, payload)) else {
            continue;
        };
        accepted += 1;
        check(&files, &of);
        let expected = twin(&spot).unwrap_or_else(|| panic!("{of}: only the payload is accepted"));
        let got = shapes(&files);
        if got != *expected {
            differ(&of, &got, expected);
        }
    }
    assert!(accepted > 40, "the payload reached only {accepted} places");
}

fn differ(of: &str, got: &Shapes, expected: &Shapes) {
    let only = |these: &Shapes, those: &Shapes| {
        let only = these
            .iter()
            .filter(|(key, count)| those.get(*key) != Some(count));
        only.map(|(key, _)| key.join("\n  "))
            .collect::<Vec<_>>()
            .join("\n\n  ")
    };
    panic!(
        "{of}: other items than the harmless twin has\n  {}\ninstead of\n  {}",
        only(got, expected),
        only(expected, got)
    );
}

macro_rules! attacks {
    ($($name:ident: $payload:expr;)+) => {
        $(#[test] fn $name() { attack($payload); })+
    };
}

attacks! {
    the_end_of_a_comment_and_a_function: "*/ } fn evil() { } /*";
    the_end_of_a_string_and_a_statement: "\"; std::process::exit(1); //";
    the_beginning_of_a_raw_string: "r#\"";
    a_line_and_an_attribute: "a\n#![no_std]\nb";
    a_carriage_return_and_an_attribute: "a\r#![no_std]\r\nb";
    a_right_to_left_override: "a\u{202e}b\u{2066}c";
    a_line_separator: "a\u{2028}fn evil() {}\u{2029}b";
    a_null_and_an_escape: "a\0b\u{1b}[31mc";
    a_fenced_block_of_rust: "```rust\nfn main(){panic!()}\n```";
    an_indented_block: "    panic!()\n\n    panic!()";
    an_indented_block_after_a_paragraph: "Look:\n\n        panic!()\n";
    a_fence_in_a_fence: "~~~\n```\n```rust\npanic!()\n```\n~~~";
    a_fence_that_stays_open: "Look:\n\n```rust\npanic!()";
    a_block_in_a_list: "* a\n\n      panic!()\n\n  ```\n  panic!()\n  ```";
    markup: "<script>alert(1)</script>";
    a_link_to_an_item: "[x](crate::runtime::Client) [`crate::runtime::Client`]";
    a_definition_of_a_link: "[x]\n\n[x]: crate::runtime::Client";
    a_way_out_of_the_folder: "../../etc/passwd";
    emoji: "🎉👩\u{200d}👩\u{200d}👧 ﷽";
    nothing: "";
    a_space: " ";
    a_keyword: "self";
    the_name_of_a_trait: "Drop";
}

#[test]
fn ten_thousand_characters() {
    attack(&"A".repeat(10_000));
}

#[test]
fn ten_thousand_words() {
    attack(&"a b".repeat(3_333));
}
