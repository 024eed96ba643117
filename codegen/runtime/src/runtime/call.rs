//! Takes a client and a request; gives a call that can be completed and sent; must never send anything before it is told to.

use crate::runtime::options::Options;
use crate::runtime::{Body, Client, Error, Operation, Parts, Response, Retry};
use std::time::Duration;
use zeroize::Zeroizing;

/// A call that is being built. Nothing is sent before it is told to.
///
/// # Example
///
/// ```
/// # async fn example<R: openapi_client_runtime::Request>(call: openapi_client_runtime::Call<openapi_client_runtime::Client, R>) -> Result<(), openapi_client_runtime::Error> {
/// use std::time::Duration;
///
/// let answer = call.timeout(Duration::from_secs(5)).send().await?;
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
#[must_use = "a call does nothing until it is sent"]
pub struct Call<C, R> {
    client: C,
    /// Boxed, because a request with many fields would otherwise be copied by each setter and make the future large.
    content: Box<Content<R>>,
}

#[derive(Clone, Debug)]
struct Content<R> {
    request: R,
    options: Options,
}

/// What reads an answer.
pub type Read<T> = fn(Body) -> Result<T, Error>;

/// What an operation sends and returns.
///
/// # Example
///
/// ```
/// use openapi_client_runtime::{Call, Client, Error, Request};
///
/// async fn send_logged<R: Request>(call: Call<Client, R>) -> Result<R::Output, Error> {
///     let answer = call.send().await;
///     println!("{}", if answer.is_ok() { "sent" } else { "failed" });
///     answer
/// }
/// ```
pub trait Request: Send + Sync + 'static {
    /// What the operation returns.
    type Output: Send + 'static;

    /// The media types that it reads.
    #[doc(hidden)]
    const ACCEPT: &'static str = "application/json";

    /// Whether an answer is given away while its body is still coming, where that can be so.
    #[doc(hidden)]
    const STREAMS: Option<fn(&Body) -> bool> = None;

    /// The operation.
    ///
    /// # Example
    ///
    /// ```
    /// fn name<R: openapi_client_runtime::Request>() -> &'static str {
    ///     R::OPERATION.id
    /// }
    /// ```
    const OPERATION: &'static Operation;

    /// The same for a request that is told what it is of.
    #[doc(hidden)]
    fn operation(&self) -> &'static Operation {
        Self::OPERATION
    }

    /// Writes the parameters, in the order in which they are sent; the same each time.
    #[doc(hidden)]
    fn write(&self, parts: &mut Parts);

    /// Reads the answer, or says that it is not what the document says.
    #[doc(hidden)]
    const READ: Read<Self::Output>;

    /// Asks for pages that are no larger than `limit` items need, where the answer is a page.
    #[doc(hidden)]
    fn narrow(&mut self, limit: u64) {
        let _ = limit;
    }
}

impl<C, R> Call<C, R> {
    /// A call of `request` through `client`.
    ///
    /// # Example
    ///
    /// ```
    /// use openapi_client_runtime::{Call, Client, Request};
    ///
    /// fn call<R: Request>(client: &Client, request: R) -> Call<Client, R> {
    ///     Call::new(client.clone(), request)
    /// }
    /// ```
    pub fn new(client: C, request: R) -> Self {
        let options = Options::default();
        Self {
            client,
            content: Box::new(Content { request, options }),
        }
    }

    /// Completes the request.
    ///
    /// # Example
    ///
    /// ```
    /// use openapi_client_runtime::{Call, Client};
    ///
    /// fn replaced<R>(call: Call<Client, R>, new: R) -> Call<Client, R> {
    ///     call.with(|request| *request = new)
    /// }
    /// ```
    pub fn with(mut self, complete: impl FnOnce(&mut R)) -> Self {
        complete(&mut self.content.request);
        self
    }

    /// How often and how patiently this call is sent again, instead of what the client says.
    ///
    /// # Example
    ///
    /// ```
    /// # fn example<R>(call: openapi_client_runtime::Call<openapi_client_runtime::Client, R>) {
    /// let call = call.retry(openapi_client_runtime::Retry::never());
    /// # }
    /// ```
    pub fn retry(mut self, retry: Retry) -> Self {
        self.content.options.retry = Some(retry);
        self
    }

