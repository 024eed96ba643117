//! Takes the text of `client.toml` and gives what to make of the documents; it must never look at a document.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use crate::diagnostic::{Code, Diagnostic, Diagnostics, Position};
use crate::model::Crate;

/// What `client.toml` says.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// The crate.
    pub package: Package,
    /// How users log in, in the order in which the environment is searched.
    #[serde(default)]
    pub login: Vec<Login>,
    /// Where the servers are.
    #[serde(default)]
    pub servers: Servers,
    /// How failures are told.
    #[serde(default)]
    pub errors: Errors,
    /// The documents, each a module of the crate.
    #[serde(default)]
    pub document: Vec<DocumentSettings>,
}

/// What `Cargo.toml` and the crate's front page say.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Package {
    /// The crate's name.
    pub name: String,
    /// Its version.
    pub version: String,
    /// One sentence.
    pub description: String,
    /// An SPDX expression.
    pub license: Option<String>,
    /// Where the sources live.
    pub repository: Option<String>,
    /// For the registry's search.
    #[serde(default)]
    pub keywords: Vec<String>,
    /// For the registry's search.
    #[serde(default)]
    pub categories: Vec<String>,
    /// Paragraphs for the front page.
    #[serde(default)]
    pub about: Vec<String>,
    /// Rust code for the front page; it is compiled as a documentation test.
    pub example: Option<String>,
    /// The same without async, with the blocking client.
    pub blocking_example: Option<String>,
    /// Whether the documentation of every item has an example, and not just the front page.
    #[serde(default)]
    pub example_on_every_item: bool,
    /// Whether the crate has a server for the tests of its users, behind a feature; it has, unless this says no.
    #[serde(default = "yes")]
    pub testing: bool,
}

const fn yes() -> bool {
    true
}

/// A way of logging in.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Login {
    /// What is done with user and password.
    #[serde(default)]
    pub scheme: Scheme,
    /// The builder's method.
    pub method: String,
    /// What its documentation says.
    pub docs: String,
    /// The user name, or the id of the OAuth client; a bearer token has none.
    pub user: Option<LoginPart>,
    /// The password, the secret of the OAuth client, or the bearer token.
    pub password: LoginPart,
}

/// What a login is used for.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, PartialEq)]
#[serde(rename_all = "lowercase")]
pub enum Scheme {
    /// HTTP Basic.
    #[default]
    Basic,
    /// A bearer token.
    Bearer,
    /// Client credentials, for which bearer tokens are fetched.
    OAuth,
}

/// Where the servers are.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Servers {
    /// The environment variable of each server variable that may come from there.
    pub env: BTreeMap<String, String>,
}

/// Half of a login.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LoginPart {
    /// The argument's name.
    pub name: String,
    /// The environment variable, if it may come from there.
    pub env: Option<String>,
}

/// How failures are told.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Errors {
    /// The response header that identifies a request to the API's support.
    pub request_id_header: String,
    /// Whether the API promises never to process a request that it answers with status 429, so that it may be sent
    /// again whatever its method.
    pub rate_limited_is_never_processed: bool,
}

impl Default for Errors {
    fn default() -> Self {
        Self {
            request_id_header: "x-request-id".to_owned(),
            rate_limited_is_never_processed: false,
        }
    }
}

/// One document.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DocumentSettings {
    /// The file, beside `client.toml`.
    pub file: String,
    /// The module that it becomes.
    pub module: String,
}

impl Settings {
    /// Reads the text of `client.toml`.
    ///
    /// # Errors
    /// Every mistake that was found, each with its place.
    pub fn read(path: &str, bytes: &[u8]) -> Result<Self, Diagnostics> {
        let Ok(text) = std::str::from_utf8(bytes) else {
            return Err(Diagnostic::error(
                Code::NotText,
                path,
                "this is not a text file",
                "give the settings as TOML in UTF-8",
            )
            .into());
        };
        let settings: Self = toml::from_str(text).map_err(|error| {
            let mut diagnostic = Diagnostic::error(
                Code::InvalidSettings,
                path,
                error.message().to_owned(),
                "see the comments in the settings of this workspace for what each key means",
            );
            diagnostic.position = error.span().map(|span| position(text, span));
            Diagnostics::from(diagnostic)
        })?;
        settings.check(path)?;
        Ok(settings)
    }

