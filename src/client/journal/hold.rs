//! Who may use a journal: one client, whatever name it calls the file by.

use crate::sys;
use std::ffi::OsString;
use std::fs::{self, File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};
use std::ptr;
use std::sync::atomic::AtomicPtr;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Links followed before a path counts as a circle.
const LINKS: usize = 40;

/// The journals open in this process: its record locks do not keep it out itself.
struct Open {
    pid: u32,
    paths: Mutex<Vec<PathBuf>>,
}

static OPEN: AtomicPtr<Open> = AtomicPtr::new(ptr::null_mut());

fn open() -> MutexGuard<'static, Vec<PathBuf>> {
    let open = sys::per_process(&OPEN, |open| open.pid, |pid| Open { pid, paths: Mutex::default() });
    open.paths.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The right to use a journal, until dropped.
pub struct Hold {
    path: PathBuf,
    file: Option<File>,
}

impl Hold {
    /// Takes the journal at `path`, which is a `true_path`; `None` when another client has it.
    pub fn take(path: &Path) -> io::Result<Option<Hold>> {
        // Before the file is opened: closing it would let go of the lock that this process has already.
        let mut paths = open();
        if paths.iter().any(|known| known == path) {
            return Ok(None);
        }
        paths.push(path.to_owned());
        drop(paths);
        let mut hold = Hold { path: path.to_owned(), file: None };
        let mut options = OpenOptions::new();
        let file = sys::lift(options.create(true).truncate(false).write(true).open(beside(path, ".lock"))?)?;
        let taken = sys::lock_alone(hold.file.insert(file))?;
        Ok(taken.then_some(hold))
    }
}

impl Drop for Hold {
    fn drop(&mut self) {
        // Closed first: afterwards another client of this process may have the lock, and closing would end it.
        drop(self.file.take());
        open().retain(|known| *known != self.path);
    }
}

/// The path of the file itself, without links, whether or not it is there yet.
pub fn true_path(path: &Path) -> io::Result<PathBuf> {
    let mut path = path.to_owned();
    for _ in 0..LINKS {
        match fs::canonicalize(&path) {
            Err(e) if e.kind() == io::ErrorKind::NotFound => {}
            known => return known,
        }
        let folder = match path.parent() {
            Some(folder) if !folder.as_os_str().is_empty() => folder,
            _ => Path::new("."),
        };
        match fs::read_link(&path) {
            // A link to a file that is not there yet.
            Ok(target) => path = folder.join(target),
            Err(_) => {
                let name = path.file_name().ok_or(io::ErrorKind::InvalidInput)?;
                return Ok(fs::canonicalize(folder)?.join(name));
            }
        }
    }
    Err(io::Error::new(io::ErrorKind::InvalidInput, "too many links"))
}

/// Whether the file goes by another name too, under which another client could open it.
#[cfg(unix)]
pub fn has_other_names(path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    fs::metadata(path).is_ok_and(|file| file.is_file() && file.nlink() > 1)
}

/// Whether the file goes by another name too: here std does not tell.
#[cfg(not(unix))]
pub fn has_other_names(_: &Path) -> bool {
    false
}

/// The name of a file beside the journal.
pub fn beside(path: &Path, suffix: &str) -> OsString {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    name
}
