// Generated from chat_v1.yaml. Do not edit: change the document or the generator and generate again.

//! The examples of the document for [`Credentials`](crate::chat_v1::credentials::Credentials),
//! and what a server for tests has of it.

use crate::chat_v1::types::{Credential, CredentialPage};
use crate::runtime::{Error, Request};
use crate::chat_v1;
use crate::runtime::testing::{
    Action, As, Collection, Field, Kind, Label, Listing, PageSize, Route, Serial,
};

/// The collection `/v1/Credentials`.
///
/// # Example
///
/// ```
/// use twilio_push_credentials::testing::{Server, chat_v1::credentials};
///
/// let server = Server::start()?;
/// let ids = server.seed(&credentials::collection(), 3);
/// assert_eq!(ids.len(), 3);
/// # Ok::<(), std::io::Error>(())
/// ```
pub fn collection() -> Collection {
    Collection::new(&super::API, "/v1/Credentials")
}

/// An answer to [`list`](crate::chat_v1::credentials::Credentials::list), as the document shows
/// it.
///
/// # Errors
///
/// The example contradicts the types: a mistake of the document, which the tests of this crate
/// tell as well.
///
/// ```
/// let example = twilio_push_credentials::testing::chat_v1::credentials::list_one_page()?;
/// # Ok::<(), twilio_push_credentials::Error>(())
/// ```
pub fn list_one_page() -> Result<CredentialPage, Error> {
    crate::runtime::testing::example(LIST_ONE_PAGE)
}

const LIST_ONE_PAGE: &str = r#"{"credentials":[{"sid":"CRaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa","account_sid":"ACaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa","friendly_name":"iPhone app, production","type":"apn","sandbox":"False","date_created":"2015-10-07T17:50:01Z","date_updated":"2015-10-07T17:50:01Z","url":"https://chat.twilio.com/v1/Credentials/CRaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}],"meta":{"page":0,"page_size":50,"first_page_url":"https://chat.twilio.com/v1/Credentials?PageSize=50&Page=0","previous_page_url":null,"url":"https://chat.twilio.com/v1/Credentials?PageSize=50&Page=0","next_page_url":null,"key":"credentials"}}"#;

/// An answer to [`list`](crate::chat_v1::credentials::Credentials::list), as the document shows
/// it.
///
/// # Errors
///
/// The example contradicts the types: a mistake of the document, which the tests of this crate
/// tell as well.
///
/// ```
/// let example = twilio_push_credentials::testing::chat_v1::credentials::list_middle_page()?;
/// # Ok::<(), twilio_push_credentials::Error>(())
/// ```
pub fn list_middle_page() -> Result<CredentialPage, Error> {
    crate::runtime::testing::example(LIST_MIDDLE_PAGE)
}

const LIST_MIDDLE_PAGE: &str = r#"{"credentials":[{"sid":"CRbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb","account_sid":"ACaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa","friendly_name":null,"type":"fcm","sandbox":null,"date_created":"2015-10-07T17:50:01Z","date_updated":"2015-10-08T09:00:00Z","url":"https://chat.twilio.com/v1/Credentials/CRbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"}],"meta":{"page":1,"page_size":1,"first_page_url":"https://chat.twilio.com/v1/Credentials?PageSize=1&Page=0","previous_page_url":"https://chat.twilio.com/v1/Credentials?PageSize=1&Page=0&PageToken=PBCRbbbbbbbb","url":"https://chat.twilio.com/v1/Credentials?PageSize=1&Page=1&PageToken=PACRaaaaaaaa","next_page_url":"https://chat.twilio.com/v1/Credentials?PageSize=1&Page=2&PageToken=PACRbbbbbbbb","key":"credentials"}}"#;

/// An answer to [`list`](crate::chat_v1::credentials::Credentials::list), as the document shows
/// it.
///
/// # Errors
///
/// The example contradicts the types: a mistake of the document, which the tests of this crate
/// tell as well.
///
/// ```
/// let example = twilio_push_credentials::testing::chat_v1::credentials::list_empty()?;
/// # Ok::<(), twilio_push_credentials::Error>(())
/// ```
pub fn list_empty() -> Result<CredentialPage, Error> {
    crate::runtime::testing::example(LIST_EMPTY)
}

