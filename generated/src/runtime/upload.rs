//! Takes bytes, a file, a stream or a reader; gives what is sent of it as a body or as a part of one; must never show what is in it.

use crate::runtime::flow;
use crate::runtime::payload::{Insert, Inserts, Later, Opened, Payload};
use crate::runtime::source::{self, Once};
use bytes::Bytes;
use futures_core::Stream;
use std::fmt;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A file to send: bytes, a file of this machine, a stream, or anything that can be read.
///
/// Bytes and texts turn into one by themselves wherever a file is wanted. A large one may take
/// longer than calls have by default: give them more with `timeout` and `attempt_timeout`.
///
/// # Example
///
/// ```
/// use twilio_push_credentials::Upload;
///
/// let picture = Upload::from_path("holiday.jpg").content_type("image/jpeg");
/// let note = Upload::from("in memory").file_name("note.txt");
/// ```
#[derive(Clone)]
pub struct Upload {
    pub(crate) content: Content,
    pub(crate) file_name: Option<String>,
    pub(crate) content_type: Option<String>,
    pub(crate) headers: Vec<(String, String)>,
    length: Option<u64>,
}

/// Where the bytes are.
#[derive(Clone)]
pub(crate) enum Content {
    Bytes(Bytes),
    Path(Arc<Path>),
    Once(Arc<Once>),
}

impl Upload {
    fn new(content: Content) -> Self {
        Self {
            content,
            file_name: None,
            content_type: None,
            headers: Vec::new(),
            length: None,
        }
    }

    /// A file of this machine. It is opened when it is sent and read in pieces; where the call is
    /// sent again, so is the file. It is called as it is there.
    ///
    /// # Example
    ///
    /// ```
    /// let file = twilio_push_credentials::Upload::from_path("report.pdf");
    /// ```
    #[must_use]
    pub fn from_path(path: impl Into<PathBuf>) -> Self {
        let path = path.into();
        let name = path.file_name();
        let file_name = name.map(|name| name.to_string_lossy().into_owned());
        Self {
            file_name,
            ..Self::new(Content::Path(path.into()))
        }
    }

    /// What a stream gives, in the pieces in which it comes.
    ///
    /// It can be sent once: the call is not sent again after the stream was begun.
    ///
    /// # Example
    ///
    /// ```
    /// # fn example(stream: impl futures_core::Stream<Item = std::io::Result<bytes::Bytes>> + Send + 'static) {
    /// let file = twilio_push_credentials::Upload::from_stream(stream).length(1024);
    /// # }
    /// ```
    #[must_use]
    pub fn from_stream(stream: impl Stream<Item = io::Result<Bytes>> + Send + 'static) -> Self {
        Self::new(Content::Once(Arc::new(Once::stream(Box::pin(stream)))))
    }

    /// What can be read, on a thread that may block.
    ///
    /// It can be sent once: the call is not sent again after the reader was begun.
    ///
    /// # Example
    ///
    /// ```
    /// let file = twilio_push_credentials::Upload::from_reader(std::io::stdin());
    /// ```
    #[must_use]
    pub fn from_reader(reader: impl Read + Send + 'static) -> Self {
        Self::new(Content::Once(Arc::new(Once::reader(Box::new(reader)))))
    }

    /// What the file is called. Without it, a part of a form is called as its field is.
    ///
    /// # Example
    ///
    /// ```
    /// let file = twilio_push_credentials::Upload::from(vec![0; 16]).file_name("zeros.bin");
    /// ```
    #[must_use]
    pub fn file_name(mut self, name: impl Into<String>) -> Self {
        self.file_name = Some(name.into());
        self
    }

    /// The media type, instead of the one that the API documents.
    ///
    /// # Example
    ///
    /// ```
    /// let file = twilio_push_credentials::Upload::from("a,b\n").content_type("text/csv");
    /// ```
    #[must_use]
    pub fn content_type(mut self, media_type: impl Into<String>) -> Self {
        self.content_type = Some(media_type.into());
        self
    }

    /// One more header of the part that it becomes; a file that is the whole body has no part.
    ///
    /// # Example
    ///
    /// ```
    /// let file = twilio_push_credentials::Upload::from("<svg/>").header("Content-ID", "logo");
    /// ```
    #[must_use]
    pub fn header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    /// How many bytes a stream or a reader has, so that the server is told before they come. The
    /// call fails if there are more or fewer. That of bytes and files is known without.
    ///
    /// # Example
    ///
    /// ```
    /// # fn example(stream: impl futures_core::Stream<Item = std::io::Result<bytes::Bytes>> + Send + 'static) {
    /// let file = twilio_push_credentials::Upload::from_stream(stream).length(1024);
    /// # }
    /// ```
    #[must_use]
    pub fn length(mut self, bytes: u64) -> Self {
        self.length = Some(bytes);
        self
    }

    fn known_length(&self) -> Option<u64> {
        match &self.content {
            Content::Bytes(bytes) => u64::try_from(bytes.len()).ok(),
            Content::Path(_) => None,
            Content::Once(_) => self.length,
        }
    }
}

impl Insert for Upload {
    fn open(&self) -> Later<'_, io::Result<Opened>> {
        Box::pin(async {
            match &self.content {
                Content::Bytes(bytes) => Ok(Opened::Bytes(bytes.clone())),
                Content::Path(path) => source::open(Arc::clone(path)).await,
                Content::Once(once) => Ok(Opened::Chunks(
                    source::chunks(Arc::clone(once)),
                    self.length,
                )),
            }
        })
    }

    fn is_spent(&self) -> bool {
        matches!(&self.content, Content::Once(once) if once.is_begun())
    }

    fn join(&self, written: Bytes, inserts: Inserts) -> Payload {
        match (&self.content, inserts.as_slice()) {
            (Content::Bytes(bytes), [_]) if written.is_empty() => Payload::Whole(bytes.clone()),
            _ => flow::join(written, inserts),
        }
    }
}

impl fmt::Debug for Upload {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let from = match &self.content {
            Content::Bytes(_) => "bytes",
            Content::Path(_) => "a file",
            Content::Once(_) => "what is read once",
        };
        f.debug_struct("Upload")
            .field("from", &format_args!("{from}"))
            .field("file_name", &self.file_name)
            .field("content_type", &self.content_type)
            .field("length", &self.known_length())
            .finish_non_exhaustive()
    }
}

/// No bytes.
impl Default for Upload {
    fn default() -> Self {
        Bytes::new().into()
    }
}

impl From<Bytes> for Upload {
    fn from(bytes: Bytes) -> Self {
        Self::new(Content::Bytes(bytes))
    }
}

impl From<Vec<u8>> for Upload {
    fn from(bytes: Vec<u8>) -> Self {
        Bytes::from(bytes).into()
    }
}

impl From<String> for Upload {
    fn from(text: String) -> Self {
        Bytes::from(text).into()
    }
}

impl From<&'static [u8]> for Upload {
    fn from(bytes: &'static [u8]) -> Self {
        Bytes::from_static(bytes).into()
    }
}

impl<const N: usize> From<&'static [u8; N]> for Upload {
    fn from(bytes: &'static [u8; N]) -> Self {
        Bytes::from_static(bytes).into()
    }
}

impl From<&'static str> for Upload {
    fn from(text: &'static str) -> Self {
        Bytes::from_static(text.as_bytes()).into()
    }
}
