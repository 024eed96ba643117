//! Takes the parameters of one call; gives the path, query, headers and body to send; must never leave a secret in memory that it gave back.

use crate::runtime::encode::Encoding;
use crate::runtime::{FormBody, Media, Operation, Parameter, Rules, Sink};
use bytes::Bytes;
use reqwest::header::{COOKIE, HeaderMap, HeaderName, HeaderValue};
use std::fmt;
use zeroize::Zeroizing;

/// The parts of a request. A request writes itself into them more than once, and the same each time.
pub struct Parts {
    pass: Pass,
    path: Vec<(&'static str, String)>,
    query: String,
    headers: HeaderMap,
    cookies: Zeroizing<String>,
    /// What is written of a header or a part of the path.
    value: Zeroizing<String>,
    /// Whether a cookie is secret.
    has_secret_cookie: bool,
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
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Place {
    Path,
    Query,
    Header,
    Cookie,
    Form,
}

/// A text, and whether a secret is in it.
pub(crate) type Apart = (Zeroizing<Vec<u8>>, bool);

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
            cookies: Zeroizing::default(),
            value: Zeroizing::default(),
            has_secret_cookie: false,
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
        parts.put_cookies();
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
        let mut sink = Sink::new(self, Place::Path, name, rules);
        value.write(&mut sink);
        if sink.is_used() && self.checks() {
            self.put_path(name, rules);
        }
    }

    /// Sends a value in the query.
    pub fn query(&mut self, name: &'static str, value: &(impl Parameter + ?Sized), rules: &Rules) {
        value.write(&mut Sink::new(self, Place::Query, name, rules));
    }

    /// Sends a value as a header.
    pub fn header(&mut self, name: &'static str, value: &(impl Parameter + ?Sized), rules: &Rules) {
        let mut sink = Sink::new(self, Place::Header, name, rules);
        value.write(&mut sink);
        let secret = sink.is_secret();
        if sink.is_used() && self.checks() {
            self.put_header(name, secret);
        }
    }

    /// Sends a value as a cookie.
    pub fn cookie(&mut self, name: &'static str, value: &(impl Parameter + ?Sized), rules: &Rules) {
        let mut sink = Sink::new(self, Place::Cookie, name, rules);
        value.write(&mut sink);
        let secret = sink.is_secret();
        self.has_secret_cookie |= secret;
    }

    /// Sends a value as a field of the form.
    pub fn form(&mut self, name: &str, value: &(impl Parameter + ?Sized), rules: &Rules) {
        value.write(&mut Sink::new(self, Place::Form, name, rules));
    }

    /// Sends the fields of a value in the form.
    pub fn form_body(&mut self, value: &impl FormBody) {
        value.write(self);
    }

