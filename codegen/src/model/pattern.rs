//! A `pattern` of a document as a table: which texts match, and one that does.

/// A `pattern` as a table that needs no regular-expression engine.
#[derive(Clone, Debug, PartialEq)]
pub struct Pattern {
    /// The pattern as the document has it.
    pub source: String,
    /// One of these must match, part after part, each as long as it can.
    pub alternatives: Vec<Vec<PatternPart>>,
    /// Whether the whole text must match, or just its beginning.
    pub whole: bool,
}

impl Pattern {
    /// Whether a text matches, as the runtime finds it out.
    #[must_use]
    pub fn matches(&self, text: &str) -> bool {
        self.alternatives.iter().any(|parts| {
            let rest = parts.iter().try_fold(text, |rest, part| part.strip(rest));
            rest.is_some_and(|rest| !self.whole || rest.is_empty())
        })
    }

    /// A text that matches: the first alternative, each class with its last range's first letter as often as it must be.
    #[must_use]
    pub fn sample(&self) -> String {
        let mut text = String::new();
        for part in self.alternatives.first().into_iter().flatten() {
            match part {
                PatternPart::Literal(literal) => text.push_str(literal),
                PatternPart::Class { ranges, min, .. } => {
                    let preferred = ranges.last().map_or('a', |range| range.0);
                    let times = usize::try_from(*min).unwrap_or(0).min(256);
                    text.extend(std::iter::repeat_n(preferred, times));
                }
            }
        }
        text
    }
}

/// A part of a pattern.
#[derive(Clone, Debug, PartialEq)]
pub enum PatternPart {
    /// Exactly this text.
    Literal(String),
    /// Characters out of ranges, a number of times.
    Class {
        /// First and last character of each range, in order and not overlapping.
        ranges: Vec<(char, char)>,
        /// At least this often.
        min: u32,
        /// At most this often; `u32::MAX` is without end.
        max: u32,
    },
}

impl PatternPart {
    /// What is left of a text after this part, if it begins with it.
    fn strip<'t>(&self, text: &'t str) -> Option<&'t str> {
        match self {
            Self::Literal(literal) => text.strip_prefix(literal.as_str()),
            Self::Class { ranges, min, max } => {
                let fits = |one: char| {
                    ranges
                        .iter()
                        .any(|(first, last)| (*first..=*last).contains(&one))
                };
                let most = usize::try_from(*max).unwrap_or(usize::MAX);
                let rest = text.chars().take_while(|one| fits(*one)).take(most);
                let (count, bytes) = rest.fold((0_u32, 0), |(count, bytes), one| {
                    (count.saturating_add(1), bytes + one.len_utf8())
                });
                text.get(bytes..).filter(|_| count >= *min)
            }
        }
    }
}
