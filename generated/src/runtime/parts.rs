//! Takes the parameters of one call; gives the path, query, headers and body to send; must never leave a secret in memory that it gave back.

use crate::runtime::encode::Encoding;
use crate::runtime::{FormBody, Media, Operation, Parameter, Rules, Sink};
use bytes::Bytes;
use reqwest::header::{HeaderMap, HeaderName, HeaderValue};
use std::fmt;
use zeroize::Zeroizing;

/// The parts of a request. A request writes itself into them more than once, and the same each time.
pub struct Parts {
    pass: Pass,
    path: Vec<(&'static str, String)>,
    query: String,
    headers: HeaderMap,
    /// Whether there is a body; a form is one even when it is empty.
    has_body: bool,
    body_length: usize,
    body: Zeroizing<Vec<u8>>,
    secrets: Vec<Zeroizing<String>>,
    problems: Vec<String>,
}

/// What is wanted of a request that writes itself.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Pass {
    /// Everything but the body, of which only the length is taken.
    Measure,
    /// The body alone, into a buffer of that length: one that grew would leave copies behind.
    Body,
    /// The secrets alone, to take them out of the text of an error.
    Secrets,
}

/// Where a parameter is sent.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Place {
    Path,
    Query,
    Header,
    Form,
}

/// What was made of the parts of a request.
pub(crate) struct Written {
    pub(crate) path: String,
    pub(crate) query: String,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Option<Bytes>,
}

/// A request that writes itself.
pub(crate) type Write<'a> = &'a (dyn Fn(&mut Parts) + Send + Sync);

/// Headers that belong to the client; a document can't set them.
const OWN_HEADERS: [&str; 10] = [
    "accept",
    "authorization",
    "connection",
    "content-length",
    "content-type",
    "cookie",
    "host",
    "proxy-authorization",
    "transfer-encoding",
    "user-agent",
];

/// More than any server accepts, and far from where a map of headers panics.
pub(crate) const MAX_HEADERS: usize = 1000;

impl Parts {
    fn new(pass: Pass, body: usize) -> Self {
        Self {
            pass,
            path: Vec::new(),
            query: String::new(),
            headers: HeaderMap::new(),
            has_body: false,
            body_length: 0,
            body: Zeroizing::new(Vec::with_capacity(body)),
            secrets: Vec::new(),
            problems: Vec::new(),
        }
    }

    /// Writes a request, or says everything that is wrong with it.
    pub(crate) fn write(operation: &Operation, write: Write<'_>) -> Result<Written, Vec<String>> {
        let mut parts = Self::new(Pass::Measure, 0);
        write(&mut parts);
        let path = parts.fill_path(operation.path);
        if !parts.problems.is_empty() {
            return Err(parts.problems);
        }
        let body = if parts.has_body || operation.body == Some(Media::Form) {
            let mut second = Self::new(Pass::Body, parts.body_length);
            write(&mut second);
            if second.body.len() != parts.body_length || !second.problems.is_empty() {
                return Err(vec!["the body changed while it was written".to_owned()]);
            }
            Some(Bytes::from_owner(second.body))
        } else {
            None
        };
        Ok(Written {
            path,
            query: parts.query,
            headers: parts.headers,
            body,
        })
    }

    /// The secret values of a request.
    pub(crate) fn secrets(write: Write<'_>) -> Vec<Zeroizing<String>> {
        let mut parts = Self::new(Pass::Secrets, 0);
        write(&mut parts);
        parts.secrets
    }

    /// Sends a value in the path, in the place of `{name}`.
    pub fn path(&mut self, name: &'static str, value: &(impl Parameter + ?Sized), rules: &Rules) {
        value.write(&mut Sink::new(self, Place::Path, name, rules));
    }

    /// Sends a value in the query.
    pub fn query(&mut self, name: &'static str, value: &(impl Parameter + ?Sized), rules: &Rules) {
        value.write(&mut Sink::new(self, Place::Query, name, rules));
    }

    /// Sends a value as a header.
    pub fn header(&mut self, name: &'static str, value: &(impl Parameter + ?Sized), rules: &Rules) {
        value.write(&mut Sink::new(self, Place::Header, name, rules));
    }

    /// Sends a value as a field of the form.
    pub fn form(&mut self, name: &'static str, value: &(impl Parameter + ?Sized), rules: &Rules) {
        value.write(&mut Sink::new(self, Place::Form, name, rules));
    }

    /// Sends the fields of a value in the form.
    pub fn form_body(&mut self, value: &impl FormBody) {
        value.write(self);
    }

