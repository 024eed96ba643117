//! Takes a set of generated files and a directory, makes the directory hold exactly them, and must never touch a file that the generator does not own.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{self, Read as _, Write as _};
use std::path::Path;
use std::process;

use crate::pipeline::{Drift, FileSet, all_cores, each};
use crate::problem::Problem;

/// What the generator owns besides `src/` and what it writes now: a file that it wrote once and no longer does is left
/// over. Everything else in the directory belongs to its people.
const OWNED: [&str; 6] = [
    "API.txt",
    "LICENSE-APACHE",
    "LICENSE-MIT",
    "README.md",
    "tests/examples.rs",
    "tests/support/mod.rs",
];

/// No document is this large; a device file or a pipe that never ends must not fill the memory.
const LARGEST: u64 = 1 << 30;

/// Reads a file that a person named.
pub(crate) fn read(path: &Path) -> Result<Vec<u8>, Problem> {
    let problem = |error: &io::Error| Problem::io("read", path, error);
    let metadata = fs::metadata(path).map_err(|error| problem(&error))?;
    if metadata.is_dir() {
        return Err(problem(&io::ErrorKind::IsADirectory.into()));
    }
    let file = fs::File::open(path).map_err(|error| problem(&error))?;
    let known = usize::try_from(metadata.len().min(LARGEST)).unwrap_or_default();
    // One byte more, so that the end is found without another buffer.
    let mut bytes = Vec::with_capacity(known + 1);
    file.take(LARGEST)
        .read_to_end(&mut bytes)
        .map_err(|error| problem(&error))?;
    Ok(bytes)
}

/// The files of `dir` that the generator owns, by their path below it; a directory that does not exist has none.
pub(crate) fn owned(dir: &Path, files: &FileSet) -> Result<BTreeMap<String, Vec<u8>>, Problem> {
    let mut found = BTreeMap::new();
    for name in OWNED.into_iter().chain(files.iter().map(|(name, _)| name)) {
        let path = dir.join(name);
        if path.symlink_metadata().is_ok() {
            found.insert(name.to_owned(), content(&path)?);
        }
    }
    walk(&dir.join("src"), "src", &mut found)?;
    Ok(found)
}

fn walk(dir: &Path, prefix: &str, found: &mut BTreeMap<String, Vec<u8>>) -> Result<(), Problem> {
    let mut pending = vec![(dir.to_owned(), prefix.to_owned())];
    while let Some((dir, prefix)) = pending.pop() {
        let problem = |error: &io::Error| Problem::io("read", &dir, error);
        let entries = match fs::read_dir(&dir) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
            entries => entries.map_err(|error| problem(&error))?,
        };
        for entry in entries {
            let entry = entry.map_err(|error| problem(&error))?;
            let name = format!("{prefix}/{}", entry.file_name().to_string_lossy());
            let kind = entry.file_type().map_err(|error| problem(&error))?;
            if kind.is_dir() {
                pending.push((entry.path(), name));
            } else {
                found.insert(name, content(&entry.path())?);
            }
        }
    }
    Ok(())
}

// A link, even to the right text, is not our file: it counts as one with another content, so that it is replaced and
// nothing is ever read or written through it.
fn content(path: &Path) -> Result<Vec<u8>, Problem> {
    let is_file = path
        .symlink_metadata()
        .is_ok_and(|metadata| metadata.is_file());
    if is_file { read(path) } else { Ok(vec![0]) }
}

/// Writes what differs and removes what is left over, in the order that also works when a file became a directory.
pub(crate) fn write(dir: &Path, files: &FileSet, drift: &Drift) -> Result<(), Problem> {
    for orphan in &drift.orphan {
        remove(dir, orphan)?;
    }
    let stale = drift.stale.iter().map(|stale| (stale.path.as_str(), true));
    let missing = drift.missing.iter().map(|path| (path.as_str(), false));
    let all: Vec<_> = stale
        .chain(missing)
        .filter_map(|(path, is_there)| Some((dir.join(path), files.get(path)?, is_there)))
        .collect();
    let parents: BTreeSet<_> = all.iter().filter_map(|(path, ..)| path.parent()).collect();
    for parent in parents {
        fs::create_dir_all(parent).map_err(|error| Problem::io("write", parent, &error))?;
    }
    let written = each(all_cores(), &all, |(path, text, is_there)| {
        if *is_there {
            replace(path, text.as_bytes())
        } else {
            create(path, text.as_bytes())
        }
    });
    written.into_iter().collect()
}

/// Writes a file that is not there. Another program may see a part of it, as it may see a part of the files: only what is
/// there already has readers.
fn create(path: &Path, bytes: &[u8]) -> Result<(), Problem> {
    let mut file = match fs::File::create_new(path) {
        // Somebody was faster.
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => return replace(path, bytes),
        file => file.map_err(|error| Problem::io("write", path, &error))?,
    };
    file.write_all(bytes).map_err(|error| {
        // The first error is the one to report.
        let _ = fs::remove_file(path);
        Problem::io("write", path, &error)
    })
}

/// Writes a file so that another program sees the old content or the new, never a part.
pub(crate) fn replace(path: &Path, bytes: &[u8]) -> Result<(), Problem> {
    let problem = |error: &io::Error| Problem::io("write", path, error);
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let parent = path.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(parent).map_err(|error| problem(&error))?;
    let temporary = parent.join(format!(".{name}.{}", process::id()));
    let written = fs::write(&temporary, bytes).and_then(|()| fs::rename(&temporary, path));
    written.map_err(|error| {
        // The first error is the one to report; the file may not even exist.
        let _ = fs::remove_file(&temporary);
        problem(&error)
    })
}

fn remove(dir: &Path, name: &str) -> Result<(), Problem> {
    let path = dir.join(name);
    fs::remove_file(&path).map_err(|error| Problem::io("remove", &path, &error))?;
    for parent in path.ancestors().skip(1).take_while(|parent| *parent != dir) {
        // Fails exactly when something is left in the directory.
        if fs::remove_dir(parent).is_err() {
            break;
        }
    }
    Ok(())
}
