// Generated from conversations_v1.yaml. Do not edit: change the document or the generator and generate again.

//! [`Credentials`] and its calls.

use crate::conversations_v1::types::{Credential, CredentialPage, NewCredential};
use crate::runtime::{
    Body, Call, Checked, Client, IntoChecked, Method, Operation, PagedRequest, Part,
    Parts, Pattern, Read, Request, Rules, SecretString, narrowed,
};
use crate::types::{CredentialSid, CredentialType};

crate::runtime::handle! {
    /// Stored secrets that let Twilio send push notifications through APNs, FCM or GCM.
    ///
    /// Cheap to clone; all clones share the client.
    ///
    /// # Example
    ///
    /// ```
    /// # fn example(client: twilio_push_credentials::Client) {
    /// let credentials = client.conversations_v1().credentials();
    /// # }
    /// ```
    pub struct Credentials<C = Client>;
}

impl<C: Clone> Credentials<C> {
    /// Reads the credentials of the account, a page at a time.
    ///
    /// A page has 50 credentials unless `PageSize` says otherwise. It names the one after it in its
    /// `meta`, as `next_page_url`, which is null on the last page. `Page` and `PageToken` come from
    /// there; they cannot be computed.
    ///
    /// `send` reads one page. `stream` reads the items of all pages, and asks for a page when its
    /// first item is wanted.
    ///
    /// More: <https://www.twilio.com/docs/conversations-classic/api/credential-resource#read-multiple-credential-resources>
    ///
    /// # Errors
    ///
    /// The call fails when a value is not allowed (nothing is sent then), when there is no answer,
    /// and with
    ///
    /// * status 400: `PageSize` is more than 100: code
    ///   [20007](https://www.twilio.com/docs/errors/20007). Any other parameter that has a value
    ///   that is not allowed: code [20001](https://www.twilio.com/docs/errors/20001).
    /// * status 401: The user or the password is wrong or missing: code
    ///   [20003](https://www.twilio.com/docs/errors/20003).
    /// * status 429: Too many requests at the same time: code
    ///   [20429](https://www.twilio.com/docs/errors/20429). The request was not processed, so
    ///   sending it again after a pause is always safe.
    ///
    /// # Example
    ///
    /// ```
    /// # async fn example(credentials: twilio_push_credentials::conversations_v1::credentials::Credentials) -> Result<(), twilio_push_credentials::Error> {
    /// let mut items = credentials.list().stream();
    /// while let Some(item) = items.next().await {
    ///     let item = item?;
    ///     println!("{item:?}");
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn list(&self) -> Call<C, ListRequest> {
        self.begin(ListRequest::default())
    }

