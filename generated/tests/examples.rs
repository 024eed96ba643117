// Generated. Do not edit: change the document or the generator and generate again.

//! The examples of the documents: each answer decodes, each request is sent as it stands.
#![cfg(
    any(
        feature = "chat_v1",
        feature = "chat_v2",
        feature = "conversations_v1",
        feature = "notify_v1"
    )
)]
#![cfg_attr(rustfmt, rustfmt_skip)]
#![allow(
    deprecated,
    reason = "the document advises against some of what its examples show"
)]

#[rustfmt::skip]
#[path = "support/mod.rs"]
mod support_;

#[cfg(feature = "chat_v1")]
mod chat_v1 {
    use twilio_push_credentials::chat_v1;
    use crate::support_::{Server, reads};

    #[test]
    fn credentials_list_reads_one_page() {
        reads::<
            chat_v1::CredentialPage,
        >(
            r#"{"credentials":[{"sid":"CRaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa","account_sid":"ACaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa","friendly_name":"iPhone app, production","type":"apn","sandbox":"False","date_created":"2015-10-07T17:50:01Z","date_updated":"2015-10-07T17:50:01Z","url":"https://chat.twilio.com/v1/Credentials/CRaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}],"meta":{"page":0,"page_size":50,"first_page_url":"https://chat.twilio.com/v1/Credentials?PageSize=50&Page=0","previous_page_url":null,"url":"https://chat.twilio.com/v1/Credentials?PageSize=50&Page=0","next_page_url":null,"key":"credentials"}}"#,
        );
    }

    #[test]
    fn credentials_list_reads_middle_page() {
        reads::<
            chat_v1::CredentialPage,
        >(
            r#"{"credentials":[{"sid":"CRbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb","account_sid":"ACaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa","friendly_name":null,"type":"fcm","sandbox":null,"date_created":"2015-10-07T17:50:01Z","date_updated":"2015-10-08T09:00:00Z","url":"https://chat.twilio.com/v1/Credentials/CRbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"}],"meta":{"page":1,"page_size":1,"first_page_url":"https://chat.twilio.com/v1/Credentials?PageSize=1&Page=0","previous_page_url":"https://chat.twilio.com/v1/Credentials?PageSize=1&Page=0&PageToken=PBCRbbbbbbbb","url":"https://chat.twilio.com/v1/Credentials?PageSize=1&Page=1&PageToken=PACRaaaaaaaa","next_page_url":"https://chat.twilio.com/v1/Credentials?PageSize=1&Page=2&PageToken=PACRbbbbbbbb","key":"credentials"}}"#,
        );
    }

    #[test]
    fn credentials_list_reads_empty() {
        reads::<
            chat_v1::CredentialPage,
        >(
            r#"{"credentials":[],"meta":{"page":0,"page_size":50,"first_page_url":"https://chat.twilio.com/v1/Credentials?PageSize=50&Page=0","previous_page_url":null,"url":"https://chat.twilio.com/v1/Credentials?PageSize=50&Page=0","next_page_url":null,"key":"credentials"}}"#,
        );
    }

    #[tokio::test]
    async fn credentials_create_sends_apn() {
        let server = Server::start().await;
        let call = server
            .client()
            .chat_v1()
            .credentials()
            .create(
                chat_v1::NewCredential::apn(
                        "-----BEGIN CERTIFICATE-----\nbm90IGEgcmVhbCBjZXJ0aWZpY2F0ZQ==\n-----END CERTIFICATE-----\n",
                        "-----BEGIN PRIVATE KEY-----\nbm90IGEgcmVhbCBwcml2YXRlIGtleQ==\n-----END PRIVATE KEY-----\n",
                    )
                    .sandbox(true),
            )
            .friendly_name("iPhone app, development");
        server
            .receives(
                call.send(),
                "POST",
                "/v1/Credentials",
                &[
                    ("Type", "apn"),
                    (
                        "Certificate",
                        "-----BEGIN CERTIFICATE-----\nbm90IGEgcmVhbCBjZXJ0aWZpY2F0ZQ==\n-----END CERTIFICATE-----\n",
                    ),
                    (
                        "PrivateKey",
                        "-----BEGIN PRIVATE KEY-----\nbm90IGEgcmVhbCBwcml2YXRlIGtleQ==\n-----END PRIVATE KEY-----\n",
                    ),
                    ("Sandbox", "true"),
                    ("FriendlyName", "iPhone app, development"),
                ],
            )
            .await;
    }

    #[tokio::test]
    async fn credentials_create_sends_fcm() {
        let server = Server::start().await;
        let call = server
            .client()
            .chat_v1()
            .credentials()
            .create(
                chat_v1::NewCredential::fcm(
                    r#"{"type":"service_account","project_id":"made-up-project"}"#,
                ),
            )
            .friendly_name("Android app");
        server
            .receives(
                call.send(),
                "POST",
                "/v1/Credentials",
                &[
                    ("Type", "fcm"),
                    (
                        "Secret",
                        r#"{"type":"service_account","project_id":"made-up-project"}"#,
                    ),
                    ("FriendlyName", "Android app"),
                ],
            )
            .await;
    }

