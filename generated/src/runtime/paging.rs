//! Takes a call of a list; gives what is special about it: a limit, where to go on, and the way to its pages; must never ask for a page by itself.

use crate::runtime::{Call, Client, ItemStream, PageState, PageStream, Request};
use std::sync::Arc;

/// A part of a list.
///
/// # Example
///
/// ```
/// use twilio_push_credentials::Page;
///
/// fn is_last<P: Page>(page: &P) -> bool {
///     page.next_url().is_none()
/// }
/// ```
pub trait Page: Send + 'static {
    /// What the list is of.
    type Item: Send + 'static;

    /// The items of this page.
    ///
    /// # Example
    ///
    /// ```
    /// fn count<P: twilio_push_credentials::Page>(page: &P) -> usize {
    ///     page.items().len()
    /// }
    /// ```
    fn items(&self) -> &[Self::Item];

    /// The items of this page, without the rest of it.
    ///
    /// # Example
    ///
    /// ```
    /// fn first<P: twilio_push_credentials::Page>(page: P) -> Option<P::Item> {
    ///     page.into_items().into_iter().next()
    /// }
    /// ```
    fn into_items(self) -> Vec<Self::Item>;

    /// Where the next page is; nothing on the last one.
    ///
    /// # Example
    ///
    /// ```
    /// fn is_last<P: twilio_push_credentials::Page>(page: &P) -> bool {
    ///     page.next_url().is_none()
    /// }
    /// ```
    fn next_url(&self) -> Option<&str>;
}

/// A request for a page of a list.
///
/// # Example
///
/// ```
/// use twilio_push_credentials::{Call, Client, Error, Page, PagedRequest, Request};
///
/// async fn first<R: PagedRequest>(
///     list: Call<Client, R>,
/// ) -> Option<Result<<R::Output as Page>::Item, Error>> {
///     list.limit(1).stream().next().await
/// }
/// ```
pub trait PagedRequest: Request<Output: Page> {}

impl<C, R: PagedRequest> Call<C, R> {
    /// How many items of the list are wanted: no more are given, and the pages that are asked for
    /// are no larger than that needs. A list without a limit is read to its end.
    ///
    /// Pages are whole: the last one may hold more.
    ///
    /// # Example
    ///
    /// ```
    /// # fn example<R: twilio_push_credentials::PagedRequest>(list: twilio_push_credentials::Call<twilio_push_credentials::Client, R>) {
    /// let items = list.limit(250).stream();
    /// # }
    /// ```
    pub fn limit(mut self, items: u64) -> Self {
        self.options_mut().limit = Some(items);
        self
    }

    /// Goes on where a list stood, with the link that the server gave for it.
    ///
    /// A stream goes on with the next item. Pages are whole: the first one may hold items that were
    /// given before.
    ///
    /// The call fails before anything is sent if the state is that of another list.
    ///
    /// # Example
    ///
    /// ```
    /// # fn example<R: twilio_push_credentials::PagedRequest>(list: twilio_push_credentials::Call<twilio_push_credentials::Client, R>, kept: &str) -> Result<(), Box<dyn std::error::Error>> {
    /// let rest = list.resume(kept.parse()?).stream();
    /// # Ok(())
    /// # }
    /// ```
    pub fn resume(mut self, state: PageState) -> Self {
        let place = state.place_in(R::OPERATION);
        let (page, taken) = match place {
            Ok(place) => (Ok(place.query), place.taken),
            Err(error) => (Err(Arc::new(error)), 0),
        };
        let options = self.options_mut();
        options.start = Some(page);
        options.taken = taken;
        self
    }
}

impl<R: PagedRequest> Call<Client, R> {
    /// All items of the list, page by page: a page is requested when its first item is wanted.
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
    pub fn stream(self) -> ItemStream<R> {
        ItemStream::new(self.pages())
    }

    /// The pages of the list, each requested when it is wanted.
    ///
    /// # Example
    ///
    /// ```
    /// # async fn example<R: twilio_push_credentials::PagedRequest>(list: twilio_push_credentials::Call<twilio_push_credentials::Client, R>) -> Result<(), twilio_push_credentials::Error> {
    /// let mut pages = list.pages();
    /// while let Some(page) = pages.next().await {
    ///     let page = page?;
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn pages(self) -> PageStream<R> {
        let (client, request, options) = self.into_parts();
        PageStream::new(client, request, options)
    }
}
