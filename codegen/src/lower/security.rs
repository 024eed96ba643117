//! Takes the security schemes of a document and gives the ways to log in of each operation; it must never have credentials sent where the document does not want them.

use openapiv3::{APIKeyLocation, Operation as Source, SecurityScheme};

use super::keys::{self, Key};
use super::names;
use super::{Gap, Lowering};
use crate::diagnostic::Code;
use crate::model::{Credential, Login, Module, Security, Tokens};
use crate::settings::{self, Scheme, Settings};
use crate::source::Pointer;

/// What the documents of a crate say of logging in.
#[derive(Debug, Default)]
pub(crate) struct Access {
    pub(crate) tokens: Option<Tokens>,
    pub(crate) keys: Vec<Key>,
}

impl Lowering<'_> {
    /// Whether the document has security schemes and says nowhere what needs them.
    pub(super) fn is_loose(&self) -> bool {
        let api = self.document.api();
        let components = api.components.as_ref();
        let mut operations = self.items().flat_map(|(_, item)| item.iter());
        api.security.is_none()
            && components.is_some_and(|components| !components.security_schemes.is_empty())
            && operations.all(|(_, operation)| operation.security.is_none())
    }

    /// The ways to log in that an operation accepts; none where it needs none.
    pub(crate) fn security(&mut self, source: &Source, pointer: &Pointer) -> Vec<Vec<Security>> {
        let document = self.document;
        let own = source.security.as_ref();
        let mut accepted = Vec::new();
        let mut optional = self.loose;
        if self.loose {
            let message = "the document has security schemes, but does not say what needs them; every call is logged in with the credentials that a client has";
            let message = message.to_owned();
            self.report.note(Code::UnusedSchemes, schemes(), message);
            let components = document.api().components.as_ref();
            let names = components.map(|components| components.security_schemes.keys());
            for name in names.into_iter().flatten() {
                accepted.push(self.way([name], pointer));
            }
        }
        let alternatives = own.or(document.api().security.as_ref());
        for alternative in alternatives.into_iter().flatten() {
            accepted.push(self.way(alternative.keys(), pointer));
        }
        let mut ways: Vec<Vec<Security>> = Vec::new();
        for way in accepted {
            if way.is_empty() {
                optional = true;
            } else if !ways.contains(&way) {
                ways.push(way);
            }
        }
        if optional && !ways.is_empty() {
            ways.push(Vec::new());
        }
        ways
    }

    /// What a requirement takes. What is not sent with a request takes nothing.
    fn way<'n>(
        &mut self,
        names: impl IntoIterator<Item = &'n String>,
        pointer: &Pointer,
    ) -> Vec<Security> {
        let document = self.document;
        let mut way = Vec::new();
        for name in names {
            let scheme = document.security_scheme(name);
            let security = scheme.and_then(|scheme| self.scheme(name, scheme, pointer));
            let Some(security) = security.filter(|one| !way.contains(one)) else {
                continue;
            };
            if keys::is_authorization(&security) && way.iter().any(keys::is_authorization) {
                let message = format!(
                    "`{name}` is not sent where another scheme is needed, too, that goes into the header `Authorization`"
                );
                self.report
                    .warn(Code::UnusableScheme, schemes().child(name), message);
            } else {
                way.push(security);
            }
        }
        way
    }

    fn scheme(
        &mut self,
        name: &str,
        scheme: &SecurityScheme,
        pointer: &Pointer,
    ) -> Option<Security> {
        match scheme {
            SecurityScheme::HTTP {
                scheme,
                description,
                ..
            } => self.http(name, scheme, description.as_deref()),
            SecurityScheme::OAuth2 { flows, .. } => {
                let Some(flow) = &flows.client_credentials else {
                    // How the user comes by the token is left to the user.
                    return Some(Security::Bearer);
                };
                let scopes = flow.scopes.iter();
                let tokens = Tokens {
                    url: flow.token_url.clone(),
                    scopes: scopes
                        .map(|(name, docs)| (name.clone(), docs.clone()))
                        .collect(),
                };
                Some(self.tokens(name, tokens, pointer))
            }
            SecurityScheme::OpenIDConnect { .. } => Some(Security::Bearer),
            SecurityScheme::APIKey {
                location,
                name: wire,
                description,
                ..
            } => {
                let wire = wire.trim().to_owned();
                if !keys::can_be_sent(location, &wire) {
                    let message = format!("nothing can be sent as `{wire}` by this crate");
                    self.report
                        .warn(Code::UnusableScheme, schemes().child(name), message);
                    return None;
                }
                let security = match location {
                    APIKeyLocation::Header => Security::Header(wire),
                    APIKeyLocation::Query => Security::Query(wire),
                    APIKeyLocation::Cookie => Security::Cookie(wire),
                };
                Some(self.access.key(name, security, description.as_deref()))
            }
        }
    }

    fn http(&mut self, name: &str, scheme: &str, docs: Option<&str>) -> Option<Security> {
        let pointer = schemes().child(name);
        match scheme.trim().to_ascii_lowercase().as_str() {
            "basic" => Some(Security::Basic),
            "bearer" => Some(Security::Bearer),
            "mutualtls" => {
                let message = "a client certificate is not part of a request: give it to the HTTP layer with `http_client_builder`";
                self.report
                    .note(Code::ForeignLogin, pointer, message.to_owned());
                None
            }
            other => {
                let message = format!(
                    "the crate does not make what the HTTP scheme `{other}` sends: users give the whole header `Authorization`"
                );
                self.report.note(Code::ForeignLogin, pointer, message);
                let security = Security::Header("Authorization".to_owned());
                Some(self.access.key(name, security, docs))
            }
        }
    }

    /// The crate fetches tokens at one place; for another one, the user has to.
    fn tokens(&mut self, name: &str, tokens: Tokens, operation: &Pointer) -> Security {
        let is_absolute = tokens.url.starts_with("https://") || tokens.url.starts_with("http://");
        let reason = match self.access.tokens.as_mut() {
            _ if !is_absolute => format!("`{}` is not an absolute URL", tokens.url),
            Some(known) if known.url != tokens.url => {
                format!("other operations fetch theirs from `{}`", known.url)
            }
            Some(known) => {
                for scope in tokens.scopes {
                    if !known.scopes.iter().any(|(name, _)| *name == scope.0) {
                        known.scopes.push(scope);
                    }
                }
                return Security::OAuth;
            }
            None => {
                self.access.tokens = Some(tokens);
                return Security::OAuth;
            }
        };
        let pointer = schemes().child(name);
        let is_known = self.report.tokens.iter().any(|gap| gap.pointer == pointer);
        if !is_known {
            // Named at the scheme, once, and not at each operation that uses it.
            let reason = format!("{reason}, first needed at {operation}");
            self.report.tokens.push(Gap { pointer, reason });
        }
        Security::Bearer
    }
}

