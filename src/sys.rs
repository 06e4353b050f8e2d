//! The few system calls that std does not offer, and state that must not be shared with a forked child.

use std::io;
use std::net::TcpStream;
#[cfg(target_os = "linux")]
use std::sync::atomic::AtomicU32;
use std::sync::atomic::{AtomicPtr, Ordering};
use std::thread;
use std::time::Duration;

/// The process's number; differs in a forked child. On Linux asked of the system once in each process: it is kept where
/// a child finds 0. Takes no lock, which a child might find taken.
#[cfg(target_os = "linux")]
#[allow(unsafe_code)]
pub fn process_id() -> u32 {
    static KEPT: AtomicPtr<AtomicU32> = AtomicPtr::new(std::ptr::null_mut());
    // Stands for a place that cannot be had.
    static NOWHERE: AtomicU32 = AtomicU32::new(0);
    let mut kept = KEPT.load(Ordering::Acquire).cast_const();
    if kept.is_null() {
        kept = wiped_in_children().unwrap_or(&raw const NOWHERE);
        // Another thread may have been first: its place is as good, and this page stays unused.
        if let Err(first) =
            KEPT.compare_exchange(std::ptr::null_mut(), kept.cast_mut(), Ordering::AcqRel, Ordering::Acquire)
        {
            kept = first;
        }
    }
    // SAFETY: NOWHERE, or a page that is never unmapped.
    let place = unsafe { &*kept };
    match place.load(Ordering::Relaxed) {
        0 => {
            let id = std::process::id();
            if !std::ptr::eq(place, &raw const NOWHERE) {
                place.store(id, Ordering::Relaxed);
            }
            id
        }
        id => id,
    }
}

/// The process's number; differs in a forked child.
#[cfg(not(target_os = "linux"))]
pub fn process_id() -> u32 {
    std::process::id()
}

/// Room for a number that is 0 in this process, and 0 again in each child. `None` where the system has no such memory: Linux does
/// since 4.14.
#[cfg(target_os = "linux")]
#[allow(unsafe_code)]
fn wiped_in_children() -> Option<*const AtomicU32> {
    const SIZE: usize = 4096;
    // An advice that does not exist: who takes it (as old emulators do) means nothing by taking the other.
    // SAFETY: nothing is mapped at no bytes at all.
    if unsafe { libc::madvise(std::ptr::null_mut(), 0, -1) } == 0 {
        return None;
    }
    let (rights, kind) = (libc::PROT_READ | libc::PROT_WRITE, libc::MAP_PRIVATE | libc::MAP_ANONYMOUS);
    // SAFETY: new memory, in no one's place.
    let page = unsafe { libc::mmap(std::ptr::null_mut(), SIZE, rights, kind, -1, 0) };
    if page == libc::MAP_FAILED {
        return None;
    }
    // SAFETY: the page mapped above, whole.
    if unsafe { libc::madvise(page, SIZE, libc::MADV_WIPEONFORK) } != 0 {
        // SAFETY: the page mapped above, which nobody else knows.
        unsafe { libc::munmap(page, SIZE) };
        return None;
    }
    Some(page.cast())
}

/// The state of this process in `cell`, made anew (and the parent's left alone) after a fork. Takes no lock.
#[allow(unsafe_code)]
pub fn per_process<T: Sync>(
    cell: &'static AtomicPtr<T>,
    pid_of: impl Fn(&T) -> u32,
    make: impl Fn(u32) -> T,
) -> &'static T {
    let pid = process_id();
    loop {
        let known = cell.load(Ordering::Acquire);
        // SAFETY: the cell holds null or a pointer from Box::into_raw below that is never freed.
        if let Some(state) = unsafe { known.as_ref() }
            && pid_of(state) == pid
        {
            return state;
        }
        let fresh = Box::into_raw(Box::new(make(pid)));
        if cell.compare_exchange(known, fresh, Ordering::AcqRel, Ordering::Acquire).is_err() {
            // SAFETY: nobody else has seen `fresh`: another thread was first.
            drop(unsafe { Box::from_raw(fresh) });
        }
    }
}

/// What a look at an idle connection shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Idle {
    /// Open, and nothing has come unasked.
    Quiet,
    /// Closed by the other side, broken, or bytes came that nobody asked for.
    Spent,
}

/// Looks at a connection without reading from it, in one system call.
#[cfg(unix)]
#[allow(unsafe_code)]
pub fn look(stream: &TcpStream) -> Idle {
    use std::os::fd::AsRawFd;
    let mut byte = 0u8;
    // SAFETY: the descriptor is open as long as `stream` is borrowed, and the buffer holds the one byte asked for.
    let got = unsafe { libc::recv(stream.as_raw_fd(), (&raw mut byte).cast(), 1, libc::MSG_PEEK | libc::MSG_DONTWAIT) };
    if got < 0 && io::Error::last_os_error().kind() == io::ErrorKind::WouldBlock { Idle::Quiet } else { Idle::Spent }
}

