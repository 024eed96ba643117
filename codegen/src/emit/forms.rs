//! Takes the objects that are sent as forms and gives their types: a constructor for what is required, setters for the rest; it must never make a field public.

use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::quote;

use super::resource::first_paragraph;
use super::scope::{Scope, conversion};
use super::structs::deprecated;
use super::{docs, ident, literal, parameters, texts, usage};
use crate::model::{
    FormField, FormStruct, Name, Rules, TypeDef, TypeKind, Union, UnionVariant, Value,
};

/// A form with its fields.
pub(crate) fn structure(
    scope: &mut Scope<'_>,
    definition: &TypeDef,
    form: &FormStruct,
) -> TokenStream {
    let name = ident(&definition.name);
    let body = scope.runtime("FormBody");
    let example = usage::form(scope.model, definition, form, None).unwrap_or_default();
    let about = docs::described(&definition.docs, "A form to send.");
    let docs = docs::paragraphs([about, example.clone()]);
    let deprecated = deprecated(definition.deprecated);
    let fields = form
        .fields
        .iter()
        .map(|field| kept_field(scope, field))
        .collect::<Vec<_>>();
    let new = constructor(scope, form, example);
    let setters = form
        .fields
        .iter()
        .filter(|field| !field.required)
        .map(|field| {
            let example = usage::form(scope.model, definition, form, Some(&field.wire));
            setter(scope, field, example.unwrap_or_default())
        });
    let setters = setters.collect::<Vec<_>>();
    let write = write(scope, form);
    let default = form
        .fields
        .iter()
        .all(|field| !field.required)
        .then(|| quote!(, Default));
    let patterns = patterns(
        scope,
        &name,
        form.fields.iter().map(|field| (&field.name, &field.rules)),
    );
    quote! {
        #docs
        #deprecated
        #[derive(Clone, Debug #default)]
        pub struct #name { #(#fields),* }

        impl #name {
            #new
            #(#setters)*
        }

        #patterns

        impl #body for #name {
            #write
        }
    }
}

fn write(scope: &mut Scope<'_>, form: &FormStruct) -> TokenStream {
    let parts = scope.runtime("Parts");
    let fields = form.fields.iter();
    let writes = fields.map(|field| parameters::field(scope, field));
    let writes = writes.collect::<Vec<_>>();
    let parts_name = if writes.is_empty() {
        quote!(_parts)
    } else {
        quote!(parts)
    };
    quote! {
        fn write(&self, #parts_name: &mut #parts) {
            #(#writes)*
        }
    }
}