fn schemes() -> Pointer {
    Pointer::root().child("components").child("securitySchemes")
}

/// The ways to log in: those of the settings, or else one for each kind that operations accept. Keys have no settings.
pub(crate) fn logins(settings: &Settings, modules: &[Module], access: &Access) -> Vec<Login> {
    let resources = modules.iter().flat_map(|module| &module.resources);
    let operations = resources.flat_map(|resource| &resource.operations);
    let mut used: Vec<Security> = operations
        .flat_map(|operation| operation.security.iter().flatten().cloned())
        .collect();
    if used.contains(&Security::OAuth) {
        used.push(Security::Bearer);
    }
    used.sort();
    used.dedup();
    let mut logins: Vec<Login> = settings.login.iter().map(login).collect();
    if logins.is_empty() {
        logins.extend(used.iter().filter_map(default_login));
    }
    let keys = keys::logins(&access.keys, &used, &logins, modules);
    logins.extend(keys);
    logins
}

fn default_login(scheme: &Security) -> Option<Login> {
    let argument = |name: &str| Credential {
        name: names::single(name),
        environment: None,
    };
    let (method, docs, user, secret) = match scheme {
        Security::Basic => (
            "basic_auth",
            "Logs in with HTTP Basic.",
            Some("user"),
            "password",
        ),
        Security::Bearer => (
            "bearer_auth",
            "Logs in with a bearer token that you have. It is sent as it is, and never renewed.",
            None,
            "token",
        ),
        Security::OAuth => (
            "oauth",
            "Logs in with tokens that are fetched for an OAuth client, and renewed before they end.",
            Some("client_id"),
            "client_secret",
        ),
        Security::Header(_) | Security::Query(_) | Security::Cookie(_) => return None,
    };
    Some(Login {
        scheme: scheme.clone(),
        method: names::single(method),
        docs: docs.to_owned(),
        user: user.map(argument),
        secret: argument(secret),
    })
}

fn login(settings: &settings::Login) -> Login {
    let credential = |part: &settings::LoginPart| Credential {
        name: names::single(&part.name),
        environment: part.env.clone(),
    };
    Login {
        scheme: match settings.scheme {
            Scheme::Basic => Security::Basic,
            Scheme::Bearer => Security::Bearer,
            Scheme::OAuth => Security::OAuth,
        },
        method: names::single(&settings.method),
        docs: settings.docs.clone(),
        user: settings.user.as_ref().map(credential),
        secret: credential(&settings.password),
    }
}
