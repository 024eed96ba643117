//! Takes the responses of an operation and gives what its successes answer and what its errors say; it must never type one response as another.

use openapiv3::{MediaType, Operation as Source, ReferenceOr, Response, Schema, StatusCode};

use super::Lowering;
use super::names::{self, Candidates};
use super::site::Site;
use super::statuses::{self, Kind, essence};
use super::types::Use;
use super::words::Words;
use crate::diagnostic::Code;
use crate::model::{Answer, EventForm, Method, Statuses, Success, Type};
use crate::source::Pointer;

/// What a way to call an operation reads.
#[derive(Debug)]
pub(crate) struct Reading {
    /// What tells its method apart from the operation's own; empty for that.
    pub(crate) suffix: &'static str,
    pub(crate) success: Success,
    /// The media types to ask for, where that is not JSON alone.
    pub(crate) accept: Option<String>,
}

/// A response with its place.
#[derive(Clone, Debug)]
pub(crate) struct Place<'d> {
    pub(crate) statuses: Statuses,
    pub(crate) response: &'d Response,
    pub(crate) pointer: Pointer,
    /// Words for types that have no title, and to tell them apart.
    own: String,
    qualifier: Words,
}

/// What a response may hold.
#[derive(Clone, Debug)]
struct Content {
    media: Vec<String>,
    success: Success,
}

/// In which of several ways an answer comes; each has a method of its own.
const WAYS: [(Kind, &str); 3] = [
    (Kind::Json, ""),
    (Kind::Events, "events"),
    (Kind::Lines, "lines"),
];

impl<'d> Lowering<'d> {
    /// Each way to call the operation, the operation's own first.
    pub(crate) fn readings(
        &mut self,
        source: &'d Source,
        pointer: &Pointer,
        id: &str,
        http: Method,
    ) -> Vec<Reading> {
        let places = self.successes(source, pointer, id);
        let contents: Vec<(Place<'d>, Vec<Content>)> = places
            .into_iter()
            .map(|place| {
                let contents = self.contents(&place, id, http);
                (place, contents)
            })
            .collect();
        let has = |way: Kind| {
            let mut all = contents.iter().flat_map(|(_, contents)| contents);
            all.any(|content| content.success != Success::Empty && way_of(&content.success) == way)
        };
        let ways: Vec<_> = WAYS.into_iter().filter(|(way, _)| has(*way)).collect();
        let ways = if ways.is_empty() {
            vec![(Kind::Json, "")]
        } else {
            ways
        };
        let first = ways.first().map_or(Kind::Json, |(way, _)| *way);
        let readings = ways.into_iter().map(|(way, suffix)| {
            let suffix = if way == first { "" } else { suffix };
            reading(&contents, way, suffix)
        });
        readings.collect()
    }

    /// The responses that tell of a success.
    pub(crate) fn successes(
        &self,
        source: &'d Source,
        pointer: &Pointer,
        id: &str,
    ) -> Vec<Place<'d>> {
        let all = self.responses(source, pointer);
        let is_success =
            |statuses: &Statuses| matches!(statuses, Statuses::Code(200..300) | Statuses::Range(2));
        let has_own = all.iter().any(|(statuses, ..)| is_success(statuses));
        let found = all.into_iter().filter(|(statuses, ..)| {
            is_success(statuses) || (*statuses == Statuses::Any && !has_own)
        });
        let places = found
            .enumerate()
            .map(|(index, (statuses, response, pointer))| {
                let mut qualifier = Words::of(id);
                let mut own = format!("{id} response");
                if index > 0 {
                    let status = statuses::words(statuses).snake();
                    own = format!("{id} {status} response");
                    qualifier = qualifier.then(&Words::of(&status));
                }
                Place {
                    statuses,
                    response,
                    pointer,
                    own,
                    qualifier,
                }
            });
        places.collect()
    }

