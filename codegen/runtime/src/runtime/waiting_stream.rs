//! Takes an answer that is still coming; gives it to a thread that waits for each part; must never do anything but wait by itself.

use crate::runtime::waiting::Keeper;
use crate::runtime::{Download, Error, EventStream, LineStream};
use futures_core::Stream;
use std::fmt;
use std::future::poll_fn;
use std::io;
use std::iter::FusedIterator;
use std::pin::Pin;

/// An answer that is still coming, for a thread that waits for each part of it: an iterator.
///
/// It is what `for` makes of a [`Download`], of an [`EventStream`] and of a [`LineStream`], and
/// what their method `blocking` gives. A download is an [`io::Read`] as well. It never waits
/// inside of async code; there it gives an error and ends.
///
/// # Example
///
/// ```
/// # fn example(download: openapi_client_runtime::Download, mut file: std::fs::File) -> Result<(), Box<dyn std::error::Error>> {
/// std::io::copy(&mut download.blocking(), &mut file)?;
/// # Ok(())
/// # }
/// ```
#[must_use = "the answer is still to be read"]
pub struct Waiting<S> {
    stream: S,
    keeper: Keeper,
    operation: &'static str,
    refused: bool,
}

macro_rules! waits {
    ($($stream:ident $(<$t:ident>)? { $($before:tt)* }),*) => {$(
        impl$(<$t>)? $stream$(<$t>)? {
            $($before)*
            #[cfg_attr(docsrs, doc(cfg(feature = "blocking")))]
            pub fn blocking(self) -> Waiting<Self> {
                Waiting {
                    keeper: self.incoming.keeper.clone(),
                    operation: self.incoming.operation(),
                    stream: self,
                    refused: false,
                }
            }
        }

        #[cfg_attr(docsrs, doc(cfg(feature = "blocking")))]
        impl$(<$t>)? IntoIterator for $stream$(<$t>)? {
            type Item = <Self as Stream>::Item;
            type IntoIter = Waiting<Self>;

            fn into_iter(self) -> Waiting<Self> {
                self.blocking()
            }
        }
    )*};
}

waits! {
    Download {
        /// The same for a thread that waits for each piece: an iterator and a reader.
        ///
        /// # Example
        ///
        /// ```
        /// # fn example(download: openapi_client_runtime::Download) -> Result<(), openapi_client_runtime::Error> {
        /// let bytes = download.blocking().bytes()?;
        /// # Ok(())
        /// # }
        /// ```
    },
    EventStream<T> {
        /// The same for a thread that waits for each event: an iterator.
        ///
        /// # Example
        ///
        /// ```
        /// # fn example(events: openapi_client_runtime::EventStream<String>) -> Result<(), openapi_client_runtime::Error> {
        /// for event in events.blocking() {
        ///     println!("{}", event?.data);
        /// }
        /// # Ok(())
        /// # }
        /// ```
    },
    LineStream<T> {
        /// The same for a thread that waits for each line: an iterator.
        ///
        /// # Example
        ///
        /// ```
        /// # fn example(lines: openapi_client_runtime::LineStream<String>) -> Result<(), openapi_client_runtime::Error> {
        /// for line in lines.blocking() {
        ///     println!("{}", line?);
        /// }
        /// # Ok(())
        /// # }
        /// ```
    }
}

impl Waiting<Download> {
    /// The media type that the answer claims to have.
    ///
    /// # Example
    ///
    /// ```
    /// # fn example(download: openapi_client_runtime::Download) {
    /// let download = download.blocking();
    /// let is_png = download.content_type() == Some("image/png");
    /// # }
    /// ```
    #[must_use]
    pub fn content_type(&self) -> Option<&str> {
        self.stream.content_type()
    }

    /// How many bytes there are in all, where the server says so.
    ///
    /// # Example
    ///
    /// ```
    /// # fn example(download: openapi_client_runtime::Download) {
    /// let length = download.blocking().content_length();
    /// # }
    /// ```
    #[must_use]
    pub fn content_length(&self) -> Option<u64> {
        self.stream.content_length()
    }

    /// All bytes that are still to come.
    ///
    /// # Errors
    /// When the body breaks off, nothing more of it comes in time, or there is more of it than the client's limit.
    ///
    /// # Example
    ///
    /// ```
    /// # fn example(download: openapi_client_runtime::Download) -> Result<(), openapi_client_runtime::Error> {
    /// let bytes = download.blocking().bytes()?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn bytes(self) -> Result<Vec<u8>, Error> {
        let bytes = self.keeper.wait(self.stream.bytes());
        bytes.map_err(|error| error.of(self.operation))?
    }

    /// All bytes that are still to come, as text.
    ///
    /// # Errors
    /// As for [`bytes`](Self::bytes), and when they are not UTF-8.
    ///
    /// # Example
    ///
    /// ```
    /// # fn example(download: openapi_client_runtime::Download) -> Result<(), openapi_client_runtime::Error> {
    /// let text = download.blocking().text()?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn text(self) -> Result<String, Error> {
        let text = self.keeper.wait(self.stream.text());
        text.map_err(|error| error.of(self.operation))?
    }
}

impl<S, T> Iterator for Waiting<S>
where
    S: Stream<Item = Result<T, Error>> + Unpin,
{
    type Item = Result<T, Error>;

    /// The next part. Where it may not wait it says so once, so that who skips errors comes to an end.
    fn next(&mut self) -> Option<Self::Item> {
        if self.refused {
            return None;
        }
        let next = poll_fn(|context| Pin::new(&mut self.stream).poll_next(context));
        self.keeper.wait(next).unwrap_or_else(|error| {
            self.refused = true;
            Some(Err(error.of(self.operation)))
        })
    }
}

impl<S, T> FusedIterator for Waiting<S> where S: Stream<Item = Result<T, Error>> + Unpin {}

impl io::Read for Waiting<Download> {
    fn read(&mut self, room: &mut [u8]) -> io::Result<usize> {
        let mut piece = match self.next() {
            Some(Ok(piece)) => piece,
            Some(Err(error)) if error.is_timeout() => {
                return Err(io::Error::new(io::ErrorKind::TimedOut, error));
            }
            Some(Err(error)) => return Err(io::Error::other(error)),
            None => return Ok(0),
        };
        let given = piece.split_to(piece.len().min(room.len()));
        self.stream.incoming.put_back(piece);
        if let Some(room) = room.get_mut(..given.len()) {
            room.copy_from_slice(&given);
        }
        Ok(given.len())
    }
}

impl<S: fmt::Debug> fmt::Debug for Waiting<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Waiting").field(&self.stream).finish()
    }
}
