//! Takes an enum of whole numbers that generated code declares; gives it the traits that numbers have; must never refuse or change a value that a response holds.

/// An enum of known whole numbers, and one variant that keeps any other. Its examples call it by the path.
macro_rules! open_numbers {
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
            $unknown(i64),
        }

        impl $name {
            const VALUES: &'static [(i64, Self)] =
                &[$(($crate::runtime::wire_value!($wire), Self::$variant)),*];

            /// The number that the API uses for it.
            ///
            /// # Example
            ///
            /// ```
            #[doc = concat!("# fn example(value: ", $path, ") {")]
            /// println!("{}", value.as_i64());
            /// # }
            /// ```
            #[must_use]
            pub fn as_i64(&self) -> i64 {
                match self {
                    Self::$unknown(number) => *number,
                    known => Self::VALUES
                        .iter()
                        .find_map(|(number, value)| (value == known).then_some(*number))
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

        impl From<i64> for $name {
            fn from(number: i64) -> Self {
                Self::VALUES
                    .iter()
                    .find_map(|(known, value)| (*known == number).then(|| value.clone()))
                    .unwrap_or(Self::$unknown(number))
            }
        }

        impl From<&Self> for $name {
            fn from(value: &Self) -> Self {
                value.clone()
            }
        }

        impl ::core::fmt::Display for $name {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                ::core::fmt::Display::fmt(&self.as_i64(), f)
            }
        }

        impl<'de> ::serde::Deserialize<'de> for $name {
            fn deserialize<D: ::serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                <i64 as ::serde::Deserialize>::deserialize(from).map(Self::from)
            }
        }

        $crate::runtime::number_to_json!($name);

        impl $crate::runtime::Parameter for $name {
            fn write(&self, sink: &mut $crate::runtime::Sink<'_>) {
                sink.integer(i128::from(self.as_i64()));
            }
        }
    };
}

pub(crate) use open_numbers;
