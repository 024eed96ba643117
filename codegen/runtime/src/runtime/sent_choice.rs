//! Takes an enum of alternatives that generated code declares; gives it a way into bodies of JSON; must never change what it holds.

/// Sends whatever an enum holds.
macro_rules! sent_as_held {
    ($name:ident { $($variant:ident),* $(,)? }) => {
        impl $crate::runtime::ToJson for $name {
            fn write(&self, json: &mut $crate::runtime::JsonWriter<'_>) {
                match self {
                    $(Self::$variant(value) => $crate::runtime::ToJson::write(value, json),)*
                }
            }
        }
    };
}

pub(crate) use sent_as_held;
