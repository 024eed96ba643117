//! Pages, and what a call answers.

use crate::support::{Made, document, make};

/// An operation that answers with this page of pets.
fn list(parameters: &str, page: &str) -> Made {
    make(&document(&format!(
        "
paths:
  /pets:
    get:
      operationId: listPets
      parameters: [{parameters}]
      responses: {{ '200': {{ description: Done, content: {{ application/json: {{ schema: {{ $ref: '#/components/schemas/Pets' }} }} }} }} }}
components:
  schemas:
    Pets: {page}
    Pet: {{ type: object, properties: {{ id: {{ type: integer }} }} }}
"
    )))
    .silent()
}

const PETS: &str = "pets: { type: array, items: { $ref: '#/components/schemas/Pet' } }";

#[test]
fn a_page_may_keep_the_next_link_in_an_object() {
    let made = list(
        "{ name: PageSize, in: query, schema: { type: integer, maximum: 1000 } }",
        &format!(
            "{{ type: object, properties: {{ {PETS}, meta: {{ type: object, required: [next_page_url], properties: {{ next_page_url: {{ type: string, nullable: true }} }} }} }} }}"
        ),
    );
    insta::assert_snapshot!(made.items(&["Pets", "ListRequest"]));
}

#[test]
fn a_page_may_keep_the_next_link_beside_its_items() {
    let made = list(
        "",
        &format!(
            "{{ type: object, required: [pets, next], properties: {{ {PETS}, next: {{ type: string }} }} }}"
        ),
    );
    insta::assert_snapshot!(made.items(&["Pets", "ListRequest"]));
}

#[test]
fn a_list_without_a_next_link_is_no_page() {
    let made = list(
        "{ name: PageSize, in: query, schema: { type: integer } }",
        &format!("{{ type: object, required: [pets], properties: {{ {PETS} }} }}"),
    );
    insta::assert_snapshot!(made.items(&["Pets", "ListRequest"]));
}

#[test]
fn an_object_with_two_lists_is_no_page() {
    let made = list(
        "",
        &format!(
            "{{ type: object, properties: {{ {PETS}, others: {{ type: array, items: {{ $ref: '#/components/schemas/Pet' }} }}, next: {{ type: string }} }} }}"
        ),
    );
    insta::assert_snapshot!(made.items(&["Pets"]));
}

#[test]
fn a_list_that_is_answered_alone_is_a_vector() {
    let made = list(
        "",
        "{ type: array, items: { $ref: '#/components/schemas/Pet' } }",
    );
    insta::assert_snapshot!(made.items(&["ListRequest"]));
}
