//! Takes strings of a shape or out of a list and gives their types; it must never let an unknown value of an answer fail.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::scope::Scope;
use super::structs::deprecated;
use super::{Piece, docs, ident, literal, usage};
use crate::model::{Crate, Enum, Newtype, Pattern, PatternPart, Storage, TypeDef, Variant};

/// A string of a certain shape.
pub(crate) fn newtype(scope: &mut Scope<'_>, definition: &TypeDef, newtype: &Newtype) -> Piece {
    let name = ident(&definition.name);
    let form = format!(
        "Text of the form {}; `parse` and `try_from` refuse other text.",
        docs::code(&newtype.pattern.source)
    );
    let opening = match definition.docs.trim() {
        "" => form.clone(),
        text => format!("{}\n\n{form}", docs::foreign(text)),
    };
    let docs = docs::paragraphs([
        opening,
        usage::newtype(scope.model, definition).unwrap_or_default(),
    ]);
    let path = literal(&usage::path_of(scope.model, definition));
    let deprecated = deprecated(definition.deprecated);
    let pattern = pattern(scope, &newtype.pattern);
    let pattern_name = scope.runtime("Pattern");
    let storage = match newtype.storage {
        Storage::Inline(length) => {
            let (inline, length) = (
                scope.runtime("InlineStr"),
                Literal::usize_unsuffixed(length),
            );
            quote!(#inline<#length>)
        }
        Storage::Heap => quote!(Box<str>),
    };
    let items = quote! {
        #docs
        #deprecated
        #[text(#path)]
        pub struct #name(#storage);

        const PATTERN: #pattern_name = #pattern;
    };
    Piece::Declared("text_newtype", items)
}

/// A string or a number out of a list, which the API may extend.
pub(crate) fn enumeration(model: &Crate, definition: &TypeDef, values: &Enum) -> Piece {
    let name = ident(&definition.name);
    let docs = docs::paragraphs([
        docs::described(&definition.docs, "One of several values."),
        usage::enumeration(model, definition).unwrap_or_default(),
    ]);
    let path = literal(&usage::path_of(model, definition));
    let deprecated = deprecated(definition.deprecated);
    let unknown = ident(&values.unknown);
    let variants = values
        .variants
        .iter()
        .map(|one| variant(one, values.numbers));
    let by = if values.numbers {
        "open_numbers"
    } else {
        "open_enum"
    };
    let items = quote! {
        #docs
        #deprecated
        #[open(#unknown, #path)]
        pub enum #name { #(#variants),* }
    };
    Piece::Declared(by, items)
}

/// A value, and what documentation says of it where that is not just the value as code.
fn variant(variant: &Variant, is_number: bool) -> TokenStream {
    let (name, shown) = (ident(&variant.name), docs::code(&variant.wire));
    let docs = docs::paragraphs([docs::foreign(&variant.docs)]);
    let value = if is_number {
        Literal::i64_unsuffixed(variant.wire.parse().unwrap_or_default())
    } else {
        literal(&variant.wire)
    };
    if shown == format!("`{}`", variant.wire) && !(is_number && variant.wire.starts_with('-')) {
        return quote!(#docs #name = #value);
    }
    let shown = literal(&shown);
    quote!(#docs #name = (#value, #shown))
}

/// A pattern as a constant.
pub(crate) fn pattern(scope: &mut Scope<'_>, pattern: &Pattern) -> TokenStream {
    let name = scope.runtime("Pattern");
    let source = literal(&pattern.source);
    let whole = pattern.whole;
    let alternatives = pattern.alternatives.iter().map(|parts| {
        let parts = parts
            .iter()
            .map(|part| pattern_part(scope, part))
            .collect::<Vec<_>>();
        quote!(&[#(#parts),*])
    });
    let alternatives = alternatives.collect::<Vec<_>>();
    quote!(#name { source: #source, alternatives: &[#(#alternatives),*], whole: #whole })
}

fn pattern_part(scope: &mut Scope<'_>, part: &PatternPart) -> TokenStream {
    let name = scope.runtime("Part");
    match part {
        PatternPart::Literal(text) => {
            let text = literal(text);
            quote!(#name::Literal(#text))
        }
        PatternPart::Class { ranges, min, max } => {
            let pairs: String = ranges
                .iter()
                .flat_map(|(first, last)| [*first, *last])
                .collect();
            let (pairs, min) = (literal(&pairs), Literal::u32_unsuffixed(*min));
            let max = if *max == u32::MAX {
                quote!(u32::MAX)
            } else {
                let max = Literal::u32_unsuffixed(*max);
                quote!(#max)
            };
            quote!(#name::Class(#pairs, #min, #max))
        }
    }
}
