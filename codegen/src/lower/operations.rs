//! Takes the paths of a document and gives its operations; what it can't express it must leave out with a reason, never in silence.

use openapiv3::{MediaType, Operation as Source, PathItem, RequestBody, Response, StatusCode};

use super::bodies::Body;
use super::media::{essence, is_json};
use super::names;
use super::parameters::name_inputs;
use super::servers::Servers;
use super::site::Site;
use super::types::Use;
use super::words::Words;
use super::{Lowering, examples, pages};
use crate::model::{Method, Operation, Success, Type};
use crate::source::Pointer;

/// An operation and what its resource is made of.
#[derive(Debug)]
pub(crate) struct Found {
    pub(crate) operation: Operation,
    pub(crate) tag: Option<String>,
    /// Whether the document gives it an id.
    pub(crate) has_id: bool,
    /// What tells it apart from the operation that it is a variant of.
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
                let operations = match self.variants(path, method, item, source, &pointer) {
                    Ok(operations) => operations,
                    Err(reason) => {
                        self.skip(&pointer, reason);
                        continue;
                    }
                };
                for (operation, suffix) in operations {
                    found.push(Found {
                        servers: self.servers_of(servers, item, source, &pointer),
                        operation,
                        tag: source.tags.first().cloned(),
                        has_id: source.operation_id.is_some(),
                        suffix,
                    });
                }
            }
        }
        found
    }

    /// An operation for each kind of body that it takes, and what tells them apart.
    fn variants(
        &mut self,
        path: &str,
        method: &str,
        item: &'d PathItem,
        source: &'d Source,
        pointer: &Pointer,
    ) -> Result<Vec<(Operation, &'static str)>, String> {
        let (base, bodies) = self.operation(path, method, item, source, pointer)?;
        let mut bodies = bodies.into_iter();
        let first = bodies.next();
        let mut all = vec![(self.with_body(base.clone(), first, source), "")];
        for body in bodies {
            let suffix = body.suffix;
            let mut variant = self.with_body(base.clone(), Some(body), source);
            variant.variant = true;
            // What it answers is shown by the operation that it is a variant of.
            variant.examples.clear();
            all.push((variant, suffix));
        }
        Ok(all)
    }

    fn with_body(
        &mut self,
        mut operation: Operation,
        body: Option<Body>,
        source: &'d Source,
    ) -> Operation {
        if let Some(body) = body {
            operation.inputs.extend(body.inputs);
            operation.body = body.argument;
            operation.media = Some(body.kind);
        }
        name_inputs(&mut operation.inputs);
        if let Success::Json(answer) = &operation.success {
            operation.paging = pages::mark(self.drafts, answer, &operation.inputs);
        }
        operation.examples = examples::of(self.document, self.drafts, source, &operation);
        operation
    }

    /// An operation without its body, and the bodies that it may have.
    fn operation(
        &mut self,
        path: &str,
        method: &str,
        item: &'d PathItem,
        source: &'d Source,
        pointer: &Pointer,
    ) -> Result<(Operation, Vec<Body>), String> {
        let http = http_method(method)?;
        let id = source
            .operation_id
            .clone()
            .unwrap_or_else(|| format!("{method} {path}"));
        let security = self.security(source, pointer);
        let inputs = self.parameters(item, source, pointer, &id);
        let bodies = self.bodies(source, pointer, &id);
        let success = self.success(source, pointer, &id)?;
        let operation = Operation {
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
            body: None,
            media: None,
            variant: false,
            success,
            security,
            server: None,
            paging: None,
            examples: Vec::new(),
            role: examples::role(self.document, source),
        };
        Ok((operation, bodies))
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

/// The part of a body that is a form.
pub(crate) fn form_media(body: &RequestBody) -> Option<&MediaType> {
    body.content
        .iter()
        .find(|(name, _)| essence(name) == "application/x-www-form-urlencoded")
        .map(|(_, media)| media)
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
