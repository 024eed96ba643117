//! What becomes of refusals, by the server and before anything is sent.

use twilio_push_credentials::{ApiError, Error};
use twilio_push_credentials_tests::twilio::Twilio;

use crate::Outcome;

const UNKNOWN_SID: &str = "CRffffffffffffffffffffffffffffffff";

fn code(error: &Error) -> Option<i64> {
    error.api_error().and_then(ApiError::code)
}

/// Each is an error about the request that shows no secret, and the server has seen nothing.
fn assert_never_sent<const N: usize>(errors: [Option<Error>; N], server: &Twilio) -> Outcome {
    for error in errors {
        let error = error.ok_or("it was sent")?;
        assert!(error.is_invalid_request(), "{error}");
        assert!(
            !format!("{error} {error:?}").contains("bm90"),
            "it shows a secret"
        );
    }
    assert_eq!(server.requests(), []);
    Ok(())
}

/// The same tests for each version of the API.
macro_rules! failures {
    ($version:ident, $origin:literal, $path:literal, $largest:literal) => {
        #[allow(deprecated, reason = "version 1 of Chat is, and still has to work")]
        mod $version {
            use twilio_push_credentials::Client;
            use twilio_push_credentials::$version::{NewApnCredential, NewCredential};
            use twilio_push_credentials_tests::twilio::{ACCOUNT_SID, Fault, Twilio};

            use super::{UNKNOWN_SID, assert_never_sent, code};
            use crate::{CERTIFICATE, Outcome, PRIVATE_KEY, client};

            #[tokio::test]
            async fn an_unknown_credential_is_not_found() -> Outcome {
                let server = Twilio::start()?;
                let credentials = client(&server)?.$version().credentials();
                let errors = [
                    credentials.fetch(UNKNOWN_SID).send().await.err(),
                    credentials
                        .update(UNKNOWN_SID)
                        .friendly_name("x")
                        .send()
                        .await
                        .err(),
                    credentials.delete(UNKNOWN_SID).send().await.err(),
                ];
                for (error, id) in errors.into_iter().zip(1..) {
                    let error = error.ok_or("it was found")?;
                    assert!(error.is_not_found());
                    assert_eq!((error.status(), code(&error)), (Some(404), Some(20404)));
                    assert_eq!(error.request_id(), Some(format!("RQ{id:032x}").as_str()));
                    assert!(error.to_string().contains("was not found"), "{error}");
                }
                Ok(())
            }

            #[tokio::test]
            async fn a_wrong_login_is_an_auth_error_that_does_not_show_it() -> Outcome {
                let server = Twilio::start()?;
                let client = Client::builder()
                    .account(ACCOUNT_SID, "a-wrong-token")
                    .base_url(server.url_of($origin).ok_or("it is not served")?)
                    .build()?;
                let error = client
                    .$version()
                    .credentials()
                    .list()
                    .send()
                    .await
                    .err()
                    .ok_or("it was let in")?;
                assert!(error.is_auth());
                assert_eq!((error.status(), code(&error)), (Some(401), Some(20003)));
                assert!(!format!("{error} {error:?} {client:?}").contains("a-wrong-token"));
                Ok(())
            }

            #[tokio::test]
            async fn too_many_requests_are_told_apart() -> Outcome {
                let server = Twilio::start()?;
                let credentials = client(&server)?.$version().credentials();
                for _ in 0..10 {
                    server.fail_next(Fault::Status(429));
                }
                let error = credentials
                    .list()
                    .send()
                    .await
                    .err()
                    .ok_or("it was let through")?;
                assert!(error.is_rate_limited());
                assert_eq!(code(&error), Some(20429));
                Ok(())
            }

            #[tokio::test]
            async fn fields_that_the_document_forbids_are_never_sent() -> Outcome {
                let server = Twilio::start()?;
                let credentials = client(&server)?.$version().credentials();
                let long = "n".repeat(65);
                let create = |new: NewApnCredential| credentials.create(new).send();
                let update = || credentials.update(UNKNOWN_SID);
                let errors = [
                    create(NewCredential::apn(PRIVATE_KEY, CERTIFICATE))
                        .await
                        .err(),
                    create(NewCredential::apn(PRIVATE_KEY, PRIVATE_KEY))
                        .await
                        .err(),
                    create(NewCredential::apn(CERTIFICATE, CERTIFICATE))
                        .await
                        .err(),
                    credentials
                        .create(NewCredential::fcm("{}"))
                        .friendly_name(&long)
                        .send()
                        .await
                        .err(),
                    update().friendly_name(&long).send().await.err(),
                    update().certificate("Bag Attributes\n").send().await.err(),
                    update().private_key(CERTIFICATE).send().await.err(),
                ];
                assert_never_sent(errors, &server)
            }

            #[tokio::test]
            async fn parameters_that_the_document_forbids_are_never_sent() -> Outcome {
                let server = Twilio::start()?;
                let credentials = client(&server)?.$version().credentials();
                let errors = [
                    credentials.fetch("CR1").send().await.err(),
                    credentials.fetch("../Credentials").send().await.err(),
                    credentials.delete("").send().await.err(),
                    credentials.list().page_size(0).send().await.err(),
                    credentials
                        .list()
                        .page_size($largest + 1)
                        .send()
                        .await
                        .err(),
                    credentials.list().page(-1).send().await.err(),
                ];
                assert_never_sent(errors, &server)
            }
        }
    };
}

for_each_version!(failures);
