//! Locked files of this process alone. A forked child closes its copies without unlocking, so it never holds on to what
//! its parent held.

use std::fs::File;
use std::io;

/// A file with its lock, until dropped.
pub struct Held(inner::Held);

impl Held {
    /// Opens a file and takes its lock; `None` when another client has it, in this process or elsewhere. `open` may run
    /// more than once.
    pub fn take(open: impl Fn() -> io::Result<File>) -> io::Result<Option<Held>> {
        Ok(inner::Held::take(open)?.map(Held))
    }

    /// The file.
    pub fn file(&self) -> &File {
        self.0.file()
    }
}

#[cfg(unix)]
mod inner {
    use crate::sys::file::{lift, lock_alone, unlock};
    use std::fs::File;
    use std::io;
    use std::mem::ManuallyDrop;
    use std::os::fd::{AsRawFd, RawFd};
    use std::os::unix::fs::MetadataExt;
    use std::ptr;
    use std::sync::atomic::{AtomicBool, AtomicI32, AtomicPtr, AtomicU32, AtomicU64, Ordering::SeqCst};
    use std::thread;
    use std::time::Duration;

    /// In a node that has no descriptor.
    const FREE: RawFd = -1;

    /// In a node whose owner has yet to open its file.
    const CLAIMED: RawFd = -2;

    /// One of the files. Nodes are reused and never freed: a forked child reads them without a lock.
    struct Node {
        descriptor: AtomicI32,
        device: AtomicU64,
        inode: AtomicU64,
        next: Option<&'static Node>,
    }

    static NODES: AtomicPtr<Node> = AtomicPtr::new(ptr::null_mut());

    /// Forks that were begun and are not over, and how many are over.
    static FORKING: AtomicU32 = AtomicU32::new(0);
    static FORKED: AtomicU32 = AtomicU32::new(0);

    pub struct Held {
        file: ManuallyDrop<File>,
        node: &'static Node,
    }

    impl Held {
        pub fn take(open: impl Fn() -> io::Result<File>) -> io::Result<Option<Held>> {
            const TRIES: u32 = 100;
            watch_forks()?;
            for last in (0..TRIES).rev() {
                let before = forks();
                let file = lift(open()?)?;
                let node = claim();
                node.descriptor.store(file.as_raw_fd(), SeqCst);
                let locked_file = Held { file: ManuallyDrop::new(file), node };
                // A child that was made between the two has a copy it does not know of: it must not be locked.
                if before.is_some() && forks() == before || last == 0 {
                    return locked_file.lock();
                }
            }
            Ok(None)
        }

        fn lock(self) -> io::Result<Option<Held>> {
            let met = self.file.metadata()?;
            // A descriptor is in one node at most, so this finds other clients only.
            let taken = nodes().any(|node| {
                !ptr::eq(node, self.node)
                    && node.descriptor.load(SeqCst) >= 0
                    && (node.device.load(SeqCst), node.inode.load(SeqCst)) == (met.dev(), met.ino())
            });
            if taken || !lock_alone(&self.file)? {
                return Ok(None);
            }
            self.node.device.store(met.dev(), SeqCst);
            self.node.inode.store(met.ino(), SeqCst);
            Ok(Some(self))
        }

        pub fn file(&self) -> &File {
            &self.file
        }
    }

    impl Drop for Held {
        fn drop(&mut self) {
            self.node.inode.store(0, SeqCst);
            // In a forked child it is closed already, and its number may be another file's.
            if self.node.descriptor.swap(FREE, SeqCst) < 0 {
                return;
            }
            // Not by closing alone: a child made just now may still have a copy.
            unlock(&self.file);
            // SAFETY: dropped once, and used by nothing afterwards.
            #[allow(unsafe_code)]
            unsafe {
                ManuallyDrop::drop(&mut self.file);
            }
        }
    }

    #[allow(unsafe_code)]
    fn nodes() -> impl Iterator<Item = &'static Node> {
        // SAFETY: null, or a node that is never freed.
        let first: Option<&'static Node> = unsafe { NODES.load(SeqCst).as_ref() };
        std::iter::successors(first, |node| node.next)
    }

    fn claim() -> &'static Node {
        if let Some(node) = nodes().find(|n| n.descriptor.compare_exchange(FREE, CLAIMED, SeqCst, SeqCst).is_ok()) {
            return node;
        }
        loop {
            let node = Box::new(Node {
                descriptor: AtomicI32::new(CLAIMED),
                device: AtomicU64::new(0),
                inode: AtomicU64::new(0),
                next: nodes().next(),
            });
            let before = node.next.map_or(ptr::null_mut(), |next| ptr::from_ref(next).cast_mut());
            let node = Box::into_raw(node);
            #[allow(unsafe_code)]
            if NODES.compare_exchange(before, node, SeqCst, SeqCst).is_ok() {
                // SAFETY: made above, and never freed.
                return unsafe { &*node };
            }
            // SAFETY: made above, and seen by no other thread.
            #[allow(unsafe_code)]
            drop(unsafe { Box::from_raw(node) });
        }
    }

    /// How many forks there have been, when none is under way; waits a moment for that.
    fn forks() -> Option<u32> {
        const WAITS: u32 = 100;
        for _ in 0..WAITS {
            let count = FORKED.load(SeqCst);
            if FORKING.load(SeqCst) == 0 {
                return Some(count);
            }
            thread::sleep(Duration::from_millis(1));
        }
        None
    }

    /// Has forks counted, and each child close its copies. Two threads may both ask for it: then it happens twice, which
    /// does no harm. A `Once` might be found taken in a child.
    #[allow(unsafe_code)]
    fn watch_forks() -> io::Result<()> {
        static WATCHED: AtomicBool = AtomicBool::new(false);
        if WATCHED.load(SeqCst) {
            return Ok(());
        }
        // SAFETY: three functions that stay where they are: the library is never unloaded.
        match unsafe { libc::pthread_atfork(Some(before), Some(in_parent), Some(in_child)) } {
            0 => {
                WATCHED.store(true, SeqCst);
                Ok(())
            }
            error => Err(io::Error::from_raw_os_error(error)),
        }
    }

    #[allow(unsafe_code)]
    unsafe extern "C" fn before() {
        FORKING.fetch_add(1, SeqCst);
    }

    #[allow(unsafe_code)]
    unsafe extern "C" fn in_parent() {
        FORKED.fetch_add(1, SeqCst);
        FORKING.fetch_sub(1, SeqCst);
    }

    #[allow(unsafe_code)]
    unsafe extern "C" fn in_child() {
        FORKING.store(0, SeqCst);
        for node in nodes() {
            let descriptor = node.descriptor.swap(FREE, SeqCst);
            if descriptor >= 0 {
                // SAFETY: the copy of a file that only the parent uses.
                unsafe { libc::close(descriptor) };
            }
        }
    }
}

#[cfg(not(unix))]
mod inner {
    use crate::sys::file::lock_alone;
    use std::fs::File;
    use std::io;

    /// Its lock ends when it is closed.
    pub struct Held(File);

    impl Held {
        pub fn take(open: impl Fn() -> io::Result<File>) -> io::Result<Option<Held>> {
            let file = open()?;
            Ok(lock_alone(&file)?.then_some(Held(file)))
        }

        pub fn file(&self) -> &File {
            &self.0
        }
    }
}
