//! Takes an enum of alternatives that generated code declares; makes it of any of them; must never guess which one is meant.

/// Makes an enum of what its variants hold.
macro_rules! made_of {
    ($name:ident { $($variant:ident($held:ty)),* $(,)? }) => {
        $(impl From<$held> for $name {
            fn from(value: $held) -> Self {
                Self::$variant(::core::convert::Into::into(value))
            }
        })*
    };
}

pub(crate) use made_of;
