//! The documents in `spec/` agree with each other and with their own examples.

use twilio_push_credentials_tests::twilio::{self, Origin, Twilio};

use crate::{Outcome, VERSIONS};

#[test]
fn examples_fit_their_schemas() -> Outcome {
    let documents = twilio::documents()?;
    assert_eq!(documents.len(), VERSIONS.len());
    for document in documents {
        assert_eq!(
            twilio::mistakes_in_examples(&document)?,
            Vec::<String>::new()
        );
    }
    Ok(())
}

#[test]
fn documents_share_the_text_of_shared_definitions() -> Outcome {
    let documents = twilio::documents()?;
    for name in ["CredentialSid", "AccountSid", "CredentialType"] {
        let texts: Vec<String> = documents
            .iter()
            .map(|text| definition(text, name))
            .collect();
        assert!(
            texts[0].contains("type: string"),
            "{name} is not in the first document"
        );
        assert!(texts.iter().all(|text| *text == texts[0]), "{name} differs");
    }
    Ok(())
}

/// The lines of a component schema.
fn definition(document: &str, name: &str) -> String {
    document
        .lines()
        .skip_while(|line| *line != format!("    {name}:"))
        .skip(1)
        .take_while(|line| line.starts_with("      "))
        .collect::<Vec<_>>()
        .join("\n")
}

#[test]
fn a_document_of_no_use_is_a_problem() {
    let problem = |text: &str| {
        Twilio::serve(&[text], Origin::Own)
            .err()
            .map(|problem| problem.to_string())
    };
    assert!(problem("\t- x").is_some_and(|text| text.starts_with("not YAML")));
    assert_eq!(
        problem("openapi: 3.0.3"),
        Some("no text at /servers/0/url".to_owned())
    );
}
