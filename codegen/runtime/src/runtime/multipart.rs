//! Takes the parts of a body that has several; gives them to it, each with its head; must never let a name or a header end a head early.

use crate::runtime::json::{JsonWriter, ToJson};
use crate::runtime::parts::{Parts, Place};
use crate::runtime::payload::Insert;
use crate::runtime::upload::{Content, Upload};
use crate::runtime::{Parameter, Rules, Sink};
use reqwest::header::{HeaderName, HeaderValue};
use serde_json::Value;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;
use zeroize::Zeroizing;

/// What is sent as one part or several that are files.
pub trait FilePart {
    /// The files.
    fn files(&self) -> &[Upload];
}

impl FilePart for Upload {
    fn files(&self) -> &[Upload] {
        std::slice::from_ref(self)
    }
}

impl FilePart for Vec<Upload> {
    fn files(&self) -> &[Upload] {
        self
    }
}

impl<T: FilePart> FilePart for Option<T> {
    fn files(&self) -> &[Upload] {
        self.as_ref().map_or(&[], FilePart::files)
    }
}

/// What a part is that is sent beside those which the document names.
pub trait OtherPart {
    /// Sends it.
    fn send(&self, name: &str, parts: &mut Parts);
}

impl OtherPart for Upload {
    fn send(&self, name: &str, parts: &mut Parts) {
        parts.file(name, "", self);
    }
}

impl<T: ToJson> OtherPart for T {
    fn send(&self, name: &str, parts: &mut Parts) {
        parts.part_of_any(name, "", self);
    }
}

impl Parts {
    /// Sends a plain value as a part, and each of a list as one of its own.
    pub fn text_part(
        &mut self,
        name: &'static str,
        media_type: &'static str,
        value: &(impl Parameter + ?Sized),
    ) {
        self.around = Some((media_type, Self::text_of_part));
        value.write(&mut Sink::new(self, Place::Body, name, &value.rules()));
        self.around = None;
    }

    /// Sends a value as a part that is JSON, unless there is nothing to send.
    pub fn json_part(
        &mut self,
        name: &'static str,
        media_type: &'static str,
        value: &(impl ToJson + ?Sized),
    ) {
        if !value.is_absent() {
            self.json_of_part(name, media_type, value);
        }
    }

    /// Sends a value as what it turns out to be: a plain one as text, each of a list of those as a part of its own,
    /// all else as JSON.
    pub fn any_part(
        &mut self,
        name: &'static str,
        media_type: &'static str,
        value: &(impl ToJson + ?Sized),
    ) {
        if !value.is_absent() {
            self.part_of_any(name, media_type, value);
        }
    }

    /// Sends files, each as a part.
    pub fn file_part(
        &mut self,
        name: &'static str,
        media_type: &'static str,
        file: &impl FilePart,
    ) {
        for file in file.files() {
            self.file(name, media_type, file);
        }
    }

    /// Sends parts that the document does not name.
    pub fn other_parts<T: OtherPart>(&mut self, parts: Option<&BTreeMap<String, T>>) {
        for (name, part) in parts.into_iter().flatten() {
            part.send(name, self);
        }
    }

    /// Sends a file as the whole body, unless there is none.
    pub fn upload(&mut self, file: &impl FilePart) {
        for file in file.files() {
            self.set_body_type(file.content_type.as_deref());
            self.insert(Arc::new(file.clone()));
        }
    }

    fn text_of_part(&mut self, name: &str, media_type: &str, text: &str) {
        self.begin_part(name, None, media_type, &[]);
        self.put_body(text.as_bytes());
        self.put_body(b"\r\n");
    }

    fn json_of_part(&mut self, name: &str, media_type: &str, value: &(impl ToJson + ?Sized)) {
        self.begin_part(name, None, or(media_type, "application/json"), &[]);
        value.write(&mut JsonWriter::named(self, name, &Rules::NONE));
        self.put_body(b"\r\n");
    }

    fn part_of_any(&mut self, name: &str, media_type: &str, value: &(impl ToJson + ?Sized)) {
        self.aside(|parts| value.write(&mut JsonWriter::named(parts, name, &Rules::NONE)));
        let json = Self::alone(|parts| value.write(&mut JsonWriter::new(parts)));
        let plain = |value: Value| match value {
            Value::String(text) => Some(text),
            Value::Bool(_) | Value::Number(_) => Some(value.to_string()),
            _ => None,
        };
        let texts: Option<Vec<String>> = match serde_json::from_slice(&json) {
            Ok(Value::Array(items)) => items.into_iter().map(plain).collect(),
            Ok(value) => plain(value).map(|text| vec![text]),
            Err(_) => None,
        };
        let Some(texts) = texts else {
            self.begin_part(name, None, or(media_type, "application/json"), &[]);
            self.put_body(&json);
            self.put_body(b"\r\n");
            return;
        };
        for text in texts.into_iter().map(Zeroizing::new) {
            self.text_of_part(name, media_type, &text);
        }
    }

    fn file(&mut self, name: &str, media_type: &str, file: &Upload) {
        let own = file.content_type.as_deref();
        let media_type = own.unwrap_or(or(media_type, "application/octet-stream"));
        let file_name = file.file_name.as_deref().unwrap_or(name);
        self.begin_part(name, Some(file_name), media_type, &file.headers);
        match &file.content {
            // Not worth a piece of its own.
            Content::Bytes(bytes) if bytes.len() <= SHORT => self.put_body(bytes),
            _ => self.insert(Arc::new(file.clone()) as Arc<dyn Insert>),
        }
        self.put_body(b"\r\n");
    }

    fn begin_part(
        &mut self,
        name: &str,
        file_name: Option<&str>,
        media_type: &str,
        headers: &[(String, String)],
    ) {
        let Some(of_form) = self.put_boundary(media_type) else {
            return;
        };
        let mut head = String::from("\r\n");
        if of_form {
            head.push_str("Content-Disposition: form-data; name=\"");
            head.push_str(&quoted(name));
            if let Some(file_name) = file_name {
                head.push_str("\"; filename=\"");
                head.push_str(&quoted(file_name));
            }
            head.push_str("\"\r\n");
        }
        if !media_type.is_empty() {
            head.push_str("Content-Type: ");
            head.push_str(media_type);
            head.push_str("\r\n");
            self.check_header(name, "content-type", media_type);
        }
        for (header, value) in headers {
            self.check_header(name, header, value);
            head.extend([header, ": ", value, "\r\n"]);
        }
        head.push_str("\r\n");
        self.put_body(head.as_bytes());
    }

    fn check_header(&mut self, part: &str, name: &str, value: &str) {
        let name = HeaderName::from_bytes(name.as_bytes());
        if self.checks() && (name.is_err() || HeaderValue::from_str(value).is_err()) {
            self.refuse(part, "has a header with characters that it cannot carry");
        }
    }
}

/// Files in memory that are not longer are copied into the buffer.
const SHORT: usize = 1024;

fn or<'a>(text: &'a str, other: &'a str) -> &'a str {
    if text.is_empty() { other } else { text }
}

/// A name inside of quotes, as browsers write it.
fn quoted(name: &str) -> Cow<'_, str> {
    if !name.contains(['"', '\r', '\n']) {
        return Cow::Borrowed(name);
    }
    let name = name.replace('"', "%22");
    Cow::Owned(name.replace('\r', "%0D").replace('\n', "%0A"))
}
