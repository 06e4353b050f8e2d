//! What process this is, and state that must not be shared with a forked child.

#[cfg(target_os = "linux")]
use std::sync::atomic::AtomicU32;
use std::sync::atomic::{AtomicPtr, Ordering};

/// The process's number; differs in a forked child. On Linux asked of the system once in each process: it is kept where
/// a child finds 0. Takes no lock, which a child might find taken.
#[cfg(target_os = "linux")]
#[allow(unsafe_code)]
fn process_id() -> u32 {
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
fn process_id() -> u32 {
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
