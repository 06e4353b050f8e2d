//! The C functions as a host calls them, and its dice.

use captask::ffi::*;
use serde_json::Value;
use std::ffi::{CStr, CString, c_char};
use std::sync::LazyLock;

fn taken(text: *mut c_char) -> Option<Value> {
    if text.is_null() {
        return None;
    }
    // SAFETY: a text of captask that is not NULL is terminated, and ours until it is freed.
    let value = serde_json::from_slice(unsafe { CStr::from_ptr(text) }.to_bytes());
    // SAFETY: as above; freed once, here.
    unsafe { captask_free(text) };
    Some(value.expect("every answer is JSON"))
}

fn text(value: &Value) -> CString {
    CString::new(value.to_string()).expect("JSON has no NUL")
}

/// SOAK_LEAK: so many bytes does every client leave behind. Then the soak has to fail.
static LEAK: LazyLock<u64> = LazyLock::new(|| super::number("SOAK_LEAK", 0));

/// A client or a sandbox, closed when dropped.
pub struct Handle(i32);

impl Handle {
    pub fn sandbox(config: &Value) -> Handle {
        let mut error = std::ptr::null_mut();
        // SAFETY: a terminated text, and a pointer that may be written to.
        let handle = unsafe { captask_sandbox_open(text(config).as_ptr(), &mut error) };
        assert!(handle > 0, "{:?}", taken(error));
        Handle(handle)
    }

    pub fn client(config: &Value) -> Handle {
        let mut error = std::ptr::null_mut();
        // SAFETY: a terminated text, and a pointer that may be written to.
        let handle = unsafe { captask_open(text(config).as_ptr(), &mut error) };
        assert!(handle > 0, "{:?}", taken(error));
        std::mem::forget(vec![0u8; *LEAK as usize]);
        Handle(handle)
    }

    pub fn inspect(&self) -> Value {
        taken(captask_inspect(self.0)).expect("never NULL")
    }

    pub fn balance(&self) -> Value {
        taken(captask_get_balance(self.0)).expect("never NULL")
    }

    pub fn solve(&self, request: &Value) -> Value {
        // SAFETY: a terminated text.
        taken(unsafe { captask_solve(self.0, text(request).as_ptr()) }).expect("never NULL")
    }

    pub fn submit(&self, request: &Value) -> Result<i64, Value> {
        let mut error = std::ptr::null_mut();
        // SAFETY: a terminated text, and a pointer that may be written to.
        match unsafe { captask_submit(self.0, text(request).as_ptr(), &mut error) } {
            0 => Err(taken(error).expect("an error")),
            ticket => Ok(ticket),
        }
    }

    pub fn wait(&self, ticket: i64, timeout_ms: i32) -> Option<Value> {
        taken(captask_wait(self.0, ticket, timeout_ms))
    }

    pub fn receive(&self, timeout_ms: i32) -> Option<Value> {
        taken(captask_receive(self.0, timeout_ms))
    }

    pub fn cancel(&self, ticket: i64) -> bool {
        captask_cancel(self.0, ticket) == 1
    }

    pub fn stop(&self) {
        assert_eq!(captask_stop(self.0), 1);
    }
}

impl Drop for Handle {
    fn drop(&mut self) {
        assert_eq!(captask_close(self.0), 1);
    }
}

/// Numbers that a seed repeats (splitmix64).
pub struct Rng(u64);

impl Rng {
    pub fn new(seed: u64, thread: u64) -> Rng {
        Rng(seed ^ thread.wrapping_mul(0xd134_2543_de82_ef95))
    }

    pub fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % limit
    }

    pub fn chance(&mut self, percent: u64) -> bool {
        self.below(100) < percent
    }
}
