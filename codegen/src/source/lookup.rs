//! Takes a value and a place in it, and gives what stands there; it must never follow a reference.

use serde_json::Value;

use super::Pointer;
use super::pointer::unescape;

/// What stands at a place. Steps without an escape, which nearly all are, need no copy.
pub(crate) fn at<'v>(value: &'v Value, pointer: &Pointer) -> Option<&'v Value> {
    let mut steps = pointer.as_str().split('/').skip(1);
    steps.try_fold(value, |value, step| match value {
        Value::Object(members) => members.get(unescape(step).as_ref()),
        Value::Array(items) => items.get(step.parse::<usize>().ok()?),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{Pointer, at};

    #[test]
    fn a_place_is_found_by_its_steps() {
        let value = json!({ "a/b": { "~c": [1, { "d": 2 }] }, "": 3 });
        let root = Pointer::root();
        let inner = root.child("a/b").child("~c").index(1).child("d");
        assert_eq!(at(&value, &inner), Some(&json!(2)));
        assert_eq!(at(&value, &root.child("")), Some(&json!(3)));
        assert_eq!(at(&value, &root), Some(&value));
        assert_eq!(at(&value, &root.child("a/b").child("x")), None);
        assert_eq!(at(&value, &root.child("a/b").child("~c").index(2)), None);
    }
}
