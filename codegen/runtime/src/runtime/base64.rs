//! Takes bytes; gives their base64 text; must never leave a copy of them anywhere else.

/// The length of the base64 text of so many bytes.
pub(crate) const fn base64_length(bytes: usize) -> usize {
    bytes.div_ceil(3).saturating_mul(4)
}

/// Appends the base64 text of `bytes`, padded.
pub(crate) fn base64(bytes: &[u8], out: &mut Vec<u8>) {
    for chunk in bytes.chunks(3) {
        let (bits, symbols) = match *chunk {
            [a, b, c] => (group(a, b, c), 4),
            [a, b] => (group(a, b, 0), 3),
            [a] => (group(a, 0, 0), 2),
            _ => continue,
        };
        for position in 0..4_u8 {
            out.push(if position < symbols {
                base64_symbol(bits >> (18 - 6 * position) & 63)
            } else {
                b'='
            });
        }
    }
}

fn group(a: u8, b: u8, c: u8) -> u32 {
    u32::from(a) << 16 | u32::from(b) << 8 | u32::from(c)
}

fn base64_symbol(sextet: u32) -> u8 {
    let sextet = u8::try_from(sextet).unwrap_or_default();
    match sextet {
        0..=25 => b'A' + sextet,
        26..=51 => b'a' + (sextet - 26),
        52..=61 => b'0' + (sextet - 52),
        62 => b'+',
        _ => b'/',
    }
}
