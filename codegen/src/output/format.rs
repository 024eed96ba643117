//! Takes tokens and gives formatted text with a header; it must never change what the tokens say.

use std::fmt;
use std::sync::atomic::{AtomicUsize, Ordering};

use proc_macro2::TokenStream;
use syn::{Attribute, File, Item};

use super::runtime::Used;
use super::signatures;
use crate::emit::{Unit, docs};

/// A file that is ready.
#[derive(Debug)]
pub(super) struct Formatted {
    pub(super) text: String,
    /// Its public declarations.
    pub(super) api: String,
    /// What it names of the runtime.
    pub(super) used: Used,
}

/// The generator made something that is not Rust.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct FormatError {
    /// The file.
    pub path: String,
    /// What the parser says.
    pub reason: String,
}

impl fmt::Display for FormatError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}: {}", self.path, self.reason)
    }
}

impl std::error::Error for FormatError {}

/// As many files are made at a time: more only need more memory, since parsing the document took one core too.
const WORKERS: usize = 2;

type Made = Result<Option<Formatted>, FormatError>;

/// Makes every file, and gives them in their order. A file without anything in it is none.
pub(super) fn all(units: &[Unit<'_>]) -> Result<Vec<Option<Formatted>>, FormatError> {
    let next = AtomicUsize::new(0);
    let work = || {
        let mut made: Vec<(usize, Made)> = Vec::new();
        loop {
            let index = next.fetch_add(1, Ordering::Relaxed);
            let Some(unit) = units.get(index) else {
                return made;
            };
            made.push((index, one(unit)));
        }
    };
    let mut made = std::thread::scope(|scope| {
        let others: Vec<_> = (1..WORKERS).map(|_| scope.spawn(work)).collect();
        let mut made = work();
        for other in others {
            match other.join() {
                Ok(more) => made.extend(more),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        made
    });
    made.sort_by_key(|(index, _)| *index);
    made.into_iter().map(|(_, made)| made).collect()
}

/// Makes a file: its tokens and its syntax tree are gone when it is done.
pub(super) fn one(unit: &Unit<'_>) -> Made {
    let tokens = unit.tokens();
    if tokens.is_empty() {
        return Ok(None);
    }
    let file = parse(tokens).map_err(|error| FormatError {
        path: unit.path.clone(),
        reason: error.to_string(),
    })?;
    let mut formatted = Formatted {
        text: header(unit.document),
        api: String::new(),
        used: Used::default(),
    };
    let items = unparse(file, &mut formatted.text);
    if unit.public {
        signatures::append(&unit.path, items, &mut formatted.api);
    }
    formatted.used = Used::of(&formatted.text);
    Ok(Some(formatted))
}

fn parse(tokens: TokenStream) -> syn::Result<File> {
    syn::parse2(tokens)
}

fn header(document: Option<&str>) -> String {
    let from = document.map_or_else(String::new, |path| format!(" from {}", file_name(path)));
    format!(
        "// Generated{from}. Do not edit: change the document or the generator and generate again.\n\n"
    )
}

fn file_name(path: &str) -> String {
    let name = path.rsplit(['/', '\\']).next().unwrap_or_default();
    name.chars()
        .filter(|character| !docs::is_hidden(*character))
        .collect()
}

/// Items are formatted one by one, with a blank line between them unless both only name other things. Gives the items back.
fn unparse(file: File, text: &mut String) -> Vec<Item> {
    if !file.attrs.is_empty() {
        text.push_str(&prettyplease::unparse(&alone(file.attrs, Vec::new())));
        text.push('\n');
    }
    let mut done: Vec<Item> = Vec::with_capacity(file.items.len());
    for item in file.items {
        if done.last().is_some_and(|before| {
            !(is_naming(before) && is_naming(&item) && same_kind(before, &item))
        }) {
            text.push('\n');
        }
        let alone = alone(Vec::new(), vec![item]);
        spread(&prettyplease::unparse(&alone), text);
        done.extend(alone.items);
    }
    done
}

/// A file of nothing else.
pub(super) fn alone(attrs: Vec<Attribute>, items: Vec<Item>) -> File {
    File {
        frontmatter: None,
        shebang: None,
        attrs,
        items,
    }
}

fn is_naming(item: &Item) -> bool {
    match item {
        Item::Use(_) => true,
        Item::Mod(module) => module.content.is_none(),
        _ => false,
    }
}

fn same_kind(one: &Item, other: &Item) -> bool {
    std::mem::discriminant(one) == std::mem::discriminant(other)
}

/// Puts a blank line after the imports and the end of each function inside an item, unless it is the last one.
fn spread(item: &str, text: &mut String) {
    let mut lines = item.lines().peekable();
    while let Some(line) = lines.next() {
        text.push_str(line);
        text.push('\n');
        let is_use = |line: &str| line.starts_with("    use ");
        let ends = line == "    }"
            || (line.starts_with("    fn ") && line.ends_with(" {}"))
            || (line.starts_with("    type ") && line.ends_with(';'))
            || (is_use(line) && line.ends_with(';'));
        let splits = |next: &str| {
            next.starts_with("    ")
                && !next.starts_with("     ")
                && !(is_use(line) && is_use(next))
        };
        if ends && lines.peek().is_some_and(|next| splits(next)) {
            text.push('\n');
        }
    }
}
