//! Every constraint of the documents has its documented error.

use twilio_push_credentials_tests::http::exchange;
use twilio_push_credentials_tests::twilio::{
    ACCOUNT_SID, API_KEY, API_SECRET, AUTH_TOKEN, Twilio, basic,
};

use crate::{CERTIFICATE, Outcome, PRIVATE_KEY, UNKNOWN_SID, VERSIONS, assert_refused, call, post};

type Fields = &'static [(&'static str, &'static str)];

const SECRET: (&str, &str) = ("Secret", "{}");
const CERTIFICATE_FIELD: (&str, &str) = ("Certificate", CERTIFICATE);
const KEY_FIELD: (&str, &str) = ("PrivateKey", PRIVATE_KEY);
const BAGS: &str = "Bag Attributes\n-----BEGIN CERTIFICATE-----\nbm90\n-----END CERTIFICATE-----\n";

const CREATIONS: &[(&str, Fields)] = &[
    ("nothing", &[]),
    ("no type", &[SECRET]),
    ("unknown type", &[("Type", "webpush"), SECRET]),
    ("type in capitals", &[("Type", "FCM"), SECRET]),
    ("apn without certificate", &[("Type", "apn"), KEY_FIELD]),
    ("apn without key", &[("Type", "apn"), CERTIFICATE_FIELD]),
    (
        "apn, swapped",
        &[
            ("Type", "apn"),
            ("Certificate", PRIVATE_KEY),
            ("PrivateKey", CERTIFICATE),
        ],
    ),
    (
        "apn with two keys",
        &[("Type", "apn"), ("Certificate", PRIVATE_KEY), KEY_FIELD],
    ),
    (
        "apn with two certificates",
        &[
            ("Type", "apn"),
            CERTIFICATE_FIELD,
            ("PrivateKey", CERTIFICATE),
        ],
    ),
    (
        "apn with bag attributes",
        &[("Type", "apn"), ("Certificate", BAGS), KEY_FIELD],
    ),
    (
        "sandbox in capitals",
        &[
            ("Type", "apn"),
            CERTIFICATE_FIELD,
            KEY_FIELD,
            ("Sandbox", "True"),
        ],
    ),
    (
        "sandbox a number",
        &[
            ("Type", "apn"),
            CERTIFICATE_FIELD,
            KEY_FIELD,
            ("Sandbox", "1"),
        ],
    ),
    (
        "apn with secret",
        &[("Type", "apn"), CERTIFICATE_FIELD, KEY_FIELD, SECRET],
    ),
    ("fcm without secret", &[("Type", "fcm")]),
    (
        "fcm with API key",
        &[("Type", "fcm"), SECRET, ("ApiKey", "key")],
    ),
    (
        "fcm with sandbox",
        &[("Type", "fcm"), SECRET, ("Sandbox", "true")],
    ),
    ("gcm without API key", &[("Type", "gcm")]),
    (
        "gcm with secret",
        &[("Type", "gcm"), ("ApiKey", "key"), SECRET],
    ),
    (
        "unknown field",
        &[("Type", "fcm"), SECRET, ("Nonsense", "1")],
    ),
    (
        "field in small letters",
        &[("Type", "fcm"), ("secret", "{}")],
    ),
    ("field given twice", &[("Type", "fcm"), SECRET, SECRET]),
];

#[tokio::test]
async fn creations_that_break_a_constraint_are_refused() -> Outcome {
    for version in VERSIONS {
        let server = Twilio::start()?;
        let target = version.collection(&server)?;
        for (what, fields) in CREATIONS {
            let answer = post(&server, &target, fields).await?;
            assert_refused(&answer, 400, 20001, what);
            let body = String::from_utf8_lossy(&answer.body);
            assert!(!body.contains("bm90"), "{what}: quotes a secret");
        }
        assert_eq!(server.sids(), Vec::<String>::new());
        assert_eq!(server.mistakes(), Vec::<String>::new());
    }
    Ok(())
}

