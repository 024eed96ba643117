//! Takes how many items of a list are wanted; gives the size of the pages to ask for; must never ask for more than the API allows.

/// The size of the pages that a limited list is read with, where `size` was asked for and pages have `most` items at most.
///
/// All pages get the same size, because a server may count pages by it; it is chosen so that as
/// little as possible is read beyond the limit.
#[must_use]
pub fn narrowed(size: Option<i64>, limit: u64, most: i64) -> Option<i64> {
    let largest = size.unwrap_or(most);
    if !(1..=most).contains(&largest) {
        // Not allowed, which is said when it is sent.
        return size;
    }
    let largest = u64::try_from(largest).unwrap_or(1);
    if size.is_none() && most == i64::MAX && limit > UNDOCUMENTED {
        return None;
    }
    let limit = limit.max(1);
    let pages = limit.div_ceil(largest);
    i64::try_from(limit.div_ceil(pages)).ok()
}

/// Where the document says nothing of it, no page larger than this is asked for.
const UNDOCUMENTED: u64 = 100;
