//! Functions without a network: check, describe, and help for languages without a JSON library.

use super::{guard, text};
use crate::protocol::{Code, Failure, catalog, json};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use std::ffi::{c_char, c_void};

/// Reports whether a request of captask_solve or captask_submit is valid, without sending it.
///
/// Returns {"errorId":0,"variant":…,"warnings":[…]}, or an error object with every problem at once in
/// "problems":[{"pointer","problem","hint"}] (text that is not a JSON object is reported as one error); never NULL; the
/// caller frees it. Codes: CAPTASK_INVALID_ARGUMENT, _INVALID_JSON, _INVALID_REQUEST, _INVALID_TASK.
///
/// The environment variable CAPTASK_CATALOGUE may name a file with newer facts about task types. captask_check,
/// captask_describe, and clients and sandboxes without a "catalogue" of their own use it. It is read once, when first
/// needed, and ignored in setuid programs. When the file is wrong, these functions return CAPTASK_INVALID_CONFIG.
///
/// # Safety
///
/// `request` is NULL (an answered error) or NUL-terminated.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn captask_check(request: *const c_char) -> *mut c_char {
    // SAFETY: the caller's promise.
    guard::answer(|| Ok(catalog::check(unsafe { text::take(request, "request") }?)))
}

/// Describes what the library knows of the service and of itself.
///
/// `topic` is NULL for the table of contents, or "tasks", "task/<id>", "errors", "error/<CODE>", "methods", "config",
/// "request", "sandbox", "catalogue".
///
/// Returns a JSON object; never NULL; the caller frees it. Codes: CAPTASK_INVALID_ARGUMENT, CAPTASK_UNKNOWN_TOPIC; for
/// topics of tasks CAPTASK_INVALID_CONFIG when CAPTASK_CATALOGUE names a wrong file (see captask_check).
///
/// # Safety
///
/// `topic` is NULL or NUL-terminated.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn captask_describe(topic: *const c_char) -> *mut c_char {
    // SAFETY: the caller's promise.
    guard::answer(|| Ok(catalog::describe(unsafe { text::take_optional(topic, "topic") }?)))
}

/// Takes one value out of a JSON text, for programs without a JSON library.
///
/// `pointer` is an RFC 6901 pointer as "/solution/text"; "" is the whole. A string comes back bare, without quotes and
/// escapes; anything else, and a string with half a surrogate pair, as its JSON text, byte for byte.
///
/// Returns the value, which the caller frees, or NULL: nothing is there, either argument is NULL or not UTF-8, `json`
/// is not JSON, or the string holds U+0000, which a C string cannot.
///
/// # Safety
///
/// `json` and `pointer` are NULL or NUL-terminated.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn captask_pick(json: *const c_char, pointer: *const c_char) -> *mut c_char {
    guard::quiet(|| {
        // SAFETY: the caller's promise, for both.
        unsafe { picked(json, pointer) }.map_or_else(Given::default, |value| Given(text::give(value)))
    })
    .0
}

/// captask_pick into a buffer of the caller, for languages that need one: COBOL, Fortran, VBA.
///
/// Writes at most `size` bytes to `buffer`, with a NUL at the end. A longer value is cut at the end of a character. With
/// `size` 0 nothing is written, and `buffer` may be NULL: such a call only returns the length. `buffer` may be the
/// buffer that holds `json`.
///
/// Returns the length in bytes of the whole value, without the NUL. If it is not less than `size`, the value was cut.
/// Returns -1 where captask_pick returns NULL (then "" is written), and for a NULL buffer with a size.
///
/// # Safety
///
/// `json` and `pointer` are NULL or NUL-terminated; `buffer` is NULL or has room for `size` bytes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn captask_pick_into(
    json: *const c_char,
    pointer: *const c_char,
    buffer: *mut c_char,
    size: usize,
) -> i64 {
    guard::quiet(|| {
        // SAFETY: the caller's promise, for both. Nothing of them is borrowed any more when the buffer is written to.
        let value = unsafe { picked(json, pointer) };
        let shown = value.as_deref().unwrap_or_default();
        let most = shown.len().min(size.saturating_sub(1));
        let end = (0..=most).rev().find(|end| shown.is_char_boundary(*end)).unwrap_or_default();
        let shown = &shown[..end];
        if size > 0 {
            if buffer.is_null() {
                return None;
            }
            // SAFETY: not NULL, and the caller promises room for `size` bytes, of which this is at most all.
            unsafe {
                std::ptr::copy_nonoverlapping(shown.as_ptr(), buffer.cast(), shown.len());
                buffer.add(shown.len()).write(0);
            }
        }
        i64::try_from(value?.len()).ok()
    })
    .unwrap_or(-1)
}

/// What captask_pick takes out.
///
/// # Safety
///
/// Both are NULL or NUL-terminated.
unsafe fn picked(json: *const c_char, pointer: *const c_char) -> Option<String> {
    // SAFETY: the caller's promise, for both.
    let (json, pointer) = unsafe { (text::take(json, "json").ok()?, text::take(pointer, "pointer").ok()?) };
    let raw = json::pick(json, pointer).ok()??;
    let value = json::as_string(raw).unwrap_or_else(|| raw.get().to_owned());
    (!value.contains('\0')).then_some(value)
}

/// A text as a JSON string literal, quotes included, for programs without a JSON library.
///
/// Returns the literal, which the caller frees, or NULL when `text` is NULL or not UTF-8.
///
/// # Safety
///
/// `text` is NULL or NUL-terminated.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn captask_quote(text: *const c_char) -> *mut c_char {
    guard::quiet(|| {
        // SAFETY: the caller's promise.
        match unsafe { text::take(text, "text") } {
            Ok(plain) => Given(text::give(json::quote(plain))),
            Err(_) => Given::default(),
        }
    })
    .0
}

/// Bytes in base64 (with padding, without line breaks), the form in which the service takes images.
///
/// `data` may be NULL only with `length` 0, which gives "".
///
/// Returns plain text, or for NULL data with a length the error object of CAPTASK_INVALID_ARGUMENT; never NULL; the
/// caller frees it.
///
/// # Safety
///
/// `data` is NULL or points to `length` readable bytes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn captask_base64(data: *const c_void, length: usize) -> *mut c_char {
    guard::answer(|| {
        if data.is_null() && length > 0 {
            return Err(Failure::new(Code::InvalidArgument, format!("data is NULL but length is {length}")));
        }
        if length > isize::MAX as usize / 2 {
            return Err(Failure::new(Code::InvalidArgument, "length is larger than memory can be"));
        }
        let bytes = match length {
            0 => &[],
            // SAFETY: not NULL, and the caller promises `length` readable bytes.
            _ => unsafe { std::slice::from_raw_parts(data.cast::<u8>(), length) },
        };
        Ok(STANDARD.encode(bytes))
    })
}

/// A pointer to a text that the caller owns, NULL by default.
struct Given(*mut c_char);

impl Default for Given {
    fn default() -> Self {
        Given(std::ptr::null_mut())
    }
}
