//! Takes what a user says about access; gives a client; must never build one that could send credentials in the clear.

use crate::runtime::access::{Access, Login, TokenSource};
use crate::runtime::attempt::{Limits, Shared};
use crate::runtime::budget::{self, Budget};
use crate::runtime::client::{Client, Inner, OnAttempt};
use crate::runtime::http::{Http, Places};
use crate::runtime::origin::{self, Base};
use crate::runtime::retry::Jitter;
use crate::runtime::server::Variables;
use crate::runtime::{Attempt, Error, LoginKind, Retry, SecretString, Security, Server, Settings};
use reqwest::Url;
use reqwest::header::HeaderValue;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

/// Builds a client.
///
/// # Example
///
/// ```
/// # fn example(builder: openapi_client_runtime::ClientBuilder) -> Result<(), openapi_client_runtime::Error> {
/// use std::time::Duration;
///
/// let client = builder
///     .timeout(Duration::from_secs(20))
///     .user_agent_suffix("notifier/2.1")
///     .build()?;
/// # Ok(())
/// # }
/// ```
#[must_use = "a builder does nothing until `build` is called"]
pub struct ClientBuilder {
    settings: &'static Settings,
    /// The one that was set last is at the end.
    logins: Vec<Login>,
    token_url: Option<String>,
    scope: String,
    variables: Variables,
    base: Option<String>,
    bases: Vec<(&'static str, String)>,
    http: Option<reqwest::ClientBuilder>,
    suffix: Option<String>,
    limits: Limits,
    retry_budget: u32,
    on_attempt: Option<Box<OnAttempt>>,
    connect_timeout: Option<Duration>,
    max_response_bytes: usize,
}

impl ClientBuilder {
    pub(crate) fn new(settings: &'static Settings) -> Self {
        Self {
            settings,
            logins: Vec::new(),
            token_url: None,
            scope: String::new(),
            variables: Variables::new(settings.variables),
            base: None,
            bases: Vec::new(),
            http: None,
            suffix: None,
            limits: Limits {
                retry: Retry::new(),
                timeout: Duration::from_secs(120),
                attempt_timeout: Duration::from_secs(30),
            },
            retry_budget: budget::RETRIES,
            on_attempt: None,
            connect_timeout: None,
            max_response_bytes: 16 * 1024 * 1024,
        }
    }

    /// Logs in that way, instead of with what was given for the scheme before.
    pub(crate) fn with_login(
        mut self,
        scheme: Security,
        kind: LoginKind,
        user: String,
        secret: SecretString,
    ) -> Self {
        self.logins.retain(|login| login.scheme != scheme);
        self.logins.push(Login {
            scheme,
            kind,
            user,
            secret,
        });
        self
    }

    /// Takes the credentials from the environment: the first complete set of variables counts.
    ///
    /// # Errors
    /// When no set is complete; the error names the variables that were looked for.
    ///
    /// # Example
    ///
    /// ```
    /// # fn example(builder: openapi_client_runtime::ClientBuilder) -> Result<(), openapi_client_runtime::Error> {
    /// let client = builder.login_from_env()?.build()?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn login_from_env(self) -> Result<Self, Error> {
        let mut looked_for = Vec::new();
        let logins = self.settings.logins.iter();
        for login in logins.filter(|login| !login.password.is_empty()) {
            let user = match login.user {
                "" => Some(String::new()),
                name => variable(name),
            };
            if let (Some(user), Some(secret)) = (user, variable(login.password)) {
                return Ok(self.with_login(login.scheme, login.kind, user, secret.into()));
            }
            looked_for.push(match login.user {
                "" => login.password.to_owned(),
                user => format!("{user} and {}", login.password),
            });
        }
        let looked_for = looked_for.join(", or ");
        Err(Error::configuration(format!(
            "no credentials in the environment: set {looked_for}"
        )))
    }