    /// Every response with its statuses and its place.
    pub(super) fn responses(
        &self,
        source: &'d Source,
        pointer: &Pointer,
    ) -> Vec<(Statuses, &'d Response, Pointer)> {
        let pointer = pointer.child("responses");
        let document = self.document;
        let own = source.responses.responses.iter().map(|(status, response)| {
            let statuses = match status {
                StatusCode::Code(code) => Statuses::Code(*code),
                StatusCode::Range(digit) => Statuses::Range(*digit),
            };
            (statuses, response, pointer.child(&status.to_string()))
        });
        let default = source.responses.default.iter();
        let default = default.map(|response| (Statuses::Any, response, pointer.child("default")));
        own.chain(default)
            .filter_map(|(statuses, response, pointer)| {
                Some((statuses, document.response(response)?, pointer))
            })
            .collect()
    }

    /// What a response may hold; where it is JSON, other renderings of that are left out.
    fn contents(&mut self, place: &Place<'d>, id: &str, http: Method) -> Vec<Content> {
        let bodiless = matches!(place.statuses, Statuses::Code(204 | 205));
        let media: Vec<(&'d String, &'d MediaType)> = place.response.content.iter().collect();
        if media.is_empty() || bodiless || http == Method::Head {
            return vec![Content {
                media: Vec::new(),
                success: Success::Empty,
            }];
        }
        let json = media
            .iter()
            .filter(|(name, media)| self.answer_kind(name, media) == Kind::Json)
            .min_by_key(|(name, _)| essence(name) != "application/json")
            .copied();
        let mut contents: Vec<Content> = Vec::new();
        let mut left_out = Vec::new();
        let ordered = json.into_iter().chain(media);
        for (index, (name, media)) in ordered.enumerate() {
            let kind = self.answer_kind(name, media);
            if let Some((first, chosen)) = json.filter(|_| index > 0) {
                let is_rendering = matches!(kind, Kind::Json | Kind::Any | Kind::Text)
                    || (kind == Kind::Bytes && media.schema == chosen.schema);
                if is_rendering {
                    left_out.extend((name != first).then_some(name.as_str()));
                    continue;
                }
            }
            let success = self.answer(name, media, kind, place, id);
            match contents.iter_mut().find(|other| other.success == success) {
                Some(same) => same.media.push(name.clone()),
                None => contents.push(Content {
                    media: vec![name.clone()],
                    success,
                }),
            }
        }
        if !left_out.is_empty() {
            let message = format!(
                "JSON is read, and not the same as {}",
                left_out.join(" or ")
            );
            let pointer = place.pointer.child("content");
            self.report.note(Code::OtherRenderings, pointer, message);
        }
        contents
    }

    /// What a media type of a response is.
    pub(super) fn answer_kind(&self, name: &str, media: &'d MediaType) -> Kind {
        let schema = media.schema.as_ref();
        let resolved = schema.and_then(|schema| self.document.schema(schema));
        let resolved = resolved.map(|(_, schema)| schema);
        let is_string = resolved.is_some_and(is_string);
        match statuses::kind(name) {
            Kind::Json if resolved.is_some_and(is_binary) => Kind::Bytes,
            Kind::Any => match resolved {
                Some(schema) if is_binary(schema) => Kind::Bytes,
                Some(_) if is_string => Kind::Text,
                // Frameworks that do not know what they answer with write so of JSON.
                Some(schema) if says_something(schema) => Kind::Json,
                _ => Kind::Bytes,
            },
            other => other,
        }
    }

