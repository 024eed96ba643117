//! Takes the model and gives the crate's README.md; it must never say what the crate cannot do.

use std::fmt::Write;

use crate::emit::docs;
use crate::model::{Crate, Module, Name};

/// The crate's features, and what they are for.
const FEATURES: [(&str, &str); 5] = [
    (
        "rustls",
        "TLS with rustls; on by default. Without this and `native-tls`, only servers on this machine can be reached",
    ),
    ("native-tls", "the TLS library of the platform"),
    (
        "blocking",
        "`blocking::Client`, whose calls wait for their answers; no async runtime is needed",
    ),
    (
        "testing",
        "a server for the tests of your application: it runs in the same process, keeps what is sent to it, remembers what it was asked and fails when it is told to; and the documents' examples as values",
    ),
    (
        "tracing",
        "a span for each call with its operation, method, path template, status, request id, attempts and time, and an event for each attempt; never a value that was sent",
    ),
];

/// The features that a crate has.
pub(crate) fn features_of(model: &Crate) -> impl Iterator<Item = (&'static str, &'static str)> {
    let testing = model.package.testing;
    let all = FEATURES.into_iter();
    all.filter(move |(name, _)| testing || *name != "testing")
}

/// `README.md`.
pub(super) fn text(model: &Crate) -> String {
    let package = &model.package;
    let mut parts = vec![
        format!("# {}", package.name),
        docs::line(&package.description),
    ];
    parts.extend(package.about.iter().map(|text| docs::foreign(text)));
    if let Some(example) = &package.example {
        parts.push("## Example".to_owned());
        parts.push(format!("```rust,no_run\n{}\n```", visible(example)));
    }
    if let Some(example) = &package.blocking_example {
        parts.push("## Without async".to_owned());
        parts.push("With the feature `blocking`, and without another runtime or crate:".to_owned());
        parts.push(format!("```rust,no_run\n{}\n```", visible(example)));
    }
    parts.push("## Operations".to_owned());
    for module in &model.modules {
        let mut table = String::new();
        let old = if module.is_deprecated() {
            " (deprecated)"
        } else {
            ""
        };
        if model.modules.len() > 1 {
            table.extend(["### ", &docs::line(&module.title), old, "\n\n"]);
        }
        table.push_str("| call | request |\n|---|---|\n");
        for resource in &module.resources {
            for operation in &resource.operations {
                let prefix = module
                    .name
                    .as_ref()
                    .map_or_else(String::new, |name| format!("{name}()."));
                let request = format!("{} {}", operation.http.as_str(), operation.path);
                let request = docs::code(&request).replace('|', "'");
                let (resource, method) = (&resource.module, &operation.method);
                // Writing to a string does not fail.
                let _ = writeln!(table, "| `{prefix}{resource}().{method}(…)` | {request} |");
            }
        }
        parts.push(table.trim_end().to_owned());
    }
    parts.push("## Features".to_owned());
    parts.extend(features(model));
    if package.license.as_deref() == Some("MIT OR Apache-2.0") {
        parts.push("## Licence".to_owned());
        parts.push(
            "MIT or Apache 2.0, as you prefer: see LICENSE-MIT and LICENSE-APACHE.".to_owned(),
        );
    }
    parts.join("\n\n") + "\n"
}

/// What each Cargo feature is for.
fn features(model: &Crate) -> Vec<String> {
    let every = features_of(model).map(|(name, about)| format!("* `{name}`: {about}"));
    let every = every.collect::<Vec<_>>().join("\n");
    let mut parts = vec![every];
    let resources: Vec<&Name> = model.resource_features().into_iter().collect();
    let versions = model.modules.iter().filter_map(Module::feature);
    let names: Vec<&Name> = versions.chain(resources.iter().copied()).collect();
    let quoted: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    let Some((final_one, others)) = quoted.split_last() else {
        return parts;
    };
    let what = if resources.is_empty() {
        "version"
    } else {
        "part"
    };
    let list = if others.is_empty() {
        format!("{final_one} is a {what} of the API, on by default")
    } else {
        let others = others.join(", ");
        format!("{others} and {final_one} are the {what}s of the API, all on by default")
    };
    parts.push(format!("{list}. To compile only what you use, turn the default features off and name it, with the TLS library:"));
    let mut modules = model.modules.iter();
    let current = modules.find(|module| !module.is_deprecated());
    let first = current.and_then(Module::feature).or(names.first().copied());
    let (package, version) = (&model.package.name, &model.package.version);
    parts.extend(first.map(|first| {
        format!(
            "```toml\n{package} = {{ version = \"{version}\", default-features = false, features = [\"rustls\", \"{first}\"] }}\n```"
        )
    }));
    if !resources.is_empty() {
        parts.push("A part has the resources whose modules are documented as available with its feature, and the types that only they need.".to_owned());
    }
    parts
}

/// The lines of an example that its reader is meant to see.
fn visible(example: &str) -> String {
    let lines = example
        .trim()
        .lines()
        .filter(|line| *line != "#" && !line.starts_with("# "));
    lines.collect::<Vec<_>>().join("\n")
}
