//! The stages of the generator, in the order in which data flows. Each takes what the one before gives; none goes back.

pub mod diagnostic;
pub mod document;
pub mod source;
