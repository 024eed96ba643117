//! Where other generators give wrong answers, fail or leak: what holds here.

mod support;

use support::{Made, answer, document, form, make, operations, parameters};

#[track_caller]
fn assert_has(text: &str, parts: &[&str]) {
    for part in parts {
        assert!(text.contains(part), "no `{part}` in\n{text}");
    }
}

/// An operation with these members that answers with nothing.
fn operation(members: &str) -> Made {
    operations(&[("post", "/things", &format!("operationId: doIt, {members}"))])
}

/// An operation that answers with this.
fn answering(content: &str, rest: &str) -> Made {
    make(&document(&format!(
        "paths:\n  /things:\n    get: {{ operationId: fetchThings, responses: {{ '200': {{ description: Done, content: {content} }} }} }}\n{rest}"
    )))
}

// Wrong answers without a word.

#[test]
fn a_success_has_the_type_of_the_success_and_not_of_the_failure() {
    let made = make(&document(
        "
paths:
  /things:
    get:
      operationId: fetchThings
      responses:
        '400': { description: Wrong, content: { application/json: { schema: { title: Answer, type: object, properties: { problem: { type: string } } } } } }
        '200': { description: Done, content: { application/json: { schema: { title: Answer, type: object, properties: { good: { type: string } } } } } }",
    ));
    assert_has(
        &made.items(&["FetchRequest"]),
        &["type Output = FetchThingsAnswer;"],
    );
    let answer = made.items(&["FetchThingsAnswer"]);
    assert_has(&answer, &["pub good: Option<String>"]);
    assert!(!answer.contains("problem"), "{answer}");
}

#[test]
fn two_inline_schemas_of_one_title_are_two_types() {
    let response = |property: &str| {
        format!(
            "responses: {{ '200': {{ description: Done, content: {{ application/json: {{ schema: {{ title: Answer, type: object, properties: {{ {property}: {{ type: string }} }} }} }} }} }} }}"
        )
    };
    let made = make(&document(&format!(
        "paths:\n  /a: {{ get: {{ operationId: getA, {} }} }}\n  /b: {{ get: {{ operationId: getB, {} }} }}",
        response("one"),
        response("two")
    )));
    assert_has(&made.items(&["GetAAnswer"]), &["pub one"]);
    assert_has(&made.items(&["GetBAnswer"]), &["pub two"]);
}

#[test]
fn a_list_in_a_form_is_written_by_the_runtime() {
    let made = form(
        "Form: { type: object, properties: { Tag: { type: array, items: { type: string } } } }",
    );
    assert_has(
        &made.items(&["CreateRequest"]),
        &[
            "tag: Option<Vec<String>>",
            "parts.form(\"Tag\", &self.tag);",
        ],
    );
}

#[test]
fn comparisons_of_one_property_are_three_parameters() {
    let date = "in: query, schema: { type: string, format: date-time } }";
    let made = parameters(
        "/things",
        &format!(
            "- {{ name: DateCreated, {date}\n- {{ name: DateCreated<, {date}\n- {{ name: DateCreated>, {date}"
        ),
    );
    assert_has(
        &made.silent().api(),
        &[
            "fn date_created(",
            "fn date_created_less_than(",
            "fn date_created_greater_than(",
        ],
    );
}

