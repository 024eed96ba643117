//! Several documents in one crate.

use crate::support::{answer_document, make_all};

#[test]
fn equal_newtypes_and_enums_stand_at_the_root_and_different_ones_in_their_modules() {
    let first = answer_document(
        "
Pet:
  type: object
  required: [sid, kind, color]
  properties:
    sid: { $ref: '#/components/schemas/PetSid' }
    kind: { $ref: '#/components/schemas/Kind' }
    color: { $ref: '#/components/schemas/Color' }
PetSid: { type: string, pattern: '^PT[0-9a-f]{32}$' }
Kind: { type: string, enum: [cat, dog] }
Color: { type: string, enum: [red] }
",
    );
    let second = first.replace("enum: [red]", "enum: [red, blue]");
    let made = make_all(&[
        ("v1.yaml", Some("v1"), &first),
        ("v2.yaml", Some("v2"), &second),
    ]);
    insta::assert_snapshot!(made.silent().types());
}
