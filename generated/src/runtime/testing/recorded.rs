//! Takes a request as it arrived; gives what tests compare of it; must never keep the credentials it came with, nor show a secret in its debug output.

use crate::runtime::Security;
use std::fmt;

/// A request as the server of the tests saw it.
///
/// Its debug output has no value that the document calls secret, and none of a header.
///
/// # Example
///
/// ```
/// # fn example(server: twilio_push_credentials::testing::Server) {
/// for request in server.requests() {
///     println!("{request:?}");
/// }
/// # }
/// ```
#[derive(Clone, Eq, PartialEq)]
#[must_use]
pub struct RecordedRequest {
    pub(super) api: &'static str,
    pub(super) operation: Option<&'static str>,
    pub(super) method: String,
    pub(super) path: String,
    /// What is shown in place of the path, where that has a secret in it.
    pub(super) template: Option<&'static str>,
    pub(super) query: Vec<(String, String)>,
    pub(super) headers: Vec<(String, String)>,
    pub(super) form: Vec<(String, String)>,
    /// The names of pairs that may be shown.
    pub(super) public: Vec<&'static str>,
}

/// Headers of whose value only the first word is kept.
const CREDENTIALS: [&str; 2] = ["authorization", "proxy-authorization"];

impl RecordedRequest {
    /// The document that it belongs to, by the name of its module; empty when no operation has its path.
    ///
    /// # Example
    ///
    /// ```
    /// # fn example(server: twilio_push_credentials::testing::Server) {
    /// for request in server.requests() {
    ///     assert!(!request.api().is_empty());
    /// }
    /// # }
    /// ```
    #[must_use]
    pub fn api(&self) -> &str {
        self.api
    }

    /// The id that the document gives to the operation; none when there is no such operation.
    ///
    /// # Example
    ///
    /// ```
    /// # fn example(server: twilio_push_credentials::testing::Server) {
    /// for request in server.requests() {
    ///     assert!(request.operation().is_some());
    /// }
    /// # }
    /// ```
    #[must_use]
    pub fn operation(&self) -> Option<&str> {
        self.operation
    }

    /// The HTTP method, in capitals.
    ///
    /// # Example
    ///
    /// ```
    /// # fn example(server: twilio_push_credentials::testing::Server) {
    /// for request in server.requests() {
    ///     assert_ne!(request.method(), "DELETE");
    /// }
    /// # }
    /// ```
    #[must_use]
    pub fn method(&self) -> &str {
        &self.method
    }

    /// The path as the document has it, with what was percent-encoded as it was sent.
    ///
    /// # Example
    ///
    /// ```
    /// # fn example(server: twilio_push_credentials::testing::Server) {
    /// for request in server.requests() {
    ///     println!("{} {}", request.method(), request.path());
    /// }
    /// # }
    /// ```
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The pairs of the query, decoded, in the order in which they were sent.
    ///
    /// # Example
    ///
    /// ```
    /// # fn example(server: twilio_push_credentials::testing::Server) {
    /// for request in server.requests() {
    ///     for (name, value) in request.query() {
    ///         println!("{name} = {value}");
    ///     }
    /// }
    /// # }
    /// ```
    #[must_use]
    pub fn query(&self) -> &[(String, String)] {
        &self.query
    }

    /// The first value of the query with this name.
    ///
    /// # Example
    ///
    /// ```
    /// # fn example(server: twilio_push_credentials::testing::Server) {
    /// for request in server.requests() {
    ///     assert_eq!(request.query_value("debug"), None);
    /// }
    /// # }
    /// ```
    #[must_use]
    pub fn query_value(&self, name: &str) -> Option<&str> {
        value(&self.query, name)
    }

    /// The headers in the order in which they were sent, the names in lower case. Of credentials only the scheme is kept.
    ///
    /// # Example
    ///
    /// ```
    /// # fn example(server: twilio_push_credentials::testing::Server) {
    /// for request in server.requests() {
    ///     for (name, value) in request.headers() {
    ///         println!("{name}: {value}");
    ///     }
    /// }
    /// # }
    /// ```
    #[must_use]
    pub fn headers(&self) -> &[(String, String)] {
        &self.headers
    }

