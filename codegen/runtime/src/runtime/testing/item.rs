//! Takes the examples of an API and what was sent; gives the items of its collections; must never keep a secret.

use super::date;
use super::route::{is_known, routes};
use super::state::{Item, Key, Properties, State};
use super::table::{Action, Api, As, Field, Kind, Route, Serial};
use crate::runtime::encode::Encoding;
use serde_json::{Number, Value};

/// Where an item belongs.
pub(super) struct Place<'a> {
    pub(super) api: &'static Api,
    /// The collection, as its kind names it.
    pub(super) template: &'a str,
    /// The values of the path's parameters.
    pub(super) parameters: &'a [(&'static str, String)],
    pub(super) key: &'a Key,
    /// The URL below which the paths of the API are.
    pub(super) base: &'a str,
}

/// More attempts at an id that is free are in vain.
const MOST_ATTEMPTS: usize = 10_000;

impl Place<'_> {
    pub(super) fn kind(&self) -> Option<&'static Kind> {
        let mut kinds = self.api.kinds.iter().copied().flatten();
        kinds.find(|kind| kind.collection == self.template)
    }

    /// A new item: the example that is most like what was sent, with the latter in it.
    pub(super) fn create(&self, state: &mut State, sent: Properties, absent: &[&str]) -> Item {
        let mut value = self.example(&sent);
        let seconds = state.tick();
        for member in value.values_mut() {
            if let Some(moment) = member.as_str().and_then(|text| date::later(text, seconds)) {
                *member = moment.into();
            }
        }
        for property in absent {
            if let Some(member) = value.get_mut(*property) {
                *member = Value::Null;
            }
        }
        let property = self.kind().map_or("", |kind| kind.id);
        let mut moved = self.moved(&value, &sent);
        let old = value.get(property).map(text_of).unwrap_or_default();
        let number = state.next_number();
        let (id, made) = match sent.get(property) {
            Some(given) => (text_of(given), given.clone()),
            None => self.free_id(state, number),
        };
        value.extend(sent);
        if !property.is_empty() {
            value.insert(property.to_owned(), made);
        }
        moved.push((old, id.clone()));
        self.relocate(&mut value, &moved);
        Item { number, id, value }
    }

    /// The ids of parents in the example, each with the one in the path.
    fn moved(&self, example: &Properties, sent: &Properties) -> Vec<(String, String)> {
        let changed = sent.iter().filter_map(|(name, value)| {
            let (old, new) = (example.get(name)?.as_str()?, value.as_str()?);
            let mut parameters = self.parameters.iter();
            let in_path = parameters.any(|(_, parameter)| parameter == new);
            in_path.then(|| (old.to_owned(), new.to_owned()))
        });
        changed.collect()
    }

    /// An id that no item of the collection has.
    fn free_id(&self, state: &State, number: u64) -> (String, Value) {
        let kind = self.kind();
        let mut numbers = (number..).take(MOST_ATTEMPTS);
        let free = numbers.find_map(|number| {
            let (id, made) = made_id(kind, number);
            let is_taken = state.items(self.key).iter().any(|item| item.id == id);
            (!is_taken).then_some((id, made))
        });
        free.unwrap_or_else(|| made_id(kind, number))
    }

    /// Changes an item.
    pub(super) fn update(&self, item: &mut Item, seconds: i64, sent: Properties) {
        let example = self.example(&sent);
        for (name, member) in &mut item.value {
            let lower = name.to_ascii_lowercase();
            let changes = ["updated", "modified", "changed"];
            if !changes.iter().any(|word| lower.contains(word)) {
                continue;
            }
            let moment = example.get(name).and_then(Value::as_str);
            if let Some(moment) = moment.and_then(|text| date::later(text, seconds)) {
                *member = moment.into();
            }
        }
        item.value.extend(sent);
    }

    /// What the fields of a request say of an item, and which properties of it they leave empty.
    pub(super) fn sent(
        &self,
        route: &'static Route,
        form: &[(String, String)],
    ) -> (Properties, Vec<&'static str>) {
        let (mut sent, mut absent) = (Properties::new(), Vec::new());
        for field in route.fields.iter().filter(|field| !field.secret) {
            let Some((property, kind)) = field.property else {
                continue;
            };
            let parameters = self.parameters.iter();
            let in_path = parameters.filter(|(name, _)| *name == field.name);
            let in_form = form.iter().filter(|(name, _)| name == field.name);
            let values: Vec<&str> = in_path
                .map(|(_, value)| value.as_str())
                .chain(in_form.map(|(_, value)| value.as_str()))
                .collect();
            if values.is_empty() {
                absent.extend(field.nullable.then_some(property));
            } else {
                sent.insert(property.to_owned(), self.value(property, kind, &values));
            }
        }
        (sent, absent)
    }

    /// What the path says of an item.
    pub(super) fn of_path(&self) -> Properties {
        let mut routes = routes(self.api).filter(|route| route.collection == self.template);
        routes
            .next()
            .map(|route| self.sent(route, &[]).0)
            .unwrap_or_default()
    }

    fn value(&self, property: &str, kind: As, values: &[&str]) -> Value {
        let text = values.first().copied().unwrap_or_default();
        match kind {
            As::Text => text.into(),
            As::List => values.iter().map(|value| Value::from(*value)).collect(),
            As::Bool => text
                .parse::<bool>()
                .map_or_else(|_| text.into(), Value::from),
            As::Number => text
                .parse::<Number>()
                .map_or_else(|_| text.into(), Value::Number),
            As::Flag => {
                let is_capital = |example: Properties| {
                    let text = example.get(property)?.as_str()?;
                    Some(text.starts_with(char::is_uppercase))
                };
                let capital = examples(self.api, self.template)
                    .into_iter()
                    .find_map(is_capital);
                match (capital, text) {
                    (Some(true), "true") => "True".into(),
                    (Some(true), "false") => "False".into(),
                    _ => text.into(),
                }
            }
        }
    }

    /// The example that agrees most with the properties; of several, the first.
    fn example(&self, sent: &Properties) -> Properties {
        let mut best: Option<(usize, Properties)> = None;
        for example in examples(self.api, self.template) {
            let alike = sent
                .iter()
                .filter(|(name, value)| example.get(*name) == Some(*value))
                .count();
            if best.as_ref().is_none_or(|(most, _)| alike > *most) {
                best = Some((alike, example));
            }
        }
        best.map(|(_, example)| example).unwrap_or_default()
    }

    /// Lets the URLs of an item lead to this server, and to the new ids instead of those of the example.
    fn relocate(&self, value: &mut Properties, ids: &[(String, String)]) {
        let mut left: Vec<&mut Value> = value.values_mut().collect();
        while let Some(value) = left.pop() {
            match value {
                Value::String(text) if text.contains('/') => {
                    let steps: Vec<String> =
                        text.split('/').map(|step| with_id(step, ids)).collect();
                    let moved = steps.join("/");
                    *text = moved_here(self.api, self.base, &moved).unwrap_or(moved);
                }
                Value::Array(members) => left.extend(members),
                Value::Object(members) => left.extend(members.values_mut()),
                _ => {}
            }
        }
    }
}