/// Looks at a connection without reading from it.
#[cfg(not(unix))]
pub fn look(stream: &TcpStream) -> Idle {
    let mut byte = [0u8];
    if stream.set_nonblocking(true).is_err() {
        return Idle::Spent;
    }
    let seen = stream.peek(&mut byte);
    let quiet = matches!(seen, Err(e) if e.kind() == io::ErrorKind::WouldBlock);
    if quiet && stream.set_nonblocking(false).is_ok() { Idle::Quiet } else { Idle::Spent }
}

/// Whether a read that waits goes on waiting when another thread shuts its socket down.
pub const READS_OUTLIVE_SHUTDOWN: bool = cfg!(windows);

/// Waits up to `slice` until a read from the connection will not wait. Elsewhere a shutdown wakes reads, and they wait
/// by themselves.
#[cfg(not(windows))]
pub fn await_readable(_: &TcpStream, _: Duration) -> io::Result<bool> {
    Ok(true)
}

/// Waits up to `slice` until a read from the connection will not wait.
#[cfg(windows)]
pub fn await_readable(stream: &TcpStream, slice: Duration) -> io::Result<bool> {
    Ok(await_any(&[stream], slice)?.contains(&true))
}

/// Waits up to `time` until a read from one of the connections will not wait; from which of them.
#[cfg(unix)]
#[allow(unsafe_code)]
pub fn await_any(streams: &[&TcpStream], time: Duration) -> io::Result<Vec<bool>> {
    use std::os::fd::AsRawFd;
    let entry = |stream: &&TcpStream| libc::pollfd { fd: stream.as_raw_fd(), events: libc::POLLIN, revents: 0 };
    let mut polls: Vec<_> = streams.iter().map(entry).collect();
    let count = libc::nfds_t::try_from(polls.len()).map_err(io::Error::other)?;
    // SAFETY: so many entries, valid and exclusively ours for the call; the streams keep the descriptors open.
    let ready = unsafe { libc::poll(polls.as_mut_ptr(), count, millis(time)) };
    if ready < 0 {
        let error = io::Error::last_os_error();
        let interrupted = error.kind() == io::ErrorKind::Interrupted;
        return if interrupted { Ok(vec![false; streams.len()]) } else { Err(error) };
    }
    Ok(polls.iter().map(|poll| poll.revents != 0).collect())
}

/// Waits up to `time` until a read from one of the connections will not wait; from which of them.
#[cfg(windows)]
#[allow(unsafe_code)]
pub fn await_any(streams: &[&TcpStream], time: Duration) -> io::Result<Vec<bool>> {
    use std::os::windows::io::AsRawSocket;
    const READABLE: i16 = 0x0300;
    #[repr(C)]
    struct PollFd {
        socket: usize,
        events: i16,
        revents: i16,
    }
    #[link(name = "ws2_32")]
    unsafe extern "system" {
        fn WSAPoll(fds: *mut PollFd, count: u32, millis: i32) -> i32;
    }
    let mut polls = Vec::with_capacity(streams.len());
    for stream in streams {
        let socket = usize::try_from(stream.as_raw_socket()).map_err(io::Error::other)?;
        polls.push(PollFd { socket, events: READABLE, revents: 0 });
    }
    let count = u32::try_from(polls.len()).map_err(io::Error::other)?;
    // SAFETY: so many entries, valid and exclusively ours for the call; the streams keep the sockets open.
    let ready = unsafe { WSAPoll(polls.as_mut_ptr(), count, millis(time)) };
    if ready < 0 {
        return Err(io::Error::last_os_error());
    }
    Ok(polls.iter().map(|poll| poll.revents != 0).collect())
}

/// Whole milliseconds, rounded up: a wait must not end before its time and begin again.
fn millis(time: Duration) -> i32 {
    i32::try_from(time.as_nanos().div_ceil(1_000_000)).unwrap_or(i32::MAX)
}

/// The same file or socket under a number that is not that of a standard stream. A host that has closed those may write
/// to them all the same, and must not write into ours.
#[cfg(unix)]
#[allow(unsafe_code)]
pub fn lift<T: From<std::os::fd::OwnedFd> + std::os::fd::AsRawFd>(opened: T) -> io::Result<T> {
    use std::os::fd::{FromRawFd, OwnedFd};
    const FIRST: i32 = 3;
    if opened.as_raw_fd() >= FIRST {
        return Ok(opened);
    }
    // SAFETY: the descriptor is open as long as `opened` lives.
    let number = unsafe { libc::fcntl(opened.as_raw_fd(), libc::F_DUPFD_CLOEXEC, FIRST) };
    if number < 0 {
        return Err(io::Error::last_os_error());
    }
    // SAFETY: fcntl made this descriptor just now, and nobody else has it.
    Ok(T::from(unsafe { OwnedFd::from_raw_fd(number) }))
}

