//! Takes a resource and gives its module: the handle with a method for each operation, and the calls; it must never send anything.

use proc_macro2::TokenStream;
use quote::quote;

use super::client::Kind;
use super::scope::{Scope, conversion};
use super::structs::deprecated;
use super::usage::{self, Place};
use super::{Piece, Sink, answers, bodies, call, docs, forms, ident};
use crate::model::{Argument, Crate, Failure, Module, Operation, Resource, Type};

/// The module of a resource.
pub(crate) fn emit(
    model: &Crate,
    module: &Module,
    resource: &Resource,
    sink: Sink<'_>,
) -> TokenStream {
    let mut scope = Scope::new(model, None);
    let client = scope.runtime("Client");
    let handle = ident(&resource.handle);
    let about = docs::foreign(&resource.docs);
    let inner = docs::inner([format!("[`{}`] and its calls.", resource.handle)]);
    let place = Place { module, resource };
    let docs = docs::paragraphs([
        about,
        "Cheap to clone; all clones share the client.".to_owned(),
        usage::handle(model, place, Kind::Async).unwrap_or_default(),
    ]);
    let quiet = module.is_deprecated();
    let methods = resource
        .operations
        .iter()
        .map(|operation| method(&mut scope, place, operation, quiet));
    let methods = methods.collect::<Vec<_>>();
    let declared = quote! {
        #docs
        pub struct #handle<C = #client>;
    };
    sink(Piece::Declared("handle", declared));
    sink(Piece::Items(
        quote!(impl<C: Clone> #handle<C> { #(#methods)* }),
    ));
    for operation in &resource.operations {
        sink(Piece::Items(call::emit(&mut scope, place, operation)));
    }
    let imports = scope.imports();
    quote!(#inner #imports)
}

/// The method that begins a call. Where a whole module is deprecated, its accessor says so once.
fn method(
    scope: &mut Scope<'_>,
    place: Place<'_>,
    operation: &Operation,
    quiet: bool,
) -> TokenStream {
    let call = scope.runtime("Call");
    let (name, request) = (ident(&operation.method), ident(&operation.request));
    let arguments = operation.arguments();
    let parameters = arguments.iter().map(|argument| {
        let (name, ty) = (ident(argument.name()), scope.argument(argument.ty()));
        quote!(#name: #ty)
    });
    let parameters = parameters.collect::<Vec<_>>();
    let value = request_value(scope, operation);
    let many = (arguments.len() > 6)
        .then(|| quote!(#[expect(clippy::too_many_arguments, reason = "the API requires every one of them")]));
    let example = usage::operation(scope.model, place, operation);
    let docs = docs::paragraphs(
        paragraphs(scope.model, operation)
            .into_iter()
            .chain(example),
    );
    let deprecated = deprecated(operation.deprecated && !quiet);
    quote! {
        #docs
        #deprecated
        #many
        pub fn #name(&self #(, #parameters)*) -> #call<C, #request> {
            self.begin(#request #value)
        }
    }
}

/// The request with what is required.
fn request_value(scope: &Scope<'_>, operation: &Operation) -> TokenStream {
    let arguments = operation.arguments();
    let count = operation.inputs.len() + usize::from(operation.body.is_some());
    if count == 0 {
        return TokenStream::new();
    }
    if arguments.is_empty() {
        return quote!(::default());
    }
    let given = arguments.iter().map(|argument| {
        let name = ident(argument.name());
        let value = conversion(scope, argument.ty(), &quote!(#name));
        if name == value.to_string() {
            quote!(#name)
        } else {
            quote!(#name: #value)
        }
    });
    if arguments.len() == count {
        return quote!({ #(#given),* });
    }
    if call::has_default(scope, operation) {
        return quote!({ #(#given,)* ..Default::default() });
    }
    let body = operation.body.iter().filter(|body| !body.required);
    let absent = body.map(|body| &body.name);
    let absent = absent.chain(operation.setters().map(|input| &input.name));
    let absent = absent.map(ident);
    quote!({ #(#given,)* #(#absent: None),* })
}

const SECOND: &str = "The answer comes as a stream: the API gives one to those who ask for it, and some APIs want a flag in the request as well.";

fn paragraphs(model: &Crate, operation: &Operation) -> Vec<String> {
    let mut paragraphs = vec![docs::foreign(&operation.docs)];
    if paragraphs.iter().all(std::string::String::is_empty) {
        paragraphs = vec![docs::code(&format!(
            "{} {}",
            operation.http.as_str(),
            operation.path
        ))];
    }
    paragraphs.extend(bodies::about(operation));
    if operation.paging.is_some() {
        paragraphs.push("`send` reads one page. `stream` reads the items of all pages, and asks for a page when its first item is wanted.".to_owned());
    }
    if operation.is_second {
        paragraphs.push(SECOND.to_owned());
    }
    if let Some(headers) = operation.headers {
        let link = answers::link(model, &Type::Named(headers));
        paragraphs.extend(link.map(|link| format!("Headers of the answer: {link}.")));
    }
    let arguments = operation.arguments();
    let items = arguments.iter().map(|argument| match argument {
        Argument::Input(input) => forms::item_docs(
            input.name.as_str(),
            &input.docs,
            &forms::notes(&input.rules, None),
        ),
        Argument::Body(body) => {
            forms::item_docs(body.name.as_str(), first_paragraph(&body.docs), "")
        }
    });
    paragraphs.push(items.collect::<Vec<_>>().join("\n"));
    if let Some(see) = operation
        .see
        .as_deref()
        .filter(|url| url.starts_with("https://"))
    {
        paragraphs.push(docs::link("More", see));
    }
    if !operation.errors.is_empty() {
        paragraphs.push("# Errors".to_owned());
        let shared = shared_body(operation).and_then(|ty| answers::link(model, ty));
        let body = shared
            .as_ref()
            .map_or_else(String::new, |link| format!(", with {link} as the body,"));
        paragraphs.push(format!("The call fails when a value is not allowed (nothing is sent then), when there is no answer, and{body} with"));
        let is_shared = shared.is_some();
        let items = operation
            .errors
            .iter()
            .map(|error| failure(model, error, is_shared));
        paragraphs.push(items.collect::<Vec<_>>().join("\n"));
    }
    paragraphs
}

/// The type of the body of several errors, where that is the same for all.
fn shared_body(operation: &Operation) -> Option<&Type> {
    let first = operation.errors.first()?.ty.as_ref()?;
    let mut all = operation.errors.iter();
    let is_shared = all.all(|error| error.ty.as_ref() == Some(first));
    (is_shared && operation.errors.len() > 1).then_some(first)
}

/// What an error status means, and the type of its body.
fn failure(model: &Crate, error: &Failure, is_shared: bool) -> String {
    let status = if error.status == "default" {
        "any other status".to_owned()
    } else {
        format!("status {}", error.status)
    };
    let ty = error.ty.as_ref().filter(|_| !is_shared);
    let body = ty.and_then(|ty| answers::link(model, ty));
    let body = body.map_or_else(String::new, |link| format!(" with {link}"));
    let item = docs::continued(
        &format!("* {status}{body}:"),
        &docs::foreign(&error.meaning),
    );
    item.lines().collect::<Vec<_>>().join("\n  ")
}

pub(super) fn first_paragraph(text: &str) -> &str {
    text.trim().split("\n\n").next().unwrap_or_default()
}
