//! The engine's thread: started with the first ticket, joined when the client is closed.

use crate::protocol::{Code, Failure};
use crate::{log, sys};
use std::io;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

/// An exchange with TLS through a proxy needs a fraction of it.
const STACK: usize = 512 * 1024;

/// The handle of the engine's thread.
#[derive(Default)]
pub struct Threads {
    member: Mutex<Option<Member>>,
    started: AtomicBool,
}

struct Member {
    handle: JoinHandle<()>,
    in_sink: Arc<AtomicBool>,
}

impl Threads {
    fn lock(&self) -> MutexGuard<'_, Option<Member>> {
        self.member.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Starts the thread with what `prepare` gives it to do, unless it was started before.
    pub fn start<W: FnOnce() + Send + 'static>(&self, prepare: impl FnOnce() -> io::Result<W>) -> Result<(), Failure> {
        if self.started.load(Ordering::Acquire) {
            return Ok(());
        }
        let mut member = self.lock();
        if self.started.load(Ordering::Acquire) {
            return Ok(());
        }
        let refused = |what: &'static str| {
            move |e: io::Error| {
                let text =
                    format!("the system has no {what} left for the client ({e}); nothing was sent: submit again later");
                Failure::new(Code::QueueFull, text)
            }
        };
        let work = prepare().map_err(refused("descriptor"))?;
        let in_sink = Arc::new(AtomicBool::new(false));
        let flag = in_sink.clone();
        let builder = thread::Builder::new().name("captask-reactor".into()).stack_size(STACK);
        let handle = sys::spawn(builder, move || {
            log::watch_thread(flag);
            work();
        });
        *member = Some(Member { handle: handle.map_err(refused("thread"))?, in_sink });
        self.started.store(true, Ordering::Release);
        Ok(())
    }

    /// Threads alive.
    pub fn count(&self) -> usize {
        self.lock().iter().filter(|member| !member.handle.is_finished()).count()
    }

    /// Waits for the thread to end, which it does when the client is stopped. When it is inside the host's log sink, or
    /// is the calling one, it is left to end by itself.
    pub fn join(&self) {
        const STEP: Duration = Duration::from_millis(1);
        const LONGEST: Duration = Duration::from_secs(5);
        let Some(member) = self.lock().take() else { return };
        if member.handle.thread().id() == thread::current().id() {
            return;
        }
        let end = Instant::now() + LONGEST;
        while !member.handle.is_finished() && !member.in_sink.load(Ordering::Acquire) && Instant::now() < end {
            thread::sleep(STEP);
        }
        if member.handle.is_finished() {
            // The thread catches its own panics: its result says nothing.
            let _ = member.handle.join();
        }
    }
}