    #[tokio::test]
    async fn credentials_create_sends_gcm() {
        let server = Server::start().await;
        let call = server
            .client()
            .chat_v1()
            .credentials()
            .create(chat_v1::NewCredential::gcm("made-up-api-key"));
        server
            .receives(
                call.send(),
                "POST",
                "/v1/Credentials",
                &[("Type", "gcm"), ("ApiKey", "made-up-api-key")],
            )
            .await;
    }

    #[test]
    fn credentials_create_reads_apn() {
        reads::<
            chat_v1::Credential,
        >(
            r#"{"sid":"CRaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa","account_sid":"ACaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa","friendly_name":"iPhone app, development","type":"apn","sandbox":"True","date_created":"2015-10-07T17:50:01Z","date_updated":"2015-10-07T17:50:01Z","url":"https://chat.twilio.com/v1/Credentials/CRaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}"#,
        );
    }

    #[test]
    fn credentials_fetch_reads_apn() {
        reads::<
            chat_v1::Credential,
        >(
            r#"{"sid":"CRaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa","account_sid":"ACaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa","friendly_name":"iPhone app, production","type":"apn","sandbox":"False","date_created":"2015-10-07T17:50:01Z","date_updated":"2015-10-07T17:50:01Z","url":"https://chat.twilio.com/v1/Credentials/CRaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}"#,
        );
    }

    #[test]
    fn credentials_fetch_reads_fcm() {
        reads::<
            chat_v1::Credential,
        >(
            r#"{"sid":"CRbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb","account_sid":"ACaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa","friendly_name":null,"type":"fcm","sandbox":null,"date_created":"2015-10-07T17:50:01Z","date_updated":"2015-10-07T17:50:01Z","url":"https://chat.twilio.com/v1/Credentials/CRbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"}"#,
        );
    }

    #[tokio::test]
    async fn credentials_update_sends_rename() {
        let server = Server::start().await;
        let call = server
            .client()
            .chat_v1()
            .credentials()
            .update("CRaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")
            .friendly_name("iPhone app, production");
        server
            .receives(
                call.send(),
                "POST",
                "/v1/Credentials/CRaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
                &[("FriendlyName", "iPhone app, production")],
            )
            .await;
    }

    #[tokio::test]
    async fn credentials_update_sends_renew_certificate() {
        let server = Server::start().await;
        let call = server
            .client()
            .chat_v1()
            .credentials()
            .update("CRaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")
            .certificate(
                "-----BEGIN CERTIFICATE-----\nYWxzbyBub3QgYSByZWFsIGNlcnRpZmljYXRl\n-----END CERTIFICATE-----\n",
            )
            .private_key(
                "-----BEGIN RSA PRIVATE KEY-----\nYWxzbyBub3QgYSByZWFsIGtleQ==\n-----END RSA PRIVATE KEY-----\n",
            )
            .sandbox(false);
        server
            .receives(
                call.send(),
                "POST",
                "/v1/Credentials/CRaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
                &[
                    (
                        "Certificate",
                        "-----BEGIN CERTIFICATE-----\nYWxzbyBub3QgYSByZWFsIGNlcnRpZmljYXRl\n-----END CERTIFICATE-----\n",
                    ),
                    (
                        "PrivateKey",
                        "-----BEGIN RSA PRIVATE KEY-----\nYWxzbyBub3QgYSByZWFsIGtleQ==\n-----END RSA PRIVATE KEY-----\n",
                    ),
                    ("Sandbox", "false"),
                ],
            )
            .await;
    }

    #[tokio::test]
    async fn credentials_update_sends_renew_secret() {
        let server = Server::start().await;
        let call = server
            .client()
            .chat_v1()
            .credentials()
            .update("CRaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")
            .secret(
                r#"{"type":"service_account","project_id":"another-made-up-project"}"#,
            );
        server
            .receives(
                call.send(),
                "POST",
                "/v1/Credentials/CRaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
                &[
                    (
                        "Secret",
                        r#"{"type":"service_account","project_id":"another-made-up-project"}"#,
                    ),
                ],
            )
            .await;
    }

    #[tokio::test]
    async fn credentials_update_sends_renew_api_key() {
        let server = Server::start().await;
        let call = server
            .client()
            .chat_v1()
            .credentials()
            .update("CRaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")
            .api_key("another-made-up-api-key");
        server
            .receives(
                call.send(),
                "POST",
                "/v1/Credentials/CRaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
                &[("ApiKey", "another-made-up-api-key")],
            )
            .await;
    }

