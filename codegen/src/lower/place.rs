//! What a type is made for: where it stands, how it is known, and how it is used; it must never hold the schema.

use super::site::Site;
use super::types::{Key, Use};

/// What a type is made for.
#[derive(Clone, Debug)]
pub(crate) struct Place {
    /// What it is known by.
    pub(super) key: Key,
    pub(crate) site: Site,
    /// Names for what is defined there, where they are not those of the site.
    pub(super) spelled: Option<Vec<String>>,
}

impl Place {
    /// What the type is for.
    pub(crate) const fn usage(&self) -> Use {
        self.key.1
    }

    /// The same place, where what is made is the same in JSON.
    pub(crate) fn in_json(&self) -> Self {
        Self {
            key: (self.key.0.clone(), Use::Json),
            ..self.clone()
        }
    }

    /// A place in JSON for something that is made of what stands there.
    pub(crate) fn at(site: Site, what: &str) -> Self {
        Self {
            key: (format!("{} {what}", site.pointer), Use::Json),
            spelled: None,
            site,
        }
    }

    /// The same, for what stands elsewhere.
    pub(super) fn moved(&self, site: Site) -> Self {
        let spelled = if site.pointer == self.site.pointer {
            self.spelled.clone()
        } else {
            Some(self.spellings())
        };
        Self {
            key: self.key.clone(),
            site,
            spelled,
        }
    }

    /// Names for what is defined there, the shortest first. Most places define nothing.
    pub(crate) fn spellings(&self) -> Vec<String> {
        self.spelled
            .clone()
            .unwrap_or_else(|| self.site.spellings())
    }
}
