//! What the generator tells the server for users' tests of a document that shows little: no pages, no examples, no names.

use openapi_client_codegen::{Input, Project, generate};

const DOCUMENT: &str = r"
openapi: 3.0.3
info: { title: Zoo, version: 1.0.0 }
servers: [{ url: https://zoo.example.com }]
paths:
  /v1/zoos/{zooId}/pets.json:
    get:
      operationId: listPets
      parameters:
        - { name: zooId, in: path, required: true, schema: { type: string } }
        - { name: per_page, in: query, schema: { type: integer, maximum: 30, default: 10 } }
        - { name: page, in: query, schema: { type: integer, minimum: 1 } }
      responses:
        '200':
          description: A page.
          content: { application/json: { schema: { $ref: '#/components/schemas/PetPage' } } }
    post:
      operationId: createPet
      parameters:
        - { name: zooId, in: path, required: true, schema: { type: string } }
      requestBody:
        content:
          application/x-www-form-urlencoded:
            schema:
              type: object
              properties:
                PetName: { type: string }
                Age: { type: integer }
                Chip: { type: string, format: password }
      responses:
        '201':
          description: The pet.
          content: { application/json: { schema: { $ref: '#/components/schemas/Pet' } } }
        '409':
          description: There is one.
          content: { application/json: { schema: { type: object }, example: { message: taken } } }
  /v1/zoos/{zooId}/pets/{petId}.json:
    delete:
      operationId: deletePet
      parameters:
        - { name: zooId, in: path, required: true, schema: { type: string } }
        - { name: petId, in: path, required: true, schema: { type: integer } }
      responses: { '204': { description: Gone. } }
  /v1/zoos/{zooId}/feed:
    post:
      operationId: feed
      parameters:
        - { name: zooId, in: path, required: true, schema: { type: string } }
      responses: { '202': { description: They eat. } }
components:
  schemas:
    Pet:
      type: object
      required: [id, pet_name, age]
      properties:
        id: { type: integer }
        pet_name: { type: string }
        age: { type: integer, nullable: true }
        zoo_id: { type: string }
    PetPage:
      type: object
      required: [pets]
      properties:
        pets: { type: array, items: { $ref: '#/components/schemas/Pet' } }
        next_page_uri: { type: string, nullable: true }
        total: { type: integer }
";

fn file(path: &str) -> String {
    file_of(DOCUMENT, path)
}

fn file_of(document: &str, path: &str) -> String {
    let project = Project {
        documents: vec![Input {
            path: "zoo.yaml".to_owned(),
            bytes: document.as_bytes().to_vec(),
            module: None,
        }],
        testing: true,
        ..Project::default()
    };
    let generated = generate(&project);
    let files = generated.files.expect("an accepted document");
    let text = files.get(path).expect("the file").to_owned();
    // How lines are broken says nothing.
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn a_collection_is_known_by_its_parents_and_ids() {
    let pets = file("src/testing/pets.rs");
    for wanted in [
        "pub fn collection(zoo_id: impl std::fmt::Display) -> Collection { Collection::new(&super::API, \"/v1/zoos/{zooId}/pets\").at(\"zooId\", zoo_id) }",
        "collection: \"/v1/zoos/{zooId}/pets\", id: \"id\", serial: Serial::Number,",
        "size: Some(PageSize { name: \"per_page\", default: 10, most: 30, })",
        "number: (\"page\", 1), token: \"\", labels: &[(&[\"total\"], Label::Total)]",
        "action: Action::Delete, status: 204, collection: \"/v1/zoos/{zooId}/pets\"",
    ] {
        assert!(pets.contains(wanted), "{wanted}\nin\n{pets}");
    }
}

#[test]
fn fields_become_the_properties_with_their_words_unless_they_are_secret() {
    let pets = file("src/testing/pets.rs");
    for wanted in [
        "Field::stored(\"zooId\", \"zoo_id\", As::Text).nullable()",
        "Field::stored(\"PetName\", \"pet_name\", As::Text)",
        "Field::stored(\"Age\", \"age\", As::Number).nullable()",
        "Field::secret(\"Chip\")",
    ] {
        assert!(pets.contains(wanted), "{wanted}\nin\n{pets}");
    }
}

#[test]
fn what_the_document_does_not_show_is_made_of_the_types() {
    let pets = file("src/testing/pets.rs");
    let created = r#"status: 201, collection: "/v1/zoos/{zooId}/pets", "#;
    assert!(pets.contains(created), "{pets}");
    assert!(
        pets.contains(r##"r#"{"id":1,"pet_name":"text"}"#"##),
        "{pets}"
    );
    assert!(
        !pets.contains("pub fn create"),
        "no example, no value: {pets}"
    );
    let root = file("src/testing/mod.rs");
    assert!(
        root.contains(r##"(409, r#"{"message":"taken"}"#)"##),
        "{root}"
    );
    assert!(root.contains("static APIS: &[&Api] = &[&API];"), "{root}");
    assert!(!root.contains("fn example"), "{root}");
}

#[test]
fn an_operation_without_a_collection_answers_and_nothing_else() {
    let feed = file("src/testing/feed.rs");
    assert!(feed.contains("static KINDS: &[Kind] = &[];"), "{feed}");
    assert!(
        feed.contains("action: Action::Answer, status: 202, collection: \"\""),
        "{feed}"
    );
    assert!(!feed.contains("fn collection"), "{feed}");
}

#[test]
fn an_example_is_a_function_that_names_its_operation_once() {
    let examples =
        "examples: { fetch_full: { value: { title: x } }, short: { value: { title: y } } }";
    let text = format!(
        "openapi: 3.0.3\ninfo: {{ title: Shelf, version: 1.0.0 }}\nservers: [{{ url: https://shelf.example }}]\npaths:\n  /books/{{id}}:\n    get:\n      operationId: fetchBook\n      parameters: [{{ name: id, in: path, required: true, schema: {{ type: string }} }}]\n      responses:\n        '200':\n          description: It.\n          content: {{ application/json: {{ schema: {{ type: object, required: [title], properties: {{ title: {{ type: string }} }} }}, {examples} }} }}\n"
    );
    let books = file_of(&text, "src/testing/books.rs");
    for wanted in ["pub fn fetch_full() ->", "pub fn fetch_short() ->"] {
        assert!(books.contains(wanted), "{wanted}\nin\n{books}");
    }
}
