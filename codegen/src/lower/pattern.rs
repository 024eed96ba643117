//! Takes the `pattern` of a schema and gives a table that the runtime can check without a regular-expression engine, or nothing where no table is exact; it must never guess.

use regex_syntax::ast::{self, Ast};

use crate::model::{Pattern, PatternPart};

/// More alternatives or parts than that are not worth a table.
const MOST_ALTERNATIVES: usize = 16;
const MOST_PARTS: usize = 32;

/// A pattern as a table, where it is anchored at the beginning and made of literals, classes, counts and alternatives.
pub(crate) fn table(source: &str) -> Option<Pattern> {
    let tree = ast::parse::ParserBuilder::new()
        .nest_limit(16)
        .build()
        .parse(source)
        .ok()?;
    let Ast::Concat(concat) = &tree else {
        return None;
    };
    let mut parts = concat.asts.as_slice();
    parts = strip(parts.split_first(), &ast::AssertionKind::StartLine)?;
    let (parts, whole) = match strip(parts.split_last(), &ast::AssertionKind::EndLine) {
        Some(rest) => (rest, true),
        None => (parts, false),
    };
    let mut alternatives = vec![Vec::new()];
    for part in parts {
        alternatives = product(&alternatives, &expand(part)?)?;
    }
    let alternatives: Vec<_> = alternatives.into_iter().map(merge).collect();
    let exact = alternatives.iter().all(|parts| is_exact(parts, whole));
    exact.then(|| Pattern {
        source: source.to_owned(),
        alternatives,
        whole,
    })
}

fn strip<'a>(split: Option<(&'a Ast, &'a [Ast])>, kind: &ast::AssertionKind) -> Option<&'a [Ast]> {
    match split {
        Some((Ast::Assertion(assertion), rest)) if assertion.kind == *kind => Some(rest),
        _ => None,
    }
}

type Parts = Vec<PatternPart>;

/// The alternatives that a node stands for.
fn expand(node: &Ast) -> Option<Vec<Parts>> {
    match node {
        Ast::Empty(_) => Some(vec![Vec::new()]),
        Ast::Literal(literal) => Some(vec![vec![PatternPart::Literal(literal.c.to_string())]]),
        Ast::ClassPerl(_) | Ast::ClassBracketed(_) => Some(vec![vec![PatternPart::Class {
            ranges: ranges(node)?,
            min: 1,
            max: 1,
        }]]),
        Ast::Group(group)
            if matches!(
                group.kind,
                ast::GroupKind::NonCapturing(_) | ast::GroupKind::CaptureIndex(_)
            ) =>
        {
            expand(&group.ast)
        }
        Ast::Alternation(alternation) => {
            let mut all = Vec::new();
            for one in &alternation.asts {
                all.extend(expand(one)?);
            }
            (all.len() <= MOST_ALTERNATIVES).then_some(all)
        }
        Ast::Concat(concat) => {
            let mut all = vec![Vec::new()];
            for one in &concat.asts {
                all = product(&all, &expand(one)?)?;
            }
            Some(all)
        }
        Ast::Repetition(repetition) => repeat(repetition),
        _ => None,
    }
}

fn repeat(repetition: &ast::Repetition) -> Option<Vec<Parts>> {
    let (min, max) = match repetition.op.kind {
        ast::RepetitionKind::ZeroOrOne => (0, 1),
        ast::RepetitionKind::ZeroOrMore => (0, u32::MAX),
        ast::RepetitionKind::OneOrMore => (1, u32::MAX),
        ast::RepetitionKind::Range(ast::RepetitionRange::Exactly(count)) => (count, count),
        ast::RepetitionKind::Range(ast::RepetitionRange::AtLeast(count)) => (count, u32::MAX),
        ast::RepetitionKind::Range(ast::RepetitionRange::Bounded(least, most)) => (least, most),
    };
    if let Some(ranges) = ranges(&repetition.ast) {
        return Some(vec![vec![PatternPart::Class { ranges, min, max }]]);
    }
    let inner = expand(&repetition.ast)?;
    let mut all = if min == 0 {
        vec![Vec::new()]
    } else {
        Vec::new()
    };
    if max > 4 {
        return None;
    }
    let mut power = vec![Vec::new()];
    for count in 1..=max {
        power = product(&power, &inner)?;
        if count >= min {
            all.extend(power.iter().cloned());
        }
    }
    // The longest alternative comes first, as a greedy engine would try it.
    all.reverse();
    (all.len() <= MOST_ALTERNATIVES).then_some(all)
}

fn product(left: &[Parts], right: &[Parts]) -> Option<Vec<Parts>> {
    let all: Vec<Parts> = left
        .iter()
        .flat_map(|a| {
            right
                .iter()
                .map(move |b| a.iter().chain(b).cloned().collect())
        })
        .collect();
    (all.len() <= MOST_ALTERNATIVES && all.iter().all(|parts: &Parts| parts.len() <= 512))
        .then_some(all)
}

/// The characters that a node of one character stands for.
fn ranges(node: &Ast) -> Option<Vec<(char, char)>> {
    let mut found = Vec::new();
    match node {
        Ast::Literal(literal) => found.push((literal.c, literal.c)),
        Ast::ClassPerl(class) => found.extend_from_slice(perl(class)?),
        Ast::ClassBracketed(class) if !class.negated => match &class.kind {
            ast::ClassSet::Item(item) => items(item, &mut found)?,
            ast::ClassSet::BinaryOp(_) => return None,
        },
        _ => return None,
    }
    Some(normal(found))
}

