//! Takes the texts of one value; gives them to their place as `style` and `explode` of OpenAPI say; must never let a text end the value that it is part of.

use crate::runtime::encode::Encoding;
use crate::runtime::parts::Place;
use crate::runtime::{Rules, Sink};

/// How the texts of a value are put together.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Style {
    pub(crate) kind: Kind,
    /// Whether each item and member stands for itself; nothing where the style says it.
    pub(crate) explode: Option<bool>,
    pub(crate) allow_reserved: bool,
}

/// The styles of OpenAPI.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub(crate) enum Kind {
    /// What is usual in the place: `simple` in a path and a header, `form` in a query, a cookie and a form.
    #[default]
    Usual,
    Form,
    Label,
    Matrix,
    SpaceDelimited,
    PipeDelimited,
    DeepObject,
    /// No style, but a media type: the value is sent as JSON.
    Json,
}

/// The styles, for [`Rules`] that the document gives to a value.
impl Rules {
    /// With or without a name, or a sign, for each item and member.
    #[must_use]
    pub const fn explode(mut self, explode: bool) -> Self {
        self.style.explode = Some(explode);
        self
    }

    /// Reserved characters that do no harm stay as they are.
    #[must_use]
    pub const fn allow_reserved(mut self) -> Self {
        self.style.allow_reserved = true;
        self
    }

    /// As the style `form`, where that is not what is usual.
    #[must_use]
    pub const fn form(self) -> Self {
        self.kind(Kind::Form)
    }

    /// As the style `label`: `.blue`.
    #[must_use]
    pub const fn label(self) -> Self {
        self.kind(Kind::Label)
    }

    /// As the style `matrix`: `;color=blue`.
    #[must_use]
    pub const fn matrix(self) -> Self {
        self.kind(Kind::Matrix)
    }

    /// As the style `spaceDelimited`: `color=blue%20black`.
    #[must_use]
    pub const fn space_delimited(self) -> Self {
        self.kind(Kind::SpaceDelimited)
    }

    /// As the style `pipeDelimited`: `color=blue%7Cblack`.
    #[must_use]
    pub const fn pipe_delimited(self) -> Self {
        self.kind(Kind::PipeDelimited)
    }

    /// As the style `deepObject`: `color[R]=100`.
    #[must_use]
    pub const fn deep_object(self) -> Self {
        self.kind(Kind::DeepObject)
    }

    /// As JSON.
    #[must_use]
    pub const fn json(self) -> Self {
        self.kind(Kind::Json)
    }

    const fn kind(mut self, kind: Kind) -> Self {
        self.style.kind = kind;
        self
    }

    /// Whether a value stands in a path without any sign of a style.
    pub(crate) const fn is_bare(&self) -> bool {
        !matches!(self.style.kind, Kind::Label | Kind::Matrix)
    }
}

/// The "Style Examples" of OpenAPI 3.0.4 and 3.1.1, as one table.
struct Layout {
    /// What the value begins with.
    lead: &'static str,
    /// Whether the value, or each item and member of it, is a pair with a name.
    named: bool,
    /// What is between two items; nothing where each is a pair of its own.
    between: Option<&'static str>,
    /// What is between the name of a member and its text.
    equals: &'static str,
}

impl Layout {
    const fn new(lead: &'static str, named: bool, between: &'static str, explode: bool) -> Self {
        Self {
            lead,
            named,
            between: if named && explode {
                None
            } else {
                Some(between)
            },
            equals: if explode { "=" } else { between },
        }
    }

    fn of(style: Style, place: Place) -> Self {
        let explode = |usual: bool| style.explode.unwrap_or(usual);
        match (style.kind, place) {
            (Kind::Label, _) if explode(false) => Self::new(".", false, ".", true),
            (Kind::Label, _) => Self::new(".", false, ",", false),
            (Kind::Matrix, _) => Self::new(";", true, ",", explode(false)),
            (Kind::SpaceDelimited, _) => Self::new("&", true, "%20", explode(false)),
            (Kind::PipeDelimited, _) => Self::new("&", true, "%7C", explode(false)),
            (_, Place::Path | Place::Header) => Self::new("", false, ",", explode(false)),
            // `&` is no separator of cookies, as OpenAPI 3.1.1 says in appendix D; RFC 6265 has `; `.
            (_, Place::Cookie) => Self::new("; ", true, ",", explode(true)),
            (_, Place::Query | Place::Form | Place::Body) => {
                Self::new("&", true, ",", explode(true))
            }
        }
    }
}

impl Sink<'_> {
    /// Sends a text of the value: all of it, an item of a list, or the member of an object that has that name.
    pub(crate) fn put(&mut self, member: Option<&str>, text: &str, secret: bool) {
        self.secret |= secret;
        let style = self.rules.style;
        let layout = Layout::of(style, self.place);
        let encoding = self.encoding(style);
        match layout.between {
            None => self.pair(layout.lead, member.unwrap_or(self.name), text),
            Some(_) if !self.used && member.is_none() && !self.listed && layout.named => {
                self.pair(layout.lead, self.name, text);
            }
            Some(between) => {
                if self.used {
                    self.raw(between);
                } else {
                    self.open(&layout);
                }
                if let Some(member) = member {
                    self.parts.put(self.place, encoding, member);
                    self.raw(layout.equals);
                }
                self.parts.put(self.place, encoding, text);
            }
        }
        self.used = true;
    }

    /// Begins a value whose items have no names.
    fn open(&mut self, layout: &Layout) {
        self.lead(layout.lead);
        if layout.named {
            self.parts.put(self.place, self.name_encoding(), self.name);
            self.raw("=");
        }
    }

    /// Sends a name and a text.
    pub(crate) fn pair(&mut self, lead: &str, name: &str, text: &str) {
        self.lead(lead);
        self.parts.put(self.place, self.name_encoding(), name);
        // RFC 6570 leaves the sign out of `;color` only.
        if lead != ";" || !text.is_empty() {
            self.raw("=");
        }
        let encoding = self.encoding(self.rules.style);
        self.parts.put(self.place, encoding, text);
        self.used = true;
    }

    fn lead(&mut self, lead: &str) {
        let is_separator = matches!(lead, "&" | "; ");
        if !is_separator || !self.parts.is_empty(self.place) {
            self.raw(lead);
        }
    }

    fn raw(&mut self, text: &str) {
        self.parts.put(self.place, Encoding::Verbatim, text);
    }

    fn encoding(&self, style: Style) -> Encoding {
        // A comma inside an item is no comma between two.
        let comma = !self.listed || style.explode != Some(false);
        match self.place {
            Place::Header | Place::Body => Encoding::Verbatim,
            Place::Cookie => Encoding::Cookie,
            Place::Query | Place::Form if style.allow_reserved => Encoding::Reserved {
                form: self.place == Place::Form,
                comma,
            },
            Place::Form => Encoding::Form,
            Place::Path | Place::Query => Encoding::Percent,
        }
    }

    fn name_encoding(&self) -> Encoding {
        match self.place {
            Place::Header | Place::Body => Encoding::Verbatim,
            Place::Cookie => Encoding::CookieName,
            Place::Form => Encoding::Form,
            Place::Path | Place::Query => Encoding::Percent,
        }
    }
}
