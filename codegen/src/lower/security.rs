//! Takes the security schemes of a document and gives the ways to log in that the runtime has; a requirement that none of them meets it must leave out with its operation.

use openapiv3::{Operation as Source, SecurityScheme};

use super::names;
use super::{Gap, Lowering};
use crate::model::{Credential, Login, Module, Security, Tokens};
use crate::settings::{self, Scheme, Settings};
use crate::source::Pointer;

impl Lowering<'_> {
    /// The ways to log in that an operation accepts; none where it needs none.
    pub(crate) fn security(
        &mut self,
        source: &Source,
        pointer: &Pointer,
    ) -> Result<Vec<Security>, String> {
        let document = self.document;
        let own = source.security.as_ref();
        let Some(alternatives) = own.or(document.api().security.as_ref()) else {
            return Ok(Vec::new());
        };
        let mut supported = Vec::new();
        for alternative in alternatives {
            if alternative.is_empty() {
                return Ok(Vec::new());
            }
            // Of several schemes that are needed together, the runtime has none.
            let mut names = alternative.keys();
            let (Some(name), None) = (names.next(), names.next()) else {
                continue;
            };
            let scheme = document.security_scheme(name);
            let security = scheme.and_then(|scheme| self.scheme(name, scheme, pointer));
            if let Some(security) = security.filter(|one| !supported.contains(one)) {
                supported.push(security);
            }
        }
        if supported.is_empty() && !alternatives.is_empty() {
            return Err(
                "it needs a kind of authentication other than HTTP Basic and bearer tokens"
                    .to_owned(),
            );
        }
        Ok(supported)
    }

    fn scheme(
        &mut self,
        name: &str,
        scheme: &SecurityScheme,
        pointer: &Pointer,
    ) -> Option<Security> {
        match scheme {
            SecurityScheme::HTTP { scheme, .. } if scheme.eq_ignore_ascii_case("basic") => {
                Some(Security::Basic)
            }
            SecurityScheme::HTTP { scheme, .. } if scheme.eq_ignore_ascii_case("bearer") => {
                Some(Security::Bearer)
            }
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
            _ => None,
        }
    }

    /// The crate fetches tokens at one place; for another one, the user has to.
    fn tokens(&mut self, name: &str, tokens: Tokens, operation: &Pointer) -> Security {
        let is_absolute = tokens.url.starts_with("https://") || tokens.url.starts_with("http://");
        let reason = match self.tokens.as_mut() {
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
                *self.tokens = Some(tokens);
                return Security::OAuth;
            }
        };
        let schemes = Pointer::root().child("components").child("securitySchemes");
        let pointer = schemes.child(name);
        let is_known = self.report.tokens.iter().any(|gap| gap.pointer == pointer);
        if !is_known {
            // Named at the scheme, once, and not at each operation that uses it.
            let reason = format!("{reason}, first needed at {operation}");
            self.report.tokens.push(Gap { pointer, reason });
        }
        Security::Bearer
    }
}

/// The ways to log in: those of the settings, or else one for each kind that operations accept.
pub(crate) fn logins(settings: &Settings, modules: &[Module]) -> Vec<Login> {
    if !settings.login.is_empty() {
        return settings.login.iter().map(login).collect();
    }
    let resources = modules.iter().flat_map(|module| &module.resources);
    let operations = resources.flat_map(|resource| &resource.operations);
    let mut used: Vec<Security> = operations
        .flat_map(|operation| operation.security.iter().copied())
        .collect();
    if used.contains(&Security::OAuth) {
        used.push(Security::Bearer);
    }
    used.sort();
    used.dedup();
    used.into_iter().map(default_login).collect()
}

fn default_login(scheme: Security) -> Login {
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
    };
    Login {
        scheme,
        method: names::single(method),
        docs: docs.to_owned(),
        user: user.map(argument),
        secret: argument(secret),
    }
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
