//! Takes the text of an OpenAPI document, gives its operations with their validators; must never use the generator's reading of it.

use std::collections::BTreeMap;

use jsonschema::Validator;
use serde_json::Value;

use super::Problem;
use super::schema::Schemas;

/// One OpenAPI document, ready to check requests and answers.
pub(super) struct Document {
    /// Scheme and host of its server.
    pub(super) origin: String,
    pub(super) operations: Vec<Operation>,
    /// The form fields that each push service takes, by the value of the discriminator.
    pub(super) fields_of_types: BTreeMap<String, Vec<String>>,
}

/// One operation of a document.
pub(super) struct Operation {
    pub(super) id: String,
    pub(super) method: String,
    pub(super) path: String,
    pub(super) parameters: Vec<Parameter>,
    pub(super) form: Option<Form>,
    /// By status; `default` where the document has one.
    pub(super) responses: BTreeMap<String, Response>,
    /// The logins that are right for it; empty where none is needed.
    pub(super) logins: Vec<Login>,
}

/// A way to log in.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Login {
    Basic,
    /// A token of the token endpoint.
    Bearer,
}

/// A parameter in a path or query.
pub(super) struct Parameter {
    pub(super) name: String,
    pub(super) place: String,
    pub(super) required: bool,
    pub(super) kind: Kind,
    pub(super) validator: Validator,
}

/// A form: one variant, or several that a discriminator tells apart.
pub(super) struct Form {
    pub(super) required: bool,
    pub(super) discriminator: Option<String>,
    /// By the value of the discriminator; the only one has an empty name.
    pub(super) variants: BTreeMap<String, Variant>,
    pub(super) whole: Validator,
    pub(super) examples: Vec<(String, Value)>,
}

/// The fields of a form and what they have to fulfil.
pub(super) struct Variant {
    pub(super) fields: BTreeMap<String, Kind>,
    pub(super) validator: Validator,
}

/// What the text of a parameter or field stands for.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Kind {
    Boolean,
    Integer,
    Text,
}

/// What a document says of one answer.
pub(super) struct Response {
    pub(super) headers: BTreeMap<String, Validator>,
    /// None if the answer has no body.
    pub(super) body: Option<Validator>,
    pub(super) examples: Vec<(String, Value)>,
}

/// The value that a node is or refers to.
pub(super) fn resolve<'a>(root: &'a Value, node: &'a Value) -> Result<&'a Value, Problem> {
    let Some(reference) = node.get("$ref").and_then(Value::as_str) else {
        return Ok(node);
    };
    reference
        .strip_prefix('#')
        .and_then(|pointer| root.pointer(pointer))
        .ok_or_else(|| Problem::new(format!("{reference} leads nowhere")))
}

impl Document {
    pub(super) fn read(text: &str) -> Result<Self, Problem> {
        let root: Value = serde_yaml::from_str(text)
            .map_err(|error| Problem::new(format!("not YAML: {error}")))?;
        let reader = Reader {
            schemas: Schemas::new(&root),
            root: &root,
        };
        let origin = text_of(&root, "/servers/0/url")?
            .trim_end_matches('/')
            .to_owned();
        let mut operations = Vec::new();
        for (path, item) in members(root.get("paths")) {
            for (method, operation) in members(Some(item)) {
                if ["get", "post", "put", "patch", "delete"].contains(&method.as_str()) {
                    operations.push(reader.operation(path, item, method, operation)?);
                }
            }
        }
        let fields_of_types = operations
            .iter()
            .filter_map(|operation| operation.form.as_ref())
            .filter(|form| form.discriminator.is_some())
            .flat_map(|form| &form.variants)
            .map(|(name, variant)| (name.clone(), variant.fields.keys().cloned().collect()))
            .collect();
        Ok(Self {
            origin,
            operations,
            fields_of_types,
        })
    }
}

struct Reader<'a> {
    root: &'a Value,
    schemas: Schemas,
}

