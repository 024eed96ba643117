//! Takes the body of an operation and gives how it is written; it must never write a body in another media type than it says.

use proc_macro2::TokenStream;
use quote::quote;

use super::scope::Scope;
use super::{docs, ident, literal, parameters, sent};
use crate::model::{BodyKind, Input, Operation, Part, Style};

/// What a body is, to the runtime.
pub(super) fn media(kind: &BodyKind) -> TokenStream {
    // By its path: schemas and resources are often called so.
    let media = quote!(crate::runtime::Media);
    let name = literal(kind.media());
    match kind {
        BodyKind::Form => quote!(#media::Form),
        BodyKind::Json(_) => quote!(#media::Json(#name)),
        BodyKind::Text(_) => quote!(#media::Text(#name)),
        BodyKind::Bytes(_) => quote!(#media::Bytes(#name)),
        BodyKind::Multipart { .. } => quote!(#media::Multipart(#name)),
    }
}

/// A body that is one value.
pub(super) fn write(scope: &mut Scope<'_>, operation: &Operation) -> Option<TokenStream> {
    let body = operation.body.as_ref()?;
    let name = ident(&body.name);
    Some(match operation.media {
        Some(BodyKind::Json(_)) => {
            let value = sent::spelled(&body.ty, &quote!(&self.#name));
            quote!(parts.json(#value);)
        }
        Some(BodyKind::Bytes(_)) => quote!(parts.upload(&self.#name);),
        Some(BodyKind::Text(_)) => {
            quote!(parts.text(&self.#name);)
        }
        _ => parameters::form(scope, &body.ty, &quote!(&self.#name)),
    })
}

/// A part of a body that has several.
pub(super) fn write_part(
    scope: &mut Scope<'_>,
    operation: &Operation,
    input: &Input,
    part: Part,
) -> TokenStream {
    let (wire, name) = (literal(&input.wire), ident(&input.name));
    let media = match &operation.media {
        Some(BodyKind::Multipart { parts, .. }) => parts.get(&input.wire),
        _ => None,
    };
    let media = literal(media.map_or("", String::as_str));
    match part {
        Part::Text => {
            let rules = (&input.name, &input.rules, Style::default());
            let value = parameters::ruled(scope, rules, quote!(&self.#name));
            quote!(parts.text_part(#wire, #media, #value);)
        }
        Part::Json => {
            let value = sent::spelled(&input.ty, &quote!(&self.#name));
            quote!(parts.json_part(#wire, #media, #value);)
        }
        Part::Any => quote!(parts.any_part(#wire, #media, &self.#name);),
        Part::File => quote!(parts.file_part(#wire, #media, &self.#name);),
        Part::Others => quote!(parts.other_parts(self.#name.as_ref());),
    }
}

/// What the documentation of a variant says of its body.
pub(super) fn about(operation: &Operation) -> Option<String> {
    let kind = operation.media.as_ref().filter(|_| operation.variant)?;
    Some(format!(
        "The same operation with a body of {}.",
        docs::code(kind.media())
    ))
}
