//! Takes a schema of text that holds something else and gives it with the format that 3.0 has for it; it must never replace a format.

use serde_json::Value;

use super::Members;
use super::work::Work;

/// `contentEncoding` and `contentMediaType`.
pub(super) fn content(work: &mut Work<'_>, members: &mut Members) {
    let text = |key| members.get(key).and_then(Value::as_str);
    let format = match (text("contentEncoding"), text("contentMediaType")) {
        (Some(encoding), _) if encoding.eq_ignore_ascii_case("base64") => {
            ("contentEncoding", "byte")
        }
        (Some(encoding), _) if encoding.eq_ignore_ascii_case("base64url") => {
            ("contentEncoding", "base64url")
        }
        (Some(_), _) => ("contentEncoding", ""),
        (None, Some(media)) if is_text(media) => ("contentMediaType", ""),
        (None, Some(_)) => ("contentMediaType", "binary"),
        (None, None) => return,
    };
    let (key, format) = format;
    if !work.is_modern() && format.is_empty() {
        return;
    }
    let message = format!("`{key}` is not known in OpenAPI 3.0; it is read as `format: {format}`");
    work.later_form(key, message, &format!("write `format: {format}`"));
    for key in ["contentEncoding", "contentMediaType"] {
        members.shift_remove(key);
    }
    let set = |members: &mut Members, key: &str, word: &str| {
        members
            .entry(key)
            .or_insert_with(|| Value::String(word.to_owned()));
    };
    if !format.is_empty() {
        set(members, "type", "string");
        set(members, "format", format);
    }
}

/// Whether text of a media type is sent as it is.
fn is_text(media: &str) -> bool {
    let media = media.to_ascii_lowercase();
    let media = media.split(';').next().unwrap_or_default().trim();
    media.starts_with("text/")
        || media.ends_with("json")
        || media.ends_with("xml")
        || media.ends_with("yaml")
        || media.ends_with("form-urlencoded")
}
