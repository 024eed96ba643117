//! Takes the modules of a crate as tokens and gives its files as text, and how they differ from a folder; it must never touch a disk.

mod drift;
mod format;
mod manifest;
mod readme;
mod runtime;
mod signatures;

use std::collections::BTreeMap;
use std::fmt::Write;

use crate::emit::{Unit, crate_name};
use crate::model::{Crate, Module, Security};

pub use drift::{Drift, Stale};
pub use format::FormatError;
pub(crate) use readme::FEATURES;

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
pub fn files(model: &Crate, units: Vec<Unit>) -> Result<FileSet, FormatError> {
    let mut files = BTreeMap::new();
    let mut api = String::new();
    let examples = units.iter().any(|unit| !unit.public);
    for formatted in format::all(units)? {
        if formatted.public {
            signatures::append(&formatted.path, formatted.items, &mut api);
        }
        files.insert(formatted.path, formatted.text);
    }
    let exports: Vec<&str> = model.modules.iter().flat_map(Module::exports).collect();
    files.extend(runtime::files(&crate_name(model), &exports));
    if examples {
        files.insert("tests/support/mod.rs".to_owned(), support(model));
    }
    files.insert("API.txt".to_owned(), api);
    files.insert("Cargo.toml".to_owned(), manifest::text(model, examples));
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