    /// Writes a text apart from the request, in a buffer that does not grow. Nothing when only the secrets are wanted, or when
    /// the value is refused.
    #[allow(
        dead_code,
        reason = "for objects that are parameters, which not every client sends"
    )]
    pub(crate) fn apart(&mut self, write: &dyn Fn(&mut Self)) -> Option<Apart> {
        if self.pass == Pass::Secrets {
            write(self);
            return None;
        }
        let mut measured = Self::new(Pass::Measure, 0);
        write(&mut measured);
        if !measured.problems.is_empty() {
            self.problems.append(&mut measured.problems);
            return None;
        }
        let mut secrets = Self::new(Pass::Secrets, 0);
        write(&mut secrets);
        let mut written = Self::new(Pass::Body, measured.body_length);
        write(&mut written);
        Some((written.body, !secrets.secrets.is_empty()))
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

    /// Whether nothing is wanted of a place now.
    pub(crate) fn skips(&self, place: Place) -> bool {
        self.pass == Pass::Body && place != Place::Form
    }

    pub(crate) fn refuse(&mut self, name: &str, problem: &str) {
        self.problems.push(format!("{name} {problem}"));
    }

    /// Appends to a place.
    pub(crate) fn put(&mut self, place: Place, encoding: Encoding, text: &str) {
        match (self.pass, place) {
            (Pass::Measure, Place::Path | Place::Header) => {
                append(encoding, text, &mut self.value);
            }
            (Pass::Measure, Place::Query) => encoding.append(text, &mut self.query),
            (Pass::Measure, Place::Cookie) => append(encoding, text, &mut self.cookies),
            (Pass::Measure, Place::Form) => self.body_length += encoding.length(text),
            (Pass::Body, Place::Form) => encoding.encode(text, |ascii| self.put_body(ascii)),
            (Pass::Body | Pass::Secrets, _) => {}
        }
    }

    /// Whether nothing is in a place yet.
    pub(crate) fn is_empty(&self, place: Place) -> bool {
        match place {
            Place::Path | Place::Header => self.value.is_empty(),
            Place::Query => self.query.is_empty(),
            Place::Cookie => self.cookies.is_empty(),
            Place::Form => self.body_length == 0 && self.body.is_empty(),
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

    /// Ends a part of the path. Only with a style of its own may it be empty: the segment is then looked at as a whole.
    fn put_path(&mut self, name: &'static str, rules: &Rules) {
        let value = std::mem::take(&mut *self.value);
        if rules.is_bare() && is_dots(&value) {
            self.refuse_dots(name, &value);
        } else {
            self.path.push((name, value));
        }
    }

    fn refuse_dots(&mut self, name: &str, text: &str) {
        let shown = if text.is_empty() { "empty" } else { text };
        self.refuse(
            name,
            &format!("is {shown}, which would lead to another path"),
        );
    }

    /// Ends a header.
    fn put_header(&mut self, name: &'static str, secret: bool) {
        let text = std::mem::take(&mut self.value);
        match make_header(name, &text, secret) {
            Ok(_) if self.headers.len() >= MAX_HEADERS => {
                self.refuse(name, "is one header too many");
            }
            Ok((name, value)) => {
                self.headers.append(name, value);
            }
            Err(problem) => self.refuse(name, problem),
        }
    }

    /// All cookies are one header; one that logs in joins it later.
    fn put_cookies(&mut self) {
        if self.cookies.is_empty() {
            return;
        }
        match HeaderValue::from_str(&self.cookies) {
            Ok(mut value) => {
                value.set_sensitive(self.has_secret_cookie);
                self.headers.insert(COOKIE, value);
            }
            Err(_) => self.refuse("Cookie", "has characters that a header cannot carry"),
        }
    }

    /// The path with its values; every placeholder needs one, and no segment with one may lead elsewhere.
    fn fill_path(&mut self, template: &'static str) -> String {
        let mut path = String::with_capacity(template.len() + 64);
        for (index, segment) in template.split('/').enumerate() {
            if index > 0 {
                path.push('/');
            }
            let start = path.len();
            let mut rest = segment;
            let mut last = None;
            while let Some((before, after)) = rest.split_once('{') {
                path.push_str(before);
                let (name, after) = after.split_once('}').unwrap_or((after, ""));
                if let Some((_, value)) = self.path.iter().find(|(known, _)| *known == name) {
                    path.push_str(value);
                } else if self.problems.is_empty() {
                    self.refuse(name, "is missing");
                }
                rest = after;
                last = Some(name);
            }
            path.push_str(rest);
            let filled = path.get(start..).unwrap_or_default();
            if let Some(name) = last.filter(|_| self.problems.is_empty() && is_dots(filled)) {
                let filled = filled.to_owned();
                self.refuse_dots(name, &filled);
            }
        }
        path
    }
}

/// Whether a segment of a path leads elsewhere.
fn is_dots(segment: &str) -> bool {
    matches!(segment, "" | "." | "..")
}

/// Appends to a buffer whose earlier ones are wiped when it grows.
fn append(encoding: Encoding, text: &str, out: &mut Zeroizing<String>) {
    let needed = out.len() + encoding.length(text).max(text.len());
    if needed > out.capacity() {
        let grown = if out.is_empty() { needed } else { needed * 2 };
        let mut larger = Zeroizing::new(String::with_capacity(grown));
        larger.push_str(out);
        *out = larger;
    }
    encoding.append(text, out);
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
