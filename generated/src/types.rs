// Generated. Do not edit: change the document or the generator and generate again.

//! Types that several versions of the API share.

use crate::runtime::{InlineStr, Part, Pattern};

crate::runtime::text_newtype! {
    /// The SID of a credential: Twilio's unique name for it, `CR` and 32 hexadecimal digits. See
    /// [SIDs](https://www.twilio.com/docs/glossary/what-is-a-sid).
    ///
    /// Text of the form `^CR[0-9a-fA-F]{32}$`; `parse` and `try_from` refuse other text.
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
    #[text("twilio_push_credentials::CredentialSid")]
    pub struct CredentialSid(InlineStr<34>);

    const PATTERN: Pattern = Pattern {
        source: "^CR[0-9a-fA-F]{32}$",
        alternatives: &[&[Part::Literal("CR"), Part::Class("09AFaf", 32, 32)]],
        whole: true,
    };
}

crate::runtime::text_newtype! {
    /// The SID of a Twilio account: Twilio's unique name for it, `AC` and 32 hexadecimal digits.
    /// See [SIDs](https://www.twilio.com/docs/glossary/what-is-a-sid).
    ///
    /// Text of the form `^AC[0-9a-fA-F]{32}$`; `parse` and `try_from` refuse other text.
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
    #[text("twilio_push_credentials::AccountSid")]
    pub struct AccountSid(InlineStr<34>);

    const PATTERN: Pattern = Pattern {
        source: "^AC[0-9a-fA-F]{32}$",
        alternatives: &[&[Part::Literal("AC"), Part::Class("09AFaf", 32, 32)]],
        whole: true,
    };
}

crate::runtime::open_enum! {
    /// The push service that a credential is for.
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
    #[open(UnknownValue, "twilio_push_credentials::CredentialType")]
    pub enum CredentialType {
        /// Google Cloud Messaging. Google has shut it down; credentials for it are still listed.
        Gcm = "gcm",
        /// Apple Push Notification service (APNs), for iOS and macOS apps.
        Apn = "apn",
        /// Firebase Cloud Messaging, for Android and web apps.
        Fcm = "fcm",
    }
}
