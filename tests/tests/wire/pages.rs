//! How lists are followed from page to page.

use twilio_push_credentials_tests::twilio::{self, Origin, Twilio};

use crate::{Outcome, assert_common, assert_plain, client};

#[tokio::test]
async fn a_stream_follows_the_pages_with_the_login() -> Outcome {
    for origin in [Origin::Own, Origin::Document] {
        let server = Twilio::serve(&twilio::documents()?, origin)?;
        let all = server.seed(5);
        let mut stream = client(&server)?
            .chat_v2()
            .credentials()
            .list()
            .page_size(2)
            .stream();
        let mut sids = Vec::new();
        while let Some(credential) = stream.next().await {
            sids.push(credential?.sid.to_string());
        }
        assert_eq!(sids, all);
        let expected = [
            "PageSize=2",
            "PageSize=2&Page=1&PageToken=PA2",
            "PageSize=2&Page=2&PageToken=PA4",
        ];
        let requests = server.requests();
        assert_eq!(requests.len(), expected.len());
        for (request, query) in requests.iter().zip(expected) {
            assert_common(request, &server);
            assert_plain(request, "GET", "/v2/Credentials", Some(query));
        }
    }
    Ok(())
}

#[tokio::test]
async fn a_limit_reads_no_more_than_it_needs() -> Outcome {
    let server = Twilio::start()?;
    let all = server.seed(5);
    let mut stream = client(&server)?
        .chat_v2()
        .credentials()
        .list()
        .stream()
        .limit(3);
    let mut sids = Vec::new();
    while let Some(credential) = stream.next().await {
        sids.push(credential?.sid.to_string());
    }
    assert_eq!(sids, all[..3]);
    let requests = server.requests();
    assert_eq!(requests.len(), 1);
    assert_plain(&requests[0], "GET", "/v2/Credentials", Some("PageSize=3"));
    Ok(())
}

#[tokio::test]
async fn a_thousand_a_page_is_the_most() -> Outcome {
    let server = Twilio::start()?;
    let all = server.seed(1_001);
    let mut stream = client(&server)?
        .chat_v2()
        .credentials()
        .list()
        .page_size(1000)
        .stream();
    let mut count = 0;
    while let Some(credential) = stream.next().await {
        assert_eq!(credential?.sid.as_str(), all[count]);
        count += 1;
    }
    assert_eq!((count, server.requests().len()), (1_001, 2));
    let refused = client(&server)?
        .chat_v2()
        .credentials()
        .list()
        .page_size(1001)
        .send()
        .await;
    assert!(refused.is_err_and(|error| error.is_invalid_request()));
    assert_eq!(server.requests().len(), 2, "nothing was sent");
    Ok(())
}