impl Reader<'_> {
    fn operation(
        &self,
        path: &str,
        item: &Value,
        method: &str,
        node: &Value,
    ) -> Result<Operation, Problem> {
        let mut parameters = Vec::new();
        for parameter in elements(item.get("parameters")).chain(elements(node.get("parameters"))) {
            parameters.push(self.parameter(parameter)?);
        }
        let form = node
            .get("requestBody")
            .map(|body| self.form(body))
            .transpose()?;
        let mut responses = BTreeMap::new();
        for (status, response) in members(node.get("responses")) {
            responses.insert(status.clone(), self.response(response)?);
        }
        Ok(Operation {
            id: text_of(node, "/operationId")?.to_owned(),
            method: method.to_ascii_uppercase(),
            path: path.to_owned(),
            parameters,
            form,
            responses,
            logins: self.logins(node)?,
        })
    }

    fn logins(&self, operation: &Value) -> Result<Vec<Login>, Problem> {
        let security = operation
            .get("security")
            .or_else(|| self.root.get("security"));
        let names = elements(security).flat_map(|one| members(Some(one)));
        names
            .map(|(name, _)| {
                let pointer = format!("/components/securitySchemes/{name}");
                let scheme = |key: &str| text_of(self.root, &format!("{pointer}/{key}"));
                let tokens = scheme("flows/clientCredentials/tokenUrl");
                match (scheme("type")?, tokens) {
                    ("oauth2", Ok(url)) if url.ends_with(super::TOKEN_PATH) => Ok(Login::Bearer),
                    ("http", _) if scheme("scheme")?.eq_ignore_ascii_case("basic") => {
                        Ok(Login::Basic)
                    }
                    _ => Err(Problem::new(format!("the login {name} is not played here"))),
                }
            })
            .collect()
    }

    fn parameter(&self, node: &Value) -> Result<Parameter, Problem> {
        let node = resolve(self.root, node)?;
        let schema = node.get("schema").unwrap_or(&Value::Null);
        Ok(Parameter {
            name: text_of(node, "/name")?.to_owned(),
            place: text_of(node, "/in")?.to_owned(),
            required: is_true(node.get("required")),
            kind: self.kind(schema)?,
            validator: self.schemas.validator(schema)?,
        })
    }

    fn kind(&self, schema: &Value) -> Result<Kind, Problem> {
        let mut schema = resolve(self.root, schema)?;
        // A description beside a reference needs this form.
        if let Some([only]) = schema
            .get("allOf")
            .and_then(Value::as_array)
            .map(Vec::as_slice)
        {
            schema = resolve(self.root, only)?;
        }
        match schema.get("type").and_then(Value::as_str) {
            Some("boolean") => Ok(Kind::Boolean),
            Some("integer") => Ok(Kind::Integer),
            Some("string") => Ok(Kind::Text),
            other => Err(Problem::new(format!(
                "{other:?} is no type of a parameter here"
            ))),
        }
    }

    fn form(&self, node: &Value) -> Result<Form, Problem> {
        let node = resolve(self.root, node)?;
        let reference = node
            .pointer("/content/application~1x-www-form-urlencoded/schema")
            .ok_or_else(|| Problem::new("a request body that is not a form"))?;
        let schema = resolve(self.root, reference)?;
        let mut variants = BTreeMap::new();
        let discriminator = schema.get("discriminator");
        for (value, target) in members(discriminator.and_then(|node| node.get("mapping"))) {
            variants.insert(
                value.clone(),
                self.variant(&serde_json::json!({ "$ref": target }))?,
            );
        }
        if discriminator.is_none() {
            variants.insert(String::new(), self.variant(reference)?);
        }
        Ok(Form {
            required: is_true(node.get("required")),
            discriminator: discriminator
                .map(|node| text_of(node, "/propertyName").map(str::to_owned))
                .transpose()?,
            variants,
            whole: self.schemas.validator(reference)?,
            examples: examples(node.pointer("/content/application~1x-www-form-urlencoded")),
        })
    }

    fn variant(&self, reference: &Value) -> Result<Variant, Problem> {
        let mut fields = BTreeMap::new();
        for (name, schema) in members(resolve(self.root, reference)?.get("properties")) {
            fields.insert(name.clone(), self.kind(schema)?);
        }
        Ok(Variant {
            fields,
            validator: self.schemas.validator(reference)?,
        })
    }

    fn response(&self, node: &Value) -> Result<Response, Problem> {
        let node = resolve(self.root, node)?;
        let mut headers = BTreeMap::new();
        for (name, header) in members(node.get("headers")) {
            let schema = resolve(self.root, header)?
                .get("schema")
                .unwrap_or(&Value::Null);
            headers.insert(name.to_ascii_lowercase(), self.schemas.validator(schema)?);
        }
        let body = node
            .pointer("/content/application~1json/schema")
            .map(|schema| self.schemas.validator(schema))
            .transpose()?;
        Ok(Response {
            headers,
            body,
            examples: examples(node.pointer("/content/application~1json")),
        })
    }
}

/// The examples of a media type by name; a single one has an empty name.
fn examples(media: Option<&Value>) -> Vec<(String, Value)> {
    let single = media.and_then(|node| node.get("example"));
    members(media.and_then(|node| node.get("examples")))
        .filter_map(|(name, node)| Some((name.clone(), node.get("value")?.clone())))
        .chain(single.map(|value| (String::new(), value.clone())))
        .collect()
}

fn members(node: Option<&Value>) -> impl Iterator<Item = (&String, &Value)> {
    node.and_then(Value::as_object).into_iter().flatten()
}

fn elements(node: Option<&Value>) -> impl Iterator<Item = &Value> {
    node.and_then(Value::as_array).into_iter().flatten()
}

fn is_true(node: Option<&Value>) -> bool {
    node == Some(&Value::Bool(true))
}

fn text_of<'a>(node: &'a Value, pointer: &str) -> Result<&'a str, Problem> {
    node.pointer(pointer)
        .and_then(Value::as_str)
        .ok_or_else(|| Problem::new(format!("no text at {pointer}")))
}
