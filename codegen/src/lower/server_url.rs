//! Takes a server of a document and gives its URL and the variables in it; it must never take a host from anywhere but what the document calls its server.

use openapiv3::{Server, ServerVariable};

use crate::model::{Reach, ServerUrl, Takes, UrlVariable};

/// The URL of a server, or why it can't be one. Nothing at all is the place that the document came from.
pub(super) fn parse(server: &Server) -> Result<Option<ServerUrl>, String> {
    let template = template(server);
    if template.is_empty() {
        return Ok(None);
    }
    let mut variables: Vec<UrlVariable> = Vec::new();
    let (mut before, mut complete) = (String::new(), String::new());
    let mut rest = template.as_str();
    while let Some((text, after)) = rest.split_once('{') {
        let (name, after) = after
            .split_once('}')
            .ok_or_else(|| format!("`{template}` has an open brace"))?;
        before.push_str(text);
        complete.push_str(text);
        let takes = takes(&before, after);
        let default = default(declared(server, name), takes, &before, after);
        complete.push_str(default.as_deref().unwrap_or(match takes {
            Takes::Url => "https://unknown",
            Takes::Label | Takes::Host | Takes::Path => "unknown",
        }));
        before.push_str("{}");
        if let Some(known) = variables.iter_mut().find(|known| known.wire == name) {
            if known.takes != takes {
                known.takes = Takes::Label;
            }
        } else {
            let wire = name.to_owned();
            variables.push(UrlVariable {
                wire,
                default,
                takes,
            });
        }
        rest = after;
    }
    complete.push_str(rest);
    let reach = reach(&complete).ok_or_else(|| format!("`{complete}` is no URL of a server"))?;
    Ok(Some(ServerUrl {
        template,
        variables,
        reach,
    }))
}

/// The URL as it is meant: documents leave out the scheme, or the slash of a path.
fn template(server: &Server) -> String {
    let url = server.url.trim().trim_end_matches('/');
    let (first, _) = url.split_once('/').unwrap_or((url, ""));
    if url.starts_with("//") {
        return format!("https:{url}");
    }
    if url.contains("://") || url.starts_with('/') || url.is_empty() {
        return url.to_owned();
    }
    if let Some(name) = first
        .strip_prefix('{')
        .and_then(|one| one.strip_suffix('}'))
    {
        let default = declared(server, name).map(|variable| variable.default.as_str());
        let is_host = default.is_some_and(is_host);
        return if is_host {
            format!("https://{url}")
        } else {
            url.to_owned()
        };
    }
    if first.split(':').next() == Some("localhost") {
        return format!("http://{url}");
    }
    if is_host(first) {
        return format!("https://{url}");
    }
    let path = url.trim_start_matches(['.', '/']);
    if path.is_empty() {
        String::new()
    } else {
        format!("/{path}")
    }
}

fn declared<'s>(server: &'s Server, name: &str) -> Option<&'s ServerVariable> {
    server.variables.as_ref()?.get(name)
}

/// Whether a text is a host name with a dot in it, and so not the name of a path.
fn is_host(text: &str) -> bool {
    let host = text.split(':').next().unwrap_or_default();
    let is_label = |label: &str| {
        !label.is_empty() && label.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
    };
    host.contains('.') && host.split('.').all(is_label)
}

/// What a variable may be that stands between these texts.
fn takes(before: &str, after: &str) -> Takes {
    let ends = after.is_empty() || after.starts_with('/');
    if before.is_empty() {
        return if ends { Takes::Url } else { Takes::Label };
    }
    match before.split_once("://") {
        Some((_, "")) if ends || after.starts_with(':') => Takes::Host,
        Some((_, host)) if !host.contains('/') => Takes::Label,
        _ => Takes::Path,
    }
}

/// What a variable is unless the user says otherwise, where that makes a URL.
fn default(
    variable: Option<&ServerVariable>,
    takes: Takes,
    before: &str,
    after: &str,
) -> Option<String> {
    let variable = variable?;
    let default = variable.default.trim();
    if default.contains(is_odd) {
        return None;
    }
    let is_secure = |value: &String| value == "https";
    match takes {
        Takes::Label if before.is_empty() && default == "http" => {
            let other = variable.enumeration.iter().find(|value| is_secure(value));
            Some(other.cloned().unwrap_or_else(|| default.to_owned()))
        }
        Takes::Label | Takes::Host => (!default.is_empty()).then(|| default.to_owned()),
        Takes::Path => {
            let path = default.trim_matches('/');
            (!path.is_empty() || after.is_empty()).then(|| path.to_owned())
        }
        Takes::Url => {
            let url = default.trim_end_matches('/');
            let is_absolute = reach(url).is_some_and(|reach| reach != Reach::Relative);
            is_absolute.then(|| url.to_owned())
        }
    }
}

/// Whether a character belongs in no scheme, host or path.
fn is_odd(c: char) -> bool {
    !(c.is_ascii_graphic() || c.is_alphanumeric()) || "{}<>\"\\`^|?#@".contains(c)
}

/// Where a URL without variables leads; nowhere if it is none.
fn reach(url: &str) -> Option<Reach> {
    if url.contains(is_odd) {
        return None;
    }
    if url.starts_with('/') {
        let is_step = |step: &str| !matches!(step, "" | "." | "..");
        let mut steps = url.split('/').skip(1);
        return steps.all(is_step).then_some(Reach::Relative);
    }
    let (scheme, rest) = url.split_once("://")?;
    let host = rest.split('/').next()?;
    if host.is_empty() || host.starts_with(['.', ':']) {
        return None;
    }
    let name = host.split(':').next().unwrap_or_default();
    let is_local = name == "localhost" || name.starts_with("127.") || host.starts_with("[::1]");
    match scheme {
        "https" => Some(Reach::Absolute),
        "http" if is_local => Some(Reach::Absolute),
        "http" => Some(Reach::Plain),
        _ => None,
    }
}
