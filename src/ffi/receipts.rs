//! Answers that the host holds and has not released: their receipts are confirmed when it does.

use crate::client::Receipt;
use crate::sys;
use std::collections::HashMap;
use std::ffi::c_char;
use std::sync::atomic::{AtomicPtr, AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

/// The receipts of one process, by the address of the text: a child that releases a text of its parent's confirms
/// nothing.
struct Table {
    generation: u32,
    open: Mutex<HashMap<usize, Receipt>>,
}

static TABLE: AtomicPtr<Table> = AtomicPtr::new(std::ptr::null_mut());

/// How many there may be: without a journal there are none, and releasing a text takes no lock.
static COUNT: AtomicUsize = AtomicUsize::new(0);

fn table() -> &'static Table {
    sys::per_process(&TABLE, |table| table.generation, |generation| Table { generation, open: Mutex::default() })
}

/// Keeps a receipt until its text is released.
pub fn keep(text: *const c_char, receipt: Receipt) {
    COUNT.fetch_add(1, Ordering::AcqRel);
    table().open.lock().unwrap_or_else(PoisonError::into_inner).insert(text.addr(), receipt);
}

/// The text is about to be released: the host has what it says.
pub fn confirm(text: *const c_char) {
    if COUNT.load(Ordering::Acquire) == 0 {
        return;
    }
    let kept = {
        let mut open = table().open.lock().unwrap_or_else(PoisonError::into_inner);
        open.remove(&text.addr())
    };
    if let Some(receipt) = kept {
        COUNT.fetch_sub(1, Ordering::AcqRel);
        receipt.confirm();
    }
}
