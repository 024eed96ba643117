//! Takes the bytes of a connection; gives requests, and writes answers; must never read more than its limits allow.

use crate::runtime::encode::percent_decode;
use std::io::{self, Read, Write};

/// A head longer than this is refused.
const MOST_HEAD: usize = 64 * 1024;
/// A body longer than this is refused.
const MOST_BODY: usize = 16 * 1024 * 1024;

/// A request as it came.
#[derive(Debug)]
pub(super) struct Request {
    pub(super) method: String,
    pub(super) path: String,
    pub(super) query: Vec<(String, String)>,
    pub(super) headers: Vec<(String, String)>,
    pub(super) body: Vec<u8>,
    /// Whether the client wants no other answer on this connection.
    pub(super) last: bool,
}

/// An answer that is ready to be sent.
#[derive(Debug)]
pub(super) struct Reply {
    pub(super) status: u16,
    pub(super) headers: Vec<(String, String)>,
    pub(super) body: Vec<u8>,
}

/// Why there is no request.
#[derive(Debug)]
pub(super) enum Refused {
    /// The connection ended.
    Closed,
    /// What came is no request that this server understands; the status to answer with.
    Status(u16),
}

impl From<io::Error> for Refused {
    fn from(_: io::Error) -> Self {
        Self::Closed
    }
}

impl Request {
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        let mut headers = self.headers.iter();
        headers
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.as_str())
    }

    /// The pairs of the form, if the body is one.
    pub(super) fn form(&self) -> Vec<(String, String)> {
        let kind = self.header("content-type").unwrap_or_default();
        if kind.starts_with("application/x-www-form-urlencoded") {
            pairs(&String::from_utf8_lossy(&self.body))
        } else {
            Vec::new()
        }
    }
}

/// Reads one request; what came after it stays in `buffer`.
pub(super) fn read(stream: &mut impl Read, buffer: &mut Vec<u8>) -> Result<Request, Refused> {
    let end = loop {
        if let Some(end) = buffer.windows(4).position(|four| four == b"\r\n\r\n") {
            break end;
        }
        if buffer.len() > MOST_HEAD {
            return Err(Refused::Status(431));
        }
        more(stream, buffer)?;
    };
    let rest = buffer.split_off(end + 4);
    let head = std::mem::replace(buffer, rest);
    let head = str::from_utf8(&head).map_err(|_| Refused::Status(400))?;
    let mut request = head_of(head).ok_or(Refused::Status(400))?;
    if let Some(coding) = request.header("transfer-encoding") {
        if !coding.eq_ignore_ascii_case("chunked") {
            return Err(Refused::Status(501));
        }
        request.body = chunks(stream, buffer)?;
        return Ok(request);
    }
    let length = match request.header("content-length").map(str::parse::<usize>) {
        None => 0,
        Some(Ok(length)) if length <= MOST_BODY => length,
        Some(Ok(_)) => return Err(Refused::Status(413)),
        Some(Err(_)) => return Err(Refused::Status(400)),
    };
    while buffer.len() < length {
        more(stream, buffer)?;
    }
    let rest = buffer.split_off(length);
    request.body = std::mem::replace(buffer, rest);
    Ok(request)
}

/// A body that comes in chunks, without trailers.
fn chunks(stream: &mut impl Read, buffer: &mut Vec<u8>) -> Result<Vec<u8>, Refused> {
    let mut body = Vec::new();
    loop {
        let line = take_line(stream, buffer)?;
        let size = line.split(';').next().unwrap_or_default().trim();
        let size = usize::from_str_radix(size, 16).map_err(|_| Refused::Status(400))?;
        if size.saturating_add(body.len()) > MOST_BODY {
            return Err(Refused::Status(413));
        }
        while buffer.len() < size {
            more(stream, buffer)?;
        }
        let rest = buffer.split_off(size);
        body.append(&mut std::mem::replace(buffer, rest));
        if !take_line(stream, buffer)?.is_empty() {
            return Err(Refused::Status(400));
        }
        if size == 0 {
            return Ok(body);
        }
    }
}

fn take_line(stream: &mut impl Read, buffer: &mut Vec<u8>) -> Result<String, Refused> {
    loop {
        if let Some(end) = buffer.windows(2).position(|two| two == b"\r\n") {
            let rest = buffer.split_off(end + 2);
            let mut line = std::mem::replace(buffer, rest);
            line.truncate(end);
            return String::from_utf8(line).map_err(|_| Refused::Status(400));
        }
        // Nobody needs more for the length of a chunk.
        if buffer.len() > 1024 {
            return Err(Refused::Status(400));
        }
        more(stream, buffer)?;
    }
}

