//! Answers that come piece by piece, answers of several kinds, and what errors and headers say: over a real socket.

use crate::common::server::{Reply, Server, answer, json};
use crate::common::streams::{
    Answer, At, Bytes, Count, LimitHeaders, MayBeBytes, MayBeText, MayBeWord, Several, Uploaded,
    Word, call,
};
use crate::common::{PASSWORD, builder, client, everything, single};
use crate::runtime::{Client, Error, Request, Retry};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

/// The head of an answer whose body ends with the connection.
fn head(kind: &str) -> Vec<u8> {
    format!("HTTP/1.1 200 OK\r\ncontent-type: {kind}\r\nconnection: close\r\n\r\n").into_bytes()
}

/// An answer that comes in pieces, the head first.
pub(crate) fn pieces(kind: &str, body: &[&str]) -> Reply {
    let body = body.iter().map(|piece| piece.as_bytes().to_vec());
    Reply::Pieces(std::iter::once(head(kind)).chain(body).collect())
}

pub(crate) async fn send<R: Request + Default>(
    reply: impl Fn() -> Reply + Send + Sync + 'static,
) -> Result<R::Output, Error> {
    let server = Server::start(move |_, _| reply()).await;
    call::<_, R>(single(&server)).send().await
}

/// A server that sends `total` bytes as fast as they are taken, and counts them; 0 when the connection was closed.
async fn flood(total: usize) -> (String, Arc<AtomicUsize>, tokio::task::JoinHandle<bool>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let sent = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&sent);
    let task = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        let mut request = [0; 4096];
        assert!(stream.read(&mut request).await.unwrap() > 0);
        let head = format!(
            "HTTP/1.1 200 OK\r\ncontent-type: image/png\r\ncontent-length: {total}\r\n\r\n"
        );
        stream.write_all(head.as_bytes()).await.unwrap();
        let piece = vec![7; 64 * 1024];
        while count.load(Ordering::SeqCst) < total {
            if stream.write_all(&piece).await.is_err() {
                return false;
            }
            count.fetch_add(piece.len(), Ordering::SeqCst);
        }
        true
    });
    (url, sent, task)
}

const MEGABYTE: usize = 1024 * 1024;

#[tokio::test]
async fn a_download_is_of_any_length_and_never_read_ahead_of_who_takes_it() {
    let (url, sent, task) = flood(64 * MEGABYTE).await;
    let client = Client::builder().account("AC0", "x").base_url(url);
    let mut download = call::<_, Bytes>(client.build().unwrap())
        .send()
        .await
        .unwrap();
    assert_eq!(download.content_type(), Some("image/png"));
    assert_eq!(download.content_length(), Some(64 * 1024 * 1024));
    let first = download.chunk().await.unwrap().unwrap();
    tokio::time::sleep(Duration::from_millis(200)).await;
    // What is in the buffers of two sockets.
    assert!(
        sent.load(Ordering::SeqCst) < 32 * MEGABYTE,
        "it is read ahead"
    );
    let mut length = first.len();
    while let Some(piece) = download.chunk().await.unwrap() {
        length += piece.len();
    }
    assert_eq!(length, 64 * MEGABYTE);
    assert!(download.chunk().await.unwrap().is_none());
    assert!(task.await.unwrap());
}

#[tokio::test]
async fn a_download_that_is_dropped_closes_the_connection() {
    let (url, _, task) = flood(64 * MEGABYTE).await;
    let client = Client::builder().account("AC0", "x").base_url(url);
    let client = client.build().unwrap();
    let mut download = call::<_, Bytes>(client).send().await.unwrap();
    download.chunk().await.unwrap().unwrap();
    drop(download);
    assert!(!task.await.unwrap(), "all of it was sent");
}

#[tokio::test]
async fn all_bytes_at_once_are_limited_as_other_answers_are() {
    let body = "x".repeat(2000);
    let server = Server::start(move |_, _| answer("200 OK", "", &body)).await;
    let client = builder(&server).max_response_bytes(1000).build().unwrap();
    let download = || call::<_, Bytes>(client.clone()).send();
    let error = download().await.unwrap().bytes().await.unwrap_err();
    assert!(
        error.is_too_large() && error.status() == Some(200),
        "{error}"
    );
    let mut length = 0;
    let mut pieces = download().await.unwrap();
    while let Some(piece) = pieces.chunk().await.unwrap() {
        length += piece.len();
    }
    assert_eq!(length, 2000);
    let unknown = send::<Bytes>(pieces_of_x).await.unwrap();
    assert_eq!(
        (
            unknown.content_length(),
            unknown.bytes().await.unwrap().len()
        ),
        (None, 3)
    );
}

fn pieces_of_x() -> Reply {
    pieces("image/png", &["x", "x", "x"])
}

