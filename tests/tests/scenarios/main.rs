//! One list of scenarios, run against the server that the crate carries for its users' tests and against the one in this
//! package, which knows nothing of the generator: what a user tests against must behave as what we test against.

/// Hands each version of the API to a macro that makes tests: its module, where its document puts it, and its largest page.
macro_rules! for_each_version {
    ($tests:ident) => {
        $tests!(chat_v1, "https://chat.twilio.com", "/v1/Credentials", 1000);
        $tests!(chat_v2, "https://chat.twilio.com", "/v2/Credentials", 1000);
        $tests!(
            conversations_v1,
            "https://conversations.twilio.com",
            "/v1/Credentials",
            100
        );
        $tests!(
            notify_v1,
            "https://notify.twilio.com",
            "/v1/Credentials",
            1000
        );
    };
}

mod carried;
mod list;

use std::error::Error;
use std::io;

use twilio_push_credentials::testing::{Collection, Failure, Server};
use twilio_push_credentials::{Client, ClientBuilder};
use twilio_push_credentials_tests::http::{Answer, exchange};
use twilio_push_credentials_tests::twilio::{ACCOUNT_SID, AUTH_TOKEN, Fault, Twilio, basic};

type Outcome = Result<(), Box<dyn Error>>;

const CERTIFICATE: &str =
    "-----BEGIN CERTIFICATE-----\nY2FuYXJ5Q2VydA==\n-----END CERTIFICATE-----\n";
const PRIVATE_KEY: &str = "-----BEGIN PRIVATE KEY-----\nY2FuYXJ5S2V5\n-----END PRIVATE KEY-----\n";

/// A server that stands in for Twilio.
trait Stand: Sized {
    fn start() -> Result<Self, Box<dyn Error>>;

    /// The URL below which the paths of a version are.
    fn url(&self, site: Site) -> String;

    fn builder(&self) -> ClientBuilder;

    /// Creates credentials, and gives the SIDs of all, oldest first.
    fn seed(&self, collection: &Collection, count: usize) -> Vec<String>;

    /// How many requests came.
    fn count(&self) -> usize;

    fn fail(&self, trouble: Trouble);

    /// What the server finds wrong with itself.
    fn mistakes(&self) -> Vec<String>;

    fn client(&self) -> Result<Client, Box<dyn Error>> {
        Ok(self.builder().build()?)
    }
}

/// A version of the API, and where its document puts it.
#[derive(Clone, Copy)]
struct Site {
    module: &'static str,
    origin: &'static str,
}

/// What goes wrong with the next request.
#[derive(Clone, Copy)]
enum Trouble {
    Status(u16),
    Delay(std::time::Duration),
    Drop,
    Lose,
    Cut,
}

impl Stand for Server {
    fn start() -> Result<Self, Box<dyn Error>> {
        Ok(Self::start()?)
    }

    fn url(&self, site: Site) -> String {
        format!("{}/{}", Self::url(self), site.module)
    }

    fn builder(&self) -> ClientBuilder {
        self.client_builder()
    }

    fn seed(&self, collection: &Collection, count: usize) -> Vec<String> {
        Self::seed(self, collection, count)
    }

    fn count(&self) -> usize {
        self.requests().len()
    }

    fn fail(&self, trouble: Trouble) {
        self.fail_next(match trouble {
            Trouble::Status(status) => Failure::status(status),
            Trouble::Delay(delay) => Failure::delay(delay),
            Trouble::Drop => Failure::drop_connection(),
            Trouble::Lose => Failure::lose_answer(),
            Trouble::Cut => Failure::cut_answer(),
        });
    }

    fn mistakes(&self) -> Vec<String> {
        Vec::new()
    }
}

impl Stand for Twilio {
    fn start() -> Result<Self, Box<dyn Error>> {
        Ok(Self::start()?)
    }

    fn url(&self, site: Site) -> String {
        self.url_of(site.origin).unwrap_or_default()
    }

    fn builder(&self) -> ClientBuilder {
        Client::builder()
            .account(ACCOUNT_SID, AUTH_TOKEN)
            .base_url(Self::url(self))
            .conversations_v1_base_url(
                self.url_of("https://conversations.twilio.com")
                    .unwrap_or_default(),
            )
            .notify_v1_base_url(self.url_of("https://notify.twilio.com").unwrap_or_default())
    }

    fn seed(&self, _: &Collection, count: usize) -> Vec<String> {
        Self::seed(self, count)
    }

    fn count(&self) -> usize {
        self.requests().len()
    }

    fn fail(&self, trouble: Trouble) {
        self.fail_next(match trouble {
            Trouble::Status(status) => Fault::Status(status),
            Trouble::Delay(delay) => Fault::Delay(delay),
            Trouble::Drop => Fault::Reset,
            Trouble::Lose => Fault::ResetAfter,
            Trouble::Cut => Fault::Truncate,
        });
    }

    fn mistakes(&self) -> Vec<String> {
        Self::mistakes(self)
    }
}

/// A request that no client of ours would send.
async fn raw(
    server: &impl Stand,
    site: Site,
    method: &str,
    target: &str,
    login: bool,
) -> io::Result<Answer> {
    let url = server.url(site);
    let rest = url.strip_prefix("http://").unwrap_or_default();
    let (address, folder) = rest
        .find('/')
        .map_or((rest, ""), |slash| rest.split_at(slash));
    let authorization = basic(ACCOUNT_SID, AUTH_TOKEN);
    let headers = [("Authorization", authorization.as_str())];
    let headers = if login { &headers[..] } else { &[] };
    exchange(address, method, &format!("{folder}{target}"), headers, b"").await
}
