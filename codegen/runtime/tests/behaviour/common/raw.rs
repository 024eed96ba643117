//! A server that takes bodies of any bytes, with a length or in chunks, and a parser of parts that forgives nothing.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// A request as it came.
#[derive(Clone, Debug, Default)]
pub(crate) struct Got {
    pub(crate) line: String,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

/// What the server does.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Act {
    /// Reads all and answers with that status.
    Answer(u16),
    /// Reads all and closes the connection.
    Hang,
    /// Reads the head, waits so many milliseconds, and then goes on.
    Wait(u64),
}

/// A part as it came.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct Part {
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) content: Vec<u8>,
}

pub(crate) struct Raw {
    address: SocketAddr,
    got: Arc<Mutex<Vec<Got>>>,
}

impl Raw {
    /// A server on a thread of its own, that acts by the number of the connection and then as the last time.
    pub(crate) fn start(acts: &'static [Act]) -> Self {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        Self::on(listener, acts)
    }

    pub(crate) fn on(listener: std::net::TcpListener, acts: &'static [Act]) -> Self {
        let address = listener.local_addr().unwrap();
        let got = Arc::new(Mutex::new(Vec::new()));
        let log = Arc::clone(&got);
        listener.set_nonblocking(true).unwrap();
        std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build()
                .unwrap();
            runtime.block_on(async {
                let listener = TcpListener::from_std(listener).unwrap();
                for number in 0.. {
                    let (stream, _) = listener.accept().await.unwrap();
                    let act = acts.get(number).or(acts.last()).copied();
                    serve(stream, act.unwrap_or(Act::Answer(204)), &log).await;
                }
            });
        });
        Self { address, got }
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    pub(crate) fn all(&self) -> Vec<Got> {
        self.got.lock().unwrap().clone()
    }

    pub(crate) fn only(&self) -> Got {
        let mut all = self.all();
        assert_eq!(all.len(), 1, "{all:?}");
        all.remove(0)
    }
}

impl Got {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        one(&self.headers, name)
    }

    pub(crate) fn text(&self) -> &str {
        str::from_utf8(&self.body).unwrap()
    }

    pub(crate) fn parts(&self) -> Vec<Part> {
        let kind = self.header("content-type").unwrap();
        let (_, boundary) = kind.split_once("boundary=").unwrap();
        assert!(boundary.len() <= 70 && boundary.chars().all(|c| c.is_ascii_alphanumeric()));
        parse(&self.body, boundary)
    }
}

impl Part {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        one(&self.headers, name)
    }

    /// The disposition, the media type and the content of a part.
    pub(crate) fn shown(&self) -> (String, String, String) {
        let of = |name| self.header(name).unwrap_or_default().to_owned();
        let content = String::from_utf8_lossy(&self.content).into_owned();
        (of("content-disposition"), of("content-type"), content)
    }
}

fn one<'a>(headers: &'a [(String, String)], name: &str) -> Option<&'a str> {
    let mut found = headers.iter().filter(|(known, _)| known == name);
    let value = found.next().map(|(_, value)| value.as_str());
    assert!(found.next().is_none(), "{name} is sent twice");
    value
}

fn headers(lines: &str) -> Vec<(String, String)> {
    let lines = lines.split("\r\n").filter(|line| !line.is_empty());
    lines
        .map(|line| {
            assert!(!line.contains(['\r', '\n']), "{line:?}");
            let (name, value) = line.split_once(": ").expect("a header");
            (name.to_ascii_lowercase(), value.to_owned())
        })
        .collect()
}

fn find(bytes: &[u8], what: &[u8]) -> Option<usize> {
    bytes.windows(what.len()).position(|window| window == what)
}

/// RFC 2046: each part between two delimiters, nothing before the first and nothing after the last.
fn parse(body: &[u8], boundary: &str) -> Vec<Part> {
    let delimiter = format!("\r\n--{boundary}");
    let first = format!("--{boundary}");
    let mut rest = body.strip_prefix(first.as_bytes()).expect("a delimiter");
    let mut parts = Vec::new();
    loop {
        if rest == b"--\r\n" {
            return parts;
        }
        rest = rest.strip_prefix(b"\r\n").expect("the end of a delimiter");
        let end = find(rest, b"\r\n\r\n").expect("the end of a head");
        let head = str::from_utf8(&rest[..end]).unwrap();
        rest = &rest[end + 4..];
        let end = find(rest, delimiter.as_bytes()).expect("the end of a part");
        parts.push(Part {
            headers: headers(head),
            content: rest[..end].to_vec(),
        });
        rest = &rest[end + delimiter.len()..];
    }
}

async fn serve(mut stream: TcpStream, act: Act, log: &Mutex<Vec<Got>>) {
    let mut bytes = Vec::new();
    let end = loop {
        if let Some(end) = find(&bytes, b"\r\n\r\n") {
            break end;
        }
        if stream.read_buf(&mut bytes).await.unwrap_or(0) == 0 {
            return;
        }
    };
    let body = bytes.split_off(end + 4);
    let head = String::from_utf8(bytes).unwrap();
    let (line, lines) = head.split_once("\r\n").unwrap();
    let mut got = Got {
        line: line.to_owned(),
        headers: headers(lines),
        body: Vec::new(),
    };
    if let Act::Wait(time) = act {
        tokio::time::sleep(Duration::from_millis(time)).await;
    }
    let Some(body) = read_body(&mut stream, &got, body).await else {
        // What came of it.
        log.lock().unwrap().push(got);
        return;
    };
    got.body = body;
    log.lock().unwrap().push(got);
    let status = match act {
        Act::Answer(status) => status,
        Act::Wait(_) => 204,
        Act::Hang => return,
    };
    let answer = format!("HTTP/1.1 {status} X\r\ncontent-length: 0\r\nconnection: close\r\n\r\n");
    let _ = stream.write_all(answer.as_bytes()).await;
}

/// The body, or nothing where it ends early.
async fn read_body(stream: &mut TcpStream, got: &Got, mut bytes: Vec<u8>) -> Option<Vec<u8>> {
    let length = got.header("content-length");
    let chunked = got.header("transfer-encoding");
    assert!(length.is_none() || chunked.is_none(), "{got:?}");
    if chunked.is_none() {
        let length = length.map_or(0, |length| length.parse().unwrap());
        while bytes.len() < length {
            if stream.read_buf(&mut bytes).await.ok()? == 0 {
                return None;
            }
        }
        assert_eq!(bytes.len(), length);
        return Some(bytes);
    }
    assert_eq!(chunked, Some("chunked"));
    let mut body = Vec::new();
    loop {
        while find(&bytes, b"\r\n").is_none() {
            if stream.read_buf(&mut bytes).await.ok()? == 0 {
                return None;
            }
        }
        let end = find(&bytes, b"\r\n").unwrap();
        let size = usize::from_str_radix(str::from_utf8(&bytes[..end]).unwrap(), 16).unwrap();
        while bytes.len() < end + 2 + size + 2 {
            if stream.read_buf(&mut bytes).await.ok()? == 0 {
                return None;
            }
        }
        let rest = bytes.split_off(end + 2 + size + 2);
        body.extend_from_slice(&bytes[end + 2..end + 2 + size]);
        assert_eq!(&bytes[end + 2 + size..], b"\r\n");
        bytes = rest;
        if size == 0 {
            assert!(bytes.is_empty());
            return Some(body);
        }
    }
}
