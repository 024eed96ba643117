//! Takes how long it may take to connect; gives the layer of the HTTP client that ends what takes longer; must never end a connection that was made.

use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::time;
use tower::timeout::error::Elapsed;
use tower::{BoxError, Layer, Service};

tokio::task_local! {
    /// The time that the call of this task gives to connections.
    static OF_CALL: Duration;
}

/// Runs a request whose call gives connections a time of its own.
pub(crate) async fn within<F: Future>(limit: Duration, request: F) -> F::Output {
    OF_CALL.scope(limit, request).await
}

/// Limits the time of each connection: to that of the call, or else to that of the client.
#[derive(Clone, Copy)]
pub(crate) struct ConnectLimit(pub(crate) Duration);

impl<S> Layer<S> for ConnectLimit {
    type Service = Limited<S>;

    fn layer(&self, connector: S) -> Limited<S> {
        let limit = self.0;
        Limited { connector, limit }
    }
}

/// A connector with a limit.
#[derive(Clone)]
pub(crate) struct Limited<S> {
    connector: S,
    limit: Duration,
}

type Connecting<T> = Pin<Box<dyn Future<Output = Result<T, BoxError>> + Send>>;

impl<S, D> Service<D> for Limited<S>
where
    S: Service<D, Error = BoxError>,
    S::Future: Send + 'static,
{
    type Response = S::Response;
    type Error = BoxError;
    type Future = Connecting<S::Response>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        self.connector.poll_ready(context)
    }

    fn call(&mut self, destination: D) -> Self::Future {
        // Read here: a connection that another request will use is completed in another task.
        let limit = OF_CALL.try_with(|limit| *limit).unwrap_or(self.limit);
        let connecting = self.connector.call(destination);
        Box::pin(async move {
            match time::timeout(limit, connecting).await {
                Ok(connected) => connected,
                // The HTTP client knows this error for what it is.
                Err(_) => Err(Elapsed::new().into()),
            }
        })
    }
}
