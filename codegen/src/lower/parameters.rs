//! Takes the parameters of an operation and gives its inputs, each with its name; it must never accept a style that the runtime would write in another way.

use openapiv3::{
    HeaderStyle, Operation as Source, Parameter, ParameterData, ParameterSchemaOrContent, PathItem,
    PathStyle, QueryStyle, ReferenceOr, Schema,
};

use super::names::{self, Candidates};
use super::site::Site;
use super::types::Use;
use super::words::Words;
use super::{Lowering, forms, rules};
use crate::model::{Input, Position, Type};
use crate::source::Pointer;

impl<'d> Lowering<'d> {
    /// Parameters of the operation and of its path; the operation's win. They are written in the order of the
    /// document, those of the path first.
    pub(crate) fn parameters(
        &mut self,
        item: &'d PathItem,
        source: &'d Source,
        pointer: &Pointer,
        id: &str,
    ) -> Result<Vec<Input>, String> {
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
        chosen
            .into_iter()
            .map(|(pointer, parameter)| self.parameter(parameter, &pointer, id))
            .collect()
    }

    fn parameter(
        &mut self,
        parameter: &'d Parameter,
        pointer: &Pointer,
        id: &str,
    ) -> Result<Input, String> {
        let data = parameter.parameter_data_ref();
        let position = position(parameter)?;
        let ParameterSchemaOrContent::Schema(schema) = &data.format else {
            return Err(format!(
                "parameter `{}` is described by a media type",
                data.name
            ));
        };
        let site = Site::new(
            pointer.child("schema"),
            parameter_parent(&Words::of(id)),
            &data.name,
        );
        let ty = self.value_type(schema, &site, Use::Sent);
        if !forms::fits_in_a_form(&ty)
            || (position == Position::Path && matches!(ty, Type::List(_)))
        {
            return Err(format!("parameter `{}` is not a plain value", data.name));
        }
        let mut input = self.parameter_input(data, schema, position, ty);
        input.required |= position == Position::Path;
        Ok(input)
    }

    fn parameter_input(
        &self,
        data: &ParameterData,
        schema: &ReferenceOr<Schema>,
        position: Position,
        ty: Type,
    ) -> Input {
        let resolved = self.document.schema(schema).map(|(_, schema)| schema);
        let described = resolved.and_then(|schema| schema.schema_data.description.clone());
        Input {
            wire: data.name.clone(),
            name: names::single(&Words::of(&data.name).snake()),
            position,
            rules: resolved
                .map(|schema| rules::rules(self.document, schema, &ty))
                .unwrap_or_default(),
            default: rules::default(schema, self.document),
            ty,
            required: data.required,
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

fn position(parameter: &Parameter) -> Result<Position, String> {
    let data = parameter.parameter_data_ref();
    let styled = |style: &str| Err(format!("parameter `{}` has the style {style}", data.name));
    match parameter {
        Parameter::Path {
            style: PathStyle::Simple,
            ..
        } => Ok(Position::Path),
        Parameter::Path { .. } => styled("matrix or label"),
        Parameter::Query {
            style: QueryStyle::Form,
            ..
        } if data.explode != Some(false) => Ok(Position::Query),
        Parameter::Query { .. } => styled("of a joined list or a deep object"),
        Parameter::Header {
            style: HeaderStyle::Simple,
            ..
        } => Ok(Position::Header),
        Parameter::Cookie { .. } => Err(format!("parameter `{}` is a cookie", data.name)),
    }
}

/// Parameters and fields share the scope of one call.
pub(crate) fn name_inputs(inputs: &mut [Input]) {
    let place = |position| match position {
        Position::Path => "path",
        Position::Query => "query",
        Position::Header => "header",
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
