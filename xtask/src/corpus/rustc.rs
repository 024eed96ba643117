//! Takes the place of rustc for the crates of the corpus, runs it, and must never change what it does: it keeps how much time it took.

use std::env;
use std::ffi::OsString;
use std::fs;
use std::path::Path;
use std::process::{Command, ExitCode};

/// Names the directory for the times; while it is set, this program is rustc.
pub(super) const TIMES: &str = "XTASK_CORPUS_TIMES";

/// The exit code of rustc, when cargo takes this program for it.
pub(crate) fn instead() -> Option<ExitCode> {
    let times = env::var_os(TIMES)?;
    let arguments: Vec<OsString> = env::args_os().skip(1).collect();
    let (rustc, arguments) = arguments.split_first()?;
    let status = Command::new(rustc).args(arguments).status();
    let name = arguments
        .iter()
        .skip_while(|argument| *argument != "--crate-name")
        .nth(1);
    if let (Some(name), Some(seconds)) = (name, seconds_of_children()) {
        // A time that can't be kept is shown as missing.
        let _ = fs::write(Path::new(&times).join(name), seconds.to_string());
    }
    let code = status.ok().and_then(|status| status.code());
    Some(
        code.and_then(|code| u8::try_from(code).ok())
            .map_or(ExitCode::FAILURE, ExitCode::from),
    )
}

/// Processor time of the processes that this one waited for; Linux tells, in hundredths of a second.
fn seconds_of_children() -> Option<f64> {
    let text = fs::read_to_string("/proc/self/stat").ok()?;
    // The name of the program, in brackets, may have spaces in it.
    let (_, fields) = text.rsplit_once(") ")?;
    let mut times = fields.split(' ').skip(13).map(str::parse::<u32>);
    let (user, system) = (times.next()?.ok()?, times.next()?.ok()?);
    Some(f64::from(user.saturating_add(system)) / 100.0)
}
