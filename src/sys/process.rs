//! What process this is, and state that must not be shared with a forked child.

#[cfg(target_os = "linux")]
use std::sync::atomic::AtomicU32;
use std::sync::atomic::{AtomicPtr, AtomicU64, Ordering};

/// Which process of a line of forks this is: differs from that of every process it was forked from. The process id
/// would not do: a child in a new namespace may have its parent's. Takes no lock, which a child might find taken.
#[cfg(target_os = "linux")]
#[allow(unsafe_code)]
fn generation() -> u32 {
    /// The last generation of this line: a child goes on counting from its parent's.
    static LAST: AtomicU32 = AtomicU32::new(0);
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
    if std::ptr::eq(kept, &raw const NOWHERE) {
        return counted();
    }
    // SAFETY: a page that is never unmapped.
    let place = unsafe { &*kept };
    match place.load(Ordering::Acquire) {
        0 => {
            let next = LAST.fetch_add(1, Ordering::AcqRel).wrapping_add(1).max(1);
            // Another thread may have been first.
            place.compare_exchange(0, next, Ordering::AcqRel, Ordering::Acquire).map_or_else(|first| first, |_| next)
        }
        known => known,
    }
}

/// Which process of a line of forks this is.
#[cfg(not(target_os = "linux"))]
fn generation() -> u32 {
    counted()
}

/// The process id that was seen last, and how often it was another one or a fork was reported.
static COUNT: AtomicU64 = AtomicU64::new(0);

/// The generation where no memory is wiped in children: counted by a handler of fork, and by the process id for
/// children that came about without one.
fn counted() -> u32 {
    watch_forks();
    let id = u64::from(std::process::id());
    let mut seen = COUNT.load(Ordering::Acquire);
    loop {
        if seen >> 32 == id {
            return seen as u32;
        }
        let next = id << 32 | u64::from((seen as u32).wrapping_add(1));
        match COUNT.compare_exchange(seen, next, Ordering::AcqRel, Ordering::Acquire) {
            Ok(_) => return next as u32,
            Err(other) => seen = other,
        }
    }
}

#[cfg(unix)]
#[allow(unsafe_code)]
fn watch_forks() {
    use std::sync::atomic::AtomicBool;
    static WATCHED: AtomicBool = AtomicBool::new(false);
    extern "C" fn in_child() {
        // Only a number: a handler of fork may do little. The library's code stays loaded, so it is always there.
        COUNT.fetch_add(1, Ordering::AcqRel);
    }
    if !WATCHED.swap(true, Ordering::AcqRel) {
        // SAFETY: the handler touches one atomic number. Without memory for it the process id is left to tell.
        unsafe { libc::pthread_atfork(None, None, Some(in_child)) };
    }
}

#[cfg(not(unix))]
fn watch_forks() {}

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
    generation_of: impl Fn(&T) -> u32,
    make: impl Fn(u32) -> T,
) -> &'static T {
    let generation = generation();
    loop {
        let known = cell.load(Ordering::Acquire);
        // SAFETY: the cell holds null or a pointer from Box::into_raw below that is never freed.
        if let Some(state) = unsafe { known.as_ref() }
            && generation_of(state) == generation
        {
            return state;
        }
        let fresh = Box::into_raw(Box::new(make(generation)));
        if cell.compare_exchange(known, fresh, Ordering::AcqRel, Ordering::Acquire).is_err() {
            // SAFETY: nobody else has seen `fresh`: another thread was first.
            drop(unsafe { Box::from_raw(fresh) });
        }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_generation_is_kept_and_counted_anew_after_a_fork() {
        assert_eq!(generation(), generation());
        let before = counted();
        assert_eq!(before, counted());
        #[cfg(unix)]
        {
            // What the handler does in a child.
            COUNT.fetch_add(1, Ordering::AcqRel);
            assert_ne!(before, counted());
        }
    }
}
