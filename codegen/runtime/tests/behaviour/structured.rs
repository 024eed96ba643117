//! Objects, lists and maps as parameters and forms: what is inside of them, JSON as a media type, secrets and rules.

use crate::common::client;
use crate::common::probe::{Probe, post};
use crate::common::server::Server;
use crate::runtime::{Call, JsonWriter, Parts, SecretString, Structured, ToJson};
use crate::styles::{COLOR, NONE, OPEN, Rgb, decoded, form, pairs, query, send};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// Pairs as a decoder gives them.
fn owned<const N: usize>(pairs: [(&str, &str); N]) -> [(String, String); N] {
    pairs.map(|(name, value)| (name.to_owned(), value.to_owned()))
}

#[tokio::test]
async fn deep_objects_keep_lists_and_objects_inside() {
    let value = json!({
        "created": {"gte": 1, "lt": "2"},
        "expand": ["a", "b"],
        "items": [{"price": "p1"}, {"price": "p2", "tags": [true, null]}],
        "none": null
    });
    let inner = value.clone();
    let sent =
        query(move |parts| parts.query("q", &NONE.deep_object().of(&Structured(&inner)))).await;
    let expected = [
        ("q[created][gte]", "1"),
        ("q[created][lt]", "2"),
        ("q[expand][]", "a"),
        ("q[expand][]", "b"),
        ("q[items][0][price]", "p1"),
        ("q[items][1][price]", "p2"),
        ("q[items][1][tags][]", "true"),
    ];
    assert_eq!(pairs(&sent), owned(expected));
    let list = json!(["x", {"y": 1}]);
    let sent = query(move |parts| parts.query("q", &NONE.deep_object().of(&list))).await;
    assert_eq!(sent, "q%5B%5D=x&q%5B1%5D%5By%5D=1");
}

#[tokio::test]
async fn an_object_inside_of_a_shallow_style_is_json() {
    let value = json!({"a": {"b": [1, "x,y"]}, "c": [1, 2]});
    let inner = value.clone();
    let sent = query(move |parts| parts.query("q", &Structured(&inner))).await;
    let expected = [("a", r#"{"b":[1,"x,y"]}"#), ("c", "[1,2]")];
    assert_eq!(pairs(&sent), owned(expected));
    let list = json!([{"a": 1}, "b"]);
    let sent = query(move |parts| parts.query("q", &Structured(&list))).await;
    assert_eq!(sent, "q=%7B%22a%22%3A1%7D&q=b");
}

#[tokio::test]
async fn a_parameter_of_a_media_type_is_json_in_every_place() {
    let value = json!({"list": [1, null], "name": "é \"x\""});
    let text = r#"{"list":[1,null],"name":"é \"x\""}"#;
    let request = send(&COLOR, move |parts| {
        parts.path("color", &NONE.json().of(&Structured(&value)));
        parts.query("q", &NONE.json().of(&Structured(&value)));
        parts.header("X-Json", &NONE.json().of(&Structured(&value)));
        parts.cookie("c", &NONE.json().of(&Structured(&value)));
        parts.query("text", &NONE.json().of(&Structured("a\nb")));
    });
    let request = request.await.unwrap();
    let path = request.path().strip_prefix("/v2/").unwrap();
    assert_eq!(decoded(path), text);
    let expected = [("q", text), ("text", r#""a\nb""#)];
    assert_eq!(pairs(request.query()), owned(expected));
    let cookie = request
        .header("cookie")
        .unwrap()
        .strip_prefix("c=")
        .unwrap();
    assert_eq!(decoded(cookie), text);
    let header = request.header("x-json").unwrap();
    assert!(header.is_ascii(), "{header}");
    assert_eq!(
        serde_json::from_str::<Value>(header).unwrap(),
        serde_json::from_str::<Value>(text).unwrap()
    );
}

#[tokio::test]
async fn secrets_inside_of_objects_are_kept_out_of_errors() {
    struct Login(SecretString);
    impl ToJson for Login {
        fn fields(&self, json: &mut JsonWriter<'_>) {
            json.field("password", &self.0);
        }
    }
    let canary = "canary-0123456789 \"quoted\"";
    for rules in [NONE, NONE.explode(false), NONE.deep_object(), NONE.json()] {
        let server = Server::always(
            "400 Bad Request",
            r#"{"message": "no canary-0123456789 \"quoted\""}"#,
        )
        .await;
        let write = move |parts: &mut Parts| {
            let login = Login(canary.into());
            parts.query("login", &rules.of(&Structured(&login)));
            parts.header("X-Login", &rules.of(&Structured(&login)));
            parts.query(
                "list",
                &rules.of(&vec![SecretString::from("another-canary-9876")]),
            );
        };
        let error = Call::new(client(&server), Probe::new(&OPEN, write))
            .send()
            .await
            .unwrap_err();
        let shown = crate::common::everything(&error);
        assert!(!shown.contains("canary-0123456789"), "{shown}");
        assert_eq!(server.requests().len(), 1);
    }
}

#[tokio::test]
async fn a_rule_that_is_broken_inside_of_an_object_is_named_with_its_way() {
    struct Filter(&'static str);
    impl ToJson for Filter {
        fn fields(&self, json: &mut JsonWriter<'_>) {
            json.checked("name", self.0, &NONE.max_length(3));
        }
    }
    let sent = send(&OPEN, |parts| {
        parts.query(
            "filter",
            &NONE.deep_object().of(&Structured(&Filter("long"))),
        );
    });
    assert_eq!(
        sent.await.unwrap_err().to_string(),
        "GetColor: not sent: filter.name has 4 characters, more than 3"
    );
}

#[tokio::test]
async fn objects_in_forms_are_json_unless_they_have_a_style() {
    let sent = form(|parts| {
        parts.form("a", &Structured(&Rgb));
        parts.form("b", &NONE.form().of(&Structured(&Rgb)));
        parts.form("c", &NONE.deep_object().of(&Structured(&Rgb)));
        parts.form("d", &Structured(&vec![json!({"x": 1})]));
    });
    let expected = [
        ("a", r#"{"R":100,"G":200,"B":150}"#),
        ("R", "100"),
        ("G", "200"),
        ("B", "150"),
        ("c[R]", "100"),
        ("c[G]", "200"),
        ("c[B]", "150"),
        ("d", r#"{"x":1}"#),
    ];
    assert_eq!(pairs(&sent.await), owned(expected));
}

#[tokio::test]
async fn a_form_that_is_one_value_has_its_members_as_fields() {
    let map: BTreeMap<String, Value> = [
        ("a b".to_owned(), json!("1 & 2")),
        ("list".to_owned(), json!([1, 2])),
        ("none".to_owned(), Value::Null),
        ("object".to_owned(), json!({"x": 1})),
    ]
    .into();
    let sent = form(move |parts| parts.form_body(&Structured(&map))).await;
    assert_eq!(sent, "a+b=1+%26+2&list=1&list=2&object=%7B%22x%22%3A1%7D");
    assert_eq!(
        form(|parts| parts.form_body(&Structured(&None::<Rgb>))).await,
        ""
    );
    let server = Server::always("200 OK", "").await;
    let write = |parts: &mut Parts| parts.form_body(&Structured(&json!([1])));
    let error = Call::new(client(&server), post(write))
        .send()
        .await
        .unwrap_err();
    assert!(
        error.to_string().contains("the form is not an object"),
        "{error}"
    );
}
