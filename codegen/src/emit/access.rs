//! Takes the logins and server variables of the model and gives the builder's methods for them; it must never let a default stand for a secret.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

use super::client::Kind;
use super::{docs, ident, literal, module, usage};
use crate::model::{Crate, Login, Module, Security, ServerVariable, Takes, Tokens};

/// What the crate's part of the client names of the runtime, in alphabetical order.
pub(crate) fn imports(model: &Crate, root: Option<&Module>) -> Vec<Ident> {
    let from_env = has_environment(model);
    let has_logins = !model.logins.is_empty();
    let has_choices = !choices(model).is_empty();
    let has_url = |root: &Module| root.urls().next().is_some();
    let has_login = |root: &Module| root.security.iter().any(|way| !way.is_empty());
    let names = [
        ("Choice", has_choices),
        ("Client", true),
        ("ClientBuilder", true),
        ("Error", from_env),
        ("ErrorShape", true),
        ("Login", has_logins),
        ("Method", root.is_some()),
        ("Operation", root.is_some()),
        ("SecretString", has_logins),
        ("Security", has_logins || root.is_some_and(has_login)),
        ("Server", root.is_some()),
        ("ServerUrl", root.is_some_and(has_url)),
        ("ServerVariable", root.is_some_and(module::has_default)),
        ("Settings", true),
        ("Takes", has_choices),
    ];
    let used = names.into_iter().filter(|(_, used)| *used);
    used.map(|(name, _)| Ident::new(name, Span::call_site()))
        .collect()
}

/// The variables of each login that may come from the environment; that of the user is empty where there is no such part.
fn environment(login: &Login) -> Option<(&str, &str)> {
    let user = match &login.user {
        Some(user) => user.environment.as_deref()?,
        None => "",
    };
    Some((user, login.secret.environment.as_deref()?))
}

/// Whether the environment can say all that a client needs.
fn has_environment(model: &Crate) -> bool {
    let has_login = model
        .logins
        .iter()
        .any(|login| environment(login).is_some());
    has_login && model.modules.iter().all(Module::has_server)
}

