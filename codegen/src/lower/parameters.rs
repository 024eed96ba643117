//! Takes the parameters of an operation and gives its inputs, each with its name; it must never change the style that the document gives to one.

use openapiv3::{
    Operation as Source, Parameter, ParameterData, ParameterSchemaOrContent, PathItem, PathStyle,
    QueryStyle, ReferenceOr, Schema,
};

use super::media::is_json;
use super::names::{self, Candidates};
use super::site::Site;
use super::types::Use;
use super::words::Words;
use super::{Lowering, rules};
use crate::diagnostic::Code;
use crate::model::{Input, Position, Style, StyleKind, Type, is_structured};
use crate::source::Pointer;

/// Headers that are not the user's to set: OpenAPI has the first three ignored, the others belong to the connection or the
/// client.
const OWN_HEADERS: [&str; 10] = [
    "accept",
    "authorization",
    "content-type",
    "connection",
    "content-length",
    "cookie",
    "host",
    "proxy-authorization",
    "transfer-encoding",
    "user-agent",
];

impl<'d> Lowering<'d> {
    /// Parameters of the operation and of its path; the operation's win. They are written in the order of the
    /// document, those of the path first.
    pub(crate) fn parameters(
        &mut self,
        item: &'d PathItem,
        source: &'d Source,
        pointer: &Pointer,
        id: &str,
    ) -> Vec<Input> {
        let document = self.document;
        let mut chosen: Vec<(Pointer, &Parameter)> = Vec::new();
        let shared = pointer.parent().unwrap_or_default().child("parameters");
        let own = pointer.child("parameters");
        for (list, base) in [(&item.parameters, &shared), (&source.parameters, &own)] {
            for (index, parameter) in list.iter().enumerate() {
                let Some(parameter) = document.parameter(parameter) else {
                    continue;
                };
                let same = |other: &Parameter| key(other) == key(parameter);
                chosen.retain(|(_, other)| !same(other));
                chosen.push((base.index(index), parameter));
            }
        }
        let mut inputs = Vec::new();
        for (pointer, parameter) in chosen {
            if !self.leaves_out(parameter, &pointer) {
                inputs.push(self.parameter(parameter, &pointer, id));
            }
        }
        inputs
    }

    /// Whether a parameter is none of the user's.
    fn leaves_out(&mut self, parameter: &Parameter, pointer: &Pointer) -> bool {
        let Parameter::Header { parameter_data, .. } = parameter else {
            return false;
        };
        let name = &parameter_data.name;
        let is_own = OWN_HEADERS.iter().any(|own| own.eq_ignore_ascii_case(name));
        if is_own {
            self.report.note(
                Code::OwnHeader,
                pointer.clone(),
                format!("header parameter `{name}` is ignored: the client sets that header itself"),
            );
        }
        is_own
    }

    fn parameter(&mut self, parameter: &'d Parameter, pointer: &Pointer, id: &str) -> Input {
        let data = parameter.parameter_data_ref();
        let (position, style) = (position(parameter), style(parameter));
        let parent = parameter_parent(&Words::of(id));
        match &data.format {
            ParameterSchemaOrContent::Schema(schema) => {
                let site = Site::new(pointer.child("schema"), parent, &data.name);
                let ty = self.value_type(schema, &site, Use::Sent);
                let style = style.in_place(position, &ty);
                self.parameter_input(data, Some(schema), (position, style), ty)
            }
            ParameterSchemaOrContent::Content(content) => {
                let media = content.iter().next();
                let schema = media.and_then(|(_, media)| media.schema.as_ref());
                let name = media.map_or("", |(name, _)| name.as_str());
                let place = pointer.child("content").child(name).child("schema");
                let site = Site::new(place, parent, &data.name);
                let (style, ty) = self.content(name, schema, &site);
                self.parameter_input(data, schema, (position, style), ty)
            }
        }
    }

    /// A parameter whose value is of a media type: JSON, or else text.
    fn content(
        &mut self,
        media: &str,
        schema: Option<&'d ReferenceOr<Schema>>,
        site: &Site,
    ) -> (Style, Type) {
        if is_json(media) {
            let ty = schema.map_or(Type::Json, |schema| {
                self.value_type(schema, site, Use::Json)
            });
            let kind = StyleKind::Json;
            return (
                Style {
                    kind,
                    ..Style::default()
                },
                ty,
            );
        }
        let ty = schema.map_or(Type::Text, |schema| {
            self.value_type(schema, site, Use::Sent)
        });
        let find = |id| self.drafts.get(id).map(|draft| &draft.kind);
        let is_text = ty != Type::Json && !is_structured(&ty, &find);
        if is_text && !matches!(ty, Type::List(_)) {
            return (Style::default(), ty);
        }
        self.leave_untyped(
            &site.pointer,
            format!("its media type is `{media}`, which is sent as text"),
        );
        (Style::default(), Type::Text)
    }

