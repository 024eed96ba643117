//! Takes newtypes and enums of a client that sends no JSON; gives them nothing, so that they are declared as in any other; must never be carried together with `to_json.rs`.

/// Nothing, as no body has it.
macro_rules! newtype_to_json {
    ($name:ident) => {};
}

/// Nothing, as no body has it.
macro_rules! enum_to_json {
    ($name:ident) => {};
}

/// Nothing, as no body has it.
macro_rules! number_to_json {
    ($name:ident) => {};
}

pub(crate) use {enum_to_json, newtype_to_json, number_to_json};
