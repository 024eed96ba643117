//! Takes the pages that people read, expects that each command in them exists with its options, and must never run one.

use std::path::{Path, PathBuf};

use super::common::xtask;

fn root() -> PathBuf {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    package
        .parent()
        .expect("the package is in the workspace")
        .to_owned()
}

/// The commands of the `sh` blocks of a page, without comments.
fn commands(page: &str) -> Vec<String> {
    let text = std::fs::read_to_string(root().join(page)).unwrap();
    let mut commands = Vec::new();
    let mut language = None;
    for line in text.lines() {
        match (line.strip_prefix("```"), language) {
            (Some(opened), None) => language = Some(opened),
            (Some(_), Some(_)) => language = None,
            (None, Some("sh")) => {
                let command = line.split(" #").next().unwrap_or_default().trim();
                commands.push(command.to_owned());
            }
            _ => {}
        }
    }
    commands.retain(|command| !command.is_empty());
    commands
}

/// Whether `cargo xtask` knows the command and each of its options.
fn check_xtask(words: &[&str]) {
    let (name, rest) = words
        .split_first()
        .expect("a command follows `cargo xtask`");
    let help = xtask(&root(), &[name, "--help"]);
    assert_eq!(help.code, Some(0), "cargo xtask {name}: {}", help.stderr);
    for option in rest.iter().filter(|word| word.starts_with("--")) {
        assert!(
            help.stdout.contains(option),
            "cargo xtask {name} has no {option}"
        );
    }
}

/// Whether the example is there.
fn check_run(words: &[&str]) {
    let position = words
        .iter()
        .position(|word| *word == "--example")
        .expect("only examples are run");
    let name = words.get(position + 1).expect("`--example` has a name");
    let path = root().join("tests/examples").join(format!("{name}.rs"));
    assert!(path.is_file(), "there is no tests/examples/{name}.rs");
}

#[test]
fn every_command_exists() {
    for page in ["README.md", "CONTRIBUTING.md"] {
        let commands = commands(page);
        assert!(!commands.is_empty(), "{page} has commands");
        for command in commands {
            let words: Vec<&str> = command.split_whitespace().collect();
            match words.as_slice() {
                ["cargo", "xtask", rest @ ..] => check_xtask(rest),
                ["cargo", "run", rest @ ..] => check_run(rest),
                ["cargo", "test", "--workspace"] | ["cargo", "insta", "review"] => {}
                _ => panic!("{page}: `{command}` is a command that this test does not know"),
            }
        }
    }
}

#[test]
fn code_blocks_are_ones_that_a_test_reads() {
    for page in ["README.md", "CONTRIBUTING.md", "SECURITY.md"] {
        let text = std::fs::read_to_string(root().join(page)).unwrap();
        let fences = text.lines().filter_map(|line| line.strip_prefix("```"));
        for language in fences.step_by(2) {
            let known = ["sh", "text", "rust", "rust,no_run", "diff"];
            assert!(known.contains(&language), "{page}: a block in `{language}`");
        }
    }
}

#[test]
fn every_file_that_a_page_links_to_exists() {
    for page in ["README.md", "CONTRIBUTING.md", "SECURITY.md"] {
        let text = std::fs::read_to_string(root().join(page)).unwrap();
        let links = text
            .split("](")
            .skip(1)
            .filter_map(|rest| rest.split(')').next());
        for link in links.filter(|link| !link.starts_with("http")) {
            assert!(root().join(link).exists(), "{page} links to {link}");
        }
    }
}
