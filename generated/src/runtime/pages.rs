//! Takes a request for a list; gives its items or its pages one by one; must never ask for a page before it is needed, or for one twice.

use crate::runtime::cursor::{Cursor, Step};
use crate::runtime::options::Options;
use crate::runtime::{Client, Error, Metadata, Page, PageState, PagedRequest, Request, Response};
use futures_core::Stream;
use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::vec;

type Item<R> = <<R as Request>::Output as Page>::Item;
type Fetched<R> = Result<Response<<R as Request>::Output>, Error>;
type Arrived<R> = Result<(<R as Request>::Output, usize), Error>;
type Fetching<R> = Pin<Box<dyn Future<Output = Fetched<R>> + Send>>;

/// The pages of a list.
///
/// It is a `Stream`, and has a `next` of its own, so that no further crate is needed. A page is
/// requested when it is asked for. The stream ends after the first error.
///
/// # Example
///
/// ```
/// # async fn example<R: twilio_push_credentials::PagedRequest>(list: twilio_push_credentials::Call<twilio_push_credentials::Client, R>) -> Result<(), twilio_push_credentials::Error> {
/// use twilio_push_credentials::Page;
///
/// let mut pages = list.pages();
/// while let Some(page) = pages.next().await {
///     println!("{} items", page?.items().len());
/// }
/// # Ok(())
/// # }
/// ```
#[must_use = "a stream does nothing until its pages are asked for"]
pub struct PageStream<R: PagedRequest> {
    client: Client,
    /// The request with the options of its call.
    request: Arc<(R, Options)>,
    cursor: Cursor,
    fetching: Option<Fetching<R>>,
    metadata: Option<Metadata>,
}

/// The items of a list, page by page.
///
/// It is a `Stream`, and has a `next` of its own, so that no further crate is needed. A page is
/// requested when its first item is asked for. The stream ends after the first error.
///
/// # Example
///
/// ```
/// # async fn example<R: twilio_push_credentials::PagedRequest>(list: twilio_push_credentials::Call<twilio_push_credentials::Client, R>) -> Result<(), twilio_push_credentials::Error> {
/// let mut items = list.stream();
/// while let Some(item) = items.next().await {
///     let item = item?;
/// }
/// # Ok(())
/// # }
/// ```
#[must_use = "a stream does nothing until its items are asked for"]
pub struct ItemStream<R: PagedRequest> {
    pages: PageStream<R>,
    items: vec::IntoIter<Item<R>>,
}

impl<R: PagedRequest> PageStream<R> {
    pub(crate) fn new(client: Client, request: R, options: Options) -> Self {
        Self {
            client,
            cursor: Cursor::new(request.operation(), &options),
            request: Arc::new((request, options)),
            fetching: None,
            metadata: None,
        }
    }

    /// What came with the page that was read last: its status, headers and the like. Nothing before the first.
    ///
    /// # Example
    ///
    /// ```
    /// # async fn example<R: twilio_push_credentials::PagedRequest>(list: twilio_push_credentials::Call<twilio_push_credentials::Client, R>) -> Result<(), twilio_push_credentials::Error> {
    /// let mut pages = list.pages();
    /// while let Some(page) = pages.next().await.transpose()? {
    ///     println!("{:?}", pages.metadata().and_then(|metadata| metadata.request_id()));
    /// }
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn metadata(&self) -> Option<&Metadata> {
        self.metadata.as_ref()
    }

    /// The next page, or nothing at the end of the list.
    ///
    /// It can be dropped before it is done; nothing is lost then.
    ///
    /// # Example
    ///
    /// ```
    /// # async fn example<R: twilio_push_credentials::PagedRequest>(list: twilio_push_credentials::Call<twilio_push_credentials::Client, R>) -> Result<(), twilio_push_credentials::Error> {
    /// let first = list.pages().next().await.transpose()?;
    /// # Ok(())
    /// # }
    /// ```
    pub async fn next(&mut self) -> Option<Result<R::Output, Error>> {
        poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }

    /// Where the list goes on, to be kept for later; nothing at its end.
    ///
    /// After an error it is the page that failed.
    ///
    /// # Example
    ///
    /// ```
    /// # async fn example<R: twilio_push_credentials::PagedRequest>(list: twilio_push_credentials::Call<twilio_push_credentials::Client, R>) -> Result<(), twilio_push_credentials::Error> {
    /// let mut pages = list.pages();
    /// let first = pages.next().await.transpose()?;
    /// let is_last = pages.state().is_none();
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn state(&self) -> Option<PageState> {
        self.cursor.state(false)
    }

    /// The next page, and how many of its items were given before the list was taken up again.
    fn poll_page(&mut self, context: &mut Context<'_>) -> Poll<Option<Arrived<R>>> {
        let fetched = loop {
            if let Some(fetching) = &mut self.fetching {
                break ready!(fetching.as_mut().poll(context));
            }
            match self.cursor.step() {
                Step::Fetch(query) => self.fetching = Some(self.fetch(query)),
                Step::Fail(error) => return Poll::Ready(Some(Err(error))),
                Step::End => return Poll::Ready(None),
            }
        };
        self.fetching = None;
        Poll::Ready(Some(match fetched {
            Ok(Response {
                value: page,
                metadata,
            }) => {
                self.metadata = Some(metadata);
                let (request, options) = &*self.request;
                let next = page.next_url().filter(|url| !url.is_empty());
                let link = next.map(|next| self.client.0.next_query(request, options, next));
                let before = self.cursor.arrive(page.items().len(), link);
                Ok((page, before))
            }
            Err(error) => {
                self.cursor.fail();
                Err(error)
            }
        }))
    }

