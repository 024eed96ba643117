//! Takes what a module's code refers to and gives its `use` declarations; it must never import what is not used.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

use super::ident;
use crate::model::{Crate, Home, Type, TypeId, TypeKind};

/// The names that one file refers to without a path.
pub(crate) struct Scope<'m> {
    pub(crate) model: &'m Crate,
    /// The definitions of this home need no import.
    home: Option<Home>,
    runtime: BTreeSet<&'static str>,
    types: BTreeSet<TypeId>,
    chrono: bool,
}

impl<'m> Scope<'m> {
    pub(crate) fn new(model: &'m Crate, home: Option<Home>) -> Self {
        Self {
            model,
            home,
            runtime: BTreeSet::new(),
            types: BTreeSet::new(),
            chrono: false,
        }
    }

    /// An item of the runtime.
    pub(crate) fn runtime(&mut self, name: &'static str) -> Ident {
        self.runtime.insert(name);
        Ident::new(name, Span::call_site())
    }

    /// A definition of this crate.
    pub(crate) fn named(&mut self, id: TypeId) -> TokenStream {
        let Some(definition) = self.model.type_def(id) else {
            return quote!(());
        };
        if self.home != Some(definition.home) {
            self.types.insert(id);
        }
        let name = ident(&definition.name);
        quote!(#name)
    }

    fn timestamp(&mut self) -> TokenStream {
        self.chrono = true;
        quote!(DateTime<Utc>)
    }

    pub(crate) fn newtype(&self, id: TypeId) -> bool {
        self.model
            .type_def(id)
            .is_some_and(|definition| matches!(definition.kind, TypeKind::Newtype(_)))
    }

    /// The type of a field that holds an answer.
    pub(crate) fn field(&mut self, ty: &Type) -> TokenStream {
        match ty {
            Type::Bool | Type::Flag => quote!(bool),
            Type::Integer => quote!(i64),
            Type::Number => quote!(f64),
            Type::Text => quote!(String),
            Type::Secret => {
                let secret = self.runtime("SecretString");
                quote!(#secret)
            }
            Type::Timestamp => self.timestamp(),
            Type::Json => quote!(serde_json::Value),
            Type::Named(id) => self.named(*id),
            Type::List(inner) => {
                let inner = self.field(inner);
                quote!(Vec<#inner>)
            }
            Type::Map(inner) => {
                let inner = self.field(inner);
                quote!(std::collections::BTreeMap<String, #inner>)
            }
            Type::Boxed(inner) => {
                let inner = self.field(inner);
                quote!(Box<#inner>)
            }
        }
    }

    /// The type of a field that holds what will be sent: a newtype that came from text may be invalid until then.
    pub(crate) fn kept(&mut self, ty: &Type) -> TokenStream {
        match ty {
            Type::Named(id) if self.newtype(*id) => {
                let (name, invalid) = (self.named(*id), self.runtime("InvalidValue"));
                quote!(Result<#name, #invalid>)
            }
            Type::List(inner) => {
                let inner = self.kept(inner);
                quote!(Vec<#inner>)
            }
            other => self.field(other),
        }
    }

    /// The type of an argument: whatever converts into what is kept.
    pub(crate) fn argument(&mut self, ty: &Type) -> TokenStream {
        match ty {
            Type::Named(id) if self.newtype(*id) => {
                let (name, invalid) = (self.named(*id), self.runtime("InvalidValue"));
                quote!(impl TryInto<#name, Error: Into<#invalid>>)
            }
            Type::Text | Type::Secret | Type::Json | Type::Named(_) => {
                let field = self.field(ty);
                quote!(impl Into<#field>)
            }
            Type::List(inner) => {
                let inner = self.argument(inner);
                quote!(impl IntoIterator<Item = #inner>)
            }
            other => self.field(other),
        }
    }

    /// The `use` declarations for all that was referred to; `own` are the names that the file declares.
    pub(crate) fn imports(&self) -> TokenStream {
        let runtime = self
            .runtime
            .iter()
            .map(|name| Ident::new(name, Span::call_site()));
        let runtime = group(&quote!(crate::runtime), &runtime.collect::<Vec<_>>());
        let mut homes: BTreeMap<Home, Vec<Ident>> = BTreeMap::new();
        for id in &self.types {
            if let Some(definition) = self.model.type_def(*id) {
                homes
                    .entry(definition.home)
                    .or_default()
                    .push(ident(&definition.name));
            }
        }
        let mut groups: Vec<(String, TokenStream)> = homes
            .into_iter()
            .map(|(home, mut names)| {
                names.sort();
                let path = home_path(self.model, home);
                (path.to_string(), group(&path, &names))
            })
            .collect();
        groups.push(("crate :: runtime".to_owned(), runtime));
        groups.sort_by(|one, other| one.0.cmp(&other.0));
        let groups = groups.into_iter().map(|(_, group)| group);
        let chrono = self.chrono.then(|| {
            quote!(
                use chrono::{DateTime, Utc};
            )
        });
        quote!(#chrono #(#groups)*)
    }
}

fn group(path: &TokenStream, names: &[Ident]) -> TokenStream {
    match names {
        [] => TokenStream::new(),
        [only] => quote!(use #path::#only;),
        _ => quote!(use #path::{#(#names),*};),
    }
}

/// The path of the module that declares the types of a home.
pub(crate) fn home_path(model: &Crate, home: Home) -> TokenStream {
    let module = match home {
        Home::Root => None,
        Home::Module(index) => model
            .modules
            .get(index)
            .and_then(|module| module.name.as_ref()),
    };
    if let Some(module) = module.map(ident) {
        quote!(crate::#module::types)
    } else {
        quote!(crate::types)
    }
}

/// The expression that turns an argument into what is kept.
pub(crate) fn conversion(scope: &Scope<'_>, ty: &Type, value: &TokenStream) -> TokenStream {
    match ty {
        Type::Named(id) if scope.newtype(*id) => quote!(#value.try_into().map_err(Into::into)),
        Type::Text | Type::Secret | Type::Json | Type::Named(_) => quote!(#value.into()),
        Type::List(inner) => {
            let item = quote!(item);
            let converted = conversion(scope, inner, &item);
            match **inner {
                Type::Named(id) if scope.newtype(id) => {
                    quote!(#value.into_iter().map(|item| #converted).collect())
                }
                Type::Text | Type::Secret | Type::Json | Type::Named(_) => {
                    quote!(#value.into_iter().map(Into::into).collect())
                }
                Type::List(_) => {
                    quote!(#value.into_iter().map(|item| #converted).collect())
                }
                _ => quote!(#value.into_iter().collect()),
            }
        }
        _ => value.clone(),
    }
}
