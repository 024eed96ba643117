//! The "Style Examples" of OpenAPI 3.0.4 and 3.1.1, row by row, and what goes beyond them.

use crate::common::api::SERVER;
use crate::common::client;
use crate::common::probe::{Probe, post};
use crate::common::server::{Recorded, Server};
use crate::runtime::{
    Call, Error, JsonWriter, Method, Operation, Parameter, Parts, Rules, Security, Structured,
    ToJson,
};
use serde_json::{Value, json};

pub(crate) const NONE: Rules = Rules::NONE;

/// `color` is a part of a segment of the path.
static COLORED: Operation = operation("/v2/x{color}");
/// `color` is a segment of the path.
pub(crate) static COLOR: Operation = operation("/v2/{color}");
pub(crate) static OPEN: Operation = operation("/v2/open");

const fn operation(path: &'static str) -> Operation {
    Operation {
        id: "GetColor",
        method: Method::GET,
        path,
        server: &SERVER,
        security: &[&[Security::Basic]],
        body: None,
    }
}

/// The object of the table, in its order.
pub(crate) struct Rgb;

impl ToJson for Rgb {
    fn fields(&self, json: &mut JsonWriter<'_>) {
        json.field("R", &100);
        json.field("G", &200);
        json.field("B", &150);
    }
}

/// A column of the table.
#[derive(Clone, Copy)]
enum Column {
    Empty,
    String,
    Array,
    Object,
}

impl Parameter for Column {
    fn write(&self, sink: &mut crate::runtime::Sink<'_>) {
        match self {
            Self::Empty => sink.text(""),
            Self::String => sink.text("blue"),
            Self::Array => Parameter::write(&vec!["blue", "black", "brown"], sink),
            Self::Object => Parameter::write(&Structured(&Rgb), sink),
        }
    }
}

const COLUMNS: [Column; 4] = [Column::Empty, Column::String, Column::Array, Column::Object];

pub(crate) async fn send(
    operation: &'static Operation,
    write: impl Fn(&mut Parts) + Send + Sync + 'static,
) -> Result<Recorded, Error> {
    let server = Server::always("200 OK", "").await;
    let call = Call::new(client(&server), Probe::new(operation, write));
    let result = call.send().await;
    if result.is_err() {
        assert!(server.requests().is_empty());
    }
    result.map(|_| server.only_request())
}

pub(crate) async fn query(write: impl Fn(&mut Parts) + Send + Sync + 'static) -> String {
    send(&OPEN, write).await.unwrap().query().to_owned()
}

pub(crate) async fn form(write: impl Fn(&mut Parts) + Send + Sync + 'static) -> String {
    let server = Server::always("200 OK", "").await;
    let call = Call::new(client(&server), post(write));
    call.send().await.unwrap();
    server.only_request().body
}

async fn cookies(write: impl Fn(&mut Parts) + Send + Sync + 'static) -> String {
    let request = send(&OPEN, write).await.unwrap();
    assert_eq!(
        request
            .headers
            .iter()
            .filter(|(name, _)| name == "cookie")
            .count(),
        1
    );
    request.header("cookie").unwrap().to_owned()
}

#[tokio::test]
async fn the_rows_for_paths() {
    #[rustfmt::skip]
    let rows = [
        // style, explode: empty, string, array, object
        (NONE.matrix().explode(false), [";color", ";color=blue", ";color=blue,black,brown", ";color=R,100,G,200,B,150"]),
        (NONE.matrix().explode(true), [";color", ";color=blue", ";color=blue;color=black;color=brown", ";R=100;G=200;B=150"]),
        (NONE.label().explode(false), [".", ".blue", ".blue,black,brown", ".R,100,G,200,B,150"]),
        (NONE.label().explode(true), [".", ".blue", ".blue.black.brown", ".R=100.G=200.B=150"]),
        (NONE.explode(false), ["", "blue", "blue,black,brown", "R,100,G,200,B,150"]),
        (NONE.explode(true), ["", "blue", "blue,black,brown", "R=100,G=200,B=150"]),
    ];
    for (rules, cells) in rows {
        for (column, cell) in COLUMNS.into_iter().zip(cells) {
            let sent = send(&COLORED, move |parts| {
                parts.path("color", &rules.of(&column));
            })
            .await;
            if cell.is_empty() {
                assert!(sent.unwrap_err().to_string().contains("color is empty"));
            } else {
                assert_eq!(sent.unwrap().target, format!("/v2/x{cell}"));
            }
        }
    }
}

