//! Takes documentation that was generated and gives it without the one example that the generator itself writes; it must never pass over anything else.

/// The one example that the generator itself writes, line by line; `@` stands for names.
const OWN_EXAMPLE: [&str; 16] = [
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
];

/// Takes that example out where it stands as it should; anything else in its place stays and is found.
pub(crate) fn without(path: &str, text: &str) -> String {
    let begin = "```no_run\n";
    let Some((before, rest)) = text
        .split_once(begin)
        .filter(|_| path == "src/testing/mod.rs")
    else {
        return text.to_owned();
    };
    let Some((code, after)) = rest.split_once("\n```") else {
        return text.to_owned();
    };
    let is_name = |text: &str| {
        let mut characters = text.chars();
        characters.all(|c| c.is_ascii_alphanumeric() || "_.:()".contains(c))
    };
    let fits = |(line, own): (&str, &&str)| match own.split_once('@') {
        None => line == *own,
        Some((first, last)) => line
            .strip_prefix(first)
            .and_then(|line| line.strip_suffix(last))
            .is_some_and(is_name),
    };
    let lines: Vec<&str> = code
        .lines()
        .filter(|line| !line.starts_with("# #[cfg(feature="))
        .collect();
    if lines.len() == OWN_EXAMPLE.len() && lines.into_iter().zip(&OWN_EXAMPLE).all(fits) {
        format!("{before}{after}")
    } else {
        text.to_owned()
    }
}
