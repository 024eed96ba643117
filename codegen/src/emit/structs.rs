//! Takes the objects that the API answers with and gives their structs; it must never make one that fails on an unknown property.

use std::collections::BTreeSet;

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::scope::Scope;
use super::{docs, ident, usage};
use crate::model::{Crate, Field, PageShape, Struct, Type, TypeDef, TypeKind};

/// The struct, and what makes it a page where it is one.
pub(crate) fn emit(scope: &mut Scope<'_>, definition: &TypeDef, structure: &Struct) -> TokenStream {
    let name = ident(&definition.name);
    let docs = docs::paragraphs([
        docs::described(&definition.docs, "What the API answers."),
        usage::structure(scope.model, definition, structure).unwrap_or_default(),
    ]);
    let deprecated = deprecated(definition.deprecated);
    let fields = structure
        .fields
        .iter()
        .map(|field| emit_field(scope, field))
        .collect::<Vec<_>>();
    let page = structure
        .page
        .as_ref()
        .map(|page| emit_page(scope, definition, page));
    // Secrets have no equality: comparing them takes a time that tells about them.
    let equality = (!holds_secret(scope.model, structure)).then(|| quote!(, PartialEq));
    quote! {
        #docs
        #deprecated
        #[derive(Clone, Debug #equality, serde::Deserialize)]
        #[non_exhaustive]
        pub struct #name { #(#fields),* }
        #page
    }
}

/// Whether a secret is somewhere in the struct, or in one that it leads to.
fn holds_secret(model: &Crate, structure: &Struct) -> bool {
    let mut seen = BTreeSet::new();
    let mut pending = vec![structure];
    while let Some(structure) = pending.pop() {
        for field in &structure.fields {
            match innermost(&field.ty) {
                Type::Secret => return true,
                Type::Named(id) if seen.insert(*id) => {
                    let definition = model.type_def(*id).map(|definition| &definition.kind);
                    if let Some(TypeKind::Struct(inner)) = definition {
                        pending.push(inner);
                    }
                }
                _ => {}
            }
        }
    }
    false
}

fn innermost(ty: &Type) -> &Type {
    let mut current = ty;
    while let Type::List(inner) | Type::Map(inner) | Type::Boxed(inner) = current {
        current = inner;
    }
    current
}

fn emit_field(scope: &mut Scope<'_>, field: &Field) -> TokenStream {
    let name = ident(&field.name);
    let docs = docs::paragraphs([docs::described(
        &field.docs,
        &format!("The property {}.", docs::code(&field.wire)),
    )]);
    let deprecated = deprecated(field.deprecated);
    let held = scope.field(&field.ty);
    let held = if field.optional {
        quote!(Option<#held>)
    } else {
        held
    };
    let attribute = field_attribute(scope, field);
    quote!(#docs #deprecated #attribute pub #name: #held)
}

fn field_attribute(scope: &mut Scope<'_>, field: &Field) -> TokenStream {
    let mut parts = Vec::new();
    if field.name.as_str() != field.wire {
        let wire = Literal::string(&field.wire);
        parts.push(quote!(rename = #wire));
    }
    if let Some(adapter) = adapter(scope, &field.ty) {
        let adapter = if field.optional {
            let optional = "Optional";
            format!("{}<{adapter}>", scope.runtime(optional))
        } else {
            adapter
        };
        // Without a function of its own, serde takes an absent option for none by itself.
        if field.optional {
            parts.push(quote!(default));
        }
        let read = Literal::string(&format!("crate::runtime::read::<_, {adapter}>"));
        parts.push(quote!(deserialize_with = #read));
    }
    if parts.is_empty() {
        TokenStream::new()
    } else {
        quote!(#[serde(#(#parts),*)])
    }
}

/// How the wire's forms of a value are read, where serde alone would be too strict.
fn adapter(scope: &mut Scope<'_>, ty: &Type) -> Option<String> {
    let (name, inner) = match ty {
        Type::Flag => ("Flag", None),
        Type::Timestamp => ("Timestamp", None),
        Type::Secret => ("Secret", None),
        Type::List(inner) => ("List", Some(inner)),
        Type::Map(inner) => ("Map", Some(inner)),
        _ => return None,
    };
    let inner = match inner {
        Some(inner) => Some(adapter(scope, inner)?),
        None => None,
    };
    let name = scope.runtime(name);
    Some(inner.map_or_else(|| name.to_string(), |inner| format!("{name}<{inner}>")))
}

fn emit_page(scope: &mut Scope<'_>, definition: &TypeDef, page: &PageShape) -> TokenStream {
    let trait_name = scope.runtime("Page");
    let name = ident(&definition.name);
    let item = scope.field(&page.item);
    let items = ident(&page.items);
    let optional_items = match &definition.kind {
        TypeKind::Struct(structure) => structure
            .fields
            .iter()
            .any(|field| field.name == page.items && field.optional),
        _ => false,
    };
    let (shown, items) = if optional_items {
        (
            quote!(self.#items.as_deref().unwrap_or_default()),
            quote!(self.#items.unwrap_or_default()),
        )
    } else {
        (quote!(&self.#items), quote!(self.#items))
    };
    let next = next_url(page);
    quote! {
        impl #trait_name for #name {
            type Item = #item;

            fn items(&self) -> &[#item] {
                #shown
            }

            fn into_items(self) -> Vec<#item> {
                #items
            }

            fn next_url(&self) -> Option<&str> {
                #next
            }
        }
    }
}

fn next_url(page: &PageShape) -> TokenStream {
    let mut expression = quote!(self);
    let last = page.next.len().saturating_sub(1);
    for (index, (name, optional)) in page.next.iter().enumerate() {
        let name = ident(name);
        expression = match (*optional, index == last) {
            (true, true) => quote!(#expression.#name.as_deref()),
            (false, true) => quote!(Some(#expression.#name.as_str())),
            (true, false) => quote!(#expression.#name.as_ref()?),
            (false, false) => quote!(#expression.#name),
        };
    }
    expression
}

/// What advises against an item.
pub(crate) fn deprecated(deprecated: bool) -> TokenStream {
    if deprecated {
        quote!(#[deprecated = "the document of the API advises against it"])
    } else {
        TokenStream::new()
    }
}