    fn answer(
        &mut self,
        name: &str,
        media: &'d MediaType,
        kind: Kind,
        place: &Place<'d>,
        id: &str,
    ) -> Success {
        let pointer = place.pointer.child("content").child(name).child("schema");
        let schema = media.schema.as_ref();
        match (kind, schema) {
            (Kind::Bytes | Kind::Any, _) => Success::Bytes,
            (Kind::Json, None) => Success::Json(Type::Json),
            (Kind::Json, Some(schema)) => {
                let site = self.site(schema, pointer, &place.own, &place.qualifier);
                let ty = self.value_type(schema, &site, Use::Json);
                let resolved = self.document.schema(schema).map(|(_, schema)| schema);
                Success::Json(self.or_null(ty, resolved, Use::Json))
            }
            (Kind::Text, Some(schema)) => {
                let site = self.site(schema, pointer, &place.own, &place.qualifier);
                self.plain(schema, &site)
            }
            (Kind::Text, None) => Success::Text,
            (Kind::Events, None) => Success::Events(Type::Text, EventForm::Text),
            (Kind::Events, Some(schema)) => {
                let site = self.site(schema, pointer, &format!("{id} event"), &place.qualifier);
                self.events(schema, &site)
            }
            (Kind::Lines, None) => Success::Lines(Type::Json),
            (Kind::Lines, Some(schema)) => {
                let site = self.site(schema, pointer, &format!("{id} line"), &place.qualifier);
                // A list describes all lines together.
                Success::Lines(match self.value_type(schema, &site, Use::Json) {
                    Type::List(item) => *item,
                    other => other,
                })
            }
        }
    }

    /// Where the schema of a response stands, which may have a title.
    pub(super) fn site(
        &self,
        schema: &'d ReferenceOr<Schema>,
        pointer: Pointer,
        own: &str,
        qualifier: &Words,
    ) -> Site {
        let resolved = self.document.schema(schema);
        let title = resolved.and_then(|(_, schema)| schema.schema_data.title.as_deref());
        let own = title.unwrap_or(own);
        Site::new(pointer, Words::default(), own).qualified(qualifier.clone())
    }

    /// Text, which stands for a number or for true and false where the schema says so.
    fn plain(&mut self, schema: &'d ReferenceOr<Schema>, site: &Site) -> Success {
        use openapiv3::{SchemaKind, Type as Plain};
        let resolved = self.document.schema(schema).map(|(_, schema)| schema);
        let is_plain = resolved.is_some_and(|schema| {
            matches!(
                schema.schema_kind,
                SchemaKind::Type(Plain::Integer(_) | Plain::Number(_) | Plain::Boolean(_))
            )
        });
        if is_plain {
            Success::Plain(self.value_type(schema, site, Use::Json))
        } else {
            Success::Text
        }
    }
}

