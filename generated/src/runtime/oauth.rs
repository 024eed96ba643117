//! Takes the id and secret of an OAuth client; gives bearer tokens, one request for all who wait; must never send the secret anywhere but to the token endpoint.

use crate::runtime::access::{Credentials, Fetching, Login, Ticket, TokenSource};
use crate::runtime::encode::Encoding;
use crate::runtime::error::{Answer, Kind};
use crate::runtime::redact::Redactor;
use crate::runtime::retry_after::retry_after;
use crate::runtime::token::Token;
use crate::runtime::{
    ApiError, ClientBuilder, Error, ErrorShape, LoginKind, SecretString, Security,
};
use bytes::Bytes;
use reqwest::header::{ACCEPT, CONTENT_TYPE, HeaderMap, HeaderValue, USER_AGENT};
use reqwest::{Method, Request, Response, StatusCode, Url};
use secrecy::ExposeSecret;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime};
use tokio::runtime::Handle;
use tokio::sync::watch;
use tokio::time::{Instant, timeout};
use zeroize::Zeroizing;

/// Logs in as an OAuth client.
pub const OAUTH: LoginKind = LoginKind(login);

/// The client credentials of OAuth 2, and the token that they were good for last.
struct OAuth {
    id: String,
    secret: SecretString,
    /// What the token is to be good for; empty for what the server thinks fit.
    scope: String,
    url: Url,
    user_agent: HeaderValue,
    errors: &'static ErrorShape,
    timeout: Duration,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    token: Option<Arc<Token>>,
    /// All that are in use, and the last few: what is to be taken out of texts.
    known: Vec<Arc<Token>>,
    flight: Option<Flight>,
    flights: u64,
    /// A token that still works isn't replaced before this, after an attempt that failed.
    rest_until: Option<Instant>,
    /// Tokens that are refused aren't replaced before this, after one that was new and refused all the same.
    vain_until: Option<Instant>,
}

/// A request for a token that is on its way. It belongs to no caller, so none can cancel it.
struct Flight {
    number: u64,
    lost_at: Instant,
    landed: watch::Receiver<Landed>,
}

impl Flight {
    /// Whether nobody will land it: its runtime was shut down, or has stopped to run tasks.
    fn is_lost(&self, now: Instant) -> bool {
        self.landed.has_changed().is_err() || self.lost_at <= now
    }
}

/// What a flight brought; nothing while it is on its way.
type Landed = Option<Result<Arc<Token>, Error>>;

enum Next {
    Use(Arc<Token>),
    Wait(watch::Receiver<Landed>),
}

/// How long a token endpoint may take: an attempt of a call, within these bounds. The lower one is there because the
/// attempts of a call wait for one answer together.
const SHORTEST: Duration = Duration::from_secs(5);
const LONGEST: Duration = Duration::from_secs(30);
/// A flight that takes so much longer is lost.
const GRACE: Duration = Duration::from_secs(5);
/// How long a token that still works is left alone when another one could not be had.
const REST: Duration = Duration::from_secs(10);
/// So many tokens are known for what they are when no call uses them any more.
const KNOWN: usize = 4;
/// Headers longer than this are no media types.
const SHORT: usize = 128;
/// Answers of token endpoints are small.
const LARGEST: usize = 64 * 1024;
/// So often a flight that its runtime cut off is begun again.
const FLIGHTS: usize = 3;

impl ClientBuilder {
    /// Logs in with tokens that are fetched with these credentials of an OAuth client.
    pub(crate) fn with_oauth(self, id: impl Into<String>, secret: impl Into<SecretString>) -> Self {
        self.with_login(Security::OAuth, OAUTH, id.into(), secret.into())
    }
}

fn login(login: Login, source: &TokenSource) -> Result<Box<dyn Credentials>, Error> {
    Ok(Box::new(OAuth::new(login.user, login.secret, source)?))
}

