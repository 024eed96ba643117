//! Documents that are unlike any that people write by hand and still turn up: names that are traps, circles, chains.

mod support;

use support::{answer, body, document, make, operations};

/// Every name in it is a trap; `cargo xtask ci` compiles its crate too.
const TRAPS: &str = include_str!("documents/traps.yaml");

#[test]
fn a_document_in_which_every_name_is_a_trap_loses_nothing() {
    let made = make(TRAPS);
    assert_eq!(made.diagnostics(), "");
    for (path, text) in made.modules() {
        assert!(syn::parse_file(text).is_ok(), "{path} is no Rust");
    }
}

#[test]
fn a_resource_is_never_the_root_of_a_crate() {
    let made = operations(&[
        ("get", "/lib", "operationId: fetchLib"),
        ("get", "/main", "operationId: fetchMain"),
    ]);
    let files = made.files();
    assert!(files.get("src/main.rs").is_none());
    let (root, resource) = (files.get("src/lib.rs"), files.get("src/lib_resource.rs"));
    assert!(root.is_some_and(|text| text.contains("pub mod lib_resource;")));
    assert!(resource.is_some_and(|text| text.contains("\"/lib\"")));
}

#[test]
fn neither_a_resource_nor_a_type_is_called_like_the_parameter_of_all_handles() {
    let made = operations(&[("get", "/c", "operationId: fetchC")]);
    assert!(
        made.api().contains("pub struct CResource"),
        "{}",
        made.api()
    );
    let made = answer("C: { type: object, properties: { a: { type: string } } }");
    assert!(made.api().contains("pub struct CModel"), "{}", made.api());
}

#[test]
fn what_may_be_itself_is_one_of_the_others() {
    let made = body(
        "
Tree: { oneOf: [{ $ref: '#/components/schemas/Tree' }, { type: string }, { type: array, items: { $ref: '#/components/schemas/Tree' } }] }
",
    );
    let tree = made.items(&["Tree"]);
    assert!(!tree.contains("Tree(Tree)"), "{tree}");
    assert!(tree.contains("List(Vec<Tree>)"), "{tree}");
}

/// Types that hold each other in lists, the last one holding the first.
fn ring(length: usize) -> String {
    let types = (0..length).map(|at| {
        let next = (at + 1) % length;
        format!("R{at}: {{ type: object, properties: {{ next: {{ type: array, items: {{ $ref: '#/components/schemas/R{next}' }} }} }} }}\n")
    });
    types.collect()
}

#[test]
fn the_compiler_is_told_to_follow_long_chains_of_types_only() {
    let has_limit = |length| {
        let made = answer(&ring(length));
        let root = made.files().get("src/lib.rs").unwrap_or_default();
        root.contains("recursion_limit")
    };
    assert!(!has_limit(11), "in a crate with few types");
    assert!(has_limit(12), "not where types are in a long chain");
}

#[test]
fn what_reads_one_of_several_answers_is_imported_where_it_is_named_only() {
    let content = |kind: &str| {
        format!(
            "{{ description: Done, content: {{ application/json: {{ schema: {{ type: {kind} }} }} }} }}"
        )
    };
    let made = make(&document(&format!(
        "paths:\n  /cats: {{ get: {{ operationId: fetchCats, responses: {{ '200': {}, '202': {} }} }} }}",
        content("string"),
        content("integer")
    )));
    let cats = made.files().get("src/cats.rs").unwrap_or_default();
    assert!(cats.contains("match body.status()"), "{cats}");
    assert!(!cats.contains("Body"), "{cats}");
}