#[tokio::test]
async fn the_rows_for_queries_and_forms() {
    #[rustfmt::skip]
    let rows = [
        // style, explode: empty, string, array, object
        (NONE.form().explode(false), ["color=", "color=blue", "color=blue,black,brown", "color=R,100,G,200,B,150"]),
        (NONE.form().explode(true), ["color=", "color=blue", "color=blue&color=black&color=brown", "R=100&G=200&B=150"]),
        (NONE.space_delimited(), ["color=", "color=blue", "color=blue%20black%20brown", "color=R%20100%20G%20200%20B%20150"]),
        (NONE.pipe_delimited(), ["color=", "color=blue", "color=blue%7Cblack%7Cbrown", "color=R%7C100%7CG%7C200%7CB%7C150"]),
        (NONE.deep_object(), ["color=", "color=blue", "color%5B%5D=blue&color%5B%5D=black&color%5B%5D=brown", "color%5BR%5D=100&color%5BG%5D=200&color%5BB%5D=150"]),
    ];
    for (rules, cells) in rows {
        for (column, cell) in COLUMNS.into_iter().zip(cells) {
            let write = move |parts: &mut Parts| parts.query("color", &rules.of(&column));
            assert_eq!(query(write).await, cell);
            let write = move |parts: &mut Parts| parts.form("color", &rules.of(&column));
            assert_eq!(form(write).await, cell);
        }
    }
}

#[tokio::test]
async fn the_rows_for_headers() {
    #[rustfmt::skip]
    let rows = [
        // explode: empty, string, array, object
        (NONE, ["", "blue", "blue,black,brown", "R,100,G,200,B,150"]),
        (NONE.explode(true), ["", "blue", "blue,black,brown", "R=100,G=200,B=150"]),
    ];
    for (rules, cells) in rows {
        for (column, cell) in COLUMNS.into_iter().zip(cells) {
            let sent = send(&OPEN, move |parts| {
                parts.header("X-Color", &rules.of(&column));
            })
            .await;
            assert_eq!(sent.unwrap().header("x-color"), Some(cell));
        }
    }
}

#[tokio::test]
async fn the_rows_for_cookies() {
    #[rustfmt::skip]
    let rows = [
        // explode: empty, string, array, object
        (NONE.explode(false), ["color=", "color=blue", "color=blue,black,brown", "color=R,100,G,200,B,150"]),
        (NONE, ["color=", "color=blue", "color=blue; color=black; color=brown", "R=100; G=200; B=150"]),
    ];
    for (rules, cells) in rows {
        for (column, cell) in COLUMNS.into_iter().zip(cells) {
            let write = move |parts: &mut Parts| parts.cookie("color", &rules.of(&column));
            assert_eq!(cookies(write).await, cell);
        }
    }
}

#[tokio::test]
async fn a_value_beside_others_in_the_query_begins_a_pair_of_its_own() {
    let sent = query(|parts| {
        parts.query("a", "1");
        parts.query("b", &NONE.explode(false).of(&vec![1, 2]));
        parts.query("c", &Structured(&Rgb));
        parts.query(
            "d",
            &NONE.deep_object().of(&Structured(&json!({"x": {"y": 1}}))),
        );
        parts.query("e", "2");
    });
    assert_eq!(
        sent.await,
        "a=1&b=1,2&R=100&G=200&B=150&d%5Bx%5D%5By%5D=1&e=2"
    );
}

