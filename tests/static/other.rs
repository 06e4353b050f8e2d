//! Another static library written in Rust, with the standard library in it.
#![crate_type = "staticlib"]

/// Counts a panic that is caught, and what std formats.
#[unsafe(no_mangle)]
pub extern "C" fn other_count() -> i32 {
    let caught = std::panic::catch_unwind(|| {
        if format!("{:?}", std::thread::current().id()).is_empty() { 0 } else { 7 }
    });
    caught.unwrap_or(0)
}