const LIST_EMPTY: &str = r#"{"credentials":[],"meta":{"page":0,"page_size":50,"first_page_url":"https://chat.twilio.com/v1/Credentials?PageSize=50&Page=0","previous_page_url":null,"url":"https://chat.twilio.com/v1/Credentials?PageSize=50&Page=0","next_page_url":null,"key":"credentials"}}"#;

/// What [`create`](crate::chat_v1::credentials::Credentials::create) sends, as the document
/// shows it.
///
/// ```
/// let example = twilio_push_credentials::testing::chat_v1::credentials::create_apn_credential();
/// ```
#[must_use]
pub fn create_apn_credential() -> chat_v1::NewApnCredential {
    chat_v1::NewCredential::apn(
            "-----BEGIN CERTIFICATE-----\nbm90IGEgcmVhbCBjZXJ0aWZpY2F0ZQ==\n-----END CERTIFICATE-----\n",
            "-----BEGIN PRIVATE KEY-----\nbm90IGEgcmVhbCBwcml2YXRlIGtleQ==\n-----END PRIVATE KEY-----\n",
        )
        .sandbox(true)
}

/// What [`create`](crate::chat_v1::credentials::Credentials::create) sends, as the document
/// shows it.
///
/// ```
/// let example = twilio_push_credentials::testing::chat_v1::credentials::create_fcm_credential();
/// ```
#[must_use]
pub fn create_fcm_credential() -> chat_v1::NewFcmCredential {
    chat_v1::NewCredential::fcm(
        r#"{"type":"service_account","project_id":"made-up-project"}"#,
    )
}

/// What [`create`](crate::chat_v1::credentials::Credentials::create) sends, as the document
/// shows it.
///
/// ```
/// let example = twilio_push_credentials::testing::chat_v1::credentials::create_gcm_credential();
/// ```
#[must_use]
pub fn create_gcm_credential() -> chat_v1::NewGcmCredential {
    chat_v1::NewCredential::gcm("made-up-api-key")
}

/// An answer to [`create`](crate::chat_v1::credentials::Credentials::create), as the document
/// shows it.
///
/// # Errors
///
/// The example contradicts the types: a mistake of the document, which the tests of this crate
/// tell as well.
///
/// ```
/// let example = twilio_push_credentials::testing::chat_v1::credentials::create_apn()?;
/// # Ok::<(), twilio_push_credentials::Error>(())
/// ```
pub fn create_apn() -> Result<Credential, Error> {
    crate::runtime::testing::example(CREATE_APN)
}

const CREATE_APN: &str = r#"{"sid":"CRaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa","account_sid":"ACaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa","friendly_name":"iPhone app, development","type":"apn","sandbox":"True","date_created":"2015-10-07T17:50:01Z","date_updated":"2015-10-07T17:50:01Z","url":"https://chat.twilio.com/v1/Credentials/CRaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}"#;

/// An answer to [`fetch`](crate::chat_v1::credentials::Credentials::fetch), as the document
/// shows it.
///
/// # Errors
///
/// The example contradicts the types: a mistake of the document, which the tests of this crate
/// tell as well.
///
/// ```
/// let example = twilio_push_credentials::testing::chat_v1::credentials::fetch_apn()?;
/// # Ok::<(), twilio_push_credentials::Error>(())
/// ```
pub fn fetch_apn() -> Result<Credential, Error> {
    crate::runtime::testing::example(FETCH_APN)
}

const FETCH_APN: &str = r#"{"sid":"CRaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa","account_sid":"ACaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa","friendly_name":"iPhone app, production","type":"apn","sandbox":"False","date_created":"2015-10-07T17:50:01Z","date_updated":"2015-10-07T17:50:01Z","url":"https://chat.twilio.com/v1/Credentials/CRaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}"#;

/// An answer to [`fetch`](crate::chat_v1::credentials::Credentials::fetch), as the document
/// shows it.
///
/// # Errors
///
/// The example contradicts the types: a mistake of the document, which the tests of this crate
/// tell as well.
///
/// ```
/// let example = twilio_push_credentials::testing::chat_v1::credentials::fetch_fcm()?;
/// # Ok::<(), twilio_push_credentials::Error>(())
/// ```
pub fn fetch_fcm() -> Result<Credential, Error> {
    crate::runtime::testing::example(FETCH_FCM)
}

