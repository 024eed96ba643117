//! Takes connections, gives what the script says for each request on them; must never keep a connection after the stop.

use std::io;
use std::net::TcpListener;
use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::sync::oneshot;
use tokio::time::sleep;

use super::{Reply, Request, Script, Shared, Then};

/// So long the other side gets to read what was written before the connection is reset.
const SETTLE: Duration = Duration::from_millis(10);

/// Serves until `stopped` resolves; dropping the runtime then closes every connection.
pub(super) fn spawn(
    shared: Arc<Shared>,
    listener: TcpListener,
    stopped: oneshot::Receiver<()>,
) -> io::Result<JoinHandle<()>> {
    listener.set_nonblocking(true)?;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    std::thread::Builder::new()
        .name("scripted".to_owned())
        .spawn(move || {
            runtime.block_on(async {
                tokio::select! {
                    // Without a listener every test fails by itself.
                    _ = accept(shared, listener) => {}
                    _ = stopped => {}
                }
            });
        })
}

async fn accept(shared: Arc<Shared>, listener: TcpListener) -> io::Result<()> {
    let listener = tokio::net::TcpListener::from_std(listener)?;
    loop {
        let (stream, _) = listener.accept().await?;
        // What becomes of a connection is for the client to tell.
        tokio::spawn(converse(stream, Arc::clone(&shared)));
    }
}

async fn converse(mut stream: TcpStream, shared: Arc<Shared>) -> io::Result<()> {
    stream.set_nodelay(true)?;
    if matches!(*shared.script().0, Script::Cut) {
        // An earlier reset would sometimes be one of the handshake.
        sleep(SETTLE).await;
        shared.script().1.cut += 1;
        return stream.set_zero_linger();
    }
    loop {
        let Some(request) = read(&mut stream).await? else {
            return Ok(());
        };
        let Some(Reply { bytes, then }) = reply(&shared, &request) else {
            return stream.set_zero_linger();
        };
        stream.write_all(&bytes).await?;
        match then {
            Then::Keep => {}
            Then::Close => return stream.shutdown().await,
            Then::Reset => {
                sleep(SETTLE).await;
                return stream.set_zero_linger();
            }
            Then::Stall => {
                sleep(SETTLE).await;
                (shared.stalled)();
                let _ = stream.read_u8().await;
                return Ok(());
            }
        }
    }
}

/// The reply of the script of this moment; nothing when that does not answer.
fn reply(shared: &Shared, request: &Request) -> Option<Reply> {
    let (script, number) = {
        let (script, seen) = &mut *shared.script();
        seen.requests.push(request.clone());
        (Arc::clone(script), seen.requests.len() - 1)
    };
    match &*script {
        Script::Cut => None,
        Script::Answer(answer) => Some(answer(request, number)),
    }
}

/// The next request; nothing when the connection was closed before it was whole.
async fn read(stream: &mut TcpStream) -> io::Result<Option<Request>> {
    let mut bytes = Vec::new();
    loop {
        if let Some((mut request, start)) = head(&bytes) {
            let length = request.header("content-length");
            let length = length.and_then(|length| length.parse().ok()).unwrap_or(0);
            if bytes.len() - start >= length {
                request.body = bytes.split_off(start);
                return Ok(Some(request));
            }
        }
        if stream.read_buf(&mut bytes).await? == 0 {
            return Ok(None);
        }
    }
}

/// The request without its body, and where that begins.
fn head(bytes: &[u8]) -> Option<(Request, usize)> {
    let end = bytes.windows(4).position(|window| window == b"\r\n\r\n")?;
    let head = std::str::from_utf8(&bytes[..end]).ok()?;
    let mut lines = head.split("\r\n");
    let mut words = lines.next()?.split(' ');
    let (method, target) = (words.next()?.to_owned(), words.next()?.to_owned());
    let headers = lines
        .filter_map(|line| line.split_once(':'))
        .map(|(name, value)| (name.to_ascii_lowercase(), value.trim().to_owned()))
        .collect();
    let body = Vec::new();
    let request = Request {
        method,
        target,
        headers,
        body,
    };
    Some((request, end + 4))
}
