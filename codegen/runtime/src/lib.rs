//! The hand-written part that every generated client carries.
//!
//! The files below `src/runtime/` are copied byte for byte into each client, as its private
//! module `runtime`, so they use `crate::runtime` paths and nothing else of their crate. This
//! crate exists so that they are compiled, linted and tested by themselves.

pub mod runtime;
