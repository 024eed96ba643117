//! Takes a word and those that are allowed and gives the one that was probably meant; it must never guess between words that have little in common.

/// The nearest of `words`, if it is near enough to be what was meant.
pub(super) fn nearest<'a>(word: &str, words: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let letters: Vec<char> = word.chars().collect();
    // Among thousands of long names the full comparison would be slow, and nobody misspells that much.
    let candidates = words.into_iter().filter(|other| *other != word);
    let candidates = candidates.filter(|other| other.len().abs_diff(word.len()) <= 2 * 4);
    let measured = candidates.filter_map(|other| {
        let others: Vec<char> = other.chars().collect();
        let tolerance = (letters.len().max(others.len()) / 3).min(2);
        let distance = distance(&letters, &others);
        (distance <= tolerance).then_some((distance, other))
    });
    measured
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, other)| other)
}

/// How many letters have to be added, removed, replaced or swapped with their neighbour; letters that differ in case only count as equal.
fn distance(left: &[char], right: &[char]) -> usize {
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=right.len()).collect();
    let mut previous = None;
    for (row, letter) in left.iter().enumerate() {
        let mut next = vec![row + 1];
        let mut other_previous = None;
        for (column, other) in right.iter().enumerate() {
            let at =
                |cells: &[usize], index: usize| cells.get(index).copied().unwrap_or(usize::MAX / 2);
            let replaced = at(&last, column) + usize::from(!letter.eq_ignore_ascii_case(other));
            let mut best = replaced
                .min(at(&last, column + 1) + 1)
                .min(at(&next, column) + 1);
            if previous == Some(*other) && other_previous == Some(*letter) && column > 0 {
                best = best.min(at(&before, column - 1) + 1);
            }
            next.push(best);
            other_previous = Some(*other);
        }
        before = std::mem::replace(&mut last, next);
        previous = Some(*letter);
    }
    last.last().copied().unwrap_or_default()
}

/// `, did you mean …?`, or the end of the sentence.
pub(super) fn suggestion(meant: Option<&str>) -> String {
    meant.map_or_else(String::new, |meant| format!("; did you mean `{meant}`?"))
}

/// The words of a list in a sentence: `a`, `b` or `c`.
pub(super) fn choices(words: &[&str]) -> String {
    let quoted: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
    match quoted.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} or {last}", rest.join(", ")),
        Some((last, _)) => last.clone(),
        None => String::new(),
    }
}
