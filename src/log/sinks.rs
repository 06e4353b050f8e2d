//! The sinks of the process, and who is inside them.

use super::file;
use super::level::{Level, Sink};
use super::one_line::one_line;
use crate::sys;
use std::cell::{Cell, RefCell};
use std::fmt::Display;
use std::sync::atomic::{AtomicBool, AtomicI32, AtomicPtr, AtomicUsize, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

/// The most detailed level whose lines go anywhere.
static LEVEL: AtomicI32 = AtomicI32::new(UNKNOWN);
/// The environment has not been read.
const UNKNOWN: i32 = -1;
static PROCESS: AtomicPtr<SinkTable> = AtomicPtr::new(std::ptr::null_mut());

/// The sinks of one process. A forked child starts with that of the environment alone: the parent's lock may be held
/// for ever there.
struct SinkTable {
    generation: u32,
    inner: Mutex<Inner>,
    idle: Condvar,
}

/// Who takes lines.
#[derive(Clone, Copy)]
enum SinkKind {
    /// The host's function.
    Sink,
    /// A file or standard error.
    File,
}

struct Inner {
    sinks: [Option<Arc<Registered>>; 2],
}

impl Inner {
    fn level(&self) -> i32 {
        self.sinks.iter().flatten().map(|registered| registered.level).max().unwrap_or(0)
    }
}

/// A sink and how many threads are inside it; the count changes only under the lock.
struct Registered {
    sink: Sink,
    level: i32,
    running: AtomicUsize,
}

impl Registered {
    fn new(sink: Sink, level: i32) -> Arc<Self> {
        Arc::new(Registered { sink, level: level.clamp(0, Level::Trace as i32), running: AtomicUsize::new(0) })
    }
}

thread_local! {
    static HELD: RefCell<Option<Vec<(Level, String)>>> = const { RefCell::new(None) };
    static INSIDE: Cell<bool> = const { Cell::new(false) };
    static FLAG: Cell<Option<Arc<AtomicBool>>> = const { Cell::new(None) };
}

fn state() -> &'static SinkTable {
    let made = |generation| {
        let inner = Mutex::new(Inner {
            sinks: [None, file::from_environment().map(|(sink, level)| Registered::new(sink, level))],
        });
        SinkTable { generation, inner, idle: Condvar::new() }
    };
    sys::per_process(&PROCESS, |state| state.generation, made)
}

fn lock(state: &SinkTable) -> MutexGuard<'_, Inner> {
    state.inner.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Replaces the host's sink. When this returns, the old one is not running, except when called from within a sink.
pub fn set(sink: Option<Sink>, level: i32) {
    replace(SinkKind::Sink, sink, level);
}

/// Has lines written to a file, to standard error for "-", or no more. The error says why the file cannot be had; then
/// all stays as it is.
pub fn to_file(path: Option<&str>, level: i32) -> Result<(), String> {
    let sink = path.map(file::sink).transpose()?;
    file::choose();
    replace(SinkKind::File, sink, level);
    Ok(())
}

fn replace(place: SinkKind, sink: Option<Sink>, level: i32) {
    let state = state();
    let mut inner = lock(state);
    let new = sink.map(|sink| Registered::new(sink, level));
    let old = std::mem::replace(&mut inner.sinks[place as usize], new);
    LEVEL.store(inner.level(), Ordering::Relaxed);
    if let Some(old) = &old
        && !INSIDE.get()
    {
        while old.running.load(Ordering::Relaxed) > 0 {
            inner = state.idle.wait(inner).unwrap_or_else(PoisonError::into_inner);
        }
    }
}

/// Whether lines of this level go anywhere.
pub fn enabled(wanted: Level) -> bool {
    wanted as i32 <= level()
}

/// The most detailed level whose lines go anywhere.
pub fn level() -> i32 {
    let known = LEVEL.load(Ordering::Relaxed);
    if known != UNKNOWN {
        return known;
    }
    let inner = lock(state());
    let level = inner.level();
    LEVEL.store(level, Ordering::Relaxed);
    level
}

/// Runs `work` under a lock of the library: its lines are returned, to be logged when the lock is released, since a sink
/// may call the library.
pub fn deferred(work: impl FnOnce()) -> Vec<(Level, String)> {
    let before = HELD.replace(Some(Vec::new()));
    work();
    HELD.replace(before).unwrap_or_default()
}

/// Marks `flag` while this thread is inside a sink, so that whoever wants to join the thread can tell.
pub fn watch_thread(flag: Arc<AtomicBool>) {
    FLAG.set(Some(flag));
}

/// Logs a line; the text is made only when somebody listens. A sink's own calls log nothing.
pub fn line<T: Display>(level: Level, text: impl FnOnce() -> T) {
    if !enabled(level) || INSIDE.get() {
        return;
    }
    let text = one_line(text().to_string());
    let held =
        HELD.try_with(|held| held.borrow_mut().as_mut().map(|lines| lines.push((level, text.clone()))).is_some());
    if held == Ok(true) {
        return;
    }
    let state = state();
    for place in [SinkKind::File, SinkKind::Sink] {
        let visit = {
            let inner = lock(state);
            let registered = inner.sinks[place as usize].clone();
            let Some(registered) = registered.filter(|registered| level as i32 <= registered.level) else { continue };
            Visit::enter(state, registered)
        };
        (visit.registered.sink)(level, &text);
    }
}

/// The time a thread spends inside a sink; ends also when the sink unwinds.
struct Visit {
    state: &'static SinkTable,
    registered: Arc<Registered>,
    flag: Option<Arc<AtomicBool>>,
}

impl Visit {
    /// To be called under the lock.
    fn enter(state: &'static SinkTable, registered: Arc<Registered>) -> Visit {
        // A host may call from a destructor of its thread, when the flag is gone; only our own threads have one.
        let flag = FLAG.try_with(Cell::take).ok().flatten();
        registered.running.fetch_add(1, Ordering::Relaxed);
        INSIDE.set(true);
        if let Some(flag) = &flag {
            flag.store(true, Ordering::Release);
        }
        Visit { state, registered, flag }
    }
}

impl Drop for Visit {
    fn drop(&mut self) {
        if let Some(flag) = self.flag.take() {
            flag.store(false, Ordering::Release);
            let _ = FLAG.try_with(|place| place.set(Some(flag)));
        }
        INSIDE.set(false);
        let _inner = lock(self.state);
        self.registered.running.fetch_sub(1, Ordering::Relaxed);
        self.state.idle.notify_all();
    }
}

macro_rules! level {
    ($name:ident, $level:ident) => {
        #[doc = concat!("Logs a line at level ", stringify!($level), ".")]
        pub fn $name<T: Display>(text: impl FnOnce() -> T) {
            line(Level::$level, text);
        }
    };
}

level!(error, Error);
level!(warn, Warn);
level!(info, Info);
level!(debug, Debug);
level!(trace, Trace);
