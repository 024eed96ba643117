//! Takes a recorded request, gives Twilio's answer to it, checked against the document; must never answer what the document does not allow.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::{Map, Value, json};

use super::Origin;
use super::document::{Document, Login, Operation};
use super::encoding;
use super::errors::Refusal;
use super::recorded::Recorded;
use super::state::{Credential, Position, State};
use super::validate;

/// What stays the same while the server runs.
pub(super) struct Account {
    pub(super) documents: Arc<[Document]>,
    pub(super) origin: Origin,
    /// One for each server that the documents name.
    pub(super) sites: Vec<Site>,
    pub(super) sid: String,
    /// The `Authorization` headers that are right.
    pub(super) logins: Vec<String>,
}

/// A server of the documents, and where it is played.
pub(super) struct Site {
    /// Its scheme and host in the documents.
    pub(super) origin: String,
    pub(super) url: String,
}

/// An answer before it is written.
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) headers: Vec<(String, String)>,
    pub(super) body: Option<Value>,
    /// What the document finds wrong with it.
    pub(super) mistake: Option<String>,
}

struct Match<'a> {
    site: &'a Site,
    document: &'a Document,
    operation: &'a Operation,
    path: BTreeMap<String, String>,
}

type Outcome = Result<(u16, Option<Value>), Refusal>;

impl Account {
    pub(super) fn answer(&self, state: &mut State, site: &Site, request: &Recorded) -> Answer {
        if request.path == super::TOKEN_PATH {
            let (status, body) = state.tokens.answer(request);
            return plain(state, status, Some(body));
        }
        let found = self.find(site, request);
        let outcome = match &found {
            Ok(found) => self.perform(state, found, request),
            Err(refusal) => Err(refusal.clone()),
        };
        let (status, body) =
            outcome.unwrap_or_else(|refusal| (refusal.status, Some(refusal.body())));
        let mut answer = plain(state, status, body);
        if let Ok(found) = found {
            answer.mistake = validate::answer(
                found.operation,
                status,
                &answer.headers,
                answer.body.as_ref(),
            );
        }
        if let Some(mistake) = &answer.mistake {
            answer.status = 500;
            answer.body = Some(json!({ "code": 0, "message": mistake, "status": 500 }));
        }
        answer
    }

    fn find<'a>(&'a self, site: &'a Site, request: &Recorded) -> Result<Match<'a>, Refusal> {
        let mut refusal = Refusal::not_found(&request.path);
        let served = |document: &&Document| document.origin == site.origin;
        for document in self.documents.iter().filter(served) {
            for operation in &document.operations {
                let Some(path) = match_path(&operation.path, &request.path) else {
                    continue;
                };
                if operation.method == request.method {
                    return Ok(Match {
                        site,
                        document,
                        operation,
                        path,
                    });
                }
                refusal = Refusal::method_not_allowed();
            }
        }
        Err(refusal)
    }

    fn perform(&self, state: &mut State, found: &Match<'_>, request: &Recorded) -> Outcome {
        let login = request.header("authorization").unwrap_or_default();
        let is_right = |kind: &Login| match kind {
            Login::Basic => self.logins.iter().any(|right| right == login),
            Login::Bearer => state.tokens.accept(login),
        };
        let kinds = &found.operation.logins;
        if !kinds.is_empty() && !kinds.iter().any(is_right) {
            return Err(Refusal::unauthorized());
        }
        if !validate::path_fits(found.operation, &found.path) {
            return Err(Refusal::not_found(&request.path));
        }
        let pairs = request
            .query_pairs()
            .ok_or_else(|| Refusal::invalid("Invalid encoding of the query"))?;
        let query = validate::query(found.operation, &pairs)?;
        let form = read_form(found, request)?;
        let sid = found.path.values().next();
        let url = self.collection_url(found);
        let missing = || Refusal::not_found(&request.path);
        match (found.operation.method.as_str(), sid) {
            ("GET", None) => self.list(state, &query, &url).map(|page| (200, Some(page))),
            ("POST", None) => {
                let kind = form.get("Type").and_then(Value::as_str).unwrap_or_default();
                let credential =
                    state.create(kind, text(&form, "FriendlyName"), flag(&form, "Sandbox"));
                Ok((201, Some(self.body(&credential, &url))))
            }
            ("GET", Some(sid)) => {
                let credential = state.fetch(sid).ok_or_else(missing)?;
                Ok((200, Some(self.body(credential, &url))))
            }
            ("POST", Some(sid)) => {
                let kind = state.fetch(sid).ok_or_else(missing)?.kind.clone();
                let kind = text(&form, "Type").unwrap_or(kind);
                check_fields(found.document, &kind, &form)?;
                let (name, sandbox) = (text(&form, "FriendlyName"), flag(&form, "Sandbox"));
                let changed = state.update(sid, &kind, name, sandbox);
                Ok((200, Some(self.body(&changed.ok_or_else(missing)?, &url))))
            }
            ("DELETE", Some(sid)) if state.delete(sid) => Ok((204, None)),
            ("DELETE", Some(_)) => Err(missing()),
            _ => Err(Refusal::method_not_allowed()),
        }
    }

