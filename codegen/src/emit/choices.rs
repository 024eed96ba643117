//! Takes values that are one of several and gives their enums; it must never refuse a value that the document does not list.

use std::collections::BTreeSet;

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::scope::Scope;
use super::structs::{deprecated, strict_adapter};
use super::{docs, ident, literal};
use crate::model::{Access, Alternative, Crate, OneOf, Type, TypeDef, TypeKind};

/// The enum, how it is read and how it is sent.
pub(crate) fn emit(scope: &mut Scope<'_>, definition: &TypeDef, choice: &OneOf) -> TokenStream {
    let name = ident(&definition.name);
    let usage = choice.usage;
    let docs = docs::paragraphs([docs::described(&definition.docs, "One of several values.")]);
    let deprecated = deprecated(definition.deprecated);
    let unknown = ident(&choice.unknown);
    let names: Vec<_> = choice.variants.iter().map(|one| ident(&one.name)).collect();
    let variants = choice
        .variants
        .iter()
        .map(|one| variant(scope, choice, one));
    let variants = variants.collect::<Vec<_>>();
    let derives = if usage.secret {
        quote!(#[derive(Clone)])
    } else {
        quote!(#[derive(Clone, Debug, PartialEq)])
    };
    let shown = usage
        .secret
        .then(|| quote!(crate::runtime::shown_as_held!(#name { #(#names),* }, #unknown);));
    let made = made(scope, choice);
    let read = usage.answered.then(|| read(scope, definition, choice));
    let sent = usage.sent.then(|| sent_as_held(scope, choice, &name));
    let parameter = usage
        .parameter
        .then(|| quote!(crate::runtime::parameter_as_held!(#name { #(#names,)* #unknown });));
    quote! {
        #docs
        #deprecated
        #derives
        #[non_exhaustive]
        pub enum #name {
            #(#variants,)*
            /// A value that is none of these.
            #unknown(serde_json::Value),
        }

        crate::runtime::made_of!(#name { #(#made),* });

        #read
        #sent
        #parameter
        #shown
    }
}

fn sent_as_held(scope: &mut Scope<'_>, choice: &OneOf, name: &Ident) -> TokenStream {
    let unknown = ident(&choice.unknown);
    let held = choice.variants.iter().map(|one| {
        let name = ident(&one.name);
        let is_flag = *one.ty.innermost() == Type::Flag;
        // The formatter spaces a path in a macro, where nobody would find it.
        let spelled = is_flag.then(|| scope.runtime("Spelled"));
        let spelled = spelled.map(|spelled| quote!(as #spelled));
        quote!(#name #spelled)
    });
    let held = held.collect::<Vec<_>>();
    quote!(crate::runtime::sent_as_held!(#name { #(#held,)* #unknown });)
}

fn variant(scope: &mut Scope<'_>, choice: &OneOf, one: &Alternative) -> TokenStream {
    let (name, held) = (ident(&one.name), scope.field(&one.ty));
    let usual = match (&choice.tag, one.values.first()) {
        (Some(tag), Some(value)) => {
            format!("Where {} is {}.", docs::code(tag), docs::code(value))
        }
        _ => "One of the alternatives.".to_owned(),
    };
    let text = docs::foreign(&one.docs);
    let text = text.split("\n\n").next().unwrap_or_default();
    let docs = docs::paragraphs([if text.is_empty() {
        usual
    } else {
        text.to_owned()
    }]);
    quote!(#docs #name(#held))
}

/// What the enum can be made of: each type that only one variant has.
fn made(scope: &mut Scope<'_>, choice: &OneOf) -> Vec<TokenStream> {
    let mut seen = BTreeSet::new();
    let mut made = Vec::new();
    let mut has_text = false;
    for one in &choice.variants {
        let ty = match &one.ty {
            Type::Boxed(inner) => inner,
            other => other,
        };
        let (name, held) = (ident(&one.name), scope.field(ty));
        if seen.insert(held.to_string()) {
            made.push(quote!(#name(#held)));
            if !has_text && (*ty == Type::Text || is_enum(scope.model, ty)) {
                has_text = true;
                made.push(quote!(#name(&str)));
            }
        }
    }
    made
}

fn is_enum(model: &Crate, ty: &Type) -> bool {
    let definition = ty.named().and_then(|id| model.type_def(id));
    let kind = definition.map(|definition| &definition.kind);
    matches!((ty, kind), (Type::Named(_), Some(TypeKind::Enum(values))) if !values.numbers)
}

/// The properties of an object that has no others.
fn keys(model: &Crate, ty: &Type) -> Option<TokenStream> {
    let id = match ty {
        Type::Boxed(inner) => inner.named()?,
        Type::Named(id) => *id,
        _ => return None,
    };
    let TypeKind::Struct(structure) = &model.type_def(id)?.kind else {
        return None;
    };
    if structure.rest.is_some() {
        return None;
    }
    let fields = structure.fields.iter();
    let answered = fields.filter(|field| field.access != Access::Sent);
    let keys = answered.map(|field| literal(&field.wire));
    Some(quote!([#(#keys),*]))
}

fn read(scope: &mut Scope<'_>, definition: &TypeDef, choice: &OneOf) -> TokenStream {
    let name = ident(&definition.name);
    let unknown = ident(&choice.unknown);
    let mut arms = Vec::new();
    for one in &choice.variants {
        let variant = ident(&one.name);
        let adapter = match strict_adapter(scope, &one.ty) {
            Some(adapter) => adapter.parse().unwrap_or_default(),
            None => scope.field(&one.ty),
        };
        arms.push(if choice.tag.is_some() {
            let values = one.values.iter().map(|value| literal(value));
            quote!(#(#values)|* => #variant(#adapter))
        } else {
            let keys = keys(scope.model, &one.ty);
            quote!(#variant(#adapter) #keys)
        });
    }
    if let Some(tag) = choice.tag.as_ref().map(|tag| literal(tag)) {
        quote!(crate::runtime::tagged!(#name, #tag, #unknown, { #(#arms),* });)
    } else {
        quote!(crate::runtime::untagged!(#name, #unknown, { #(#arms),* });)
    }
}
