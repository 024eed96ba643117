//! Takes text; gives it in the encoding of one place of a request; must never encode twice or leave a reserved character as it is.

const HEX: [u8; 16] = *b"0123456789ABCDEF";

/// Which characters stay as they are, and what becomes of a space.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Encoding {
    /// A path segment or a part of a query: RFC 3986 unreserved characters stay.
    Percent,
    /// `application/x-www-form-urlencoded`: a space becomes `+`.
    Form,
    /// A part of a query or a form that may have reserved characters (`allowReserved`). Those that end a pair, a name or the
    /// query stay encoded, and so do those that decoders change: `#`, `&`, `=`, `+`, `[`, `]` and `%`.
    Reserved {
        /// Whether a space becomes `+`.
        form: bool,
        /// Whether a comma stays: it may stand between two items.
        comma: bool,
    },
    /// The value of a cookie: RFC 6265 `cookie-octet` stays, except for `%`, so that it can be decoded.
    Cookie,
    /// The name of a cookie: an RFC 9110 `token`, without `%`.
    CookieName,
    /// Nothing is changed.
    Verbatim,
}

impl Encoding {
    const fn keeps(self, byte: u8) -> bool {
        match self {
            Self::Verbatim => return true,
            Self::Cookie => {
                return byte.is_ascii_graphic()
                    && !matches!(byte, b'"' | b'%' | b',' | b';' | b'\\');
            }
            _ => {}
        }
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' => true,
            b'~' => !self.is_of_a_form(),
            b'*' => !matches!(self, Self::Percent),
            b'!' | b'$' | b'\'' => matches!(self, Self::Reserved { .. } | Self::CookieName),
            b':' | b'/' | b'?' | b'@' | b'(' | b')' | b';' => matches!(self, Self::Reserved { .. }),
            b',' => matches!(self, Self::Reserved { comma: true, .. }),
            b'#' | b'&' | b'+' | b'^' | b'`' | b'|' => matches!(self, Self::CookieName),
            _ => false,
        }
    }

    const fn is_of_a_form(self) -> bool {
        matches!(self, Self::Form | Self::Reserved { form: true, .. })
    }

    /// The number of bytes that `encode` will write.
    pub(crate) fn length(self, text: &str) -> usize {
        let plus = self.is_of_a_form();
        text.bytes()
            .map(|byte| {
                if self.keeps(byte) || (plus && byte == b' ') {
                    1
                } else {
                    3
                }
            })
            .sum()
    }

    /// Appends `text` to `out` through `push`, which takes ASCII only, unless nothing is encoded.
    pub(crate) fn encode(self, text: &str, mut push: impl FnMut(&[u8])) {
        let mut rest = text.as_bytes();
        while let Some((&byte, after)) = rest.split_first() {
            let kept = rest.iter().take_while(|byte| self.keeps(**byte)).count();
            if kept > 0 {
                let (run, after) = rest.split_at(kept);
                push(run);
                rest = after;
                continue;
            }
            if byte == b' ' && self.is_of_a_form() {
                push(b"+");
            } else {
                push(&[b'%', hex(byte >> 4), hex(byte & 15)]);
            }
            rest = after;
        }
    }

    /// Appends `text` to a string.
    pub(crate) fn append(self, text: &str, out: &mut String) {
        out.reserve(text.len());
        self.encode(text, |ascii| {
            out.push_str(str::from_utf8(ascii).unwrap_or_default());
        });
    }
}

fn hex(digit: u8) -> u8 {
    HEX.get(usize::from(digit)).copied().unwrap_or(b'0')
}

/// The value of a hexadecimal digit.
pub(crate) fn unhex(digit: u8) -> Option<u8> {
    match digit {
        b'0'..=b'9' => Some(digit - b'0'),
        b'a'..=b'f' => Some(digit - b'a' + 10),
        b'A'..=b'F' => Some(digit - b'A' + 10),
        _ => None,
    }
}

/// The bytes that a percent-encoded text stands for; a stray `%` stands for itself.
pub(crate) fn percent_decode(text: &str) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&byte, after)) = rest.split_first() {
        rest = after;
        if let (b'%', [high, low, after @ ..]) = (byte, after)
            && let (Some(high), Some(low)) = (unhex(*high), unhex(*low))
        {
            out.push(high << 4 | low);
            rest = after;
        } else {
            out.push(byte);
        }
    }
    out
}
