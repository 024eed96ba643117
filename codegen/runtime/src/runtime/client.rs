//! Takes a call; gives the request for the server that its operation belongs to, and what sends it; must never send credentials anywhere else.

use crate::runtime::access::{Access, Ticket};
use crate::runtime::attempt::{Limits, Run, Shared};
use crate::runtime::error::Kind;
use crate::runtime::http::Http;
use crate::runtime::options::Options;
use crate::runtime::origin::{self, Base};
use crate::runtime::parts::{Parts, Write, Written};
use crate::runtime::payload::Payload;
use crate::runtime::redact::Redactor;
use crate::runtime::server::{self, Variables};
use crate::runtime::{Attempt, Body, Error, Method, Operation, Request, Server, Settings};
use reqwest::Url;
use reqwest::header::{ACCEPT, CONTENT_LENGTH, CONTENT_TYPE, HeaderMap, HeaderValue, USER_AGENT};
use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

/// A client of the API. Clones are cheap and share connections.
///
/// # Example
///
/// ```
/// # fn example(builder: openapi_client_runtime::ClientBuilder) -> Result<(), openapi_client_runtime::Error> {
/// let client = builder.build()?;
/// let same = client.clone();
/// # Ok(())
/// # }
/// ```
// It has no methods of its own here: generated code gives it those of the API, under any names.
#[derive(Clone)]
pub struct Client(pub(crate) Arc<Inner>);

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
    pub(crate) limits: Limits,
    pub(crate) shared: Shared,
    pub(crate) on_attempt: Option<Box<OnAttempt>>,
    pub(crate) max_response_bytes: usize,
    pub(crate) http: Http,
}

/// Sees each attempt.
pub(crate) type OnAttempt = dyn Fn(&Attempt<'_>) + Send + Sync;

/// A call on its way: what is the same for all types of requests.
#[derive(Clone, Copy)]
pub(crate) struct Job<'a> {
    pub(crate) operation: &'static Operation,
    pub(crate) write: Write<'a>,
    pub(crate) options: &'a Options,
    /// The query of a page that the server named, instead of the call's own.
    pub(crate) page: Option<&'a str>,
    /// The media types that are read.
    pub(crate) accept: &'static str,
    /// Whether an answer is given away while its body is still coming, where that can be so.
    pub(crate) streams: Option<fn(&Body) -> bool>,
}

/// A request that is ready, for whatever sends it.
pub(crate) struct Outgoing {
    pub(crate) method: reqwest::Method,
    pub(crate) url: Url,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Option<Payload>,
}

impl<'a> Job<'a> {
    pub(crate) fn new<R: Request>(
        request: &R,
        write: Write<'a>,
        options: &'a Options,
        page: Option<&'a str>,
    ) -> Self {
        Self {
            operation: request.operation(),
            write,
            options,
            page,
            accept: R::ACCEPT,
            streams: R::STREAMS,
        }
    }

    /// The parts of the request, or everything that is wrong with it.
    pub(crate) fn written(self) -> Result<Written, Error> {
        let written = Parts::write(self.operation, self.write).and_then(|mut written| {
            self.options.add_to(&mut written)?;
            Ok(written)
        });
        written.map_err(|problems| {
            let message = format!("not sent: {}", problems.join("; "));
            Error::new(Kind::InvalidRequest, message)
        })
    }
}

