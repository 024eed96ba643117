//! The scenarios, for each version of the API and each server.

/// Declares each scenario as a test against both servers.
macro_rules! on_both {
    ($($scenario:ident),* $(,)?) => {
        mod carried {
            $(
                #[tokio::test]
                async fn $scenario() -> crate::Outcome {
                    super::$scenario::<twilio_push_credentials::testing::Server>().await
                }
            )*
        }

        mod independent {
            $(
                #[tokio::test]
                async fn $scenario() -> crate::Outcome {
                    super::$scenario::<twilio_push_credentials_tests::twilio::Twilio>().await
                }
            )*
        }
    };
}

/// The scenarios of one version of the API: its module, where its document puts it, and its largest page.
macro_rules! scenarios {
    ($version:ident, $origin:literal, $path:literal, $largest:literal) => {
        #[allow(deprecated, reason = "version 1 of Chat is, and still has to work")]
        mod $version {
            use std::collections::BTreeSet;
            use std::time::Duration;

            use twilio_push_credentials::CredentialType;
            use twilio_push_credentials::testing::$version::credentials::collection;
            use twilio_push_credentials::$version::NewCredential;

            use crate::{CERTIFICATE, Outcome, PRIVATE_KEY, Site, Stand, Trouble, raw};

            const COLLECTION: &str = $path;
            const SITE: Site = Site {
                module: stringify!($version),
                origin: $origin,
            };
            const NOBODY: &str = "CRffffffffffffffffffffffffffffffff";

            on_both!(
                create,
                create_without_a_name,
                secrets_stay,
                fetch_what_is_not_there,
                update,
                update_what_is_not_there,
                delete,
                pages,
                a_page_and_its_neighbours,
                pages_while_items_go,
                limit,
                page_limits,
                refused_by_status,
                dropped_before,
                dropped_after,
                cut,
                slow,
                without_login,
                no_such_path_or_method,
                many_at_once,
            );

            async fn create<S: Stand>() -> Outcome {
                let server = S::start()?;
                let credentials = server.client()?.$version().credentials();
                let new = NewCredential::apn(CERTIFICATE, PRIVATE_KEY).sandbox(true);
                let made = credentials.create(new).friendly_name("one").send().await?;
                assert!(made.sid.is_valid() && made.account_sid.is_valid());
                assert_eq!(made.friendly_name.as_deref(), Some("one"));
                assert_eq!(
                    (&made.type_, made.sandbox),
                    (&CredentialType::Apn, Some(true))
                );
                assert_eq!(made.date_created, made.date_updated);
                assert!(made.url.starts_with(&server.url(SITE)), "{}", made.url);
                assert!(made.url.ends_with(&format!("{COLLECTION}/{}", made.sid)));
                assert_eq!(credentials.fetch(&made.sid).send().await?, made);
                assert_eq!((server.count(), server.mistakes()), (2, Vec::new()));
                Ok(())
            }

            async fn create_without_a_name<S: Stand>() -> Outcome {
                let server = S::start()?;
                let credentials = server.client()?.$version().credentials();
                let fcm = credentials.create(NewCredential::fcm("{}")).send().await?;
                assert_eq!((fcm.friendly_name, fcm.sandbox), (None, None));
                assert_eq!(fcm.type_, CredentialType::Fcm);
                let gcm = credentials.create(NewCredential::gcm("key")).send().await?;
                assert_eq!((gcm.friendly_name, gcm.sandbox), (None, None));
                assert_eq!(gcm.type_, CredentialType::Gcm);
                assert_ne!(fcm.sid, gcm.sid);
                Ok(())
            }

            async fn secrets_stay<S: Stand>() -> Outcome {
                let server = S::start()?;
                let credentials = server.client()?.$version().credentials();
                let new = NewCredential::apn(CERTIFICATE, PRIVATE_KEY);
                let sid = credentials.create(new).send().await?.sid;
                credentials
                    .update(&sid)
                    .certificate(CERTIFICATE)
                    .send()
                    .await?;
                for target in [COLLECTION.to_owned(), format!("{COLLECTION}/{sid}")] {
                    let answer = raw(&server, SITE, "GET", &target, true).await?;
                    let text = String::from_utf8(answer.body)?;
                    assert!(text.contains(sid.as_str()), "{text}");
                    assert!(
                        !text.contains("Y2FuYXJ5") && !text.contains("BEGIN"),
                        "{text}"
                    );
                }
                Ok(())
            }

            async fn fetch_what_is_not_there<S: Stand>() -> Outcome {
                let server = S::start()?;
                server.seed(&collection(), 1);
                let credentials = server.client()?.$version().credentials();
                let error = credentials.fetch(NOBODY).send().await.unwrap_err();
                assert_eq!(error.status(), Some(404));
                let api = error.api_error().ok_or("no error of the API")?;
                assert_eq!(api.code(), Some(20404));
                assert!(
                    api.message().contains(&format!("{COLLECTION}/{NOBODY}")),
                    "{}",
                    api.message()
                );
                assert!(error.request_id().is_some());
                Ok(())
            }

            async fn update<S: Stand>() -> Outcome {
                let server = S::start()?;
                let credentials = server.client()?.$version().credentials();
                let new = NewCredential::apn(CERTIFICATE, PRIVATE_KEY).sandbox(false);
                let old = credentials.create(new).friendly_name("old").send().await?;
                let renamed = credentials
                    .update(&old.sid)
                    .friendly_name("new")
                    .send()
                    .await?;
                assert_eq!(renamed.friendly_name.as_deref(), Some("new"));
                assert_eq!((renamed.sandbox, &renamed.type_), (old.sandbox, &old.type_));
                assert_eq!((&renamed.sid, &renamed.url), (&old.sid, &old.url));
                assert_eq!(renamed.date_created, old.date_created);
                assert!(renamed.date_updated > old.date_updated);
                let moved = credentials.update(&old.sid).sandbox(true).send().await?;
                assert_eq!(moved.friendly_name.as_deref(), Some("new"));
                assert_eq!(moved.sandbox, Some(true));
                assert_eq!(credentials.fetch(&old.sid).send().await?, moved);
                assert_eq!(server.mistakes(), Vec::<String>::new());
                Ok(())
            }

            async fn update_what_is_not_there<S: Stand>() -> Outcome {
                let server = S::start()?;
                let credentials = server.client()?.$version().credentials();
                let error = credentials
                    .update(NOBODY)
                    .friendly_name("x")
                    .send()
                    .await
                    .unwrap_err();
                assert_eq!(error.status(), Some(404));
                Ok(())
            }

            async fn delete<S: Stand>() -> Outcome {
                let server = S::start()?;
                let sids = server.seed(&collection(), 2);
                let credentials = server.client()?.$version().credentials();
                credentials.delete(sids[0].as_str()).send().await?;
                for refused in [
                    credentials
                        .delete(sids[0].as_str())
                        .send()
                        .await
                        .unwrap_err(),
                    credentials
                        .fetch(sids[0].as_str())
                        .send()
                        .await
                        .unwrap_err(),
                ] {
                    assert_eq!(refused.status(), Some(404));
                }
                let left = credentials.list().send().await?.credentials;
                let left: Vec<&str> = left.iter().map(|one| one.sid.as_str()).collect();
                assert_eq!(left, sids[1..]);
                Ok(())
            }

            async fn pages<S: Stand>() -> Outcome {
                let server = S::start()?;
                let sids = server.seed(&collection(), 5);
                let credentials = server.client()?.$version().credentials();
                let mut stream = credentials.list().page_size(2).stream();
                let mut found = Vec::new();
                while let Some(credential) = stream.next().await {
                    found.push(credential?.sid.to_string());
                }
                assert_eq!((found, server.count()), (sids, 3));
                let mut stream = credentials.list().page_size(5).stream();
                while let Some(credential) = stream.next().await {
                    credential?;
                }
                assert_eq!(server.count(), 4, "a full page that is the last");
                assert_eq!(server.mistakes(), Vec::<String>::new());
                Ok(())
            }

            async fn a_page_and_its_neighbours<S: Stand>() -> Outcome {
                let server = S::start()?;
                let empty = server
                    .client()?
                    .$version()
                    .credentials()
                    .list()
                    .send()
                    .await?;
                assert_eq!((empty.credentials.len(), empty.meta.page_size), (0, 50));
                assert_eq!(
                    (empty.meta.next_page_url, empty.meta.previous_page_url),
                    (None, None)
                );
                let sids = server.seed(&collection(), 3);
                let mut seen = Vec::new();
                let mut target = format!("{COLLECTION}?PageSize=1");
                loop {
                    let page = raw(&server, SITE, "GET", &target, true).await?.json();
                    let number = page["meta"]["page"].as_u64().ok_or("no number")?;
                    assert_eq!(number, u64::try_from(seen.len())?);
                    assert_eq!(page["meta"]["page_size"], 1);
                    assert_eq!(page["meta"]["key"], "credentials");
                    assert_eq!(page["meta"]["previous_page_url"].is_string(), number > 0);
                    for url in ["url", "first_page_url"] {
                        let url = page["meta"][url].as_str().ok_or("no URL")?;
                        assert!(
                            url.starts_with(&server.url(SITE)) && url.contains("PageSize=1"),
                            "{url}"
                        );
                    }
                    if let Some(previous) = page["meta"]["previous_page_url"].as_str() {
                        let previous = previous.replace(&server.url(SITE), "");
                        let before = raw(&server, SITE, "GET", &previous, true).await?.json();
                        assert_eq!(before["credentials"][0]["sid"], seen[seen.len() - 1]);
                    }
                    seen.push(
                        page["credentials"][0]["sid"]
                            .as_str()
                            .ok_or("no SID")?
                            .to_owned(),
                    );
                    let Some(next) = page["meta"]["next_page_url"].as_str() else {
                        break;
                    };
                    target = next.replace(&server.url(SITE), "");
                }
                assert_eq!(seen, sids);
                Ok(())
            }

            async fn pages_while_items_go<S: Stand>() -> Outcome {
                let server = S::start()?;
                let sids = server.seed(&collection(), 4);
                let credentials = server.client()?.$version().credentials();
                let mut stream = credentials.list().page_size(2).stream();
                let first = stream.next().await.ok_or("nothing")??;
                credentials.delete(sids[1].as_str()).send().await?;
                let mut found = vec![first.sid.to_string()];
                while let Some(credential) = stream.next().await {
                    found.push(credential?.sid.to_string());
                }
                assert_eq!(found, sids, "what was read already, and nothing left out");
                Ok(())
            }

            async fn limit<S: Stand>() -> Outcome {
                let server = S::start()?;
                let sids = server.seed(&collection(), 5);
                let credentials = server.client()?.$version().credentials();
                let mut stream = credentials.list().limit(3).stream();
                let mut found = Vec::new();
                while let Some(credential) = stream.next().await {
                    found.push(credential?.sid.to_string());
                }
                assert_eq!((found, server.count()), (sids[..3].to_vec(), 1));
                Ok(())
            }

            async fn page_limits<S: Stand>() -> Outcome {
                let server = S::start()?;
                let credentials = server.client()?.$version().credentials();
                let refused = credentials.list().page_size($largest + 1).send().await;
                assert!(refused.is_err_and(|error| error.is_invalid_request()));
                assert_eq!(server.count(), 0, "nothing was sent");
                for (query, code) in [
                    (concat!("PageSize=", $largest, "1"), Some(20007)),
                    ("PageSize=0", None),
                    ("PageSize=x", None),
                    ("PageToken=%3F", None),
                ] {
                    let answer =
                        raw(&server, SITE, "GET", &format!("{COLLECTION}?{query}"), true).await?;
                    assert_eq!(answer.status, 400, "{query}");
                    let found = answer.json()["code"].as_i64();
                    assert!(code.is_none() || found == code, "{query}: {found:?}");
                }
                let answer = raw(
                    &server,
                    SITE,
                    "GET",
                    &format!("{COLLECTION}?PageSize={}", $largest),
                    true,
                )
                .await?;
                assert_eq!(answer.status, 200);
                Ok(())
            }

            async fn refused_by_status<S: Stand>() -> Outcome {
                let server = S::start()?;
                let credentials = server.client()?.$version().credentials();
                for (status, code) in [(400, 20001), (401, 20003), (500, 20500)] {
                    server.fail(Trouble::Status(status));
                    let error = credentials
                        .create(NewCredential::gcm("key"))
                        .send()
                        .await
                        .unwrap_err();
                    assert_eq!(error.status(), Some(status));
                    let found = error.api_error().and_then(|api| api.code());
                    assert_eq!(found, Some(code), "{error}");
                }
                assert_eq!(credentials.list().send().await?.credentials.len(), 0);
                credentials.create(NewCredential::gcm("key")).send().await?;
                assert_eq!(server.count(), 5);
                Ok(())
            }

            async fn dropped_before<S: Stand>() -> Outcome {
                let server = S::start()?;
                let credentials = server.client()?.$version().credentials();
                server.fail(Trouble::Drop);
                let error = credentials
                    .create(NewCredential::gcm("key"))
                    .send()
                    .await
                    .unwrap_err();
                assert_eq!((error.status(), server.count()), (None, 1));
                assert_eq!(credentials.list().send().await?.credentials.len(), 0);
                Ok(())
            }

            async fn dropped_after<S: Stand>() -> Outcome {
                let server = S::start()?;
                let credentials = server.client()?.$version().credentials();
                server.fail(Trouble::Lose);
                let error = credentials
                    .create(NewCredential::gcm("key"))
                    .send()
                    .await
                    .unwrap_err();
                assert_eq!((error.status(), server.count()), (None, 1));
                assert_eq!(credentials.list().send().await?.credentials.len(), 1);
                Ok(())
            }

            async fn cut<S: Stand>() -> Outcome {
                let server = S::start()?;
                let credentials = server.client()?.$version().credentials();
                server.fail(Trouble::Cut);
                credentials
                    .create(NewCredential::gcm("key"))
                    .send()
                    .await
                    .unwrap_err();
                assert_eq!(credentials.list().send().await?.credentials.len(), 1);
                Ok(())
            }

            async fn slow<S: Stand>() -> Outcome {
                let server = S::start()?;
                let client = server
                    .builder()
                    .timeout(Duration::from_millis(200))
                    .build()?;
                server.fail(Trouble::Delay(Duration::from_secs(60)));
                let new = NewCredential::gcm("key");
                let error = client
                    .$version()
                    .credentials()
                    .create(new)
                    .send()
                    .await
                    .unwrap_err();
                assert!(error.is_timeout(), "{error}");
                let begin = std::time::Instant::now();
                server.fail(Trouble::Delay(Duration::from_millis(50)));
                server
                    .client()?
                    .$version()
                    .credentials()
                    .list()
                    .send()
                    .await?;
                assert!(begin.elapsed() >= Duration::from_millis(50));
                Ok(())
            }

            async fn without_login<S: Stand>() -> Outcome {
                let server = S::start()?;
                let answer = raw(&server, SITE, "GET", COLLECTION, false).await?;
                assert_eq!(
                    (answer.status, answer.json()["code"].as_i64()),
                    (401, Some(20003))
                );
                Ok(())
            }

            async fn no_such_path_or_method<S: Stand>() -> Outcome {
                let server = S::start()?;
                let answer = raw(&server, SITE, "GET", "/v9/Nothing", true).await?;
                assert_eq!(
                    (answer.status, answer.json()["status"].as_i64()),
                    (404, Some(404))
                );
                let answer = raw(&server, SITE, "PUT", COLLECTION, true).await?;
                assert_eq!(
                    (answer.status, answer.json()["status"].as_i64()),
                    (405, Some(405))
                );
                Ok(())
            }

            async fn many_at_once<S: Stand>() -> Outcome {
                let server = S::start()?;
                let credentials = server.client()?.$version().credentials();
                let tasks: Vec<_> = (0..20)
                    .map(|_| tokio::spawn(credentials.create(NewCredential::gcm("key")).send()))
                    .collect();
                let mut sids = BTreeSet::new();
                for task in tasks {
                    sids.insert(task.await??.sid);
                }
                assert_eq!((sids.len(), server.count()), (20, 20));
                assert_eq!(credentials.list().send().await?.credentials.len(), 20);
                Ok(())
            }
        }
    };
}

for_each_version!(scenarios);
