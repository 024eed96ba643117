//! Takes what wants a name in a scope and gives each its own; the one place where names are decided.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::Name;

/// Spellings for one item, from the shortest to the most qualified.
#[derive(Clone, Debug)]
pub(crate) struct Candidates(Vec<String>);

impl Candidates {
    /// The spellings, the preferred one first; a spelling that repeats is left out.
    pub(crate) fn new(spellings: impl IntoIterator<Item = String>) -> Self {
        let mut list = Vec::new();
        for spelling in spellings {
            if !list.contains(&spelling) {
                list.push(spelling);
            }
        }
        Self(list)
    }

    fn at(&self, level: usize) -> &str {
        self.0
            .get(level)
            .or(self.0.last())
            .map_or("item", String::as_str)
    }

    fn levels(&self) -> usize {
        self.0.len()
    }
}

/// Gives every item of a scope its name. Items whose spellings collide, with each other or with `reserved`, are all
/// qualified further, so that no name depends on which of them the document lists first. Only items that run out
/// of spellings are numbered.
pub(crate) fn assign(items: &[Candidates], reserved: &[&str]) -> Vec<Name> {
    assign_apart(items, &|spelling| reserved.contains(&spelling))
}

/// The same where what is reserved is not listed again for each of many scopes.
pub(crate) fn assign_apart(items: &[Candidates], reserved: Reserved<'_>) -> Vec<Name> {
    let mut levels = vec![0_usize; items.len()];
    let deepest = items.iter().map(Candidates::levels).max().unwrap_or(0);
    for _ in 0..deepest {
        let crowded = crowded(items, &levels, reserved);
        for ((level, item), _) in levels
            .iter_mut()
            .zip(items)
            .zip(&crowded)
            .filter(|(_, crowded)| **crowded)
        {
            *level = (*level + 1).min(item.levels().saturating_sub(1));
        }
        if !crowded.contains(&true) {
            break;
        }
    }
    let mut taken = BTreeSet::new();
    let spellings = items
        .iter()
        .zip(&levels)
        .map(|(item, level)| item.at(*level));
    spellings
        .map(|spelling| Name::from_identifier(escape(&unique(spelling, reserved, &mut taken))))
        .collect()
}

/// Whether a spelling is taken before any item is named.
pub(crate) type Reserved<'r> = &'r dyn Fn(&str) -> bool;

/// A name that stands alone in its scope.
pub(crate) fn single(spelling: &str) -> Name {
    Name::from_identifier(escape(spelling))
}

fn crowded(items: &[Candidates], levels: &[usize], reserved: Reserved<'_>) -> Vec<bool> {
    let mut users: BTreeMap<&str, usize> = BTreeMap::new();
    for (item, level) in items.iter().zip(levels) {
        *users.entry(item.at(*level)).or_default() += 1;
    }
    let is_crowded =
        |spelling: &str| users.get(spelling).is_some_and(|count| *count > 1) || reserved(spelling);
    items
        .iter()
        .zip(levels)
        .map(|(item, level)| is_crowded(item.at(*level)))
        .collect()
}

fn unique(spelling: &str, reserved: Reserved<'_>, taken: &mut BTreeSet<String>) -> String {
    let mut name = spelling.to_owned();
    let mut number = 2_usize;
    while reserved(&name) || !taken.insert(name.clone()) {
        name = format!("{spelling}{number}");
        number += 1;
    }
    name
}

fn escape(spelling: &str) -> String {
    if KEYWORDS.contains(&spelling) {
        format!("{spelling}_")
    } else {
        spelling.to_owned()
    }
}

/// The keywords of the Rust reference, those of no use yet and the weak ones with them: <https://doc.rust-lang.org/reference/keywords.html>.
const KEYWORDS: [&str; 53] = [
    "Self", "abstract", "as", "async", "await", "become", "box", "break", "const", "continue",
    "crate", "do", "dyn", "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if",
    "impl", "in", "let", "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub",
    "ref", "return", "self", "static", "struct", "super", "trait", "true", "try", "type", "typeof",
    "union", "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
];

/// What the code of a generated module refers to without a path, so that no type may be called so.
pub(crate) const RESERVED_TYPES: &[&str] = &[
    "AsRef",
    "Body",
    "Box",
    // The generic parameter of resources and calls.
    "C",
    "Call",
    "Checked",
    "Client",
    "ClientBuilder",
    "Clone",
    "DateTime",
    "Debug",
    "Default",
    "Drop",
    "Eq",
    "Err",
    "Error",
    "Fn",
    "FnMut",
    "FnOnce",
    "FormBody",
    "From",
    "FromStr",
    "Hash",
    "InlineStr",
    "Into",
    "IntoChecked",
    "IntoIterator",
    "InvalidValue",
    "Iterator",
    "Login",
    "Method",
    "None",
    "Ok",
    "Operation",
    "Option",
    "Ord",
    "Page",
    "PagedRequest",
    "Parameter",
    "PartialEq",
    "PartialOrd",
    "Parts",
    "Pattern",
    "PatternPart",
    "Request",
    "Result",
    "Rules",
    "SecretString",
    "Security",
    "Self",
    "Send",
    "Server",
    "ServerUrl",
    "ServerVariable",
    "Settings",
    "Some",
    "String",
    "Structured",
    "Sync",
    "ToOwned",
    "ToString",
    "TryFrom",
    "TryInto",
    "Utc",
    "Value",
    "Vec",
];

