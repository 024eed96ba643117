//! Gives the files of the runtime, byte for byte as they are tested in their own crate; it must never change them.

macro_rules! runtime_files {
    ($($name:literal),* $(,)?) => {
        /// Each file of the runtime with its text.
        const FILES: &[(&str, &str)] = &[
            $((concat!("src/runtime/", $name), include_str!(concat!("../../runtime/src/runtime/", $name)))),*
        ];
    };
}

runtime_files!(
    "access.rs",
    "api_error.rs",
    "body.rs",
    "builder.rs",
    "call.rs",
    "client.rs",
    "encode.rs",
    "error.rs",
    "inline.rs",
    "mod.rs",
    "oauth.rs",
    "operation.rs",
    "origin.rs",
    "pages.rs",
    "parameter.rs",
    "parts.rs",
    "pattern.rs",
    "read.rs",
    "redact.rs",
    "server.rs",
    "text.rs",
    "token.rs",
);

/// The files that a client carries.
pub(super) fn files() -> impl Iterator<Item = (String, String)> {
    FILES
        .iter()
        .map(|(path, text)| ((*path).to_owned(), (*text).to_owned()))
}
