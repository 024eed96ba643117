//! How users reach the API: where its servers are and how they log in.

use super::Name;

/// A scheme to authenticate by.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum Security {
    /// HTTP Basic.
    Basic,
    /// A bearer token that the user has.
    Bearer,
    /// A bearer token that is fetched with client credentials, or one that the user has.
    OAuth,
    /// A value that is sent whole as the header of that name.
    Header(String),
    /// A value that is sent in the query under that name.
    Query(String),
    /// A value that is sent as the cookie of that name.
    Cookie(String),
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
    /// The user name or the id of the client; none for a bearer token or a key.
    pub user: Option<Credential>,
    /// The password, the secret of the client, the bearer token or the key.
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
    /// The URL, without a slash at its end. A relative one begins with a slash.
    pub template: String,
    /// Each variable that occurs in it.
    pub variables: Vec<UrlVariable>,
    /// Whether requests can be sent there.
    pub reach: Reach,
}

/// A variable of a URL.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub struct UrlVariable {
    /// Its name in the document.
    pub wire: String,
    /// What it is unless the user says otherwise; none where the user has to say it.
    pub default: Option<String>,
    /// What it may be.
    pub takes: Takes,
}

/// Where a URL leads with the defaults of its variables.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum Reach {
    /// To a server.
    Absolute,
    /// To a server, but without encryption, so that nothing is sent there.
    Plain,
    /// Below a URL that the user has to give.
    Relative,
}

/// What a server variable may be, as that depends on where in the URL it stands.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum Takes {
    /// A label of a host name, a scheme or a port.
    Label,
    /// A host name, with or without a port.
    Host,
    /// Steps of a path.
    Path,
    /// What is before all paths: an absolute URL.
    Url,
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
    /// What it may be.
    pub takes: Takes,
    /// Whether a URL cannot do without it.
    pub required: bool,
    /// The environment variable, if it may come from there.
    pub environment: Option<String>,
}
