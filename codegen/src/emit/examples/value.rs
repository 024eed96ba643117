//! Takes the expressions that lowering made of examples and gives their tokens; it must never make one that lowering did not.

use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;

use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::{ToTokens, quote};

use crate::emit::{ident, literal};
use crate::model::{Crate, Home, Made, Name, Shown, Type, TypeId};

/// How values are written in one file, and what the file needs for that.
pub(crate) struct Values<'a> {
    model: &'a Crate,
    /// The crate that declares the types.
    package: &'a Ident,
    /// Whether a type of a module was named, which is then imported.
    names_module: Cell<bool>,
    helpers: RefCell<BTreeSet<&'static str>>,
}

impl<'a> Values<'a> {
    pub(crate) const fn new(model: &'a Crate, package: &'a Ident) -> Self {
        Self {
            model,
            package,
            names_module: Cell::new(false),
            helpers: RefCell::new(BTreeSet::new()),
        }
    }

    pub(crate) fn names_module(&self) -> bool {
        self.names_module.get()
    }

    /// The functions of the tests' support that were called.
    pub(crate) fn helpers(&self) -> BTreeSet<&'static str> {
        self.helpers.borrow().clone()
    }

    /// The expression for a value.
    pub(crate) fn shown(&self, shown: &Shown) -> TokenStream {
        match shown {
            Shown::Bool(is) => quote!(#is),
            Shown::Integer(number) => Literal::i128_unsuffixed(*number).into_token_stream(),
            Shown::Number(number) if number.is_finite() => {
                Literal::f64_unsuffixed(*number).into_token_stream()
            }
            Shown::Number(_) => quote!(f64::NAN),
            Shown::Text(text) => literal(text).into_token_stream(),
            Shown::Owned(text) => owned(text),
            Shown::Parsed(ty, text) => {
                let (parsed, ty) = (self.helper("parsed"), self.held_type(ty));
                let text = literal(text);
                quote!(#parsed::<#ty>(#text))
            }
            Shown::Json(json) => {
                let (helper, json) = (self.helper("json"), literal(&json.to_string()));
                quote!(#helper(#json))
            }
            Shown::Null(ty) => {
                let ty = self.held_type(ty);
                quote!(None::<#ty>)
            }
            Shown::Empty(ty) => {
                let ty = self.held_type(ty);
                quote!(Vec::<#ty>::new())
            }
            Shown::Made(made) => self.made(made),
            Shown::Items(_)
            | Shown::List(_)
            | Shown::Map(_)
            | Shown::Some(_)
            | Shown::Boxed(_)
            | Shown::Listed(..)
            | Shown::Variant(..) => self.holding(shown),
        }
    }

    /// The expression for what holds other values.
    fn holding(&self, shown: &Shown) -> TokenStream {
        let all = |items: &[Shown]| -> Vec<TokenStream> {
            items.iter().map(|item| self.shown(item)).collect()
        };
        match shown {
            Shown::Items(items) => {
                let items = all(items);
                quote!([#(#items),*])
            }
            Shown::List(items) => {
                let items = all(items);
                quote!(Vec::from([#(#items),*]))
            }
            Shown::Map(entries) => {
                let entries = entries.iter().map(|(key, value)| {
                    let (key, value) = (owned(key), self.shown(value));
                    quote!((#key, #value))
                });
                quote!(std::collections::BTreeMap::from([#(#entries),*]))
            }
            Shown::Some(inner) => {
                let inner = self.shown(inner);
                quote!(Some(#inner))
            }
            Shown::Boxed(inner) => {
                let inner = self.shown(inner);
                quote!(Box::new(#inner))
            }
            Shown::Listed(id, inner) => {
                let (name, inner) = (self.named(*id), self.shown(inner));
                quote!(#name::from(#inner))
            }
            Shown::Variant(id, variant, inner) => {
                let (name, variant, inner) = (self.named(*id), ident(variant), self.shown(inner));
                quote!(#name::#variant(#inner))
            }
            // The others hold nothing.
            _ => TokenStream::new(),
        }
    }

    /// A function of the tests' support.
    fn helper(&self, name: &'static str) -> Ident {
        self.helpers.borrow_mut().insert(name);
        Ident::new(name, Span::call_site())
    }

    pub(crate) fn made(&self, made: &Made) -> TokenStream {
        let (name, constructor) = (self.named(made.id), ident(&made.constructor));
        let arguments = made.arguments.iter().map(|one| self.shown(one));
        let setters = self.setters(&made.setters);
        quote!(#name::#constructor(#(#arguments),*)#setters)
    }

    pub(crate) fn setters(&self, setters: &[(Name, Shown)]) -> TokenStream {
        let setters = setters.iter().map(|(name, value)| {
            let (name, value) = (ident(name), self.shown(value));
            quote!(.#name(#value))
        });
        quote!(#(#setters)*)
    }

    /// The type that holds a value.
    fn held_type(&self, ty: &Type) -> TokenStream {
        match ty {
            Type::Timestamp => quote!(chrono::DateTime<chrono::Utc>),
            Type::Date => quote!(chrono::NaiveDate),
            Type::Bytes => quote!(Vec<u8>),
            Type::Secret => {
                let package = self.package;
                quote!(#package::SecretString)
            }
            Type::List(inner) => {
                let inner = self.held_type(inner);
                quote!(Vec<#inner>)
            }
            Type::Map(inner) => {
                let inner = self.held_type(inner);
                quote!(std::collections::BTreeMap<String, #inner>)
            }
            Type::Nullable(inner) => {
                let inner = self.held_type(inner);
                quote!(Option<#inner>)
            }
            Type::Boxed(inner) => {
                let inner = self.held_type(inner);
                quote!(Box<#inner>)
            }
            other => self.ty(other),
        }
    }

    /// The type that an answer is read as.
    pub(crate) fn ty(&self, ty: &Type) -> TokenStream {
        match ty {
            Type::Bool | Type::Flag => quote!(bool),
            Type::Integer => quote!(i64),
            Type::Integer32 => quote!(i32),
            Type::Unsigned => quote!(u64),
            Type::Unsigned32 => quote!(u32),
            Type::Number => quote!(f64),
            Type::Named(id) => self.named(*id),
            Type::List(inner) => {
                let inner = self.ty(inner);
                quote!(Vec<#inner>)
            }
            Type::Map(inner) => {
                let inner = self.ty(inner);
                quote!(std::collections::BTreeMap<String, #inner>)
            }
            Type::Boxed(inner) => self.ty(inner),
            Type::Nullable(inner) => {
                let inner = self.ty(inner);
                quote!(Option<#inner>)
            }
            // A secret and bytes are read from a text.
            Type::Text
            | Type::Secret
            | Type::Timestamp
            | Type::Date
            | Type::Bytes
            | Type::Upload => {
                quote!(String)
            }
            Type::Json => quote!(serde_json::Value),
        }
    }

    pub(crate) fn named(&self, id: TypeId) -> TokenStream {
        let package = self.package;
        let Some(definition) = self.model.type_def(id) else {
            return quote!(());
        };
        let name = ident(&definition.name);
        let module = match definition.home {
            Home::Root => None,
            Home::Module(index) => self
                .model
                .modules
                .get(index)
                .and_then(|module| module.name.as_ref()),
        };
        if let Some(module) = module.map(ident) {
            self.names_module.set(true);
            quote!(#module::#name)
        } else {
            quote!(#package::#name)
        }
    }
}

fn owned(text: &str) -> TokenStream {
    let text = literal(text);
    quote!(String::from(#text))
}