    #[test]
    fn credentials_update_reads_renamed() {
        reads::<
            chat_v1::Credential,
        >(
            r#"{"sid":"CRaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa","account_sid":"ACaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa","friendly_name":"iPhone app, production","type":"apn","sandbox":"False","date_created":"2015-10-07T17:50:01Z","date_updated":"2015-10-08T09:00:00Z","url":"https://chat.twilio.com/v1/Credentials/CRaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}"#,
        );
    }
}

#[cfg(feature = "chat_v2")]
mod chat_v2 {
    use twilio_push_credentials::chat_v2;
    use crate::support_::{Server, reads};

    #[test]
    fn credentials_list_reads_one_page() {
        reads::<
            chat_v2::CredentialPage,
        >(
            r#"{"credentials":[{"sid":"CRaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa","account_sid":"ACaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa","friendly_name":"iPhone app, production","type":"apn","sandbox":"False","date_created":"2015-10-07T17:50:01Z","date_updated":"2015-10-07T17:50:01Z","url":"https://chat.twilio.com/v2/Credentials/CRaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}],"meta":{"page":0,"page_size":50,"first_page_url":"https://chat.twilio.com/v2/Credentials?PageSize=50&Page=0","previous_page_url":null,"url":"https://chat.twilio.com/v2/Credentials?PageSize=50&Page=0","next_page_url":null,"key":"credentials"}}"#,
        );
    }

    #[test]
    fn credentials_list_reads_middle_page() {
        reads::<
            chat_v2::CredentialPage,
        >(
            r#"{"credentials":[{"sid":"CRbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb","account_sid":"ACaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa","friendly_name":null,"type":"fcm","sandbox":null,"date_created":"2015-10-07T17:50:01Z","date_updated":"2015-10-08T09:00:00Z","url":"https://chat.twilio.com/v2/Credentials/CRbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"}],"meta":{"page":1,"page_size":1,"first_page_url":"https://chat.twilio.com/v2/Credentials?PageSize=1&Page=0","previous_page_url":"https://chat.twilio.com/v2/Credentials?PageSize=1&Page=0&PageToken=PBCRbbbbbbbb","url":"https://chat.twilio.com/v2/Credentials?PageSize=1&Page=1&PageToken=PACRaaaaaaaa","next_page_url":"https://chat.twilio.com/v2/Credentials?PageSize=1&Page=2&PageToken=PACRbbbbbbbb","key":"credentials"}}"#,
        );
    }

    #[test]
    fn credentials_list_reads_empty() {
        reads::<
            chat_v2::CredentialPage,
        >(
            r#"{"credentials":[],"meta":{"page":0,"page_size":50,"first_page_url":"https://chat.twilio.com/v2/Credentials?PageSize=50&Page=0","previous_page_url":null,"url":"https://chat.twilio.com/v2/Credentials?PageSize=50&Page=0","next_page_url":null,"key":"credentials"}}"#,
        );
    }

    #[tokio::test]
    async fn credentials_create_sends_apn() {
        let server = Server::start().await;
        let call = server
            .client()
            .chat_v2()
            .credentials()
            .create(
                chat_v2::NewCredential::apn(
                        "-----BEGIN CERTIFICATE-----\nbm90IGEgcmVhbCBjZXJ0aWZpY2F0ZQ==\n-----END CERTIFICATE-----\n",
                        "-----BEGIN PRIVATE KEY-----\nbm90IGEgcmVhbCBwcml2YXRlIGtleQ==\n-----END PRIVATE KEY-----\n",
                    )
                    .sandbox(true),
            )
            .friendly_name("iPhone app, development");
        server
            .receives(
                call.send(),
                "POST",
                "/v2/Credentials",
                &[
                    ("Type", "apn"),
                    (
                        "Certificate",
                        "-----BEGIN CERTIFICATE-----\nbm90IGEgcmVhbCBjZXJ0aWZpY2F0ZQ==\n-----END CERTIFICATE-----\n",
                    ),
                    (
                        "PrivateKey",
                        "-----BEGIN PRIVATE KEY-----\nbm90IGEgcmVhbCBwcml2YXRlIGtleQ==\n-----END PRIVATE KEY-----\n",
                    ),
                    ("Sandbox", "true"),
                    ("FriendlyName", "iPhone app, development"),
                ],
            )
            .await;
    }

    #[tokio::test]
    async fn credentials_create_sends_fcm() {
        let server = Server::start().await;
        let call = server
            .client()
            .chat_v2()
            .credentials()
            .create(
                chat_v2::NewCredential::fcm(
                    r#"{"type":"service_account","project_id":"made-up-project"}"#,
                ),
            )
            .friendly_name("Android app");
        server
            .receives(
                call.send(),
                "POST",
                "/v2/Credentials",
                &[
                    ("Type", "fcm"),
                    (
                        "Secret",
                        r#"{"type":"service_account","project_id":"made-up-project"}"#,
                    ),
                    ("FriendlyName", "Android app"),
                ],
            )
            .await;
    }

