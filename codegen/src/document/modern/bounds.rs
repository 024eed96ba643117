//! Takes a schema whose exclusive bounds are numbers and gives it with bounds and flags; it must never widen a range.

use serde_json::Value;

use super::Members;
use super::work::Work;

pub(super) fn bounds(work: &mut Work<'_>, members: &mut Members) {
    exclusive(work, members, "exclusiveMinimum", "minimum", |new, old| {
        new >= old
    });
    exclusive(work, members, "exclusiveMaximum", "maximum", |new, old| {
        new <= old
    });
}

fn exclusive(
    work: &mut Work<'_>,
    members: &mut Members,
    key: &str,
    bound: &str,
    is_narrower: fn(f64, f64) -> bool,
) {
    let Some(Value::Number(number)) = members.get(key) else {
        return;
    };
    let number = number.clone();
    let message = format!("`{key}` is a number; it is read as an exclusive `{bound}`");
    let help = format!("write `{bound}: {number}` and `{key}: true`");
    work.later_form(key, message, &help);
    let old = members.get(bound).and_then(Value::as_f64);
    let narrower = match (number.as_f64(), old) {
        (Some(new), Some(old)) => is_narrower(new, old),
        _ => true,
    };
    if narrower {
        work.moved(&[key], &[bound]);
        members.insert(bound.to_owned(), Value::Number(number));
        members.insert(key.to_owned(), Value::Bool(true));
    } else {
        members.shift_remove(key);
    }
}
