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

/// Takes items of a file one by one, so that not all of them have to be held.
pub(crate) type Sink<'s> = &'s mut dyn FnMut(TokenStream);

type Make<'m> = Box<dyn Fn(Sink<'_>) -> TokenStream + Send + Sync + 'm>;

impl Unit<'_> {
    /// Gives the items of the file in order, and then what goes before them; nothing at all where there is no need for the file.
    pub fn tokens(&self, sink: &mut dyn FnMut(TokenStream)) -> TokenStream {
        (self.make)(sink)
    }
}

/// Every module of the crate but its root. None is made before its tokens are asked for, so that no two have to be held.
#[must_use]
pub fn emit(model: &Crate) -> Vec<Unit<'_>> {
    let mut units = vec![
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

/// The crate's root, which exports what of the runtime it is told.
#[must_use]
pub fn root<'m>(model: &'m Crate, exports: &'m [&'m str]) -> Unit<'m> {
    unit("src/lib.rs", None, true, |_| root::emit(model, exports))
}

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

/// A long text as a token, the same as [`Literal::string`], which looks each character up in the tables of Unicode: it took a tenth of the time.
fn literal(text: &str) -> Literal {
    let is_printable = text.bytes().all(|byte| matches!(byte, b' '..=b'~'));
    let quoted = is_printable.then(|| {
        let mut quoted = String::with_capacity(text.len() + 8);
        quoted.push('"');
        for part in text.split_inclusive(['\\', '"']) {
            match part.as_bytes().split_last() {
                Some((special @ (b'\\' | b'"'), _)) => {
                    quoted.push_str(part.strip_suffix(['\\', '"']).unwrap_or_default());
                    quoted.extend(['\\', char::from(*special)]);
                }
                _ => quoted.push_str(part),
            }
        }
        quoted.push('"');
        quoted
    });
    let quoted = quoted.and_then(|quoted| quoted.parse().ok());
    quoted.unwrap_or_else(|| Literal::string(text))
}

#[cfg(test)]
mod tests {
    use proc_macro2::Literal;

    #[test]
    fn a_long_text_is_the_literal_that_any_text_is() {
        let ascii: String = (0..=127).map(char::from).collect();
        let characters = ascii.chars().map(String::from);
        let texts = [
            "\\\"",
            "\\\\\"\"",
            "\"#",
            "a\\u{41}",
            "{\"a\": \"\\\\\"}",
            "é'\u{202e}",
            "",
        ];
        for text in characters
            .chain(texts.map(str::to_owned))
            .chain([ascii.clone()])
        {
            let plain = Literal::string(&text).to_string();
            assert_eq!(super::literal(&text).to_string(), plain, "{text:?}");
        }
    }
}
