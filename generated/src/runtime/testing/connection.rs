//! Takes connections from this machine; gives each request its answer or its failure; must never outlive the server.

use super::answer;
use super::failure::{Failure, Moment};
use super::item::{has_secret_path, public};
use super::message::{self, Refused, Reply, Request};
use super::recorded::{RecordedRequest, without_credentials, without_keys};
use super::route::{Found, Missing};
use super::state::State;
use super::table::Api;
use std::collections::BTreeMap;
use std::io::Read;
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

/// A connection beyond that is closed at once.
const MOST_CONNECTIONS: usize = 512;

/// Where clients that log in with OAuth get a token. It is no part of the API, so it is not remembered, and never fails.
pub(super) const TOKENS: &str = "/-/token";

/// How long a client may take to send the rest of a request that was refused.
const PATIENCE: Duration = Duration::from_millis(500);

/// What the server and its threads have in common.
#[derive(Debug)]
pub(super) struct Shared {
    pub(super) apis: &'static [&'static Api],
    /// The header that names a request; empty when there is none.
    pub(super) request_id_header: &'static str,
    pub(super) address: SocketAddr,
    state: Mutex<State>,
    open: Mutex<Open>,
    stopped: Condvar,
}

/// The connections, so that they can be closed.
#[derive(Debug, Default)]
struct Open {
    stopping: bool,
    next: u64,
    streams: BTreeMap<u64, TcpStream>,
    threads: Vec<JoinHandle<()>>,
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Shared {
    pub(super) fn new(
        apis: &'static [&'static Api],
        request_id_header: &'static str,
        address: SocketAddr,
    ) -> Self {
        Self {
            apis,
            request_id_header,
            address,
            state: Mutex::default(),
            open: Mutex::default(),
            stopped: Condvar::new(),
        }
    }

