//! Takes the headers of answers and gives the struct that they are read into; it must never fail on one that is not as documented.

use proc_macro2::TokenStream;
use quote::quote;

use super::scope::Scope;
use super::structs::{deprecated, strict_adapter};
use super::{docs, ident, literal};
use crate::model::{Headers, TypeDef};

/// The struct and how it is read.
pub(super) fn emit(scope: &mut Scope<'_>, definition: &TypeDef, headers: &Headers) -> TokenStream {
    let name = ident(&definition.name);
    let trait_name = scope.runtime("FromHeaders");
    let metadata = scope.runtime("Metadata");
    let fields = headers.fields.iter().map(|field| {
        let (name, ty) = (ident(&field.name), scope.field(&field.ty));
        let usual = format!("The header {}.", docs::code(&field.wire));
        let docs = docs::paragraphs([docs::described(&field.docs, &usual)]);
        let deprecated = deprecated(field.deprecated);
        quote!(#docs #deprecated pub #name: Option<#ty>)
    });
    let fields = fields.collect::<Vec<_>>();
    for field in &headers.fields {
        match strict_adapter(scope, &field.ty) {
            Some(_) => scope.runtime("header_as"),
            None => scope.runtime("header"),
        };
    }
    let reads = headers.fields.iter().map(|field| {
        let (name, wire) = (ident(&field.name), literal(&field.wire));
        let adapter = strict_adapter(scope, &field.ty).and_then(|name| name.parse().ok());
        adapter.map_or_else(
            || quote!(#name: header(metadata, #wire)),
            |adapter: TokenStream| quote!(#name: header_as::<#adapter>(metadata, #wire)),
        )
    });
    let reads = reads.collect::<Vec<_>>();
    quote! {
        /// Headers of an answer, for [`Metadata::headers_as`](crate::Metadata::headers_as).
        #[derive(Clone, Debug, Default)]
        #[non_exhaustive]
        pub struct #name { #(#fields),* }

        impl #trait_name for #name {
            fn read(metadata: &#metadata) -> Self {
                Self { #(#reads),* }
            }
        }
    }
}
