//! How parameters and fields of forms are written: `style`, `explode` and `allowReserved` of OpenAPI; never what they hold.

use super::{Position, Type, TypeId, TypeKind};

/// How a value is written.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct Style {
    /// How its texts are put together.
    pub kind: StyleKind,
    /// Whether each item and member stands for itself; none where the kind and the place say it.
    pub explode: Option<bool>,
    /// Whether reserved characters stay as they are.
    pub allow_reserved: bool,
}

/// The styles of OpenAPI.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
#[expect(missing_docs, reason = "each is the style of its name")]
pub enum StyleKind {
    /// What is usual in the place.
    #[default]
    Usual,
    /// `form`, where a form would send an object as JSON.
    Form,
    Label,
    Matrix,
    SpaceDelimited,
    PipeDelimited,
    DeepObject,
    /// No style, but JSON as the media type.
    Json,
}

impl Style {
    /// One that says no more than the place and the type leave open, so that most calls need none.
    #[must_use]
    pub fn in_place(self, position: Position, ty: &Type) -> Self {
        let usual = matches!(
            position,
            Position::Query | Position::Cookie | Position::Form
        );
        let is_delimited = matches!(
            self.kind,
            StyleKind::SpaceDelimited | StyleKind::PipeDelimited
        );
        // OpenAPI has no row for delimited values that are exploded; they are pairs, as those of `form` are: so they are in
        // 3.0.0 to 3.0.2, and what oapi-codegen and kin-openapi read.
        let kind = match self.kind {
            _ if is_delimited && self.explode == Some(true) => StyleKind::Usual,
            StyleKind::Form if position != Position::Form || matches!(ty, Type::List(_)) => {
                StyleKind::Usual
            }
            StyleKind::Label | StyleKind::Matrix | StyleKind::Json => self.kind,
            _ if is_plain(ty) => StyleKind::Usual,
            kind => kind,
        };
        let by_default = usual && matches!(kind, StyleKind::Usual | StyleKind::Form);
        let matters = !matches!(kind, StyleKind::DeepObject | StyleKind::Json) && !is_plain(ty);
        let is_text = !matches!(
            ty,
            Type::Bool
                | Type::Flag
                | Type::Integer
                | Type::Integer32
                | Type::Unsigned
                | Type::Unsigned32
        );
        Self {
            kind,
            explode: self
                .explode
                .filter(|explode| matters && *explode != by_default),
            allow_reserved: self.allow_reserved && is_text,
        }
    }
}

/// Whether a value of that type is one text by its type alone.
const fn is_plain(ty: &Type) -> bool {
    !matches!(
        ty,
        Type::Json
            | Type::Named(_)
            | Type::Nullable(_)
            | Type::List(_)
            | Type::Map(_)
            | Type::Boxed(_)
    )
}

/// Whether a value of that type has to be written as JSON and taken apart again, as it may be an object.
pub fn is_structured<'m>(ty: &Type, find: &dyn Fn(TypeId) -> Option<&'m TypeKind>) -> bool {
    match ty {
        Type::Map(_) | Type::Boxed(_) | Type::Nullable(_) | Type::Bytes => true,
        Type::List(inner) => {
            matches!(**inner, Type::List(_) | Type::Json) || is_structured(inner, find)
        }
        Type::Named(id) => match find(*id) {
            Some(TypeKind::Struct(_)) => true,
            // An alternative of a list of texts is a list; one of a choice would have to be looked into without end.
            Some(TypeKind::OneOf(choice)) => choice.variants.iter().any(|variant| {
                let is_choice = |id| matches!(find(id), Some(TypeKind::OneOf(_)));
                let own = variant.ty.named().is_some_and(is_choice);
                own || is_structured(&variant.ty, find)
            }),
            _ => false,
        },
        _ => false,
    }
}
