//! The examples of a document: tests of what they show, and what is said of those that show something else.

use crate::support::{Made, document, make};

/// A document with an operation that creates a pet; `media` is what its body may be.
fn creates(media: &str, schemas: &str) -> Made {
    make(&document(&format!(
        "
paths:
  /zoos/{{zoo}}/pets:
    post:
      operationId: create_pet
      parameters:
        - {{ name: zoo, in: path, required: true, schema: {{ type: string, pattern: '^Z[0-9]{{3}}$' }} }}
        - {{ name: X-Trace, in: header, required: true, schema: {{ type: integer, minimum: 5 }} }}
      requestBody: {{ required: true, content: {{ {media} }} }}
      responses: {{ '204': {{ description: Done. }} }}
components:
  schemas:
{schemas}"
    )))
}

fn tests(made: &Made) -> &str {
    let text = made.files().get("tests/examples.rs").expect("a test");
    text.split_once("mod support_;\n").expect("tests").1
}

const FORM: &str = "
    NewPet:
      type: object
      required: [Name]
      properties:
        Name: { type: string }
        Age: { type: integer, maximum: 40 }
        Weight: { type: number }
        Good: { type: boolean }
        Tags: { type: array, items: { type: string, maxLength: 5 } }
        About: { type: object, additionalProperties: true }
        Note: { type: string }
        Born: { type: string, format: date-time }
        Chip: { type: string, pattern: '^C[0-9]{2}$' }
";

fn form(example: &str) -> Made {
    let schema = "schema: { $ref: '#/components/schemas/NewPet' }";
    let media = format!(
        "application/x-www-form-urlencoded: {{ {schema}, examples: {{ shown: {{ value: {example} }} }} }}"
    );
    creates(&media, FORM)
}

#[test]
fn a_form_is_sent_as_its_example_shows_it() {
    let made = form(
        "{ Name: Rex, Age: '7', Weight: '12.00', Good: 'True', Tags: one, About: '{\"a\": 1}', Note: { b: 2 }, \
           Born: '2015-07-30T20:00:00Z', Chip: C12 }",
    );
    let made = made.silent();
    insta::assert_snapshot!(tests(&made));
}

#[test]
fn json_is_sent_as_its_example_shows_it() {
    let made = creates(
        "application/json: { schema: { $ref: '#/components/schemas/NewPet' }, example: {
            name: Rex, nick: null, born: '2015-07-30', kind: cat, home: { kind: house, rooms: 3 }, owners: [{ name: A }],
            sizes: { small: 1.5 }, raw: [1, { a: b }], extra: 5, codes: [] } }",
        "
    NewPet:
      type: object
      required: [name, nick]
      properties:
        name: { type: string }
        nick: { type: string, nullable: true }
        born: { type: string, format: date }
        kind: { type: string, enum: [cat, dog] }
        home: { $ref: '#/components/schemas/Home' }
        owners: { type: array, items: { $ref: '#/components/schemas/Owner' } }
        sizes: { type: object, additionalProperties: { type: number } }
        codes: { type: array, items: { type: string } }
        raw: {}
      additionalProperties: { type: integer }
    Owner: { type: object, required: [name], properties: { name: { type: string } } }
    Home:
      oneOf: [{ $ref: '#/components/schemas/House' }, { $ref: '#/components/schemas/Den' }]
      discriminator: { propertyName: kind, mapping: { house: '#/components/schemas/House', den: '#/components/schemas/Den' } }
    House: { type: object, required: [kind], properties: { kind: { type: string }, rooms: { type: integer } } }
    Den: { type: object, required: [kind], properties: { kind: { type: string } } }
",
    );
    let made = made.silent();
    insta::assert_snapshot!(tests(&made));
}

#[test]
fn an_example_that_the_client_would_refuse_is_told_of_and_not_tested() {
    let refused = [
        "{ Age: 7 }",
        "{ Name: Rex, Age: 41 }",
        "{ Name: Rex, Age: young }",
        "{ Name: Rex, Tags: [a, longer] }",
        "{ Name: Rex, Chip: D12 }",
        "{ Name: Rex, Good: maybe }",
        "[Rex]",
    ];
    let told = refused.map(|example| {
        let made = form(example);
        assert!(
            made.files().get("tests/examples.rs").is_none(),
            "{example} is tested"
        );
        made.diagnostics()
    });
    insta::assert_snapshot!(told.concat());
}

