//! Newtypes, enums and patterns: strict from users, lenient from responses.

use crate::common::api::{CredentialSid, CredentialType};
use crate::runtime::{InlineStr, InvalidValue, Part, Pattern};
use std::collections::BTreeSet;

const SID: &str = "CR0123456789abcdef0123456789ABCDEF";

#[test]
fn a_newtype_parses_strictly_and_reads_leniently() {
    let sid: CredentialSid = SID.parse().unwrap();
    assert_eq!(sid, SID);
    assert_eq!(sid, *SID);
    assert_eq!(
        format!("{sid} {sid:?} [{sid:>36}]"),
        format!("{SID} {SID:?} [  {SID}]")
    );
    assert!(sid.is_valid());
    assert_eq!(CredentialSid::try_from(SID).unwrap(), sid);
    assert_eq!(CredentialSid::try_from(SID.to_owned()).unwrap(), sid);
    assert_eq!(CredentialSid::try_from(&SID.to_owned()).unwrap(), sid);
    assert_eq!(CredentialSid::from(&sid), sid);
    let error: InvalidValue = "CR12".parse::<CredentialSid>().unwrap_err();
    assert_eq!(
        error.to_string(),
        "\"CR12\" is not a valid CredentialSid: it has to match ^CR[0-9a-fA-F]{32}$"
    );
    let long = "x"
        .repeat(1000)
        .parse::<CredentialSid>()
        .unwrap_err()
        .to_string();
    assert!(long.len() < 200, "{long}");
    let odd: CredentialSid = serde_json::from_str("\"CR\\u00fc-of-another-kind\"").unwrap();
    assert_eq!(
        (odd.as_str(), odd.is_valid()),
        ("CRü-of-another-kind", false)
    );
    assert_eq!(
        serde_json::to_string(&odd).unwrap(),
        "\"CRü-of-another-kind\""
    );
    assert!(serde_json::from_str::<CredentialSid>("7").is_err());
}

#[test]
fn an_enum_keeps_what_the_document_does_not_list() {
    let known: CredentialType = serde_json::from_str("\"apn\"").unwrap();
    assert_eq!((&known, known.is_known()), (&CredentialType::Apn, true));
    let unknown: CredentialType = serde_json::from_str("\"webpush\"").unwrap();
    assert_eq!(unknown, CredentialType::UnknownValue("webpush".into()));
    assert!(!unknown.is_known());
    assert_eq!(unknown, "webpush");
    assert_eq!(serde_json::to_string(&unknown).unwrap(), "\"webpush\"");
    assert_eq!("fcm".parse(), Ok(CredentialType::Fcm));
    assert_eq!(CredentialType::from("gcm".to_owned()).to_string(), "gcm");
    assert_eq!(CredentialType::Fcm.as_str(), "fcm");
}

#[test]
fn a_pattern_matches_in_one_pass() {
    for (text, expected) in [
        (SID, true),
        ("CR0123456789abcdef0123456789ABCDE", false),
        ("CR0123456789abcdef0123456789ABCDEF0", false),
        ("CR0123456789abcdef0123456789ABCDEG", false),
        ("cr0123456789abcdef0123456789ABCDEF", false),
        ("", false),
    ] {
        assert_eq!(CredentialSid::try_from(text).is_ok(), expected, "{text}");
    }
    let word = Pattern {
        source: "^[a-zä]{2,3}(-[0-9]+)?$",
        alternatives: &[
            &[Part::Class("azää", 2, 3)],
            &[
                Part::Class("azää", 2, 3),
                Part::Literal("-"),
                Part::Class("09", 1, u32::MAX),
            ],
        ],
        whole: true,
    };
    for (text, expected) in [
        ("äb", true),
        ("abc", true),
        ("a", false),
        ("abcd", false),
        ("ab-", false),
        ("ab-12", true),
    ] {
        assert_eq!(word.matches(text), expected, "{text}");
    }
    let prefix = Pattern {
        source: "^a",
        alternatives: &[&[Part::Literal("a")]],
        whole: false,
    };
    assert!(prefix.matches("abc") && !prefix.matches("ba"));
}

#[test]
fn a_short_text_is_stored_in_place_and_any_text_is_kept() {
    for text in [
        "",
        "a",
        "exactly8",
        "nine byte",
        "ünïcødé is longer than it looks",
    ] {
        let stored = InlineStr::<8>::from(text);
        assert_eq!(stored.as_str(), text);
        assert_eq!(stored.clone(), stored);
        assert_eq!(format!("{stored:?}"), format!("{text:?}"));
    }
    let sorted: BTreeSet<InlineStr<2>> = ["b", "aaa", "a", "b"].map(InlineStr::from).into();
    let sorted: Vec<&str> = sorted.iter().map(InlineStr::as_str).collect();
    assert_eq!(sorted, ["a", "aaa", "b"]);
    assert!(size_of::<CredentialSid>() <= 40);
}
