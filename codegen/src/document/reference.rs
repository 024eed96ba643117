//! Takes the references of a document and gives those that lead nowhere, in a circle or to the wrong kind of object; it must never leave the document.

use std::collections::BTreeSet;

use serde_json::Value;

use super::check::Site;
use super::spelling::{nearest, suggestion};
use super::table::{Kind, Shape};
use crate::diagnostic::{Code, Diagnostic, Place};
use crate::source::{Pointer, Source};

/// The references of a document, and what is wrong with them.
#[derive(Debug, Default)]
pub(super) struct Findings {
    pub(super) diagnostics: Vec<Diagnostic>,
    /// Those that are sound, with what they were found to mean.
    pub(super) sites: Vec<Site>,
}

/// Checks every reference.
pub(super) fn check(source: &Source, value: &Value, sites: Vec<Site>) -> Findings {
    let mut chains = Chains::default();
    let mut findings = Findings::default();
    for site in sites {
        let place = Place::value(site.pointer.child("$ref"));
        let diagnostic = match target(value, &site, &mut chains) {
            Ok(Meaning::Target) => {
                findings.sites.push(site);
                continue;
            }
            Ok(Meaning::Instead(instead, message)) => {
                findings.sites.push(Site {
                    target: instead,
                    ..site
                });
                let help = "refer to an object of the right kind";
                Diagnostic::warning(Code::WrongReference, source.path(), message, help)
            }
            Err((code, message, help)) => Diagnostic::error(code, source.path(), message, help),
        };
        findings.diagnostics.push(diagnostic.at(place));
    }
    let circles = chains.circles.iter();
    findings
        .diagnostics
        .extend(circles.map(|circle| circular(source, circle, &findings.sites)));
    findings
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
    if value.pointer(pointer.as_str()).is_none() {
        return Err(unresolved(value, site, &pointer));
    }
    let kind = kind_at(&pointer);
    if kind != Some(site.kind) {
        return instead(value, site, kind, &pointer)
            .ok_or_else(|| wrong_kind(value, site, kind, &pointer));
    }
    chains.follow(value, pointer);
    Ok(Meaning::Target)
}

/// A body can stand for a response or for its schema: vendors confuse them, and nothing else can be meant.
fn instead(value: &Value, site: &Site, kind: Option<Kind>, pointer: &Pointer) -> Option<Meaning> {
    let body = kind.filter(|kind| matches!(kind, Kind::RequestBody | Kind::Response))?;
    let object = value.pointer(pointer.as_str())?;
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

fn unresolved(value: &Value, site: &Site, pointer: &Pointer) -> Refusal {
    let message = format!("`{}` does not exist in this document", site.target);
    let name = pointer.last().unwrap_or_default();
    let siblings = pointer
        .parent()
        .and_then(|parent| value.pointer(parent.as_str()).and_then(Value::as_object));
    let meant = siblings.and_then(|siblings| nearest(&name, siblings.keys().map(String::as_str)));
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
}

impl Chains {
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

/// An error for a circle, at the member that comes first in the document.
fn circular(source: &Source, circle: &[Pointer], sites: &[Site]) -> Diagnostic {
    let first = sites
        .iter()
        .find_map(|site| circle.iter().position(|pointer| *pointer == site.pointer));
    let first = first.unwrap_or_default();
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
    value.pointer(pointer.as_str())?.get("$ref")?.as_str()
}

/// The kind of object that the table has at a place; none for what is no object.
fn kind_at(pointer: &Pointer) -> Option<Kind> {
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
