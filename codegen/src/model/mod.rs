//! The API as a Rust programmer sees it: plain data that `lower` fills and `emit` reads; never a type of openapiv3, never a token.

use std::collections::BTreeSet;

mod access;
mod answer;
mod example;
mod name;
mod operation;
mod pattern;
mod style;
mod testing;
mod types;

pub use access::{
    Credential, Login, Reach, Security, ServerUrl, ServerVariable, Takes, Tokens, UrlVariable,
};
pub use answer::{Answer, EventForm, Failure, HeaderField, Headers, Statuses, Success};
pub use example::{Example, ExampleBody, Made, Sent, Shown, WireBody};
pub use name::Name;
pub use operation::{
    Argument, BodyArgument, BodyKind, Input, Method, Operation, Paging, Part, Position, Resource,
};
pub use pattern::{Pattern, PatternPart};
pub use style::{Style, StyleKind, is_structured};
pub use testing::{Action, Collection, Kept, Label, Listing, Ready, Role, RoleField, Serial};
pub use types::{
    Access, Alternative, Enum, Field, FormField, FormStruct, Held, Home, Newtype, OneOf, PageShape,
    Rules, Storage, Struct, Type, TypeDef, TypeId, TypeKind, Union, UnionVariant, Usage, Value,
    Variant,
};

/// One client crate.
#[derive(Clone, Debug)]
pub struct Crate {
    /// What Cargo and the registry are told.
    pub package: Package,
    /// One for each document; the order is that of the settings.
    pub modules: Vec<Module>,
    /// Every type of every module; a [`TypeId`] is an index into it.
    pub types: Vec<TypeDef>,
    /// How users give their credentials, in the order in which the environment is searched.
    pub logins: Vec<Login>,
    /// Where bearer tokens are fetched, if a document says so.
    pub tokens: Option<Tokens>,
    /// What users may choose of the servers' URLs.
    pub variables: Vec<ServerVariable>,
    /// The response header that identifies a request to the API's support.
    pub request_id_header: String,
    /// Whether a request that is answered with status 429 was never processed.
    pub rate_limited_is_unprocessed: bool,
    /// What types are called, wherever they live.
    pub type_names: BTreeSet<Name>,
}

impl Crate {
    /// The type with that id, where there is one.
    #[must_use]
    pub fn type_def(&self, id: TypeId) -> Option<&TypeDef> {
        self.types.get(id.0)
    }

    /// The Cargo features that resources are behind, in the order of their names.
    #[must_use]
    pub fn resource_features(&self) -> BTreeSet<&Name> {
        let resources = self.modules.iter().flat_map(|module| &module.resources);
        resources
            .filter_map(|resource| resource.feature.as_ref())
            .collect()
    }

    /// Whether resources are behind features.
    #[must_use]
    pub fn is_parted(&self) -> bool {
        let mut resources = self.modules.iter().flat_map(|module| &module.resources);
        resources.any(|resource| resource.feature.is_some())
    }

    /// The types that live in one home, in the order of the model.
    pub fn types_in(&self, home: Home) -> impl Iterator<Item = (TypeId, &TypeDef)> {
        self.types
            .iter()
            .enumerate()
            .filter(move |(_, definition)| definition.home == home)
            .map(|(index, definition)| (TypeId(index), definition))
    }
}

/// What `Cargo.toml` says of the crate.
#[derive(Clone, Debug)]
pub struct Package {
    /// The crate's name, checked against Cargo's rules.
    pub name: String,
    /// A semantic version.
    pub version: String,
    /// One sentence.
    pub description: String,
    /// An SPDX expression, if the crate is to be published.
    pub license: Option<String>,
    /// Where the sources live.
    pub repository: Option<String>,
    /// Words that the registry's search knows.
    pub keywords: Vec<String>,
    /// The registry's categories.
    pub categories: Vec<String>,
    /// Paragraphs that open the crate's documentation.
    pub about: Vec<String>,
    /// An example for the crate's front page: Rust code that compiles.
    pub example: Option<String>,
    /// The same without async.
    pub blocking_example: Option<String>,
    /// Whether every item shows how it is used.
    pub example_on_every_item: bool,
    /// Whether it has a server for the tests of its users.
    pub testing: bool,
}

/// One API version: what one document describes.
#[derive(Clone, Debug)]
pub struct Module {
    /// The Rust module, or none where the crate has one document and its items stand at the root.
    pub name: Option<Name>,
    /// The handle that leads to the resources, such as `ChatV2`.
    pub handle: Name,
    /// The path of the document, as it was given.
    pub document: String,
    /// The document's own title.
    pub title: String,
    /// The document's own version.
    pub version: String,
    /// What the document says of itself.
    pub docs: String,
    /// Where requests go: scheme, host, port and whatever is before all paths. The first one counts unless users choose;
    /// none where the document does not say it.
    pub servers: Vec<ServerUrl>,
    /// The same for the operations that have servers of their own, each list with its static.
    pub other_servers: Vec<(Name, Vec<ServerUrl>)>,
    /// How most of its operations are logged in to; of several ways that are as frequent, the first.
    pub security: Vec<Vec<Security>>,
    /// The groups of operations.
    pub resources: Vec<Resource>,
}

impl Module {
    /// The Cargo feature that the module is behind; none where the crate has one document.
    #[must_use]
    pub const fn feature(&self) -> Option<&Name> {
        self.name.as_ref()
    }

    /// Its operations, resource by resource.
    pub fn operations(&self) -> impl Iterator<Item = &Operation> {
        let resources = self.resources.iter();
        resources.flat_map(|resource| &resource.operations)
    }

    /// The servers of one of its operations.
    #[must_use]
    pub fn servers_of(&self, operation: &Operation) -> &[ServerUrl] {
        let mut others = self.other_servers.iter();
        let own = others.find(|(name, _)| Some(name) == operation.server.as_ref());
        own.map_or(&self.servers, |(_, urls)| urls)
    }

    /// All URLs of all servers.
    pub fn urls(&self) -> impl Iterator<Item = &ServerUrl> {
        let others = self.other_servers.iter().flat_map(|(_, urls)| urls);
        self.servers.iter().chain(others)
    }

    /// Whether calls reach a server that the user says nothing of.
    #[must_use]
    pub fn has_server(&self) -> bool {
        self.servers.first().is_some_and(|url| {
            let is_complete = |variable: &UrlVariable| variable.default.is_some();
            url.reach == Reach::Absolute && url.variables.iter().all(is_complete)
        })
    }

    /// Whether every operation of the document is deprecated, and so the module.
    #[must_use]
    pub fn is_deprecated(&self) -> bool {
        let mut operations = self.operations().peekable();
        operations.peek().is_some() && operations.all(|operation| operation.deprecated)
    }
}