    /// Takes the variables of the servers' URLs from the environment, where they are set there and
    /// not yet here.
    ///
    /// # Example
    ///
    /// ```
    /// # fn example(builder: openapi_client_runtime::ClientBuilder) {
    /// let builder = builder.servers_from_env();
    /// # }
    /// ```
    pub fn servers_from_env(mut self) -> Self {
        let choices = self.settings.variables.iter();
        for known in choices.filter(|known| !known.environment.is_empty()) {
            if self.variables.get(known.name).is_none()
                && let Some(value) = variable(known.environment)
            {
                self.variables.set(known.name, value);
            }
        }
        self
    }

    /// The URL that takes the place of every server of the API: `https://gateway.example/twilio`.
    ///
    /// Credentials are sent there. It has to be HTTPS, unless it is on this machine; a proxy is
    /// never used then. Of a server that the document names by a path alone, the path comes after it.
    ///
    /// # Example
    ///
    /// ```
    /// # fn example(builder: openapi_client_runtime::ClientBuilder) {
    /// let builder = builder.base_url("https://gateway.example.com/api");
    /// # }
    /// ```
    pub fn base_url(mut self, url: impl Into<String>) -> Self {
        self.base = Some(url.into());
        self
    }

    /// How connections are made: proxies, certificates, and the like.
    ///
    /// Redirects, retries, the referer, the logging of what is sent, the user agent, the timeout and
    /// `https_only` are set by this crate, and a base URL on this machine turns proxies off. A limit
    /// for connecting stays, unless [`connect_timeout`](Self::connect_timeout) is called. One
    /// builder makes one HTTP client: it is either for servers on this machine or for others.
    ///
    /// Default headers of the builder go to every place that the client talks to, to one that gives
    /// OAuth tokens too, and this crate can't know them: a secret among them is not taken out of
    /// errors. [`Call::header`](crate::runtime::Call::header) is for secrets.
    ///
    /// # Example
    ///
    /// ```
    /// # fn example(builder: openapi_client_runtime::ClientBuilder) {
    /// let http = reqwest::Client::builder().pool_max_idle_per_host(4);
    /// let builder = builder.http_client_builder(http);
    /// # }
    /// ```
    pub fn http_client_builder(mut self, builder: reqwest::ClientBuilder) -> Self {
        self.http = Some(builder);
        self
    }

    /// What the `User-Agent` header ends with: the name and version of your application.
    ///
    /// # Example
    ///
    /// ```
    /// # fn example(builder: openapi_client_runtime::ClientBuilder) {
    /// let builder = builder.user_agent_suffix("notifier/2.1");
    /// # }
    /// ```
    pub fn user_agent_suffix(mut self, suffix: impl Into<String>) -> Self {
        self.suffix = Some(suffix.into());
        self
    }

    /// How often and how patiently failed calls are sent again. [`Retry::new`] by default.
    ///
    /// # Example
    ///
    /// ```
    /// # fn example(builder: openapi_client_runtime::ClientBuilder) {
    /// let builder = builder.retry(openapi_client_runtime::Retry::new().max_attempts(5));
    /// # }
    /// ```
    ///
    /// [`Retry::new`]: crate::runtime::Retry::new
    pub const fn retry(mut self, retry: Retry) -> Self {
        self.limits.retry = retry;
        self
    }

    /// How many more requests than calls a server that stays down gets from the client and its
    /// clones together. 100 by default.
    ///
    /// Each request that is sent again takes one from it, and five calls that succeed give one
    /// back. When none is left, calls fail after their first attempt.
    ///
    /// # Example
    ///
    /// ```
    /// # fn example(builder: openapi_client_runtime::ClientBuilder) {
    /// let builder = builder.retry_budget(20);
    /// # }
    /// ```
    pub const fn retry_budget(mut self, retries: u32) -> Self {
        self.retry_budget = retries;
        self
    }

