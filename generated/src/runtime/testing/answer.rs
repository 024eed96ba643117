//! Takes a request and what the server holds; gives the answer that the document leads one to expect; must never repeat a value of a secret field.

use super::item::Place;
use super::message::{Reply, Request, reason};
use super::page;
use super::route::{self, Found, Missing, matches, routes};
use super::state::{Key, State};
use super::table::{Action, Api, Route};
use crate::runtime::Security;
use serde_json::{Value, json};

/// The answer to a request. `origin` is the URL of the server.
pub(super) fn reply(
    apis: &[&'static Api],
    found: &Result<Found, Missing<'_>>,
    request: &Request,
    state: &mut State,
    origin: &str,
) -> Reply {
    let found = match found {
        Ok(found) => found,
        Err(Missing::Method(found)) => return refusal(apis, Some(found), 405, &request.path),
        Err(Missing::Path(path)) => return refusal(apis, None, 404, path),
        Err(Missing::Several(path)) => return ambiguous(path),
    };
    let refuse = |status| refusal(apis, Some(found), status, &found.path);
    if !is_logged_in(found.route.operation.security, request) {
        return refuse(401);
    }
    let key: Key = (found.api.name, found.collection());
    let base = format!("{origin}{}", found.prefix);
    let place = Place {
        api: found.api,
        template: found.route.collection,
        parameters: &found.parameters,
        key: &key,
        base: &base,
    };
    match perform(found, &place, request, state) {
        Ok(None) => Reply::empty(found.route.status),
        Ok(Some(value)) => Reply::json(found.route.status, value.to_string().into_bytes()),
        Err(status) => refuse(status),
    }
}

/// Says how to tell apart APIs that have the same paths.
fn ambiguous(path: &str) -> Reply {
    let message = format!(
        "several APIs have {path}: make the client with `Server::client`, or give its builder to `Server::point`"
    );
    let body = json!({ "message": message, "status": 400 });
    Reply::json(400, body.to_string().into_bytes())
}

/// A token for whoever asks, as RFC 6749 says it.
pub(super) fn token() -> Reply {
    let body = r#"{"access_token":"made-up","token_type":"Bearer","expires_in":3600}"#;
    Reply::json(200, body.as_bytes().to_vec())
}

/// Whether a request has all that one of the accepted ways to log in takes, whatever it is.
fn is_logged_in(accepted: &[&[Security]], request: &Request) -> bool {
    let has = |scheme: &Security| match scheme {
        Security::Basic | Security::Bearer | Security::OAuth => {
            request.header("authorization").is_some()
        }
        Security::Header(name) => request.header(&name.to_ascii_lowercase()).is_some(),
        Security::Query(name) => request.query.iter().any(|(known, _)| known == name),
        Security::Cookie(name) => {
            let cookies = request.header("cookie").unwrap_or_default().split(';');
            let mut names = cookies.filter_map(|cookie| cookie.split('=').next());
            names.any(|known| known.trim() == *name)
        }
    };
    accepted.is_empty() || accepted.iter().any(|way| way.iter().all(has))
}

/// Does what the operation does; an error is the status to refuse with.
fn perform(
    found: &Found,
    place: &Place<'_>,
    request: &Request,
    state: &mut State,
) -> Result<Option<Value>, u16> {
    let route = found.route;
    let example = || {
        route
            .examples
            .first()
            .and_then(|text| serde_json::from_str(text).ok())
    };
    // An operation whose success is shown by nothing answers with nothing.
    let shown = |value| (!route.examples.is_empty()).then_some(value);
    match &route.action {
        Action::Answer => Ok(example()),
        Action::List(listing) => {
            let page = page::Request {
                listing,
                query: &request.query,
                url: &format!("{}{}", place.base, found.path),
                path: &format!("{}{}", found.prefix, found.path),
                example: example(),
            };
            page.answer(state.items(place.key))
                .map(Some)
                .map_err(|_| 400)
        }
        Action::Create => {
            let (sent, absent) = place.sent(route, &request.form());
            let item = place.create(state, sent, &absent);
            let value = Value::Object(item.value.clone());
            state.put(place.key.clone(), item);
            Ok(shown(value))
        }
        Action::Fetch => {
            let mut items = state.items(place.key).iter();
            let item = items.find(|item| item.id == found.id()).ok_or(404_u16)?;
            Ok(Some(Value::Object(item.value.clone())))
        }
        Action::Update => {
            let (sent, _) = place.sent(route, &request.form());
            let seconds = state.tick();
            let item = state.item_mut(place.key, found.id()).ok_or(404_u16)?;
            place.update(item, seconds, sent);
            Ok(shown(Value::Object(item.value.clone())))
        }
        Action::Delete => {
            if !state.remove(place.key, found.id()) {
                return Err(404);
            }
            Ok(example())
        }
    }
}

/// The error of this status, as the document shows it.
pub(super) fn refusal(
    apis: &[&'static Api],
    found: Option<&Found>,
    status: u16,
    path: &str,
) -> Reply {
    let api = found.map_or_else(|| apis.first().copied(), |found| Some(found.api));
    let body = api.and_then(|api| example(api, found.map(|found| found.route), status, path));
    let body = body.unwrap_or_else(|| json!({ "title": reason(status), "status": status }));
    Reply::json(status, body.to_string().into_bytes())
}

fn example(
    api: &'static Api,
    route: Option<&'static Route>,
    status: u16,
    path: &str,
) -> Option<Value> {
    let own: &[(u16, &str)] = route.map_or(&[], |route| route.errors);
    let all = || own.iter().chain(api.errors);
    let exact = all().find(|(other, _)| *other == status);
    let (_, text) = exact.or_else(|| all().find(|(other, _)| *other == 0))?;
    let mut value: Value = serde_json::from_str(text).ok()?;
    let members = value.as_object_mut()?;
    let is_of = |other: u16| members_status(members) == Some(u64::from(other));
    if exact.is_none() && !is_of(status) {
        // What the example of another status says would be wrong for this one.
        for name in ["code", "more_info"] {
            members.remove(name);
        }
        for name in ["message", "title", "detail"] {
            if let Some(text) = members.get_mut(name).filter(|text| text.is_string()) {
                *text = reason(status).into();
            }
        }
    }
    if members.get("status").is_some_and(Value::is_u64) {
        members.insert("status".to_owned(), status.into());
    }
    if status == 404 {
        for text in members.values_mut() {
            if let Value::String(text) = text {
                *text = with_path(api, text, path);
            }
        }
    }
    Some(value)
}

fn members_status(members: &serde_json::Map<String, Value>) -> Option<u64> {
    members.get("status").and_then(Value::as_u64)
}

/// The text, with the path of the request in place of the one of the example.
fn with_path(api: &'static Api, text: &str, path: &str) -> String {
    let words = text.split(' ').map(|word| {
        let is_path = word.starts_with('/')
            && routes(api).any(|route| matches(route.operation.path, word).is_some());
        if is_path { path } else { word }
    });
    words.collect::<Vec<_>>().join(" ")
}

/// The operation that a request is for.
pub(super) fn find<'a>(apis: &[&'static Api], request: &'a Request) -> Result<Found, Missing<'a>> {
    let head = request.method == "HEAD";
    let found = route::find(apis, &request.method, &request.path);
    if found.is_err() && head {
        return route::find(apis, "GET", &request.path);
    }
    found
}
