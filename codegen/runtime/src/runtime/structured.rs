//! Takes a value that may be an object; gives its members to a path, a query, a header, a cookie or a form; must never lose one, or their order.

use crate::runtime::json::{JsonWriter, ToJson};
use crate::runtime::parts::{Parts, Place};
use crate::runtime::style::Kind;
use crate::runtime::{FormBody, Parameter, Rules, Sink};
use std::fmt::Write as _;
use zeroize::Zeroizing;

/// A value that is an object, a map or one of several, sent as the style of its place says.
///
/// It is written as JSON and taken apart again, so that every type that can be sent in a body can be a parameter.
#[derive(Debug)]
pub struct Structured<'a, T: ?Sized>(pub &'a T);

impl<T: ToJson + ?Sized> Parameter for Structured<'_, T> {
    fn write(&self, sink: &mut Sink<'_>) {
        if self.0.is_absent() || sink.parts.skips(sink.place) {
            return;
        }
        let (name, rules) = (sink.name, sink.rules);
        let write = |parts: &mut Parts| self.0.write(&mut JsonWriter::named(parts, name, rules));
        let text = sink.parts.apart(&write);
        if let Some((bytes, secret)) = text {
            sink.structure(str::from_utf8(&bytes).unwrap_or_default(), secret);
        }
    }
}

/// Each member is a field of the form.
impl<T: ToJson + ?Sized> FormBody for Structured<'_, T> {
    fn write(&self, parts: &mut Parts) {
        let write = |parts: &mut Parts| {
            self.0
                .write(&mut JsonWriter::named(parts, "the form", &Rules::NONE));
        };
        let text = parts.apart(&write);
        let Some((bytes, secret)) = text.filter(|_| !self.0.is_absent()) else {
            return;
        };
        let Shape::Object(members) = shape(str::from_utf8(&bytes).unwrap_or_default()) else {
            return parts.refuse("the form", "is not an object");
        };
        for (name, json) in each_member(members) {
            let name = unquoted(name);
            Sink::new(parts, Place::Form, &name, &Rules::NONE).structure(json, secret);
        }
    }
}

/// A part of JSON that this runtime has written: without spaces, and well-formed.
enum Shape<'a> {
    Null,
    Text(&'a str),
    /// A number, true or false.
    Plain,
    /// What is between the brackets.
    List(&'a str),
    /// What is between the braces.
    Object(&'a str),
}

impl Sink<'_> {
    /// Sends JSON as the style says. Null is not sent: RFC 6570 takes it for undefined.
    fn structure(&mut self, json: &str, secret: bool) {
        if self.rules.style.kind == Kind::Json {
            return self.whole(json, secret);
        }
        match shape(json) {
            Shape::Null => {}
            Shape::Text(_) | Shape::Plain => self.put(None, &unquoted(json), secret),
            _ if self.rules.style.kind == Kind::DeepObject => {
                self.secret |= secret;
                self.deep(&mut self.name.to_owned(), json);
            }
            Shape::List(items) => {
                self.listed = true;
                for item in parts(items, ',').filter(|item| *item != "null") {
                    self.put(None, &unquoted(item), secret);
                }
            }
            // OpenAPI 3.0.4 and 3.1.1, "URL Encoded Form with JSON Values": what an object in a form is unless its
            // encoding names a style.
            Shape::Object(_)
                if self.place == Place::Form && self.rules.style.kind == Kind::Usual =>
            {
                self.whole(json, secret);
            }
            Shape::Object(members) => {
                self.listed = true;
                for (name, json) in each_member(members).filter(|(_, json)| *json != "null") {
                    self.put(Some(&unquoted(name)), &unquoted(json), secret);
                }
            }
        }
    }

    /// Sends JSON as it is. A header has no characters but those of ASCII, and JSON can do without others.
    fn whole(&mut self, json: &str, secret: bool) {
        if self.place != Place::Header || json.is_ascii() {
            return self.put(None, json, secret);
        }
        let mut text = Zeroizing::new(String::with_capacity(json.len() * 6));
        for character in json.chars() {
            if character.is_ascii() {
                text.push(character);
                continue;
            }
            for unit in character.encode_utf16(&mut [0; 2]) {
                // Writing to a string does not fail.
                let _ = write!(text, "\\u{unit:04x}");
            }
        }
        self.put(None, &text, secret);
    }

    /// Sends each value inside of an object, under the way that leads to it. OpenAPI leaves open what is inside of the
    /// members; here it is what qs for JavaScript, PHP, Rack and Stripe read: `name[key][inner]=`, `name[]=` for the items of a
    /// list, and `name[0][key]=` for objects in one.
    fn deep(&mut self, name: &mut String, json: &str) {
        let before = name.len();
        match shape(json) {
            Shape::Null => {}
            Shape::Text(_) | Shape::Plain => self.pair("&", name, &unquoted(json)),
            Shape::List(items) => {
                for (index, item) in parts(items, ',').enumerate() {
                    if matches!(shape(item), Shape::List(_) | Shape::Object(_)) {
                        // Writing to a string does not fail.
                        let _ = write!(name, "[{index}]");
                    } else {
                        name.push_str("[]");
                    }
                    self.deep(name, item);
                    name.truncate(before);
                }
            }
            Shape::Object(members) => {
                for (key, json) in each_member(members) {
                    name.extend(["[", &unquoted(key), "]"]);
                    self.deep(name, json);
                    name.truncate(before);
                }
            }
        }
    }
}

fn shape(json: &str) -> Shape<'_> {
    let within = |open, close| json.strip_prefix(open)?.strip_suffix(close);
    if json == "null" {
        Shape::Null
    } else if let Some(text) = within('"', '"') {
        Shape::Text(text)
    } else if let Some(items) = within('[', ']') {
        Shape::List(items)
    } else if let Some(members) = within('{', '}') {
        Shape::Object(members)
    } else {
        Shape::Plain
    }
}

/// The parts between separators that stand neither in a text nor in brackets.
fn parts(json: &str, separator: char) -> impl Iterator<Item = &str> {
    json.split(outside(separator))
        .filter(|part| !part.is_empty())
}

fn each_member(members: &str) -> impl Iterator<Item = (&str, &str)> {
    parts(members, ',').filter_map(|member| member.split_once(outside(':')))
}

fn outside(separator: char) -> impl FnMut(char) -> bool {
    let (mut depth, mut quoted, mut escaped) = (0_usize, false, false);
    move |character| {
        if quoted {
            quoted = escaped || character != '"';
            escaped = !escaped && character == '\\';
            return false;
        }
        match character {
            '"' => quoted = true,
            '[' | '{' => depth += 1,
            ']' | '}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth == 0 && character == separator
    }
}

/// The text that a JSON string stands for. Other JSON as it is: no style goes deeper than an object or a list.
fn unquoted(json: &str) -> Zeroizing<String> {
    let mut text = Zeroizing::new(String::with_capacity(json.len()));
    let Shape::Text(quoted) = shape(json) else {
        text.push_str(json);
        return text;
    };
    let mut characters = quoted.chars();
    while let Some(character) = characters.next() {
        if character != '\\' {
            text.push(character);
            continue;
        }
        text.push(match characters.next() {
            Some('n') => '\n',
            Some('r') => '\r',
            Some('t') => '\t',
            Some('b') => '\u{8}',
            Some('f') => '\u{c}',
            Some('u') => {
                let digits = characters.by_ref().take(4);
                let code =
                    digits.fold(0, |code, digit| code * 16 + digit.to_digit(16).unwrap_or(0));
                char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER)
            }
            Some(other) => other,
            None => break,
        });
    }
    text
}
