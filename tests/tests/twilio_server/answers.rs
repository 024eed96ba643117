//! What the server answers to good requests, and how it fails when it is told to.

use std::time::{Duration, Instant};

use serde_json::Value;
use tokio::time::timeout;
use twilio_push_credentials_tests::http::{Answer, exchange};
use twilio_push_credentials_tests::twilio::{self, Fault, Origin, Twilio};

use crate::{CERTIFICATE, Outcome, PRIVATE_KEY, VERSIONS, assert_refused, call, post};

#[tokio::test]
async fn a_life_of_a_credential() -> Outcome {
    for version in VERSIONS {
        let server = Twilio::start()?;
        let collection = version.collection(&server)?;
        let fields = [
            ("Type", "apn"),
            ("FriendlyName", "näme & co"),
            ("Certificate", CERTIFICATE),
            ("PrivateKey", PRIVATE_KEY),
            ("Sandbox", "true"),
        ];
        let created = post(&server, &collection, &fields).await?;
        assert_eq!(created.status, 201);
        let sid = server.sids().remove(0);
        let body = created.json();
        let item = format!("{collection}/{sid}");
        assert_eq!(body["sid"], sid);
        assert_eq!(body["friendly_name"], "näme & co");
        assert_eq!(body["sandbox"], "True");
        assert_eq!(body["date_created"], "2015-10-07T17:50:01Z");
        assert_eq!(body["url"], item);
        assert!(!String::from_utf8_lossy(&created.body).contains("bm90"));

        let fetched = call(&server, "GET", &item, None).await?;
        assert_eq!((fetched.status, fetched.json()), (200, body));

        let updated = post(
            &server,
            &item,
            &[("FriendlyName", "other"), ("Sandbox", "false")],
        )
        .await?;
        assert_eq!(updated.status, 200);
        assert_eq!(updated.json()["friendly_name"], "other");
        assert_eq!(updated.json()["sandbox"], "False");
        assert_eq!(updated.json()["date_updated"], "2015-10-07T17:50:02Z");
        assert_eq!(call(&server, "POST", &item, None).await?.status, 200);

        let deleted = call(&server, "DELETE", &item, None).await?;
        assert_eq!((deleted.status, deleted.body.len()), (204, 0));
        assert_refused(
            &call(&server, "DELETE", &item, None).await?,
            404,
            20404,
            "deleted twice",
        );
        assert_eq!(server.mistakes(), Vec::<String>::new());

        let requests = server.requests();
        assert_eq!(requests.len(), 6);
        let expected: Vec<(String, String)> = fields
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .to_vec();
        assert_eq!(requests[0].form, Some(expected));
    }
    Ok(())
}

/// The SIDs of a page, and the URL at `next` of its meta.
fn page(answer: &Answer, next: &str) -> (Vec<String>, Option<String>) {
    let body = answer.json();
    let sids = body["credentials"].as_array().into_iter().flatten();
    let sids = sids
        .filter_map(|one| one["sid"].as_str().map(str::to_owned))
        .collect();
    (sids, body["meta"][next].as_str().map(str::to_owned))
}

#[tokio::test]
async fn pages_lead_to_each_other() -> Outcome {
    for version in VERSIONS {
        let server = Twilio::start()?;
        let all = server.seed(7);
        let collection = version.collection(&server)?;
        let mut target = format!("{collection}?PageSize=3");
        let mut pages = Vec::new();
        loop {
            let answer = call(&server, "GET", &target, None).await?;
            let (sids, next) = page(&answer, "next_page_url");
            pages.push(sids);
            let Some(next) = next else {
                let back = page(&answer, "previous_page_url").1.ok_or("no way back")?;
                let (sids, _) = page(
                    &call(&server, "GET", &back, None).await?,
                    "previous_page_url",
                );
                assert_eq!(sids, all[3..6]);
                break;
            };
            assert!(next.starts_with(&format!("{collection}?PageSize=3&Page=")));
            target = next;
        }
        let sizes: Vec<usize> = pages.iter().map(Vec::len).collect();
        assert_eq!((sizes, pages.concat()), (vec![3, 3, 1], all));

        let first = call(&server, "GET", &collection, None).await?.json();
        assert_eq!(first["meta"]["page_size"], 50);
        assert_eq!(first["meta"]["previous_page_url"], Value::Null);
        assert_eq!(first["meta"]["next_page_url"], Value::Null);
        assert_eq!(first["meta"]["key"], "credentials");
        assert_eq!(server.mistakes(), Vec::<String>::new());
    }
    Ok(())
}

#[tokio::test]
async fn urls_can_be_those_of_the_document() -> Outcome {
    let server = Twilio::serve(&twilio::documents()?, Origin::Document)?;
    server.seed(2);
    for version in VERSIONS {
        let target = format!("{}?PageSize=1", version.collection(&server)?);
        let (_, next) = page(&call(&server, "GET", &target, None).await?, "next_page_url");
        let (origin, path) = (version.origin, version.path);
        let expected = format!("{origin}{path}?PageSize=1&Page=1&PageToken=PA1");
        assert_eq!(next, Some(expected));
    }
    Ok(())
}

