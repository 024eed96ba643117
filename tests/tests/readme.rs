//! README.md keeps its word: its commands exist, and the output it shows is the output there is. Its Rust code is compiled as a
//! documentation test of this package.

use std::path::Path;
use std::process::Command;

const README: &str = include_str!("../../README.md");

/// The code blocks of a language.
fn blocks(language: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut lines = README.lines();
    while let Some(line) = lines.next() {
        let Some(info) = line.strip_prefix("```") else {
            continue;
        };
        let body: Vec<&str> = lines.by_ref().take_while(|line| *line != "```").collect();
        if info.split(',').next() == Some(language) {
            found.push(body.join("\n"));
        }
    }
    found
}

fn cargo(arguments: &[&str]) -> (bool, String) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let output = Command::new(env!("CARGO"))
        .args(arguments)
        .current_dir(root)
        .output()
        .expect("cargo runs");
    (
        output.status.success(),
        String::from_utf8_lossy(&output.stdout).into_owned(),
    )
}

#[test]
fn every_code_block_is_of_a_kind_that_is_checked() {
    let known: usize = ["rust", "sh", "text", "diff"]
        .iter()
        .map(|language| blocks(language).len())
        .sum();
    let all = README
        .lines()
        .filter(|line| line.starts_with("```"))
        .count()
        / 2;
    assert_eq!(known, all);
}

#[test]
fn every_command_exists() {
    for block in blocks("sh") {
        for line in block.lines() {
            let words: Vec<&str> = line
                .split('#')
                .next()
                .unwrap_or_default()
                .split_whitespace()
                .collect();
            match words.as_slice() {
                ["cargo", "xtask", command, ..] => {
                    let (exists, _) = cargo(&["xtask", command, "--help"]);
                    assert!(exists, "{line}");
                }
                ["cargo", "run", "--example", example, ..] => {
                    let path = format!("examples/{example}.rs");
                    assert!(
                        Path::new(env!("CARGO_MANIFEST_DIR")).join(path).exists(),
                        "{line}"
                    );
                }
                ["cargo", "test" | "insta", ..] => {}
                other => panic!("a command that this test does not know: {other:?}"),
            }
        }
    }
}

#[test]
fn the_quick_start_prints_what_is_shown() {
    let (success, printed) = cargo(&["run", "--quiet", "--example", "quickstart"]);
    assert!(success);
    let shown = blocks("text");
    assert!(shown.contains(&printed.trim_end().to_owned()), "{printed}");
}