/// The methods that every builder has, or may get.
pub(crate) const RESERVED_BUILDER: &[&str] = &[
    "attempt_timeout",
    "base_url",
    "base_url_of",
    "build",
    "build_blocking",
    "clone",
    "connect_timeout",
    "from_env",
    "http_client_builder",
    "login_from_env",
    "max_response_bytes",
    "new",
    "oauth_scope",
    "oauth_token_url",
    "on_attempt",
    "proxy",
    "retry",
    "retry_budget",
    "servers_from_env",
    "timeout",
    "token_url",
    "user_agent_suffix",
    "with_basic",
    "with_bearer",
    "with_key",
    "with_login",
    "with_oauth",
    "with_scope",
    "with_token_url",
    "with_variable",
];

/// What the root of every crate exports, so that no type may be called so that stands there.
pub(crate) const RESERVED_AT_ROOT: &[&str] = &[
    "ApiError",
    "Attempt",
    "FromHeaders",
    "InvalidPageState",
    "ItemStream",
    "Metadata",
    "Nullable",
    "PageState",
    "PageStream",
    "Response",
    "Retry",
    "Upload",
];

/// The methods that the client has of its own, beside which those stand that lead to the resources of a crate without modules.
pub(crate) const CLIENT_METHODS: &[&str] = &[
    "answer",
    "attempt",
    "base",
    "call",
    "call_with_metadata",
    "clean",
    "clean_id",
    "connect_timeout",
    "execute",
    "from_inner",
    "http",
    "max_response_bytes",
    "next_query",
    "observe",
    "prepare",
    "ready",
    "redactor",
    "renews",
    "run",
    "settings",
    "start",
    "tokens",
    "tell",
    "traced",
    "unread",
    "url",
];

/// The methods that every call has.
pub(crate) const RESERVED_SETTERS: &[&str] = &[
    "attempt_timeout",
    "clone",
    "connect_timeout",
    "header",
    "into_parts",
    "limit",
    "new",
    "next",
    "pages",
    "query",
    "resume",
    "retry",
    "send",
    "send_with_metadata",
    "stream",
    "timeout",
    "with",
];

#[cfg(test)]
mod tests {
    use super::{CLIENT_METHODS, Candidates, KEYWORDS, assign};
    use syn::{ImplItem, Item};

    #[test]
    fn no_resource_is_called_like_a_method_of_the_client() {
        let files = [
            include_str!("../../runtime/src/runtime/client.rs"),
            include_str!("../../runtime/src/runtime/send.rs"),
            include_str!("../../runtime/src/runtime/blocking.rs"),
            include_str!("../../runtime/src/runtime/http.rs"),
            include_str!("../../runtime/src/runtime/connect.rs"),
            include_str!("../../runtime/src/runtime/oauth.rs"),
        ];
        for text in files {
            for item in syn::parse_file(text).expect("the runtime is Rust").items {
                let Item::Impl(block) = item else { continue };
                let of_client = matches!(&*block.self_ty, syn::Type::Path(path) if path.path.is_ident("Client"));
                for member in block.items {
                    if let (true, None, ImplItem::Fn(function)) = (of_client, &block.trait_, member)
                    {
                        let name = function.sig.ident.to_string();
                        assert!(
                            CLIENT_METHODS.contains(&name.as_str()),
                            "{name} is not reserved"
                        );
                    }
                }
            }
        }
    }

    fn names(items: &[&[&str]], reserved: &[&str]) -> Vec<String> {
        let items: Vec<_> = items
            .iter()
            .map(|spellings| Candidates::new(spellings.iter().map(|s| (*s).to_owned())))
            .collect();
        assign(&items, reserved)
            .iter()
            .map(ToString::to_string)
            .collect()
    }

    #[test]
    fn both_of_two_that_collide_are_qualified() {
        let got = names(
            &[
                &["channels", "service_channels"],
                &["channels", "user_channels"],
            ],
            &[],
        );
        assert_eq!(got, ["service_channels", "user_channels"]);
    }

    #[test]
    fn the_order_of_the_document_does_not_matter() {
        let got = names(
            &[
                &["channels", "user_channels"],
                &["channels", "service_channels"],
            ],
            &[],
        );
        assert_eq!(got, ["user_channels", "service_channels"]);
    }

    #[test]
    fn keywords_get_an_underscore() {
        assert_eq!(
            names(&[&["type"], &["Self"], &["crate"]], &[]),
            ["type_", "Self_", "crate_"]
        );
    }

    #[test]
    fn keywords_are_no_identifiers_but_for_two_that_are_better_left_alone() {
        let is_identifier = |word: &&&str| syn::parse_str::<syn::Ident>(word).is_ok();
        let better_left_alone: Vec<_> = KEYWORDS.iter().filter(is_identifier).collect();
        assert_eq!(better_left_alone, [&"gen", &"union"]);
    }

    #[test]
    fn reserved_names_are_qualified() {
        assert_eq!(
            names(&[&["Option", "OptionModel"]], &["Option"]),
            ["OptionModel"]
        );
    }

    #[test]
    fn what_cannot_be_told_apart_is_numbered() {
        assert_eq!(names(&[&["a"], &["a"], &["a"]], &[]), ["a", "a2", "a3"]);
    }
}
