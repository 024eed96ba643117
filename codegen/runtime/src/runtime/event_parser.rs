//! Takes the bytes of an event stream, cut anywhere; gives its events as the HTML standard says; must never keep an event that is larger than the limit.

use std::collections::VecDeque;
use std::time::Duration;

/// An event as it came.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct RawEvent {
    pub(crate) data: String,
    pub(crate) name: Option<String>,
    pub(crate) id: Option<String>,
}

/// What is known of a stream by now.
pub(crate) struct Parser {
    limit: usize,
    /// The line that has not ended yet.
    line: Vec<u8>,
    /// Whether a line feed would be the second half of the last line's end.
    after_return: bool,
    begun: bool,
    /// Every line of data with a line feed behind it.
    data: String,
    name: String,
    pub(crate) last_id: Option<String>,
    pub(crate) retry: Option<Duration>,
    pub(crate) events: VecDeque<RawEvent>,
}

/// An event is larger than the limit.
#[derive(Debug)]
pub(crate) struct TooLarge;

impl Parser {
    pub(crate) fn new(limit: usize) -> Self {
        Self {
            limit,
            line: Vec::new(),
            after_return: false,
            begun: false,
            data: String::new(),
            name: String::new(),
            last_id: None,
            retry: None,
            events: VecDeque::new(),
        }
    }

    /// Takes the next bytes.
    pub(crate) fn push(&mut self, mut bytes: &[u8]) -> Result<(), TooLarge> {
        while let Some((first, rest)) = bytes.split_first() {
            if std::mem::take(&mut self.after_return) && *first == b'\n' {
                bytes = rest;
                continue;
            }
            let end = bytes.iter().position(|byte| matches!(byte, b'\r' | b'\n'));
            let (line, rest) = bytes
                .split_at_checked(end.unwrap_or(bytes.len()))
                .unwrap_or((bytes, &[]));
            if self.line.len() + line.len() + self.data.len() > self.limit {
                return Err(TooLarge);
            }
            self.line.extend_from_slice(line);
            let Some((ending, rest)) = rest.split_first() else {
                return Ok(());
            };
            self.after_return = *ending == b'\r';
            bytes = rest;
            let line = std::mem::take(&mut self.line);
            self.take_line(&line);
        }
        Ok(())
    }

    fn take_line(&mut self, line: &[u8]) {
        let mark: &[u8] = if self.begun { b"" } else { b"\xef\xbb\xbf" };
        self.begun = true;
        let line = String::from_utf8_lossy(line.strip_prefix(mark).unwrap_or(line));
        if line.is_empty() {
            return self.dispatch();
        }
        let (field, value) = line.split_once(':').unwrap_or((&line, ""));
        let value = value.strip_prefix(' ').unwrap_or(value);
        match field {
            "data" => {
                self.data.push_str(value);
                self.data.push('\n');
            }
            "event" => value.clone_into(&mut self.name),
            "id" if !value.contains('\0') => self.last_id = Some(value.to_owned()),
            "retry" if value.bytes().all(|byte| byte.is_ascii_digit()) => {
                self.retry = value.parse().map(Duration::from_millis).ok().or(self.retry);
            }
            // A comment, or a field of the future.
            _ => {}
        }
    }

    fn dispatch(&mut self) {
        let name = std::mem::take(&mut self.name);
        let mut data = std::mem::take(&mut self.data);
        if data.pop().is_some() {
            self.events.push_back(RawEvent {
                data,
                name: (!name.is_empty()).then_some(name),
                id: self.last_id.clone().filter(|id| !id.is_empty()),
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Parser, RawEvent};
    use std::time::Duration;

    /// The events of a stream, which are the same however it is cut.
    fn events(stream: &str) -> Vec<RawEvent> {
        let mut whole = Parser::new(1024);
        whole.push(stream.as_bytes()).expect("small events");
        for size in 1..4 {
            let mut cut = Parser::new(1024);
            for piece in stream.as_bytes().chunks(size) {
                cut.push(piece).expect("small events");
            }
            assert_eq!(cut.events, whole.events, "cut after {size}");
        }
        whole.events.into()
    }

    fn data(stream: &str) -> Vec<String> {
        let events = events(stream).into_iter();
        events.map(|event| event.data).collect()
    }

    #[test]
    fn lines_of_data_are_one_text() {
        assert_eq!(data("data: YHOO\ndata: +2\ndata: 10\n\n"), ["YHOO\n+2\n10"]);
    }

    #[test]
    fn comments_are_skipped_and_ids_stay_until_another_comes() {
        let stream = ": test stream\n\ndata: first event\nid: 1\n\ndata:second event\nid\n\ndata:  third event\n\n";
        let events = events(stream);
        let shown: Vec<_> = events
            .iter()
            .map(|event| (event.data.as_str(), event.id.as_deref()))
            .collect();
        assert_eq!(
            shown,
            [
                ("first event", Some("1")),
                ("second event", None),
                (" third event", None)
            ]
        );
    }

    #[test]
    fn an_event_without_the_blank_line_at_its_end_is_none() {
        assert_eq!(data("data\n\ndata\ndata\n\ndata:"), ["", "\n"]);
    }

    #[test]
    fn one_space_after_the_colon_is_no_part_of_the_value() {
        assert_eq!(data("data:test\n\ndata: test\n\n"), ["test", "test"]);
    }

    #[test]
    fn lines_end_with_any_of_three_ends_and_a_mark_may_be_before_the_first() {
        assert_eq!(
            data("\u{feff}data: a\r\ndata: b\rdata: c\n\r\n"),
            ["a\nb\nc"]
        );
        assert_eq!(data("data: a\r\rdata: b\r\n\r\n"), ["a", "b"]);
        assert_eq!(data("\u{feff}\u{feff}data: a\n\n"), Vec::<String>::new());
    }

    #[test]
    fn an_event_has_the_name_that_stands_in_it_and_none_of_another() {
        let events = events("event: add\ndata: 1\n\ndata: 2\n\nevent: empty\n\ndata: 3\n\n");
        let names: Vec<_> = events.iter().map(|event| event.name.as_deref()).collect();
        assert_eq!(names, [Some("add"), None, None]);
    }

    #[test]
    fn fields_that_are_unknown_or_wrong_are_ignored() {
        let mut parser = Parser::new(1024);
        let stream = b"retry: 10\nretry: 1x\nretry:\nid: 5\nid: a\0b\nother: 1\nDATA: x\n data: y\ndata: z\n\n";
        parser.push(stream).expect("small events");
        assert_eq!(parser.retry, Some(Duration::from_millis(10)));
        let event = parser.events.pop_front().expect("an event");
        assert_eq!((event.data.as_str(), event.id.as_deref()), ("z", Some("5")));
    }

    #[test]
    fn an_event_over_the_limit_is_not_kept() {
        let mut parser = Parser::new(16);
        parser.push(b"data: 12345\n\n").expect("a small event");
        assert!(parser.push(b"data: 1234567890123456").is_err());
        let mut parser = Parser::new(16);
        let lines = b"data: 1234567\n".repeat(3);
        assert!(parser.push(&lines).is_err());
    }
}
