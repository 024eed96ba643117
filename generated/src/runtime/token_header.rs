//! Takes a token; gives the header that sends it, and the token of such a header; must never leave a copy behind or show one.

use crate::runtime::SecretString;
use bytes::Bytes;
use reqwest::header::HeaderValue;
use secrecy::ExposeSecret;
use zeroize::Zeroizing;

/// What a bearer token is sent after.
const SCHEME: &[u8] = b"Bearer ";

/// The header that sends a token, or what is wrong with the token.
pub(crate) fn token_header(token: &SecretString) -> Result<HeaderValue, String> {
    let text = token.expose_secret();
    if text.is_empty() {
        return Err("is empty".to_owned());
    }
    if !text.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Err("has characters that a token cannot have".to_owned());
    }
    let mut header = Zeroizing::new(Vec::with_capacity(SCHEME.len() + text.len()));
    header.extend_from_slice(SCHEME);
    header.extend_from_slice(text.as_bytes());
    let mut header = HeaderValue::from_maybe_shared(Bytes::from_owner(header))
        .map_err(|_| "cannot be sent".to_owned())?;
    header.set_sensitive(true);
    Ok(header)
}

/// The token itself, for the one who takes it out of texts.
pub(crate) fn token_of(header: &HeaderValue) -> Zeroizing<String> {
    let token = header.as_bytes().get(SCHEME.len()..);
    let token = token.and_then(|token| str::from_utf8(token).ok());
    Zeroizing::new(token.unwrap_or_default().to_owned())
}
