//! Gives everything that can go wrong between a client of the Credentials and its server, as data; must never know how a client
//! copes with it.

mod answers;
mod table;

pub use table::FAULTS;

use crate::scripted::{Reply, Request};

/// One thing that goes wrong.
#[derive(Clone, Copy, Debug)]
pub struct Fault {
    /// What it is, in a few words.
    pub name: &'static str,
    /// What the client meets.
    pub what: What,
    /// Whether it can only happen to a list.
    pub lists_only: bool,
    /// The pause that the server asks for, in seconds.
    pub asked: u64,
}

/// What a client meets.
#[derive(Clone, Copy, Debug)]
pub enum What {
    /// Nothing listens.
    Refused,
    /// Connections are reset before anything is read.
    Cut,
    /// This is answered.
    Answer(fn(&Scene<'_>) -> Reply),
}

/// What an answer can be made of.
#[derive(Clone, Copy, Debug)]
pub struct Scene<'a> {
    /// The request.
    pub request: &'a Request,
    /// How many requests came before it.
    pub number: usize,
    /// The URL of the server.
    pub own: &'a str,
    /// The URL of another server.
    pub elsewhere: &'a str,
    /// What the answer repeats.
    pub echo: &'a Echo,
}

/// What answers repeat of what was sent, however much sense that makes.
#[derive(Clone, Debug, Default)]
pub struct Echo {
    /// In a text or a page.
    pub text: String,
    /// Between the quotes of a JSON string.
    pub json: String,
    /// In a header.
    pub header: String,
    /// In the name of a host.
    pub host: String,
}