impl Inner {
    /// Writes the request of a call. Each attempt has one of its own, which is logged in unless a token has to be fetched.
    pub(crate) fn prepare(&self, job: Job<'_>) -> Result<Outgoing, Error> {
        let operation = job.operation;
        let Written {
            path,
            query,
            mut headers,
            body,
            body_type,
        } = job.written()?;
        let page = job.page.map(|page| job.options.page_query(page));
        let mut query = page.unwrap_or(query);
        let access = &self.access;
        access.add_to_query(operation.security, &mut query)?;
        let url = self.url(operation, &path, &query)?;
        let method = reqwest::Method::from_bytes(operation.method.as_str().as_bytes())
            .map_err(|_| Error::configuration("the method is not one of HTTP"))?;
        access.add_to(operation.security, &mut headers)?;
        let accept = HeaderValue::from_str(job.accept)
            .map_err(|_| Error::configuration("the media types are none of HTTP"))?;
        headers.insert(ACCEPT, accept);
        headers.insert(USER_AGENT, self.user_agent.clone());
        let empty = body.as_ref().is_none_or(Payload::is_empty);
        if empty && matches!(operation.method, Method::POST | Method::PUT | Method::PATCH) {
            // Left out by the HTTP layer, and then refused by some servers with 411.
            headers.insert(CONTENT_LENGTH, HeaderValue::from_static("0"));
        }
        if let Some(kind) = body_type.filter(|_| body.is_some()) {
            headers.insert(CONTENT_TYPE, kind);
        }
        Ok(Outgoing {
            method,
            url,
            headers,
            body,
        })
    }

    /// The attempts of a call, before the first one.
    pub(crate) fn run(&self, job: Job<'_>) -> Run<'_> {
        let limits = job.options.limits(&self.limits);
        Run::new(&self.shared, job.operation, limits)
    }

    pub(crate) fn settings(&self) -> &'static Settings {
        self.settings
    }

    pub(crate) fn connect_timeout(&self) -> Duration {
        self.http.connect_timeout()
    }

    pub(crate) fn max_response_bytes(&self) -> usize {
        self.max_response_bytes
    }

    /// Shows an attempt to whom the user wants.
    pub(crate) fn observe(&self, attempt: &Attempt<'_>, job: Job<'_>) {
        if let Some(observer) = &self.on_attempt {
            // That of an error is clean already.
            let answered = attempt.request_id.filter(|_| attempt.error.is_none());
            let clean = answered.map(|id| self.clean_id(id, job));
            let mut shown = *attempt;
            shown.request_id = clean.as_deref().or(attempt.request_id);
            observer(&shown);
        }
    }

    /// What fetches the token that a call has to be logged in with, if there is one.
    pub(crate) fn ticket(&self, job: Job<'_>) -> Option<Box<dyn Ticket>> {
        self.access.ticket(job.operation.security)
    }

    /// The base of the operation's URL: what the user set, or what the document declares.
    fn base(&self, server: &'static Server) -> Result<Cow<'_, str>, Error> {
        let own = self.bases.iter().find(|(name, _)| *name == server.name);
        if let Some((_, base)) = own {
            return Ok(Cow::Borrowed(base.as_str()));
        }
        let variables = &self.variables;
        match &self.base {
            Some(base) if server::is_relative(server) => {
                let below = variables.url(server)?;
                Ok(Cow::Owned(format!("{}{below}", base.as_str())))
            }
            Some(base) => Ok(Cow::Borrowed(base.as_str())),
            None => variables.absolute_url(server),
        }
    }

    pub(crate) fn url(&self, operation: &Operation, path: &str, query: &str) -> Result<Url, Error> {
        let base = self.base(operation.server)?;
        origin::request_url(&base, path, query).map_err(|problem| {
            Error::configuration(format!("not sent: the URL of the request {problem}"))
        })
    }

    pub(crate) fn http(&self, url: &Url) -> Result<&reqwest::Client, Error> {
        self.http.client(url)
    }

    /// The error with its operation, without the secrets of the call and of the client.
    pub(crate) fn clean(&self, error: Error, job: Job<'_>) -> Error {
        error.of(job.operation.id).redact(&self.redactor(job))
    }

    /// What the server calls a request, without the secrets of the call and of the client.
    pub(crate) fn clean_id(&self, text: &str, job: Job<'_>) -> String {
        let mut text = text.to_owned();
        self.redactor(job).clean_id(&mut text);
        text
    }

    pub(crate) fn redactor(&self, job: Job<'_>) -> Redactor {
        let mut secrets = Parts::secrets(job.write);
        secrets.extend(job.options.secrets());
        let mut credentials = Vec::new();
        self.access.secrets(&mut credentials);
        Redactor::new(secrets, credentials)
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
