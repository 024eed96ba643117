//! Takes what generated code names of the runtime and gives the files that it needs, as they are tested in their own; it must never carry one in vain, or change more of them than the name of the crate.

use std::collections::{BTreeMap, BTreeSet};

use super::parts::{Parts, named};

macro_rules! runtime_files {
    ($($name:literal),* $(,)?) => {
        /// Each file of the runtime with its text. What it provides is said in `mod.rs`, and what it needs in itself.
        pub(super) const FILES: &[(&str, &str)] = &[
            $(($name, include_str!(concat!("../../runtime/src/runtime/", $name)))),*
        ];
    };
}

runtime_files!(
    "access.rs",
    "adapter.rs",
    "answered.rs",
    "api_error.rs",
    "attempt.rs",
    "base64.rs",
    "basic.rs",
    "bearer.rs",
    "blocking.rs",
    "blocking_pages.rs",
    "body.rs",
    "body_streams.rs",
    "budget.rs",
    "builder.rs",
    "call.rs",
    "checked.rs",
    "checked_json.rs",
    "choice.rs",
    "client.rs",
    "connect.rs",
    "cursor.rs",
    "decode.rs",
    "download.rs",
    "encode.rs",
    "error.rs",
    "event_parser.rs",
    "events.rs",
    "flow.rs",
    "http.rs",
    "incoming.rs",
    "inline.rs",
    "json.rs",
    "key.rs",
    "key_query.rs",
    "lines.rs",
    "link.rs",
    "made_of.rs",
    "multipart.rs",
    "narrowed.rs",
    "newtype.rs",
    "nullable.rs",
    "numbers.rs",
    "oauth.rs",
    "open_enum.rs",
    "operation.rs",
    "options.rs",
    "origin.rs",
    "page_state.rs",
    "pages.rs",
    "paging.rs",
    "parameter.rs",
    "parameter_choice.rs",
    "parts.rs",
    "pattern.rs",
    "plain.rs",
    "payload.rs",
    "questions.rs",
    "read.rs",
    "redact.rs",
    "response.rs",
    "retry.rs",
    "retry_after.rs",
    "send.rs",
    "sent_choice.rs",
    "server.rs",
    "shown_choice.rs",
    "source.rs",
    "structured.rs",
    "style.rs",
    "tagged.rs",
    "testing/answer.rs",
    "testing/connection.rs",
    "testing/date.rs",
    "testing/example.rs",
    "testing/failure.rs",
    "testing/item.rs",
    "testing/message.rs",
    "testing/mod.rs",
    "testing/page.rs",
    "testing/recorded.rs",
    "testing/route.rs",
    "testing/server.rs",
    "testing/state.rs",
    "testing/table.rs",
    "text.rs",
    "to_json.rs",
    "to_nothing.rs",
    "token.rs",
    "token_header.rs",
    "trace.rs",
    "untagged.rs",
    "untraced.rs",
    "upload.rs",
    "waiting.rs",
    "waiting_stream.rs",
    "wire.rs",
);

/// The list of the files, and what of them is named by others.
pub(super) const LIST: &str = include_str!("../../runtime/src/runtime/mod.rs");

/// What every client carries, whatever its documents say: its users rely on it.
const ALWAYS: [&str; 16] = [
    "ApiError",
    "Attempt",
    "Call",
    "Client",
    "ClientBuilder",
    "Error",
    "FormBody",
    "FromHeaders",
    "InvalidValue",
    "Metadata",
    "Request",
    "Response",
    "Retry",
    "SecretString",
    // What they do, which nothing names.
    "questions",
    "send",
];

/// What users need to name where a client has it.
const EXPORTED: [&str; 13] = [
    "Download",
    "EventStream",
    "IntoChecked",
    "InvalidPageState",
    "ItemStream",
    "LineStream",
    "Nullable",
    "Page",
    "PageState",
    "PageStream",
    "PagedRequest",
    "ServerEvent",
    "Upload",
];

