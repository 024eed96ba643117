//! Takes a table of an API; gives a server on this machine that a client can be pointed at; must never leave a thread or a connection behind when it is dropped.

use super::connection::{Shared, TOKENS};
use super::item::Place;
use super::route::{fill, routes};
use super::state::{Key, Properties};
use super::{Api, Failure, RecordedRequest};
use crate::runtime::ClientBuilder;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fmt;
use std::io;
use std::net::{Ipv4Addr, TcpListener};
use std::sync::Arc;
use std::thread::JoinHandle;

/// An HTTP server in this process that behaves as the documents of the API say.
///
/// It listens on a free port of the loopback interface, in threads of its own, so that it serves
/// blocking tests as well as those of any async runtime. What a client creates can be fetched,
/// changed, listed and deleted; ids and times are made by counting, so that each run sees the same.
/// A request without credentials is refused where the document wants some; any will do.
///
/// Dropping the server closes its connections and ends its threads.
///
/// # Example
///
/// ```
/// # fn example(server: twilio_push_credentials::testing::Server) {
/// println!("{} was asked {} times", server.url(), server.requests().len());
/// # }
/// ```
pub struct Server {
    shared: Arc<Shared>,
    listener: Option<JoinHandle<()>>,
}

/// A collection of items that a server holds. The modules of the resources have functions that give one.
///
/// # Example
///
/// ```
/// use twilio_push_credentials::testing::{Collection, Server};
///
/// fn first(server: &Server, collection: &Collection) -> Option<serde_json::Value> {
///     server.items(collection).into_iter().next()
/// }
/// ```
#[derive(Clone, Debug)]
#[must_use]
pub struct Collection {
    api: &'static Api,
    template: &'static str,
    parameters: Vec<(&'static str, String)>,
}

impl Collection {
    pub(crate) const fn new(api: &'static Api, template: &'static str) -> Self {
        Self {
            api,
            template,
            parameters: Vec::new(),
        }
    }

    pub(crate) fn at(mut self, parameter: &'static str, value: impl fmt::Display) -> Self {
        self.parameters.push((parameter, value.to_string()));
        self
    }

