//! Takes tokens and gives formatted text with a header; it must never change what the tokens say.

use std::fmt;
use std::sync::atomic::{AtomicUsize, Ordering};

use proc_macro2::TokenStream;
use syn::{Attribute, File, Item, ItemMacro, MacroDelimiter};

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

/// Makes a file, item by item: tokens and syntax trees are gone as soon as there is text.
pub(super) fn one(unit: &Unit<'_>) -> Made {
    let (mut body, mut failed) = (Draft::default(), None);
    let head = unit.tokens(&mut |tokens| {
        if failed.is_none() {
            failed = body.add(tokens).err();
        }
    });
    let mut head_text = Draft::default();
    if failed.is_none() {
        failed = head_text.add(head).err();
    }
    if let Some(error) = failed {
        return Err(FormatError {
            path: unit.path.clone(),
            reason: error.to_string(),
        });
    }
    let (head, body) = (head_text, body);
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
    Ok(Some(Formatted { text, api, used }))
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
    /// Items are formatted one by one, with a blank line between them unless both only name other things.
    fn add(&mut self, tokens: TokenStream) -> syn::Result<()> {
        let file = parse(tokens)?;
        if !file.attrs.is_empty() {
            let attributes = alone(file.attrs, Vec::new());
            self.text.push_str(&prettyplease::unparse(&attributes));
            self.text.push('\n');
        }
        self.items(file.items);
        Ok(())
    }

    fn items(&mut self, items: Vec<Item>) {
        for item in items {
            let kind = Kind::of(&item);
            let last = self.last.replace(kind);
            if last.is_some_and(|last| last != kind || kind == Kind::Other) {
                self.text.push('\n');
            }
            if let Item::Macro(call) = &item
                && let Some(inner) = items_in(call)
            {
                self.declaring(call, inner);
                continue;
            }
            let alone = alone(Vec::new(), vec![item]);
            spread(&prettyplease::unparse(&alone), &mut self.text);
            signatures::append(alone.items, &mut self.api);
        }
    }

    /// A macro that declares what is in its braces: those items are formatted as they would be outside.
    fn declaring(&mut self, call: &ItemMacro, items: Vec<Item>) {
        let steps = call.mac.path.segments.iter();
        let path: Vec<String> = steps.map(|step| step.ident.to_string()).collect();
        self.text.push_str(&path.join("::"));
        self.text.push_str("! {\n");
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
#[derive(Clone, Copy, Eq, PartialEq)]
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

/// The items that are given to a macro in braces.
fn items_in(call: &ItemMacro) -> Option<Vec<Item>> {
    if !matches!(call.mac.delimiter, MacroDelimiter::Brace(_)) {
        return None;
    }
    let file: File = call.mac.parse_body().ok()?;
    Some(file.items)
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