    /// Begins a body that is written as it is.
    #[allow(
        dead_code,
        reason = "for bodies that are no forms, which not every client sends"
    )]
    pub(crate) fn begin_body(&mut self) {
        self.has_body = true;
    }

    /// Whether rules are to be checked now; once is enough.
    pub(crate) fn checks(&self) -> bool {
        self.pass == Pass::Measure
    }

    pub(crate) fn refuse(&mut self, name: &str, problem: &str) {
        self.problems.push(format!("{name} {problem}"));
    }

    pub(crate) fn put(&mut self, place: Place, name: &'static str, text: &str, secret: bool) {
        match (self.pass, place) {
            (Pass::Secrets, _) => {
                if secret {
                    self.keep_secret(text);
                }
            }
            (Pass::Measure, Place::Path) => self.put_path(name, text),
            (Pass::Measure, Place::Query) => {
                let separator = if self.query.is_empty() { "" } else { "&" };
                self.query.push_str(separator);
                Encoding::Percent.append(name, &mut self.query);
                self.query.push('=');
                Encoding::Percent.append(text, &mut self.query);
            }
            (Pass::Measure, Place::Header) => self.put_header(name, text, secret),
            (Pass::Measure, Place::Form) => {
                let separator = usize::from(self.body_length > 0);
                self.body_length += separator + Encoding::Form.length(name);
                self.body_length += 1 + Encoding::Form.length(text);
            }
            (Pass::Body, Place::Form) => {
                if !self.body.is_empty() {
                    self.put_body(b"&");
                }
                Encoding::Form.encode(name, |ascii| self.put_body(ascii));
                self.put_body(b"=");
                Encoding::Form.encode(text, |ascii| self.put_body(ascii));
            }
            (Pass::Body, _) => {}
        }
    }

    /// Appends to the body.
    pub(crate) fn put_body(&mut self, bytes: &[u8]) {
        match self.pass {
            Pass::Measure => self.body_length += bytes.len(),
            Pass::Body => self.body.extend_from_slice(bytes),
            Pass::Secrets => {}
        }
    }

    /// Keeps a secret of the body, to take it out of the text of an error.
    pub(crate) fn keep_secret(&mut self, text: &str) {
        if self.pass == Pass::Secrets {
            self.secrets.push(Zeroizing::new(text.to_owned()));
        }
    }

    fn put_path(&mut self, name: &'static str, text: &str) {
        if matches!(text, "" | "." | "..") {
            let shown = if text.is_empty() { "empty" } else { text };
            self.refuse(
                name,
                &format!("is {shown}, which would lead to another path"),
            );
            return;
        }
        if let Some((_, value)) = self.path.iter_mut().find(|(known, _)| *known == name) {
            value.push(',');
            Encoding::Percent.append(text, value);
        } else {
            let mut value = String::new();
            Encoding::Percent.append(text, &mut value);
            self.path.push((name, value));
        }
    }

    fn put_header(&mut self, name: &'static str, text: &str, secret: bool) {
        match make_header(name, text, secret) {
            Ok(_) if self.headers.len() >= MAX_HEADERS => {
                self.refuse(name, "is one header too many");
            }
            Ok((name, value)) => {
                self.headers.append(name, value);
            }
            Err(problem) => self.refuse(name, problem),
        }
    }

    /// The path with its values; every placeholder needs one.
    fn fill_path(&mut self, template: &'static str) -> String {
        let mut path = String::with_capacity(template.len() + 64);
        let mut rest = template;
        while let Some((before, after)) = rest.split_once('{') {
            path.push_str(before);
            let (name, after) = after.split_once('}').unwrap_or((after, ""));
            if let Some((_, value)) = self.path.iter().find(|(known, _)| *known == name) {
                path.push_str(value);
            } else if self.problems.is_empty() {
                self.refuse(name, "is missing");
            }
            rest = after;
        }
        path.push_str(rest);
        path
    }
}

/// A header of a request, unless it is one that the client sets itself.
pub(crate) fn make_header(
    name: &str,
    text: &str,
    secret: bool,
) -> Result<(HeaderName, HeaderValue), &'static str> {
    if OWN_HEADERS.iter().any(|own| own.eq_ignore_ascii_case(name)) {
        return Err("is a header that the client sets itself");
    }
    let name = HeaderName::from_bytes(name.as_bytes());
    let (Ok(name), Ok(mut value)) = (name, HeaderValue::from_str(text)) else {
        return Err("has characters that a header cannot carry");
    };
    value.set_sensitive(secret);
    Ok((name, value))
}

impl fmt::Debug for Parts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Parts")
            .field("problems", &self.problems)
            .finish_non_exhaustive()
    }
}
