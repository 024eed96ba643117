//! Bodies that have parts.

use crate::common::PASSWORD;
use crate::common::probe::{of, sends};
use crate::common::raw::{Act, Got, Part, Raw};
use crate::runtime::{
    Call, Client, Error, JsonWriter, Media, Method, Operation, Parts, Rules, SecretString, ToJson,
    Upload,
};
use serde_json::{Value, json};
use std::collections::BTreeMap;

static FORM: Operation = sends(Method::POST, Media::Multipart("multipart/form-data"));
static RELATED: Operation = sends(Method::POST, Media::Multipart("multipart/related"));

fn client(server: &Raw) -> Client {
    let builder = Client::builder().account("AC0123", PASSWORD);
    builder.base_url(server.url()).build().unwrap()
}

async fn sent(
    operation: &'static Operation,
    write: impl Fn(&mut Parts) + Send + Sync + 'static,
) -> Got {
    let server = Raw::start(&[Act::Answer(204)]);
    let call = Call::new(client(&server), of(operation, write));
    call.send().await.unwrap();
    server.only()
}

async fn refused(write: impl Fn(&mut Parts) + Send + Sync + 'static) -> Error {
    let server = Raw::start(&[Act::Answer(204)]);
    let call = Call::new(client(&server), of(&FORM, write));
    let error = call.send().await.unwrap_err();
    assert!(server.all().is_empty(), "{error}");
    error
}

fn shown(parts: &[Part]) -> Vec<(String, String, String)> {
    parts.iter().map(Part::shown).collect()
}

fn part(disposition: &str, media: &str, content: &str) -> (String, String, String) {
    (
        format!("form-data; {disposition}"),
        media.to_owned(),
        content.to_owned(),
    )
}

