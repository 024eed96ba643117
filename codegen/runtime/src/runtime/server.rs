//! Takes the servers that a document declares and the variables that a user sets; gives URLs; must never let a value leave its place in one.

use crate::runtime::{Error, Server, ServerUrl};
use std::borrow::Cow;

/// The server variables that the user set.
#[derive(Debug, Default)]
pub(crate) struct Variables(Vec<(&'static str, String)>);

/// As long as a label of a host name may be.
const LONGEST: usize = 63;

impl Variables {
    /// Sets a variable; the last value counts.
    pub(crate) fn set(&mut self, name: &'static str, value: String) {
        self.0.retain(|(known, _)| *known != name);
        self.0.push((name, value));
    }

    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        let found = self.0.iter().find(|(known, _)| *known == name);
        found.map(|(_, value)| value.as_str())
    }

    /// Refuses values that would be more than one label of a host name.
    pub(crate) fn check(&self) -> Result<(), Error> {
        for (name, value) in &self.0 {
            let mut characters = value.chars();
            let is_label = characters.all(|c| c.is_ascii_alphanumeric() || c == '-');
            if !is_label || value.is_empty() || value.len() > LONGEST {
                // The value isn't shown: it may be a secret that got into the wrong variable.
                return Err(Error::configuration(format!(
                    "the server variable `{name}` has to be 1 to {LONGEST} ASCII letters, digits and hyphens"
                )));
            }
        }
        Ok(())
    }

    /// The URL of the server: of the first template that has every variable that is set.
    ///
    /// A variable that none of the server's templates has is for other servers.
    pub(crate) fn url(&self, server: &'static Server) -> Result<Cow<'static, str>, Error> {
        let has = |url: &ServerUrl, name: &str| url.variables.iter().any(|one| one.name == name);
        let names = self.0.iter().map(|(name, _)| *name);
        let wanted = names.filter(|name| server.urls.iter().any(|url| has(url, name)));
        let wanted: Vec<&str> = wanted.collect();
        let fits = |url: &&ServerUrl| wanted.iter().all(|name| has(url, name));
        let found = server.urls.iter().find(fits);
        found.map(|url| self.fill(url)).ok_or_else(|| {
            Error::configuration(format!(
                "not sent: no server of `{}` has all of the variables {}",
                server.name,
                wanted.join(", ")
            ))
        })
    }

    /// All URLs of the server, each with the variables that are set.
    pub(crate) fn all(&self, server: &'static Server) -> Vec<Cow<'static, str>> {
        server.urls.iter().map(|url| self.fill(url)).collect()
    }

    fn fill(&self, url: &'static ServerUrl) -> Cow<'static, str> {
        let template = url.template.trim_end_matches('/');
        if url.variables.is_empty() {
            return Cow::Borrowed(template);
        }
        let mut text = String::with_capacity(template.len() + 16);
        let mut rest = template;
        while let Some((before, after)) = rest.split_once('{') {
            text.push_str(before);
            let (name, after) = after.split_once('}').unwrap_or((after, ""));
            let declared = url.variables.iter().find(|one| one.name == name);
            let default = declared.map_or("", |one| one.default);
            text.push_str(self.get(name).unwrap_or(default));
            rest = after;
        }
        text.push_str(rest);
        Cow::Owned(text)
    }
}
