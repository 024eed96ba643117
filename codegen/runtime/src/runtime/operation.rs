//! Takes constants that generated code writes; gives the plain data that describes an API to the runtime; must never hold anything of one call.

/// One operation of the API: what is the same for all its calls.
#[derive(Debug)]
pub struct Operation {
    /// The name that errors give to the operation.
    pub id: &'static str,
    /// The HTTP method.
    pub method: Method,
    /// The path below the server, with `{name}` where a parameter goes.
    pub path: &'static str,
    /// The server that the document declares for it.
    pub server: &'static Server,
    /// The ways to log in that are accepted; empty when credentials must not be sent.
    pub security: &'static [Security],
    /// What the body of the request is, where it has one.
    pub body: Option<Media>,
}

/// What a body is.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Media {
    /// A form, which is sent even when it is empty.
    Form,
    /// JSON of this media type.
    Json(&'static str),
}

impl Media {
    /// The value of `Content-Type`.
    pub(crate) const fn content_type(self) -> &'static str {
        match self {
            Self::Form => "application/x-www-form-urlencoded",
            Self::Json(name) => name,
        }
    }
}

/// A server that a document declares.
#[derive(Debug)]
pub struct Server {
    /// A name that is unique in the crate.
    pub name: &'static str,
    /// Where it may be; never empty. The first one that has every variable which the user sets is used.
    pub urls: &'static [ServerUrl],
}

/// An absolute URL below which the paths of operations are, with its variables.
#[derive(Debug)]
pub struct ServerUrl {
    /// The URL, with `{name}` where a variable goes.
    pub template: &'static str,
    /// The variables that occur in it.
    pub variables: &'static [ServerVariable],
}

/// A part of a server's URL that users may choose.
#[derive(Debug)]
pub struct ServerVariable {
    /// Its name in the document.
    pub name: &'static str,
    /// What it is unless the user says otherwise.
    pub default: &'static str,
}

/// A way to log in.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum Security {
    /// HTTP Basic: a user and a password.
    Basic,
    /// A bearer token that the user has.
    Bearer,
    /// A bearer token that is fetched with the client credentials of OAuth 2, or one that the user has.
    OAuth,
}

/// The HTTP method of an operation.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Method(&'static str);

impl Method {
    /// `DELETE`
    pub const DELETE: Self = Self("DELETE");
    /// `GET`
    pub const GET: Self = Self("GET");
    /// `HEAD`
    pub const HEAD: Self = Self("HEAD");
    /// `OPTIONS`
    pub const OPTIONS: Self = Self("OPTIONS");
    /// `PATCH`
    pub const PATCH: Self = Self("PATCH");
    /// `POST`
    pub const POST: Self = Self("POST");
    /// `PUT`
    pub const PUT: Self = Self("PUT");
    /// `TRACE`
    pub const TRACE: Self = Self("TRACE");

    /// The method as it is sent.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        self.0
    }
}

/// What is the same for all operations of a client.
#[derive(Debug)]
pub struct Settings {
    /// The `User-Agent` header, to which users may add a suffix.
    pub user_agent: &'static str,
    /// The environment variables that hold credentials, in the order of preference.
    pub logins: &'static [Login],
    /// The environment variables that hold server variables.
    pub variables: &'static [EnvironmentVariable],
    /// Where bearer tokens are fetched with client credentials; empty when no document says so.
    pub token_url: &'static str,
    /// The response header that identifies a request to the API's support; empty when there is none.
    pub request_id_header: &'static str,
    /// Where the API's error responses say what.
    pub errors: ErrorShape,
    /// Whether a request that is answered with status 429 was never processed, so that sending it again is safe.
    pub rate_limited_is_unprocessed: bool,
}

/// Environment variables that together are a login.
#[derive(Debug)]
pub struct Login {
    /// What they are used for.
    pub scheme: Security,
    /// The variable with the user, or the id of the OAuth client; empty for a bearer token.
    pub user: &'static str,
    /// The variable with the password, the secret of the OAuth client, or the bearer token.
    pub password: &'static str,
}

/// An environment variable that holds a server variable.
#[derive(Debug)]
pub struct EnvironmentVariable {
    /// The server variable.
    pub name: &'static str,
    /// The environment variable.
    pub environment: &'static str,
}

/// The names of the properties of an error response; of each list the first that is there counts.
#[derive(Debug)]
pub struct ErrorShape {
    /// A property whose object holds the others, when the error isn't the body itself.
    pub inside: &'static [&'static str],
    /// The API's own number for the error, as a JSON number or a string of digits.
    pub code: &'static [&'static str],
    /// What went wrong, for people.
    pub message: &'static [&'static str],
    /// Where to read more about it.
    pub more_info: &'static [&'static str],
    /// Anything else that the API says about it.
    pub details: &'static [&'static str],
}

impl ErrorShape {
    /// Reads `{code, message, more_info, details}`, the problem details of RFC 9457 and the errors of OAuth.
    pub const DEFAULT: Self = Self {
        inside: &["error"],
        code: &["code"],
        message: &["message", "detail", "error_description", "title", "error"],
        more_info: &["more_info", "type"],
        details: &["details", "errors"],
    };
}
