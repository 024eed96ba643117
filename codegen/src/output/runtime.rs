//! Takes the name of a crate and gives the files of the runtime as they are tested in their own; it must never change more of them than that name and which examples are tested.

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
    "body_streams.rs",
    "budget.rs",
    "builder.rs",
    "call.rs",
    "checked.rs",
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
    "lines.rs",
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
    "plain.rs",
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
    "waiting_stream.rs",
);

/// What the examples of the documentation call the crate that they are in.
const OWN_NAME: &str = "openapi_client_runtime";

/// What crates export only where they use it; examples with it are compiled only there.
const EXPORTED_WHERE_USED: [&str; 4] = ["Download", "EventStream", "LineStream", "ServerEvent"];

/// The files that a client carries; `name` is the crate's in code, `exports` what it exports because of its answers.
pub(super) fn files(name: &str, exports: &[&str]) -> impl Iterator<Item = (String, String)> {
    let hidden: Vec<String> = EXPORTED_WHERE_USED
        .iter()
        .filter(|name| !exports.contains(name))
        .map(|name| format!("{OWN_NAME}::{name}"))
        .collect();
    FILES.iter().map(move |(path, text)| {
        let text = without(text, &hidden);
        ((*path).to_owned(), text.replace(OWN_NAME, name))
    })
}

/// The text with each example left out of the tests that needs one of those.
fn without(text: &str, hidden: &[String]) -> String {
    if !hidden.iter().any(|path| text.contains(path)) {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, example)) = rest.split_once(FENCE) {
        let (example, after) = example.split_once(FENCE).unwrap_or((example, ""));
        let needs = hidden.iter().any(|path| example.contains(path));
        let kind = if needs { "ignore" } else { "" };
        out.extend([before, FENCE, kind, example, FENCE]);
        rest = after;
    }
    out.push_str(rest);
    out
}

/// Where an example begins and ends.
const FENCE: &str = "/// ```";
