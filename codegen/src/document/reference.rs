//! Takes the references of a document and gives those that lead nowhere, in a circle or to the wrong kind of object; it must never leave the document.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use super::check::{Mistake, Repair, Site};
use super::spelling::{nearest, suggestion};
use super::table::{Kind, Shape};
use crate::diagnostic::{Code, Diagnostic, Place};
use crate::source::{Pointer, Source, at};

/// The references of a document, and what is wrong with them.
#[derive(Debug, Default)]
pub(super) struct Findings {
    pub(super) diagnostics: Vec<Diagnostic>,
    pub(super) mistakes: Vec<Mistake>,
    /// What makes the document one without the mistakes.
    pub(super) repairs: Vec<Repair>,
    /// Those that are sound, with what they were found to mean.
    pub(super) sites: Vec<Site>,
}

/// Checks every reference.
pub(super) fn check(source: &Source, value: &Value, sites: Vec<Site>) -> Findings {
    let mut chains = Chains::default();
    let mut findings = Findings::default();
    for site in sites {
        let place = Place::value(site.pointer.child("$ref"));
        match target(value, &site, &mut chains) {
            Ok(Meaning::Target) => findings.sites.push(site),
            Ok(Meaning::Instead(instead, message)) => {
                findings.sites.push(Site {
                    target: instead,
                    ..site
                });
                let help = "refer to an object of the right kind";
                let told = Diagnostic::warning(Code::WrongReference, source.path(), message, help);
                findings.diagnostics.push(told.at(place));
            }
            Err((code, message, help)) => {
                let error = Diagnostic::error(code, source.path(), message, help);
                findings.mistake(error.at(place), value, site);
            }
        }
    }
    if !chains.circles.is_empty() {
        findings.circles(source, value, &chains.circles);
    }
    findings
}

impl Findings {
    /// A circle ends where it comes first in the document.
    fn circles(&mut self, source: &Source, value: &Value, circles: &[Vec<Pointer>]) {
        let mut sites: Vec<Option<Site>> = std::mem::take(&mut self.sites)
            .into_iter()
            .map(Some)
            .collect();
        let known = sites.iter().flatten().enumerate();
        let order: BTreeMap<Pointer, usize> = known
            .map(|(index, site)| (site.pointer.clone(), index))
            .collect();
        for circle in circles {
            let members = circle.iter().enumerate();
            let first = members
                .filter_map(|(at, pointer)| Some((*order.get(pointer)?, at)))
                .min();
            let error = circular(source, circle, first.map_or(0, |(_, at)| at));
            let site = first.and_then(|(index, _)| sites.get_mut(index)?.take());
            match site {
                Some(site) => self.mistake(error, value, site),
                None => self.diagnostics.push(error),
            }
        }
        self.sites.extend(sites.into_iter().flatten());
    }

    /// A reference that can't be followed. Without it there is any value in the place of a schema, and nothing in that of anything else.
    fn mistake(&mut self, diagnostic: Diagnostic, value: &Value, site: Site) {
        let name = local(&site.target).and_then(|target| target.last());
        let name = name.unwrap_or_else(|| site.target.clone());
        let mend = if let Some(target) = component(value, &site, &name) {
            let mend = format!("it is read as `{target}`");
            self.sites.push(Site { target, ..site });
            mend
        } else if site.kind == Kind::Schema {
            let anything = Value::Object(Map::new());
            self.repairs.push(Repair::Set(site.pointer, anything));
            "it is read as any JSON value".to_owned()
        } else {
            self.repairs.push(Repair::Remove(site.pointer));
            format!("{} is left out", site.kind.object().name)
        };
        self.mistakes.push(Mistake { diagnostic, mend });
    }
}

/// The component of the right kind that has the name of what is not there.
fn component(value: &Value, site: &Site, name: &str) -> Option<String> {
    let pointer = Pointer::root()
        .child("components")
        .child(site.kind.section()?)
        .child(name);
    let target = format!("#{pointer}");
    // What refers to itself is no help.
    let found = at(value, &pointer).filter(|_| pointer != site.pointer)?;
    (found.is_object() && found.get("$ref").is_none() && target != site.target).then_some(target)
}

/// What a reference stands for.
enum Meaning {
    Target,
    /// Something else than it says, and what to tell about it.
    Instead(String, String),
}

type Refusal = (Code, String, String);

