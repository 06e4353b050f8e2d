//! Files of one test alone, that go when the test is over.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

/// A folder in the directory for temporary files, or the place of a file in one. It is used as the path that it is; when
/// dropped, also by a panic, the folder goes with everything in it.
#[derive(Debug)]
pub struct Scratch {
    folder: PathBuf,
    path: PathBuf,
    owner: u32,
}

impl Scratch {
    /// A new empty folder whose name holds `name`.
    pub fn folder(name: &str) -> Scratch {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let (owner, count) = (std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
        let folder = std::env::temp_dir().join(format!("captask-test-{owner}-{count}-{name}"));
        // What a killed process with this number left is nobody's.
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(&folder).expect("a folder for the test");
        Scratch { path: folder.clone(), folder, owner }
    }

    /// The place of a file, which is not there yet, in a folder of its own.
    pub fn file(name: &str) -> Scratch {
        let mut scratch = Scratch::folder(name);
        scratch.path.push(name);
        scratch
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        // A forked child has a copy of this, and nothing to clear away.
        if std::process::id() == self.owner {
            let _ = std::fs::remove_dir_all(&self.folder);
        }
    }
}

impl std::ops::Deref for Scratch {
    type Target = Path;
    fn deref(&self) -> &Path {
        &self.path
    }
}

impl AsRef<Path> for Scratch {
    fn as_ref(&self) -> &Path {
        &self.path
    }
}

impl serde::Serialize for Scratch {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.path.serialize(serializer)
    }
}
