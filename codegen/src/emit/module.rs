//! Takes a module of the model and gives its files: the handle that leads to the resources, the types, and each resource; it must never mix two documents.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;

use super::client::Kind;
use super::scope::{self, Scope};
use super::usage::{self, Place};
use super::{
    Piece, Sink, Unit, choices, docs, forms, gate, headers, ident, literal, operation, resource,
    structs, texts, unit,
};
use crate::model::{Crate, Home, Module, Name, ServerUrl, TypeDef, TypeKind};

/// The files of a module. A crate of one document has them at its root, where the client is the handle.
pub(crate) fn emit(model: &Crate, index: usize) -> Vec<Unit<'_>> {
    let Some(module) = model.modules.get(index) else {
        return Vec::new();
    };
    let home = Home::Module(index);
    let folder = module
        .name
        .as_ref()
        .map_or_else(|| "src".to_owned(), |name| format!("src/{name}"));
    let document = Some(module.document.as_str());
    let mut units = Vec::new();
    if module.name.is_some() {
        units.push(unit(
            &format!("{folder}/mod.rs"),
            document,
            true,
            move |_| handle(model, module, home),
        ));
    }
    for (file, feature) in type_files(model, home) {
        units.push(unit(
            &format!("{folder}/{file}.rs"),
            document,
            true,
            move |sink| types(model, home, feature, sink),
        ));
    }
    if model.is_parted() {
        units.push(unit("src/types/mod.rs", document, false, move |_| {
            type_modules(model, home)
        }));
    }
    for resource in &module.resources {
        let path = format!("{folder}/{}.rs", resource.module);
        units.push(unit(&path, document, true, move |sink| {
            resource::emit(model, module, resource, sink)
        }));
    }
    units
}

fn handle(model: &Crate, module: &Module, home: Home) -> TokenStream {
    let name = ident(&module.handle);
    let inner = docs::inner([docs::foreign(&module.docs)]);
    let docs = docs::paragraphs([
        format!("{}: its resources.", docs::line(&module.title)),
        "Cheap to clone; all clones share the client.".to_owned(),
        usage::module(model, module, Kind::Async).unwrap_or_default(),
    ]);
    let declarations = declarations(model, module, home);
    let accessors = accessors(model, module, Owner::Handle);
    let server = servers(module);
    let imports = server_imports(module);
    let (usual, more) = (operation::usual(module), operation::usual_imports(module));
    quote! {
        #inner
        use crate::runtime::{Client, #more #imports};
        #declarations

        #server

        #usual

        #docs
        #[derive(Clone, Debug)]
        pub struct #name<C = Client> { client: C }

        impl<C: Clone> #name<C> {
            pub(crate) const fn new(client: C) -> Self {
                Self { client }
            }

            #accessors
        }
    }
}

