//! Takes the code of a diagnostic, gives what it means on standard output, and must never accept a code that does not exist.

use std::process::ExitCode;

use crate::pipeline;
use crate::problem::Problem;

/// Explains one code, or lists all.
pub(crate) fn run(code: Option<&str>) -> Result<ExitCode, Problem> {
    let Some(code) = code else {
        for code in pipeline::codes() {
            say!("{code}");
        }
        return Ok(ExitCode::SUCCESS);
    };
    let explanation = pipeline::explanation(code).ok_or_else(|| {
        Problem::new(
            "",
            format!("there is no diagnostic with the code `{code}`"),
            "`cargo xtask explain` lists all codes",
        )
    })?;
    say!("{code}\n\n{}", explanation.trim_end());
    Ok(ExitCode::SUCCESS)
}
