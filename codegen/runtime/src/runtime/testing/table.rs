//! Takes constants that generated code writes; gives the plain data that tells the server of the tests what an API looks like; must never hold state.

use crate::runtime::Operation;

/// What one document describes.
#[derive(Debug)]
pub struct Api {
    /// A name that is unique in the crate; it is also the first step of the path that leads to this API on the server.
    pub name: &'static str,
    /// What collections hold, resource by resource.
    pub kinds: &'static [&'static [Kind]],
    /// The operations, resource by resource.
    pub routes: &'static [&'static [Route]],
    /// Examples of errors as JSON, by status; 0 stands for any other.
    pub errors: &'static [(u16, &'static str)],
}

/// What a collection holds.
#[derive(Debug)]
pub struct Kind {
    /// The path of the collection, with `{name}` where a parameter goes and without an extension.
    pub collection: &'static str,
    /// The property that holds the id of an item; empty when it has none.
    pub id: &'static str,
    /// How ids are made.
    pub serial: Serial,
}

/// How the ids of new items are made.
#[derive(Debug)]
pub enum Serial {
    /// 1, 2, 3 and so on.
    Number,
    /// A number inside of a text of fixed length.
    Text {
        /// What is before the number.
        before: &'static str,
        /// The digits, the one for zero first.
        digits: &'static str,
        /// How many digits the number has.
        length: usize,
        /// What is after the number.
        after: &'static str,
    },
}

/// An operation and what it does to a collection.
#[derive(Debug)]
pub struct Route {
    /// The operation.
    pub operation: &'static Operation,
    /// What it does.
    pub action: Action,
    /// The status of a success.
    pub status: u16,
    /// The collection that it belongs to, as its kind names it.
    pub collection: &'static str,
    /// What it takes.
    pub fields: &'static [Field],
    /// Examples of a success as JSON.
    pub examples: &'static [&'static str],
    /// Examples of errors as JSON, where they are not those of the API.
    pub errors: &'static [(u16, &'static str)],
}

/// What an operation does.
#[derive(Debug)]
pub enum Action {
    /// Answers with its first example, and changes nothing.
    Answer,
    /// Adds an item to the collection.
    Create,
    /// Takes an item out of the collection.
    Delete,
    /// Answers with an item.
    Fetch,
    /// Answers with the items of the collection.
    List(&'static Listing),
    /// Changes an item.
    Update,
}

/// A parameter or a field of a form.
#[derive(Debug)]
pub struct Field {
    pub(super) name: &'static str,
    pub(super) property: Option<(&'static str, As)>,
    pub(super) nullable: bool,
    pub(super) secret: bool,
}

impl Field {
    /// One that is not part of an item.
    #[must_use]
    pub const fn plain(name: &'static str) -> Self {
        Self {
            name,
            property: None,
            nullable: false,
            secret: false,
        }
    }

    /// One that is never kept and never shown.
    #[must_use]
    pub const fn secret(name: &'static str) -> Self {
        let mut field = Self::plain(name);
        field.secret = true;
        field
    }

    /// One that an item has as a property.
    #[must_use]
    pub const fn stored(name: &'static str, property: &'static str, kind: As) -> Self {
        let mut field = Self::plain(name);
        field.property = Some((property, kind));
        field
    }

    /// The property of an item is null where the field is not sent.
    #[must_use]
    pub const fn nullable(mut self) -> Self {
        self.nullable = true;
        self
    }
}

/// What the text of a field becomes as a property of an item.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum As {
    /// True or false.
    Bool,
    /// True or false as a string, spelled as the examples do.
    Flag,
    /// A list of strings.
    List,
    /// A number.
    Number,
    /// A string.
    Text,
}

/// How a list is answered.
#[derive(Debug)]
pub struct Listing {
    /// The property that holds the items; empty when the items are the answer.
    pub items: &'static str,
    /// The properties that lead to the link to the next page; empty when there are no pages.
    pub next: &'static [&'static str],
    /// How many items a page has.
    pub size: Option<PageSize>,
    /// The parameter that counts pages, and the number of the first one; empty when there is none.
    pub number: (&'static str, usize),
    /// The parameter that says where a page begins; empty when there is none.
    pub token: &'static str,
    /// What else the answer says of the page.
    pub labels: &'static [(&'static [&'static str], Label)],
}

/// How many items a page has.
#[derive(Debug)]
pub struct PageSize {
    /// The parameter.
    pub name: &'static str,
    /// How many there are when it is not given.
    pub default: usize,
    /// The most that may be asked for.
    pub most: usize,
}

/// What a property of a page says.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Label {
    /// The index of the last item, from 0.
    End,
    /// The URL of the first page.
    First,
    /// The number of the page.
    Number,
    /// The URL of the page before.
    Previous,
    /// How many items a page has at most.
    Size,
    /// The index of the first item, from 0.
    Start,
    /// The URL of the page.
    This,
    /// How many items the collection has.
    Total,
}
