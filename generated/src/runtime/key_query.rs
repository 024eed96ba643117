//! Takes a query; gives it without a name; must never touch its other pairs.

/// Takes a name and its values out of a query.
pub(crate) fn remove(query: &mut String, name: &str) {
    let is_other = |pair: &&str| {
        let mut pairs = url::form_urlencoded::parse(pair.as_bytes());
        pairs.all(|(known, _)| known != name)
    };
    if query.split('&').all(|pair| is_other(&pair)) {
        return;
    }
    let kept: Vec<&str> = query.split('&').filter(is_other).collect();
    *query = kept.join("&");
}
