//! Takes items and what to do with each, and shows on a terminal how far it is; it must never change the order of the results.

use indicatif::{ProgressBar, ProgressStyle};

use crate::pipeline::{all_cores, each};

/// The results, in the order of the items; the first error of them, if there is one.
pub(super) fn run<T: Sync, R: Send, E: Send>(
    what: &'static str,
    items: &[T],
    work: impl Fn(&T) -> Result<R, E> + Sync,
) -> Result<Vec<R>, E> {
    let bar = bar(what, items.len());
    let done = each(all_cores(), items, |item| {
        let result = work(item);
        bar.inc(1);
        result
    });
    bar.finish_and_clear();
    done.into_iter().collect()
}

/// A bar on a terminal, and nothing anywhere else.
pub(super) fn bar(what: &'static str, length: usize) -> ProgressBar {
    let bar = ProgressBar::new(u64::try_from(length).unwrap_or(u64::MAX));
    let style = ProgressStyle::with_template("{prefix:9} {bar:40} {pos}/{len} {elapsed} {msg}");
    bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
    bar.with_prefix(what)
}
