//! Takes documentation that was generated and gives it without the examples that the generator itself writes; it must never pass over anything else.

/// The examples that the generator itself writes, line by line; `@` stands for names.
const OWN_EXAMPLES: [(&str, &[&str]); 4] = [
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
    ("no_run", &["let example = @();"]),
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
        return text.to_owned();
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
