//! Configurations of captask_sandbox_open.
#![no_main]

use captask::ffi::*;
use captask_fuzz::{answer, text};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let mut error = std::ptr::null_mut();
    // SAFETY: a terminated text, and a pointer that may be written to.
    match unsafe { captask_sandbox_open(text(data).as_ptr(), &mut error) } {
        0 => {
            answer(error);
        }
        sandbox => {
            answer(captask_inspect(sandbox));
            assert_eq!(captask_close(sandbox), 1);
        }
    }
});