#[tokio::test]
async fn names_have_64_characters_at_most() -> Outcome {
    let server = Twilio::start()?;
    let (longest, longer) = ("ä".repeat(64), "ä".repeat(65));
    for version in VERSIONS {
        let target = version.collection(&server)?;
        let kinds: [&[(&str, &str)]; 3] = [
            &[("Type", "apn"), CERTIFICATE_FIELD, KEY_FIELD],
            &[("Type", "fcm"), SECRET],
            &[("Type", "gcm"), ("ApiKey", "key")],
        ];
        for fields in kinds {
            let with = |name| [fields, &[("FriendlyName", name)]].concat();
            let refused = post(&server, &target, &with(&longer)).await?;
            assert_refused(&refused, 400, 20001, "65 characters");
            assert_eq!(post(&server, &target, &with(&longest)).await?.status, 201);
        }
    }
    assert_eq!(server.mistakes(), Vec::<String>::new());
    Ok(())
}

#[tokio::test]
async fn bodies_that_are_no_forms_are_refused() -> Outcome {
    let server = Twilio::start()?;
    let target = "/v2/Credentials";
    let broken = call(&server, "POST", target, Some("Type=fcm&Secret=%2")).await?;
    assert_refused(&broken, 400, 20001, "broken escape");
    let login = basic(ACCOUNT_SID, AUTH_TOKEN);
    let json = [
        ("Authorization", login.as_str()),
        ("Content-Type", "application/json"),
    ];
    let address = server.address().to_string();
    let answer = exchange(&address, "POST", target, &json, br#"{"Type":"fcm"}"#).await?;
    assert_refused(&answer, 400, 20001, "JSON");
    let query = post(&server, "/v2/Credentials?Type=fcm", &[SECRET]).await?;
    assert_refused(&query, 400, 20001, "a field in the query");
    let list = call(&server, "GET", target, Some("PageSize=1")).await?;
    assert_refused(&list, 400, 20001, "a parameter in the body");
    Ok(())
}

#[tokio::test]
async fn updates_that_break_a_constraint_are_refused() -> Outcome {
    let long = "n".repeat(65);
    let cases: &[(&str, &[(&str, &str)])] = &[
        ("long name", &[("FriendlyName", &long)]),
        ("certificate for fcm", &[("Certificate", CERTIFICATE)]),
        ("sandbox for fcm", &[("Sandbox", "true")]),
        ("API key for fcm", &[("ApiKey", "key")]),
        ("unknown field", &[("Nonsense", "1")]),
    ];
    for version in VERSIONS {
        let server = Twilio::start()?;
        let target = format!(
            "{}/{}",
            version.collection(&server)?,
            server.seed(1).remove(0)
        );
        let before = call(&server, "GET", &target, None).await?.json();
        let of_type: &[(&str, &[(&str, &str)])] = if version.update_takes_type {
            &[("unknown type", &[("Type", "webpush")])]
        } else {
            &[("type", &[("Type", "fcm")])]
        };
        for (what, fields) in cases.iter().chain(of_type) {
            assert_refused(&post(&server, &target, fields).await?, 400, 20001, what);
        }
        assert_eq!(call(&server, "GET", &target, None).await?.json(), before);
        let unknown = format!("{}/{UNKNOWN_SID}", version.collection(&server)?);
        assert_refused(&post(&server, &unknown, &[]).await?, 404, 20404, "unknown");
        assert_eq!(server.mistakes(), Vec::<String>::new());
    }
    Ok(())
}

#[tokio::test]
async fn updates_of_apn_credentials_that_break_a_constraint_are_refused() -> Outcome {
    let cases: [(&str, (&str, &str)); 5] = [
        ("a key as certificate", ("Certificate", PRIVATE_KEY)),
        ("a certificate as key", ("PrivateKey", CERTIFICATE)),
        ("sandbox in capitals", ("Sandbox", "False")),
        ("secret for apn", SECRET),
        ("API key for apn", ("ApiKey", "key")),
    ];
    for version in VERSIONS {
        let server = Twilio::start()?;
        let target = version.collection(&server)?;
        let new = [("Type", "apn"), CERTIFICATE_FIELD, KEY_FIELD];
        assert_eq!(post(&server, &target, &new).await?.status, 201);
        let target = format!("{target}/{}", server.sids().remove(0));
        for (what, field) in cases {
            assert_refused(&post(&server, &target, &[field]).await?, 400, 20001, what);
        }
        for field in [CERTIFICATE_FIELD, KEY_FIELD, ("Sandbox", "false")] {
            assert_eq!(post(&server, &target, &[field]).await?.status, 200);
        }
    }
    Ok(())
}

#[tokio::test]
async fn what_does_not_exist_is_not_found() -> Outcome {
    let server = Twilio::start()?;
    for version in VERSIONS {
        for sid in [
            UNKNOWN_SID,
            "CRshort",
            "crffffffffffffffffffffffffffffffff",
            "%FF",
            "..",
            "",
        ] {
            let target = format!("{}/{sid}", version.collection(&server)?);
            for method in ["GET", "POST", "DELETE"] {
                assert_refused(
                    &call(&server, method, &target, None).await?,
                    404,
                    20404,
                    sid,
                );
            }
        }
        let target = version.collection(&server)?;
        assert_refused(
            &call(&server, "PUT", &target, None).await?,
            405,
            20004,
            "PUT",
        );
    }
    assert_refused(
        &call(&server, "GET", "/v3/Credentials", None).await?,
        404,
        20404,
        "v3",
    );
    assert_eq!(server.mistakes(), Vec::<String>::new());
    Ok(())
}

#[tokio::test]
async fn only_the_two_logins_are_let_in() -> Outcome {
    let server = Twilio::start()?;
    let address = server.address().to_string();
    let sid = server.seed(1).remove(0);
    let targets = [
        ("GET", "/v1/Credentials".to_owned()),
        ("POST", "/v2/Credentials".to_owned()),
        ("GET", format!("/v1/Credentials/{sid}")),
        ("POST", format!("/v2/Credentials/{sid}")),
        ("DELETE", format!("/v2/Credentials/{sid}")),
    ];
    let wrong = [
        basic(ACCOUNT_SID, "wrong"),
        basic(API_KEY, AUTH_TOKEN),
        basic("", ""),
        format!("Bearer {AUTH_TOKEN}"),
    ];
    for (method, target) in &targets {
        let answer = exchange(&address, method, target, &[], b"").await?;
        assert_refused(&answer, 401, 20003, "no login");
        for login in &wrong {
            let answer =
                exchange(&address, method, target, &[("Authorization", login)], b"").await?;
            assert_refused(&answer, 401, 20003, login);
        }
    }
    for login in [basic(ACCOUNT_SID, AUTH_TOKEN), basic(API_KEY, API_SECRET)] {
        let answer = exchange(
            &address,
            "GET",
            "/v2/Credentials",
            &[("Authorization", &login)],
            b"",
        )
        .await?;
        assert_eq!(answer.status, 200);
    }
    assert_eq!(server.sids(), vec![sid]);
    assert_eq!(server.mistakes(), Vec::<String>::new());
    Ok(())
}

#[tokio::test]
async fn query_parameters_that_break_a_constraint_are_refused() -> Outcome {
    let server = Twilio::start()?;
    for version in VERSIONS {
        let collection = version.collection(&server)?;
        let too_large = format!("PageSize={}", version.largest_page + 1);
        let largest = format!("PageSize={}", version.largest_page);
        let refused = [
            (too_large.as_str(), 20007),
            ("PageSize=0", 20001),
            ("PageSize=-1", 20001),
            ("PageSize=many", 20001),
            ("PageSize=", 20001),
            ("PageSize=1&PageSize=2", 20001),
            ("Page=-1", 20001),
            ("PageToken=nonsense", 20001),
            ("pagesize=1", 20001),
            ("Page=%2", 20001),
        ];
        for (query, code) in refused {
            let answer = call(&server, "GET", &format!("{collection}?{query}"), None).await?;
            assert_refused(&answer, 400, code, query);
        }
        for query in ["PageSize=1", &largest] {
            let answer = call(&server, "GET", &format!("{collection}?{query}"), None).await?;
            assert_eq!(answer.status, 200, "{query}");
        }
    }
    assert_eq!(server.mistakes(), Vec::<String>::new());
    Ok(())
}
