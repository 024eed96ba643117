// Generated. Do not edit: change the document or the generator and generate again.

//! How to log in, and where the parts of the API are.

use crate::runtime::{
    Choice, Client, ClientBuilder, Error, ErrorShape, Login, SecretString, Security,
    Settings, Takes,
};

impl Client {
    /// A builder, for all that the environment does not say.
    ///
    /// # Example
    ///
    /// ```
    /// use twilio_push_credentials::Client;
    ///
    /// # async fn example(sid: String, secret: String) -> Result<(), twilio_push_credentials::Error> {
    /// let client = Client::builder().api_key(sid, secret).build()?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn builder() -> ClientBuilder {
        ClientBuilder::new(&SETTINGS)
    }

    /// A client that logs in with what the environment says.
    ///
    /// It looks for `TWILIO_API_KEY` and `TWILIO_API_SECRET`, then for `TWILIO_ACCOUNT_SID` and
    /// `TWILIO_AUTH_TOKEN`; the first of these that is complete counts.
    ///
    /// It also looks for `TWILIO_REGION` for [`region`](ClientBuilder::region) and `TWILIO_EDGE`
    /// for [`edge`](ClientBuilder::edge).
    ///
    /// # Errors
    ///
    /// No login is complete, a value cannot be used, or the HTTP layer can't be set up.
    ///
    /// # Example
    ///
    /// ```
    /// use twilio_push_credentials::Client;
    ///
    /// # async fn example() -> Result<(), twilio_push_credentials::Error> {
    /// let client = Client::from_env()?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn from_env() -> Result<Self, Error> {
        Self::builder().login_from_env()?.servers_from_env().build()
    }

    /// Twilio Chat v1 Credentials.
    ///
    /// # Example
    ///
    /// ```
    /// # fn example(client: twilio_push_credentials::Client) {
    /// let chat_v1 = client.chat_v1();
    /// # }
    /// ```
    #[cfg(feature = "chat_v1")]
    #[deprecated = "the document of the API advises against it"]
    #[must_use]
    pub fn chat_v1(&self) -> crate::chat_v1::ChatV1 {
        crate::chat_v1::ChatV1::new(self.clone())
    }

    /// Twilio Chat v2 Credentials.
    ///
    /// # Example
    ///
    /// ```
    /// # fn example(client: twilio_push_credentials::Client) {
    /// let chat_v2 = client.chat_v2();
    /// # }
    /// ```
    #[cfg(feature = "chat_v2")]
    #[must_use]
    pub fn chat_v2(&self) -> crate::chat_v2::ChatV2 {
        crate::chat_v2::ChatV2::new(self.clone())
    }

    /// Twilio Conversations v1 Credentials.
    ///
    /// # Example
    ///
    /// ```
    /// # fn example(client: twilio_push_credentials::Client) {
    /// let conversations_v1 = client.conversations_v1();
    /// # }
    /// ```
    #[cfg(feature = "conversations_v1")]
    #[must_use]
    pub fn conversations_v1(&self) -> crate::conversations_v1::ConversationsV1 {
        crate::conversations_v1::ConversationsV1::new(self.clone())
    }

    /// Twilio Notify v1 Credentials.
    ///
    /// # Example
    ///
    /// ```
    /// # fn example(client: twilio_push_credentials::Client) {
    /// let notify_v1 = client.notify_v1();
    /// # }
    /// ```
    #[cfg(feature = "notify_v1")]
    #[must_use]
    pub fn notify_v1(&self) -> crate::notify_v1::NotifyV1 {
        crate::notify_v1::NotifyV1::new(self.clone())
    }
}

impl ClientBuilder {
    /// Logs in with an API key, which Twilio recommends: it can be revoked by itself. See <https://www.twilio.com/docs/iam/api-keys>.
    /// A key works in the region in which it was made.
    ///
    /// # Example
    ///
    /// ```
    /// use twilio_push_credentials::Client;
    ///
    /// # fn example(sid: String, secret: String) {
    /// let builder = Client::builder().api_key(sid, secret);
    /// # }
    /// ```
    pub fn api_key(
        self,
        sid: impl Into<String>,
        secret: impl Into<SecretString>,
    ) -> Self {
        self.with_basic(sid, secret)
    }

