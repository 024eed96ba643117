// Generated from conversations_v1.yaml. Do not edit: change the document or the generator and generate again.

//! What is sent and what is answered.

use chrono::{DateTime, Utc};
use crate::runtime::{
    Flag, FormBody, Optional, Part, Parts, Pattern, Rules, SecretString, Timestamp,
};
use crate::types::{AccountSid, CredentialSid, CredentialType};

crate::runtime::answered! {
    /// One page of the account's credentials, and where the other pages are.
    ///
    /// # Example
    ///
    /// ```
    /// use twilio_push_credentials::Page;
    ///
    /// # fn example(page: twilio_push_credentials::conversations_v1::CredentialPage) {
    /// for item in page.items() {
    ///     println!("{item:?}");
    /// }
    /// # }
    /// ```
    pub struct CredentialPage {
        /// The credentials of this page, at most `page_size`.
        pub credentials: Vec<Credential>,
        /// Where a page is among the others. See
        /// [paging](https://www.twilio.com/docs/usage/twilios-response#pagination).
        pub meta: PageMeta,
    }
}

crate::runtime::page!(
    CredentialPage, Credential, credentials, page => page.meta.next_page_url.as_deref()
);

crate::runtime::answered! {
    /// What Twilio tells of a credential. The secrets in it can be replaced, but never read.
    ///
    /// # Example
    ///
    /// ```
    /// # fn example(answer: twilio_push_credentials::conversations_v1::Credential) {
    /// println!("{:?}", answer.sid);
    /// # }
    /// ```
    pub struct Credential {
        /// The SID of a credential: Twilio's unique name for it, `CR` and 32 hexadecimal digits. See
        /// [SIDs](https://www.twilio.com/docs/glossary/what-is-a-sid).
        pub sid: CredentialSid,
        /// The SID of a Twilio account: Twilio's unique name for it, `AC` and 32 hexadecimal digits.
        /// See [SIDs](https://www.twilio.com/docs/glossary/what-is-a-sid).
        pub account_sid: AccountSid,
        /// The name that was given to the credential, at most 64 characters. Null if it has none.
        pub friendly_name: Option<String>,
        /// The push service that a credential is for.
        #[read(rename = "type")]
        pub type_: CredentialType,
        /// For APNs: whether notifications go to Apple's sandbox, which serves development builds,
        /// rather than to production. It means nothing for other push services, and may be null.
        #[read(absent = Default, with = Optional<Flag>)]
        pub sandbox: Option<bool>,
        /// When the credential was created, in UTC, to the second.
        #[read(with = Timestamp)]
        pub date_created: DateTime<Utc>,
        /// When the credential was last changed, in UTC, to the second.
        #[read(with = Timestamp)]
        pub date_updated: DateTime<Utc>,
        /// The absolute URL of the credential.
        pub url: String,
    }
}

crate::runtime::answered! {
    /// Where a page is among the others. See
    /// [paging](https://www.twilio.com/docs/usage/twilios-response#pagination).
    ///
    /// # Example
    ///
    /// ```
    /// # fn example(answer: twilio_push_credentials::conversations_v1::PageMeta) {
    /// println!("{:?}", answer.page);
    /// # }
    /// ```
    pub struct PageMeta {
        /// The index of this page, counted from 0.
        pub page: i64,
        /// How many credentials a page has at most, 1 to 100.
        pub page_size: i64,
        /// The absolute URL of the first page.
        pub first_page_url: String,
        /// The absolute URL of the page before. Null on the first page.
        pub previous_page_url: Option<String>,
        /// The absolute URL of this page.
        pub url: String,
        /// The absolute URL of the next page. Null on the last page.
        pub next_page_url: Option<String>,
        /// The property of the page that holds its items, `credentials`.
        pub key: String,
    }
}

/// A credential for the Apple Push Notification service (APNs): a certificate and the private
/// key that belongs to it. The two are easily swapped, so each has to begin with its own PEM
/// label.
///
/// # Example
///
/// ```
/// use twilio_push_credentials::conversations_v1::NewApnCredential;
///
/// # fn example(certificate: String, private_key: String) {
/// let form = NewApnCredential::new(certificate, private_key);
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct NewApnCredential {
    certificate: SecretString,
    private_key: SecretString,
    sandbox: Option<bool>,
}