const FETCH_FCM: &str = r#"{"sid":"CRbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb","account_sid":"ACaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa","friendly_name":null,"type":"fcm","sandbox":null,"date_created":"2015-10-07T17:50:01Z","date_updated":"2015-10-07T17:50:01Z","url":"https://chat.twilio.com/v1/Credentials/CRbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"}"#;

/// An answer to [`update`](crate::chat_v1::credentials::Credentials::update), as the document
/// shows it.
///
/// # Errors
///
/// The example contradicts the types: a mistake of the document, which the tests of this crate
/// tell as well.
///
/// ```
/// let example = twilio_push_credentials::testing::chat_v1::credentials::update_renamed()?;
/// # Ok::<(), twilio_push_credentials::Error>(())
/// ```
pub fn update_renamed() -> Result<Credential, Error> {
    crate::runtime::testing::example(UPDATE_RENAMED)
}

const UPDATE_RENAMED: &str = r#"{"sid":"CRaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa","account_sid":"ACaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa","friendly_name":"iPhone app, production","type":"apn","sandbox":"False","date_created":"2015-10-07T17:50:01Z","date_updated":"2015-10-08T09:00:00Z","url":"https://chat.twilio.com/v1/Credentials/CRaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}"#;

pub(super) static KINDS: &[Kind] = &[
    Kind {
        collection: "/v1/Credentials",
        id: "sid",
        serial: Serial::Text {
            before: "CR",
            digits: "0123456789abcdef",
            length: 32,
            after: "",
        },
    },
];

pub(super) static ROUTES: &[Route] = &[
    Route {
        operation: <crate::chat_v1::credentials::ListRequest as Request>::OPERATION,
        action: Action::List(
            &Listing {
                items: "credentials",
                next: &["meta", "next_page_url"],
                size: Some(PageSize {
                    name: "PageSize",
                    default: 50,
                    most: 1000,
                }),
                number: ("Page", 0),
                token: "PageToken",
                labels: &[
                    (&["meta", "page"], Label::Number),
                    (&["meta", "page_size"], Label::Size),
                    (&["meta", "first_page_url"], Label::First),
                    (&["meta", "previous_page_url"], Label::Previous),
                    (&["meta", "url"], Label::This),
                ],
            },
        ),
        status: 200,
        collection: "/v1/Credentials",
        fields: &[
            Field::plain("PageSize"),
            Field::plain("Page"),
            Field::plain("PageToken"),
        ],
        examples: &[LIST_ONE_PAGE, LIST_MIDDLE_PAGE, LIST_EMPTY],
        errors: &[
            (
                400,
                r#"{"code":20007,"message":"Page size is too large","more_info":"https://www.twilio.com/docs/errors/20007","status":400}"#,
            ),
        ],
    },
    Route {
        operation: <crate::chat_v1::credentials::CreateRequest as Request>::OPERATION,
        action: Action::Create,
        status: 201,
        collection: "/v1/Credentials",
        fields: &[
            Field::stored("Type", "type", As::Text),
            Field::secret("Certificate"),
            Field::secret("PrivateKey"),
            Field::stored("Sandbox", "sandbox", As::Flag).nullable(),
            Field::secret("Secret"),
            Field::secret("ApiKey"),
            Field::stored("FriendlyName", "friendly_name", As::Text).nullable(),
        ],
        examples: &[CREATE_APN],
        errors: &[],
    },
    Route {
        operation: <crate::chat_v1::credentials::FetchRequest as Request>::OPERATION,
        action: Action::Fetch,
        status: 200,
        collection: "/v1/Credentials",
        fields: &[],
        examples: &[FETCH_APN, FETCH_FCM],
        errors: &[],
    },
    Route {
        operation: <crate::chat_v1::credentials::UpdateRequest as Request>::OPERATION,
        action: Action::Update,
        status: 200,
        collection: "/v1/Credentials",
        fields: &[
            Field::stored("FriendlyName", "friendly_name", As::Text).nullable(),
            Field::secret("Certificate"),
            Field::secret("PrivateKey"),
            Field::stored("Sandbox", "sandbox", As::Flag).nullable(),
            Field::secret("ApiKey"),
            Field::secret("Secret"),
        ],
        examples: &[UPDATE_RENAMED],
        errors: &[],
    },
    Route {
        operation: <crate::chat_v1::credentials::DeleteRequest as Request>::OPERATION,
        action: Action::Delete,
        status: 204,
        collection: "/v1/Credentials",
        fields: &[],
        examples: &[],
        errors: &[],
    },
];
