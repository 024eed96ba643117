//! Takes documentation that was generated and gives it without the examples that the generator itself writes; it must never pass over anything else.

use quote::ToTokens;

/// The examples that the generator itself writes, line by line; `@` stands for names.
const OWN_EXAMPLES: [(&str, &[&str]); 5] = [
    (
        "no_run",
        &[
            "use @::testing::{self, Failure, Server};",
            "",
            "# async fn example() -> Result<(), Box<dyn std::error::Error>> {",
            "let server = Server::start()?;",
            "server.seed(&testing::@::collection(), 3);",
            "",
            "// Give this client to the code that is to be tested.",
            "let client = server.client()?;",
            "let answer = client.@().send().await?;",
            "assert_eq!(server.requests()[0].method(), \"GET\");",
            "",
            "server.fail_next(Failure::status(403));",
            "let refused = client.@().send().await;",
            "assert_eq!(refused.unwrap_err().status(), Some(403));",
            "# Ok(())",
            "# }",
        ],
    ),
    (
        "",
        &[
            "use @::testing::Server;",
            "",
            "let server = Server::start()?;",
            "@;",
            "# Ok::<(), Box<dyn std::error::Error>>(())",
        ],
    ),
    (
        "",
        &[
            "use @::testing::{Server, @};",
            "",
            "let server = Server::start()?;",
            "let ids = server.seed(&@, 3);",
            "assert_eq!(ids.len(), 3);",
            "# Ok::<(), std::io::Error>(())",
        ],
    ),
    ("", &["let example = @();"]),
    ("", &["let example = @()?;", "# Ok::<(), @::Error>(())"]),
];

/// What is done with the server, which no document has a part in.
const OWN_LINES: [&str; 4] = [
    "assert!(server.requests().is_empty());",
    "let client = server.client_builder().user_agent_suffix(\"tests\").build()?;",
    "let client = server.client()?;",
    "let client = server.blocking_client()?;",
];

/// Takes those examples out where they stand as they should; anything else in their place stays and is found.
pub(crate) fn without(path: &str, text: &str) -> String {
    if !path.starts_with("src/testing/") {
        return without_use(text).unwrap_or_else(|| text.to_owned());
    }
    let found = OWN_EXAMPLES.iter().find_map(|(kind, own)| {
        let (before, rest) = text.split_once(&format!("```{kind}\n"))?;
        let (code, after) = rest.split_once("\n```")?;
        let gates = "# #[cfg(feature=";
        let lines: Vec<&str> = code
            .lines()
            .filter(|line| !line.starts_with(gates))
            .collect();
        let same = lines.len() == own.len();
        let same = same && lines.iter().zip(*own).all(|(line, own)| fits(line, own));
        same.then(|| format!("{before}{after}"))
    });
    found.unwrap_or_else(|| text.to_owned())
}

/// Takes out how an item is used, if that is what it should be: imports, and one function that nobody calls.
fn without_use(text: &str) -> Option<String> {
    let (before, rest) = text.rsplit_once("# Example\n\n```\n")?;
    let (code, after) = rest.split_once("\n```")?;
    let shown = code
        .lines()
        .map(|line| line.strip_prefix("# ").unwrap_or(line));
    let file = syn::parse_file(&shown.collect::<Vec<_>>().join("\n")).ok()?;
    let (last, imports) = file.items.split_last()?;
    let syn::Item::Fn(function) = last else {
        return None;
    };
    let only_imports = imports.iter().all(|item| matches!(item, syn::Item::Use(_)));
    let harmless = function.sig.ident == "example" && function.attrs.is_empty();
    (only_imports && harmless && !names_payload(function.block.to_token_stream()))
        .then(|| format!("{before}{after}"))
}

/// Whether what the payloads try to do is there as code, and not just as text.
fn names_payload(tokens: proc_macro2::TokenStream) -> bool {
    let mut pending = vec![tokens];
    while let Some(tokens) = pending.pop() {
        for token in tokens {
            match token {
                proc_macro2::TokenTree::Group(group) => pending.push(group.stream()),
                proc_macro2::TokenTree::Ident(name) => {
                    if ["evil", "exit", "process", "panic"]
                        .iter()
                        .any(|word| name == word)
                    {
                        return true;
                    }
                }
                proc_macro2::TokenTree::Punct(_) | proc_macro2::TokenTree::Literal(_) => {}
            }
        }
    }
    false
}

/// Whether a line is the one of the generator, with names in the places for names.
fn fits(line: &str, own: &str) -> bool {
    if own == "@;" {
        return OWN_LINES.contains(&line);
    }
    let mut parts = own.split('@');
    let Some(mut rest) = parts.next().and_then(|first| line.strip_prefix(first)) else {
        return false;
    };
    for part in parts {
        let end = if part.is_empty() {
            Some(rest.len())
        } else {
            rest.find(part)
        };
        let Some((name, after)) = end.and_then(|end| rest.split_at_checked(end)) else {
            return false;
        };
        let mut characters = name.chars();
        if !characters.all(|c| c.is_ascii_alphanumeric() || "_.:(), ".contains(c)) {
            return false;
        }
        rest = after.strip_prefix(part).unwrap_or_default();
    }
    rest.is_empty()
}
