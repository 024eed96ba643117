//! Takes the model and gives the crate's modules as tokens, one emitter for each construct; it must never look at a document or decide a name.

mod access;
mod blocking;
mod bodies;
mod call;
mod choices;
mod client;
pub(crate) mod docs;
mod examples;
mod forms;
mod gate;
mod module;
mod operation;
mod parameters;
mod places;
mod resource;
mod root;
mod scope;
mod sent;
mod structs;
mod testing;
mod texts;
mod usage;

pub(crate) use usage::crate_name;

use proc_macro2::{Ident, Span, TokenStream};

use crate::model::{Crate, Home, Name};

/// A file of the crate, not formatted yet.
#[derive(Clone, Debug)]
pub struct Unit {
    /// Its path in the crate.
    pub path: String,
    /// The document that it was made from; none where several had a part in it.
    pub document: Option<String>,
    /// Whether its declarations are what users of the crate rely on.
    pub public: bool,
    /// What is in it.
    pub tokens: TokenStream,
}

/// Every module of the crate, in the order of their paths.
#[must_use]
pub fn emit(model: &Crate) -> Vec<Unit> {
    let mut units = vec![
        unit("src/lib.rs", None, true, root::emit(model)),
        unit("src/blocking.rs", None, true, blocking::emit(model)),
        unit("src/client.rs", None, true, client::emit(model)),
    ];
    if model.types_in(Home::Root).next().is_some() {
        units.push(unit(
            "src/types.rs",
            None,
            true,
            module::types(model, Home::Root),
        ));
    }
    for index in 0..model.modules.len() {
        units.extend(module::emit(model, index));
    }
    units.extend(testing::emit(model));
    if let Some(tokens) = examples::emit(model) {
        units.push(unit("tests/examples.rs", None, false, tokens));
    }
    units.sort_by(|one, other| one.path.cmp(&other.path));
    units
}

fn unit(path: &str, document: Option<&str>, public: bool, tokens: TokenStream) -> Unit {
    Unit {
        path: path.to_owned(),
        document: document.map(str::to_owned),
        public,
        tokens,
    }
}

/// A name as a token.
fn ident(name: &Name) -> Ident {
    Ident::new(name.as_str(), Span::call_site())
}
