//! The stand-in service.

use super::{guard, text};
#[cfg(not(feature = "sandbox"))]
use crate::protocol::{Code, Failure};
use std::ffi::c_char;

/// Starts a stand-in for the service in this process, on a loopback port of its own.
///
/// `config` is a JSON object, every key optional, or NULL for all defaults; captask_describe("sandbox") lists the keys.
/// captask_inspect returns its "url", which is the "endpoint" of any number of clients. Its solutions are plainly
/// artificial.
///
/// Returns its handle (> 0), to be closed with captask_close. On failure returns 0 and, through `error` unless that is
/// NULL, an error object that the caller frees: CAPTASK_INVALID_ARGUMENT, _INVALID_JSON, CAPTASK_INVALID_CONFIG (the
/// member is named, or the address cannot be listened on), CAPTASK_NOT_BUILT.
///
/// # Safety
///
/// `config` is NULL or NUL-terminated; `error` is NULL or may be written to.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn captask_sandbox_open(config: *const c_char, error: *mut *mut c_char) -> i32 {
    // SAFETY: the caller's promise, for both.
    unsafe {
        guard::number(error, || {
            let config = text::take_optional(config, "config")?;
            #[cfg(feature = "sandbox")]
            {
                use super::handles;
                use crate::instance::Instance;
                let sandbox = crate::sandbox::Sandbox::open(config)?;
                handles::insert(Instance::Sandbox(std::sync::Arc::new(sandbox)))
            }
            #[cfg(not(feature = "sandbox"))]
            {
                let _ = config;
                Err::<i32, _>(Failure::new(Code::NotBuilt, "this build does not include the sandbox"))
            }
        })
    }
}
