//! The server for users' tests, with an API that is as unlike Twilio's as the table allows: numbers as ids, parents in
//! paths, pages by number, relative links, bare lists, errors that no document shows.

use crate::runtime::testing::{
    Action, Api, As, Collection, Failure, Field, Kind, Label, Listing, PageSize, Route, Serial,
    Server,
};
use crate::runtime::{Media, Method, Operation, Security};
use serde_json::{Value, json};
use std::io::{Read, Write};
use std::net::TcpStream;

macro_rules! operation {
    ($name:ident, $method:ident, $path:literal) => {
        static $name: Operation = Operation {
            id: stringify!($name),
            method: Method::$method,
            path: $path,
            server: &crate::common::api::SERVER,
            security: &[],
            body: Some(Media::Form),
        };
    };
}

static LOCKED: Operation = Operation {
    id: "LOCKED",
    method: Method::GET,
    path: "/locked",
    server: &crate::common::api::SERVER,
    security: &[
        &[Security::Header("X-Key"), Security::Query("key")],
        &[Security::Cookie("session")],
    ],
    body: None,
};

operation!(LIST, GET, "/zoos/{zooId}/pets.json");
operation!(CREATE, POST, "/zoos/{zooId}/pets.json");
operation!(FETCH, GET, "/zoos/{zooId}/pets/{petId}.json");
operation!(NEWEST, GET, "/zoos/{zooId}/pets/newest.json");
operation!(TAGS, GET, "/tags");
operation!(TAG, POST, "/tags");

const PETS: &str = "/zoos/{zooId}/pets";
const PET: &str = r#"{"id":7,"zoo_id":"z","name":"Rex","age":3,"tame":true,"tags":["a"],"born":"Wed, 07 Oct 2015 17:50:01 +0000","self":"/zoos/z/pets/7.json","links":{"zoo":"https://api.example.com/zoos/z/pets/7.json?x=1"}}"#;

const fn route(operation: &'static Operation, action: Action, collection: &'static str) -> Route {
    Route {
        operation,
        action,
        status: 200,
        collection,
        fields: &[],
        examples: &[],
        errors: &[],
    }
}

