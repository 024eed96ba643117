//! What lowering makes of the examples of a document and emit writes: calls and values as expressions; it must never hold a token.

use super::{Name, Type, TypeId, Value};

/// An example of the document.
#[derive(Clone, Debug)]
pub struct Example {
    /// Its name, unique in the operation.
    pub name: Name,
    /// The name of its test, unique in the module.
    pub test: Name,
    /// What it shows.
    pub body: ExampleBody,
}

/// What an example shows.
#[derive(Clone, Debug)]
pub enum ExampleBody {
    /// What is sent.
    Sent(Sent),
    /// A success, as it usually is.
    Answer {
        /// What it decodes to.
        ty: Type,
        /// The JSON.
        json: Value,
    },
    /// An answer of another status, or an error.
    OtherAnswer {
        /// What it decodes to.
        ty: Type,
        /// The JSON.
        json: Value,
    },
}

/// A call that sends an example.
#[derive(Clone, Debug)]
pub struct Sent {
    /// What the method takes, in the order of [`super::Operation::arguments`].
    pub arguments: Vec<Shown>,
    /// What is set on the call besides.
    pub setters: Vec<(Name, Shown)>,
    /// The path with its values.
    pub path: String,
    /// What the body is on the wire.
    pub wire: WireBody,
}

/// A body on the wire.
#[derive(Clone, Debug, PartialEq)]
pub enum WireBody {
    /// The pairs of a form, in any order.
    Form(Vec<(String, String)>),
    /// JSON.
    Json(Value),
}

/// A value as an expression of Rust.
#[derive(Clone, Debug, PartialEq)]
pub enum Shown {
    /// True or false.
    Bool(bool),
    /// A whole number.
    Integer(i128),
    /// A floating-point number.
    Number(f64),
    /// A text that the place makes into what it takes.
    Text(String),
    /// A text as a `String`.
    Owned(String),
    /// What a type makes of a text, which is known to be valid.
    Parsed(Type, String),
    /// A value of a list that has a name, made of its text or number.
    Listed(TypeId, Box<Shown>),
    /// Any JSON.
    Json(Value),
    /// Null in the place of that type.
    Null(Type),
    /// A value where null may be.
    Some(Box<Shown>),
    /// Items that the place collects.
    Items(Vec<Shown>),
    /// Items as a `Vec`.
    List(Vec<Shown>),
    /// A list of that type without items.
    Empty(Type),
    /// A map.
    Map(Vec<(String, Shown)>),
    /// A value on the heap.
    Boxed(Box<Shown>),
    /// One of several values.
    Variant(TypeId, Name, Box<Shown>),
    /// What a constructor makes.
    Made(Made),
}

/// A call of a constructor.
#[derive(Clone, Debug, PartialEq)]
pub struct Made {
    /// The type that has the constructor.
    pub id: TypeId,
    /// The constructor.
    pub constructor: Name,
    /// The type of what it makes, which is another for the forms of a union.
    pub gives: TypeId,
    /// What it takes.
    pub arguments: Vec<Shown>,
    /// What is set besides.
    pub setters: Vec<(Name, Shown)>,
}

impl Shown {
    /// Whether a part of it has to be parsed when it runs.
    #[must_use]
    pub fn is_parsed(&self) -> bool {
        match self {
            Self::Parsed(..) | Self::Json(_) => true,
            Self::Listed(_, inner)
            | Self::Some(inner)
            | Self::Boxed(inner)
            | Self::Variant(_, _, inner) => inner.is_parsed(),
            Self::Items(items) | Self::List(items) => items.iter().any(Self::is_parsed),
            Self::Map(entries) => entries.iter().any(|(_, value)| value.is_parsed()),
            Self::Made(made) => {
                let setters = made.setters.iter().map(|(_, value)| value);
                made.arguments.iter().chain(setters).any(Self::is_parsed)
            }
            Self::Bool(_)
            | Self::Integer(_)
            | Self::Number(_)
            | Self::Text(_)
            | Self::Owned(_)
            | Self::Null(_)
            | Self::Empty(_) => false,
        }
    }
}