fn target(value: &Value, site: &Site, chains: &mut Chains) -> Result<Meaning, Refusal> {
    let Some(pointer) = local(&site.target) else {
        return Err(remote(&site.target));
    };
    if at(value, &pointer).is_none() {
        return Err(unresolved(value, site, &pointer, chains));
    }
    let kind = kind_at(&pointer);
    if kind != Some(site.kind) {
        return instead(value, site, kind, &pointer)
            .ok_or_else(|| wrong_kind(value, site, kind, &pointer));
    }
    chains.follow(value, pointer);
    Ok(Meaning::Target)
}

/// A body can stand for a response or for its schema, and a parameter for its schema: vendors confuse them, and nothing else can be meant.
fn instead(value: &Value, site: &Site, kind: Option<Kind>, pointer: &Pointer) -> Option<Meaning> {
    if let Some(described) = kind.filter(|kind| matches!(kind, Kind::Parameter | Kind::Header))
        && site.kind == Kind::Schema
    {
        let inner = pointer.child("schema");
        at(value, &inner).filter(|_| inner != site.pointer)?;
        let what = article(described.object().name);
        let message = format!("`{}` is {what}; its schema is used", site.target);
        return Some(Meaning::Instead(format!("#{inner}"), message));
    }
    let body = kind.filter(|kind| matches!(kind, Kind::RequestBody | Kind::Response))?;
    let object = at(value, pointer)?;
    let content = object.get("content")?.as_object()?;
    let message = format!("`{}` is {}", site.target, article(body.object().name));
    match site.kind {
        Kind::RequestBody | Kind::Response => {
            let message = format!(
                "{message}; it is read as {}",
                article(site.kind.object().name)
            );
            Some(Meaning::Instead(site.target.clone(), message))
        }
        Kind::Schema => {
            let (media, first) = content.iter().next()?;
            let schema = first.get("schema")?;
            content
                .values()
                .all(|other| other.get("schema") == Some(schema))
                .then_some(())?;
            let inner = pointer.child("content").child(media).child("schema");
            let target = schema
                .get("$ref")
                .and_then(Value::as_str)
                .map_or_else(|| format!("#{inner}"), str::to_owned);
            Some(Meaning::Instead(
                target,
                format!("{message}; its schema is used"),
            ))
        }
        _ => None,
    }
}

/// The pointer in a reference to the document itself.
pub(super) fn local(target: &str) -> Option<Pointer> {
    let fragment = target.strip_prefix('#')?;
    percent_decoded(fragment).parse().ok()
}