impl OAuth {
    fn new(id: String, secret: SecretString, source: &TokenSource) -> Result<Arc<Self>, Error> {
        let url = source.url.clone();
        let url = url
            .ok_or_else(|| Error::configuration("the API does not say where tokens are fetched"))?;
        if id.is_empty() || secret.expose_secret().is_empty() {
            let message = "the id or the secret of the OAuth client is empty";
            return Err(Error::configuration(message));
        }
        Ok(Arc::new(Self {
            id,
            secret,
            scope: source.scope.clone(),
            url,
            user_agent: source.user_agent.clone(),
            errors: source.errors,
            timeout: source.timeout.clamp(SHORTEST, LONGEST),
            state: Mutex::default(),
        }))
    }

    /// Everything that must not be shown.
    fn secrets(&self, secrets: &mut Vec<Zeroizing<String>>) {
        secrets.push(Zeroizing::new(self.secret.expose_secret().to_owned()));
        secrets.extend(self.state().known.iter().map(|token| token.secret()));
    }

    /// A token that works as far as anyone knows, and isn't the one that was `refused`.
    async fn token(
        self: &Arc<Self>,
        refused: Option<&Arc<Token>>,
        http: &reqwest::Client,
    ) -> Result<Arc<Token>, Error> {
        for _ in 0..FLIGHTS {
            let mut landed = match self.next(refused, http)? {
                Next::Use(token) => return Ok(token),
                Next::Wait(landed) => landed,
            };
            // Its sender is gone when the runtime that the flight began in was shut down.
            if let Ok(landed) = landed.wait_for(Option::is_some).await {
                match landed.as_ref() {
                    Some(Ok(token)) => return Ok(Arc::clone(token)),
                    Some(Err(error)) => return Err(error.share()),
                    None => {}
                }
            }
        }
        let message = "the request for a token was cut off";
        Err(Error::new(Kind::Transport, message))
    }

    /// Notes that a token which replaced a refused one was refused as well.
    fn renewed_in_vain(&self) {
        self.state().vain_until = Some(Instant::now() + REST);
    }

    /// Whether a refused token is to be replaced at once.
    fn is_worth_renewing(&self) -> bool {
        let until = self.state().vain_until;
        until.is_none_or(|until| until <= Instant::now())
    }

    fn next(
        self: &Arc<Self>,
        refused: Option<&Arc<Token>>,
        http: &reqwest::Client,
    ) -> Result<Next, Error> {
        let now = Instant::now();
        let mut state = self.state();
        let is_refused = |token: &Arc<Token>| refused.is_some_and(|one| Arc::ptr_eq(one, token));
        state.token = state.token.take().filter(|token| !is_refused(token));
        let token = state.token.as_ref().filter(|token| !token.is_over(now));
        let token = token.map(Arc::clone);
        if let Some(token) = token.as_ref().filter(|token| !token.is_old(now)) {
            return Ok(Next::Use(Arc::clone(token)));
        }
        let flight = state.flight.as_ref().filter(|flight| !flight.is_lost(now));
        match (token, flight) {
            (Some(token), None) => {
                // It still works, so whether another one can be had is not yet anyone's problem.
                if state.rest_until.is_none_or(|until| until <= now)
                    && self.take_off(&mut state, now, http).is_err()
                {
                    state.rest_until = Some(now + REST);
                }
                Ok(Next::Use(token))
            }
            (Some(token), Some(_)) => Ok(Next::Use(token)),
            (None, Some(flight)) => Ok(Next::Wait(flight.landed.clone())),
            (None, None) => self.take_off(&mut state, now, http).map(Next::Wait),
        }
    }