#[tokio::test]
async fn nothing_is_sent_of_what_is_absent_null_or_has_no_items() {
    let sent = query(|parts| {
        for rules in [
            NONE,
            NONE.explode(false),
            NONE.deep_object(),
            NONE.pipe_delimited(),
        ] {
            parts.query("a", &rules.of(&None::<Structured<'_, Value>>));
            parts.query("b", &rules.of(&Structured(&None::<Value>)));
            parts.query("c", &rules.of(&Structured(&Value::Null)));
            parts.query("d", &rules.of(&Value::Null));
            parts.query("e", &rules.of(&Vec::<String>::new()));
            parts.query("f", &rules.of(&Structured(&json!([]))));
            parts.query("g", &rules.of(&Structured(&json!({"x": null}))));
        }
        parts.query("end", "1");
    });
    assert_eq!(sent.await, "end=1");
}

#[tokio::test]
async fn a_styled_value_cannot_move_the_request() {
    let matrix = send(&COLOR, |parts| parts.path("color", &NONE.matrix().of("")));
    assert_eq!(matrix.await.unwrap().target, "/v2/;color");
    for (value, rules, shown) in [
        (json!(""), NONE.label(), "."),
        (json!("."), NONE.label(), ".."),
        (json!(["", ""]), NONE.label().explode(true), ".."),
        (json!(".."), NONE, ".."),
        (json!(["."]), NONE, "."),
        (json!([]), NONE.label(), "missing"),
    ] {
        let shown = format!("color is {shown}");
        let sent = send(&COLOR, move |parts| parts.path("color", &rules.of(&value))).await;
        let message = sent.unwrap_err().to_string();
        assert!(message.contains(&shown), "{message}");
    }
    for hostile in ["../x", "a/b", "a;b", "?q#f", "%2e%2e"] {
        for rules in [NONE.label(), NONE.matrix(), NONE] {
            let sent = send(&COLOR, move |parts| {
                parts.path("color", &rules.of(&vec![hostile, hostile]));
            });
            let target = sent.await.unwrap().target;
            let segment = target.strip_prefix("/v2/").unwrap();
            assert!(!segment.contains(['/', '?', '#']), "{target}");
            let segment = segment.trim_start_matches(";color=");
            let items: Vec<_> = segment.trim_start_matches('.').split(',').collect();
            let last = decoded(items.last().unwrap());
            assert_eq!((items.len(), last.as_str()), (2, hostile), "{target}");
        }
    }
}

/// Every character that means something somewhere, and some that are long.
fn hostile() -> String {
    let reserved = ":/?#[]@!$&'()*+,;= %|\"\\<>{}^`~.-_";
    let controls = (1..0x20_u32).filter_map(char::from_u32);
    reserved
        .chars()
        .chain(controls)
        .chain(['é', '\u{7f}', '\u{1f980}'])
        .collect()
}

#[tokio::test]
async fn every_character_survives_in_every_style_of_a_query() {
    let (one, many) = (json!(hostile()), json!([hostile()]));
    for (rules, value, name, expected) in [
        (NONE, &one, "q&[", hostile()),
        (NONE, &many, "q&[", hostile()),
        (NONE.form(), &many, "q&[", hostile()),
        (NONE.allow_reserved(), &one, "q&[", hostile()),
        (NONE.allow_reserved(), &many, "q&[", hostile()),
        (NONE.explode(false).allow_reserved(), &one, "q&[", hostile()),
        (
            NONE.explode(false).allow_reserved(),
            &many,
            "q&[",
            hostile(),
        ),
        (NONE.deep_object(), &many, "q&[[]", hostile()),
        (
            NONE.deep_object().allow_reserved(),
            &many,
            "q&[[]",
            hostile(),
        ),
        (NONE.json(), &one, "q&[", one.to_string()),
        (NONE.json().allow_reserved(), &many, "q&[", many.to_string()),
    ] {
        let (in_query, in_form) = (value.clone(), value.clone());
        let sent = query(move |parts| parts.query("q&[", &rules.of(&Structured(&in_query)))).await;
        let posted = form(move |parts| parts.form("q&[", &rules.of(&Structured(&in_form)))).await;
        for text in [&sent, &posted] {
            assert_eq!(pairs(text), [(name.to_owned(), expected.clone())], "{text}");
        }
    }
    // A list that is joined can be taken apart before it is decoded.
    for (rules, delimiter) in [
        (NONE.explode(false), ","),
        (NONE.explode(false).allow_reserved(), ","),
        (NONE.space_delimited(), "%20"),
        (NONE.pipe_delimited(), "%7C"),
    ] {
        let items = vec!["a,b&c=d#e+f".to_owned(), "g[h]%".to_owned()];
        let expected = items.clone();
        let sent = query(move |parts| parts.query("q", &rules.of(&items))).await;
        let joined = sent.strip_prefix("q=").unwrap().split(delimiter);
        assert_eq!(joined.map(decoded).collect::<Vec<_>>(), expected, "{sent}");
    }
}

#[tokio::test]
async fn reserved_characters_stay_only_where_they_do_no_harm() {
    let text = ":/?#[]@!$&'()*+,;=%";
    let sent = query(move |parts| {
        parts.query("q", &NONE.allow_reserved().of(text));
        parts.query(
            "list",
            &NONE.explode(false).allow_reserved().of(&vec!["a,b", "c/d"]),
        );
    });
    // The URL standard encodes `'` in every query.
    assert_eq!(
        sent.await,
        "q=:/?%23%5B%5D@!$%26%27()*%2B,;%3D%25&list=a%2Cb,c/d"
    );
    let sent = form(move |parts| parts.form("q", &NONE.allow_reserved().of(text)));
    assert_eq!(sent.await, "q=:/?%23%5B%5D@!$%26'()*%2B,;%3D%25");
}

#[tokio::test]
async fn cookies_are_one_header_that_no_value_can_leave() {
    let sent = cookies(|parts| {
        parts.cookie("a", "1; b=2");
        parts.cookie("token", "abc+/=~!");
        parts.cookie("odd name;=", "\"x\\,%é\r\n");
    });
    assert_eq!(
        sent.await,
        "a=1%3B%20b=2; token=abc+/=~!; odd%20name%3B%3D=%22x%5C%2C%25%C3%A9%0D%0A"
    );
}

pub(crate) fn pairs(query: &str) -> Vec<(String, String)> {
    url::form_urlencoded::parse(query.as_bytes())
        .into_owned()
        .collect()
}

/// What a text of a path or a cookie stands for, by a decoder that is not ours.
pub(crate) fn decoded(text: &str) -> String {
    let text = text
        .replace('+', "%2B")
        .replace('&', "%26")
        .replace('=', "%3D");
    let mut pairs = url::form_urlencoded::parse(text.as_bytes());
    pairs
        .next()
        .map_or_else(String::new, |(name, _)| name.into_owned())
}
