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
    /// The characters that a secret, or an escape of its first character, can begin with.
    first: Zeroizing<String>,
}

impl Redactor {
    pub(crate) fn new(secrets: Vec<Zeroizing<String>>) -> Self {
        let mut needles = Vec::with_capacity(secrets.len());
        for secret in secrets {
            // A key inside JSON has its line breaks as two characters.
            let lines = secret.lines().flat_map(|line| line.split("\\n"));
            let lines = lines.map(str::trim);
            for line in lines.filter(|line| line.len() > TELLING && line.len() < secret.len()) {
                needles.push(Zeroizing::new(line.to_owned()));
            }
            needles.push(secret);
        }
        needles.retain(|needle| !needle.is_empty());
        // The longest first, so that a whole secret becomes one mark and not one for each line.
        needles.sort_by_key(|needle| std::cmp::Reverse(needle.len()));
        let first = needles.iter().filter_map(|needle| needle.chars().next());
        let first = Zeroizing::new(first.chain("\\%+&".chars()).collect());
        Self { needles, first }
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
            let needles = self.needles.iter().filter(|_| self.first.contains(next));
            let length = needles.map(|needle| matched(rest, needle, cut)).max();
            if let Some(length) = length.filter(|length| *length > 0) {
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
    // A backslash can be one or half of an escaped one, so every way to read the text is followed.
    let mut ends = vec![text];
    let mut shown = 0;
    for wanted in secret.chars() {
        let mut next: Vec<&str> = ends.iter().flat_map(|rest| ways(rest, wanted)).collect();
        if next.is_empty() {
            let cut_here = cut && shown > 0 && ends.iter().any(|rest| is_partial_escape(rest));
            if shown < TELLING && !cut_here {
                return 0;
            }
            break;
        }
        next.sort_unstable_by_key(|rest| rest.len());
        next.dedup_by_key(|rest| rest.len());
        ends = next;
        shown += wanted.len_utf8();
    }
    ends.first().map_or(0, |rest| text.len() - rest.len())
}

/// Whether a cut text ended here, perhaps inside an escape.
fn is_partial_escape(rest: &str) -> bool {
    rest.is_empty() || (rest.len() < 12 && rest.starts_with(['%', '\\', '&']))
}

/// `text` after one character, in all of the ways that servers write it.
fn ways(text: &str, wanted: char) -> impl Iterator<Item = &str> {
    let ways = [
        text.strip_prefix(wanted),
        strip_json(text, wanted),
        strip_percent(text, wanted),
        strip_html(text, wanted),
    ];
    ways.into_iter().flatten()
}

fn strip_json(text: &str, wanted: char) -> Option<&str> {
    let escaped = strip_unit(text, '\\')?;
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
    strip_unit(escaped, short)
}

/// One character of a JSON escape, which is itself escaped where JSON is shown in HTML or sent in a form.
fn strip_unit(text: &str, wanted: char) -> Option<&str> {
    text.strip_prefix(wanted)
        .or_else(|| strip_percent(text, wanted))
        .or_else(|| strip_html(text, wanted))
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
