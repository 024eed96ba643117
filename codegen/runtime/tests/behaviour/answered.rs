//! Structs of answers: what an object may have, may lack and may have besides.

use crate::runtime::{Flag, Optional, Timestamp};
use chrono::{DateTime, Utc};
use std::collections::BTreeMap;

crate::runtime::answered! {
    /// An animal.
    pub(crate) struct Pet {
        pub(crate) name: String,
        #[read(rename = "type")]
        pub(crate) type_: Option<String>,
        #[read(with = Timestamp)]
        pub(crate) born: DateTime<Utc>,
        #[read(rename = "Fed", absent = Default, with = Optional<Flag>)]
        pub(crate) fed: Option<bool>,
    }
}

crate::runtime::answered! {
    #[derive(Clone, Debug)]
    pub(crate) struct Labels {
        pub(crate) id: u8,
        #[rest(Flag)]
        pub(crate) rest: BTreeMap<String, bool>,
    }
}

crate::runtime::answered! {
    pub(crate) struct Counts {
        #[rest]
        pub(crate) rest: BTreeMap<String, u8>,
    }
}

crate::runtime::answered! {
    pub(crate) struct Nothing {}
}

fn pet(json: &str) -> Result<Pet, String> {
    serde_json::from_str(json).map_err(|error| error.to_string())
}

#[test]
fn properties_are_read_in_any_order_and_others_are_left_out() {
    let one = pet(r#"{"name":"Tom","type":"cat","born":"2020-01-02T03:04:05Z","Fed":"True"}"#);
    let other = pet(
        r#"{"Fed":true,"new":{"a":[1]},"born":"Thu, 02 Jan 2020 03:04:05 +0000","type":"cat","name":"Tom"}"#,
    );
    assert_eq!(one, other);
    let one = one.unwrap();
    assert_eq!((one.name.as_str(), one.fed), ("Tom", Some(true)));
}

#[test]
fn what_may_be_missing_is_none_and_what_may_not_is_named() {
    let one = pet(r#"{"name":"Tom","born":"2020-01-02T03:04:05Z","type":null}"#).unwrap();
    assert_eq!((one.type_, one.fed), (None, None));
    let error = pet(r#"{"born":"2020-01-02T03:04:05Z"}"#).unwrap_err();
    assert!(error.contains("missing field `name`"), "{error}");
    let error = pet(r#"{"name":"Tom"}"#).unwrap_err();
    assert!(error.contains("missing field `born`"), "{error}");
}

#[test]
fn what_is_no_object_says_what_was_expected() {
    for wrong in ["null", "[]", "\"Tom\"", "1"] {
        let error = pet(wrong).unwrap_err();
        assert!(error.contains("expected an object"), "{wrong}: {error}");
    }
}

#[test]
fn properties_without_a_field_are_kept_where_there_is_one_for_them() {
    let read: Labels = serde_json::from_str(r#"{"a":"true","id":7,"b":false}"#).unwrap();
    assert_eq!(read.id, 7);
    let expected = BTreeMap::from([("a".to_owned(), true), ("b".to_owned(), false)]);
    assert_eq!(read.rest, expected);
    assert!(serde_json::from_str::<Labels>(r#"{"id":7,"b":"maybe"}"#).is_err());
    let read: Counts = serde_json::from_str(r#"{"a":1,"b":2}"#).unwrap();
    assert_eq!(read.rest.get("b"), Some(&2));
}

#[test]
fn an_object_may_have_nothing_that_is_read() {
    assert_eq!(
        serde_json::from_str::<Nothing>(r#"{"a":1}"#).unwrap(),
        Nothing {}
    );
}

#[test]
fn the_place_of_a_wrong_value_is_known() {
    let mut from = serde_json::Deserializer::from_str(r#"{"x":1,"name":{}}"#);
    let error = serde_path_to_error::deserialize::<_, Pet>(&mut from).unwrap_err();
    assert_eq!(error.path().to_string(), "name");
}
