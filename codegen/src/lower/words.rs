//! Takes a name of the document and gives the words it is made of; it must never decide a name.

use std::borrow::Cow;

/// Lower-case ASCII words, with an underscore between two: most are never looked at one by one.
#[derive(Clone, Debug, Default, Eq, Hash, PartialEq)]
pub(crate) struct Words(String);

/// What a character stands for in names that have little else, such as the filter `DateCreated<`.
const SYMBOLS: &[(char, &str)] = &[
    ('<', " less than "),
    ('>', " greater than "),
    ('=', " equal "),
    ('!', " not "),
    ('*', " any "),
    ('+', " plus "),
    ('%', " percent "),
    ('&', " and "),
    ('|', " or "),
];

impl Words {
    /// The words of a name as the document has it.
    pub(crate) fn of(text: &str) -> Self {
        if is_snake(text) {
            return Self(text.to_owned());
        }
        let mut words = String::with_capacity(text.len() + 8);
        let is_plain =
            |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b' ' | b'_' | b'.' | b'/');
        if text.bytes().all(is_plain) {
            split_all(text, &mut words);
        } else {
            split_all(&spelled(text), &mut words);
        }
        Self(words)
    }

    /// Words that are known already.
    pub(crate) fn new<const N: usize>(words: [&str; N]) -> Self {
        Self(words.join("_"))
    }

    /// These words and then others.
    pub(crate) fn then(&self, more: &Self) -> Self {
        self.followed_by(&more.0)
    }

    fn followed_by(&self, more: &str) -> Self {
        let mut all = String::with_capacity(self.0.len() + more.len() + 1);
        all.push_str(&self.0);
        if !(self.0.is_empty() || more.is_empty()) {
            all.push('_');
        }
        all.push_str(more);
        Self(all)
    }

    fn put<'w>(words: impl Iterator<Item = &'w str>) -> Self {
        let mut all = String::new();
        words.for_each(|word| add(word, &mut all));
        Self(all)
    }

    /// These words and then others, without a word that both share where they meet: `channel` and `channel type` are `channel type`.
    pub(crate) fn joined(&self, more: &Self) -> Self {
        let ends = more.0.rmatch_indices('_').map(|(at, _)| at);
        let ends = std::iter::once(more.0.len()).chain(ends);
        let mut shared = ends.filter_map(|end| more.0.split_at_checked(end));
        let longest = shared.find(|(first, _)| {
            let before = self.0.strip_suffix(first);
            before.is_some_and(|before| before.is_empty() || before.ends_with('_'))
        });
        let rest = longest.map_or(more.0.as_str(), |(_, rest)| rest);
        self.followed_by(rest.trim_start_matches('_'))
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.split('_').filter(|word| !word.is_empty())
    }

    /// The words without those that `others` has, in singular or plural.
    pub(crate) fn without(&self, others: &Self) -> Self {
        let others: Vec<_> = others.iter().map(singular).collect();
        let is_other = |word: &str| others.contains(&singular(word));
        Self::put(self.iter().filter(|word| !is_other(word)))
    }

    /// The same words, the last in singular.
    pub(crate) fn to_singular(&self) -> Self {
        match self.0.rsplit_once('_') {
            Some((before, last)) => Self(format!("{before}_{}", singular(last))),
            None => Self(singular(&self.0).into_owned()),
        }
    }

    /// `snake_case`.
    pub(crate) fn snake(&self) -> String {
        guard_digit(&self.0, "n")
    }

    /// `PascalCase`.
    pub(crate) fn pascal(&self) -> String {
        guard_digit(&self.iter().map(capital).collect::<String>(), "N")
    }
}

/// Whether a name is its own words, as most names of properties are.
fn is_snake(text: &str) -> bool {
    let mut last = b'_';
    let is_part = |byte: u8| {
        let before = std::mem::replace(&mut last, byte);
        byte.is_ascii_lowercase() || byte.is_ascii_digit() || (byte == b'_' && before != b'_')
    };
    text.bytes().all(is_part) && !text.ends_with('_')
}

/// A name with a space for everything that is neither letter nor digit, and the words that some of it stands for.
fn spelled(text: &str) -> String {
    let mut spelled = String::with_capacity(text.len());
    for (index, character) in text.chars().enumerate() {
        if character.is_ascii_alphanumeric() {
            spelled.push(character);
            continue;
        }
        match SYMBOLS.iter().find(|(symbol, _)| *symbol == character) {
            Some((_, word)) => spelled.push_str(word),
            None if character == '-' && index == 0 => spelled.push_str(" minus "),
            None => spelled.push(' '),
        }
    }
    spelled
}