/// A step of a path with the new id, where it is an old one, alone or with an extension or a query.
fn with_id(step: &str, ids: &[(String, String)]) -> String {
    let found = ids.iter().find_map(|(old, new)| {
        let rest = step
            .strip_prefix(old.as_str())
            .filter(|_| !old.is_empty())?;
        (rest.is_empty() || rest.starts_with(['.', '?'])).then(|| {
            let mut moved = String::new();
            Encoding::Percent.append(new, &mut moved);
            moved + rest
        })
    });
    found.unwrap_or_else(|| step.to_owned())
}

/// The names of a route's fields that may be shown.
pub(super) fn public(route: &'static Route) -> Vec<&'static str> {
    let fields = route.fields.iter().filter(|field| !field.secret);
    fields.map(|field| field.name).collect()
}

/// Whether the path of a request for the route has a secret in it.
pub(super) fn has_secret_path(route: &'static Route) -> bool {
    let in_path = |field: &Field| {
        let parameter = format!("{{{}}}", field.name);
        field.secret && route.operation.path.contains(&parameter)
    };
    route.fields.iter().any(in_path)
}

/// The URL on this server, where the text is one that leads to something that the API has.
fn moved_here(api: &'static Api, base: &str, text: &str) -> Option<String> {
    let rest = text
        .strip_prefix("https://")
        .or_else(|| text.strip_prefix("http://"))?;
    let path = rest.get(rest.find('/')?..)?;
    let (steps, _) = path.split_once('?').unwrap_or((path, ""));
    is_known(api, steps).then(|| format!("{base}{path}"))
}

/// What the document shows of the items of a collection, the answer to their creation first.
fn examples(api: &'static Api, template: &str) -> Vec<Properties> {
    let mut found: Vec<(u8, Properties)> = Vec::new();
    for route in routes(api).filter(|route| route.collection == template) {
        for text in route.examples {
            let Ok(value) = serde_json::from_str::<Value>(text) else {
                continue;
            };
            match (&route.action, value) {
                (Action::Create, Value::Object(item)) => found.push((0, item)),
                (Action::Fetch, Value::Object(item)) => found.push((1, item)),
                (Action::Update, Value::Object(item)) => found.push((3, item)),
                (Action::List(listing), value) => {
                    let items = match value {
                        Value::Object(mut page) => page.remove(listing.items),
                        items => Some(items),
                    };
                    if let Some(Value::Array(items)) = items {
                        found.extend(items.into_iter().filter_map(|item| match item {
                            Value::Object(item) => Some((2, item)),
                            _ => None,
                        }));
                    }
                }
                _ => {}
            }
        }
    }
    found.sort_by_key(|(rank, _)| *rank);
    found.into_iter().map(|(_, item)| item).collect()
}

/// The id with that number, as text and as JSON.
fn made_id(kind: Option<&'static Kind>, number: u64) -> (String, Value) {
    match kind.map(|kind| &kind.serial) {
        None | Some(Serial::Number) => (number.to_string(), number.into()),
        Some(Serial::Text {
            before,
            digits,
            length,
            after,
        }) => {
            let digits: Vec<char> = digits.chars().collect();
            let text = format!("{before}{}{after}", written(number, &digits, *length));
            (text.clone(), text.into())
        }
    }
}

/// A number with these digits, as long as asked for; what does not fit is left out.
fn written(number: u64, digits: &[char], length: usize) -> String {
    let base = u64::try_from(digits.len()).unwrap_or(u64::MAX);
    let (mut rest, mut text) = (number, Vec::with_capacity(length));
    for _ in 0..length {
        let digit = rest.checked_rem(base).unwrap_or_default();
        rest = rest.checked_div(base).unwrap_or_default();
        let digit = usize::try_from(digit)
            .ok()
            .and_then(|digit| digits.get(digit));
        text.push(digit.copied().unwrap_or('0'));
    }
    text.iter().rev().collect()
}

fn text_of(value: &Value) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::written;

    #[test]
    fn a_number_has_the_digits_and_the_length_that_are_asked_for() {
        let hex: Vec<char> = "0123456789abcdef".chars().collect();
        assert_eq!(written(255, &hex, 4), "00ff");
        assert_eq!(written(0x1_2345, &hex, 4), "2345");
        assert_eq!(written(7, &[], 2), "00");
    }
}