fn percent_decoded(text: &str) -> String {
    if !text.contains('%') {
        return text.to_owned();
    }
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let hex = after
            .get(..2)
            .filter(|_| *first == b'%')
            .and_then(|hex| std::str::from_utf8(hex).ok());
        if let Some(byte) = hex.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            bytes.push(byte);
            rest = after.get(2..).unwrap_or_default();
        } else {
            bytes.push(*first);
            rest = after;
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn remote(target: &str) -> Refusal {
    let message = if target.contains("://") || target.starts_with("//") {
        format!("the reference `{target}` leads to another host, which is never asked")
    } else {
        format!("the reference `{target}` leads out of the document")
    };
    let help = "copy what is meant to `components` and write `#/components/…`, or bundle the files into one document";
    (Code::RemoteReference, message, help.to_owned())
}

fn unresolved(value: &Value, site: &Site, pointer: &Pointer, chains: &mut Chains) -> Refusal {
    let message = format!("`{}` does not exist in this document", site.target);
    let name = pointer.last().unwrap_or_default();
    let meant = chains.nearest(value, pointer, &name);
    let meant = meant.as_deref();
    let section = site.kind.section().unwrap_or("paths");
    let help = match meant {
        Some(_) => "correct the name".to_owned(),
        None if site.kind.section().is_some() => {
            let elsewhere = value
                .pointer(&format!("/components/{section}"))
                .and_then(Value::as_object);
            match elsewhere.filter(|members| members.contains_key(&name)) {
                Some(_) => format!("write `#/components/{section}/{name}`"),
                None => format!("add `{name}` to `components/{section}`, or correct the reference"),
            }
        }
        None => "correct the reference".to_owned(),
    };
    (
        Code::UnresolvedReference,
        format!("{message}{}", suggestion(meant)),
        help,
    )
}

fn wrong_kind(value: &Value, site: &Site, kind: Option<Kind>, pointer: &Pointer) -> Refusal {
    let found = kind.map_or("something else", |kind| kind.object().name);
    let wanted = site.kind.object().name;
    let message = format!(
        "`{}` is {}, but {} is needed here",
        site.target,
        article(found),
        article(wanted)
    );
    let name = pointer.last().unwrap_or_default();
    let section = site.kind.section().unwrap_or("paths");
    let same = value
        .pointer(&format!("/components/{section}"))
        .and_then(Value::as_object);
    let help = match same.filter(|members| members.contains_key(&name)) {
        Some(_) => format!("write `#/components/{section}/{name}`"),
        None => format!("refer to something in `components/{section}`"),
    };
    (Code::WrongReference, message, help)
}

fn article(name: &str) -> String {
    match name.strip_prefix("the ") {
        Some(rest) if rest.starts_with(['a', 'e', 'i', 'o']) => format!("an {rest}"),
        Some(rest) => format!("a {rest}"),
        None => name.to_owned(),
    }
}

/// Chains of references that are all that their targets consist of.
#[derive(Default)]
struct Chains {
    /// Everything on a chain that was followed once; following it again would find nothing new.
    followed: BTreeSet<Pointer>,
    circles: Vec<Vec<Pointer>>,
    /// What was probably meant by references to nothing.
    meant: BTreeMap<Pointer, Option<String>>,
}

/// To compare a name with all others takes long, and nobody misspells that many.
const MOST_GUESSES: usize = 64;

impl Chains {
    /// The sibling of a place that is not there whose name is nearest.
    fn nearest(&mut self, value: &Value, pointer: &Pointer, name: &str) -> Option<String> {
        if let Some(known) = self.meant.get(pointer) {
            return known.clone();
        }
        if self.meant.len() >= MOST_GUESSES {
            return None;
        }
        let parent = pointer.parent()?;
        let siblings = at(value, &parent)?.as_object()?;
        let meant = nearest(name, siblings.keys().map(String::as_str)).map(str::to_owned);
        self.meant.insert(pointer.clone(), meant.clone());
        meant
    }

    fn follow(&mut self, value: &Value, first: Pointer) {
        let mut chain: Vec<Pointer> = Vec::new();
        let mut at = first;
        while let Some(next) = bare(value, &at).and_then(local) {
            if !self.followed.insert(at.clone()) {
                // What leads into a circle is no part of it.
                let circle: Vec<Pointer> = chain
                    .into_iter()
                    .skip_while(|pointer| *pointer != at)
                    .collect();
                self.circles
                    .extend(Some(circle).filter(|circle| !circle.is_empty()));
                return;
            }
            chain.push(std::mem::replace(&mut at, next));
        }
    }
}

/// An error for a circle, at one of its members.
fn circular(source: &Source, circle: &[Pointer], first: usize) -> Diagnostic {
    let members: Vec<&Pointer> = circle
        .iter()
        .cycle()
        .skip(first)
        .take(circle.len() + 1)
        .collect();
    let names: Vec<String> = members
        .iter()
        .map(|pointer| format!("`{}`", pointer.last().unwrap_or_default()))
        .collect();
    let message = format!(
        "a circle of references that define nothing: {}",
        names.join(" → ")
    );
    let help = "replace one of the references by a definition";
    let place = members
        .first()
        .map_or_else(Pointer::root, |pointer| pointer.child("$ref"));
    Diagnostic::error(Code::CircularReference, source.path(), message, help).at(Place::value(place))
}

fn bare<'a>(value: &'a Value, pointer: &Pointer) -> Option<&'a str> {
    at(value, pointer)?.get("$ref")?.as_str()
}

/// The kind of object that the table has at a place; none for what is no object.
pub(super) fn kind_at(pointer: &Pointer) -> Option<Kind> {
    let mut shape = Shape::Object(Kind::Root);
    for step in pointer.steps() {
        shape = match shape {
            Shape::List(of) | Shape::Map(of) => *of,
            Shape::Object(kind) | Shape::Ref(kind) | Shape::FlagOrRef(kind) => {
                kind.object().shape(&step)?
            }
            _ => return None,
        };
    }
    match shape {
        Shape::Object(kind) | Shape::Ref(kind) | Shape::FlagOrRef(kind) => Some(kind),
        _ => None,
    }
}
