//! Takes the paths of a document and gives its operations; what it can't express it must leave out with a reason, never in silence.

use openapiv3::{MediaType, Operation as Source, PathItem, RequestBody, Response, StatusCode};

use super::forms::Form;
use super::names;
use super::parameters::{name_inputs, parameter_parent};
use super::servers::Servers;
use super::site::Site;
use super::types::Use;
use super::words::Words;
use super::{Lowering, examples, pages};
use crate::model::{BodyKind, Input, Method, Operation, Position, Success, Type};
use crate::source::Pointer;

const FORM: &str = "application/x-www-form-urlencoded";

/// An operation and what its resource is made of.
#[derive(Debug)]
pub(crate) struct Found {
    pub(crate) operation: Operation,
    pub(crate) tag: Option<String>,
    /// Whether the document gives it an id.
    pub(crate) has_id: bool,
    /// Its list of servers.
    pub(crate) servers: usize,
}

impl<'d> Lowering<'d> {
    pub(crate) fn items(&self) -> impl Iterator<Item = (&'d String, &'d PathItem)> + use<'d> {
        let document = self.document;
        document
            .api()
            .paths
            .paths
            .iter()
            .filter_map(|(path, item)| Some((path, item.as_item()?)))
    }

    /// Every operation that the crate can have.
    pub(crate) fn operations(&mut self, servers: &mut Servers) -> Vec<Found> {
        let document = self.document;
        let mut found = Vec::new();
        for (path, item) in &document.api().paths.paths {
            let Some(item) = item.as_item() else { continue };
            for (method, source) in item.iter() {
                let pointer = Pointer::root().child("paths").child(path).child(method);
                match self.operation(path, method, item, source, &pointer) {
                    Ok(operation) => found.push(Found {
                        servers: self.servers_of(servers, item, source, &pointer),
                        operation,
                        tag: source.tags.first().cloned(),
                        has_id: source.operation_id.is_some(),
                    }),
                    Err(reason) => self.skip(&pointer, reason),
                }
            }
        }
        found
    }

    fn operation(
        &mut self,
        path: &str,
        method: &str,
        item: &'d PathItem,
        source: &'d Source,
        pointer: &Pointer,
    ) -> Result<Operation, String> {
        let http = http_method(method)?;
        let id = source
            .operation_id
            .clone()
            .unwrap_or_else(|| format!("{method} {path}"));
        let security = self.security(source, pointer);
        let mut inputs = self.parameters(item, source, pointer, &id);
        let json = self.json_body(source, pointer, &id);
        let form = match &json {
            Some(_) => None,
            None => self.body(source, pointer, &id)?,
        };
        let success = self.success(source, pointer, &id)?;
        inputs.extend(form.iter().flat_map(|form| &form.fields).map(form_input));
        name_inputs(&mut inputs);
        let media = json.as_ref().map(|(_, media)| media.clone());
        let media = media.or_else(|| form.as_ref().map(|_| BodyKind::Form));
        let body = json.map(|(body, _)| body).or_else(|| form?.into_argument());
        let paging = match &success {
            Success::Json(answer) => pages::mark(self.drafts, answer, &inputs),
            Success::Empty => None,
        };
        let mut operation = Operation {
            method: names::single(&Words::of(&id).snake()),
            request: names::single("Request"),
            id,
            http,
            path: path.to_owned(),
            docs: description(source),
            errors: self.errors(source),
            see: source.external_docs.as_ref().map(|docs| docs.url.clone()),
            deprecated: source.deprecated,
            inputs,
            body,
            media,
            success,
            security,
            server: None,
            paging,
            examples: Vec::new(),
            role: examples::role(self.document, source),
        };
        operation.examples = examples::of(self.document, self.drafts, source, &operation);
        Ok(operation)
    }

    fn body(
        &mut self,
        source: &'d Source,
        pointer: &Pointer,
        id: &str,
    ) -> Result<Option<Form>, String> {
        let Some(reference) = &source.request_body else {
            return Ok(None);
        };
        let document = self.document;
        let Some(body) = document.request_body(reference) else {
            return Ok(None);
        };
        let Some(media) = form_media(body) else {
            let names: Vec<&str> = body.content.keys().map(String::as_str).collect();
            return Err(format!(
                "its body is sent as {}, not as a form",
                names.join(" or ")
            ));
        };
        let Some(schema) = &media.schema else {
            return Ok(Some(Form::default()));
        };
        let site = Site::new(
            pointer.child("requestBody"),
            parameter_parent(&Words::of(id)),
            "",
        );
        let mut form = self.form(schema, &media.encoding, &site);
        form.required |= body.required;
        Ok(Some(form))
    }

    fn success(
        &mut self,
        source: &'d Source,
        pointer: &Pointer,
        id: &str,
    ) -> Result<Success, String> {
        let document = self.document;
        let mut answers: Vec<Success> = Vec::new();
        for (status, response) in &source.responses.responses {
            let is_success = match status {
                StatusCode::Code(code) => (200..300).contains(code),
                StatusCode::Range(range) => *range == 2,
            };
            let Some(response) = document.response(response).filter(|_| is_success) else {
                continue;
            };
            let pointer = pointer.child("responses").child(&status.to_string());
            let answer = self.answer(response, &pointer, id)?;
            if !answers.contains(&answer) {
                answers.push(answer);
            }
        }
        let mut answers = answers.into_iter();
        match (answers.next(), answers.next()) {
            (None, _) => Ok(Success::Empty),
            (Some(only), None) => Ok(only),
            (Some(_), Some(_)) => Err("its successes answer with different types".to_owned()),
        }
    }

    fn answer(
        &mut self,
        response: &'d Response,
        pointer: &Pointer,
        id: &str,
    ) -> Result<Success, String> {
        if response.content.is_empty() {
            return Ok(Success::Empty);
        }
        let Some((name, media)) = response.content.iter().find(|(name, _)| is_json(name)) else {
            let names: Vec<&str> = response.content.keys().map(String::as_str).collect();
            return Err(format!(
                "it answers with {}, not with JSON",
                names.join(" or ")
            ));
        };
        let Some(schema) = &media.schema else {
            return Ok(Success::Json(Type::Json));
        };
        let pointer = pointer.child("content").child(name).child("schema");
        let title = self
            .document
            .schema(schema)
            .and_then(|(_, schema)| schema.schema_data.title.clone());
        let own = title.unwrap_or_else(|| format!("{id} response"));
        let site = Site::new(pointer, Words::default(), &own).qualified(Words::of(id));
        let ty = self.value_type(schema, &site, Use::Json);
        let resolved = self.document.schema(schema).map(|(_, schema)| schema);
        Ok(Success::Json(self.or_null(ty, resolved, Use::Json)))
    }

    fn errors(&self, source: &Source) -> Vec<(String, String)> {
        let mut errors = Vec::new();
        for (status, response) in &source.responses.responses {
            let is_success = matches!(status, StatusCode::Code(200..300) | StatusCode::Range(2));
            if let Some(response) = self.document.response(response).filter(|_| !is_success) {
                errors.push((status.to_string(), response.description.clone()));
            }
        }
        errors
    }
}

