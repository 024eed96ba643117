// Generated. Do not edit: change the document or the generator and generate again.

//! Types that several versions of the API share.

use crate::runtime::{InlineStr, Part, Pattern};

/// The SID of a credential: Twilio's unique name for it, `CR` and 32 hexadecimal digits. See
/// [SIDs](https://www.twilio.com/docs/glossary/what-is-a-sid).
///
/// It has the form `^CR[0-9a-fA-F]{32}$`.
///
/// Made from text with `parse` or `try_from`, which refuse text of another form. A value that
/// the API answers is kept as it is; `is_valid` tells whether it has the form.
///
/// # Example
///
/// ```
/// use twilio_push_credentials::CredentialSid;
///
/// # fn example() {
/// let has_form = CredentialSid::try_from("CRaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")
///     .is_ok_and(|value| value.is_valid());
/// # }
/// ```
#[derive(Clone, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct CredentialSid(InlineStr<34>);

impl CredentialSid {
    const PATTERN: Pattern = Pattern {
        source: "^CR[0-9a-fA-F]{32}$",
        alternatives: &[&[Part::Literal("CR"), Part::Class("09AFaf", 32, 32)]],
        whole: true,
    };
}

crate::runtime::text_newtype!(CredentialSid, "twilio_push_credentials::CredentialSid");

/// The SID of a Twilio account: Twilio's unique name for it, `AC` and 32 hexadecimal digits.
/// See [SIDs](https://www.twilio.com/docs/glossary/what-is-a-sid).
///
/// It has the form `^AC[0-9a-fA-F]{32}$`.
///
/// Made from text with `parse` or `try_from`, which refuse text of another form. A value that
/// the API answers is kept as it is; `is_valid` tells whether it has the form.
///
/// # Example
///
/// ```
/// use twilio_push_credentials::AccountSid;
///
/// # fn example() {
/// let has_form = AccountSid::try_from("ACaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")
///     .is_ok_and(|value| value.is_valid());
/// # }
/// ```
#[derive(Clone, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct AccountSid(InlineStr<34>);

impl AccountSid {
    const PATTERN: Pattern = Pattern {
        source: "^AC[0-9a-fA-F]{32}$",
        alternatives: &[&[Part::Literal("AC"), Part::Class("09AFaf", 32, 32)]],
        whole: true,
    };
}

crate::runtime::text_newtype!(AccountSid, "twilio_push_credentials::AccountSid");

/// The push service that a credential is for.
///
/// The API may add values at any time: one that the list does not have is kept and sent back as
/// it is.
///
/// # Example
///
/// ```
/// use twilio_push_credentials::CredentialType;
///
/// # fn example() {
/// let value = CredentialType::Gcm;
/// assert_eq!(CredentialType::from(value.as_str()), value);
/// # }
/// ```
#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[non_exhaustive]
pub enum CredentialType {
    /// `gcm`: Google Cloud Messaging. Google has shut it down; credentials for it are still listed.
    Gcm,
    /// `apn`: Apple Push Notification service (APNs), for iOS and macOS apps.
    Apn,
    /// `fcm`: Firebase Cloud Messaging, for Android and web apps.
    Fcm,
    /// A value that the list does not have.
    UnknownValue(Box<str>),
}

impl CredentialType {
    const VALUES: &'static [(&'static str, Self)] = &[
        ("gcm", Self::Gcm),
        ("apn", Self::Apn),
        ("fcm", Self::Fcm),
    ];
}

crate::runtime::open_enum!(
    CredentialType, UnknownValue, "twilio_push_credentials::CredentialType"
);
