//! Takes the method and path of a request; gives the operation that they belong to; must never guess between two.

use super::message;
use super::table::{Action, Api, Route};

/// The operation that a request is for.
#[derive(Debug)]
pub(super) struct Found {
    pub(super) api: &'static Api,
    pub(super) route: &'static Route,
    /// The values of the path's parameters.
    pub(super) parameters: Vec<(&'static str, String)>,
    /// The first step of the path, where that names the API.
    pub(super) prefix: String,
    /// The path without it.
    pub(super) path: String,
}

impl Found {
    /// The path of the collection.
    pub(super) fn collection(&self) -> String {
        fill(self.route.collection, &self.parameters)
    }

    /// The id of the item that the path names.
    pub(super) fn id(&self) -> &str {
        let last = self.parameters.last();
        last.map_or("", |(_, value)| value.as_str())
    }
}

/// Why there is none.
#[derive(Debug)]
pub(super) enum Missing<'a> {
    /// No operation has the path.
    Path(&'a str),
    /// Operations have the path, but not with this method.
    Method(Found),
    /// Several APIs have the operation, and nothing says which is meant.
    Several(&'a str),
}

/// The operation with that method and path. The name of an API in front of the path chooses between APIs that share paths.
pub(super) fn find<'a>(
    apis: &[&'static Api],
    method: &str,
    path: &'a str,
) -> Result<Found, Missing<'a>> {
    let (first, rest) = split(path);
    let mut missing = Missing::Path(path);
    let mut only: Option<Found> = None;
    let named = apis.iter().filter(|api| api.name == first);
    let named = named.map(|api| (*api, rest, format!("/{first}")));
    let others = apis.iter().map(|api| (*api, path, String::new()));
    for (api, path, prefix) in named.chain(others) {
        let mut best: Option<(usize, Found)> = None;
        for route in routes(api) {
            let Some((parameters, fixed)) = matches(route.operation.path, path) else {
                continue;
            };
            let found = Found {
                api,
                route,
                parameters,
                prefix: prefix.clone(),
                path: path.to_owned(),
            };
            if route.operation.method.as_str() != method {
                missing = Missing::Method(found);
            } else if best.as_ref().is_none_or(|(most, _)| fixed > *most) {
                best = Some((fixed, found));
            }
        }
        match best {
            Some((_, found)) if !prefix.is_empty() => return Ok(found),
            Some(_) if only.is_some() => return Err(Missing::Several(path)),
            Some((_, found)) => only = Some(found),
            None => {}
        }
    }
    only.ok_or(missing)
}

/// The operations of an API.
pub(super) fn routes(api: &'static Api) -> impl Iterator<Item = &'static Route> {
    api.routes.iter().copied().flatten()
}

/// Whether a path is that of an item or a collection of the API.
pub(super) fn is_known(api: &'static Api, path: &str) -> bool {
    routes(api).any(|route| {
        !matches!(route.action, Action::Answer) && matches(route.operation.path, path).is_some()
    })
}

fn split(path: &str) -> (&str, &str) {
    let inner = path.strip_prefix('/').unwrap_or(path);
    let length = inner.find('/').unwrap_or(inner.len());
    (
        inner.get(..length).unwrap_or_default(),
        inner.get(length..).unwrap_or_default(),
    )
}

/// The values of the parameters and the number of steps that are fixed, if the path fits the template.
pub(super) fn matches(
    template: &'static str,
    path: &str,
) -> Option<(Vec<(&'static str, String)>, usize)> {
    let (mut parameters, mut fixed) = (Vec::new(), 0);
    let mut steps = path.split('/');
    for wanted in template.split('/') {
        let step = steps.next()?;
        let Some((before, rest)) = wanted.split_once('{') else {
            if wanted != message::decode(step) {
                return None;
            }
            fixed += 1;
            continue;
        };
        let (name, after) = rest.split_once('}')?;
        let value = step.strip_prefix(before)?.strip_suffix(after)?;
        if value.is_empty() {
            return None;
        }
        parameters.push((name, message::decode(value)));
    }
    steps.next().is_none().then_some((parameters, fixed))
}

/// The template with values for its parameters.
pub(super) fn fill(template: &str, parameters: &[(&str, String)]) -> String {
    let mut path = template.to_owned();
    for (name, value) in parameters {
        path = path.replace(&format!("{{{name}}}"), value);
    }
    path
}

#[cfg(test)]
mod tests {
    use super::matches;

    #[test]
    fn a_path_fits_step_by_step() {
        let found = matches("/v1/Calls/{Sid}.json", "/v1/Calls/CA%201.json");
        assert_eq!(found, Some((vec![("Sid", "CA 1".to_owned())], 3)));
        assert_eq!(matches("/v1/Calls/{Sid}", "/v1/Calls/"), None);
        assert_eq!(matches("/v1/Calls/{Sid}", "/v1/Calls/a/b"), None);
        assert_eq!(matches("/v1/Calls/{Sid}.json", "/v1/Calls/a"), None);
    }
}
