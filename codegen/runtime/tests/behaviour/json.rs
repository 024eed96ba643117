//! JSON that is sent, and values that are one of several.

use crate::common::api::{CredentialSid, CredentialType};
use crate::common::client;
use crate::common::probe::post_json;
use crate::common::server::{Recorded, Server};
use crate::runtime::{
    Base64, Boxed, Call, Checked, Error, IntoChecked, JsonWriter, Nullable, OrNull, Part, Pattern,
    Rules, SecretString, Spelled, Timestamp, ToJson,
};
use chrono::{DateTime, NaiveDate, Utc};
use serde_json::{Value, json};
use std::collections::BTreeMap;

static DIGITS: Pattern = Pattern {
    source: "^[0-9]{3}$",
    alternatives: &[&[Part::Class("09", 3, 3)]],
    whole: true,
};

#[derive(Clone, Debug, Default, serde::Deserialize)]
struct Toy {
    name: String,
    #[serde(default)]
    price: Option<f64>,
    #[serde(default)]
    owner: Nullable<String>,
    #[serde(flatten)]
    additional: BTreeMap<String, Value>,
}

impl ToJson for Toy {
    fn fields(&self, json: &mut JsonWriter<'_>) {
        json.field("kind", "toy");
        json.checked("name", &self.name, &Rules::NONE.max_length(8));
        json.checked("price", &self.price, &Rules::NONE.range(0, 100));
        json.field("owner", &self.owner);
        json.rest(&self.additional);
    }
}

fn toy(name: &str) -> Toy {
    Toy {
        name: name.to_owned(),
        ..Toy::default()
    }
}

async fn sent(value: impl ToJson + Send + Sync + 'static) -> Recorded {
    let server = Server::always("200 OK", "").await;
    let call = Call::new(client(&server), post_json(move |parts| parts.json(&value)));
    call.send().await.unwrap();
    server.only_request()
}

async fn refused(value: impl ToJson + Send + Sync + 'static) -> Error {
    let server = Server::always("200 OK", "").await;
    let call = Call::new(client(&server), post_json(move |parts| parts.json(&value)));
    let error = call.send().await.unwrap_err();
    assert!(error.is_invalid_request(), "{error:?}");
    assert!(server.requests().is_empty());
    error
}

async fn text(value: impl ToJson + Send + Sync + 'static) -> String {
    sent(value).await.body
}