/// What one way to call an operation reads, out of what each status may answer with.
fn reading(contents: &[(Place<'_>, Vec<Content>)], way: Kind, suffix: &'static str) -> Reading {
    let mut answers: Vec<(&Place<'_>, &Content, bool)> = Vec::new();
    for (place, contents) in contents {
        let is_of = |content: &&Content| way_of(&content.success) == way;
        let of_way = contents.iter().filter(is_of);
        let mut chosen: Vec<&Content> = of_way.collect();
        if chosen.is_empty() {
            // A status that does not answer in this way answers as it does.
            chosen.extend(contents.iter().take(1));
        }
        let shared = chosen.len() > 1;
        answers.extend(chosen.into_iter().map(|content| (place, content, shared)));
    }
    let accept = accept(&answers);
    let accept = Some(accept.join(", ")).filter(|all| !all.is_empty() && all != "application/json");
    Reading {
        suffix,
        success: success(&answers),
        accept,
    }
}

/// The media types to ask for; what comes first at its status is what is wanted most.
fn accept(answers: &[(&Place<'_>, &Content, bool)]) -> Vec<String> {
    let mut known: Vec<&str> = Vec::new();
    let mut accept = Vec::new();
    let mut before = None;
    for (place, content, _) in answers {
        let weight = if before == Some(place.statuses) {
            ";q=0.9"
        } else {
            ""
        };
        before = Some(place.statuses);
        for name in content.media.iter().map(|name| asked_for(name)) {
            if name == "*/*" {
                return vec![name.to_owned()];
            }
            if !known.contains(&name) {
                known.push(name);
                accept.push(format!("{name}{weight}"));
            }
        }
    }
    accept
}

/// What is read, out of all that may come.
fn success(answers: &[(&Place<'_>, &Content, bool)]) -> Success {
    let mut distinct: Vec<&Success> = Vec::new();
    for (_, content, _) in answers {
        if !distinct.contains(&&content.success) {
            distinct.push(&content.success);
        }
    }
    match distinct.as_slice() {
        [] => Success::Empty,
        [only] => (*only).clone(),
        [Success::Empty, other] | [other, Success::Empty] => optional(other),
        _ => Success::OneOf(variants(answers)),
    }
}

/// Nothing is read as null where it is JSON.
fn optional(success: &Success) -> Success {
    match success {
        Success::Json(ty @ (Type::Json | Type::Nullable(_))) => Success::Json(ty.clone()),
        Success::Json(ty) => Success::Json(Type::Nullable(Box::new(ty.clone()))),
        other => Success::Optional(Box::new(other.clone())),
    }
}

fn variants(answers: &[(&Place<'_>, &Content, bool)]) -> Vec<Answer> {
    let spellings = answers.iter().map(|(place, content, shared)| {
        let status = statuses::words(place.statuses);
        let media = content
            .media
            .first()
            .map(String::as_str)
            .unwrap_or_default();
        let full = status.then(&media_words(media));
        let first = if *shared { &full } else { &status };
        Candidates::new([first.pascal(), full.pascal()])
    });
    let names = names::assign(&spellings.collect::<Vec<_>>(), &["Self"]);
    let mut variants: Vec<Answer> = Vec::new();
    for ((place, content, _), name) in answers.iter().zip(names) {
        // What comes first at its status is what is read of a type that the document does not know.
        let is_first = !variants.iter().any(|one| one.statuses == place.statuses);
        variants.push(Answer {
            name,
            statuses: place.statuses,
            media: if is_first {
                Vec::new()
            } else {
                content.media.clone()
            },
            success: content.success.clone(),
            docs: place.response.description.clone(),
        });
    }
    variants.sort_by_key(|one| (one.statuses, one.media.is_empty()));
    variants
}

/// The words of a media type that tell it apart.
fn media_words(media_type: &str) -> Words {
    let essence = essence(media_type);
    let sub = essence
        .split_once('/')
        .map_or(essence.as_str(), |(_, sub)| sub);
    let sub = sub
        .strip_prefix("x-")
        .or_else(|| sub.strip_prefix("vnd."))
        .unwrap_or(sub);
    Words::of(if sub == "*" { "other" } else { sub })
}

/// The name of a media type as it is asked for: parameters other than the charset tell versions apart.
fn asked_for(name: &str) -> &str {
    let is_sent = |c: char| c.is_ascii_graphic() || c == ' ';
    match name.split_once(';') {
        _ if statuses::halves(&essence(name)).is_none() => "*/*",
        _ if !name.chars().all(is_sent) || name.contains(',') => "*/*",
        Some((essence, parameters)) if parameters.to_ascii_lowercase().contains("charset") => {
            essence.trim()
        }
        _ => name.trim(),
    }
}

/// The way in which an answer comes.
fn way_of(success: &Success) -> Kind {
    match success {
        Success::Events(..) => Kind::Events,
        Success::Lines(_) => Kind::Lines,
        _ => Kind::Json,
    }
}

fn is_string(schema: &Schema) -> bool {
    use openapiv3::{SchemaKind, Type as Plain};
    matches!(schema.schema_kind, SchemaKind::Type(Plain::String(_)))
}

/// Whether the schema describes bytes and not JSON.
fn is_binary(schema: &Schema) -> bool {
    use openapiv3::{SchemaKind, StringFormat, Type as Plain, VariantOrUnknownOrEmpty as Format};
    match &schema.schema_kind {
        SchemaKind::Type(Plain::String(string)) => {
            string.format == Format::Item(StringFormat::Binary)
        }
        SchemaKind::Any(any) => any.format.as_deref() == Some("binary"),
        _ => false,
    }
}

/// Whether the schema says anything of what it describes.
fn says_something(schema: &Schema) -> bool {
    match &schema.schema_kind {
        openapiv3::SchemaKind::Any(any) => !super::mixed::is_bare(any),
        _ => true,
    }
}
