//! Ctrl-C, and the other ways in which a command is asked to end: noted here, and acted on by the command.
//!
//! The first such signal is only noted. The second ends the process at once, as the system does by itself.

use std::sync::atomic::{AtomicI32, Ordering};

static SEEN: AtomicI32 = AtomicI32::new(0);

/// The number of the signal that asked the process to end; `None` while none has. Ctrl-C is 2 everywhere.
pub fn seen() -> Option<i32> {
    match SEEN.load(Ordering::Acquire) {
        0 => None,
        signal => Some(signal),
    }
}

/// Notes Ctrl-C, SIGTERM and SIGHUP from now on. A signal that the process was started to ignore (nohup) stays ignored.
#[cfg(unix)]
#[allow(unsafe_code)]
pub fn watch() {
    extern "C" fn note(signal: libc::c_int) {
        // Only a number: a handler may do little.
        SEEN.store(signal, Ordering::Release);
    }
    for signal in [libc::SIGINT, libc::SIGTERM, libc::SIGHUP] {
        // SAFETY: all zeroes is a valid sigaction: the default action, no flags.
        let mut before: libc::sigaction = unsafe { std::mem::zeroed() };
        // SAFETY: asks for the action in force; the place is ours.
        let asked = unsafe { libc::sigaction(signal, std::ptr::null(), &raw mut before) };
        if asked != 0 || before.sa_sigaction == libc::SIG_IGN {
            continue;
        }
        // SAFETY: as above.
        let mut action: libc::sigaction = unsafe { std::mem::zeroed() };
        action.sa_sigaction = note as extern "C" fn(libc::c_int) as *const () as usize;
        action.sa_flags = libc::SA_RESETHAND | libc::SA_RESTART;
        // SAFETY: the handler touches one atomic number, and the structure is complete.
        unsafe { libc::sigaction(signal, &raw const action, std::ptr::null_mut()) };
    }
}

/// Notes Ctrl-C, Ctrl-Break and the closing of the console from now on.
#[cfg(windows)]
#[allow(unsafe_code)]
pub fn watch() {
    const SIGINT: i32 = 2;
    type Handler = unsafe extern "system" fn(u32) -> i32;
    #[link(name = "kernel32")]
    unsafe extern "system" {
        fn SetConsoleCtrlHandler(handler: Option<Handler>, add: i32) -> i32;
    }
    unsafe extern "system" fn note(_: u32) -> i32 {
        // The second is left to the system, which ends the process.
        i32::from(SEEN.swap(SIGINT, Ordering::AcqRel) == 0)
    }
    // SAFETY: the handler touches one atomic number and is never taken away.
    unsafe { SetConsoleCtrlHandler(Some(note), 1) };
}

/// Nothing is noted here.
#[cfg(not(any(unix, windows)))]
pub fn watch() {}
