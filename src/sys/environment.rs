//! Variables of the environment that name files.

use std::ffi::OsString;

/// A variable of the environment; none in a program that runs with more rights than its user has.
pub fn trusted_variable(name: &str) -> Option<OsString> {
    if has_more_rights() { None } else { std::env::var_os(name) }
}

#[cfg(any(target_os = "linux", target_os = "android"))]
#[allow(unsafe_code)]
fn has_more_rights() -> bool {
    // SAFETY: it reads a number that the kernel gave the process.
    unsafe { libc::getauxval(libc::AT_SECURE) != 0 }
}

#[cfg(all(unix, not(any(target_os = "linux", target_os = "android"))))]
#[allow(unsafe_code)]
fn has_more_rights() -> bool {
    unsafe extern "C" {
        // The libc crate does not have it for each system.
        fn issetugid() -> i32;
    }
    // SAFETY: it takes nothing.
    unsafe { issetugid() != 0 }
}

#[cfg(not(unix))]
fn has_more_rights() -> bool {
    false
}
