//! Gives the ways in which servers repeat what they were sent; must never change a secret so far that its owner would not know it.

use std::fmt::Write;

use twilio_push_credentials_tests::faults::Echo;
use twilio_push_credentials_tests::scripted::Request;

use crate::secrets;

/// A way to write a text.
pub(crate) type Encode = fn(&str) -> String;

/// Each way to write a secret, by name.
pub(crate) const WAYS: [(&str, Encode); 12] = [
    ("plain", str::to_owned),
    ("form", |text| form(text).replace("%20", "+")),
    ("form in a form", |text| form(&form(text))),
    ("percent, all of it", |text| percent(text, |_| false, false)),
    ("JSON", json),
    ("JSON, all of it", unicode),
    ("JSON in JSON", |text| json(&json(text))),
    ("HTML", html),
    ("HTML, all of it", entities),
    ("JSON in HTML", |text| html(&json(text))),
    ("in lines of 20", |text| {
        let text: Vec<char> = text.chars().filter(|c| !c.is_whitespace()).collect();
        let lines: Vec<String> = text.chunks(20).map(String::from_iter).collect();
        lines.join("\n")
    }),
    ("without the beginning", |text| {
        text.chars().skip(5).collect()
    }),
];

/// What a server repeats of the secrets in a request, in every place. A host takes what a host can have.
pub(crate) fn echo(request: &Request, encode: Encode) -> Echo {
    let sent = secrets::sent(request);
    let texts: Vec<String> = sent.iter().map(|secret| encode(secret)).collect();
    let text = texts.join(" , ");
    let visible = |c: char| if c.is_ascii_graphic() { c } else { ' ' };
    let label = |secret: &String| -> String {
        let label = secret.chars().filter(char::is_ascii_alphanumeric);
        label.take(60).collect()
    };
    let labels: Vec<String> = sent.iter().rev().take(3).map(label).collect();
    Echo {
        json: json(&text),
        header: text.chars().map(visible).collect(),
        host: labels.join("."),
        text,
    }
}

fn form(text: &str) -> String {
    percent(text, |c| c.is_ascii_alphanumeric(), true)
}

fn percent(text: &str, plain: fn(char) -> bool, upper: bool) -> String {
    let mut out = String::new();
    for character in text.chars() {
        if plain(character) {
            out.push(character);
            continue;
        }
        for byte in character.encode_utf8(&mut [0; 4]).bytes() {
            let escape = if upper {
                format!("%{byte:02X}")
            } else {
                format!("%{byte:02x}")
            };
            out.push_str(&escape);
        }
    }
    out
}

/// Between quotes.
fn json(text: &str) -> String {
    let quoted = serde_json::Value::from(text).to_string();
    quoted[1..quoted.len() - 1].to_owned()
}

fn unicode(text: &str) -> String {
    let mut out = String::new();
    for unit in text.encode_utf16() {
        let _ = write!(out, "\\u{unit:04x}");
    }
    out
}

fn html(text: &str) -> String {
    let text = text
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;");
    text.replace('"', "&quot;").replace('\'', "&#39;")
}

fn entities(text: &str) -> String {
    let mut out = String::new();
    for character in text.chars() {
        let _ = write!(out, "&#{};", u32::from(character));
    }
    out
}
