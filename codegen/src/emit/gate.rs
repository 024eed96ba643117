//! Takes the modules of a crate and gives the attributes that tie code to their Cargo features; it must never tie what several modules share to one of them.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::literal;
use crate::model::{Crate, Module, Name, Resource};

/// The condition of a module's code, such as `feature = "chat_v2"`. The only document of a crate has none: its code is always there.
pub(crate) fn condition(module: &Module) -> Option<TokenStream> {
    module.feature().map(feature)
}

/// Leaves an item out when the feature of its module is off.
pub(crate) fn gate(module: &Module) -> TokenStream {
    condition(module).map_or_else(TokenStream::new, |condition| quote!(#[cfg(#condition)]))
}

/// The same for a resource of a large API.
pub(crate) fn resource(resource: &Resource) -> Option<TokenStream> {
    let condition = resource.feature.as_ref().map(feature)?;
    Some(quote!(#[cfg(#condition)]))
}

/// The same for the types that a feature alone leads to.
pub(crate) fn types(name: Option<&Name>) -> Option<TokenStream> {
    let condition = name.map(feature)?;
    Some(quote!(#[cfg(#condition)]))
}

/// The condition that at least one module is there; none where one always is.
pub(crate) fn any(model: &Crate) -> Option<TokenStream> {
    let all = features(model)?.into_iter().map(feature);
    Some(quote!(any(#(#all),*)))
}

/// The features of all parts of the API; none where a part is always there.
fn features(model: &Crate) -> Option<Vec<&Name>> {
    let resources = model.resource_features();
    if resources.is_empty() {
        return model.modules.iter().map(Module::feature).collect();
    }
    Some(resources.into_iter().collect())
}

/// For what all parts of the API need together: the compiler tells what of it is in vain only where all are there.
pub(crate) fn lenient(model: &Crate) -> Option<TokenStream> {
    let all = features(model)?.into_iter().map(feature);
    Some(quote! {
        #[cfg_attr(
            not(all(#(#all),*)),
            allow(dead_code, unused_imports, unused_macros, reason = "it is for the whole API")
        )]
    })
}

/// The condition that every module is there, as text for documentation; none where they always are.
pub(crate) fn all(model: &Crate) -> Option<String> {
    let features = features(model)?.into_iter();
    let features = features.map(|name| format!("feature = \"{name}\""));
    let features: Vec<_> = features.collect();
    Some(format!("all({})", features.join(", ")))
}

fn feature(name: &Name) -> TokenStream {
    let name = literal(name.as_str());
    quote!(feature = #name)
}
