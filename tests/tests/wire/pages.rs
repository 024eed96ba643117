//! How lists are followed from page to page.

/// The same tests for each version of the API.
macro_rules! pages {
    ($version:ident, $origin:literal, $path:literal, $largest:literal) => {
        #[allow(deprecated, reason = "version 1 of Chat is, and still has to work")]
        mod $version {
            use twilio_push_credentials_tests::twilio::{self, Origin, Twilio};

            use crate::{Outcome, assert_common, assert_plain, client};

            const LARGEST: usize = $largest;

            #[tokio::test]
            async fn a_stream_follows_the_pages_with_the_login() -> Outcome {
                for origin in [Origin::Own, Origin::Document] {
                    let server = Twilio::serve(&twilio::documents()?, origin)?;
                    let all = server.seed(5);
                    let mut stream = client(&server)?
                        .$version()
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
                        assert_common(request, &server, $origin);
                        assert_plain(request, "GET", $path, Some(query));
                    }
                }
                Ok(())
            }

            #[tokio::test]
            async fn a_limit_reads_no_more_than_it_needs() -> Outcome {
                let server = Twilio::start()?;
                let all = server.seed(5);
                let mut stream = client(&server)?
                    .$version()
                    .credentials()
                    .list()
                    .limit(3)
                    .stream();
                let mut sids = Vec::new();
                while let Some(credential) = stream.next().await {
                    sids.push(credential?.sid.to_string());
                }
                assert_eq!(sids, all[..3]);
                let requests = server.requests();
                assert_eq!(requests.len(), 1);
                assert_plain(&requests[0], "GET", $path, Some("PageSize=3"));
                Ok(())
            }

            #[tokio::test]
            async fn the_largest_page_is_the_documents() -> Outcome {
                let server = Twilio::start()?;
                let all = server.seed(LARGEST + 1);
                let mut stream = client(&server)?
                    .$version()
                    .credentials()
                    .list()
                    .page_size($largest)
                    .stream();
                let mut count = 0;
                while let Some(credential) = stream.next().await {
                    assert_eq!(credential?.sid.as_str(), all[count]);
                    count += 1;
                }
                assert_eq!((count, server.requests().len()), (LARGEST + 1, 2));
                let refused = client(&server)?
                    .$version()
                    .credentials()
                    .list()
                    .page_size($largest + 1)
                    .send()
                    .await;
                assert!(refused.is_err_and(|error| error.is_invalid_request()));
                assert_eq!(server.requests().len(), 2, "nothing was sent");
                Ok(())
            }
        }
    };
}

for_each_version!(pages);