fn kept_field(scope: &mut Scope<'_>, field: &FormField) -> TokenStream {
    let name = ident(&field.name);
    let kept = scope.kept(&field.ty);
    let kept = if field.required {
        kept
    } else {
        quote!(Option<#kept>)
    };
    quote!(#name: #kept)
}

/// A function that takes what is required and leaves the rest out.
fn constructor(scope: &mut Scope<'_>, form: &FormStruct, example: String) -> TokenStream {
    let required: Vec<&FormField> = form.fields.iter().filter(|field| field.required).collect();
    let arguments = arguments(scope, &required);
    let fields = form.fields.iter().map(|field| {
        let name = ident(&field.name);
        if !field.required {
            return quote!(#name: None);
        }
        let value = conversion(scope, &field.ty, &quote!(#name));
        if name == value.to_string() {
            quote!(#name)
        } else {
            quote!(#name: #value)
        }
    });
    let fields = fields.collect::<Vec<_>>();
    let list = argument_docs(&required);
    let about = "One with everything that is required.".to_owned();
    let docs = docs::paragraphs([about, list, example]);
    quote! {
        #docs
        #[must_use]
        pub fn new(#(#arguments),*) -> Self {
            Self { #(#fields),* }
        }
    }
}

fn arguments(scope: &mut Scope<'_>, required: &[&FormField]) -> Vec<TokenStream> {
    let arguments = required.iter().map(|field| {
        let (name, ty) = (ident(&field.name), scope.argument(&field.ty));
        quote!(#name: #ty)
    });
    arguments.collect()
}

fn argument_docs(required: &[&FormField]) -> String {
    let items = required
        .iter()
        .map(|field| item_docs(field.name.as_str(), &field.docs, &notes(&field.rules, None)));
    items.collect::<Vec<_>>().join("\n")
}

/// A description and what is checked, which is not said twice.
pub(crate) fn with_notes(text: &str, notes: &str, between: &str) -> String {
    match (text.trim(), notes) {
        ("", notes) => notes.to_owned(),
        (text, "") => text.to_owned(),
        (text, notes)
            if text
                .to_lowercase()
                .contains(&notes.trim_end_matches('.').to_lowercase()) =>
        {
            text.to_owned()
        }
        (text, notes) => format!("{text}{between}{notes}"),
    }
}

/// An argument as an item of a list in the documentation.
pub(crate) fn item_docs(name: &str, text: &str, notes: &str) -> String {
    let text = docs::foreign(text);
    let between = if text.contains('\n') { "\n\n" } else { " " };
    let text = with_notes(&text, notes, between);
    if text.is_empty() {
        return format!("* `{name}`");
    }
    let item = docs::continued(&format!("* `{name}`:"), &text);
    item.lines().collect::<Vec<_>>().join("\n  ")
}

fn setter(scope: &mut Scope<'_>, field: &FormField, example: String) -> TokenStream {
    let name = ident(&field.name);
    let argument = scope.argument(&field.ty);
    let value = conversion(scope, &field.ty, &quote!(#name));
    let notes = notes(&field.rules, field.default.as_ref());
    let about = with_notes(
        &docs::described(&field.docs, &format!("Sets {}.", docs::code(&field.wire))),
        &notes,
        "\n\n",
    );
    let docs = docs::paragraphs([about, example]);
    let deprecated = deprecated(field.deprecated);
    quote! {
        #docs
        #deprecated
        #[must_use]
        pub fn #name(mut self, #name: #argument) -> Self {
            self.#name = Some(#value);
            self
        }
    }
}

/// Alternatives that a property tells apart.
pub(crate) fn union(scope: &mut Scope<'_>, definition: &TypeDef, union: &Union) -> TokenStream {
    let name = ident(&definition.name);
    let (body, parts) = (scope.runtime("FormBody"), scope.runtime("Parts"));
    let docs = docs::paragraphs([
        docs::described(&definition.docs, "One of several forms to send."),
        usage::union(scope.model, definition, union).unwrap_or_default(),
    ]);
    let deprecated = deprecated(definition.deprecated);
    let tag = literal(&union.tag);
    let mut variants = Vec::new();
    let mut constructors = Vec::new();
    let mut conversions = Vec::new();
    let mut arms = Vec::new();
    for variant in &union.variants {
        let form = scope.named(variant.form);
        let (variant_name, value) = (ident(&variant.name), literal(&variant.value));
        let variant_docs = docs::paragraphs([form_docs(scope, variant)]);
        variants.push(quote!(#variant_docs #variant_name(#form)));
        constructors.push(variant_constructor(scope, definition, variant));
        conversions.push(quote! {
            impl From<#form> for #name {
                fn from(form: #form) -> Self {
                    Self::#variant_name(form)
                }
            }
        });
        arms.push(quote! {
            Self::#variant_name(form) => {
                parts.form(#tag, #value);
                form.write(parts);
            }
        });
    }
    quote! {
        #docs
        #deprecated
        #[derive(Clone, Debug)]
        #[non_exhaustive]
        pub enum #name { #(#variants),* }

        impl #name { #(#constructors)* }

        #(#conversions)*

        impl #body for #name {
            fn write(&self, parts: &mut #parts) {
                match self { #(#arms)* }
            }
        }
    }
}

fn form_docs(scope: &Scope<'_>, variant: &UnionVariant) -> String {
    let form = scope.model.type_def(variant.form);
    let text = form.map_or("", |form| first_paragraph(&form.docs));
    docs::described(text, &docs::code(&variant.value))
}

fn variant_constructor(
    scope: &mut Scope<'_>,
    definition: &TypeDef,
    variant: &UnionVariant,
) -> TokenStream {
    let model = scope.model;
    let Some(TypeKind::Form(form)) = model
        .type_def(variant.form)
        .map(|definition| &definition.kind)
    else {
        return TokenStream::new();
    };
    let target = scope.named(variant.form);
    let name = ident(&variant.constructor);
    let required: Vec<&FormField> = form.fields.iter().filter(|field| field.required).collect();
    let arguments = arguments(scope, &required);
    let names = required.iter().map(|field| ident(&field.name));
    let docs = docs::paragraphs([
        form_docs(scope, variant),
        argument_docs(&required),
        usage::variant(model, definition, variant).unwrap_or_default(),
    ]);
    quote! {
        #docs
        #[must_use]
        pub fn #name(#(#arguments),*) -> #target {
            #target::new(#(#names),*)
        }
    }
}

/// The patterns that a type checks, as constants named after the fields.
pub(crate) fn patterns<'f>(
    scope: &mut Scope<'_>,
    target: &Ident,
    fields: impl Iterator<Item = (&'f Name, &'f Rules)>,
) -> TokenStream {
    let checked = fields.filter_map(|(name, rules)| Some((name, rules.pattern.as_ref()?)));
    let constants = checked.map(|(name, pattern)| {
        let (constant, pattern_type) = (pattern_constant(name), scope.runtime("Pattern"));
        let pattern = texts::pattern(scope, pattern);
        quote!(const #constant: #pattern_type = #pattern;)
    });
    let constants = constants.collect::<Vec<_>>();
    if constants.is_empty() {
        TokenStream::new()
    } else {
        quote!(impl #target { #(#constants)* })
    }
}

fn pattern_constant(name: &Name) -> Ident {
    Ident::new(&name.as_str().to_ascii_uppercase(), Span::call_site())
}

/// Whether anything is checked before sending.
pub(crate) fn has_rules(rules: &Rules) -> bool {
    let checked = Rules {
        unchecked: None,
        ..rules.clone()
    };
    checked != Rules::default()
}

/// What is checked before sending, as an expression.
pub(crate) fn rules(scope: &mut Scope<'_>, name: &Name, rules: &Rules) -> TokenStream {
    let field = name;
    let name = scope.runtime("Rules");
    let mut expression = quote!(#name::NONE);
    if let Some(least) = rules.min_length {
        let least = Literal::u64_unsuffixed(least);
        expression = quote!(#expression.min_length(#least));
    }
    if let Some(most) = rules.max_length {
        let most = Literal::u64_unsuffixed(most);
        expression = quote!(#expression.max_length(#most));
    }
    if rules.minimum.is_some() || rules.maximum.is_some() {
        let least = rules.minimum.map_or_else(|| quote!(i64::MIN), number);
        let most = rules.maximum.map_or_else(|| quote!(i64::MAX), number);
        expression = quote!(#expression.range(#least, #most));
    }
    if rules.pattern.is_some() {
        let pattern = pattern_constant(field);
        expression = quote!(#expression.pattern(&Self::#pattern));
    }
    expression
}

fn number(value: i64) -> TokenStream {
    let value = Literal::i64_unsuffixed(value);
    quote!(#value)
}

/// What is checked before sending, as sentences.
pub(crate) fn notes(rules: &Rules, default: Option<&Value>) -> String {
    let mut notes = Vec::new();
    match (rules.min_length, rules.max_length) {
        (Some(least), Some(most)) if least == most => {
            notes.push(format!("Exactly {most} characters."));
        }
        (Some(least), Some(most)) => notes.push(format!("From {least} to {most} characters.")),
        (Some(least), None) => notes.push(format!("At least {least} characters.")),
        (None, Some(most)) => notes.push(format!("At most {most} characters.")),
        (None, None) => {}
    }
    match (rules.minimum, rules.maximum) {
        (Some(least), Some(most)) => notes.push(format!("From {least} to {most}.")),
        (Some(least), None) => notes.push(format!("At least {least}.")),
        (None, Some(most)) => notes.push(format!("At most {most}.")),
        (None, None) => {}
    }
    if let Some(pattern) = &rules.pattern {
        notes.push(format!(
            "Must match {}, which is checked before sending.",
            docs::code(&pattern.source)
        ));
    }
    if let Some(pattern) = &rules.unchecked {
        notes.push(format!(
            "Must match {}, which is not checked before sending.",
            docs::code(pattern)
        ));
    }
    match default {
        Some(Value::String(text)) => notes.push(format!("Default: {}.", docs::code(text))),
        Some(value @ (Value::Bool(_) | Value::Number(_))) => {
            notes.push(format!("Default: {value}."));
        }
        _ => {}
    }
    notes.join(" ")
}