    #[tokio::test]
    async fn credentials_create_sends_gcm() {
        let server = Server::start().await;
        let call = server
            .client()
            .chat_v2()
            .credentials()
            .create(chat_v2::NewCredential::gcm("made-up-api-key"));
        server
            .receives(
                call.send(),
                "POST",
                "/v2/Credentials",
                &[("Type", "gcm"), ("ApiKey", "made-up-api-key")],
            )
            .await;
    }

    #[test]
    fn credentials_create_reads_apn() {
        reads::<
            chat_v2::Credential,
        >(
            r#"{"sid":"CRaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa","account_sid":"ACaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa","friendly_name":"iPhone app, development","type":"apn","sandbox":"True","date_created":"2015-10-07T17:50:01Z","date_updated":"2015-10-07T17:50:01Z","url":"https://chat.twilio.com/v2/Credentials/CRaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}"#,
        );
    }

    #[test]
    fn credentials_fetch_reads_apn() {
        reads::<
            chat_v2::Credential,
        >(
            r#"{"sid":"CRaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa","account_sid":"ACaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa","friendly_name":"iPhone app, production","type":"apn","sandbox":"False","date_created":"2015-10-07T17:50:01Z","date_updated":"2015-10-07T17:50:01Z","url":"https://chat.twilio.com/v2/Credentials/CRaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}"#,
        );
    }

    #[test]
    fn credentials_fetch_reads_fcm() {
        reads::<
            chat_v2::Credential,
        >(
            r#"{"sid":"CRbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb","account_sid":"ACaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa","friendly_name":null,"type":"fcm","sandbox":null,"date_created":"2015-10-07T17:50:01Z","date_updated":"2015-10-07T17:50:01Z","url":"https://chat.twilio.com/v2/Credentials/CRbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"}"#,
        );
    }

    #[tokio::test]
    async fn credentials_update_sends_rename() {
        let server = Server::start().await;
        let call = server
            .client()
            .chat_v2()
            .credentials()
            .update("CRaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")
            .friendly_name("iPhone app, production");
        server
            .receives(
                call.send(),
                "POST",
                "/v2/Credentials/CRaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
                &[("FriendlyName", "iPhone app, production")],
            )
            .await;
    }

    #[tokio::test]
    async fn credentials_update_sends_renew_certificate() {
        let server = Server::start().await;
        let call = server
            .client()
            .chat_v2()
            .credentials()
            .update("CRaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")
            .certificate(
                "-----BEGIN CERTIFICATE-----\nYWxzbyBub3QgYSByZWFsIGNlcnRpZmljYXRl\n-----END CERTIFICATE-----\n",
            )
            .private_key(
                "-----BEGIN RSA PRIVATE KEY-----\nYWxzbyBub3QgYSByZWFsIGtleQ==\n-----END RSA PRIVATE KEY-----\n",
            )
            .sandbox(false);
        server
            .receives(
                call.send(),
                "POST",
                "/v2/Credentials/CRaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
                &[
                    (
                        "Certificate",
                        "-----BEGIN CERTIFICATE-----\nYWxzbyBub3QgYSByZWFsIGNlcnRpZmljYXRl\n-----END CERTIFICATE-----\n",
                    ),
                    (
                        "PrivateKey",
                        "-----BEGIN RSA PRIVATE KEY-----\nYWxzbyBub3QgYSByZWFsIGtleQ==\n-----END RSA PRIVATE KEY-----\n",
                    ),
                    ("Sandbox", "false"),
                ],
            )
            .await;
    }

    #[tokio::test]
    async fn credentials_update_sends_renew_secret() {
        let server = Server::start().await;
        let call = server
            .client()
            .chat_v2()
            .credentials()
            .update("CRaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")
            .secret(
                r#"{"type":"service_account","project_id":"another-made-up-project"}"#,
            );
        server
            .receives(
                call.send(),
                "POST",
                "/v2/Credentials/CRaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
                &[
                    (
                        "Secret",
                        r#"{"type":"service_account","project_id":"another-made-up-project"}"#,
                    ),
                ],
            )
            .await;
    }

    #[tokio::test]
    async fn credentials_update_sends_renew_api_key() {
        let server = Server::start().await;
        let call = server
            .client()
            .chat_v2()
            .credentials()
            .update("CRaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")
            .api_key("another-made-up-api-key");
        server
            .receives(
                call.send(),
                "POST",
                "/v2/Credentials/CRaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
                &[("ApiKey", "another-made-up-api-key")],
            )
            .await;
    }

    #[test]
    fn credentials_update_reads_renamed() {
        reads::<
            chat_v2::Credential,
        >(
            r#"{"sid":"CRaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa","account_sid":"ACaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa","friendly_name":"iPhone app, production","type":"apn","sandbox":"False","date_created":"2015-10-07T17:50:01Z","date_updated":"2015-10-08T09:00:00Z","url":"https://chat.twilio.com/v2/Credentials/CRaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}"#,
        );
    }
}