    /// Shows every attempt of every call to `observer`, once it ended: for metrics and logs.
    ///
    /// It is called where the call runs, and should be quick.
    ///
    /// # Example
    ///
    /// ```
    /// # fn example(builder: openapi_client_runtime::ClientBuilder) {
    /// let builder = builder.on_attempt(|attempt| {
    ///     println!("{} took {:?}", attempt.operation(), attempt.elapsed());
    /// });
    /// # }
    /// ```
    pub fn on_attempt(mut self, observer: impl Fn(&Attempt<'_>) + Send + Sync + 'static) -> Self {
        self.on_attempt = Some(Box::new(observer));
        self
    }

    /// How long a call may take with all of its attempts and the pauses between them. 2 minutes by
    /// default.
    ///
    /// A pause that would not leave any time is not begun: the call fails at once, with the error
    /// of its last attempt.
    ///
    /// # Example
    ///
    /// ```
    /// # fn example(builder: openapi_client_runtime::ClientBuilder) {
    /// let builder = builder.timeout(std::time::Duration::from_secs(20));
    /// # }
    /// ```
    pub const fn timeout(mut self, timeout: Duration) -> Self {
        self.limits.timeout = timeout;
        self
    }

    /// How long one attempt may take, from the connection to the end of the answer, with the token
    /// that it may have to wait for. 30 seconds by default. Each piece of an answer that is given
    /// away while it is coming, such as a download, has as long.
    ///
    /// # Example
    ///
    /// ```
    /// # fn example(builder: openapi_client_runtime::ClientBuilder) {
    /// let builder = builder.attempt_timeout(std::time::Duration::from_secs(5));
    /// # }
    /// ```
    pub const fn attempt_timeout(mut self, timeout: Duration) -> Self {
        self.limits.attempt_timeout = timeout;
        self
    }

    /// How long it may take to connect. 10 seconds by default, and never longer than an attempt. It
    /// takes the place of that of an HTTP client builder of yours.
    ///
    /// # Example
    ///
    /// ```
    /// # fn example(builder: openapi_client_runtime::ClientBuilder) {
    /// let builder = builder.connect_timeout(std::time::Duration::from_secs(2));
    /// # }
    /// ```
    pub const fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.connect_timeout = Some(timeout);
        self
    }

    /// How large the body of an answer may be. 16 MiB by default.
    ///
    /// # Example
    ///
    /// ```
    /// # fn example(builder: openapi_client_runtime::ClientBuilder) {
    /// let builder = builder.max_response_bytes(1024 * 1024);
    /// # }
    /// ```
    pub const fn max_response_bytes(mut self, bytes: usize) -> Self {
        self.max_response_bytes = bytes;
        self
    }

    /// Builds the client. Nothing is sent.
    ///
    /// # Errors
    /// When a setting can't be used: a base URL that isn't HTTPS, a user with a colon in it.
    ///
    /// # Example
    ///
    /// ```
    /// # fn example(builder: openapi_client_runtime::ClientBuilder) -> Result<(), openapi_client_runtime::Error> {
    /// let client = builder.build()?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn build(self) -> Result<Client, Error> {
        self.variables.check()?;
        let user_agent = user_agent(self.settings.user_agent, self.suffix.as_deref())?;
        let token_url = self.token_url()?;
        let base = self.base.as_deref().map(parse_base).transpose()?;
        let mut bases = Vec::with_capacity(self.bases.len());
        for (name, url) in &self.bases {
            bases.push((*name, parse_base(url)?));
        }
        let known = base.iter().chain(bases.iter().map(|(_, base)| base));
        let mut known = known.map(Base::is_loopback);
        let tokens = token_url.as_ref().map(origin::is_loopback);
        let places = Places {
            all_local: base.is_some() && known.clone().all(|local| local) && tokens != Some(false),
            some_local: known.any(|local| local) || tokens == Some(true),
        };
        let source = TokenSource {
            url: token_url,
            scope: self.scope,
            user_agent: user_agent.clone(),
            errors: &self.settings.errors,
            timeout: self.limits.attempt_timeout,
        };
        Ok(Client(Arc::new(Inner {
            settings: self.settings,
            access: Access::new(self.logins, &source, self.settings.logins)?,
            user_agent,
            base,
            bases,
            variables: self.variables,
            limits: self.limits,
            shared: Shared {
                budget: Budget::new(self.retry_budget),
                jitter: Jitter::new(),
                rate_limited_is_unprocessed: self.settings.rate_limited_is_unprocessed,
            },
            on_attempt: self.on_attempt,
            max_response_bytes: self.max_response_bytes,
            http: Http::new(self.http, places, self.connect_timeout)?,
        })))
    }
}

