//! The stages of the generator, in the order in which data flows. Each takes what the one before gives; none goes back.

pub mod settings;
pub mod source;
pub mod document;
pub mod model;
pub mod lower;
pub mod emit;
pub mod output;
pub mod diagnostic;

mod pipeline;

pub use pipeline::{Generated, Input, Project, Report, documents_named, generate};
