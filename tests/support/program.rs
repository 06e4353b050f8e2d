//! C programs of tests/trust, and the library that they load.

use super::scratch::Scratch;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// The library: the one that is shipped, where CAPTASK_SHIPPED says where it is, or the one that `cargo build` made.
pub struct Library {
    pub path: PathBuf,
    /// Built as it is shipped, with optimisations.
    pub shipped: bool,
}

impl Library {
    pub fn find() -> Library {
        match std::env::var_os("CAPTASK_SHIPPED") {
            Some(path) => Library { path: path.into(), shipped: true },
            None => {
                let program = std::env::current_exe().expect("this program");
                // One folder up, whatever the profile and the target.
                let path = program.parent().and_then(Path::parent).unwrap_or(Path::new(".")).join("libcaptask.so");
                Library { path, shipped: false }
            }
        }
    }
}

/// Compiles and runs a program of tests/trust with the library and these arguments; `None`, told, without a compiler or library.
pub fn run(name: &str, library: &Library, arguments: &[&str]) -> Option<Output> {
    let program = Scratch::file(name);
    let compiler = std::env::var("CC").unwrap_or_else(|_| "cc".into());
    let built = Command::new(&compiler)
        .args(["-std=c99", "-Wall", "-Wextra", "-Werror", "-pedantic", "-g", "-Iinclude"])
        .arg(format!("tests/trust/{name}.c"))
        .args(["-ldl", "-lpthread", "-o"])
        .arg(&*program)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .status();
    let (Ok(status), true) = (built, library.path.exists()) else {
        let missing = format!("no C compiler ({compiler}) or no {} (cargo build)", library.path.display());
        assert!(std::env::var_os("CI").is_none(), "{missing}");
        eprintln!("skipped: {missing}");
        return None;
    };
    assert!(status.success(), "{name}.c does not compile");
    Some(Command::new(&*program).arg(&library.path).args(arguments).output().expect("runs"))
}

/// What a program said; panics unless it ended well.
pub fn said(out: &Output) -> String {
    let said = String::from_utf8_lossy(&out.stdout).into_owned() + &String::from_utf8_lossy(&out.stderr);
    assert!(out.status.success(), "{}: {said}", out.status);
    said
}
