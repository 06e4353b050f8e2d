//! Replies of a proxy to CONNECT.
#![no_main]

use captask::http::fuzz_entry::connect;
use captask::http::{ErrorKind, Stage};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let Some((which, rest)) = data.split_first() else { return };
    if which & 1 == 1 {
        // A line of anything in a good head.
        let line: Vec<u8> = rest.iter().copied().filter(|byte| *byte != b'\n').collect();
        if !line.is_empty() && line != b"\r" {
            let proxy = [b"HTTP/1.1 200 Connected\r\n", &line[..], b"\r\nVia: 1.1 p\r\n\r\n"].concat();
            assert!(connect([&proxy[..]]).expect("a line loses the tunnel"));
        }
        return;
    }
    let whole = connect([rest]);
    let pieces = connect(rest.chunks(usize::from(which >> 1 & 7) + 1));
    match (&whole, &pieces) {
        // Bytes behind the reply are refused when they come with it.
        (Err(error), Ok(true)) => assert!(error.why.contains("behind"), "{error:?}"),
        (Ok(one), Ok(other)) => assert_eq!(one, other),
        (Err(one), Err(other)) => assert_eq!((one.stage, one.kind, &one.why), (other.stage, other.kind, &other.why)),
        _ => panic!("{whole:?} {pieces:?}"),
    }
    if let Err(error) = whole {
        assert!(!error.sent && matches!(error.stage, Stage::ProxyTcp | Stage::ProxyLogin | Stage::Tunnel), "{error:?}");
        assert!(error.head.is_none_or(|head| head.len() <= 512));
        assert_eq!(error.kind == ErrorKind::Login, error.stage == Stage::ProxyLogin);
    }
});
