//! Parameters of paths, queries, headers and cookies.

use crate::support::parameters;

#[test]
fn path_query_and_header_are_written_where_they_belong() {
    let made = parameters(
        "/pets/{PetId}",
        "
- { name: PetId, in: path, required: true, schema: { type: string }, description: Which pet. }
- { name: PageSize, in: query, schema: { type: integer, minimum: 1, maximum: 1000, default: 50 } }
- { name: Tag, in: query, required: true, schema: { type: array, items: { type: string } } }
- { name: X-Trace-Id, in: header, schema: { type: string, pattern: '^[0-9a-f]{8}$' }, deprecated: true }
",
    );
    let made = made.silent();
    insta::assert_snapshot!(format!(
        "{}\n{}",
        made.method("read_thing"),
        made.items(&["ReadThingRequest"])
    ));
}

#[test]
fn comparisons_of_one_property_have_three_names() {
    let made = parameters(
        "/pets",
        "
- { name: DateCreated, in: query, schema: { type: string, format: date-time } }
- { name: DateCreated<, in: query, schema: { type: string, format: date-time } }
- { name: DateCreated>, in: query, schema: { type: string, format: date-time } }
",
    );
    insta::assert_snapshot!(made.silent().items(&["ReadThingRequest"]));
}

#[test]
fn a_parameter_never_takes_the_name_of_a_method_that_every_call_has() {
    let made = parameters(
        "/pets",
        "
- { name: Limit, in: query, schema: { type: integer } }
- { name: Send, in: query, schema: { type: boolean } }
- { name: Header, in: header, schema: { type: string } }
- { name: body, in: query, schema: { type: string } }
- { name: self, in: query, schema: { type: string } }
",
    );
    insta::assert_snapshot!(made.silent().api());
}

#[test]
fn one_name_in_two_places_is_told_apart_by_the_place() {
    let made = parameters(
        "/pets/{id}",
        "
- { name: id, in: path, required: true, schema: { type: string } }
- { name: id, in: query, schema: { type: string } }
- { name: Id, in: header, schema: { type: string } }
",
    );
    insta::assert_snapshot!(made.silent().api());
}

#[test]
fn a_style_is_said_only_where_it_is_not_the_usual_one_of_its_place() {
    let made = parameters(
        "/{simple}/{exploded}/{label}/{matrix}",
        "
- { name: simple, in: path, required: true, style: simple, schema: { type: array, items: { type: string } } }
- { name: exploded, in: path, required: true, explode: true, schema: { type: object, properties: { a: { type: string } } } }
- { name: label, in: path, required: true, style: label, schema: { type: string } }
- { name: matrix, in: path, required: true, style: matrix, explode: true, schema: { type: array, items: { type: integer } } }
- { name: form, in: query, style: form, explode: true, schema: { type: array, items: { type: string } } }
- { name: joined, in: query, explode: false, schema: { type: array, items: { type: string, maxLength: 8 } } }
- { name: plain, in: query, explode: false, style: pipeDelimited, schema: { type: string } }
- { name: spaces, in: query, style: spaceDelimited, explode: false, schema: { type: array, items: { type: string } } }
- { name: pipes, in: query, style: pipeDelimited, schema: { type: array, items: { type: string } } }
- { name: exploded_pipes, in: query, style: pipeDelimited, explode: true, schema: { type: array, items: { type: string } } }
- { name: deep, in: query, style: deepObject, explode: true, schema: { type: object, properties: { a: { type: string } } } }
- { name: open, in: query, allowReserved: true, schema: { type: string } }
- { name: X-List, in: header, schema: { type: array, items: { type: string } } }
- { name: X-Exploded, in: header, explode: true, schema: { type: object, additionalProperties: { type: integer } } }
- { name: session, in: cookie, required: true, schema: { type: string } }
- { name: ids, in: cookie, explode: false, schema: { type: array, items: { type: string } } }
",
    );
    let items = made.silent().items(&["ReadThingRequest"]);
    let start = items.find("fn write(").expect("it is written");
    insta::assert_snapshot!(&items[start..]);
}

#[test]
fn objects_maps_and_choices_in_parameters_are_typed() {
    let made = parameters(
        "/pets",
        "
- name: filter
  in: query
  required: true
  style: deepObject
  schema:
    type: object
    required: [kind]
    properties:
      kind: { type: string, enum: [cat, dog], description: Which kind. }
      age: { type: object, properties: { gte: { type: integer }, lt: { type: integer } } }
      token: { type: string, format: password }
- { name: metadata, in: query, schema: { type: object, additionalProperties: { type: string } } }
- { name: anything, in: query, schema: { type: object } }
- { name: sort, in: query, schema: { type: array, items: { type: object, properties: { by: { type: string } } } } }
- name: at
  in: query
  schema: { oneOf: [{ type: string }, { type: object, properties: { from: { type: string } } }] }
- { name: id, in: query, schema: { oneOf: [{ type: integer }, { type: array, items: { type: string } }] } }
- { name: mixed, in: query, schema: { enum: [1, two] } }
",
    );
    let made = made.silent();
    insta::assert_snapshot!(format!(
        "{}\n{}\n{}",
        made.method("read_thing"),
        made.items(&["ReadThingRequest", "ThingFilter"]),
        made.types()
    ));
}

#[test]
fn a_parameter_of_a_media_type_is_sent_as_it() {
    let made = parameters(
        "/pets",
        "
- name: filter
  in: query
  content: { application/json: { schema: { type: object, required: [kind], properties: { kind: { type: string } } } } }
- { name: ids, in: query, content: { application/json: { schema: { type: array, items: { type: integer } } } } }
- { name: any, in: query, content: { application/json: {} } }
- { name: note, in: query, content: { text/plain: { schema: { type: string, maxLength: 9 } } } }
- { name: page, in: query, content: { application/xml: { schema: { type: object, properties: { a: { type: string } } } } } }
",
    );
    insta::assert_snapshot!(format!(
        "{}\n{}",
        made.diagnostics(),
        made.items(&["ReadThingRequest"])
    ));
}

#[test]
fn headers_that_the_client_sets_are_no_parameters() {
    let made = parameters(
        "/pets",
        "
- { name: Authorization, in: header, required: true, schema: { type: string } }
- { name: accept, in: header, schema: { type: string } }
- { name: Content-Type, in: header, schema: { type: string } }
- { name: User-Agent, in: header, schema: { type: string } }
- { name: Accept-Language, in: header, schema: { type: string } }
",
    );
    insta::assert_snapshot!(format!(
        "{}\n{}",
        made.diagnostics(),
        made.items(&["ReadThingRequest"])
    ));
}
