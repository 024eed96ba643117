//! Takes a request, gives the answers that faults are made of; must never hide what they repeat of it.

use super::Scene;
use crate::scripted::Reply;

const SID: &str = "CRaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";

impl Scene<'_> {
    /// What a server in good health answers.
    pub(super) fn good(&self) -> Reply {
        match (self.request.method.as_str(), self.is_list()) {
            ("DELETE", _) => Reply::new("204 No Content", ""),
            ("GET", true) => self.page(None),
            (_, true) => self.json("201 Created", &self.credential()),
            (_, false) => self.json("200 OK", &self.credential()),
        }
    }

    /// A page with one credential, and a link to the next one.
    pub(super) fn page(&self, next: Option<&str>) -> Reply {
        let url = format!("{}{}", self.own, self.request.target);
        let next = next.map_or_else(|| "null".to_owned(), |next| format!("\"{next}\""));
        let meta = format!(
            r#""page":0,"page_size":50,"first_page_url":"{url}","url":"{url}","next_page_url":{next},"key":"credentials""#
        );
        let item = self.credential();
        self.json(
            "200 OK",
            &format!(r#"{{"credentials":[{item}],"meta":{{{meta}}}}}"#),
        )
    }

    /// An error as the API describes it.
    pub(super) fn refusal(&self, status: &str, headers: &str) -> Reply {
        let json = &self.echo.json;
        let number = status.split(' ').next().unwrap_or(status);
        let body = format!(
            r#"{{"code":20001,"message":"Refused {json}","more_info":"https://www.twilio.com/docs/errors/20001?{json}","status":{number},"details":{{"{json}":["{json}"]}}}}"#
        );
        self.json(&format!("{status}{headers}"), &body)
    }

    /// A page for people.
    pub(super) fn html(&self, status: &str) -> Reply {
        let text = &self.echo.text;
        let body = format!("<html><head><title>{status}</title></head><body>{text}</body></html>");
        Reply::new(&self.head(status, "text/html"), &body)
    }

    /// JSON under any name.
    pub(super) fn json(&self, status: &str, body: &str) -> Reply {
        Reply::new(&self.head(status, "application/json"), body)
    }

    /// A redirect to another host.
    pub(super) fn redirect(&self, status: &str) -> Reply {
        let host = &self.echo.host;
        let elsewhere = if host.is_empty() {
            self.elsewhere.to_owned()
        } else {
            format!("https://{host}")
        };
        let location = format!("{elsewhere}/{0}?{0}", self.echo.header);
        self.refusal(status, &format!("\nlocation: {location}"))
    }

    /// The status line and the headers of any answer.
    pub(super) fn head(&self, status: &str, kind: &str) -> String {
        let header = &self.echo.header;
        if header.is_empty() {
            return format!(
                "{status}\ncontent-type: {kind}\ntwilio-request-id: RQ{}",
                self.number
            );
        }
        format!(
            "{status}\ncontent-type: {kind}; {header}\ntwilio-request-id: {header}\nx-echo: {header}"
        )
    }

    /// The next page of a list that never ends.
    pub(super) fn link(&self, host: &str) -> String {
        format!(
            "{host}/v2/Credentials?Page={}&PageToken=PA",
            self.number + 1
        )
    }

    /// Whether the request is to the list itself.
    fn is_list(&self) -> bool {
        let path = self.request.target.split('?').next();
        path.is_some_and(|path| path.ends_with("/Credentials"))
    }

    pub(super) fn credential(&self) -> String {
        let url = self.own;
        format!(
            r#"{{"sid":"{SID}","account_sid":"ACaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa","friendly_name":null,"type":"fcm","sandbox":null,"date_created":"2015-10-07T17:50:01Z","date_updated":"2015-10-07T17:50:01Z","url":"{url}/v2/Credentials/{SID}"}}"#
        )
    }
}

/// A megabyte of zeros in a few kilobytes of gzip.
pub(super) fn bomb() -> Vec<u8> {
    let mut bits = vec![true, true, false];
    let mut put = |code: u16, length: u32| {
        bits.extend((0..length).rev().map(|bit| code >> bit & 1 == 1));
    };
    // A zero, then 258 more of what came one byte before, again and again.
    put(0b0011_0000, 8);
    for _ in 0..(1 << 20) / 258 {
        put(0b1100_0101, 8);
        put(0, 5);
    }
    put(0, 7);
    let mut gzip = vec![0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255];
    for byte in bits.chunks(8) {
        let value = |(place, bit): (usize, &bool)| u8::from(*bit) << place;
        gzip.push(byte.iter().enumerate().map(value).sum());
    }
    gzip
}
