//! One construct in a tiny document, and the items that are made of it.

mod answers;
mod bodies;
mod documentation;
mod documents;
mod examples;
mod formats;
mod forms;
mod json;
mod kinds;
mod names;
mod operations;
mod parameters;
mod resources;
#[path = "../support/mod.rs"]
mod support;
mod texts;
mod unions;
