//! The operations of the API, in groups that share a path.

use std::collections::BTreeMap;

use super::{
    Collection, Example, Failure, Name, Role, Rules, Security, Style, Success, Type, TypeId, Value,
};

/// Operations on one kind of thing: those on `/x` and on `/x/{id}`.
#[derive(Clone, Debug)]
pub struct Resource {
    /// The module and the accessor, such as `credentials`.
    pub module: Name,
    /// The handle, such as `Credentials`.
    pub handle: Name,
    /// The Cargo feature that it is behind, which others may share; none where the API is small.
    pub feature: Option<Name>,
    /// What the document says of it.
    pub docs: String,
    /// Its operations, in the document's order.
    pub operations: Vec<Operation>,
    /// The collections that the operations share, for tests.
    pub collections: Vec<Collection>,
}

/// A request that the API understands.
#[derive(Clone, Debug)]
pub struct Operation {
    /// The document's operation id, or one made of method and path.
    pub id: String,
    /// The handle's method, such as `create`.
    pub method: Name,
    /// What the call sends, such as `CreateRequest`.
    pub request: Name,
    /// The HTTP method.
    pub http: Method,
    /// The path with its parameters in braces.
    pub path: String,
    /// What the document says of it.
    pub docs: String,
    /// Each documented error status, what it means and what its body is.
    pub errors: Vec<Failure>,
    /// A page with more about it.
    pub see: Option<String>,
    /// Whether the document advises against it.
    pub deprecated: bool,
    /// Parameters and form fields, in the order in which they are written.
    pub inputs: Vec<Input>,
    /// A body that is one value.
    pub body: Option<BodyArgument>,
    /// What the body is, where there may be one.
    pub media: Option<BodyKind>,
    /// Whether it is the operation before it with another kind of body.
    pub variant: bool,
    /// What a success answers.
    pub success: Success,
    /// The media types to ask for, where that is not JSON alone.
    pub accept: Option<String>,
    /// Whether it is another operation's second method, which asks for another kind of answer.
    pub is_second: bool,
    /// What the answer is called where it is one of several, such as `CreateAnswer`.
    pub answer: Name,
    /// The struct of the headers that come with the answer.
    pub headers: Option<TypeId>,
    /// Ways to authenticate, any of which will do, each with all that it takes; empty where none is needed.
    /// One that takes nothing comes last.
    pub security: Vec<Vec<Security>>,
    /// The static of its servers, where those are not the module's.
    pub server: Option<Name>,
    /// Set where it answers with pages.
    pub paging: Option<Paging>,
    /// Examples of requests and responses.
    pub examples: Vec<Example>,
    /// What it does to a collection, for tests.
    pub role: Role,
}

impl Operation {
    /// What the method takes, in order: the parameters of the path, the body, then the rest of what is required.
    #[must_use]
    pub fn arguments(&self) -> Vec<Argument<'_>> {
        let of = |in_path: bool| {
            self.inputs
                .iter()
                .filter(move |input| {
                    input.required && (input.position == Position::Path) == in_path
                })
                .map(Argument::Input)
        };
        of(true)
            .chain(
                self.body
                    .iter()
                    .filter(|body| body.required)
                    .map(Argument::Body),
            )
            .chain(of(false))
            .collect()
    }

    /// What may be set on the call.
    pub fn setters(&self) -> impl Iterator<Item = &Input> {
        self.inputs.iter().filter(|input| !input.required)
    }
}

/// An argument of a method that begins a call.
#[derive(Clone, Copy, Debug)]
pub enum Argument<'a> {
    /// A required parameter or form field.
    Input(&'a Input),
    /// The body.
    Body(&'a BodyArgument),
}

impl<'a> Argument<'a> {
    /// What it is called.
    #[must_use]
    pub const fn name(self) -> &'a Name {
        match self {
            Self::Input(input) => &input.name,
            Self::Body(body) => &body.name,
        }
    }

    /// What it holds.
    #[must_use]
    pub const fn ty(self) -> &'a Type {
        match self {
            Self::Input(input) => &input.ty,
            Self::Body(body) => &body.ty,
        }
    }
}

/// The HTTP methods of OpenAPI.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[expect(missing_docs, reason = "each is the HTTP method of its name")]
pub enum Method {
    Get,
    Put,
    Post,
    Delete,
    Options,
    Head,
    Patch,
    Trace,
}

impl Method {
    /// As HTTP spells it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Put => "PUT",
            Self::Post => "POST",
            Self::Delete => "DELETE",
            Self::Options => "OPTIONS",
            Self::Head => "HEAD",
            Self::Patch => "PATCH",
            Self::Trace => "TRACE",
        }
    }
}

/// A parameter or a form field.
#[derive(Clone, Debug)]
pub struct Input {
    /// Its name on the wire.
    pub wire: String,
    /// The argument's or setter's name.
    pub name: Name,
    /// Where it is sent.
    pub position: Position,
    /// How it is written there.
    pub style: Style,
    /// What it holds.
    pub ty: Type,
    /// Whether it must be given.
    pub required: bool,
    /// What the document says of it.
    pub docs: String,
    /// What is checked before sending.
    pub rules: Rules,
    /// What the API assumes where it is not given.
    pub default: Option<Value>,
    /// Whether the document advises against it.
    pub deprecated: bool,
}

/// Where an input is sent.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[expect(missing_docs, reason = "each is the place of its name")]
pub enum Position {
    Path,
    Query,
    Header,
    Cookie,
    Form,
    Part(Part),
}

/// What a part of a body is that has several.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Part {
    /// A plain value, or a part for each of a list.
    Text,
    /// JSON.
    Json,
    /// What only its value tells: a text, several, or JSON.
    Any,
    /// A file, or a part for each of a list.
    File,
    /// Parts that have no name in the document.
    Others,
}

/// What a body is.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum BodyKind {
    /// A form, which is sent even when it is empty.
    Form,
    /// JSON of that media type.
    Json(String),
    /// Text of that media type.
    Text(String),
    /// Bytes of that media type or range.
    Bytes(String),
    /// Parts.
    Multipart {
        /// The media type of the whole.
        media: String,
        /// The media types of parts that are not the usual ones, by name on the wire.
        parts: BTreeMap<String, String>,
    },
}

impl BodyKind {
    /// The media type.
    #[must_use]
    pub fn media(&self) -> &str {
        match self {
            Self::Form => "application/x-www-form-urlencoded",
            Self::Json(media)
            | Self::Text(media)
            | Self::Bytes(media)
            | Self::Multipart { media, .. } => media,
        }
    }
}

/// A body that is one value.
#[derive(Clone, Debug)]
pub struct BodyArgument {
    /// The argument's or setter's name.
    pub name: Name,
    /// What it holds.
    pub ty: Type,
    /// Whether it must be given.
    pub required: bool,
    /// What the document says of it.
    pub docs: String,
}

/// How an operation's pages are asked for.
#[derive(Clone, Debug)]
pub struct Paging {
    /// The input that says how many items a page has, and the greatest number allowed.
    pub size: Option<(Name, Option<i64>)>,
}
