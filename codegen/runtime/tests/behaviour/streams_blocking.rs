//! Answers that come piece by piece, for threads that wait for them.

use crate::common::server::{Reply, Server, answer};
use crate::common::streams::{Bytes, Events, Lines, call};
use crate::runtime::{Client, Retry, blocking};
use std::io::Read;
use std::sync::mpsc;
use std::time::Duration;

/// A client of a server on a thread of its own, so that who waits for it may block.
fn client(script: fn() -> Reply) -> blocking::Client {
    let (tell, told) = mpsc::channel();
    std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap();
        runtime.block_on(async {
            tell.send(Server::start(move |_, _| script()).await)
                .unwrap();
            std::future::pending::<()>().await;
        });
    });
    let server = told.recv().unwrap();
    let builder = Client::builder().account("AC0", "x").base_url(server.url());
    builder.retry(Retry::never()).build_blocking().unwrap()
}

fn pieces(kind: &str, body: &[&str]) -> Reply {
    let head = format!("HTTP/1.1 200 OK\r\ncontent-type: {kind}\r\nconnection: close\r\n\r\n");
    let body = body.iter().map(|piece| piece.as_bytes().to_vec());
    Reply::Pieces(std::iter::once(head.into_bytes()).chain(body).collect())
}

#[test]
fn a_download_is_a_reader_and_an_iterator() {
    let client = client(|| pieces("image/png", &["abc", "de", "f"]));
    let download = || call::<_, Bytes>(client.clone()).send().unwrap();
    let mut reader = download().blocking();
    assert_eq!(reader.content_type(), Some("image/png"));
    let mut two = [0; 2];
    reader.read_exact(&mut two).unwrap();
    assert_eq!(&two, b"ab");
    // What there was no room for is not lost, however the rest is read.
    assert_eq!(reader.text().unwrap(), "cdef");
    assert_eq!(download().blocking().bytes().unwrap(), b"abcdef");
    let mut all = Vec::new();
    for piece in download() {
        all.extend_from_slice(&piece.unwrap());
    }
    assert_eq!(all, b"abcdef");
    let mut text = String::new();
    download().blocking().read_to_string(&mut text).unwrap();
    assert_eq!(text, "abcdef");
}

#[test]
fn an_answer_outlives_its_client() {
    let client = client(|| pieces("image/png", &["abc", "de", "f"]));
    let download = call::<_, Bytes>(client).send().unwrap();
    assert_eq!(download.blocking().bytes().unwrap(), b"abcdef");
}

#[test]
fn events_and_lines_are_iterators() {
    let events = client(|| {
        pieces(
            "text/event-stream",
            &["data: {\"word\":", "\"a\"}\n\ndata: [DONE]\n\n"],
        )
    });
    let events = call::<_, Events>(events).send().unwrap().blocking();
    let words: Vec<String> = events.map(|event| event.unwrap().data.word).collect();
    assert_eq!(words, ["a"]);
    let lines = client(|| {
        pieces(
            "application/jsonl",
            &["{\"word\":\"a\"}\n{\"wo", "rd\":\"b\"}\n"],
        )
    });
    let response = call::<_, Lines>(lines).send_with_metadata().unwrap();
    assert_eq!(response.metadata.status(), 200);
    let lines = response.value.into_iter();
    let words: Vec<String> = lines.map(|line| line.unwrap().word).collect();
    assert_eq!(words, ["a", "b"]);
}

#[test]
fn a_reader_tells_of_a_body_that_stalls_or_breaks_off() {
    let stalled =
        client(|| Reply::Stall(b"HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nabc".to_vec()));
    let call_of = call::<_, Bytes>(stalled).attempt_timeout(Duration::from_millis(50));
    let mut reader = call_of.send().unwrap().blocking();
    let error = reader.read_to_end(&mut Vec::new()).unwrap_err();
    assert_eq!(error.kind(), std::io::ErrorKind::TimedOut);
    let broken = client(|| {
        let Reply::Bytes(bytes) = answer("200 OK", "", "abcdef") else {
            unreachable!("it is bytes");
        };
        Reply::Bytes(bytes[..bytes.len() - 2].to_vec())
    });
    let mut reader = call::<_, Bytes>(broken).send().unwrap().blocking();
    assert_eq!(reader.next().unwrap().unwrap(), "abcd");
    assert!(reader.next().unwrap().unwrap_err().is_broken());
    assert!(reader.next().is_none());
}

#[tokio::test]
async fn nothing_waits_inside_of_async_code() {
    let server = Server::start(|_, _| pieces("image/png", &["abc"])).await;
    let download = call::<_, Bytes>(crate::common::single(&server))
        .send()
        .await
        .unwrap();
    let mut pieces = download.blocking();
    let error = pieces.next().unwrap().unwrap_err();
    assert!(error.is_configuration(), "{error}");
    assert!(pieces.next().is_none());
    // On a thread for it, an answer of the async client can be waited for.
    let download = call::<_, Bytes>(crate::common::single(&server))
        .send()
        .await
        .unwrap();
    let task = tokio::task::spawn_blocking(|| download.blocking().bytes());
    assert_eq!(task.await.unwrap().unwrap(), b"abc");
}