fn split_all(text: &str, words: &mut String) {
    for run in text.split(|one: char| !one.is_ascii_alphanumeric()) {
        split(run, words);
    }
}

/// Words begin at a capital after a small letter, and at the last of several capitals before a small letter; digits go with what is before them.
fn split(run: &str, words: &mut String) {
    let (mut start, mut last) = (0, None);
    let mut rest = run.bytes().enumerate().peekable();
    let mut end = |start: &mut usize, at: usize| {
        add(run.get(*start..at).unwrap_or_default(), words);
        *start = at;
    };
    while let Some((at, byte)) = rest.next() {
        let letter = byte.is_ascii_alphabetic().then_some(byte).or(last);
        let is_small = |byte: Option<u8>| byte.is_some_and(|byte| byte.is_ascii_lowercase());
        let is_capital = |byte: Option<u8>| byte.is_some_and(|byte| byte.is_ascii_uppercase());
        let next = rest.peek().map(|(_, next)| *next);
        if is_small(letter) && is_capital(next) {
            end(&mut start, at + 1);
            last = None;
        } else if is_capital(last) && is_capital(Some(byte)) && is_small(next) {
            end(&mut start, at);
            last = None;
        } else {
            last = letter;
        }
    }
    end(&mut start, run.len());
}

fn add(word: &str, words: &mut String) {
    if word.is_empty() {
        return;
    }
    if !words.is_empty() {
        words.push('_');
    }
    let start = words.len();
    words.push_str(word);
    if let Some(added) = words.get_mut(start..) {
        added.make_ascii_lowercase();
    }
}

/// File systems and readers bear names up to that length.
const LONGEST: usize = 120;

fn guard_digit(name: &str, prefix: &str) -> String {
    let name = name.get(..LONGEST).unwrap_or(name).trim_end_matches('_');
    match name.chars().next() {
        None => prefix.to_owned(),
        Some(first) if first.is_ascii_digit() => format!("{prefix}{name}"),
        Some(_) => name.to_owned(),
    }
}

fn capital(word: &str) -> String {
    let mut characters = word.chars();
    let first = characters.next().map(|first| first.to_ascii_uppercase());
    let mut capital = String::with_capacity(word.len());
    capital.extend(first);
    capital.push_str(characters.as_str());
    capital
}

fn singular(word: &str) -> Cow<'_, str> {
    const PLURALS: [(&str, &str); 5] = [
        ("sses", "ss"),
        ("ies", "y"),
        ("xes", "x"),
        ("ches", "ch"),
        ("ss", "ss"),
    ];
    for (plural, one) in PLURALS {
        if let Some(stem) = word.strip_suffix(plural) {
            return Cow::Owned(format!("{stem}{one}"));
        }
    }
    let stem = word.strip_suffix('s').filter(|stem| !stem.is_empty());
    Cow::Borrowed(stem.unwrap_or(word))
}

#[cfg(test)]
mod tests {
    use super::Words;

    fn words(text: &str) -> Vec<String> {
        Words::of(text).iter().map(str::to_owned).collect()
    }

    #[test]
    fn borders_are_case_digits_and_everything_that_is_no_letter() {
        assert_eq!(words("FriendlyName"), ["friendly", "name"]);
        assert_eq!(words("chat.v2.credential"), ["chat", "v2", "credential"]);
        assert_eq!(
            words("X-Twilio-Webhook-Enabled"),
            ["x", "twilio", "webhook", "enabled"]
        );
        assert_eq!(words("party 🎉 time"), ["party", "time"]);
    }

    #[test]
    fn comparisons_are_words() {
        assert_eq!(words("DateCreated<"), ["date", "created", "less", "than"]);
        assert_eq!(words("-date"), ["minus", "date"]);
    }

    #[test]
    fn names_never_begin_with_a_digit_and_are_never_empty() {
        assert_eq!(Words::of("1080p").pascal(), "N1080p");
        assert_eq!(Words::of("🎉").snake(), "n");
    }

    #[test]
    fn a_resource_is_taken_out_in_singular_and_plural() {
        let resource = Words::of("Credentials");
        assert_eq!(
            Words::of("ListCredential").without(&resource).snake(),
            "list"
        );
        assert_eq!(Words::of("addresses").to_singular().snake(), "address");
        assert_eq!(Words::of("policies").to_singular().snake(), "policy");
    }

    #[test]
    fn a_word_that_both_share_is_said_once() {
        let joined = Words::of("Channel").joined(&Words::of("channel_type"));
        assert_eq!(joined.pascal(), "ChannelType");
    }
}