    /// Asks for a token, in a task of its own.
    fn take_off(
        self: &Arc<Self>,
        state: &mut State,
        now: Instant,
        http: &reqwest::Client,
    ) -> Result<watch::Receiver<Landed>, Error> {
        let runtime = Handle::try_current().map_err(|_| {
            Error::configuration("not sent: a call has to be made inside of a Tokio runtime")
        })?;
        state.flights += 1;
        let number = state.flights;
        let (sender, landed) = watch::channel(None);
        state.flight = Some(Flight {
            number,
            lost_at: now + self.timeout + GRACE,
            landed: landed.clone(),
        });
        let (this, http) = (Arc::clone(self), http.clone());
        runtime.spawn(async move {
            let brought = this.fetch(&http, now).await;
            this.land(number, brought.as_ref().ok());
            sender.send_replace(Some(brought));
        });
        Ok(landed)
    }

    fn land(&self, number: u64, token: Option<&Arc<Token>>) {
        let mut state = self.state();
        if state
            .flight
            .as_ref()
            .is_some_and(|flight| flight.number == number)
        {
            state.flight = None;
        }
        if let Some(token) = token {
            state.token = Some(Arc::clone(token));
            state.rest_until = None;
            state.know(token);
        } else {
            state.rest_until = Some(Instant::now() + REST);
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // Nothing that panics is done while it is locked.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn fetch(&self, http: &reqwest::Client, now: Instant) -> Result<Arc<Token>, Error> {
        let result = match http.execute(self.request()).await {
            Ok(response) => self.read(response, now).await,
            Err(error) => Err(Error::transport(error).because("no token could be fetched")),
        };
        result.map_err(|error| {
            // Whatever the endpoint echoes, what it was sent stays here.
            let mut secrets = Vec::new();
            self.secrets(&mut secrets);
            error.redact(&Redactor::new(Vec::new(), secrets))
        })
    }

    fn request(&self) -> Request {
        let pairs = [
            ("grant_type", "client_credentials"),
            ("client_id", self.id.as_str()),
            ("client_secret", self.secret.expose_secret()),
            ("scope", self.scope.as_str()),
        ];
        let pairs = pairs.iter().filter(|(_, value)| !value.is_empty());
        let length = |text| Encoding::Form.length(text);
        let sizes = pairs
            .clone()
            .map(|(name, value)| length(name) + length(value) + 2);
        let mut form = Zeroizing::new(Vec::with_capacity(sizes.sum()));
        for (name, value) in pairs {
            if !form.is_empty() {
                form.push(b'&');
            }
            Encoding::Form.encode(name, |ascii| form.extend_from_slice(ascii));
            form.push(b'=');
            Encoding::Form.encode(value, |ascii| form.extend_from_slice(ascii));
        }
        let mut request = Request::new(Method::POST, self.url.clone());
        let kind = HeaderValue::from_static("application/x-www-form-urlencoded");
        let headers = request.headers_mut();
        headers.insert(CONTENT_TYPE, kind);
        headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
        headers.insert(USER_AGENT, self.user_agent.clone());
        *request.body_mut() = Some(Bytes::from_owner(form).into());
        *request.timeout_mut() = Some(self.timeout);
        request
    }

    async fn read(&self, mut response: Response, asked: Instant) -> Result<Arc<Token>, Error> {
        let (status, answer) = (response.status(), answer(&response));
        // Never moved to a larger buffer, which would leave a copy.
        let mut body = Zeroizing::new(Vec::with_capacity(LARGEST));
        let broken = loop {
            match response.chunk().await {
                Ok(None) => break None,
                Ok(Some(chunk)) if chunk.len() <= LARGEST - body.len() => {
                    body.extend_from_slice(&chunk);
                }
                Ok(Some(_)) => {
                    let problem = self.wrong("is too large");
                    break Some(Error::new(Kind::TooLarge, problem));
                }
                Err(error) => {
                    break Some(Error::transport(error).because("no token could be fetched"));
                }
            }
        };
        if !status.is_success() {
            return Err(self.refusal(status, answer, &body));
        }
        if let Some(error) = broken {
            return Err(error.with_answer(answer));
        }
        let token = Token::read(&body, asked);
        token.map(Arc::new).map_err(|problem| {
            let message = self.wrong(&problem);
            Error::new(Kind::Decode, message).with_answer(answer)
        })
    }

    fn origin(&self) -> String {
        self.url.origin().ascii_serialization()
    }

    fn wrong(&self, problem: &str) -> String {
        format!("the answer of {} {problem}", self.origin())
    }

    /// Nothing of the body is kept but what the endpoint says about the error.
    fn refusal(&self, status: StatusCode, mut answer: Answer, body: &[u8]) -> Error {
        let again = status.is_server_error()
            || matches!(
                status,
                StatusCode::REQUEST_TIMEOUT | StatusCode::TOO_MANY_REQUESTS
            );
        let kind = match status {
            _ if status.is_redirection() => Kind::Redirect,
            _ if again => Kind::Status,
            _ => Kind::Login,
        };
        answer.api_error = ApiError::read(body, self.errors);
        let message = format!("no token could be fetched from {}", self.origin());
        Error::new(kind, message).with_answer(answer)
    }
}

/// What is kept of an answer: nothing of its body.
fn answer(response: &Response) -> Answer {
    let (status, headers) = (response.status(), response.headers());
    let kind = headers
        .get(CONTENT_TYPE)
        .and_then(|kind| kind.to_str().ok());
    Answer {
        status: status.as_u16(),
        reason: status.canonical_reason().unwrap_or_default(),
        content_type: kind.filter(|kind| kind.len() <= SHORT).map(str::to_owned),
        cut: true,
        retry_after: retry_after(headers, SystemTime::now()),
        ..Answer::default()
    }
}

impl Credentials for Arc<OAuth> {
    /// Nothing before a token was fetched, which each call does for itself.
    fn add_to(&self, _: &mut HeaderMap) {}