#[test]
fn fields_of_a_form_are_written_in_the_order_of_the_document() {
    let made = form(
        "Form: { type: object, required: [Beta], properties: { Zeta: { type: string }, Beta: { type: string }, Alpha: { type: string } } }",
    );
    let code = made.items(&["CreateRequest"]);
    let fields: Vec<_> = code
        .split("parts.form(\"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .collect();
    assert_eq!(fields, ["Zeta", "Beta", "Alpha"]);
}

#[test]
fn a_date_in_a_form_reaches_the_runtime_as_a_date() {
    let made =
        form("Form: { type: object, properties: { Born: { type: string, format: date-time } } }");
    assert_has(
        &made.items(&["CreateRequest"]),
        &[
            "born: Option<DateTime<Utc>>",
            "parts.form(\"Born\", &self.born);",
        ],
    );
}

#[test]
fn every_style_of_a_query_is_sent_as_the_document_says() {
    for (style, rules) in [
        ("explode: false", "&Rules::NONE.explode(false)"),
        ("style: deepObject", "&Rules::NONE.deep_object()"),
        ("style: pipeDelimited", "&Rules::NONE.pipe_delimited()"),
    ] {
        let made = parameters(
            "/things",
            &format!(
                "- {{ name: a, in: query, {style}, schema: {{ type: array, items: {{ type: string }} }} }}"
            ),
        );
        let made = made.silent();
        assert_has(&made.items(&["ReadRequest"]), &[rules]);
    }
}

#[test]
fn a_discriminator_is_sent_and_servers_and_logins_count() {
    let made = form(
        "
Form: { oneOf: [{ $ref: '#/components/schemas/A' }], discriminator: { propertyName: Kind, mapping: { a: '#/components/schemas/A' } } }
A: { type: object, properties: { Kind: { type: string } } }",
    );
    assert_has(&made.writing("Form"), &["parts.form(\"Kind\", \"a\");"]);
    let made = make(&document(
        "security: [{ login: [] }]\npaths: { /things: { get: { responses: { '204': { description: Done } } } } }\ncomponents: { securitySchemes: { login: { type: http, scheme: basic } } }",
    ));
    assert_has(
        &made.usual_operation(),
        &["security: &[&[Security::Basic]]"],
    );
    assert_has(
        made.files().get("src/client.rs").unwrap_or_default(),
        &["https://api.example.com"],
    );
}

#[test]
fn a_required_date_that_is_missing_is_an_error_and_never_now() {
    let made = answer(
        "A: { type: object, required: [at], properties: { at: { type: string, format: date-time } } }",
    );
    let code = made.items(&["A"]);
    assert_has(&code, &["pub at: DateTime<Utc>"]);
    assert!(!code.contains("default"), "{code}");
}

#[test]
fn a_limit_asks_for_no_more_than_a_page_may_have() {
    let made = make(&document(
        "
paths:
  /things:
    get:
      operationId: listThings
      parameters: [{ name: PageSize, in: query, schema: { type: integer, maximum: 1000 } }]
      responses: { '200': { description: Done, content: { application/json: { schema: { title: Things, type: object, properties: { next_page_url: { type: string }, things: { type: array, items: { type: object, properties: { id: { type: string } } } } } } } } } }",
    ));
    assert_has(
        &made.items(&["ListRequest"]),
        &["narrowed(self.page_size, limit, 1000)"],
    );
}

// Breadth.

#[test]
fn an_object_with_a_format_is_an_object() {
    let made = answer(
        "A: { type: object, format: any, properties: { b: { type: object, format: uri-map, additionalProperties: { type: string } } } }",
    );
    assert_has(&made.items(&["A"]), &["BTreeMap<String, String>"]);
}

#[test]
fn of_several_media_types_the_one_that_is_known_is_taken() {
    let made = operation(
        "requestBody: { content: { multipart/form-data: { schema: { type: object } }, application/x-www-form-urlencoded: { schema: { type: object, properties: { a: { type: string } } } } } }",
    );
    assert_has(&made.silent().api(), &["fn a("]);
    let made = answering(
        "{ text/html: {}, application/json; charset=utf-8: { schema: { type: array, items: { type: string } } } }",
        "",
    );
    assert_has(&made.api(), &["type Output = Vec<String>"]);
}

#[test]
fn a_body_in_parts_that_are_not_described_is_sent_as_a_whole() {
    let made = make(&document(
        "
paths:
  /upload: { post: { requestBody: { content: { multipart/form-data: { schema: { type: object } } } }, responses: { '204': { description: Done } } } }",
    ));
    assert_has(&made.diagnostics(), &["its parts are not described"]);
    assert_has(&made.api(), &["fn upload(", "Into<crate::runtime::Upload>"]);
}

#[test]
fn two_types_of_success_are_one_of_two() {
    let made = make(&document(
        "
paths:
  /two:
    get:
      responses:
        '200': { description: Done, content: { application/json: { schema: { type: array, items: { type: string } } } } }
        '201': { description: Made, content: { application/json: { schema: { type: array, items: { type: integer } } } } }
  /fine: { get: { responses: { '204': { description: Done } } } }",
    ));
    assert_has(
        &made.silent().api(),
        &["Ok(Vec<String>)", "Created(Vec<i64>)"],
    );
}

#[test]
fn a_schema_without_a_type_leaves_the_rest_alone() {
    let made = answer(
        "A: { type: object, properties: { odd: { not: { type: string } }, sum: { allOf: [{ type: string }, { type: integer }] }, fine: { type: string } } }",
    );
    assert_has(
        &made.items(&["A"]),
        &[
            "pub odd: Option<serde_json::Value>",
            "pub fine: Option<String>",
        ],
    );
}

#[test]
fn an_enum_that_a_form_refers_to_is_a_type_of_the_crate() {
    let made = form(
        "
Form: { type: object, properties: { Kind: { $ref: '#/components/schemas/chat.v2.kind' } } }
chat.v2.kind: { type: string, enum: [apn, fcm] }",
    );
    assert_has(&made.api(), &["impl Into<Kind>", "pub enum Kind"]);
}

#[test]
fn a_parameter_called_like_a_type_of_the_client_is_harmless() {
    let made = parameters(
        "/things",
        "- { name: Configuration, in: query, schema: { type: string } }\n- { name: Client, in: query, schema: { type: string, enum: [a, b] } }",
    );
    assert_has(&made.silent().api(), &["fn configuration(", "fn client("]);
}

#[test]
fn all_of_over_several_unions_is_an_object_that_may_have_what_any_of_them_has() {
    let union = "oneOf: [{ type: object, properties: { a: { type: string } } }, { type: object, properties: { b: { type: string } } }]";
    let made = answer(&format!(
        "A: {{ type: object, properties: {{ u: {{ allOf: [{{ {union} }}, {{ {union} }}] }} }} }}"
    ));
    assert_has(&made.items(&["A"]), &["pub u: Option<AU>"]);
    assert_has(
        &made.silent().items(&["AU"]),
        &["pub a: Option<String>", "pub b: Option<String>"],
    );
}

#[test]
fn mistakes_that_many_documents_have_are_mended() {
    let made = make(
        "
openapi: 3.0.3
info: { title: Tiny, version: 1.0 }
servers: [{ url: https://api.example.com }]
tags: null
paths:
  /things:
    parameters: null
    get:
      tags: null
      responses: { 200: { description: Done } }",
    );
    assert_has(&made.methods(), &["fn list"]);
}

#[test]
fn keywords_are_names_all_the_same() {
    let words = [
        "type", "self", "Self", "crate", "super", "async", "gen", "union", "match", "_",
    ];
    let properties: Vec<String> = words
        .iter()
        .map(|word| format!("'{word}': {{ type: string }}"))
        .collect();
    let made = answer(&format!(
        "A: {{ type: object, properties: {{ {} }} }}",
        properties.join(", ")
    ));
    assert_has(
        &made.silent().items(&["A"]),
        &["pub type_:", "pub crate_:", "pub gen_:"],
    );
    let parameters_: Vec<String> = words
        .iter()
        .map(|word| format!("- {{ name: '{word}', in: query, schema: {{ type: string }} }}\n"))
        .collect();
    assert_has(
        &parameters("/self", &parameters_.concat()).api(),
        &["fn match_("],
    );
}

#[test]
fn an_enum_without_values_is_text() {
    let made = answer("A: { type: object, properties: { e: { type: string, enum: [] } } }");
    assert_has(&made.items(&["A"]), &["pub e: Option<String>"]);
}

#[test]
fn a_type_in_itself_is_boxed() {
    let made = answer("A: { type: object, properties: { a: { $ref: '#/components/schemas/A' } } }");
    assert_has(&made.items(&["A"]), &["Option<Box<A>>"]);
}

#[test]
fn numbers_out_of_range_are_no_limits() {
    let made = parameters(
        "/things",
        "- { name: n, in: query, schema: { type: integer, maximum: 18446744073709551615, minimum: -9223372036854775808, default: 99999999999999999999 } }",
    );
    assert_has(&made.api(), &["fn n(self, n: i64)"]);
}

#[test]
fn operations_of_any_method_need_no_id() {
    let made = operations(&[
        ("head", "/a", ""),
        ("options", "/a", ""),
        ("trace", "/a", ""),
        ("get", "/a", ""),
    ]);
    assert_has(
        &made.silent().methods(),
        &["fn head", "fn options", "fn trace", "fn list"],
    );
}

// Brittle.

#[test]
fn what_may_be_absent_is_one_option() {
    let made = form("Form: { type: object, properties: { a: { type: string, nullable: true } } }");
    assert!(!made.items(&["CreateRequest"]).contains("Option<Option"));
}

#[test]
fn one_shape_of_text_is_one_type_and_text_converts_into_it() {
    let sid = "schema: { type: string, pattern: '^CR[0-9a-f]{32}$' }";
    let made = make(&document(&format!(
        "
paths:
  /Credentials/{{Sid}}:
    get: {{ operationId: FetchCredential, parameters: [{{ name: Sid, in: path, required: true, {sid} }}], responses: {{ '204': {{ description: Done }} }} }}
    delete: {{ operationId: DeleteCredential, parameters: [{{ name: Sid, in: path, required: true, {sid} }}], responses: {{ '204': {{ description: Done }} }} }}"
    )));
    assert_eq!(made.api().matches("Sid();").count(), 1, "{}", made.api());
    assert_has(
        &made.methods(),
        &["fn fetch(&self, sid: impl IntoChecked<CredentialSid"],
    );
}

// Leaks.

#[test]
fn a_secret_is_kept_as_one_and_its_holder_is_never_serialized() {
    let made = form(
        "Form: { type: object, required: [Key], properties: { Key: { type: string, format: password } } }",
    );
    assert_has(&made.items(&["CreateRequest"]), &["key: SecretString"]);
    for (path, text) in made.modules() {
        assert!(!text.contains("Serialize"), "{path}");
    }
}

#[test]
fn a_description_is_never_a_documentation_test() {
    let made = answer(
        "A: { type: object, description: \"```\\npanic!()\\n```\\n\\n    panic!()\", properties: { a: { type: string } } }",
    );
    let code = made.items(&["A"]);
    let fences: Vec<_> = code.lines().filter(|line| line.contains("```")).collect();
    assert_eq!(fences, ["/// ```text", "/// ```", "/// ```text", "/// ```"]);
}
