//! Texts that can't be parsed, and what their authors are told.

use std::fmt::Write as _;

use openapi_client_codegen::source::{Limits, Source};

fn refusal(path: &str, bytes: &[u8]) -> String {
    with_limits(path, bytes, &Limits::default())
}

fn with_limits(path: &str, bytes: &[u8], limits: &Limits) -> String {
    match Source::read(path, bytes, limits) {
        Ok(source) => source
            .findings()
            .iter()
            .fold(String::new(), |mut all, one| {
                let _ = writeln!(all, "{one}");
                all
            }),
        Err(refused) => refused.to_string(),
    }
}

macro_rules! mistakes {
    ($($name:ident: $path:literal, $text:expr;)+) => {
        $(#[test] fn $name() { insta::assert_snapshot!(refusal($path, $text.as_ref())); })+
    };
}

mistakes! {
    a_tab_in_the_indentation_is_shown_where_it_is: "api.yaml", "info:\n  title: A\n\tversion: 1\n";
    a_tab_after_a_colon_only_is_shown_where_it_is: "api.yaml", "info:\n\ttitle: A\n\tversion: 1\n";
    an_archive_is_no_text: "api.yaml", [0x50, 0x4b, 0x03, 0x04, 0xff, 0xfe];
    a_nul_character_is_no_text: "api.json", "{\n\"a\": \"\0\"}";
    another_encoding_is_no_text: "api.yaml", [0xff, 0xfe, 0x6f, 0x00];
    an_empty_yaml_file_is_refused: "api.json", "";
    a_colon_in_a_value_needs_quotes: "api.yaml", "info:\n  title: My: API\n";
    an_open_quote_is_refused: "api.yaml", "info:\n  title: 'My API\n";
    wrong_indentation_is_refused: "api.yaml", "info:\n    title: A\n  version: 1\n";
    an_unknown_alias_is_refused: "api.yaml", "a: *b\n";
    two_documents_in_one_file_are_refused: "api.yaml", "---\na: 1\n---\nb: 2\n";
    a_list_as_a_key_is_refused: "api.yaml", "? [a, b]\n: c\n";
    a_missing_comma_is_shown_where_it_is: "api.json", "{\n  \"ä\": \"ö\"  \"b\": 2\n}";
    a_trailing_comma_is_shown_where_it_is: "api.json", "{\n  \"a\": 1,\n}";
    a_file_that_is_cut_off_is_refused: "api.json", "{\n  \"a\": [1,\n";
    a_comment_in_json_is_refused: "api.json", "{\n  // no\n  \"a\": 1\n}";
    repeated_keys_of_json_are_all_found: "api.json", "{\n  \"a\": 1,\n  \"b\": { \"c\": 1, \"\\u0063\": 2 },\n  \"a\": 2,\n  \"a\": 3\n}";
    repeated_keys_of_yaml_are_all_found: "api.yaml", "a: 1\nb:\n  - { c: 1, 'c': 2 }\n\"a\": 2\n";
}

#[test]
fn a_file_over_the_limit_is_refused() {
    let limits = Limits {
        bytes: 10,
        ..Limits::default()
    };
    insta::assert_snapshot!(with_limits("api.yaml", b"openapi: 3.0.3", &limits));
}

#[test]
fn values_nested_too_deeply_are_refused() {
    let json = format!("{}{}", "[".repeat(101), "]".repeat(101));
    let yaml = format!("{}{}", "[".repeat(5000), "]".repeat(5000));
    insta::assert_snapshot!(format!(
        "{}{}",
        refusal("a.json", json.as_bytes()),
        refusal("a.yaml", yaml.as_bytes())
    ));
}

#[test]
fn aliases_that_grow_without_end_are_refused() {
    let mut laughs = "a0: &a0 [ha, ha, ha, ha, ha, ha, ha, ha, ha, ha]\n".to_owned();
    for level in 1..10 {
        let last = format!("*a{}", level - 1);
        let _ = writeln!(
            laughs,
            "a{level}: &a{level} [{}]",
            vec![last; 10].join(", ")
        );
    }
    let long = format!(
        "a: &a {}\nb: [{}]\n",
        "x".repeat(100_000),
        vec!["*a"; 10_000].join(", ")
    );
    let loops = "a: &a [*a]\n";
    let all = [laughs.as_str(), &long, loops].map(|text| refusal("api.yaml", text.as_bytes()));
    insta::assert_snapshot!(all.concat());
}
