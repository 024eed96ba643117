//! Takes the paths of a document and gives its operations; what it can't express it must leave out with a reason, never in silence.

use openapiv3::{MediaType, Operation as Source, PathItem, RequestBody};

use super::answers::Reading;
use super::forms::{self, Form};
use super::names;
use super::parameters::{name_inputs, parameter_parent};
use super::servers::Servers;
use super::site::Site;
use super::statuses;
pub(crate) use super::statuses::essence;
use super::words::Words;
use super::{Lowering, examples, pages};
use crate::model::{BodyKind, Input, Method, Operation, Position, Success};
use crate::source::Pointer;

const FORM: &str = "application/x-www-form-urlencoded";

/// An operation and what its resource is made of.
#[derive(Debug)]
pub(crate) struct Found {
    pub(crate) operation: Operation,
    pub(crate) tag: Option<String>,
    /// Whether the document gives it an id.
    pub(crate) has_id: bool,
    /// What tells its method apart from another one of the same operation.
    pub(crate) suffix: &'static str,
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
                    Ok(operations) => {
                        let servers = self.servers_of(servers, item, source, &pointer);
                        found.extend(operations.into_iter().map(|(operation, suffix)| Found {
                            servers,
                            operation,
                            suffix,
                            tag: source.tags.first().cloned(),
                            has_id: source.operation_id.is_some(),
                        }));
                    }
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
    ) -> Result<Vec<(Operation, &'static str)>, String> {
        let http = http_method(method)?;
        let id = source
            .operation_id
            .clone()
            .unwrap_or_else(|| format!("{method} {path}"));
        let security = self.security(source, pointer);
        let mut inputs = self.parameters(item, source, pointer, &id)?;
        let json = self.json_body(source, pointer, &id);
        let form = match &json {
            Some(_) => None,
            None => self.body(source, pointer, &id)?,
        };
        inputs.extend(form.iter().flat_map(|form| &form.fields).map(form_input));
        name_inputs(&mut inputs);
        let media = json.as_ref().map(|(_, media)| media.clone());
        let media = media.or_else(|| form.as_ref().map(|_| BodyKind::Form));
        let body = json.map(|(body, _)| body).or_else(|| form?.into_argument());
        let readings = self.readings(source, pointer, &id, http);
        let operation = Operation {
            method: names::single(&Words::of(&id).snake()),
            request: names::single("Request"),
            answer: names::single("Answer"),
            errors: self.failures(source, pointer, &id),
            headers: self.headers(&self.successes(source, pointer, &id), &id),
            id: id.clone(),
            http,
            path: path.to_owned(),
            docs: description(source),
            see: source.external_docs.as_ref().map(|docs| docs.url.clone()),
            deprecated: source.deprecated,
            inputs,
            body,
            media,
            success: Success::Empty,
            accept: None,
            is_second: false,
            security,
            server: None,
            paging: None,
            examples: Vec::new(),
            role: examples::role(self.document, source),
        };
        let readings = readings.into_iter();
        let operations = readings.map(|reading| self.read_as(&operation, source, reading));
        Ok(operations.collect())
    }

    /// The operation in one of the ways to call it.
    fn read_as(
        &mut self,
        operation: &Operation,
        source: &Source,
        reading: Reading,
    ) -> (Operation, &'static str) {
        let mut operation = operation.clone();
        operation.paging = match &reading.success {
            Success::Json(answer) => pages::mark(self.drafts, answer, &operation.inputs),
            _ => None,
        };
        operation.success = reading.success;
        operation.accept = reading.accept;
        operation.is_second = !reading.suffix.is_empty();
        operation.examples = examples::of(self.document, self.drafts, source, &operation);
        (operation, reading.suffix)
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
        let form = self.form(schema, &site)?;
        if form
            .fields
            .iter()
            .any(|field| !forms::fits_in_a_form(&field.ty))
        {
            return Err("its form has a field that is a map".to_owned());
        }
        Ok(Some(form))
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

pub(crate) fn is_json(media_type: &str) -> bool {
    statuses::kind(media_type) == statuses::Kind::Json
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
