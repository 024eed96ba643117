//! Takes the URL of a next page that a server gave; gives the query to ask for it with; must never let the server choose where credentials go.

use crate::runtime::client::{Inner, Job};
use crate::runtime::encode::percent_decode;
use crate::runtime::error::Kind;
use crate::runtime::key_query::remove;
use crate::runtime::options::Options;
use crate::runtime::{Error, Parts, Request, Security};
use reqwest::Url;

impl Inner {
    /// The queries of the first page and of the next one, if the server may name it.
    pub(crate) fn next_query<R: Request>(
        &self,
        request: &R,
        options: &Options,
        next: &str,
    ) -> Result<(String, String), Error> {
        let write = |parts: &mut Parts| request.write(parts);
        let job = Job::new(request, &write, options, None);
        let query = job.written().and_then(|written| {
            let current = self.url(job.operation, &written.path, &written.query)?;
            let declared = self.variables.all(job.operation.server);
            match allowed(&current, &declared, &written.path, next) {
                Ok(mut query) => {
                    // It is kept and shown, and gets the keys again when it is sent.
                    without_keys(job.operation.security, &mut query);
                    Ok((written.query, query))
                }
                Err(problem) => {
                    let message = format!("not sent: the URL of the next page {problem}");
                    Err(Error::new(Kind::NextPage, message))
                }
            }
        });
        query.map_err(|error| self.clean(error, job))
    }
}

/// Takes the keys of an operation out of a query that a server gave, which may repeat them.
fn without_keys(accepted: &[&[Security]], query: &mut String) {
    for scheme in accepted.iter().copied().flatten() {
        if let Security::Query(name) = scheme {
            remove(query, name);
        }
    }
}

/// The query of the next page, if the server names a page of the same list.
///
/// `current` is where the list is, `declared` the servers that the document gives for it, and
/// `path` the path of the operation below any of them.
fn allowed<S: AsRef<str>>(
    current: &Url,
    declared: &[S],
    path: &str,
    next: &str,
) -> Result<String, String> {
    let next = current
        .join(next)
        .map_err(|error| format!("is not a URL: {error}"))?;
    if !next.username().is_empty() || next.password().is_some() {
        return Err("contains credentials".to_owned());
    }
    let origin = next.origin();
    let declared = declared
        .iter()
        .filter_map(|url| Url::parse(url.as_ref()).ok());
    let declared: Vec<Url> = declared.collect();
    let trusted = origin == current.origin() || declared.iter().any(|url| url.origin() == origin);
    if !trusted {
        return Err(format!(
            "is on another server, {}",
            origin.ascii_serialization()
        ));
    }
    let below = |base: &Url| format!("{}{path}", base.path().trim_end_matches('/'));
    let same = same_path(next.path(), current.path())
        || same_path(next.path(), path)
        || declared
            .iter()
            .any(|base| same_path(next.path(), &below(base)));
    if !same {
        return Err("is another path than the one of the list".to_owned());
    }
    Ok(next.query().unwrap_or_default().to_owned())
}

/// Whether two paths have the same segments, however they are escaped.
fn same_path(one: &str, other: &str) -> bool {
    one.split('/')
        .map(percent_decode)
        .eq(other.split('/').map(percent_decode))
}
