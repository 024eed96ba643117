//! Takes the pages of a list as they come; gives what to request next; must never name a page twice, or one that is not of the list.

use crate::runtime::error::Kind;
use crate::runtime::options::Options;
use crate::runtime::page_state::Place;
use crate::runtime::{Error, Operation, PageState};
use std::collections::HashSet;

/// Where a list stands, free of how its pages are fetched.
pub(crate) struct Cursor {
    operation: &'static Operation,
    /// The page whose items are being given.
    current: Place,
    next: Next,
    /// The queries of the pages so far, since a server that repeats one would never end.
    visited: HashSet<String>,
    left: Option<u64>,
    ended: bool,
}

/// What comes after the current page.
enum Next {
    Page(Place),
    /// The server named a page that must not be fetched; what came before it is given first.
    Refused(Option<Error>),
    End,
}

/// What to do to get on.
pub(crate) enum Step {
    /// Request the page with this query; with that of the call, if there is none.
    Fetch(Option<String>),
    Fail(Error),
    End,
}

/// The link to the next page, once it was checked: the queries of the list's first page and of that one.
pub(crate) type Link = Result<(String, String), Error>;

impl Cursor {
    /// At the beginning of a list, or where it is to go on.
    pub(crate) fn new(operation: &'static Operation, options: &Options) -> Self {
        let next = match options.page() {
            Ok(query) => Next::Page(Place {
                query: query.map(str::to_owned),
                taken: options.taken,
            }),
            Err(error) => Next::Refused(Some(error)),
        };
        let mut visited = HashSet::new();
        if let Next::Page(Place { query, .. }) = &next {
            visited.extend(query.clone());
        }
        Self {
            operation,
            current: Place::default(),
            next,
            visited,
            left: options.limit,
            ended: false,
        }
    }

    /// What to do now that the items of the current page are used up.
    pub(crate) fn step(&mut self) -> Step {
        if self.ended || self.left == Some(0) {
            return Step::End;
        }
        match &mut self.next {
            Next::Page(place) => Step::Fetch(place.query.clone()),
            Next::Refused(error) => {
                self.ended = true;
                error.take().map_or(Step::End, Step::Fail)
            }
            Next::End => Step::End,
        }
    }

    /// Takes the next page with so many items, and what it says of the one after it; gives the number of its items that
    /// were given before. What was given before may be more than a page, when pages were larger then.
    pub(crate) fn arrive(&mut self, items: usize, link: Option<Link>) -> usize {
        let before = match &self.next {
            Next::Page(place) => place.taken,
            Next::Refused(_) | Next::End => 0,
        };
        let items = u64::try_from(items).unwrap_or(u64::MAX);
        let taken = before.saturating_sub(items);
        let next = match link {
            None => Next::End,
            Some(Err(error)) => Next::Refused(Some(error)),
            Some(Ok((first, query))) => {
                self.visited.insert(first);
                if self.visited.insert(query.clone()) {
                    let query = Some(query);
                    Next::Page(Place { query, taken })
                } else {
                    Next::Refused(Some(repeated(self.operation)))
                }
            }
        };
        if let Next::Page(place) = std::mem::replace(&mut self.next, next) {
            self.current = place;
        }
        self.current.taken = before.min(items);
        usize::try_from(self.current.taken).unwrap_or(usize::MAX)
    }

    /// Notes that the next page could not be fetched: the list ends, and can be taken up there.
    pub(crate) fn fail(&mut self) {
        self.ended = true;
    }

    /// Takes leave to give an item of the current page.
    pub(crate) fn give(&mut self, items: u64) {
        self.current.taken = self.current.taken.saturating_add(items);
        self.left = self.left.map(|left| left.saturating_sub(items));
    }

    pub(crate) fn is_exhausted(&self) -> bool {
        self.left == Some(0)
    }

    pub(crate) fn left(&self) -> Option<u64> {
        self.left
    }

    /// Where to go on; nothing at the end of the list. `more` when the current page has items that were not given.
    pub(crate) fn state(&self, more: bool) -> Option<PageState> {
        let place = match &self.next {
            _ if more => &self.current,
            Next::Page(place) => place,
            // The link may be better when the page is read again.
            Next::Refused(_) => &self.current,
            Next::End => return None,
        };
        Some(PageState::new(self.operation, place.clone()))
    }
}

fn repeated(operation: &Operation) -> Error {
    let message = "not sent: the server named a next page that was read before";
    Error::new(Kind::NextPage, message).of(operation.id)
}
