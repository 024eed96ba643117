//! A client as the generator writes it, of a small part of an API.

use crate::runtime::{
    Body, Call, Checked, Choice, Client, ClientBuilder, ErrorShape, Flag, FormBody, InlineStr,
    IntoChecked, Login, Media, Method, Operation, Optional, Page, PagedRequest, Part, Parts,
    Pattern, Read, Request, Rules, SecretString, Security, Server, ServerUrl, ServerVariable,
    Settings, Takes, Timestamp, narrowed,
};
use chrono::{DateTime, Utc};

pub(crate) static SERVER: Server = Server {
    name: "chat_v2",
    urls: &[
        ServerUrl {
            template: "https://chat.example.com",
            variables: &[],
        },
        ServerUrl {
            template: "https://chat.{region}.example.com/",
            variables: &[REGION],
        },
        ServerUrl {
            template: "https://chat.{edge}.{region}.example.com",
            variables: &[
                ServerVariable {
                    name: "edge",
                    default: "near",
                },
                REGION,
            ],
        },
    ],
};
pub(crate) static OTHER: Server = Server {
    name: "notify_v1",
    urls: &[ServerUrl {
        template: "https://notify.example.com",
        variables: &[],
    }],
};

const REGION: ServerVariable = ServerVariable {
    name: "region",
    default: "us1",
};

pub(crate) static SETTINGS: Settings = Settings {
    user_agent: "example/1.2.3",
    logins: &[
        Login {
            scheme: Security::Basic,
            kind: crate::runtime::BASIC,
            method: "account",
            user: "NO_SUCH_KEY",
            password: "NO_SUCH_SECRET",
        },
        // Cargo sets these two for every test.
        Login {
            scheme: Security::Basic,
            kind: crate::runtime::BASIC,
            method: "account",
            user: "CARGO_PKG_NAME",
            password: "CARGO_PKG_VERSION",
        },
    ],
    // Cargo sets this one as well.
    variables: &[Choice {
        name: "region",
        method: "region",
        takes: Takes::Label,
        environment: "CARGO_PKG_VERSION_MINOR",
    }],
    token_url: "https://oauth.example.com/v2/token",
    request_id_header: "twilio-request-id",
    errors: ErrorShape::DEFAULT,
    rate_limited_is_unprocessed: true,
};

impl Client {
    pub(crate) fn builder() -> ClientBuilder {
        ClientBuilder::new(&SETTINGS)
    }

    pub(crate) fn credentials(&self) -> Credentials {
        Credentials::new(self.clone())
    }
}

impl ClientBuilder {
    pub(crate) fn account(self, sid: impl Into<String>, token: impl Into<SecretString>) -> Self {
        self.with_basic(sid, token)
    }

    pub(crate) fn chat_v2_base_url(self, url: impl Into<String>) -> Self {
        self.base_url_of(&SERVER, url)
    }
}

crate::runtime::text_newtype! {
    /// The id of a credential.
    #[text("String")]
    pub(crate) struct CredentialSid(InlineStr<34>);

    const PATTERN: Pattern = Pattern {
        source: "^CR[0-9a-fA-F]{32}$",
        alternatives: &[&[Part::Literal("CR"), Part::Class("09afAF", 32, 32)]],
        whole: true,
    };
}

crate::runtime::open_enum! {
    /// The push service.
    #[open(UnknownValue, "String")]
    pub(crate) enum CredentialType {
        Gcm = "gcm",
        Apn = "apn",
        Fcm = "fcm",
    }
}

#[derive(Clone, Debug, PartialEq, serde::Deserialize)]
#[non_exhaustive]
pub(crate) struct Credential {
    pub(crate) sid: CredentialSid,
    #[serde(default)]
    pub(crate) friendly_name: Option<String>,
    #[serde(rename = "type")]
    pub(crate) type_: CredentialType,
    #[serde(
        default,
        deserialize_with = "crate::runtime::read::<_, Optional<Flag>>"
    )]
    pub(crate) sandbox: Option<bool>,
    #[serde(deserialize_with = "crate::runtime::read::<_, Timestamp>")]
    pub(crate) date_created: DateTime<Utc>,
}

#[derive(Clone, Debug, PartialEq, serde::Deserialize)]
pub(crate) struct PageMeta {
    #[serde(default)]
    next_page_url: Option<String>,
}

#[derive(Clone, Debug, PartialEq, serde::Deserialize)]
#[non_exhaustive]
pub(crate) struct CredentialPage {
    pub(crate) credentials: Vec<Credential>,
    pub(crate) meta: PageMeta,
}
impl Page for CredentialPage {
    type Item = Credential;

    fn items(&self) -> &[Credential] {
        &self.credentials
    }

    fn into_items(self) -> Vec<Credential> {
        self.credentials
    }

    fn next_url(&self) -> Option<&str> {
        self.meta.next_page_url.as_deref()
    }
}

#[derive(Clone, Debug)]
pub(crate) struct NewCredential {
    certificate: SecretString,
    private_key: SecretString,
    sandbox: Option<bool>,
}
impl NewCredential {
    pub(crate) fn apn(
        certificate: impl Into<SecretString>,
        private_key: impl Into<SecretString>,
    ) -> Self {
        Self {
            certificate: certificate.into(),
            private_key: private_key.into(),
            sandbox: None,
        }
    }

