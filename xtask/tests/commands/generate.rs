//! Takes a copy of a workspace, runs `generate` and `client` on it, and expects that they write what they must and nothing else.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::time::SystemTime;

use super::common::{DOCUMENT, Run, workspace, xtask};

fn generate(dir: &Path) -> Run {
    let run = xtask(dir, &["generate", "--root", "."]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    run
}

fn check(dir: &Path) -> Run {
    xtask(dir, &["generate", "--root", ".", "--check"])
}

fn fresh() -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    workspace(dir.path(), DOCUMENT.as_bytes());
    generate(dir.path());
    dir
}

fn times(dir: &Path) -> BTreeMap<String, SystemTime> {
    let entries = fs::read_dir(dir).unwrap().flatten();
    let time = |entry: &fs::DirEntry| entry.metadata().unwrap().modified().unwrap();
    entries
        .map(|entry| (entry.path().display().to_string(), time(&entry)))
        .collect()
}

#[test]
fn it_says_what_it_read_and_wrote() {
    let dir = tempfile::tempdir().unwrap();
    workspace(dir.path(), DOCUMENT.as_bytes());
    let stdout = generate(dir.path()).stdout;
    assert!(
        stdout.starts_with("read\n  spec/shelf.yaml  Shelf 1.2.0: 2 operations, "),
        "{stdout}"
    );
    assert!(
        stdout.contains("  new      generated/src/lib.rs\n"),
        "{stdout}"
    );
    assert!(stdout.contains(" 0 unchanged, 0 removed), "), "{stdout}");
}

#[test]
fn a_second_run_writes_nothing() {
    let dir = fresh();
    let source = dir.path().join("generated/src");
    let before = times(&source);
    let stdout = generate(dir.path()).stdout;
    assert!(stdout.contains("(0 changed, "), "{stdout}");
    assert_eq!(times(&source), before);
    assert_eq!(check(dir.path()).code, Some(0));
}

#[test]
fn a_changed_byte_is_named_with_its_mend() {
    let dir = fresh();
    let path = dir.path().join("generated/src/lib.rs");
    let text = fs::read_to_string(&path).unwrap();
    fs::write(&path, format!("{text}\n")).unwrap();
    let run = check(dir.path());
    assert_eq!(run.code, Some(1));
    assert!(
        run.stderr
            .contains("stale    generated/src/lib.rs (from line "),
        "{}",
        run.stderr
    );
    assert!(
        run.stderr.contains("cargo xtask generate"),
        "{}",
        run.stderr
    );
    assert_ne!(
        fs::read_to_string(&path).unwrap(),
        text,
        "--check writes nothing"
    );
    generate(dir.path());
    assert_eq!(fs::read_to_string(&path).unwrap(), text);
}

#[test]
fn missing_and_left_over_files_are_named_and_mended() {
    let dir = fresh();
    let generated = dir.path().join("generated");
    fs::remove_file(generated.join("src/lib.rs")).unwrap();
    fs::create_dir(generated.join("src/gone")).unwrap();
    fs::write(generated.join("src/gone/old.rs"), "").unwrap();
    let run = check(dir.path());
    assert_eq!(run.code, Some(1));
    assert!(
        run.stderr.contains("missing  generated/src/lib.rs\n"),
        "{}",
        run.stderr
    );
    assert!(
        run.stderr.contains("orphan   generated/src/gone/old.rs\n"),
        "{}",
        run.stderr
    );
    generate(dir.path());
    assert!(generated.join("src/lib.rs").is_file());
    assert!(!generated.join("src/gone").exists());
}

#[test]
fn what_people_keep_beside_it_is_not_touched() {
    let dir = fresh();
    for name in ["CHANGELOG.md", "notes.txt", "tests/mine.rs"] {
        let path = dir.path().join("generated").join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, "mine").unwrap();
    }
    assert_eq!(check(dir.path()).code, Some(0));
    generate(dir.path());
    for name in ["CHANGELOG.md", "notes.txt", "tests/mine.rs"] {
        assert_eq!(
            fs::read_to_string(dir.path().join("generated").join(name)).unwrap(),
            "mine"
        );
    }
}

#[cfg(unix)]
#[test]
fn nothing_is_written_through_a_link() {
    let dir = fresh();
    let outside = tempfile::tempdir().unwrap();
    let victim = outside.path().join("victim");
    fs::write(&victim, "safe").unwrap();
    let file = dir.path().join("generated/src/lib.rs");
    fs::remove_file(&file).unwrap();
    std::os::unix::fs::symlink(&victim, &file).unwrap();
    std::os::unix::fs::symlink(outside.path(), dir.path().join("generated/src/linked")).unwrap();
    assert_eq!(check(dir.path()).code, Some(1));
    generate(dir.path());
    assert!(!file.is_symlink());
    assert!(!dir.path().join("generated/src/linked").is_symlink());
    assert_eq!(fs::read_to_string(&victim).unwrap(), "safe");
}

#[test]
fn client_writes_a_crate_and_its_report() {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("shelf.yaml"), DOCUMENT).unwrap();
    let arguments = [
        "client",
        "shelf.yaml",
        "--out",
        "out",
        "--name",
        "shelf",
        "--report",
        "report.json",
    ];
    let run = xtask(dir.path(), &arguments);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    assert!(run.stdout.contains("wrote  out: "), "{}", run.stdout);
    assert!(dir.path().join("out/src/lib.rs").is_file());
    let report = fs::read(dir.path().join("report.json")).unwrap();
    let report: serde_json::Value = serde_json::from_slice(&report).unwrap();
    let mut keys: Vec<_> = report
        .as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect();
    keys.sort_unstable();
    assert_eq!(
        keys,
        ["elapsed_ms", "errors", "operations", "types", "warnings"]
    );
    assert_eq!(report["operations"]["generated"], 2);
    assert_eq!(report["errors"], 0);
    assert_eq!(
        xtask(dir.path(), &arguments).code,
        Some(0),
        "a crate of ours is written again"
    );
}

#[test]
fn client_refuses_a_directory_that_is_not_its_own() {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("shelf.yaml"), DOCUMENT).unwrap();
    for manifest in [None, Some("[package]\nname = \"mine\"\n")] {
        let out = dir.path().join("out");
        fs::create_dir_all(&out).unwrap();
        fs::write(out.join("mine.txt"), "mine").unwrap();
        if let Some(manifest) = manifest {
            fs::write(out.join("Cargo.toml"), manifest).unwrap();
        }
        let run = xtask(dir.path(), &["client", "shelf.yaml", "--out", "out"]);
        assert_eq!(run.code, Some(1));
        assert!(
            run.stderr
                .contains("holds no crate that this command wrote"),
            "{}",
            run.stderr
        );
        assert!(!out.join("src").exists());
    }
}

#[test]
fn explain_lists_codes_and_explains_each() {
    let dir = tempfile::tempdir().unwrap();
    let list = xtask(dir.path(), &["explain"]);
    assert_eq!(list.code, Some(0));
    assert!(list.stdout.lines().count() > 5, "{}", list.stdout);
    for code in list.stdout.lines() {
        let run = xtask(dir.path(), &["explain", code]);
        assert_eq!(run.code, Some(0));
        assert!(
            run.stdout.lines().count() > 2,
            "{code} is explained by one line"
        );
    }
}
