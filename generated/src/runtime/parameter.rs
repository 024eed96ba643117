//! Takes a value that a user gave; gives its text to the place where it is sent; must never let a value pass that breaks a rule of the document.

use crate::runtime::parts::{Parts, Place};
use crate::runtime::style::{Kind, Style};
use crate::runtime::{InvalidValue, Pattern, SecretString};
use chrono::{DateTime, NaiveDate, SecondsFormat, Utc};
use secrecy::ExposeSecret;
use std::fmt;

/// A value that can be sent in a path, a query, a header, a cookie or a form.
pub trait Parameter {
    /// Gives each text of the value to the sink; none when there is nothing to send.
    fn write(&self, sink: &mut Sink<'_>);

    /// What the document demands of the value, and how it is written.
    fn rules(&self) -> Rules {
        Rules::NONE
    }
}

/// A value that is sent as several fields of a form.
///
/// # Example
///
/// ```
/// use twilio_push_credentials::FormBody;
///
/// fn boxed<F: FormBody + 'static>(form: F) -> Box<dyn FormBody> {
///     Box::new(form)
/// }
/// ```
pub trait FormBody {
    /// Writes the fields, in the order in which they are sent.
    #[doc(hidden)]
    fn write(&self, parts: &mut Parts);
}

/// What the document demands of a value, and how it is written where that is not what is usual.
#[derive(Clone, Copy, Debug)]
pub struct Rules {
    min_length: usize,
    max_length: usize,
    pattern: Option<&'static Pattern>,
    min: i64,
    max: i64,
    pub(crate) style: Style,
}

impl Rules {
    /// Demands nothing.
    pub const NONE: Self = Self {
        min_length: 0,
        max_length: usize::MAX,
        pattern: None,
        min: i64::MIN,
        max: i64::MAX,
        style: Style {
            kind: Kind::Usual,
            explode: None,
            allow_reserved: false,
        },
    };

    /// At least so many characters.
    #[must_use]
    pub const fn min_length(mut self, characters: usize) -> Self {
        self.min_length = characters;
        self
    }

    /// At most so many characters.
    #[must_use]
    pub const fn max_length(mut self, characters: usize) -> Self {
        self.max_length = characters;
        self
    }

    /// A text that matches.
    #[must_use]
    pub const fn pattern(mut self, pattern: &'static Pattern) -> Self {
        self.pattern = Some(pattern);
        self
    }

    /// A number from `min` to `max`, both included; `i64::MIN` and `i64::MAX` are no bounds.
    #[must_use]
    pub const fn range(mut self, min: i64, max: i64) -> Self {
        self.min = min;
        self.max = max;
        self
    }

    /// The value, which is sent only if it keeps to these rules.
    #[must_use]
    pub const fn of<T: Parameter + ?Sized>(self, value: &T) -> Ruled<'_, T> {
        Ruled(value, self)
    }

    /// What is wrong with the text; never shows it.
    pub(crate) fn check_text(&self, text: &str) -> Option<String> {
        if self.min_length > 0 || self.max_length < text.len() {
            let length = text.chars().count();
            if length < self.min_length {
                return Some(format!(
                    "has {length} characters, fewer than {}",
                    self.min_length
                ));
            }
            if length > self.max_length {
                return Some(format!(
                    "has {length} characters, more than {}",
                    self.max_length
                ));
            }
        }
        let pattern = self.pattern.filter(|pattern| !pattern.matches(text))?;
        Some(format!("does not match {}", pattern.source))
    }

    /// What is wrong with the whole number.
    pub(crate) fn check_integer(&self, number: i128) -> Option<String> {
        let low = self.min != i64::MIN && number < i128::from(self.min);
        let high = self.max != i64::MAX && number > i128::from(self.max);
        (low || high).then(|| self.out_of_range(number))
    }

    /// What is wrong with the number.
    #[allow(
        clippy::cast_precision_loss,
        reason = "a bound of the document beyond 2^53 is not exact as a float either"
    )]
    pub(crate) fn check_float(&self, number: f64) -> Option<String> {
        let low = self.min != i64::MIN && number < self.min as f64;
        let high = self.max != i64::MAX && number > self.max as f64;
        (low || high).then(|| self.out_of_range(number))
    }

    fn out_of_range(&self, shown: impl fmt::Display) -> String {
        match (self.min, self.max) {
            (i64::MIN, max) => format!("is {shown}, more than {max}"),
            (min, i64::MAX) => format!("is {shown}, less than {min}"),
            (min, max) => format!("is {shown}, not from {min} to {max}"),
        }
    }
}

/// A value with the rules for it.
#[derive(Clone, Copy, Debug)]
pub struct Ruled<'a, T: ?Sized>(&'a T, Rules);

impl<T: Parameter + ?Sized> Parameter for Ruled<'_, T> {
    fn write(&self, sink: &mut Sink<'_>) {
        self.0.write(sink);
    }

    fn rules(&self) -> Rules {
        self.1
    }
}