impl NewApnCredential {
    /// One with everything that is required.
    ///
    /// * `certificate`: The certificate in PEM form, from its `-----BEGIN CERTIFICATE-----` line to
    ///   its `-----END CERTIFICATE-----` line. The text goes in as it is: not URL-encoded
    ///   beforehand, and without the "Bag Attributes" that `openssl pkcs12` writes above it. Must
    ///   match `^-----BEGIN CERTIFICATE-----`, which is checked before sending.
    /// * `private_key`: The private key in PEM form and not encrypted, from its `-----BEGIN PRIVATE
    ///   KEY-----` line (or `RSA PRIVATE KEY`, `EC PRIVATE KEY`) to its `-----END` line. The text
    ///   goes in as it is: not URL-encoded beforehand, and without "Bag Attributes". Must match
    ///   `^-----BEGIN (RSA |EC )?PRIVATE KEY-----`, which is checked before sending.
    ///
    /// # Example
    ///
    /// ```
    /// use twilio_push_credentials::conversations_v1::NewApnCredential;
    ///
    /// # fn example(certificate: String, private_key: String) {
    /// let form = NewApnCredential::new(certificate, private_key);
    /// # }
    /// ```
    #[must_use]
    pub fn new(
        certificate: impl Into<SecretString>,
        private_key: impl Into<SecretString>,
    ) -> Self {
        Self {
            certificate: certificate.into(),
            private_key: private_key.into(),
            sandbox: None,
        }
    }

    /// Whether notifications go to Apple's sandbox (true), which serves development builds, or to
    /// production (false).
    ///
    /// # Example
    ///
    /// ```
    /// use twilio_push_credentials::conversations_v1::NewApnCredential;
    ///
    /// # fn example(certificate: String, private_key: String) {
    /// let form = NewApnCredential::new(certificate, private_key).sandbox(true);
    /// # }
    /// ```
    #[must_use]
    pub fn sandbox(mut self, sandbox: bool) -> Self {
        self.sandbox = Some(sandbox);
        self
    }
}

impl NewApnCredential {
    const CERTIFICATE: Pattern = Pattern {
        source: "^-----BEGIN CERTIFICATE-----",
        alternatives: &[&[Part::Literal("-----BEGIN CERTIFICATE-----")]],
        whole: false,
    };

    const PRIVATE_KEY: Pattern = Pattern {
        source: "^-----BEGIN (RSA |EC )?PRIVATE KEY-----",
        alternatives: &[
            &[Part::Literal("-----BEGIN EC PRIVATE KEY-----")],
            &[Part::Literal("-----BEGIN RSA PRIVATE KEY-----")],
            &[Part::Literal("-----BEGIN PRIVATE KEY-----")],
        ],
        whole: false,
    };
}

impl FormBody for NewApnCredential {
    fn write(&self, parts: &mut Parts) {
        parts
            .form(
                "Certificate",
                &Rules::NONE.pattern(&Self::CERTIFICATE).of(&self.certificate),
            );
        parts
            .form(
                "PrivateKey",
                &Rules::NONE.pattern(&Self::PRIVATE_KEY).of(&self.private_key),
            );
        parts.form("Sandbox", &self.sandbox);
    }
}

/// A credential for Firebase Cloud Messaging (FCM).
///
/// # Example
///
/// ```
/// use twilio_push_credentials::conversations_v1::NewFcmCredential;
///
/// # fn example(secret: String) {
/// let form = NewFcmCredential::new(secret);
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct NewFcmCredential {
    secret: SecretString,
}

impl NewFcmCredential {
    /// One with everything that is required.
    ///
    /// * `secret`: The JSON text of a service account's key, from the Firebase console under
    ///   Project settings, Service accounts. The whole file goes in as it is. Twilio's reference
    ///   still speaks of a server key, which Google shut down in 2024.
    ///
    /// # Example
    ///
    /// ```
    /// use twilio_push_credentials::conversations_v1::NewFcmCredential;
    ///
    /// # fn example(secret: String) {
    /// let form = NewFcmCredential::new(secret);
    /// # }
    /// ```
    #[must_use]
    pub fn new(secret: impl Into<SecretString>) -> Self {
        Self { secret: secret.into() }
    }
}

impl FormBody for NewFcmCredential {
    fn write(&self, parts: &mut Parts) {
        parts.form("Secret", &self.secret);
    }
}

/// A credential for Google Cloud Messaging (GCM). Google has shut GCM down; use Firebase Cloud
/// Messaging for new apps.
///
/// # Example
///
/// ```
/// use twilio_push_credentials::conversations_v1::NewGcmCredential;
///
/// # fn example(api_key: String) {
/// let form = NewGcmCredential::new(api_key);
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct NewGcmCredential {
    api_key: SecretString,
}

impl NewGcmCredential {
    /// One with everything that is required.
    ///
    /// * `api_key`: The API key of the project, from the Google developer console.
    ///
    /// # Example
    ///
    /// ```
    /// use twilio_push_credentials::conversations_v1::NewGcmCredential;
    ///
    /// # fn example(api_key: String) {
    /// let form = NewGcmCredential::new(api_key);
    /// # }
    /// ```
    #[must_use]
    pub fn new(api_key: impl Into<SecretString>) -> Self {
        Self { api_key: api_key.into() }
    }
}

impl FormBody for NewGcmCredential {
    fn write(&self, parts: &mut Parts) {
        parts.form("ApiKey", &self.api_key);
    }
}

