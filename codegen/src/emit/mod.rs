//! Takes the model and gives the crate's modules as tokens, one emitter for each construct; it must never look at a document or decide a name.

mod access;
mod answers;
mod blocking;
mod bodies;
mod call;
mod choices;
mod client;
pub(crate) mod docs;
mod examples;
mod forms;
mod gate;
mod headers;
mod markdown;
mod module;
mod operation;
mod parameters;
mod places;
mod resource;
mod root;
mod scope;
mod sent;
mod structs;
mod testing;
mod texts;
mod usage;

pub(crate) use root::exports;
pub(crate) use usage::crate_name;

use proc_macro2::{Ident, Literal, Span, TokenStream};

use crate::model::{Crate, Home, Name};

/// A file of the crate that is still to be made.
pub struct Unit<'m> {
    /// Its path in the crate.
    pub path: String,
    /// The document that it is made from; none where several have a part in it.
    pub document: Option<&'m str>,
    /// Whether its declarations are what users of the crate rely on.
    pub public: bool,
    make: Make<'m>,
}

/// Some items of a file.
pub enum Piece {
    /// Items that stand for themselves.
    Items(TokenStream),
    /// Items that are given to a macro of the runtime, and the name of the macro.
    Declared(&'static str, TokenStream),
}

/// Takes items of a file one by one, so that not all of them have to be held.
pub(crate) type Sink<'s> = &'s mut dyn FnMut(Piece);

type Make<'m> = Box<dyn Fn(Sink<'_>) -> TokenStream + Send + Sync + 'm>;

impl Unit<'_> {
    /// Gives the items of the file in order, and then what goes before them; nothing at all where there is no need for the file.
    pub fn tokens(&self, sink: &mut dyn FnMut(Piece)) -> TokenStream {
        (self.make)(sink)
    }
}

/// Every module of the crate. None is made before its tokens are asked for, so that no two have to be held.
#[must_use]
pub fn emit(model: &Crate) -> Vec<Unit<'_>> {
    let mut units = vec![
        unit(ROOT, None, true, |_| root::emit(model)),
        unit("src/blocking.rs", None, true, |_| blocking::emit(model)),
        unit("src/client.rs", None, true, |_| client::emit(model)),
        unit("tests/examples.rs", None, false, |_| {
            examples::emit(model).unwrap_or_default()
        }),
    ];
    if model.types_in(Home::Root).next().is_some() {
        units.push(unit("src/types.rs", None, true, |sink| {
            module::types(model, Home::Root, None, sink)
        }));
    }
    for index in 0..model.modules.len() {
        units.extend(module::emit(model, index));
    }
    if model.package.testing {
        units.extend(testing::emit(model));
    }
    units
}

/// The crate's root.
pub(crate) const ROOT: &str = "src/lib.rs";

fn unit<'m>(
    path: &str,
    document: Option<&'m str>,
    public: bool,
    make: impl Fn(Sink<'_>) -> TokenStream + Send + Sync + 'm,
) -> Unit<'m> {
    Unit {
        path: path.to_owned(),
        document,
        public,
        make: Box::new(make),
    }
}

/// A name as a token.
fn ident(name: &Name) -> Ident {
    Ident::new(name.as_str(), Span::call_site())
}

/// A text as a token: as it is where it would need escapes, so that JSON and patterns can be read. `Literal::string`, which
/// looks each character up in the tables of Unicode, takes ten times as long.
fn literal(text: &str) -> Literal {
    // What is not seen has to be: a reader would take the text for another.
    let is_unseen = |one: char| !matches!(one, ' '..='~') && one.escape_debug().len() > 1;
    if text.chars().any(is_unseen) {
        return Literal::string(text);
    }
    if text.contains(['"', '\\']) {
        return raw(text);
    }
    let quoted = format!("\"{text}\"").parse();
    quoted.unwrap_or_else(|_| Literal::string(text))
}

/// A text without carriage returns as a token that is read without looking for escapes.
fn raw(text: &str) -> Literal {
    let hashes = |after: &str| after.bytes().take_while(|byte| *byte == b'#').count();
    let longest = text.split('"').skip(1).map(|after| hashes(after) + 1).max();
    let fence = "#".repeat(longest.unwrap_or_default().min(LONGEST_FENCE));
    let mut raw = String::with_capacity(text.len() + 2 * fence.len() + 3);
    raw.extend(["r", &fence, "\"", text, "\"", &fence]);
    raw.parse().unwrap_or_else(|_| Literal::string(text))
}

/// The compiler takes 255; a text that needs more hashes has its quotes escaped.
const LONGEST_FENCE: usize = 255;

#[cfg(test)]
mod tests {
    use proc_macro2::Literal;

    fn value(literal: Literal) -> String {
        match syn::Lit::new(literal) {
            syn::Lit::Str(text) => text.value(),
            _ => panic!("this is no text"),
        }
    }

    #[test]
    fn a_text_is_the_same_as_a_token() {
        let ascii: String = (0..=127).map(char::from).collect();
        let characters = ascii.chars().map(String::from);
        let texts = [
            "\\\"",
            "\\\\\"\"",
            "\"#",
            "\"##\"#",
            &format!("\"{}", "#".repeat(100_000)),
            "a\\u{41}",
            "{\"a\": \"\\\\\"}",
            "é'\u{202e}",
            "",
        ];
        for text in characters
            .chain(texts.map(str::to_owned))
            .chain([ascii.clone()])
        {
            assert_eq!(value(super::literal(&text)), text);
            assert_eq!(value(super::raw(&text)), text);
        }
    }

    #[test]
    fn what_has_quotes_is_shown_as_it_is() {
        assert_eq!(super::literal("a\u{200b}").to_string(), "\"a\\u{200b}\"");
        assert_eq!(super::literal("größer").to_string(), "\"größer\"");
        let json = super::literal("{\"a\":\"#\"}");
        assert_eq!(json.to_string(), "r##\"{\"a\":\"#\"}\"##");
    }
}