    /// Creates a credential for one push service.
    ///
    /// Which secrets belong to it depends on the push service: APNs takes a certificate and its
    /// private key, FCM a service account, GCM an API key. Twilio's reference calls all of them
    /// optional, yet without them the answer is status 400 with code
    /// [20001](https://www.twilio.com/docs/errors/20001).
    ///
    /// Twilio has no idempotency key for this resource. A request whose answer was lost may have
    /// created a credential: list the credentials before sending it again.
    ///
    /// * `credential`: A credential to create: one of three kinds, told apart by `Type`. Each kind
    ///   has secrets of its own. Twilio's reference calls them optional, but answers status 400
    ///   with code [20001](https://www.twilio.com/docs/errors/20001) when they are missing.
    ///
    /// More: <https://www.twilio.com/docs/conversations-classic/api/credential-resource#create-a-credential-resource>
    ///
    /// # Errors
    ///
    /// The call fails when a value is not allowed (nothing is sent then), when there is no answer,
    /// and with
    ///
    /// * status 400: A parameter is missing or has a value that is not allowed, for example a push
    ///   service without its secret: code [20001](https://www.twilio.com/docs/errors/20001).
    /// * status 401: The user or the password is wrong or missing: code
    ///   [20003](https://www.twilio.com/docs/errors/20003).
    /// * status 429: Too many requests at the same time: code
    ///   [20429](https://www.twilio.com/docs/errors/20429). The request was not processed, so
    ///   sending it again after a pause is always safe.
    ///
    /// # Example
    ///
    /// ```
    /// use twilio_push_credentials::conversations_v1::NewCredential;
    ///
    /// # async fn example(certificate: String, private_key: String, credentials: twilio_push_credentials::conversations_v1::credentials::Credentials) -> Result<(), twilio_push_credentials::Error> {
    /// let answer = credentials
    ///     .create(NewCredential::apn(certificate, private_key))
    ///     .send()
    ///     .await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn create(
        &self,
        credential: impl Into<NewCredential>,
    ) -> Call<C, CreateRequest> {
        self.begin(CreateRequest {
            credential: credential.into(),
            friendly_name: None,
        })
    }

    /// Fetches one credential.
    ///
    /// The secrets of a credential are not part of the answer: they can be replaced, but never
    /// read.
    ///
    /// * `sid`: The SID of the credential, `CR` and 32 hexadecimal digits.
    ///
    /// More: <https://www.twilio.com/docs/conversations-classic/api/credential-resource#fetch-a-credential-resource>
    ///
    /// # Errors
    ///
    /// The call fails when a value is not allowed (nothing is sent then), when there is no answer,
    /// and with
    ///
    /// * status 401: The user or the password is wrong or missing: code
    ///   [20003](https://www.twilio.com/docs/errors/20003).
    /// * status 404: The account has no credential with this SID: code
    ///   [20404](https://www.twilio.com/docs/errors/20404).
    /// * status 429: Too many requests at the same time: code
    ///   [20429](https://www.twilio.com/docs/errors/20429). The request was not processed, so
    ///   sending it again after a pause is always safe.
    ///
    /// # Example
    ///
    /// ```
    /// # async fn example(credentials: twilio_push_credentials::conversations_v1::credentials::Credentials) -> Result<(), twilio_push_credentials::Error> {
    /// let answer = credentials.fetch("CRaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa").send().await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn fetch(&self, sid: impl IntoChecked<CredentialSid>) -> Call<C, FetchRequest> {
        self.begin(FetchRequest { sid: sid.checked() })
    }

    /// Changes a credential's name, secrets or push service.
    ///
    /// What is not sent stays as it is. Send only what belongs to the credential's push service:
    /// `Certificate`, `PrivateKey` and `Sandbox` to an APNs credential, `Secret` to an FCM one,
    /// `ApiKey` to a GCM one, `FriendlyName` to any.
    ///
    /// `Type` moves a credential to another push service. Twilio's reference does not say what
    /// becomes of the old secrets, so send those of the new push service in the same request.
    ///
    /// * `sid`: The SID of the credential, `CR` and 32 hexadecimal digits.
    ///
    /// More: <https://www.twilio.com/docs/conversations-classic/api/credential-resource#update-a-credential-resource>
    ///
    /// # Errors
    ///
    /// The call fails when a value is not allowed (nothing is sent then), when there is no answer,
    /// and with
    ///
    /// * status 400: A parameter is missing or has a value that is not allowed, for example a push
    ///   service without its secret: code [20001](https://www.twilio.com/docs/errors/20001).
    /// * status 401: The user or the password is wrong or missing: code
    ///   [20003](https://www.twilio.com/docs/errors/20003).
    /// * status 404: The account has no credential with this SID: code
    ///   [20404](https://www.twilio.com/docs/errors/20404).
    /// * status 429: Too many requests at the same time: code
    ///   [20429](https://www.twilio.com/docs/errors/20429). The request was not processed, so
    ///   sending it again after a pause is always safe.
    ///
    /// # Example
    ///
    /// ```
    /// # async fn example(credentials: twilio_push_credentials::conversations_v1::credentials::Credentials) -> Result<(), twilio_push_credentials::Error> {
    /// let answer = credentials.update("CRaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa").send().await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn update(
        &self,
        sid: impl IntoChecked<CredentialSid>,
    ) -> Call<C, UpdateRequest> {
        self.begin(UpdateRequest {
            sid: sid.checked(),
            ..Default::default()
        })
    }

    /// Deletes a credential and every registration made with it.
    ///
    /// Devices that registered for push notifications through the credential get none until they
    /// register again with another one. There is no way back.
    ///
    /// A second deletion answers 404, so a 404 to a repeated request may mean that the first one
    /// succeeded.
    ///
    /// * `sid`: The SID of the credential, `CR` and 32 hexadecimal digits.
    ///
    /// More: <https://www.twilio.com/docs/conversations-classic/api/credential-resource#delete-a-credential-resource>
    ///
    /// # Errors
    ///
    /// The call fails when a value is not allowed (nothing is sent then), when there is no answer,
    /// and with
    ///
    /// * status 401: The user or the password is wrong or missing: code
    ///   [20003](https://www.twilio.com/docs/errors/20003).
    /// * status 404: The account has no credential with this SID: code
    ///   [20404](https://www.twilio.com/docs/errors/20404).
    /// * status 429: Too many requests at the same time: code
    ///   [20429](https://www.twilio.com/docs/errors/20429). The request was not processed, so
    ///   sending it again after a pause is always safe.
    ///
    /// # Example
    ///
    /// ```
    /// # async fn example(credentials: twilio_push_credentials::conversations_v1::credentials::Credentials) -> Result<(), twilio_push_credentials::Error> {
    /// credentials.delete("CRaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa").send().await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn delete(
        &self,
        sid: impl IntoChecked<CredentialSid>,
    ) -> Call<C, DeleteRequest> {
        self.begin(DeleteRequest {
            sid: sid.checked(),
        })
    }
}

