//! Gives the tests of this workspace what spans crates: a Twilio to talk to, a server that breaks HTTP, a table of faults and a
//! plain HTTP exchange. Nothing in here may use the generator or what it wrote, so that a mistake there cannot hide in its own test.

pub mod faults;
pub mod http;
pub mod scripted;
pub mod twilio;

/// The Rust code of README.md, compiled as a user's would be.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
struct Readme;
