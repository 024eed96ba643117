//! Takes the whole model and gives the crate's root: its documentation, its modules and what it exports; it must never hold code.

use proc_macro2::TokenStream;
use quote::quote;

use super::{client, docs, ident, module};
use crate::model::{Crate, Home};

/// What users of any client need to name.
const EXPORTS: [&str; 13] = [
    "ApiError",
    "Call",
    "Client",
    "ClientBuilder",
    "Error",
    "FormBody",
    "InvalidValue",
    "ItemStream",
    "Page",
    "PagedRequest",
    "Request",
    "SecretString",
    "Sink",
];

/// `lib.rs`.
pub(crate) fn emit(model: &Crate) -> TokenStream {
    let inner = docs::inner(front_page(model));
    let exports = EXPORTS
        .iter()
        .map(|name| proc_macro2::Ident::new(name, proc_macro2::Span::call_site()));
    let modules = model.modules.iter().map(|part| match &part.name {
        Some(name) => {
            let name = ident(name);
            quote! {
                #[rustfmt::skip]
                pub mod #name;
            }
        }
        None => skipped(module::declarations(model, part, client::ONLY)),
    });
    let modules = modules.collect::<Vec<_>>();
    let mut names: Vec<_> = model
        .types_in(Home::Root)
        .map(|(_, definition)| ident(&definition.name))
        .collect();
    names.sort();
    let shared = (!names.is_empty()).then(|| {
        quote! {
            #[rustfmt::skip]
            mod types;

            pub use types::{#(#names),*};
        }
    });
    // The resources of a crate without modules find their server where those of a module do.
    let server = model
        .modules
        .iter()
        .any(|part| part.name.is_none() && !part.resources.is_empty())
        .then(|| {
            quote!(
                use client::SERVER;
            )
        });
    let deprecated = deprecated(model);
    quote! {
        #inner
        #![forbid(unsafe_code)]
        #deprecated
        #![warn(missing_docs)]
        #![cfg_attr(docsrs, feature(doc_cfg))]
        #![cfg_attr(rustfmt, rustfmt_skip)]

        #(#modules)*
        #[rustfmt::skip]
        mod client;
        mod runtime;
        #shared
        #server
        pub use runtime::{#(#exports),*};
    }
}

/// The warning is for users of the crate, which itself cannot do without the type.
fn deprecated(model: &Crate) -> Option<TokenStream> {
    let any = model.types.iter().any(|definition| definition.deprecated);
    any.then(|| {
        quote!(#![expect(deprecated, reason = "a type that the document advises against is still part of the API")])
    })
}

/// Each module declaration is left alone by rustfmt: its text is made by this crate.
fn skipped(declarations: TokenStream) -> TokenStream {
    let Ok(file) = syn::parse2::<syn::File>(declarations.clone()) else {
        return declarations;
    };
    let items = file.items.into_iter().map(|item| match item {
        syn::Item::Mod(module) => quote!(#[rustfmt::skip] #module),
        other => quote!(#other),
    });
    quote!(#(#items)*)
}

fn front_page(model: &Crate) -> Vec<String> {
    let package = &model.package;
    let description = docs::line(&package.description);
    let mut paragraphs = vec![format!("{}.", description.trim_end_matches('.'))];
    paragraphs.extend(package.about.iter().map(|text| docs::foreign(text)));
    if let Some(example) = &package.example {
        paragraphs.push("# Example".to_owned());
        paragraphs.push(format!("```no_run\n{}\n```", example.trim()));
    }
    paragraphs.push("# Versions of the API".to_owned());
    let rows = model.modules.iter().map(|module| {
        let old = if module.is_deprecated() {
            ", deprecated"
        } else {
            ""
        };
        let (title, version) = (docs::line(&module.title), docs::code(&module.version));
        match &module.name {
            Some(name) => format!("* [`{name}`]: {title}, version {version}{old}"),
            None => format!("* {title}, version {version}{old}"),
        }
    });
    paragraphs.push(rows.collect::<Vec<_>>().join("\n"));
    paragraphs
}
