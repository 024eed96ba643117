//! Takes the value of a variant as generated code declares it; gives the value and what is said of it; must never show one that would not be read as it is.

/// The value of a variant on the wire.
macro_rules! wire_value {
    (($value:expr, $docs:expr)) => {
        $value
    };
    ($value:expr) => {
        $value
    };
}

/// What documentation says of it: the value itself, unless that would not be read as it is.
macro_rules! wire_docs {
    (($value:expr, $docs:expr)) => {
        $docs
    };
    ($value:expr) => {
        concat!("`", $value, "`")
    };
}

pub(crate) use {wire_docs, wire_value};
