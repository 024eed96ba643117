//! Takes the roles of operations and gives the tables of the runtime's server; it must never repeat an error that all operations share.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::quote;

use super::{constant, path, text};
use crate::emit::{gate, ident, literal};
use crate::model::{
    Action, Collection, ExampleBody, Kept, Label, Listing, Module, Operation, Resource, RoleField,
    Serial, Value,
};

/// The table of a module.
pub(super) fn api(module: &Module) -> TokenStream {
    let name = literal(module.name.as_ref().map_or("api", |name| name.as_str()));
    let resources: Vec<_> = module
        .resources
        .iter()
        .map(|one| (gate::resource(one), ident(&one.module)))
        .collect();
    let kinds = resources
        .iter()
        .map(|(gate, name)| quote!(#gate #name::KINDS));
    let routes = resources
        .iter()
        .map(|(gate, name)| quote!(#gate #name::ROUTES));
    let errors = errors(shared_errors(module));
    quote! {
        pub(crate) static API: Api = Api {
            name: #name,
            kinds: &[#(#kinds),*],
            routes: &[#(#routes),*],
            errors: #errors,
        };
    }
}

/// The example of each error that most operations have, by its status.
pub(super) type SharedErrors<'m> = BTreeMap<u16, &'m Value>;

/// Those of a module.
pub(super) fn shared_errors(module: &Module) -> SharedErrors<'_> {
    let mut seen: BTreeMap<u16, HashMap<&Value, (usize, Reverse<usize>)>> = BTreeMap::new();
    let operations = module
        .resources
        .iter()
        .flat_map(|resource| &resource.operations);
    let errors = operations.flat_map(|operation| &operation.role.errors);
    for (index, (status, value)) in errors.enumerate() {
        let values = seen.entry(*status).or_default();
        values.entry(value).or_insert((0, Reverse(index))).0 += 1;
    }
    let shared = seen.into_iter().filter_map(|(status, values)| {
        // Of several that are as frequent, the first.
        let best = values.into_iter().max_by_key(|(_, rank)| *rank)?;
        Some((status, best.0))
    });
    shared.collect()
}

fn errors<'a>(errors: impl IntoIterator<Item = (u16, &'a Value)>) -> TokenStream {
    let errors = errors.into_iter().map(|(status, value)| {
        let (status, text) = (Literal::u16_unsuffixed(status), text(value));
        quote!((#status, #text))
    });
    quote!(&[#(#errors),*])
}

/// What a table refers to, and the tables of a resource.
pub(super) fn of_resource(
    module: &Module,
    resource: &Resource,
    shared: &SharedErrors<'_>,
) -> (BTreeSet<&'static str>, TokenStream) {
    let mut names = BTreeSet::from(["Kind", "Route"]);
    let module_path = path(module, resource);
    let operations = resource.operations.iter();
    // The server takes any body for an operation, and gives one kind of answer.
    let operations = operations.filter(|one| !one.variant && !one.is_second);
    let routes = operations.map(|operation| {
        let request = ident(&operation.request);
        route(
            &mut names,
            operation,
            &quote!(<crate::#module_path::#request as Request>::OPERATION),
            shared,
        )
    });
    let routes = routes.collect::<Vec<_>>();
    let kinds = resource
        .collections
        .iter()
        .map(|collection| kind(&mut names, collection));
    let kinds = kinds.collect::<Vec<_>>();
    if !resource.operations.is_empty() {
        names.insert("Action");
    }
    let tables = quote! {
        pub(super) static KINDS: &[Kind] = &[#(#kinds),*];
        pub(super) static ROUTES: &[Route] = &[#(#routes),*];
    };
    (names, tables)
}

fn kind(names: &mut BTreeSet<&'static str>, collection: &Collection) -> TokenStream {
    names.extend(["Collection", "Serial"]);
    let path = literal(&collection.path);
    let id = literal(collection.id.as_deref().unwrap_or_default());
    let serial = match &collection.serial {
        Serial::Number => quote!(Number),
        Serial::Text {
            before,
            digits,
            length,
            after,
        } => {
            let (before, digits) = (literal(before), literal(digits));
            let (length, after) = (Literal::usize_unsuffixed(*length), literal(after));
            quote!(Text { before: #before, digits: #digits, length: #length, after: #after })
        }
    };
    quote!(Kind { collection: #path, id: #id, serial: Serial::#serial })
}

fn route(
    names: &mut BTreeSet<&'static str>,
    operation: &Operation,
    constant_path: &TokenStream,
    shared: &SharedErrors<'_>,
) -> TokenStream {
    let role = &operation.role;
    let action = match &role.action {
        Action::Answer => quote!(Answer),
        Action::Create => quote!(Create),
        Action::Delete => quote!(Delete),
        Action::Fetch => quote!(Fetch),
        Action::Update => quote!(Update),
        Action::List(listing) => {
            let listing = self::listing(names, listing);
            quote!(List(&#listing))
        }
    };
    let status = Literal::u16_unsuffixed(role.status);
    let collection = literal(&role.collection);
    let fields = role
        .fields
        .iter()
        .map(|one| field(names, one))
        .collect::<Vec<_>>();
    let ready = role.ready.iter().filter_map(|ready| {
        let example = operation.examples.get(ready.example)?;
        matches!(example.body, ExampleBody::Answer { .. }).then(|| constant(ready))
    });
    let examples = ready.map(|name| quote!(#name));
    let samples = role.sample.iter().map(|sample| {
        let text = text(sample);
        quote!(#text)
    });
    let examples = examples.chain(samples);
    let own = role.errors.iter().map(|(status, value)| (*status, value));
    let errors = errors(own.filter(|(status, value)| shared.get(status) != Some(value)));
    quote! {
        Route {
            operation: #constant_path,
            action: Action::#action,
            status: #status,
            collection: #collection,
            fields: &[#(#fields),*],
            examples: &[#(#examples),*],
            errors: #errors,
        }
    }
}

fn field(names: &mut BTreeSet<&'static str>, field: &RoleField) -> TokenStream {
    names.insert("Field");
    let name = literal(&field.wire);
    if field.secret {
        return quote!(Field::secret(#name));
    }
    let Some((property, kept)) = &field.property else {
        return quote!(Field::plain(#name));
    };
    names.insert("As");
    let kind = match kept {
        Kept::Bool => "Bool",
        Kept::Flag => "Flag",
        Kept::List => "List",
        Kept::Number => "Number",
        Kept::Text => "Text",
    };
    let (property, kind) = (literal(property), Ident::new(kind, Span::call_site()));
    let nullable = field.nullable.then(|| quote!(.nullable()));
    quote!(Field::stored(#name, #property, As::#kind) #nullable)
}

fn listing(names: &mut BTreeSet<&'static str>, listing: &Listing) -> TokenStream {
    names.insert("Listing");
    let items = literal(listing.items.as_deref().unwrap_or_default());
    let next = steps(&listing.next);
    let size = if let Some((name, default, most)) = &listing.size {
        names.insert("PageSize");
        let (name, default) = (literal(name), Literal::u64_unsuffixed(*default));
        let most = most.map_or_else(
            || quote!(usize::MAX),
            |most| {
                let most = Literal::u64_unsuffixed(most);
                quote!(#most)
            },
        );
        quote!(Some(PageSize { name: #name, default: #default, most: #most }))
    } else {
        quote!(None)
    };
    let (number, first) = listing.number.clone().unwrap_or_default();
    let (number, first) = (literal(&number), Literal::u64_unsuffixed(first));
    let token = literal(listing.token.as_deref().unwrap_or_default());
    if !listing.labels.is_empty() {
        names.insert("Label");
    }
    let labels = listing.labels.iter().map(|(path, label)| {
        let (path, label) = (
            steps(path),
            Ident::new(label_name(*label), Span::call_site()),
        );
        quote!((#path, Label::#label))
    });
    quote! {
        Listing {
            items: #items,
            next: #next,
            size: #size,
            number: (#number, #first),
            token: #token,
            labels: &[#(#labels),*],
        }
    }
}

fn steps(path: &[String]) -> TokenStream {
    let steps = path.iter().map(|step| literal(step));
    quote!(&[#(#steps),*])
}

fn label_name(label: Label) -> &'static str {
    match label {
        Label::End => "End",
        Label::First => "First",
        Label::Number => "Number",
        Label::Previous => "Previous",
        Label::Size => "Size",
        Label::Start => "Start",
        Label::This => "This",
        Label::Total => "Total",
    }
}
