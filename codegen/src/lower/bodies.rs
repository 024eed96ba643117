//! Takes the body of a request and gives the JSON that it is, where it may be JSON; it must never leave out that a body is required.

use openapiv3::{MediaType, Operation as Source, RequestBody};

use super::Lowering;
use super::names;
use super::operations::{essence, is_json};
use super::site::Site;
use super::types::Use;
use super::words::Words;
use crate::model::{BodyArgument, BodyKind, Type};
use crate::source::Pointer;

impl<'d> Lowering<'d> {
    /// The body as one value, where it may be sent as JSON.
    pub(crate) fn json_body(
        &mut self,
        source: &'d Source,
        pointer: &Pointer,
        id: &str,
    ) -> Option<(BodyArgument, BodyKind)> {
        let document = self.document;
        let body = document.request_body(source.request_body.as_ref()?)?;
        let (name, media) = json_media(body)?;
        let pointer = pointer
            .child("requestBody")
            .child("content")
            .child(name)
            .child("schema");
        let mut docs = body.description.clone().unwrap_or_default();
        let ty = match &media.schema {
            Some(schema) => {
                let resolved = document.schema(schema).map(|(_, schema)| schema);
                let data = resolved.map(|schema| &schema.schema_data);
                let title = data.and_then(|data| data.title.clone());
                let own = title.unwrap_or_else(|| format!("{id} body"));
                let site = Site::new(pointer, Words::default(), &own).qualified(Words::of(id));
                if docs.is_empty() {
                    docs = data
                        .and_then(|data| data.description.clone())
                        .unwrap_or_default();
                }
                self.value_type(schema, &site, Use::Json)
            }
            None => Type::Json,
        };
        let argument = BodyArgument {
            name: names::single("body"),
            ty,
            required: body.required,
            docs,
        };
        let media = if name.contains('*') {
            "application/json"
        } else {
            name
        };
        Some((argument, BodyKind::Json(media.to_owned())))
    }
}

/// The part of a body that is JSON.
fn json_media(body: &RequestBody) -> Option<(&str, &MediaType)> {
    let plain = |name: &str| essence(name) == "application/json";
    let any = |name: &str| matches!(essence(name).as_str(), "*/*" | "application/*");
    let find = |is: &dyn Fn(&str) -> bool| {
        let mut all = body.content.iter();
        all.find(|(name, _)| is(name))
            .map(|(name, media)| (name.as_str(), media))
    };
    find(&plain)
        .or_else(|| find(&is_json))
        .or_else(|| find(&any).filter(|_| body.content.len() == 1))
}
