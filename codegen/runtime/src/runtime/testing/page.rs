//! Takes the items of a collection and the query of a request; gives the page that it asks for; must never answer with more than the document allows.

use super::state::Item;
use super::table::{Label, Listing};
use crate::runtime::encode::Encoding;
use serde_json::{Map, Value};

/// How many items a page has where the document does not say.
const USUAL: usize = 50;

/// What a page is made of.
pub(super) struct Request<'a> {
    pub(super) listing: &'static Listing,
    pub(super) query: &'a [(String, String)],
    /// The URL of the list, without a query.
    pub(super) url: &'a str,
    /// The same without its origin.
    pub(super) path: &'a str,
    /// The document's example of a page, if it has one.
    pub(super) example: Option<Value>,
}

/// The part of the collection that a page shows.
struct Slice {
    start: usize,
    end: usize,
    size: usize,
    number: usize,
    total: usize,
}

/// The parameter that says where a page begins, where the document has none.
const TOKEN: &str = "page_token";

impl Request<'_> {
    /// The page; or which parameter has a value that is not allowed.
    pub(super) fn answer(self, items: &[Item]) -> Result<Value, &'static str> {
        let values = |items: &[Item]| -> Value {
            let values = items.iter().map(|item| Value::Object(item.value.clone()));
            values.collect()
        };
        if self.listing.next.is_empty() {
            return Ok(self.filled(values(items), &[]));
        }
        let slice = self.slice(items)?;
        let shown = items.get(slice.start..slice.end).unwrap_or_default();
        let after = shown
            .last()
            .filter(|_| slice.end < slice.total)
            .map(|item| format!("A{:x}", item.number));
        let before = shown
            .first()
            .filter(|_| slice.start > 0)
            .map(|item| format!("B{:x}", item.number));
        let next = after.map(|token| self.link(&slice, slice.number + 1, Some(&token)));
        let previous =
            before.map(|token| self.link(&slice, slice.number.saturating_sub(1), Some(&token)));
        let mut properties = vec![(self.listing.next, link_value(next))];
        for (path, label) in self.listing.labels {
            let value = match label {
                Label::End => slice.end.saturating_sub(1).into(),
                Label::First => self.link(&slice, self.listing.number.1, None).into(),
                Label::Number => slice.number.into(),
                Label::Previous => link_value(previous.clone()),
                Label::Size => slice.size.into(),
                Label::Start => slice.start.into(),
                Label::This => self.link(&slice, slice.number, self.token()).into(),
                Label::Total => slice.total.into(),
            };
            properties.push((*path, value));
        }
        Ok(self.filled(values(shown), &properties))
    }

    fn slice(&self, items: &[Item]) -> Result<Slice, &'static str> {
        let (size_name, default, most) = self
            .listing
            .size
            .as_ref()
            .map_or(("", USUAL, usize::MAX), |size| {
                (size.name, size.default, size.most)
            });
        let size = match self.get(size_name) {
            None => default,
            Some(text) => {
                let size = text.parse().ok();
                size.filter(|size| (1..=most).contains(size))
                    .ok_or(size_name)?
            }
        };
        let (number_name, first) = self.listing.number;
        let number = match self.get(number_name) {
            None => first,
            Some(text) => {
                let number = text.parse().ok();
                number
                    .filter(|number| *number >= first)
                    .ok_or(number_name)?
            }
        };
        let all = items.len();
        let start = match self.token() {
            None if self.counts() => number.saturating_sub(first).saturating_mul(size).min(all),
            None => 0,
            Some(token) => self.start(token, items, size)?,
        };
        Ok(Slice {
            start,
            end: start.saturating_add(size).min(all),
            size,
            number,
            total: all,
        })
    }

    /// Where the page with a token starts: after an item or so many before it, whether or not the item is still there.
    fn start(&self, token: &str, items: &[Item], size: usize) -> Result<usize, &'static str> {
        let (kind, number) = token.split_at_checked(1).ok_or(self.token_name())?;
        let number = u64::from_str_radix(number, 16).map_err(|_| self.token_name())?;
        match kind {
            "A" => Ok(items.partition_point(|item| item.number <= number)),
            "B" => Ok(items
                .partition_point(|item| item.number < number)
                .saturating_sub(size)),
            _ => Err(self.token_name()),
        }
    }

    /// Whether the number of the page alone says where it begins.
    fn counts(&self) -> bool {
        self.listing.token.is_empty() && !self.listing.number.0.is_empty()
    }

    fn token_name(&self) -> &'static str {
        if self.listing.token.is_empty() {
            TOKEN
        } else {
            self.listing.token
        }
    }

    fn token(&self) -> Option<&str> {
        self.get(self.token_name())
    }

    fn get(&self, name: &str) -> Option<&str> {
        let mut pairs = self.query.iter();
        pairs
            .find(|(key, _)| !name.is_empty() && key == name)
            .map(|(_, value)| value.as_str())
    }

    /// The URL of a page, in the form of the example's: absolute or without the origin.
    fn link(&self, slice: &Slice, number: usize, token: Option<&str>) -> String {
        let listing = self.listing;
        let size = listing.size.as_ref().map_or("", |size| size.name);
        let own = [size, listing.number.0, self.token_name()];
        let kept = self.query.iter();
        let kept = kept.filter(|(name, _)| !own.contains(&name.as_str()));
        let mut pairs: Vec<(&str, String)> = kept
            .map(|(name, value)| (name.as_str(), value.clone()))
            .collect();
        if !size.is_empty() {
            pairs.push((size, slice.size.to_string()));
        }
        if !listing.number.0.is_empty() {
            pairs.push((listing.number.0, number.to_string()));
        }
        if let Some(token) = token.filter(|_| !self.counts()) {
            pairs.push((self.token_name(), token.to_owned()));
        }
        let mut url = if self.is_relative() {
            self.path.to_owned()
        } else {
            self.url.to_owned()
        };
        for (index, (name, value)) in pairs.iter().enumerate() {
            url.push(if index == 0 { '?' } else { '&' });
            Encoding::Percent.append(name, &mut url);
            url.push('=');
            Encoding::Percent.append(value, &mut url);
        }
        url
    }

    fn is_relative(&self) -> bool {
        let paths = self.listing.labels.iter().map(|(path, _)| *path);
        let mut paths = paths.chain([self.listing.next]);
        paths.any(|path| {
            let text = at(self.example.as_ref(), path).and_then(Value::as_str);
            text.is_some_and(|text| text.starts_with('/'))
        })
    }

    /// The example with these items and properties.
    fn filled(self, items: Value, properties: &[(&[&str], Value)]) -> Value {
        if self.listing.items.is_empty() {
            return items;
        }
        let mut page = match self.example {
            Some(Value::Object(page)) => page,
            _ => Map::new(),
        };
        page.insert(self.listing.items.to_owned(), items);
        for (path, value) in properties {
            set(&mut page, path, value.clone());
        }
        Value::Object(page)
    }
}

fn link_value(link: Option<String>) -> Value {
    link.map_or(Value::Null, Value::from)
}

fn at<'a>(value: Option<&'a Value>, path: &[&str]) -> Option<&'a Value> {
    path.iter().try_fold(value?, |value, step| value.get(*step))
}

fn set(page: &mut Map<String, Value>, path: &[&str], value: Value) {
    let Some((last, steps)) = path.split_last() else {
        return;
    };
    let mut object = page;
    for step in steps {
        let member = object
            .entry((*step).to_owned())
            .or_insert_with(|| Value::Object(Map::new()));
        let Value::Object(inner) = member else {
            return;
        };
        object = inner;
    }
    object.insert((*last).to_owned(), value);
}
