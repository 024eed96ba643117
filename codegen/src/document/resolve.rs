//! Takes a reference of a checked document and gives what it refers to; it must never follow more references than there are components.

use std::borrow::Cow;

use indexmap::IndexMap;
use openapiv3::{
    Components, Example, Header, Parameter, ReferenceOr, RequestBody, Response, Schema,
    SecurityScheme,
};

use super::Document;
use crate::source::unescape;

/// A schema and, if it is a component, its name.
pub type NamedSchema<'a> = (Option<&'a str>, &'a Schema);

impl Document {
    /// The schema that is meant, and the name of the component that it is. A component that is only another name for one gives the other's name.
    #[must_use]
    pub fn schema<'a>(&'a self, schema: &'a ReferenceOr<Schema>) -> Option<NamedSchema<'a>> {
        match schema {
            ReferenceOr::Item(schema) => Some((None, schema)),
            ReferenceOr::Reference { reference } => self.schema_at(reference),
        }
    }

    /// The same for the boxed schemas of properties and items.
    #[must_use]
    pub fn boxed_schema<'a>(
        &'a self,
        schema: &'a ReferenceOr<Box<Schema>>,
    ) -> Option<NamedSchema<'a>> {
        match schema {
            ReferenceOr::Item(schema) => Some((None, schema)),
            ReferenceOr::Reference { reference } => self.schema_at(reference),
        }
    }

    /// The schema that a `$ref` or a value of a discriminator's mapping names. The latter may be the bare name of a component.
    #[must_use]
    pub fn schema_at<'a>(&'a self, reference: &'a str) -> Option<NamedSchema<'a>> {
        let schemas = &self.components()?.schemas;
        let (name, schema) = component(schemas, "schemas", reference)?;
        Some((Some(name), schema))
    }

    /// The parameter that is meant.
    #[must_use]
    pub fn parameter<'a>(&'a self, parameter: &'a ReferenceOr<Parameter>) -> Option<&'a Parameter> {
        self.object(parameter, "parameters", |components| &components.parameters)
    }

    /// The request body that is meant.
    #[must_use]
    pub fn request_body<'a>(
        &'a self,
        body: &'a ReferenceOr<RequestBody>,
    ) -> Option<&'a RequestBody> {
        self.object(body, "requestBodies", |components| {
            &components.request_bodies
        })
    }

    /// The response that is meant.
    #[must_use]
    pub fn response<'a>(&'a self, response: &'a ReferenceOr<Response>) -> Option<&'a Response> {
        self.object(response, "responses", |components| &components.responses)
    }

    /// The header that is meant.
    #[must_use]
    pub fn header<'a>(&'a self, header: &'a ReferenceOr<Header>) -> Option<&'a Header> {
        self.object(header, "headers", |components| &components.headers)
    }

    /// The example that is meant.
    #[must_use]
    pub fn example<'a>(&'a self, example: &'a ReferenceOr<Example>) -> Option<&'a Example> {
        self.object(example, "examples", |components| &components.examples)
    }

    /// The security scheme of a name, as requirements use it.
    #[must_use]
    pub fn security_scheme<'a>(&'a self, name: &str) -> Option<&'a SecurityScheme> {
        let scheme = self.components()?.security_schemes.get(name)?;
        self.object(scheme, "securitySchemes", |components| {
            &components.security_schemes
        })
    }

    fn components(&self) -> Option<&Components> {
        self.api().components.as_ref()
    }

    fn object<'a, T>(
        &'a self,
        object: &'a ReferenceOr<T>,
        section: &str,
        components: impl Fn(&'a Components) -> &'a IndexMap<String, ReferenceOr<T>>,
    ) -> Option<&'a T> {
        match object {
            ReferenceOr::Item(object) => Some(object),
            ReferenceOr::Reference { reference } => {
                let components = components(self.components()?);
                component(components, section, reference).map(|(_, object)| object)
            }
        }
    }
}

/// Follows a reference, and those that are all a component consists of.
fn component<'a, T>(
    components: &'a IndexMap<String, ReferenceOr<T>>,
    section: &str,
    reference: &str,
) -> Option<(&'a str, &'a T)> {
    let mut reference = reference;
    for _ in 0..=components.len() {
        let (name, component) = components.get_key_value(&*component_name(reference, section))?;
        match component {
            ReferenceOr::Item(object) => return Some((name, object)),
            ReferenceOr::Reference { reference: next } => reference = next,
        }
    }
    None
}

/// The name in `#/components/section/name`, unescaped; of another text the text itself.
fn component_name<'a>(reference: &'a str, section: &str) -> Cow<'a, str> {
    let name = reference
        .strip_prefix("#/components/")
        .and_then(|rest| rest.strip_prefix(section));
    let name = name.and_then(|name| name.strip_prefix('/'));
    unescape(name.unwrap_or(reference))
}