struct Owner(&'static str);

impl ToJson for Owner {
    fn fields(&self, json: &mut JsonWriter<'_>) {
        json.checked("name", self.0, &Rules::NONE.max_length(8));
    }
}

#[tokio::test]
async fn each_kind_of_part_is_sent_with_its_name_and_media_type() {
    let got = sent(&FORM, |parts| {
        parts.file_part("file", "", &Upload::from("content"));
        parts.text_part("title", "", "a title");
        parts.text_part("note", "text/markdown", "# n");
        parts.text_part("count", "", &7_i64);
        parts.json_part("owner", "", &Owner("Tom"));
        parts.json_part("request", "application/json; charset=utf-8", &Owner("Ann"));
        parts.text_part("none", "", &None::<String>);
        parts.json_part("none", "", &None::<Owner>);
        parts.file_part("none", "", &None::<Upload>);
    })
    .await;
    assert_eq!(got.line, "POST /v2/things HTTP/1.1");
    assert_eq!(
        shown(&got.parts()),
        [
            part(
                "name=\"file\"; filename=\"file\"",
                "application/octet-stream",
                "content"
            ),
            part("name=\"title\"", "", "a title"),
            part("name=\"note\"", "text/markdown", "# n"),
            part("name=\"count\"", "", "7"),
            part("name=\"owner\"", "application/json", r#"{"name":"Tom"}"#),
            part(
                "name=\"request\"",
                "application/json; charset=utf-8",
                r#"{"name":"Ann"}"#
            ),
        ]
    );
    assert_eq!(got.header("transfer-encoding"), None);
}

#[tokio::test]
async fn a_list_is_a_part_for_each_of_its_values() {
    let got = sent(&FORM, |parts| {
        let tags = vec!["a".to_owned(), "b".to_owned()];
        parts.text_part("tags", "", &tags);
        let large = Upload::from(vec![b'x'; 5000]).file_name("large");
        parts.file_part("files", "", &vec![Upload::from(""), large]);
        parts.file_part("files", "", &Vec::<Upload>::new());
    })
    .await;
    let shown = shown(&got.parts());
    let names: Vec<&str> = shown.iter().map(|(name, ..)| name.as_str()).collect();
    assert_eq!(
        names,
        [
            "form-data; name=\"tags\"",
            "form-data; name=\"tags\"",
            "form-data; name=\"files\"; filename=\"files\"",
            "form-data; name=\"files\"; filename=\"large\"",
        ]
    );
    let lengths: Vec<usize> = shown.iter().map(|(.., content)| content.len()).collect();
    assert_eq!(lengths, [1, 1, 0, 5000]);
}

#[tokio::test]
async fn a_value_that_may_be_text_or_a_list_or_an_object_is_sent_as_what_it_is() {
    let values = [
        json!("a"),
        json!(1.5),
        json!(["a", true]),
        json!({"b": ["c"]}),
        json!([{}]),
    ];
    let got = sent(&FORM, move |parts| {
        for value in &values {
            parts.any_part("v", "", value);
        }
        let more = BTreeMap::from([
            ("k".to_owned(), json!(false)),
            ("l".to_owned(), Value::Null),
        ]);
        parts.other_parts(Some(&more));
        let more = BTreeMap::from([("f".to_owned(), Upload::from("bytes"))]);
        parts.other_parts(Some(&more));
    })
    .await;
    let v = "name=\"v\"";
    assert_eq!(
        shown(&got.parts()),
        [
            part(v, "", "a"),
            part(v, "", "1.5"),
            part(v, "", "a"),
            part(v, "", "true"),
            part(v, "application/json", r#"{"b":["c"]}"#),
            part(v, "application/json", "[{}]"),
            part("name=\"k\"", "", "false"),
            part("name=\"l\"", "application/json", "null"),
            part(
                "name=\"f\"; filename=\"f\"",
                "application/octet-stream",
                "bytes"
            ),
        ]
    );
}

#[tokio::test]
async fn names_of_files_are_quoted_as_browsers_do_and_cannot_end_a_header() {
    let got = sent(&FORM, |parts| {
        let name = "a\"b\r\nX-Evil: 1\r\n\r\nü🎉\\.txt";
        let file = Upload::from("--\r\n")
            .file_name(name)
            .content_type("text/plain");
        parts.file_part("a \"b\"", "", &file);
    })
    .await;
    assert_eq!(
        shown(&got.parts()),
        [part(
            "name=\"a %22b%22\"; filename=\"a%22b%0D%0AX-Evil: 1%0D%0A%0D%0Aü🎉\\.txt\"",
            "text/plain",
            "--\r\n"
        )]
    );
}

#[tokio::test]
async fn a_header_that_cannot_be_sent_is_refused_before_anything_is_sent() {
    for file in [
        Upload::from("x").content_type("text/plain\r\nX-Evil: 1"),
        Upload::from("x").header("X-Evil: 1\r\nX", "y"),
        Upload::from("x").header("X-Fine", "y\r\n\r\n"),
    ] {
        let error = refused(move |parts| parts.file_part("file", "", &file)).await;
        assert!(error.is_invalid_request(), "{error}");
        assert!(error.to_string().contains("file has a header"), "{error}");
    }
}

#[tokio::test]
async fn rules_of_parts_are_checked_before_anything_is_sent() {
    let error = refused(|parts| {
        parts.text_part("title", "", &Rules::NONE.max_length(3).of("too long"));
        parts.json_part("owner", "", &Owner("too long a name"));
        parts.any_part("other", "", &Owner("too long as well"));
    })
    .await
    .to_string();
    assert!(
        error.contains("title has 8 characters, more than 3"),
        "{error}"
    );
    assert!(error.contains("owner.name has 15 characters"), "{error}");
    assert!(error.contains("other.name has 16 characters"), "{error}");
}

#[tokio::test]
async fn secrets_of_parts_are_sent_and_not_shown() {
    let server = Raw::start(&[Act::Answer(400)]);
    let secret = SecretString::from("canary-part".to_owned());
    let call = Call::new(
        client(&server),
        of(&FORM, move |parts| {
            parts.text_part("password", "", &secret);
        }),
    );
    let error = call.send().await.unwrap_err();
    assert!(
        !crate::common::everything(&error).contains("canary"),
        "{error:?}"
    );
    let got = server.only();
    assert_eq!(
        shown(&got.parts()),
        [part("name=\"password\"", "", "canary-part")]
    );
}

#[tokio::test]
async fn related_parts_have_media_types_and_headers_of_their_own_and_no_names() {
    let got = sent(&RELATED, |parts| {
        parts.json_part("jsonData", "application/json", &Owner("Tom"));
        let file = Upload::from(b"\x00\xff").header("Content-Id", "n2");
        parts.file_part("binary", "application/vnd.3gpp.ngap", &file);
    })
    .await;
    let kind = got.header("content-type").unwrap();
    assert!(kind.starts_with("multipart/related; type=\"application/json\"; boundary="));
    let parts = got.parts();
    let header = |name| {
        parts
            .iter()
            .map(|part| part.header(name))
            .collect::<Vec<_>>()
    };
    assert_eq!(header("content-disposition"), [None, None]);
    let media = [Some("application/json"), Some("application/vnd.3gpp.ngap")];
    assert_eq!(header("content-type"), media);
    assert_eq!(header("content-id"), [None, Some("n2")]);
    assert_eq!(parts[1].content, b"\x00\xff");
}

#[tokio::test]
async fn a_body_without_parts_ends_where_it_begins() {
    let got = sent(&FORM, |_| {}).await;
    assert!(got.parts().is_empty());
}

#[tokio::test]
async fn no_two_bodies_have_the_same_boundary() {
    let server = Raw::start(&[Act::Answer(204)]);
    let client = client(&server);
    for _ in 0..2 {
        let call = Call::new(client.clone(), of(&FORM, |_| {}));
        call.send().await.unwrap();
    }
    let kinds: Vec<_> = server.all();
    assert_ne!(
        kinds[0].header("content-type"),
        kinds[1].header("content-type")
    );
}
