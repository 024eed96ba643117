//! Takes newtypes and enums that generated code declares; gives them a way into bodies of JSON; must never let a value pass that breaks a rule of the document.

/// Sends a newtype of text that has a pattern.
macro_rules! newtype_to_json {
    ($name:ident) => {
        impl $crate::runtime::ToJson for $name {
            fn write(&self, json: &mut $crate::runtime::JsonWriter<'_>) {
                if self.is_valid() {
                    json.text(self.as_str());
                } else {
                    json.invalid(&$crate::runtime::InvalidValue::new(
                        stringify!($name),
                        &Self::PATTERN,
                        self.as_str(),
                    ));
                }
            }
        }
    };
}

/// Sends an enum of texts.
macro_rules! enum_to_json {
    ($name:ident) => {
        impl $crate::runtime::ToJson for $name {
            fn write(&self, json: &mut $crate::runtime::JsonWriter<'_>) {
                json.text(self.as_str());
            }
        }
    };
}

/// Sends an enum of whole numbers.
macro_rules! number_to_json {
    ($name:ident) => {
        impl $crate::runtime::ToJson for $name {
            fn write(&self, json: &mut $crate::runtime::JsonWriter<'_>) {
                json.integer(i128::from(self.as_i64()));
            }
        }
    };
}

pub(crate) use {enum_to_json, newtype_to_json, number_to_json};
