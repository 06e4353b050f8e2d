//! The engine's threads: one scheduler, and workers that are started when work waits and leave when it does not.

use super::shared::Shared;
use crate::protocol::{Code, Failure};
use crate::{log, sys};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

/// Stack of a thread that only keeps time and locks.
const SCHEDULER_STACK: usize = 256 * 1024;

/// Stack of a worker: an exchange with TLS and a proxy needs a fraction of it.
const WORKER_STACK: usize = 512 * 1024;

/// The handles of the engine's threads.
#[derive(Default)]
pub struct Threads {
    list: Mutex<List>,
}

#[derive(Default)]
struct List {
    scheduler: bool,
    /// The last worker could not be started.
    starved: bool,
    members: Vec<Member>,
}

struct Member {
    handle: JoinHandle<()>,
    in_sink: Arc<AtomicBool>,
}

impl Threads {
    fn list(&self) -> MutexGuard<'_, List> {
        self.list.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn spawn(
        &self,
        list: &mut List,
        name: &str,
        stack: usize,
        body: impl FnOnce() + Send + 'static,
    ) -> std::io::Result<()> {
        let in_sink = Arc::new(AtomicBool::new(false));
        let flag = in_sink.clone();
        let handle = sys::spawn(thread::Builder::new().name(name.into()).stack_size(stack), move || {
            log::watch_thread(flag);
            body();
        })?;
        list.members.retain(|member| !member.handle.is_finished());
        list.members.push(Member { handle, in_sink });
        Ok(())
    }

    /// Starts the scheduler, unless it runs.
    pub fn start_scheduler(&self, shared: &Arc<Shared>) -> Result<(), Failure> {
        let mut list = self.list();
        if list.scheduler {
            return Ok(());
        }
        let theirs = shared.clone();
        self.spawn(&mut list, "captask-clock", SCHEDULER_STACK, move || keep_time(&theirs)).map_err(|e| {
            Failure::new(Code::QueueFull, format!("the system gives no thread for the engine ({e}); nothing was sent"))
        })?;
        list.scheduler = true;
        Ok(())
    }

    /// Starts a worker; `false` when the system gives no thread.
    pub fn start_worker(&self, shared: &Arc<Shared>) -> bool {
        let theirs = shared.clone();
        let mut list = self.list();
        let started = self.spawn(&mut list, "captask-worker", WORKER_STACK, move || super::worker::work(&theirs));
        let told = std::mem::replace(&mut list.starved, started.is_err());
        drop(list);
        // It is tried again every few milliseconds: one line is enough.
        if let (Err(e), false) = (&started, told) {
            log::error(|| format!("the system gives no thread for a worker: {e}; tasks wait until it does"));
        }
        started.is_ok()
    }

    /// Threads alive.
    pub fn count(&self) -> usize {
        self.list().members.iter().filter(|member| !member.handle.is_finished()).count()
    }

    /// Waits for the threads to end, which have been told to. One that is inside the host's log sink, and the calling
    /// one, are left to end by themselves.
    pub fn join(&self) {
        const STEP: Duration = Duration::from_millis(1);
        const PATIENCE: Duration = Duration::from_secs(5);
        let end = Instant::now() + PATIENCE;
        // One at a time: until the scheduler has ended it may start another worker.
        loop {
            let Some(member) = self.list().members.pop() else { return };
            if member.handle.thread().id() == thread::current().id() {
                continue;
            }
            while !member.handle.is_finished() {
                if member.in_sink.load(Ordering::Acquire) || Instant::now() >= end {
                    break;
                }
                thread::sleep(STEP);
            }
            if member.handle.is_finished() {
                // A worker catches its own panics; there is nothing to learn from the result.
                let _ = member.handle.join();
            }
        }
    }
}

/// The scheduler, for as long as there is work: a fault of ours in it must not leave every ticket without an answer.
fn keep_time(shared: &Arc<Shared>) {
    const PAUSE: Duration = Duration::from_millis(50);
    while catch_unwind(AssertUnwindSafe(|| super::scheduler::run(shared))).is_err() {
        log::error(|| "a fault of this library was caught in the scheduler; please report it");
        thread::sleep(PAUSE);
    }
}