#[tokio::test]
async fn an_object_is_sent_with_what_is_there_and_with_its_media_type() {
    let mut some = toy("ball \"\\\n\u{1}\u{7f}é🎉");
    some.name.truncate(64);
    let request = sent(toy("ball")).await;
    assert_eq!(request.body, r#"{"kind":"toy","name":"ball"}"#);
    let of = |name| request.header(name);
    assert_eq!(of("content-type"), Some("application/merge-patch+json"));
    assert_eq!(of("content-length"), Some("28"));
    assert_eq!(
        text(some.name.clone()).await,
        "\"ball \\\"\\\\\\n\\u0001\u{7f}é🎉\""
    );
    assert_eq!(
        serde_json::from_str::<String>(&text(some.name.clone()).await).unwrap(),
        some.name
    );
}

#[tokio::test]
async fn absent_null_and_a_value_are_told_apart() {
    let with = |owner| Toy { owner, ..toy("a") };
    let body = |owner: &str| format!(r#"{{"kind":"toy","name":"a"{owner}}}"#);
    assert_eq!(text(with(Nullable::Absent)).await, body(""));
    assert_eq!(text(with(Nullable::Null)).await, body(r#","owner":null"#));
    assert_eq!(text(with("Tom".into())).await, body(r#","owner":"Tom""#));
    assert_eq!(text(with(None.into())).await, body(r#","owner":null"#));
    let read = |text: &str| serde_json::from_str::<Toy>(text).unwrap().owner;
    assert_eq!(read(r#"{"name":"a"}"#), Nullable::Absent);
    assert_eq!(read(r#"{"name":"a","owner":null}"#), Nullable::Null);
    assert_eq!(read(r#"{"name":"a","owner":"Tom"}"#), "Tom".into());
    assert_eq!(Nullable::from(3).into_option(), Some(3));
    assert_eq!(Nullable::<i32>::Null.unwrap_or_default(), 0);
    assert_eq!(Nullable::from("x".to_owned()).as_deref(), Some("x"));
}

#[tokio::test]
async fn values_of_every_kind_are_sent_as_json() {
    assert_eq!(text(vec![1_i64, -2]).await, "[1,-2]");
    assert_eq!(text(vec![Some(1_i32), None]).await, "[1,null]");
    assert_eq!(text(Vec::<i64>::new()).await, "[]");
    assert_eq!(text(u64::MAX).await, u64::MAX.to_string());
    assert_eq!(text(0.1_f64).await, "0.1");
    assert_eq!(text(true).await, "true");
    assert_eq!(text(vec![0_u8, 255, 62]).await, "\"AP8+\"");
    assert_eq!(text(CredentialType::Apn).await, "\"apn\"");
    assert_eq!(text(json!({"a": [1, "b"]})).await, r#"{"a":[1,"b"]}"#);
    let map = BTreeMap::from([("k\"".to_owned(), Some(true)), ("n".to_owned(), None)]);
    assert_eq!(text(map).await, r#"{"k\"":true,"n":null}"#);
    let date: DateTime<Utc> = "2020-01-02T03:04:05Z".parse().unwrap();
    assert_eq!(text(date).await, "\"2020-01-02T03:04:05Z\"");
    let day: NaiveDate = "2020-01-02".parse().unwrap();
    assert_eq!(text(day).await, "\"2020-01-02\"");
    assert_eq!(
        text(Box::new(toy("a"))).await,
        r#"{"kind":"toy","name":"a"}"#
    );
}

#[tokio::test]
async fn a_body_that_is_not_given_is_not_sent() {
    let request = sent(None::<Toy>).await;
    assert_eq!(request.body, "");
    assert_eq!(request.header("content-type"), None);
    assert_eq!(request.header("content-length"), Some("0"));
    assert_eq!(sent(Some(toy("a"))).await.body, text(toy("a")).await);
}

/// A list of toys below a name, and true and false as texts.
struct Shelf(Vec<Toy>, Vec<bool>);

impl ToJson for Shelf {
    fn fields(&self, json: &mut JsonWriter<'_>) {
        json.field("toys", &self.0);
        json.spelled("flags", &self.1);
        json.or_null("none", &None::<String>, &Rules::NONE);
        json.field("plain", &true);
    }
}

#[tokio::test]
async fn objects_stand_in_lists_and_flags_are_spelled() {
    assert_eq!(
        text(Shelf(vec![toy("a"), toy("b")], vec![true, false])).await,
        r#"{"toys":[{"kind":"toy","name":"a"},{"kind":"toy","name":"b"}],"flags":["true","false"],"none":null,"plain":true}"#
    );
}

#[tokio::test]
async fn every_broken_rule_is_named_with_its_path_and_nothing_is_sent() {
    let dear = Toy {
        price: Some(100.5),
        ..toy("much too long")
    };
    let error = refused(Shelf(vec![toy("a"), dear], Vec::new())).await;
    let text = error.to_string();
    assert!(
        text.contains("toys[1].name has 13 characters, more than 8"),
        "{text}"
    );
    assert!(
        text.contains("toys[1].price is 100.5, not from 0 to 100"),
        "{text}"
    );
    let text = refused(vec![f64::NAN]).await.to_string();
    assert!(text.contains("[0] is not a finite number"), "{text}");
    let wrong: Checked<CredentialSid> = "CR12".checked();
    let text = refused(wrong).await.to_string();
    assert!(
        text.contains("the body is invalid: \"CR12\" is not a valid"),
        "{text}"
    );
    let odd: CredentialSid = serde_json::from_str("\"odd\"").unwrap();
    let map = BTreeMap::from([("x".to_owned(), odd)]);
    let text = refused(map).await.to_string();
    assert!(
        text.contains("x is invalid: \"odd\" is not a valid"),
        "{text}"
    );
}

/// A secret with a rule.
struct Key(SecretString);

impl ToJson for Key {
    fn fields(&self, json: &mut JsonWriter<'_>) {
        json.checked("key", &self.0, &Rules::NONE.pattern(&DIGITS));
    }
}

#[tokio::test]
async fn a_secret_is_sent_and_never_shown() {
    let key = |text: &str| Key(SecretString::from(text));
    assert_eq!(text(key("123")).await, r#"{"key":"123"}"#);
    let text = refused(key("canary-12")).await;
    let text = format!("{text} {text:?}");
    assert!(
        text.contains("key does not match") && !text.contains("canary"),
        "{text}"
    );
    let server = Server::always("400 Bad Request", "you sent {\"key\":\"ca\\\"nary\\n9\"}").await;
    let write = |parts: &mut crate::runtime::Parts| {
        parts.json(&SecretString::from("ca\"nary\n9"));
    };
    let error = Call::new(client(&server), post_json(write))
        .send()
        .await
        .unwrap_err();
    assert!(!format!("{error} {error:?}").contains("nary"), "{error:?}");
}

/// One of several, told apart by a property.
#[derive(Clone, Debug, PartialEq)]
enum Tagged {
    Number(BTreeMap<String, Value>),
    Text(Box<Named>),
    Other(Value),
}

#[derive(Clone, Debug, PartialEq, serde::Deserialize)]
struct Named {
    name: String,
}

crate::runtime::tagged!(Tagged, "is", Other, {
    "number" | "count" => Number(BTreeMap<String, Value>),
    "text" => Text(Boxed<Named>),
});

#[test]
fn a_tag_decides_and_an_unknown_one_keeps_the_value() {
    let read = serde_json::from_value::<Tagged>;
    assert!(
        matches!(read(json!({"is": "count", "n": 1})), Ok(Tagged::Number(map)) if map.len() == 2)
    );
    let named = Box::new(Named {
        name: "a".to_owned(),
    });
    assert_eq!(
        read(json!({"is": "text", "name": "a"})).unwrap(),
        Tagged::Text(named)
    );
    for other in [
        json!({"is": "new", "x": [1]}),
        json!({"is": 3}),
        json!(null),
        json!([]),
    ] {
        assert_eq!(read(other.clone()).unwrap(), Tagged::Other(other));
    }
    let error = read(json!({"is": "text"})).unwrap_err().to_string();
    assert!(error.contains("missing field `name`"), "{error}");
}

/// One of several, tried in order.
#[derive(Clone, Debug, PartialEq)]
enum Untagged {
    When(DateTime<Utc>),
    Name(String),
    Empty(Empty),
    Named(Named),
    Other(Value),
}

#[derive(Clone, Debug, PartialEq, serde::Deserialize)]
struct Empty {}

crate::runtime::untagged!(Untagged, Other, {
    When(Timestamp),
    Name(String),
    Empty(Empty)[],
    Named(Named)["name", "nick"],
});
crate::runtime::sent_as_held!(Untagged {
    When,
    Name,
    Empty,
    Named,
    Other,
});
crate::runtime::made_of!(Untagged { Name(String), Name(&str) });

impl ToJson for Named {}
impl ToJson for Empty {}

#[tokio::test]
async fn alternatives_are_tried_in_order_and_nothing_fails() {
    let read = |value: &Value| serde_json::from_value::<Untagged>(value.clone()).unwrap();
    assert!(matches!(
        read(&json!("2020-01-02T03:04:05Z")),
        Untagged::When(_)
    ));
    assert_eq!(read(&json!("Tom")), "Tom".into());
    let named = Named {
        name: "a".to_owned(),
    };
    assert_eq!(read(&json!({"name": "a"})), Untagged::Named(named));
    assert_eq!(read(&json!({})), Untagged::Empty(Empty {}));
    assert_eq!(read(&json!({"name": 1})), Untagged::Empty(Empty {}));
    let other = json!([{"nick": 1}]);
    assert_eq!(read(&other), Untagged::Other(other.clone()));
    assert_eq!(text(Untagged::from("Tom".to_owned())).await, "\"Tom\"");
    assert_eq!(text(Untagged::Other(other)).await, r#"[{"nick":1}]"#);
}

#[test]
fn bytes_are_read_in_either_alphabet_with_padding_or_without() {
    let read = |text: &str| {
        let text = json!(text);
        crate::runtime::try_as::<Base64>(&text)
    };
    assert_eq!(read("AP8+"), Some(vec![0, 255, 62]));
    assert_eq!(read("AP8-"), Some(vec![0, 255, 62]));
    assert_eq!(read("_w=="), Some(vec![255]));
    assert_eq!(read("/w"), Some(vec![255]));
    assert_eq!(read("YW\r\nJj\n"), Some(b"abc".to_vec()));
    assert_eq!(read(""), Some(Vec::new()));
    assert_eq!(read("A"), None);
    assert_eq!(read("a*b="), None);
    let null = crate::runtime::try_as::<OrNull<Base64>>(&Value::Null);
    assert_eq!(null, Some(Nullable::Null));
}

crate::runtime::open_numbers! {
    #[open(Unknown, "String")]
    enum Level {
        Low = 1,
        High = (-3, "`-3`"),
    }
}

#[tokio::test]
async fn numbers_out_of_a_list_keep_those_that_it_does_not_have() {
    let read = |text: &str| serde_json::from_str::<Level>(text).unwrap();
    assert_eq!(
        (read("1"), read("-3"), read("7")),
        (Level::Low, Level::High, Level::Unknown(7))
    );
    assert!(Level::Low.is_known() && !read("7").is_known());
    assert_eq!(text(vec![Level::High, Level::from(7)]).await, "[-3,7]");
    assert_eq!(format!("{} {}", Level::from(&Level::Low), read("7")), "1 7");
    assert!(serde_json::from_str::<Level>("\"1\"").is_err());
}

struct Flags {
    all: Vec<bool>,
    rest: BTreeMap<String, Option<bool>>,
}

impl ToJson for Flags {
    fn fields(&self, json: &mut JsonWriter<'_>) {
        json.spelled("all", &self.all);
        json.or_null("none", &Spelled(&None::<bool>), &Rules::NONE);
        json.field("plain", &true);
        json.spelled_rest(&self.rest);
    }
}

#[tokio::test]
async fn true_and_false_are_texts_only_where_they_are_spelled() {
    let rest = [("x".to_owned(), Some(false)), ("y".to_owned(), None)];
    let flags = Flags {
        all: vec![true, false],
        rest: rest.into(),
    };
    assert_eq!(
        text(flags).await,
        r#"{"all":["true","false"],"none":null,"plain":true,"x":"false","y":null}"#
    );
}

#[tokio::test]
async fn null_is_a_value_of_a_property_that_has_no_field() {
    struct Rest(BTreeMap<String, Option<i64>>);

    impl ToJson for Rest {
        fn fields(&self, json: &mut JsonWriter<'_>) {
            json.rest(&self.0);
        }
    }

    let rest = [("a".to_owned(), Some(1)), ("b".to_owned(), None)];
    assert_eq!(text(Rest(rest.into())).await, r#"{"a":1,"b":null}"#);
}
