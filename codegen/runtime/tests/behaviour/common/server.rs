//! A tiny HTTP server on loopback that records raw requests and answers with scripted bytes.

use std::net::SocketAddr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// A request as it came.
#[derive(Clone, Debug, Default)]
pub(crate) struct Recorded {
    pub(crate) method: String,
    pub(crate) target: String,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: String,
}

impl Recorded {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let mut found = self.headers.iter().filter(|(known, _)| known == name);
        let value = found.next().map(|(_, value)| value.as_str());
        assert!(found.next().is_none(), "{name} is sent twice");
        value
    }

    pub(crate) fn path(&self) -> &str {
        self.target.split('?').next().unwrap()
    }

    pub(crate) fn query(&self) -> &str {
        self.target.split_once('?').map_or("", |(_, query)| query)
    }

    /// The form, decoded by an implementation that isn't ours.
    pub(crate) fn form(&self) -> Vec<(String, String)> {
        url::form_urlencoded::parse(self.body.as_bytes())
            .into_owned()
            .collect()
    }
}

/// What the server does with a request.
pub(crate) enum Reply {
    /// Sends this and closes the connection.
    Bytes(Vec<u8>),
    /// Sends this and then nothing.
    Stall(Vec<u8>),
    /// Sends these one by one, each in a packet of its own, and closes the connection.
    Pieces(Vec<Vec<u8>>),
}

impl Reply {
    /// The same with a header that says that the connection ends: without it, a client may try to use it again.
    #[cfg(any(feature = "blocking", feature = "tracing"))]
    pub(crate) fn closing(self) -> Self {
        match self {
            Self::Bytes(bytes) => {
                let text = String::from_utf8(bytes).unwrap();
                let text = text.replacen("\r\n", "\r\nconnection: close\r\n", 1);
                Self::Bytes(text.into_bytes())
            }
            other => other,
        }
    }
}

/// Status line, headers and body, with the length of the body.
pub(crate) fn answer(status: &str, headers: &str, body: &str) -> Reply {
    let length = body.len();
    Reply::Bytes(
        // Closed after each answer, and said so: a client that takes it up again would meet a reset.
        format!(
            "HTTP/1.1 {status}\r\ncontent-length: {length}\r\nconnection: close\r\n{headers}\r\n{body}"
        )
        .into_bytes(),
    )
}

pub(crate) fn json(status: &str, body: &str) -> Reply {
    answer(
        status,
        "content-type: application/json\r\ntwilio-request-id: RQ1\r\n",
        body,
    )
}

type Script = dyn Fn(&Recorded, &str) -> Reply + Send + Sync;

pub(crate) struct Server {
    address: SocketAddr,
    requests: Arc<Mutex<Vec<Recorded>>>,
}

impl Server {
    /// Starts a server; the script gets the request and the server's own URL.
    #[expect(
        clippy::unused_async,
        reason = "tests await it, so that they run where it can spawn"
    )]
    pub(crate) async fn start(
        script: impl Fn(&Recorded, &str) -> Reply + Send + Sync + 'static,
    ) -> Self {
        Self::listen(SocketAddr::from(([127, 0, 0, 1], 0)), script)
    }

    /// Starts a server on an address, at once.
    pub(crate) fn listen(
        address: SocketAddr,
        script: impl Fn(&Recorded, &str) -> Reply + Send + Sync + 'static,
    ) -> Self {
        let listener = std::net::TcpListener::bind(address).unwrap();
        listener.set_nonblocking(true).unwrap();
        let address = listener.local_addr().unwrap();
        let listener = TcpListener::from_std(listener).unwrap();
        let requests = Arc::new(Mutex::new(Vec::new()));
        let (script, log): (Arc<Script>, _) = (Arc::new(script), Arc::clone(&requests));
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (script, log) = (Arc::clone(&script), Arc::clone(&log));
                tokio::spawn(serve(stream, address, script, log));
            }
        });
        Self { address, requests }
    }

    /// A server whose answers depend on how many requests there were before.
    pub(crate) async fn counting(script: impl Fn(usize) -> Reply + Send + Sync + 'static) -> Self {
        let before = AtomicUsize::new(0);
        Self::start(move |_, _| script(before.fetch_add(1, Ordering::SeqCst))).await
    }

    /// A server that always says the same.
    pub(crate) async fn always(status: &'static str, body: &'static str) -> Self {
        Self::start(move |_, _| json(status, body)).await
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    pub(crate) fn requests(&self) -> Vec<Recorded> {
        self.requests.lock().unwrap().clone()
    }

    pub(crate) fn only_request(&self) -> Recorded {
        let requests = self.requests();
        assert_eq!(requests.len(), 1, "{requests:?}");
        requests.into_iter().next().unwrap()
    }
}

async fn serve(
    mut stream: TcpStream,
    address: SocketAddr,
    script: Arc<Script>,
    log: Arc<Mutex<Vec<Recorded>>>,
) {
    let Some(request) = receive(&mut stream).await else {
        return;
    };
    log.lock().unwrap().push(request.clone());
    match script(&request, &format!("http://{address}")) {
        Reply::Bytes(bytes) => {
            let _ = stream.write_all(&bytes).await;
        }
        Reply::Pieces(pieces) => {
            let _ = stream.set_nodelay(true);
            for piece in pieces {
                let _ = stream.write_all(&piece).await;
                tokio::time::sleep(std::time::Duration::from_millis(2)).await;
            }
        }
        Reply::Stall(bytes) => {
            let _ = stream.write_all(&bytes).await;
            std::future::pending::<()>().await;
        }
    }
}

async fn receive(stream: &mut TcpStream) -> Option<Recorded> {
    let mut bytes = Vec::new();
    loop {
        if let Some(request) = parse(&bytes) {
            return Some(request);
        }
        if stream.read_buf(&mut bytes).await.ok()? == 0 {
            return None;
        }
    }
}

/// The request, once all of it is there.
fn parse(bytes: &[u8]) -> Option<Recorded> {
    let text = str::from_utf8(bytes).ok()?;
    let (head, body) = text.split_once("\r\n\r\n")?;
    let mut lines = head.split("\r\n");
    let mut first = lines.next()?.split(' ');
    let (method, target) = (first.next()?.to_owned(), first.next()?.to_owned());
    let headers: Vec<(String, String)> = lines
        .filter_map(|line| line.split_once(": "))
        .map(|(name, value)| (name.to_ascii_lowercase(), value.to_owned()))
        .collect();
    let length = headers.iter().find(|(name, _)| name == "content-length");
    let length = length.map_or(0, |(_, length)| length.parse().unwrap());
    (body.len() == length).then(|| Recorded {
        method,
        target,
        headers,
        body: body.to_owned(),
    })
}
