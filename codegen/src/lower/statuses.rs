//! Takes statuses and media types and gives the words and kinds that they stand for; it must never know more of HTTP than its registries.

pub(crate) use super::media::essence;
use super::words::Words;
use crate::model::Statuses;

/// The statuses of HTTP that documents use, as words.
const NAMES: &[(u16, &str)] = &[
    (200, "ok"),
    (201, "created"),
    (202, "accepted"),
    (203, "non authoritative information"),
    (204, "no content"),
    (205, "reset content"),
    (206, "partial content"),
    (207, "multi status"),
    (208, "already reported"),
    (226, "im used"),
    (300, "multiple choices"),
    (301, "moved permanently"),
    (302, "found"),
    (303, "see other"),
    (304, "not modified"),
    (307, "temporary redirect"),
    (308, "permanent redirect"),
    (400, "bad request"),
    (401, "unauthorized"),
    (402, "payment required"),
    (403, "forbidden"),
    (404, "not found"),
    (405, "method not allowed"),
    (406, "not acceptable"),
    (408, "request timeout"),
    (409, "conflict"),
    (410, "gone"),
    (411, "length required"),
    (412, "precondition failed"),
    (413, "content too large"),
    (414, "uri too long"),
    (415, "unsupported media type"),
    (416, "range not satisfiable"),
    (417, "expectation failed"),
    (421, "misdirected request"),
    (422, "unprocessable content"),
    (423, "locked"),
    (424, "failed dependency"),
    (425, "too early"),
    (426, "upgrade required"),
    (428, "precondition required"),
    (429, "too many requests"),
    (431, "request header fields too large"),
    (451, "unavailable for legal reasons"),
    (500, "internal server error"),
    (501, "not implemented"),
    (502, "bad gateway"),
    (503, "service unavailable"),
    (504, "gateway timeout"),
    (507, "insufficient storage"),
    (508, "loop detected"),
];

/// What statuses are called.
pub(crate) fn words(statuses: Statuses) -> Words {
    match statuses {
        Statuses::Code(code) => NAMES.iter().find(|(other, _)| *other == code).map_or_else(
            || Words::of(&format!("status {code}")),
            |(_, name)| Words::of(name),
        ),
        Statuses::Range(2) => Words::of("success"),
        Statuses::Range(4) => Words::of("client error"),
        Statuses::Range(5) => Words::of("server error"),
        Statuses::Range(digit) => Words::of(&format!("status {digit}xx")),
        Statuses::Any => Words::of("default"),
    }
}

/// What the body of an error with these statuses is called.
pub(crate) fn error_words(statuses: Statuses) -> Words {
    let error = Words::of("error");
    let words = words(statuses);
    // A server error is one already.
    if words.iter().last() == Some("error") {
        words
    } else {
        words.then(&error)
    }
}

/// What a media type is for those who read it.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Kind {
    Json,
    /// Any, or none that HTTP knows.
    Any,
    Text,
    Events,
    Lines,
    Bytes,
}

const LINES: &[&str] = &[
    "json-lines",
    "json-seq",
    "jsonl",
    "jsonlines",
    "ldjson",
    "ndjson",
    "stream+json",
];

const TEXTS: &[&str] = &[
    "csv",
    "ecmascript",
    "graphql",
    "html",
    "javascript",
    "jwt",
    "pem-certificate-chain",
    "pem-file",
    "chess-pgn",
    "sql",
    "toml",
    "www-form-urlencoded",
    "xml",
    "yaml",
];

/// The type and the subtype, where the text is a media type at all.
pub(crate) fn halves(essence: &str) -> Option<(&str, &str)> {
    let is_token = |text: &str| {
        let is_of_token = |c: char| c.is_ascii_alphanumeric() || "!#$&-^_.+*".contains(c);
        !text.is_empty() && text.chars().all(is_of_token)
    };
    let (top, sub) = essence.split_once('/')?;
    (is_token(top) && is_token(sub)).then_some((top, sub))
}

/// The kind of a media type.
pub(crate) fn kind(media_type: &str) -> Kind {
    let essence = essence(media_type);
    let Some((top, sub)) = halves(&essence) else {
        return Kind::Any;
    };
    let bare = sub.strip_prefix("x-").unwrap_or(sub);
    // One that is made of another, such as `geo+json-seq`, has that behind a plus.
    let suffix = bare.rsplit_once('+').map_or(bare, |(_, suffix)| suffix);
    match top {
        "*" => Kind::Any,
        "text" if sub == "event-stream" => Kind::Events,
        "application" | "text" if LINES.contains(&bare) || LINES.contains(&suffix) => Kind::Lines,
        "application" | "text" if bare == "json-stream" => Kind::Lines,
        _ if suffix == "json" => Kind::Json,
        "text" => Kind::Text,
        "application" if TEXTS.contains(&bare) || ["xml", "yaml"].contains(&suffix) => Kind::Text,
        _ => Kind::Bytes,
    }
}

#[cfg(test)]
mod tests {
    use super::{Kind, kind};

    #[test]
    fn a_media_type_is_what_its_structure_says() {
        let cases = [
            ("application/json; charset=utf-8", Kind::Json),
            ("application/vnd.github.v3+json", Kind::Json),
            ("text/json", Kind::Json),
            ("application/x-ndjson", Kind::Lines),
            ("application/x-json-stream", Kind::Lines),
            ("application/stream+json", Kind::Lines),
            ("application/geo+json-seq", Kind::Lines),
            ("text/event-stream;charset=UTF-8", Kind::Events),
            ("text/html", Kind::Text),
            ("application/rss+xml", Kind::Text),
            ("application/x-yaml", Kind::Text),
            ("image/svg+xml", Kind::Bytes),
            ("multipart/related", Kind::Bytes),
            ("application/pdf", Kind::Bytes),
            ("*/*", Kind::Any),
            ("200 OK", Kind::Any),
            ("../../etc/passwd", Kind::Any),
        ];
        for (name, expected) in cases {
            assert_eq!(kind(name), expected, "{name}");
        }
    }
}
