//! Takes tokens and gives formatted text with a header; it must never change what the tokens say.

use std::fmt;

use proc_macro2::TokenStream;
use syn::{Attribute, File, Item};

use super::runtime::Used;
use super::signatures;
use crate::cores;
use crate::emit::{Piece, Unit, docs};

/// A file that is ready.
#[derive(Debug)]
pub(super) struct Formatted {
    pub(super) text: String,
    /// Its public declarations.
    pub(super) api: String,
    /// What it names of the runtime.
    pub(super) used: Used,
    /// What it ends with.
    last: Option<Kind>,
}

/// The generator made something that is not Rust.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct FormatError {
    /// The file.
    pub path: String,
    /// What the parser says.
    pub reason: String,
}

impl FormatError {
    fn new(path: &str, error: &syn::Error) -> Self {
        Self {
            path: path.to_owned(),
            reason: error.to_string(),
        }
    }
}

impl fmt::Display for FormatError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}: {}", self.path, self.reason)
    }
}

impl std::error::Error for FormatError {}

type Made = Result<Option<Formatted>, FormatError>;

/// Makes every file, and gives them in their order. A file without anything in it is none.
pub(super) fn all(units: &[Unit<'_>]) -> Result<Vec<Option<Formatted>>, FormatError> {
    cores::each(cores::PER_DOCUMENT, units, one)
        .into_iter()
        .collect()
}

/// Makes a file.
fn one(unit: &Unit<'_>) -> Made {
    let (head, body) = drafts(unit)?;
    if head.text.is_empty() && body.text.is_empty() {
        return Ok(None);
    }
    let mut text = header(unit.document);
    text.push_str(&head.text);
    let is_apart = head.text.is_empty() || head.text.ends_with("\n\n");
    if !is_apart && !body.text.is_empty() {
        text.push('\n');
    }
    text.push_str(&body.text);
    let mut api = String::new();
    if unit.public && !(head.api.is_empty() && body.api.is_empty()) {
        api = format!("// {}\n{}{}", unit.path, head.api, body.api);
    }
    let used = Used::of(&text);
    Ok(Some(Formatted {
        text,
        api,
        used,
        last: body.last.or(head.last),
    }))
}

/// The same file with more items at its end.
pub(super) fn more(
    file: Formatted,
    path: &str,
    items: TokenStream,
) -> Result<Formatted, FormatError> {
    let Formatted {
        text,
        api,
        used,
        last,
    } = file;
    let mut draft = Draft { text, api, last };
    let added = draft.add(Piece::Items(items));
    added.map_err(|error| FormatError::new(path, &error))?;
    let Draft { text, api, last } = draft;
    Ok(Formatted {
        text,
        api,
        used,
        last,
    })
}

/// What goes before the items, and the items, one by one: tokens and syntax trees are gone as soon as there is text.
fn drafts(unit: &Unit<'_>) -> Result<(Draft, Draft), FormatError> {
    let (mut head, mut body, mut failed) = (Draft::default(), Draft::default(), None);
    let first = unit.tokens(&mut |piece| {
        if failed.is_none() {
            failed = body.add(piece).err();
        }
    });
    let failed = failed.or_else(|| head.add(Piece::Items(first)).err());
    let told = failed.map(|error| FormatError::new(&unit.path, &error));
    told.map_or(Ok((head, body)), Err)
}

/// A file on its way.
#[derive(Default)]
struct Draft {
    text: String,
    /// The public declarations.
    api: String,
    last: Option<Kind>,
}

impl Draft {
    fn add(&mut self, piece: Piece) -> syn::Result<()> {
        match piece {
            Piece::Items(tokens) => self.file(syn::parse2(tokens)?),
            Piece::Declared(by, tokens) => {
                let file: File = syn::parse2(tokens)?;
                self.follow(Kind::Other);
                self.declared(by, file.items);
            }
        }
        Ok(())
    }

    fn file(&mut self, file: File) {
        if !file.attrs.is_empty() {
            let attributes = alone(file.attrs, Vec::new());
            self.text.push_str(&prettyplease::unparse(&attributes));
            self.text.push('\n');
        }
        self.items(file.items);
    }

    /// Items are formatted one by one.
    fn items(&mut self, items: Vec<Item>) {
        for item in items {
            self.follow(Kind::of(&item));
            let alone = alone(Vec::new(), vec![item]);
            spread(&prettyplease::unparse(&alone), &mut self.text);
            signatures::append(alone.items, &mut self.api);
        }
    }

    /// A blank line stands between two items, unless both only name other things.
    fn follow(&mut self, kind: Kind) {
        let last = self.last.replace(kind);
        if last.is_some_and(|last| last != kind || kind == Kind::Other) {
            self.text.push('\n');
        }
    }

    /// What a macro declares: those items are formatted as they would be outside.
    fn declared(&mut self, by: &str, items: Vec<Item>) {
        self.text.extend(["crate::runtime::", by, "! {\n"]);
        let mut inner = Self::default();
        inner.items(items);
        for line in inner.text.lines() {
            if !line.is_empty() {
                self.text.push_str("    ");
                self.text.push_str(line);
            }
            self.text.push('\n');
        }
        self.text.push_str("}\n");
        self.api.push_str(&inner.api);
    }
}

/// What an item is, as far as it matters to what stands next to it.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Kind {
    Use,
    Module,
    Other,
}

impl Kind {
    fn of(item: &Item) -> Self {
        match item {
            Item::Use(_) => Self::Use,
            Item::Mod(module) if module.content.is_none() => Self::Module,
            _ => Self::Other,
        }
    }
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

/// A file of nothing else.
pub(super) fn alone(attrs: Vec<Attribute>, items: Vec<Item>) -> File {
    File {
        frontmatter: None,
        shebang: None,
        attrs,
        items,
    }
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
            let is_short =
                |line: &str| line.starts_with("    const ") || line.starts_with("    type ");
            let go_together = (is_use(line) && is_use(next))
                || (is_short(line) && line.ends_with(';') && next.starts_with("    const "));
            next.starts_with("    ") && !next.starts_with("     ") && !go_together
        };
        if ends && lines.peek().is_some_and(|next| splits(next)) {
            text.push('\n');
        }
    }
}