    fn parameter_input(
        &self,
        data: &ParameterData,
        schema: Option<&ReferenceOr<Schema>>,
        (position, style): (Position, Style),
        ty: Type,
    ) -> Input {
        let resolved = schema.and_then(|schema| self.document.schema(schema));
        let resolved = resolved.map(|(_, schema)| schema);
        let described = resolved.and_then(|schema| schema.schema_data.description.clone());
        Input {
            wire: data.name.clone(),
            name: names::single(&Words::of(&data.name).snake()),
            position,
            style,
            rules: resolved
                .map(|schema| rules::rules(self.document, schema, &ty))
                .unwrap_or_default(),
            default: resolved.and_then(|schema| schema.schema_data.default.clone()),
            ty,
            required: data.required || position == Position::Path,
            docs: data.description.clone().or(described).unwrap_or_default(),
            deprecated: data.deprecated.unwrap_or(false),
        }
    }
}

/// Name and place tell parameters apart.
fn key(parameter: &Parameter) -> (&str, u8) {
    let place = match parameter {
        Parameter::Path { .. } => 0,
        Parameter::Query { .. } => 1,
        Parameter::Header { .. } => 2,
        Parameter::Cookie { .. } => 3,
    };
    (parameter.parameter_data_ref().name.as_str(), place)
}

const fn position(parameter: &Parameter) -> Position {
    match parameter {
        Parameter::Path { .. } => Position::Path,
        Parameter::Query { .. } => Position::Query,
        Parameter::Header { .. } => Position::Header,
        Parameter::Cookie { .. } => Position::Cookie,
    }
}

fn style(parameter: &Parameter) -> Style {
    let (kind, allow_reserved) = match parameter {
        Parameter::Path { style, .. } => match style {
            PathStyle::Simple => (StyleKind::Usual, false),
            PathStyle::Label => (StyleKind::Label, false),
            PathStyle::Matrix => (StyleKind::Matrix, false),
        },
        Parameter::Query {
            style,
            allow_reserved,
            ..
        } => (query_style(style), *allow_reserved),
        Parameter::Header { .. } | Parameter::Cookie { .. } => (StyleKind::Usual, false),
    };
    Style {
        kind,
        explode: parameter.parameter_data_ref().explode,
        allow_reserved,
    }
}

pub(crate) const fn query_style(style: &QueryStyle) -> StyleKind {
    match style {
        QueryStyle::Form => StyleKind::Form,
        QueryStyle::SpaceDelimited => StyleKind::SpaceDelimited,
        QueryStyle::PipeDelimited => StyleKind::PipeDelimited,
        QueryStyle::DeepObject => StyleKind::DeepObject,
    }
}

/// Parameters and fields share the scope of one call.
pub(crate) fn name_inputs(inputs: &mut [Input]) {
    let place = |position| match position {
        Position::Path => "path",
        Position::Query => "query",
        Position::Header => "header",
        Position::Cookie => "cookie",
        Position::Form => "form",
        Position::Part(_) => "part",
    };
    let spellings: Vec<_> = inputs
        .iter()
        .map(|input| {
            let words = Words::of(&input.wire);
            let qualified = words.then(&Words::of(place(input.position)));
            Candidates::new([words.snake(), qualified.snake()])
        })
        .collect();
    let reserved: Vec<&str> = names::RESERVED_SETTERS
        .iter()
        .copied()
        .chain(["body"])
        .collect();
    for (input, name) in inputs.iter_mut().zip(names::assign(&spellings, &reserved)) {
        input.name = name;
    }
}

/// Definitions of parameters are named after the thing that the operation is about: `FetchCredential` and `Sid` are a credential's SID.
pub(crate) fn parameter_parent(operation: &Words) -> Words {
    let verbs = Words::new([
        "list", "fetch", "get", "read", "create", "update", "delete", "add", "remove",
    ]);
    let thing = operation.without(&verbs);
    if thing.is_empty() {
        operation.clone()
    } else {
        thing.to_singular()
    }
}

#[cfg(test)]
mod tests {
    use super::OWN_HEADERS;

    #[test]
    fn the_runtime_refuses_the_same_headers() {
        let runtime = include_str!("../../runtime/src/runtime/parts.rs");
        let (_, list) = runtime.split_once("const OWN_HEADERS").expect("a list");
        let (list, _) = list.split_once("];").expect("an end of it");
        let mut refused: Vec<&str> = list.split('"').skip(1).step_by(2).collect();
        let mut ignored = OWN_HEADERS.to_vec();
        refused.sort_unstable();
        ignored.sort_unstable();
        assert_eq!(ignored, refused);
    }
}