    fn ticket(&self) -> Option<Box<dyn Ticket>> {
        Some(Box::new(Pass {
            oauth: Self::clone(self),
            token: None,
            refused: None,
        }))
    }

    fn secrets(&self, secrets: &mut Vec<Zeroizing<String>>) {
        OAuth::secrets(self, secrets);
    }
}

/// What one call has logged in with so far. It keeps its tokens known, so that they stay out of texts.
struct Pass {
    oauth: Arc<OAuth>,
    token: Option<Arc<Token>>,
    refused: Option<Arc<Token>>,
}

impl Ticket for Pass {
    fn url(&self) -> &Url {
        &self.oauth.url
    }

    fn log_in<'a>(&'a mut self, http: &'a reqwest::Client, time: Duration) -> Fetching<'a> {
        Box::pin(async move {
            let fetched = self.oauth.token(self.refused.as_ref(), http);
            let token = timeout(time, fetched).await.unwrap_or_else(|_| {
                let message = "not sent: the token to log in with did not come in time";
                Err(Error::new(Kind::Timeout, message))
            });
            let token = self.token.insert(token.map_err(Error::before_sending)?);
            Ok(token.header().clone())
        })
    }

    fn renew(&mut self) -> bool {
        if self.refused.is_some() {
            self.oauth.renewed_in_vain();
            return false;
        }
        if !self.oauth.is_worth_renewing() {
            return false;
        }
        self.refused = self.token.take();
        self.refused.is_some()
    }
}

impl State {
    /// Keeps a new token out of texts, and forgets those that nobody uses any more.
    fn know(&mut self, token: &Arc<Token>) {
        self.known.push(Arc::clone(token));
        let mut surplus = self.known.len().saturating_sub(KNOWN);
        self.known.retain(|token| {
            let forget = surplus > 0 && Arc::strong_count(token) == 1;
            surplus -= usize::from(forget);
            !forget
        });
    }
}

impl fmt::Debug for OAuth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OAuth")
            .field("origin", &self.origin())
            .finish_non_exhaustive()
    }
}
