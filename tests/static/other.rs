//! Another static library written in Rust, with the standard library in it.
#![crate_type = "staticlib"]

/// Gives what it caught of an unwinding, and uses what std formats.
#[unsafe(no_mangle)]
pub extern "C" fn other_count() -> i32 {
    let caught = std::panic::catch_unwind(|| {
        let thread = format!("{:?}", std::thread::current().id());
        std::panic::resume_unwind(Box::new(if thread.is_empty() { 0 } else { 7 }));
    });
    caught.map_or_else(|thrown| thrown.downcast().map_or(0, |count| *count), |()| 0)
}
