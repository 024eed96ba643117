//! Takes the files that should be and those that are and gives the difference; it must never decide what to do about it.

use std::collections::BTreeMap;

/// How a folder differs from the files that it should have.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Drift {
    /// Files with another text.
    pub stale: Vec<Stale>,
    /// Files that are not there.
    pub missing: Vec<String>,
    /// Files that should not be there.
    pub orphan: Vec<String>,
}

/// A file with another text.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Stale {
    /// The file.
    pub path: String,
    /// The first line that differs, from 1.
    pub line: usize,
}

impl Drift {
    /// Whether the folder is as it should be.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.stale.is_empty() && self.missing.is_empty() && self.orphan.is_empty()
    }
}

/// Files of a crate that nobody generates.
const BY_HAND: [&str; 1] = ["CHANGELOG.md"];

pub(super) fn between(
    wanted: &BTreeMap<String, String>,
    existing: &BTreeMap<String, Vec<u8>>,
) -> Drift {
    let mut drift = Drift::default();
    for (path, text) in wanted {
        match existing.get(path) {
            None => drift.missing.push(path.clone()),
            Some(bytes) if bytes == text.as_bytes() => {}
            Some(bytes) => drift.stale.push(Stale {
                path: path.clone(),
                line: first_difference(text.as_bytes(), bytes),
            }),
        }
    }
    let orphans = existing
        .keys()
        .filter(|path| !wanted.contains_key(*path) && !BY_HAND.contains(&path.as_str()));
    drift.orphan.extend(orphans.cloned());
    drift
}

fn first_difference(wanted: &[u8], found: &[u8]) -> usize {
    let same = wanted.iter().zip(found).take_while(|(a, b)| a == b);
    same.filter(|(byte, _)| **byte == b'\n').count() + 1
}

#[cfg(test)]
mod tests {
    use super::between;
    use std::collections::BTreeMap;

    #[test]
    fn each_kind_of_difference_is_told() {
        let wanted = BTreeMap::from([
            ("a".to_owned(), "1\n2\n".to_owned()),
            ("b".to_owned(), String::new()),
        ]);
        let existing = BTreeMap::from([
            ("a".to_owned(), b"1\n3\n".to_vec()),
            ("c".to_owned(), Vec::new()),
            ("CHANGELOG.md".to_owned(), Vec::new()),
        ]);
        let drift = between(&wanted, &existing);
        assert_eq!(
            (drift.stale[0].path.as_str(), drift.stale[0].line),
            ("a", 2)
        );
        assert_eq!(drift.missing, ["b"]);
        assert_eq!(drift.orphan, ["c"]);
    }
}
