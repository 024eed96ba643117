//! Takes a parameter or a field of a form and gives the line that writes it; it must never say a style that is usual in its place.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

use super::scope::Scope;
use super::{forms, ident, literal};
use crate::model::{
    FormField, Input, Name, Position, Rules, Style, StyleKind, Type, TypeKind, is_structured,
};

/// The line for an input.
pub(crate) fn input(scope: &mut Scope<'_>, input: &Input) -> TokenStream {
    let place = match input.position {
        Position::Path => "path",
        Position::Query => "query",
        Position::Header => "header",
        Position::Cookie => "cookie",
        Position::Form | Position::Part(_) => "form",
    };
    let place = Ident::new(place, Span::call_site());
    let (wire, value) = (literal(&input.wire), ident(&input.name));
    let value = shaped(scope, &input.ty, input.style, &quote!(&self.#value));
    let value = ruled(scope, (&input.name, &input.rules, input.style), value);
    quote!(parts.#place(#wire, #value);)
}

/// The line for a field of a form.
pub(crate) fn field(scope: &mut Scope<'_>, field: &FormField) -> TokenStream {
    let (wire, value) = (literal(&field.wire), ident(&field.name));
    let value = shaped(scope, &field.ty, field.style, &quote!(&self.#value));
    let value = ruled(scope, (&field.name, &field.rules, field.style), value);
    quote!(parts.form(#wire, #value);)
}

/// The line for a form that is one value.
pub(crate) fn form(scope: &mut Scope<'_>, ty: &Type, value: &TokenStream) -> TokenStream {
    let definition = ty.named().and_then(|id| scope.model.type_def(id));
    let kind = definition.map(|definition| &definition.kind);
    if matches!((ty, kind), (Type::Named(_), Some(TypeKind::Union(_)))) {
        return quote!(parts.form_body(#value););
    }
    let structured = scope.runtime("Structured");
    quote!(parts.form_body(&#structured(#value));)
}

/// A value as the trait of parameters takes it.
fn shaped(scope: &mut Scope<'_>, ty: &Type, style: Style, value: &TokenStream) -> TokenStream {
    let model = scope.model;
    let find = |id| model.type_def(id).map(|definition| &definition.kind);
    if style.kind == StyleKind::Json || *ty == Type::Json || is_structured(ty, &find) {
        let structured = scope.runtime("Structured");
        quote!(&#structured(#value))
    } else {
        value.clone()
    }
}

/// A value with what is checked and how it is written, where there is anything to say of that.
pub(super) fn ruled(
    scope: &mut Scope<'_>,
    (name, rules, style): (&Name, &Rules, Style),
    value: TokenStream,
) -> TokenStream {
    if !forms::has_rules(rules) && style == Style::default() {
        return value;
    }
    let (rules, style) = (forms::rules(scope, name, rules), written(style));
    quote!(&#rules #style.of(#value))
}

fn written(style: Style) -> TokenStream {
    let kind = match style.kind {
        StyleKind::Usual => None,
        StyleKind::Form => Some(quote!(.form())),
        StyleKind::Label => Some(quote!(.label())),
        StyleKind::Matrix => Some(quote!(.matrix())),
        StyleKind::SpaceDelimited => Some(quote!(.space_delimited())),
        StyleKind::PipeDelimited => Some(quote!(.pipe_delimited())),
        StyleKind::DeepObject => Some(quote!(.deep_object())),
        StyleKind::Json => Some(quote!(.json())),
    };
    let explode = style.explode.map(|explode| quote!(.explode(#explode)));
    let reserved = style.allow_reserved.then(|| quote!(.allow_reserved()));
    quote!(#kind #explode #reserved)
}