#[tokio::test]
async fn a_download_may_be_text() {
    let text = send::<Bytes>(|| pieces("a/b", &["caf", "\u{e9}"]))
        .await
        .unwrap();
    assert_eq!(text.text().await.unwrap(), "café");
    let bytes = || Reply::Bytes([head("a/b"), vec![0xff]].concat());
    let error = send::<Bytes>(bytes)
        .await
        .unwrap()
        .text()
        .await
        .unwrap_err();
    assert!(error.is_decode(), "{error}");
}

#[tokio::test]
async fn a_body_that_breaks_off_is_an_error_that_says_so() {
    let reply = || Reply::Bytes(b"HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\n1234".to_vec());
    let mut download = send::<Uploaded>(reply).await.unwrap();
    assert_eq!(download.chunk().await.unwrap().unwrap(), "1234");
    let error = download.chunk().await.unwrap_err();
    assert!(error.is_broken() && error.may_have_been_applied());
    assert_eq!((error.status(), error.attempts()), (Some(200), 1));
    assert!(
        error
            .to_string()
            .contains("the body broke off: the connection broke"),
        "{error}"
    );
    assert!(error.to_string().contains("after 4 bytes"), "{error}");
    assert!(download.chunk().await.unwrap().is_none());
    let download = send::<Bytes>(reply).await.unwrap();
    assert!(download.bytes().await.unwrap_err().is_broken());
}

#[tokio::test]
async fn each_piece_has_as_long_as_an_attempt_and_all_together_may_take_longer() {
    let server = Server::start(|_, _| Reply::Stall([head("a/b"), b"1".to_vec()].concat())).await;
    let call = call::<_, Bytes>(single(&server)).attempt_timeout(Duration::from_millis(50));
    let mut download = call.send().await.unwrap();
    assert_eq!(download.chunk().await.unwrap().unwrap(), "1");
    let error = download.chunk().await.unwrap_err();
    assert!(error.is_timeout() && !error.is_connect(), "{error}");
    assert!(error.to_string().contains("the body broke off"), "{error}");
    let slow = vec!["x"; 60];
    let server = Server::start(move |_, _| pieces("a/b", &slow)).await;
    let call = crate::common::streams::call::<_, Bytes>(single(&server));
    let call = call
        .attempt_timeout(Duration::from_millis(100))
        .timeout(Duration::from_millis(100));
    assert_eq!(call.send().await.unwrap().bytes().await.unwrap().len(), 60);
}

#[tokio::test]
async fn what_comes_before_the_body_has_the_time_of_an_attempt_and_is_tried_again() {
    let server = Server::counting(|before| match before {
        0 => Reply::Stall(Vec::new()),
        1 => json("503 Service Unavailable", "{}"),
        _ => pieces_of_x(),
    })
    .await;
    let client = builder(&server)
        .retry(Retry::new().backoff(Duration::ZERO, Duration::ZERO))
        .attempt_timeout(Duration::from_millis(200))
        .build()
        .unwrap();
    let response = call::<_, Bytes>(client).send_with_metadata().await.unwrap();
    assert_eq!(
        (response.metadata.attempts(), response.metadata.status()),
        (3, 200)
    );
    assert_eq!(response.value.bytes().await.unwrap(), b"xxx");
    let requests = server.requests();
    assert_eq!(
        requests[0].header("accept"),
        Some("application/pdf, image/png")
    );
    let stalled = Server::start(|_, _| {
        Reply::Stall(b"HTTP/1.1 404 Not Found\r\ncontent-length: 9\r\n\r\n{".to_vec())
    })
    .await;
    let call = call::<_, Bytes>(single(&stalled)).attempt_timeout(Duration::from_millis(50));
    assert!(call.send().await.unwrap_err().is_not_found());
}

#[tokio::test]
async fn a_compressed_download_is_refused() {
    let reply = || answer("200 OK", "content-encoding: gzip\r\n", "\u{1f}");
    let error = send::<Bytes>(reply).await.unwrap_err();
    assert!(
        error.is_decode() && error.to_string().contains("compressed (gzip)"),
        "{error}"
    );
}

