//! Takes a request; gives the answer of the server that its operation belongs to; must never send credentials anywhere else.

use crate::runtime::access::{Access, Ticket};
use crate::runtime::error::Kind;
use crate::runtime::origin::{self, Base};
use crate::runtime::parts::{Parts, Write, Written};
use crate::runtime::redact::Redactor;
use crate::runtime::server::Variables;
use crate::runtime::{Body, Error, Method, Operation, Request, Server, Settings};
use bytes::Bytes;
use reqwest::header::{
    ACCEPT, AUTHORIZATION, CONTENT_LENGTH, CONTENT_TYPE, HeaderValue, USER_AGENT,
};
use reqwest::{Response, StatusCode, Url};
use std::borrow::Cow;
use std::fmt;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

/// A client of the API. Clones are cheap and share connections.
#[derive(Clone)]
pub struct Client(Arc<Inner>);

pub(crate) struct Inner {
    pub(crate) settings: &'static Settings,
    pub(crate) user_agent: HeaderValue,
    pub(crate) access: Access,
    /// Instead of the servers of all documents.
    pub(crate) base: Option<Base>,
    /// Instead of the server with this name.
    pub(crate) bases: Vec<(&'static str, Base)>,
    /// What the user chose of the servers' URLs.
    pub(crate) variables: Variables,
    pub(crate) timeout: Duration,
    pub(crate) max_response_bytes: usize,
    /// For the world; it may use a proxy.
    pub(crate) http: Option<reqwest::Client>,
    /// For this machine; it never uses a proxy.
    pub(crate) loopback: OnceLock<reqwest::Client>,
    /// Makes the one for this machine when a document's own server is there.
    pub(crate) make_loopback: Option<fn(Duration) -> Result<reqwest::Client, reqwest::Error>>,
    pub(crate) connect_timeout: Duration,
}

/// An error's body is read up to here.
const ERROR_BODY: usize = 32 * 1024;

impl Client {
    pub(crate) fn from_inner(inner: Inner) -> Self {
        Self(Arc::new(inner))
    }

    /// Makes a call; `page` is the query of a page that the server named.
    pub(crate) async fn call<R: Request>(
        &self,
        request: &R,
        page: Option<&str>,
    ) -> Result<R::Output, Error> {
        let write = |parts: &mut Parts| request.write(parts);
        let operation = request.operation();
        let mut ticket = Ticket::default();
        let result = match self.execute(operation, &write, page, &mut ticket).await {
            Ok(body) => R::read(body),
            Err(error) => Err(error),
        };
        result.map_err(|error| self.clean(error.of(operation.id), &write, &ticket))
    }

    /// The part of a call that is the same for all types of requests.
    async fn execute(
        &self,
        operation: &'static Operation,
        write: Write<'_>,
        page: Option<&str>,
        ticket: &mut Ticket,
    ) -> Result<Body, Error> {
        loop {
            let (http, mut request) = self.prepare(operation, write, page)?;
            self.authorize(operation, ticket, &mut request).await?;
            let response = http.execute(request).await.map_err(Error::transport)?;
            if response.status() == StatusCode::UNAUTHORIZED && ticket.renew() {
                // Refused before anything was done, so that even a POST can be sent again.
                continue;
            }
            return self.answer(operation, response).await;
        }
    }

    fn prepare(
        &self,
        operation: &'static Operation,
        write: Write<'_>,
        page: Option<&str>,
    ) -> Result<(&reqwest::Client, reqwest::Request), Error> {
        let Written {
            path,
            query,
            headers,
            form,
        } = Parts::write(operation, write).map_err(|problems| {
            Error::new(
                Kind::InvalidRequest,
                format!("not sent: {}", problems.join("; ")),
            )
        })?;
        let url = self.url(operation, &path, page.unwrap_or(&query))?;
        let http = self.http(&url)?;
        let method = reqwest::Method::from_bytes(operation.method.as_str().as_bytes())
            .map_err(|_| Error::configuration("the method is not one of HTTP"))?;
        let mut request = reqwest::Request::new(method, url);
        *request.headers_mut() = headers;
        let headers = request.headers_mut();
        headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
        headers.insert(USER_AGENT, self.0.user_agent.clone());
        let empty = form.as_ref().is_none_or(Bytes::is_empty);
        if empty && matches!(operation.method, Method::POST | Method::PUT | Method::PATCH) {
            // Left out by the HTTP layer, and then refused by some servers with 411.
            headers.insert(CONTENT_LENGTH, HeaderValue::from_static("0"));
        }
        if let Some(form) = form {
            let kind = HeaderValue::from_static("application/x-www-form-urlencoded");
            headers.insert(CONTENT_TYPE, kind);
            *request.body_mut() = Some(form.into());
        }
        *request.timeout_mut() = Some(self.0.timeout);
        Ok((http, request))
    }

    /// Logs one attempt in. It has to be awaited before each, and may wait for a token.
    async fn authorize(
        &self,
        operation: &Operation,
        ticket: &mut Ticket,
        request: &mut reqwest::Request,
    ) -> Result<(), Error> {
        let http = |url: &Url| self.http(url).cloned();
        let access = &self.0.access;
        if let Some(header) = access.authorize(operation.security, ticket, http).await? {
            request.headers_mut().insert(AUTHORIZATION, header);
        }
        Ok(())
    }

