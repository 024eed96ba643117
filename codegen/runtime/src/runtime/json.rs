//! Takes a value that a user gave; gives its JSON text to the body of a request; must never let a value pass that breaks a rule of the document.

use crate::runtime::base64::{base64, base64_length};
use crate::runtime::parts::Parts;
use crate::runtime::{InvalidValue, Rules, SecretString};
use chrono::{DateTime, NaiveDate, SecondsFormat, Utc};
use secrecy::ExposeSecret;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io;
use zeroize::Zeroizing;

/// A value that can be sent as JSON.
pub trait ToJson {
    /// Writes the value; where it is an object, `fields` says what is in it.
    fn write(&self, json: &mut JsonWriter<'_>) {
        json.object(|json| self.fields(json));
    }

    /// Writes the properties of an object.
    fn fields(&self, json: &mut JsonWriter<'_>) {
        let _ = json;
    }

    /// Whether there is nothing to send, not even null.
    fn is_absent(&self) -> bool {
        false
    }
}

impl Parts {
    /// Sends a value as JSON, unless there is nothing to send.
    pub fn json(&mut self, value: &(impl ToJson + ?Sized)) {
        if !value.is_absent() {
            self.begin_body();
            value.write(&mut JsonWriter::new(self));
        }
    }
}

/// Where JSON goes.
#[derive(Debug)]
pub struct JsonWriter<'a> {
    parts: &'a mut Parts,
    /// The way to the value that is being written, for messages.
    path: String,
    rules: Rules,
    /// Whether the next member is not the first of its object or list.
    follows: bool,
    /// Whether true and false are texts.
    spelled: bool,
}

impl<'a> JsonWriter<'a> {
    pub(crate) fn new(parts: &'a mut Parts) -> Self {
        Self {
            parts,
            path: String::new(),
            rules: Rules::NONE,
            follows: false,
            spelled: false,
        }
    }

    /// The same for a value that messages call by that name.
    pub(crate) fn named(parts: &'a mut Parts, name: &str, rules: &Rules) -> Self {
        let path = if parts.checks() {
            name.to_owned()
        } else {
            String::new()
        };
        Self {
            path,
            rules: *rules,
            ..Self::new(parts)
        }
    }

    /// Writes a property, unless there is nothing to send.
    pub fn field(&mut self, name: &str, value: &(impl ToJson + ?Sized)) {
        if !value.is_absent() {
            self.member(name, value);
        }
    }

    /// Writes a property for which the document has rules, unless there is nothing to send.
    pub fn checked(&mut self, name: &str, value: &(impl ToJson + ?Sized), rules: &Rules) {
        self.rules = *rules;
        self.field(name, value);
        self.rules = Rules::NONE;
    }

    /// Writes a property that is null where there is no value.
    pub fn or_null(&mut self, name: &str, value: &(impl ToJson + ?Sized), rules: &Rules) {
        self.rules = *rules;
        self.member(name, value);
        self.rules = Rules::NONE;
    }

    /// Writes a property that spells true and false as texts.
    pub fn spelled(&mut self, name: &str, value: &(impl ToJson + ?Sized)) {
        self.field(name, &Spelled(value));
    }

    /// Writes the properties that have no field of their own.
    pub fn rest<T: ToJson>(&mut self, map: &BTreeMap<String, T>) {
        for (name, value) in map {
            self.member(name, value);
        }
    }

    /// Writes such properties where they spell true and false as texts.
    pub fn spelled_rest<T: ToJson>(&mut self, map: &BTreeMap<String, T>) {
        for (name, value) in map {
            self.member(name, &Spelled(value));
        }
    }

    fn member(&mut self, name: &str, value: &(impl ToJson + ?Sized)) {
        let before = self.path.len();
        if self.parts.checks() {
            if before > 0 {
                self.path.push('.');
            }
            self.path.push_str(name);
        }
        self.separate();
        self.put(b"\"");
        self.escape(name);
        self.put(b"\":");
        value.write(self);
        self.path.truncate(before);
    }

    pub(crate) fn object(&mut self, fields: impl FnOnce(&mut Self)) {
        let follows = std::mem::take(&mut self.follows);
        self.put(b"{");
        fields(self);
        self.put(b"}");
        self.follows = follows;
    }

    fn list<T: ToJson>(&mut self, items: &[T]) {
        let follows = std::mem::take(&mut self.follows);
        self.put(b"[");
        for (index, item) in items.iter().enumerate() {
            let before = self.path.len();
            if self.parts.checks() {
                // Writing to a string does not fail.
                let _ = write!(self.path, "[{index}]");
            }
            self.separate();
            item.write(self);
            self.path.truncate(before);
        }
        self.put(b"]");
        self.follows = follows;
    }

    /// Writes what no value has.
    pub fn null(&mut self) {
        self.put(b"null");
    }

    /// Writes a text.
    pub fn text(&mut self, text: &str) {
        let problem = self.rules.check_text(text);
        self.refuse_if(problem);
        self.plain(text);
    }

    /// Writes a text that is never shown.
    pub fn secret(&mut self, text: &str) {
        self.parts.keep_secret(text);
        self.text(text);
    }

    /// Writes a whole number.
    pub fn integer(&mut self, number: i128) {
        let problem = self.rules.check_integer(number);
        self.refuse_if(problem);
        self.raw(&number);
    }

    /// Refuses the request: the value isn't what the property needs.
    pub fn invalid(&mut self, reason: &InvalidValue) {
        self.refuse_if(Some(format!("is invalid: {reason}")));
    }

