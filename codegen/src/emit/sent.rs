//! Takes the objects that are sent as JSON and gives how they are made and written: a constructor for what is required, setters for the rest; it must never send a property that only answers have.

use proc_macro2::TokenStream;
use quote::quote;

use super::scope::{Scope, conversion, given_conversion};
use super::structs::deprecated;
use super::{docs, forms, ident, literal, usage};
use crate::model::{Access, Field, Held, Struct, Type, TypeDef, Usage};

/// The constructor, the setters, and how it is written.
pub(crate) fn emit(scope: &mut Scope<'_>, definition: &TypeDef, structure: &Struct) -> TokenStream {
    let name = ident(&definition.name);
    let new = constructor(scope, definition, structure);
    let fields = structure.fields.iter().filter(|field| field.is_setter());
    let setters = fields.map(|field| setter(scope, definition, structure, field));
    let setters = setters.collect::<Vec<_>>();
    let rest = rest_setter(scope, structure);
    let checked = structure.fields.iter().filter(|field| is_sent(field));
    let patterns = forms::patterns(
        scope,
        &name,
        checked.map(|field| (&field.name, &field.rules)),
    );
    let write = write(scope, structure);
    let (to_json, writer) = (scope.runtime("ToJson"), scope.runtime("JsonWriter"));
    let json = if write.is_empty() {
        quote!(_json)
    } else {
        quote!(json)
    };
    quote! {
        impl #name {
            #new
            #(#setters)*
            #rest
        }

        #patterns

        impl #to_json for #name {
            fn fields(&self, #json: &mut #writer<'_>) {
                #(#write)*
            }
        }
    }
}

fn is_sent(field: &Field) -> bool {
    field.access != Access::Answered && field.fixed.is_none()
}