    /// The base of the operation's URL: what the user set, or what the document declares.
    fn base(&self, server: &'static Server) -> Result<Cow<'_, str>, Error> {
        let own = self.0.bases.iter().find(|(name, _)| *name == server.name);
        match own.map(|(_, base)| base).or(self.0.base.as_ref()) {
            Some(base) => Ok(Cow::Borrowed(base.as_str())),
            None => self.0.variables.url(server),
        }
    }

    fn url(&self, operation: &Operation, path: &str, query: &str) -> Result<Url, Error> {
        let base = self.base(operation.server)?;
        origin::request_url(&base, path, query).map_err(|problem| {
            Error::configuration(format!("not sent: the URL of the request {problem}"))
        })
    }

    fn http(&self, url: &Url) -> Result<&reqwest::Client, Error> {
        let missing = || {
            Error::configuration(
                "not sent: a client made with an HTTP client builder of your own is either for \
                 this machine or for other servers; set the base URL, or build one client for each",
            )
        };
        if !origin::is_loopback(url) {
            return self.0.http.as_ref().ok_or_else(missing);
        }
        if let Some(http) = self.0.loopback.get() {
            return Ok(http);
        }
        let make = self.0.make_loopback.ok_or_else(missing)?;
        let http = make(self.0.connect_timeout).map_err(|error| {
            Error::configuration("the HTTP client could not be made").with_source(error)
        })?;
        Ok(self.0.loopback.get_or_init(|| http))
    }

    /// Reads the answer: success to its end, an error as far as it helps.
    async fn answer(
        &self,
        operation: &'static Operation,
        mut response: Response,
    ) -> Result<Body, Error> {
        let status = response.status();
        let length = response.content_length();
        let headers = std::mem::take(response.headers_mut());
        let body = Body::new(operation, self.0.settings, status, headers);
        if !status.is_success() {
            let (bytes, cut) = match read_body(&mut response, length, ERROR_BODY).await {
                Ok(read) => read,
                Err(broken) => (broken.bytes, true),
            };
            return Err(body.with_bytes(bytes, cut).refusal());
        }
        let limit = self.0.max_response_bytes;
        let too_large = || {
            let message = format!("the body is larger than the limit of {limit} bytes");
            body.error(Kind::TooLarge, message)
        };
        if length.is_some_and(|length| usize::try_from(length).is_ok_and(|length| length > limit)) {
            return Err(too_large());
        }
        match read_body(&mut response, length, limit).await {
            Ok((bytes, false)) => Ok(body.with_bytes(bytes, false)),
            Ok((_, true)) => Err(too_large()),
            Err(broken) => {
                let answer = body.with_bytes(broken.bytes, true).into_answer();
                Err(Error::transport(broken.error).with_answer(answer))
            }
        }
    }

    /// The queries of the first page and of the next one, if the server may name it.
    pub(crate) fn next_query<R: Request>(
        &self,
        request: &R,
        next: &str,
    ) -> Result<(String, String), Error> {
        let operation = request.operation();
        let write = |parts: &mut Parts| request.write(parts);
        let query = Parts::write(operation, &write)
            .map_err(|problems| Error::new(Kind::InvalidRequest, problems.join("; ")))
            .and_then(|written| {
                let current = self.url(operation, &written.path, &written.query)?;
                let declared = self.0.variables.all(operation.server);
                match origin::next_query(&current, &declared, &written.path, next) {
                    Ok(query) => Ok((written.query, query)),
                    Err(problem) => {
                        let message = format!("not sent: the URL of the next page {problem}");
                        Err(Error::new(Kind::NextPage, message))
                    }
                }
            });
        query.map_err(|error| self.clean(error.of(operation.id), &write, &Ticket::default()))
    }

    pub(crate) fn repeated_page<R: Request>(request: &R) -> Error {
        let message = "not sent: the server named a next page that was read before";
        Error::new(Kind::NextPage, message).of(request.operation().id)
    }

    /// The error without the secrets of the call and of the client.
    fn clean(&self, error: Error, write: Write<'_>, ticket: &Ticket) -> Error {
        let mut secrets = Parts::secrets(write);
        self.0.access.secrets(ticket, &mut secrets);
        error.redact(&Redactor::new(secrets))
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("user_agent", &self.0.user_agent)
            .field("base_url", &self.0.base.as_ref().map(Base::as_str))
            .field("has_login", &!self.0.access.is_empty())
            .finish_non_exhaustive()
    }
}

/// A body that ended before its end.
struct Broken {
    bytes: Bytes,
    error: reqwest::Error,
}

/// Reads at most `limit` bytes, and says whether there were more.
async fn read_body(
    response: &mut Response,
    length: Option<u64>,
    limit: usize,
) -> Result<(Bytes, bool), Broken> {
    let mut first = Bytes::new();
    let mut all = Vec::new();
    loop {
        let chunk = match response.chunk().await {
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
