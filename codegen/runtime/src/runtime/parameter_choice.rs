//! Takes an enum of alternatives that generated code declares; gives it a way into paths, queries, headers and forms; must never change what it holds.

use crate::runtime::{Parameter, Sink, Structured};

/// Sends whatever an enum holds in a path, a query, a header or a form.
macro_rules! parameter_as_held {
    ($name:ident { $($variant:ident),* $(,)? }) => {
        impl $crate::runtime::Parameter for $name {
            fn write(&self, sink: &mut $crate::runtime::Sink<'_>) {
                match self {
                    $(Self::$variant(value) => $crate::runtime::Parameter::write(value, sink),)*
                }
            }
        }
    };
}

/// What is none of the alternatives.
impl Parameter for serde_json::Value {
    fn write(&self, sink: &mut Sink<'_>) {
        match self {
            Self::Null => {}
            Self::String(text) => sink.text(text),
            other => Parameter::write(&Structured(other), sink),
        }
    }
}

pub(crate) use parameter_as_held;
