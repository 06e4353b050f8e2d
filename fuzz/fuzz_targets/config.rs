//! Configurations of captask_open, each client used a little.
#![no_main]

use captask::ffi::*;
use captask_fuzz::{answer, open, scratch};
use libfuzzer_sys::fuzz_target;
use std::sync::Once;

fuzz_target!(|data: &[u8]| {
    static AWAY: Once = Once::new();
    AWAY.call_once(|| std::env::set_current_dir(scratch()).expect("a directory"));
    // A journal is written where the configuration says: only within the scratch directory.
    let words = String::from_utf8_lossy(data);
    if (words.contains("journal") || words.contains('\\')) && (words.contains('/') || words.contains('\\')) {
        return;
    }
    if let Some(client) = open(data) {
        answer(captask_inspect(client));
        assert_eq!(captask_close(client), 1);
    }
});
