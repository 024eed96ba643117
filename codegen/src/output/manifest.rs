//! Takes the package of a crate and gives its Cargo.toml; a dependency stands here only if generated code or the runtime needs it.

use std::fmt::Write;

use super::runtime::Carried;
use crate::emit::docs;
use crate::model::{Crate, Module, Name};

/// `Cargo.toml`.
pub(super) fn text(model: &Crate, carried: &Carried, examples: bool) -> String {
    let package = &model.package;
    let mut text = String::from(
        "# Generated. Do not edit: change the settings and generate again.\n\n[package]\n",
    );
    let mut line = |key: &str, value: &str| {
        // Writing to a string does not fail.
        let _ = writeln!(text, "{key} = {}", quoted(value));
    };
    line("name", &package.name);
    line("version", &package.version);
    line("description", &package.description);
    line("edition", "2024");
    line("rust-version", "1.88");
    if let Some(license) = &package.license {
        line("license", license);
    }
    if let Some(repository) = &package.repository {
        line("repository", repository);
    }
    line("readme", "README.md");
    for (key, values) in [
        ("keywords", &package.keywords),
        ("categories", &package.categories),
    ] {
        if !values.is_empty() {
            let values: Vec<String> = values.iter().map(|value| quoted(value)).collect();
            let _ = writeln!(text, "{key} = [{}]", values.join(", "));
        }
    }
    if package.license.is_none() {
        text.push_str("publish = false\n");
    }
    text.push_str(DOCS_RS);
    text.push_str(&features(model));
    text.push_str("\n[dependencies]\n");
    for (name, line) in DEPENDENCIES {
        if carried.mentions(&format!("{name}::")) {
            text.extend([line, "\n"]);
        }
    }
    text.push_str(LINTS);
    if examples {
        text.push_str(DEV);
    }
    text
}

/// A basic string of TOML.
fn quoted(value: &str) -> String {
    let mut quoted = String::with_capacity(value.len() + 2);
    quoted.push('"');
    for character in value.chars() {
        match character {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            other if docs::is_hidden(other) => {
                let _ = write!(quoted, "\\u{:04X}", u32::from(other));
            }
            other => quoted.push(other),
        }
    }
    quoted.push('"');
    quoted
}

/// `[features]`: the TLS libraries, and each version of the API where the crate has several. Names only: they are Rust names already.
fn features(model: &Crate) -> String {
    let modules = model.modules.iter().filter_map(Module::feature);
    let resources = model.resource_features();
    let what = if resources.is_empty() {
        "# The versions of the API, a module each.\n"
    } else {
        "# The parts of the API: their resources, and the types that they alone need.\n"
    };
    let versions = modules.chain(resources).map(Name::as_str);
    let versions: Vec<&str> = versions.collect();
    let default: Vec<String> = ["rustls"]
        .iter()
        .chain(&versions)
        .map(|name| quoted(name))
        .collect();
    let line = default.join(", ");
    let line = if line.len() <= LINE {
        line
    } else {
        format!("\n    {},\n", default.join(",\n    "))
    };
    let mut text = format!("\n[features]\ndefault = [{line}]\n");
    if !versions.is_empty() {
        text.push_str(what);
    }
    for version in versions {
        // Writing to a string does not fail.
        let _ = writeln!(text, "{version} = []");
    }
    text.push_str(TLS);
    if model.package.testing {
        text.push_str(TESTING);
    }
    text
}

const TESTING: &str = "# A server for the tests of your application.\ntesting = []\n";

/// A longer list has a line for each of its members.
const LINE: usize = 100;

const DOCS_RS: &str = r#"
[package.metadata.docs.rs]
all-features = true
rustdoc-args = ["--cfg", "docsrs"]
"#;

const TLS: &str = r#"# TLS with rustls, aws-lc-rs and the certificates of the platform.
rustls = ["reqwest/rustls"]
# TLS of the platform: OpenSSL, Secure Transport or SChannel.
native-tls = ["reqwest/native-tls"]
# A client whose calls wait for their answers instead of being awaited.
blocking = []
# A span for each call, and an event for each of its attempts.
tracing = ["dep:tracing"]
"#;

/// Each dependency as code names it, and its line.
const DEPENDENCIES: [(&str, &str); 14] = [
    ("bytes", r#"bytes = "1.9""#),
    (
        "chrono",
        r#"chrono = { version = "0.4", default-features = false, features = ["std"] }"#,
    ),
    (
        "futures_core",
        r#"futures-core = { version = "0.3", default-features = false }"#,
    ),
    ("http_body", r#"http-body = "1""#),
    (
        "reqwest",
        r#"reqwest = { version = "0.13", default-features = false }"#,
    ),
    ("secrecy", r#"secrecy = "0.10""#),
    (
        "serde",
        r#"serde = { version = "1", features = ["derive"] }"#,
    ),
    ("serde_json", r#"serde_json = "1""#),
    ("serde_path_to_error", r#"serde_path_to_error = "0.1""#),
    (
        "tokio",
        r#"tokio = { version = "1.47", default-features = false, features = ["rt", "sync", "time"] }"#,
    ),
    (
        "tower",
        r#"tower = { version = "0.5", default-features = false, features = ["timeout"] }"#,
    ),
    (
        "tracing",
        r#"tracing = { version = "0.1", default-features = false, optional = true }"#,
    ),
    ("url", r#"url = "2""#),
    ("zeroize", r#"zeroize = "1""#),
];

const LINTS: &str = r#"
[lints.rust]
unsafe_code = "forbid"
missing_docs = "warn"
unexpected_cfgs = { level = "warn", check-cfg = ["cfg(docsrs)"] }

[lints.clippy]
all = { level = "warn", priority = -1 }
pedantic = { level = "warn", priority = -1 }
# Text, names, numbers and sizes come from the document.
disallowed_names = "allow"
doc_link_with_quotes = "allow"
doc_markdown = "allow"
fn_params_excessive_bools = "allow"
large_enum_variant = "allow"
large_futures = "allow"
match_overlapping_arm = "allow"
should_implement_trait = "allow"
similar_names = "allow"
struct_excessive_bools = "allow"
struct_field_names = "allow"
too_many_lines = "allow"
unreadable_literal = "allow"
zero_sized_map_values = "allow"
"#;

const DEV: &str = r#"
[dev-dependencies]
tokio = { version = "1", features = ["io-util", "macros", "net", "rt", "time"] }
"#;

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn text_cannot_leave_its_string() {
        assert_eq!(quoted("a\"\n[x]\\"), "\"a\\\"\\u000A[x]\\\\\"");
    }
}