fn items(item: &ast::ClassSetItem, found: &mut Vec<(char, char)>) -> Option<()> {
    match item {
        ast::ClassSetItem::Empty(_) => {}
        ast::ClassSetItem::Literal(literal) => found.push((literal.c, literal.c)),
        ast::ClassSetItem::Range(range) => found.push((range.start.c, range.end.c)),
        ast::ClassSetItem::Perl(class) => found.extend_from_slice(perl(class)?),
        ast::ClassSetItem::Union(union) => {
            // Unions do not nest: the parser gives a flat list, and whatever else it gives is refused below.
            for one in &union.items {
                if matches!(one, ast::ClassSetItem::Union(_)) {
                    return None;
                }
                items(one, found)?;
            }
        }
        _ => return None,
    }
    Some(())
}

/// `\d` and `\w` as ECMA-262 has them: ASCII only.
fn perl(class: &ast::ClassPerl) -> Option<&'static [(char, char)]> {
    match (&class.kind, class.negated) {
        (ast::ClassPerlKind::Digit, false) => Some(&[('0', '9')]),
        (ast::ClassPerlKind::Word, false) => {
            Some(&[('0', '9'), ('A', 'Z'), ('_', '_'), ('a', 'z')])
        }
        _ => None,
    }
}

fn normal(mut ranges: Vec<(char, char)>) -> Vec<(char, char)> {
    ranges.sort_unstable();
    let mut merged: Vec<(char, char)> = Vec::new();
    for (first, last) in ranges {
        match merged.last_mut() {
            Some(previous) if u32::from(first) <= u32::from(previous.1) + 1 => {
                previous.1 = previous.1.max(last);
            }
            _ => merged.push((first, last)),
        }
    }
    merged
}

/// Literals that follow each other become one.
fn merge(parts: Parts) -> Parts {
    let mut merged: Parts = Vec::new();
    for part in parts {
        match (merged.last_mut(), part) {
            (Some(PatternPart::Literal(text)), PatternPart::Literal(more)) => text.push_str(&more),
            (_, part) => merged.push(part),
        }
    }
    merged
}

/// Whether taking as much as possible at each part finds every match: a part of variable length must not be able to
/// take what the next one needs.
fn is_exact(parts: &[PatternPart], whole: bool) -> bool {
    if parts.len() > MOST_PARTS || (parts.is_empty() && !whole) {
        return false;
    }
    parts.iter().enumerate().all(|(index, part)| match part {
        PatternPart::Literal(_) => true,
        PatternPart::Class { min, max, .. } if min == max => true,
        PatternPart::Class { ranges, .. } => can_be_next(parts.get(index + 1..).unwrap_or(&[]))
            .iter()
            .all(|(first, last)| ranges.iter().all(|(a, b)| last < a || b < first)),
    })
}

/// The characters with which the rest can begin.
fn can_be_next(rest: &[PatternPart]) -> Vec<(char, char)> {
    let mut found = Vec::new();
    for part in rest {
        match part {
            PatternPart::Literal(text) => {
                found.extend(text.chars().next().map(|first| (first, first)));
                break;
            }
            PatternPart::Class { ranges, min, .. } => {
                found.extend_from_slice(ranges);
                if *min > 0 {
                    break;
                }
            }
        }
    }
    found
}

/// The number of bytes of every text that matches, where there is just one such number.
pub(crate) fn fixed_length(pattern: &Pattern) -> Option<usize> {
    let mut lengths = pattern.alternatives.iter().map(|parts| length(parts));
    let first = lengths.next()??;
    (pattern.whole && lengths.all(|length| length == Some(first))).then_some(first)
}

fn length(parts: &[PatternPart]) -> Option<usize> {
    parts.iter().try_fold(0_usize, |sum, part| match part {
        PatternPart::Literal(text) => sum.checked_add(text.len()),
        PatternPart::Class { ranges, min, max }
            if min == max && ranges.iter().all(|r| r.1.is_ascii()) =>
        {
            sum.checked_add(usize::try_from(*min).ok()?)
        }
        PatternPart::Class { .. } => None,
    })
}

#[cfg(test)]
mod tests {
    use super::{fixed_length, table};

    #[test]
    fn a_sid_is_a_table_of_34_bytes() {
        let pattern = table("^CR[0-9a-fA-F]{32}$").expect("a table");
        assert_eq!(fixed_length(&pattern), Some(34));
        assert_eq!(pattern.sample(), format!("CR{}", "a".repeat(32)));
        assert!(pattern.whole);
    }

    #[test]
    fn an_optional_group_becomes_alternatives() {
        let pattern = table("^-----BEGIN (RSA |EC )?PRIVATE KEY-----").expect("a table");
        assert_eq!(pattern.alternatives.len(), 3);
        assert!(!pattern.whole);
        assert_eq!(fixed_length(&pattern), None);
    }

    #[test]
    fn what_would_need_backtracking_is_not_a_table() {
        assert!(table("^[a-z]*a$").is_none());
        assert!(table("^[a-z]{2,4}[0-9]{3}$").is_some());
        assert!(table("^[A-Z]{0,2}[0-9]?B$").is_none());
    }

    #[test]
    fn what_is_not_anchored_or_not_exact_is_not_a_table() {
        for source in [
            "CR",
            "[0-9]+$",
            "^(?i)abc$",
            "^\\s+$",
            "^[^/]+$",
            "^.$",
            "^(a",
            "^\\p{L}$",
            "^(?=a)b$",
            "a|^b",
        ] {
            assert!(table(source).is_none(), "{source}");
        }
    }

    #[test]
    fn digits_are_ascii() {
        let pattern = table("^\\d{4}$").expect("a table");
        assert_eq!(fixed_length(&pattern), Some(4));
    }
}
