//! TLS with a certificate authority that the test makes: who is believed, and who gets nothing.
//!
//! Each TLS feature that is compiled in runs all of it; without one, a test says so.

#![allow(
    unreachable_pub,
    reason = "the root of a client re-exports what is public; a test has no such root"
)]

#[allow(dead_code, reason = "the parts are shared with the other tests")]
#[path = "../behaviour/common/mod.rs"]
mod common;
#[allow(
    dead_code,
    unused_imports,
    unused_macros,
    reason = "a client carries the parts that it uses; these tests use some"
)]
#[path = "../../src/runtime/mod.rs"]
mod runtime;

#[cfg(any(feature = "rustls", feature = "native-tls"))]
mod authority;
#[cfg(any(feature = "rustls", feature = "native-tls"))]
mod scenes;

/// A test of each scene with one TLS library.
#[cfg(any(feature = "rustls", feature = "native-tls"))]
macro_rules! each_scene {
    ($backend:ident: $($scene:ident),+ $(,)?) => {
        $(
            #[tokio::test]
            async fn $scene() {
                let name = concat!(module_path!(), "::", stringify!($scene));
                let builder = || reqwest::Client::builder().$backend();
                crate::scenes::$scene(builder, name.split_once("::").unwrap().1).await;
            }
        )+
    };
}

#[cfg(any(feature = "rustls", feature = "native-tls"))]
macro_rules! scenes {
    ($backend:ident) => {
        each_scene!(
            $backend: a_certificate_of_a_trusted_authority_is_accepted,
            a_certificate_of_an_unknown_authority_is_refused,
            a_certificate_for_another_host_is_refused,
            a_server_without_tls_is_no_secure_connection,
            a_token_is_fetched_over_tls_and_only_from_whom_it_should,
            edge_and_region_are_part_of_the_host_name,
            other_machines_are_reached_through_the_proxy_of_the_environment,
        );
    };
}

#[cfg(feature = "rustls")]
mod with_rustls {
    scenes!(tls_backend_rustls);
}

#[cfg(feature = "native-tls")]
mod with_native_tls {
    scenes!(tls_backend_native);
}

#[cfg(not(any(feature = "rustls", feature = "native-tls")))]
#[test]
fn no_tls_feature_is_compiled_in_and_every_https_url_says_so() {
    use runtime::Client;
    let url = "https://localhost:1";
    for builder in [
        Client::builder().base_url(url),
        Client::builder().chat_v2_base_url(url),
        Client::builder().with_oauth("a", "b").with_token_url(url),
        Client::builder().with_oauth("a", "b"),
    ] {
        let error = builder.build().unwrap_err();
        assert!(error.is_configuration());
        let text = error.to_string();
        assert!(
            text.contains("`rustls`") && text.contains("`native-tls`"),
            "{text}"
        );
    }
    eprintln!("TLS is not tested: give --features rustls or --features native-tls");
}
