//! Takes an operation and gives what it sends: the request's type, the setters of its call, and how it is written and read; it must never contain what the runtime can do for all.

use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::{ToTokens, quote};

use super::scope::{Scope, conversion};
use super::structs::deprecated;
use super::usage::{self, Place};
use super::{answers, bodies, docs, forms, ident, operation, parameters};
use crate::model::{BodyArgument, Input, Name, Operation, Position, Type};

/// Everything about an operation but the method that begins its call.
pub(crate) fn emit(scope: &mut Scope<'_>, place: Place<'_>, operation: &Operation) -> TokenStream {
    let request = request(scope, place, operation);
    let setters = setters(scope, place, operation);
    let implementation = implementation(scope, place, operation);
    let paging = paging(scope, operation);
    let answer = answers::enumeration(scope, place, operation);
    quote!(#request #setters #implementation #answer #paging)
}

fn request(scope: &mut Scope<'_>, place: Place<'_>, operation: &Operation) -> TokenStream {
    let (name, handle) = (ident(&operation.request), &place.resource.handle);
    let docs = docs::paragraphs([
        format!("What a call of [`{handle}::{}`] sends.", operation.method),
        usage::request(scope.model, place, operation).unwrap_or_default(),
    ]);
    let body = operation.body.as_ref().map(|body| {
        let (name, ty) = (ident(&body.name), scope.kept(&body.ty));
        if body.required {
            quote!(#name: #ty)
        } else {
            quote!(#name: Option<#ty>)
        }
    });
    let fields = operation.inputs.iter().map(|input| {
        let (name, kept) = (ident(&input.name), scope.kept(&input.ty));
        if input.required {
            quote!(#name: #kept)
        } else {
            quote!(#name: Option<#kept>)
        }
    });
    let fields: Vec<_> = body.into_iter().chain(fields.collect::<Vec<_>>()).collect();
    let default = has_default(scope, operation).then(|| quote!(, Default));
    if fields.is_empty() {
        return quote! {
            #docs
            #[derive(Clone, Debug, Default)]
            pub struct #name;
        };
    }
    quote! {
        #docs
        #[derive(Clone, Debug #default)]
        pub struct #name { #(#fields),* }
    }
}

/// Whether a request can be made of nothing, to be completed with what is given.
pub(super) fn has_default(scope: &Scope<'_>, operation: &Operation) -> bool {
    let arguments = operation.arguments();
    arguments.iter().all(|argument| match argument.ty() {
        Type::Named(id) => scope.newtype(*id),
        Type::Boxed(_) => false,
        _ => true,
    })
}

fn setters(scope: &mut Scope<'_>, place: Place<'_>, operation: &Operation) -> TokenStream {
    let setters = operation
        .setters()
        .map(|input| {
            let example = usage::setter(scope.model, place, operation, input);
            setter(scope, input, example.unwrap_or_default())
        })
        .collect::<Vec<_>>();
    let body = operation.body.as_ref().filter(|body| !body.required);
    let setters: Vec<_> = body
        .map(|body| body_setter(scope, body))
        .into_iter()
        .chain(setters)
        .collect();
    if setters.is_empty() {
        return TokenStream::new();
    }
    let (call, request) = (scope.runtime("Call"), ident(&operation.request));
    quote! {
        impl<C> #call<C, #request> { #(#setters)* }
    }
}

/// What a setter calls the request: not as what it is given.
fn beside(name: &Name) -> Ident {
    let request = if name.as_str() == "r" { "request" } else { "r" };
    Ident::new(request, Span::call_site())
}

fn setter(scope: &mut Scope<'_>, input: &Input, example: String) -> TokenStream {
    let name = ident(&input.name);
    let argument = scope.argument(&input.ty);
    let value = conversion(scope, &input.ty, &quote!(#name));
    let request = beside(&input.name);
    let notes = forms::notes(&input.rules, input.default.as_ref());
    let about = forms::with_notes(
        &docs::described(&input.docs, &format!("Sets {}.", docs::code(&input.wire))),
        &notes,
        "\n\n",
    );
    let docs = docs::paragraphs([about, example]);
    let deprecated = deprecated(input.deprecated);
    quote! {
        #docs
        #deprecated
        pub fn #name(self, #name: #argument) -> Self {
            self.with(|#request| #request.#name = Some(#value))
        }
    }
}

fn body_setter(scope: &mut Scope<'_>, body: &BodyArgument) -> TokenStream {
    let name = ident(&body.name);
    let argument = scope.argument(&body.ty);
    let value = conversion(scope, &body.ty, &quote!(#name));
    let request = beside(&body.name);
    let docs = docs::paragraphs([docs::described(&body.docs, "Sets the body.")]);
    quote! {
        #docs
        pub fn #name(self, #name: #argument) -> Self {
            self.with(|#request| #request.#name = Some(#value))
        }
    }
}

fn implementation(scope: &mut Scope<'_>, place: Place<'_>, operation: &Operation) -> TokenStream {
    let name = ident(&operation.request);
    let (request, operation_type) = (scope.runtime("Request"), scope.runtime("Operation"));
    let (parts, read_type) = (scope.runtime("Parts"), scope.runtime("Read"));
    let constant = operation::constant(scope, place.module, operation);
    let output = answers::output(scope, operation);
    let read = answers::read(scope, operation);
    let reads = answers::reads(scope, operation);
    let writes = writes(scope, operation);
    let narrow = narrowing(scope, operation);
    let patterns = forms::patterns(
        scope,
        &name,
        operation
            .inputs
            .iter()
            .map(|input| (&input.name, &input.rules)),
    );
    let parts_name = if writes.is_empty() {
        quote!(_parts)
    } else {
        quote!(parts)
    };
    quote! {
        #patterns

        impl #request for #name {
            type Output = #output;
            const READ: #read_type<Self::Output> = #read;

            #reads

            const OPERATION: &'static #operation_type = &#constant;

            fn write(&self, #parts_name: &mut #parts) {
                #(#writes)*
            }

            #narrow
        }
    }
}

fn writes(scope: &mut Scope<'_>, operation: &Operation) -> Vec<TokenStream> {
    let body = bodies::write(scope, operation);
    let inputs = operation.inputs.iter().map(|input| match input.position {
        Position::Part(part) => bodies::write_part(scope, operation, input, part),
        _ => parameters::input(scope, input),
    });
    let inputs = inputs.collect::<Vec<_>>();
    body.into_iter().chain(inputs).collect()
}

/// A limit asks for no more items a page than it needs.
fn narrowing(scope: &mut Scope<'_>, operation: &Operation) -> TokenStream {
    let size = operation
        .paging
        .as_ref()
        .and_then(|paging| paging.size.as_ref());
    let Some((name, maximum)) = size else {
        return TokenStream::new();
    };
    let (name, narrowed) = (ident(name), scope.runtime("narrowed"));
    let most = maximum.map_or_else(
        || quote!(i64::MAX),
        |most| Literal::i64_unsuffixed(most).into_token_stream(),
    );
    quote! {
        fn narrow(&mut self, limit: u64) {
            self.#name = #narrowed(self.#name, limit, #most);
        }
    }
}

fn paging(scope: &mut Scope<'_>, operation: &Operation) -> TokenStream {
    if operation.paging.is_none() {
        return TokenStream::new();
    }
    let (paged, request) = (scope.runtime("PagedRequest"), ident(&operation.request));
    quote!(impl #paged for #request {})
}
