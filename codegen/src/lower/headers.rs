//! Takes the headers that responses document and gives the struct that they are read into; it must never make one for what HTTP itself defines.

use openapiv3::{Header, ParameterSchemaOrContent, SchemaData};

use super::Lowering;
use super::answers::Place;
use super::drafts::draft;
use super::names::{self, Candidates};
use super::site::Site;
use super::types::Use;
use super::words::Words;
use crate::model::{HeaderField, Headers, Type, TypeId, TypeKind};
use crate::source::Pointer;

impl<'d> Lowering<'d> {
    /// The struct for the headers of the responses, where they document any.
    pub(super) fn headers(&mut self, places: &[Place<'d>], id: &str) -> Option<TypeId> {
        let document = self.document;
        let mut fields: Vec<HeaderField> = Vec::new();
        for place in places {
            for (wire, header) in &place.response.headers {
                let is_known = |field: &HeaderField| field.wire.eq_ignore_ascii_case(wire);
                let is_read_anyway = wire.eq_ignore_ascii_case(self.request_id_header);
                if is_of_http(wire) || is_read_anyway || fields.iter().any(is_known) {
                    continue;
                }
                if let Some(header) = document.header(header) {
                    let pointer = place.pointer.child("headers").child(wire).child("schema");
                    fields.push(self.header_field(wire, header, pointer));
                }
            }
        }
        let words: Vec<Words> = fields.iter().map(|field| words(&field.wire)).collect();
        let spellings = words.iter().map(|words| Candidates::new([words.snake()]));
        let names = names::assign(&spellings.collect::<Vec<_>>(), &[]);
        for (field, name) in fields.iter_mut().zip(names) {
            field.name = name;
        }
        if fields.is_empty() {
            return None;
        }
        let of_call = Words::of(id).then(&Words::of("headers"));
        let mut spellings = vec![of_call.pascal()];
        // Headers that are about one thing come with many calls, and are one type.
        let subject = shared(&words);
        if !subject.is_empty() {
            spellings.insert(0, subject.then(&Words::of("headers")).pascal());
        }
        // How they are described differs from call to call; what they are does not.
        let same = fields.iter().map(|field| (&field.wire, &field.ty));
        let key = format!("{:?} {:?}", spellings.first(), same.collect::<Vec<_>>());
        if let Some(known) = self.known.headers.get(&key) {
            return Some(*known);
        }
        let kind = TypeKind::Headers(Headers { fields });
        let draft = draft(self.home, spellings, &SchemaData::default(), kind);
        let id = self.drafts.add(draft);
        self.known.headers.insert(key, id);
        Some(id)
    }

    fn header_field(&mut self, wire: &str, header: &'d Header, pointer: Pointer) -> HeaderField {
        let ty = match &header.format {
            ParameterSchemaOrContent::Schema(schema) => {
                let site = Site::new(pointer, Words::default(), &words(wire).snake());
                self.value_type(schema, &site, Use::Sent)
            }
            ParameterSchemaOrContent::Content(_) => Type::Text,
        };
        let draft = ty.named().and_then(|id| self.drafts.get(id));
        let is_plain = match &ty {
            Type::List(_) | Type::Map(_) | Type::Nullable(_) | Type::Boxed(_) | Type::Json => false,
            Type::Named(_) => draft.is_some_and(|draft| {
                matches!(draft.kind, TypeKind::Enum(_) | TypeKind::Newtype(_))
            }),
            _ => true,
        };
        HeaderField {
            wire: wire.to_owned(),
            name: names::single("header"),
            ty: if is_plain { ty } else { Type::Text },
            docs: header.description.clone().unwrap_or_default(),
            deprecated: header.deprecated.unwrap_or(false),
        }
    }
}

/// Headers of the message itself, which are there whatever the API is.
const OF_HTTP: [&str; 4] = [
    "connection",
    "content-length",
    "content-type",
    "transfer-encoding",
];

/// Headers that are there by standard and not by API.
fn is_of_http(wire: &str) -> bool {
    let wire = wire.to_ascii_lowercase();
    wire.starts_with("access-control-") || OF_HTTP.contains(&wire.as_str())
}

/// The words of a header, without the `X` that once said that it is no standard.
fn words(wire: &str) -> Words {
    let bare = wire.strip_prefix("X-").or_else(|| wire.strip_prefix("x-"));
    Words::of(bare.unwrap_or(wire))
}

/// The words that all begin with.
fn shared(all: &[Words]) -> Words {
    let mut all = all.iter();
    let Some(first) = all.next() else {
        return Words::default();
    };
    let mut count = first.iter().count();
    for words in all {
        let same = first.iter().zip(words.iter()).take_while(|(a, b)| a == b);
        count = count.min(same.count());
    }
    let shared: Vec<&str> = first.iter().take(count).collect();
    Words::of(&shared.join(" "))
}