/// Handles are not numbered by place here.
#[cfg(not(unix))]
pub fn lift<T>(opened: T) -> io::Result<T> {
    Ok(opened)
}

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

/// Takes the lock of a file for this process; `false` when another process has it. A forked child does not inherit it.
/// It ends when any descriptor of the file is closed in this process, and does not keep this process itself out.
#[cfg(unix)]
#[allow(unsafe_code)]
pub fn lock_alone(file: &std::fs::File) -> io::Result<bool> {
    use std::os::fd::AsRawFd;
    // SAFETY: all zeros is a valid flock: from the beginning of the file to its end.
    let mut lock: libc::flock = unsafe { std::mem::zeroed() };
    lock.l_type = libc::F_WRLCK as _;
    lock.l_whence = libc::SEEK_SET as _;
    // SAFETY: the descriptor is open as long as `file` is borrowed, and the lock is read only during the call.
    if unsafe { libc::fcntl(file.as_raw_fd(), libc::F_SETLK, &raw const lock) } == 0 {
        return Ok(true);
    }
    let error = io::Error::last_os_error();
    // Both are allowed to say that it is taken.
    if matches!(error.raw_os_error(), Some(libc::EACCES | libc::EAGAIN)) { Ok(false) } else { Err(error) }
}

/// Takes the lock of a file; `false` when somebody else has it.
#[cfg(not(unix))]
pub fn lock_alone(file: &std::fs::File) -> io::Result<bool> {
    match file.try_lock() {
        Ok(()) => Ok(true),
        Err(std::fs::TryLockError::WouldBlock) => Ok(false),
        Err(std::fs::TryLockError::Error(e)) => Err(e),
    }
}

/// Waits up to `slice` for a connect that is under way: `Ok(true)` connected, `Ok(false)` not yet.
#[cfg(unix)]
#[allow(unsafe_code)]
pub fn await_connected(socket: &socket2::Socket, slice: Duration) -> io::Result<bool> {
    use std::os::fd::AsRawFd;
    let mut poll = libc::pollfd { fd: socket.as_raw_fd(), events: libc::POLLOUT, revents: 0 };
    let millis = i32::try_from(slice.as_millis()).unwrap_or(i32::MAX);
    // SAFETY: one pollfd, valid and exclusively ours for the call.
    let ready = unsafe { libc::poll(&raw mut poll, 1, millis) };
    if ready < 0 {
        let error = io::Error::last_os_error();
        return if error.kind() == io::ErrorKind::Interrupted { Ok(false) } else { Err(error) };
    }
    if ready == 0 {
        return Ok(false);
    }
    match socket.take_error()? {
        Some(error) => Err(error),
        None => Ok(true),
    }
}

/// Waits up to `slice` for a connect that is under way: `Ok(true)` connected, `Ok(false)` not yet.
#[cfg(not(unix))]
pub fn await_connected(socket: &socket2::Socket, slice: Duration) -> io::Result<bool> {
    const STEP: Duration = Duration::from_millis(2);
    let end = std::time::Instant::now() + slice;
    loop {
        if let Some(error) = socket.take_error()? {
            return Err(error);
        }
        if socket.peer_addr().is_ok() {
            return Ok(true);
        }
        if std::time::Instant::now() >= end {
            return Ok(false);
        }
        thread::sleep(STEP);
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

/// Keeps the library's code loaded until the process ends: a thread of it may still run when the host unloads it.
/// Elsewhere the linker's word for it (shared/build.rs) is enough.
#[cfg(windows)]
#[allow(unsafe_code)]
pub fn stay_loaded() {
    use std::ffi::c_void;
    const FROM_ADDRESS: u32 = 4;
    const PIN: u32 = 1;
    #[link(name = "kernel32")]
    unsafe extern "system" {
        fn GetModuleHandleExW(flags: u32, address: *const c_void, module: *mut *mut c_void) -> i32;
    }
    static HERE: u8 = 0;
    let mut module = std::ptr::null_mut();
    // SAFETY: with FROM_ADDRESS the second argument is any address inside the module; the third is written to.
    unsafe { GetModuleHandleExW(FROM_ADDRESS | PIN, (&raw const HERE).cast(), &raw mut module) };
}

/// Keeps the library's code loaded; here the linker was told to (shared/build.rs).
#[cfg(not(windows))]
pub fn stay_loaded() {}
