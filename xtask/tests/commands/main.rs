//! Takes the built `xtask`, runs it as people do, and must never write outside a temporary directory.

mod bad_input;
mod common;
mod corpus;
mod generate;
mod readme;
