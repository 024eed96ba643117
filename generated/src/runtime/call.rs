//! Takes a client and a request; gives a call that can be completed and sent; must never send anything before it is told to.

use crate::runtime::{Body, Client, Error, ItemStream, Operation, Parts};

/// A call that is being built. Nothing is sent before it is told to.
#[derive(Clone, Debug)]
#[must_use = "a call does nothing until it is sent"]
pub struct Call<C, R> {
    client: C,
    /// Boxed, because a request with many fields would otherwise be copied by each setter and make the future large.
    request: Box<R>,
}

/// What an operation sends and returns.
pub trait Request: Send + Sync + 'static {
    /// What the operation returns.
    type Output: Send + 'static;

    /// The operation.
    fn operation(&self) -> &'static Operation;

    /// Writes the parameters, in the order in which they are sent; the same each time.
    fn write(&self, parts: &mut Parts);

    /// Reads the answer.
    ///
    /// # Errors
    /// When the answer is not what the document says.
    fn read(body: Body) -> Result<Self::Output, Error>;
}

/// A part of a list.
pub trait Page: Send + 'static {
    /// What the list is of.
    type Item: Send + 'static;

    /// The items of this page.
    fn into_items(self) -> Vec<Self::Item>;

    /// Where the next page is; nothing on the last one.
    fn next_url(&self) -> Option<&str>;
}

/// A request for a page of a list.
pub trait PagedRequest: Request<Output: Page> {
    /// Asks for no more than `limit` items a page.
    fn narrow(&mut self, limit: u64);
}

impl<C, R> Call<C, R> {
    /// A call of `request` through `client`.
    pub fn new(client: C, request: R) -> Self {
        Self {
            client,
            request: Box::new(request),
        }
    }

    /// The request, to be completed.
    pub fn request_mut(&mut self) -> &mut R {
        &mut self.request
    }
}

impl<R: Request> Call<Client, R> {
    /// Sends the request and reads the answer. It has to run inside of a Tokio runtime.
    ///
    /// # Errors
    /// When a value in the request is not allowed (nothing is sent then), when the server can't be
    /// reached, says no, or answers with something else than what is documented.
    pub async fn send(self) -> Result<R::Output, Error> {
        self.client.call(&*self.request, None).await
    }
}

impl<R: PagedRequest> Call<Client, R> {
    /// All items of the list, page by page: a page is requested when its first item is wanted.
    pub fn stream(self) -> ItemStream<R> {
        ItemStream::new(self.client, *self.request)
    }
}
