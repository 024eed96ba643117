//! Answers of server-sent events and of lines of JSON, over a real socket.

use crate::common::server::{Reply, Server, json};
use crate::common::streams::{Events, Lines, Objects, SecretEvents, Texts, Told, Word, call};
use crate::common::{PASSWORD, builder, everything};
use crate::streams::{pieces, send};
use std::time::Duration;

#[tokio::test]
async fn events_are_decoded_with_their_names_and_ids_until_the_end_mark() {
    let body = [
        ": hello\n\nid: 1\nevent: first\nda",
        "ta: {\"word\":\ndata: \"a\"}\r",
        "\n\r\ndata:\n\n",
        "retry: 50\ndata: {\"word\":\"b\"}\n\ndata: [DONE]\n\ndata: {}\n\n",
    ];
    let mut events = send::<Events>(move || pieces("text/event-stream; charset=utf-8", &body))
        .await
        .unwrap();
    let first = events.next().await.unwrap().unwrap();
    assert_eq!(
        (
            first.data.word.as_str(),
            first.event.as_deref(),
            first.id.as_deref()
        ),
        ("a", Some("first"), Some("1"))
    );
    let second = events.next().await.unwrap().unwrap();
    assert_eq!(
        (
            second.data.word.as_str(),
            second.event,
            second.id.as_deref()
        ),
        ("b", None, Some("1"))
    );
    assert!(events.next().await.is_none() && events.next().await.is_none());
    assert_eq!(
        (events.last_event_id(), events.retry()),
        (Some("1"), Some(Duration::from_millis(50)))
    );
}

#[tokio::test]
async fn an_event_that_is_not_as_documented_is_an_error_and_the_stream_goes_on() {
    let body = [
        r#"data: {"wort":"canary-password"}"#,
        "\n\ndata: {\"word\":\"b\"}\n\n",
    ];
    let mut events = send::<Events>(move || pieces("text/event-stream", &body))
        .await
        .unwrap();
    let error = events.next().await.unwrap().unwrap_err();
    assert!(
        error.is_decode() && error.to_string().contains("an event is not as documented"),
        "{error}"
    );
    assert_eq!(error.body_excerpt(), Some(r#"{"wort":"[redacted]"}"#));
    assert!(!everything(&error).contains(PASSWORD));
    assert_eq!(events.next().await.unwrap().unwrap().data.word, "b");
    let mut events =
        send::<SecretEvents>(|| pieces("text/event-stream", &["data: {\"word\":123456}\n\n"]))
            .await
            .unwrap();
    let error = events.next().await.unwrap().unwrap_err();
    assert!(!everything(&error).contains("123456"), "{error:?}");
}

#[tokio::test]
async fn events_may_be_text_or_objects_of_name_and_data() {
    let body = ["data: [DONE]\n\ndata:\n\ndata: a\ndata: b\n\n"];
    let mut texts = send::<Texts>(move || pieces("text/event-stream", &body))
        .await
        .unwrap();
    let mut all = Vec::new();
    while let Some(event) = texts.next().await {
        all.push(event.unwrap().data);
    }
    assert_eq!(all, ["[DONE]", "", "a\nb"]);
    let body = ["event: word\ndata: {\"word\":\"a\"}\n\nevent: count\ndata: 3\n\n"];
    let mut told = send::<Objects>(move || pieces("text/event-stream", &body))
        .await
        .unwrap();
    let word = Word {
        word: "a".to_owned(),
    };
    assert_eq!(told.next().await.unwrap().unwrap().data, Told::Word(word));
    assert_eq!(told.next().await.unwrap().unwrap().data, Told::Count(3));
}

#[tokio::test]
async fn an_event_over_the_limit_and_a_stream_that_breaks_off_end_it() {
    let body = format!("data: {{\"word\":\"a\"}}\n\ndata: {}", "x".repeat(200));
    let server = Server::start(move |_, _| pieces("text/event-stream", &[&body])).await;
    let client = builder(&server).max_response_bytes(100).build().unwrap();
    let mut events = call::<_, Events>(client).send().await.unwrap();
    assert_eq!(events.next().await.unwrap().unwrap().data.word, "a");
    let error = events.next().await.unwrap().unwrap_err();
    assert!(
        error.is_too_large() && error.to_string().contains("an event is larger"),
        "{error}"
    );
    assert!(events.next().await.is_none());
    let reply = || {
        let head = b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n";
        Reply::Bytes([head.as_slice(), b"5\r\ndata:\r\n"].concat())
    };
    let mut events = send::<Events>(reply).await.unwrap();
    assert!(events.next().await.unwrap().unwrap_err().is_broken());
    assert!(events.next().await.is_none());
}

#[tokio::test]
async fn an_answer_that_is_no_stream_of_events_is_shown() {
    let error = send::<Events>(|| json("200 OK", r#"{"word":"a"}"#))
        .await
        .unwrap_err();
    assert!(error.is_decode(), "{error}");
    assert_eq!(error.body_excerpt(), Some(r#"{"word":"a"}"#));
    assert!(
        error
            .to_string()
            .contains("not a stream of events, but application/json"),
        "{error}"
    );
}

#[tokio::test]
async fn lines_of_json_may_be_cut_anywhere_and_the_last_needs_no_end() {
    let body = [
        "{\"wo",
        "rd\":\"a\"}\n",
        "\r\n\n{\"word\":\"b\"}\r\n{}\n{\"word\"",
        ":\"c\"}",
    ];
    let mut lines = send::<Lines>(move || pieces("application/x-ndjson", &body))
        .await
        .unwrap();
    let mut words = Vec::new();
    while let Some(line) = lines.next().await {
        words.push(line.map_or_else(|error| error.to_string(), |line| line.word));
    }
    assert_eq!(words.len(), 4);
    assert_eq!(
        (words[0].as_str(), words[1].as_str(), words[3].as_str()),
        ("a", "b", "c")
    );
    assert!(
        words[2].contains("a line is not as documented"),
        "{}",
        words[2]
    );
    let sequence = ["\u{1e}{\"word\":\n\"a\"}\n", "\u{1e}{\"word\":\"b\"}\n"];
    let mut lines = send::<Lines>(move || pieces("application/json-seq", &sequence))
        .await
        .unwrap();
    assert_eq!(lines.next().await.unwrap().unwrap().word, "a");
    assert_eq!(lines.next().await.unwrap().unwrap().word, "b");
    assert!(lines.next().await.is_none());
}

#[tokio::test]
async fn a_line_over_the_limit_ends_the_stream() {
    let body = format!("{{\"word\":\"a\"}}\n{}", "x".repeat(200));
    let server = Server::start(move |_, _| pieces("application/jsonl", &[&body])).await;
    let client = builder(&server).max_response_bytes(100).build().unwrap();
    let mut lines = call::<_, Lines>(client).send().await.unwrap();
    assert_eq!(lines.next().await.unwrap().unwrap().word, "a");
    assert!(lines.next().await.unwrap().unwrap_err().is_too_large());
    assert!(lines.next().await.is_none());
}
