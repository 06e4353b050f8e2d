//! Every file that a program writes is fresh. `make generate` writes them anew: it runs these tests with
//! CAPTASK_GENERATE in the environment, and they write what they would compare otherwise.

mod bindings;
mod header;
mod interface;
mod pages;

use std::path::{Path, PathBuf};

/// A file of the repository.
fn place(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

fn read(name: &str) -> String {
    let text = std::fs::read_to_string(place(name)).unwrap_or_else(|e| panic!("{name}: {e}"));
    text.replace("\r\n", "\n")
}

/// Holds a file against what it has to be, or writes it.
fn fresh(name: &str, wanted: &str) {
    let found = std::fs::read_to_string(place(name)).unwrap_or_default().replace("\r\n", "\n");
    if found == wanted {
        return;
    }
    if std::env::var_os("CAPTASK_GENERATE").is_some() {
        std::fs::write(place(name), wanted).unwrap_or_else(|e| panic!("{name}: {e}"));
        return;
    }
    let same = found.lines().zip(wanted.lines()).take_while(|(found, wanted)| found == wanted).count();
    panic!("{name} is stale from line {} on: run make generate and commit it", same + 1);
}
