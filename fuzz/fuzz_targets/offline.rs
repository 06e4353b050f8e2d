//! check, describe, pick, quote and base64. The first byte says which; pick's pointer ends at the first newline.
#![no_main]

use captask::ffi::*;
use captask_fuzz::{answer, taken, text};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let Some((which, rest)) = data.split_first() else { return };
    match which % 5 {
        0 => {
            answer(unsafe { captask_check(text(rest).as_ptr()) });
        }
        1 => {
            answer(unsafe { captask_describe(text(rest).as_ptr()) });
        }
        2 => {
            let at = rest.iter().position(|b| *b == b'\n').unwrap_or(rest.len());
            let json = rest.get(at + 1..).unwrap_or_default();
            taken(unsafe { captask_pick(text(json).as_ptr(), text(&rest[..at]).as_ptr()) });
            // The whole is always there when it is JSON that C can hold.
            taken(unsafe { captask_pick(text(json).as_ptr(), c"".as_ptr()) });
        }
        3 => {
            let plain = text(rest);
            let quoted = taken(unsafe { captask_quote(plain.as_ptr()) });
            let back: Option<String> = quoted.map(|quoted| serde_json::from_str(&quoted).expect("a literal"));
            assert_eq!(back.as_deref(), plain.to_str().ok());
        }
        _ => {
            let encoded = taken(unsafe { captask_base64(rest.as_ptr().cast(), rest.len()) }).expect("text");
            assert_eq!(encoded.len(), rest.len().div_ceil(3) * 4);
        }
    }
});
