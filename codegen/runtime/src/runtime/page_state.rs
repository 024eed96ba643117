//! Takes where a list stands; gives it as a text to be kept, and back; must never accept a text that could lead a request elsewhere.

use crate::runtime::encode::{Encoding, percent_decode};
use crate::runtime::error::Kind;
use crate::runtime::{Error, Operation};
use std::fmt;
use std::str::FromStr;

/// Where a list stands: to be kept, and to go on from later, in another process perhaps.
///
/// It is a short text without spaces, through `to_string` and `parse`, and through serde. What is
/// in it may change between versions of this crate, but what an older one wrote is read. It does
/// not contain credentials, and nothing of the call but what the server put into the link to the
/// next page; so a call that goes on from it is to be made like the first one.
///
/// # Example
///
/// ```
/// # async fn example<R: openapi_client_runtime::PagedRequest + Clone>(list: openapi_client_runtime::Call<openapi_client_runtime::Client, R>) -> Result<(), Box<dyn std::error::Error>> {
/// let mut items = list.clone().stream();
/// let first = items.next().await.transpose()?;
/// let Some(state) = items.state() else {
///     return Ok(());
/// };
/// let kept = state.to_string();
///
/// let mut rest = list.resume(kept.parse()?).stream();
/// let second = rest.next().await.transpose()?;
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug, Eq, Hash, PartialEq, serde::Deserialize, serde::Serialize)]
#[serde(try_from = "String", into = "String")]
pub struct PageState {
    /// Which list it is of.
    list: String,
    place: Place,
}

/// A place in a list.
#[derive(Clone, Debug, Default, Eq, Hash, PartialEq)]
pub(crate) struct Place {
    /// The query of the page; that of the call itself for the first page.
    pub(crate) query: Option<String>,
    /// How many items of the page were given.
    pub(crate) taken: u64,
}

/// A text that is no [`PageState`].
///
/// # Example
///
/// ```
/// use openapi_client_runtime::PageState;
///
/// assert!("no state".parse::<PageState>().is_err());
/// ```
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub struct InvalidPageState;

/// What a text begins with; another number is another form.
const VERSION: &str = "1";

impl PageState {
    pub(crate) fn new(operation: &Operation, place: Place) -> Self {
        Self {
            list: list_name(operation),
            place,
        }
    }

    /// The place in the list of that operation.
    pub(crate) fn place_in(self, operation: &Operation) -> Result<Place, Error> {
        if self.list == list_name(operation) {
            return Ok(self.place);
        }
        let message = "not sent: the state to go on from is of another list";
        Err(Error::new(Kind::InvalidRequest, message).of(operation.id))
    }
}

fn list_name(operation: &Operation) -> String {
    format!("{} {}", operation.server.name, operation.id)
}

impl fmt::Display for PageState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut list = String::new();
        Encoding::Percent.append(&self.list, &mut list);
        write!(f, "{VERSION}:{list}:{}:", self.place.taken)?;
        match &self.place.query {
            None => Ok(()),
            Some(query) => write!(f, "?{query}"),
        }
    }
}

impl FromStr for PageState {
    type Err = InvalidPageState;

    fn from_str(text: &str) -> Result<Self, InvalidPageState> {
        let mut parts = text.splitn(4, ':');
        let mut part = || parts.next().ok_or(InvalidPageState);
        if part()? != VERSION {
            return Err(InvalidPageState);
        }
        let list = String::from_utf8(percent_decode(part()?)).map_err(|_| InvalidPageState)?;
        let taken = part()?.parse().map_err(|_| InvalidPageState)?;
        let query = match part()? {
            "" => None,
            query => Some(query.strip_prefix('?').ok_or(InvalidPageState)?),
        };
        // As a URL has it after parsing: anything else would not be sent as it stands here.
        let sent = |byte: u8| byte.is_ascii_graphic() && byte != b'#';
        if query.is_some_and(|query| !query.bytes().all(sent)) {
            return Err(InvalidPageState);
        }
        let query = query.map(str::to_owned);
        Ok(Self {
            list,
            place: Place { query, taken },
        })
    }
}

impl TryFrom<String> for PageState {
    type Error = InvalidPageState;

    fn try_from(text: String) -> Result<Self, InvalidPageState> {
        text.parse()
    }
}

impl From<PageState> for String {
    fn from(state: PageState) -> Self {
        state.to_string()
    }
}

impl fmt::Display for InvalidPageState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("this is not the state of a list, or one of a later version of this crate")
    }
}

impl std::error::Error for InvalidPageState {}
