//! Takes a request for a list; gives its items one by one; must never ask for a page before it is needed, or for one twice.

use crate::runtime::{Client, Error, Page, PagedRequest, Request};
use futures_core::Stream;
use std::collections::HashSet;
use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::vec;

type Item<R> = <<R as Request>::Output as Page>::Item;
type Fetched<R> = Result<<R as Request>::Output, Error>;
type Fetching<R> = Pin<Box<dyn Future<Output = Fetched<R>> + Send>>;

/// The items of a list, page by page.
///
/// It is a `Stream`, and has a `next` of its own, so that no further crate is needed. It ends after
/// the first error.
#[must_use = "a stream does nothing until its items are asked for"]
pub struct ItemStream<R: PagedRequest> {
    client: Client,
    request: Arc<R>,
    items: vec::IntoIter<Item<R>>,
    state: State<R>,
    /// The queries of the pages so far, since a server that repeats one would never end.
    visited: HashSet<String>,
    left: Option<u64>,
}

enum State<R: PagedRequest> {
    /// Nothing was requested yet.
    Start,
    /// The page with this query comes next.
    Next(String),
    Fetching(Fetching<R>),
    /// The server named a next page that must not be fetched; the items before it come first.
    Failing(Error),
    End,
}

impl<R: PagedRequest> ItemStream<R> {
    pub(crate) fn new(client: Client, request: R) -> Self {
        Self {
            client,
            request: Arc::new(request),
            items: Vec::new().into_iter(),
            state: State::Start,
            visited: HashSet::new(),
            left: None,
        }
    }

    /// Ends after `limit` items, and asks the server for no larger pages than that.
    pub fn limit(mut self, limit: u64) -> Self {
        let left = self.left.map_or(limit, |left| left.min(limit));
        self.left = Some(left);
        if let (State::Start, Some(request)) = (&self.state, Arc::get_mut(&mut self.request)) {
            request.narrow(left);
        }
        self
    }

    /// The next item, or nothing at the end of the list.
    ///
    /// It can be dropped before it is done; nothing is lost then.
    pub async fn next(&mut self) -> Option<Result<Item<R>, Error>> {
        poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }

    fn fetch(&self, query: Option<String>) -> State<R> {
        let client = self.client.clone();
        let request = Arc::clone(&self.request);
        State::Fetching(Box::pin(async move {
            client.call(&*request, query.as_deref()).await
        }))
    }

    /// Takes a page, and decides what comes after it.
    fn take(&mut self, page: R::Output) -> State<R> {
        let next = page.next_url().filter(|url| !url.is_empty());
        let state = match next.map(|next| self.client.next_query(&*self.request, next)) {
            None => State::End,
            Some(Err(error)) => State::Failing(error),
            Some(Ok((first, query))) => {
                self.visited.insert(first);
                if self.visited.insert(query.clone()) {
                    State::Next(query)
                } else {
                    State::Failing(Client::repeated_page(&*self.request))
                }
            }
        };
        self.items = page.into_items().into_iter();
        state
    }
}

/// Nothing in it is ever pinned in place: the future has a box of its own.
impl<R: PagedRequest> Unpin for ItemStream<R> {}

impl<R: PagedRequest> Stream for ItemStream<R> {
    type Item = Result<Item<R>, Error>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = self.get_mut();
        loop {
            if this.left == Some(0) {
                this.state = State::End;
                return Poll::Ready(None);
            }
            if let Some(item) = this.items.next() {
                this.left = this.left.map(|left| left - 1);
                return Poll::Ready(Some(Ok(item)));
            }
            this.state = match std::mem::replace(&mut this.state, State::End) {
                State::Start => this.fetch(None),
                State::Next(query) => this.fetch(Some(query)),
                State::Fetching(mut fetching) => {
                    let Poll::Ready(fetched) = fetching.as_mut().poll(context) else {
                        this.state = State::Fetching(fetching);
                        return Poll::Pending;
                    };
                    match fetched {
                        Ok(page) => this.take(page),
                        Err(error) => return Poll::Ready(Some(Err(error))),
                    }
                }
                State::Failing(error) => return Poll::Ready(Some(Err(error))),
                State::End => return Poll::Ready(None),
            };
        }
    }
}

impl<R: PagedRequest> fmt::Debug for ItemStream<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ItemStream")
            .field("operation", &self.request.operation().id)
            .field("left", &self.left)
            .finish_non_exhaustive()
    }
}
