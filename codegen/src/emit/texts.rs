//! Takes strings of a shape or out of a list and gives their types; it must never let an unknown value of an answer fail.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::scope::Scope;
use super::structs::deprecated;
use super::{docs, ident, usage};
use crate::model::{Crate, Enum, Newtype, Pattern, PatternPart, Storage, TypeDef};

/// A string of a certain shape.
pub(crate) fn newtype(
    scope: &mut Scope<'_>,
    definition: &TypeDef,
    newtype: &Newtype,
) -> TokenStream {
    let name = ident(&definition.name);
    let form = format!("It has the form {}.", docs::code(&newtype.pattern.source));
    let opening = match definition.docs.trim() {
        "" => form.clone(),
        text => format!("{}\n\n{form}", docs::foreign(text)),
    };
    let made = "Made from text with `parse` or `try_from`, which refuse text of another form. A value that the API answers is kept as it is; \
         `is_valid` tells whether it has the form.";
    let docs = docs::paragraphs([
        opening,
        made.to_owned(),
        usage::newtype(scope.model, definition).unwrap_or_default(),
    ]);
    let path = Literal::string(&usage::path_of(scope.model, definition));
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
    quote! {
        #docs
        #deprecated
        #[derive(Clone, Eq, Hash, Ord, PartialEq, PartialOrd)]
        pub struct #name(#storage);

        impl #name {
            const PATTERN: #pattern_name = #pattern;
        }

        crate::runtime::text_newtype!(#name, #path);
    }
}

/// A string out of a list, which the API may extend.
pub(crate) fn enumeration(model: &Crate, definition: &TypeDef, values: &Enum) -> TokenStream {
    let name = ident(&definition.name);
    let open = "The API may add values at any time: one that the list does not have is kept and sent back as it is.";
    let docs = docs::paragraphs([
        docs::foreign(&definition.docs),
        open.to_owned(),
        usage::enumeration(model, definition).unwrap_or_default(),
    ]);
    let path = Literal::string(&usage::path_of(model, definition));
    let deprecated = deprecated(definition.deprecated);
    let unknown = ident(&values.unknown);
    let variants = values.variants.iter().map(|variant| {
        let name = ident(&variant.name);
        let wire = docs::code(&variant.wire);
        let text = match docs::foreign(&variant.docs) {
            text if text.is_empty() => wire,
            text => docs::continued(&format!("{wire}:"), &text),
        };
        let docs = docs::paragraphs([text]);
        quote!(#docs #name)
    });
    let pairs = values.variants.iter().map(|variant| {
        let name = ident(&variant.name);
        let wire = if values.numbers {
            let number = variant.wire.parse().unwrap_or_default();
            Literal::i64_unsuffixed(number)
        } else {
            Literal::string(&variant.wire)
        };
        quote!((#wire, Self::#name))
    });
    let (held, shown, complete) = if values.numbers {
        (quote!(i64), quote!(i64), quote!(open_numbers))
    } else {
        (quote!(Box<str>), quote!(&'static str), quote!(open_enum))
    };
    quote! {
        #docs
        #deprecated
        #[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
        #[non_exhaustive]
        pub enum #name {
            #(#variants,)*
            /// A value that the list does not have.
            #unknown(#held),
        }

        impl #name {
            const VALUES: &'static [(#shown, Self)] = &[#(#pairs),*];
        }

        crate::runtime::#complete!(#name, #unknown, #path);
    }
}

/// A pattern as a constant.
pub(crate) fn pattern(scope: &mut Scope<'_>, pattern: &Pattern) -> TokenStream {
    let name = scope.runtime("Pattern");
    let source = Literal::string(&pattern.source);
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
            let text = Literal::string(text);
            quote!(#name::Literal(#text))
        }
        PatternPart::Class { ranges, min, max } => {
            let pairs: String = ranges
                .iter()
                .flat_map(|(first, last)| [*first, *last])
                .collect();
            let (pairs, min) = (Literal::string(&pairs), Literal::u32_unsuffixed(*min));
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
