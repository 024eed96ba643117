//! Method, path, query, form pairs and headers of each operation, and what its answer becomes.

use twilio_push_credentials::CredentialType;
use twilio_push_credentials::conversations_v1::NewCredential;
use twilio_push_credentials_tests::twilio::Twilio;

use crate::{Outcome, SERVICE_ACCOUNT, assert_form, client, only_request};

/// The same tests for each version of the API.
macro_rules! operations {
    ($version:ident, $origin:literal, $path:literal, $largest:literal) => {
        #[allow(deprecated, reason = "version 1 of Chat is, and still has to work")]
        mod $version {
            use twilio_push_credentials::CredentialType;
            use twilio_push_credentials::$version::{Credential, NewCredential};
            use twilio_push_credentials_tests::twilio::Twilio;

            use crate::{
                CERTIFICATE, Outcome, PRIVATE_KEY, SERVICE_ACCOUNT, assert_common, assert_form,
                assert_plain, client, only_request,
            };

            const COLLECTION: &str = $path;

            fn name(credential: &Credential) -> Option<&str> {
                credential.friendly_name.as_deref()
            }

            #[tokio::test]
            async fn create_apn() -> Outcome {
                let server = Twilio::start()?;
                let credentials = client(&server)?.$version().credentials();
                let new = NewCredential::apn(CERTIFICATE, PRIVATE_KEY).sandbox(true);
                let credential = credentials
                    .create(new)
                    .friendly_name("ü & b=c+d %")
                    .send()
                    .await?;
                let request = only_request(&server, 0)?;
                assert_common(&request, &server, $origin);
                let pairs = [
                    ("Type", "apn"),
                    ("FriendlyName", "ü & b=c+d %"),
                    ("Certificate", CERTIFICATE),
                    ("PrivateKey", PRIVATE_KEY),
                    ("Sandbox", "true"),
                ];
                assert_form(&request, COLLECTION, &pairs);
                assert_eq!(server.sids(), [credential.sid.as_str()]);
                assert_eq!(name(&credential), Some("ü & b=c+d %"));
                assert_eq!(
                    (credential.type_, credential.sandbox),
                    (CredentialType::Apn, Some(true))
                );
                assert_eq!(credential.date_created.timestamp(), 1_444_240_201);
                Ok(())
            }

            #[tokio::test]
            async fn create_fcm() -> Outcome {
                let server = Twilio::start()?;
                let credentials = client(&server)?.$version().credentials();
                let credential = credentials
                    .create(NewCredential::fcm(SERVICE_ACCOUNT))
                    .send()
                    .await?;
                let request = only_request(&server, 0)?;
                assert_common(&request, &server, $origin);
                assert_form(
                    &request,
                    COLLECTION,
                    &[("Type", "fcm"), ("Secret", SERVICE_ACCOUNT)],
                );
                assert_eq!((name(&credential), credential.sandbox), (None, None));
                assert_eq!(credential.type_, CredentialType::Fcm);
                Ok(())
            }

            #[tokio::test]
            async fn create_gcm() -> Outcome {
                let server = Twilio::start()?;
                let credentials = client(&server)?.$version().credentials();
                let credential = credentials.create(NewCredential::gcm("key")).send().await?;
                let request = only_request(&server, 0)?;
                assert_common(&request, &server, $origin);
                assert_form(&request, COLLECTION, &[("Type", "gcm"), ("ApiKey", "key")]);
                assert_eq!(credential.type_, CredentialType::Gcm);
                Ok(())
            }

            #[tokio::test]
            async fn fetch() -> Outcome {
                let server = Twilio::start()?;
                let sid = server.seed(1).remove(0);
                let credentials = client(&server)?.$version().credentials();
                let credential = credentials.fetch(sid.as_str()).send().await?;
                let request = only_request(&server, 0)?;
                assert_common(&request, &server, $origin);
                assert_plain(&request, "GET", &format!("{COLLECTION}/{sid}"), None);
                assert_eq!(credential.sid.as_str(), sid);
                assert_eq!(name(&credential), Some("seed 1"));
                let url = server.url_of($origin).ok_or("it is not served")?;
                assert_eq!(credential.url, format!("{url}{COLLECTION}/{sid}"));
                Ok(())
            }

            #[tokio::test]
            async fn update() -> Outcome {
                let server = Twilio::start()?;
                let credentials = client(&server)?.$version().credentials();
                let new = NewCredential::apn(CERTIFICATE, PRIVATE_KEY);
                let sid = credentials.create(new).send().await?.sid;
                let call = credentials
                    .update(&sid)
                    .friendly_name("other")
                    .sandbox(true);
                let credential = call
                    .certificate(CERTIFICATE)
                    .private_key(PRIVATE_KEY)
                    .send()
                    .await?;
                let request = only_request(&server, 1)?;
                assert_common(&request, &server, $origin);
                let pairs = [
                    ("FriendlyName", "other"),
                    ("Sandbox", "true"),
                    ("Certificate", CERTIFICATE),
                    ("PrivateKey", PRIVATE_KEY),
                ];
                assert_form(&request, &format!("{COLLECTION}/{sid}"), &pairs);
                assert_eq!(
                    (name(&credential), credential.sandbox),
                    (Some("other"), Some(true))
                );
                Ok(())
            }

            #[tokio::test]
            async fn update_other_secrets() -> Outcome {
                let server = Twilio::start()?;
                let credentials = client(&server)?.$version().credentials();
                let fcm = credentials
                    .create(NewCredential::fcm("{}"))
                    .send()
                    .await?
                    .sid;
                credentials
                    .update(&fcm)
                    .secret(SERVICE_ACCOUNT)
                    .send()
                    .await?;
                let path = format!("{COLLECTION}/{fcm}");
                assert_form(
                    &only_request(&server, 1)?,
                    &path,
                    &[("Secret", SERVICE_ACCOUNT)],
                );
                let gcm = credentials
                    .create(NewCredential::gcm("key"))
                    .send()
                    .await?
                    .sid;
                credentials.update(&gcm).api_key("other").send().await?;
                let path = format!("{COLLECTION}/{gcm}");
                assert_form(&only_request(&server, 3)?, &path, &[("ApiKey", "other")]);
                Ok(())
            }

            #[tokio::test]
            async fn update_nothing() -> Outcome {
                let server = Twilio::start()?;
                let sid = server.seed(1).remove(0);
                let credentials = client(&server)?.$version().credentials();
                let credential = credentials.update(sid.as_str()).send().await?;
                let request = only_request(&server, 0)?;
                assert_common(&request, &server, $origin);
                assert_eq!((request.method.as_str(), request.body.len()), ("POST", 0));
                assert_eq!(name(&credential), Some("seed 1"));
                Ok(())
            }

            #[tokio::test]
            async fn delete() -> Outcome {
                let server = Twilio::start()?;
                let sid = server.seed(1).remove(0);
                let credentials = client(&server)?.$version().credentials();
                credentials.delete(sid.as_str()).send().await?;
                let request = only_request(&server, 0)?;
                assert_common(&request, &server, $origin);
                assert_plain(&request, "DELETE", &format!("{COLLECTION}/{sid}"), None);
                assert_eq!(server.sids(), Vec::<String>::new());
                Ok(())
            }

            #[tokio::test]
            async fn list() -> Outcome {
                let server = Twilio::start()?;
                let all = server.seed(3);
                let credentials = client(&server)?.$version().credentials();
                let page = credentials.list().send().await?;
                let request = only_request(&server, 0)?;
                assert_common(&request, &server, $origin);
                assert_plain(&request, "GET", COLLECTION, None);
                let sids: Vec<&str> = page
                    .credentials
                    .iter()
                    .map(|one| one.sid.as_str())
                    .collect();
                assert_eq!(sids, all);
                assert_eq!((page.meta.page, page.meta.page_size), (0, 50));
                assert_eq!(
                    (page.meta.next_page_url, page.meta.previous_page_url),
                    (None, None)
                );
                Ok(())
            }

            #[tokio::test]
            async fn list_with_every_parameter() -> Outcome {
                let server = Twilio::start()?;
                let all = server.seed(3);
                let credentials = client(&server)?.$version().credentials();
                let page = credentials
                    .list()
                    .page_size(2)
                    .page(1)
                    .page_token("PA2")
                    .send()
                    .await?;
                let request = only_request(&server, 0)?;
                assert_common(&request, &server, $origin);
                assert_plain(
                    &request,
                    "GET",
                    COLLECTION,
                    Some("PageSize=2&Page=1&PageToken=PA2"),
                );
                let sids: Vec<&str> = page
                    .credentials
                    .iter()
                    .map(|one| one.sid.as_str())
                    .collect();
                assert_eq!(sids, all[2..]);
                Ok(())
            }
        }
    };
}

for_each_version!(operations);

#[tokio::test]
async fn conversations_can_change_the_type() -> Outcome {
    let server = Twilio::start()?;
    let credentials = client(&server)?.conversations_v1().credentials();
    let new = NewCredential::gcm("key");
    let sid = credentials.create(new).send().await?.sid;
    let call = credentials.update(&sid).type_(CredentialType::Fcm);
    let credential = call.secret(SERVICE_ACCOUNT).send().await?;
    let pairs = [("Type", "fcm"), ("Secret", SERVICE_ACCOUNT)];
    let path = format!("/v1/Credentials/{sid}");
    assert_form(&only_request(&server, 1)?, &path, &pairs);
    assert_eq!(
        (credential.sid, credential.type_),
        (sid, CredentialType::Fcm)
    );
    Ok(())
}