/// What a call of [`Credentials::list`] sends.
///
/// # Example
///
/// ```
/// use twilio_push_credentials::conversations_v1::credentials::ListRequest;
/// use twilio_push_credentials::{Call, Client};
///
/// # fn example() {
/// struct Waiting {
///     calls: Vec<Call<Client, ListRequest>>,
/// }
/// # }
/// ```
#[derive(Clone, Debug, Default)]
pub struct ListRequest {
    page_size: Option<i64>,
    page: Option<i64>,
    page_token: Option<String>,
}

impl<C> Call<C, ListRequest> {
    /// How many credentials a page has at most: 1 to 100, 50 if not given. More than 100 is refused
    /// with status 400 and code [20007](https://www.twilio.com/docs/errors/20007).
    ///
    /// From 1 to 100. Default: 50.
    ///
    /// # Example
    ///
    /// ```
    /// # fn example(credentials: twilio_push_credentials::conversations_v1::credentials::Credentials) {
    /// let call = credentials.list().page_size(100);
    /// # }
    /// ```
    pub fn page_size(self, page_size: i64) -> Self {
        self.with(|r| r.page_size = Some(page_size))
    }

    /// The index of the page, counted from 0. It only labels the page: what decides where a page
    /// starts is `PageToken`, and both come from the `next_page_url` of the page before.
    ///
    /// At least 0.
    ///
    /// # Example
    ///
    /// ```
    /// # fn example(credentials: twilio_push_credentials::conversations_v1::credentials::Credentials) {
    /// let call = credentials.list().page(0);
    /// # }
    /// ```
    pub fn page(self, page: i64) -> Self {
        self.with(|r| r.page = Some(page))
    }

    /// Where the page starts, in a form that only Twilio can read. It comes from the
    /// `next_page_url` of the page before.
    ///
    /// # Example
    ///
    /// ```
    /// # fn example(credentials: twilio_push_credentials::conversations_v1::credentials::Credentials) {
    /// let call = credentials.list().page_token("page token");
    /// # }
    /// ```
    pub fn page_token(self, page_token: impl Into<String>) -> Self {
        self.with(|r| r.page_token = Some(page_token.into()))
    }
}

impl Request for ListRequest {
    type Output = CredentialPage;
    const READ: Read<Self::Output> = Body::json;
    const OPERATION: &'static Operation = &Operation {
        id: "ListCredentials",
        path: "/v1/Credentials",
        ..super::OPERATION
    };

    fn write(&self, parts: &mut Parts) {
        parts.query("PageSize", &Rules::NONE.range(1, 100).of(&self.page_size));
        parts.query("Page", &Rules::NONE.range(0, i64::MAX).of(&self.page));
        parts.query("PageToken", &self.page_token);
    }

    fn narrow(&mut self, limit: u64) {
        self.page_size = narrowed(self.page_size, limit, 100);
    }
}

impl PagedRequest for ListRequest {}

/// What a call of [`Credentials::create`] sends.
///
/// # Example
///
/// ```
/// use twilio_push_credentials::conversations_v1::credentials::CreateRequest;
/// use twilio_push_credentials::{Call, Client};
///
/// # fn example() {
/// struct Waiting {
///     calls: Vec<Call<Client, CreateRequest>>,
/// }
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct CreateRequest {
    credential: NewCredential,
    friendly_name: Option<String>,
}

