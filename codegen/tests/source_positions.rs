//! The line and column of any node of a document.

use openapi_client_codegen::diagnostic::{Part, Place};
use openapi_client_codegen::source::{Limits, Pointer, Source};

/// The position of a place, and the text there.
fn found(path: &str, text: &str, pointer: &str, part: Part) -> String {
    let source = Source::read(path, text.as_bytes(), &Limits::default()).expect("a sound text");
    let place = Place {
        pointer: pointer.parse().expect("a pointer"),
        part,
    };
    let position = source.locate(&place).expect("a position");
    let text = source
        .text()
        .get(position.span.clone())
        .expect("a span on character borders");
    format!("{}:{} {text}", position.line, position.column)
}

const YAML: &str = "\
# größe
info:
  title: Ä title
  list: [one, {two: zwei}, *x]
base: &x
  name: x
  200: ok
copy: *x
merged:
  <<: *x
  own: 1
\"a/b~c\": |
  long
  text
last: end
";

#[test]
fn yaml_values_and_keys_are_found() {
    let at = |pointer, part| found("a.yaml", YAML.replace(", *x]", "]").as_str(), pointer, part);
    assert_eq!(at("/info/title", Part::Value), "3:10 Ä title");
    assert_eq!(at("/info/title", Part::Key), "3:3 title");
    assert_eq!(at("/info/list/1/two", Part::Value), "4:21 zwei");
    assert_eq!(at("/base/200", Part::Key), "7:3 200");
    assert_eq!(at("/a~1b~0c", Part::Key), "12:1 \"a/b~c\"");
    assert_eq!(at("/last", Part::Value), "15:7 end");
    assert_eq!(at("", Part::Value), "2:1 info:");
}

#[test]
fn what_comes_by_an_alias_is_where_it_is_written() {
    let at = |pointer, part| found("a.yaml", YAML.replace(", *x]", "]").as_str(), pointer, part);
    assert_eq!(at("/copy/name", Part::Value), "6:9 x");
    assert_eq!(at("/copy", Part::Value), "8:7 *x");
    assert_eq!(at("/merged/name", Part::Value), "6:9 x");
    assert_eq!(at("/merged/own", Part::Value), "11:8 1");
}

#[test]
fn what_is_missing_is_where_its_object_is() {
    let at = |pointer, part| found("a.yaml", YAML.replace(", *x]", "]").as_str(), pointer, part);
    assert_eq!(at("/info/version", Part::Value), "2:1 info");
    assert_eq!(at("/nothing/here", Part::Key), "2:1 info:");
}

#[test]
fn json_values_and_keys_are_found() {
    let json = "{\n  \"ö\\n\": [1, {\"k\\\"\": -1.5e3}],\n  \"x\": \"a\\\\\", \"y\": true\n}";
    let at = |pointer, part| found("a.json", json, pointer, part);
    assert_eq!(at("/ö\n", Part::Key), "2:4 ö\\n");
    assert_eq!(at("/ö\n/1/k\"", Part::Value), "2:22 -1.5e3");
    assert_eq!(at("/x", Part::Value), "3:8 \"a\\\\\"");
    assert_eq!(at("/y", Part::Value), "3:20 true");
    assert_eq!(at("/ö\n/0", Part::Key), "2:11 1");
}

#[test]
fn the_same_value_is_read_from_both_formats() {
    let yaml = "\u{feff}200: {a: [1, 2.5, null, true, ~]}\nb: 'x'\n";
    let json = "{\"200\": {\"a\": [1, 2.5, null, true, null]}, \"b\": \"x\"}";
    let read = |path, text: &str| {
        Source::read(path, text.as_bytes(), &Limits::default()).expect("a sound text")
    };
    assert_eq!(read("a.yaml", yaml).value(), read("a.json", json).value());
    assert_eq!(read("unnamed", json).format().as_str(), "JSON");
    assert_eq!(read("unnamed", yaml).format().as_str(), "YAML");
}

#[test]
fn pointers_escape_and_unescape_their_steps() {
    let pointer = Pointer::root().child("paths").child("/v2/~x").index(3);
    assert_eq!(pointer.to_string(), "/paths/~1v2~1~0x/3");
    assert_eq!(
        pointer.steps().collect::<Vec<_>>(),
        ["paths", "/v2/~x", "3"]
    );
    assert_eq!(
        pointer.parent().and_then(|parent| parent.last()).as_deref(),
        Some("/v2/~x")
    );
    assert!("no-slash".parse::<Pointer>().is_err());
}
