//! Takes how a user wants connections to be made; gives the HTTP client for a URL; must never give one that reaches this machine through a proxy, or another one without TLS.

use crate::runtime::connect::ConnectLimit;
use crate::runtime::{Error, origin};
use reqwest::{Client, ClientBuilder, Url};
use std::sync::OnceLock;
use std::time::Duration;

/// The HTTP clients of a client.
pub(crate) struct Http {
    /// It may use a proxy.
    world: Option<Client>,
    /// It never uses a proxy.
    local: OnceLock<Client>,
    /// Whether the one for this machine is made when a document's own server is there.
    makes_local: bool,
    connect_timeout: Option<Duration>,
}

/// How long it may take to connect, unless somebody says otherwise.
const CONNECT: Duration = Duration::from_secs(10);

/// Where requests will go, as far as that is known.
#[derive(Clone, Copy)]
pub(crate) struct Places {
    /// Whether any of the known ones is this machine.
    pub(crate) some_local: bool,
    /// Whether there can be no other.
    pub(crate) all_local: bool,
}

impl Http {
    /// A builder of the user's makes one client, so it is either for this machine or for the world.
    pub(crate) fn new(
        builder: Option<ClientBuilder>,
        places: Places,
        connect_timeout: Option<Duration>,
    ) -> Result<Self, Error> {
        let is_own = builder.is_some();
        // What a builder of the user's says of it stays.
        let connect_timeout = connect_timeout.or((!is_own).then_some(CONNECT));
        let builder = with_our_settings(builder.unwrap_or_default(), connect_timeout);
        let local = OnceLock::new();
        let mut world = None;
        if is_own && places.some_local {
            let client = builder.no_proxy().build().map_err(not_made)?;
            local.get_or_init(|| client);
        } else if is_own || !places.all_local {
            world = Some(builder.https_only(true).build().map_err(not_made)?);
        }
        Ok(Self {
            world,
            local,
            makes_local: !is_own,
            connect_timeout,
        })
    }

    /// How long it may take to connect, as far as that is not left to a builder of the user's.
    pub(crate) fn connect_timeout(&self) -> Duration {
        self.connect_timeout.unwrap_or(Duration::MAX)
    }

    /// What sends to a URL.
    pub(crate) fn client(&self, url: &Url) -> Result<&Client, Error> {
        let missing = || {
            Error::configuration(
                "not sent: a client made with an HTTP client builder of your own is either for \
                 this machine or for other servers; set the base URL, or build one client for each",
            )
        };
        if !origin::is_loopback(url) {
            return self.world.as_ref().ok_or_else(missing);
        }
        if let Some(local) = self.local.get() {
            return Ok(local);
        }
        if !self.makes_local {
            return Err(missing());
        }
        let builder = with_our_settings(Client::builder(), self.connect_timeout);
        let local = builder.no_proxy().build().map_err(not_made)?;
        Ok(self.local.get_or_init(|| local))
    }
}

/// What has one owner, whoever made the builder.
fn with_our_settings(builder: ClientBuilder, connect_timeout: Option<Duration>) -> ClientBuilder {
    let builder = match connect_timeout {
        // Ours can differ from call to call; this one must not come before it.
        Some(_) => builder.connect_timeout(Duration::MAX),
        None => builder,
    };
    builder
        .redirect(reqwest::redirect::Policy::none())
        .retry(reqwest::retry::never())
        .referer(false)
        .connection_verbose(false)
        .connector_layer(ConnectLimit(connect_timeout.unwrap_or(Duration::MAX)))
}

fn not_made(error: reqwest::Error) -> Error {
    Error::configuration("the HTTP client could not be made").with_source(error)
}