impl<C> Call<C, CreateRequest> {
    /// A name for the credential, for people to recognise it by. At most 64 characters.
    ///
    /// # Example
    ///
    /// ```
    /// use twilio_push_credentials::conversations_v1::NewCredential;
    ///
    /// # fn example(certificate: String, private_key: String, credentials: twilio_push_credentials::conversations_v1::credentials::Credentials) {
    /// let call = credentials
    ///     .create(NewCredential::apn(certificate, private_key))
    ///     .friendly_name("friendly name");
    /// # }
    /// ```
    pub fn friendly_name(self, friendly_name: impl Into<String>) -> Self {
        self.with(|r| r.friendly_name = Some(friendly_name.into()))
    }
}

impl Request for CreateRequest {
    type Output = Credential;
    const READ: Read<Self::Output> = Body::json;
    const OPERATION: &'static Operation = &Operation {
        id: "CreateCredential",
        method: Method::POST,
        path: "/v1/Credentials",
        body: Some(crate::runtime::Media::Form),
        ..super::OPERATION
    };

    fn write(&self, parts: &mut Parts) {
        parts.form_body(&self.credential);
        parts.form("FriendlyName", &Rules::NONE.max_length(64).of(&self.friendly_name));
    }
}

/// What a call of [`Credentials::fetch`] sends.
///
/// # Example
///
/// ```
/// use twilio_push_credentials::conversations_v1::credentials::FetchRequest;
/// use twilio_push_credentials::{Call, Client};
///
/// # fn example() {
/// struct Waiting {
///     calls: Vec<Call<Client, FetchRequest>>,
/// }
/// # }
/// ```
#[derive(Clone, Debug, Default)]
pub struct FetchRequest {
    sid: Checked<CredentialSid>,
}

impl Request for FetchRequest {
    type Output = Credential;
    const READ: Read<Self::Output> = Body::json;
    const OPERATION: &'static Operation = &Operation {
        id: "FetchCredential",
        path: "/v1/Credentials/{Sid}",
        ..super::OPERATION
    };

    fn write(&self, parts: &mut Parts) {
        parts.path("Sid", &self.sid);
    }
}

/// What a call of [`Credentials::update`] sends.
///
/// # Example
///
/// ```
/// use twilio_push_credentials::conversations_v1::credentials::UpdateRequest;
/// use twilio_push_credentials::{Call, Client};
///
/// # fn example() {
/// struct Waiting {
///     calls: Vec<Call<Client, UpdateRequest>>,
/// }
/// # }
/// ```
#[derive(Clone, Debug, Default)]
pub struct UpdateRequest {
    sid: Checked<CredentialSid>,
    type_: Option<CredentialType>,
    friendly_name: Option<String>,
    certificate: Option<SecretString>,
    private_key: Option<SecretString>,
    sandbox: Option<bool>,
    api_key: Option<SecretString>,
    secret: Option<SecretString>,
}

impl<C> Call<C, UpdateRequest> {
    /// The push service that the credential is for from now on. The secrets of that push service
    /// belong to the same request.
    ///
    /// # Example
    ///
    /// ```
    /// use twilio_push_credentials::CredentialType;
    ///
    /// # fn example(credentials: twilio_push_credentials::conversations_v1::credentials::Credentials) {
    /// let call = credentials
    ///     .update("CRaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")
    ///     .type_(CredentialType::Gcm);
    /// # }
    /// ```
    pub fn type_(self, type_: impl Into<CredentialType>) -> Self {
        self.with(|r| r.type_ = Some(type_.into()))
    }

    /// Another name for the credential. At most 64 characters.
    ///
    /// # Example
    ///
    /// ```
    /// # fn example(credentials: twilio_push_credentials::conversations_v1::credentials::Credentials) {
    /// let call = credentials
    ///     .update("CRaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")
    ///     .friendly_name("friendly name");
    /// # }
    /// ```
    pub fn friendly_name(self, friendly_name: impl Into<String>) -> Self {
        self.with(|r| r.friendly_name = Some(friendly_name.into()))
    }

    /// For APNs: another certificate in PEM form, from its `-----BEGIN CERTIFICATE-----` line to
    /// its `-----END CERTIFICATE-----` line. The text goes in as it is: not URL-encoded beforehand,
    /// and without "Bag Attributes".
    ///
    /// Must match `^-----BEGIN CERTIFICATE-----`, which is checked before sending.
    ///
    /// # Example
    ///
    /// ```
    /// # fn example(credentials: twilio_push_credentials::conversations_v1::credentials::Credentials, certificate: String) {
    /// let call = credentials
    ///     .update("CRaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")
    ///     .certificate(certificate);
    /// # }
    /// ```
    pub fn certificate(self, certificate: impl Into<SecretString>) -> Self {
        self.with(|r| r.certificate = Some(certificate.into()))
    }

