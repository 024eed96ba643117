//! Takes the name and text of one file, gives the rules that it breaks, and must never guess: source is expected to have passed `cargo fmt`.

use super::{Finding, mask};

/// Lines that a file may have.
const FILE_LINES: usize = 500;

/// Lines that a function may have, from `fn` to its closing brace.
const FUNCTION_LINES: usize = 60;

/// Code that a user's document or a server's answer reaches, where a panic would be an attack.
const NO_PANIC: [&str; 2] = ["codegen/src/", "codegen/runtime/src/"];

/// Marks of unfinished work, in two parts so that this file does not break the rule.
const UNFINISHED: [&str; 3] = [
    concat!("TO", "DO"),
    concat!("FIX", "ME"),
    concat!("XX", "X"),
];

/// Calls and macros that panic.
const PANICS: [&str; 8] = [
    ".unwrap()",
    ".expect(",
    ".unwrap_err()",
    ".expect_err(",
    "panic!",
    "todo!",
    "unimplemented!",
    "unreachable!",
];

/// Every rule that the file breaks, by line.
pub(crate) fn check(name: &str, text: &str) -> Vec<Finding> {
    let mut findings = unfinished(name, text);
    if is_rust(name) {
        findings.extend(length(text));
        findings.extend(introduction(text));
        findings.extend(functions(text));
        if NO_PANIC.iter().any(|dir| name.starts_with(dir)) && !is_test(name) {
            findings.extend(panics(text));
        }
    }
    findings.sort_by_key(|finding| finding.line);
    findings
}

// What is below `static` is text that the generator writes, not a part of it.
fn is_rust(name: &str) -> bool {
    !name.contains("/static/")
        && name
            .rsplit_once('.')
            .is_some_and(|(_, extension)| extension == "rs")
}

// A module of tests may have its own file.
fn is_test(name: &str) -> bool {
    name.ends_with("/tests.rs") || name.contains("/tests/")
}

fn length(text: &str) -> Option<Finding> {
    let lines = text.lines().count();
    (lines > FILE_LINES).then(|| Finding {
        line: FILE_LINES + 1,
        message: format!("the file has {lines} lines, more than {FILE_LINES}"),
        help: "split it where its subject changes",
    })
}

fn introduction(text: &str) -> Option<Finding> {
    (!text.starts_with("//! ")).then(|| Finding {
        line: 1,
        message: "the module does not begin with `//!`".to_owned(),
        help: "say in one sentence what it takes, what it gives and what it must never do",
    })
}

fn unfinished(name: &str, text: &str) -> Vec<Finding> {
    let visible = if is_rust(name) {
        mask::code_and_comments(text)
    } else {
        text.to_owned()
    };
    let marked = |line: &str| {
        line.split(|character: char| !character.is_alphanumeric() && character != '_')
            .find_map(|word| UNFINISHED.into_iter().find(|mark| *mark == word))
    };
    let lines = visible.lines().enumerate();
    lines
        .filter_map(|(index, line)| {
            marked(line).map(|mark| Finding {
                line: index + 1,
                message: format!("`{mark}` marks unfinished work"),
                help: "finish it, or open an issue and remove the mark",
            })
        })
        .collect()
}

fn functions(text: &str) -> Vec<Finding> {
    let code = mask::code(text);
    let lines: Vec<&str> = code.lines().collect();
    let mut findings = Vec::new();
    for (index, line) in lines.iter().enumerate() {
        let Some(name) = function_name(line) else {
            continue;
        };
        let indent = line.len() - line.trim_start().len();
        let length = lines
            .iter()
            .skip(index)
            .position(|end| ends(end, indent))
            .map_or(1, |offset| offset + 1);
        if length > FUNCTION_LINES {
            findings.push(Finding {
                line: index + 1,
                message: format!(
                    "the function `{name}` has {length} lines, more than {FUNCTION_LINES}"
                ),
                help: "give a part of it a name of its own",
            });
        }
    }
    findings
}

/// The name of the function that begins on this line.
fn function_name(line: &str) -> Option<&str> {
    let mut words = line.split_whitespace();
    let qualifier = |word: &&str| {
        ["async", "const", "extern", "unsafe"].contains(word)
            || word.starts_with("pub")
            || word.ends_with(')')
    };
    let keyword = words.find(|word| !qualifier(word))?;
    (keyword == "fn")
        .then(|| words.next())
        .flatten()?
        .split(['(', '<'])
        .next()
}

/// Whether an item that began with this indent ends on this line.
fn ends(line: &str, indent: usize) -> bool {
    let trimmed = line.trim_end();
    let at = trimmed.len() - trimmed.trim_start().len();
    at == indent && (trimmed.ends_with(';') || trimmed.ends_with('}'))
}

fn panics(text: &str) -> Vec<Finding> {
    let code = without_tests(&mask::code(text));
    let mut findings = Vec::new();
    for (index, line) in code.lines().enumerate() {
        let calls = PANICS
            .into_iter()
            .filter(|call| has(line, call))
            .map(|call| format!("`{call}` may panic"));
        let indexing =
            indexed(line).map(|index| format!("`{index}` panics when it is out of range"));
        findings.extend(calls.chain(indexing).map(|message| Finding {
            line: index + 1,
            message,
            help: "make it a value: `?`, `let … else`, `get`, or a diagnostic",
        }));
    }
    findings
}

// `debug_panic!` or `my_todo!` are other names.
fn has(line: &str, call: &str) -> bool {
    let boundary = |before: &str| {
        call.starts_with('.')
            || !before.ends_with(|last: char| last.is_alphanumeric() || last == '_')
    };
    line.match_indices(call)
        .any(|(index, _)| line.get(..index).is_some_and(boundary))
}

