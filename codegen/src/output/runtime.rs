//! Takes the name of a crate and gives the files of the runtime as they are tested in their own; it must never change more of them than that name.

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
    "attempt.rs",
    "blocking.rs",
    "body.rs",
    "budget.rs",
    "builder.rs",
    "call.rs",
    "checked.rs",
    "choice.rs",
    "client.rs",
    "connect.rs",
    "cursor.rs",
    "encode.rs",
    "error.rs",
    "flow.rs",
    "http.rs",
    "inline.rs",
    "json.rs",
    "key.rs",
    "mod.rs",
    "multipart.rs",
    "oauth.rs",
    "operation.rs",
    "options.rs",
    "origin.rs",
    "page_state.rs",
    "pages.rs",
    "parameter.rs",
    "parts.rs",
    "pattern.rs",
    "payload.rs",
    "questions.rs",
    "read.rs",
    "redact.rs",
    "response.rs",
    "retry.rs",
    "retry_after.rs",
    "send.rs",
    "server.rs",
    "source.rs",
    "structured.rs",
    "style.rs",
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
    "token.rs",
    "trace.rs",
    "untraced.rs",
    "upload.rs",
    "waiting.rs",
);

/// What the examples of the documentation call the crate that they are in.
const OWN_NAME: &str = "openapi_client_runtime";

/// The files that a client carries; `name` is the crate's in code.
pub(super) fn files(name: &str) -> impl Iterator<Item = (String, String)> {
    FILES
        .iter()
        .map(move |(path, text)| ((*path).to_owned(), text.replace(OWN_NAME, name)))
}