    fn check(&self, path: &str) -> Result<(), Diagnostics> {
        let mut found = Diagnostics::new();
        let mut refuse = |what: &str, text: &str, help: &str| {
            found.push(Diagnostic::error(
                Code::InvalidSettings,
                path,
                format!("`{text}` cannot be {what}"),
                help,
            ));
        };
        if !is_crate_name(&self.package.name) {
            refuse("the name of a crate", &self.package.name, CRATE_NAME_HELP);
        }
        let mut seen = BTreeSet::new();
        for document in &self.document {
            let module = &document.module;
            if !is_snake_case(module) {
                refuse("a module", module, SNAKE_CASE_HELP);
            } else if TAKEN.contains(&module.as_str()) {
                refuse("a module", module, TAKEN_HELP);
            } else if !seen.insert(module) {
                refuse(
                    "a second module",
                    module,
                    "give each document a module of its own",
                );
            }
        }
        for login in &self.login {
            let user = login.user.as_ref().map(|user| &user.name);
            for name in [&login.method, &login.password.name]
                .into_iter()
                .chain(user)
            {
                if !is_snake_case(name) {
                    refuse("a Rust name", name, SNAKE_CASE_HELP);
                }
            }
            if user.is_none() != (login.scheme == Scheme::Bearer) {
                let help = "give a login `user` and `password`, one of scheme `bearer` the `password` alone";
                refuse("a login", &login.method, help);
            }
        }
        if found.is_empty() { Ok(()) } else { Err(found) }
    }
}

impl Settings {
    /// Finds what no document has.
    pub(crate) fn check_use(&self, model: &Crate, path: &str) -> Diagnostics {
        let mut found = Diagnostics::new();
        let mut refuse = |message: String, help: &str| {
            found.push(Diagnostic::error(
                Code::InvalidSettings,
                path,
                message,
                help,
            ));
        };
        for name in self.servers.env.keys() {
            if !model.variables.iter().any(|one| one.wire == *name) {
                refuse(
                    format!("no server of the documents has a variable `{name}`"),
                    "remove it from `[servers]`, or correct its name",
                );
            }
        }
        for login in &self.login {
            if login.scheme == Scheme::OAuth && model.tokens.is_none() {
                refuse(
                    format!("`{}` has nowhere to fetch tokens from", login.method),
                    "declare a scheme of type `oauth2` with the flow `clientCredentials` in a document, and use it in `security`",
                );
            }
        }
        found
    }
}

/// What to do about a name that Cargo refuses.
pub(crate) const CRATE_NAME_HELP: &str = "use lower-case ASCII letters, digits and hyphens, beginning with a letter; a client can't be called like a crate that it uses";
const SNAKE_CASE_HELP: &str =
    "use lower-case ASCII letters, digits and underscores, beginning with a letter, and no keyword";

/// Modules and Cargo features that a client has already; a document's module is both.
const TAKEN: [&str; 8] = [
    "blocking", "client", "default", "runtime", "rustls", "testing", "tracing", "types",
];
const TAKEN_HELP: &str = "every client has a module or a Cargo feature of this name; choose another, such as the name of the API and its version";

/// Crates that generated code names, which it could not tell from itself.
const CRATES: [&str; 19] = [
    "alloc",
    "bytes",
    "chrono",
    "core",
    "futures_core",
    "proc_macro",
    "reqwest",
    "secrecy",
    "serde",
    "serde_json",
    "serde_path_to_error",
    "std",
    "support_",
    "test",
    "tokio",
    "tower",
    "tracing",
    "url",
    "zeroize",
];

/// Whether Cargo and the registry take that name, and generated code can have it.
pub(crate) fn is_crate_name(text: &str) -> bool {
    let is_used = CRATES.contains(&text.replace('-', "_").as_str());
    !is_used
        && text.len() <= 64
        && text.starts_with(|first: char| first.is_ascii_lowercase())
        && text
            .chars()
            .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-' || c == '_')
}

fn is_snake_case(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_lowercase())
        && text
            .chars()
            .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
        && syn::parse_str::<syn::Ident>(text).is_ok()
}

fn position(text: &str, span: std::ops::Range<usize>) -> Position {
    let before = text.get(..span.start).unwrap_or(text);
    let line = before.matches('\n').count() + 1;
    let column = before.chars().rev().take_while(|c| *c != '\n').count() + 1;
    Position { line, column, span }
}

#[cfg(test)]
mod tests {
    use super::is_crate_name;

    #[test]
    fn a_client_is_not_called_like_a_crate_that_its_code_names() {
        assert!(is_crate_name("pets-client"));
        for name in [
            "std",
            "serde-json",
            "serde_json",
            "url",
            "Pets",
            "9pets",
            "",
        ] {
            assert!(!is_crate_name(name), "{name}");
        }
    }
}
