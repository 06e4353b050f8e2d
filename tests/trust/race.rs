//! A data race, planted to see that ThreadSanitizer tells of it (`make sanitize-thread`).

static mut COUNT: u64 = 0;

fn main() {
    let threads: Vec<_> = (0..2)
        .map(|_| {
            std::thread::spawn(|| {
                // Long enough that both are at it at once, however late one of them begins.
                for _ in 0..5_000_000 {
                    // SAFETY: none: two threads write at once, which is the point. The value is never used.
                    unsafe { (&raw mut COUNT).write((&raw const COUNT).read().wrapping_add(1)) };
                }
            })
        })
        .collect();
    for thread in threads {
        thread.join().expect("it ends");
    }
}
