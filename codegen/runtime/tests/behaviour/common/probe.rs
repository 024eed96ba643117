//! A request that writes whatever a test wants, and returns the body as it came.

use super::api::SERVER;
use crate::runtime::{Body, Media, Method, Operation, Parts, Read, Request, Security};

pub(crate) struct Probe<F> {
    operation: &'static Operation,
    write: F,
}

impl<F: Fn(&mut Parts)> Probe<F> {
    /// A call of an operation.
    pub(crate) const fn new(operation: &'static Operation, write: F) -> Self {
        Self { operation, write }
    }
}

/// A GET of `/v2/things/{Id}/parts`.
pub(crate) fn get<F: Fn(&mut Parts)>(write: F) -> Probe<F> {
    Probe {
        operation: &GET,
        write,
    }
}

/// A POST of a form to `/v2/things`.
pub(crate) fn post<F: Fn(&mut Parts)>(write: F) -> Probe<F> {
    Probe {
        operation: &POST,
        write,
    }
}

/// A GET of `/v2/open` that needs no credentials, and must not get any.
pub(crate) fn open<F: Fn(&mut Parts)>(write: F) -> Probe<F> {
    Probe {
        operation: &OPEN,
        write,
    }
}

/// A call of any method without parameters.
pub(crate) fn plain(operation: &'static Operation) -> Probe<fn(&mut Parts)> {
    let write: fn(&mut Parts) = |_| {};
    Probe { operation, write }
}

/// An operation of that method on `/v2/things`.
pub(crate) const fn operation(method: Method) -> Operation {
    Operation {
        id: "Thing",
        method,
        path: "/v2/things",
        server: &SERVER,
        security: &[&[Security::Basic]],
        body: None,
    }
}

impl<F: Fn(&mut Parts) + Send + Sync + 'static> Request for Probe<F> {
    type Output = String;

    const OPERATION: &'static Operation = &POST;

    fn operation(&self) -> &'static Operation {
        self.operation
    }

    fn write(&self, parts: &mut Parts) {
        (self.write)(parts);
    }

    const READ: Read<String> = Body::text;
}

static GET: Operation = Operation {
    id: "GetParts",
    method: Method::GET,
    path: "/v2/things/{Id}/parts",
    server: &SERVER,
    security: &[&[Security::Basic]],
    body: None,
};

static POST: Operation = Operation {
    id: "MakeThing",
    method: Method::POST,
    path: "/v2/things",
    server: &SERVER,
    security: &[&[Security::Basic]],
    body: Some(Media::Form),
};

static OPEN: Operation = Operation {
    id: "Open",
    method: Method::GET,
    path: "/v2/open",
    server: &SERVER,
    security: &[],
    body: None,
};

/// A POST of JSON to `/v2/things`.
pub(crate) fn post_json<F: Fn(&mut Parts)>(write: F) -> Probe<F> {
    Probe {
        operation: &POST_JSON,
        write,
    }
}

static POST_JSON: Operation = Operation {
    id: "MakeThing",
    method: Method::POST,
    path: "/v2/things",
    server: &SERVER,
    security: &[&[Security::Basic]],
    body: Some(Media::Json("application/merge-patch+json")),
};

/// A call of that operation, which sends what is written.
pub(crate) fn of<F: Fn(&mut Parts)>(operation: &'static Operation, write: F) -> Probe<F> {
    Probe { operation, write }
}

/// An operation of that method on `/v2/things` with that body.
pub(crate) const fn sends(method: Method, body: Media) -> Operation {
    Operation {
        body: Some(body),
        ..operation(method)
    }
}
