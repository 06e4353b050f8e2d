//! The numbers that stand for clients and sandboxes.
//!
//! A number is never handed out twice. In a forked child the parent's numbers answer `CAPTASK_FORKED` without any
//! lock being taken: another thread of the parent may have held it, and nobody would release it in the child.

use crate::instance::{Client, Instance};
use crate::protocol::{Code, Failure};
use crate::sys;
use std::sync::atomic::{AtomicI32, AtomicPtr, Ordering};
use std::sync::{Arc, PoisonError, RwLock};

/// The open handles of one process.
struct Table {
    generation: u32,
    first: i32,
    /// In the order of their numbers.
    open: RwLock<Vec<(i32, Instance)>>,
}

static LAST: AtomicI32 = AtomicI32::new(0);
static TABLE: AtomicPtr<Table> = AtomicPtr::new(std::ptr::null_mut());

fn table() -> &'static Table {
    sys::per_process(
        &TABLE,
        |table| table.generation,
        |generation| Table { generation, first: LAST.load(Ordering::Acquire) + 1, open: RwLock::default() },
    )
}

/// Gives an object a number.
pub fn insert(object: Instance) -> Result<i32, Failure> {
    // Before there is anything whose threads could outlive an unloading.
    sys::stay_loaded();
    let table = table();
    let next = LAST.fetch_update(Ordering::AcqRel, Ordering::Acquire, |n| n.checked_add(1));
    let Ok(last) = next else {
        return Err(Failure::new(
            Code::QueueFull,
            "2147483647 handles were opened, and there are no more numbers: restart the process",
        ));
    };
    let number = last + 1;
    let mut open = table.open.write().unwrap_or_else(PoisonError::into_inner);
    let at = open.partition_point(|(other, _)| *other < number);
    open.insert(at, (number, object));
    Ok(number)
}

fn unknown(handle: i32, what: &str) -> Failure {
    Failure::new(Code::UnknownHandle, format!("{handle}: no open {what} has this number"))
}

/// Numbers are handed out in their order and once, so one that was handed out and is not open was closed.
fn not_open(table: &Table, handle: i32) -> Failure {
    if handle >= table.first && handle <= LAST.load(Ordering::Acquire) {
        let text = format!("{handle}: this client or sandbox was closed; open another one");
        return Failure::new(Code::UnknownHandle, text);
    }
    unknown(handle, "client or sandbox")
}

/// Whether a handle was opened in the process that this one was forked from.
fn inherited(table: &Table, handle: i32) -> bool {
    handle > 0 && handle < table.first
}

fn forked(handle: i32) -> Failure {
    Failure::new(
        Code::Forked,
        format!(
            "{handle}: the handle was opened in the parent process, before a fork; open another one in this process"
        ),
    )
}

/// The object of a number.
pub fn get(handle: i32) -> Result<Instance, Failure> {
    let table = table();
    if inherited(table, handle) {
        return Err(forked(handle));
    }
    let open = table.open.read().unwrap_or_else(PoisonError::into_inner);
    match open.binary_search_by_key(&handle, |(number, _)| *number) {
        Ok(at) => Ok(open[at].1.clone()),
        Err(_) => Err(not_open(table, handle)),
    }
}

/// The client of a number.
pub fn client(handle: i32) -> Result<Arc<Client>, Failure> {
    match get(handle)? {
        Instance::Client(client) => Ok(client),
        #[cfg(feature = "sandbox")]
        Instance::Sandbox(_) => Err(unknown(handle, "client (it is a sandbox)")),
    }
}

/// Takes a number away; nobody gets its object any more. Of an inherited one nothing is left to forget.
pub fn remove(handle: i32) -> Option<Instance> {
    let table = table();
    if inherited(table, handle) {
        return None;
    }
    let mut open = table.open.write().unwrap_or_else(PoisonError::into_inner);
    let at = open.binary_search_by_key(&handle, |(number, _)| *number).ok()?;
    Some(open.remove(at).1)
}
