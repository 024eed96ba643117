//! Files, streams and readers that are sent, and what becomes of them when a call fails.

use crate::common::probe::{of, sends};
use crate::common::raw::{Act, Got, Raw};
use crate::common::{AT_ONCE, PASSWORD, refusing};
use crate::runtime::{Call, Client, ClientBuilder, Error, Media, Method, Operation, Rules, Upload};
use bytes::Bytes;
use futures_core::Stream;
use std::io;
use std::path::PathBuf;
use std::pin::Pin;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};
use std::time::Duration;

static POST: Operation = sends(Method::POST, Media::Bytes("application/octet-stream"));
static PUT: Operation = sends(Method::PUT, Media::Bytes("image/*"));
static GET: Operation = sends(Method::GET, Media::Bytes("application/zip"));
static FORM: Operation = sends(Method::PUT, Media::Multipart("multipart/form-data"));
static TEXT: Operation = sends(Method::POST, Media::Text("text/csv; charset=utf-8"));

fn builder(url: String) -> ClientBuilder {
    let builder = Client::builder().account("AC0123", PASSWORD);
    builder.base_url(url).retry(AT_ONCE)
}

async fn send(url: String, operation: &'static Operation, file: Upload) -> Result<String, Error> {
    let client = builder(url).build().unwrap();
    let call = Call::new(client, of(operation, move |parts| parts.upload(&file)));
    call.send().await
}

async fn sent(operation: &'static Operation, file: Upload) -> Got {
    let server = Raw::start(&[Act::Answer(204)]);
    send(server.url(), operation, file).await.unwrap();
    server.only()
}

/// A stream of so many pieces, that counts those which were taken.
struct Pieces {
    left: usize,
    size: usize,
    taken: Arc<AtomicUsize>,
    fails: bool,
}

impl Stream for Pieces {
    type Item = io::Result<Bytes>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<io::Result<Bytes>>> {
        if self.left == 0 {
            let error = io::Error::other("the disk is gone");
            return Poll::Ready(self.fails.then_some(Err(error)));
        }
        self.left -= 1;
        self.taken.fetch_add(1, Ordering::SeqCst);
        Poll::Ready(Some(Ok(vec![b'x'; self.size].into())))
    }
}

fn pieces(left: usize, size: usize) -> (Pieces, Arc<AtomicUsize>) {
    let taken = Arc::new(AtomicUsize::new(0));
    let stream = Pieces {
        left,
        size,
        taken: Arc::clone(&taken),
        fails: false,
    };
    (stream, taken)
}

fn failing(left: usize) -> Upload {
    let (stream, _) = pieces(left, 10);
    Upload::from_stream(Pieces {
        fails: true,
        ..stream
    })
}

/// A file with that content, which is gone when the test ends.
struct Scratch(PathBuf);

