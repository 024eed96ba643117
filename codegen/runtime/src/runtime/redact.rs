//! Takes text that a server sent back and the secrets that it was sent; gives the text without them; must never miss one for how it is escaped.

use crate::runtime::encode::unhex;
use zeroize::Zeroizing;

/// What is shown in the place of a secret.
const REDACTED: &str = "[redacted]";
/// So much of the beginning of a secret, or a line of it, is redacted even without the rest.
const TELLING: usize = 12;

/// The secrets of one call.
pub(crate) struct Redactor {
    needles: Vec<Zeroizing<String>>,
}

impl Redactor {
    pub(crate) fn new(secrets: Vec<Zeroizing<String>>) -> Self {
        let mut needles = Vec::with_capacity(secrets.len());
        for secret in secrets {
            let lines = secret.lines().map(str::trim);
            for line in lines.filter(|line| line.len() > TELLING && line.len() < secret.len()) {
                needles.push(Zeroizing::new(line.to_owned()));
            }
            needles.push(secret);
        }
        needles.retain(|needle| !needle.is_empty());
        // The longest first, so that a whole secret becomes one mark and not one for each line.
        needles.sort_by_key(|needle| std::cmp::Reverse(needle.len()));
        Self { needles }
    }

    /// Whether `text` shows a secret.
    pub(crate) fn finds(&self, text: &str) -> bool {
        let mut cleaned = text.to_owned();
        self.clean(&mut cleaned, false);
        cleaned != text
    }

    /// Replaces every secret in `text`. A text that was `cut` may end with the beginning of one.
    pub(crate) fn clean(&self, text: &mut String, cut: bool) {
        if self.needles.is_empty() {
            return;
        }
        let mut out = String::with_capacity(text.len());
        let mut rest = text.as_str();
        let mut found = false;
        while let Some(next) = rest.chars().next() {
            let matched = self
                .needles
                .iter()
                .map(|needle| matched(rest, needle, cut))
                .max();
            if let Some(length) = matched.filter(|length| *length > 0) {
                out.push_str(REDACTED);
                rest = rest.get(length..).unwrap_or_default();
                found = true;
            } else {
                out.push(next);
                rest = rest.get(next.len_utf8()..).unwrap_or_default();
            }
        }
        if found {
            *text = out;
        }
    }
}

/// How many bytes of the beginning of `text` show `secret`, or 0.
fn matched(text: &str, secret: &str, cut: bool) -> usize {
    let mut rest = text;
    let mut left = secret;
    while let Some(wanted) = left.chars().next() {
        let Some(after) = strip(rest, wanted) else {
            break;
        };
        rest = after;
        left = left.get(wanted.len_utf8()..).unwrap_or_default();
    }
    let shown = secret.len() - left.len();
    let whole = left.is_empty();
    let at_the_end = cut && shown > 0 && is_partial_escape(rest);
    if whole || shown >= TELLING || at_the_end {
        text.len() - rest.len()
    } else {
        0
    }
}

/// Whether a cut text ended here, perhaps inside an escape.
fn is_partial_escape(rest: &str) -> bool {
    rest.is_empty() || (rest.len() < 12 && rest.starts_with(['%', '\\', '&']))
}

/// `text` after one character, in any of the ways that servers write it.
fn strip(text: &str, wanted: char) -> Option<&str> {
    text.strip_prefix(wanted)
        .or_else(|| strip_json(text, wanted))
        .or_else(|| strip_percent(text, wanted))
        .or_else(|| strip_html(text, wanted))
}

fn strip_json(text: &str, wanted: char) -> Option<&str> {
    let escaped = text.strip_prefix('\\')?;
    if let Some(hex) = escaped.strip_prefix('u') {
        let unit = u32::from_str_radix(hex.get(..4)?, 16).ok()?;
        if unit == u32::from(wanted) {
            return hex.get(4..);
        }
        let mut units = [0; 2];
        let [high, low] = *wanted.encode_utf16(&mut units) else {
            return None;
        };
        let second = hex.get(4..)?.strip_prefix("\\u")?;
        let follows = u32::from_str_radix(second.get(..4)?, 16).ok()?;
        let same = unit == u32::from(high) && follows == u32::from(low);
        return same.then(|| second.get(4..)).flatten();
    }
    let short = match wanted {
        '\n' => 'n',
        '\r' => 'r',
        '\t' => 't',
        '\u{8}' => 'b',
        '\u{c}' => 'f',
        '"' | '\\' | '/' | '\'' => wanted,
        _ => return None,
    };
    escaped.strip_prefix(short)
}

fn strip_percent(text: &str, wanted: char) -> Option<&str> {
    if wanted == ' ' && text.starts_with('+') {
        return text.get(1..);
    }
    let mut rest = text;
    for byte in wanted.encode_utf8(&mut [0; 4]).bytes() {
        let escape = rest.strip_prefix('%')?;
        let [high, low, ..] = *escape.as_bytes() else {
            return None;
        };
        if unhex(high)? << 4 | unhex(low)? != byte {
            return None;
        }
        rest = escape.get(2..)?;
    }
    Some(rest)
}

fn strip_html(text: &str, wanted: char) -> Option<&str> {
    let entity = text.strip_prefix('&')?;
    let (name, rest) = entity.split_once(';')?;
    let code = if let Some(hex) = name.strip_prefix("#x").or(name.strip_prefix("#X")) {
        u32::from_str_radix(hex, 16).ok()?
    } else if let Some(decimal) = name.strip_prefix('#') {
        decimal.parse().ok()?
    } else {
        u32::from(match name {
            "amp" => '&',
            "lt" => '<',
            "gt" => '>',
            "quot" => '"',
            "apos" => '\'',
            _ => return None,
        })
    };
    (code == u32::from(wanted)).then_some(rest)
}
