//! Takes the logins and server variables of the model and gives the builder's methods for them; it must never let a default stand for a secret.

use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::quote;

use super::client::Kind;
use super::{docs, ident, usage};
use crate::model::{Crate, Login, Module, Security, ServerVariable, Tokens};

/// What the crate's part of the client names of the runtime, in alphabetical order.
pub(crate) fn imports(model: &Crate, root: Option<&Module>) -> Vec<Ident> {
    let from_env = has_environment(model);
    let urls = root.map(|root| &root.servers);
    let has_variable = |root: &Module| root.servers.iter().any(|url| !url.variables.is_empty());
    let names = [
        ("Client", true),
        ("ClientBuilder", true),
        (
            "EnvironmentVariable",
            !environment_variables(model).is_empty(),
        ),
        ("Error", from_env),
        ("ErrorShape", true),
        ("Login", from_env),
        ("SecretString", !model.logins.is_empty()),
        ("Security", from_env),
        ("Server", root.is_some()),
        ("ServerUrl", urls.is_some_and(|urls| !urls.is_empty())),
        ("ServerVariable", root.is_some_and(has_variable)),
        ("Settings", true),
    ];
    let used = names.into_iter().filter(|(_, used)| *used);
    used.map(|(name, _)| Ident::new(name, Span::call_site()))
        .collect()
}

/// The variables of each login that may come from the environment; that of the user is empty for a bearer token.
fn environment(model: &Crate) -> Vec<(Security, &str, &str)> {
    let logins = model.logins.iter().filter_map(|login| {
        let user = match &login.user {
            Some(user) => user.environment.as_deref()?,
            None => "",
        };
        Some((login.scheme, user, login.secret.environment.as_deref()?))
    });
    logins.collect()
}

fn has_environment(model: &Crate) -> bool {
    !environment(model).is_empty()
}

