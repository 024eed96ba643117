//! The hand-written part that every generated client carries.
//!
//! The files below `src/runtime/` are copied into each client as its private module `runtime`,
//! so they use `crate::runtime` paths and nothing else of their crate. The one thing that changes
//! is the name of the crate in examples of the documentation. This crate exists so that they are
//! compiled, linted and tested by themselves.

// A client carries the parts that it uses, and no part is used here.
#[allow(
    dead_code,
    unused_imports,
    unused_macros,
    reason = "what only clients use"
)]
pub mod runtime;

// As in a client, where the examples of the documentation find them at the root.
pub use runtime::*;
