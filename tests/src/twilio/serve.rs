//! Takes requests from the socket, gives the answers with the faults that were asked for; must never keep a connection after the stop.

use std::collections::VecDeque;
use std::io;
use std::net::TcpListener;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;

use axum::Router;
use axum::body::Body;
use axum::extract::{ConnectInfo, Request, State as Extract};
use axum::http::{HeaderName, HeaderValue, Response, StatusCode};
use tokio::sync::oneshot;

use super::connection::{Door, Switch};
use super::errors::Refusal;
use super::fault::{Fault, half};
use super::recorded::Recorded;
use super::routes::{Account, Answer, plain};
use super::state::State;

/// What the server's requests share.
pub(super) struct Shared {
    pub(super) account: Account,
    pub(super) changing: Mutex<Changing>,
}

/// What requests change.
#[derive(Default)]
pub(super) struct Changing {
    pub(super) state: State,
    pub(super) requests: Vec<Recorded>,
    pub(super) faults: VecDeque<Fault>,
    pub(super) mistakes: Vec<String>,
}

/// Serves until `stopped` resolves; dropping the runtime then closes every connection.
pub(super) fn spawn(
    shared: Arc<Shared>,
    listeners: Vec<TcpListener>,
    stopped: oneshot::Receiver<()>,
) -> io::Result<JoinHandle<()>> {
    for listener in &listeners {
        listener.set_nonblocking(true)?;
    }
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    std::thread::Builder::new()
        .name("twilio".to_owned())
        .spawn(move || {
            runtime.block_on(async {
                for (site, listener) in listeners.into_iter().enumerate() {
                    let Ok(listener) = tokio::net::TcpListener::from_std(listener) else {
                        return;
                    };
                    let service = Router::new()
                        .fallback(handle)
                        .with_state((Arc::clone(&shared), site))
                        .into_make_service_with_connect_info::<Switch>();
                    tokio::spawn(axum::serve(Door(listener), service).into_future());
                }
                // It ends with an error when the sender is dropped, which is how it is stopped.
                let _ = stopped.await;
            });
        })
}

async fn handle(
    Extract((shared, site)): Extract<(Arc<Shared>, usize)>,
    ConnectInfo(switch): ConnectInfo<Switch>,
    request: Request,
) -> Response<Body> {
    let Some(request) = Recorded::read(request).await else {
        switch.cut();
        return Response::default();
    };
    let fault = {
        let mut changing = shared.changing();
        changing.requests.push(request.clone());
        changing.faults.pop_front()
    };
    match &fault {
        Some(Fault::Reset) => {
            switch.cut();
            return Response::default();
        }
        Some(Fault::Status(status)) => {
            let body = Refusal::of_status(*status).body();
            return write(
                plain(&mut shared.changing().state, *status, Some(body)),
                None,
            );
        }
        Some(Fault::Answer {
            status,
            headers,
            body,
        }) => return build(*status, headers, Body::from(body.clone())),
        Some(Fault::Delay(delay)) => tokio::time::sleep(*delay).await,
        _ => {}
    }
    let answer = {
        let mut changing = shared.changing();
        let account = &shared.account;
        let answer = account.answer(&mut changing.state, &account.sites[site], &request);
        changing.mistakes.extend(answer.mistake.clone());
        answer
    };
    if fault == Some(Fault::ResetAfter) {
        switch.cut();
    }
    write(answer, fault.as_ref())
}

impl Shared {
    fn changing(&self) -> MutexGuard<'_, Changing> {
        self.changing.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn write(mut answer: Answer, fault: Option<&Fault>) -> Response<Body> {
    let bytes = answer
        .body
        .map(|body| body.to_string().into_bytes())
        .unwrap_or_default();
    let body = match fault {
        Some(Fault::Truncate | Fault::Stall) => {
            answer
                .headers
                .push(("content-length".to_owned(), bytes.len().to_string()));
            half(&bytes, fault == Some(&Fault::Stall))
        }
        _ => Body::from(bytes),
    };
    build(answer.status, &answer.headers, body)
}

fn build(status: u16, headers: &[(String, String)], body: Body) -> Response<Body> {
    let mut response = Response::new(body);
    *response.status_mut() =
        StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    for (name, value) in headers {
        if let (Ok(name), Ok(value)) = (HeaderName::try_from(name), HeaderValue::try_from(value)) {
            response.headers_mut().append(name, value);
        }
    }
    response
}
