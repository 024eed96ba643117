//! Takes a request from the wire, gives it as plain data for a test to look at; must never interpret more than the encoding.

use axum::extract::Request;

use super::encoding;

/// A request as it arrived.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub struct Recorded {
    /// The method.
    pub method: String,
    /// The path, not decoded.
    pub path: String,
    /// What follows the question mark, not decoded.
    pub query: Option<String>,
    /// The headers in order, their names in lower case.
    pub headers: Vec<(String, String)>,
    /// The decoded pairs of a form in order; None if the body is no form, or a broken one.
    pub form: Option<Vec<(String, String)>>,
    /// The body.
    pub body: Vec<u8>,
}

const LARGEST_BODY: usize = 1 << 20;
const FORM: &str = "application/x-www-form-urlencoded";

impl Recorded {
    /// None if the body is too large or never arrives.
    pub(super) async fn read(request: Request) -> Option<Self> {
        let (head, body) = request.into_parts();
        let headers: Vec<(String, String)> = head
            .headers
            .iter()
            .map(|(name, value)| {
                (
                    name.to_string(),
                    String::from_utf8_lossy(value.as_bytes()).into_owned(),
                )
            })
            .collect();
        let body = axum::body::to_bytes(body, LARGEST_BODY)
            .await
            .ok()?
            .to_vec();
        let mut recorded = Self {
            method: head.method.to_string(),
            path: head.uri.path().to_owned(),
            query: head.uri.query().map(str::to_owned),
            headers,
            form: None,
            body,
        };
        if recorded.content_type() == Some(FORM) {
            recorded.form = std::str::from_utf8(&recorded.body)
                .ok()
                .and_then(encoding::pairs);
        }
        Some(recorded)
    }

    /// The value of the first header with this name, given in lower case.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(key, _)| key == name);
        found.map(|(_, value)| value.as_str())
    }

    /// The decoded pairs of the query in order; None if its encoding is broken.
    #[must_use]
    pub fn query_pairs(&self) -> Option<Vec<(String, String)>> {
        encoding::pairs(self.query.as_deref().unwrap_or_default())
    }

    fn content_type(&self) -> Option<&str> {
        let value = self.header("content-type")?;
        Some(value.split(';').next().unwrap_or(value).trim())
    }
}
