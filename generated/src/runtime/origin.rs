//! Takes URLs that users, documents and servers give; gives the ones that requests may go to; must never let a server choose where credentials go.

use url::{Host, Url};

/// The URL below which the paths of operations are.
#[derive(Debug)]
pub(crate) struct Base {
    /// Without a slash at the end.
    text: String,
    url: Url,
}

impl Base {
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        let url = Url::parse(text).map_err(|error| format!("is not an absolute URL: {error}"))?;
        if !matches!(url.scheme(), "https" | "http") {
            return Err("has to begin with https://".to_owned());
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err("must not contain credentials".to_owned());
        }
        if url.query().is_some() || url.fragment().is_some() {
            return Err("must not have a query or a fragment".to_owned());
        }
        check_scheme(&url)?;
        Ok(Self {
            text: url.as_str().trim_end_matches('/').to_owned(),
            url,
        })
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.text
    }

    pub(crate) fn is_loopback(&self) -> bool {
        is_loopback(&self.url)
    }
}

/// A URL that credentials are sent to by itself, such as the one that gives tokens.
pub(crate) fn endpoint(text: &str) -> Result<Url, String> {
    let url = Url::parse(text).map_err(|error| format!("is not an absolute URL: {error}"))?;
    if !url.username().is_empty() || url.password().is_some() {
        return Err("must not contain credentials".to_owned());
    }
    if url.fragment().is_some() {
        return Err("must not have a fragment".to_owned());
    }
    check_scheme(&url)?;
    Ok(url)
}

/// Whether the host of the URL is this machine.
pub(crate) fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

/// Only HTTPS leaves this machine.
pub(crate) fn check_scheme(url: &Url) -> Result<(), String> {
    if url.scheme() == "https" {
        return if cfg!(any(feature = "rustls", feature = "native-tls")) {
            Ok(())
        } else {
            Err("needs TLS: turn on the feature `rustls` or `native-tls` of this crate".to_owned())
        };
    }
    if url.scheme() == "http" && is_loopback(url) {
        return Ok(());
    }
    Err("has to begin with https://; http:// is for this machine only".to_owned())
}

/// The URL of a request. Its path is exactly the one that was asked for.
pub(crate) fn request_url(base: &str, path: &str, query: &str) -> Result<Url, String> {
    let mut text = String::with_capacity(base.len() + path.len() + query.len() + 2);
    text.push_str(base);
    text.push_str(path);
    let asked = text.len();
    if !query.is_empty() {
        text.push('?');
        text.push_str(query);
    }
    let url = Url::parse(&text).map_err(|error| format!("is not an absolute URL: {error}"))?;
    check_scheme(&url)?;
    // Whatever a parser drops or adds, the request stays where the operation is.
    let before = text.get(..asked).unwrap_or_default();
    if url.as_str().matches('/').count() != text.matches('/').count() || !before.ends_with(path) {
        return Err("leads to another path".to_owned());
    }
    Ok(url)
}
