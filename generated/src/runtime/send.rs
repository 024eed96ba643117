//! Takes a call; gives what the server answers, after as many attempts as are allowed; must never decide by itself whether to send again.

use crate::runtime::access::Ticket;
use crate::runtime::attempt::Run;
use crate::runtime::client::{Inner, Job, Outgoing};
use crate::runtime::connect;
use crate::runtime::error::Kind;
use crate::runtime::incoming::{Incoming, Teller};
use crate::runtime::options::Options;
use crate::runtime::trace::{self, Trace};
use crate::runtime::{Body, Error, Parts, Request, Response};
use bytes::Bytes;
use reqwest::header::AUTHORIZATION;
use std::time::Duration;
use tokio::time::{Instant, sleep, timeout_at};

/// An error's body is read up to here.
const ERROR_BODY: usize = 32 * 1024;

/// A connection has to be made so long before an attempt ends, or two hundredths of its time if that is more: of what
/// fails later it is not known that nothing was sent.
const SOONER: Duration = Duration::from_millis(5);

/// A call that got its answer.
struct Done<'a> {
    body: Body,
    run: Run<'a>,
    elapsed: Duration,
}

/// A request that is ready, and what it needs on its way.
struct Ready<'a> {
    http: &'a reqwest::Client,
    outgoing: Outgoing,
    /// What sends for a token, where one has to be fetched.
    tokens: Option<&'a reqwest::Client>,
}

impl Inner {
    /// Makes a call; `page` is the query of a page that the server named.
    pub(crate) async fn call<R: Request>(
        &self,
        request: &R,
        options: &Options,
        page: Option<&str>,
    ) -> Result<R::Output, Error> {
        let write = |parts: &mut Parts| request.write(parts);
        let job = Job::new(request, &write, options, page);
        let trace = Trace::begin(job.operation);
        let Done { mut body, run, .. } = self.traced(job, &trace).await?;
        self.tell(&mut body, &run, job);
        (R::READ)(body).map_err(|error| self.unread(error, &run, job, &trace))
    }

    /// Makes a call, and keeps what came with the answer.
    pub(crate) async fn call_with_metadata<R: Request>(
        &self,
        request: &R,
        options: &Options,
        page: Option<&str>,
    ) -> Result<Response<R::Output>, Error> {
        let write = |parts: &mut Parts| request.write(parts);
        let job = Job::new(request, &write, options, page);
        let trace = Trace::begin(job.operation);
        let Done {
            mut body,
            run,
            elapsed,
        } = self.traced(job, &trace).await?;
        self.tell(&mut body, &run, job);
        let mut metadata = body.metadata(run.attempts(), elapsed);
        metadata.request_id = metadata.request_id.map(|id| self.clean_id(&id, job));
        match (R::READ)(body) {
            Ok(value) => Ok(Response { value, metadata }),
            Err(error) => Err(self.unread(error, &run, job, &trace)),
        }
    }

    /// Tells a body that is still coming what its errors are to say.
    fn tell(&self, body: &mut Body, run: &Run<'_>, job: Job<'_>) {
        let answer = body.head();
        if let (Some(incoming), Some(answer)) = (body.incoming_mut(), answer) {
            incoming.tell(Teller {
                operation: job.operation.id,
                answer,
                redactor: self.redactor(job),
                attempts: run.attempts(),
                applied: run.is_open(),
            });
        }
    }

    /// The error of an answer that says yes, and can't be read.
    fn unread(&self, error: Error, run: &Run<'_>, job: Job<'_>, trace: &Trace) -> Error {
        trace.unread(&error);
        self.clean(run.unread(error), job)
    }

