//! Takes nodes of paths and of what operations consist of and gives them in the types of openapiv3; it must never look at a sibling of its node.

use indexmap::IndexMap;
use openapiv3::{
    Encoding, Example, Header, MediaType, Operation, Parameter, ParameterData,
    ParameterSchemaOrContent, PathItem, Paths, QueryStyle, ReferenceOr, RequestBody, Response,
    Responses, StatusCode,
};
use serde::Deserialize;
use serde::de::value::StrDeserializer;

use super::{Node, Read, schema};

pub(super) fn paths(mut node: Node<'_>) -> Read<Paths> {
    let extensions = node.extensions();
    // Whatever else it may have is neither.
    node.retain(|key| key.starts_with('/'));
    let paths = node.each(|item| item.or_reference(path_item))?;
    Ok(Paths { paths, extensions })
}

fn path_item(mut node: Node<'_>) -> Read<PathItem> {
    Ok(PathItem {
        summary: node.text("summary"),
        description: node.text("description"),
        get: node.one("get", operation)?,
        put: node.one("put", operation)?,
        post: node.one("post", operation)?,
        delete: node.one("delete", operation)?,
        options: node.one("options", operation)?,
        head: node.one("head", operation)?,
        patch: node.one("patch", operation)?,
        trace: node.one("trace", operation)?,
        servers: node.leaf("servers")?.unwrap_or_default(),
        parameters: node.list("parameters", parameter)?,
        extensions: node.extensions(),
    })
}

fn operation(mut node: Node<'_>) -> Read<Operation> {
    Ok(Operation {
        tags: node.texts("tags"),
        summary: node.text("summary"),
        description: node.text("description"),
        external_docs: node.leaf("externalDocs")?,
        operation_id: node.text("operationId"),
        parameters: node.list("parameters", parameter)?,
        request_body: node.object("requestBody", request_body)?,
        responses: node.one("responses", responses)?.unwrap_or_default(),
        callbacks: IndexMap::new(),
        deprecated: node.is_set("deprecated"),
        security: node.leaf("security")?,
        servers: node.leaf("servers")?.unwrap_or_default(),
        extensions: node.extensions(),
    })
}

fn responses(mut node: Node<'_>) -> Read<Responses> {
    let (default, extensions) = (node.object("default", response)?, node.extensions());
    node.retain(|key| key != "default" && !key.starts_with("x-"));
    let mut responses = IndexMap::new();
    for (key, value) in node.members() {
        let child = node.child(&key, value);
        match StatusCode::deserialize(StrDeserializer::<serde::de::value::Error>::new(&key)) {
            Ok(status) => responses.insert(status, child.or_reference(response)?),
            Err(error) => return child.failure(&error.to_string()),
        };
    }
    Ok(Responses {
        default,
        responses,
        extensions,
    })
}

pub(super) fn response(mut node: Node<'_>) -> Read<Response> {
    Ok(Response {
        description: node.text("description").unwrap_or_default(),
        headers: node.map("headers", header)?,
        content: content(&mut node)?,
        links: IndexMap::new(),
        extensions: node.extensions(),
    })
}

pub(super) fn request_body(mut node: Node<'_>) -> Read<RequestBody> {
    Ok(RequestBody {
        description: node.text("description"),
        content: content(&mut node)?,
        required: node.is_set("required"),
        extensions: node.extensions(),
    })
}

fn content(node: &mut Node<'_>) -> Read<IndexMap<String, MediaType>> {
    let Some(node) = node.member("content") else {
        return Ok(IndexMap::new());
    };
    node.each(media_type)
}

fn media_type(mut node: Node<'_>) -> Read<MediaType> {
    let encodings = node.member("encoding");
    let encoding = encodings.map(|encodings| encodings.each(encoding));
    Ok(MediaType {
        schema: node.object("schema", schema::schema)?,
        example: node.take("example"),
        examples: node.map("examples", example)?,
        encoding: encoding.transpose()?.unwrap_or_default(),
        extensions: node.extensions(),
    })
}

/// Any of `style`, `explode` and `allowReserved` makes a style of an encoding, which is `form` unless it says another. The
/// types of openapiv3 cannot tell that they are absent, so both are filled in here.
fn encoding(mut node: Node<'_>) -> Read<Encoding> {
    let explode = node.flag("explode");
    let is_styled = explode.is_some() || node.flag("allowReserved").is_some();
    let style = node.leaf("style")?;
    let style = style.or_else(|| is_styled.then(QueryStyle::default));
    Ok(Encoding {
        content_type: node.text("contentType"),
        headers: node.map("headers", header)?,
        explode: explode.unwrap_or(style == Some(QueryStyle::Form)),
        style,
        allow_reserved: node.is_set("allowReserved"),
        extensions: node.extensions(),
    })
}

pub(super) fn header(mut node: Node<'_>) -> Read<Header> {
    Ok(Header {
        description: node.text("description"),
        style: node.leaf("style")?.unwrap_or_default(),
        required: node.is_set("required"),
        deprecated: node.flag("deprecated"),
        format: schema_or_content(&mut node)?,
        example: node.take("example"),
        examples: node.map("examples", example)?,
        extensions: node.extensions(),
    })
}

fn schema_or_content(node: &mut Node<'_>) -> Read<ParameterSchemaOrContent> {
    match node.object("schema", schema::schema)? {
        Some(schema) => Ok(ParameterSchemaOrContent::Schema(schema)),
        None => content(node).map(ParameterSchemaOrContent::Content),
    }
}

pub(super) fn parameter(mut node: Node<'_>) -> Read<Parameter> {
    let parameter_data = ParameterData {
        name: node.text("name").unwrap_or_default(),
        description: node.text("description"),
        required: node.is_set("required"),
        deprecated: node.flag("deprecated"),
        format: schema_or_content(&mut node)?,
        example: node.take("example"),
        examples: node.map("examples", example)?,
        explode: node.flag("explode"),
        extensions: node.extensions(),
    };
    let place = node.text("in");
    match place.as_deref() {
        Some("query") => Ok(Parameter::Query {
            parameter_data,
            allow_reserved: node.is_set("allowReserved"),
            style: node.leaf("style")?.unwrap_or_default(),
            allow_empty_value: node.flag("allowEmptyValue"),
        }),
        Some("header") => Ok(Parameter::Header {
            parameter_data,
            style: node.leaf("style")?.unwrap_or_default(),
        }),
        Some("path") => Ok(Parameter::Path {
            parameter_data,
            style: node.leaf("style")?.unwrap_or_default(),
        }),
        Some("cookie") => Ok(Parameter::Cookie {
            parameter_data,
            style: node.leaf("style")?.unwrap_or_default(),
        }),
        _ => node.failure("the parameter has no location"),
    }
}

#[expect(
    clippy::unnecessary_wraps,
    reason = "it is read as all objects of a mapping are"
)]
pub(super) fn example(mut node: Node<'_>) -> Read<Example> {
    Ok(Example {
        summary: node.text("summary"),
        description: node.text("description"),
        value: node.take("value"),
        external_value: node.text("externalValue"),
        extensions: node.extensions(),
    })
}

/// The same reference to something in a box.
pub(super) fn boxed<T>(object: ReferenceOr<T>) -> ReferenceOr<Box<T>> {
    match object {
        ReferenceOr::Item(object) => ReferenceOr::Item(Box::new(object)),
        ReferenceOr::Reference { reference } => ReferenceOr::Reference { reference },
    }
}
