//! Takes what is the crate's own about its client and gives it: how to log in, where the modules are; it must never repeat what the runtime does for any API.

use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::quote;

use super::structs::deprecated;
use super::{access, docs, gate, ident, module};
use crate::model::{Crate, Home, Module};

/// The crate's part of the client and its builder.
pub(crate) fn emit(model: &Crate) -> TokenStream {
    let settings = settings(model);
    let from_env = access::from_env(model, &quote!(build));
    let accessors = accessors(model, &TokenStream::new());
    let methods = access::methods(model);
    let bases = model
        .modules
        .iter()
        .filter_map(base_url)
        .collect::<Vec<_>>();
    let root = model
        .modules
        .iter()
        .find(|module| module.name.is_none() && !module.resources.is_empty());
    let server = root.map(module::server);
    let resources = root.map(root_imports);
    let imports = access::imports(model, root);
    let inner = docs::inner(["How to log in, and where the parts of the API are."]);
    quote! {
        #inner
        #resources
        use crate::runtime::{#(#imports),*};

        impl Client {
            /// A builder, for all that the environment does not say.
            pub fn builder() -> ClientBuilder {
                ClientBuilder::new(&SETTINGS)
            }

            #from_env
            #accessors
        }

        impl ClientBuilder {
            #methods
            #(#bases)*
        }

        #server

        #settings
    }
}

/// Where the resources are that a client without modules leads to.
pub(crate) fn root_imports(module: &Module) -> TokenStream {
    let names = module
        .resources
        .iter()
        .map(|resource| ident(&resource.module));
    quote!(use crate::{#(#names),*};)
}

/// The ways to all parts of the API; `of` is the client in angle brackets, where it is not the usual one.
pub(crate) fn accessors(model: &Crate, of: &TokenStream) -> TokenStream {
    let accessors = model.modules.iter().map(|module| accessor(module, of));
    quote!(#(#accessors)*)
}

/// The way to a module, or to the resources where the crate has no modules.
fn accessor(module: &Module, of: &TokenStream) -> TokenStream {
    let Some(name) = module.name.as_ref().map(ident) else {
        return root_accessors(module, of);
    };
    let handle = ident(&module.handle);
    let docs = docs::paragraphs([format!("{}.", docs::line(&module.title))]);
    let (deprecated, gate) = (deprecated(module.is_deprecated()), gate::shown(module));
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

fn root_accessors(module: &Module, of: &TokenStream) -> TokenStream {
    let accessors = module.resources.iter().map(|resource| {
        let (name, handle) = (ident(&resource.module), ident(&resource.handle));
        let docs = docs::paragraphs([match docs::foreign(&resource.docs) {
            text if text.is_empty() => format!(
                "The operations on {}.",
                resource.module.as_str().replace('_', " ")
            ),
            text => text,
        }]);
        quote! {
            #docs
            #[must_use]
            pub fn #name(&self) -> #name::#handle #of {
                #name::#handle::new(self.clone())
            }
        }
    });
    quote!(#(#accessors)*)
}

fn base_url(module: &Module) -> Option<TokenStream> {
    let name = module.name.as_ref()?;
    let method = Ident::new(&format!("{name}_base_url"), Span::call_site());
    let module_name = ident(name);
    let url = module.servers.first()?;
    let docs = docs::paragraphs([
        format!(
            "The URL that takes the place of {}, the server of {}.",
            docs::code(&url.template),
            docs::line(&module.title)
        ),
        "Credentials are sent there. It goes before `base_url`, which is for all servers."
            .to_owned(),
    ]);
    let gate = gate::shown(module);
    Some(quote! {
        #docs
        #gate
        pub fn #method(self, url: impl Into<String>) -> Self {
            self.base_url_of(&crate::#module_name::SERVER, url)
        }
    })
}

fn settings(model: &Crate) -> TokenStream {
    let logins = access::environment_logins(model);
    let variables = access::environment_variables(model);
    let tokens = model.tokens.as_ref().map_or("", |tokens| &tokens.url);
    let tokens = Literal::string(tokens);
    let header = Literal::string(&model.request_id_header);
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