/// An index or slice expression: rustfmt leaves no space before its bracket, and always one before that of a type.
fn indexed(line: &str) -> Option<&str> {
    line.match_indices('[').find_map(|(index, _)| {
        let before = line.get(..index)?;
        let after = line.get(index..)?;
        let is_value =
            before.ends_with(|last: char| last.is_alphanumeric() || "_)]?".contains(last));
        let start = before
            .rfind(|last: char| !last.is_alphanumeric() && last != '_' && last != '.')
            .map_or(0, |at| at + 1);
        let is_lifetime = before.get(..start).is_some_and(|head| head.ends_with('\''));
        if !is_value || is_lifetime || after.starts_with("[..]") {
            return None;
        }
        line.get(start..=index + after.find(']').unwrap_or(0))
    })
}

/// The code with every `#[cfg(test)]` item blanked.
fn without_tests(code: &str) -> String {
    let mut kept = String::with_capacity(code.len());
    let mut test: Option<usize> = None;
    for line in code.lines() {
        let indent = line.len() - line.trim_start().len();
        if test.is_none() && line.trim_start().starts_with("#[cfg(test)]") {
            test = Some(indent);
        } else if let Some(start) = test {
            if ends(line, start) {
                test = None;
            }
        } else {
            kept.push_str(line);
        }
        kept.push('\n');
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    fn broken(name: &str, text: &str) -> Vec<(usize, String)> {
        check(name, text)
            .into_iter()
            .map(|finding| (finding.line, finding.message))
            .collect()
    }

    fn panicking(code: &str) -> usize {
        broken("codegen/src/a.rs", &format!("//! A.\n{code}\n")).len()
    }

    #[test]
    fn a_clean_file_breaks_nothing() {
        let text = "//! A.\n\nfn a(x: &'a [u8], y: &mut [u8]) -> Option<[u8; 2]> {\n    vec![1]; x.get(..2)\n}\n";
        assert_eq!(broken("codegen/src/a.rs", text), []);
    }

    #[test]
    fn a_module_says_what_it_is() {
        assert_eq!(broken("xtask/src/a.rs", "fn a() {}\n")[0].0, 1);
    }

    #[test]
    fn a_long_file_is_found_at_the_first_line_too_many() {
        let text = format!("//! A.\n{}", "\n".repeat(500));
        assert_eq!(
            broken("xtask/src/a.rs", &text)[0],
            (501, "the file has 501 lines, more than 500".to_owned())
        );
        assert_eq!(broken("xtask/src/a.rs", &text[..text.len() - 1]), []);
    }

    #[test]
    fn a_long_function_is_found_by_its_name() {
        let function = |lines| {
            format!(
                "//! A.\nimpl A {{\n    pub(crate) async fn long<T>(\n{}    }}\n}}\n",
                "        a;\n".repeat(lines)
            )
        };
        assert_eq!(broken("tests/a.rs", &function(58)), []);
        let found = broken("tests/a.rs", &function(59));
        assert_eq!(
            found,
            [(
                3,
                "the function `long` has 61 lines, more than 60".to_owned()
            )]
        );
    }

    #[test]
    fn a_declaration_has_no_body_to_count() {
        let text = format!(
            "//! A.\ntrait A {{\n    fn a();\n{}}}\n",
            "    const A: u8;\n".repeat(80)
        );
        assert_eq!(broken("tests/a.rs", &text), []);
    }

    #[test]
    fn each_panicking_call_is_found() {
        for code in [
            "a.unwrap()",
            "a.expect(\"b\")",
            "panic!(\"a\")",
            "todo!()",
            "unimplemented!()",
            "unreachable!()",
        ] {
            assert_eq!(panicking(code), 1, "{code}");
        }
        for code in [
            "a.unwrap_or(1)",
            "a.unwrap_or_default()",
            "a.expecting(1)",
            "debug_panic!()",
            "// a.unwrap()",
            "\"a.unwrap()\"",
        ] {
            assert_eq!(panicking(code), 0, "{code}");
        }
    }

    #[test]
    fn indexing_is_found_and_types_are_not() {
        for code in ["a[0]", "a.b()[1..]", "a[0][1]", "&a[i]"] {
            assert_eq!(panicking(code), 1, "{code}");
        }
        for code in [
            "#[derive(A)]",
            "&[u8]",
            "vec![1]",
            "&'a[u8]",
            "[0; 4]",
            "&a[..]",
            "for a in [1, 2] {}",
        ] {
            assert_eq!(panicking(code), 0, "{code}");
        }
    }

    #[test]
    fn tests_may_panic() {
        assert_eq!(
            panicking("#[cfg(test)]\nmod tests {\n    fn a() {\n        b.unwrap();\n    }\n}"),
            0
        );
        assert_eq!(
            panicking("#[cfg(test)]\nmod tests;\nfn a() {\n    b.unwrap();\n}"),
            1
        );
        assert_eq!(
            broken("codegen/src/a/tests.rs", "//! A.\na.unwrap();\n"),
            []
        );
        assert_eq!(broken("xtask/src/a.rs", "//! A.\na.unwrap();\n"), []);
    }

    #[test]
    fn marks_of_unfinished_work_are_found_in_comments_and_prose() {
        let mark = UNFINISHED[0];
        assert_eq!(broken("README.md", &format!("a\n{mark}: b\n"))[0].0, 2);
        assert_eq!(
            broken("xtask/src/a.rs", &format!("//! A.\n// {mark} b\n"))[0].0,
            2
        );
        assert_eq!(
            broken("xtask/src/a.rs", &format!("//! A.\nlet a = \"{mark}\";\n")),
            []
        );
    }
}