    pub(super) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    pub(super) fn state(&self) -> MutexGuard<'_, State> {
        locked(&self.state)
    }

    /// Takes connections until the server stops.
    pub(super) fn accept(self: &Arc<Self>, listener: &TcpListener) {
        for stream in listener.incoming() {
            if locked(&self.open).stopping {
                return;
            }
            let Ok(stream) = stream else { continue };
            let Some(number) = self.enter(&stream) else {
                continue;
            };
            let shared = Arc::clone(self);
            let serve = move || {
                shared.serve(stream);
                locked(&shared.open).streams.remove(&number);
            };
            let thread = std::thread::Builder::new().name("testing".to_owned());
            let mut open = locked(&self.open);
            match thread.spawn(serve) {
                Ok(thread) => open.threads.push(thread),
                Err(_) => drop(open.streams.remove(&number)),
            }
        }
    }

    fn enter(&self, stream: &TcpStream) -> Option<u64> {
        let mut open = locked(&self.open);
        open.threads.retain(|thread| !thread.is_finished());
        if open.streams.len() >= MOST_CONNECTIONS {
            return None;
        }
        let copy = stream.try_clone().ok()?;
        let number = open.next;
        open.next += 1;
        open.streams.insert(number, copy);
        Some(number)
    }

    /// Closes every connection and waits for its thread.
    pub(super) fn stop(&self, listener: Option<JoinHandle<()>>) {
        locked(&self.open).stopping = true;
        self.stopped.notify_all();
        // The listener only looks whether it is to stop when somebody comes.
        let woken = TcpStream::connect_timeout(&self.address, Duration::from_secs(1));
        if let Some(listener) = listener.filter(|_| woken.is_ok()) {
            let _ = listener.join();
        }
        let threads = {
            let mut open = locked(&self.open);
            for stream in open.streams.values() {
                // One that is closed already cannot be closed again.
                let _ = stream.shutdown(Shutdown::Both);
            }
            std::mem::take(&mut open.threads)
        };
        for thread in threads {
            let _ = thread.join();
        }
    }

    /// Waits; false when the server stopped meanwhile.
    fn wait(&self, delay: Duration) -> bool {
        let open = locked(&self.open);
        let waited = self
            .stopped
            .wait_timeout_while(open, delay, |open| !open.stopping);
        let (open, _) = waited.unwrap_or_else(PoisonError::into_inner);
        !open.stopping
    }

    fn serve(&self, mut stream: TcpStream) {
        let _ = stream.set_nodelay(true);
        let mut buffer = Vec::new();
        loop {
            let request = match message::read(&mut stream, &mut buffer) {
                Ok(request) => request,
                Err(Refused::Closed) => break,
                Err(Refused::Status(status)) => {
                    let _ = Reply::empty(status).write(&mut stream, false, false);
                    drain(&mut stream);
                    break;
                }
            };
            let Some((reply, cut)) = self.answer(&request) else {
                break;
            };
            let written = reply.write(&mut stream, request.method == "HEAD", cut);
            if written.is_err() || request.last || cut {
                break;
            }
        }
        let _ = stream.shutdown(Shutdown::Both);
    }

    /// The answer and whether half of it is left out; none when the connection is to break.
    fn answer(&self, request: &Request) -> Option<(Reply, bool)> {
        if request.path == TOKENS {
            return Some((answer::token(), false));
        }
        let found = answer::find(self.apis, request);
        let failure = {
            let mut state = self.state();
            state.requests.push(recorded(request, &found));
            state.failures.pop_front().unwrap_or_default()
        };
        if !failure.delay.is_zero() && !self.wait(failure.delay) {
            return None;
        }
        if failure.drops == Some(Moment::Before) {
            return None;
        }
        let mut state = self.state();
        let mut reply = match failure.status {
            Some(status) => self.failed(&failure, status, &found, request),
            None => answer::reply(self.apis, &found, request, &mut state, &self.url()),
        };
        for (name, value) in failure.headers {
            // Instead of one that an answer has by itself, such as its content type.
            reply
                .headers
                .retain(|(other, _)| !other.eq_ignore_ascii_case(&name));
            reply.headers.push((name, value));
        }
        state.answers += 1;
        if !self.request_id_header.is_empty() {
            let id = format!("testing-{}", state.answers);
            reply.headers.push((self.request_id_header.to_owned(), id));
        }
        match failure.drops {
            None | Some(Moment::Before) => Some((reply, false)),
            Some(Moment::Inside) => Some((reply, true)),
            Some(Moment::After) => None,
        }
    }

    fn failed(
        &self,
        failure: &Failure,
        status: u16,
        found: &Result<Found, Missing<'_>>,
        request: &Request,
    ) -> Reply {
        if let Some(body) = &failure.body {
            let mut reply = Reply::empty(status);
            reply.body.clone_from(body);
            return reply;
        }
        let found = found.as_ref().ok();
        let path = found.map_or(request.path.as_str(), |found| &found.path);
        answer::refusal(self.apis, found, status, path)
    }
}

/// Reads what is still on its way: closing a connection with unread bytes would take the answer back.
fn drain(stream: &mut TcpStream) {
    let _ = stream.shutdown(Shutdown::Write);
    let _ = stream.set_read_timeout(Some(PATIENCE));
    let mut chunk = [0; 8192];
    for _ in 0..128 {
        if !matches!(stream.read(&mut chunk), Ok(1..)) {
            return;
        }
    }
}

fn recorded(request: &Request, found: &Result<Found, Missing<'_>>) -> RecordedRequest {
    let (found, known) = match found {
        Ok(found) => (Some(found), true),
        Err(Missing::Method(found)) => (Some(found), false),
        Err(Missing::Path(_) | Missing::Several(_)) => (None, false),
    };
    let path = found.map_or(&request.path, |found| &found.path);
    let route = found.map(|found| found.route);
    let secret = route.filter(|route| has_secret_path(route));
    let accepted = route.map_or(&[][..], |route| route.operation.security);
    RecordedRequest {
        api: found.map_or("", |found| found.api.name),
        operation: route.filter(|_| known).map(|route| route.operation.id),
        method: request.method.clone(),
        path: path.clone(),
        template: secret.map(|route| route.operation.path),
        query: without_keys(&request.query, accepted),
        headers: without_credentials(&request.headers, accepted),
        form: request.form(),
        public: route.filter(|_| known).map(public).unwrap_or_default(),
    }
}
