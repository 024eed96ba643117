//! Takes the expressions that lowering made of examples and gives their tokens; it must never make one that lowering did not.

use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;

use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;

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
            Shown::Integer(number) => {
                let number = Literal::i128_unsuffixed(*number);
                quote!(#number)
            }
            Shown::Number(number) if number.is_finite() => {
                let number = Literal::f64_unsuffixed(*number);
                quote!(#number)
            }
            Shown::Number(_) => quote!(f64::NAN),
            Shown::Text(text) => {
                let text = literal(text);
                quote!(#text)
            }
            Shown::Owned(text) => {
                let text = literal(text);
                quote!(String::from(#text))
            }
            Shown::Parsed(ty, text) => {
                self.helpers.borrow_mut().insert("parsed");
                let (ty, text) = (self.parsed_type(ty), literal(text));
                quote!(parsed::<#ty>(#text))
            }
            Shown::Listed(id, inner) => {
                let (name, inner) = (self.named(*id), self.shown(inner));
                quote!(#name::from(#inner))
            }
            Shown::Json(json) => {
                self.helpers.borrow_mut().insert("json");
                let json = literal(&json.to_string());
                quote!(json(#json))
            }
            Shown::Null(ty) => {
                let ty = self.held_type(ty);
                quote!(None::<#ty>)
            }
            Shown::Some(inner) => {
                let inner = self.shown(inner);
                quote!(Some(#inner))
            }
            Shown::Items(items) => {
                let items = items.iter().map(|item| self.shown(item));
                quote!([#(#items),*])
            }
            Shown::List(items) => {
                let items = items.iter().map(|item| self.shown(item));
                quote!(vec![#(#items),*])
            }
            Shown::Empty(ty) => {
                let ty = self.held_type(ty);
                quote!(Vec::<#ty>::new())
            }
            Shown::Map(entries) => {
                let entries = entries.iter().map(|(key, value)| {
                    let (key, value) = (literal(key), self.shown(value));
                    quote!((String::from(#key), #value))
                });
                quote!(std::collections::BTreeMap::from([#(#entries),*]))
            }
            Shown::Boxed(inner) => {
                let inner = self.shown(inner);
                quote!(Box::new(#inner))
            }
            Shown::Variant(id, variant, inner) => {
                let (name, variant, inner) = (self.named(*id), ident(variant), self.shown(inner));
                quote!(#name::#variant(#inner))
            }
            Shown::Made(made) => self.made(made),
        }
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

    /// What a text is parsed into.
    fn parsed_type(&self, ty: &Type) -> TokenStream {
        match ty {
            Type::Timestamp => quote!(chrono::DateTime<chrono::Utc>),
            Type::Date => quote!(chrono::NaiveDate),
            other => self.ty(other),
        }
    }

    /// The type of a value that is not there.
    fn held_type(&self, ty: &Type) -> TokenStream {
        match ty {
            Type::Timestamp | Type::Date => self.parsed_type(ty),
            Type::Bytes => quote!(Vec<u8>),
            Type::Boxed(inner) => {
                let inner = self.held_type(inner);
                quote!(Box<#inner>)
            }
            other => self.ty(other),
        }
    }

    /// A type, as a test names it.
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
