// Generated from notify_v1.yaml. Do not edit: change the document or the generator and generate again.

//! Push credentials of Twilio's Notify API, version 1.
//!
//! A Credential stores what Twilio needs to send push notifications through one vendor: Apple
//! Push Notification service (APNs), Firebase Cloud Messaging (FCM) or Google Cloud Messaging (GCM).
//! A Notify service names one credential for each vendor that it sends through, and a binding
//! ties a device to it. The operations are those of Chat v2.
//!
//! Twilio deprecated Notify in October 2022 and gives no support for it any more. Use it where
//! an app still depends on it, not for a new one.
//!
//! Twilio's own reference is [Notify API Credential
//! Resource](https://www.twilio.com/docs/notify/api/credential-resource).

use crate::runtime::{
    Client, Method, Operation, Security, Server, ServerUrl, ServerVariable,
};

pub mod credentials;
pub(crate) mod types;

pub use types::{
    Credential, CredentialPage, NewApnCredential, NewCredential, NewFcmCredential,
    NewGcmCredential, PageMeta,
};

pub(crate) static SERVER: Server = Server {
    name: "notify_v1",
    urls: &[
        ServerUrl {
            template: "https://notify.twilio.com",
            variables: &[],
        },
        ServerUrl {
            template: "https://notify.{region}.twilio.com",
            variables: &[
                ServerVariable {
                    name: "region",
                    default: "us1",
                },
            ],
        },
        ServerUrl {
            template: "https://notify.{edge}.{region}.twilio.com",
            variables: &[
                ServerVariable {
                    name: "edge",
                    default: "ashburn",
                },
                ServerVariable {
                    name: "region",
                    default: "us1",
                },
            ],
        },
    ],
};

/// What an operation is as far as it does not say otherwise.
pub(crate) const OPERATION: Operation = Operation {
    id: "",
    method: Method::GET,
    path: "",
    server: &SERVER,
    security: &[&[Security::Basic], &[Security::OAuth]],
    body: None,
};

/// Twilio Notify v1 Credentials: its resources.
///
/// Cheap to clone; all clones share the client.
///
/// # Example
///
/// ```
/// # fn example(client: twilio_push_credentials::Client) {
/// let notify_v1 = client.notify_v1();
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct NotifyV1<C = Client> {
    client: C,
}

impl<C: Clone> NotifyV1<C> {
    pub(crate) const fn new(client: C) -> Self {
        Self { client }
    }

    /// Stored secrets that let Twilio send push notifications through APNs, FCM or GCM.
    ///
    /// # Example
    ///
    /// ```
    /// # fn example(client: twilio_push_credentials::Client) {
    /// let credentials = client.notify_v1().credentials();
    /// # }
    /// ```
    pub fn credentials(&self) -> credentials::Credentials<C> {
        credentials::Credentials::new(self.client.clone())
    }
}
