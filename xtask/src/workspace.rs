//! Takes what the caller and the environment say, gives the root of the workspace, and must never depend on where this program was compiled.

use std::env;
use std::path::{Path, PathBuf};

use crate::problem::Problem;

/// `--root` if it was given, else the workspace that cargo runs this package of, else the one around the current directory.
pub(crate) fn root(given: Option<PathBuf>) -> Result<PathBuf, Problem> {
    if let Some(root) = given {
        return Ok(root);
    }
    let of_cargo = env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from);
    let current = env::current_dir().ok();
    let starts = of_cargo.iter().chain(&current);
    let mut candidates = starts.flat_map(|start| start.ancestors());
    candidates
        .find(|dir| is_root(dir))
        .map(Path::to_owned)
        .ok_or_else(|| {
            Problem::new(
                "",
                "can't find the root of the workspace, the directory that holds xtask/ and spec/",
                "run the command inside a checkout of the repository",
            )
        })
}

fn is_root(dir: &Path) -> bool {
    dir.join("xtask").join("Cargo.toml").is_file() && dir.join("spec").is_dir()
}

/// The path as people write it: relative to the root, with `/`.
pub(crate) fn shown(root: &Path, path: &Path) -> String {
    let relative = path.strip_prefix(root).unwrap_or(path);
    let parts: Vec<_> = relative.iter().map(|part| part.to_string_lossy()).collect();
    parts.join("/").replacen("//", "/", 1)
}
