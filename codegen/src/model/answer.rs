//! What calls are answered with: successes, failures and headers.

use super::{Module, Name, Type};

/// What a success answers.
#[derive(Clone, Debug, PartialEq)]
pub enum Success {
    /// Nothing.
    Empty,
    /// JSON.
    Json(Type),
    /// Text that stands for one value.
    Plain(Type),
    /// Text.
    Text,
    /// Bytes, as they come.
    Bytes,
    /// Server-sent events, as they come.
    Events(Type, EventForm),
    /// JSON, one value a line, as they come.
    Lines(Type),
    /// This, or nothing.
    Optional(Box<Success>),
    /// One of several.
    OneOf(Vec<Answer>),
}

/// What is read of an event.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum EventForm {
    /// Its data, which is text.
    Text,
    /// Its data, which is JSON.
    Json,
    /// An object of its name, its id and its data.
    Object,
}

/// One of several successes.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// The variant's name.
    pub name: Name,
    /// The statuses that it comes with.
    pub statuses: Statuses,
    /// The media types that tell it apart from others of its status; none for what is left.
    pub media: Vec<String>,
    /// What it is.
    pub success: Success,
    /// What the document says of it.
    pub docs: String,
}

/// The statuses of an answer.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum Statuses {
    /// This one.
    Code(u16),
    /// All that begin with that digit.
    Range(u16),
    /// All others.
    Any,
}

/// An answer that says no.
#[derive(Clone, Debug, PartialEq)]
pub struct Failure {
    /// Its statuses, as the document has them.
    pub status: String,
    /// What it means.
    pub meaning: String,
    /// What its body is, where the document describes it.
    pub ty: Option<Type>,
}

/// The headers that come with an answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Headers {
    /// Each of them.
    pub fields: Vec<HeaderField>,
}

/// A header of an answer.
#[derive(Clone, Debug, PartialEq)]
pub struct HeaderField {
    /// Its name on the wire.
    pub wire: String,
    /// The field's name.
    pub name: Name,
    /// What it holds.
    pub ty: Type,
    /// What the document says of it.
    pub docs: String,
    /// Whether the document advises against it.
    pub deprecated: bool,
}

impl Success {
    /// Every type that is in it.
    #[must_use]
    pub fn types(&self) -> Vec<&Type> {
        let mut types = Vec::new();
        for success in self.leaves() {
            if let Self::Json(ty) | Self::Plain(ty) | Self::Events(ty, _) | Self::Lines(ty) =
                success
            {
                types.push(ty);
            }
        }
        types
    }

    /// The same, to change them.
    pub fn each_type_mut(&mut self, change: &mut dyn FnMut(&mut Type)) {
        match self {
            Self::Json(ty) | Self::Plain(ty) | Self::Events(ty, _) | Self::Lines(ty) => change(ty),
            Self::Optional(inner) => inner.each_type_mut(change),
            Self::OneOf(answers) => answers
                .iter_mut()
                .for_each(|answer| answer.success.each_type_mut(change)),
            Self::Empty | Self::Text | Self::Bytes => {}
        }
    }

    /// What it is made of: itself, or each of those that it is one of.
    #[must_use]
    pub fn leaves(&self) -> Vec<&Self> {
        match self {
            Self::Optional(inner) => inner.leaves(),
            Self::OneOf(answers) => {
                let leaves = answers.iter().flat_map(|answer| answer.success.leaves());
                leaves.collect()
            }
            other => vec![other],
        }
    }

    /// Whether it is given away while it is still coming.
    #[must_use]
    pub fn is_stream(&self) -> bool {
        matches!(self, Self::Bytes | Self::Events(..) | Self::Lines(_))
    }
}

impl Module {
    /// What the crate exports of the runtime because of what answers of the module are.
    #[must_use]
    pub fn exports(&self) -> Vec<&'static str> {
        let operations = || {
            let resources = self.resources.iter();
            resources.flat_map(|resource| &resource.operations)
        };
        let has = |is: fn(&Success) -> bool| {
            let mut all = operations().flat_map(|operation| operation.success.leaves());
            all.any(is)
        };
        let has_events = has(|one| matches!(one, Success::Events(..)));
        let exports = [
            (has(|one| *one == Success::Bytes), "Download"),
            (has_events, "EventStream"),
            (has(|one| matches!(one, Success::Lines(_))), "LineStream"),
            (has_events, "ServerEvent"),
        ];
        exports
            .into_iter()
            .filter_map(|(is, name)| is.then_some(name))
            .collect()
    }

    /// Whether a call of the module gives its answer away while it is coming.
    #[must_use]
    pub fn has_streams(&self) -> bool {
        let resources = self.resources.iter();
        let mut operations = resources.flat_map(|resource| &resource.operations);
        operations.any(|one| one.success.leaves().iter().any(|leaf| leaf.is_stream()))
    }
}
