//! Takes what the model says for tests and gives the crate's `testing` module: how to start a server, its tables, and the examples as values; it must never look at an example's meaning.

mod front;
mod shown;
mod table;

use std::sync::Arc;

use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::quote;

use super::examples::Values;
use super::scope::Scope;
use super::structs::adapter_path;
use super::{Sink, Unit, docs, ident, literal, unit};
use table::SharedErrors;

use crate::model::{
    Collection, Crate, ExampleBody, Made, Module, Operation, Ready, Resource, Value,
};

/// The files of the module.
pub(crate) fn emit(model: &Crate) -> Vec<Unit<'_>> {
    let front = unit("src/testing/mod.rs", None, true, |_| front::emit(model));
    let mut units = vec![front];
    for module in &model.modules {
        let document = Some(module.document.as_str());
        let folder = module.name.as_ref().map_or_else(
            || "src/testing".to_owned(),
            |name| format!("src/testing/{name}"),
        );
        if module.name.is_some() {
            let path = format!("{folder}/mod.rs");
            units.push(unit(&path, document, true, |_| of_module(module)));
        }
        let shared = Arc::new(table::shared_errors(module));
        for resource in &module.resources {
            let name = &resource.module;
            let path = format!("{folder}/{name}.rs");
            let shared = Arc::clone(&shared);
            let make = move |_: Sink<'_>| of_resource(model, module, resource, &shared);
            units.push(unit(&path, document, true, make));
        }
    }
    units
}

fn of_module(module: &Module) -> TokenStream {
    let inner = docs::inner([format!(
        "The collections and examples of {}.",
        docs::line(&module.title)
    )]);
    let modules = module
        .resources
        .iter()
        .map(|resource| ident(&resource.module));
    let api = table::api(module);
    quote! {
        #inner
        use crate::runtime::testing::Api;
        #(pub mod #modules;)*
        #api
    }
}

/// The path of a resource's module, in `crate` or in what is below it.
pub(super) fn path(module: &Module, resource: &Resource) -> TokenStream {
    let name = ident(&resource.module);
    let module = module.name.as_ref().map(ident).into_iter();
    quote!(#(#module::)* #name)
}

fn of_resource(
    model: &Crate,
    module: &Module,
    resource: &Resource,
    shared: &SharedErrors<'_>,
) -> TokenStream {
    let mut scope = Scope::new(model, None);
    let package = Ident::new("crate", Span::call_site());
    let shown = Values::new(model, &package);
    let mut values = Vec::new();
    for operation in &resource.operations {
        let context = Context {
            model,
            module,
            resource,
            operation,
            values: &shown,
        };
        for ready in &operation.role.ready {
            values.extend(match &ready.body {
                Some(made) => Some(body(&context, ready, made)),
                None => answer(&mut scope, &context, ready),
            });
        }
    }
    let collections = resource
        .collections
        .iter()
        .map(|one| collection(model, module, resource, one));
    let collections = collections.collect::<Vec<_>>();
    let (names, table) = table::of_resource(module, resource, shared);
    if !resource.operations.is_empty() {
        scope.runtime("Request");
    }
    let names = names
        .into_iter()
        .map(|name| Ident::new(name, Span::call_site()));
    let imports = scope.imports();
    let module_name = module.name.as_ref().map(ident);
    let module_name = module_name.filter(|_| shown.names_module());
    let module_import = module_name.map(|name| quote!(use crate::#name;));
    let inner = docs::inner([format!(
        "The examples of the document for [`{0}`](crate::{1}::{0}), and what a server for tests has of it.",
        resource.handle,
        path(module, resource).to_string().replace(' ', ""),
    )]);
    quote! {
        #inner
        #imports
        #module_import
        use crate::runtime::testing::{#(#names),*};
        #(#collections)*
        #(#values)*
        #table
    }
}

/// What the examples of an operation are written with.
struct Context<'a> {
    model: &'a Crate,
    module: &'a Module,
    resource: &'a Resource,
    operation: &'a Operation,
    values: &'a Values<'a>,
}

/// The function that gives a collection to a test.
fn collection(
    model: &Crate,
    module: &Module,
    resource: &Resource,
    collection: &Collection,
) -> TokenStream {
    let name = ident(&collection.function);
    let path = literal(&collection.path);
    let text = format!("The collection {}.", docs::code(&collection.path));
    let docs = docs::paragraphs([
        text,
        shown::collection(model, module, resource, collection).unwrap_or_default(),
    ]);
    let arguments = collection.parameters.iter().map(|(_, name)| {
        let name = ident(name);
        quote!(#name: impl std::fmt::Display)
    });
    let parameters = collection.parameters.iter().map(|(wire, name)| {
        let (wire, name) = (literal(wire), ident(name));
        quote!(.at(#wire, #name))
    });
    quote! {
        #docs
        pub fn #name(#(#arguments),*) -> Collection {
            Collection::new(&super::API, #path) #(#parameters)*
        }
    }
}

/// An answer of the document as a value, and its text.
fn answer(scope: &mut Scope<'_>, context: &Context<'_>, ready: &Ready) -> Option<TokenStream> {
    let example = context.operation.examples.get(ready.example)?;
    let ExampleBody::Answer { ty, json } = &example.body else {
        return None;
    };
    let (name, constant) = (ident(&ready.function), constant(ready));
    if adapter_path(ty).is_some() {
        // What is not read as its type says is no value of it; the server still answers with it.
        let json = text(json);
        return Some(quote!(const #constant: &str = #json;));
    }
    let ty = scope.field(ty);
    let about = format!(
        "An answer to {}, as the document shows it.",
        method(context)
    );
    let errors = "# Errors\n\nThe example contradicts the types: a mistake of the document, which the tests of this crate tell as well.";
    let docs = docs::paragraphs([about, errors.to_owned(), value_example(context, ready)]);
    let json = text(json);
    let (error, read) = (
        scope.runtime("Error"),
        quote!(crate::runtime::testing::example),
    );
    Some(quote! {
        #docs
        pub fn #name() -> Result<#ty, #error> {
            #read(#constant)
        }

        const #constant: &str = #json;
    })
}

/// The body of a request as a value.
fn body(context: &Context<'_>, ready: &Ready, made: &Made) -> TokenStream {
    let (name, ty) = (ident(&ready.function), context.values.named(made.gives));
    let value = context.values.made(made);
    let about = format!("What {} sends, as the document shows it.", method(context));
    let docs = docs::paragraphs([about, value_example(context, ready)]);
    quote! {
        #docs
        #[must_use]
        pub fn #name() -> #ty {
            #value
        }
    }
}

fn value_example(context: &Context<'_>, ready: &Ready) -> String {
    shown::value(context.model, context.module, context.resource, ready).unwrap_or_default()
}

fn method(context: &Context<'_>) -> String {
    let path = path(context.module, context.resource)
        .to_string()
        .replace(' ', "");
    let (handle, method) = (&context.resource.handle, &context.operation.method);
    format!("[`{method}`](crate::{path}::{handle}::{method})")
}

/// The constant with the text of an example.
fn constant(ready: &Ready) -> Ident {
    let name = ready.function.as_str().to_ascii_uppercase();
    Ident::new(&name, Span::call_site())
}

/// JSON as a string literal.
fn text(json: &Value) -> Literal {
    literal(&json.to_string())
}