/// What generated methods call, where there is something to be set.
#[allow(
    dead_code,
    reason = "not every document has servers and logins with such parts"
)]
impl ClientBuilder {
    /// The URL that tokens are fetched from, in the place of the documents' own.
    pub(crate) fn with_token_url(mut self, url: impl Into<String>) -> Self {
        self.token_url = Some(url.into());
        self
    }

    /// What tokens are to be good for.
    pub(crate) fn with_scope(mut self, scope: impl Into<String>) -> Self {
        self.scope = scope.into();
        self
    }

    /// Sets a variable of the servers' URLs.
    pub(crate) fn with_variable(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.variables.set(name, value.into());
        self
    }

    /// The URL that takes the place of one server.
    pub(crate) fn base_url_of(mut self, server: &'static Server, url: impl Into<String>) -> Self {
        self.bases.retain(|(name, _)| *name != server.name);
        self.bases.push((server.name, url.into()));
        self
    }
}

#[cfg(feature = "blocking")]
#[cfg_attr(docsrs, doc(cfg(feature = "blocking")))]
impl ClientBuilder {
    /// Builds a client whose calls wait for their answers instead of being awaited, and starts its
    /// thread. Nothing is sent.
    ///
    /// # Errors
    /// As for [`build`](Self::build), and when no thread can be started.
    ///
    /// # Example
    ///
    /// ```
    /// # fn example(builder: openapi_client_runtime::ClientBuilder) -> Result<(), openapi_client_runtime::Error> {
    /// let client = builder.build_blocking()?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn build_blocking(self) -> Result<crate::runtime::blocking::Client, Error> {
        crate::runtime::blocking::start(self)
    }
}

impl ClientBuilder {
    /// Where tokens are fetched, if that is how the client logs in.
    fn token_url(&self) -> Result<Option<Url>, Error> {
        let is_needed = |login: &Login| login.scheme == Security::OAuth;
        let own = self.token_url.as_deref();
        let url = own.unwrap_or(self.settings.token_url);
        if url.is_empty() || !self.logins.iter().any(is_needed) {
            return Ok(None);
        }
        let url = origin::endpoint(url);
        url.map(Some)
            .map_err(|problem| Error::configuration(format!("the URL for tokens {problem}")))
    }
}

impl fmt::Debug for ClientBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // A base URL may hold credentials until `build` refuses it.
        f.debug_struct("ClientBuilder")
            .field("has_login", &!self.logins.is_empty())
            .field("limits", &self.limits)
            .field("connect_timeout", &self.connect_timeout)
            .field("max_response_bytes", &self.max_response_bytes)
            .finish_non_exhaustive()
    }
}

/// A variable that is set and not empty.
fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

fn parse_base(url: &str) -> Result<Base, Error> {
    Base::parse(url).map_err(|problem| Error::configuration(format!("the base URL {problem}")))
}

fn user_agent(name: &str, suffix: Option<&str>) -> Result<HeaderValue, Error> {
    let text = suffix.map_or_else(|| name.to_owned(), |suffix| format!("{name} {suffix}"));
    HeaderValue::from_str(&text).map_err(|_| {
        Error::configuration("the user agent has characters that a header cannot carry")
    })
}