    /// For APNs: the private key of the certificate in PEM form and not encrypted, from its
    /// `-----BEGIN PRIVATE KEY-----` line (or `RSA PRIVATE KEY`, `EC PRIVATE KEY`) to its
    /// `-----END` line. The text goes in as it is: not URL-encoded beforehand, and without "Bag
    /// Attributes".
    ///
    /// Must match `^-----BEGIN (RSA |EC )?PRIVATE KEY-----`, which is checked before sending.
    ///
    /// # Example
    ///
    /// ```
    /// # fn example(credentials: twilio_push_credentials::conversations_v1::credentials::Credentials, private_key: String) {
    /// let call = credentials
    ///     .update("CRaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")
    ///     .private_key(private_key);
    /// # }
    /// ```
    pub fn private_key(self, private_key: impl Into<SecretString>) -> Self {
        self.with(|r| r.private_key = Some(private_key.into()))
    }

    /// For APNs: whether notifications go to Apple's sandbox (true), which serves development
    /// builds, or to production (false).
    ///
    /// # Example
    ///
    /// ```
    /// # fn example(credentials: twilio_push_credentials::conversations_v1::credentials::Credentials) {
    /// let call = credentials.update("CRaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa").sandbox(true);
    /// # }
    /// ```
    pub fn sandbox(self, sandbox: bool) -> Self {
        self.with(|r| r.sandbox = Some(sandbox))
    }

    /// For GCM: another API key of the project, from the Google developer console.
    ///
    /// # Example
    ///
    /// ```
    /// # fn example(credentials: twilio_push_credentials::conversations_v1::credentials::Credentials, api_key: String) {
    /// let call = credentials.update("CRaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa").api_key(api_key);
    /// # }
    /// ```
    pub fn api_key(self, api_key: impl Into<SecretString>) -> Self {
        self.with(|r| r.api_key = Some(api_key.into()))
    }

    /// For FCM: the JSON text of another service account's key, as it is in the file from the
    /// Firebase console.
    ///
    /// # Example
    ///
    /// ```
    /// # fn example(credentials: twilio_push_credentials::conversations_v1::credentials::Credentials, secret: String) {
    /// let call = credentials.update("CRaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa").secret(secret);
    /// # }
    /// ```
    pub fn secret(self, secret: impl Into<SecretString>) -> Self {
        self.with(|r| r.secret = Some(secret.into()))
    }
}

impl UpdateRequest {
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

impl Request for UpdateRequest {
    type Output = Credential;
    const READ: Read<Self::Output> = Body::json;
    const OPERATION: &'static Operation = &Operation {
        id: "UpdateCredential",
        method: Method::POST,
        path: "/v1/Credentials/{Sid}",
        body: Some(crate::runtime::Media::Form),
        ..super::OPERATION
    };

    fn write(&self, parts: &mut Parts) {
        parts.path("Sid", &self.sid);
        parts.form("Type", &self.type_);
        parts.form("FriendlyName", &Rules::NONE.max_length(64).of(&self.friendly_name));
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
        parts.form("ApiKey", &self.api_key);
        parts.form("Secret", &self.secret);
    }
}

/// What a call of [`Credentials::delete`] sends.
///
/// # Example
///
/// ```
/// use twilio_push_credentials::conversations_v1::credentials::DeleteRequest;
/// use twilio_push_credentials::{Call, Client};
///
/// # fn example() {
/// struct Waiting {
///     calls: Vec<Call<Client, DeleteRequest>>,
/// }
/// # }
/// ```
#[derive(Clone, Debug, Default)]
pub struct DeleteRequest {
    sid: Checked<CredentialSid>,
}

impl Request for DeleteRequest {
    type Output = ();
    const READ: Read<Self::Output> = Body::empty;
    const OPERATION: &'static Operation = &Operation {
        id: "DeleteCredential",
        method: Method::DELETE,
        path: "/v1/Credentials/{Sid}",
        ..super::OPERATION
    };

    fn write(&self, parts: &mut Parts) {
        parts.path("Sid", &self.sid);
    }
}
