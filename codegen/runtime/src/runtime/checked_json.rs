//! Takes a value that was checked when it was given; gives it to bodies of JSON; must never send one that is not what its type demands.

use crate::runtime::{Checked, JsonWriter, ToJson};

impl<T: ToJson> ToJson for Checked<T> {
    fn is_absent(&self) -> bool {
        matches!(self, Self::Missing)
    }

    fn write(&self, json: &mut JsonWriter<'_>) {
        match self {
            Self::Valid(value) => value.write(json),
            Self::Invalid(reason) => json.invalid(reason),
            Self::Missing => {}
        }
    }
}
