//! Formats and lists of values.

use crate::support::{answer, body};

#[test]
fn each_format_has_the_type_that_holds_all_its_values() {
    let made = answer(
        "
All:
  type: object
  required: [day, moment, bytes, uuid, uri, file, small, large, plain, tiny, natural, big, float, double, money, days]
  properties:
    day: { type: string, format: date }
    moment: { type: string, format: date-time }
    bytes: { type: string, format: byte }
    uuid: { type: string, format: uuid }
    uri: { type: string, format: uri }
    file: { type: string, format: binary }
    small: { type: integer, format: int32 }
    large: { type: integer, format: int64 }
    plain: { type: integer }
    tiny: { type: integer, format: uint8, minimum: 0, maximum: 9 }
    natural: { type: integer, format: uint32 }
    big: { type: integer, format: uint64 }
    float: { type: number, format: float }
    double: { type: number, format: double }
    money: { type: string, format: decimal }
    days: { type: array, items: { type: string, format: date, nullable: true } }
    names: { type: object, additionalProperties: { type: string, nullable: true } }
",
    );
    insta::assert_snapshot!(made.silent().items(&["All"]));
}

#[test]
fn lists_of_whole_numbers_are_open_enums() {
    let made = body(
        "
Level: { type: integer, enum: [1, 2, -1], description: How loud. }
",
    );
    insta::assert_snapshot!(made.silent().items(&["Level"]));
}

#[test]
fn names_of_numbers_come_from_the_document_where_it_has_some() {
    let made = answer(
        "
Level: { type: integer, enum: [0, 1], x-enum-varnames: [Quiet, loud-one], x-enum-descriptions: [Nothing., Much.] }
",
    );
    insta::assert_snapshot!(made.silent().items(&["Level"]));
}

#[test]
fn values_of_several_kinds_and_null_have_a_type() {
    let made = answer(
        "
All:
  type: object
  required: [mixed, maybe, yes, half, none]
  properties:
    mixed: { enum: [auto, 1, null, true] }
    maybe: { type: string, nullable: true, enum: [a, b, null] }
    yes: { type: boolean, enum: [true] }
    half: { type: number, enum: [0.5, 1] }
    none: { enum: [null] }
",
    );
    insta::assert_snapshot!(
        made.silent()
            .items(&["All", "AllMixed", "AllMixedText", "AllMaybe"])
    );
}
