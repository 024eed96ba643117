//! Takes an answer of bytes that are still coming; gives them as they come, or all at once; must never keep more of them than the limit of the client.

use crate::runtime::Error;
use crate::runtime::incoming::Incoming;
use bytes::Bytes;
use futures_core::Stream;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll};

/// An answer that is a file, an image or other bytes, while they come.
///
/// Read it piece by piece with [`chunk`](Self::chunk), of any length, or all at once with
/// [`bytes`](Self::bytes) and [`text`](Self::text), up to the client's limit. It is a `Stream` of
/// pieces as well. Each piece may take as long as an attempt of the call; the call itself was
/// finished when its headers had come. A body that breaks off or stalls is an error, after which
/// the download has ended. Dropping it closes the connection.
///
/// # Example
///
/// ```
/// # async fn example(mut download: openapi_client_runtime::Download, mut file: impl std::io::Write) -> Result<(), Box<dyn std::error::Error>> {
/// while let Some(piece) = download.chunk().await? {
///     file.write_all(&piece)?;
/// }
/// # Ok(())
/// # }
/// ```
#[derive(Debug)]
#[must_use = "the bytes are still to be read"]
pub struct Download {
    pub(crate) incoming: Incoming,
    content_type: Option<Box<str>>,
    content_length: Option<u64>,
    limit: usize,
}

impl Download {
    pub(crate) fn new(
        incoming: Incoming,
        content_type: Option<&str>,
        content_length: Option<u64>,
        limit: usize,
    ) -> Self {
        Self {
            incoming,
            content_type: content_type.map(Into::into),
            content_length,
            limit,
        }
    }

    /// The media type that the answer claims to have.
    ///
    /// # Example
    ///
    /// ```
    /// # fn example(download: openapi_client_runtime::Download) {
    /// let is_png = download.content_type() == Some("image/png");
    /// # }
    /// ```
    #[must_use]
    pub fn content_type(&self) -> Option<&str> {
        self.content_type.as_deref()
    }

    /// How many bytes there are in all, where the server says so.
    ///
    /// # Example
    ///
    /// ```
    /// # fn example(download: openapi_client_runtime::Download) {
    /// println!("{} bytes", download.content_length().unwrap_or_default());
    /// # }
    /// ```
    #[must_use]
    pub fn content_length(&self) -> Option<u64> {
        self.content_length
    }

    /// The next piece, or nothing at the end.
    ///
    /// It can be dropped before it is done; nothing is lost then.
    ///
    /// # Errors
    /// When the body breaks off, or nothing more of it comes in time.
    ///
    /// # Example
    ///
    /// ```
    /// # async fn example(mut download: openapi_client_runtime::Download) -> Result<(), openapi_client_runtime::Error> {
    /// let mut length = 0;
    /// while let Some(piece) = download.chunk().await? {
    ///     length += piece.len();
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub async fn chunk(&mut self) -> Result<Option<Bytes>, Error> {
        poll_fn(|context| self.incoming.poll_piece(context))
            .await
            .transpose()
    }

    /// All bytes that are still to come.
    ///
    /// # Errors
    /// As for [`chunk`](Self::chunk), and when there are more than the client's limit.
    ///
    /// # Example
    ///
    /// ```
    /// # async fn example(download: openapi_client_runtime::Download) -> Result<(), openapi_client_runtime::Error> {
    /// let bytes = download.bytes().await?;
    /// # Ok(())
    /// # }
    /// ```
    pub async fn bytes(mut self) -> Result<Vec<u8>, Error> {
        self.rest().await
    }

    /// All bytes that are still to come, as text.
    ///
    /// # Errors
    /// As for [`bytes`](Self::bytes), and when they are not UTF-8.
    ///
    /// # Example
    ///
    /// ```
    /// # async fn example(download: openapi_client_runtime::Download) -> Result<(), openapi_client_runtime::Error> {
    /// let text = download.text().await?;
    /// # Ok(())
    /// # }
    /// ```
    pub async fn text(mut self) -> Result<String, Error> {
        let bytes = self.rest().await?;
        String::from_utf8(bytes).map_err(|error| {
            let message = format!("the body is not text: {}", error.utf8_error());
            self.incoming.unread(message, Some(error.as_bytes()))
        })
    }

    async fn rest(&mut self) -> Result<Vec<u8>, Error> {
        let length = self.content_length.unwrap_or_default();
        let length = usize::try_from(length).unwrap_or(usize::MAX);
        if length > self.limit {
            return Err(self.incoming.too_large("the body", self.limit));
        }
        let mut all = Vec::with_capacity(length);
        while let Some(piece) = self.chunk().await? {
            if all.len().saturating_add(piece.len()) > self.limit {
                return Err(self.incoming.too_large("the body", self.limit));
            }
            all.extend_from_slice(&piece);
        }
        Ok(all)
    }
}

impl Stream for Download {
    type Item = Result<Bytes, Error>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().incoming.poll_piece(context)
    }
}
