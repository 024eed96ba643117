//! Takes an enum of alternatives that generated code declares; gives it a way into bodies of JSON; must never change what it holds.

/// Sends whatever an enum holds; after `as` is what writes it otherwise than it writes itself.
macro_rules! sent_as_held {
    ($name:ident { $($variant:ident $(as $how:path)?),* $(,)? }) => {
        impl $crate::runtime::ToJson for $name {
            fn write(&self, json: &mut $crate::runtime::JsonWriter<'_>) {
                match self {
                    $(Self::$variant(value) => {
                        $crate::runtime::sent_as_held!(@write value, json $(, $how)?);
                    })*
                }
            }
        }
    };
    (@write $value:ident, $json:ident) => {
        $crate::runtime::ToJson::write($value, $json)
    };
    (@write $value:ident, $json:ident, $how:path) => {
        $crate::runtime::ToJson::write(&$how($value), $json)
    };
}

pub(crate) use sent_as_held;
