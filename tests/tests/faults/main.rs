//! What a client makes of each fault: how often it asks, what it says and how long that takes. Nothing is sent twice that must not be.

mod clock;
mod rules;
mod runner;
mod table;

use std::error::Error;

use twilio_push_credentials_tests::faults::FAULTS;

use runner::{Lab, OPERATIONS, Run};

type Outcome = Result<(), Box<dyn Error>>;

/// Every fault with every operation that it can happen to.
#[tokio::test]
async fn every_fault_in_every_operation() -> Outcome {
    let lab = Lab::start()?;
    let mut runs: Vec<Run> = Vec::new();
    for fault in FAULTS {
        for operation in OPERATIONS {
            if operation.is_list() || !fault.lists_only {
                runs.push(lab.run(fault, operation).await?);
            }
        }
    }
    let broken: Vec<String> = runs.iter().flat_map(rules::broken).collect();
    assert!(broken.is_empty(), "broken rules:\n{}", broken.join("\n"));
    insta::assert_snapshot!("table", table::table(&runs));
    insta::assert_snapshot!("messages", table::messages(&runs));
    Ok(())
}
