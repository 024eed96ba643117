//! Takes what an operation answers and gives the type of it and how it is read; it must never read one status as another.

use proc_macro2::{Literal, TokenStream};
use quote::{format_ident, quote};

use super::scope::Scope;
use super::structs::adapter_path;
use super::usage::Place;
use super::{docs, ident, literal};
use crate::model::{
    Answer, Crate, EventForm, Operation, Statuses, Success, Type, TypeDef, TypeKind,
};

/// What the trait of a request says of its answer, where that is not JSON alone.
pub(super) fn reads(scope: &mut Scope<'_>, operation: &Operation) -> TokenStream {
    let accept = operation.accept.as_deref().map(|accept| {
        let accept = literal(accept);
        quote!(const ACCEPT: &'static str = #accept;)
    });
    let streams = streams(scope, &operation.success).map(|is_streamed| {
        let body = scope.runtime("Body");
        quote!(const STREAMS: Option<fn(&#body) -> bool> = Some(#is_streamed);)
    });
    quote!(#streams #accept)
}

/// Which answers are given away while they are coming.
fn streams(scope: &mut Scope<'_>, success: &Success) -> Option<TokenStream> {
    match success {
        Success::Bytes | Success::Lines(_) => Some(quote!(|_| true)),
        Success::Events(..) => {
            let body = scope.runtime("Body");
            Some(quote!(#body::is_events))
        }
        Success::Optional(inner) if inner.is_stream() => {
            let body = scope.runtime("Body");
            Some(quote!(#body::has_content))
        }
        Success::OneOf(answers) => streamed_of(answers),
        _ => None,
    }
}

/// The statuses whose answers are given away while they are coming, and which of their media types.
fn streamed_of(answers: &[Answer]) -> Option<TokenStream> {
    if !answers.iter().any(|answer| answer.success.is_stream()) {
        return None;
    }
    let is_plain = answers
        .iter()
        .all(|answer| matches!(answer.statuses, Statuses::Code(_)) && answer.media.is_empty());
    if is_plain {
        let streams = answers.iter().filter(|answer| answer.success.is_stream());
        let statuses = streams.map(pattern);
        return Some(quote!(|body| matches!(body.status(), #(#statuses)|*)));
    }
    let mut arms: Vec<(TokenStream, bool)> = Vec::new();
    for answer in answers {
        arms.push((pattern(answer), answer.success.is_stream()));
    }
    // What is not listed is no stream.
    while let Some((_, false)) = arms.last() {
        arms.pop();
    }
    // One alone is a comparison.
    if let (Some(answer), [(_, true)]) = (answers.first(), arms.as_slice())
        && let Statuses::Code(code) = answer.statuses
    {
        let (code, media) = (Literal::u16_unsuffixed(code), media(answer));
        return Some(quote!(|body| body.status() == #code && body.is(&[#media])));
    }
    let arms = arms
        .into_iter()
        .map(|(pattern, is_stream)| quote!(#pattern => #is_stream,));
    let arms = arms.collect::<Vec<_>>();
    let is_last = answers
        .last()
        .is_some_and(|answer| answer.success.is_stream());
    let rest = (!is_last || !takes_all(answers)).then(|| quote!(_ => false,));
    Some(quote!(|body| match body.status() { #(#arms)* #rest }))
}

/// The type of what a call returns.
pub(super) fn output(scope: &mut Scope<'_>, operation: &Operation) -> TokenStream {
    match &operation.success {
        Success::OneOf(_) => {
            let name = ident(&operation.answer);
            quote!(#name)
        }
        other => returned(scope, other),
    }
}

fn returned(scope: &mut Scope<'_>, success: &Success) -> TokenStream {
    match success {
        Success::Empty | Success::OneOf(_) => quote!(()),
        Success::Json(ty) | Success::Plain(ty) => scope.field(ty),
        Success::Text => quote!(String),
        // By their paths: schemas and resources are often called so.
        Success::Bytes => quote!(crate::runtime::Download),
        Success::Events(ty, _) => {
            let ty = scope.field(ty);
            quote!(crate::runtime::EventStream<#ty>)
        }
        Success::Lines(ty) => {
            let ty = scope.field(ty);
            quote!(crate::runtime::LineStream<#ty>)
        }
        Success::Optional(inner) => {
            let inner = returned(scope, inner);
            quote!(Option<#inner>)
        }
    }
}

/// How the answer is read.
pub(super) fn read(scope: &mut Scope<'_>, operation: &Operation) -> TokenStream {
    let Success::OneOf(answers) = &operation.success else {
        return alone(scope, &operation.success);
    };
    let name = ident(&operation.answer);
    let arms = answers.iter().map(|answer| {
        let (pattern, variant) = (pattern(answer), ident(&answer.name));
        match &answer.success {
            Success::Empty => quote!(#pattern => Ok(#name::#variant),),
            success => {
                let read = one(scope, success);
                quote!(#pattern => #read.map(#name::#variant),)
            }
        }
    });
    let rest = rest(answers, &quote!(body.undocumented()));
    quote!(|body| match body.status() { #(#arms)* #rest })
}

/// How the only answer is read.
fn alone(scope: &mut Scope<'_>, success: &Success) -> TokenStream {
    match reading(scope, success) {
        (None, method) if !matches!(success, Success::Optional(_)) => {
            let body = scope.runtime("Body");
            quote!(#body::#method)
        }
        _ => {
            let read = one(scope, success);
            quote!(|body| #read)
        }
    }
}

/// How an answer that is not one of several is read.
fn one(scope: &mut Scope<'_>, success: &Success) -> TokenStream {
    let Success::Optional(inner) = success else {
        let (before, method) = reading(scope, success);
        return quote!(body #before.#method());
    };
    match reading(scope, inner) {
        (None, method) => {
            let body = scope.runtime("Body");
            quote!(body.optional(#body::#method))
        }
        (Some(before), method) => quote!(body.optional(|body| body #before.#method())),
    }
}

/// What comes before the method that reads an answer, and that method.
fn reading(scope: &Scope<'_>, success: &Success) -> (Option<TokenStream>, TokenStream) {
    let (method, ty) = match success {
        Success::Empty | Success::OneOf(_) | Success::Optional(_) => ("empty", None),
        Success::Json(ty) => ("json", Some(ty)),
        Success::Plain(ty) => ("plain", Some(ty)),
        Success::Text => ("text", None),
        Success::Bytes => ("download", None),
        Success::Events(ty, EventForm::Text) => ("text_events", Some(ty)),
        Success::Events(ty, EventForm::Json) => ("events", Some(ty)),
        Success::Events(ty, EventForm::Object) => ("event_objects", Some(ty)),
        Success::Lines(ty) => ("lines", Some(ty)),
    };
    let is_plain_number = matches!(success, Success::Plain(Type::Number));
    let adapter = ty.filter(|_| !is_plain_number).and_then(adapter_path);
    let secret = ty.is_some_and(|ty| is_secret(scope.model, ty));
    let is_json = method == "json";
    let before = (secret && !is_json).then(|| quote!(.secret()));
    let prefix = if secret && is_json { "secret_" } else { "" };
    let suffix = adapter.as_ref().map_or("", |_| "_as");
    let method = format_ident!("{prefix}{method}{suffix}");
    let adapter = adapter.map(|adapter| quote!(::<#adapter>));
    (before, quote!(#method #adapter))
}

/// What an answer is recognised by.
fn pattern(answer: &Answer) -> TokenStream {
    let status = match answer.statuses {
        Statuses::Code(code) => {
            let code = Literal::u16_unsuffixed(code);
            quote!(#code)
        }
        Statuses::Range(digit) => {
            let first = Literal::u16_unsuffixed(digit.saturating_mul(100));
            let last = Literal::u16_unsuffixed(digit.saturating_mul(100).saturating_add(99));
            quote!(#first..=#last)
        }
        Statuses::Any => quote!(_),
    };
    if answer.media.is_empty() {
        return status;
    }
    let media = media(answer);
    quote!(#status if body.is(&[#media]))
}

fn media(answer: &Answer) -> TokenStream {
    let media = answer.media.iter().map(|name| literal(name));
    quote!(#(#media),*)
}

/// What is done with a status that no answer is for.
fn rest(answers: &[Answer], otherwise: &TokenStream) -> Option<TokenStream> {
    (!takes_all(answers)).then(|| quote!(_ => #otherwise,))
}

fn takes_all(answers: &[Answer]) -> bool {
    let mut all = answers.iter();
    all.any(|one| one.statuses == Statuses::Any && one.media.is_empty())
}

/// The enum of several answers.
pub(super) fn enumeration(
    scope: &mut Scope<'_>,
    place: Place<'_>,
    operation: &Operation,
) -> TokenStream {
    let Success::OneOf(answers) = &operation.success else {
        return TokenStream::new();
    };
    let name = ident(&operation.answer);
    let docs = docs::paragraphs([format!(
        "What [`{}::{}`] answers.",
        place.resource.handle, operation.method
    )]);
    let variants = answers.iter().map(|answer| {
        let (name, docs) = (ident(&answer.name), variant_docs(answer));
        match &answer.success {
            Success::Empty => quote!(#docs #name),
            success => {
                let held = returned(scope, success);
                quote!(#docs #name(#held))
            }
        }
    });
    let variants = variants.collect::<Vec<_>>();
    let is_stream = answers.iter().any(|answer| answer.success.is_stream());
    let mut types = answers.iter().flat_map(|answer| answer.success.types());
    let has_secret = types.any(|ty| is_secret(scope.model, ty));
    let derives = match (is_stream, has_secret) {
        (true, _) => quote!(#[derive(Debug)]),
        (false, true) => quote!(#[derive(Clone, Debug)]),
        (false, false) => quote!(#[derive(Clone, Debug, PartialEq)]),
    };
    quote! {
        #docs
        #derives
        #[non_exhaustive]
        #[allow(clippy::large_enum_variant, reason = "the document says how large each is")]
        pub enum #name { #(#variants),* }
    }
}

fn variant_docs(answer: &Answer) -> TokenStream {
    let status = match answer.statuses {
        Statuses::Code(code) => format!("Status {code}"),
        Statuses::Range(digit) => format!("Status {digit}00 to {digit}99"),
        Statuses::Any => "Any other status".to_owned(),
    };
    let media = answer.media.iter().map(|name| docs::code(name));
    let media = media.collect::<Vec<_>>().join(" or ");
    let of = if media.is_empty() { "" } else { " as " };
    let text = docs::foreign(super::resource::first_paragraph(&answer.docs));
    let opening = format!("{status}{of}{media}:");
    docs::paragraphs([if text.is_empty() {
        format!("{status}{of}{media}.")
    } else {
        docs::continued(&opening, &text)
    }])
}

/// Whether a secret is in the answer.
fn is_secret(model: &Crate, ty: &Type) -> bool {
    match ty.innermost() {
        Type::Secret => true,
        Type::Named(id) => match model.type_def(*id).map(|definition| &definition.kind) {
            Some(TypeKind::Struct(structure)) => structure.usage.secret,
            Some(TypeKind::OneOf(choice)) => choice.usage.secret,
            _ => false,
        },
        _ => false,
    }
}

/// A link to a type for documentation, by where users find it.
pub(super) fn link(model: &Crate, ty: &Type) -> Option<String> {
    let definition: &TypeDef = model.type_def(ty.named()?)?;
    let name = &definition.name;
    let module = match definition.home {
        crate::model::Home::Root => None,
        crate::model::Home::Module(index) => model.modules.get(index)?.name.as_ref(),
    };
    let module = module.map_or_else(String::new, |module| format!("{module}::"));
    let shown = match ty {
        Type::List(_) => format!("a list of [`{name}`](crate::{module}{name})"),
        _ => format!("[`{name}`](crate::{module}{name})"),
    };
    Some(shown)
}