impl Scratch {
    fn new(name: &str, content: &[u8]) -> Self {
        let folder = std::env::temp_dir().join(format!("uploads-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let path = folder.join(name);
        std::fs::write(&path, content).unwrap();
        Self(path)
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
    }
}

#[tokio::test]
async fn bytes_and_texts_of_any_kind_are_sent_as_they_are_with_their_length() {
    for file in [
        Upload::from("text"),
        Upload::from("text".to_owned()),
        Upload::from(b"text"),
        Upload::from(b"text".as_slice()),
        Upload::from(b"text".to_vec()),
        Upload::from(Bytes::from_static(b"text")),
        Upload::from_reader(io::Cursor::new("text")).length(4),
    ] {
        let got = sent(&POST, file).await;
        assert_eq!(got.text(), "text");
        assert_eq!(got.header("content-length"), Some("4"));
        assert_eq!(got.header("content-type"), Some("application/octet-stream"));
    }
}

#[tokio::test]
async fn a_range_of_media_types_leaves_it_to_the_file() {
    let got = sent(&PUT, Upload::from("x")).await;
    assert_eq!(got.header("content-type"), Some("application/octet-stream"));
    let got = sent(&PUT, Upload::from("x").content_type("image/png")).await;
    assert_eq!(got.header("content-type"), Some("image/png"));
    let got = sent(&GET, Upload::from("x")).await;
    assert_eq!(got.header("content-type"), Some("application/zip"));
    let bad = Upload::from("x").content_type("a\r\nb");
    let error = send("http://127.0.0.1:1".to_owned(), &PUT, bad)
        .await
        .unwrap_err();
    assert!(error.is_invalid_request(), "{error}");
}

#[tokio::test]
async fn a_body_is_sent_with_any_method_whether_its_length_is_known_or_not() {
    for operation in [&POST, &PUT, &GET] {
        let got = sent(operation, Upload::from_reader(io::Cursor::new("text"))).await;
        assert_eq!(got.text(), "text", "{}", got.line);
        assert_eq!(got.header("transfer-encoding"), Some("chunked"));
        let got = sent(operation, Upload::from_reader(io::empty())).await;
        assert_eq!(got.text(), "");
    }
}

#[tokio::test]
async fn an_empty_file_and_no_file_are_sent_as_nothing() {
    let file = Scratch::new("empty", b"");
    let got = sent(&POST, Upload::from_path(&file.0)).await;
    assert_eq!(got.header("content-length"), Some("0"));
    let server = Raw::start(&[Act::Answer(204)]);
    let client = builder(server.url()).build().unwrap();
    let call = of(&POST, |parts| parts.upload(&None::<Upload>));
    Call::new(client, call).send().await.unwrap();
    assert_eq!(server.only().header("content-type"), None);
}

#[tokio::test]
async fn a_text_is_sent_with_its_media_type() {
    let server = Raw::start(&[Act::Answer(204)]);
    let client = builder(server.url()).build().unwrap();
    let call = of(&TEXT, |parts| parts.text("a,b\r\nü"));
    Call::new(client.clone(), call).send().await.unwrap();
    let got = server.only();
    assert_eq!(got.text(), "a,b\r\nü");
    assert_eq!(got.header("content-type"), Some("text/csv; charset=utf-8"));
    let long = of(&TEXT, |parts| {
        parts.text(&Rules::NONE.max_length(2).of("abc"));
    });
    let error = Call::new(client, long).send().await.unwrap_err();
    assert!(
        error.to_string().contains("the body has 3 characters"),
        "{error}"
    );
}

#[tokio::test]
async fn a_file_is_sent_with_its_length_and_its_name_and_read_again_when_it_is_sent_again() {
    let content: Vec<u8> = (0..200_000_u32)
        .map(|number| number.to_le_bytes()[0])
        .collect();
    let file = Scratch::new("picture.png", &content);
    let server = Raw::start(&[Act::Answer(503), Act::Hang, Act::Answer(204)]);
    let client = builder(server.url()).build().unwrap();
    let upload = Upload::from_path(&file.0);
    let call = of(&FORM, move |parts| parts.file_part("picture", "", &upload));
    Call::new(client, call).send().await.unwrap();
    let all = server.all();
    assert_eq!(all.len(), 3);
    for got in all {
        let parts = got.parts();
        assert!(got.header("content-length").is_some());
        assert_eq!(parts[0].content, content);
        let disposition = parts[0].header("content-disposition");
        let expected = "form-data; name=\"picture\"; filename=\"picture.png\"";
        assert_eq!(disposition, Some(expected));
    }
}

#[tokio::test]
async fn a_file_that_is_not_there_is_an_error_before_anything_is_sent() {
    let server = Raw::start(&[Act::Answer(204)]);
    for path in ["/nowhere/at/all", "/"] {
        let file = Upload::from_path(path);
        let error = send(server.url(), &POST, file).await.unwrap_err();
        assert!(
            error.is_upload() && !error.may_have_been_applied(),
            "{error:?}"
        );
        let text = error.to_string();
        assert!(text.contains("the body could not be read"), "{text}");
        assert!(text.contains("nothing of it was sent"), "{text}");
        assert_eq!(error.attempts(), 1);
    }
    assert!(server.all().is_empty());
}

#[tokio::test]
async fn a_stream_that_fails_says_how_much_was_sent() {
    let server = Raw::start(&[Act::Answer(204)]);
    let error = send(server.url(), &PUT, failing(2)).await.unwrap_err();
    assert!(error.is_upload(), "{error:?}");
    let text = error.to_string();
    assert!(
        text.contains("the disk is gone; only a part of it was sent"),
        "{text}"
    );
    assert!(error.may_have_been_applied());
    let error = send(server.url(), &PUT, failing(0)).await.unwrap_err();
    let text = error.to_string();
    assert!(
        text.contains("the disk is gone; nothing of it was sent"),
        "{text}"
    );
    assert!(!error.may_have_been_applied());
}

#[tokio::test]
async fn a_length_that_is_wrong_fails_the_call() {
    let server = Raw::start(&[Act::Answer(204)]);
    for (length, why) in [(5, "shorter"), (3, "longer")] {
        let file = Upload::from_reader(io::Cursor::new("text")).length(length);
        let error = send(server.url(), &PUT, file).await.unwrap_err();
        assert!(
            error.is_upload() && error.to_string().contains(why),
            "{error}"
        );
    }
}

#[tokio::test]
async fn a_stream_is_sent_when_a_connection_was_refused_before() {
    let (url, socket) = refusing();
    let socket = Mutex::new(Some(socket));
    let server = Arc::new(Mutex::new(None));
    let later = Arc::clone(&server);
    let client = builder(url).on_attempt(move |_| {
        if let Some(socket) = socket.lock().unwrap().take() {
            let listener = socket.listen(8).unwrap().into_std().unwrap();
            *later.lock().unwrap() = Some(Raw::on(listener, &[Act::Answer(204)]));
        }
    });
    let (stream, taken) = pieces(3, 4);
    let file = Upload::from_stream(stream);
    let call = of(&POST, move |parts| parts.upload(&file));
    Call::new(client.build().unwrap(), call)
        .send()
        .await
        .unwrap();
    let server = server.lock().unwrap().take().unwrap();
    assert_eq!(server.only().text(), "xxxxxxxxxxxx");
    assert_eq!(taken.load(Ordering::SeqCst), 3);
}

#[tokio::test]
async fn a_stream_is_not_sent_again_once_it_was_begun_and_the_error_says_so() {
    let acts: [&'static [Act]; 2] = [&[Act::Answer(503)], &[Act::Hang]];
    for act in acts {
        let server = Raw::start(act);
        let (stream, _) = pieces(3, 4);
        let error = send(server.url(), &PUT, Upload::from_stream(stream))
            .await
            .unwrap_err();
        assert_eq!(server.all().len(), 1, "{error}");
        assert!(
            error.to_string().contains("its body can be sent only once"),
            "{error}"
        );
        assert!(error.may_have_been_applied());
    }
    let server = Raw::start(&[Act::Answer(400)]);
    let (stream, _) = pieces(3, 4);
    let error = send(server.url(), &PUT, Upload::from_stream(stream))
        .await
        .unwrap_err();
    assert!(
        !error.to_string().contains("only once"),
        "it would not be sent again: {error}"
    );
}

#[tokio::test]
async fn a_clone_of_a_stream_that_was_sent_cannot_be_sent() {
    let server = Raw::start(&[Act::Answer(204)]);
    let (stream, _) = pieces(1, 4);
    let file = Upload::from_stream(stream);
    send(server.url(), &PUT, file.clone()).await.unwrap();
    let error = send(server.url(), &PUT, file).await.unwrap_err();
    assert!(error.is_upload(), "{error:?}");
    assert!(
        error.to_string().contains("it can be sent only once"),
        "{error}"
    );
}

#[tokio::test]
async fn a_large_stream_is_read_no_faster_than_it_is_sent() {
    let server = Raw::start(&[Act::Wait(600)]);
    let (stream, taken) = pieces(800, 64 * 1024);
    let call = tokio::spawn(send(server.url(), &PUT, Upload::from_stream(stream)));
    tokio::time::sleep(Duration::from_millis(300)).await;
    let early = taken.load(Ordering::SeqCst);
    assert!(early < 400, "{early} of 800 pieces are in memory");
    call.await.unwrap().unwrap();
    assert_eq!(server.only().body.len(), 800 * 64 * 1024);
}

#[cfg(feature = "blocking")]
#[test]
fn the_blocking_client_sends_files_and_readers_as_well() {
    let server = Raw::start(&[Act::Answer(204)]);
    let file = Scratch::new("blocking.bin", &vec![7; 100_000]);
    let client = builder(server.url()).build_blocking().unwrap();
    for upload in [
        Upload::from_path(&file.0),
        Upload::from_reader(io::Cursor::new(vec![7; 100_000])),
    ] {
        let call = of(&POST, move |parts| parts.upload(&upload));
        Call::new(client.clone(), call).send().unwrap();
    }
    let all = server.all();
    assert!(
        all.iter().all(|got| got.body == vec![7; 100_000]),
        "{}",
        all.len()
    );
}

#[test]
fn a_file_does_not_show_its_content() {
    let shown = format!(
        "{:?}",
        Upload::from("canary")
            .file_name("a.txt")
            .header("X", "canary")
    );
    assert!(
        shown.contains("a.txt") && shown.contains("Some(6)"),
        "{shown}"
    );
    assert!(!shown.contains("canary"), "{shown}");
    let shown = format!("{:?}", Upload::from_path("/canary/b.txt"));
    assert!(!shown.contains("canary"), "{shown}");
}
