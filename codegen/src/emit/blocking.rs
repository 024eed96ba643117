//! Takes what is the crate's own about its client and gives it to the blocking one; it must never differ from the other in shape.

use proc_macro2::TokenStream;
use quote::quote;

use super::client::{self, Kind};
use super::{access, docs};
use crate::model::{Crate, Module};

/// The crate's part of the blocking client.
pub(crate) fn emit(model: &Crate) -> TokenStream {
    let from_env = access::from_env(model, Kind::Blocking);
    let accessors = client::accessors(model, Kind::Blocking);
    let root = model
        .modules
        .iter()
        .find(|module| module.name.is_none() && !module.resources.is_empty());
    let resources = root.map(client::root_imports);
    let error = from_env.is_some().then(|| quote!(, Error));
    let has_streams = model.modules.iter().any(Module::has_streams);
    let waiting = has_streams.then(|| {
        quote!(
            pub use crate::runtime::waiting_stream::Waiting;
        )
    });
    let builder = Kind::Blocking.builder(model);
    let mut operations = model.modules.iter().flat_map(Module::operations);
    let lists = operations
        .any(|operation| operation.paging.is_some())
        .then(|| {
            quote!(
                pub use crate::runtime::blocking_pages::{Items, Pages};
            )
        });
    let inner = docs::inner([
        "The client without async: calls wait for their answers, and lists are iterators.",
        "It needs the feature `blocking`, and nothing else in `Cargo.toml`. Calls are made and \
         completed in the same way as those of [`crate::Client`], with the same retries, timeouts \
         and errors.",
    ]);
    quote! {
        #inner
        #resources
        use crate::runtime::{ClientBuilder #error};
        pub use crate::runtime::blocking::Client;
        #lists
        #waiting

        impl Client {
            #builder
            #from_env
            #accessors
        }
    }
}
