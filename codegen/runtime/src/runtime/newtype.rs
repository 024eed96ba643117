//! Takes a newtype of text that generated code declares; gives it the traits that text has; must never refuse or change a value that a response holds.

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

        $crate::runtime::newtype_to_json!($name);

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

pub(crate) use text_newtype;
