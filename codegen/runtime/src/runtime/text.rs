//! Takes a newtype or an enum that generated code declares; gives it the traits that text has; must never refuse or change a value that a response holds.

/// Completes a newtype of text that has a pattern: strict from users, lenient from responses. Its examples call it by the path.
macro_rules! text_newtype {
    (
        $(#[doc = $doc:literal])*
        $(#[deprecated = $why:literal])?
        #[text($path:literal)]
        $vis:vis struct $name:ident($storage:ty $(,)?);

        const PATTERN: $pattern:ty = $value:expr;
    ) => {
        $(#[doc = $doc])*
        $(#[deprecated = $why])?
        #[derive(Clone, Eq, Hash, Ord, PartialEq, PartialOrd)]
        $vis struct $name($storage);

        impl $name {
            const PATTERN: $pattern = $value;

            /// The text.
            ///
            /// # Example
            ///
            /// ```
            #[doc = concat!("# fn example(value: ", $path, ") {")]
            /// assert_eq!(value.as_str(), value.to_string());
            /// # }
            /// ```
            #[must_use]
            pub fn as_str(&self) -> &str {
                ::core::convert::AsRef::<str>::as_ref(&self.0)
            }

            /// Whether the text has the form that the API documents. Text of another form is refused, but
            /// a value that the API answers is kept as it is.
            ///
            /// # Example
            ///
            /// ```
            #[doc = concat!("# fn example(value: ", $path, ") {")]
            /// if !value.is_valid() {
            ///     println!("{value} is of a new form");
            /// }
            /// # }
            /// ```
            #[must_use]
            pub fn is_valid(&self) -> bool {
                Self::PATTERN.matches(self.as_str())
            }

            fn parse_strictly(text: &str) -> Result<Self, $crate::runtime::InvalidValue> {
                if Self::PATTERN.matches(text) {
                    Ok(Self(text.into()))
                } else {
                    Err($crate::runtime::InvalidValue::new(
                        stringify!($name),
                        &Self::PATTERN,
                        text,
                    ))
                }
            }
        }

        impl ::core::fmt::Debug for $name {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                ::core::fmt::Debug::fmt(self.as_str(), f)
            }
        }

        impl ::core::str::FromStr for $name {
            type Err = $crate::runtime::InvalidValue;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Self::parse_strictly(text)
            }
        }

        impl TryFrom<&str> for $name {
            type Error = $crate::runtime::InvalidValue;

            fn try_from(text: &str) -> Result<Self, Self::Error> {
                Self::parse_strictly(text)
            }
        }

        impl TryFrom<&String> for $name {
            type Error = $crate::runtime::InvalidValue;

            fn try_from(text: &String) -> Result<Self, Self::Error> {
                Self::parse_strictly(text)
            }
        }

        impl TryFrom<String> for $name {
            type Error = $crate::runtime::InvalidValue;

            fn try_from(text: String) -> Result<Self, Self::Error> {
                Self::parse_strictly(&text)
            }
        }

        impl From<&Self> for $name {
            fn from(value: &Self) -> Self {
                value.clone()
            }
        }

        impl<'de> ::serde::Deserialize<'de> for $name {
            fn deserialize<D: ::serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                $crate::runtime::read_text(from, stringify!($name), |text| Self(text.into()))
            }
        }

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

        impl $crate::runtime::Parameter for $name {
            fn write(&self, sink: &mut $crate::runtime::Sink<'_>) {
                if self.is_valid() {
                    sink.text(self.as_str());
                } else {
                    sink.invalid(&$crate::runtime::InvalidValue::new(
                        stringify!($name),
                        &Self::PATTERN,
                        self.as_str(),
                    ));
                }
            }
        }

        $crate::runtime::text_traits!($name);
    };
}

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

/// An enum of known texts, and one variant that keeps any other. Its examples call it by the path.
macro_rules! open_enum {
    (
        $(#[doc = $doc:literal])*
        $(#[deprecated = $why:literal])?
        #[open($unknown:ident, $path:literal)]
        $vis:vis enum $name:ident {
            $($(#[doc = $about:literal])* $variant:ident = $wire:tt),* $(,)?
        }
    ) => {
        $(#[doc = $doc])*
        $(#[deprecated = $why])?
        #[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
        #[non_exhaustive]
        $vis enum $name {
            $(
                $(#[doc = $about])*
                #[doc = ""]
                #[doc = $crate::runtime::wire_docs!($wire)]
                $variant,
            )*
            /// A value that the list does not have: the API may add values at any time. It is kept,
            /// and sent back as it is.
            $unknown(Box<str>),
        }

        impl $name {
            const VALUES: &'static [(&'static str, Self)] =
                &[$(($crate::runtime::wire_value!($wire), Self::$variant)),*];

            /// The text that the API uses for it.
            ///
            /// # Example
            ///
            /// ```
            #[doc = concat!("# fn example(value: ", $path, ") {")]
            /// println!("{}", value.as_str());
            /// # }
            /// ```
            #[must_use]
            pub fn as_str(&self) -> &str {
                match self {
                    Self::$unknown(text) => text,
                    known => Self::VALUES
                        .iter()
                        .find_map(|(text, value)| (value == known).then_some(*text))
                        .unwrap_or_default(),
                }
            }

            /// Whether the API's document lists the value.
            ///
            /// # Example
            ///
            /// ```
            #[doc = concat!("# fn example(value: ", $path, ") {")]
            /// if !value.is_known() {
            ///     println!("{value} is new");
            /// }
            /// # }
            /// ```
            #[must_use]
            pub const fn is_known(&self) -> bool {
                !matches!(self, Self::$unknown(_))
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                Self::VALUES
                    .iter()
                    .find_map(|(known, value)| (*known == text).then(|| value.clone()))
                    .unwrap_or_else(|| Self::$unknown(text.into()))
            }
        }

        impl From<String> for $name {
            fn from(text: String) -> Self {
                Self::from(text.as_str())
            }
        }

        impl From<&Self> for $name {
            fn from(value: &Self) -> Self {
                value.clone()
            }
        }

        impl ::core::str::FromStr for $name {
            type Err = ::core::convert::Infallible;

            // Not `Self::Err`: a value may be called so.
            fn from_str(text: &str) -> Result<Self, ::core::convert::Infallible> {
                Ok(Self::from(text))
            }
        }

        impl<'de> ::serde::Deserialize<'de> for $name {
            fn deserialize<D: ::serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                $crate::runtime::read_text(from, stringify!($name), |text| Self::from(text))
            }
        }

        impl $crate::runtime::ToJson for $name {
            fn write(&self, json: &mut $crate::runtime::JsonWriter<'_>) {
                json.text(self.as_str());
            }
        }

        impl $crate::runtime::Parameter for $name {
            fn write(&self, sink: &mut $crate::runtime::Sink<'_>) {
                sink.text(self.as_str());
            }
        }

        $crate::runtime::text_traits!($name);
    };
}

/// The traits that newtypes and enums share.
macro_rules! text_traits {
    ($name:ident) => {
        impl ::core::fmt::Display for $name {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                self.as_str()
            }
        }

        impl PartialEq<str> for $name {
            fn eq(&self, other: &str) -> bool {
                self.as_str() == other
            }
        }

        impl PartialEq<&str> for $name {
            fn eq(&self, other: &&str) -> bool {
                self.as_str() == *other
            }
        }

        impl ::serde::Serialize for $name {
            fn serialize<S: ::serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                to.serialize_str(self.as_str())
            }
        }
    };
}

pub(crate) use {open_enum, text_newtype, text_traits, wire_docs, wire_value};
