//! Takes a file or what can be read once; gives its bytes in pieces; must never read on a thread that runs async tasks.

use crate::runtime::payload::{Chunks, Opened};
use bytes::Bytes;
use futures_core::Stream;
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};
use tokio::task::{JoinHandle, spawn_blocking};

/// So much is read at once.
const CHUNK: usize = 64 * 1024;

/// What can be read once.
pub(crate) struct Once {
    begun: AtomicBool,
    content: Mutex<Option<Chunks>>,
}

impl Once {
    pub(crate) fn stream(stream: Chunks) -> Self {
        Self {
            begun: AtomicBool::new(false),
            content: Mutex::new(Some(stream)),
        }
    }

    pub(crate) fn reader(reader: Box<dyn Read + Send>) -> Self {
        Self::stream(Box::pin(Reading::new(reader, u64::MAX)))
    }

    pub(crate) fn is_begun(&self) -> bool {
        self.begun.load(Ordering::Acquire)
    }

    fn take(&self) -> io::Result<Chunks> {
        self.begun.store(true, Ordering::Release);
        let mut content = self.content.lock().unwrap_or_else(PoisonError::into_inner);
        let spent = || io::Error::other("it can be sent only once, and was sent before");
        content.take().ok_or_else(spent)
    }
}

/// What can be read once, which begins when the first piece is wanted.
pub(crate) fn chunks(once: Arc<Once>) -> Chunks {
    Box::pin(Taken { once, chunks: None })
}

struct Taken {
    once: Arc<Once>,
    chunks: Option<Chunks>,
}

impl Stream for Taken {
    type Item = io::Result<Bytes>;

    fn poll_next(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<io::Result<Bytes>>> {
        let this = &mut *self;
        let chunks = match &mut this.chunks {
            Some(chunks) => chunks,
            None => match this.once.take() {
                Ok(chunks) => this.chunks.insert(chunks),
                Err(error) => return Poll::Ready(Some(Err(error))),
            },
        };
        chunks.as_mut().poll_next(context)
    }
}

/// Opens a file, of which as much is read as it holds now.
pub(crate) async fn open(path: Arc<Path>) -> io::Result<Opened> {
    let opened = spawn_blocking(move || {
        let file = File::open(path)?;
        let metadata = file.metadata()?;
        if metadata.is_dir() {
            return Err(io::Error::from(io::ErrorKind::IsADirectory));
        }
        Ok((file, metadata.is_file().then_some(metadata.len())))
    });
    let (file, length) = opened.await.map_err(io::Error::other)??;
    let limit = length.unwrap_or(u64::MAX);
    Ok(Opened::Chunks(Box::pin(Reading::new(file, limit)), length))
}

/// A reader as a stream: each piece is read on a thread for that.
struct Reading<R> {
    state: State<R>,
    left: u64,
}

enum State<R> {
    Idle(R),
    Busy(JoinHandle<(R, io::Result<Vec<u8>>)>),
    Done,
}

impl<R: Read + Send + 'static> Reading<R> {
    fn new(reader: R, limit: u64) -> Self {
        Self {
            state: State::Idle(reader),
            left: limit,
        }
    }
}

fn read<R: Read>(mut reader: R, most: usize) -> (R, io::Result<Vec<u8>>) {
    let mut bytes = vec![0; most];
    let read = loop {
        match reader.read(&mut bytes) {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            other => break other,
        }
    };
    let bytes = read.map(|count| {
        bytes.truncate(count);
        bytes
    });
    (reader, bytes)
}

impl<R: Read + Send + Unpin + 'static> Stream for Reading<R> {
    type Item = io::Result<Bytes>;

    fn poll_next(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<io::Result<Bytes>>> {
        let this = &mut *self;
        let most = usize::try_from(this.left).unwrap_or(CHUNK).min(CHUNK);
        let mut reading = match std::mem::replace(&mut this.state, State::Done) {
            State::Idle(_) if most == 0 => return Poll::Ready(None),
            State::Idle(reader) => spawn_blocking(move || read(reader, most)),
            State::Busy(reading) => reading,
            State::Done => return Poll::Ready(None),
        };
        let Poll::Ready(read) = Pin::new(&mut reading).poll(context) else {
            this.state = State::Busy(reading);
            return Poll::Pending;
        };
        let (reader, read) = match read {
            Ok((reader, read)) => (reader, read),
            Err(error) => return Poll::Ready(Some(Err(io::Error::other(error)))),
        };
        match read {
            Ok(bytes) if bytes.is_empty() => Poll::Ready(None),
            Ok(bytes) => {
                let length = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
                this.left = this.left.saturating_sub(length);
                this.state = State::Idle(reader);
                Poll::Ready(Some(Ok(bytes.into())))
            }
            Err(error) => Poll::Ready(Some(Err(error))),
        }
    }
}