/// A credential to create: one of three kinds, told apart by `Type`. Each kind has secrets of
/// its own. Twilio's reference calls them optional, but answers status 400 with code
/// [20001](https://www.twilio.com/docs/errors/20001) when they are missing.
///
/// # Example
///
/// ```
/// use twilio_push_credentials::conversations_v1::NewCredential;
///
/// # fn example(certificate: String, private_key: String) {
/// let form: NewCredential = NewCredential::apn(certificate, private_key).into();
/// # }
/// ```
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum NewCredential {
    /// A credential for the Apple Push Notification service (APNs): a certificate and the private
    /// key that belongs to it. The two are easily swapped, so each has to begin with its own PEM
    /// label.
    Apn(NewApnCredential),
    /// A credential for Firebase Cloud Messaging (FCM).
    Fcm(NewFcmCredential),
    /// A credential for Google Cloud Messaging (GCM). Google has shut GCM down; use Firebase Cloud
    /// Messaging for new apps.
    Gcm(NewGcmCredential),
}

impl NewCredential {
    /// A credential for the Apple Push Notification service (APNs): a certificate and the private
    /// key that belongs to it. The two are easily swapped, so each has to begin with its own PEM
    /// label.
    ///
    /// * `certificate`: The certificate in PEM form, from its `-----BEGIN CERTIFICATE-----` line to
    ///   its `-----END CERTIFICATE-----` line. The text goes in as it is: not URL-encoded
    ///   beforehand, and without the "Bag Attributes" that `openssl pkcs12` writes above it. Must
    ///   match `^-----BEGIN CERTIFICATE-----`, which is checked before sending.
    /// * `private_key`: The private key in PEM form and not encrypted, from its `-----BEGIN PRIVATE
    ///   KEY-----` line (or `RSA PRIVATE KEY`, `EC PRIVATE KEY`) to its `-----END` line. The text
    ///   goes in as it is: not URL-encoded beforehand, and without "Bag Attributes". Must match
    ///   `^-----BEGIN (RSA |EC )?PRIVATE KEY-----`, which is checked before sending.
    ///
    /// # Example
    ///
    /// ```
    /// use twilio_push_credentials::conversations_v1::NewCredential;
    ///
    /// # fn example(certificate: String, private_key: String) {
    /// let form = NewCredential::apn(certificate, private_key);
    /// # }
    /// ```
    #[must_use]
    pub fn apn(
        certificate: impl Into<SecretString>,
        private_key: impl Into<SecretString>,
    ) -> NewApnCredential {
        NewApnCredential::new(certificate, private_key)
    }

    /// A credential for Firebase Cloud Messaging (FCM).
    ///
    /// * `secret`: The JSON text of a service account's key, from the Firebase console under
    ///   Project settings, Service accounts. The whole file goes in as it is. Twilio's reference
    ///   still speaks of a server key, which Google shut down in 2024.
    ///
    /// # Example
    ///
    /// ```
    /// use twilio_push_credentials::conversations_v1::NewCredential;
    ///
    /// # fn example(secret: String) {
    /// let form = NewCredential::fcm(secret);
    /// # }
    /// ```
    #[must_use]
    pub fn fcm(secret: impl Into<SecretString>) -> NewFcmCredential {
        NewFcmCredential::new(secret)
    }

    /// A credential for Google Cloud Messaging (GCM). Google has shut GCM down; use Firebase Cloud
    /// Messaging for new apps.
    ///
    /// * `api_key`: The API key of the project, from the Google developer console.
    ///
    /// # Example
    ///
    /// ```
    /// use twilio_push_credentials::conversations_v1::NewCredential;
    ///
    /// # fn example(api_key: String) {
    /// let form = NewCredential::gcm(api_key);
    /// # }
    /// ```
    #[must_use]
    pub fn gcm(api_key: impl Into<SecretString>) -> NewGcmCredential {
        NewGcmCredential::new(api_key)
    }
}

impl From<NewApnCredential> for NewCredential {
    fn from(form: NewApnCredential) -> Self {
        Self::Apn(form)
    }
}

impl From<NewFcmCredential> for NewCredential {
    fn from(form: NewFcmCredential) -> Self {
        Self::Fcm(form)
    }
}

impl From<NewGcmCredential> for NewCredential {
    fn from(form: NewGcmCredential) -> Self {
        Self::Gcm(form)
    }
}

impl FormBody for NewCredential {
    fn write(&self, parts: &mut Parts) {
        match self {
            Self::Apn(form) => {
                parts.form("Type", "apn");
                form.write(parts);
            }
            Self::Fcm(form) => {
                parts.form("Type", "fcm");
                form.write(parts);
            }
            Self::Gcm(form) => {
                parts.form("Type", "gcm");
                form.write(parts);
            }
        }
    }
}
