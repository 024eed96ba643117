//! Gives the table of faults; must never hold one twice.

use super::answers::bomb;
use super::{Fault, Scene, What};
use crate::scripted::{Reply, Then};

/// Everything that can go wrong.
pub const FAULTS: &[Fault] = &[
    fault("connection refused", What::Refused),
    fault("connection reset before the request", What::Cut),
    answer("connection reset after the request", reset),
    answer("connection reset inside the body", |scene| {
        scene.html("200 OK").half(Then::Reset)
    }),
    answer("answer that is not HTTP", |_| Reply {
        bytes: b"220 mail.example ESMTP\r\n".to_vec(),
        then: Then::Close,
    }),
    answer("stall inside the headers", |scene| {
        let mut reply = scene.good().then(Then::Stall);
        reply.bytes.truncate(30);
        reply
    }),
    answer("stall inside the body", |scene| {
        scene.html("200 OK").half(Then::Stall)
    }),
    answer("body shorter than announced", |scene| {
        scene.html("200 OK").half(Then::Close)
    }),
    answer("204 with a body", |scene| scene.html("204 No Content")),
    answer("200 with an empty body", |scene| {
        Reply::new(&scene.head("200 OK", "application/json"), "")
    }),
    answer("200 with a body of another shape", |scene| {
        let json = &scene.echo.json;
        let body = format!(r#"{{"sid":{{"{json}":1}},"credentials":"{json}","{json}":0}}"#);
        scene.json("200 OK", &body)
    }),
    answer("200 with JSON of another content type", |scene| {
        let good = String::from_utf8_lossy(&scene.good().bytes).into_owned();
        let reply = good.replace("application/json", "text/plain");
        Reply {
            bytes: reply.into_bytes(),
            then: Then::Keep,
        }
    }),
    answer("200 with an HTML page", |scene| scene.html("200 OK")),
    answer("502 with an HTML page", |scene| {
        scene.html("502 Bad Gateway")
    }),
    answer("400 with an empty body", |scene| {
        Reply::new(&scene.head("400 Bad Request", "application/json"), "")
    }),
    answer("body announced as too large", |scene| {
        let head = scene.head("200 OK", "application/json");
        let bytes = Reply::new(&head, "").bytes;
        let huge = String::from_utf8_lossy(&bytes).replace("length: 0", "length: 1000000000");
        Reply {
            bytes: huge.into_bytes(),
            then: Then::Keep,
        }
    }),
    answer("body that turns out too large", |scene| {
        let head = scene.head("200 OK", "application/json");
        let head = head.replace('\n', "\r\n");
        let body = format!("{}{}", scene.echo.text, "x".repeat(200_000));
        let length = body.len();
        let chunked = "transfer-encoding: chunked";
        let text = format!("HTTP/1.1 {head}\r\n{chunked}\r\n\r\n{length:x}\r\n{body}\r\n0\r\n\r\n");
        Reply {
            bytes: text.into_bytes(),
            then: Then::Keep,
        }
    }),
    answer("400 with a body that is too large", |scene| {
        let body = scene.echo.text.clone() + &"x".repeat(200_000);
        Reply::new(&scene.head("400 Bad Request", "text/plain"), &body)
    }),
    answer("200 with a gzip bomb", |scene| compressed(scene, "200 OK")),
    answer("400 with a gzip bomb", |scene| {
        compressed(scene, "400 Bad Request")
    }),
    answer("301 to another host", |scene| {
        scene.redirect("301 Moved Permanently")
    }),
    answer("302 to another host", |scene| scene.redirect("302 Found")),
    answer("307 to another host", |scene| {
        scene.redirect("307 Temporary Redirect")
    }),
    answer("401", |scene| scene.refusal("401 Unauthorized", "")),
    answer("429 storm", |scene| {
        scene.refusal("429 Too Many Requests", "")
    }),
    Fault {
        asked: 2,
        ..answer("429 storm that asks for 2 s", |scene| {
            scene.refusal("429 Too Many Requests", "\nretry-after: 2")
        })
    },
    Fault {
        asked: 300,
        ..answer("429 storm that asks for 5 minutes", |scene| {
            scene.refusal("429 Too Many Requests", "\nretry-after: 300")
        })
    },
    answer("429 and then a good answer", |scene| match scene.number {
        0 => scene.refusal("429 Too Many Requests", ""),
        _ => scene.good(),
    }),
    answer("500 storm", |scene| {
        scene.refusal("500 Internal Server Error", "")
    }),
    answer("500 and then a good answer", |scene| match scene.number {
        0 => scene.refusal("500 Internal Server Error", ""),
        _ => scene.good(),
    }),
    answer("lost answer and then 404", |scene| match scene.number {
        0 => reset(scene),
        _ => scene.refusal("404 Not Found", ""),
    }),
    pages("pages without end", |scene| {
        scene.page(Some(&scene.link(scene.own)))
    }),
    pages("pages that lead in a circle", |scene| {
        let target = scene.request.target.split('?').next().unwrap_or_default();
        let page = (scene.number + 1) % 3;
        scene.page(Some(&format!("{}{target}?Page={page}", scene.own)))
    }),
    pages("next page on another host", |scene| {
        let host = match scene.echo.host.as_str() {
            "" => scene.elsewhere.to_owned(),
            host => format!("https://{host}"),
        };
        scene.page(Some(&scene.link(&host)))
    }),
    pages("next page of another list", |scene| {
        let link = scene.link(scene.own).replace("Credentials", "Services");
        scene.page(Some(&link))
    }),
    pages("401 in the middle of the pages", |scene| {
        match scene.number {
            2 => scene.refusal("401 Unauthorized", ""),
            _ => scene.page(Some(&scene.link(scene.own))),
        }
    }),
    pages("500 in the middle of the pages", |scene| {
        match scene.number {
            2 => scene.refusal("500 Internal Server Error", ""),
            3 => scene.page(None),
            _ => scene.page(Some(&scene.link(scene.own))),
        }
    }),
];

const fn fault(name: &'static str, what: What) -> Fault {
    Fault {
        name,
        what,
        lists_only: false,
        asked: 0,
    }
}

const fn answer(name: &'static str, answer: fn(&Scene<'_>) -> Reply) -> Fault {
    fault(name, What::Answer(answer))
}

const fn pages(name: &'static str, reply: fn(&Scene<'_>) -> Reply) -> Fault {
    Fault {
        lists_only: true,
        ..answer(name, reply)
    }
}

fn reset(_: &Scene<'_>) -> Reply {
    Reply {
        bytes: Vec::new(),
        then: Then::Reset,
    }
}

fn compressed(scene: &Scene<'_>, status: &str) -> Reply {
    let body = bomb();
    let head = scene.head(status, "application/json").replace('\n', "\r\n");
    let length = body.len();
    let coding = "content-encoding: gzip";
    let head = format!("HTTP/1.1 {head}\r\n{coding}\r\ncontent-length: {length}\r\n\r\n");
    Reply {
        bytes: [head.into_bytes(), body].concat(),
        then: Then::Keep,
    }
}