fn more(stream: &mut impl Read, buffer: &mut Vec<u8>) -> Result<(), Refused> {
    let mut chunk = [0; 8192];
    let count = stream.read(&mut chunk)?;
    if count == 0 {
        return Err(Refused::Closed);
    }
    buffer.extend_from_slice(chunk.get(..count).unwrap_or_default());
    Ok(())
}

fn head_of(head: &str) -> Option<Request> {
    let mut lines = head.trim_end().split("\r\n");
    let mut first = lines.next()?.split(' ');
    let (method, target, version) = (first.next()?, first.next()?, first.next()?);
    if first.next().is_some() || !version.starts_with("HTTP/1.") || !target.starts_with('/') {
        return None;
    }
    let headers: Option<Vec<_>> = lines
        .map(|line| {
            let (name, value) = line.split_once(':')?;
            Some((name.to_ascii_lowercase(), value.trim().to_owned()))
        })
        .collect();
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let mut request = Request {
        method: method.to_owned(),
        path: path.to_owned(),
        query: pairs(query),
        headers: headers?,
        body: Vec::new(),
        last: false,
    };
    let connection = request.header("connection").unwrap_or_default();
    request.last = connection.eq_ignore_ascii_case("close") || version == "HTTP/1.0";
    Some(request)
}

/// The pairs of a query or a form, decoded.
fn pairs(text: &str) -> Vec<(String, String)> {
    let pairs = text.split('&').filter(|pair| !pair.is_empty());
    pairs
        .map(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            (
                decode(&name.replace('+', " ")),
                decode(&value.replace('+', " ")),
            )
        })
        .collect()
}

/// What a percent-encoded text stands for.
pub(super) fn decode(text: &str) -> String {
    String::from_utf8_lossy(&percent_decode(text)).into_owned()
}

impl Reply {
    /// An answer without a body.
    pub(super) fn empty(status: u16) -> Self {
        Self {
            status,
            headers: Vec::new(),
            body: Vec::new(),
        }
    }

    /// An answer that is JSON.
    pub(super) fn json(status: u16, body: Vec<u8>) -> Self {
        let kind = ("content-type".to_owned(), "application/json".to_owned());
        Self {
            status,
            headers: vec![kind],
            body,
        }
    }

    /// Sends the answer; `cut` leaves out half of what comes after the head.
    pub(super) fn write(
        &self,
        stream: &mut impl Write,
        to_head: bool,
        cut: bool,
    ) -> io::Result<()> {
        let status = if (200..600).contains(&self.status) {
            self.status
        } else {
            500
        };
        let mut head = format!("HTTP/1.1 {status} {}\r\n", reason(status));
        for (name, value) in &self.headers {
            let ours = ["connection", "content-length", "transfer-encoding"];
            let sendable = !name.is_empty()
                && !ours.iter().any(|own| name.eq_ignore_ascii_case(own))
                && !format!("{name}{value}").contains(['\r', '\n'])
                && !name.contains(':');
            if sendable {
                head.extend([name, ": ", value, "\r\n"]);
            }
        }
        let bodiless = matches!(status, 204 | 304);
        if !bodiless {
            head.extend(["content-length: ", &self.body.len().to_string(), "\r\n"]);
        }
        head.push_str("\r\n");
        let mut bytes = head.into_bytes();
        if !to_head && !bodiless {
            let length = if cut {
                self.body.len() / 2
            } else {
                self.body.len()
            };
            bytes.extend_from_slice(self.body.get(..length).unwrap_or_default());
        } else if cut {
            // Without a body, it is the head that ends early.
            bytes.truncate(bytes.len() / 2);
        }
        stream.write_all(&bytes)?;
        stream.flush()
    }
}

/// What people call a status.
pub(super) fn reason(status: u16) -> &'static str {
    match status {
        200 => "OK",
        201 => "Created",
        202 => "Accepted",
        204 => "No Content",
        400 => "Bad Request",
        401 => "Unauthorized",
        403 => "Forbidden",
        404 => "Not Found",
        405 => "Method Not Allowed",
        408 => "Request Timeout",
        409 => "Conflict",
        411 => "Length Required",
        413 => "Content Too Large",
        422 => "Unprocessable Content",
        429 => "Too Many Requests",
        431 => "Request Header Fields Too Large",
        500 => "Internal Server Error",
        501 => "Not Implemented",
        502 => "Bad Gateway",
        503 => "Service Unavailable",
        504 => "Gateway Timeout",
        _ => "Status",
    }
}
