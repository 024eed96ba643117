//! Takes what was printed, gives the canaries in it; must never miss one for how it is escaped.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::secrets;

/// So many characters of a secret are too many.
const PIECE: usize = 12;

/// Each canary of which a piece is in `printed`, with the line.
pub(crate) fn leaks(printed: &str) -> Vec<String> {
    let mut pieces: HashMap<Vec<char>, &'static str> = HashMap::new();
    // Most windows are told apart from all pieces by this, which is quicker.
    let mut marks = vec![false; 1 << 16];
    for (name, secret) in secrets::all() {
        let secret: Vec<char> = secret.to_lowercase().chars().collect();
        for piece in secret.windows(PIECE).filter(|piece| is_telling(piece)) {
            marks[mark(piece)] = true;
            pieces.insert(piece.to_vec(), name);
        }
    }
    let mut found: BTreeMap<&str, String> = BTreeMap::new();
    let lines: BTreeSet<&str> = printed.lines().collect();
    for line in lines {
        for view in views(line) {
            let characters: Vec<char> = view.to_lowercase().chars().collect();
            let windows = characters.windows(PIECE);
            for window in windows.filter(|window| marks[mark(window)]) {
                if let Some(name) = pieces.get(window) {
                    let piece: String = window.iter().collect();
                    found
                        .entry(name)
                        .or_insert_with(|| format!("{piece:?} in {}", around(&view, &piece)));
                }
            }
        }
    }
    let found = found.into_iter();
    found
        .map(|(name, leak)| format!("{name}: {leak}"))
        .collect()
}

/// Some of the text before and after a piece of it.
fn around(text: &str, piece: &str) -> String {
    let text = text.to_lowercase();
    let at = text.find(piece).unwrap_or_default();
    let before: Vec<char> = text[..at].chars().rev().take(120).collect();
    let after = text[at..].chars().take(60);
    before.into_iter().rev().chain(after).collect()
}

fn mark(piece: &[char]) -> usize {
    let number = |index: usize| u32::from(piece[index]) as usize;
    (number(0) + 97 * number(5) + 9_973 * number(11)) & 0xffff
}

/// Whether a piece says anything of a secret: dashes and the words of a PEM label do not.
fn is_telling(piece: &[char]) -> bool {
    piece.iter().filter(|c| c.is_ascii_digit()).count() >= 2
}

/// The line as it is, and without the escapes that it may have, alone or one inside another.
fn views(line: &str) -> Vec<String> {
    let mut views = vec![line.to_owned()];
    let mut last = 0..1;
    for _ in 0..2 {
        for index in last.clone() {
            for decode in [percent, json, html] {
                let view = decode(&views[index]);
                if view != views[index] {
                    views.push(view);
                }
            }
        }
        last = last.end..views.len();
    }
    views
}

pub(crate) fn percent(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        let hex = tail.get(..2).filter(|_| *first == b'%');
        let hex = hex.and_then(|hex| std::str::from_utf8(hex).ok());
        if let Some(byte) = hex.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            bytes.push(byte);
            rest = &tail[2..];
        } else {
            bytes.push(*first);
            rest = tail;
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn json(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text.chars();
    while let Some(character) = rest.next() {
        if character != '\\' {
            out.push(character);
            continue;
        }
        match rest.next() {
            Some('u') => {
                let hex: String = rest.by_ref().take(4).collect();
                let code = u32::from_str_radix(&hex, 16).ok();
                out.extend(code.and_then(char::from_u32));
            }
            Some('n') => out.push('\n'),
            Some('r') => out.push('\r'),
            other => out.extend(other),
        }
    }
    out
}

fn html(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("&#") {
        out.push_str(before);
        let code = after.split_once(';');
        let character = code.and_then(|(code, _)| char::from_u32(code.parse().ok()?));
        out.extend(character);
        rest = code.map_or(after, |(_, after)| after);
    }
    out.push_str(rest);
    let named = [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&amp;", "&"),
    ];
    named
        .into_iter()
        .fold(out, |out, (name, character)| out.replace(name, character))
}