    /// Logs in with the account's SID and auth token, which give access to everything. See <https://www.twilio.com/docs/iam/access-tokens>.
    ///
    /// # Example
    ///
    /// ```
    /// use twilio_push_credentials::Client;
    ///
    /// # fn example(sid: String, auth_token: String) {
    /// let builder = Client::builder().account(sid, auth_token);
    /// # }
    /// ```
    pub fn account(
        self,
        sid: impl Into<String>,
        auth_token: impl Into<SecretString>,
    ) -> Self {
        self.with_basic(sid, auth_token)
    }

    /// Logs in as an OAuth app: access tokens are fetched with the id and secret of the app, shared
    /// by all clones of the client, and renewed before they end. See <https://www.twilio.com/docs/iam/oauth-apps>.
    ///
    /// # Example
    ///
    /// ```
    /// use twilio_push_credentials::Client;
    ///
    /// # fn example(client_id: String, client_secret: String) {
    /// let builder = Client::builder().oauth(client_id, client_secret);
    /// # }
    /// ```
    pub fn oauth(
        self,
        client_id: impl Into<String>,
        client_secret: impl Into<SecretString>,
    ) -> Self {
        self.with_oauth(client_id, client_secret)
    }

    /// The URL that OAuth tokens are fetched from, in the place of
    /// `https://oauth.twilio.com/v2/token`.
    ///
    /// The secret of the OAuth client is sent there. It has to be HTTPS, unless it is on this
    /// machine. `base_url` does not change it.
    ///
    /// # Example
    ///
    /// ```
    /// use twilio_push_credentials::Client;
    ///
    /// # fn example() {
    /// let builder = Client::builder().oauth_token_url("https://login.example.com/token");
    /// # }
    /// ```
    pub fn oauth_token_url(self, url: impl Into<String>) -> Self {
        self.with_token_url(url)
    }

    /// The region that processes and stores what is sent: `us1` (the United States) unless another
    /// one is set, `ie1` (Ireland) or `au1` (Australia). Credentials of a region log in there only.
    /// See [Twilio
    /// regions](https://www.twilio.com/docs/global-infrastructure/understanding-twilio-regions).
    ///
    /// It is a part of `https://chat.{region}.twilio.com`,
    /// `https://chat.{edge}.{region}.twilio.com`, `https://conversations.{region}.twilio.com` and
    /// others, and 1 to 63 ASCII letters, digits and hyphens: `build` refuses anything else.
    /// Servers that are replaced by a base URL of yours have no such part.
    ///
    /// # Example
    ///
    /// ```
    /// use twilio_push_credentials::Client;
    ///
    /// # fn example() {
    /// let builder = Client::builder().region("us1");
    /// # }
    /// ```
    pub fn region(self, region: impl Into<String>) -> Self {
        self.with_variable("region", region)
    }

    /// The edge, which is where requests enter Twilio's network, such as `ashburn`, `dublin` or
    /// `sydney`. An edge alone leads to the region `us1`. See [edge
    /// locations](https://www.twilio.com/docs/global-infrastructure/edge-locations).
    ///
    /// It is a part of `https://chat.{edge}.{region}.twilio.com`,
    /// `https://conversations.{edge}.{region}.twilio.com`,
    /// `https://notify.{edge}.{region}.twilio.com`, and 1 to 63 ASCII letters, digits and hyphens:
    /// `build` refuses anything else. Servers that are replaced by a base URL of yours have no such
    /// part.
    ///
    /// # Example
    ///
    /// ```
    /// use twilio_push_credentials::Client;
    ///
    /// # fn example() {
    /// let builder = Client::builder().edge("ashburn");
    /// # }
    /// ```
    pub fn edge(self, edge: impl Into<String>) -> Self {
        self.with_variable("edge", edge)
    }

