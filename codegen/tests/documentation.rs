//! Every public item of the published crate shows how it is used. What rustdoc expects no example of is left out:
//! modules, fields, variants, aliases, constants and the methods of a trait's implementations.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use quote::ToTokens;
use syn::{
    Attribute, Expr, ExprLit, ImplItem, Item, Lit, Meta, MetaNameValue, TraitItem, UseTree,
    Visibility,
};

#[test]
fn every_public_item_shows_how_it_is_used() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../generated/src");
    let mut files = Vec::new();
    collect(&root, &mut files);
    let exported = exports(&files);
    let mut seen = 0;
    let mut missing = Vec::new();
    for (path, file) in &files {
        let is_ours = |name: &str| {
            let name = (path.starts_with("runtime/testing/"), name.to_owned());
            !path.starts_with("runtime/") || exported.contains(&name)
        };
        for item in &file.items {
            for (name, attributes) in shown(item, &is_ours) {
                seen += 1;
                if !has_example(attributes) {
                    missing.push(format!("{path}: {name}"));
                }
            }
        }
    }
    assert!(seen > 150, "only {seen} public items were found");
    assert!(
        missing.is_empty(),
        "without an example:\n{}",
        missing.join("\n")
    );
}

fn collect(folder: &Path, files: &mut Vec<(String, syn::File)>) {
    let mut pending = vec![folder.to_path_buf()];
    let mut paths: Vec<PathBuf> = Vec::new();
    while let Some(folder) = pending.pop() {
        for entry in fs::read_dir(&folder).expect("the published crate is there") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                pending.push(path);
            } else {
                paths.push(path);
            }
        }
    }
    paths.sort();
    for path in paths {
        let text = fs::read_to_string(&path).expect("a source file");
        let name = path.strip_prefix(folder).expect("a path below").display();
        let name = name.to_string().replace('\\', "/");
        files.push((name, syn::parse_file(&text).expect("Rust")));
    }
}

/// What the crate takes out of its runtime for users, and whether it is out of the part for tests.
fn exports(files: &[(String, syn::File)]) -> BTreeSet<(bool, String)> {
    let mut names = BTreeSet::new();
    for (path, file) in files {
        if path.starts_with("runtime/") {
            continue;
        }
        for item in &file.items {
            if let Item::Use(import) = item
                && is_public(&import.vis)
            {
                leaves(path.starts_with("testing/"), &import.tree, &mut names);
            }
        }
    }
    names
}

fn leaves(testing: bool, tree: &UseTree, names: &mut BTreeSet<(bool, String)>) {
    let mut pending = vec![tree];
    while let Some(tree) = pending.pop() {
        match tree {
            UseTree::Path(path) => pending.push(&path.tree),
            UseTree::Group(group) => pending.extend(&group.items),
            UseTree::Name(name) => {
                names.insert((testing, name.ident.to_string()));
            }
            UseTree::Rename(_) | UseTree::Glob(_) => {}
        }
    }
}

/// Each public item and method with its attributes.
fn shown<'i>(item: &'i Item, is_ours: &dyn Fn(&str) -> bool) -> Vec<(String, &'i [Attribute])> {
    let mut found: Vec<(String, &[Attribute])> = Vec::new();
    let mut add = |name: String, attributes: &'i [Attribute]| {
        if !attributes.iter().any(is_hidden) {
            found.push((name, attributes));
        }
    };
    match item {
        Item::Struct(item) if is_public(&item.vis) && is_ours(&item.ident.to_string()) => {
            add(item.ident.to_string(), &item.attrs);
        }
        Item::Enum(item) if is_public(&item.vis) && is_ours(&item.ident.to_string()) => {
            add(item.ident.to_string(), &item.attrs);
        }
        Item::Fn(item) if is_public(&item.vis) && is_ours(&item.sig.ident.to_string()) => {
            add(item.sig.ident.to_string(), &item.attrs);
        }
        Item::Trait(item) if is_public(&item.vis) && is_ours(&item.ident.to_string()) => {
            add(item.ident.to_string(), &item.attrs);
            for member in &item.items {
                if let TraitItem::Fn(function) = member {
                    add(
                        format!("{}::{}", item.ident, function.sig.ident),
                        &function.attrs,
                    );
                }
            }
        }
        Item::Impl(block) if block.trait_.is_none() => {
            let owner = block.self_ty.to_token_stream().to_string();
            let owner = owner.split([' ', '<']).next().unwrap_or_default();
            for member in &block.items {
                if let ImplItem::Fn(function) = member
                    && is_public(&function.vis)
                    && is_ours(owner)
                {
                    add(format!("{owner}::{}", function.sig.ident), &function.attrs);
                }
            }
        }
        _ => {}
    }
    found
}

fn is_public(visibility: &Visibility) -> bool {
    matches!(visibility, Visibility::Public(_))
}

fn is_hidden(attribute: &Attribute) -> bool {
    attribute.path().is_ident("doc") && attribute.to_token_stream().to_string().contains("hidden")
}

/// Whether the documentation has a block of code that rustdoc compiles.
fn has_example(attributes: &[Attribute]) -> bool {
    let mut inside = false;
    for attribute in attributes {
        let Meta::NameValue(MetaNameValue { path, value, .. }) = &attribute.meta else {
            continue;
        };
        let Expr::Lit(ExprLit {
            lit: Lit::Str(line),
            ..
        }) = value
        else {
            continue;
        };
        let line = line.value();
        let Some(language) = line
            .trim()
            .strip_prefix("```")
            .filter(|_| path.is_ident("doc"))
        else {
            continue;
        };
        if !inside && ["", "no_run"].contains(&language) {
            return true;
        }
        inside = !inside;
    }
    false
}
