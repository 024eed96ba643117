//! What calls answer with beside JSON: text, bytes, events, lines, several of them, and what is known of headers and errors.

use crate::support::{Made, document, make};

/// An operation with these responses, and what else its document has.
fn create(responses: &str) -> Made {
    let lines = responses.trim().lines();
    let responses: Vec<String> = lines.map(|line| format!("        {line}")).collect();
    let responses = responses.join("\n");
    make(&document(&format!(
        "
paths:
  /chats:
    post:
      operationId: createChat
      responses:
{responses}
components:
  schemas:
    Chat: {{ type: object, required: [id], properties: {{ id: {{ type: string }} }} }}
    Delta: {{ type: object, required: [text], properties: {{ text: {{ type: string }} }} }}
    Problem: {{ type: object, required: [title], properties: {{ title: {{ type: string }} }} }}
"
    )))
}

const CHAT: &str = "{ schema: { $ref: '#/components/schemas/Chat' } }";
const DELTA: &str = "{ schema: { $ref: '#/components/schemas/Delta' } }";

#[test]
fn text_of_any_kind_is_a_string_and_asked_for() {
    let made = create(
        "'200': { description: Done, content: { application/xml: {}, text/plain: { schema: { type: string } } } }",
    );
    insta::assert_snapshot!(made.silent().items(&["CreateRequest"]));
}

#[test]
fn text_that_stands_for_a_number_is_that_number_or_missing() {
    let made = create(
        "
'200': { description: Done, content: { text/plain: { schema: { type: integer } } } }
'204': { description: None of them }",
    );
    insta::assert_snapshot!(made.silent().items(&["CreateRequest"]));
}

#[test]
fn other_types_are_bytes_as_they_come() {
    for content in [
        "application/pdf: {}, image/png: { schema: { type: string, format: binary } }",
        "'*/*': {}",
        "multipart/mixed: { schema: { type: object, properties: { a: { type: string } } } }",
        "application/json: { schema: { type: string, format: binary } }",
    ] {
        let made = create(&format!(
            "'200': {{ description: Done, content: {{ {content} }} }}"
        ));
        let items = made.silent().items(&["CreateRequest"]);
        assert!(items.contains("Body::download;"), "{content}: {items}");
    }
    let made =
        create("'200': { description: Done, content: { application/pdf: {}, image/png: {} } }");
    insta::assert_snapshot!(made.silent().items(&["CreateRequest"]));
}

#[test]
fn events_beside_json_have_a_method_of_their_own() {
    let made = create(&format!(
        "'200': {{ description: Done, content: {{ application/json: {CHAT}, text/event-stream: {DELTA} }} }}"
    ));
    let made = made.silent();
    insta::assert_snapshot!(format!(
        "{}{}",
        made.method("create_events"),
        made.items(&["CreateRequest", "CreateEventsRequest"])
    ));
    assert_eq!(made.generated.report.documents[0].operations, 1);
}

#[test]
fn events_that_are_described_as_objects_are_typed_by_their_data() {
    let event = |name: &str, data: &str| {
        format!(
            "{{ type: object, required: [event, data], properties: {{ id: {{ type: string }}, event: {{ type: string, enum: [{name}] }}, data: {data} }} }}"
        )
    };
    let chat = "{ $ref: '#/components/schemas/Chat' }";
    let cases = [
        (event("chat", chat), "EventStream<Chat>", "Body::events;"),
        (
            event("log", "{ type: string }"),
            "EventStream<String>",
            "Body::text_events;",
        ),
        (
            format!(
                "{{ oneOf: [{}, {}] }}",
                event("chat", chat),
                event("end", "{ type: string }")
            ),
            "EventStream<CreateChatEvent>",
            "Body::event_objects;",
        ),
        (
            "{ type: string }".to_owned(),
            "EventStream<String>",
            "Body::text_events;",
        ),
        (
            "{ type: object, properties: { id: { type: string }, data: { type: string } } }"
                .to_owned(),
            "EventStream<CreateChatEvent>",
            "Body::events;",
        ),
    ];
    for (schema, ty, read) in cases {
        let made = create(&format!(
            "'200': {{ description: Done, content: {{ text/event-stream: {{ schema: {schema} }} }} }}"
        ));
        let items = made.silent().items(&["CreateRequest"]);
        assert!(
            items.contains(ty) && items.contains(read),
            "{schema}: {items}"
        );
    }
}

#[test]
fn lines_of_json_are_typed_by_line() {
    for schema in [
        "{ $ref: '#/components/schemas/Chat' }",
        "{ type: array, items: { $ref: '#/components/schemas/Chat' } }",
    ] {
        for name in [
            "application/x-ndjson",
            "application/jsonl",
            "application/json-seq",
            "application/x-json-stream",
        ] {
            let made = create(&format!(
                "'200': {{ description: Done, content: {{ {name}: {{ schema: {schema} }} }} }}"
            ));
            let items = made.silent().items(&["CreateRequest"]);
            assert!(
                items.contains("LineStream<Chat>") && items.contains(name),
                "{items}"
            );
        }
    }
}

