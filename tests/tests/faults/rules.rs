//! Takes what happened, gives the rules that it broke, whatever the table says.

use std::time::Duration;

use twilio_push_credentials_tests::faults::What;

use crate::runner::{ATTEMPT_TIMEOUT, Operation, Run};

/// Each rule that was broken, with where.
pub(crate) fn broken(run: &Run) -> Vec<String> {
    let (name, operation) = (run.fault.name, run.operation.name());
    let checks = [
        (counts_agree(run), "attempts() is what the server counted"),
        (
            error_counts_the_last_call(run),
            "the error has the attempts of its own call",
        ),
        (
            nothing_is_repeated_that_must_not_be(run),
            "nothing is sent twice that must not be",
        ),
        (
            repetitions_are_equal(run),
            "a request is sent again as it was",
        ),
        (
            doubt_is_told(run),
            "a change that is not known to have failed may have been applied",
        ),
        (
            pauses_are_bounded(run),
            "pauses are as long as asked for, and no longer than that and the backoff",
        ),
        (run.strays == 0, "no other host hears of it"),
        (
            client_is_still_good(run),
            "the next call gets its own answer",
        ),
    ];
    let failed = checks.into_iter().filter(|(kept, _)| !kept);
    failed
        .map(|(_, rule)| {
            let (requests, attempts) = (run.seen.requests.len(), run.attempts.len());
            let result = &run.result;
            format!(
                "{name}, {operation}: {rule} ({requests} requests, {attempts} attempts, {result:?})"
            )
        })
        .collect()
}

fn counts_agree(run: &Run) -> bool {
    let counted = run.seen.requests.len() + run.seen.cut;
    match run.fault.what {
        // Nobody is there to count.
        What::Refused => counted == 0 && run.attempts.len() == 3,
        _ => counted == run.attempts.len(),
    }
}

fn error_counts_the_last_call(run: &Run) -> bool {
    let Err(error) = &run.result else {
        return true;
    };
    let last = run.attempts.last().map_or(0, |last| last.number);
    // The request for a page that was refused was never made.
    error.attempts() == if error.is_next_page() { 0 } else { last }
}

fn nothing_is_repeated_that_must_not_be(run: &Run) -> bool {
    if !matches!(run.operation, Operation::Create | Operation::Update) {
        return true;
    }
    let rate_limited = run.fault.name.starts_with("429");
    rate_limited || run.seen.requests.len() + run.seen.cut <= 1
}

fn repetitions_are_equal(run: &Run) -> bool {
    // A list asks for another page each time.
    let requests = &run.seen.requests;
    run.operation.is_list() || requests.windows(2).all(|two| two[0] == two[1])
}

/// That nothing was changed is said only where it is known: no connection was made, or the server refused each request.
fn doubt_is_told(run: &Run) -> bool {
    let Err(error) = &run.result else {
        return true;
    };
    let reads = matches!(run.operation, Operation::List | Operation::Fetch);
    let refused_each_time = run.fault.name != "lost answer and then 404"
        && error
            .status()
            .is_some_and(|status| (400..500).contains(&status));
    let unsent = matches!(run.fault.what, What::Refused);
    error.may_have_been_applied() != (reads || unsent || refused_each_time)
}

fn pauses_are_bounded(run: &Run) -> bool {
    let asked = Duration::from_secs(run.fault.asked);
    let mut total = Duration::ZERO;
    let mut bounded = true;
    for attempt in &run.attempts {
        if let Some(pause) = attempt.pause {
            let longest = Duration::from_millis(500) * 2_u32.pow(attempt.number - 1);
            bounded &= asked <= pause && pause <= asked + longest;
            total += pause;
        }
    }
    // Every pause was kept, and nothing else took longer than the attempts may.
    let attempts = u32::try_from(run.attempts.len()).unwrap_or(u32::MAX);
    let slack = Duration::from_millis(10);
    bounded && total <= run.elapsed && run.elapsed <= total + ATTEMPT_TIMEOUT * attempts + slack
}

fn client_is_still_good(run: &Run) -> bool {
    let next = run.next_call.as_ref();
    next.is_none_or(|(seen, result)| result.is_ok() && seen.requests.len() == 1)
}
