// Generated from chat_v1.yaml. Do not edit: change the document or the generator and generate again.

//! Push credentials of Twilio's Chat API, version 1, which is deprecated: use version 2, which
//! has the same operations, or [Conversations](https://www.twilio.com/docs/conversations) for
//! chat itself.
//!
//! A Credential stores what Twilio needs to send push notifications through one vendor: Apple
//! Push Notification service (APNs), Firebase Cloud Messaging (FCM) or Google Cloud Messaging (GCM).
//! This document is for apps that already use version 1; see [the migration
//! guide](https://www.twilio.com/docs/conversations/migrating-chat-conversations).

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
    name: "chat_v1",
    urls: &[
        ServerUrl {
            template: "https://chat.twilio.com",
            variables: &[],
        },
        ServerUrl {
            template: "https://chat.{region}.twilio.com",
            variables: &[
                ServerVariable {
                    name: "region",
                    default: "us1",
                },
            ],
        },
        ServerUrl {
            template: "https://chat.{edge}.{region}.twilio.com",
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

/// Twilio Chat v1 Credentials: its resources.
///
/// Cheap to clone; all clones share the client.
///
/// # Example
///
/// ```
/// # fn example(client: twilio_push_credentials::Client) {
/// let chat_v1 = client.chat_v1();
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct ChatV1<C = Client> {
    client: C,
}

impl<C: Clone> ChatV1<C> {
    pub(crate) const fn new(client: C) -> Self {
        Self { client }
    }

    /// Stored secrets that let Twilio send push notifications through APNs, FCM or GCM.
    ///
    /// # Example
    ///
    /// ```
    /// # fn example(client: twilio_push_credentials::Client) {
    /// let credentials = client.chat_v1().credentials();
    /// # }
    /// ```
    pub fn credentials(&self) -> credentials::Credentials<C> {
        credentials::Credentials::new(self.client.clone())
    }
}
