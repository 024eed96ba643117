//! The types of the API: what a field or parameter may hold, and the definitions that have a name.

use super::Name;

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
    /// A floating-point number.
    Number,
    /// Any text.
    Text,
    /// Text that is never shown.
    Secret,
    /// A moment in time.
    Timestamp,
    /// Any JSON value: what the document does not describe further.
    Json,
    /// A definition of this crate.
    Named(TypeId),
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
        let mut current = self;
        loop {
            match current {
                Self::Named(id) => return Some(*id),
                Self::List(inner) | Self::Map(inner) | Self::Boxed(inner) => current = inner,
                _ => return None,
            }
        }
    }
}

/// A definition with a name.
#[derive(Clone, Debug)]
pub struct TypeDef {
    /// Where it stands.
    pub home: Home,
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
    /// An object that the API answers with.
    Struct(Struct),
    /// An object that is sent as a form.
    Form(FormStruct),
    /// One of several objects, told apart by a property; sent as a form.
    Union(Union),
    /// A string out of a list.
    Enum(Enum),
    /// A string of a certain shape.
    Newtype(Newtype),
}

/// An object that the API answers with.
#[derive(Clone, Debug, PartialEq)]
pub struct Struct {
    /// Its properties, in the document's order.
    pub fields: Vec<Field>,
    /// Set where it is a page of a list.
    pub page: Option<PageShape>,
}

/// Where a page keeps its items and the link to the next one.
#[derive(Clone, Debug, PartialEq)]
pub struct PageShape {
    /// The field that holds the items.
    pub items: Name,
    /// What an item is.
    pub item: Type,
    /// The fields that lead to the next page's URL, each with whether it may be absent.
    pub next: Vec<(Name, bool)>,
}

/// A property of an answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    /// The property's name on the wire.
    pub wire: String,
    /// The field's name.
    pub name: Name,
    /// What it holds.
    pub ty: Type,
    /// Whether it may be absent or null.
    pub optional: bool,
    /// What the document says of it.
    pub docs: String,
    /// Whether the document advises against it.
    pub deprecated: bool,
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

/// A string out of a list, which the API may extend.
#[derive(Clone, Debug, PartialEq)]
pub struct Enum {
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

/// A `pattern` as a table that needs no regular-expression engine.
#[derive(Clone, Debug, PartialEq)]
pub struct Pattern {
    /// The pattern as the document has it.
    pub source: String,
    /// One of these must match, part after part, each as long as it can.
    pub alternatives: Vec<Vec<PatternPart>>,
    /// Whether the whole text must match, or just its beginning.
    pub whole: bool,
}

impl Pattern {
    /// A text that matches: the first alternative, each class with its last range's first letter as often as it must be.
    #[must_use]
    pub fn sample(&self) -> String {
        let mut text = String::new();
        for part in self.alternatives.first().into_iter().flatten() {
            match part {
                PatternPart::Literal(literal) => text.push_str(literal),
                PatternPart::Class { ranges, min, .. } => {
                    let preferred = ranges.last().map_or('a', |range| range.0);
                    let times = usize::try_from(*min).unwrap_or(0).min(256);
                    text.extend(std::iter::repeat_n(preferred, times));
                }
            }
        }
        text
    }
}

/// A part of a pattern.
#[derive(Clone, Debug, PartialEq)]
pub enum PatternPart {
    /// Exactly this text.
    Literal(String),
    /// Characters out of ranges, a number of times.
    Class {
        /// First and last character of each range, in order and not overlapping.
        ranges: Vec<(char, char)>,
        /// At least this often.
        min: u32,
        /// At most this often; `u32::MAX` is without end.
        max: u32,
    },
}

/// A value of an example or a default.
pub type Value = serde_json::Value;
