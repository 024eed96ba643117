//! Takes the whole model and gives the crate's root: its documentation, its modules and what it exports; it must never hold code.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

use super::{client, docs, gate, ident, literal, module};
use crate::model::{Crate, Field, Held, Home, Module, Type, TypeKind};

/// `lib.rs`.
pub(crate) fn emit(model: &Crate) -> TokenStream {
    let inner = front_page(model);
    let blocking = blocking(model).unwrap_or_else(|| quote!(#![doc = ""]));
    let rest = docs::inner(features(model));
    let modules = modules(model);
    let shared = shared(model);
    // Where a resource may be missing, so may be the only one that has to do with it.
    let lenient_client = gate::lenient(model).filter(|_| model.is_parted());
    // The resources of a crate without modules find their server where those of a module do.
    let mut modules_here = model.modules.iter();
    let server = modules_here
        .find(|part| part.name.is_none() && !part.resources.is_empty())
        .map(|part| {
            let others = part.other_servers.iter().map(|(name, _)| ident(name));
            quote!(#lenient_client use client::{OPERATION #(, #others)*};)
        });
    let deprecated = deprecated(model);
    let testing = model.package.testing.then(testing);
    let (depth, lenient) = (recursion_limit(model), gate::lenient(model));
    quote! {
        #inner
        #blocking
        #rest
        #![forbid(unsafe_code)]
        #depth
        #deprecated
        #![warn(missing_docs)]
        #![cfg_attr(docsrs, feature(doc_cfg))]
        #![cfg_attr(rustfmt, rustfmt_skip)]

        #(#modules)*
        #[cfg(feature = "blocking")]
        #[rustfmt::skip]
        pub mod blocking;
        #lenient_client
        #[rustfmt::skip]
        mod client;
        #lenient
        mod runtime;
        #testing
        #shared
        #server
    }
}

/// What the root ends with: the names of the runtime that users need, which are known when everything else has its text.
pub(crate) fn exports(names: &[&str]) -> TokenStream {
    let names = names.iter().map(|name| Ident::new(name, Span::call_site()));
    quote!(pub use runtime::{#(#names),*};)
}

/// The compiler follows a type through all that it holds to see whether it is `Send`, six steps for a list of others; with
/// its own limit of 128, it would give up where twenty types hold each other in a chain.
fn recursion_limit(model: &Crate) -> Option<TokenStream> {
    let is_compound = |ty: &Type| {
        let definition = ty.named().and_then(|id| model.type_def(id));
        definition.is_some_and(|one| matches!(one.kind, TypeKind::Struct(_) | TypeKind::OneOf(_)))
    };
    let links = model.types.iter().filter(|one| match &one.kind {
        TypeKind::Struct(structure) => structure.fields.iter().any(|field| is_compound(&field.ty)),
        TypeKind::OneOf(choice) => choice.variants.iter().any(|one| is_compound(&one.ty)),
        _ => false,
    });
    (links.count() >= LONGEST_CHAIN).then(|| quote!(#![recursion_limit = "4096"]))
}

/// So many types can hold each other in a chain, each in a list that may be absent, without more than the compiler's own limit.
const LONGEST_CHAIN: usize = 12;

/// The types that several documents share.
fn shared(model: &Crate) -> Option<TokenStream> {
    let mut names: Vec<_> = model
        .types_in(Home::Root)
        .map(|(_, definition)| ident(&definition.name))
        .collect();
    names.sort();
    (!names.is_empty()).then(|| {
        quote! {
            #[rustfmt::skip]
            mod types;

            pub use types::{#(#names),*};
        }
    })
}

fn testing() -> TokenStream {
    quote! {
        #[cfg(feature = "testing")]
        #[rustfmt::skip]
        pub mod testing;
    }
}

/// The modules of the documents.
fn modules(model: &Crate) -> Vec<TokenStream> {
    let modules = model.modules.iter().map(|part| match &part.name {
        Some(name) => {
            let (name, gate) = (ident(name), gate::gate(part));
            quote! {
                #gate
                #[rustfmt::skip]
                pub mod #name;
            }
        }
        None => skipped(module::declarations(model, part, client::ONLY)),
    });
    modules.collect()
}

/// Whether a struct has a public field that the document advises against, and that its own code sets.
fn sends_deprecated(kind: &TypeKind) -> bool {
    let TypeKind::Struct(structure) = kind else {
        return false;
    };
    let usage = structure.usage;
    let has_arguments = structure.fields.iter().any(Field::is_argument);
    let is_set = |field: &Field| {
        let is_there = field.held(usage) != Held::Not;
        is_there && (field.is_argument() || field.is_setter() || has_arguments)
    };
    let mut fields = structure.fields.iter().filter(|field| field.deprecated);
    usage.sent && usage.answered && fields.any(is_set)
}

/// The warning is for users of the crate, which itself cannot do without the type.
fn deprecated(model: &Crate) -> Option<TokenStream> {
    let any = model
        .types
        .iter()
        .any(|definition| definition.deprecated || sends_deprecated(&definition.kind));
    // Where a part may be missing, so may be what it is about.
    let lint = if gate::any(model).is_some() {
        quote!(allow)
    } else {
        quote!(expect)
    };
    any.then(|| {
        quote!(#![#lint(deprecated, reason = "what the document advises against is still part of the API")])
    })
}

/// The example without async: compiled where it can be.
fn blocking(model: &Crate) -> Option<TokenStream> {
    let example = model.package.blocking_example.as_ref()?;
    let before = docs::inner([
        "# Without async",
        "With the feature `blocking`, and without another runtime or crate:",
    ]);
    let example = guarded(model, example.trim());
    let lines = example.lines().map(|line| {
        let line = literal(format!(" {line}").trim_end());
        quote!(#![doc = #line])
    });
    let gap = quote!(#![doc = ""]);
    Some(quote! {
        #gap
        #before
        #gap
        #![cfg_attr(feature = "blocking", doc = " ```no_run")]
        #![cfg_attr(not(feature = "blocking"), doc = " ```ignore")]
        #(#lines)*
        #![doc = " ```"]
        #gap
    })
}

fn features(model: &Crate) -> [String; 2] {
    let features =
        crate::output::features_of(model).map(|(name, about)| format!("* `{name}`: {about}"));
    let list = features.collect::<Vec<_>>().join("\n");
    ["# Features".to_owned(), list]
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

fn front_page(model: &Crate) -> TokenStream {
    let package = &model.package;
    let description = docs::line(&package.description);
    let mut paragraphs = vec![format!("{}.", description.trim_end_matches('.'))];
    paragraphs.extend(package.about.iter().map(|text| docs::foreign(text)));
    if let Some(example) = &package.example {
        paragraphs.push("# Example".to_owned());
        paragraphs.push(format!(
            "```no_run\n{}\n```",
            guarded(model, example.trim())
        ));
    }
    paragraphs.push(VERSIONS.to_owned());
    let rows = model.modules.iter().map(version).collect::<Vec<_>>();
    paragraphs.push(rows.join("\n"));
    if model.is_parted() {
        paragraphs.push("Each part of the API is a Cargo feature, named at its modules. All are on by default; without the default features, only those that you name are compiled.".to_owned());
    } else if gate::any(model).is_some() {
        paragraphs.push("Each version is a Cargo feature of the same name. All are on by default; without the default features, only those that you name are compiled.".to_owned());
    }
    let front_page = docs::inner(paragraphs);
    let targets: Vec<_> = model.modules.iter().filter_map(target).collect();
    let space = (!targets.is_empty()).then(|| quote!(#![doc = ""]));
    quote!(#front_page #space #(#targets)*)
}

const VERSIONS: &str = "# Versions of the API";

/// The example may use any version, so it is compiled where all are there.
fn guarded(model: &Crate, example: &str) -> String {
    gate::all(model).map_or_else(
        || example.to_owned(),
        |condition| format!("# #[cfg({condition})] {{\n{example}\n# }}"),
    )
}

fn version(module: &Module) -> String {
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
}

/// Where the link to a module leads while its feature is off: to what is said of features.
fn target(module: &Module) -> Option<TokenStream> {
    let (name, condition) = (module.name.as_ref()?, gate::condition(module)?);
    let target = literal(&format!("[`{name}`]: #versions-of-the-api"));
    Some(quote!(#![cfg_attr(not(#condition), doc = #target)]))
}
