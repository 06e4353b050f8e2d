//! The host's log sink.

use super::guard;
use crate::log;
use std::ffi::{CString, c_char, c_void};
use std::sync::Arc;

/// A function that takes log lines: level, line (borrowed for the call), and the `user` pointer given with it.
///
/// It is called from whatever thread logs, several at once. It may call functions of captask, whose own lines are not
/// logged then; it must not unwind or longjmp.
#[allow(non_camel_case_types)]
pub type captask_log_sink = Option<unsafe extern "C" fn(level: i32, line: *const c_char, user: *mut c_void)>;

/// The host's pointer, handed back to it and not looked at.
struct User(*mut c_void);

// SAFETY: the pointer is only passed on; the host promised that its sink may be called from every thread.
unsafe impl Send for User {}
// SAFETY: as above.
unsafe impl Sync for User {}

impl User {
    fn pointer(&self) -> *mut c_void {
        self.0
    }
}

/// Sets the sink that takes log lines, for the whole process; NULL removes it.
///
/// `level` is the most detailed level wanted, CAPTASK_LOG_ERROR to CAPTASK_LOG_TRACE; CAPTASK_LOG_OFF silences. `user`
/// is handed to the sink. No key, password or cookie is ever in a line. May be called at any time, also while other
/// threads log. When it returns, the old sink is not running, except when called from within it. A forked child starts
/// without a sink.
///
/// # Safety
///
/// `sink` is NULL or a function that may be called from every thread with `user` until it is replaced.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn captask_set_log(sink: captask_log_sink, user: *mut c_void, level: i32) {
    guard::quiet(|| {
        let user = User(user);
        let sink = sink.map(|sink| {
            let call: log::Sink = Arc::new(move |level: log::Level, line: &str| {
                let line = CString::new(line.replace('\0', "\u{fffd}")).unwrap_or_default();
                // SAFETY: the host promised a function that may be called with `user` until it is replaced, and
                // log::set waits for calls under way.
                unsafe { sink(level as i32, line.as_ptr(), user.pointer()) };
            });
            call
        });
        log::set(sink, level);
    });
}