    /// The first value of the header with this name, in lower case.
    ///
    /// # Example
    ///
    /// ```
    /// # fn example(server: twilio_push_credentials::testing::Server) {
    /// for request in server.requests() {
    ///     assert!(request.header("user-agent").is_some());
    /// }
    /// # }
    /// ```
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        value(&self.headers, name)
    }

    /// The pairs of the form, decoded, in the order in which they were sent. Those that are secret are here, too.
    ///
    /// # Example
    ///
    /// ```
    /// # fn example(server: twilio_push_credentials::testing::Server) {
    /// for request in server.requests() {
    ///     for (name, _) in request.form() {
    ///         println!("{name} was sent");
    ///     }
    /// }
    /// # }
    /// ```
    #[must_use]
    pub fn form(&self) -> &[(String, String)] {
        &self.form
    }

    /// The first value of the form with this name.
    ///
    /// # Example
    ///
    /// ```
    /// # fn example(server: twilio_push_credentials::testing::Server) {
    /// for request in server.requests() {
    ///     assert_eq!(request.form_value("debug"), None);
    /// }
    /// # }
    /// ```
    #[must_use]
    pub fn form_value(&self, name: &str) -> Option<&str> {
        value(&self.form, name)
    }

    fn shown<'a>(&'a self, pairs: &'a [(String, String)]) -> Vec<(&'a str, &'a str)> {
        let pairs = pairs.iter();
        pairs
            .map(|(name, value)| {
                let public = self.public.contains(&name.as_str());
                (name.as_str(), if public { value } else { "[hidden]" })
            })
            .collect()
    }
}

/// Headers without what logs in, in a way that the operation accepts or in a usual one.
pub(super) fn without_credentials(
    headers: &[(String, String)],
    accepted: &[&[Security]],
) -> Vec<(String, String)> {
    let is_key = |name: &str| {
        let mut schemes = accepted.iter().copied().flatten();
        schemes
            .any(|scheme| matches!(scheme, Security::Header(key) if key.eq_ignore_ascii_case(name)))
    };
    let kept = headers.iter().map(|(name, value)| {
        let value = if is_key(name) || name == "cookie" {
            ""
        } else if CREDENTIALS.contains(&name.as_str()) {
            value.split_once(' ').map_or("", |(scheme, _)| scheme)
        } else {
            value
        };
        (name.clone(), value.to_owned())
    });
    kept.collect()
}

/// A query without the keys that log in.
pub(super) fn without_keys(
    query: &[(String, String)],
    accepted: &[&[Security]],
) -> Vec<(String, String)> {
    let is_key = |name: &str| {
        let mut schemes = accepted.iter().copied().flatten();
        schemes.any(|scheme| matches!(scheme, Security::Query(key) if *key == name))
    };
    let kept = query.iter().map(|(name, value)| {
        let value = if is_key(name) { "" } else { value };
        (name.clone(), value.to_owned())
    });
    kept.collect()
}

fn value<'a>(pairs: &'a [(String, String)], name: &str) -> Option<&'a str> {
    pairs
        .iter()
        .find(|(key, _)| key == name)
        .map(|(_, value)| value.as_str())
}

impl fmt::Debug for RecordedRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // A header of the user's own may be a secret, and so may a field that no document knows.
        let headers: Vec<&str> = self.headers.iter().map(|(name, _)| name.as_str()).collect();
        f.debug_struct("RecordedRequest")
            .field("api", &self.api)
            .field("operation", &self.operation)
            .field("method", &self.method)
            .field("path", &self.template.unwrap_or(&self.path))
            .field("query", &self.shown(&self.query))
            .field("headers", &headers)
            .field("form", &self.shown(&self.form))
            .finish_non_exhaustive()
    }
}
