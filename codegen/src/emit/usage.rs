//! Takes an operation or a type and gives a documentation example of its use; it must never contain text of the document, nor send anything when it runs.

mod sent;

pub(crate) use sent::sent;

use std::collections::BTreeSet;

use proc_macro2::{Literal, TokenStream};
use quote::{ToTokens, quote};

use super::client::Kind;
use super::{ident, literal};
use crate::model::{
    Argument, Crate, FormStruct, Home, Input, Login, Module, Name, Operation, Pattern, Resource,
    Rules, Struct, Success, Type, TypeDef, TypeId, TypeKind, Union, UnionVariant,
};

/// An example that is being written: what its code refers to and does not make itself.
pub(crate) struct Usage<'m> {
    model: &'m Crate,
    imports: BTreeSet<String>,
    /// Values that the example is given, with their types.
    given: Vec<(String, String)>,
    waits: bool,
}

/// The name of a crate in code.
pub(crate) fn crate_name(model: &Crate) -> String {
    model.package.name.replace('-', "_")
}

impl<'m> Usage<'m> {
    /// None where the crate is not to have an example on every item.
    pub(crate) fn new(model: &'m Crate) -> Option<Self> {
        model.package.example_on_every_item.then(|| Self {
            model,
            imports: BTreeSet::new(),
            given: Vec::new(),
            waits: false,
        })
    }

    /// Has the example given a value, once.
    fn given(&mut self, name: &str, ty: String) -> TokenStream {
        if !self.given.iter().any(|(known, _)| known == name) {
            self.given.push((name.to_owned(), ty));
        }
        name.parse().unwrap_or_default()
    }

    /// The path to a definition as a user of the crate writes it.
    fn path(&self, id: TypeId) -> Option<(String, &'m TypeDef)> {
        let definition = self.model.type_def(id)?;
        Some((path_of(self.model, definition), definition))
    }

    fn import(&mut self, path: String) {
        self.imports.insert(path);
    }