    fn fetch(&self, query: Option<String>) -> Fetching<R> {
        let client = self.client.clone();
        let request = Arc::clone(&self.request);
        Box::pin(async move {
            let (request, options) = &*request;
            client
                .0
                .call_with_metadata(request, options, query.as_deref())
                .await
        })
    }
}

impl<R: PagedRequest> ItemStream<R> {
    pub(crate) fn new(pages: PageStream<R>) -> Self {
        let items = Vec::new().into_iter();
        Self { pages, items }
    }

    /// What came with the page of the last item: its status, headers and the like. Nothing before the first.
    ///
    /// # Example
    ///
    /// ```
    /// # async fn example<R: twilio_push_credentials::PagedRequest>(list: twilio_push_credentials::Call<twilio_push_credentials::Client, R>) -> Result<(), twilio_push_credentials::Error> {
    /// let mut items = list.stream();
    /// let first = items.next().await.transpose()?;
    /// let status = items.metadata().map(|metadata| metadata.status());
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn metadata(&self) -> Option<&Metadata> {
        self.pages.metadata()
    }

    /// The next item, or nothing at the end of the list.
    ///
    /// It can be dropped before it is done; nothing is lost then.
    ///
    /// # Example
    ///
    /// ```
    /// # async fn example<R: twilio_push_credentials::PagedRequest>(list: twilio_push_credentials::Call<twilio_push_credentials::Client, R>) -> Result<(), twilio_push_credentials::Error> {
    /// let first = list.stream().next().await.transpose()?;
    /// # Ok(())
    /// # }
    /// ```
    pub async fn next(&mut self) -> Option<Result<Item<R>, Error>> {
        poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }

    /// Where the list goes on, to be kept for later; nothing at its end.
    ///
    /// It is the item after the last one that was given: its page is read again then, and what was
    /// given of it is left out, so that items which came or went meanwhile can shift it. After an
    /// error it is the page that failed.
    ///
    /// # Example
    ///
    /// ```
    /// # async fn example<R: twilio_push_credentials::PagedRequest>(list: twilio_push_credentials::Call<twilio_push_credentials::Client, R>) -> Result<(), twilio_push_credentials::Error> {
    /// let mut items = list.stream();
    /// let first = items.next().await.transpose()?;
    /// let kept = items.state().map(|state| state.to_string());
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn state(&self) -> Option<PageState> {
        self.pages.cursor.state(self.items.len() > 0)
    }
}

/// Nothing in it is ever pinned in place: the future has a box of its own.
impl<R: PagedRequest> Unpin for PageStream<R> {}

/// Nothing in it is ever pinned in place: the future has a box of its own.
impl<R: PagedRequest> Unpin for ItemStream<R> {}

impl<R: PagedRequest> Stream for PageStream<R> {
    type Item = Result<R::Output, Error>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = self.get_mut();
        let page = ready!(this.poll_page(context));
        Poll::Ready(page.map(|page| {
            let (page, before) = page?;
            let items = page.items().len().saturating_sub(before);
            this.cursor.give(u64::try_from(items).unwrap_or(u64::MAX));
            Ok(page)
        }))
    }
}

impl<R: PagedRequest> Stream for ItemStream<R> {
    type Item = Result<Item<R>, Error>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = self.get_mut();
        loop {
            if this.pages.cursor.is_exhausted() {
                return Poll::Ready(None);
            }
            if let Some(item) = this.items.next() {
                this.pages.cursor.give(1);
                return Poll::Ready(Some(Ok(item)));
            }
            match ready!(this.pages.poll_page(context)) {
                Some(Ok((page, before))) => {
                    this.items = page.into_items().into_iter();
                    if before > 0 {
                        this.items.nth(before - 1);
                    }
                }
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                None => return Poll::Ready(None),
            }
        }
    }
}

impl<R: PagedRequest> fmt::Debug for PageStream<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PageStream")
            .field("operation", &self.request.0.operation().id)
            .field("left", &self.cursor.left())
            .finish_non_exhaustive()
    }
}

impl<R: PagedRequest> fmt::Debug for ItemStream<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ItemStream")
            .field("operation", &self.pages.request.0.operation().id)
            .field("left", &self.pages.cursor.left())
            .finish_non_exhaustive()
    }
}

/// Makes a struct a page: what an item is, the field that holds all of them, and the link to the next page.
macro_rules! page {
    ($name:ty, $item:ty, $items:ident, $page:ident => $next:expr) => {
        impl $crate::runtime::Page for $name {
            type Item = $item;

            fn items(&self) -> &[$item] {
                &self.$items
            }

            fn into_items(self) -> Vec<$item> {
                self.$items
            }

            fn next_url(&self) -> Option<&str> {
                let $page = self;
                $next
            }
        }
    };
    ($name:ty, $item:ty, $items:ident or empty, $page:ident => $next:expr) => {
        impl $crate::runtime::Page for $name {
            type Item = $item;

            fn items(&self) -> &[$item] {
                self.$items.as_deref().unwrap_or_default()
            }

            fn into_items(self) -> Vec<$item> {
                self.$items.unwrap_or_default()
            }

            fn next_url(&self) -> Option<&str> {
                let $page = self;
                $next
            }
        }
    };
}

pub(crate) use page;