#[test]
fn one_type_or_nothing_is_an_option() {
    let made = create(&format!(
        "
'200': {{ description: Done, content: {{ application/json: {CHAT} }} }}
'202': {{ description: Later, content: {{}} }}"
    ));
    insta::assert_snapshot!(made.silent().items(&["CreateRequest"]));
}

#[test]
fn several_types_are_an_enum_by_status_and_then_by_media_type() {
    let made = create(&format!(
        "
'200': {{ description: The chat., content: {{ application/json: {CHAT}, application/pdf: {{}} }} }}
'201': {{ description: Only a part., content: {{ application/json: {DELTA} }} }}
'204': {{ description: Nothing. }}
2XX: {{ description: Something else., content: {{ text/csv: {{}} }} }}"
    ));
    insta::assert_snapshot!(made.silent().items(&["CreateRequest", "CreateAnswer"]));
}

#[test]
fn default_is_the_success_where_there_is_no_other_and_an_error_otherwise() {
    let made = create(&format!(
        "default: {{ description: Done, content: {{ application/json: {CHAT} }} }}"
    ));
    let items = made.silent().items(&["CreateRequest"]);
    assert!(items.contains("type Output = Chat;"), "{items}");
    let made = create(&format!(
        "
'200': {{ description: Done, content: {{ application/json: {CHAT} }} }}
default: {{ description: Not done, content: {{ application/json: {DELTA} }} }}"
    ));
    let made = made.silent();
    let items = made.items(&["CreateRequest"]);
    assert!(items.contains("type Output = Chat;"), "{items}");
    assert!(
        made.method("create")
            .contains("* any other status with [`Delta`](crate::")
    );
}

#[test]
fn json_is_read_where_the_same_comes_in_other_renderings_too() {
    let made = create(&format!(
        "'200': {{ description: Done, content: {{ application/xml: {CHAT}, application/json: {CHAT}, application/x-protobuf: {CHAT}, '*/*': {CHAT} }} }}"
    ));
    let items = made.items(&["CreateRequest"]);
    assert!(
        items.contains("type Output = Chat;") && !items.contains("ACCEPT"),
        "{items}"
    );
    insta::assert_snapshot!(made.diagnostics());
}

#[test]
fn errors_are_types_of_their_own_which_the_method_names() {
    let made = create(
        "
'200': { description: Done, content: { application/json: { schema: { title: Thing, type: object, properties: { good: { type: boolean } } } } } }
'400': { description: Wrong., content: { application/json: { schema: { title: Thing, type: object, properties: { why: { type: string } } } } } }
'404': { description: Not there., content: { application/problem+json: { schema: { $ref: '#/components/schemas/Problem' } } } }
'409': { description: Taken., content: { application/json: { schema: { type: object, properties: { by: { type: string } } } } } }
'418': { description: A teapot. }
5XX: { description: Broken., content: { application/json: { schema: { type: array, items: { $ref: '#/components/schemas/Problem' } } } } }",
    );
    let made = made.silent();
    insta::assert_snapshot!(format!(
        "{}{}{}",
        made.method("create"),
        made.items(&["CreateRequest"]),
        made.items(&[
            "CreateChatThing",
            "CreateChatBadRequestThing",
            "ConflictError"
        ])
    ));
}

#[test]
fn headers_are_a_struct_that_the_method_names() {
    let made = create(
        "
'204':
  description: Done
  headers:
    X-Limit-Left: { description: So many calls are left., schema: { type: integer } }
    X-Limit-Ends: { schema: { type: string, format: date-time } }
    X-Limit-Kind: { schema: { type: string, enum: [soft, hard] } }
    X-Limit-Names: { schema: { type: array, items: { type: string } } }
    Content-Type: { schema: { type: string } }
    Access-Control-Allow-Origin: { schema: { type: string } }",
    );
    let made = made.silent();
    insta::assert_snapshot!(format!(
        "{}{}",
        made.method("create"),
        made.items(&["LimitHeaders"])
    ));
}

#[test]
fn what_has_no_body_by_standard_is_read_as_nothing() {
    let made = make(&document(
        "
paths:
  /chats:
    head:
      operationId: headChat
      responses: { '200': { description: Done, content: { application/json: { schema: { type: object } } } } }
    delete:
      operationId: deleteChat
      responses: { '204': { description: Done, content: { application/json: { schema: { type: object } } } } }
",
    ));
    let items = made.silent().items(&["HeadRequest", "DeleteRequest"]);
    assert_eq!(items.matches("type Output = ();").count(), 2, "{items}");
}
