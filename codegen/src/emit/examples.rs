//! Takes the examples of the documents and gives the tests that the crate carries: each answer decodes, each form is sent as it stands; it must never test what no example shows.

use std::cell::Cell;
use std::collections::BTreeSet;

use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::quote;

use super::{choices, crate_name, gate, ident, literal};
use crate::model::{
    Argument, Crate, Example, ExampleBody, FormField, Home, Input, Module, Name, Operation, Reach,
    Resource, Style, Type, TypeId, TypeKind, Union, Value,
};

/// The tests, where there are examples.
pub(crate) fn emit(model: &Crate) -> Option<TokenStream> {
    let package = Ident::new(&crate_name(model), Span::call_site());
    let modules: Vec<_> = model
        .modules
        .iter()
        .flat_map(|module| groups(module).map(move |feature| (module, feature)))
        .filter_map(|(module, feature)| tests(model, module, feature, &package))
        .collect();
    if modules.is_empty() {
        return None;
    }
    // Without any version there is nothing to test, and the server for it is not needed either.
    let gate = gate::any(model).map(|condition| quote!(#![cfg(#condition)]));
    Some(quote! {
        //! The examples of the documents: each answer decodes, each request is sent as it stands.
        #gate
        #![cfg_attr(rustfmt, rustfmt_skip)]

        #[rustfmt::skip]
        mod support;

        #(#modules)*
    })
}

/// The features of the resources of a document, or none for all.
fn groups(module: &Module) -> impl Iterator<Item = Option<&Name>> {
    let features = module.resources.iter().map(|one| one.feature.as_ref());
    features.collect::<BTreeSet<_>>().into_iter()
}

/// The tests of one document, or of one feature of it. Where there are several, each has a module, which is there when its feature is on.
fn tests(
    model: &Crate,
    module: &Module,
    feature: Option<&Name>,
    package: &Ident,
) -> Option<TokenStream> {
    let mut tests = Vec::new();
    let (mut sends, mut reads) = (false, false);
    let names_module = Cell::new(false);
    let resources = module.resources.iter();
    for resource in resources.filter(|one| one.feature.as_ref() == feature) {
        for operation in &resource.operations {
            let context = Context {
                model,
                module,
                resource,
                operation,
                package,
                names_module: &names_module,
            };
            for example in &operation.examples {
                let Some(test) = context.test(example) else {
                    continue;
                };
                sends |= matches!(example.body, ExampleBody::Form { .. });
                reads |= matches!(example.body, ExampleBody::Response { .. });
                tests.push(test);
            }
        }
    }
    let support = match (sends, reads) {
        (true, true) => quote!({Server, reads}),
        (true, false) => quote!(Server),
        (false, true) => quote!(reads),
        (false, false) => return None,
    };
    let support = quote!(use crate::support::#support;);
    let Some(name) = module.name.as_ref().or(feature).map(ident) else {
        return Some(quote!(#support #(#tests)*));
    };
    let gate = gate::types(module.feature().or(feature));
    let import = names_module.get().then(|| quote!(use #package::#name;));
    Some(quote! {
        #gate
        mod #name {
            #import
            #support

            #(#tests)*
        }
    })
}

pub(super) struct Context<'a> {
    pub(super) model: &'a Crate,
    pub(super) module: &'a Module,
    pub(super) resource: &'a Resource,
    pub(super) operation: &'a Operation,
    /// The crate that declares the types.
    pub(super) package: &'a Ident,
    /// Whether a test names a type of the module, which is then imported.
    pub(super) names_module: &'a Cell<bool>,
}

impl Context<'_> {
    fn test(&self, example: &Example) -> Option<TokenStream> {
        let name = format!(
            "{}_{}_{}",
            self.resource.module, self.operation.method, example.name
        );
        let name = Ident::new(&name, Span::call_site());
        match &example.body {
            ExampleBody::Response { ty, json } => {
                let ty = self.ty(ty);
                let json = literal(&json.to_string());
                Some(quote! {
                    #[test]
                    fn #name() {
                        reads::<#ty>(#json);
                    }
                })
            }
            // How a value looks in another style is not in the example.
            ExampleBody::Form { .. } if self.has_styles() => None,
            ExampleBody::Form { fields, others } => {
                let call = self.call(fields, others)?;
                let pairs = fields.iter().flat_map(|(name, value)| pairs(name, value));
                let path = self.path(others);
                let deprecated = (self.module.is_deprecated() || self.operation.deprecated).then(
                    || quote!(#[expect(deprecated, reason = "the document advises against it")]),
                );
                let http = self.operation.http.as_str();
                Some(quote! {
                    #[tokio::test]
                    #deprecated
                    async fn #name() {
                        let server = Server::start().await;
                        let call = server.client()#call;
                        server.receives(call.send(), #http, #path, &[#(#pairs),*]).await;
                    }
                })
            }
        }
    }

    fn has_styles(&self) -> bool {
        let mut inputs = self.operation.inputs.iter();
        inputs.any(|input| input.style != Style::default())
    }

    fn ty(&self, ty: &Type) -> TokenStream {
        match ty {
            Type::Bool | Type::Flag => quote!(bool),
            Type::Integer => quote!(i64),
            Type::Integer32 => quote!(i32),
            Type::Unsigned => quote!(u64),
            Type::Unsigned32 => quote!(u32),
            Type::Number => quote!(f64),
            Type::Named(id) => self.named(*id),
            Type::List(inner) => {
                let inner = self.ty(inner);
                quote!(Vec<#inner>)
            }
            Type::Map(inner) => {
                let inner = self.ty(inner);
                quote!(std::collections::BTreeMap<String, #inner>)
            }
            Type::Boxed(inner) => self.ty(inner),
            Type::Nullable(inner) => {
                let inner = self.ty(inner);
                quote!(Option<#inner>)
            }
            Type::Text
            | Type::Secret
            | Type::Timestamp
            | Type::Date
            | Type::Bytes
            | Type::Upload => {
                quote!(String)
            }
            Type::Json => quote!(serde_json::Value),
        }
    }

    pub(super) fn named(&self, id: TypeId) -> TokenStream {
        let package = self.package;
        let Some(definition) = self.model.type_def(id) else {
            return quote!(());
        };
        let name = ident(&definition.name);
        let module = match definition.home {
            Home::Root => None,
            Home::Module(index) => self
                .model
                .modules
                .get(index)
                .and_then(|module| module.name.as_ref()),
        };
        if let Some(module) = module.map(ident) {
            self.names_module.set(true);
            quote!(#module::#name)
        } else {
            quote!(#package::#name)
        }
    }

    /// The path with the values of its parameters, which need no encoding: they are made from patterns.
    fn path(&self, others: &[(String, Value)]) -> String {
        let servers = self.module.servers_of(self.operation);
        let base = servers.first().filter(|url| url.reach == Reach::Relative);
        let mut path = base.map(|url| url.template.clone()).unwrap_or_default();
        path.push_str(&self.operation.path);
        for (wire, value) in others {
            path = path.replace(&format!("{{{wire}}}"), &text(value));
        }
        path
    }

    /// The call from the client on; none where the example does not fit the types.
    fn call(&self, fields: &[(String, Value)], others: &[(String, Value)]) -> Option<TokenStream> {
        let find = |wire: &str| {
            fields
                .iter()
                .chain(others)
                .find(|(name, _)| name == wire)
                .map(|(_, value)| value)
        };
        let module = self.module.name.as_ref().map(|name| {
            let name = ident(name);
            quote!(.#name())
        });
        let (resource, method) = (ident(&self.resource.module), ident(&self.operation.method));
        let mut arguments = Vec::new();
        for argument in self.operation.arguments() {
            arguments.push(match argument {
                Argument::Input(input) => value_of(self.model, &input.ty, find(&input.wire)?)?,
                Argument::Body(body) => self.union(body.ty.named()?, fields)?,
            });
        }
        let mut setters = Vec::new();
        let own: Vec<&Input> = self.operation.setters().collect();
        for (wire, value) in fields {
            if let Some(input) = own.iter().find(|input| &input.wire == wire) {
                setters.push(setter(self.model, &input.name, &input.ty, value)?);
            }
        }
        Some(quote!(#module.#resource().#method(#(#arguments),*)#(#setters)*))
    }

    /// The form of the alternative that the example chooses.
    pub(super) fn chosen_form(&self, id: TypeId, fields: &[(String, Value)]) -> Option<TypeId> {
        let TypeKind::Union(union) = &self.model.type_def(id)?.kind else {
            return None;
        };
        Some(chosen(union, fields)?.form)
    }

    /// The alternative that the example chooses, with its fields.
    pub(super) fn union(&self, id: TypeId, fields: &[(String, Value)]) -> Option<TokenStream> {
        let TypeKind::Union(union) = &self.model.type_def(id)?.kind else {
            return None;
        };
        let variant = chosen(union, fields)?;
        let TypeKind::Form(form) = &self.model.type_def(variant.form)?.kind else {
            return None;
        };
        let find = |field: &FormField| {
            fields
                .iter()
                .find(|(wire, _)| *wire == field.wire)
                .map(|(_, value)| value)
        };
        let mut arguments = Vec::new();
        let mut setters = Vec::new();
        for field in &form.fields {
            match (field.required, find(field)) {
                (true, value) => arguments.push(value_of(self.model, &field.ty, value?)?),
                (false, Some(value)) => {
                    setters.push(setter(self.model, &field.name, &field.ty, value)?);
                }
                (false, None) => {}
            }
        }
        let (name, constructor) = (self.named(id), ident(&variant.constructor));
        Some(quote!(#name::#constructor(#(#arguments),*)#(#setters)*))
    }
}

fn setter(model: &Crate, name: &Name, ty: &Type, value: &Value) -> Option<TokenStream> {
    let (name, value) = (ident(name), value_of(model, ty, value)?);
    Some(quote!(.#name(#value)))
}

/// A value as an argument.
fn value_of(model: &Crate, ty: &Type, value: &Value) -> Option<TokenStream> {
    let definition = ty.named().and_then(|id| model.type_def(id));
    match definition.map(|definition| &definition.kind) {
        Some(TypeKind::Struct(_)) => return None,
        Some(TypeKind::OneOf(choice)) if !choices::takes_text(model, choice) => return None,
        _ => {}
    }
    match (ty, value) {
        (Type::Bool | Type::Flag, Value::Bool(value)) => Some(quote!(#value)),
        (Type::Bool | Type::Flag, Value::String(text)) => {
            let value = text.eq_ignore_ascii_case("true");
            Some(quote!(#value))
        }
        (Type::Integer, Value::Number(number)) => {
            let number = Literal::i64_unsuffixed(number.as_i64()?);
            Some(quote!(#number))
        }
        (Type::Number, Value::Number(number)) => {
            let number = Literal::f64_unsuffixed(number.as_f64()?);
            Some(quote!(#number))
        }
        (Type::Text | Type::Secret | Type::Named(_) | Type::Json, Value::String(text)) => {
            let text = Literal::string(text);
            Some(quote!(#text))
        }
        (Type::List(inner), Value::Array(items)) => {
            let items: Option<Vec<_>> = items
                .iter()
                .map(|item| value_of(model, inner, item))
                .collect();
            let items = items?;
            Some(quote!([#(#items),*]))
        }
        _ => None,
    }
}

fn chosen<'u>(
    union: &'u Union,
    fields: &[(String, Value)],
) -> Option<&'u crate::model::UnionVariant> {
    let (_, value) = fields.iter().find(|(wire, _)| *wire == union.tag)?;
    union
        .variants
        .iter()
        .find(|variant| Some(variant.value.as_str()) == value.as_str())
}

/// The pairs of a field on the wire.
fn pairs(name: &str, value: &Value) -> Vec<TokenStream> {
    let pair = |value: &Value| {
        let (name, value) = (Literal::string(name), Literal::string(&text(value)));
        quote!((#name, #value))
    };
    match value {
        Value::Array(items) => items.iter().map(pair).collect(),
        other => vec![pair(other)],
    }
}

fn text(value: &Value) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned)
}
