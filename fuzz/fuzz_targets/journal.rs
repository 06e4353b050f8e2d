//! Journals whose slots are anything, between two records that are whole: the client opens, answers for both, and closes.
#![no_main]

use captask::ffi::*;
use captask_fuzz::{answer, open, scratch, taken, text};
use libfuzzer_sys::fuzz_target;
use std::path::PathBuf;
use std::sync::OnceLock;

const SLOT: usize = 256;

struct Whole {
    path: PathBuf,
    config: String,
    /// The first slot, and a record.
    before: Vec<u8>,
    /// Another record.
    after: Vec<u8>,
}

impl Whole {
    /// Has the library write both: a request that finds no endpoint stays in the journal of the client that is closed.
    fn new() -> Whole {
        let path = scratch().join("journal");
        // The key and the endpoint whose owner the seeds have.
        let config =
            serde_json::json!({"endpoint": "http://127.0.0.1:1", "clientKey": "k", "journal": path}).to_string();
        let _ = std::fs::remove_file(&path);
        let client = open(config.as_bytes()).expect("a new journal");
        for extra in ["before", "after"] {
            let request = serde_json::json!({"task": {"type": "X"}, "extra": extra}).to_string();
            // SAFETY: a terminated text, and no place for an error.
            assert!(unsafe { captask_submit(client, text(request.as_bytes()).as_ptr(), std::ptr::null_mut()) } > 0);
        }
        assert_eq!(captask_close(client), 1);
        let before = std::fs::read(&path).expect("a journal");
        assert_eq!(before.len(), 3 * SLOT);
        Whole { path, config, after: before[2 * SLOT..].to_vec(), before: before[..2 * SLOT].to_vec() }
    }
}

fuzz_target!(|data: &[u8]| {
    static WHOLE: OnceLock<Whole> = OnceLock::new();
    let whole = WHOLE.get_or_init(Whole::new);
    let mut file = [&whole.before, data].concat();
    file.resize(file.len().next_multiple_of(SLOT), 0);
    file.extend_from_slice(&whole.after);
    std::fs::write(&whole.path, &file).expect("written");
    let client = open(whole.config.as_bytes()).expect("a damaged slot is no reason not to open");
    answer(captask_inspect(client));
    let (mut before, mut after) = (0, 0);
    while let Some(text) = taken(captask_receive(client, 0)) {
        let found: serde_json::Value = serde_json::from_str(&text).expect("JSON");
        before += usize::from(found["extra"] == "before");
        after += usize::from(found["extra"] == "after");
    }
    assert!(before > 0 && after > 0, "a whole record is lost: {before} {after}");
    assert_eq!(captask_close(client), 1);
});
