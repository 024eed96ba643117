//! The stages of the generator, in the order in which data flows. Each takes what the one before gives; none goes back. `diagnostic` and `cores` are no stages: any of them tells what it finds and may use several cores.

pub mod cores;
pub mod diagnostic;
pub mod document;
pub mod emit;
pub mod lower;
pub mod model;
pub mod output;
pub mod settings;
pub mod source;

mod pipeline;

pub use pipeline::{Generated, Input, Project, Report, documents_named, generate};