static ROUTES: &[Route] = &[
    Route {
        fields: &[Field::stored("zooId", "zoo_id", As::Text)],
        examples: &[r#"{"pets":[],"uri":"/zoos/z/pets.json?Page=1"}"#],
        ..route(
            &LIST,
            Action::List(&Listing {
                items: "pets",
                next: &["next"],
                size: Some(PageSize {
                    name: "Size",
                    default: 2,
                    most: 3,
                }),
                number: ("Page", 1),
                token: "",
                labels: &[
                    (&["uri"], Label::This),
                    (&["first"], Label::First),
                    (&["before"], Label::Previous),
                    (&["start"], Label::Start),
                    (&["end"], Label::End),
                    (&["total"], Label::Total),
                ],
            }),
            PETS,
        )
    },
    Route {
        status: 201,
        fields: &[
            Field::stored("zooId", "zoo_id", As::Text),
            Field::stored("Name", "name", As::Text).nullable(),
            Field::stored("Age", "age", As::Number).nullable(),
            Field::stored("Tame", "tame", As::Bool),
            Field::stored("Tags", "tags", As::List),
            Field::secret("Chip"),
        ],
        examples: &[PET],
        ..route(&CREATE, Action::Create, PETS)
    },
    Route {
        fields: &[Field::stored("zooId", "zoo_id", As::Text)],
        ..route(&FETCH, Action::Fetch, PETS)
    },
    Route {
        examples: &[PET],
        ..route(&NEWEST, Action::Answer, "")
    },
    route(
        &TAGS,
        Action::List(&Listing {
            items: "",
            next: &[],
            size: None,
            number: ("", 0),
            token: "",
            labels: &[],
        }),
        "/tags",
    ),
    Route {
        fields: &[Field::stored("Word", "word", As::Text)],
        examples: &[r#"{"word":"x"}"#],
        ..route(&TAG, Action::Create, "/tags")
    },
    route(&LOCKED, Action::Answer, ""),
];

static API: Api = Api {
    name: "zoo",
    kinds: &[&[Kind {
        collection: PETS,
        id: "id",
        serial: Serial::Number,
    }]],
    routes: &[ROUTES],
    errors: &[],
};

static APIS: &[&Api] = &[&API];

fn start() -> Server {
    Server::start_with(APIS, "x-request-id").expect("a server")
}

/// The status, the head and the body of each answer to what is sent over one connection.
fn exchange(server: &Server, text: &str) -> Vec<(u16, String, String)> {
    let address = server.url().replace("http://", "");
    let mut stream = TcpStream::connect(address).expect("a connection");
    stream.write_all(text.as_bytes()).expect("sent");
    let mut answer = String::new();
    let _ = stream.read_to_string(&mut answer);
    let mut answers = Vec::new();
    let mut rest = answer.as_str();
    while let Some((head, after)) = rest.split_once("\r\n\r\n") {
        let length = head
            .lines()
            .find_map(|line| line.strip_prefix("content-length: "))
            .map_or(0, |length| length.parse().expect("a length"));
        let length = if text.starts_with("HEAD") { 0 } else { length };
        let (body, after) = after.split_at(length.min(after.len()));
        let status = head[9..12].parse().expect("a status");
        answers.push((status, head.to_owned(), body.to_owned()));
        rest = after;
    }
    answers
}

fn get(server: &Server, target: &str) -> (u16, Value) {
    let text = format!("GET {target} HTTP/1.1\r\nConnection: close\r\n\r\n");
    let (status, _, body) = exchange(server, &text).remove(0);
    (status, serde_json::from_str(&body).expect("JSON"))
}

fn post(target: &str, form: &str) -> String {
    format!(
        "POST {target} HTTP/1.1\r\ncontent-type: application/x-www-form-urlencoded\r\ncontent-length: {}\r\n\r\n{form}",
        form.len()
    )
}

#[test]
fn an_item_is_the_example_with_what_was_sent_and_new_ids() {
    let server = start();
    let form = "Name=R%C3%A9x+%26+co&Age=4&Tags=x&Tags=y&Chip=canary";
    let two =
        post("/zoos/my%20zoo/pets.json", form) + &post("/zoos/my%20zoo/pets.json", "Tame=false");
    let last = "GET /zoos/my%20zoo/pets/1.json HTTP/1.0\r\n\r\n";
    let answers = exchange(&server, &(two + last));
    let statuses: Vec<u16> = answers.iter().map(|(status, ..)| *status).collect();
    assert_eq!(
        statuses,
        [201, 201, 200],
        "three requests over one connection"
    );
    let base = server.url();
    let first: Value = serde_json::from_str(&answers[0].2).expect("JSON");
    let wanted = json!({
        "id": 1, "zoo_id": "my zoo", "name": "Réx & co", "age": 4, "tame": true, "tags": ["x", "y"],
        "born": "Wed, 7 Oct 2015 17:50:01 +0000",
        "self": "/zoos/my%20zoo/pets/1.json",
        "links": { "zoo": format!("{base}/zoos/my%20zoo/pets/1.json?x=1") },
    });
    assert_eq!(first, wanted);
    let second: Value = serde_json::from_str(&answers[1].2).expect("JSON");
    assert_eq!(
        (&second["name"], &second["age"], &second["tame"]),
        (&Value::Null, &Value::Null, &json!(false))
    );
    assert_eq!(
        second["born"], "Wed, 7 Oct 2015 17:50:02 +0000",
        "time passes with changes"
    );
    assert_eq!(answers[2].2, answers[0].2);
    assert!(!format!("{answers:?}{:?}", server.requests()).contains("canary"));
}

#[test]
fn collections_are_told_apart_by_their_parents() {
    let server = start();
    let mine = Collection::new(&API, PETS).at("zooId", "mine");
    assert_eq!(server.seed(&mine, 2), ["1", "2"]);
    assert_eq!(server.items(&mine)[0]["zoo_id"], "mine");
    assert_eq!(get(&server, "/zoos/mine/pets/2.json").0, 200);
    assert_eq!(
        get(&server, "/zoo/zoos/mine/pets/2.json").0,
        200,
        "by the name of the API"
    );
    let (status, error) = get(&server, "/zoos/other/pets/2.json");
    assert_eq!(
        (status, error),
        (404, json!({ "title": "Not Found", "status": 404 }))
    );
    assert_eq!(
        get(&server, "/zoos/mine/pets/newest.json").1["id"],
        7,
        "fixed steps win"
    );
}

#[test]
fn pages_are_counted_where_there_is_no_token() {
    let server = start();
    server.seed(&Collection::new(&API, PETS).at("zooId", "a"), 5);
    let (mut target, mut found, mut pages) = ("/zoos/a/pets.json?q=1+2".to_owned(), Vec::new(), 0);
    loop {
        let (status, page) = get(&server, &target);
        assert_eq!(status, 200);
        pages += 1;
        let ids = page["pets"].as_array().expect("pets");
        found.extend(ids.iter().map(|pet| pet["id"].as_u64()));
        assert_eq!(page["start"].as_u64(), Some((pages - 1) * 2));
        assert_eq!(page["total"], 5);
        assert_eq!(page["first"], "/zoos/a/pets.json?q=1%202&Size=2&Page=1");
        assert_eq!(page["before"].is_null(), pages == 1);
        let Some(next) = page["next"].as_str() else {
            break;
        };
        assert_eq!(
            next,
            format!("/zoos/a/pets.json?q=1%202&Size=2&Page={}", pages + 1)
        );
        target = next.to_owned();
    }
    assert_eq!(found, (1..=5).map(Some).collect::<Vec<_>>());
    for refused in ["Size=0", "Size=4", "Size=-1", "Page=0", "Page=x"] {
        assert_eq!(
            get(&server, &format!("/zoos/a/pets.json?{refused}")).0,
            400,
            "{refused}"
        );
    }
    let (status, page) = get(
        &server,
        "/zoos/a/pets.json?Page=18446744073709551615&Size=3",
    );
    assert_eq!(
        (status, page["pets"].as_array().map(Vec::len)),
        (200, Some(0))
    );
}

#[test]
fn a_list_may_be_the_answer_and_items_may_have_no_id() {
    let server = start();
    exchange(
        &server,
        &(post("/tags", "Word=one") + &post("/tags", "Word=two") + "bye\r\n\r\n"),
    );
    assert_eq!(
        get(&server, "/tags"),
        (200, json!([{ "word": "one" }, { "word": "two" }]))
    );
}

#[test]
fn what_is_not_http_or_too_large_is_refused() {
    let server = start();
    for (text, status) in [
        ("hello\r\n\r\n".to_owned(), 400),
        ("GET tags HTTP/1.1\r\n\r\n".to_owned(), 400),
        ("GET /tags HTTP/2\r\n\r\n".to_owned(), 400),
        ("GET /tags HTTP/1.1\r\nno colon\r\n\r\n".to_owned(), 400),
        (
            "POST /tags HTTP/1.1\r\ncontent-length: many\r\n\r\n".to_owned(),
            400,
        ),
        (
            "POST /tags HTTP/1.1\r\ncontent-length: 99999999\r\n\r\n".to_owned(),
            413,
        ),
        (
            "POST /tags HTTP/1.1\r\ntransfer-encoding: gzip\r\n\r\n".to_owned(),
            501,
        ),
        (
            "POST /tags HTTP/1.1\r\ntransfer-encoding: chunked\r\n\r\nlong\r\n".to_owned(),
            400,
        ),
        (
            "POST /tags HTTP/1.1\r\ntransfer-encoding: chunked\r\n\r\nffffffff\r\n".to_owned(),
            413,
        ),
        (
            "POST /tags HTTP/1.1\r\ntransfer-encoding: chunked\r\n\r\n1\r\nab\r\n".to_owned(),
            400,
        ),
        (
            format!("GET /tags HTTP/1.1\r\nx: {}", "y".repeat(66_000)),
            431,
        ),
    ] {
        let answers = exchange(&server, &text);
        assert_eq!(answers.len(), 1, "{}", &text[..text.len().min(60)]);
        assert_eq!(answers[0].0, status);
    }
    assert_eq!(server.requests().len(), 0);
}

#[test]
fn a_body_in_chunks_is_read_to_its_end() {
    let server = start();
    let head = "POST /tags HTTP/1.1\r\ncontent-type: application/x-www-form-urlencoded\r\n\
                transfer-encoding: chunked\r\n\r\n";
    let chunks = "5\r\nWord=\r\n3;x=y\r\none\r\n0\r\n\r\n";
    exchange(&server, &format!("{head}{chunks}bye\r\n\r\n"));
    assert_eq!(get(&server, "/tags"), (200, json!([{ "word": "one" }])));
}

#[test]
fn head_has_no_body_and_other_methods_are_refused() {
    let server = start();
    let answers = exchange(&server, "HEAD /tags HTTP/1.1\r\nConnection: close\r\n\r\n");
    assert_eq!(
        (answers[0].0, answers[0].1.contains("content-length: 2")),
        (200, true)
    );
    let answers = exchange(
        &server,
        "DELETE /tags HTTP/1.1\r\nConnection: close\r\n\r\n",
    );
    assert_eq!(answers[0].0, 405);
    assert_eq!(server.requests()[1].operation(), None);
}

#[test]
fn failures_come_once_and_in_order() {
    let server = start();
    server.fail_next(Failure::status(42));
    server.fail_next(
        Failure::status(503)
            .with_header("retry-after", "7")
            .with_header("Content-Length", "1"),
    );
    server.fail_next(Failure::drop_connection());
    server.fail_next(Failure::cut_answer());
    let (status, ..) =
        exchange(&server, "GET /tags HTTP/1.1\r\nConnection: close\r\n\r\n")[0].clone();
    assert_eq!(status, 500, "no status of HTTP");
    let busy = exchange(&server, "GET /tags HTTP/1.1\r\nConnection: close\r\n\r\n");
    assert!(
        busy[0].1.contains("retry-after: 7\r\n") && busy[0].1.contains("x-request-id: testing-2")
    );
    let body: serde_json::Value = serde_json::from_str(&busy[0].2).unwrap();
    assert_eq!(
        body,
        serde_json::json!({"status": 503, "title": "Service Unavailable"})
    );
    assert!(exchange(&server, "GET /tags HTTP/1.1\r\n\r\n").is_empty());
    let cut = exchange(&server, "GET /tags HTTP/1.1\r\n\r\n");
    assert_eq!((cut[0].0, cut[0].2.as_str()), (200, "["));
    assert_eq!(get(&server, "/tags").0, 200);
    assert_eq!(server.requests().len(), 5);
}

#[test]
fn keys_are_asked_for_and_not_kept() {
    let server = start();
    let status = |headers: &str, target: &str| {
        let text =
            format!("GET {target} HTTP/1.1\r\nhost: a\r\n{headers}connection: close\r\n\r\n");
        exchange(&server, &text)[0].0
    };
    assert_eq!(status("", "/locked"), 401);
    assert_eq!(status("x-key: canary\r\n", "/locked"), 401);
    assert_eq!(status("", "/locked?key=canary"), 401);
    assert_eq!(status("cookie: other=canary\r\n", "/locked"), 401);
    assert_eq!(status("x-key: canary\r\n", "/locked?key=canary&a=b"), 200);
    assert_eq!(status("cookie: a=b; session=canary\r\n", "/locked"), 200);
    let requests = server.requests();
    for request in &requests {
        assert!(!format!("{request:?}").contains("canary"));
        for name in ["x-key", "cookie"] {
            assert_eq!(request.header(name).unwrap_or_default(), "");
        }
        assert_eq!(request.query_value("key").unwrap_or_default(), "");
    }
    assert_eq!(requests[4].query_value("a"), Some("b"));
}
