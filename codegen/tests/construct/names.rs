//! Names that the code around them has already.

use crate::support::{answer, body, form};

#[test]
fn a_schema_never_takes_the_name_of_what_the_code_refers_to() {
    let made = answer(
        "
Result:
  type: object
  properties:
    option: { $ref: '#/components/schemas/Option' }
    vec: { $ref: '#/components/schemas/Vec' }
    string: { $ref: '#/components/schemas/String' }
    box: { $ref: '#/components/schemas/Box' }
    error: { $ref: '#/components/schemas/Error' }
    client: { $ref: '#/components/schemas/Client' }
    page: { $ref: '#/components/schemas/Page' }
Option: { type: object, properties: { a: { type: string } } }
Vec: { type: object, properties: { b: { type: string } } }
String: { type: object, properties: { c: { type: string } } }
Box: { type: object, properties: { d: { type: string } } }
Error: { type: object, properties: { e: { type: string } } }
Client: { type: object, properties: { f: { type: string } } }
Page: { type: string, enum: [left, right] }
",
    );
    insta::assert_snapshot!(made.silent().types());
}

#[test]
fn what_is_sent_never_takes_the_name_of_what_the_code_refers_to() {
    let made = body(
        "
Result:
  type: object
  required: [to_json, nullable, list, secret, response]
  properties:
    to_json: { $ref: '#/components/schemas/ToJson' }
    nullable: { type: string, format: date, nullable: true }
    maybe: { type: string, nullable: true }
    list: { $ref: '#/components/schemas/List' }
    secret: { $ref: '#/components/schemas/Secret' }
    response: { $ref: '#/components/schemas/Response' }
    default: { type: boolean }
    json: { type: string, pattern: '^[0-9]' }
ToJson: { type: object, properties: { a: { type: string } } }
Nullable: { type: object, properties: { a: { type: string } } }
List: { oneOf: [{ $ref: '#/components/schemas/Vec' }, { $ref: '#/components/schemas/Map' }] }
Vec: { type: array, items: { type: string, format: date-time } }
Map: { type: object, additionalProperties: { $ref: '#/components/schemas/Nullable' } }
Secret: { type: string, enum: [Self, Other, other] }
Response: { type: integer, enum: [1] }
Answer: { type: object, properties: { all: { $ref: '#/components/schemas/Result' } } }
",
    );
    insta::assert_snapshot!(
        made.silent()
            .modules()
            .filter(|(path, _)| *path == "src/types.rs")
            .map(|(_, text)| text)
            .collect::<String>()
    );
}

#[test]
fn schemas_that_differ_in_case_only_are_told_apart() {
    let made = answer(
        "
Pets:
  type: object
  properties: { one: { $ref: '#/components/schemas/pet-tag' }, other: { $ref: '#/components/schemas/PetTag' } }
pet-tag: { type: object, properties: { a: { type: string } } }
PetTag: { type: object, properties: { b: { type: string } } }
",
    );
    insta::assert_snapshot!(made.silent().types());
}

#[test]
fn properties_that_differ_in_case_only_are_told_apart() {
    let made = answer(
        "
Pet:
  type: object
  properties: { petName: { type: string }, pet_name: { type: string }, '@id': { type: string }, id: { type: string }, '2nd': { type: string }, '🎉': { type: string } }
",
    );
    insta::assert_snapshot!(made.silent().items(&["Pet"]));
}

#[test]
fn a_form_field_never_takes_the_name_of_its_constructor() {
    let made = form(
        "
NewPet:
  oneOf: [{ $ref: '#/components/schemas/NewCat' }, { $ref: '#/components/schemas/NewDog' }]
  discriminator: { propertyName: Type }
NewCat: { type: object, properties: { New: { type: string }, Self: { type: string }, write: { type: boolean } } }
NewDog: { type: object, properties: { Type: { type: string } } }
",
    );
    insta::assert_snapshot!(made.silent().items(&["NewCat", "NewDog"]));
}

#[test]
fn the_namespace_that_all_schemas_share_is_left_out() {
    let made = answer(
        "
api.v2010.account.message: { type: object, properties: { media: { $ref: '#/components/schemas/api.v2010.account.message.media' } } }
api.v2010.account.message.media: { type: object, properties: { a: { type: string } } }
",
    );
    insta::assert_snapshot!(made.silent().types());
}
