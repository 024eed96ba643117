//! Objects that are sent as forms.

use crate::support::form;

#[test]
fn what_a_form_requires_is_an_argument_and_the_rest_has_setters() {
    let made = form(
        "
NewPet:
  type: object
  required: [Name, Weight]
  properties:
    Name: { type: string, maxLength: 64, description: What it is called. }
    Weight: { type: integer, minimum: 1 }
    Type: { type: string, enum: [cat, dog] }
    Born: { type: string, format: date-time }
    Id: { type: integer, readOnly: true }
",
    );
    let made = made.silent();
    insta::assert_snapshot!(format!(
        "{}\n{}",
        made.method("create"),
        made.items(&["CreateRequest"])
    ));
}

#[test]
fn a_list_in_a_form_takes_whatever_yields_its_items() {
    let made = form(
        "
NewPet:
  type: object
  required: [Tag]
  properties:
    Tag: { type: array, items: { type: string, maxLength: 8 } }
    FriendSid: { type: array, items: { type: string, pattern: '^PT[0-9a-f]{32}$' } }
    Lucky: { type: array, items: { type: integer } }
",
    );
    let made = made.silent();
    insta::assert_snapshot!(format!(
        "{}\n{}",
        made.method("create"),
        made.items(&["CreateRequest"])
    ));
}

/// Two alternatives around a discriminator.
fn alternatives(discriminator: &str, cat: &str, dog: &str) -> String {
    format!(
        "
NewPet:
  description: A pet to add.
  oneOf: [{{ $ref: '#/components/schemas/NewCat' }}, {{ $ref: '#/components/schemas/NewDog' }}]
  discriminator: {discriminator}
NewCat: {cat}
NewDog: {dog}
"
    )
}

#[test]
fn alternatives_with_a_mapping_are_an_enum_of_forms() {
    let made = form(&alternatives(
        "{ propertyName: Type, mapping: { cat: '#/components/schemas/NewCat', dog: '#/components/schemas/NewDog' } }",
        "{ type: object, description: A cat., required: [Type, Lives], properties: { Type: { type: string }, Lives: { type: integer } } }",
        "{ type: object, description: A dog., required: [Type], properties: { Type: { type: string }, Tricks: { type: string } } }",
    ));
    insta::assert_snapshot!(made.silent().items(&["NewPet", "NewCat", "NewDog"]));
}

#[test]
fn a_property_that_all_alternatives_share_is_set_on_the_call() {
    let made = form(&alternatives(
        "{ propertyName: Type, mapping: { cat: '#/components/schemas/NewCat', dog: '#/components/schemas/NewDog' } }",
        "{ type: object, properties: { Type: { type: string }, Name: { type: string }, Lives: { type: integer } } }",
        "{ type: object, properties: { Type: { type: string }, Name: { type: string } } }",
    ));
    let made = made.silent();
    insta::assert_snapshot!(format!(
        "{}\n{}",
        made.method("create"),
        made.items(&["CreateRequest", "NewCat"])
    ));
}

#[test]
fn without_a_mapping_the_only_value_of_the_property_tells_alternatives_apart() {
    let made = form(&alternatives(
        "{ propertyName: Type }",
        "{ type: object, properties: { Type: { type: string, enum: [cat] } } }",
        "{ type: object, properties: { Type: { type: string, enum: [dog] } } }",
    ));
    insta::assert_snapshot!(made.silent().writing("NewPet"));
}

#[test]
fn without_a_mapping_and_a_value_the_name_of_the_component_is_sent() {
    let made = form(&alternatives(
        "{ propertyName: Type }",
        "{ type: object, properties: { Type: { type: string } } }",
        "{ type: object, properties: { Type: { type: string } } }",
    ));
    insta::assert_snapshot!(made.silent().writing("NewPet"));
}

#[test]
fn alternatives_that_nothing_tells_apart_leave_the_operation_out() {
    let made = form(
        "
NewPet:
  oneOf: [{ type: object, properties: { Lives: { type: integer } } }, { type: object, properties: { Tricks: { type: string } } }]
",
    );
    insta::assert_snapshot!(made.diagnostics());
}
