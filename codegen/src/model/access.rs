//! How users reach the API: where its servers are and how they log in.

use super::Name;

/// A way to authenticate.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum Security {
    /// HTTP Basic.
    Basic,
    /// A bearer token that the user has.
    Bearer,
    /// A bearer token that is fetched with client credentials, or one that the user has.
    OAuth,
}

/// A way of logging in: a builder method and the environment variables that stand for it.
#[derive(Clone, Debug)]
pub struct Login {
    /// What the arguments are used for.
    pub scheme: Security,
    /// The builder's method.
    pub method: Name,
    /// What the documentation says of it.
    pub docs: String,
    /// The user name or the id of the client; none for a bearer token.
    pub user: Option<Credential>,
    /// The password, the secret of the client, or the bearer token.
    pub secret: Credential,
}

/// An argument of a login.
#[derive(Clone, Debug)]
pub struct Credential {
    /// The argument.
    pub name: Name,
    /// The environment variable, if it may come from there.
    pub environment: Option<String>,
}

/// Where bearer tokens are fetched with client credentials.
#[derive(Clone, Debug)]
pub struct Tokens {
    /// An absolute URL.
    pub url: String,
    /// What tokens may be asked for, and what that means.
    pub scopes: Vec<(String, String)>,
}

/// The URL of a server, with variables in braces.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub struct ServerUrl {
    /// The URL, without a slash at its end.
    pub template: String,
    /// Each variable that occurs in it, and what it is unless the user says otherwise.
    pub variables: Vec<(String, String)>,
}

/// A part of the servers' URLs that users may choose.
#[derive(Clone, Debug)]
pub struct ServerVariable {
    /// Its name in the documents.
    pub wire: String,
    /// The builder's method.
    pub name: Name,
    /// What the documents say of it.
    pub docs: String,
    /// The values that the documents list; empty where they list none.
    pub values: Vec<String>,
    /// What it is unless somebody says otherwise.
    pub default: String,
    /// The templates that it occurs in.
    pub templates: Vec<String>,
    /// The environment variable, if it may come from there.
    pub environment: Option<String>,
}
