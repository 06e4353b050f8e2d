//! Tests that change their whole process: each runs alone, in a copy of the test program.

use super::scratch::Scratch;
use std::process::Command;
use std::time::{Duration, Instant};

/// Runs `body` in a process of its own; `name` is the path of the test that calls this.
pub fn alone(name: &str, body: impl FnOnce()) {
    const WHICH: &str = "CAPTASK_TEST_ALONE";
    if std::env::var(WHICH).is_ok_and(|which| which == name) {
        body();
        return;
    }
    let out = Scratch::file(name);
    let file = std::fs::File::create(&out).expect("a file for the output");
    let mut child = Command::new(std::env::current_exe().expect("this program"))
        .args(["--exact", name, "--nocapture", "--test-threads=1"])
        .env(WHICH, name)
        .stdout(file.try_clone().expect("a handle"))
        .stderr(file)
        .spawn()
        .expect("starts");
    let end = Instant::now() + Duration::from_secs(120);
    let status = loop {
        match child.try_wait().expect("waits") {
            Some(status) => break Some(status),
            None if Instant::now() >= end => break None,
            None => std::thread::sleep(Duration::from_millis(10)),
        }
    };
    let _ = child.kill();
    let _ = child.wait();
    let said = std::fs::read_to_string(&out).unwrap_or_default();
    assert!(status.is_some_and(|status| status.success()), "{name}: {status:?} (None: it hung)\n{said}");
}
