//! Takes the servers of the model and gives what users have to know of them before they build a client; it must never repeat what a method says of a variable.

use super::docs;
use crate::model::{Crate, Reach, ServerUrl};

/// What a builder has to be told, and what it may be told.
pub(super) fn of(model: &Crate) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for module in model.modules.iter().filter(|one| !one.resources.is_empty()) {
        let all_calls = needed(
            "The document does not say where the API is",
            module.servers.first(),
        );
        let others = module.other_servers.iter();
        let some_calls = others.filter_map(|(_, urls)| {
            needed(
                "Of some operations, the document does not say where they are",
                urls.first(),
            )
        });
        for text in all_calls.into_iter().chain(some_calls) {
            if !all.contains(&text) {
                all.push(text);
            }
        }
    }
    let mut others: Vec<String> = Vec::new();
    for module in &model.modules {
        // The others are chosen by their variables.
        let plain = module.servers.iter().skip(1);
        for url in plain.filter(|url| url.variables.is_empty() && url.reach == Reach::Absolute) {
            let url = docs::code(&url.template);
            if !others.contains(&url) {
                others.push(url);
            }
        }
    }
    if !others.is_empty() {
        all.push(format!(
            "Calls go to {}. Other servers, for [`base_url`](ClientBuilder::base_url), are {}.",
            model
                .modules
                .iter()
                .find_map(|module| module.servers.first())
                .map_or_else(|| "the API".to_owned(), |url| docs::code(&url.template)),
            others.join(", ")
        ));
    }
    all
}

/// What has to be called before requests can be sent to a server.
fn needed(unknown: &str, url: Option<&ServerUrl>) -> Option<String> {
    let call = "call [`base_url`](ClientBuilder::base_url)";
    Some(match url {
        None => format!("{unknown}: {call} with its URL."),
        Some(url) if url.reach == Reach::Relative => format!(
            "{unknown}: {call} with the URL before {}.",
            docs::code(&url.template)
        ),
        Some(url) if url.reach == Reach::Plain => format!(
            "{}, a server of the document, has no HTTPS, and nothing is sent there: {call} with one that has.",
            docs::code(&url.template)
        ),
        Some(url) => {
            let missing = url.variables.iter().filter(|one| one.default.is_none());
            let names: Vec<_> = missing.map(|one| docs::code(&one.wire)).collect();
            if names.is_empty() {
                return None;
            }
            format!(
                "{}, a server of the document, has parts without a default: set {}.",
                docs::code(&url.template),
                names.join(" and ")
            )
        }
    })
}
