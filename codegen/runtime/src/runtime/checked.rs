//! Takes a value as users give it; gives it as its type demands, or what is wrong with it; must never lose the reason.

use crate::runtime::{InvalidValue, Parameter, Sink};

/// What can be given for a `T`: a `T` itself, a reference to one, or text, which is checked before
/// anything is sent.
///
/// # Example
///
/// ```
/// use openapi_client_runtime::IntoChecked;
///
/// fn fits<T>(value: impl IntoChecked<T>) -> bool {
///     value.try_into().is_ok()
/// }
/// # fits::<String>("text");
/// ```
pub trait IntoChecked<T>: TryInto<T, Error: Into<InvalidValue>> {
    /// The value, or why it is none.
    #[doc(hidden)]
    fn checked(self) -> Checked<T>;
}

impl<T, S: TryInto<T, Error: Into<InvalidValue>>> IntoChecked<T> for S {
    fn checked(self) -> Checked<T> {
        match self.try_into() {
            Ok(value) => Checked::Valid(value),
            Err(reason) => Checked::Invalid(reason.into()),
        }
    }
}

/// A value that was checked when it was given. What is wrong with it is said when the request is sent.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Checked<T> {
    /// It is what its type demands.
    Valid(T),
    /// It is not.
    Invalid(InvalidValue),
    /// Nothing was given.
    #[default]
    Missing,
}

impl<T: Parameter> Parameter for Checked<T> {
    fn write(&self, sink: &mut Sink<'_>) {
        match self {
            Self::Valid(value) => value.write(sink),
            Self::Invalid(reason) => sink.invalid(reason),
            Self::Missing => {}
        }
    }
}
