//! Takes the examples of the documents and gives the tests that the crate carries: each answer decodes, each request is sent as it stands; it must never test what no example shows.

mod value;

use std::collections::BTreeSet;

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

use super::{crate_name, gate, ident, literal};
use crate::model::{
    Crate, Example, ExampleBody, Module, Name, Operation, Resource, Sent, WireBody,
};

pub(super) use value::Values;

/// The tests, where there are examples.
pub(crate) fn emit(model: &Crate) -> Option<TokenStream> {
    let package = Ident::new(&crate_name(model), Span::call_site());
    let modules: Vec<_> = model
        .modules
        .iter()
        .flat_map(|module| groups(module).map(move |feature| (module, feature)))
        .filter_map(|(module, feature)| tests(model, module, feature, &package))
        .collect();
    if modules.is_empty() {
        return None;
    }
    // Without any version there is nothing to test, and the server for it is not needed either.
    let gate = gate::any(model).map(|condition| quote!(#![cfg(#condition)]));
    // No feature and no crate is called like the support.
    Some(quote! {
        //! The examples of the documents: each answer decodes, each request is sent as it stands.
        #gate
        #![cfg_attr(rustfmt, rustfmt_skip)]
        #![allow(deprecated, reason = "the document advises against some of what its examples show")]

        #[rustfmt::skip]
        #[path = "support/mod.rs"]
        mod support_;

        #(#modules)*
    })
}

/// The features of the resources of a document, or none for all.
fn groups(module: &Module) -> impl Iterator<Item = Option<&Name>> {
    let features = module.resources.iter().map(|one| one.feature.as_ref());
    features.collect::<BTreeSet<_>>().into_iter()
}

/// The tests of one document, or of one feature of it. Where there are several, each has a module, which is there when its feature is on.
fn tests(
    model: &Crate,
    module: &Module,
    feature: Option<&Name>,
    package: &Ident,
) -> Option<TokenStream> {
    let mut tests = Vec::new();
    let mut support = BTreeSet::new();
    let values = Values::new(model, package);
    let resources = module.resources.iter();
    for resource in resources.filter(|one| one.feature.as_ref() == feature) {
        for operation in &resource.operations {
            let context = Context {
                module,
                resource,
                operation,
                values: &values,
            };
            let examples = operation.examples.iter();
            tests.extend(examples.map(|example| context.test(example, &mut support)));
        }
    }
    if tests.is_empty() {
        return None;
    }
    support.extend(values.helpers());
    let support = support
        .into_iter()
        .map(|name| Ident::new(name, Span::call_site()));
    let support = match support.collect::<Vec<_>>().as_slice() {
        [only] => quote!(use crate::support_::#only;),
        several => quote!(use crate::support_::{#(#several),*};),
    };
    let Some(name) = module.name.as_ref().or(feature).map(ident) else {
        return Some(quote!(#support #(#tests)*));
    };
    let gate = gate::types(module.feature().or(feature));
    let import = values.names_module().then(|| quote!(use #package::#name;));
    Some(quote! {
        #gate
        mod #name {
            #import
            #support

            #(#tests)*
        }
    })
}

/// What a test is made with.
struct Context<'a> {
    module: &'a Module,
    resource: &'a Resource,
    operation: &'a Operation,
    values: &'a Values<'a>,
}

impl Context<'_> {
    fn test(&self, example: &Example, support: &mut BTreeSet<&'static str>) -> TokenStream {
        let name = ident(&example.test);
        match &example.body {
            ExampleBody::Answer { ty, json } | ExampleBody::OtherAnswer { ty, json } => {
                support.insert("reads");
                let ty = self.values.ty(ty);
                let json = literal(&json.to_string());
                quote! {
                    #[test]
                    fn #name() {
                        reads::<#ty>(#json);
                    }
                }
            }
            ExampleBody::Sent(sent) => {
                support.insert("Server");
                let call = self.call(sent);
                let (http, path) = (self.operation.http.as_str(), literal(&sent.path));
                let receives = match &sent.wire {
                    WireBody::Form(pairs) => {
                        let pairs = pairs.iter().map(|(name, value)| {
                            let (name, value) = (literal(name), literal(value));
                            quote!((#name, #value))
                        });
                        quote!(receives(call.send(), #http, #path, &[#(#pairs),*]))
                    }
                    WireBody::Json(json) => {
                        let json = literal(&json.to_string());
                        quote!(receives_json(call.send(), #http, #path, #json))
                    }
                };
                quote! {
                    #[tokio::test]
                    async fn #name() {
                        let server = Server::start().await;
                        let call = server.client()#call;
                        server.#receives.await;
                    }
                }
            }
        }
    }

    /// The call from the client on.
    fn call(&self, sent: &Sent) -> TokenStream {
        let module = self.module.name.as_ref().map(|name| {
            let name = ident(name);
            quote!(.#name())
        });
        let (resource, method) = (ident(&self.resource.module), ident(&self.operation.method));
        let arguments = sent.arguments.iter().map(|one| self.values.shown(one));
        let setters = self.values.setters(&sent.setters);
        quote!(#module.#resource().#method(#(#arguments),*)#setters)
    }
}
