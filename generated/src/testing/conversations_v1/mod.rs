// Generated from conversations_v1.yaml. Do not edit: change the document or the generator and generate again.

//! The collections and examples of Twilio Conversations v1 Credentials.

use crate::runtime::testing::Api;

pub mod credentials;

pub(crate) static API: Api = Api {
    name: "conversations_v1",
    kinds: &[credentials::KINDS],
    routes: &[credentials::ROUTES],
    errors: &[
        (
            0,
            r#"{"code":20500,"message":"An internal server error has occurred","more_info":"https://www.twilio.com/docs/errors/20500","status":500}"#,
        ),
        (
            400,
            r#"{"code":20001,"message":"Missing required parameter Secret","more_info":"https://www.twilio.com/docs/errors/20001","status":400}"#,
        ),
        (
            401,
            r#"{"code":20003,"message":"Authenticate","more_info":"https://www.twilio.com/docs/errors/20003","status":401}"#,
        ),
        (
            404,
            r#"{"code":20404,"message":"The requested resource /v1/Credentials/CRaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa was not found","more_info":"https://www.twilio.com/docs/errors/20404","status":404}"#,
        ),
        (
            429,
            r#"{"code":20429,"message":"Too Many Requests","more_info":"https://www.twilio.com/docs/errors/20429","status":429}"#,
        ),
    ],
};
