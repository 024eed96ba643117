//! Takes constants that generated code writes; gives the plain data that describes an API to the runtime; must never hold anything of one call.

use crate::runtime::LoginKind;

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
    /// The ways to log in that are accepted, the preferred one first, each with all that it takes.
    /// One that takes nothing comes last, and says that credentials may be missing; no way at all, that they must not be sent.
    pub security: &'static [&'static [Security]],
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
    /// Text of this media type.
    Text(&'static str),
    /// Bytes of this media type, or of a range of them that has `*` in it.
    Bytes(&'static str),
    /// Parts, and this is the media type of the whole.
    Multipart(&'static str),
}

impl Media {
    /// The value of `Content-Type`.
    pub(crate) const fn content_type(self) -> &'static str {
        match self {
            Self::Form => "application/x-www-form-urlencoded",
            Self::Bytes(name) if has_star(name) => "application/octet-stream",
            Self::Json(name) | Self::Text(name) | Self::Bytes(name) | Self::Multipart(name) => name,
        }
    }
}

/// Whether a media type stands for several.
const fn has_star(name: &str) -> bool {
    let mut rest = name.as_bytes();
    while let [first, others @ ..] = rest {
        if *first == b'*' {
            return true;
        }
        rest = others;
    }
    false
}

/// A server that a document declares.
#[derive(Debug)]
pub struct Server {
    /// The name of the document in the crate.
    pub name: &'static str,
    /// Where it may be: empty when the document does not say. The first one that has every variable which the user sets is used.
    pub urls: &'static [ServerUrl],
}

/// A URL below which the paths of operations are, with its variables.
#[derive(Debug)]
pub struct ServerUrl {
    /// The URL, with `{name}` where a variable goes. One that begins with a slash is below a base URL of the user's.
    pub template: &'static str,
    /// The variables that occur in it and have a default; users have to set the others.
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
    /// A value of the user's as the header of that name.
    Header(&'static str),
    /// A value of the user's in the query, under that name.
    Query(&'static str),
    /// A value of the user's as the cookie of that name.
    Cookie(&'static str),
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
    /// How users give credentials. The environment is searched in this order.
    pub logins: &'static [Login],
    /// The server variables that have no default, may come from the environment, or are more than a label of a host name.
    pub variables: &'static [Choice],
    /// Where bearer tokens are fetched with client credentials; empty when no document says so.
    pub token_url: &'static str,
    /// The response header that identifies a request to the API's support; empty when there is none.
    pub request_id_header: &'static str,
    /// Where the API's error responses say what.
    pub errors: ErrorShape,
    /// Whether a request that is answered with status 429 was never processed, so that sending it again is safe.
    pub rate_limited_is_unprocessed: bool,
}

/// A way of giving credentials: a method of the builder, or environment variables that together stand for it.
#[derive(Debug)]
pub struct Login {
    /// What the credentials are used for.
    pub scheme: Security,
    /// How they are used.
    pub kind: LoginKind,
    /// The method.
    pub method: &'static str,
    /// The variable with the user, or the id of the OAuth client; empty where there is no such part.
    pub user: &'static str,
    /// The variable with the password, the secret of the OAuth client, the token or the key; empty where they do not come from the environment.
    pub password: &'static str,
}

/// How users choose a server variable.
#[derive(Debug)]
pub struct Choice {
    /// Its name in the document.
    pub name: &'static str,
    /// The method of the builder.
    pub method: &'static str,
    /// What it may be.
    pub takes: Takes,
    /// The environment variable that holds it; empty where there is none.
    pub environment: &'static str,
}

/// What a server variable may be, as that depends on where in the URL it stands.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
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
