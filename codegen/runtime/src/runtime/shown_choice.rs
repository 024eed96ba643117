//! Takes an enum of alternatives that generated code declares; gives it a `Debug`; must never show a value that may be a secret.

/// Shows an enum without a value that is none of its alternatives, which may be a secret.
macro_rules! shown_as_held {
    ($name:ident { $($variant:ident),* $(,)? }, $other:ident) => {
        impl ::core::fmt::Debug for $name {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                match self {
                    $(Self::$variant(value) => {
                        f.debug_tuple(stringify!($variant)).field(value).finish()
                    })*
                    Self::$other(_) => f.debug_tuple(stringify!($other)).finish_non_exhaustive(),
                }
            }
        }
    };
}

pub(crate) use shown_as_held;
