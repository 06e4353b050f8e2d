//! Threads of ours, and the host's while they are in a call of ours.

use std::io;
use std::thread;

/// The calling thread safe from `pthread_cancel`, until dropped: glibc cancels by unwinding, which ends a process whose
/// Rust code it meets.
#[cfg(target_os = "linux")]
pub struct Uncancelled(i32);

#[cfg(target_os = "linux")]
impl Uncancelled {
    /// From now on.
    #[allow(clippy::new_without_default)]
    pub fn new() -> Self {
        const DISABLE: i32 = 1;
        Uncancelled(Self::set(DISABLE))
    }

    /// Sets the state; the one before.
    #[allow(unsafe_code)]
    fn set(state: i32) -> i32 {
        // The libc crate does not have it for Linux.
        unsafe extern "C" {
            fn pthread_setcancelstate(state: i32, old: *mut i32) -> i32;
        }
        let mut before = 0;
        // SAFETY: the state is one of the two, and the old one goes to a place of ours.
        unsafe { pthread_setcancelstate(state, &raw mut before) };
        before
    }
}

#[cfg(target_os = "linux")]
impl Drop for Uncancelled {
    fn drop(&mut self) {
        Self::set(self.0);
    }
}

/// Elsewhere nothing is done about it.
#[cfg(not(target_os = "linux"))]
pub struct Uncancelled;

#[cfg(not(target_os = "linux"))]
impl Uncancelled {
    /// Nothing.
    #[allow(clippy::new_without_default)]
    pub fn new() -> Self {
        Uncancelled
    }
}

/// Starts a thread of ours. It never handles a signal: the host's handlers run on the host's threads.
pub fn spawn<T: Send + 'static>(
    builder: thread::Builder,
    body: impl FnOnce() -> T + Send + 'static,
) -> io::Result<thread::JoinHandle<T>> {
    // A thread is born with the mask of its maker, so there is no moment in which it could be interrupted.
    let _masked = Masked::new();
    builder.spawn(body)
}

/// The calling thread without signals, until dropped.
#[cfg(unix)]
struct Masked(libc::sigset_t);

#[cfg(unix)]
impl Masked {
    #[allow(unsafe_code)]
    fn new() -> Self {
        // Faults of the thread itself; a blocked one would end the process without the host's crash handler.
        const FAULTS: [i32; 5] = [libc::SIGSEGV, libc::SIGBUS, libc::SIGFPE, libc::SIGILL, libc::SIGTRAP];
        // SAFETY: both sets are ours; they are filled before they are read, and all zeros is a valid set.
        unsafe {
            let (mut all, mut before) = (std::mem::zeroed(), std::mem::zeroed());
            libc::sigfillset(&raw mut all);
            for fault in FAULTS {
                libc::sigdelset(&raw mut all, fault);
            }
            libc::pthread_sigmask(libc::SIG_BLOCK, &raw const all, &raw mut before);
            Masked(before)
        }
    }
}

#[cfg(unix)]
impl Drop for Masked {
    #[allow(unsafe_code)]
    fn drop(&mut self) {
        // SAFETY: the set is the one that pthread_sigmask wrote.
        unsafe { libc::pthread_sigmask(libc::SIG_SETMASK, &raw const self.0, std::ptr::null_mut()) };
    }
}

#[cfg(not(unix))]
struct Masked;

#[cfg(not(unix))]
impl Masked {
    fn new() -> Self {
        Masked
    }
}

/// The processor time that this thread has had, for tests of how times grow.
#[cfg(all(test, unix))]
#[allow(unsafe_code)]
pub fn thread_time() -> std::time::Duration {
    let mut time = libc::timespec { tv_sec: 0, tv_nsec: 0 };
    // SAFETY: a clock that every Unix has, and a place of ours.
    unsafe { libc::clock_gettime(libc::CLOCK_THREAD_CPUTIME_ID, &raw mut time) };
    std::time::Duration::new(time.tv_sec.unsigned_abs(), time.tv_nsec as u32)
}
