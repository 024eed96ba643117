// Generated from conversations_v1.yaml. Do not edit: change the document or the generator and generate again.

//! Push credentials of Twilio's Conversations API, version 1.
//!
//! A Credential stores what Twilio needs to send push notifications through one vendor: Apple
//! Push Notification service (APNs), Firebase Cloud Messaging (FCM) or Google Cloud Messaging (GCM).
//! Conversations, which Twilio now calls Conversations (classic), took the place of
//! Programmable Chat. An app that uses its SDK registers a device through the credential whose
//! SID is in its access token, as `push_credential_sid` of the chat grant.
//!
//! Two things differ from Chat v2: a page has 100 credentials at most, and an update may change
//! the push service.
//!
//! Twilio's own reference is [Conversations (classic) API Credential
//! Resource](https://www.twilio.com/docs/conversations-classic/api/credential-resource).

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
    name: "conversations_v1",
    urls: &[
        ServerUrl {
            template: "https://conversations.twilio.com",
            variables: &[],
        },
        ServerUrl {
            template: "https://conversations.{region}.twilio.com",
            variables: &[
                ServerVariable {
                    name: "region",
                    default: "us1",
                },
            ],
        },
        ServerUrl {
            template: "https://conversations.{edge}.{region}.twilio.com",
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

/// Twilio Conversations v1 Credentials: its resources.
///
/// Cheap to clone; all clones share the client.
///
/// # Example
///
/// ```
/// # fn example(client: twilio_push_credentials::Client) {
/// let conversations_v1 = client.conversations_v1();
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct ConversationsV1<C = Client> {
    client: C,
}

impl<C: Clone> ConversationsV1<C> {
    pub(crate) const fn new(client: C) -> Self {
        Self { client }
    }

    /// Stored secrets that let Twilio send push notifications through APNs, FCM or GCM.
    ///
    /// # Example
    ///
    /// ```
    /// # fn example(client: twilio_push_credentials::Client) {
    /// let credentials = client.conversations_v1().credentials();
    /// # }
    /// ```
    pub fn credentials(&self) -> credentials::Credentials<C> {
        credentials::Credentials::new(self.client.clone())
    }
}