    /// How long the call may take with all of its attempts and the pauses between them, instead of
    /// what the client says. For a list it counts for each page.
    ///
    /// # Example
    ///
    /// ```
    /// # fn example<R>(call: openapi_client_runtime::Call<openapi_client_runtime::Client, R>) {
    /// let call = call.timeout(std::time::Duration::from_secs(10));
    /// # }
    /// ```
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.content.options.timeout = Some(timeout);
        self
    }

    /// How long one attempt may take, from the connection to the end of the answer, instead of
    /// what the client says. Where the answer is given away while it is coming, such as a download,
    /// it counts to the end of the headers, and then for each piece of the body.
    ///
    /// # Example
    ///
    /// ```
    /// # fn example<R>(call: openapi_client_runtime::Call<openapi_client_runtime::Client, R>) {
    /// let call = call.attempt_timeout(std::time::Duration::from_secs(2));
    /// # }
    /// ```
    pub fn attempt_timeout(mut self, timeout: Duration) -> Self {
        self.content.options.attempt_timeout = Some(timeout);
        self
    }

    /// How long it may take to connect, instead of what the client says. It counts where a new
    /// connection is made.
    ///
    /// # Example
    ///
    /// ```
    /// # fn example<R>(call: openapi_client_runtime::Call<openapi_client_runtime::Client, R>) {
    /// let call = call.connect_timeout(std::time::Duration::from_secs(1));
    /// # }
    /// ```
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.content.options.connect_timeout = Some(timeout);
        self
    }

    /// Sends a header that the document does not know; each time one more.
    ///
    /// The call fails before anything is sent if the header is one of the client's own, such as
    /// `Authorization`, or can't be sent. The value is never shown; a list sends it for each page.
    ///
    /// # Example
    ///
    /// ```
    /// # fn example<R>(call: openapi_client_runtime::Call<openapi_client_runtime::Client, R>) {
    /// let call = call.header("X-Tenant", "north");
    /// # }
    /// ```
    pub fn header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        let value = Zeroizing::new(value.into());
        self.content.options.headers.push((name.into(), value));
        self
    }

    /// Sends a pair in the query that the document does not know; each time one more.
    ///
    /// It is not for secrets, which do not belong into URLs. A list sends it for each page, unless
    /// the server's link to the page has one of the same name.
    ///
    /// # Example
    ///
    /// ```
    /// # fn example<R>(call: openapi_client_runtime::Call<openapi_client_runtime::Client, R>) {
    /// let call = call.query("beta", "true");
    /// # }
    /// ```
    pub fn query(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        let pair = (name.into(), value.into());
        self.content.options.query.push(pair);
        self
    }
}

impl<C, R> Call<C, R> {
    /// What is set on the call, to be completed.
    #[allow(dead_code, reason = "for lists, which not every client has")]
    pub(crate) fn options_mut(&mut self) -> &mut Options {
        &mut self.content.options
    }
}

impl<C, R: Request> Call<C, R> {
    /// What is sent, and with what.
    pub(crate) fn into_parts(self) -> (C, R, Options) {
        let Content {
            mut request,
            options,
        } = *self.content;
        if let Some(limit) = options.limit {
            // Items that were given before have to be read again to get past them.
            request.narrow(limit.saturating_add(options.taken));
        }
        (self.client, request, options)
    }
}

impl<R: Request> Call<Client, R> {
    /// Sends the request and reads the answer. It has to run inside of a Tokio runtime.
    ///
    /// # Errors
    /// When a value in the request is not allowed (nothing is sent then), when the server can't be
    /// reached, says no, or answers with something else than what is documented; each after as
    /// many attempts as are allowed and safe.
    ///
    /// # Example
    ///
    /// ```
    /// # async fn example<R: openapi_client_runtime::Request>(call: openapi_client_runtime::Call<openapi_client_runtime::Client, R>) -> Result<(), openapi_client_runtime::Error> {
    /// let answer = call.send().await?;
    /// # Ok(())
    /// # }
    /// ```
    pub async fn send(self) -> Result<R::Output, Error> {
        let (client, request, options) = self.into_parts();
        let page = options.page()?;
        client.0.call(&request, &options, page).await
    }

    /// Sends the request, and gives the status and the headers of the answer beside what it says.
    ///
    /// # Errors
    /// As for [`send`](Self::send).
    ///
    /// # Example
    ///
    /// ```
    /// # async fn example<R: openapi_client_runtime::Request>(call: openapi_client_runtime::Call<openapi_client_runtime::Client, R>) -> Result<(), openapi_client_runtime::Error> {
    /// let response = call.send_with_metadata().await?;
    /// println!("{:?}", response.metadata.request_id());
    /// let answer = response.value;
    /// # Ok(())
    /// # }
    /// ```
    pub async fn send_with_metadata(self) -> Result<Response<R::Output>, Error> {
        let (client, request, options) = self.into_parts();
        let page = options.page()?;
        client.0.call_with_metadata(&request, &options, page).await
    }
}

/// A handle: what has the methods that begin the calls of a resource.
#[allow(unused_macros, reason = "an API may have no operation")]
macro_rules! handle {
    ($(#[doc = $doc:literal])* pub struct $name:ident<C = $client:ty>;) => {
        $(#[doc = $doc])*
        #[derive(Clone, Debug)]
        #[must_use = "a handle does nothing until a call is begun and sent"]
        pub struct $name<C = $client> {
            client: C,
        }

        impl<C: Clone> $name<C> {
            pub(crate) const fn new(client: C) -> Self {
                Self { client }
            }

            fn begin<R>(&self, request: R) -> $crate::runtime::Call<C, R> {
                $crate::runtime::Call::new(self.client.clone(), request)
            }
        }
    };
}

#[allow(unused_imports, reason = "an API may have no operation")]
pub(crate) use handle;