    /// Makes a call as far as it is the same for all types of requests, and tells how it ended.
    async fn traced(&self, job: Job<'_>, trace: &Trace) -> Result<Done<'_>, Error> {
        let done = trace.within(self.execute(job)).await;
        let end = done.as_ref().map(|done| (&done.body, done.run.attempts()));
        trace.end(end, |text| self.clean_id(text, job));
        done
    }

    /// The part of a call that is the same for all types of requests.
    async fn execute(&self, job: Job<'_>) -> Result<Done<'_>, Error> {
        let start = Instant::now();
        let mut run = self.run(job);
        let mut ticket = self.ticket(job);
        let mut last = None;
        loop {
            let ready = self.ready(job, ticket.as_deref());
            let ready = ready.map_err(|error| run.finish(self.clean(error, job)))?;
            let begun = start.elapsed();
            let Some(time) = run.begin(begun) else {
                let error = last.unwrap_or_else(|| self.clean(Run::out_of_time(), job));
                return Err(run.finish(error));
            };
            let body = ready.outgoing.body.clone();
            let result = self.attempt(job, ready, ticket.as_deref_mut(), time).await;
            if body.is_some_and(|body| body.is_spent()) {
                run.spend();
            }
            let elapsed = start.elapsed();
            let result = result.map_err(|error| self.clean(error, job));
            let pause = match &result {
                Ok(_) => run.succeeded(),
                // Refused before anything was done, so that even a POST can be sent again.
                Err(error) if is_for_login(error) && renews(ticket.as_deref_mut()) => {
                    run.renewed(elapsed)
                }
                Err(error) => run.failed(error, elapsed),
            };
            let taken = elapsed.saturating_sub(begun);
            let attempt = run.attempt(job.operation, &result, taken, pause);
            trace::attempt(&attempt, |text| self.clean_id(text, job));
            self.observe(&attempt, job);
            match (result, pause) {
                (Ok(body), _) => return Ok(Done { body, run, elapsed }),
                (Err(error), None) => return Err(run.finish(error)),
                (Err(error), Some(pause)) => {
                    last = Some(error);
                    sleep(pause).await;
                }
            }
        }
    }

    /// The request of an attempt, and what sends it.
    fn ready(&self, job: Job<'_>, ticket: Option<&dyn Ticket>) -> Result<Ready<'_>, Error> {
        let outgoing = self.prepare(job)?;
        Ok(Ready {
            http: self.http(&outgoing.url)?,
            tokens: ticket.map(|ticket| self.http(ticket.url())).transpose()?,
            outgoing,
        })
    }

    /// Sends a request once, logged in with a token if that is how.
    async fn attempt(
        &self,
        job: Job<'_>,
        ready: Ready<'_>,
        ticket: Option<&mut (dyn Ticket + 'static)>,
        mut time: Duration,
    ) -> Result<Body, Error> {
        let Ready {
            http,
            mut outgoing,
            tokens,
        } = ready;
        if let (Some(ticket), Some(tokens)) = (ticket, tokens) {
            let begun = Instant::now();
            let login = ticket.log_in(tokens, time).await?;
            outgoing.headers.insert(AUTHORIZATION, login);
            time = time.saturating_sub(begun.elapsed());
        }
        let mut request = reqwest::Request::new(outgoing.method, outgoing.url);
        *request.headers_mut() = outgoing.headers;
        if let Some(body) = outgoing.body {
            let body = body.open(request.headers_mut()).await?;
            *request.body_mut() = Some(body);
        }
        // The time of an answer that may be given away while it is coming ends with its headers.
        let deadline = job.streams.and_then(|_| Instant::now().checked_add(time));
        *request.timeout_mut() = job.streams.is_none().then_some(time);
        let connect = job.options.connect_timeout;
        let connect = connect.unwrap_or(self.connect_timeout());
        let connect = connect.min(time.saturating_sub((time / 50).max(SOONER)));
        let sent = connect::within(connect, http.execute(request));
        let response = in_time(deadline, sent).await?;
        self.answer(job, response, deadline).await
    }

    /// Reads the answer: success to its end, an error as far as it helps.
    async fn answer(
        &self,
        job: Job<'_>,
        mut response: reqwest::Response,
        deadline: Option<Instant>,
    ) -> Result<Body, Error> {
        let status = response.status();
        let length = response.content_length();
        let headers = std::mem::take(response.headers_mut());
        let body = Body::new(job.operation, self.settings(), status, headers);
        if !status.is_success() {
            let (bytes, cut) = match read_body(&mut response, length, ERROR_BODY, deadline).await {
                Ok(read) => read,
                Err(broken) => (broken.bytes, true),
            };
            return Err(body.with_bytes(bytes, cut).refusal());
        }
        let limit = self.max_response_bytes();
        if job.streams.is_some_and(|is_streamed| is_streamed(&body)) {
            let idle = job.options.limits(&self.limits).attempt_timeout;
            let incoming = Incoming::new(response, idle, job.options);
            return Ok(body.with_incoming(incoming, limit));
        }
        if length.is_some_and(|length| usize::try_from(length).is_ok_and(|length| length > limit)) {
            return Err(body.too_large(limit));
        }
        match read_body(&mut response, length, limit, deadline).await {
            Ok((bytes, false)) => Ok(body.with_bytes(bytes, false)),
            Ok((_, true)) => Err(body.too_large(limit)),
            Err(broken) => {
                let answer = body.with_bytes(broken.bytes, true).into_answer();
                Err(broken.error.with_answer(answer))
            }
        }
    }
}

/// Whether a call whose login was refused is to try again with a new token.
fn renews(ticket: Option<&mut (dyn Ticket + 'static)>) -> bool {
    ticket.is_some_and(Ticket::renew)
}

/// Whether the API, and not who gives the tokens, refused the login.
fn is_for_login(error: &Error) -> bool {
    error.status() == Some(401) && !error.is_before_sending()
}

/// A body that ended before its end.
struct Broken {
    bytes: Bytes,
    error: Error,
}

/// What the HTTP layer gives, in time where there is a limit that it does not know of.
async fn in_time<T>(
    deadline: Option<Instant>,
    next: impl Future<Output = reqwest::Result<T>>,
) -> Result<T, Error> {
    let next = match deadline {
        None => next.await,
        Some(deadline) => timeout_at(deadline, next)
            .await
            .map_err(|_| Error::new(Kind::Timeout, "the answer did not come in time"))?,
    };
    next.map_err(Error::transport)
}

/// Reads at most `limit` bytes, and says whether there were more.
async fn read_body(
    response: &mut reqwest::Response,
    length: Option<u64>,
    limit: usize,
    deadline: Option<Instant>,
) -> Result<(Bytes, bool), Broken> {
    let mut first = Bytes::new();
    let mut all = Vec::new();
    loop {
        let chunk = match in_time(deadline, response.chunk()).await {
            Ok(Some(chunk)) => chunk,
            Ok(None) => break,
            Err(error) => {
                return Err(Broken {
                    bytes: whole(first, all),
                    error,
                });
            }
        };
        if all.is_empty() && first.is_empty() {
            // Most answers come in one piece, which is then not copied.
            first = chunk;
        } else {
            if all.is_empty() {
                let expected = usize::try_from(length.unwrap_or_default()).unwrap_or(limit);
                all.reserve(expected.min(limit));
                all.extend_from_slice(&first);
            }
            all.extend_from_slice(&chunk);
        }
        if first.len().max(all.len()) > limit {
            let mut bytes = whole(first, all);
            bytes.truncate(limit);
            return Ok((bytes, true));
        }
    }
    Ok((whole(first, all), false))
}

fn whole(first: Bytes, all: Vec<u8>) -> Bytes {
    if all.is_empty() { first } else { all.into() }
}
