//! Takes what a module's code refers to and gives its `use` declarations; it must never import what is not used.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

use super::ident;
use crate::model::{Crate, Home, Name, Type, TypeId, TypeKind};

/// The names that one file refers to without a path.
pub(crate) struct Scope<'m> {
    pub(crate) model: &'m Crate,
    /// The definitions of this file need no import: of a home, those that a feature alone leads to.
    file: Option<(Home, Option<&'m Name>)>,
    runtime: BTreeSet<&'static str>,
    types: BTreeSet<TypeId>,
    chrono: BTreeSet<&'static str>,
}

impl<'m> Scope<'m> {
    pub(crate) fn new(model: &'m Crate, file: Option<(Home, Option<&'m Name>)>) -> Self {
        Self {
            model,
            file,
            runtime: BTreeSet::new(),
            types: BTreeSet::new(),
            chrono: BTreeSet::new(),
        }
    }

    /// An item of the runtime.
    pub(crate) fn runtime(&mut self, name: &'static str) -> Ident {
        self.runtime.insert(name);
        self.called(name)
    }

    /// What an import is called in the file: no type may be called like it.
    fn called(&self, name: &str) -> Ident {
        if self.model.type_names.contains(name) {
            Ident::new(&format!("Runtime{name}"), Span::call_site())
        } else {
            Ident::new(name, Span::call_site())
        }
    }

    /// A definition of this crate.
    pub(crate) fn named(&mut self, id: TypeId) -> TokenStream {
        let Some(definition) = self.model.type_def(id) else {
            return quote!(());
        };
        if self.file != Some((definition.home, definition.feature.as_ref())) {
            self.types.insert(id);
        }
        let name = ident(&definition.name);
        quote!(#name)
    }

    fn timestamp(&mut self) -> TokenStream {
        self.chrono.extend(["DateTime", "Utc"]);
        quote!(DateTime<Utc>)
    }

    /// A file, by its path where something of the API is called so.
    fn upload(&mut self) -> TokenStream {
        let mut types = self.model.types.iter().map(|one| &one.name);
        let resources = self.model.modules.iter().flat_map(|one| &one.resources);
        let mut handles = resources.map(|resource| &resource.handle);
        if types.any(|name| name.as_str() == "Upload")
            || handles.any(|name| name.as_str() == "Upload")
        {
            return quote!(crate::runtime::Upload);
        }
        let name = self.runtime("Upload");
        quote!(#name)
    }

    fn date(&mut self) -> TokenStream {
        self.chrono.insert("NaiveDate");
        quote!(NaiveDate)
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
            Type::Integer32 => quote!(i32),
            Type::Unsigned => quote!(u64),
            Type::Unsigned32 => quote!(u32),
            Type::Number => quote!(f64),
            Type::Text => quote!(String),
            Type::Secret => {
                let secret = self.runtime("SecretString");
                quote!(#secret)
            }
            Type::Timestamp => self.timestamp(),
            Type::Date => self.date(),
            Type::Bytes => quote!(Vec<u8>),
            Type::Upload => self.upload(),
            Type::Json => quote!(serde_json::Value),
            Type::Named(id) => self.named(*id),
            Type::Nullable(inner) => {
                let inner = self.field(inner);
                quote!(Option<#inner>)
            }
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
                let (name, checked) = (self.named(*id), self.runtime("Checked"));
                quote!(#checked<#name>)
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
                let (name, into) = (self.named(*id), self.runtime("IntoChecked"));
                quote!(impl #into<#name>)
            }
            Type::Text
            | Type::Secret
            | Type::Bytes
            | Type::Upload
            | Type::Json
            | Type::Named(_) => {
                let field = self.field(ty);
                quote!(impl Into<#field>)
            }
            Type::List(inner) => {
                let inner = self.argument(inner);
                quote!(impl IntoIterator<Item = #inner>)
            }
            Type::Boxed(inner) => self.argument(inner),
            other => self.field(other),
        }
    }

    /// The type of an argument whose value is kept as an answer is: text is no newtype before it was checked.
    pub(crate) fn given(&mut self, ty: &Type) -> TokenStream {
        match ty {
            Type::Named(_) => {
                let field = self.field(ty);
                quote!(impl Into<#field>)
            }
            Type::List(inner) => {
                let inner = self.given(inner);
                quote!(impl IntoIterator<Item = #inner>)
            }
            Type::Boxed(inner) => self.given(inner),
            other => self.argument(other),
        }
    }

    /// The `use` declarations for all that was referred to; `own` are the names that the file declares.
    pub(crate) fn imports(&self) -> TokenStream {
        let runtime = self.runtime.iter().map(|name| {
            let (own, called) = (Ident::new(name, Span::call_site()), self.called(name));
            if own == called {
                quote!(#own)
            } else {
                quote!(#own as #called)
            }
        });
        let runtime = group(&quote!(crate::runtime), &runtime.collect::<Vec<_>>());
        let mut files: BTreeMap<(Home, Option<&Name>), Vec<Ident>> = BTreeMap::new();
        for id in &self.types {
            if let Some(definition) = self.model.type_def(*id) {
                files
                    .entry((definition.home, definition.feature.as_ref()))
                    .or_default()
                    .push(ident(&definition.name));
            }
        }
        let mut groups: Vec<(String, TokenStream)> = files
            .into_iter()
            .map(|((home, feature), mut names)| {
                names.sort();
                let names: Vec<_> = names.iter().map(|name| quote!(#name)).collect();
                let path = home_path(self.model, home, feature);
                (path.to_string(), group(&path, &names))
            })
            .collect();
        groups.push(("crate :: runtime".to_owned(), runtime));
        groups.sort_by(|one, other| one.0.cmp(&other.0));
        let groups = groups.into_iter().map(|(_, group)| group);
        let chrono = self.chrono.iter();
        let chrono = chrono.map(|name| Ident::new(name, Span::call_site()));
        let chrono: Vec<_> = chrono.map(|name| quote!(#name)).collect();
        let chrono = group(&quote!(chrono), &chrono);
        quote!(#chrono #(#groups)*)
    }
}

fn group(path: &TokenStream, names: &[TokenStream]) -> TokenStream {
    match names {
        [] => TokenStream::new(),
        [only] => quote!(use #path::#only;),
        _ => quote!(use #path::{#(#names),*};),
    }
}

/// The path of the module that declares the types of a home.
pub(crate) fn home_path(model: &Crate, home: Home, feature: Option<&Name>) -> TokenStream {
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
        let file = file_path(model, feature);
        quote!(crate::#file)
    }
}

/// The module of the types of a feature, at the root.
pub(crate) fn file_path(model: &Crate, feature: Option<&Name>) -> TokenStream {
    if !model.is_parted() {
        return quote!(types);
    }
    let name = file_name(feature);
    quote!(types::#name)
}

/// The same below all types.
pub(crate) fn file_name(feature: Option<&Name>) -> Ident {
    feature.map_or_else(|| Ident::new("shared", Span::call_site()), ident)
}

/// The expression that turns an argument into what is kept.
pub(crate) fn conversion(scope: &Scope<'_>, ty: &Type, value: &TokenStream) -> TokenStream {
    let into_checked = scope.called("IntoChecked");
    let checked = |id| scope.newtype(id).then_some(&into_checked);
    convert(ty, value, &checked)
}

/// The same for what is kept as an answer is.
pub(crate) fn given_conversion(ty: &Type, value: &TokenStream) -> TokenStream {
    convert(ty, value, &|_| None)
}

/// `checked` gives the trait that checks a newtype, where it is to be checked.
fn convert<'i>(
    ty: &Type,
    value: &TokenStream,
    checked: &dyn Fn(TypeId) -> Option<&'i Ident>,
) -> TokenStream {
    match ty {
        Type::Named(id) if checked(*id).is_some() => quote!(#value.checked()),
        Type::Text | Type::Secret | Type::Bytes | Type::Upload | Type::Json | Type::Named(_) => {
            quote!(#value.into())
        }
        Type::Boxed(inner) => {
            let inner = convert(inner, value, checked);
            quote!(Box::new(#inner))
        }
        Type::List(inner) => converted_list(inner, value, checked),
        _ => value.clone(),
    }
}

fn converted_list<'i>(
    inner: &Type,
    value: &TokenStream,
    checked: &dyn Fn(TypeId) -> Option<&'i Ident>,
) -> TokenStream {
    let into_checked = match inner {
        Type::Named(id) => checked(*id),
        _ => None,
    };
    match inner {
        Type::Named(_) if into_checked.is_some() => {
            quote!(#value.into_iter().map(#into_checked::checked).collect())
        }
        Type::Text | Type::Secret | Type::Bytes | Type::Upload | Type::Json | Type::Named(_) => {
            quote!(#value.into_iter().map(Into::into).collect())
        }
        Type::List(_) | Type::Boxed(_) => {
            let converted = convert(inner, &quote!(item), checked);
            quote!(#value.into_iter().map(|item| #converted).collect())
        }
        _ => quote!(#value.into_iter().collect()),
    }
}
