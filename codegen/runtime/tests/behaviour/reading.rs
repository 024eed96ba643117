//! What is read from a response: any form that APIs use, and never a value that isn't there.

use crate::runtime::{Adapter, Day, Flag, List, Map, Number, Optional, Secret, Timestamp, read};
use chrono::{DateTime, Utc};
use secrecy::ExposeSecret;

fn from<A: Adapter>(json: &str) -> Result<A::Value, serde_json::Error> {
    read::<_, A>(&mut serde_json::Deserializer::from_str(json))
}

#[test]
fn a_date_is_read_in_either_form() {
    let expected: DateTime<Utc> = "2015-10-07T17:50:01Z".parse().unwrap();
    for text in [
        "2015-10-07T17:50:01Z",
        "2015-10-07t17:50:01z",
        "2015-10-07T17:50:01+00:00",
        "2015-10-07T19:50:01+02:00",
        "2015-10-07T17:50:01.0Z",
        "2015-10-07T17:50:01.000000000000Z",
        "Wed, 07 Oct 2015 17:50:01 +0000",
        "Wed, 07 Oct 2015 17:50:01 GMT",
        "Wed, 7 Oct 2015 12:50:01 -0500",
    ] {
        assert_eq!(
            from::<Timestamp>(&format!("{text:?}")).unwrap(),
            expected,
            "{text}"
        );
    }
    let fraction = from::<Timestamp>("\"1915-07-12T05:03:05.25Z\"").unwrap();
    assert_eq!(fraction.timestamp_subsec_millis(), 250);
}

#[test]
fn what_is_no_date_is_an_error_and_never_now() {
    for json in [
        "\"\"",
        "null",
        "0",
        "1444240201",
        "\"now\"",
        "\"2015-10-07\"",
        "\"2015-13-07T17:50:01Z\"",
        "\"2015-10-07T17:50:01\"",
        "{}",
        "\"9999999999-10-07T17:50:01Z\"",
    ] {
        assert!(from::<Timestamp>(json).is_err(), "{json}");
    }
    assert_eq!(from::<Optional<Timestamp>>("null").unwrap(), None);
    assert!(from::<Optional<Timestamp>>("\"\"").is_err());
    assert_eq!(
        from::<Day>("\"2015-10-07\"").unwrap().to_string(),
        "2015-10-07"
    );
    assert!(from::<Day>("\"2015-10-32\"").is_err());
}

#[test]
fn a_flag_is_a_boolean_or_a_word_in_any_case() {
    for (json, expected) in [
        ("true", true),
        ("false", false),
        ("\"True\"", true),
        ("\"False\"", false),
        ("\"TRUE\"", true),
    ] {
        assert_eq!(from::<Flag>(json).unwrap(), expected, "{json}");
        assert_eq!(from::<Optional<Flag>>(json).unwrap(), Some(expected));
    }
    for json in ["null", "0", "1", "\"\"", "\"yes\"", "[]"] {
        assert!(from::<Flag>(json).is_err(), "{json}");
    }
}

#[test]
fn lists_and_maps_read_what_is_in_them() {
    assert_eq!(
        from::<List<Flag>>(r#"[true,"False"]"#).unwrap(),
        [true, false]
    );
    let map = from::<Map<Optional<Flag>>>(r#"{"b":null,"a":"True"}"#).unwrap();
    assert_eq!(
        map.into_iter().collect::<Vec<_>>(),
        [("a".into(), Some(true)), ("b".into(), None)]
    );
    let secret = from::<Secret>("\"canary\"").unwrap();
    assert_eq!(secret.expose_secret(), "canary");
    assert!(!format!("{secret:?}").contains("canary"));
}

#[test]
fn a_number_may_be_in_a_string() {
    for (json, expected) in [
        ("1.5", 1.5),
        ("-2", -2.0),
        ("18446744073709551615", 18_446_744_073_709_551_615.0),
        (r#""19.720000""#, 19.72),
        (r#""-0""#, 0.0),
    ] {
        let number = from::<Number>(json).unwrap();
        assert!((number - expected).abs() < 1e-9, "{json}: {number}");
    }
    for json in [
        r#""""#,
        r#""free""#,
        r#""NaN""#,
        r#""inf""#,
        "true",
        "null",
        "[]",
    ] {
        assert!(from::<Number>(json).is_err(), "{json}");
    }
    let prices = from::<List<Optional<Number>>>(r#"["1.50",null,2]"#).unwrap();
    assert_eq!(prices, [Some(1.5), None, Some(2.0)]);
}
