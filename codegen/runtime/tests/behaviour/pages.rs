//! Lists: every item once, no page before it is needed, and no page from elsewhere.

use crate::common::server::{Reply, Server, json};
use crate::common::{client, everything};
use futures_core::Stream;

fn page(sids: std::ops::Range<u32>, next: &str) -> Reply {
    let items: Vec<String> = sids
        .map(|n| {
            format!(r#"{{"sid":"CR{n:032}","type":"fcm","date_created":"2015-10-07T17:50:01Z"}}"#)
        })
        .collect();
    let items = items.join(",");
    let next = if next.is_empty() {
        "null".to_owned()
    } else {
        format!("{next:?}")
    };
    json(
        "200 OK",
        &format!(r#"{{"credentials":[{items}],"meta":{{"next_page_url":{next}}}}}"#),
    )
}

/// A server of three pages, whose links are made by `link`.
async fn three_pages(link: impl Fn(&str, u32) -> String + Send + Sync + 'static) -> Server {
    Server::start(move |request, base| match request.query() {
        "Page=1" => page(2..4, &link(base, 2)),
        "Page=2" => page(4..6, ""),
        _ => page(0..2, &link(base, 1)),
    })
    .await
}

async fn sids(server: &Server) -> Vec<String> {
    let mut stream = client(server).credentials().list().stream();
    let mut sids = Vec::new();
    while let Some(item) = stream.next().await {
        sids.push(item.unwrap().sid.to_string());
    }
    sids
}

#[tokio::test]
async fn all_items_of_all_pages_come_in_order() {
    let absolute = |base: &str, n| format!("{base}/v2/Credentials?Page={n}");
    let server = three_pages(absolute).await;
    let expected: Vec<String> = (0..6).map(|n| format!("CR{n:032}")).collect();
    assert_eq!(sids(&server).await, expected);
    assert_eq!(server.requests().len(), 3);
}

#[tokio::test]
async fn a_next_page_may_be_relative_or_on_the_declared_server() {
    type Link = fn(&str, u32) -> String;
    let links: [Link; 5] = [
        |_, n| format!("/v2/Credentials?Page={n}"),
        |_, n| format!("?Page={n}"),
        |_, n| format!("Credentials?Page={n}"),
        |_, n| format!("https://chat.example.com/v2/Credentials?Page={n}"),
        |_, n| format!("https://chat.example.com:443/v2/%43redentials?Page={n}"),
    ];
    for link in links {
        let server = three_pages(link).await;
        assert_eq!(sids(&server).await.len(), 6);
        for request in server.requests() {
            assert_eq!(request.path(), "/v2/Credentials");
            assert!(request.header("authorization").is_some());
        }
    }
}

#[tokio::test]
async fn pages_work_behind_a_gateway_whether_its_links_have_the_prefix_or_not() {
    for prefix in ["/gateway/twilio", ""] {
        let server = three_pages(move |base, n| format!("{base}{prefix}/v2/Credentials?Page={n}"));
        let server = server.await;
        let base = format!("{}/gateway/twilio/", server.url());
        let client = crate::runtime::Client::builder()
            .account("AC", "x")
            .base_url(base);
        let mut stream = client.build().unwrap().credentials().list().stream();
        let mut count = 0;
        while let Some(item) = stream.next().await {
            item.unwrap();
            count += 1;
        }
        assert_eq!(count, 6);
        for request in server.requests() {
            assert_eq!(request.path(), "/gateway/twilio/v2/Credentials");
        }
    }
}

#[tokio::test]
async fn a_next_page_elsewhere_is_an_error_and_nothing_is_sent_there() {
    let thief = Server::always("200 OK", "{}").await;
    let port = thief.url().rsplit(':').next().unwrap().to_owned();
    let hostile = [
        format!("{}/v2/Credentials?Page=1", thief.url()),
        format!("//127.0.0.1:{port}/v2/Credentials?Page=1"),
        format!("http://localhost:{port}/v2/Credentials?Page=1"),
        format!("\\\\127.0.0.1:{port}/v2/Credentials?Page=1"),
        "http://chat.example.com/v2/Credentials?Page=1".to_owned(),
        "https://chat.example.com:8443/v2/Credentials?Page=1".to_owned(),
        "https://chat.example.com.evil.example/v2/Credentials?Page=1".to_owned(),
        "https://user:secret@chat.example.com/v2/Credentials?Page=1".to_owned(),
        "https://notify.example.com/v2/Credentials?Page=1".to_owned(),
        "https://chat.example.com/v2/Accounts?Page=1".to_owned(),
        "https://chat.example.com/v2/Credentials/../Accounts?Page=1".to_owned(),
        "https://chat.example.com/v2%2FCredentials?Page=1".to_owned(),
        "/v2/Credentials/CR1?Page=1".to_owned(),
        "file:///v2/Credentials?Page=1".to_owned(),
        "data:text/plain,x".to_owned(),
        "https://".to_owned(),
    ];
    for url in hostile {
        let (shown, next) = (url.clone(), url);
        let server = Server::start(move |_, _| page(0..1, &next)).await;
        let mut stream = client(&server).credentials().list().stream();
        // The items that did come are not lost.
        stream.next().await.unwrap().unwrap();
        let error = stream.next().await.unwrap().unwrap_err();
        assert!(error.is_next_page(), "{shown}: {error:?}");
        assert!(!everything(&error).contains("user:secret"), "{error:?}");
        assert!(
            stream.next().await.is_none(),
            "a stream ends after an error"
        );
        assert_eq!(server.requests().len(), 1, "{shown}");
    }
    assert!(thief.requests().is_empty());
}

#[tokio::test]
async fn a_server_that_repeats_a_page_does_not_go_on_for_ever() {
    let server =
        Server::start(|_, base| page(0..1, &format!("{base}/v2/Credentials?Page=7"))).await;
    let mut stream = client(&server).credentials().list().stream();
    stream.next().await.unwrap().unwrap();
    stream.next().await.unwrap().unwrap();
    let error = stream.next().await.unwrap().unwrap_err();
    assert!(error.is_next_page(), "{error:?}");
    assert!(stream.next().await.is_none());
    assert_eq!(server.requests().len(), 2);
}

#[tokio::test]
async fn a_first_page_that_names_itself_is_not_read_twice() {
    let server = Server::start(|request, _| page(0..1, &request.target)).await;
    let mut stream = client(&server).credentials().list().page_size(50).stream();
    stream.next().await.unwrap().unwrap();
    assert!(stream.next().await.unwrap().unwrap_err().is_next_page());
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn the_next_page_is_requested_only_when_its_first_item_is_wanted() {
    let server = three_pages(|base, n| format!("{base}/v2/Credentials?Page={n}")).await;
    let mut stream = client(&server).credentials().list().stream();
    assert!(server.requests().is_empty());
    for (items, requests) in [(2, 1), (2, 2), (2, 3)] {
        for _ in 0..items {
            stream.next().await.unwrap().unwrap();
        }
        assert_eq!(server.requests().len(), requests);
    }
}

#[tokio::test]
async fn a_limit_ends_the_stream_and_asks_for_no_more_than_it_needs() {
    let server = three_pages(|base, n| format!("{base}/v2/Credentials?Page={n}")).await;
    let credentials = client(&server).credentials();
    let mut stream = credentials.list().page_size(100).limit(2).stream();
    for _ in 0..2 {
        stream.next().await.unwrap().unwrap();
    }
    assert!(stream.next().await.is_none());
    assert_eq!(server.only_request().query(), "PageSize=2");
    assert!(credentials.list().limit(0).stream().next().await.is_none());
    assert_eq!(server.requests().len(), 1);
    let mut large = credentials.list().limit(5000).stream();
    large.next().await.unwrap().unwrap();
    assert_eq!(server.requests()[1].query(), "PageSize=1000");
}

#[tokio::test]
async fn a_wait_for_an_item_can_be_given_up_and_taken_up_again() {
    let server = three_pages(|base, n| format!("{base}/v2/Credentials?Page={n}")).await;
    let mut stream = client(&server).credentials().list().stream();
    tokio::select! {
        biased;
        () = std::future::ready(()) => {}
        _ = stream.next() => {}
    }
    let mut count = 0;
    while let Some(item) = stream.next().await {
        item.unwrap();
        count += 1;
    }
    assert_eq!((count, server.requests().len()), (6, 3));
}

#[tokio::test]
async fn a_failing_page_ends_the_stream_with_its_error() {
    let server = Server::start(|request, base| match request.query() {
        "Page=1" => json("401 Unauthorized", r#"{"code":20003,"message":"no"}"#),
        _ => page(0..1, &format!("{base}/v2/Credentials?Page=1")),
    });
    let server = server.await;
    let mut stream = client(&server).credentials().list().stream();
    stream.next().await.unwrap().unwrap();
    assert!(stream.next().await.unwrap().unwrap_err().is_auth());
    assert!(stream.next().await.is_none());
}

#[test]
fn streams_and_calls_can_move_between_tasks() {
    fn check<T: Send + Unpin + Stream + 'static>(_: &T) {}
    fn send<T: Send + 'static>(_: T) {}
    let client = crate::runtime::Client::builder()
        .base_url("http://127.0.0.1:9")
        .build()
        .unwrap();
    check(&client.credentials().list().stream());
    check(&client.credentials().list().pages());
    send(client.credentials().list().send());
}
