//! Takes the name of a media type and gives what kind of body it is; it must never tell two spellings of one media type apart.

/// The kinds of bodies, the preferred one first.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(crate) enum Kind {
    Json,
    Form,
    /// Parts of a form.
    Multipart,
    /// Other parts.
    Parts,
    Text,
    Bytes,
}

impl Kind {
    /// The kind of a media type; where that leaves a doubt, the schema decides: is it a text, may it be a file?
    pub(crate) fn of(name: &str, is_text: bool, is_file: bool) -> Self {
        let name = essence(name);
        match name.as_str() {
            "application/x-www-form-urlencoded" => Self::Form,
            "multipart/form-data" => Self::Multipart,
            "*/*" | "application/*" if !is_file => Self::Json,
            name if is_json(name) => Self::Json,
            name if name.starts_with("multipart/") => Self::Parts,
            name if is_written(name) => Self::Text,
            "application/octet-stream" | "application/*" => Self::Bytes,
            name if is_text && name.starts_with("application/") => Self::Text,
            _ => Self::Bytes,
        }
    }
}

/// A media type without its parameters, in lower case.
pub(crate) fn essence(media_type: &str) -> String {
    let name = media_type.split(';').next().unwrap_or_default();
    name.trim().to_ascii_lowercase()
}

pub(crate) fn is_json(media_type: &str) -> bool {
    let essence = essence(media_type);
    matches!(essence.as_str(), "application/json" | "text/json") || essence.ends_with("+json")
}

pub(crate) fn is_xml(essence: &str) -> bool {
    essence.ends_with("/xml") || essence.ends_with("+xml")
}

/// Whether people write it, whatever is in it.
fn is_written(essence: &str) -> bool {
    let name = essence.rsplit(['/', '+']).next().unwrap_or_default();
    let name = name.strip_prefix("x-").unwrap_or(name);
    (essence.starts_with("text/") && !essence.ends_with('*'))
        || (is_xml(essence) && !essence.starts_with("image/"))
        || matches!(name, "yaml" | "csv" | "ndjson" | "jsonl" | "graphql")
}
