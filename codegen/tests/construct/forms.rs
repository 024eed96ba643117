//! Objects that are sent as forms.

use crate::support::{Made, document, form, make};

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
fn alternatives_that_nothing_tells_apart_are_one_value() {
    let made = form(
        "
NewPet:
  description: A pet to add.
  oneOf: [{ type: object, properties: { Lives: { type: integer } } }, { type: object, required: [Tricks], properties: { Tricks: { type: string } } }]
",
    );
    let made = made.silent();
    insta::assert_snapshot!(format!(
        "{}\n{}\n{}",
        made.method("create"),
        made.items(&["CreateRequest", "NewPet"]),
        made.types()
    ));
}

#[test]
fn a_form_of_free_names_is_one_value() {
    let map = form(
        "NewPet: { type: object, description: What it is like., additionalProperties: { type: string } }",
    );
    let any = form("NewPet: { type: object }");
    let some = form(
        "NewPet: { type: object, required: [Name], properties: { Name: { type: string } }, additionalProperties: { type: string } }",
    );
    let made = [map, any, some].map(Made::silent);
    let shown = made.map(|made| made.items(&["CreateRequest"]));
    insta::assert_snapshot!(shown.join("\n"));
}

#[test]
fn a_form_that_is_no_object_may_have_any_fields() {
    let made = form("NewPet: { type: array, items: { type: string } }");
    insta::assert_snapshot!(format!(
        "{}\n{}",
        made.diagnostics(),
        made.items(&["CreateRequest"])
    ));
}

#[test]
fn each_property_of_a_form_has_its_own_encoding() {
    let made = make(&document(
        "
paths:
  /things:
    post:
      operationId: createThing
      requestBody:
        content:
          application/x-www-form-urlencoded:
            encoding:
              joined: { explode: false }
              pipes: { style: pipeDelimited }
              deep: { style: deepObject, explode: true }
              members: { style: form }
              json: { contentType: application/json }
              text: { contentType: text/plain }
              path: { allowReserved: true }
            schema:
              type: object
              properties:
                list: { type: array, items: { type: string } }
                joined: { type: array, items: { type: string } }
                pipes: { type: array, items: { type: string } }
                object: { $ref: '#/components/schemas/Part' }
                deep: { $ref: '#/components/schemas/Part' }
                members: { $ref: '#/components/schemas/Part' }
                parts: { type: array, items: { $ref: '#/components/schemas/Part' } }
                map: { type: object, additionalProperties: { type: string } }
                json: { type: array, items: { type: string } }
                text: { type: string }
                path: { type: string }
      responses: { '204': { description: Done } }
components:
  schemas:
    Part: { type: object, required: [a], properties: { a: { type: string } } }
",
    ));
    insta::assert_snapshot!(made.silent().items(&["CreateRequest", "Part"]));
}
