//! Takes the files of the runtime and their list, and gives which of them some names need, and a list of these alone; it must never know what a file is for.

use std::collections::{BTreeMap, BTreeSet};

use super::runtime::{FILES, LIST, STAND_INS, called};

/// The files of the runtime, and who provides what.
pub(super) struct Parts {
    statements: Vec<Statement>,
    files: BTreeMap<&'static str, &'static str>,
}

/// A statement of the list.
struct Statement {
    /// Its attributes and visibility, as they are written.
    before: &'static str,
    what: What,
}

enum What {
    /// A module, and the file that it is in.
    Module(&'static str, String),
    /// What of a module others name.
    Names(&'static str, Vec<&'static str>),
}

const HERE: &str = "crate::runtime::";
/// Lines of code are no longer.
const WIDTH: usize = 100;

impl Parts {
    pub(super) fn new(list: &'static str, files: &[(&'static str, &'static str)]) -> Self {
        let body = list.split_once("\n\n").map_or(list, |(_, body)| body);
        Self {
            statements: body.split_inclusive(';').filter_map(statement).collect(),
            files: files.iter().copied().collect(),
        }
    }

    /// A file with its text.
    pub(super) fn file(&self, name: &str) -> Option<(&'static str, &'static str)> {
        self.files
            .get_key_value(name)
            .map(|(name, text)| (*name, *text))
    }

    /// The file of whoever provides a name, which may be that of a module.
    pub(super) fn provider(&self, name: &str) -> Option<&str> {
        self.providers(name).next()
    }

    /// The same, for a module that has several.
    fn providers(&self, name: &str) -> impl Iterator<Item = &str> {
        let mut statements = self.statements.iter();
        let module = statements.find_map(|one| match &one.what {
            What::Names(module, names) if names.contains(&name) => Some(*module),
            _ => None,
        });
        let module = module.unwrap_or(name).to_owned();
        self.statements
            .iter()
            .filter_map(move |one| match &one.what {
                What::Module(name, file) if **name == module => Some(file.as_str()),
                _ => None,
            })
    }

    /// Every file that these names and files need, and what those need.
    pub(super) fn needed(
        &self,
        names: &BTreeSet<&str>,
        methods: &BTreeSet<&'static str>,
    ) -> BTreeMap<&'static str, &'static str> {
        let mut needed = BTreeMap::new();
        let of_names = names.iter().flat_map(|name| self.providers(name));
        let mut pending: Vec<&str> = of_names.chain(methods.iter().copied()).collect();
        while let Some(name) = pending.pop() {
            let Some((name, text)) = self.file(name) else {
                continue;
            };
            if needed.insert(name, text).is_some() {
                continue;
            }
            // A folder comes whole.
            if let Some(folder) = name.strip_suffix("mod.rs") {
                pending.extend(self.files.keys().filter(|file| file.starts_with(folder)));
            }
            // Whether it stays is not decided yet.
            if STAND_INS.iter().all(|row| row.0 != name) {
                pending.extend(named(text).flat_map(|(_, name)| self.providers(name)));
                pending.extend(called(text).into_iter().map(|file| -> &str { file }));
            }
        }
        needed
    }

    /// The list of these files, with the names that are wanted or that they name.
    pub(super) fn list(
        &self,
        files: &BTreeMap<&'static str, &'static str>,
        wanted: &BTreeSet<&str>,
    ) -> String {
        let mut wanted = wanted.clone();
        wanted.extend(
            files
                .values()
                .flat_map(|text| named(text))
                .map(|found| found.1),
        );
        let mut list = LIST
            .split_inclusive("\n\n")
            .next()
            .unwrap_or_default()
            .to_owned();
        let mut names_follow = false;
        for Statement { before, what } in &self.statements {
            match what {
                What::Module(module, file) => {
                    if let Some(other) = stand_in(file, files) {
                        list.extend(["#[path = \"", other, "\"]\n"]);
                    } else if !files.contains_key(file.as_str()) {
                        continue;
                    }
                    list.push_str(before);
                    list.extend(["mod ", *module, ";\n"]);
                }
                What::Names(module, names) => {
                    let is_there = self.providers(module).next().is_none_or(|file| {
                        files.contains_key(file) || stand_in(file, files).is_some()
                    });
                    let kept = names.iter().copied().filter(|name| wanted.contains(name));
                    let kept: Vec<&str> = kept.filter(|_| is_there).collect();
                    if !kept.is_empty() {
                        if !std::mem::replace(&mut names_follow, true) {
                            list.push('\n');
                        }
                        export(before, module, &kept, &mut list);
                    }
                }
            }
        }
        list
    }
}

/// What is there in the place of a file.
fn stand_in(file: &str, files: &BTreeMap<&'static str, &'static str>) -> Option<&'static str> {
    let mut rows = STAND_INS.iter();
    let row = rows.find(|row| row.0 == file && files.contains_key(row.1));
    row.map(|row| row.1)
}