    /// The URL that takes the place of `https://chat.twilio.com`, the server of Twilio Chat v1
    /// Credentials.
    ///
    /// Credentials are sent there. It goes before `base_url`, which is for all servers.
    ///
    /// # Example
    ///
    /// ```
    /// use twilio_push_credentials::Client;
    ///
    /// # fn example() {
    /// let builder = Client::builder().chat_v1_base_url("https://gateway.example.com");
    /// # }
    /// ```
    #[cfg(feature = "chat_v1")]
    pub fn chat_v1_base_url(self, url: impl Into<String>) -> Self {
        self.base_url_of(&crate::chat_v1::SERVER, url)
    }

    /// The URL that takes the place of `https://chat.twilio.com`, the server of Twilio Chat v2
    /// Credentials.
    ///
    /// Credentials are sent there. It goes before `base_url`, which is for all servers.
    ///
    /// # Example
    ///
    /// ```
    /// use twilio_push_credentials::Client;
    ///
    /// # fn example() {
    /// let builder = Client::builder().chat_v2_base_url("https://gateway.example.com");
    /// # }
    /// ```
    #[cfg(feature = "chat_v2")]
    pub fn chat_v2_base_url(self, url: impl Into<String>) -> Self {
        self.base_url_of(&crate::chat_v2::SERVER, url)
    }

    /// The URL that takes the place of `https://conversations.twilio.com`, the server of Twilio
    /// Conversations v1 Credentials.
    ///
    /// Credentials are sent there. It goes before `base_url`, which is for all servers.
    ///
    /// # Example
    ///
    /// ```
    /// use twilio_push_credentials::Client;
    ///
    /// # fn example() {
    /// let builder = Client::builder()
    ///     .conversations_v1_base_url("https://gateway.example.com");
    /// # }
    /// ```
    #[cfg(feature = "conversations_v1")]
    pub fn conversations_v1_base_url(self, url: impl Into<String>) -> Self {
        self.base_url_of(&crate::conversations_v1::SERVER, url)
    }

    /// The URL that takes the place of `https://notify.twilio.com`, the server of Twilio Notify v1
    /// Credentials.
    ///
    /// Credentials are sent there. It goes before `base_url`, which is for all servers.
    ///
    /// # Example
    ///
    /// ```
    /// use twilio_push_credentials::Client;
    ///
    /// # fn example() {
    /// let builder = Client::builder().notify_v1_base_url("https://gateway.example.com");
    /// # }
    /// ```
    #[cfg(feature = "notify_v1")]
    pub fn notify_v1_base_url(self, url: impl Into<String>) -> Self {
        self.base_url_of(&crate::notify_v1::SERVER, url)
    }
}

static SETTINGS: Settings = Settings {
    user_agent: concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION")),
    logins: &[
        Login {
            scheme: Security::Basic,
            kind: crate::runtime::BASIC,
            method: "api_key",
            user: "TWILIO_API_KEY",
            password: "TWILIO_API_SECRET",
        },
        Login {
            scheme: Security::Basic,
            kind: crate::runtime::BASIC,
            method: "account",
            user: "TWILIO_ACCOUNT_SID",
            password: "TWILIO_AUTH_TOKEN",
        },
        Login {
            scheme: Security::OAuth,
            kind: crate::runtime::OAUTH,
            method: "oauth",
            user: "",
            password: "",
        },
    ],
    variables: &[
        Choice {
            name: "region",
            method: "region",
            takes: Takes::Label,
            environment: "TWILIO_REGION",
        },
        Choice {
            name: "edge",
            method: "edge",
            takes: Takes::Label,
            environment: "TWILIO_EDGE",
        },
    ],
    token_url: "https://oauth.twilio.com/v2/token",
    request_id_header: "twilio-request-id",
    errors: ErrorShape::DEFAULT,
    rate_limited_is_unprocessed: true,
};