#[test]
fn what_the_schema_does_not_have_is_told_of_and_the_rest_is_tested() {
    let made = form("{ Name: Rex, Colour: red, About: { a: 1 } }");
    insta::assert_snapshot!(format!("{}{}", made.diagnostics(), tests(&made)));
}

#[test]
fn every_answer_that_has_a_type_is_read_as_its_example_shows_it() {
    let made = make(&document(
        "
paths:
  /pets:
    get:
      operationId: list_pets
      responses:
        '200': { description: All., content: { application/json: { schema: { $ref: '#/components/schemas/Pet' }, example: { price: '1.50' } } } }
        '202': { description: Later., content: { application/json: { schema: { $ref: '#/components/schemas/Later' }, example: { after: 5 } } } }
        '409': { description: No., content: { application/json: { schema: { $ref: '#/components/schemas/Reason' }, example: { why: x } } } }
components:
  schemas:
    Pet: { type: object, properties: { price: { type: number } } }
    Later: { type: object, properties: { after: { type: integer } } }
    Reason: { type: object, properties: { why: { type: string } } }
",
    ));
    let made = made.silent();
    insta::assert_snapshot!(tests(&made));
}

const PET: &str = "
components:
  schemas:
    Pet:
      type: object
      required: [id, owner]
      properties:
        id: { type: integer }
        owner: { type: object, required: [name], properties: { name: { type: string } } }
        born: { type: string, format: date-time }
        day: { type: string, format: date }
        tags: { type: array, items: { type: string } }
        kind: { type: string, enum: [cat, dog] }
        good: { type: string, enum: ['true', 'false'] }
      additionalProperties: { type: integer }
";

/// A document with an answer that is a pet.
fn reads(example: &str) -> Made {
    let content = format!(
        "application/json: {{ schema: {{ $ref: '#/components/schemas/Pet' }}, example: {example} }}"
    );
    make(&document(&format!(
        "
paths:
  /pets:
    get:
      operationId: list_pets
      responses: {{ '200': {{ description: All., content: {{ {content} }} }} }}
{PET}"
    )))
}

#[test]
fn an_answer_that_cannot_be_read_is_told_of_and_not_tested() {
    let refused = [
        "{ id: 1 }",
        "{ id: '1', owner: { name: A } }",
        "{ id: 1.5, owner: { name: A } }",
        "{ id: 1, owner: { name: null } }",
        "{ id: 1, owner: [] }",
        "{ id: 1, owner: { name: A }, born: yesterday }",
        "{ id: 1, owner: { name: A }, day: '2020-02-30' }",
        "{ id: 1, owner: { name: A }, tags: [a, 5] }",
        "{ id: 1, owner: { name: A }, kind: 5 }",
        "{ id: 1, owner: { name: A }, other: x }",
        "[]",
    ];
    let told = refused.map(|example| {
        let made = reads(example);
        let tests = made.files().get("tests/examples.rs");
        assert!(tests.is_none(), "{example} is tested");
        made.diagnostics()
    });
    insta::assert_snapshot!(told.concat());
    let read = [
        "{ id: 1, owner: { name: A, age: 5 }, born: 'Fri, 14 Oct 2016 21:56:34 +0000', kind: bird, good: 'True', other: 5 }",
        "{ id: 1, owner: { name: A }, born: '2015-07-30T20:00:00.5+02:00', day: null, tags: null, good: false }",
    ];
    for example in read {
        let made = reads(example).silent();
        let tests = tests(&made);
        assert!(tests.contains("tiny_client::Pet"), "{tests}");
    }
}