/// Reads a statement such as `pub mod a;` or `pub use a::{B, C};`.
fn statement(text: &'static str) -> Option<Statement> {
    let text = text.trim().strip_suffix(';')?;
    let start = text.rfind("mod ").filter(|_| !text.contains("use "));
    if let Some(start) = start {
        let (before, module) = text.split_at(start);
        let module = module.strip_prefix("mod ")?;
        let path = before
            .split_once("path = \"")
            .and_then(|(_, rest)| rest.split_once('"'));
        let is_folder = FILES
            .iter()
            .any(|(file, _)| file.strip_suffix("/mod.rs") == Some(module));
        let file = match path {
            Some((path, _)) => path.to_owned(),
            None if is_folder => format!("{module}/mod.rs"),
            None => format!("{module}.rs"),
        };
        let what = What::Module(module, file);
        return Some(Statement { before, what });
    }
    let (before, rest) = text.split_at(text.find("use ")?);
    let (module, names) = rest.strip_prefix("use ")?.split_once("::")?;
    let names = names.trim_matches(['{', '}']).split(',').map(str::trim);
    let names = names.filter(|name| !name.is_empty()).collect();
    let what = What::Names(module, names);
    Some(Statement { before, what })
}

/// Appends a `use` as rustfmt would write it.
fn export(before: &str, module: &str, names: &[&str], list: &mut String) {
    if let [only] = names {
        list.extend([before, "use ", module, "::", *only, ";\n"]);
        return;
    }
    let line = format!("{before}use {module}::{{{}}};\n", names.join(", "));
    let width = line.trim_end().rsplit('\n').next().map_or(0, str::len);
    if width <= WIDTH {
        list.push_str(&line);
        return;
    }
    list.extend([before, "use ", module, "::{\n"]);
    let mut line = String::from("   ");
    for name in names {
        if line.len() + name.len() + 2 > WIDTH {
            list.extend([line.as_str(), "\n"]);
            "   ".clone_into(&mut line);
        }
        line.extend([" ", *name, ","]);
    }
    list.extend([line.as_str(), "\n};\n"]);
}

/// What a text names of the runtime, each with the beginning of its line.
pub(super) fn named(text: &str) -> impl Iterator<Item = (&str, &str)> {
    memchr::memmem::find_iter(text.as_bytes(), HERE).flat_map(move |start| {
        let (before, rest) = text.split_at(start);
        let line = before.rsplit('\n').next().unwrap_or_default();
        let rest = rest.get(HERE.len()..).unwrap_or_default();
        let names = match rest.strip_prefix('{') {
            Some(group) => members(group),
            None => vec![rest],
        };
        names.into_iter().map(move |name| (line, identifier(name)))
    })
}

fn identifier(text: &str) -> &str {
    let is_part = |next: char| next.is_ascii_alphanumeric() || next == '_';
    let end = text.find(|next| !is_part(next)).unwrap_or(text.len());
    text.get(..end).unwrap_or_default()
}

/// The members of a group that `text` begins in, each to the end of the text.
fn members(text: &str) -> Vec<&str> {
    let mut members = Vec::new();
    let (mut depth, mut begins) = (0_usize, true);
    for (index, next) in text.char_indices() {
        match next {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => begins = true,
            other if begins && !other.is_whitespace() => {
                members.extend(text.get(index..));
                begins = false;
            }
            _ => {}
        }
    }
    members
}

#[cfg(test)]
mod tests {
    use super::named;

    #[test]
    fn names_are_found_alone_in_groups_and_before_further_steps() {
        let text = "use crate::runtime::{\n    A, b::{C, D},\n    e as F,\n};\n/// crate::runtime::G\ncrate::runtime::h!(x);";
        let names: Vec<&str> = named(text).map(|found| found.1).collect();
        assert_eq!(names, ["A", "b", "e", "G", "h"]);
        assert_eq!(named(text).filter(|found| found.0 == "/// ").count(), 1);
    }
}
