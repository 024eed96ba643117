//! Takes an enum of texts that generated code declares; gives it the traits that text has; must never refuse or change a value that a response holds.

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

        $crate::runtime::enum_to_json!($name);

        impl $crate::runtime::Parameter for $name {
            fn write(&self, sink: &mut $crate::runtime::Sink<'_>) {
                sink.text(self.as_str());
            }
        }

        $crate::runtime::text_traits!($name);
    };
}

pub(crate) use open_enum;