#[cfg(feature = "conversations_v1")]
mod conversations_v1 {
    use twilio_push_credentials::conversations_v1;
    use crate::support_::{Server, reads};

    #[test]
    fn credentials_list_reads_one_page() {
        reads::<
            conversations_v1::CredentialPage,
        >(
            r#"{"credentials":[{"sid":"CRaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa","account_sid":"ACaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa","friendly_name":"iPhone app, production","type":"apn","sandbox":"False","date_created":"2015-10-07T17:50:01Z","date_updated":"2015-10-07T17:50:01Z","url":"https://conversations.twilio.com/v1/Credentials/CRaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}],"meta":{"page":0,"page_size":50,"first_page_url":"https://conversations.twilio.com/v1/Credentials?PageSize=50&Page=0","previous_page_url":null,"url":"https://conversations.twilio.com/v1/Credentials?PageSize=50&Page=0","next_page_url":null,"key":"credentials"}}"#,
        );
    }

    #[test]
    fn credentials_list_reads_middle_page() {
        reads::<
            conversations_v1::CredentialPage,
        >(
            r#"{"credentials":[{"sid":"CRbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb","account_sid":"ACaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa","friendly_name":null,"type":"fcm","sandbox":null,"date_created":"2015-10-07T17:50:01Z","date_updated":"2015-10-08T09:00:00Z","url":"https://conversations.twilio.com/v1/Credentials/CRbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"}],"meta":{"page":1,"page_size":1,"first_page_url":"https://conversations.twilio.com/v1/Credentials?PageSize=1&Page=0","previous_page_url":"https://conversations.twilio.com/v1/Credentials?PageSize=1&Page=0&PageToken=PBCRbbbbbbbb","url":"https://conversations.twilio.com/v1/Credentials?PageSize=1&Page=1&PageToken=PACRaaaaaaaa","next_page_url":"https://conversations.twilio.com/v1/Credentials?PageSize=1&Page=2&PageToken=PACRbbbbbbbb","key":"credentials"}}"#,
        );
    }

    #[test]
    fn credentials_list_reads_empty() {
        reads::<
            conversations_v1::CredentialPage,
        >(
            r#"{"credentials":[],"meta":{"page":0,"page_size":50,"first_page_url":"https://conversations.twilio.com/v1/Credentials?PageSize=50&Page=0","previous_page_url":null,"url":"https://conversations.twilio.com/v1/Credentials?PageSize=50&Page=0","next_page_url":null,"key":"credentials"}}"#,
        );
    }

    #[tokio::test]
    async fn credentials_create_sends_apn() {
        let server = Server::start().await;
        let call = server
            .client()
            .conversations_v1()
            .credentials()
            .create(
                conversations_v1::NewCredential::apn(
                        "-----BEGIN CERTIFICATE-----\nbm90IGEgcmVhbCBjZXJ0aWZpY2F0ZQ==\n-----END CERTIFICATE-----\n",
                        "-----BEGIN PRIVATE KEY-----\nbm90IGEgcmVhbCBwcml2YXRlIGtleQ==\n-----END PRIVATE KEY-----\n",
                    )
                    .sandbox(true),
            )
            .friendly_name("iPhone app, development");
        server
            .receives(
                call.send(),
                "POST",
                "/v1/Credentials",
                &[
                    ("Type", "apn"),
                    (
                        "Certificate",
                        "-----BEGIN CERTIFICATE-----\nbm90IGEgcmVhbCBjZXJ0aWZpY2F0ZQ==\n-----END CERTIFICATE-----\n",
                    ),
                    (
                        "PrivateKey",
                        "-----BEGIN PRIVATE KEY-----\nbm90IGEgcmVhbCBwcml2YXRlIGtleQ==\n-----END PRIVATE KEY-----\n",
                    ),
                    ("Sandbox", "true"),
                    ("FriendlyName", "iPhone app, development"),
                ],
            )
            .await;
    }

    #[tokio::test]
    async fn credentials_create_sends_fcm() {
        let server = Server::start().await;
        let call = server
            .client()
            .conversations_v1()
            .credentials()
            .create(
                conversations_v1::NewCredential::fcm(
                    r#"{"type":"service_account","project_id":"made-up-project"}"#,
                ),
            )
            .friendly_name("Android app");
        server
            .receives(
                call.send(),
                "POST",
                "/v1/Credentials",
                &[
                    ("Type", "fcm"),
                    (
                        "Secret",
                        r#"{"type":"service_account","project_id":"made-up-project"}"#,
                    ),
                    ("FriendlyName", "Android app"),
                ],
            )
            .await;
    }

    #[tokio::test]
    async fn credentials_create_sends_gcm() {
        let server = Server::start().await;
        let call = server
            .client()
            .conversations_v1()
            .credentials()
            .create(conversations_v1::NewCredential::gcm("made-up-api-key"));
        server
            .receives(
                call.send(),
                "POST",
                "/v1/Credentials",
                &[("Type", "gcm"), ("ApiKey", "made-up-api-key")],
            )
            .await;
    }

