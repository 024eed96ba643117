//! Takes text that a server sent back and the secrets that it was sent; gives the text without them; must never miss one for how it is escaped.

use crate::runtime::encode::unhex;
use std::cell::OnceCell;
use std::collections::HashSet;
use std::ops::Range;
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
    /// Those of which every piece tells something: nobody writes them like words.
    credentials: Vec<Zeroizing<String>>,
    /// What all pieces of that many characters hash to; made when they are first looked for.
    pieces: OnceCell<HashSet<u64>>,
}

impl Redactor {
    /// Takes the secrets of a request, which may hold words that are in many answers, and those that log in.
    pub(crate) fn new(
        secrets: Vec<Zeroizing<String>>,
        credentials: Vec<Zeroizing<String>>,
    ) -> Self {
        let mut needles = Vec::with_capacity(secrets.len() + credentials.len());
        for secret in secrets.into_iter().chain(credentials.iter().cloned()) {
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
        Self {
            needles,
            first,
            credentials,
            pieces: OnceCell::new(),
        }
    }

    /// Whether `text` shows a secret.
    pub(crate) fn finds(&self, text: &str) -> bool {
        let mut cleaned = text.to_owned();
        self.clean(&mut cleaned, false);
        cleaned != text
    }

    /// Replaces every secret in `text`, and every piece of one. A text that was `cut` may end with the beginning of one.
    pub(crate) fn clean(&self, text: &mut String, cut: bool) {
        if !self.needles.is_empty() {
            self.clean_secrets(text, cut);
            self.clean_pieces(text);
        }
    }

    /// The same for a text that comes with every answer: no pieces are looked for in one that is as short as names of requests are.
    pub(crate) fn clean_id(&self, text: &mut String) {
        if text.len() > ID {
            self.clean(text, true);
        } else {
            self.clean_secrets(text, true);
        }
    }

    fn clean_secrets(&self, text: &mut String, cut: bool) {
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

    fn make_pieces(&self) -> HashSet<u64> {
        let mut pieces = HashSet::new();
        let tells = |piece: &[char]| piece.iter().any(|c| is_telling(*c));
        add_pieces(&self.needles, tells, &mut pieces);
        add_pieces(&self.credentials, |_| true, &mut pieces);
        pieces
    }

    /// Replaces what is left of secrets whose beginning isn't there, or that are escaped in unknown ways.
    fn clean_pieces(&self, text: &mut String) {
        let pieces = self.pieces.get_or_init(|| self.make_pieces());
        let mut view: Vec<Unit> = text.char_indices().map(Unit::new).collect();
        let mut shown: Vec<Range<usize>> = Vec::new();
        for _ in 0..LAYERS {
            for window in view.windows(TELLING) {
                let piece = hash(window.iter().map(|unit| unit.shows));
                if let [first, .., last] = window
                    && pieces.contains(&piece)
                {
                    shown.push(first.at.start..last.at.end);
                }
            }
            let inner = unescape(&view);
            if inner.len() == view.len() {
                break;
            }
            view = inner;
        }
        shown.sort_unstable_by_key(|range| std::cmp::Reverse(range.start));
        let mut pending: Option<Range<usize>> = None;
        let mut cut = |range: Range<usize>| text.replace_range(range, REDACTED);
        for range in shown {
            match &mut pending {
                Some(later) if range.end >= later.start => {
                    *later = range.start..later.end.max(range.end);
                }
                _ => pending.replace(range).into_iter().for_each(&mut cut),
            }
        }
        pending.into_iter().for_each(&mut cut);
    }
}

/// Names of requests are no longer.
const ID: usize = 40;
/// So many escapes, one inside the other, are looked through.
const LAYERS: usize = 4;

/// A character that a part of a text stands for.
struct Unit {
    shows: char,
    at: Range<usize>,
}

impl Unit {
    fn new((start, shows): (usize, char)) -> Self {
        let at = start..start + shows.len_utf8();
        Self { shows, at }
    }
}

/// What the pieces of secrets hash to, as far as they are wanted; also of what they are where somebody breaks the lines
/// elsewhere.
fn add_pieces(
    secrets: &[Zeroizing<String>],
    wanted: impl Fn(&[char]) -> bool,
    pieces: &mut HashSet<u64>,
) {
    for secret in secrets {
        for joined in [false, true] {
            let kept = secret.chars().filter(|c| !(joined && c.is_whitespace()));
            let kept = Zeroizing::new(kept.collect::<Vec<char>>());
            let wanted = kept.windows(TELLING).filter(|piece| wanted(piece));
            pieces.extend(wanted.map(|piece| hash(piece.iter().copied())));
        }
    }
}

/// A piece without any of these is likely to be words, as in the names of properties.
fn is_telling(character: char) -> bool {
    character.is_ascii_digit() || character.is_ascii_uppercase()
}

/// The same for small and capital letters, because names of hosts are made small.
fn hash(piece: impl Iterator<Item = char>) -> u64 {
    let mix = |hash: u64, c: char| {
        (hash ^ u64::from(u32::from(c.to_ascii_lowercase()))).wrapping_mul(0x0100_0000_01b3)
    };
    piece.fold(0xcbf2_9ce4_8422_2325, mix)
}

/// The text with one layer of escapes taken off: of URLs, JSON and HTML.
fn unescape(view: &[Unit]) -> Vec<Unit> {
    let mut out = Vec::with_capacity(view.len());
    let mut rest = view;
    while let [first, after @ ..] = rest {
        let escape = match first.shows {
            '%' => unescape_digits(after, 2, 16),
            '\\' => match after {
                [unit, digits @ ..] if unit.shows == 'u' => {
                    unescape_digits(digits, 4, 16).map(|(shows, length)| (shows, length + 1))
                }
                [unit, ..] => Some((unescape_short(unit.shows), 1)),
                [] => None,
            },
            '&' => unescape_html(after),
            _ => None,
        };
        let (shows, length) = escape.unwrap_or((first.shows, 0));
        let last = length.checked_sub(1).and_then(|last| after.get(last));
        let at = first.at.start..last.unwrap_or(first).at.end;
        out.push(Unit { shows, at });
        rest = after.get(length..).unwrap_or_default();
    }
    out
}

/// The character that so many digits are the number of.
fn unescape_digits(view: &[Unit], length: usize, radix: u32) -> Option<(char, usize)> {
    let code = view.get(..length)?.iter().try_fold(0_u32, |code, unit| {
        code.checked_mul(radix)?
            .checked_add(unit.shows.to_digit(radix)?)
    });
    Some((char::from_u32(code?)?, length))
}

fn unescape_short(character: char) -> char {
    match character {
        'n' => '\n',
        'r' => '\r',
        't' => '\t',
        other => other,
    }
}

fn unescape_html(view: &[Unit]) -> Option<(char, usize)> {
    let end = view.iter().take(10).position(|unit| unit.shows == ';')?;
    let name: String = view.get(..end)?.iter().map(|unit| unit.shows).collect();
    Some((char::from_u32(entity(&name)?)?, end + 1))
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
    let (name, rest) = text.strip_prefix('&')?.split_once(';')?;
    (entity(name)? == u32::from(wanted)).then_some(rest)
}

/// The number of the character that an entity of HTML stands for.
fn entity(name: &str) -> Option<u32> {
    if let Some(hex) = name.strip_prefix("#x").or(name.strip_prefix("#X")) {
        return u32::from_str_radix(hex, 16).ok();
    }
    if let Some(decimal) = name.strip_prefix('#') {
        return decimal.parse().ok();
    }
    let character = match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        _ => return None,
    };
    Some(u32::from(character))
}
