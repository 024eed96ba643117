//! Takes the modules of a crate as tokens and gives its files as text, and how they differ from a folder; it must never touch a disk.

mod drift;
mod format;
mod manifest;
mod parts;
mod readme;
mod runtime;
mod signatures;

use std::collections::BTreeMap;
use std::fmt::Write;

use crate::emit::{self, crate_name};
use crate::model::{Crate, Security};

use runtime::{Carried, Used};

pub use drift::{Drift, Stale};
pub use format::FormatError;
pub(crate) use readme::features_of;

/// The files of a crate by their path in it, with `/` between the steps.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct FileSet(BTreeMap<String, String>);

impl FileSet {
    /// Each path with its text, in the order of the paths.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0
            .iter()
            .map(|(path, text)| (path.as_str(), text.as_str()))
    }

    /// How many lines they have.
    #[must_use]
    pub fn lines(&self) -> usize {
        let texts = self.0.values().map(String::as_bytes);
        texts
            .map(|text| memchr::memchr_iter(b'\n', text).count())
            .sum()
    }

    /// The text of a file.
    #[must_use]
    pub fn get(&self, path: &str) -> Option<&str> {
        self.0.get(path).map(String::as_str)
    }

    /// How a folder with those files differs from this set.
    #[must_use]
    pub fn drift(&self, existing: &BTreeMap<String, Vec<u8>>) -> Drift {
        drift::between(&self.0, existing)
    }
}

/// The files of the crate.
///
/// # Errors
/// Tokens that are no Rust: a mistake of the generator, told with the file.
pub fn files(model: &Crate) -> Result<FileSet, FormatError> {
    let units = emit::emit(model);
    let formatted = format::all(&units)?.into_iter();
    let paths = units.iter().map(|unit| unit.path.as_str());
    let mut made: BTreeMap<_, _> = paths
        .zip(formatted)
        .filter_map(|(path, formatted)| Some((path, formatted?)))
        .collect();
    let used = Used::of_all(made.values().map(|file| &file.used));
    let carried = Carried::new(&used);
    if let Some(root) = made.remove(emit::ROOT) {
        let exports = emit::exports(&carried.exports);
        made.insert(emit::ROOT, format::more(root, emit::ROOT, exports)?);
    }
    let (mut files, mut api) = (BTreeMap::new(), Vec::new());
    for (path, file) in made {
        api.push(file.api);
        files.insert(path.to_owned(), file.text);
    }
    files.extend(carried.files(&crate_name(model)));
    let examples = files.contains_key("tests/examples.rs");
    if examples {
        files.insert("tests/support/mod.rs".to_owned(), support(model));
    }
    api.retain(|api| !api.is_empty());
    files.insert("API.txt".to_owned(), api.join("\n"));
    files.insert(
        "Cargo.toml".to_owned(),
        manifest::text(model, &carried, examples),
    );
    files.insert("README.md".to_owned(), readme::text(model));
    if model.package.license.as_deref() == Some("MIT OR Apache-2.0") {
        files.insert(
            "LICENSE-MIT".to_owned(),
            include_str!("static/LICENSE-MIT").to_owned(),
        );
        files.insert(
            "LICENSE-APACHE".to_owned(),
            include_str!("static/LICENSE-APACHE").to_owned(),
        );
    }
    Ok(FileSet(files))
}

/// The server that the tests of the examples talk to, and a client with every login that needs no other server.
fn support(model: &Crate) -> String {
    let mut logins = String::new();
    let mut schemes = Vec::new();
    for login in &model.logins {
        if login.scheme == Security::OAuth || schemes.contains(&login.scheme) {
            continue;
        }
        schemes.push(login.scheme.clone());
        let user = login.user.as_ref().map_or("", |_| "\"user\", ");
        // Writing to a string does not fail.
        let _ = write!(logins, ".{}({user}\"password\")", login.method);
    }
    let text = include_str!("static/support.rs");
    text.replace("example_client", &crate_name(model))
        .replace(".basic_auth(\"user\", \"password\")", &logins)
}
