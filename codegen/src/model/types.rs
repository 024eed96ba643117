//! The types of the API: what a field or parameter may hold, and the definitions that have a name.

use super::{Headers, Name, Pattern, Style};

/// The index of a definition in [`super::Crate::types`].
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct TypeId(pub usize);

/// Where a definition stands.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum Home {
    /// At the crate root: shared by several documents.
    Root,
    /// In the module with that index.
    Module(usize),
}

/// What a field, parameter or item holds.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub enum Type {
    /// True or false.
    Bool,
    /// True or false that the wire spells as a string.
    Flag,
    /// A whole number of 64 bits.
    Integer,
    /// A whole number of 32 bits.
    Integer32,
    /// A whole number of 64 bits that is never negative.
    Unsigned,
    /// A whole number of 32 bits that is never negative.
    Unsigned32,
    /// A floating-point number.
    Number,
    /// Any text.
    Text,
    /// Text that is never shown.
    Secret,
    /// A moment in time.
    Timestamp,
    /// A day.
    Date,
    /// Bytes, which are base64 on the wire.
    Bytes,
    /// A file to send.
    Upload,
    /// Any JSON value: what the document does not describe further.
    Json,
    /// A definition of this crate.
    Named(TypeId),
    /// What may be null in a list or a map.
    Nullable(Box<Type>),
    /// A list.
    List(Box<Type>),
    /// An object with free keys.
    Map(Box<Type>),
    /// A definition that would contain itself if it were kept in place.
    Boxed(Box<Type>),
}

impl Type {
    /// The definition that this type leads to, through lists and maps.
    #[must_use]
    pub fn named(&self) -> Option<TypeId> {
        match self.innermost() {
            Self::Named(id) => Some(*id),
            _ => None,
        }
    }

    /// The type below all lists, maps and boxes.
    #[must_use]
    pub fn innermost(&self) -> &Self {
        let mut current = self;
        while let Self::Nullable(inner)
        | Self::List(inner)
        | Self::Map(inner)
        | Self::Boxed(inner) = current
        {
            current = inner;
        }
        current
    }

    /// The same, to change it.
    pub fn innermost_mut(&mut self) -> &mut Self {
        let mut current = self;
        loop {
            match current {
                Self::Nullable(inner)
                | Self::List(inner)
                | Self::Map(inner)
                | Self::Boxed(inner) => current = inner,
                other => return other,
            }
        }
    }
}

/// A definition with a name.
#[derive(Clone, Debug)]
pub struct TypeDef {
    /// Where it stands.
    pub home: Home,
    /// The Cargo feature that alone leads to it; none where several do, or where there are none.
    pub feature: Option<Name>,
    /// Its name there.
    pub name: Name,
    /// What the document says of it.
    pub docs: String,
    /// Whether the document advises against it.
    pub deprecated: bool,
    /// What it is.
    pub kind: TypeKind,
}

/// The kinds of definition.
#[derive(Clone, Debug, PartialEq)]
pub enum TypeKind {
    /// An object in JSON.
    Struct(Struct),
    /// One of several values in JSON.
    OneOf(OneOf),
    /// An object that is sent as a form.
    Form(FormStruct),
    /// One of several objects, told apart by a property; sent as a form.
    Union(Union),
    /// A string or a whole number out of a list.
    Enum(Enum),
    /// A string of a certain shape.
    Newtype(Newtype),
    /// The headers that come with an answer.
    Headers(Headers),
}

/// What becomes of the values of a type.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is true or false independently of the others"
)]
pub struct Usage {
    /// The API answers with it.
    pub answered: bool,
    /// It is sent as JSON.
    pub sent: bool,
    /// It is sent in a path, a query, a header or a form.
    pub parameter: bool,
    /// A secret is in it, or in what it leads to.
    pub secret: bool,
}

/// An object in JSON.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Struct {
    /// Its properties, in the document's order.
    pub fields: Vec<Field>,
    /// The field for all other properties, and what one of them holds.
    pub rest: Option<(Name, Type)>,
    /// Set where it is a page of a list.
    pub page: Option<PageShape>,
    /// What becomes of it.
    pub usage: Usage,
}

/// One of several values in JSON.
#[derive(Clone, Debug, PartialEq)]
pub struct OneOf {
    /// The property that tells objects apart; without it, each alternative is tried.
    pub tag: Option<String>,
    /// The alternatives, in the order in which they are tried.
    pub variants: Vec<Alternative>,
    /// The variant for a value that is none of them.
    pub unknown: Name,
    /// What becomes of it.
    pub usage: Usage,
}

/// One alternative of a value.
#[derive(Clone, Debug, PartialEq)]
pub struct Alternative {
    /// The tag's values that stand for it.
    pub values: Vec<String>,
    /// The variant's name.
    pub name: Name,
    /// What it holds.
    pub ty: Type,
    /// What the document says of it.
    pub docs: String,
}

