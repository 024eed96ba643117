//! Gives the canaries: made up, without a piece in common, and with every character that an encoding changes.

use twilio_push_credentials_tests::scripted::Request;
use twilio_push_credentials_tests::twilio::{ACCOUNT_SID, API_KEY, basic};

use crate::check::percent;

pub(crate) const AUTH_TOKEN: &str = "canaryTokenQ7w8E9r0T1y2U3i4O5p6";
pub(crate) const API_SECRET: &str = "keySecretZ9x8C7v6B5n4M3/l2+K1j0=";
pub(crate) const CLIENT_SECRET: &str = "clientSecretW1e2R3t4Y5u6I7o8/U9i0+O1p2=";
/// What a token endpoint gives.
pub(crate) const TOKENS: [&str; 2] = [
    "eyJtokenA1s2D3f4G5h6.J7k8L9z0X1c2V3b4.N5m6Q7w8E9r0",
    "eyJtokenM9n8B7v6C5x4.Z3l2K1j0H9g8F7d6.S5a4P3o2I1u0",
];
pub(crate) const HEADER: &str = "headerCanaryH1g2F3d4S5a6P7o8I9u0";
pub(crate) const CERTIFICATE: &str = "-----BEGIN CERTIFICATE-----\nMIIcertA1b2C3d4E5f6G7h8+I9j0/K1l2M3n4O5p6Q7r8S9t0U1v2W3x4Y5z6AAa\nBBcertb7C8d9E0f1G2h3I4j5+K6l7/M8n9==\n-----END CERTIFICATE-----\n";
pub(crate) const PRIVATE_KEY: &str = "-----BEGIN RSA PRIVATE KEY-----\r\nMIIprivZ1y2X3w4V5u6T7s8+R9q0/P1o2N3m4L5k6J7i8H9g0F1e2D3c4B5a6ZZz\r\nYYpriva7B8c9D0e1F2g3H4i5+J6k7/L8m9==\r\n-----END RSA PRIVATE KEY-----\r\n";
pub(crate) const FCM_SECRET: &str = r#"{"type":"service_account","project_id":"fcm & canary = 100%","private_key":"-----BEGIN PRIVATE KEY-----\nMIIfcmXq1Ws2Ed3Rf4Tg5Yh6Uj7Ik8Ol9P+a0/Sz\nXxfcmDc1Fv2Gb3\n-----END PRIVATE KEY-----\n","client_email":"söme-canary@example.iam"}"#;
pub(crate) const GCM_KEY: &str = "AIzaGcm<Canary>&\"K3y\"'0123456789";

/// What must not be seen, each with its name.
pub(crate) fn all() -> Vec<(&'static str, String)> {
    let token = |user: &str, password: &str| basic(user, password).replace("Basic ", "");
    vec![
        ("auth token", AUTH_TOKEN.to_owned()),
        ("API key's secret", API_SECRET.to_owned()),
        ("OAuth client's secret", CLIENT_SECRET.to_owned()),
        ("first OAuth token", TOKENS[0].to_owned()),
        ("second OAuth token", TOKENS[1].to_owned()),
        ("header", HEADER.to_owned()),
        ("certificate", CERTIFICATE.to_owned()),
        ("private key", PRIVATE_KEY.to_owned()),
        ("FCM secret", FCM_SECRET.to_owned()),
        ("GCM key", GCM_KEY.to_owned()),
        ("account's Authorization", token(ACCOUNT_SID, AUTH_TOKEN)),
        ("API key's Authorization", token(API_KEY, API_SECRET)),
    ]
}

/// Those that are in a request. A server cannot repeat others, and no client could know them.
pub(crate) fn sent(request: &Request) -> Vec<String> {
    let login = request.header("authorization").unwrap_or_default();
    let token = match login {
        _ if login == basic(API_KEY, API_SECRET) => API_SECRET,
        _ if login == basic(ACCOUNT_SID, AUTH_TOKEN) => AUTH_TOKEN,
        bearer => bearer.trim_start_matches("Bearer "),
    };
    let header = request.header("x-canary").unwrap_or_default();
    let body = String::from_utf8_lossy(&request.body).replace('+', " ");
    let body = percent(&body);
    let in_body = [CERTIFICATE, PRIVATE_KEY, FCM_SECRET, GCM_KEY, CLIENT_SECRET];
    let mut sent: Vec<String> = in_body
        .into_iter()
        .filter(|secret| body.contains(*secret))
        .map(str::to_owned)
        .collect();
    let head = [token, header, login.trim_start_matches("Basic ")];
    let head = head.into_iter().filter(|secret| !secret.is_empty());
    sent.extend(head.map(str::to_owned));
    sent
}