#[test]
fn values_in_values_have_one_type_and_what_is_not_there_has_its_own() {
    let made = creates(
        "application/json: { schema: { $ref: '#/components/schemas/NewPet' }, example: {
            rings: [[[1, 2], [3, 4]], [[5, 6]], []], secret: null, days: null, blobs: [], kinds: [[a], []] } }",
        "
    NewPet:
      type: object
      properties:
        rings: { type: array, items: { type: array, items: { type: array, items: { type: number } } } }
        secret: { type: string, format: password, nullable: true }
        days: { type: array, nullable: true, items: { type: string, format: date } }
        blobs: { type: array, nullable: true, items: { type: string, format: byte } }
        kinds: { type: array, items: { type: array, items: { type: string, enum: [a, b] } } }
",
    );
    let made = made.silent();
    insta::assert_snapshot!(tests(&made));
}

#[test]
fn a_path_is_expected_as_the_client_writes_it() {
    let made = make(&document(
        "
paths:
  /numbers/{number}:
    servers: [{ url: '/api/{version}/', variables: { version: { default: v1 } } }]
    post:
      operationId: call
      parameters: [{ name: number, in: path, required: true, schema: { type: string, pattern: '^\\+[1-9]{3}$' } }]
      requestBody: { content: { application/json: { schema: { type: object }, example: { a: 1 } } } }
      responses: { '204': { description: Done. } }
  /styles/{style}:
    post:
      operationId: style
      parameters: [{ name: style, in: path, required: true, style: matrix, schema: { type: string } }]
      requestBody: { content: { application/json: { schema: { type: object }, example: { a: 1 } } } }
      responses: { '204': { description: Done. } }
",
    ));
    let tests = tests(&made);
    assert!(tests.contains("/api/v1/numbers/%2B111"), "{tests}");
    assert!(!tests.contains("styles"), "{tests}");
}

#[test]
fn tests_of_two_operations_never_have_one_name() {
    let operation = |path: &str, id: &str, tag: &str| {
        format!(
            "
  {path}:
    get:
      operationId: {id}
      tags: [{tag}]
      responses: {{ '200': {{ description: A., content: {{ application/json: {{ schema: {{ type: object }}, example: {{}} }} }} }} }}"
        )
    };
    let made = make(&document(&format!(
        "paths:{}{}",
        operation("/user", "group_list", "user"),
        operation("/user_group", "list", "user_group")
    )));
    let tests = tests(&made);
    let mut names: Vec<&str> = tests
        .lines()
        .filter(|line| line.starts_with("fn "))
        .collect();
    let count = names.len();
    names.sort_unstable();
    names.dedup();
    assert_eq!((names.len(), count), (2, 2), "{tests}");
}

#[test]
fn an_alternative_with_more_than_it_has_is_that_alternative() {
    let made = creates(
        "application/json: { schema: { $ref: '#/components/schemas/Pet' }, example: { meow: true, age: 5 } }",
        "
    Pet: { oneOf: [{ $ref: '#/components/schemas/Dog' }, { $ref: '#/components/schemas/Cat' }] }
    Cat: { type: object, required: [meow], properties: { meow: { type: boolean } } }
    Dog: { type: object, required: [bark], properties: { bark: { type: boolean } } }
",
    );
    assert!(
        made.diagnostics()
            .contains("a property that the schema does not have")
    );
    assert!(tests(&made).contains("tiny_client::Pet::Cat(tiny_client::Cat::new(true))"));
}

/// Each level of the value may be any of the alternatives, and none of them fits.
#[test]
fn alternatives_inside_of_alternatives_end() {
    let mut example = "{ leaf: bad }".to_owned();
    for _ in 0..20 {
        example = format!("{{ child: {example} }}");
    }
    let node = |name: &str| {
        format!(
            "    {name}: {{ type: object, properties: {{ child: {{ $ref: '#/components/schemas/Tree' }}, leaf: {{ type: integer }}, own{name}: {{ type: string }} }} }}\n"
        )
    };
    let names = ["A", "B", "C", "D"];
    let references = names.map(|name| format!("{{ $ref: '#/components/schemas/{name}' }}"));
    let schemas = format!(
        "\n    Tree: {{ oneOf: [{}] }}\n{}",
        references.join(", "),
        names.map(node).concat()
    );
    let media = format!(
        "application/json: {{ schema: {{ $ref: '#/components/schemas/Tree' }}, example: {example} }}"
    );
    let made = creates(&media, &schemas);
    assert!(made.files().get("tests/examples.rs").is_none());
}
