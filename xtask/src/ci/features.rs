//! Takes the manifest of the client, gives the sets of features that it is checked with, and must never leave one out that a user would pick alone.

use std::path::Path;

use crate::ci::steps::cargo;
use crate::files;
use crate::pipeline::{Input, documents_named};

/// The package in generated/.
pub(super) const CLIENT: &str = "twilio-push-credentials";

/// The client, as cargo sees it.
#[derive(Default)]
pub(super) struct Client {
    pub(super) version: String,
    /// Features that bring something of the runtime.
    runtime: Vec<String>,
    /// Features that bring a version of the API.
    versions: Vec<String>,
}

/// A manifest or settings that can't be read fail the steps before this one matters.
pub(super) fn client(root: &Path) -> Client {
    let output = cargo(root)
        .args(["metadata", "--no-deps", "--format-version", "1"])
        .output();
    let bytes = output.map(|output| output.stdout).unwrap_or_default();
    let metadata: serde_json::Value = serde_json::from_slice(&bytes).unwrap_or_default();
    let packages = metadata["packages"].as_array().into_iter().flatten();
    let mut packages = packages.filter(|package| package["name"] == CLIENT);
    let Some(package) = packages.next() else {
        return Client::default();
    };
    let names = package["features"].as_object().into_iter().flatten();
    let names = names.map(|(name, _)| name.clone());
    let modules = modules(root);
    let (versions, runtime) = names
        .filter(|name| name != "default")
        .partition(|name| modules.contains(name));
    Client {
        version: package["version"].as_str().unwrap_or_default().to_owned(),
        runtime,
        versions,
    }
}

/// The modules of the client, each of which has a feature.
fn modules(root: &Path) -> Vec<String> {
    let path = root.join("spec/client.toml");
    let settings = Input {
        path: path.display().to_string(),
        bytes: files::read(&path).unwrap_or_default(),
        module: None,
    };
    let named = documents_named(&settings).unwrap_or_default();
    named.into_iter().map(|(_, module)| module).collect()
}

/// What to give cargo, and what to call it.
pub(super) struct Features {
    pub(super) name: String,
    pub(super) flags: String,
}

/// Without features, with each one alone, and with all. `full` adds every combination of those that change the
/// runtime, each without any version of the API, with each one alone, and with all.
pub(super) fn sets(client: &Client, full: bool) -> Vec<Features> {
    let mut sets: Vec<Vec<&str>> = vec![Vec::new()];
    for name in &client.runtime {
        let with: Vec<_> = sets
            .iter()
            .filter(|set| full || set.is_empty())
            .map(|set| [set.as_slice(), &[name]].concat())
            .collect();
        sets.extend(with);
    }
    let versions: Vec<&str> = client.versions.iter().map(String::as_str).collect();
    let crossed = sets.iter().filter(|set| full || set.is_empty());
    let with_versions: Vec<_> = crossed
        .flat_map(|set| {
            let alone = versions.iter().map(std::slice::from_ref);
            let all = full.then_some(versions.as_slice());
            let chosen = alone.chain(all);
            chosen.map(|versions| [set.as_slice(), versions].concat())
        })
        .collect();
    sets.extend(with_versions);
    sets.retain(|set| set.len() < client.runtime.len() + versions.len() || set.is_empty());
    sets.sort_by_key(Vec::len);
    let mut sets: Vec<Features> = sets.iter().map(|set| some(set)).collect();
    sets.push(Features {
        name: "all features".to_owned(),
        flags: "--all-features".to_owned(),
    });
    sets
}

fn some(names: &[&str]) -> Features {
    if names.is_empty() {
        return Features {
            name: "no feature".to_owned(),
            flags: "--no-default-features".to_owned(),
        };
    }
    let names = names.join(",");
    Features {
        flags: format!("--no-default-features --features {names}"),
        name: names,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(full: bool) -> Vec<String> {
        let of = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
        let client = Client {
            version: String::new(),
            runtime: of(&["tls", "wait"]),
            versions: of(&["v1", "v2"]),
        };
        sets(&client, full)
            .into_iter()
            .map(|set| set.name)
            .collect()
    }

    #[test]
    fn each_feature_is_checked_alone_and_all_together() {
        let expected = ["no feature", "tls", "wait", "v1", "v2", "all features"];
        assert_eq!(names(false), expected);
    }

    #[test]
    fn the_full_run_crosses_the_features_of_the_runtime_with_one_version_and_all() {
        let expected = [
            "no feature",
            "tls",
            "wait",
            "v1",
            "v2",
            "tls,wait",
            "v1,v2",
            "tls,v1",
            "tls,v2",
            "wait,v1",
            "wait,v2",
            "tls,v1,v2",
            "wait,v1,v2",
            "tls,wait,v1",
            "tls,wait,v2",
            "all features",
        ];
        assert_eq!(names(true), expected);
    }
}