/// The logins of the environment, for the runtime.
pub(crate) fn environment_logins(model: &Crate) -> Vec<TokenStream> {
    let logins = environment(model).into_iter();
    let logins = logins.map(|(scheme, user, secret)| {
        let (user, secret) = (Literal::string(user), Literal::string(secret));
        let scheme = self::scheme(scheme);
        quote!(Login { scheme: Security::#scheme, user: #user, password: #secret })
    });
    logins.collect()
}

fn scheme(security: Security) -> Ident {
    let name = match security {
        Security::Basic => "Basic",
        Security::Bearer => "Bearer",
        Security::OAuth => "OAuth",
    };
    Ident::new(name, Span::call_site())
}

/// The server variables of the environment, for the runtime.
pub(crate) fn environment_variables(model: &Crate) -> Vec<TokenStream> {
    let variables = model.variables.iter().filter_map(|variable| {
        let environment = Literal::string(variable.environment.as_deref()?);
        let name = Literal::string(&variable.wire);
        Some(quote!(EnvironmentVariable { name: #name, environment: #environment }))
    });
    variables.collect()
}

/// The client of the environment, where the environment may say how to log in.
pub(crate) fn from_env(model: &Crate, kind: Kind) -> Option<TokenStream> {
    if !has_environment(model) {
        return None;
    }
    let named = environment(model).into_iter();
    let named = named.map(|(_, user, secret)| match user {
        "" => docs::code(secret),
        user => format!("{} and {}", docs::code(user), docs::code(secret)),
    });
    let named = named.collect::<Vec<_>>().join(", then for ");
    let variables = model.variables.iter().filter_map(|variable| {
        let environment = docs::code(variable.environment.as_deref()?);
        Some(format!(
            "{environment} for [`{name}`](ClientBuilder::{name})",
            name = variable.name
        ))
    });
    let variables: Vec<_> = variables.collect();
    let mut text = vec![
        "A client that logs in with what the environment says.".to_owned(),
        format!("It looks for {named}; the first of these that is complete counts."),
    ];
    if !variables.is_empty() {
        text.push(format!("It also looks for {}.", variables.join(" and ")));
    }
    text.push("# Errors".to_owned());
    text.push(
        "No login is complete, a value cannot be used, or the HTTP layer can't be set up."
            .to_owned(),
    );
    text.extend(usage::from_env(model, kind));
    let build = kind.build();
    let docs = docs::paragraphs(text);
    let servers = (!variables.is_empty()).then(|| quote!(.servers_from_env()));
    Some(quote! {
        #docs
        pub fn from_env() -> Result<Self, Error> {
            Self::builder().login_from_env()?#servers.#build()
        }
    })
}

/// The builder's methods for logins and server variables.
pub(crate) fn methods(model: &Crate) -> TokenStream {
    let logins = model.logins.iter().map(|one| login(model, one));
    let is_oauth = |login: &Login| login.scheme == Security::OAuth;
    let tokens = model.tokens.as_ref();
    let tokens = tokens
        .filter(|_| model.logins.iter().any(is_oauth))
        .map(|tokens| tokens_methods(model, tokens));
    let variables = model.variables.iter().map(|one| variable(model, one));
    quote!(#(#logins)* #tokens #(#variables)*)
}

fn login(model: &Crate, login: &Login) -> TokenStream {
    let (method, secret) = (ident(&login.method), ident(&login.secret.name));
    let example = usage::login(model, login).unwrap_or_default();
    let docs = docs::paragraphs([docs::foreign(&login.docs), example]);
    let Some(user) = login.user.as_ref().map(|user| ident(&user.name)) else {
        return quote! {
            #docs
            pub fn #method(self, #secret: impl Into<SecretString>) -> Self {
                self.with_bearer(#secret)
            }
        };
    };
    let with = match login.scheme {
        Security::OAuth => quote!(with_oauth),
        Security::Basic | Security::Bearer => quote!(with_basic),
    };
    quote! {
        #docs
        pub fn #method(self, #user: impl Into<String>, #secret: impl Into<SecretString>) -> Self {
            self.#with(#user, #secret)
        }
    }
}

fn tokens_methods(model: &Crate, tokens: &Tokens) -> TokenStream {
    let docs = docs::paragraphs([
        format!(
            "The URL that OAuth tokens are fetched from, in the place of {}.",
            docs::code(&tokens.url)
        ),
        "The secret of the OAuth client is sent there. It has to be HTTPS, unless it is on this machine. `base_url` does not change it."
            .to_owned(),
        usage::builder_method(model, &quote!(.oauth_token_url("https://login.example.com/token")), &[])
            .unwrap_or_default(),
    ]);
    let url = quote! {
        #docs
        pub fn oauth_token_url(self, url: impl Into<String>) -> Self {
            self.with_token_url(url)
        }
    };
    if tokens.scopes.is_empty() {
        return url;
    }
    let scopes = tokens
        .scopes
        .iter()
        .map(|(name, text)| match docs::foreign(text) {
            text if text.is_empty() => format!("* {}", docs::code(name)),
            text => format!("* {}: {}", docs::code(name), text.replace('\n', " ")),
        });
    let docs = docs::paragraphs([
        "What OAuth tokens are to be good for, with spaces in between; left to the server if it isn't set."
            .to_owned(),
        "The API knows".to_owned(),
        scopes.collect::<Vec<_>>().join("\n"),
        usage::builder_method(model, &quote!(.oauth_scope("read write")), &[]).unwrap_or_default(),
    ]);
    quote! {
        #url
        #docs
        pub fn oauth_scope(self, scope: impl Into<String>) -> Self {
            self.with_scope(scope)
        }
    }
}

fn variable(model: &Crate, variable: &ServerVariable) -> TokenStream {
    let (method, wire) = (ident(&variable.name), Literal::string(&variable.wire));
    let places = variable.templates.iter().take(3).map(|url| docs::code(url));
    let mut places = places.collect::<Vec<_>>().join(", ");
    if variable.templates.len() > 3 {
        places.push_str(" and others");
    }
    let mut text = vec![
        docs::described(
            &variable.docs,
            &format!(
                "The part {} of the servers' URLs.",
                docs::code(&variable.wire)
            ),
        ),
        format!(
            "It is a part of {places}, and 1 to 63 ASCII letters, digits and hyphens: `build` refuses anything else. Servers that are replaced by a base URL of yours have no such part."
        ),
    ];
    if !variable.values.is_empty() {
        let values = variable.values.iter().map(|value| docs::code(value));
        text.push(format!(
            "Values that are known: {}.",
            values.collect::<Vec<_>>().join(", ")
        ));
    }
    let value = variable.values.first().unwrap_or(&variable.default);
    text.extend(usage::server_variable(model, variable, value));
    let docs = docs::paragraphs(text);
    quote! {
        #docs
        pub fn #method(self, #method: impl Into<String>) -> Self {
            self.with_variable(#wire, #method)
        }
    }
}
