//! Lists by pages, with a limit, and from where they stood.

use crate::common::api::{ListRequest, OTHER};
use crate::common::server::{Recorded, Reply, Server, json};
use crate::common::{AT_ONCE, builder, client, hasty};
use crate::runtime::{ItemStream, Page, PageState, Retry, narrowed};
use std::sync::atomic::{AtomicBool, Ordering};

/// The number that a pair of a query has.
fn number(query: &str, name: &str) -> Option<usize> {
    let mut pairs = url::form_urlencoded::parse(query.as_bytes());
    pairs.find(|(known, _)| known == name)?.1.parse().ok()
}

/// A page of a list of so many items, as an API makes it that counts pages.
fn page_of(total: usize, query: &str, base: &str) -> Reply {
    let size = number(query, "PageSize").unwrap_or(50);
    let page = number(query, "Page").unwrap_or(0);
    let items: Vec<String> = (page * size..total.min((page + 1) * size))
        .map(|n| {
            format!(r#"{{"sid":"CR{n:032}","type":"fcm","date_created":"2015-10-07T17:50:01Z"}}"#)
        })
        .collect();
    let next = if (page + 1) * size < total {
        let next = page + 1;
        format!("\"{base}/v2/Credentials?PageSize={size}&Page={next}&PageToken=PT{next}\"")
    } else {
        "null".to_owned()
    };
    let items = items.join(",");
    let body = format!(r#"{{"credentials":[{items}],"meta":{{"next_page_url":{next}}}}}"#);
    json("200 OK", &body)
}

async fn list_of(total: usize) -> Server {
    Server::start(move |request, base| page_of(total, request.query(), base)).await
}

/// The numbers of the next items, at most so many of them.
async fn take(stream: &mut ItemStream<ListRequest>, items: usize) -> Vec<usize> {
    let mut numbers = Vec::new();
    while numbers.len() < items
        && let Some(item) = stream.next().await
    {
        numbers.push(item.unwrap().sid.as_str()[2..].parse().unwrap());
    }
    numbers
}

/// How many items were asked for in each request.
fn sizes(server: &Server) -> Vec<Option<usize>> {
    let requests = server.requests();
    let sizes = requests
        .iter()
        .map(|request| number(request.query(), "PageSize"));
    sizes.collect()
}

#[tokio::test]
async fn pages_come_one_by_one_when_they_are_wanted() {
    let server = list_of(25).await;
    let mut pages = client(&server).credentials().list().page_size(10).pages();
    assert!(server.requests().is_empty());
    for (requests, items) in [(1, 10), (2, 10), (3, 5)] {
        let page = pages.next().await.unwrap().unwrap();
        assert_eq!((page.items().len(), page.credentials.len()), (items, items));
        assert_eq!(server.requests().len(), requests);
    }
    assert!(pages.next().await.is_none());
    assert!(pages.next().await.is_none());
    assert_eq!(server.requests().len(), 3);
}

#[tokio::test]
async fn a_single_page_is_no_larger_than_its_limit() {
    let server = list_of(25).await;
    let list = || client(&server).credentials().list();
    assert_eq!(list().limit(4).send().await.unwrap().items().len(), 4);
    assert_eq!(
        list()
            .limit(4)
            .page_size(3)
            .send()
            .await
            .unwrap()
            .items()
            .len(),
        2
    );
    assert_eq!(
        list()
            .page_size(9)
            .limit(4)
            .send()
            .await
            .unwrap()
            .items()
            .len(),
        4
    );
    assert_eq!(sizes(&server), [Some(4), Some(2), Some(4)]);
}

#[test]
fn pages_are_as_large_as_a_limit_needs() {
    let most = 1000;
    for (size, limit, expected) in [
        (None, 0, Some(1)),
        (None, 1, Some(1)),
        (None, 1000, Some(1000)),
        // Two pages of half, not one of 1000 and a second one that is thrown away.
        (None, 1001, Some(501)),
        (None, 1500, Some(750)),
        (None, 5000, Some(1000)),
        (None, u64::MAX, Some(1000)),
        (Some(100), 250, Some(84)),
        (Some(100), 100, Some(100)),
        (Some(100), 99, Some(99)),
        (Some(1), 5, Some(1)),
        // Not allowed, and refused as it stands.
        (Some(1001), 5, Some(1001)),
        (Some(0), 5, Some(0)),
        (Some(-1), 5, Some(-1)),
    ] {
        let narrow = narrowed(size, limit, most);
        assert_eq!(narrow, expected, "{size:?} {limit}");
        assert_eq!(
            narrowed(narrow, limit, most),
            expected,
            "again {size:?} {limit}"
        );
    }
    assert_eq!(narrowed(None, 7, i64::MAX), Some(7));
    assert_eq!(narrowed(None, 5000, i64::MAX), None);
    assert_eq!(narrowed(Some(400), 5000, i64::MAX), Some(385));
}

#[tokio::test]
async fn a_limit_is_kept_over_pages_without_asking_for_more() {
    let server = list_of(5000).await;
    let mut stream = client(&server).credentials().list().limit(1500).stream();
    let numbers = take(&mut stream, 9999).await;
    assert_eq!(numbers, (0..1500).collect::<Vec<_>>());
    assert_eq!(sizes(&server), [Some(750), Some(750)]);
    let mut pages = client(&server).credentials().list().limit(1500).pages();
    let mut items = 0;
    while let Some(page) = pages.next().await {
        items += page.unwrap().items().len();
    }
    assert_eq!((items, server.requests().len()), (1500, 4));
    let mut none = client(&server).credentials().list().limit(0).pages();
    assert!(none.next().await.is_none());
    assert_eq!(server.requests().len(), 4);
}

#[tokio::test]
async fn a_page_size_above_the_maximum_is_refused_whatever_the_limit() {
    let server = list_of(5).await;
    let list = || client(&server).credentials().list().page_size(1001);
    assert!(list().send().await.unwrap_err().is_invalid_request());
    let mut limited = list().limit(2).stream();
    assert!(
        limited
            .next()
            .await
            .unwrap()
            .unwrap_err()
            .is_invalid_request()
    );
    assert!(
        list()
            .pages()
            .next()
            .await
            .unwrap()
            .unwrap_err()
            .is_invalid_request()
    );
    assert!(server.requests().is_empty());
}

#[tokio::test]
async fn a_list_goes_on_where_it_stood_after_any_item() {
    let server = list_of(25).await;
    for taken in 0..25 {
        let list = || client(&server).credentials().list().page_size(10);
        let mut first = list().stream();
        assert_eq!(
            take(&mut first, taken).await,
            (0..taken).collect::<Vec<_>>()
        );
        let state = first.state().unwrap().to_string();
        assert!(state.bytes().all(|byte| byte.is_ascii_graphic()), "{state}");
        let mut rest = list().resume(state.parse().unwrap()).stream();
        assert_eq!(
            rest.state().unwrap().to_string(),
            state,
            "nothing was taken yet"
        );
        assert_eq!(take(&mut rest, 99).await, (taken..25).collect::<Vec<_>>());
        assert!(rest.state().is_none() && rest.next().await.is_none());
    }
}

#[tokio::test]
async fn a_list_goes_on_with_the_servers_link_and_not_from_its_beginning() {
    let server = list_of(25).await;
    let list = || client(&server).credentials().list().page_size(10);
    let mut pages = list().pages();
    pages.next().await.unwrap().unwrap();
    let state = pages.state().unwrap();
    let before = server.requests().len();
    let page = list().resume(state.clone()).send().await.unwrap();
    assert_eq!(page.items()[0].sid.as_str(), format!("CR{:032}", 10));
    let mut rest = list().resume(state).pages();
    for items in [10, 5] {
        assert_eq!(rest.next().await.unwrap().unwrap().items().len(), items);
    }
    assert!(rest.next().await.is_none() && rest.state().is_none());
    let queries = server.requests().into_iter().skip(before);
    let queries: Vec<String> = queries.map(|request| request.query().to_owned()).collect();
    let second = "PageSize=10&Page=1&PageToken=PT1";
    assert_eq!(
        queries,
        [second, second, "PageSize=10&Page=2&PageToken=PT2"]
    );
}

#[tokio::test]
async fn a_limit_counts_from_where_a_list_goes_on() {
    let server = list_of(25).await;
    let list = || client(&server).credentials().list().page_size(10);
    let mut first = list().limit(13).stream();
    assert_eq!(take(&mut first, 99).await.len(), 13);
    let mut rest = list().resume(first.state().unwrap()).limit(4).stream();
    assert_eq!(take(&mut rest, 99).await, [13, 14, 15, 16]);
}

#[tokio::test]
async fn a_list_goes_on_with_the_next_item_however_large_its_pages_are_now() {
    let server = list_of(25).await;
    let list = || client(&server).credentials().list();
    for before in [5, 12] {
        let mut first = list().stream();
        assert_eq!(take(&mut first, before).await.len(), before);
        let state = first.state().unwrap();
        let rest: Vec<_> = (before..25).collect();
        let mut limited = list().resume(state.clone()).limit(2).stream();
        assert_eq!(take(&mut limited, 99).await, rest[..2]);
        let after = limited.state().unwrap();
        let mut following = list().resume(after).limit(3).stream();
        assert_eq!(take(&mut following, 99).await, rest[2..5]);
        for size in [1, 3, 5, 7, 100] {
            let mut smaller = list().resume(state.clone()).page_size(size).stream();
            assert_eq!(take(&mut smaller, 99).await, rest, "{size}");
        }
    }
}

#[tokio::test]
async fn what_came_with_each_page_is_there() {
    let server = list_of(25).await;
    let list = || client(&server).credentials().list().page_size(10);
    let mut pages = list().pages();
    assert!(pages.metadata().is_none());
    pages.next().await.unwrap().unwrap();
    let metadata = pages.metadata().unwrap();
    assert_eq!((metadata.status(), metadata.attempts()), (200, 1));
    let mut items = list().stream();
    items.next().await.unwrap().unwrap();
    assert_eq!(
        items.metadata().map(crate::runtime::Metadata::status),
        Some(200)
    );
}

#[tokio::test]
async fn a_page_that_failed_is_where_a_list_goes_on() {
    static REFUSING: AtomicBool = AtomicBool::new(true);
    let server = Server::start(|request, base| {
        if request.query().contains("Page=1") && REFUSING.load(Ordering::SeqCst) {
            json("401 Unauthorized", r#"{"code":20003,"message":"no"}"#)
        } else {
            page_of(25, request.query(), base)
        }
    });
    let server = server.await;
    let list = || client(&server).credentials().list().page_size(10);
    let mut stream = list().stream();
    assert_eq!(take(&mut stream, 10).await.len(), 10);
    assert!(stream.next().await.unwrap().unwrap_err().is_auth());
    assert!(stream.next().await.is_none());
    let state = stream.state().unwrap();
    REFUSING.store(false, Ordering::SeqCst);
    let mut rest = list().resume(state).stream();
    assert_eq!(take(&mut rest, 99).await, (10..25).collect::<Vec<_>>());
}

#[tokio::test]
async fn a_page_is_fetched_again_like_any_other_get() {
    let down = AtomicBool::new(false);
    let server = Server::start(move |request, base| {
        if down.fetch_xor(true, Ordering::SeqCst) {
            page_of(25, request.query(), base)
        } else {
            Reply::Bytes(Vec::new())
        }
    });
    let server = server.await;
    let mut stream = hasty(&server).credentials().list().page_size(10).stream();
    assert_eq!(take(&mut stream, 99).await.len(), 25);
    assert_eq!(server.requests().len(), 6);
    let once = hasty(&server).credentials().list().retry(Retry::never());
    assert_eq!(
        once.stream().next().await.unwrap().unwrap_err().attempts(),
        1
    );
}

#[tokio::test]
async fn a_state_of_another_list_is_refused() {
    let server = list_of(25).await;
    let mut pages = client(&server).credentials().list().page_size(10).pages();
    pages.next().await.unwrap().unwrap();
    let state = pages.state().unwrap().to_string();
    let other = state.replace("chat_v2", OTHER.name);
    assert_ne!(state, other);
    let resumed = || {
        client(&server)
            .credentials()
            .list()
            .resume(other.parse().unwrap())
    };
    assert!(resumed().send().await.unwrap_err().is_invalid_request());
    assert!(
        resumed()
            .send_with_metadata()
            .await
            .unwrap_err()
            .is_invalid_request()
    );
    let mut stream = resumed().stream();
    assert!(
        stream
            .next()
            .await
            .unwrap()
            .unwrap_err()
            .is_invalid_request()
    );
    assert!(stream.next().await.is_none());
    assert_eq!(server.requests().len(), 1);
}

#[test]
fn a_state_is_read_back_and_anything_else_is_not() {
    let text = "1:chat_v2%20ListCredential:3:?Page=1&PageToken=a:b%2F";
    let state: PageState = text.parse().unwrap();
    assert_eq!(state.to_string(), text);
    let json = serde_json::to_string(&state).unwrap();
    assert_eq!(json, format!("{text:?}"));
    assert_eq!(serde_json::from_str::<PageState>(&json).unwrap(), state);
    assert!(serde_json::from_str::<PageState>("\"2:a:0:\"").is_err());
    for other in [
        "",
        "1",
        "1:a",
        "1:a:0",
        "0:a:0:",
        "2:a:0:",
        "1:a:-1:",
        "1:a:x:",
        "1:a:0:Page=1",
        "1:a:0:https://evil.example/?",
        "1:a:0:?a b",
        "1:a:0:?a#b",
        "1:a:0:?a\r\nb",
        "1:a:0:?\u{fc}",
        "1:%ff:0:",
    ] {
        let error = other.parse::<PageState>().unwrap_err();
        assert!(!error.to_string().is_empty(), "{other}");
    }
}

#[tokio::test]
async fn extra_pairs_and_headers_go_with_every_page() {
    let server = list_of(25).await;
    let list = client(&server).credentials().list().page_size(10);
    let list = list
        .query("Filter", "a b")
        .query("PageToken", "mine")
        .header("x-key", "k");
    assert_eq!(take(&mut list.stream(), 99).await.len(), 25);
    let requests = server.requests();
    let queries: Vec<&str> = requests.iter().map(Recorded::query).collect();
    assert_eq!(
        queries,
        [
            "PageSize=10&Filter=a%20b&PageToken=mine",
            // What the server's link has already is left as it is there.
            "PageSize=10&Page=1&PageToken=PT1&Filter=a%20b",
            "PageSize=10&Page=2&PageToken=PT2&Filter=a%20b",
        ]
    );
    assert!(
        requests
            .iter()
            .all(|request| request.header("x-key") == Some("k"))
    );
}

#[tokio::test]
async fn an_endless_list_ends_with_its_limit_or_its_reader() {
    let server = list_of(usize::MAX / 2).await;
    let client = builder(&server).retry(AT_ONCE).build().unwrap();
    let mut stream = client.credentials().list().page_size(1).limit(30).stream();
    assert_eq!(take(&mut stream, 99).await.len(), 30);
    assert_eq!(server.requests().len(), 30);
}
