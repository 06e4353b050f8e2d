//! This process as the system sees it: signals, standard streams, descriptors, limits, threads.
#![cfg(target_os = "linux")]

use super::scratch::Scratch;
use std::collections::BTreeSet;
use std::ffi::{CStr, OsString};
use std::net::TcpStream;
use std::os::fd::AsRawFd;
use std::path::PathBuf;

/// What descriptors 1 and 2 were given while `body` ran.
pub fn silence(body: impl FnOnce()) -> String {
    let path = Scratch::file("silence");
    let file = std::fs::File::create(&path).unwrap();
    // SAFETY: numbers of descriptors go in and out; both are put back below.
    let saved = unsafe { [libc::dup(1), libc::dup(2)] };
    // SAFETY: as above; `file` lives to the end.
    unsafe { (libc::dup2(file.as_raw_fd(), 1), libc::dup2(file.as_raw_fd(), 2)) };
    let result = std::panic::catch_unwind(std::panic::AssertUnwindSafe(body));
    // SAFETY: as above.
    unsafe { (libc::dup2(saved[0], 1), libc::dup2(saved[1], 2)) };
    let said = std::fs::read_to_string(&path).unwrap();
    assert!(result.is_ok(), "{said}");
    said
}

/// A signal, its handler and the handler's flags.
pub type Handler = (i32, usize, i32);

pub fn handlers() -> Vec<Handler> {
    (1..65)
        .filter_map(|signal| {
            // SAFETY: all zeros is a valid sigaction, and the call fills it.
            let (action, known) = unsafe {
                let mut action: libc::sigaction = std::mem::zeroed();
                let known = libc::sigaction(signal, std::ptr::null(), &raw mut action) == 0;
                (action, known)
            };
            known.then_some((signal, action.sa_sigaction, action.sa_flags))
        })
        .collect()
}

/// Gives SIGPIPE the action that ends the process.
pub fn let_sigpipe_kill() {
    // SAFETY: no handler, only the default action.
    unsafe { libc::signal(libc::SIGPIPE, libc::SIG_DFL) };
}

/// Blocks every signal in this thread.
pub fn block_all_signals() {
    // SAFETY: all zeros is a valid set, and it is filled before it is used.
    unsafe {
        let mut all: libc::sigset_t = std::mem::zeroed();
        libc::sigfillset(&raw mut all);
        libc::pthread_sigmask(libc::SIG_SETMASK, &raw const all, std::ptr::null_mut());
    }
}

/// Whether this thread blocks the signal.
pub fn blocks(signal: i32) -> bool {
    // SAFETY: all zeros is a valid set; the mask is only asked for.
    unsafe {
        let mut mask: libc::sigset_t = std::mem::zeroed();
        libc::pthread_sigmask(libc::SIG_BLOCK, std::ptr::null(), &raw mut mask);
        libc::sigismember(&raw const mask, signal) == 1
    }
}

/// Signal actions, locale, environment, folder and file mask of the process.
pub type Manners = (Vec<Handler>, String, Vec<(OsString, OsString)>, PathBuf, u32);

pub fn surroundings() -> Manners {
    // SAFETY: the locale is only asked for, and its name copied at once; the file mask is put back at once.
    let (locale, mask) = unsafe {
        let locale = CStr::from_ptr(libc::setlocale(libc::LC_ALL, std::ptr::null())).to_string_lossy().into_owned();
        let mask = libc::umask(0o22);
        libc::umask(mask);
        (locale, mask)
    };
    (handlers(), locale, std::env::vars_os().collect(), std::env::current_dir().unwrap(), mask)
}

/// Our threads by name, each with the signals that it blocks.
pub fn our_threads() -> Vec<(String, u64)> {
    let mut out = Vec::new();
    for entry in std::fs::read_dir("/proc/self/task").unwrap().flatten() {
        let Ok(status) = std::fs::read_to_string(entry.path().join("status")) else { continue };
        let field =
            |name: &str| status.lines().find_map(|line| line.strip_prefix(name)).unwrap_or("").trim().to_owned();
        if field("Name:").starts_with("captask-") {
            out.push((field("Name:"), u64::from_str_radix(&field("SigBlk:"), 16).unwrap()));
        }
    }
    out
}

/// Makes `close` a reset.
pub fn resets(stream: &TcpStream) {
    let linger = libc::linger { l_onoff: 1, l_linger: 0 };
    let size = size_of::<libc::linger>() as u32;
    let fd = stream.as_raw_fd();
    // SAFETY: the option is of this type and size, and read during the call.
    unsafe { libc::setsockopt(fd, libc::SOL_SOCKET, libc::SO_LINGER, (&raw const linger).cast(), size) };
}

/// The flags of a descriptor; negative for one that is not open.
fn flags(fd: i32) -> i32 {
    // SAFETY: a number goes in, a number comes out.
    unsafe { libc::fcntl(fd, libc::F_GETFD) }
}

pub fn descriptors() -> BTreeSet<i32> {
    // The directory that is being read is one of them, and closed again after.
    std::fs::read_dir("/proc/self/fd")
        .unwrap()
        .flatten()
        .filter_map(|entry| entry.file_name().to_str()?.parse().ok())
        .filter(|fd| flags(*fd) >= 0)
        .collect()
}

/// Whether a program that this process starts would have the descriptor too.
pub fn inherited(fd: i32) -> bool {
    let flags = flags(fd);
    flags >= 0 && flags & libc::FD_CLOEXEC == 0
}

/// Sets a limit of the process; what it was before.
pub fn set_limit(resource: libc::__rlimit_resource_t, soft: u64) -> u64 {
    let mut limit = libc::rlimit { rlim_cur: 0, rlim_max: 0 };
    // SAFETY: filled by the call.
    unsafe { libc::getrlimit(resource, &raw mut limit) };
    let before = limit.rlim_cur;
    limit.rlim_cur = soft.min(limit.rlim_max);
    // SAFETY: read during the call.
    assert_eq!(unsafe { libc::setrlimit(resource, &raw const limit) }, 0);
    before
}

/// Has every write to a file fail, instead of ending the process; the limit before, to set again.
pub fn refuse_writes() -> u64 {
    // SAFETY: the signal is ignored, in a process that is a test's own.
    unsafe { libc::signal(libc::SIGXFSZ, libc::SIG_IGN) };
    set_limit(libc::RLIMIT_FSIZE, 0)
}

/// Becomes somebody whom limits on threads hold.
pub fn be_no_root() {
    // SAFETY: numbers only; the process is a test's own.
    unsafe {
        if libc::getuid() == 0 {
            assert_eq!(libc::setresuid(54_321, 54_321, 54_321), 0);
        }
    }
}

/// How many entries a folder has.
fn entries(path: &str) -> usize {
    std::fs::read_dir(path).map_or(0, Iterator::count)
}

/// Threads, descriptors, and resident memory in KiB.
pub fn held() -> (usize, usize, u64) {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let resident = status.lines().find_map(|line| line.strip_prefix("VmRSS:")?.split_whitespace().next()?.parse().ok());
    (entries("/proc/self/task"), entries("/proc/self/fd"), resident.unwrap_or(0))
}
