//! Takes a table of an API that generated code writes; gives a server for tests that keeps what it is sent; must never be reached from another machine.

/// The first line of an example: what it uses of the crate that carries this file.
macro_rules! uses {
    ($names:literal) => {
        concat!("use ", env!("CARGO_CRATE_NAME"), "::", $names, ";")
    };
}

mod answer;
mod connection;
mod date;
mod failure;
mod item;
mod message;
mod page;
mod recorded;
mod route;
mod server;
mod state;
mod table;

pub use failure::Failure;
pub use recorded::RecordedRequest;
pub use server::{Collection, Server};
pub use table::{Action, Api, As, Field, Kind, Label, Listing, PageSize, Route, Serial};
