//! Takes the modules of a crate and gives the attributes that tie code to their Cargo features; it must never tie what several modules share to one of them.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use crate::model::{Crate, Module, Name};

/// The condition of a module's code, such as `feature = "chat_v2"`. The only document of a crate has none: its code is always there.
pub(crate) fn condition(module: &Module) -> Option<TokenStream> {
    module.feature().map(feature)
}

/// Leaves an item out when the feature of its module is off.
pub(crate) fn gate(module: &Module) -> TokenStream {
    condition(module).map_or_else(TokenStream::new, |condition| quote!(#[cfg(#condition)]))
}

/// The same for what users see: docs.rs names the feature.
pub(crate) fn shown(module: &Module) -> TokenStream {
    condition(module).map_or_else(TokenStream::new, |condition| {
        quote! {
            #[cfg(#condition)]
            #[cfg_attr(docsrs, doc(cfg(#condition)))]
        }
    })
}

/// The condition that at least one module is there; none where one always is.
pub(crate) fn any(model: &Crate) -> Option<TokenStream> {
    let all: Vec<_> = model.modules.iter().map(condition).collect::<Option<_>>()?;
    Some(quote!(any(#(#all),*)))
}

/// The condition that every module is there; none where they always are.
pub(crate) fn every(model: &Crate) -> Option<TokenStream> {
    let all: Vec<_> = model.modules.iter().map(condition).collect::<Option<_>>()?;
    Some(quote!(all(#(#all),*)))
}

/// The condition that every module is there, as text for documentation; none where they always are.
pub(crate) fn all(model: &Crate) -> Option<String> {
    let features = model.modules.iter().map(Module::feature);
    let features = features.map(|name| Some(format!("feature = \"{}\"", name?)));
    let features: Vec<_> = features.collect::<Option<_>>()?;
    Some(format!("all({})", features.join(", ")))
}

fn feature(name: &Name) -> TokenStream {
    let name = Literal::string(name.as_str());
    quote!(feature = #name)
}