    #[test]
    fn credentials_create_reads_apn() {
        reads::<
            conversations_v1::Credential,
        >(
            r#"{"sid":"CRaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa","account_sid":"ACaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa","friendly_name":"iPhone app, development","type":"apn","sandbox":"True","date_created":"2015-10-07T17:50:01Z","date_updated":"2015-10-07T17:50:01Z","url":"https://conversations.twilio.com/v1/Credentials/CRaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}"#,
        );
    }

    #[test]
    fn credentials_fetch_reads_apn() {
        reads::<
            conversations_v1::Credential,
        >(
            r#"{"sid":"CRaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa","account_sid":"ACaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa","friendly_name":"iPhone app, production","type":"apn","sandbox":"False","date_created":"2015-10-07T17:50:01Z","date_updated":"2015-10-07T17:50:01Z","url":"https://conversations.twilio.com/v1/Credentials/CRaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}"#,
        );
    }

    #[test]
    fn credentials_fetch_reads_fcm() {
        reads::<
            conversations_v1::Credential,
        >(
            r#"{"sid":"CRbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb","account_sid":"ACaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa","friendly_name":null,"type":"fcm","sandbox":null,"date_created":"2015-10-07T17:50:01Z","date_updated":"2015-10-07T17:50:01Z","url":"https://conversations.twilio.com/v1/Credentials/CRbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"}"#,
        );
    }

    #[tokio::test]
    async fn credentials_update_sends_rename() {
        let server = Server::start().await;
        let call = server
            .client()
            .conversations_v1()
            .credentials()
            .update("CRaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")
            .friendly_name("iPhone app, production");
        server
            .receives(
                call.send(),
                "POST",
                "/v1/Credentials/CRaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
                &[("FriendlyName", "iPhone app, production")],
            )
            .await;
    }

    #[tokio::test]
    async fn credentials_update_sends_renew_certificate() {
        let server = Server::start().await;
        let call = server
            .client()
            .conversations_v1()
            .credentials()
            .update("CRaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")
            .certificate(
                "-----BEGIN CERTIFICATE-----\nYWxzbyBub3QgYSByZWFsIGNlcnRpZmljYXRl\n-----END CERTIFICATE-----\n",
            )
            .private_key(
                "-----BEGIN RSA PRIVATE KEY-----\nYWxzbyBub3QgYSByZWFsIGtleQ==\n-----END RSA PRIVATE KEY-----\n",
            )
            .sandbox(false);
        server
            .receives(
                call.send(),
                "POST",
                "/v1/Credentials/CRaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
                &[
                    (
                        "Certificate",
                        "-----BEGIN CERTIFICATE-----\nYWxzbyBub3QgYSByZWFsIGNlcnRpZmljYXRl\n-----END CERTIFICATE-----\n",
                    ),
                    (
                        "PrivateKey",
                        "-----BEGIN RSA PRIVATE KEY-----\nYWxzbyBub3QgYSByZWFsIGtleQ==\n-----END RSA PRIVATE KEY-----\n",
                    ),
                    ("Sandbox", "false"),
                ],
            )
            .await;
    }

    #[tokio::test]
    async fn credentials_update_sends_renew_secret() {
        let server = Server::start().await;
        let call = server
            .client()
            .conversations_v1()
            .credentials()
            .update("CRaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")
            .secret(
                r#"{"type":"service_account","project_id":"another-made-up-project"}"#,
            );
        server
            .receives(
                call.send(),
                "POST",
                "/v1/Credentials/CRaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
                &[
                    (
                        "Secret",
                        r#"{"type":"service_account","project_id":"another-made-up-project"}"#,
                    ),
                ],
            )
            .await;
    }

    #[tokio::test]
    async fn credentials_update_sends_move_to_fcm() {
        let server = Server::start().await;
        let call = server
            .client()
            .conversations_v1()
            .credentials()
            .update("CRaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")
            .type_("fcm")
            .secret(r#"{"type":"service_account","project_id":"made-up-project"}"#);
        server
            .receives(
                call.send(),
                "POST",
                "/v1/Credentials/CRaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
                &[
                    ("Type", "fcm"),
                    (
                        "Secret",
                        r#"{"type":"service_account","project_id":"made-up-project"}"#,
                    ),
                ],
            )
            .await;
    }

    #[tokio::test]
    async fn credentials_update_sends_renew_api_key() {
        let server = Server::start().await;
        let call = server
            .client()
            .conversations_v1()
            .credentials()
            .update("CRaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")
            .api_key("another-made-up-api-key");
        server
            .receives(
                call.send(),
                "POST",
                "/v1/Credentials/CRaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
                &[("ApiKey", "another-made-up-api-key")],
            )
            .await;
    }

    #[test]
    fn credentials_update_reads_renamed() {
        reads::<
            conversations_v1::Credential,
        >(
            r#"{"sid":"CRaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa","account_sid":"ACaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa","friendly_name":"iPhone app, production","type":"apn","sandbox":"False","date_created":"2015-10-07T17:50:01Z","date_updated":"2015-10-08T09:00:00Z","url":"https://conversations.twilio.com/v1/Credentials/CRaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}"#,
        );
    }
}

#[cfg(feature = "notify_v1")]
mod notify_v1 {
    use twilio_push_credentials::notify_v1;
    use crate::support_::{Server, reads};

