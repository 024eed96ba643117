//! Takes a table of an API that generated code writes; gives a server for tests that keeps what it is sent; must never be reached from another machine.

mod answer;
mod connection;
mod date;
mod example;
mod failure;
mod item;
mod message;
mod page;
mod recorded;
mod route;
mod server;
mod state;
mod table;

pub use example::example;
pub use failure::Failure;
pub use recorded::RecordedRequest;
pub use server::{Collection, Server};
pub use table::{Action, Api, As, Field, Kind, Label, Listing, PageSize, Route, Serial};
