//! Takes what to answer to each request, byte for byte; gives a server on loopback that does so and keeps count; must never mend
//! or delay anything by itself.
//!
//! It is for what no HTTP library lets a server do. What Twilio would answer is the matter of [`crate::twilio`].

mod serve;

use std::io;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;

use tokio::net::TcpSocket;
use tokio::sync::oneshot;

/// A request as it came.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Request {
    /// The method.
    pub method: String,
    /// The path and the query, not decoded.
    pub target: String,
    /// The headers in order, their names in lower case.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Vec<u8>,
}

impl Request {
    /// The value of the first header with this name, given in lower case.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(key, _)| key == name);
        found.map(|(_, value)| value.as_str())
    }
}

/// What becomes of a connection once a reply is written.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Then {
    /// It takes the next request.
    Keep,
    /// It is closed, as after `connection: close`.
    Close,
    /// It is reset.
    Reset,
    /// Nothing more is said until the other side gives up.
    Stall,
}

/// What the server writes, and what follows.
#[derive(Clone, Debug)]
pub struct Reply {
    /// The status line, the headers and the body, as much of them as there is.
    pub bytes: Vec<u8>,
    /// What follows.
    pub then: Then,
}

impl Reply {
    /// An answer with its length, after which the connection is kept. `head` is the status, such as `200 OK`, and the headers, a
    /// line each.
    #[must_use]
    pub fn new(head: &str, body: &str) -> Self {
        let head = head.replace('\n', "\r\n");
        let length = body.len();
        let text = format!("HTTP/1.1 {head}\r\ncontent-length: {length}\r\n\r\n{body}");
        Self {
            bytes: text.into_bytes(),
            then: Then::Keep,
        }
    }

    /// The same bytes with another end.
    #[must_use]
    pub fn then(mut self, then: Then) -> Self {
        self.then = then;
        self
    }

    /// The head and the first half of the body, and then that.
    #[must_use]
    pub fn half(mut self, then: Then) -> Self {
        let head = self.bytes.windows(4).position(|end| end == b"\r\n\r\n");
        let head = head.map_or(0, |start| start + 4);
        self.bytes.truncate(head + (self.bytes.len() - head) / 2);
        self.then(then)
    }
}

/// What the server does.
pub enum Script {
    /// Resets each connection before it has read anything.
    Cut,
    /// Answers; the number counts the requests since the script was set, from 0.
    Answer(Box<Answer>),
}

/// Gives the reply to a request.
pub type Answer = dyn Fn(&Request, usize) -> Reply + Send + Sync;

impl Script {
    /// A script that answers.
    pub fn answer(answer: impl Fn(&Request, usize) -> Reply + Send + Sync + 'static) -> Self {
        Self::Answer(Box::new(answer))
    }
}

/// What the server has seen since its script was set.
#[derive(Clone, Debug, Default)]
pub struct Seen {
    /// The requests that it read to their end.
    pub requests: Vec<Request>,
    /// How many connections it reset before it read anything.
    pub cut: usize,
}

/// What the server and its connections share.
struct Shared {
    script: Mutex<(Arc<Script>, Seen)>,
    stalled: Box<dyn Fn() + Send + Sync>,
}

impl Shared {
    fn script(&self) -> MutexGuard<'_, (Arc<Script>, Seen)> {
        self.script.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A running server; it stops when it is dropped.
pub struct Scripted {
    shared: Arc<Shared>,
    address: SocketAddr,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Scripted {
    /// Starts a server on a free port, in a thread of its own.
    ///
    /// # Errors
    /// When there is no port or no thread.
    pub fn start(script: Script) -> io::Result<Self> {
        Self::start_with(script, || ())
    }

    /// As [`Scripted::start`]; `stalled` is told whenever the server has fallen silent.
    ///
    /// # Errors
    /// When there is no port or no thread.
    pub fn start_with(
        script: Script,
        stalled: impl Fn() + Send + Sync + 'static,
    ) -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        let address = listener.local_addr()?;
        let shared = Arc::new(Shared {
            script: Mutex::new((Arc::new(script), Seen::default())),
            stalled: Box::new(stalled),
        });
        let (stop, stopped) = oneshot::channel();
        let thread = serve::spawn(Arc::clone(&shared), listener, stopped)?;
        Ok(Self {
            shared,
            address,
            stop: Some(stop),
            thread: Some(thread),
        })
    }

    /// Where it listens, such as `http://127.0.0.1:4010`.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Does something else from now on, and counts anew.
    pub fn set(&self, script: Script) {
        *self.shared.script() = (Arc::new(script), Seen::default());
    }

    /// What it has seen since its script was set.
    #[must_use]
    pub fn seen(&self) -> Seen {
        self.shared.script().1.clone()
    }
}

impl Drop for Scripted {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            // A panic of a script has shown itself as a broken connection already.
            let _ = thread.join();
        }
    }
}

/// A port that refuses connections for as long as this is kept.
pub struct Refusing(TcpSocket);

impl Refusing {
    /// Takes a free port and does not listen on it.
    ///
    /// # Errors
    /// When there is no port.
    pub fn start() -> io::Result<Self> {
        let socket = TcpSocket::new_v4()?;
        socket.bind((Ipv4Addr::LOCALHOST, 0).into())?;
        Ok(Self(socket))
    }

    /// Where it does not listen.
    ///
    /// # Errors
    /// What the socket says.
    pub fn url(&self) -> io::Result<String> {
        Ok(format!("http://{}", self.0.local_addr()?))
    }
}
