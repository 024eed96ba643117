//! Takes calls of lists; gives their items and pages to a thread that waits for them; must never ask for a page before it is needed.

use crate::runtime::blocking::Client;
use crate::runtime::waiting::Driver;
use crate::runtime::{
    Call, Error, ItemStream, Metadata, Page, PageState, PageStream, PagedRequest,
};
use std::fmt;
use std::iter::FusedIterator;
use std::sync::Arc;

/// The items of a list, page by page: an iterator.
///
/// A page is requested when its first item is asked for. It ends after the first error.
///
/// # Example
///
/// ```
/// # fn example<R: openapi_client_runtime::PagedRequest>(list: openapi_client_runtime::Call<openapi_client_runtime::blocking::Client, R>) -> Result<(), openapi_client_runtime::Error> {
/// for item in list.stream() {
///     let item = item?;
/// }
/// # Ok(())
/// # }
/// ```
#[must_use = "an iterator does nothing until its items are asked for"]
pub struct Items<R: PagedRequest> {
    stream: ItemStream<R>,
    waiter: Waiter,
}

/// The pages of a list: an iterator.
///
/// A page is requested when it is asked for. It ends after the first error.
///
/// # Example
///
/// ```
/// # fn example<R: openapi_client_runtime::PagedRequest>(list: openapi_client_runtime::Call<openapi_client_runtime::blocking::Client, R>) -> Result<(), openapi_client_runtime::Error> {
/// for page in list.pages() {
///     let page = page?;
/// }
/// # Ok(())
/// # }
/// ```
#[must_use = "an iterator does nothing until its pages are asked for"]
pub struct Pages<R: PagedRequest> {
    stream: PageStream<R>,
    waiter: Waiter,
}

impl<R: PagedRequest> Call<Client, R> {
    /// All items of the list, page by page: a page is requested when its first item is wanted.
    ///
    /// # Example
    ///
    /// ```
    /// # fn example<R: openapi_client_runtime::PagedRequest>(list: openapi_client_runtime::Call<openapi_client_runtime::blocking::Client, R>) -> Result<(), openapi_client_runtime::Error> {
    /// let items: Result<Vec<_>, _> = list.stream().collect();
    /// # Ok(())
    /// # }
    /// ```
    pub fn stream(self) -> Items<R> {
        let Pages { stream, waiter } = self.pages();
        let stream = ItemStream::new(stream);
        Items { stream, waiter }
    }

    /// The pages of the list, each requested when it is wanted.
    ///
    /// # Example
    ///
    /// ```
    /// # fn example<R: openapi_client_runtime::PagedRequest>(list: openapi_client_runtime::Call<openapi_client_runtime::blocking::Client, R>) -> Result<(), openapi_client_runtime::Error> {
    /// let first = list.pages().next().transpose()?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn pages(self) -> Pages<R> {
        let (Client { client, driver }, request, options) = self.into_parts();
        let waiter = Waiter {
            driver,
            operation: request.operation().id,
            refused: false,
        };
        let stream = PageStream::new(client, request, options);
        Pages { stream, waiter }
    }
}

/// What a list waits with.
struct Waiter {
    driver: Arc<Driver>,
    operation: &'static str,
    refused: bool,
}

impl Waiter {
    /// The next of a list. Where it may not wait it says so once, so that who skips errors comes to an end.
    fn next<T>(
        &mut self,
        next: impl Future<Output = Option<Result<T, Error>>>,
    ) -> Option<Result<T, Error>> {
        if self.refused {
            return None;
        }
        self.driver.wait(next).unwrap_or_else(|error| {
            self.refused = true;
            Some(Err(error.of(self.operation)))
        })
    }
}

impl<R: PagedRequest> Items<R> {
    /// What came with the page of the last item: its status, headers and the like. Nothing before the first.
    ///
    /// # Example
    ///
    /// ```
    /// # fn example<R: openapi_client_runtime::PagedRequest>(list: openapi_client_runtime::Call<openapi_client_runtime::blocking::Client, R>) -> Result<(), openapi_client_runtime::Error> {
    /// let mut items = list.stream();
    /// let first = items.next().transpose()?;
    /// let status = items.metadata().map(|metadata| metadata.status());
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn metadata(&self) -> Option<&Metadata> {
        self.stream.metadata()
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
    /// # fn example<R: openapi_client_runtime::PagedRequest>(list: openapi_client_runtime::Call<openapi_client_runtime::blocking::Client, R>) -> Result<(), openapi_client_runtime::Error> {
    /// let mut items = list.stream();
    /// let first = items.next().transpose()?;
    /// let kept = items.state().map(|state| state.to_string());
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn state(&self) -> Option<PageState> {
        self.stream.state()
    }
}

impl<R: PagedRequest> Pages<R> {
    /// What came with the page that was read last: its status, headers and the like. Nothing before the first.
    ///
    /// # Example
    ///
    /// ```
    /// # fn example<R: openapi_client_runtime::PagedRequest>(list: openapi_client_runtime::Call<openapi_client_runtime::blocking::Client, R>) -> Result<(), openapi_client_runtime::Error> {
    /// let mut pages = list.pages();
    /// let first = pages.next().transpose()?;
    /// let status = pages.metadata().map(|metadata| metadata.status());
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn metadata(&self) -> Option<&Metadata> {
        self.stream.metadata()
    }

    /// Where the list goes on, to be kept for later; nothing at its end.
    ///
    /// After an error it is the page that failed.
    ///
    /// # Example
    ///
    /// ```
    /// # fn example<R: openapi_client_runtime::PagedRequest>(list: openapi_client_runtime::Call<openapi_client_runtime::blocking::Client, R>) -> Result<(), openapi_client_runtime::Error> {
    /// let mut pages = list.pages();
    /// let first = pages.next().transpose()?;
    /// let is_last = pages.state().is_none();
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn state(&self) -> Option<PageState> {
        self.stream.state()
    }
}

impl<R: PagedRequest> Iterator for Items<R> {
    type Item = Result<<R::Output as Page>::Item, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        self.waiter.next(self.stream.next())
    }
}

impl<R: PagedRequest> Iterator for Pages<R> {
    type Item = Result<R::Output, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        self.waiter.next(self.stream.next())
    }
}

impl<R: PagedRequest> FusedIterator for Items<R> {}

impl<R: PagedRequest> FusedIterator for Pages<R> {}

impl<R: PagedRequest> fmt::Debug for Items<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Items").field(&self.stream).finish()
    }
}

impl<R: PagedRequest> fmt::Debug for Pages<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Pages").field(&self.stream).finish()
    }
}
