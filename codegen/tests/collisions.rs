//! Generated code gives the clients methods of any name, and so the runtime must not give them any.

use std::fs;
use std::path::Path;

use syn::{ImplItem, Item, Type};

#[test]
fn the_runtime_leaves_all_names_of_methods_of_clients_to_the_api() {
    let runtime = Path::new(env!("CARGO_MANIFEST_DIR")).join("runtime/src/runtime");
    let mut files = 0;
    let mut found = Vec::new();
    for entry in fs::read_dir(&runtime).expect("the runtime is there") {
        let path = entry.expect("an entry").path();
        if path.extension().is_none_or(|extension| extension != "rs") {
            continue;
        }
        files += 1;
        let text = fs::read_to_string(&path).expect("a source file");
        for item in syn::parse_file(&text).expect("Rust").items {
            let Item::Impl(block) = item else { continue };
            let Type::Path(owner) = &*block.self_ty else {
                continue;
            };
            if block.trait_.is_none() && owner.path.is_ident("Client") {
                let methods = block.items.iter().filter_map(|member| match member {
                    ImplItem::Fn(function) => Some(function.sig.ident.to_string()),
                    _ => None,
                });
                found.extend(methods.map(|name| format!("{}: {name}", path.display())));
            }
        }
    }
    assert!(files > 30, "only {files} files");
    assert_eq!(found, Vec::<String>::new());
}
