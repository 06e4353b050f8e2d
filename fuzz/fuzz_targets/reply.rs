//! Replies of a server as raw bytes. What comes in pieces is read as what comes at once, and no odd line of a head loses
//! the reply that it is in.
#![no_main]

use captask::http::fuzz_entry::{Read, clean, reply};
use libfuzzer_sys::fuzz_target;

/// What two readings have to agree on.
fn told(read: Read) -> (Option<u16>, Vec<u8>, Option<u64>, bool, String) {
    match read {
        Read::Reply(reply, kept) => (Some(reply.status), reply.body, reply.retry_after_ms, kept, String::new()),
        Read::Refused(why, _) => (None, Vec::new(), None, false, why),
        Read::Cut(part) => {
            let (status, body) = part.unzip();
            (status, body.unwrap_or_default(), None, false, "cut".to_owned())
        }
    }
}

/// Whether a line says something of a length, however it is written.
fn of_length(line: &[u8]) -> bool {
    let name = line.split(|byte| *byte == b':').next().unwrap_or_default().trim_ascii();
    name.eq_ignore_ascii_case(b"content-length") || name.eq_ignore_ascii_case(b"transfer-encoding")
}

fuzz_target!(|data: &[u8]| {
    let Some((which, rest)) = data.split_first() else { return };
    if which & 1 == 0 {
        let whole = told(reply([rest]));
        let step = usize::from(which >> 1 & 7) + 1;
        let pieces = told(reply(rest.chunks(step)));
        // Bytes behind a complete reply are seen when they come with it.
        let kept = whole.3 || pieces.3;
        assert_eq!((&whole.0, &whole.1, &whole.2, &whole.4), (&pieces.0, &pieces.1, &pieces.2, &pieces.4), "{kept}");
        assert!(whole.1.len() <= rest.len());
        if let Some(Ok(once)) = clean(rest) {
            let twice = clean(&once).expect("an end").expect("no doubt");
            assert_eq!(once, twice);
        }
        return;
    }
    // A line of anything in a good head.
    let line: Vec<u8> = rest.iter().copied().filter(|byte| *byte != b'\n').collect();
    let ends_head = line.is_empty() || line == b"\r";
    if ends_head || of_length(&line) {
        return;
    }
    let server = [b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n", &line[..], b"\r\nContent-Length: 2\r\n\r\nok"];
    let Read::Reply(reply, _) = reply([&server.concat()[..]]) else { panic!("a line loses the reply") };
    assert_eq!((reply.status, reply.body.as_slice()), (200, b"ok".as_slice()));
});
