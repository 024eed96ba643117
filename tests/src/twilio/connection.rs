//! Takes connections from a socket, gives them with a switch that resets them; must never touch the bytes.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};

use axum::extract::connect_info::Connected;
use axum::serve::{IncomingStream, Listener};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream};

/// The switch of one connection.
#[derive(Clone, Debug, Default)]
pub(super) struct Switch(Arc<AtomicBool>);

impl Switch {
    /// The next write resets the connection instead.
    pub(super) fn cut(&self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

pub(super) struct Door(pub(super) TcpListener);

pub(super) struct Connection {
    stream: TcpStream,
    switch: Switch,
}

impl Listener for Door {
    type Io = Connection;
    type Addr = Switch;

    async fn accept(&mut self) -> (Connection, Switch) {
        let (stream, _) = Listener::accept(&mut self.0).await;
        let switch = Switch::default();
        let connection = Connection {
            stream,
            switch: switch.clone(),
        };
        (connection, switch)
    }

    fn local_addr(&self) -> io::Result<Switch> {
        Ok(Switch::default())
    }
}

impl Connected<IncomingStream<'_, Door>> for Switch {
    fn connect_info(stream: IncomingStream<'_, Door>) -> Self {
        stream.remote_addr().clone()
    }
}

impl AsyncRead for Connection {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(context, buffer)
    }
}

impl AsyncWrite for Connection {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        if self.switch.0.load(Ordering::Relaxed) {
            // Without lingering, closing sends a reset.
            let reset = self.stream.set_zero_linger();
            return Poll::Ready(reset.and(Err(io::ErrorKind::ConnectionReset.into())));
        }
        Pin::new(&mut self.stream).poll_write(context, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}
