//! Takes the words of the command line, gives the command that they name, and must never read a file.

use std::path::PathBuf;

use clap::{Parser, Subcommand};

/// The commands of this workspace.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
pub(crate) struct Args {
    /// The root of the workspace, for tests on a copy.
    #[arg(long, value_name = "DIR", global = true, hide = true)]
    pub(crate) root: Option<PathBuf>,
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Subcommand)]
pub(crate) enum Command {
    /// Write generated/ from the documents in spec/
    Generate {
        /// Write nothing; list each file that is stale, missing or left over, and exit with 1
        #[arg(long)]
        check: bool,
    },
    /// Write a crate from any OpenAPI document
    Client(Client),
    /// Write a crate from each document below some directories, and show what became of them
    Corpus(Corpus),
    /// Say what a diagnostic means and how to mend it
    Explain {
        /// The code in brackets after `error` or `warning`; without it, all codes are listed
        code: Option<String>,
    },
    /// Check the rules of this repository that no other tool checks
    Tidy,
    /// Run everything that CI checks, in order
    Ci(Ci),
}

/// The options of `client`.
#[derive(clap::Args)]
pub(crate) struct Client {
    /// The OpenAPI document, YAML or JSON
    pub(crate) spec: PathBuf,
    /// The directory of the crate; it is made when it does not exist
    #[arg(long, value_name = "DIR")]
    pub(crate) out: PathBuf,
    /// The name of the crate; by default it comes from the title of the document
    #[arg(long, value_name = "CRATE")]
    pub(crate) name: Option<String>,
    /// Only operations that match: a path glob such as `/v2/Credentials*`, or an operation id
    #[arg(long, value_name = "PATTERN")]
    pub(crate) include: Vec<String>,
    /// Also make a server for the tests of the crate's users, behind the feature `testing`
    #[arg(long)]
    pub(crate) testing: bool,
    /// Also write what was generated, skipped and left untyped, as JSON
    #[arg(long, value_name = "FILE.json")]
    pub(crate) report: Option<PathBuf>,
}

/// The options of `corpus`.
#[derive(clap::Args)]
pub(crate) struct Corpus {
    /// Directories of OpenAPI documents, YAML or JSON
    #[arg(value_name = "DIR", required = true)]
    pub(crate) dirs: Vec<PathBuf>,
    /// Also check the crates with the compiler
    #[arg(long)]
    pub(crate) compile: bool,
    /// Compile so many of the crates only, spread evenly
    #[arg(long, value_name = "N", requires = "compile")]
    pub(crate) sample: Option<usize>,
    /// Also run the tests of the crates, which are made of the documents' examples
    #[arg(long, requires = "compile")]
    pub(crate) test: bool,
}

/// The options of `ci`.
#[derive(clap::Args)]
pub(crate) struct Ci {
    /// Also check combinations of features, compile a crate of every document in target/specs, and run the tests of Twilio's
    #[arg(long)]
    pub(crate) full: bool,
    /// Leave out `cargo test`, for a script that has just run it
    #[arg(long)]
    pub(crate) skip_tests: bool,
}