/// The type of the argument for a property, and the expression for what is kept of it.
fn argument(scope: &mut Scope<'_>, field: &Field, usage: Usage) -> (TokenStream, TokenStream) {
    let name = ident(&field.name);
    let held = field.held(usage);
    if field.nullable {
        let (inner, nullable) = (scope.field(&field.ty), scope.runtime("Nullable"));
        let kept = if held == Held::Nullable {
            quote!(#name.into())
        } else {
            quote!(#name.into().into_option())
        };
        return (quote!(impl Into<#nullable<#inner>>), kept);
    }
    let (ty, value) = if usage.answered {
        (
            scope.given(&field.ty),
            given_conversion(&field.ty, &quote!(#name)),
        )
    } else {
        (
            scope.argument(&field.ty),
            conversion(scope, &field.ty, &quote!(#name)),
        )
    };
    match held {
        Held::Plain => (ty, value),
        _ => (ty, quote!(Some(#value))),
    }
}

fn constructor(scope: &mut Scope<'_>, definition: &TypeDef, structure: &Struct) -> TokenStream {
    let usage = structure.usage;
    let mut arguments = Vec::new();
    let mut kept = Vec::new();
    let mut list = Vec::new();
    for field in structure.fields.iter().filter(|field| field.is_argument()) {
        let name = ident(&field.name);
        let (ty, value) = argument(scope, field, usage);
        arguments.push(quote!(#name: #ty));
        let is_same = name == value.to_string();
        kept.push(if is_same {
            quote!(#name)
        } else {
            quote!(#name: #value)
        });
        let notes = forms::notes(&field.rules, None);
        list.push(forms::item_docs(field.name.as_str(), &field.docs, &notes));
    }
    let about = "One with everything that is required.".to_owned();
    let example = usage::sent(scope.model, definition, structure, None);
    let docs = docs::paragraphs([about, list.join("\n"), example.unwrap_or_default()]);
    let value = if arguments.is_empty() {
        let hidden = structure
            .fields
            .iter()
            .any(|field| field.name.as_str() == "default");
        if hidden {
            quote!(<Self as Default>::default())
        } else {
            quote!(Self::default())
        }
    } else {
        kept.extend(absent(scope, structure));
        quote!(Self { #(#kept),* })
    };
    let many = (arguments.len() > 7)
        .then(|| quote!(#[expect(clippy::too_many_arguments, reason = "the API requires every one of them")]));
    quote! {
        #docs
        #[must_use]
        #many
        pub fn new(#(#arguments),*) -> Self {
            #value
        }
    }
}

/// What the constructor leaves out.
fn absent(scope: &mut Scope<'_>, structure: &Struct) -> Vec<TokenStream> {
    let fields = structure.fields.iter().filter(|field| !field.is_argument());
    let mut all = Vec::new();
    for field in fields {
        let name = ident(&field.name);
        match field.held(structure.usage) {
            Held::Not => {}
            Held::Nullable => {
                let nullable = scope.runtime("Nullable");
                all.push(quote!(#name: #nullable::Absent));
            }
            Held::Plain | Held::Option => all.push(quote!(#name: None)),
        }
    }
    all.extend(structure.rest.iter().map(|(name, _)| {
        let name = ident(name);
        quote!(#name: std::collections::BTreeMap::new())
    }));
    all
}

fn setter(
    scope: &mut Scope<'_>,
    definition: &TypeDef,
    structure: &Struct,
    field: &Field,
) -> TokenStream {
    let name = ident(&field.name);
    let (argument, value) = argument(scope, field, structure.usage);
    let notes = forms::notes(&field.rules, field.default.as_ref());
    let about = forms::with_notes(
        &docs::described(&field.docs, &format!("Sets {}.", docs::code(&field.wire))),
        &notes,
        "\n\n",
    );
    let example = usage::sent(scope.model, definition, structure, Some(field));
    let docs = docs::paragraphs([about, example.unwrap_or_default()]);
    let deprecated = deprecated(field.deprecated);
    quote! {
        #docs
        #deprecated
        #[must_use]
        pub fn #name(mut self, #name: #argument) -> Self {
            self.#name = #value;
            self
        }
    }
}

fn rest_setter(scope: &mut Scope<'_>, structure: &Struct) -> Option<TokenStream> {
    let (name, ty) = structure.rest.as_ref()?;
    let name = ident(name);
    let ty = scope.field(&Type::Map(Box::new(ty.clone())));
    Some(quote! {
        /// Sets the properties that have no setter of their own.
        #[must_use]
        pub fn #name(mut self, #name: #ty) -> Self {
            self.#name = #name;
            self
        }
    })
}

fn write(scope: &mut Scope<'_>, structure: &Struct) -> Vec<TokenStream> {
    let mut lines = Vec::new();
    for field in &structure.fields {
        let (wire, name) = (literal(&field.wire), ident(&field.name));
        if let Some(fixed) = &field.fixed {
            let fixed = literal(fixed);
            lines.push(quote!(json.field(#wire, #fixed);));
            continue;
        }
        if !is_sent(field) {
            continue;
        }
        let has_rules = forms::has_rules(&field.rules);
        let is_flag = *field.ty.innermost() == Type::Flag;
        lines.push(if field.required && field.nullable {
            let rules = forms::rules(scope, &field.name, &field.rules);
            let value = spelled(&field.ty, &quote!(&self.#name));
            quote!(json.or_null(#wire, #value, &#rules);)
        } else if is_flag {
            quote!(json.spelled(#wire, &self.#name);)
        } else if has_rules {
            let rules = forms::rules(scope, &field.name, &field.rules);
            quote!(json.checked(#wire, &self.#name, &#rules);)
        } else {
            quote!(json.field(#wire, &self.#name);)
        });
    }
    lines.extend(structure.rest.iter().map(|(name, ty)| {
        let name = ident(name);
        if *ty.innermost() == Type::Flag {
            quote!(json.spelled_rest(&self.#name);)
        } else {
            quote!(json.rest(&self.#name);)
        }
    }));
    lines
}

/// A value as JSON has it, where that is not as Rust has it.
pub(super) fn spelled(ty: &Type, value: &TokenStream) -> TokenStream {
    if *ty.innermost() == Type::Flag {
        quote!(&crate::runtime::Spelled(#value))
    } else {
        value.clone()
    }
}