    fn refuse_if(&mut self, problem: Option<String>) {
        if let Some(problem) = problem
            && self.parts.checks()
        {
            let name = if self.path.is_empty() {
                "the body"
            } else {
                &self.path
            };
            self.parts.refuse(name, &problem);
        }
    }

    fn separate(&mut self) {
        if std::mem::replace(&mut self.follows, true) {
            self.put(b",");
        }
    }

    fn put(&mut self, bytes: &[u8]) {
        self.parts.put_body(bytes);
    }

    fn raw(&mut self, value: &dyn std::fmt::Display) {
        // Writing to the buffer does not fail.
        let _ = io::Write::write_fmt(&mut Out(self), format_args!("{value}"));
    }

    /// Writes a text that needs no check.
    fn plain(&mut self, text: &str) {
        self.put(b"\"");
        self.escape(text);
        self.put(b"\"");
    }

    fn escape(&mut self, text: &str) {
        let mut rest = text.as_bytes();
        while let Some(byte) = rest.first().copied() {
            let is_plain = |byte: &u8| *byte >= b' ' && !matches!(*byte, b'"' | b'\\');
            let run = rest.iter().position(|byte| !is_plain(byte));
            let (run, after) = rest.split_at(run.unwrap_or(rest.len()));
            if run.is_empty() {
                match byte {
                    b'"' => self.put(b"\\\""),
                    b'\\' => self.put(b"\\\\"),
                    b'\n' => self.put(b"\\n"),
                    b'\r' => self.put(b"\\r"),
                    b'\t' => self.put(b"\\t"),
                    other => self.raw(&format_args!("\\u{other:04x}")),
                }
                rest = after.get(1..).unwrap_or_default();
            } else {
                self.put(run);
                rest = after;
            }
        }
    }
}

/// A value whose true and false are spelled as texts, however deep they are.
#[derive(Debug)]
pub struct Spelled<'v, T: ?Sized>(pub &'v T);

impl<T: ToJson + ?Sized> ToJson for Spelled<'_, T> {
    fn write(&self, json: &mut JsonWriter<'_>) {
        let before = std::mem::replace(&mut json.spelled, true);
        self.0.write(json);
        json.spelled = before;
    }

    fn is_absent(&self) -> bool {
        self.0.is_absent()
    }
}

/// Lets the formats of others write into the body.
struct Out<'w, 'a>(&'w mut JsonWriter<'a>);

impl io::Write for Out<'_, '_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.put(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<T: ToJson> ToJson for Option<T> {
    fn write(&self, json: &mut JsonWriter<'_>) {
        match self {
            Some(value) => value.write(json),
            None => json.null(),
        }
    }

    fn is_absent(&self) -> bool {
        self.is_none()
    }
}

impl<T: ToJson> ToJson for Vec<T> {
    fn write(&self, json: &mut JsonWriter<'_>) {
        json.list(self);
    }
}

impl<T: ToJson> ToJson for BTreeMap<String, T> {
    fn write(&self, json: &mut JsonWriter<'_>) {
        json.object(|json| {
            for (name, value) in self {
                json.member(name, value);
            }
        });
    }
}

impl<T: ToJson + ?Sized> ToJson for Box<T> {
    fn write(&self, json: &mut JsonWriter<'_>) {
        (**self).write(json);
    }
}

impl ToJson for str {
    fn write(&self, json: &mut JsonWriter<'_>) {
        json.text(self);
    }
}

impl ToJson for String {
    fn write(&self, json: &mut JsonWriter<'_>) {
        json.text(self);
    }
}

impl ToJson for SecretString {
    fn write(&self, json: &mut JsonWriter<'_>) {
        json.secret(self.expose_secret());
    }
}

/// Bytes are sent as base64.
impl ToJson for Vec<u8> {
    fn write(&self, json: &mut JsonWriter<'_>) {
        let mut text = Zeroizing::new(Vec::with_capacity(base64_length(self.len())));
        base64(self, &mut text);
        json.put(b"\"");
        json.put(&text);
        json.put(b"\"");
    }
}

impl ToJson for bool {
    fn write(&self, json: &mut JsonWriter<'_>) {
        if json.spelled {
            json.plain(if *self { "true" } else { "false" });
        } else {
            json.raw(self);
        }
    }
}

macro_rules! integers {
    ($($type:ty)*) => {
        $(impl ToJson for $type {
            fn write(&self, json: &mut JsonWriter<'_>) {
                json.integer(i128::from(*self));
            }
        })*
    };
}

integers!(i32 i64 u32 u64);

impl ToJson for f64 {
    fn write(&self, json: &mut JsonWriter<'_>) {
        if self.is_finite() {
            let problem = json.rules.check_float(*self);
            json.refuse_if(problem);
            json.raw(self);
        } else {
            json.refuse_if(Some("is not a finite number".to_owned()));
        }
    }
}

impl ToJson for DateTime<Utc> {
    fn write(&self, json: &mut JsonWriter<'_>) {
        json.plain(&self.to_rfc3339_opts(SecondsFormat::AutoSi, true));
    }
}

impl ToJson for NaiveDate {
    fn write(&self, json: &mut JsonWriter<'_>) {
        json.plain(&self.to_string());
    }
}

impl ToJson for serde_json::Value {
    fn write(&self, json: &mut JsonWriter<'_>) {
        // Writing to the buffer does not fail, and a value has no keys but texts.
        let _ = serde_json::to_writer(Out(json), self);
    }
}
