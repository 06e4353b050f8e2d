//! The library itself: version and memory.

use super::{guard, text};
use std::ffi::{CStr, c_char};

const VERSION: &CStr = match CStr::from_bytes_with_nul(concat!(env!("CARGO_PKG_VERSION"), "\0").as_bytes()) {
    Ok(version) => version,
    Err(_) => panic!("the version holds a NUL"),
};

const fn number(text: &str) -> u32 {
    let bytes = text.as_bytes();
    let (mut at, mut value) = (0, 0);
    while at < bytes.len() {
        value = value * 10 + (bytes[at] - b'0') as u32;
        at += 1;
    }
    value
}

/// The version of the library that is loaded, as in "0.2.0".
///
/// The text is static: do not free it. It is the only text of captask that is not the caller's.
#[unsafe(no_mangle)]
pub extern "C" fn captask_version() -> *const c_char {
    VERSION.as_ptr()
}

/// The version of the library that is loaded as a number, 0x00MMmmpp.
///
/// Compare it with CAPTASK_VERSION_NUM, which is the version of the header that the program was compiled with.
#[unsafe(no_mangle)]
pub extern "C" fn captask_version_num() -> u32 {
    const NUM: u32 = (number(env!("CARGO_PKG_VERSION_MAJOR")) << 16)
        | (number(env!("CARGO_PKG_VERSION_MINOR")) << 8)
        | number(env!("CARGO_PKG_VERSION_PATCH"));
    NUM
}

/// Releases a text that a function of captask returned, or wrote through `error`.
///
/// NULL does nothing. Every text is released once, and never with `free`: the library may have another
/// allocator than the program. Do not pass a text that captask did not return.
///
/// With a journal, releasing the answer of a ticket also confirms that the program has it: if the process dies before
/// that, the next client on that journal delivers it again. captask_close confirms every answer that was given out.
///
/// # Safety
///
/// `text` is NULL or a text of captask that was not released before.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn captask_free(text: *mut c_char) {
    // SAFETY: the caller's promise.
    guard::quiet(|| unsafe { text::release(text) });
}
