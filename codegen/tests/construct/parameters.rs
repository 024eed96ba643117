//! Parameters of paths, queries and headers.

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