/// Where a parameter's texts go.
#[derive(Debug)]
pub struct Sink<'a> {
    pub(crate) parts: &'a mut Parts,
    pub(crate) place: Place,
    pub(crate) name: &'a str,
    pub(crate) rules: &'a Rules,
    /// Whether the texts are those of a list or an object.
    pub(crate) listed: bool,
    /// Whether a text was sent.
    pub(crate) used: bool,
    /// Whether a secret was among them.
    pub(crate) secret: bool,
}

impl<'a> Sink<'a> {
    pub(crate) fn new(parts: &'a mut Parts, place: Place, name: &'a str, rules: &'a Rules) -> Self {
        Self {
            parts,
            place,
            name,
            rules,
            listed: false,
            used: false,
            secret: false,
        }
    }

    pub(crate) const fn is_used(&self) -> bool {
        self.used
    }

    pub(crate) const fn is_secret(&self) -> bool {
        self.secret
    }

    /// Sends a text.
    pub fn text(&mut self, text: &str) {
        self.checked(text, false);
    }

    /// Sends a text that is never shown.
    pub fn secret(&mut self, text: &str) {
        self.checked(text, true);
    }

    fn checked(&mut self, text: &str, secret: bool) {
        if self.parts.checks()
            && let Some(problem) = self.rules.check_text(text)
        {
            self.parts.refuse(self.name, &problem);
        } else {
            self.item(text, secret);
        }
    }

    /// Sends a text that has been checked, or whose type leaves nothing to check.
    fn plain(&mut self, text: &str) {
        self.item(text, false);
    }

    fn item(&mut self, text: &str, secret: bool) {
        if secret {
            self.parts.keep_secret(text);
        }
        if self.place == Place::Body {
            self.parts.put_text(self.name, text);
        } else if self.listed && self.rules.style.kind == Kind::DeepObject {
            self.secret |= secret;
            self.pair("&", &format!("{}[]", self.name), text);
        } else {
            self.put(None, text, secret);
        }
    }

    /// Sends a whole number.
    pub fn integer(&mut self, number: i128) {
        match self.rules.check_integer(number) {
            Some(problem) if self.parts.checks() => self.parts.refuse(self.name, &problem),
            _ => self.plain(&number.to_string()),
        }
    }

    /// Sends a number.
    pub fn float(&mut self, number: f64) {
        match self.rules.check_float(number) {
            _ if !number.is_finite() => self.parts.refuse(self.name, "is not a finite number"),
            Some(problem) if self.parts.checks() => self.parts.refuse(self.name, &problem),
            _ => self.plain(&number.to_string()),
        }
    }

    /// Refuses the request: the value isn't what the parameter needs.
    pub fn invalid(&mut self, reason: &InvalidValue) {
        self.parts
            .refuse(self.name, &format!("is invalid: {reason}"));
    }
}

impl<T: Parameter> Parameter for Option<T> {
    fn write(&self, sink: &mut Sink<'_>) {
        if let Some(value) = self {
            value.write(sink);
        }
    }
}

impl<T: Parameter> Parameter for Vec<T> {
    fn write(&self, sink: &mut Sink<'_>) {
        sink.listed = true;
        for value in self {
            value.write(sink);
        }
    }
}

impl<T: Parameter + ?Sized> Parameter for &T {
    fn write(&self, sink: &mut Sink<'_>) {
        (**self).write(sink);
    }

    fn rules(&self) -> Rules {
        (**self).rules()
    }
}

impl<T: Parameter + ?Sized> Parameter for Box<T> {
    fn write(&self, sink: &mut Sink<'_>) {
        (**self).write(sink);
    }
}

impl Parameter for str {
    fn write(&self, sink: &mut Sink<'_>) {
        sink.text(self);
    }
}

impl Parameter for String {
    fn write(&self, sink: &mut Sink<'_>) {
        sink.text(self);
    }
}

impl Parameter for SecretString {
    fn write(&self, sink: &mut Sink<'_>) {
        sink.secret(self.expose_secret());
    }
}

impl Parameter for bool {
    fn write(&self, sink: &mut Sink<'_>) {
        sink.plain(if *self { "true" } else { "false" });
    }
}

macro_rules! integers {
    ($($type:ty)*) => {
        $(impl Parameter for $type {
            fn write(&self, sink: &mut Sink<'_>) {
                sink.integer(i128::from(*self));
            }
        })*
    };
}

integers!(i8 i16 i32 i64 u8 u16 u32 u64);

impl Parameter for f64 {
    fn write(&self, sink: &mut Sink<'_>) {
        sink.float(*self);
    }
}

impl Parameter for f32 {
    fn write(&self, sink: &mut Sink<'_>) {
        // Through text, so that 0.1 is sent as 0.1 and not as the double next to it.
        sink.float(self.to_string().parse().unwrap_or(f64::from(*self)));
    }
}

impl Parameter for DateTime<Utc> {
    fn write(&self, sink: &mut Sink<'_>) {
        sink.plain(&self.to_rfc3339_opts(SecondsFormat::AutoSi, true));
    }
}

impl Parameter for NaiveDate {
    fn write(&self, sink: &mut Sink<'_>) {
        sink.plain(&self.to_string());
    }
}
