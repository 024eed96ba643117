//! Takes tokens and gives formatted text with a header; it must never change what the tokens say.

use std::fmt;

use proc_macro2::TokenStream;
use syn::{Attribute, File, Item, ItemMacro, MacroDelimiter};

use crate::emit::{Unit, docs};

/// A file that is ready, and the syntax trees of its items.
pub(super) struct Formatted {
    pub(super) path: String,
    pub(super) public: bool,
    pub(super) text: String,
    pub(super) items: Vec<Item>,
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

/// Formats every file.
pub(super) fn all(units: Vec<Unit>) -> Result<Vec<Formatted>, FormatError> {
    units.into_iter().map(one).collect()
}

fn one(unit: Unit) -> Result<Formatted, FormatError> {
    let Unit {
        path,
        document,
        public,
        tokens,
    } = unit;
    let file = parse(tokens).map_err(|error| FormatError {
        path: path.clone(),
        reason: error.to_string(),
    })?;
    let mut text = header(document.as_deref());
    let items = unparse(file, &mut text);
    Ok(Formatted {
        path,
        public,
        text,
        items,
    })
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
        if let Item::Macro(call) = &item
            && let Some(inner) = items_in(call)
        {
            declaring(call, inner, text);
            done.push(item);
            continue;
        }
        let alone = alone(Vec::new(), vec![item]);
        spread(&prettyplease::unparse(&alone), text);
        done.extend(alone.items);
    }
    done
}

/// The items that are given to a macro in braces.
pub(super) fn items_in(call: &ItemMacro) -> Option<Vec<Item>> {
    if !matches!(call.mac.delimiter, MacroDelimiter::Brace(_)) {
        return None;
    }
    let file: File = call.mac.parse_body().ok()?;
    Some(file.items)
}

/// A macro that declares what is in its braces: those items are formatted as they would be outside.
fn declaring(call: &ItemMacro, inner: Vec<Item>, text: &mut String) {
    let steps = call.mac.path.segments.iter();
    let path: Vec<String> = steps.map(|step| step.ident.to_string()).collect();
    text.push_str(&path.join("::"));
    text.push_str("! {\n");
    let mut body = String::new();
    unparse(alone(Vec::new(), inner), &mut body);
    for line in body.lines() {
        if !line.is_empty() {
            text.push_str("    ");
            text.push_str(line);
        }
        text.push('\n');
    }
    text.push_str("}\n");
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
            || line == "    };"
            || (line.starts_with("    fn ") && line.ends_with(" {}"))
            || (line.starts_with("    type ") && line.ends_with(';'))
            || (line.starts_with("    const ") && line.ends_with(';'))
            || (is_use(line) && line.ends_with(';'));
        let splits = |next: &str| {
            let go_together = (is_use(line) && is_use(next))
                || (line.starts_with("    const ") && next.starts_with("    const "));
            next.starts_with("    ") && !next.starts_with("     ") && !go_together
        };
        if ends && lines.peek().is_some_and(|next| splits(next)) {
            text.push('\n');
        }
    }
}