/// Where a page keeps its items and the link to the next one.
#[derive(Clone, Debug, PartialEq)]
pub struct PageShape {
    /// The field that holds the items.
    pub items: Name,
    /// What an item is.
    pub item: Type,
    /// The fields that lead to the next page's URL.
    pub next: Vec<Name>,
}

/// A property of an object in JSON.
#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    /// The property's name on the wire.
    pub wire: String,
    /// The field's name.
    pub name: Name,
    /// What it holds.
    pub ty: Type,
    /// Whether it must be there.
    pub required: bool,
    /// Whether it may be null.
    pub nullable: bool,
    /// In which direction it goes.
    pub access: Access,
    /// The only text that it ever has.
    pub fixed: Option<String>,
    /// What the document says of it.
    pub docs: String,
    /// What is checked before sending.
    pub rules: Rules,
    /// What the API assumes where it is not given.
    pub default: Option<Value>,
    /// Whether the document advises against it.
    pub deprecated: bool,
}

/// In which direction a property goes.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[expect(missing_docs, reason = "each is the direction of its name")]
pub enum Access {
    Both,
    Answered,
    Sent,
}

/// How a struct keeps a property.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Held {
    /// Not at all: it never goes that way, or has one value only.
    Not,
    /// As it is.
    Plain,
    /// As an option.
    Option,
    /// Told apart: absent, null, or a value.
    Nullable,
}

impl Field {
    /// How a struct of that usage keeps the property.
    #[must_use]
    pub fn held(&self, usage: Usage) -> Held {
        if !usage.sent {
            return match self.access {
                Access::Sent => Held::Not,
                _ if self.required && !self.nullable => Held::Plain,
                _ => Held::Option,
            };
        }
        if self.fixed.is_some() || (self.access == Access::Answered && !usage.answered) {
            return Held::Not;
        }
        let one_way = self.access == Access::Answered
            || (self.access == Access::Sent && usage.answered && self.required);
        match (self.required, self.nullable) {
            _ if one_way => Held::Option,
            (true, false) => Held::Plain,
            (true, true) | (false, false) => Held::Option,
            (false, true) => Held::Nullable,
        }
    }

    /// Whether an object that is sent can't do without it.
    #[must_use]
    pub fn is_argument(&self) -> bool {
        self.required && self.fixed.is_none() && self.access != Access::Answered
    }

    /// Whether it may be set on an object that is sent.
    #[must_use]
    pub fn is_setter(&self) -> bool {
        !self.required && self.fixed.is_none() && self.access != Access::Answered
    }
}

/// An object that is sent as a form: a constructor for what is required and setters for the rest.
#[derive(Clone, Debug, PartialEq)]
pub struct FormStruct {
    /// Its properties, in the document's order.
    pub fields: Vec<FormField>,
}

/// A property of a form.
#[derive(Clone, Debug, PartialEq)]
pub struct FormField {
    /// The pair's name on the wire.
    pub wire: String,
    /// The field's, argument's or setter's name.
    pub name: Name,
    /// How it is written.
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

/// One of several forms, told apart by the value of one property.
#[derive(Clone, Debug, PartialEq)]
pub struct Union {
    /// The property's name on the wire.
    pub tag: String,
    /// The alternatives, in the document's order.
    pub variants: Vec<UnionVariant>,
}

/// One alternative of a union.
#[derive(Clone, Debug, PartialEq)]
pub struct UnionVariant {
    /// The property's value on the wire.
    pub value: String,
    /// The variant's name.
    pub name: Name,
    /// The function that constructs it.
    pub constructor: Name,
    /// The form that it is.
    pub form: TypeId,
}

/// A string or a whole number out of a list, which the API may extend.
#[derive(Clone, Debug, PartialEq)]
pub struct Enum {
    /// Whether the values are whole numbers.
    pub numbers: bool,
    /// The listed values, in the document's order.
    pub variants: Vec<Variant>,
    /// The variant for a value that the list does not have.
    pub unknown: Name,
}

/// A value of a list.
#[derive(Clone, Debug, PartialEq)]
pub struct Variant {
    /// The value on the wire.
    pub wire: String,
    /// The variant's name.
    pub name: Name,
    /// What the document says of it.
    pub docs: String,
}

/// A string of a certain shape.
#[derive(Clone, Debug, PartialEq)]
pub struct Newtype {
    /// The shape.
    pub pattern: Pattern,
    /// How it is kept.
    pub storage: Storage,
}

/// How the text of a newtype is kept.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Storage {
    /// In place: every valid text has this many bytes.
    Inline(usize),
    /// On the heap.
    Heap,
}

/// What is checked before a value is sent.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Rules {
    /// The least number of characters.
    pub min_length: Option<u64>,
    /// The greatest number of characters.
    pub max_length: Option<u64>,
    /// The least value.
    pub minimum: Option<i64>,
    /// The greatest value.
    pub maximum: Option<i64>,
    /// The shape of the text.
    pub pattern: Option<Pattern>,
    /// A pattern of the document that is not checked, because no table can express it.
    pub unchecked: Option<String>,
}

/// A value of an example or a default.
pub type Value = serde_json::Value;
