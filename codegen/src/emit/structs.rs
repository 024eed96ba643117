//! Takes the objects of JSON and gives their structs; it must never make one that fails on an unknown property.

use proc_macro2::TokenStream;
use quote::quote;

use super::scope::Scope;
use super::{Piece, Sink, docs, ident, literal, sent, usage};
use crate::model::{Crate, Field, Held, Name, PageShape, Struct, Type, TypeDef, TypeKind, Usage};

/// The struct, how it is made and sent where it is, and what makes it a page where it is one.
pub(crate) fn emit(
    scope: &mut Scope<'_>,
    definition: &TypeDef,
    structure: &Struct,
    sink: Sink<'_>,
) {
    let name = ident(&definition.name);
    let usage = structure.usage;
    let (about, example) = if usage.sent {
        (
            if usage.answered {
                "An object that is sent and answered."
            } else {
                "An object to send."
            },
            usage::sent(scope.model, definition, structure, None),
        )
    } else {
        (
            "What the API answers.",
            usage::structure(scope.model, definition, structure),
        )
    };
    let docs = docs::paragraphs([
        docs::described(&definition.docs, about),
        example.unwrap_or_default(),
    ]);
    let deprecated = deprecated(definition.deprecated);
    let fields = structure
        .fields
        .iter()
        .filter_map(|field| emit_field(scope, field, usage))
        .collect::<Vec<_>>();
    let rest = structure.rest.as_ref();
    let rest = rest.map(|(name, ty)| emit_rest(scope, name, ty, usage));
    let fields = fields.into_iter().chain(rest);
    let page = structure
        .page
        .as_ref()
        .filter(|_| !usage.sent || usage.answered)
        .map(|page| emit_page(scope, definition, structure, page));
    let sent = usage.sent.then(|| sent::emit(scope, definition, structure));
    let derives = derives(structure);
    let declared = quote! {
        #docs
        #deprecated
        #derives
        pub struct #name { #(#fields,)* }
    };
    sink(if is_read(usage) {
        Piece::Declared("answered", declared)
    } else {
        Piece::Items(declared)
    });
    sink(Piece::Items(quote!(#page #sent)));
}

/// Whether it is read from answers, and shows its fields.
const fn is_read(usage: Usage) -> bool {
    usage.answered || !usage.sent
}

fn derives(structure: &Struct) -> TokenStream {
    let usage = structure.usage;
    let mut all = vec![quote!(Clone), quote!(Debug)];
    if usage.sent && !structure.fields.iter().any(Field::is_argument) {
        all.push(quote!(Default));
    }
    // Secrets have no equality: comparing them takes a time that tells about them.
    if !usage.secret {
        all.push(quote!(PartialEq));
    }
    if is_read(usage) && all.len() == 3 && !usage.secret {
        // What is so without a word.
        return TokenStream::new();
    }
    quote!(#[derive(#(#all),*)])
}

fn emit_field(scope: &mut Scope<'_>, field: &Field, usage: Usage) -> Option<TokenStream> {
    let name = ident(&field.name);
    let kept = kept_type(scope, field, usage)?;
    if !is_read(usage) {
        return Some(quote!(#name: #kept));
    }
    // A name that is the property's own says all that is known of it.
    let about = if speaks_for_itself(field) {
        String::new()
    } else {
        docs::described(
            &field.docs,
            &format!("The property {}.", docs::code(&field.wire)),
        )
    };
    let docs = docs::paragraphs([about]);
    let deprecated = deprecated(field.deprecated);
    let attribute = field_attribute(scope, field, usage);
    Some(quote!(#docs #deprecated #attribute pub #name: #kept))
}

fn speaks_for_itself(field: &Field) -> bool {
    field.docs.trim().is_empty() && field.name.as_str() == field.wire
}

/// Whether a struct shows a field that has no documentation.
pub(super) fn has_bare_field(structure: &Struct) -> bool {
    let mut fields = structure.fields.iter();
    is_read(structure.usage)
        && fields.any(|field| speaks_for_itself(field) && field.held(structure.usage) != Held::Not)
}

/// The type of a field, where there is one.
fn kept_type(scope: &mut Scope<'_>, field: &Field, usage: Usage) -> Option<TokenStream> {
    let held = field.held(usage);
    let is_plain = usage.answered || !usage.sent || field.nullable;
    let mut inner = || {
        if is_plain {
            scope.field(&field.ty)
        } else {
            scope.kept(&field.ty)
        }
    };
    match held {
        Held::Not => None,
        Held::Plain => Some(inner()),
        Held::Option => {
            let inner = inner();
            Some(quote!(Option<#inner>))
        }
        Held::Nullable => {
            let inner = inner();
            let nullable = scope.runtime("Nullable");
            Some(quote!(#nullable<#inner>))
        }
    }
}

/// The field for the properties that have none of their own.
fn emit_rest(scope: &mut Scope<'_>, name: &Name, ty: &Type, usage: Usage) -> TokenStream {
    let (name, held) = (ident(name), Type::Map(Box::new(ty.clone())));
    let kept = scope.field(&held);
    if !is_read(usage) {
        return quote!(#name: #kept);
    }
    let with: Option<TokenStream> = adapter(scope, ty).and_then(|adapter| adapter.parse().ok());
    let with = with.map(|with| quote!((#with)));
    quote! {
        #[rest #with]
        pub #name: #kept
    }
}

fn field_attribute(scope: &mut Scope<'_>, field: &Field, usage: Usage) -> TokenStream {
    let held = field.held(usage);
    let mut parts = Vec::new();
    if field.name.as_str() != field.wire {
        let wire = literal(&field.wire);
        parts.push(quote!(rename = #wire,));
    }
    let adapter = adapter(scope, &field.ty);
    // An option that is read as its type says is none by itself.
    if held == Held::Nullable || (held == Held::Option && adapter.is_some()) {
        parts.push(quote!(absent = Default,));
    }
    if let Some(adapter) = adapter {
        let adapter = match held {
            Held::Option => format!("{}<{adapter}>", scope.runtime("Optional")),
            Held::Nullable => format!("{}<{adapter}>", scope.runtime("OrNull")),
            _ => adapter,
        };
        let with: Option<TokenStream> = adapter.parse().ok();
        parts.push(quote!(with = #with,));
    }
    if parts.is_empty() {
        TokenStream::new()
    } else {
        quote!(#[read(#(#parts)*)])
    }
}

/// How the wire's forms of a value are read, where serde alone would be too strict.
pub(super) fn adapter(scope: &mut Scope<'_>, ty: &Type) -> Option<String> {
    adapter_called(ty, &mut |name| scope.runtime(name).to_string())
}

/// The same where a number in a string is none: where it may be another alternative, or everything is a string.
pub(super) fn strict_adapter(scope: &mut Scope<'_>, ty: &Type) -> Option<String> {
    if *ty.innermost() == Type::Number {
        return None;
    }
    adapter(scope, ty)
}

/// The same by paths, for files whose own names may be those of adapters.
pub(super) fn adapter_path(ty: &Type) -> Option<TokenStream> {
    let adapter = adapter_called(ty, &mut |name| format!("crate::runtime::{name}"))?;
    adapter.parse().ok()
}

fn adapter_called(ty: &Type, call: &mut dyn FnMut(&'static str) -> String) -> Option<String> {
    let (name, inner) = match ty {
        Type::Flag => ("Flag", None),
        Type::Number => ("Number", None),
        Type::Timestamp => ("Timestamp", None),
        Type::Date => ("Day", None),
        Type::Bytes => ("Base64", None),
        Type::Secret => ("Secret", None),
        Type::Nullable(inner) => ("Optional", Some(inner)),
        Type::Boxed(inner) => ("Boxed", Some(inner)),
        Type::List(inner) => ("List", Some(inner)),
        Type::Map(inner) => ("Map", Some(inner)),
        _ => return None,
    };
    let inner = match inner {
        Some(inner) => Some(adapter_called(inner, call)?),
        None => None,
    };
    let name = call(name);
    Some(inner.map_or_else(|| name.clone(), |inner| format!("{name}<{inner}>")))
}

fn emit_page(
    scope: &mut Scope<'_>,
    definition: &TypeDef,
    structure: &Struct,
    page: &PageShape,
) -> TokenStream {
    let name = ident(&definition.name);
    let item = scope.field(&page.item);
    let items = ident(&page.items);
    let mut fields = structure.fields.iter();
    let optional_items =
        fields.any(|field| field.name == page.items && field.held(structure.usage) != Held::Plain);
    let empty = optional_items.then(|| quote!(or empty));
    let next = next_url(scope.model, structure, page);
    quote!(crate::runtime::page!(#name, #item, #items #empty, page => #next);)
}

fn next_url(model: &Crate, structure: &Struct, page: &PageShape) -> TokenStream {
    let mut expression = quote!(page);
    let mut current = Some(structure);
    let last = page.next.len().saturating_sub(1);
    for (index, name) in page.next.iter().enumerate() {
        let mut fields = current.iter().flat_map(|structure| &structure.fields);
        let field = fields.find(|field| field.name == *name);
        let held = field
            .zip(current)
            .map(|(field, current)| field.held(current.usage));
        let optional = held != Some(Held::Plain);
        let name = ident(name);
        expression = match (optional, index == last) {
            (true, true) => quote!(#expression.#name.as_deref()),
            (false, true) => quote!(Some(#expression.#name.as_str())),
            (true, false) => quote!(#expression.#name.as_ref()?),
            (false, false) => quote!(#expression.#name),
        };
        let inner = field.and_then(|field| model.type_def(field.ty.named()?));
        current = inner.and_then(|inner| match &inner.kind {
            TypeKind::Struct(structure) => Some(structure),
            _ => None,
        });
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
