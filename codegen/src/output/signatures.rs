//! Takes a formatted file's syntax tree and gives its public declarations without bodies and documentation, so that a reviewer sees what users rely on; it must never show what is private.

use syn::{Attribute, Fields, ImplItem, Item, Visibility};

use super::format::alone;

/// Appends what is public of some items.
pub(super) fn append(items: Vec<Item>, text: &mut String) {
    let items: Vec<Item> = items.into_iter().filter_map(declaration).collect();
    if items.is_empty() {
        return;
    }
    for line in prettyplease::unparse(&alone(Vec::new(), items)).lines() {
        // A member's body was emptied; what is left of it says nothing.
        let is_function = |line: &&str| line.starts_with("    ") || line.starts_with("pub fn ");
        match line.strip_suffix(" {}").filter(is_function) {
            Some(signature) => text.extend([signature, ";\n"]),
            None => text.extend([line, "\n"]),
        }
    }
}

fn declaration(mut item: Item) -> Option<Item> {
    match &mut item {
        Item::Struct(structure) if is_public(&structure.vis) => {
            keep(&mut structure.attrs);
            keep_fields(&mut structure.fields);
        }
        Item::Enum(enumeration) if is_public(&enumeration.vis) => {
            keep(&mut enumeration.attrs);
            enumeration
                .variants
                .iter_mut()
                .for_each(|variant| keep(&mut variant.attrs));
        }
        Item::Type(alias) if is_public(&alias.vis) => keep(&mut alias.attrs),
        Item::Fn(function) if is_public(&function.vis) => {
            keep(&mut function.attrs);
            function.block.stmts.clear();
        }
        Item::Use(import) if is_public(&import.vis) => keep(&mut import.attrs),
        Item::Mod(module) if is_public(&module.vis) => keep(&mut module.attrs),
        Item::Macro(call) => keep(&mut call.attrs),
        Item::Impl(block) => {
            keep(&mut block.attrs);
            let of_trait = block.trait_.is_some();
            let members = std::mem::take(&mut block.items);
            block.items = members
                .into_iter()
                .filter_map(|member| member_declaration(member, of_trait))
                .collect();
            if !of_trait && block.items.is_empty() {
                return None;
            }
        }
        _ => return None,
    }
    Some(item)
}

fn member_declaration(member: ImplItem, of_trait: bool) -> Option<ImplItem> {
    match member {
        ImplItem::Fn(mut function) if !of_trait && is_public(&function.vis) => {
            keep(&mut function.attrs);
            function.block.stmts.clear();
            Some(ImplItem::Fn(function))
        }
        ImplItem::Type(associated) => Some(ImplItem::Type(associated)),
        _ => None,
    }
}

fn is_public(visibility: &Visibility) -> bool {
    matches!(visibility, Visibility::Public(_))
}

/// What changes how an item may be used.
fn keep(attributes: &mut Vec<Attribute>) {
    attributes.retain(|attribute| {
        ["cfg", "derive", "deprecated", "non_exhaustive"]
            .iter()
            .any(|name| attribute.path().is_ident(name))
    });
}

fn keep_fields(fields: &mut Fields) {
    let fields = match fields {
        Fields::Named(named) => &mut named.named,
        Fields::Unnamed(unnamed) => &mut unnamed.unnamed,
        Fields::Unit => return,
    };
    let kept = std::mem::take(fields)
        .into_iter()
        .filter(|field| is_public(&field.vis));
    fields.extend(kept.map(|mut field| {
        keep(&mut field.attrs);
        field
    }));
}