/// The logins, for the runtime.
pub(crate) fn logins(model: &Crate) -> Vec<TokenStream> {
    let logins = model.logins.iter().map(|login| {
        let (user, secret) = environment(login).unwrap_or_default();
        let (user, secret) = (literal(user), literal(secret));
        let (scheme, kind) = (security(&login.scheme), kind(login));
        let method = literal(login.method.as_str());
        quote!(Login { scheme: #scheme, kind: #kind, method: #method, user: #user, password: #secret })
    });
    logins.collect()
}

/// How the runtime logs in that way: by a path of its own, as the name may be a type's.
fn kind(login: &Login) -> TokenStream {
    let name = match (&login.scheme, &login.user) {
        (Security::OAuth, Some(_)) => "OAUTH",
        (Security::Bearer | Security::OAuth, _) => "BEARER",
        (Security::Basic, _) => "BASIC",
        (Security::Header(_) | Security::Query(_) | Security::Cookie(_), _) => "KEY",
    };
    let name = Ident::new(name, Span::call_site());
    quote!(crate::runtime::#name)
}

/// A scheme, for the runtime.
pub(crate) fn security(security: &Security) -> TokenStream {
    let (name, wire) = match security {
        Security::Basic => ("Basic", None),
        Security::Bearer => ("Bearer", None),
        Security::OAuth => ("OAuth", None),
        Security::Header(wire) => ("Header", Some(wire)),
        Security::Query(wire) => ("Query", Some(wire)),
        Security::Cookie(wire) => ("Cookie", Some(wire)),
    };
    let name = Ident::new(name, Span::call_site());
    let wire = wire.map(|wire| {
        let wire = literal(wire);
        quote!((#wire))
    });
    quote!(Security::#name #wire)
}

/// The server variables of which the runtime has to know more than their default.
pub(crate) fn choices(model: &Crate) -> Vec<TokenStream> {
    let told = model.variables.iter().filter(|variable| {
        let is_label = variable.takes == Takes::Label;
        variable.environment.is_some() || variable.required || !is_label
    });
    let choices = told.map(|variable| {
        let name = literal(&variable.wire);
        let method = literal(variable.name.as_str());
        let environment = literal(variable.environment.as_deref().unwrap_or_default());
        let takes = Ident::new(
            match variable.takes {
                Takes::Label => "Label",
                Takes::Host => "Host",
                Takes::Path => "Path",
                Takes::Url => "Url",
            },
            Span::call_site(),
        );
        quote!(Choice { name: #name, method: #method, takes: Takes::#takes, environment: #environment })
    });
    choices.collect()
}

/// The client of the environment, where the environment may say how to log in.
pub(crate) fn from_env(model: &Crate, kind: Kind) -> Option<TokenStream> {
    if !has_environment(model) {
        return None;
    }
    let named = model.logins.iter().filter_map(environment);
    let named = named.map(|(user, secret)| match user {
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
    let about = match key_place(&login.scheme) {
        None => docs::foreign(&login.docs),
        Some(place) => format!(
            "{}\n\n{place}",
            docs::described(&login.docs, "Logs in with a key.")
        ),
    };
    let docs = docs::paragraphs([about, example]);
    let Some(user) = login.user.as_ref().map(|user| ident(&user.name)) else {
        let with = match &login.scheme {
            Security::Basic | Security::Bearer | Security::OAuth => quote!(with_bearer(#secret)),
            key => {
                let scheme = security(key);
                quote!(with_key(#scheme, #secret))
            }
        };
        return quote! {
            #docs
            pub fn #method(self, #secret: impl Into<SecretString>) -> Self {
                self.#with
            }
        };
    };
    let with = if login.scheme == Security::OAuth {
        quote!(with_oauth)
    } else {
        quote!(with_basic)
    };
    quote! {
        #docs
        pub fn #method(self, #user: impl Into<String>, #secret: impl Into<SecretString>) -> Self {
            self.#with(#user, #secret)
        }
    }
}

/// Where a key is sent.
fn key_place(security: &Security) -> Option<String> {
    Some(match security {
        Security::Basic | Security::Bearer | Security::OAuth => return None,
        Security::Header(name) if name.eq_ignore_ascii_case("authorization") => {
            "It is sent as it is as the header `Authorization`, with whatever the API wants before it, such as `Bearer`.".to_owned()
        }
        Security::Header(name) => {
            format!("It is sent as it is as the header {}.", docs::code(name))
        }
        Security::Query(name) => {
            format!("It is sent in the query of the URL, as {}, so the API may log it.", docs::code(name))
        }
        Security::Cookie(name) => format!("It is sent as the cookie {}.", docs::code(name)),
    })
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
    let (method, wire) = (ident(&variable.name), literal(&variable.wire));
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
            "It is {} of {places}, and {}: `build` refuses anything else. Servers that are replaced by a base URL of yours have no such part.",
            if variable.takes == Takes::Url {
                "the beginning"
            } else {
                "a part"
            },
            wanted(variable.takes)
        ),
    ];
    if !variable.values.is_empty() {
        let values = variable.values.iter().map(|value| docs::code(value));
        text.push(format!(
            "Values that are known: {}.",
            values.collect::<Vec<_>>().join(", ")
        ));
    }
    if variable.required {
        text.push(
            "It has no default: a call fails before anything is sent if it isn't set.".to_owned(),
        );
    }
    let value = if variable.takes == Takes::Url {
        "https://api.example.com"
    } else {
        usage::host_part(variable.values.first().unwrap_or(&variable.default))
    };
    text.extend(usage::builder_method(model, &quote!(.#method(#value)), &[]));
    let docs = docs::paragraphs(text);
    quote! {
        #docs
        pub fn #method(self, #method: impl Into<String>) -> Self {
            self.with_variable(#wire, #method)
        }
    }
}

fn wanted(takes: Takes) -> &'static str {
    match takes {
        Takes::Label => "1 to 63 ASCII letters, digits and hyphens",
        Takes::Host => "the name of a host, with a port where it needs one",
        Takes::Path => "steps of a path, of ASCII letters, digits and `-._~`",
        Takes::Url => "an absolute URL that begins with https://",
    }
}
