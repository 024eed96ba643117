//! Takes an object that is sent as JSON and gives a documentation example of how it is made; it must never contain text of the document.

use proc_macro2::TokenStream;
use quote::quote;

use super::{Usage, crate_name, path_of};
use crate::emit::ident;
use crate::model::{Crate, Field, Struct, Type, TypeDef, TypeKind};

impl Usage<'_> {
    /// A value for a property of an object that is sent.
    fn property(&mut self, shape: &Struct, field: &Field) -> Option<TokenStream> {
        if field.nullable && !matches!(field.ty, Type::Text) {
            self.import(format!("{}::Nullable", crate_name(self.model)));
            return Some(quote!(Nullable::Null));
        }
        // Text is no newtype before it was checked.
        if let (true, Some(id)) = (shape.usage.answered, field.ty.named()) {
            let (path, definition) = self.path(id)?;
            if let TypeKind::Newtype(_) = definition.kind {
                let given = self.given(field.name.as_str(), path);
                return match field.ty {
                    Type::Named(_) => Some(given),
                    Type::List(_) => Some(quote!([#given])),
                    _ => None,
                };
            }
        }
        self.value(&field.name, &field.ty, &field.rules)
    }
}

/// An object to send that is made, with `field` set where one is given.
pub(crate) fn sent(
    model: &Crate,
    definition: &TypeDef,
    shape: &Struct,
    field: Option<&Field>,
) -> Option<String> {
    let mut usage = Usage::new(model)?;
    let required = shape.fields.iter().filter(|field| field.is_argument());
    let required: Option<Vec<_>> = required.map(|field| usage.property(shape, field)).collect();
    let required = required?;
    let setter = match field {
        Some(field) => {
            let value = usage.property(shape, field)?;
            let name = ident(&field.name);
            quote!(.#name(#value))
        }
        None => TokenStream::new(),
    };
    usage.import(path_of(model, definition));
    let name = ident(&definition.name);
    usage.finish(&quote!(let body = #name::new(#(#required),*)#setter;))
}
