//! Takes the whole model and gives the root of the `testing` module: its documentation and the server of the crate; it must never hold a table.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::{shown, table};
use crate::emit::{access, docs, gate, ident, literal};
use crate::model::{Crate, Security};

/// `testing/mod.rs`.
pub(super) fn emit(model: &Crate) -> TokenStream {
    let inner = docs::inner(front_page(model));
    let modules = declarations(model);
    let roots = model.modules.iter().filter(|module| module.name.is_none());
    let root = roots.map(table::api).collect::<Vec<_>>();
    let apis = model.modules.iter().map(|module| {
        let (name, gate) = (
            module.name.as_ref().map(ident).into_iter(),
            gate::gate(module),
        );
        quote!(#gate &#(#name::)*API)
    });
    let header = literal(&model.request_id_header);
    let methods = methods(model, &header);
    quote! {
        #inner
        #(#modules)*

        use std::time::Duration;

        use crate::runtime::{Client, ClientBuilder, Error, Retry};
        use crate::runtime::testing::Api;
        pub use crate::runtime::testing::{Collection, Failure, RecordedRequest, Server};

        impl Server { #methods }

        static APIS: &[&Api] = &[#(#apis),*];
        #(#root)*
    }
}

/// What the server does with what is the crate's own.
fn methods(model: &Crate, header: &Literal) -> TokenStream {
    let login = login(model);
    let [start, builder, client, blocking] = method_docs(model);
    quote! {
        #start
        pub fn start() -> std::io::Result<Self> {
            Self::start_with(APIS, #header)
        }

        #builder
        pub fn client_builder(&self) -> ClientBuilder {
            let retry = Retry::new().backoff(Duration::ZERO, Duration::ZERO);
            self.point(Client::builder()).retry(retry) #login
        }

        #client
        pub fn client(&self) -> Result<Client, Error> {
            self.client_builder().build()
        }

        #blocking
        #[cfg(feature = "blocking")]
        pub fn blocking_client(&self) -> Result<crate::blocking::Client, Error> {
            self.client_builder().build_blocking()
        }
    }
}

fn method_docs(model: &Crate) -> [TokenStream; 4] {
    let of = |text: &[&str], lines: &[&str]| {
        let text = text.iter().map(|text| (*text).to_owned());
        docs::paragraphs(text.chain(shown::server(model, lines)))
    };
    [
        of(
            &[
                "Starts a server for all that this crate knows.",
                "# Errors",
                "There is no free port, or no thread to be had.",
            ],
            &["assert!(server.requests().is_empty());"],
        ),
        of(
            &[
                "A builder of clients that talk to this server, with made-up credentials. They send again what a client sends again, but without a pause unless the server asks for one.",
            ],
            &["let client = server.client_builder().user_agent_suffix(\"tests\").build()?;"],
        ),
        of(
            &[
                "A client that talks to this server, as [`client_builder`](Self::client_builder) makes it.",
                "# Errors",
                "The HTTP layer can't be set up.",
            ],
            &["let client = server.client()?;"],
        ),
        of(
            &[
                "A blocking client that talks to this server, as [`client_builder`](Self::client_builder) makes it.",
                "# Errors",
                "The HTTP layer can't be set up, or no thread can be started.",
            ],
            &["let client = server.blocking_client()?;"],
        ),
    ]
}

/// The modules of the versions; without versions, those of the resources.
fn declarations(model: &Crate) -> Vec<TokenStream> {
    let modules = model.modules.iter().map(|module| {
        if let Some(name) = module.name.as_ref().map(ident) {
            let gate = gate::gate(module);
            return quote!(#gate pub mod #name;);
        }
        let resources = module.resources.iter().map(|one| {
            let (name, gate) = (ident(&one.module), gate::resource(one));
            quote!(#gate pub mod #name;)
        });
        quote!(#(#resources)*)
    });
    modules.collect()
}

/// Credentials for each way to log in that an operation accepts.
fn login(model: &Crate) -> TokenStream {
    let resources = model.modules.iter().flat_map(|module| &module.resources);
    let operations = resources.flat_map(|resource| &resource.operations);
    let schemes: BTreeSet<_> = operations
        .flat_map(|operation| operation.security.iter().flatten())
        .collect();
    // Of several for one header, the client takes the last one.
    let logins: BTreeMap<_, _> = schemes
        .into_iter()
        .map(|scheme| match scheme {
            Security::Bearer | Security::OAuth => ((0, None), quote!(.with_bearer("made-up"))),
            Security::Basic => ((1, None), quote!(.with_basic("testing", "made-up"))),
            key => {
                let scheme = access::security(key);
                let path = quote!(crate::runtime::);
                ((2, Some(key)), quote!(.with_key(#path #scheme, "made-up")))
            }
        })
        .collect();
    let logins = logins.values();
    quote!(#(#logins)*)
}

fn front_page(model: &Crate) -> Vec<String> {
    let mut paragraphs = vec![
        "For the tests of your application: a server in the same process that behaves as the documents of the API say, and their examples as values.".to_owned(),
        "What a client creates can be fetched, changed, listed and deleted. Ids and times are made by counting, so each run sees the same. The server remembers [what it was asked](Server::requests), and fails [when it is told to](Server::fail_next). It does not check what only the API itself knows, such as which fields go together.".to_owned(),
    ];
    paragraphs.extend(shown::test(model));
    paragraphs
}