#[tokio::test]
async fn the_same_requests_get_the_same_bytes() -> Outcome {
    let mut answers = Vec::new();
    for _ in 0..2 {
        let server = Twilio::serve(&twilio::documents()?, Origin::Document)?;
        server.seed(3);
        let list = call(&server, "GET", "/v2/Credentials", None).await?;
        let id = list.header("twilio-request-id").map(str::to_owned);
        answers.push((id, list.body));
    }
    assert_eq!(answers[0], answers[1]);
    assert_eq!(
        answers[0].0.as_deref(),
        Some("RQ00000000000000000000000000000001")
    );
    Ok(())
}

#[tokio::test]
async fn faults_come_once_and_in_order() -> Outcome {
    let server = Twilio::start()?;
    let target = "/v2/Credentials";
    let create = [("Type", "fcm"), ("Secret", "{}")];

    server.fail_next(Fault::Status(503));
    server.fail_next(Fault::too_many_requests("7"));
    server.fail_next(Fault::answer(502, "<html>"));
    assert_refused(&post(&server, target, &create).await?, 503, 20503, "status");
    let busy = post(&server, target, &create).await?;
    assert_eq!((busy.status, busy.header("retry-after")), (429, Some("7")));
    assert_eq!(busy.json()["code"], 20429);
    assert_eq!(post(&server, target, &create).await?.body, b"<html>");

    server.fail_next(Fault::Reset);
    assert!(post(&server, target, &create).await.is_err());
    assert_eq!(server.sids().len(), 0, "nothing was applied so far");

    server.fail_next(Fault::ResetAfter);
    assert!(post(&server, target, &create).await.is_err());
    assert_eq!(server.sids().len(), 1, "this one was");

    server.fail_next(Fault::Truncate);
    let cut = post(&server, target, &create).await?;
    let promised: usize = cut.header("content-length").ok_or("no length")?.parse()?;
    assert_eq!(cut.body.len(), promised / 2);

    server.fail_next(Fault::Stall);
    let stalled = timeout(Duration::from_millis(100), post(&server, target, &create)).await;
    assert!(stalled.is_err(), "it must not end");

    let delay = Duration::from_millis(20);
    server.fail_next(Fault::Delay(delay));
    let start = Instant::now();
    assert_eq!(post(&server, target, &create).await?.status, 201);
    assert!(start.elapsed() >= delay, "it must take longer");
    assert_eq!(server.requests().len(), 8);
    Ok(())
}

#[tokio::test]
async fn it_stops_when_dropped() -> Outcome {
    let server = Twilio::start()?;
    let address = server.address().to_string();
    drop(server);
    assert!(
        exchange(&address, "GET", "/v2/Credentials", &[], b"")
            .await
            .is_err()
    );
    Ok(())
}

#[tokio::test]
async fn its_own_answers_are_checked() -> Outcome {
    let spoilt: Vec<String> = twilio::documents()?
        .iter()
        .map(|text| text.replace("'False', null]", "'False']"))
        .collect();
    let server = Twilio::serve(&spoilt, Origin::Own)?;
    let answer = post(
        &server,
        "/v2/Credentials",
        &[("Type", "fcm"), ("Secret", "{}")],
    )
    .await?;
    assert_eq!(answer.status, 500);
    assert_eq!(server.mistakes().len(), 1);
    assert!(server.mistakes()[0].starts_with("CreateCredential 201: Invalid parameter sandbox"));
    Ok(())
}

#[tokio::test]
async fn every_version_serves_the_same_account() -> Outcome {
    let server = Twilio::start()?;
    let sids = server.seed(2);
    for version in VERSIONS {
        let list = call(&server, "GET", &version.collection(&server)?, None).await?;
        assert_eq!(page(&list, "next_page_url"), (sids.clone(), None));
    }
    assert_eq!(server.requests().len(), VERSIONS.len());
    assert_eq!(server.url_of("https://video.twilio.com"), None);
    Ok(())
}

#[tokio::test]
async fn a_type_that_is_sent_on_update_is_the_new_one() -> Outcome {
    for version in VERSIONS.into_iter().filter(|one| one.update_takes_type) {
        let server = Twilio::start()?;
        let target = format!("{}/{}", version.collection(&server)?, server.seed(1)[0]);
        let refused = [("Type", "gcm"), ("Secret", "{}")];
        let refused = post(&server, &target, &refused).await?;
        assert_refused(&refused, 400, 20001, "a secret of the old type");
        let apn = [("Type", "apn"), ("Sandbox", "true")];
        let body = post(&server, &target, &apn).await?.json();
        assert_eq!(
            (&body["type"], &body["sandbox"]),
            (&"apn".into(), &"True".into())
        );
        let fcm = [("Type", "fcm"), ("Secret", "{}")];
        let body = post(&server, &target, &fcm).await?.json();
        assert_eq!(
            (&body["type"], &body["sandbox"]),
            (&"fcm".into(), &Value::Null)
        );
        assert_eq!(server.mistakes(), Vec::<String>::new());
    }
    Ok(())
}