    #[test]
    fn credentials_list_reads_one_page() {
        reads::<
            notify_v1::CredentialPage,
        >(
            r#"{"credentials":[{"sid":"CRaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa","account_sid":"ACaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa","friendly_name":"iPhone app, production","type":"apn","sandbox":"False","date_created":"2015-10-07T17:50:01Z","date_updated":"2015-10-07T17:50:01Z","url":"https://notify.twilio.com/v1/Credentials/CRaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}],"meta":{"page":0,"page_size":50,"first_page_url":"https://notify.twilio.com/v1/Credentials?PageSize=50&Page=0","previous_page_url":null,"url":"https://notify.twilio.com/v1/Credentials?PageSize=50&Page=0","next_page_url":null,"key":"credentials"}}"#,
        );
    }

    #[test]
    fn credentials_list_reads_middle_page() {
        reads::<
            notify_v1::CredentialPage,
        >(
            r#"{"credentials":[{"sid":"CRbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb","account_sid":"ACaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa","friendly_name":null,"type":"fcm","sandbox":null,"date_created":"2015-10-07T17:50:01Z","date_updated":"2015-10-08T09:00:00Z","url":"https://notify.twilio.com/v1/Credentials/CRbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"}],"meta":{"page":1,"page_size":1,"first_page_url":"https://notify.twilio.com/v1/Credentials?PageSize=1&Page=0","previous_page_url":"https://notify.twilio.com/v1/Credentials?PageSize=1&Page=0&PageToken=PBCRbbbbbbbb","url":"https://notify.twilio.com/v1/Credentials?PageSize=1&Page=1&PageToken=PACRaaaaaaaa","next_page_url":"https://notify.twilio.com/v1/Credentials?PageSize=1&Page=2&PageToken=PACRbbbbbbbb","key":"credentials"}}"#,
        );
    }

    #[test]
    fn credentials_list_reads_empty() {
        reads::<
            notify_v1::CredentialPage,
        >(
            r#"{"credentials":[],"meta":{"page":0,"page_size":50,"first_page_url":"https://notify.twilio.com/v1/Credentials?PageSize=50&Page=0","previous_page_url":null,"url":"https://notify.twilio.com/v1/Credentials?PageSize=50&Page=0","next_page_url":null,"key":"credentials"}}"#,
        );
    }

    #[tokio::test]
    async fn credentials_create_sends_apn() {
        let server = Server::start().await;
        let call = server
            .client()
            .notify_v1()
            .credentials()
            .create(
                notify_v1::NewCredential::apn(
                        "-----BEGIN CERTIFICATE-----\nbm90IGEgcmVhbCBjZXJ0aWZpY2F0ZQ==\n-----END CERTIFICATE-----\n",
                        "-----BEGIN PRIVATE KEY-----\nbm90IGEgcmVhbCBwcml2YXRlIGtleQ==\n-----END PRIVATE KEY-----\n",
                    )
                    .sandbox(true),
            )
            .friendly_name("iPhone app, development");
        server
            .receives(
                call.send(),
                "POST",
                "/v1/Credentials",
                &[
                    ("Type", "apn"),
                    (
                        "Certificate",
                        "-----BEGIN CERTIFICATE-----\nbm90IGEgcmVhbCBjZXJ0aWZpY2F0ZQ==\n-----END CERTIFICATE-----\n",
                    ),
                    (
                        "PrivateKey",
                        "-----BEGIN PRIVATE KEY-----\nbm90IGEgcmVhbCBwcml2YXRlIGtleQ==\n-----END PRIVATE KEY-----\n",
                    ),
                    ("Sandbox", "true"),
                    ("FriendlyName", "iPhone app, development"),
                ],
            )
            .await;
    }

    #[tokio::test]
    async fn credentials_create_sends_fcm() {
        let server = Server::start().await;
        let call = server
            .client()
            .notify_v1()
            .credentials()
            .create(
                notify_v1::NewCredential::fcm(
                    r#"{"type":"service_account","project_id":"made-up-project"}"#,
                ),
            )
            .friendly_name("Android app");
        server
            .receives(
                call.send(),
                "POST",
                "/v1/Credentials",
                &[
                    ("Type", "fcm"),
                    (
                        "Secret",
                        r#"{"type":"service_account","project_id":"made-up-project"}"#,
                    ),
                    ("FriendlyName", "Android app"),
                ],
            )
            .await;
    }

