//! Takes what is the crate's own about its client and gives it: how to log in, where the modules are; it must never repeat what the runtime does for any API.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

use super::structs::deprecated;
use super::{access, docs, gate, ident, literal, module, operation, places, usage};
use crate::model::{Crate, Home, Module};

/// The crate's part of the client and its builder.
pub(crate) fn emit(model: &Crate) -> TokenStream {
    let settings = settings(model);
    let from_env = access::from_env(model, Kind::Async);
    let accessors = accessors(model, Kind::Async);
    let methods = access::methods(model);
    let bases = model
        .modules
        .iter()
        .filter_map(|module| base_url(model, module))
        .collect::<Vec<_>>();
    let root = model
        .modules
        .iter()
        .find(|module| module.name.is_none() && !module.resources.is_empty());
    let server = root.map(module::servers);
    let usual = root.map(operation::usual);
    let resources = root.map(root_imports);
    let imports = access::imports(model, root);
    let builder = Kind::Async.builder(model);
    let inner = docs::inner(["How to log in, and where the parts of the API are."]);
    quote! {
        #inner
        #resources
        use crate::runtime::{#(#imports),*};

        impl Client {
            #builder
            #from_env
            #accessors
        }

        impl ClientBuilder {
            #methods
            #(#bases)*
        }

        #server

        #usual

        #settings
    }
}

/// Where the resources are that a client without modules leads to.
pub(crate) fn root_imports(module: &Module) -> TokenStream {
    let always = module.resources.iter().filter(|one| one.feature.is_none());
    let names: Vec<_> = always.map(|one| ident(&one.module)).collect();
    if names.is_empty() {
        return TokenStream::new();
    }
    quote!(use crate::{#(#names),*};)
}

/// The clients that a crate has.
#[derive(Clone, Copy)]
pub(crate) enum Kind {
    Async,
    Blocking,
}

impl Kind {
    /// In the crate.
    pub(crate) fn path(self) -> &'static str {
        match self {
            Self::Async => "Client",
            Self::Blocking => "blocking::Client",
        }
    }

    /// The method that ends its builder.
    pub(crate) fn build(self) -> TokenStream {
        match self {
            Self::Async => quote!(build),
            Self::Blocking => quote!(build_blocking),
        }
    }

    /// After the name of a handle, which is one of the usual client by itself.
    pub(crate) fn of(self) -> Option<TokenStream> {
        match self {
            Self::Async => None,
            Self::Blocking => Some(quote!(<Client>)),
        }
    }

    /// The function that begins a builder.
    pub(crate) fn builder(self, model: &Crate) -> TokenStream {
        let text = match self {
            Self::Async => "A builder, for all that the environment does not say.",
            Self::Blocking => {
                "A builder, to be ended with [`build_blocking`](ClientBuilder::build_blocking)."
            }
        };
        let example = usage::builder(model, self).unwrap_or_default();
        let mut text = vec![text.to_owned()];
        text.extend(places::of(model));
        text.push(example);
        let docs = docs::paragraphs(text);
        let made = match self {
            Self::Async => quote!(ClientBuilder::new(&SETTINGS)),
            Self::Blocking => quote!(crate::Client::builder()),
        };
        quote! {
            #docs
            pub fn builder() -> ClientBuilder {
                #made
            }
        }
    }
}

/// The ways to all parts of the API.
pub(crate) fn accessors(model: &Crate, kind: Kind) -> TokenStream {
    let accessors = model
        .modules
        .iter()
        .map(|module| accessor(model, module, kind));
    quote!(#(#accessors)*)
}

/// The way to a module, or to the resources where the crate has no modules.
fn accessor(model: &Crate, module: &Module, kind: Kind) -> TokenStream {
    let Some(name) = module.name.as_ref().map(ident) else {
        return module::accessors(model, module, module::Owner::Client(kind));
    };
    let handle = ident(&module.handle);
    let docs = docs::paragraphs([
        format!("{}.", docs::line(&module.title)),
        usage::module(model, module, kind).unwrap_or_default(),
    ]);
    let of = kind.of();
    let (deprecated, gate) = (deprecated(module.is_deprecated()), gate::gate(module));
    quote! {
        #docs
        #gate
        #deprecated
        #[must_use]
        pub fn #name(&self) -> crate::#name::#handle #of {
            crate::#name::#handle::new(self.clone())
        }
    }
}

fn base_url(model: &Crate, module: &Module) -> Option<TokenStream> {
    let name = module.name.as_ref()?;
    let method = Ident::new(&format!("{name}_base_url"), Span::call_site());
    let module_name = ident(name);
    let url = module.servers.first();
    let docs = docs::paragraphs([
        match url {
            Some(url) => format!(
                "The URL that takes the place of {}, the server of {}.",
                docs::code(&url.template),
                docs::line(&module.title)
            ),
            None => format!("The URL of the server of {}.", docs::line(&module.title)),
        },
        "Credentials are sent there. It goes before `base_url`, which is for all servers."
            .to_owned(),
        usage::builder_method(model, &quote!(.#method("https://gateway.example.com")), &[])
            .unwrap_or_default(),
    ]);
    let gate = gate::gate(module);
    Some(quote! {
        #docs
        #gate
        pub fn #method(self, url: impl Into<String>) -> Self {
            self.base_url_of(&crate::#module_name::SERVER, url)
        }
    })
}

fn settings(model: &Crate) -> TokenStream {
    let logins = access::logins(model);
    let variables = access::choices(model);
    let tokens = model.tokens.as_ref().map_or("", |tokens| &tokens.url);
    let tokens = literal(tokens);
    let header = literal(&model.request_id_header);
    let unprocessed = model.rate_limited_is_unprocessed;
    quote! {
        static SETTINGS: Settings = Settings {
            user_agent: concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION")),
            logins: &[#(#logins),*],
            variables: &[#(#variables),*],
            token_url: #tokens,
            request_id_header: #header,
            errors: ErrorShape::DEFAULT,
            rate_limited_is_unprocessed: #unprocessed,
        };
    }
}

/// The home of a crate's only document.
pub(crate) const ONLY: Home = Home::Module(0);
