//! Takes the parameters of one call; gives the path, query, headers and body to send; must never leave a secret in memory that it gave back.

use crate::runtime::encode::Encoding;
use crate::runtime::payload::{Boundary, Insert, Inserts, Payload};
use crate::runtime::{FormBody, Media, Operation, Parameter, Rules, Sink};
use bytes::Bytes;
use reqwest::header::{COOKIE, HeaderMap, HeaderName, HeaderValue};
use std::fmt;
use std::sync::Arc;
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
    /// What is sent in the body and is not in the buffer.
    inserts: Inserts,
    /// What separates the parts of the body, where it has parts.
    boundary: Option<Boundary>,
    /// The media type of the body, where it has one of its own.
    body_type: Option<String>,
    /// What makes a part of a text of the body, where it has parts.
    pub(crate) around: Option<Around>,
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
    Body,
}

/// The media type of a part, and what writes one with a name and a text.
pub(crate) type Around = (&'static str, fn(&mut Parts, &str, &str, &str));

/// What was made of the parts of a request.
pub(crate) struct Written {
    pub(crate) path: String,
    pub(crate) query: String,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Option<Payload>,
    /// The media type of the body.
    pub(crate) body_type: Option<HeaderValue>,
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
            inserts: Vec::new(),
            boundary: None,
            body_type: None,
            around: None,
            secrets: Vec::new(),
            problems: Vec::new(),
        }
    }

    /// Writes a request, or says everything that is wrong with it.
    pub(crate) fn write(operation: &Operation, write: Write<'_>) -> Result<Written, Vec<String>> {
        let boundary = match operation.body {
            Some(Media::Multipart(name)) => Some(Boundary::new(name)),
            _ => None,
        };
        let mut parts = Self::new(Pass::Measure, 0);
        parts.boundary.clone_from(&boundary);
        write(&mut parts);
        parts.put_cookies();
        parts.end_parts();
        let path = parts.fill_path(operation.path);
        if !parts.problems.is_empty() {
            return Err(parts.problems);
        }
        let body_type = parts.whole_body_type(operation)?;
        let body = if parts.has_body || operation.body == Some(Media::Form) {
            let mut second = Self::new(Pass::Body, parts.body_length);
            second.boundary = boundary;
            write(&mut second);
            second.end_parts();
            if second.body.len() != parts.body_length || !second.problems.is_empty() {
                return Err(vec!["the body changed while it was written".to_owned()]);
            }
            let written = Bytes::from_owner(second.body);
            Some(Payload::of(written, second.inserts))
        } else {
            None
        };
        Ok(Written {
            path,
            query: parts.query,
            headers: parts.headers,
            body,
            body_type,
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

    /// Begins a body that is written as it is.
    pub(crate) fn begin_body(&mut self) {
        self.has_body = true;
    }

    /// Sends a plain value as the text that is the body, unless there is nothing to send.
    pub fn text(&mut self, value: &(impl Parameter + ?Sized), rules: &Rules) {
        value.write(&mut Sink::new(self, Place::Body, "the body", rules));
    }

    /// Whether rules are to be checked now; once is enough.
    pub(crate) fn checks(&self) -> bool {
        self.pass == Pass::Measure
    }

    /// Whether nothing is wanted of a place now.
    pub(crate) fn skips(&self, place: Place) -> bool {
        self.pass == Pass::Body && !matches!(place, Place::Form | Place::Body)
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
            (_, Place::Body) | (Pass::Body | Pass::Secrets, _) => {}
        }
    }

    /// Sends a text as the body, or as a part of it.
    pub(crate) fn put_text(&mut self, name: &str, text: &str) {
        if let Some((media_type, part)) = self.around {
            part(self, name, media_type, text);
        } else {
            self.has_body = true;
            self.put_body(text.as_bytes());
        }
    }

    /// Whether nothing is in a place yet.
    pub(crate) fn is_empty(&self, place: Place) -> bool {
        match place {
            Place::Path | Place::Header => self.value.is_empty(),
            Place::Query => self.query.is_empty(),
            Place::Cookie => self.cookies.is_empty(),
            Place::Form | Place::Body => self.body_length == 0 && self.body.is_empty(),
        }
    }

    /// What something writes into a body, by itself and in a buffer that did not grow, and whether a secret is in it.
    /// Nothing when only the secrets are wanted, or when the value is refused.
    pub(crate) fn apart(
        &mut self,
        write: &dyn Fn(&mut Self),
    ) -> Option<(Zeroizing<Vec<u8>>, bool)> {
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

    /// Appends to the body.
    pub(crate) fn put_body(&mut self, bytes: &[u8]) {
        match self.pass {
            Pass::Measure => self.body_length += bytes.len(),
            Pass::Body => self.body.extend_from_slice(bytes),
            Pass::Secrets => {}
        }
    }

    /// Writes something that is not sent: its rules are checked and its secrets are kept as if it were.
    pub(crate) fn aside(&mut self, write: impl FnOnce(&mut Self)) {
        let before = self.body_length;
        let body = std::mem::take(&mut self.body);
        write(self);
        self.body_length = before;
        self.body = body;
    }

    /// What something writes into a body, by itself.
    pub(crate) fn alone(write: impl Fn(&mut Self)) -> Zeroizing<Vec<u8>> {
        let mut measured = Self::new(Pass::Measure, 0);
        write(&mut measured);
        let mut written = Self::new(Pass::Body, measured.body_length);
        write(&mut written);
        written.body
    }

    /// Sends something that is not in the buffer.
    pub(crate) fn insert(&mut self, insert: Arc<dyn Insert>) {
        self.has_body = true;
        if self.pass == Pass::Body {
            self.inserts.push((self.body.len(), insert));
        }
    }

    /// What the body is, where it is not what the operation says.
    pub(crate) fn set_body_type(&mut self, media_type: Option<&str>) {
        self.body_type = media_type.map(str::to_owned);
    }

    /// Begins a part; says whether it is one of a form, or nothing where the body has no parts.
    pub(crate) fn put_boundary(&mut self, media_type: &str) -> Option<bool> {
        let boundary = self.boundary.as_mut()?;
        let (text, media) = (boundary.text.clone(), boundary.media);
        boundary.first.get_or_insert_with(|| media_type.to_owned());
        self.put_body(b"--");
        self.put_body(text.as_bytes());
        Some(media == "multipart/form-data")
    }

    /// Ends the last part; a body of parts is one even when it has none.
    fn end_parts(&mut self) {
        if self.put_boundary("").is_some() {
            self.has_body = true;
            self.put_body(b"--\r\n");
        }
    }

    fn whole_body_type(&self, operation: &Operation) -> Result<Option<HeaderValue>, Vec<String>> {
        let Some(media) = operation.body else {
            return Ok(None);
        };
        let parts = self.boundary.as_ref().map(Boundary::content_type);
        let own = self.body_type.as_deref().or(parts.as_deref());
        let name = own.unwrap_or(media.content_type());
        let bad = |_| vec!["the body has a media type that a header cannot carry".to_owned()];
        HeaderValue::from_str(name).map(Some).map_err(bad)
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