    fn key(&self) -> Key {
        let path = fill(self.template, &self.parameters);
        (self.api.name, path)
    }
}

impl Server {
    /// Starts a server for these APIs.
    pub(crate) fn start_with(
        apis: &'static [&'static Api],
        request_id_header: &'static str,
    ) -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        let shared = Shared::new(apis, request_id_header, listener.local_addr()?);
        let shared = Arc::new(shared);
        let accepting = Arc::clone(&shared);
        let thread = std::thread::Builder::new()
            .name("testing".to_owned())
            .spawn(move || accepting.accept(&listener))?;
        Ok(Self {
            shared,
            listener: Some(thread),
        })
    }

    /// Lets a client of that builder talk to this server, with every API that the builder knows.
    ///
    /// It sets the base URL of each: this server's, with the name of the API's module, because
    /// several APIs may have the same paths. A client that logs in with OAuth gets its tokens here,
    /// whatever its secret is. Nothing else of the builder is changed.
    ///
    /// # Example
    ///
    /// ```
    /// # fn example(server: twilio_push_credentials::testing::Server, builder: twilio_push_credentials::ClientBuilder) -> Result<(), twilio_push_credentials::Error> {
    /// let client = server.point(builder).build()?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn point(&self, builder: ClientBuilder) -> ClientBuilder {
        let url = self.url();
        let apis = self.shared.apis.iter();
        let servers = apis.flat_map(|api| routes(api).map(|route| (api.name, route.operation)));
        let servers: BTreeMap<_, _> = servers
            .map(|(name, operation)| (operation.server.name, (name, operation.server)))
            .collect();
        let servers = servers.into_values();
        let builder = builder.with_token_url(format!("{url}{TOKENS}"));
        servers.fold(builder.base_url(&url), |builder, (name, server)| {
            builder.base_url_of(server, format!("{url}/{name}"))
        })
    }

    /// Where it listens: `http://127.0.0.1` and a port, without a slash at the end.
    ///
    /// Below it are the paths of all documents; of two documents that share a path, the first one
    /// answers. The name of a module as the first step of the path chooses one.
    ///
    /// # Example
    ///
    /// ```
    /// # fn example(server: twilio_push_credentials::testing::Server) {
    /// assert!(server.url().starts_with("http://127.0.0.1:"));
    /// # }
    /// ```
    #[must_use]
    pub fn url(&self) -> String {
        self.shared.url()
    }

    /// Adds so many items to a collection, each like the document's first example of one; gives their ids, oldest first.
    ///
    /// # Example
    ///
    /// ```
    /// use twilio_push_credentials::testing::{Collection, Server};
    ///
    /// fn three(server: &Server, collection: &Collection) -> Vec<String> {
    ///     server.seed(collection, 3)
    /// }
    /// ```
    #[allow(
        clippy::must_use_candidate,
        reason = "many tests only want the items to be there"
    )]
    pub fn seed(&self, collection: &Collection, count: usize) -> Vec<String> {
        let empty = Value::Object(Properties::new());
        (0..count)
            .map(|_| self.insert(collection, empty.clone()))
            .collect()
    }

    /// Adds an item to a collection; gives its id.
    ///
    /// It is like the document's example that has most in common with `properties`, an object
    /// whose members take the place of the example's. Where that has no id, one is made; where
    /// there is an item with its id, that item is replaced. Anything else than an object counts
    /// as an empty one.
    ///
    /// # Example
    ///
    /// ```
    /// use twilio_push_credentials::testing::{Collection, Server};
    /// use serde_json::json;
    ///
    /// fn named(server: &Server, collection: &Collection, name: &str) -> String {
    ///     server.insert(collection, json!({ "name": name }))
    /// }
    /// ```
    #[allow(
        clippy::must_use_candidate,
        reason = "many tests only want the item to be there"
    )]
    pub fn insert(&self, collection: &Collection, properties: Value) -> String {
        let key = collection.key();
        let base = format!("{}/{}", self.url(), collection.api.name);
        let place = Place {
            api: collection.api,
            template: collection.template,
            parameters: &collection.parameters,
            key: &key,
            base: &base,
        };
        let mut sent = place.of_path();
        if let Value::Object(properties) = properties {
            sent.extend(properties);
        }
        let mut state = self.shared.state();
        let item = place.create(&mut state, sent, &[]);
        let id = item.id.clone();
        state.put(key, item);
        id
    }

    /// The items of a collection as JSON, oldest first.
    ///
    /// # Example
    ///
    /// ```
    /// use twilio_push_credentials::testing::{Collection, Server};
    ///
    /// fn is_empty(server: &Server, collection: &Collection) -> bool {
    ///     server.items(collection).is_empty()
    /// }
    /// ```
    #[must_use]
    pub fn items(&self, collection: &Collection) -> Vec<Value> {
        let state = self.shared.state();
        let items = state.items(&collection.key()).iter();
        items
            .map(|item| Value::Object(item.value.clone()))
            .collect()
    }

    /// The requests so far, in the order in which they arrived. One that failed because it was told to is among them.
    ///
    /// # Example
    ///
    /// ```
    /// # fn example(server: twilio_push_credentials::testing::Server) {
    /// assert!(server.requests().is_empty());
    /// # }
    /// ```
    #[must_use]
    pub fn requests(&self) -> Vec<RecordedRequest> {
        self.shared.state().requests.clone()
    }

    /// Makes this go wrong with the next request. Failures queue up: each request takes one.
    ///
    /// # Example
    ///
    /// ```
    /// use twilio_push_credentials::testing::Failure;
    ///
    /// # fn example(server: twilio_push_credentials::testing::Server) {
    /// server.fail_next(Failure::drop_connection());
    /// server.fail_next(Failure::status(503));
    /// # }
    /// ```
    pub fn fail_next(&self, failure: Failure) {
        self.shared.state().failures.push_back(failure);
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.shared.stop(self.listener.take());
    }
}

impl fmt::Debug for Server {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let state = self.shared.state();
        f.debug_struct("Server")
            .field("url", &self.url())
            .field("requests", &state.requests.len())
            .finish_non_exhaustive()
    }
}
