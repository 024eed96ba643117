//! Takes text as it is in URLs, forms and headers, gives what it stands for; must never accept a broken encoding.

/// The pairs of a form or query, decoded and in order; None if an escape or the UTF-8 is broken.
pub(super) fn pairs(text: &str) -> Option<Vec<(String, String)>> {
    text.split('&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            Some((decode(name, true)?, decode(value, true)?))
        })
        .collect()
}

/// A segment of a path, decoded.
pub(super) fn segment(text: &str) -> Option<String> {
    decode(text, false)
}

fn decode(text: &str, plus_is_space: bool) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'%' => hex(rest.next()?)? * 16 + hex(rest.next()?)?,
            b'+' if plus_is_space => b' ',
            other => other,
        });
    }
    String::from_utf8(bytes).ok()
}

fn hex(digit: u8) -> Option<u8> {
    char::from(digit)
        .to_digit(16)
        .and_then(|value| u8::try_from(value).ok())
}

/// The value of the `Authorization` header for a user and password.
#[must_use]
pub fn basic(user: &str, password: &str) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut result = String::from("Basic ");
    for chunk in format!("{user}:{password}").as_bytes().chunks(3) {
        let group = chunk
            .iter()
            .fold(0_u32, |group, byte| group << 8 | u32::from(*byte))
            << (8 * (3 - chunk.len()));
        for index in 0..4 {
            let digit = (group >> (18 - 6 * index)) as usize % 64;
            result.push(if index > chunk.len() {
                '='
            } else {
                char::from(DIGITS[digit])
            });
        }
    }
    result
}

#[cfg(test)]
mod tests {
    use super::{basic, pairs, segment};

    #[test]
    fn decodes_forms() {
        let expected = vec![
            ("a b".to_owned(), "ü+/=\n".to_owned()),
            ("c".to_owned(), String::new()),
        ];
        assert_eq!(pairs("a+b=%C3%BC%2B%2F%3D%0A&c="), Some(expected));
        assert_eq!(pairs("a=%2"), None);
        assert_eq!(pairs("a=%zz"), None);
        assert_eq!(pairs("a=%FF"), None);
        assert_eq!(segment("a+b%20c"), Some("a+b c".to_owned()));
    }

    #[test]
    fn encodes_logins() {
        assert_eq!(basic("a", ""), "Basic YTo=");
        assert_eq!(basic("a", "b"), "Basic YTpi");
        assert_eq!(basic("a", "bc"), "Basic YTpiYw==");
    }
}