    pub(crate) fn sandbox(mut self, sandbox: bool) -> Self {
        self.sandbox = Some(sandbox);
        self
    }
}
static PRIVATE_KEY: Pattern = Pattern {
    source: "^-----BEGIN (RSA )?PRIVATE KEY-----",
    alternatives: &[
        &[Part::Literal("-----BEGIN PRIVATE KEY-----")],
        &[Part::Literal("-----BEGIN RSA PRIVATE KEY-----")],
    ],
    whole: false,
};
impl FormBody for NewCredential {
    fn write(&self, parts: &mut Parts) {
        parts.form("Type", "apn");
        parts.form("Certificate", &self.certificate);
        parts.form(
            "PrivateKey",
            &Rules::NONE.pattern(&PRIVATE_KEY).of(&self.private_key),
        );
        parts.form("Sandbox", &self.sandbox);
    }
}

#[derive(Clone, Debug)]
pub(crate) struct Credentials<C = Client> {
    client: C,
}
impl<C: Clone> Credentials<C> {
    pub(crate) fn new(client: C) -> Self {
        Self { client }
    }

    pub(crate) fn create(&self, credential: impl Into<NewCredential>) -> Create<C> {
        let request = CreateRequest {
            credential: credential.into(),
            friendly_name: None,
        };
        Call::new(self.client.clone(), request)
    }

    pub(crate) fn fetch(&self, sid: impl IntoChecked<CredentialSid>) -> Call<C, FetchRequest> {
        let request = FetchRequest { sid: sid.checked() };
        Call::new(self.client.clone(), request)
    }

    pub(crate) fn delete(&self, sid: impl IntoChecked<CredentialSid>) -> Call<C, DeleteRequest> {
        let request = DeleteRequest { sid: sid.checked() };
        Call::new(self.client.clone(), request)
    }

    pub(crate) fn list(&self) -> Call<C, ListRequest> {
        Call::new(self.client.clone(), ListRequest::default())
    }
}

pub(crate) type Create<C = Client> = Call<C, CreateRequest>;

#[derive(Clone, Debug)]
pub(crate) struct CreateRequest {
    credential: NewCredential,
    friendly_name: Option<String>,
}
impl<C> Call<C, CreateRequest> {
    pub(crate) fn friendly_name(self, friendly_name: impl Into<String>) -> Self {
        self.with(|request| request.friendly_name = Some(friendly_name.into()))
    }
}
impl Request for CreateRequest {
    type Output = Credential;

    const OPERATION: &'static Operation = &CREATE;

    fn write(&self, parts: &mut Parts) {
        parts.form_body(&self.credential);
        parts.form(
            "FriendlyName",
            &Rules::NONE.max_length(64).of(&self.friendly_name),
        );
    }

    const READ: Read<Credential> = Body::json;
}
static CREATE: Operation = Operation {
    id: "CreateCredential",
    method: Method::POST,
    path: "/v2/Credentials",
    server: &SERVER,
    security: &[&[Security::Basic]],
    body: Some(Media::Form),
};

#[derive(Clone, Debug)]
pub(crate) struct FetchRequest {
    sid: Checked<CredentialSid>,
}
impl Request for FetchRequest {
    type Output = Credential;

    const OPERATION: &'static Operation = &FETCH;

    fn write(&self, parts: &mut Parts) {
        parts.path("Sid", &self.sid);
    }

    const READ: Read<Credential> = Body::json;
}
static FETCH: Operation = Operation {
    id: "FetchCredential",
    method: Method::GET,
    path: "/v2/Credentials/{Sid}",
    server: &SERVER,
    security: &[&[Security::Basic]],
    body: None,
};

#[derive(Clone, Debug)]
pub(crate) struct DeleteRequest {
    sid: Checked<CredentialSid>,
}
impl Request for DeleteRequest {
    type Output = ();

    const OPERATION: &'static Operation = &DELETE;

    fn write(&self, parts: &mut Parts) {
        parts.path("Sid", &self.sid);
    }

    const READ: Read<()> = Body::empty;
}
static DELETE: Operation = Operation {
    id: "DeleteCredential",
    method: Method::DELETE,
    path: "/v2/Credentials/{Sid}",
    server: &SERVER,
    security: &[&[Security::Basic]],
    body: None,
};

#[derive(Clone, Debug, Default)]
pub(crate) struct ListRequest {
    page_size: Option<i64>,
}
impl<C> Call<C, ListRequest> {
    pub(crate) fn page_size(self, page_size: i64) -> Self {
        self.with(|request| request.page_size = Some(page_size))
    }
}
impl Request for ListRequest {
    type Output = CredentialPage;

    const OPERATION: &'static Operation = &LIST;

    fn write(&self, parts: &mut Parts) {
        parts.query("PageSize", &Rules::NONE.range(1, 1000).of(&self.page_size));
    }

    const READ: Read<CredentialPage> = Body::json;

    fn narrow(&mut self, limit: u64) {
        self.page_size = narrowed(self.page_size, limit, 1000);
    }
}
impl PagedRequest for ListRequest {}
static LIST: Operation = Operation {
    id: "ListCredential",
    method: Method::GET,
    path: "/v2/Credentials",
    server: &SERVER,
    security: &[&[Security::Basic]],
    body: None,
};
