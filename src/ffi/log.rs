//! Log lines: the host's sink, and a file.

use super::{guard, text};
use crate::log;
use crate::protocol::{Code, Failure};
use std::ffi::{CString, c_char, c_void};
use std::sync::Arc;

/// A function that takes log lines: level, line (borrowed for the call), and the `user` pointer given with it.
///
/// It is called from whatever thread logs, several at once, most of them the library's own. It may call functions of
/// captask, whose own lines are not logged then; it must not unwind or longjmp.
///
/// A sink must not be a function of Perl, PHP, LuaJIT or Ruby (neither by Fiddle nor by ffi): their interpreters crash
/// or hang when a thread that is not theirs calls them. The same holds for Node.js with koffi, which hangs when a sink
/// is called during a call that blocks. In Java (JNA) it works, with a new Java thread for each line; in C, C++, C#,
/// Go, Pascal and Python it works. Use captask_log_to in the others.
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
/// `level` is the most detailed level to log, CAPTASK_LOG_ERROR to CAPTASK_LOG_TRACE; CAPTASK_LOG_OFF logs nothing. `user`
/// is handed to the sink. No key, password or cookie is ever in a line. May be called at any time, also while other
/// threads log. When it returns, the old sink is not running, except when called from within it. A forked child starts
/// without a sink. captask_log_to is independent of it: both may be set.
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

/// Appends log lines to a file, for the whole process; for hosts that cannot take a call from another thread.
///
/// `path` is the path of the file; "-" means standard error, and NULL ends the log. `level` is the most detailed level
/// to write, as for captask_set_log; both may be set. The file is created if it does not exist, readable for its owner
/// only (mode 0600). The last part of the path must not be a symbolic link, and must name a file or a device such as
/// /dev/null. Each line is written in one piece: time in UTC, process, level, text. No line has a key, a password or a
/// cookie. After the return, nothing more is written to the previous file. To rotate logs, move the file, then call this
/// function again. A line that cannot be written is lost.
///
/// The environment does the same without a call: CAPTASK_LOG is off, error, warn, info, debug or trace, and
/// CAPTASK_LOG_FILE is the path (standard error without it, level info without CAPTASK_LOG). Both are read once, before
/// the first line, and hold until captask_log_to is called, also in forked children, which start without the file of
/// captask_log_to. Programs that run setuid or setgid ignore them.
///
/// Returns 1. On failure changes nothing, returns 0 and, through `error` unless that is NULL, an error object that the
/// caller frees: CAPTASK_INVALID_ARGUMENT (not UTF-8, no such level, or the file cannot be opened).
///
/// # Safety
///
/// `path` is NULL or NUL-terminated; `error` is NULL or may be written to.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn captask_log_to(path: *const c_char, level: i32, error: *mut *mut c_char) -> i32 {
    // SAFETY: the caller's promise, for both.
    unsafe {
        guard::number(error, || {
            let path = text::take_optional(path, "path")?;
            let wrong = |text: String| Failure::new(Code::InvalidArgument, text);
            if !(0..=log::Level::Trace as i32).contains(&level) {
                return Err(wrong(format!("level is {level}; expected CAPTASK_LOG_OFF (0) to CAPTASK_LOG_TRACE (5)")));
            }
            log::to_file(path, level).map_err(|why| wrong(format!("path: {why}")))?;
            Ok(1)
        })
    }
}
