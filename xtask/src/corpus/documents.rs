//! Takes directories, gives the documents below them with a crate's name for each, and must never give two the same name.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use crate::problem::Problem;

/// A document of the corpus.
pub(super) struct Document {
    pub(super) path: PathBuf,
    /// The name of its crate.
    pub(super) name: String,
}

/// Every YAML and JSON file, in the order of the paths.
pub(super) fn below(dirs: &[PathBuf]) -> Result<Vec<Document>, Problem> {
    let mut documents = Vec::new();
    let mut taken = BTreeSet::new();
    for dir in dirs {
        for path in files(dir)? {
            let shown = path.strip_prefix(dir).unwrap_or(&path).to_owned();
            let slug = slug(&shown);
            let numbered = (2..).map(|number| format!("{slug}-{number}-client"));
            let mut names = std::iter::once(format!("{slug}-client")).chain(numbered);
            // There are more numbers than documents.
            let name = names.find(|name| taken.insert(name.clone()));
            documents.extend(name.map(|name| Document { path, name }));
        }
    }
    Ok(documents)
}

fn files(dir: &Path) -> Result<Vec<PathBuf>, Problem> {
    let mut pending = vec![dir.to_owned()];
    let mut found = Vec::new();
    while let Some(dir) = pending.pop() {
        let problem = |error| Problem::io("read", &dir, &error);
        for entry in fs::read_dir(&dir).map_err(problem)? {
            let path = entry.map_err(problem)?.path();
            let extension = path.extension().and_then(|extension| extension.to_str());
            if path.is_dir() {
                pending.push(path);
            } else if matches!(extension, Some("yaml" | "yml" | "json")) {
                found.push(path);
            }
        }
    }
    found.sort();
    Ok(found)
}

/// The path in lower case, with hyphens for all that a crate's name cannot have.
fn slug(path: &Path) -> String {
    let text = path
        .with_extension("")
        .to_string_lossy()
        .to_ascii_lowercase();
    let words: Vec<&str> = text
        .split(|character: char| !character.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    let slug = words.join("-");
    if slug.starts_with(|first: char| first.is_ascii_alphabetic()) {
        slug
    } else {
        format!("api-{slug}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_those_of_crates_and_differ() {
        assert_eq!(slug(Path::new("a/Pet Store.v1.yaml")), "a-pet-store-v1");
        assert_eq!(slug(Path::new("3gpp.json")), "api-3gpp");
    }
}
