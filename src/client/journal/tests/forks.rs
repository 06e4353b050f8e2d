//! A forked child does not hold its parent's journal.

use super::*;
use std::io::{BufRead, BufReader, Read};
use std::process::{Command, Stdio};

const PATH: &str = "CAPTASK_TEST_FORKED_JOURNAL";

/// The process that dies, when it is started as such: opens a journal, and has a child that lives on.
#[test]
fn the_parent() {
    let Ok(path) = std::env::var(PATH) else { return };
    let (journal, _) = open(Path::new(&path));
    buy(&journal, "5");
    let over = std::sync::atomic::AtomicBool::new(false);
    std::thread::scope(|scope| {
        // Other journals come and go while it forks.
        for n in 0..2 {
            let (path, over) = (format!("{path}-{n}"), &over);
            scope.spawn(move || {
                while !over.load(std::sync::atomic::Ordering::Relaxed) {
                    open(Path::new(&path)).0.release();
                }
            });
        }
        assert!(fork_and_wait() > 0, "fork");
        over.store(true, std::sync::atomic::Ordering::Relaxed);
    });
    assert!(try_open(Path::new(&path)).is_err(), "the parent still has it");
    let _ = std::io::stdin().read(&mut [0]);
}

/// A child that lives until its standard input ends.
#[allow(unsafe_code)]
fn fork_and_wait() -> i32 {
    // SAFETY: the child only waits, and leaves without running what is its parent's.
    unsafe {
        let child = libc::fork();
        if child == 0 {
            let mut byte = 0u8;
            // Until here it has the copies that it was made with.
            libc::write(1, c"living\n".as_ptr().cast(), 7);
            libc::read(0, (&raw mut byte).cast(), 1);
            libc::_exit(0);
        }
        child
    }
}

#[test]
fn a_child_that_lives_on_does_not_keep_the_journals_of_its_dead_parent() {
    for _ in 0..5 {
        let path = Scratch::file("forked");
        let mut parent = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "client::journal::tests::forks::the_parent", "--nocapture", "--test-threads=1"])
            .env(PATH, &*path)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let input = parent.stdin.take();
        let mut lines = BufReader::new(parent.stdout.take().unwrap()).lines().map_while(Result::ok);
        assert!(lines.any(|line| line.contains("living")), "no child lives");
        assert!(try_open(&path).is_err(), "the parent still has it");
        parent.kill().unwrap();
        parent.wait().unwrap();
        let next = [path.to_path_buf(), path.with_file_name("forked-0"), path.with_file_name("forked-1")];
        // The child closes its copies as soon as it runs, which may be after its parent's death.
        let next = next.map(|path| {
            let end = std::time::Instant::now() + std::time::Duration::from_secs(20);
            loop {
                match try_open(&path).map(|(_, found)| found.len()) {
                    Err(_) if std::time::Instant::now() < end => {
                        std::thread::sleep(std::time::Duration::from_millis(1))
                    }
                    opened => break opened,
                }
            }
        });
        // The end of its input ends the child.
        drop(input);
        assert!(matches!(next, [Ok(1), Ok(0), Ok(0)]), "{next:?}");
    }
}
