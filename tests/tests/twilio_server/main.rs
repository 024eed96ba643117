//! The server that plays Twilio refuses what the documents forbid, and its own answers fit the documents.

mod answers;
mod documents;
mod originals;
mod refusals;

use std::error::Error;

use serde_json::Value;
use twilio_push_credentials_tests::http::{Answer, exchange};
use twilio_push_credentials_tests::twilio::{ACCOUNT_SID, AUTH_TOKEN, Twilio, basic};

type Outcome = Result<(), Box<dyn Error>>;

/// A version of the API: where its document puts it, and what is its own.
#[derive(Clone, Copy, Debug)]
struct Version {
    origin: &'static str,
    path: &'static str,
    largest_page: usize,
    update_takes_type: bool,
}

const VERSIONS: [Version; 4] = [
    version("https://chat.twilio.com", "/v1/Credentials"),
    version("https://chat.twilio.com", "/v2/Credentials"),
    Version {
        largest_page: 100,
        update_takes_type: true,
        ..version("https://conversations.twilio.com", "/v1/Credentials")
    },
    version("https://notify.twilio.com", "/v1/Credentials"),
];

const fn version(origin: &'static str, path: &'static str) -> Version {
    Version {
        origin,
        path,
        largest_page: 1000,
        update_takes_type: false,
    }
}

impl Version {
    /// The URL of its credentials on a server.
    fn collection(&self, server: &Twilio) -> Result<String, Box<dyn Error>> {
        let site = server.url_of(self.origin).ok_or("it is not served")?;
        Ok(format!("{site}{}", self.path))
    }
}

const CERTIFICATE: &str = "-----BEGIN CERTIFICATE-----\nbm90IHJlYWw=\n-----END CERTIFICATE-----\n";
const PRIVATE_KEY: &str =
    "-----BEGIN PRIVATE KEY-----\nbm90IHJlYWwgZWl0aGVy\n-----END PRIVATE KEY-----\n";
const UNKNOWN_SID: &str = "CRffffffffffffffffffffffffffffffff";

/// Every byte that is not a letter or digit is escaped.
fn encode(pairs: &[(&str, &str)]) -> String {
    let escape = |text: &str| -> String {
        text.bytes()
            .map(|byte| match byte {
                b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => char::from(byte).to_string(),
                _ => format!("%{byte:02X}"),
            })
            .collect()
    };
    let pairs: Vec<String> = pairs
        .iter()
        .map(|(name, value)| format!("{}={}", escape(name), escape(value)))
        .collect();
    pairs.join("&")
}

/// The target is a path of Chat, or a URL of any version.
async fn call(
    server: &Twilio,
    method: &str,
    target: &str,
    form: Option<&str>,
) -> Result<Answer, Box<dyn Error>> {
    let login = basic(ACCOUNT_SID, AUTH_TOKEN);
    let mut headers = vec![("Authorization", login.as_str())];
    if form.is_some() {
        headers.push(("Content-Type", "application/x-www-form-urlencoded"));
    }
    let body = form.unwrap_or_default().as_bytes();
    let (address, path) = match target.strip_prefix("http://") {
        Some(rest) => rest.split_at(rest.find('/').ok_or("no path")?),
        None => (&*server.address().to_string(), target),
    };
    Ok(exchange(address, method, path, &headers, body).await?)
}

async fn post(
    server: &Twilio,
    target: &str,
    pairs: &[(&str, &str)],
) -> Result<Answer, Box<dyn Error>> {
    call(server, "POST", target, Some(&encode(pairs))).await
}

fn assert_refused(answer: &Answer, status: u16, code: u32, what: &str) {
    let body = answer.json();
    assert_eq!(
        (answer.status, &body["code"]),
        (status, &Value::from(code)),
        "{what}: {body}"
    );
    assert_eq!(body["status"], status, "{what}");
    assert_eq!(
        body["more_info"],
        format!("https://www.twilio.com/docs/errors/{code}"),
        "{what}"
    );
    assert!(
        body["message"]
            .as_str()
            .is_some_and(|message| !message.is_empty()),
        "{what}"
    );
    assert!(
        answer
            .header("twilio-request-id")
            .is_some_and(|id| id.starts_with("RQ")),
        "{what}"
    );
}
