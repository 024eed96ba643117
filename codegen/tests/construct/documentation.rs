//! What a description becomes.

use crate::support::{answer, document, make_with_examples};

/// The documentation of a struct with this description.
fn documented(description: &str) -> String {
    let lines: String = description
        .lines()
        .flat_map(|line| ["    ", line, "\n"])
        .collect();
    answer(&format!(
        "Pet:\n  description: |\n{lines}  type: object\n  properties: {{ id: {{ type: integer }} }}\n"
    ))
    .silent()
    .items(&["Pet"])
}

#[test]
fn headings_are_bold_so_that_they_do_not_mix_with_those_of_the_crate() {
    insta::assert_snapshot!(documented("# Pets\n\nAll of them.\n\n## Panics\n\nNever."));
}

#[test]
fn code_of_any_kind_is_text_that_rustdoc_does_not_run() {
    insta::assert_snapshot!(documented(
        "Call it:\n\n```rust\npanic!()\n```\n\nor\n\n    let x = evil();\n\nor\n\n~~~\ncurl -d a=b\n~~~"
    ));
}

#[test]
fn links_to_the_web_stay_and_others_are_text() {
    insta::assert_snapshot!(documented(
        "See [the guide](https://example.com/a_b), [here](/docs/x), [x](crate::Client), https://example.com/c. and [`Vec`]."
    ));
}

#[test]
fn html_is_shown_and_not_rendered() {
    insta::assert_snapshot!(documented(
        "<b>Bold</b> <script>alert(1)</script> & <br/>\n\n<div onclick='x()'>\nblock\n</div>"
    ));
}

#[test]
fn lists_and_tables_keep_their_lines() {
    insta::assert_snapshot!(documented(
        "Can be:\n\n- `one`: the first\n- `two`: the second, with words that go on and on until the line is full and has to be broken\n\n1. first\n2. second\n\n| a | b |\n|---|---|\n| 1 | 2 |"
    ));
}

#[test]
fn where_it_is_wanted_every_item_shows_how_it_is_used_and_secrets_come_from_elsewhere() {
    let made = make_with_examples(&document(
        "
paths:
  /pets:
    post:
      operationId: createPet
      parameters:
        - { name: Limit, in: query, schema: { type: integer, minimum: 1, maximum: 9 } }
      requestBody:
        content:
          application/x-www-form-urlencoded:
            schema:
              type: object
              required: [Name, ApiKey, Kind]
              properties:
                Name: { type: string }
                ApiKey: { type: string, format: password }
                Kind: { type: string, enum: [cat, dog] }
                Tags: { type: array, items: { type: string } }
      responses:
        '200':
          description: Done
          content: { application/json: { schema: { $ref: '#/components/schemas/Pet' } } }
components:
  schemas:
    Pet: { type: object, properties: { id: { type: string, pattern: '^PT[0-9]{8}$' } } }
",
    ))
    .silent();
    let shown: String = made
        .modules()
        .flat_map(|(_, text)| text.lines())
        .map(str::trim)
        .skip_while(|line| !line.starts_with("/// # Example"))
        .filter(|line| !line.is_empty() && !line.starts_with("#["))
        .filter(|line| {
            ["///", "pub fn", "pub struct", "pub enum"]
                .iter()
                .any(|start| line.starts_with(start))
        })
        .flat_map(|line| [line, "\n"])
        .collect();
    insta::assert_snapshot!(shown);
}
