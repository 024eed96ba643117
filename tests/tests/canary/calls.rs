//! Takes a handle to the credentials; makes a call of each kind, with and without async, and prints the calls and how they ended.

use twilio_push_credentials::chat_v2::{NewCredential, credentials::Credentials};
use twilio_push_credentials::{Client, blocking};

use crate::{Printed, SID, everything, print, secrets};

/// The same calls for either client: `$wait` is what makes a call wait for its answer.
macro_rules! every_call {
    ($credentials:expr, $printed:expr, $($wait:tt)*) => {{
        let (credentials, printed) = ($credentials, $printed);
        macro_rules! call {
            ($call:expr) => {
                let call = $call.header("x-canary", secrets::HEADER);
                print(printed, &format!("{call:?}"));
                match call.send_with_metadata()$($wait)* {
                    Ok(response) => print(printed, &format!("{:?}", response.metadata)),
                    Err(error) => print(printed, &everything(&error)),
                }
            };
        }
        let apn = NewCredential::apn(secrets::CERTIFICATE, secrets::PRIVATE_KEY);
        print(printed, &format!("{credentials:?} {apn:?}"));
        call!(credentials.create(apn));
        call!(credentials.create(NewCredential::fcm(secrets::FCM_SECRET)));
        call!(credentials.create(NewCredential::gcm(secrets::GCM_KEY)));
        call!(
            credentials
                .update(SID)
                .certificate(secrets::CERTIFICATE)
                .private_key(secrets::PRIVATE_KEY)
                .secret(secrets::FCM_SECRET)
                .api_key(secrets::GCM_KEY)
        );
        call!(credentials.fetch(SID));
        call!(credentials.delete(SID));
        let list = credentials.list().header("x-canary", secrets::HEADER);
        let mut items = list.limit(5).stream();
        while let Some(item) = items.next()$($wait)* {
            if let Err(error) = item {
                print(printed, &everything(&error));
            }
        }
        print(printed, &format!("{items:?}"));
    }};
}

pub(crate) async fn make(credentials: &Credentials<Client>, printed: &Printed) {
    every_call!(credentials, printed, .await);
}

pub(crate) fn make_blocking(credentials: &Credentials<blocking::Client>, printed: &Printed) {
    every_call!(credentials, printed,);
}
