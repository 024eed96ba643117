//! Takes a module of the model and gives its files: the handle that leads to the resources, the types, and each resource; it must never mix two documents.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::client::Kind;
use super::scope::Scope;
use super::usage::{self, Place};
use super::{
    Unit, choices, docs, forms, headers, ident, operation, resource, structs, texts, unit,
};
use crate::model::{Crate, Home, Module, ServerUrl, TypeDef, TypeKind};

/// The files of a module. A crate of one document has them at its root, where the client is the handle.
pub(crate) fn emit(model: &Crate, index: usize) -> Vec<Unit> {
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
            handle(model, module, home),
        ));
    }
    if model.types_in(home).next().is_some() {
        units.push(unit(
            &format!("{folder}/types.rs"),
            document,
            true,
            types(model, home),
        ));
    }
    for resource in &module.resources {
        let path = format!("{folder}/{}.rs", resource.module);
        units.push(unit(
            &path,
            document,
            true,
            resource::emit(model, module, resource),
        ));
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
        let name = ident(&resource.module);
        quote!(pub mod #name;)
    });
    let mut names: Vec<_> = model
        .types_in(home)
        .map(|(_, definition)| ident(&definition.name))
        .collect();
    names.sort();
    let types = (!names.is_empty()).then(|| {
        quote! {
            pub(crate) mod types;
            pub use types::{#(#names),*};
        }
    });
    quote!(#(#resources)* #types)
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
        quote! {
            #docs
            #[must_use]
            pub fn #name(&self) -> #name::#handle #of {
                #name::#handle::new(#client)
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
    let name = Literal::string(module.name.as_ref().map_or("api", |name| name.as_str()));
    let urls = urls.iter().map(|url| {
        let template = Literal::string(&url.template);
        let variables = url.variables.iter().filter_map(|variable| {
            let default = Literal::string(variable.default.as_deref()?);
            let name = Literal::string(&variable.wire);
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
pub(crate) fn types(model: &Crate, home: Home) -> TokenStream {
    let mut scope = Scope::new(model, Some(home));
    let definitions = model
        .types_in(home)
        .map(|(_, definition)| match &definition.kind {
            TypeKind::Struct(structure) => structs::emit(&mut scope, definition, structure),
            TypeKind::OneOf(choice) => choices::emit(&mut scope, definition, choice),
            TypeKind::Form(form) => forms::structure(&mut scope, definition, form),
            TypeKind::Union(union) => forms::union(&mut scope, definition, union),
            TypeKind::Enum(values) => texts::enumeration(model, definition, values),
            TypeKind::Newtype(newtype) => texts::newtype(&mut scope, definition, newtype),
            TypeKind::Headers(fields) => headers::emit(&mut scope, definition, fields),
        });
    let definitions = definitions.collect::<Vec<_>>();
    let is_bare = |definition: &TypeDef| matches!(&definition.kind, TypeKind::Struct(one) if structs::has_bare_field(one));
    let bare = model
        .types_in(home)
        .any(|(_, definition)| is_bare(definition));
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
        #(#definitions)*
    }
}
