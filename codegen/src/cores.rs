//! Takes work that does not depend on other work and does it on several cores; it must never change a result or the order of the results.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

/// As many cores work on a document: more need more memory, and most of what it costs has to be done in its order.
pub(crate) const PER_DOCUMENT: usize = 2;

/// As many as there are.
#[must_use]
pub fn all() -> usize {
    thread::available_parallelism().map_or(1, usize::from)
}

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

/// What becomes of each item, in the order of the items, with so many threads at most.
pub fn each<T: Sync, R: Send>(
    threads: usize,
    items: &[T],
    work: impl Fn(&T) -> R + Sync,
) -> Vec<R> {
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
    let mut done = thread::scope(|scope| {
        let others = 1..threads.min(items.len());
        let others: Vec<_> = others.map(|_| scope.spawn(take)).collect();
        let mut done = take();
        for other in others {
            done.extend(joined(other.join()));
        }
        done
    });
    done.sort_unstable_by_key(|(index, _)| *index);
    done.into_iter().map(|(_, result)| result).collect()
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
            each(3, &items, |item| item * 2),
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
