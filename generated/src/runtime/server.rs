//! Takes the servers that a document declares and the variables that a user sets; gives URLs; must never let a value leave its place in one.

use crate::runtime::origin::{self, Base};
use crate::runtime::{Choice, Error, Server, ServerUrl, Takes};
use reqwest::Url;
use std::borrow::Cow;

/// The server variables that the user set.
#[derive(Debug)]
pub(crate) struct Variables {
    values: Vec<(&'static str, String)>,
    choices: &'static [Choice],
}

/// As long as a label of a host name may be.
const LONGEST: usize = 63;
/// As long as a host name or a path may be.
const LONGEST_OF_ALL: usize = 253;

/// Whether the server is below a base URL of the user's.
pub(crate) fn is_relative(server: &Server) -> bool {
    let first = server.urls.first();
    first.is_some_and(|url| url.template.starts_with('/'))
}

impl Variables {
    pub(crate) const fn new(choices: &'static [Choice]) -> Self {
        Self {
            values: Vec::new(),
            choices,
        }
    }

    /// Sets a variable; the last value counts.
    pub(crate) fn set(&mut self, name: &'static str, value: String) {
        self.values.retain(|(known, _)| *known != name);
        self.values.push((name, value));
    }

    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        let found = self.values.iter().find(|(known, _)| *known == name);
        found.map(|(_, value)| value.as_str())
    }

    fn choice(&self, name: &str) -> Option<&'static Choice> {
        self.choices.iter().find(|choice| choice.name == name)
    }

    /// Refuses values that would be more than what belongs at their place.
    pub(crate) fn check(&self) -> Result<(), Error> {
        for (name, value) in &self.values {
            let takes = self.choice(name).map_or(Takes::Label, |one| one.takes);
            let (fits, wanted) = match takes {
                Takes::Label => (is_label(value), "1 to 63 ASCII letters, digits and hyphens"),
                Takes::Host => (is_host(value), "a host name"),
                Takes::Path => (
                    is_path(value),
                    "steps of a path, of ASCII letters, digits and `-._~`",
                ),
                Takes::Url => (
                    Base::parse(value).is_ok(),
                    "an absolute URL that begins with https://",
                ),
            };
            if !fits {
                // The value isn't shown: it may be a secret that got into the wrong variable.
                return Err(Error::configuration(format!(
                    "the server variable `{name}` has to be {wanted}"
                )));
            }
        }
        Ok(())
    }

    /// The URL of a server that no base URL takes the place of.
    pub(crate) fn absolute_url(&self, server: &'static Server) -> Result<Cow<'static, str>, Error> {
        let problem = if server.urls.is_empty() {
            "the document does not say where the API is"
        } else if is_relative(server) {
            "the document gives only the path of its server"
        } else {
            let url = self.url(server)?;
            let is_plain = url.starts_with("http://")
                && Url::parse(&url).is_ok_and(|url| !origin::is_loopback(&url));
            if !is_plain {
                return Ok(url);
            }
            "the server of the document has no HTTPS"
        };
        Err(Error::configuration(format!(
            "not sent: {problem}; call `base_url` of the client's builder with a URL that begins with https://"
        )))
    }

    /// The URL of the server: of the first template that has every variable that is set.
    ///
    /// A variable that none of the server's templates has is for other servers.
    pub(crate) fn url(&self, server: &'static Server) -> Result<Cow<'static, str>, Error> {
        let names = self.values.iter().map(|(name, _)| *name);
        let wanted = names.filter(|name| server.urls.iter().any(|url| has(url, name)));
        let wanted: Vec<&str> = wanted.collect();
        let fits = |url: &&ServerUrl| wanted.iter().all(|name| has(url, name));
        let Some(found) = server.urls.iter().find(fits) else {
            return Err(Error::configuration(format!(
                "not sent: no server of `{}` has all of the variables {}",
                server.name,
                wanted.join(", ")
            )));
        };
        self.fill(found).map_err(|name| {
            let method = self.choice(name).map_or(name, |choice| choice.method);
            Error::configuration(format!(
                "not sent: the server's URL has a part without a default; call `{method}` or `base_url` of the client's builder"
            ))
        })
    }

    /// All URLs of the server that are complete, each with the variables that are set.
    #[allow(dead_code, reason = "it is for lists, which not every client has")]
    pub(crate) fn all(&self, server: &'static Server) -> Vec<Cow<'static, str>> {
        let urls = server.urls.iter();
        urls.filter_map(|url| self.fill(url).ok()).collect()
    }

    /// The URL with its variables, or the one that has no value.
    fn fill(&self, url: &'static ServerUrl) -> Result<Cow<'static, str>, &'static str> {
        let template = url.template.trim_end_matches('/');
        if !template.contains('{') {
            return Ok(Cow::Borrowed(template));
        }
        let mut text = String::with_capacity(template.len() + 16);
        let mut rest = template;
        while let Some((before, after)) = rest.split_once('{') {
            text.push_str(before);
            let (name, after) = after.split_once('}').unwrap_or((after, ""));
            let declared = url.variables.iter().find(|one| one.name == name);
            let value = self.get(name).or(declared.map(|one| one.default));
            let value = value.ok_or(name)?;
            // A URL that stands for the beginning brings no second slash.
            text.push_str(if after.starts_with('/') {
                value.trim_end_matches('/')
            } else {
                value
            });
            rest = after;
        }
        text.push_str(rest);
        let length = text.trim_end_matches('/').len();
        text.truncate(length);
        Ok(Cow::Owned(text))
    }
}

fn has(url: &ServerUrl, name: &str) -> bool {
    let mut parts = url.template.split('{').skip(1);
    parts.any(|part| {
        part.strip_prefix(name)
            .is_some_and(|rest| rest.starts_with('}'))
    })
}

fn is_label(value: &str) -> bool {
    let mut characters = value.chars();
    characters.all(|c| c.is_ascii_alphanumeric() || c == '-')
        && (1..=LONGEST).contains(&value.len())
}

fn is_host(value: &str) -> bool {
    let (host, port) = value.split_once(':').unwrap_or((value, "0"));
    let is_port = port.len() <= 5 && !port.is_empty() && port.bytes().all(|c| c.is_ascii_digit());
    value.len() <= LONGEST_OF_ALL && is_port && host.split('.').all(is_label)
}

fn is_path(value: &str) -> bool {
    let is_step = |step: &str| {
        let mut characters = step.chars();
        !matches!(step, "" | "." | "..")
            && characters.all(|c| c.is_ascii_alphanumeric() || "-._~".contains(c))
    };
    value.len() <= LONGEST_OF_ALL && value.split('/').all(is_step)
}