/// Methods of types that are declared in other files: what they are called on, their names, and the file that they are in.
/// What has a name of its own needs no row.
const CALLED: [(&[&str], &[&str], &str); 8] = [
    (
        &["body.", "Body::"],
        &[
            "download",
            "event_objects",
            "events",
            "events_as",
            "has_content",
            "is",
            "is_events",
            "lines",
            "lines_as",
            "optional",
            "plain",
            "plain_as",
            "text_events",
            "text_events_as",
            "undocumented",
        ],
        "body_streams.rs",
    ),
    (
        &["parts."],
        &[
            "any_part",
            "file_part",
            "json_part",
            "other_parts",
            "text_part",
            "upload",
        ],
        "multipart.rs",
    ),
    (&["parts."], &["json"], "json.rs"),
    (&["."], &["next_query"], "link.rs"),
    (&["."], &["with_basic"], "basic.rs"),
    (&["."], &["with_bearer"], "bearer.rs"),
    (&["."], &["with_key"], "key.rs"),
    (&["."], &["with_oauth"], "oauth.rs"),
];

/// What a file is replaced by where what it needs is not carried for another reason: each with its stand-in, and what it depends on.
pub(super) const STAND_INS: [(&str, &str, &str); 1] = [("to_json.rs", "to_nothing.rs", "json.rs")];

/// What goes between two files, and is carried where both are.
const JOINTS: [(&str, [&str; 2]); 1] = [("checked_json.rs", ["checked.rs", "json.rs"])];

/// What the examples of the documentation call the crate that they are in.
const OWN_NAME: &str = "openapi_client_runtime";

/// What generated code names of the runtime, and which crates.
#[derive(Debug, Default)]
pub(super) struct Used {
    names: BTreeSet<String>,
    called: BTreeSet<&'static str>,
}

impl Used {
    /// What one file names. Its documentation does not count: it may say anything.
    pub(super) fn of(text: &str) -> Self {
        let mut used = Self::default();
        for (line, name) in named(text) {
            if !is_comment(line) {
                used.names.insert(name.to_owned());
            }
        }
        used.called.extend(called(text));
        used
    }

    /// What several files name.
    pub(super) fn of_all<'u>(files: impl Iterator<Item = &'u Self>) -> Self {
        let mut all = Self::default();
        for file in files {
            all.names.extend(file.names.iter().cloned());
            all.called.extend(&file.called);
        }
        all
    }
}

/// The files with the methods that a text calls.
pub(super) fn called(text: &str) -> BTreeSet<&'static str> {
    let is_part = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'_';
    let bytes = text.as_bytes();
    // Most stand before a space or another colon.
    let is_step = |at: &usize| bytes.get(at + 1).is_some_and(u8::is_ascii_lowercase);
    memchr::memchr2_iter(b'.', b':', bytes)
        .filter(is_step)
        .flat_map(|at| {
            let (before, after) = text.split_at_checked(at + 1).unwrap_or_default();
            let end = after.as_bytes().iter().position(|byte| !is_part(byte));
            let (name, after) = after
                .split_at_checked(end.unwrap_or(after.len()))
                .unwrap_or_default();
            rows_of(name).filter_map(move |(on, file)| {
                // A field may be called like a method.
                let is_call = on != "." || after.starts_with('(') || after.starts_with("::<");
                (is_call && before.ends_with(on) && !is_comment(before)).then_some(file)
            })
        })
        .collect()
}

/// Whether a text ends in a comment.
fn is_comment(text: &str) -> bool {
    let line = text.rsplit('\n').next().unwrap_or_default();
    line.trim_start().starts_with("//")
}

/// What a method of that name may be called on, and the file that it is then in.
fn rows_of(name: &str) -> impl Iterator<Item = (&'static str, &'static str)> {
    let rows = CALLED
        .iter()
        .filter(move |(_, names, _)| names.contains(&name));
    rows.flat_map(|(ons, _, file)| ons.iter().map(move |on| (*on, *file)))
}

/// The part of the runtime that a client carries.
pub(super) struct Carried {
    files: BTreeMap<&'static str, &'static str>,
    /// `mod.rs`.
    list: String,
    /// What the crate's root exports.
    pub(super) exports: Vec<&'static str>,
}

