//! check, describe, pick, quote and base64. The first byte says which; pick's pointer ends at the first newline.
#![no_main]

use captask::ffi::*;
use captask_fuzz::{answer, halves, pick, taken, text, told};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let Some((which, rest)) = data.split_first() else { return };
    match which % 5 {
        0 => {
            answer(told(captask_check, rest));
        }
        1 => {
            answer(told(captask_describe, rest));
        }
        2 => {
            let (pointer, json) = halves(rest);
            pick(json, pointer);
            // The whole is always there when it is JSON that C can hold.
            pick(json, b"");
        }
        3 => {
            let plain = text(rest);
            let quoted = taken(told(captask_quote, rest));
            let back: Option<String> = quoted.map(|quoted| serde_json::from_str(&quoted).expect("a literal"));
            assert_eq!(back.as_deref(), plain.to_str().ok());
        }
        _ => {
            // SAFETY: as many bytes as told.
            let encoded = taken(unsafe { captask_base64(rest.as_ptr().cast(), rest.len()) }).expect("text");
            assert_eq!(encoded.len(), rest.len().div_ceil(3) * 4);
        }
    }
});