#[tokio::test]
async fn a_body_that_may_be_missing_is_none() {
    let none = || answer("204 No Content", "", "");
    assert!(send::<MayBeBytes>(none).await.unwrap().is_none());
    assert!(
        send::<MayBeBytes>(|| answer("200 OK", "", ""))
            .await
            .unwrap()
            .is_none()
    );
    assert!(send::<MayBeBytes>(pieces_of_x).await.unwrap().is_some());
    assert_eq!(send::<MayBeText>(none).await.unwrap(), None);
    assert_eq!(
        send::<MayBeText>(|| answer("200 OK", "", "a"))
            .await
            .unwrap(),
        Some("a".to_owned())
    );
    assert_eq!(send::<MayBeWord>(none).await.unwrap(), None);
    assert_eq!(
        send::<MayBeWord>(|| json("200 OK", "null")).await.unwrap(),
        None
    );
    let word = send::<MayBeWord>(|| json("200 OK", r#"{"word":"a"}"#))
        .await
        .unwrap();
    assert_eq!(word.unwrap().word, "a");
    assert!(
        send::<MayBeWord>(|| json("200 OK", "{}"))
            .await
            .unwrap_err()
            .is_decode()
    );
}

#[tokio::test]
async fn each_status_is_read_as_its_own_variant_and_no_other() {
    let one = || json("200 OK", r#"{"word":"a"}"#);
    assert!(matches!(send::<Several>(one).await.unwrap(), Answer::Ok(word) if word.word == "a"));
    let list = || json("201 Created", r#"[{"word":"a"}]"#);
    assert!(
        matches!(send::<Several>(list).await.unwrap(), Answer::Created(words) if words.len() == 1)
    );
    let none = || answer("204 No Content", "", "");
    assert!(matches!(
        send::<Several>(none).await.unwrap(),
        Answer::NoContent
    ));
    let png = || answer("206 Partial", "content-type: IMAGE/png; q=1\r\n", "png");
    let Answer::PartialPng(download) = send::<Several>(png).await.unwrap() else {
        panic!("not the image");
    };
    assert_eq!(download.bytes().await.unwrap(), b"png");
    let text = || answer("206 Partial", "content-type: text/plain\r\n", "text");
    assert!(
        matches!(send::<Several>(text).await.unwrap(), Answer::PartialText(text) if text == "text")
    );
    let error = send::<Several>(|| json("202 Accepted", "{}"))
        .await
        .unwrap_err();
    assert!(error.is_decode() && error.status() == Some(202), "{error}");
    assert!(
        error
            .to_string()
            .contains("the document knows no such success"),
        "{error}"
    );
}

#[tokio::test]
async fn text_that_stands_for_one_value_is_that_value() {
    assert_eq!(
        send::<Count>(|| answer("200 OK", "", " 42\n"))
            .await
            .unwrap(),
        42
    );
    let error = send::<Count>(|| answer("200 OK", "", "many"))
        .await
        .unwrap_err();
    assert!(
        error.is_decode() && error.body_excerpt() == Some("many"),
        "{error}"
    );
    let date = send::<At>(|| answer("200 OK", "", "2015-10-07T17:50:01Z"))
        .await
        .unwrap();
    assert_eq!(date.to_rfc3339(), "2015-10-07T17:50:01+00:00");
}

#[tokio::test]
async fn documented_headers_are_read_leniently() {
    let headers = "x-limit-left: 17\r\nX-Limit-Ends: Wed, 07 Oct 2015 17:50:01 GMT\r\nx-limit-soft: perhaps\r\n";
    let server = Server::start(move |_, _| answer("200 OK", headers, "1")).await;
    let response = call::<_, Count>(client(&server))
        .send_with_metadata()
        .await
        .unwrap();
    let limits = response.metadata.headers_as::<LimitHeaders>();
    assert_eq!(
        (limits.left, limits.is_soft, limits.plan),
        (Some(17), None, None)
    );
    assert_eq!(limits.ends.unwrap().timestamp(), 1_444_240_201);
}

#[derive(Debug, PartialEq, serde::Deserialize)]
struct Problem {
    code: u32,
    detail: String,
}

#[tokio::test]
async fn the_body_of_an_error_is_read_as_what_is_documented_and_without_secrets() {
    // Longer than what is shown of it.
    let body = format!(
        r#"{{"pad":"{}","code":7,"detail":"no {PASSWORD} here"}}"#,
        "x".repeat(9000)
    );
    let error = send::<Count>(move || json("404 Not Found", &body))
        .await
        .unwrap_err();
    let problem = error.body_as::<Problem>().unwrap();
    assert_eq!(
        problem,
        Problem {
            code: 7,
            detail: "no [redacted] here".to_owned()
        }
    );
    assert_eq!(error.body_as::<Word>().map(|word| word.word), None);
    assert!(error.body_excerpt().unwrap().len() <= 4096);
    assert!(format!("{error:?}").len() < 10_000 && !everything(&error).contains(PASSWORD));
    let cut = "x".repeat(40_000);
    let error = send::<Count>(move || {
        json(
            "404 Not Found",
            &format!(r#"{{"code":7,"detail":"{cut}"}}"#),
        )
    })
    .await
    .unwrap_err();
    assert!(error.body_as::<Problem>().is_none());
    let page = send::<Count>(|| answer("502 Bad Gateway", "content-type: text/html\r\n", "<p>"))
        .await
        .unwrap_err();
    assert!(page.body_as::<Problem>().is_none());
    let success = send::<MayBeWord>(|| json("200 OK", r#"{"code":7,"detail":"a"}"#))
        .await
        .unwrap_err();
    assert!(
        success.body_as::<Problem>().is_none(),
        "it is no error of the API"
    );
    assert_eq!(size_of::<Error>(), 8);
}