/// The modules of the resources and types, and what of them is public.
pub(crate) fn declarations(model: &Crate, module: &Module, home: Home) -> TokenStream {
    let resources = module.resources.iter().map(|resource| {
        let (name, gate) = (ident(&resource.module), gate::resource(resource));
        quote!(#gate pub mod #name;)
    });
    let files = type_files(model, home);
    let declared = (!files.is_empty()).then(|| {
        quote!(
            pub(crate) mod types;
        )
    });
    let exports = files.iter().map(|(_, feature)| {
        let mut names: Vec<_> = types_of(model, home, *feature)
            .map(|definition| ident(&definition.name))
            .collect();
        names.sort();
        let (gate, path) = (gate::types(*feature), scope::file_path(model, *feature));
        quote!(#gate pub use #path::{#(#names),*};)
    });
    quote!(#(#resources)* #declared #(#exports)*)
}

/// The files of the types of a home, without their extension: one for what several features lead to, and one for each feature.
fn type_files(model: &Crate, home: Home) -> Vec<(String, Option<&Name>)> {
    let used: BTreeSet<Option<&Name>> = model
        .types_in(home)
        .map(|(_, definition)| definition.feature.as_ref())
        .collect();
    let is_split = model.is_parted();
    let file = |feature: Option<&Name>| match feature {
        None if is_split => "types/shared".to_owned(),
        None => "types".to_owned(),
        Some(feature) => format!("types/{feature}"),
    };
    used.into_iter().map(|one| (file(one), one)).collect()
}

/// The types of a home that a feature alone leads to, or that several do.
fn types_of<'m>(
    model: &'m Crate,
    home: Home,
    feature: Option<&'m Name>,
) -> impl Iterator<Item = &'m TypeDef> {
    let types = model.types_in(home).map(|(_, definition)| definition);
    types.filter(move |definition| definition.feature.as_ref() == feature)
}

/// The list of the files of the types.
fn type_modules(model: &Crate, home: Home) -> TokenStream {
    let inner =
        docs::inner(["What is sent and what is answered, by the features that lead to it."]);
    let modules = type_files(model, home).into_iter().map(|(_, feature)| {
        let (gate, name) = (gate::types(feature), scope::file_name(feature));
        quote!(#gate pub(crate) mod #name;)
    });
    quote!(#inner #(#modules)*)
}

/// What has the methods that lead to the resources.
#[derive(Clone, Copy)]
pub(crate) enum Owner {
    /// The handle of a module.
    Handle,
    /// A client, in a crate without modules.
    Client(Kind),
}

/// The methods that lead to the resources.
pub(crate) fn accessors(model: &Crate, module: &Module, owner: Owner) -> TokenStream {
    let (kind, of, client) = match owner {
        Owner::Handle => (Kind::Async, Some(quote!(<C>)), quote!(self.client.clone())),
        Owner::Client(kind) => (kind, kind.of(), quote!(self.clone())),
    };
    let accessors = module.resources.iter().map(|resource| {
        let (name, handle) = (ident(&resource.module), ident(&resource.handle));
        let about = match docs::foreign(&resource.docs) {
            text if text.is_empty() => format!(
                "The operations on {}.",
                resource.module.as_str().replace('_', " ")
            ),
            text => text,
        };
        let example = usage::handle(model, Place { module, resource }, kind);
        let docs = docs::paragraphs([about, example.unwrap_or_default()]);
        let gate = gate::resource(resource);
        // What may be missing can't be imported.
        let path = gate.is_some().then(|| quote!(crate::));
        quote! {
            #docs
            #gate
            pub fn #name(&self) -> #path #name::#handle #of {
                #path #name::#handle::new(#client)
            }
        }
    });
    quote!(#(#accessors)*)
}

/// The servers of a module: its own, and those of single operations.
pub(crate) fn servers(module: &Module) -> TokenStream {
    let main = server(module, &quote!(SERVER), &module.servers);
    let others = module.other_servers.iter().map(|(name, urls)| {
        let name = ident(name);
        server(module, &quote!(#name), urls)
    });
    quote!(#main #(#others)*)
}

fn server(module: &Module, constant: &TokenStream, urls: &[ServerUrl]) -> TokenStream {
    let name = literal(module.name.as_ref().map_or("api", |name| name.as_str()));
    let urls = urls.iter().map(|url| {
        let template = literal(&url.template);
        let variables = url.variables.iter().filter_map(|variable| {
            let default = literal(variable.default.as_deref()?);
            let name = literal(&variable.wire);
            Some(quote!(ServerVariable { name: #name, default: #default }))
        });
        quote!(ServerUrl { template: #template, variables: &[#(#variables),*] })
    });
    quote! {
        pub(crate) static #constant: Server = Server { name: #name, urls: &[#(#urls),*] };
    }
}

/// Whether a server of the module has a variable with a default.
pub(crate) fn has_default(module: &Module) -> bool {
    let mut variables = module.urls().flat_map(|url| &url.variables);
    variables.any(|variable| variable.default.is_some())
}

/// What the servers of a module are made of.
pub(crate) fn server_imports(module: &Module) -> TokenStream {
    let url = module.urls().next().map(|_| quote!(ServerUrl,));
    let variable = has_default(module).then(|| quote!(ServerVariable,));
    quote!(Server, #url #variable)
}

/// The types of a home.
pub(crate) fn types(
    model: &Crate,
    home: Home,
    feature: Option<&Name>,
    sink: Sink<'_>,
) -> TokenStream {
    let mut scope = Scope::new(model, Some((home, feature)));
    for definition in types_of(model, home, feature) {
        match &definition.kind {
            TypeKind::Struct(structure) => structs::emit(&mut scope, definition, structure, sink),
            TypeKind::OneOf(choice) => {
                sink(Piece::Items(choices::emit(&mut scope, definition, choice)));
            }
            TypeKind::Form(form) => {
                sink(Piece::Items(forms::structure(&mut scope, definition, form)));
            }
            TypeKind::Union(union) => {
                sink(Piece::Items(forms::union(&mut scope, definition, union)));
            }
            TypeKind::Enum(values) => sink(texts::enumeration(model, definition, values)),
            TypeKind::Newtype(newtype) => sink(texts::newtype(&mut scope, definition, newtype)),
            TypeKind::Headers(fields) => {
                sink(Piece::Items(headers::emit(&mut scope, definition, fields)));
            }
        }
    }
    let is_bare = |definition: &TypeDef| matches!(&definition.kind, TypeKind::Struct(one) if structs::has_bare_field(one));
    let bare = types_of(model, home, feature).any(is_bare);
    let bare = bare.then(|| {
        quote!(#![allow(missing_docs, reason = "a field that the document does not describe is the property of its name")])
    });
    let imports = scope.imports();
    let inner = docs::inner([match home {
        Home::Root => "Types that several versions of the API share.",
        Home::Module(_) => "What is sent and what is answered.",
    }]);
    quote! {
        #inner
        #bare
        #imports
    }
}
