//! Takes the arguments of `cargo xtask`, gives its output and exit code, and must never hide a failure behind exit code 0.

/// Prints a line on standard output. Unlike `println!`, it does not panic when the reader has gone, as with `| head`.
macro_rules! say {
    ($($text:tt)*) => {
        crate::render::say(format_args!($($text)*))
    };
}

mod args;
mod ci;
mod client;
mod corpus;
mod explain;
mod files;
mod generate;
mod pipeline;
mod problem;
mod render;
mod report;
mod tidy;
mod workspace;

use std::process::ExitCode;

use clap::Parser as _;

use args::{Args, Command};
use problem::Problem;
use render::Renderer;

/// Syntax trees are millions of small allocations, of which the system's allocator makes a third of the time.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    if let Some(code) = corpus::rustc::instead() {
        return code;
    }
    match run(Args::parse()) {
        Ok(code) => code,
        Err(problem) => {
            Renderer::for_stderr().print(&[problem]);
            ExitCode::FAILURE
        }
    }
}

fn run(args: Args) -> Result<ExitCode, Problem> {
    match args.command {
        Command::Generate { check } => generate::run(&workspace::root(args.root)?, check),
        Command::Client(options) => client::run(&options),
        Command::Corpus(options) => corpus::run(&workspace::root(args.root)?, &options),
        Command::Explain { code } => explain::run(code.as_deref()),
        Command::Tidy => tidy::run(&workspace::root(args.root)?),
        Command::Ci(options) => Ok(ci::run(&workspace::root(args.root)?, &options)),
    }
}