    /// The URL of the collection that the operation belongs to.
    fn collection_url(&self, found: &Match<'_>) -> String {
        let origin = match self.origin {
            Origin::Own => &found.site.url,
            Origin::Document => &found.site.origin,
        };
        let path = &found.operation.path;
        let collection = path
            .split_once("/{")
            .map_or(path.as_str(), |(collection, _)| collection);
        format!("{origin}{collection}")
    }

    fn body(&self, credential: &Credential, collection_url: &str) -> Value {
        credential.body(&self.sid, collection_url)
    }

    fn list(
        &self,
        state: &State,
        query: &BTreeMap<String, String>,
        url: &str,
    ) -> Result<Value, Refusal> {
        let number = |name: &str| {
            query
                .get(name)
                .and_then(|value| value.parse::<usize>().ok())
        };
        let (size, page) = (
            number("PageSize").unwrap_or(50),
            number("Page").unwrap_or(0),
        );
        let token = query.get("PageToken");
        let position = token.map_or(Some(Position::Start), |token| read_token(token));
        let slice = state.slice(
            position.ok_or_else(|| Refusal::invalid("Invalid parameter PageToken"))?,
            size,
        );
        let url_of = |page: usize, token: Option<String>| {
            let token = token
                .map(|token| format!("&PageToken={token}"))
                .unwrap_or_default();
            format!("{url}?PageSize={size}&Page={page}{token}")
        };
        let next = slice.credentials.last().filter(|_| slice.has_next);
        let previous = slice.credentials.first().filter(|_| page > 0);
        let credentials: Vec<Value> = slice
            .credentials
            .iter()
            .map(|one| self.body(one, url))
            .collect();
        Ok(json!({
            "credentials": credentials,
            "meta": {
                "page": page,
                "page_size": size,
                "first_page_url": url_of(0, None),
                "previous_page_url": previous.map(|one| url_of(page - 1, Some(format!("PB{:x}", one.number())))),
                "url": url_of(page, token.cloned()),
                "next_page_url": next.map(|one| url_of(page + 1, Some(format!("PA{:x}", one.number())))),
                "key": "credentials",
            },
        }))
    }
}

/// An answer that no document has a say in.
pub(super) fn plain(state: &mut State, status: u16, body: Option<Value>) -> Answer {
    let mut headers = vec![("twilio-request-id".to_owned(), state.request_id())];
    if body.is_some() {
        headers.push(("content-type".to_owned(), "application/json".to_owned()));
    }
    Answer {
        status,
        headers,
        body,
        mistake: None,
    }
}

fn read_form(found: &Match<'_>, request: &Recorded) -> Result<Map<String, Value>, Refusal> {
    match (&found.operation.form, &request.form) {
        (Some(form), Some(pairs)) => validate::form(form, pairs),
        (Some(form), None) if request.body.is_empty() => validate::form(form, &[]),
        (Some(_), None) => Err(Refusal::invalid(
            "The body is not a form, or its encoding is broken",
        )),
        (None, _) if request.body.is_empty() => Ok(Map::new()),
        (None, _) => Err(Refusal::invalid("The body must be empty")),
    }
}

/// A field that belongs to another push service is refused; the document of an update does not say so by itself.
fn check_fields(document: &Document, kind: &str, form: &Map<String, Value>) -> Result<(), Refusal> {
    let Some(allowed) = document.fields_of_types.get(kind) else {
        return Ok(());
    };
    match form.keys().find(|name| !allowed.contains(name)) {
        Some(name) => Err(Refusal::invalid(format!(
            "Parameter {name} is not for credentials of type {kind}"
        ))),
        None => Ok(()),
    }
}

fn read_token(token: &str) -> Option<Position> {
    let number = |text| u64::from_str_radix(text, 16).ok();
    match (token.strip_prefix("PA"), token.strip_prefix("PB")) {
        (Some(after), _) => number(after).map(Position::After),
        (_, Some(before)) => number(before).map(Position::Before),
        _ => None,
    }
}

fn match_path(template: &str, path: &str) -> Option<BTreeMap<String, String>> {
    let (expected, given): (Vec<&str>, Vec<&str>) =
        (template.split('/').collect(), path.split('/').collect());
    if expected.len() != given.len() {
        return None;
    }
    let mut values = BTreeMap::new();
    for (expected, given) in expected.iter().zip(given) {
        if let Some(name) = expected
            .strip_prefix('{')
            .and_then(|rest| rest.strip_suffix('}'))
        {
            values.insert(name.to_owned(), encoding::segment(given)?);
        } else if *expected != given {
            return None;
        }
    }
    Some(values)
}

fn text(form: &Map<String, Value>, name: &str) -> Option<String> {
    form.get(name).and_then(Value::as_str).map(str::to_owned)
}

fn flag(form: &Map<String, Value>, name: &str) -> Option<bool> {
    form.get(name).and_then(Value::as_bool)
}
