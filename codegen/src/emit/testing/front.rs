//! Takes the whole model and gives the root of the `testing` module: its documentation and the server of the crate; it must never hold a table.

use std::collections::BTreeSet;

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::{path, table};
use crate::emit::{docs, gate, ident};
use crate::model::{Action, Crate, Module, Operation, Resource, Security};

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
    let login = login(model);
    let header = Literal::string(&model.request_id_header);
    let example = reads(model).then(example);
    quote! {
        #inner
        #(#modules)*

        use crate::runtime::{Client, ClientBuilder, Error};
        use crate::runtime::testing::Api;
        pub use crate::runtime::testing::{Collection, Failure, RecordedRequest, Server};

        impl Server {
            /// Starts a server for all that this crate knows.
            ///
            /// # Errors
            ///
            /// There is no free port, or no thread to be had.
            pub fn start() -> std::io::Result<Self> {
                Self::start_with(APIS, #header)
            }

            /// A builder of clients that talk to this server, with made-up credentials.
            pub fn client_builder(&self) -> ClientBuilder {
                self.point(Client::builder()) #login
            }

            /// A client that talks to this server.
            ///
            /// # Errors
            ///
            /// The HTTP layer can't be set up.
            pub fn client(&self) -> Result<Client, Error> {
                self.client_builder().build()
            }
        }

        static APIS: &[&Api] = &[#(#apis),*];
        #(#root)*
        #example
    }
}

/// The modules of the versions; without versions, those of the resources.
fn declarations(model: &Crate) -> Vec<TokenStream> {
    let modules = model.modules.iter().map(|module| {
        if let Some(name) = module.name.as_ref().map(ident) {
            let gate = gate::shown(module);
            return quote!(#gate pub mod #name;);
        }
        let names = module.resources.iter().map(|one| ident(&one.module));
        quote!(#(pub mod #names;)*)
    });
    modules.collect()
}

/// Credentials for each way to log in that an operation accepts.
fn login(model: &Crate) -> TokenStream {
    let resources = model.modules.iter().flat_map(|module| &module.resources);
    let operations = resources.flat_map(|resource| &resource.operations);
    let schemes: BTreeSet<_> = operations
        .flat_map(|operation| &operation.security)
        .collect();
    let logins = schemes.into_iter().map(|scheme| match scheme {
        Security::Basic => quote!(.basic("testing", "made-up")),
    });
    quote!(#(#logins)*)
}

/// Whether a document has an example of an answer.
fn reads(model: &Crate) -> bool {
    let resources = model.modules.iter().flat_map(|module| &module.resources);
    let mut operations = resources.flat_map(|resource| &resource.operations);
    operations.any(|operation| {
        operation
            .role
            .ready
            .iter()
            .any(|ready| ready.body.is_none())
    })
}

/// What reads the examples.
fn example() -> TokenStream {
    include_str!("static/example.rs")
        .parse()
        .unwrap_or_default()
}

fn front_page(model: &Crate) -> Vec<String> {
    let mut paragraphs = vec![
        "For the tests of your application: a server in the same process that behaves as the documents of the API say, and their examples as values.".to_owned(),
        "What a client creates can be fetched, changed, listed and deleted. Ids and times are made by counting, so each run sees the same. The server remembers [what it was asked](Server::requests), and fails [when it is told to](Server::fail_next). It does not check what only the API itself knows, such as which fields go together.".to_owned(),
    ];
    if let Some(example) = shown(model) {
        paragraphs.push("# Example".to_owned());
        paragraphs.push(format!("```no_run\n{example}\n```"));
    }
    paragraphs
}

/// A test as a user would write it, about the first list that needs no arguments.
fn shown(model: &Crate) -> Option<String> {
    let current = model
        .modules
        .iter()
        .filter(|module| !module.is_deprecated());
    let (module, resource, operation) = current
        .flat_map(|module| {
            module
                .resources
                .iter()
                .map(move |resource| (module, resource))
        })
        .find_map(|(module, resource)| Some((module, resource, list(resource)?)))?;
    let package = model.package.name.replace('-', "_");
    let call = call(module, resource, operation);
    let collection = path(module, resource).to_string().replace(' ', "");
    // The example uses one version, so it is compiled where that is there.
    let gate = gate::condition(module).map_or_else(String::new, |condition| {
        format!("# #[cfg({})]\n", condition.to_string().replace(" = ", "="))
    });
    let lines = [
        format!("use {package}::testing::{{self, Failure, Server}};"),
        String::new(),
        format!("{gate}# async fn example() -> Result<(), Box<dyn std::error::Error>> {{"),
        "let server = Server::start()?;".to_owned(),
        format!("server.seed(&testing::{collection}::collection(), 3);"),
        String::new(),
        "// Give this client to the code that is to be tested.".to_owned(),
        "let client = server.client()?;".to_owned(),
        format!("let answer = {call}.send().await?;"),
        // Nothing of the document but names may stand in code.
        "assert_eq!(server.requests()[0].method(), \"GET\");".to_owned(),
        String::new(),
        "server.fail_next(Failure::status(403));".to_owned(),
        format!("let refused = {call}.send().await;"),
        "assert_eq!(refused.unwrap_err().status(), Some(403));".to_owned(),
        "# Ok(())".to_owned(),
        "# }".to_owned(),
    ];
    Some(lines.join("\n"))
}

fn list(resource: &Resource) -> Option<&Operation> {
    let plain = resource.collections.first()?.parameters.is_empty();
    let mut operations = resource.operations.iter();
    operations.find(|operation| {
        let is_list = matches!(operation.role.action, Action::List(_));
        plain && is_list && !operation.deprecated && operation.arguments().is_empty()
    })
}

fn call(module: &Module, resource: &Resource, operation: &Operation) -> String {
    let name = module
        .name
        .as_ref()
        .map_or_else(String::new, |name| format!("{name}()."));
    format!("client.{name}{}().{}()", resource.module, operation.method)
}
