//! What a server that stands in for the API has to know: collections, what operations do to them, and the examples.

use super::{Made, Name, Value};

/// A collection that operations share.
#[derive(Clone, Debug, PartialEq)]
pub struct Collection {
    /// Its path, without an extension.
    pub path: String,
    /// The function that gives it to a test.
    pub function: Name,
    /// The parameters in its path, by name on the wire, and the arguments of the function.
    pub parameters: Vec<(String, Name)>,
    /// The property that holds the id of an item, if there is one.
    pub id: Option<String>,
    /// How ids are made.
    pub serial: Serial,
}

/// How the ids of new items are made.
#[derive(Clone, Debug, PartialEq)]
pub enum Serial {
    /// By counting.
    Number,
    /// A number inside of a text of fixed length.
    Text {
        /// What is before the number.
        before: String,
        /// The digits, the one for zero first.
        digits: String,
        /// How many digits the number has.
        length: usize,
        /// What is after the number.
        after: String,
    },
}

/// What an operation does to a collection, and how that shows.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Role {
    /// What it does.
    pub action: Action,
    /// The path of the collection; empty where the operation has none.
    pub collection: String,
    /// The status of a success.
    pub status: u16,
    /// What it takes.
    pub fields: Vec<RoleField>,
    /// What a success answers where the document has no example of one.
    pub sample: Option<Value>,
    /// Examples of errors by status; 0 stands for any other.
    pub errors: Vec<(u16, Value)>,
    /// The functions that give the examples as values.
    pub ready: Vec<Ready>,
}

/// What an operation does.
#[derive(Clone, Debug, Default, PartialEq)]
#[expect(missing_docs, reason = "each is the thing that its name says")]
pub enum Action {
    #[default]
    Answer,
    Create,
    Delete,
    Fetch,
    List(Listing),
    Update,
}

/// How a list is answered; every path is one of names on the wire.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Listing {
    /// The property that holds the items; none where the items are the answer.
    pub items: Option<String>,
    /// The properties that lead to the link to the next page.
    pub next: Vec<String>,
    /// The parameter for the number of items, how many there are without it, and the most.
    pub size: Option<(String, u64, Option<u64>)>,
    /// The parameter that counts pages, and the number of the first.
    pub number: Option<(String, u64)>,
    /// The parameter that says where a page begins.
    pub token: Option<String>,
    /// What else the answer says of the page.
    pub labels: Vec<(Vec<String>, Label)>,
}

/// What a property of a page says.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[expect(missing_docs, reason = "each is what its name says of the page")]
pub enum Label {
    End,
    First,
    Number,
    Previous,
    Size,
    Start,
    This,
    Total,
}

/// A parameter or a field of a form.
#[derive(Clone, Debug, PartialEq)]
pub struct RoleField {
    /// Its name on the wire.
    pub wire: String,
    /// The property of an item that it becomes.
    pub property: Option<(String, Kept)>,
    /// Whether that property may be null.
    pub nullable: bool,
    /// Whether it is never kept and never shown.
    pub secret: bool,
}

/// What the text of a field becomes in an item.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[expect(missing_docs, reason = "each is the kind of its name")]
pub enum Kept {
    Bool,
    Flag,
    List,
    Number,
    Text,
}

/// An example as a value for tests.
#[derive(Clone, Debug, PartialEq)]
pub struct Ready {
    /// The function that gives it.
    pub function: Name,
    /// Its index among the operation's examples.
    pub example: usize,
    /// The body that it is, where it is that of a request.
    pub body: Option<Made>,
}