    /// A value for an argument. What is secret comes from somewhere else.
    fn value(&mut self, name: &Name, ty: &Type, rules: &Rules) -> Option<TokenStream> {
        Some(match ty {
            Type::Bool | Type::Flag | Type::Json => quote!(true),
            Type::Integer | Type::Integer32 | Type::Unsigned | Type::Unsigned32 => {
                let number = rules.maximum.or(rules.minimum).unwrap_or(1);
                Literal::i64_unsuffixed(number).into_token_stream()
            }
            Type::Number => quote!(1.0),
            Type::Text => {
                let text = rules.pattern.as_ref().map(Pattern::sample);
                let words = name.as_str().trim_end_matches('_').replace('_', " ");
                literal(&text.unwrap_or(words)).into_token_stream()
            }
            Type::Secret => self.given(name.as_str(), "String".to_owned()),
            Type::Timestamp => {
                self.given(name.as_str(), "chrono::DateTime<chrono::Utc>".to_owned())
            }
            Type::Date => self.given(name.as_str(), "chrono::NaiveDate".to_owned()),
            Type::Bytes | Type::Upload => Literal::byte_string(b"data").into_token_stream(),
            Type::Named(id) => self.definition(name, *id)?,
            Type::Nullable(_) => quote!(None),
            Type::List(inner) => {
                let item = self.value(name, inner, rules)?;
                quote!([#item])
            }
            Type::Boxed(inner) => self.value(name, inner, rules)?,
            Type::Map(_) => quote!(std::collections::BTreeMap::new()),
        })
    }

    fn definition(&mut self, name: &Name, id: TypeId) -> Option<TokenStream> {
        let (path, definition) = self.path(id)?;
        let type_name = ident(&definition.name);
        Some(match &definition.kind {
            TypeKind::Newtype(newtype) => literal(&newtype.pattern.sample()).into_token_stream(),
            TypeKind::Enum(values) => {
                let variant = ident(&values.variants.first()?.name);
                self.import(path);
                quote!(#type_name::#variant)
            }
            TypeKind::Union(union) => {
                let variant = union.variants.first()?;
                let made = self.variant_value(variant)?;
                self.import(path);
                let constructor = ident(&variant.constructor);
                quote!(#type_name::#constructor(#(#made),*))
            }
            TypeKind::Form(_) | TypeKind::Struct(_) | TypeKind::OneOf(_) | TypeKind::Headers(_) => {
                self.given(name.as_str(), path)
            }
        })
    }

    fn variant_value(&mut self, variant: &UnionVariant) -> Option<Vec<TokenStream>> {
        let TypeKind::Form(form) = &self.model.type_def(variant.form)?.kind else {
            return None;
        };
        self.required(form)
    }

    /// Values for what a form cannot do without.
    fn required(&mut self, form: &FormStruct) -> Option<Vec<TokenStream>> {
        let required = form.fields.iter().filter(|field| field.required);
        required
            .map(|field| self.value(&field.name, &field.ty, &field.rules))
            .collect()
    }

    /// A call from the handle on.
    fn call(&mut self, place: Place<'_>, operation: &Operation) -> Option<TokenStream> {
        let mut arguments = Vec::new();
        for argument in operation.arguments() {
            arguments.push(match argument {
                Argument::Input(input) => self.value(&input.name, &input.ty, &input.rules)?,
                Argument::Body(body) => self.value(&body.name, &body.ty, &Rules::default())?,
            });
        }
        let Place { module, resource } = place;
        let module = path_in(self.model, module.name.as_ref());
        let path = format!("{module}::{}::{}", resource.module, resource.handle);
        let handle = self.given(resource.module.as_str(), path);
        let method = ident(&operation.method);
        Some(quote!(#handle.#method(#(#arguments),*)))
    }

    /// The example as Markdown: what a reader needs is shown, what makes it compile is hidden.
    fn finish(self, body: &TokenStream) -> Option<String> {
        let body = formatted(body)?;
        let package = crate_name(self.model);
        let given = self
            .given
            .iter()
            .map(|(name, ty)| format!("{name}: {ty}"))
            .collect::<Vec<_>>()
            .join(", ");
        let mut lines = vec!["# Example".to_owned(), String::new(), "```".to_owned()];
        lines.extend(self.imports.iter().map(|path| format!("use {path};")));
        if !self.imports.is_empty() {
            lines.push(String::new());
        }
        if self.waits {
            lines.push(format!(
                "# async fn example({given}) -> Result<(), {package}::Error> {{"
            ));
            lines.extend(body);
            lines.push("# Ok(())".to_owned());
        } else {
            lines.push(format!("# fn example({given}) {{"));
            lines.extend(body);
        }
        lines.extend(["# }".to_owned(), "```".to_owned()]);
        Some(lines.join("\n"))
    }
}

/// Where an operation stands.
#[derive(Clone, Copy)]
pub(crate) struct Place<'a> {
    pub(crate) module: &'a Module,
    pub(crate) resource: &'a Resource,
}

impl Place<'_> {
    /// From the client to the handle.
    fn handle(self) -> TokenStream {
        let resource = ident(&self.resource.module);
        let module = self.module.name.as_ref().map(ident);
        let module = module.map(|module| quote!(.#module()));
        quote!(#module.#resource())
    }
}

/// The path of a definition as a user of the crate writes it.
pub(crate) fn path_of(model: &Crate, definition: &TypeDef) -> String {
    let module = match definition.home {
        Home::Root => None,
        Home::Module(index) => model
            .modules
            .get(index)
            .and_then(|module| module.name.as_ref()),
    };
    format!("{}::{}", path_in(model, module), definition.name)
}

/// The path of a module, or of the crate where it has none.
fn path_in(model: &Crate, module: Option<&Name>) -> String {
    let package = crate_name(model);
    module.map_or_else(|| package.clone(), |module| format!("{package}::{module}"))
}

/// Statements, formatted as in a function and then moved to the margin.
fn formatted(body: &TokenStream) -> Option<Vec<String>> {
    let file = syn::parse2(quote!(fn example() { #body })).ok()?;
    let text = prettyplease::unparse(&file);
    let mut lines: Vec<String> = text
        .lines()
        .skip(1)
        .map(|line| line.strip_prefix("    ").unwrap_or(line).to_owned())
        .collect();
    lines.pop();
    Some(lines)
}

/// The path of a client.
fn client(model: &Crate, kind: Kind) -> String {
    format!("{}::{}", crate_name(model), kind.path())
}

/// A client that is built.
pub(crate) fn builder(model: &Crate, kind: Kind) -> Option<String> {
    let mut usage = Usage::new(model)?;
    usage.import(client(model, kind));
    usage.waits = true;
    let build = kind.build();
    let login = model.logins.first().map(|login| {
        let names = login
            .user
            .iter()
            .chain([&login.secret])
            .map(|part| &part.name);
        let names = names.map(|name| usage.given(name.as_str(), "String".to_owned()));
        let (method, names) = (ident(&login.method), names.collect::<Vec<_>>());
        quote!(.#method(#(#names),*))
    });
    usage.finish(&quote!(let client = Client::builder()#login.#build()?;))
}

/// A client of the environment.
pub(crate) fn from_env(model: &Crate, kind: Kind) -> Option<String> {
    let mut usage = Usage::new(model)?;
    usage.import(client(model, kind));
    usage.waits = true;
    usage.finish(&quote!(let client = Client::from_env()?;))
}

/// A builder that is told something; `given` are the names of the texts that the example does not make itself.
pub(crate) fn builder_method(model: &Crate, call: &TokenStream, given: &[&Name]) -> Option<String> {
    let mut usage = Usage::new(model)?;
    for name in given {
        usage.given(name.as_str(), "String".to_owned());
    }
    usage.import(client(model, Kind::Async));
    usage.finish(&quote!(let builder = Client::builder()#call;))
}

/// A value for a part of a host's name, which has no characters that could be anything but text.
pub(crate) fn host_part(value: &str) -> &str {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || c == '-';
    if !value.is_empty() && value.chars().all(is_plain) {
        value
    } else {
        "one"
    }
}

/// A builder that is told how to log in.
pub(crate) fn login(model: &Crate, login: &Login) -> Option<String> {
    let names: Vec<&Name> = login
        .user
        .iter()
        .chain([&login.secret])
        .map(|part| &part.name)
        .collect();
    let (method, arguments) = (ident(&login.method), names.iter().map(|name| ident(name)));
    builder_method(model, &quote!(.#method(#(#arguments),*)), &names)
}

/// The way to a resource.
pub(crate) fn handle(model: &Crate, place: Place<'_>, kind: Kind) -> Option<String> {
    let mut usage = Usage::new(model)?;
    let client = usage.given("client", client(model, kind));
    let (handle, name) = (place.handle(), ident(&place.resource.module));
    usage.finish(&quote!(let #name = #client #handle;))
}

/// The way to a version of the API.
pub(crate) fn module(model: &Crate, module: &Module, kind: Kind) -> Option<String> {
    let mut usage = Usage::new(model)?;
    let client = usage.given("client", client(model, kind));
    let name = ident(module.name.as_ref()?);
    usage.finish(&quote!(let #name = #client.#name();))
}

/// A call that is sent.
pub(crate) fn operation(model: &Crate, place: Place<'_>, operation: &Operation) -> Option<String> {
    let mut usage = Usage::new(model)?;
    let call = usage.call(place, operation)?;
    usage.waits = true;
    let body = match (&operation.paging, &operation.success) {
        (Some(_), _) => quote! {
            let mut items = #call.stream();
            while let Some(item) = items.next().await {
                let item = item?;
                println!("{item:?}");
            }
        },
        (None, Success::Empty) => quote!(#call.send().await?;),
        (None, Success::Events(..)) => quote! {
            let mut events = #call.send().await?;
            while let Some(event) = events.next().await {
                println!("{:?}", event?.data);
            }
        },
        (None, Success::Lines(_)) => quote! {
            let mut lines = #call.send().await?;
            while let Some(line) = lines.next().await {
                println!("{:?}", line?);
            }
        },
        (None, Success::Bytes) => quote!(let bytes = #call.send().await?.bytes().await?;),
        (None, _) => quote!(let answer = #call.send().await?;),
    };
    usage.finish(&body)
}

/// A call that is given one thing more.
pub(crate) fn setter(
    model: &Crate,
    place: Place<'_>,
    operation: &Operation,
    input: &Input,
) -> Option<String> {
    let mut usage = Usage::new(model)?;
    let call = usage.call(place, operation)?;
    let value = usage.value(&input.name, &input.ty, &input.rules)?;
    let name = ident(&input.name);
    usage.finish(&quote!(let call = #call.#name(#value);))
}

/// The type of a call, spelt out.
pub(crate) fn request(model: &Crate, place: Place<'_>, operation: &Operation) -> Option<String> {
    let mut usage = Usage::new(model)?;
    let package = crate_name(model);
    let module = path_in(model, place.module.name.as_ref());
    let resource = &place.resource.module;
    usage.import(format!("{package}::{{Call, Client}}"));
    usage.import(format!("{module}::{resource}::{}", operation.request));
    let request = ident(&operation.request);
    usage.finish(&quote! {
        struct Waiting {
            calls: Vec<Call<Client, #request>>,
        }
    })
}

/// What can be read from an answer.
pub(crate) fn structure(model: &Crate, definition: &TypeDef, shape: &Struct) -> Option<String> {
    let mut usage = Usage::new(model)?;
    let path = path_of(model, definition);
    if shape.page.is_some() {
        usage.import(format!("{}::Page", crate_name(model)));
        let given = usage.given("page", path);
        return usage.finish(&quote! {
            for item in #given.items() {
                println!("{item:?}");
            }
        });
    }
    let given = usage.given("answer", path);
    let field = shape.fields.first().map(|field| ident(&field.name));
    let field = field.map(|field| quote!(.#field));
    usage.finish(&quote!(println!("{:?}", #given #field);))
}

/// A form that is made, with `field` set where one is named.
pub(crate) fn form(
    model: &Crate,
    definition: &TypeDef,
    shape: &FormStruct,
    field: Option<&str>,
) -> Option<String> {
    let mut usage = Usage::new(model)?;
    let required = usage.required(shape)?;
    let chosen = shape
        .fields
        .iter()
        .find(|candidate| Some(candidate.wire.as_str()) == field);
    let setter = match chosen {
        Some(chosen) => {
            let value = usage.value(&chosen.name, &chosen.ty, &chosen.rules)?;
            let name = ident(&chosen.name);
            quote!(.#name(#value))
        }
        None => TokenStream::new(),
    };
    usage.import(path_of(model, definition));
    let name = ident(&definition.name);
    usage.finish(&quote!(let form = #name::new(#(#required),*)#setter;))
}

/// One of several forms.
pub(crate) fn variant(
    model: &Crate,
    definition: &TypeDef,
    variant: &UnionVariant,
) -> Option<String> {
    let mut usage = Usage::new(model)?;
    let made = usage.variant_value(variant)?;
    usage.import(path_of(model, definition));
    let (name, constructor) = (ident(&definition.name), ident(&variant.constructor));
    usage.finish(&quote!(let form = #name::#constructor(#(#made),*);))
}

/// Several forms in one type.
pub(crate) fn union(model: &Crate, definition: &TypeDef, union: &Union) -> Option<String> {
    let mut usage = Usage::new(model)?;
    let variant = union.variants.first()?;
    let made = usage.variant_value(variant)?;
    usage.import(path_of(model, definition));
    let (name, constructor) = (ident(&definition.name), ident(&variant.constructor));
    usage.finish(&quote!(let form: #name = #name::#constructor(#(#made),*).into();))
}

/// Text that has a form.
pub(crate) fn newtype(model: &Crate, definition: &TypeDef) -> Option<String> {
    let TypeKind::Newtype(newtype) = &definition.kind else {
        return None;
    };
    let mut usage = Usage::new(model)?;
    usage.import(path_of(model, definition));
    let (name, text) = (ident(&definition.name), literal(&newtype.pattern.sample()));
    usage.finish(&quote! {
        let has_form = #name::try_from(#text).is_ok_and(|value| value.is_valid());
    })
}

/// A value out of a list.
pub(crate) fn enumeration(model: &Crate, definition: &TypeDef) -> Option<String> {
    let TypeKind::Enum(values) = &definition.kind else {
        return None;
    };
    let mut usage = Usage::new(model)?;
    usage.import(path_of(model, definition));
    let name = ident(&definition.name);
    let variant = ident(&values.variants.first()?.name);
    if values.numbers {
        return usage.finish(&quote! {
            let value = #name::#variant;
            assert_eq!(#name::from(value.as_i64()), value);
        });
    }
    usage.finish(&quote! {
        let value = #name::#variant;
        assert_eq!(#name::from(value.as_str()), value);
    })
}
