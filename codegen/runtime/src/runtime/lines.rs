//! Takes an answer of JSON values, one a line; gives them one by one as they come; must never end in silence where the body breaks off.

use crate::runtime::Error;
use crate::runtime::decode::Decode;
use crate::runtime::incoming::Incoming;
use futures_core::Stream;
use std::collections::VecDeque;
use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

/// Values of JSON, one a line, while they come: `application/x-ndjson`, `application/jsonl`, `application/json-seq` and the like.
///
/// It is a `Stream`, and has a `next` of its own, so that no further crate is needed. Empty lines,
/// with which servers keep connections open, are left out. A line that is not what the document
/// says is an error, after which the stream goes on; after any other error it has ended. Each
/// piece of the body may take as long as an attempt of the call. Dropping the stream closes the
/// connection.
///
/// # Example
///
/// ```
/// # async fn example(mut lines: openapi_client_runtime::LineStream<String>) -> Result<(), openapi_client_runtime::Error> {
/// while let Some(line) = lines.next().await {
///     println!("{}", line?);
/// }
/// # Ok(())
/// # }
/// ```
#[must_use = "the lines are still to be read"]
pub struct LineStream<T> {
    pub(crate) incoming: Incoming,
    splitter: Splitter,
    /// Whether what comes is more than may be kept.
    is_over: bool,
    decode: Decode<T>,
    /// Whether they hold secrets, so that no error may show them.
    secret: bool,
}

/// The lines of a body that is cut anywhere.
struct Splitter {
    limit: usize,
    /// The line that has not ended yet.
    line: Vec<u8>,
    lines: VecDeque<Vec<u8>>,
    /// What ends a line, once that is known.
    end: Option<u8>,
}

/// Stands before each value of `application/json-seq`, in which values may have several lines.
const SEPARATOR: u8 = 0x1e;

impl Splitter {
    /// Takes the next bytes; says whether no line is larger than the limit.
    fn push(&mut self, bytes: &[u8]) -> bool {
        let first = bytes.iter().find(|byte| !byte.is_ascii_whitespace());
        if let (None, Some(first)) = (self.end, first) {
            let is_sequence = *first == SEPARATOR;
            self.end = Some(if is_sequence { SEPARATOR } else { b'\n' });
        }
        let end = self.end.unwrap_or(b'\n');
        let mut pieces = bytes.split(|byte| *byte == end).peekable();
        while let Some(piece) = pieces.next() {
            if self.line.len() + piece.len() > self.limit {
                return false;
            }
            self.line.extend_from_slice(piece);
            if pieces.peek().is_some() {
                self.finish();
            }
        }
        true
    }

    fn finish(&mut self) {
        let line = std::mem::take(&mut self.line);
        if !line.trim_ascii().is_empty() {
            self.lines.push_back(line);
        }
    }
}

impl<T> LineStream<T> {
    pub(crate) fn new(incoming: Incoming, limit: usize, decode: Decode<T>, secret: bool) -> Self {
        Self {
            incoming,
            splitter: Splitter {
                limit,
                line: Vec::new(),
                lines: VecDeque::new(),
                end: None,
            },
            is_over: false,
            decode,
            secret,
        }
    }

    /// The next value, or nothing at the end.
    ///
    /// It can be dropped before it is done; nothing is lost then.
    ///
    /// # Example
    ///
    /// ```
    /// # async fn example(mut lines: openapi_client_runtime::LineStream<String>) -> Result<(), openapi_client_runtime::Error> {
    /// let first = lines.next().await.transpose()?;
    /// # Ok(())
    /// # }
    /// ```
    pub async fn next(&mut self) -> Option<Result<T, Error>> {
        poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }

    fn read(&self, line: &[u8]) -> Result<T, Error> {
        let decode = self.decode;
        decode(line).map_err(|message| {
            if self.secret {
                self.incoming.unread("a line is not as documented", None)
            } else {
                let message = format!("a line {message}");
                self.incoming.unread(message, Some(line))
            }
        })
    }
}

/// Nothing in it is ever pinned in place.
impl<T> Unpin for LineStream<T> {}

impl<T> Stream for LineStream<T> {
    type Item = Result<T, Error>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = self.get_mut();
        loop {
            if let Some(line) = this.splitter.lines.pop_front() {
                return Poll::Ready(Some(this.read(&line)));
            }
            // Those before it are given all the same.
            if std::mem::take(&mut this.is_over) {
                let error = this.incoming.too_large("a line", this.splitter.limit);
                return Poll::Ready(Some(Err(error)));
            }
            match ready!(this.incoming.poll_piece(context)) {
                Some(Ok(piece)) => this.is_over = !this.splitter.push(&piece),
                Some(Err(error)) => {
                    this.splitter.line.clear();
                    return Poll::Ready(Some(Err(error)));
                }
                None => {
                    // The last line needs no end.
                    this.splitter.finish();
                    if this.splitter.lines.is_empty() {
                        return Poll::Ready(None);
                    }
                }
            }
        }
    }
}

impl<T> fmt::Debug for LineStream<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("LineStream").field(&self.incoming).finish()
    }
}
