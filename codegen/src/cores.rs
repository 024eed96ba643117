//! Takes work that does not depend on other work and does it on two cores; it must never change a result or the order of the results.
//!
//! Two, because more need more memory, and most of what a document costs has to be done in its order.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

/// The results of both.
pub(crate) fn both<A, B: Send>(
    here: impl FnOnce() -> A,
    there: impl FnOnce() -> B + Send,
) -> (A, B) {
    thread::scope(|scope| {
        let other = scope.spawn(there);
        let here = here();
        (here, joined(other.join()))
    })
}

/// What becomes of each item, in the order of the items.
pub(crate) fn each<T: Sync, R: Send>(items: &[T], work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let next = AtomicUsize::new(0);
    let take = || {
        let mut done = Vec::new();
        loop {
            let index = next.fetch_add(1, Ordering::Relaxed);
            let Some(item) = items.get(index) else {
                return done;
            };
            done.push((index, work(item)));
        }
    };
    let (mut done, more) = both(take, take);
    done.extend(more);
    done.sort_unstable_by_key(|(index, _)| *index);
    done.into_iter().map(|(_, result)| result).collect()
}

/// Drops something large that nobody waits for.
pub(crate) fn let_go<T: Send + 'static>(value: T) {
    let thread = thread::Builder::new().name("let go".to_owned());
    // Without a thread it is dropped here.
    drop(thread.spawn(move || drop(value)));
}

/// A panic of the other core goes on here.
fn joined<T>(result: thread::Result<T>) -> T {
    result.unwrap_or_else(|panic| std::panic::resume_unwind(panic))
}

#[cfg(test)]
mod tests {
    use super::{both, each};

    #[test]
    fn results_are_in_the_order_of_the_items() {
        let items: Vec<usize> = (0..1000).collect();
        assert_eq!(
            each(&items, |item| item * 2),
            items.iter().map(|item| item * 2).collect::<Vec<_>>()
        );
        assert_eq!(both(|| 1, || 2), (1, 2));
    }

    #[test]
    #[should_panic(expected = "there")]
    fn a_panic_there_is_a_panic_here() {
        both(|| (), || panic!("there"));
    }
}