fn http_method(method: &str) -> Result<Method, String> {
    Ok(match method {
        "get" => Method::Get,
        "put" => Method::Put,
        "post" => Method::Post,
        "delete" => Method::Delete,
        "options" => Method::Options,
        "head" => Method::Head,
        "patch" => Method::Patch,
        "trace" => Method::Trace,
        other => return Err(format!("`{other}` is no HTTP method of OpenAPI")),
    })
}

fn form_input(field: &crate::model::FormField) -> Input {
    Input {
        wire: field.wire.clone(),
        name: field.name.clone(),
        position: Position::Form,
        style: field.style,
        ty: field.ty.clone(),
        required: field.required,
        docs: field.docs.clone(),
        rules: field.rules.clone(),
        default: field.default.clone(),
        deprecated: field.deprecated,
    }
}

/// The part of a body that is a form.
pub(crate) fn form_media(body: &RequestBody) -> Option<&MediaType> {
    body.content
        .iter()
        .find(|(name, _)| essence(name) == FORM)
        .map(|(_, media)| media)
}

/// A media type without its parameters, in lower case.
pub(crate) fn essence(media_type: &str) -> String {
    media_type
        .split(';')
        .next()
        .unwrap_or_default()
        .trim()
        .to_ascii_lowercase()
}

pub(crate) fn is_json(media_type: &str) -> bool {
    let essence = essence(media_type);
    essence == "application/json" || essence.ends_with("+json")
}

fn description(source: &Source) -> String {
    let summary = source.summary.as_deref().unwrap_or_default().trim();
    let description = source.description.as_deref().unwrap_or_default().trim();
    if description.is_empty() || description.starts_with(summary) {
        return if description.is_empty() {
            summary.to_owned()
        } else {
            description.to_owned()
        };
    }
    if summary.is_empty() {
        description.to_owned()
    } else {
        format!("{summary}\n\n{description}")
    }
}
