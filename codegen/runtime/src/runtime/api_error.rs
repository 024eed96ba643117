//! Takes the body of an error response; gives what the API says in it; must never fail on a body that isn't the API's.

use crate::runtime::ErrorShape;
use crate::runtime::error::make_printable;
use crate::runtime::redact::Redactor;
use serde_json::{Map, Value};

/// What the API says about an error, in its own words.
///
/// # Example
///
/// ```
/// # fn example(error: openapi_client_runtime::Error) {
/// if let Some(said) = error.api_error() {
///     println!("{:?}: {}", said.code(), said.message());
/// }
/// # }
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct ApiError {
    code: Option<i64>,
    message: String,
    more_info: Option<String>,
    details: Value,
}

impl ApiError {
    /// The API's own number for the error, which is not the HTTP status.
    ///
    /// # Example
    ///
    /// ```
    /// # fn example(error: openapi_client_runtime::Error) {
    /// if let Some(said) = error.api_error() {
    ///     println!("{}", said.code().unwrap_or_default());
    /// }
    /// # }
    /// ```
    #[must_use]
    pub fn code(&self) -> Option<i64> {
        self.code
    }

    /// What went wrong, for people; empty when the API gave a code alone.
    ///
    /// # Example
    ///
    /// ```
    /// # fn example(error: openapi_client_runtime::Error) {
    /// if let Some(said) = error.api_error() {
    ///     println!("{}", said.message());
    /// }
    /// # }
    /// ```
    #[must_use]
    pub fn message(&self) -> &str {
        &self.message
    }

    /// Where to read more about it.
    ///
    /// # Example
    ///
    /// ```
    /// # fn example(error: openapi_client_runtime::Error) {
    /// if let Some(said) = error.api_error() {
    ///     println!("see {}", said.more_info().unwrap_or("the documentation"));
    /// }
    /// # }
    /// ```
    #[must_use]
    pub fn more_info(&self) -> Option<&str> {
        self.more_info.as_deref()
    }

    /// Anything else that the API says; null when there is nothing.
    ///
    /// # Example
    ///
    /// ```
    /// # fn example(error: openapi_client_runtime::Error) {
    /// if let Some(said) = error.api_error() {
    ///     println!("{}", said.details());
    /// }
    /// # }
    /// ```
    #[must_use]
    pub fn details(&self) -> &Value {
        &self.details
    }

    pub(crate) fn read(body: &[u8], shape: &ErrorShape) -> Option<Self> {
        let Ok(Value::Object(mut object)) = serde_json::from_slice(body) else {
            return None;
        };
        for name in shape.inside {
            if let Some(Value::Object(inner)) = object.get_mut(*name) {
                object = std::mem::take(inner);
                break;
            }
        }
        let code = first(&object, shape.code, integer);
        let message = first(&object, shape.message, text);
        if code.is_none() && message.is_none() {
            return None;
        }
        let more_info = first(&object, shape.more_info, text);
        let details = first(&object, shape.details, |value| Some(value.clone()));
        Some(Self {
            code,
            message: message.unwrap_or_default(),
            more_info: more_info.filter(|link| link != "about:blank"),
            details: details.unwrap_or_default(),
        })
    }

    pub(crate) fn redact(&mut self, redactor: &Redactor) {
        if self
            .code
            .is_some_and(|code| redactor.finds(&code.to_string()))
        {
            self.code = None;
        }
        redactor.clean(&mut self.message, false);
        make_printable(&mut self.message);
        if let Some(link) = &mut self.more_info {
            redactor.clean(link, false);
        }
        redact_value(&mut self.details, redactor);
    }
}

fn first<T>(
    object: &Map<String, Value>,
    names: &[&str],
    read: impl Fn(&Value) -> Option<T>,
) -> Option<T> {
    let found = names.iter().filter_map(|name| object.get(*name));
    found.filter(|value| !value.is_null()).find_map(read)
}

fn text(value: &Value) -> Option<String> {
    value.as_str().map(str::to_owned)
}

fn integer(value: &Value) -> Option<i64> {
    value.as_i64().or_else(|| value.as_str()?.parse().ok())
}

/// As deep as the JSON parser lets values nest, which is 128.
pub(crate) fn redact_value(value: &mut Value, redactor: &Redactor) {
    match value {
        Value::String(text) => redactor.clean(text, false),
        Value::Number(number) => {
            let mut text = number.to_string();
            if redactor.finds(&text) {
                redactor.clean(&mut text, false);
                *value = Value::String(text);
            }
        }
        Value::Array(values) => {
            for value in values {
                redact_value(value, redactor);
            }
        }
        Value::Object(members) => {
            let all = std::mem::take(members);
            for (mut name, mut value) in all {
                redactor.clean(&mut name, false);
                redact_value(&mut value, redactor);
                members.insert(name, value);
            }
        }
        Value::Null | Value::Bool(_) => {}
    }
}