    #[tokio::test]
    async fn credentials_create_sends_gcm() {
        let server = Server::start().await;
        let call = server
            .client()
            .notify_v1()
            .credentials()
            .create(notify_v1::NewCredential::gcm("made-up-api-key"));
        server
            .receives(
                call.send(),
                "POST",
                "/v1/Credentials",
                &[("Type", "gcm"), ("ApiKey", "made-up-api-key")],
            )
            .await;
    }

    #[test]
    fn credentials_create_reads_apn() {
        reads::<
            notify_v1::Credential,
        >(
            r#"{"sid":"CRaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa","account_sid":"ACaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa","friendly_name":"iPhone app, development","type":"apn","sandbox":"True","date_created":"2015-10-07T17:50:01Z","date_updated":"2015-10-07T17:50:01Z","url":"https://notify.twilio.com/v1/Credentials/CRaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}"#,
        );
    }

    #[test]
    fn credentials_fetch_reads_apn() {
        reads::<
            notify_v1::Credential,
        >(
            r#"{"sid":"CRaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa","account_sid":"ACaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa","friendly_name":"iPhone app, production","type":"apn","sandbox":"False","date_created":"2015-10-07T17:50:01Z","date_updated":"2015-10-07T17:50:01Z","url":"https://notify.twilio.com/v1/Credentials/CRaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}"#,
        );
    }

    #[test]
    fn credentials_fetch_reads_fcm() {
        reads::<
            notify_v1::Credential,
        >(
            r#"{"sid":"CRbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb","account_sid":"ACaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa","friendly_name":null,"type":"fcm","sandbox":null,"date_created":"2015-10-07T17:50:01Z","date_updated":"2015-10-07T17:50:01Z","url":"https://notify.twilio.com/v1/Credentials/CRbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"}"#,
        );
    }

    #[tokio::test]
    async fn credentials_update_sends_rename() {
        let server = Server::start().await;
        let call = server
            .client()
            .notify_v1()
            .credentials()
            .update("CRaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")
            .friendly_name("iPhone app, production");
        server
            .receives(
                call.send(),
                "POST",
                "/v1/Credentials/CRaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
                &[("FriendlyName", "iPhone app, production")],
            )
            .await;
    }

    #[tokio::test]
    async fn credentials_update_sends_renew_certificate() {
        let server = Server::start().await;
        let call = server
            .client()
            .notify_v1()
            .credentials()
            .update("CRaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")
            .certificate(
                "-----BEGIN CERTIFICATE-----\nYWxzbyBub3QgYSByZWFsIGNlcnRpZmljYXRl\n-----END CERTIFICATE-----\n",
            )
            .private_key(
                "-----BEGIN RSA PRIVATE KEY-----\nYWxzbyBub3QgYSByZWFsIGtleQ==\n-----END RSA PRIVATE KEY-----\n",
            )
            .sandbox(false);
        server
            .receives(
                call.send(),
                "POST",
                "/v1/Credentials/CRaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
                &[
                    (
                        "Certificate",
                        "-----BEGIN CERTIFICATE-----\nYWxzbyBub3QgYSByZWFsIGNlcnRpZmljYXRl\n-----END CERTIFICATE-----\n",
                    ),
                    (
                        "PrivateKey",
                        "-----BEGIN RSA PRIVATE KEY-----\nYWxzbyBub3QgYSByZWFsIGtleQ==\n-----END RSA PRIVATE KEY-----\n",
                    ),
                    ("Sandbox", "false"),
                ],
            )
            .await;
    }

    #[tokio::test]
    async fn credentials_update_sends_renew_secret() {
        let server = Server::start().await;
        let call = server
            .client()
            .notify_v1()
            .credentials()
            .update("CRaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")
            .secret(
                r#"{"type":"service_account","project_id":"another-made-up-project"}"#,
            );
        server
            .receives(
                call.send(),
                "POST",
                "/v1/Credentials/CRaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
                &[
                    (
                        "Secret",
                        r#"{"type":"service_account","project_id":"another-made-up-project"}"#,
                    ),
                ],
            )
            .await;
    }

    #[tokio::test]
    async fn credentials_update_sends_renew_api_key() {
        let server = Server::start().await;
        let call = server
            .client()
            .notify_v1()
            .credentials()
            .update("CRaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")
            .api_key("another-made-up-api-key");
        server
            .receives(
                call.send(),
                "POST",
                "/v1/Credentials/CRaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
                &[("ApiKey", "another-made-up-api-key")],
            )
            .await;
    }

    #[test]
    fn credentials_update_reads_renamed() {
        reads::<
            notify_v1::Credential,
        >(
            r#"{"sid":"CRaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa","account_sid":"ACaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa","friendly_name":"iPhone app, production","type":"apn","sandbox":"False","date_created":"2015-10-07T17:50:01Z","date_updated":"2015-10-08T09:00:00Z","url":"https://notify.twilio.com/v1/Credentials/CRaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}"#,
        );
    }
}
