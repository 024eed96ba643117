//! Takes an operation and gives the data that describes it to the runtime; it must never say what most operations of the module say.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

use super::scope::Scope;
use super::{access, bodies, docs, ident, literal};
use crate::model::{Method, Module, Operation, Security};

/// How many fields an operation has.
const FIELDS: usize = 6;

/// The operation, as far as it differs from the others of its module.
pub(super) fn constant(
    scope: &mut Scope<'_>,
    module: &Module,
    operation: &Operation,
) -> TokenStream {
    let operation_type = scope.runtime("Operation");
    let (id, path) = (literal(&operation.id), literal(&operation.path));
    let mut fields = vec![quote!(id: #id)];
    if operation.http != Method::Get {
        let method_type = scope.runtime("Method");
        let method = Ident::new(operation.http.as_str(), Span::call_site());
        fields.push(quote!(method: #method_type::#method));
    }
    fields.push(quote!(path: #path));
    if let Some(server) = operation.server.as_ref().map(ident) {
        fields.push(quote!(server: &super::#server));
    }
    if operation.security != module.security {
        if operation.security.iter().any(|way| !way.is_empty()) {
            scope.runtime("Security");
        }
        let security = security(&operation.security);
        fields.push(quote!(security: #security));
    }
    if let Some(kind) = &operation.media {
        let body = bodies::media(kind);
        fields.push(quote!(body: Some(#body)));
    }
    let others = (fields.len() < FIELDS).then(|| quote!(..super::OPERATION));
    quote!(#operation_type { #(#fields,)* #others })
}

fn security(ways: &[Vec<Security>]) -> TokenStream {
    let ways = ways.iter().map(|way| {
        let schemes = way.iter().map(access::security);
        quote!(&[#(#schemes),*])
    });
    quote!(&[#(#ways),*])
}

/// What the operations of a module have in common.
pub(super) fn usual(module: &Module) -> TokenStream {
    let security = security(&module.security);
    let docs = docs::paragraphs(["What an operation is as far as it does not say otherwise."]);
    quote! {
        #docs
        pub(crate) const OPERATION: Operation = Operation {
            id: "",
            method: Method::GET,
            path: "",
            server: &SERVER,
            security: #security,
            body: None,
        };
    }
}

/// What that needs to import.
pub(super) fn usual_imports(module: &Module) -> TokenStream {
    let security = module.security.iter().any(|way| !way.is_empty());
    let security = security.then(|| quote!(Security,));
    quote!(Method, Operation, #security)
}
