//! Takes the bytes of a document and gives its value, and the line and column of any node of it; it must never read a file or know what `OpenAPI` is.

mod json;
mod lookup;
mod outline;
mod pointer;
mod syntax;
mod text;
mod value;
mod yaml;

use std::path::Path;
use std::sync::OnceLock;

use serde::de::IgnoredAny;
use serde_json::Value;

use crate::cores;
use crate::diagnostic::{Diagnostic, Diagnostics, Place, Position};
use outline::Outline;

pub(crate) use lookup::at;
pub(crate) use pointer::unescape;
pub use pointer::{InvalidPointer, Pointer};

/// What a document may cost to read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// The largest size of the text, in bytes.
    pub bytes: usize,
    /// How deeply values may be nested; the parsers stop at 127 whatever this says.
    pub depth: usize,
    /// How many bytes YAML aliases may add when they are resolved.
    pub aliased_bytes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            bytes: 64 << 20,
            depth: 100,
            aliased_bytes: 16 << 20,
        }
    }
}

/// The syntax of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// JSON.
    Json,
    /// YAML.
    Yaml,
}

impl Format {
    fn of(path: &str, text: &str) -> Self {
        let extension = Path::new(path)
            .extension()
            .map(|extension| extension.to_string_lossy().to_ascii_lowercase());
        match extension.as_deref() {
            Some("json") => Self::Json,
            // JSON in a file of the other name may have tabs, which YAML does not allow.
            Some("yaml" | "yml") if !is_json(text) => Self::Yaml,
            _ if text.trim_start().starts_with(['{', '[']) => Self::Json,
            _ => Self::Yaml,
        }
    }

    /// The name that people know.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Json => "JSON",
            Self::Yaml => "YAML",
        }
    }
}

fn is_json(text: &str) -> bool {
    text.trim_start().starts_with('{') && serde_json::from_str::<IgnoredAny>(text).is_ok()
}

/// A document that was parsed, with its text.
#[derive(Debug)]
pub struct Source {
    path: String,
    text: String,
    format: Format,
    value: Value,
    findings: Vec<Diagnostic>,
    outline: OnceLock<Outline>,
}

impl Source {
    /// Parses a document. `path` is what messages call it and, by its extension, says which format it is in; without a known extension the first character decides.
    ///
    /// # Errors
    /// The bytes are not a text, the text is not YAML or JSON, or a limit is exceeded.
    pub fn read(path: &str, bytes: &[u8], limits: &Limits) -> Result<Self, Diagnostics> {
        let text = text::decode(path, bytes, limits.bytes)?;
        let format = Format::of(path, text);
        let parse = || match format {
            Format::Json => syntax::json(path, text, limits),
            Format::Yaml => syntax::yaml(path, text, limits),
        };
        let (parsed, others) = if text.len() > LARGE {
            cores::both(parse, || (ahead(format, text), text.to_owned()))
        } else {
            (parse(), (OnceLock::new(), text.to_owned()))
        };
        let (parsed, (outline, text)) = (parsed?, others);
        let mut source = Self {
            path: path.to_owned(),
            text,
            format,
            value: parsed.value,
            findings: parsed.findings,
            outline,
        };
        let duplicates = syntax::duplicates(&source, &parsed.duplicates);
        source.findings.extend(duplicates);
        Ok(source)
    }

    /// The name of the document, as it was given.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The text, without a byte order mark.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The syntax that the text was read as.
    #[must_use]
    pub const fn format(&self) -> Format {
        self.format
    }

    /// The value, with mappings in the order of the text. Once the source was checked as a document this is null: [`crate::document::Checked`] has the value.
    #[must_use]
    pub const fn value(&self) -> &Value {
        &self.value
    }

    /// Mistakes that did not keep the text from being parsed, such as duplicate keys. [`crate::document`] reports them; others who read a source have to do so themselves.
    #[must_use]
    pub fn findings(&self) -> &[Diagnostic] {
        &self.findings
    }

    /// Where in the text a place is. A place that the text does not have, such as a missing key, is where the nearest thing around it is.
    #[must_use]
    pub fn locate(&self, place: &Place) -> Option<Position> {
        let span = self.outline().span(&self.text, place)?;
        Some(self.outline().position(&self.text, span))
    }

    /// The text of a scalar as it is written.
    pub(crate) fn written(&self, pointer: &Pointer) -> Option<&str> {
        let span = self.outline().scalar(&self.text, pointer)?;
        self.text.get(span)
    }

    pub(crate) fn take_value(&mut self) -> Value {
        std::mem::take(&mut self.value)
    }

    fn outline(&self) -> &Outline {
        self.outline
            .get_or_init(|| outline(self.format, &self.text))
    }
}

/// There is something to tell of nearly every document of more bytes than that.
const LARGE: usize = 256 * 1024;

fn outline(format: Format, text: &str) -> Outline {
    match format {
        Format::Json => json::outline(text),
        Format::Yaml => yaml::outline(text),
    }
}

/// The outline of a text that may turn out to be none of its format. Where there is none now, whoever needs a position finds it.
fn ahead(format: Format, text: &str) -> OnceLock<Outline> {
    let found = std::panic::catch_unwind(|| outline(format, text));
    found.map_or_else(|_| OnceLock::new(), OnceLock::from)
}