impl Carried {
    /// What is needed for that.
    pub(super) fn new(used: &Used) -> Self {
        let parts = Parts::new(LIST, FILES);
        let mut wanted: BTreeSet<&str> = used.names.iter().map(String::as_str).collect();
        wanted.extend(ALWAYS);
        let mut files = parts.needed(&wanted, &used.called);
        for (file, stand_in, needs) in STAND_INS {
            if files.remove(file).is_some() {
                let chosen = if files.contains_key(needs) {
                    file
                } else {
                    stand_in
                };
                files.extend(parts.file(chosen));
            }
        }
        for (file, between) in JOINTS {
            if between.iter().all(|file| files.contains_key(file)) {
                files.extend(parts.file(file));
            }
        }
        let is_carried = |name: &&str| files.contains_key(parts.provider(name).unwrap_or_default());
        let mut exports: Vec<&str> = EXPORTED.into_iter().filter(is_carried).collect();
        exports.extend(
            ALWAYS
                .iter()
                .filter(|name| name.starts_with(char::is_uppercase)),
        );
        exports.sort_unstable();
        wanted.extend(&exports);
        let list = parts.list(&files, &wanted);
        Self {
            files,
            list,
            exports,
        }
    }

    /// Whether a file of it has that text.
    pub(super) fn mentions(&self, text: &str) -> bool {
        self.files.values().any(|file| file.contains(text))
    }

    /// The files; `name` is the crate's in code.
    pub(super) fn files(&self, name: &str) -> impl Iterator<Item = (String, String)> {
        let list = std::iter::once(("mod.rs", self.list.as_str()));
        let files = self.files.iter().map(|(path, text)| (*path, *text));
        files
            .chain(list)
            .map(move |(path, text)| (format!("src/runtime/{path}"), text.replace(OWN_NAME, name)))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::fs;
    use std::path::Path;

    use super::super::parts::Parts;
    use super::{CALLED, Carried, FILES, JOINTS, LIST, STAND_INS, Used};

    fn on_disk(folder: &Path, before: &str, found: &mut BTreeSet<String>) {
        for entry in fs::read_dir(folder).expect("the runtime is there") {
            let path = entry.expect("an entry").path();
            let name = path.file_name().expect("a name").to_string_lossy();
            if path.is_dir() {
                on_disk(&path, &format!("{before}{name}/"), found);
            } else {
                found.insert(format!("{before}{name}"));
            }
        }
    }

    #[test]
    fn every_file_of_the_runtime_can_be_carried() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("runtime/src/runtime");
        let mut found = BTreeSet::new();
        on_disk(&folder, "", &mut found);
        // It is made anew for each client.
        found.remove("mod.rs");
        let known: BTreeSet<String> = FILES.iter().map(|(name, _)| (*name).to_owned()).collect();
        assert_eq!(known, found);
    }

    #[test]
    fn the_list_names_every_file() {
        let parts = Parts::new(LIST, FILES);
        let unnamed = FILES.iter().map(|(name, _)| *name).filter(|name| {
            let module = name.trim_end_matches("/mod.rs").trim_end_matches(".rs");
            let stands_in = STAND_INS.iter().any(|row| row.1 == *name);
            let by_cfg = *name == "untraced.rs";
            let below = name.contains('/') && !name.ends_with("/mod.rs");
            !(stands_in || by_cfg || below) && parts.provider(module) != Some(name)
        });
        assert_eq!(unnamed.collect::<Vec<_>>(), [""; 0]);
    }

    #[test]
    fn what_is_carried_with_something_is_known_too() {
        for name in STAND_INS
            .iter()
            .flat_map(|row| [row.0, row.1, row.2])
            .chain(JOINTS.iter().flat_map(|row| [row.0, row.1[0], row.1[1]]))
            .chain(CALLED.iter().map(|row| row.2))
        {
            assert!(FILES.iter().any(|(known, _)| *known == name), "{name}");
        }
    }

    #[test]
    fn a_field_that_is_called_like_a_method_carries_nothing() {
        let used = Used::of("fn write(&self) { parts.query(\"next\", &self.next_query); }");
        assert!(used.called.is_empty());
        assert!(
            Used::of("let query = page.next_query(call);")
                .called
                .contains("link.rs")
        );
    }

    #[test]
    fn what_documentation_names_is_not_used() {
        let used = Used::of("/// crate::runtime::JsonWriter\nuse crate::runtime::Client;\n");
        let carried = Carried::new(&used);
        assert!(!carried.mentions("struct JsonWriter"));
        assert!(Used::of("//! body.lines()\n").called.is_empty());
        let used = Used::of("use crate::runtime::{Client, JsonWriter};\n");
        assert!(Carried::new(&used).mentions("struct JsonWriter"));
    }
}
