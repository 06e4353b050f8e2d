//! Opens the file of a journal, and refuses one that is none, without changing a byte of it.

use super::slot::SLOT;
use crate::sys::Held;
use std::fs::{self, File, OpenOptions};
use std::io;
use std::path::Path;

/// The number of the format that this version writes.
const FORMAT: &str = "1";

/// What the first line begins with; the number follows.
const MAGIC: &str = "captask journal ";

/// Why a path is no journal for this client.
pub struct Refused(pub String);

impl From<io::Error> for Refused {
    fn from(e: io::Error) -> Self {
        Refused(e.to_string())
    }
}

impl From<&str> for Refused {
    fn from(text: &str) -> Self {
        Refused(text.to_owned())
    }
}

/// A journal's file that is this client's alone, until it is dropped.
pub struct LockedFile {
    held: Held,
    /// The file has no first slot yet.
    pub blank: bool,
}

impl LockedFile {
    /// Opens or makes the file. Nothing is written to it.
    pub fn take(path: &Path) -> Result<LockedFile, Refused> {
        // Not opened at all: a look at some devices has effects.
        if let Ok(found) = fs::symlink_metadata(path) {
            if found.is_symlink() {
                return Err(
                    "is a symbolic link, which captask does not follow; give the path of the file itself".into()
                );
            }
            if !found.is_file() {
                return Err(NOT_REGULAR.into());
            }
        }
        let Some(held) = Held::take(|| open(path))? else {
            return Err("is in use by another client; give each client its own journal".into());
        };
        let mut locked_file = LockedFile { held, blank: true };
        let found = locked_file.file().metadata()?;
        if !found.is_file() {
            return Err(NOT_REGULAR.into());
        }
        if has_other_names(&found) {
            let text = "has other names (hard links), through which another program could change it; remove them";
            return Err(text.into());
        }
        if found.len() > 0 {
            let mut first = [0; SLOT];
            let length = read_at(locked_file.file(), &mut first, 0)?;
            check(first.get(..length).unwrap_or(&first))?;
            locked_file.blank = length < SLOT;
        }
        make_private(locked_file.file(), &found);
        Ok(locked_file)
    }

    /// The file.
    pub fn file(&self) -> &File {
        self.held.file()
    }
}

const NOT_REGULAR: &str = "is not a regular file; give the path of one";

/// Opens a file, or makes it. A link in the place of its name is not followed, and nothing waits.
fn open(path: &Path) -> io::Result<File> {
    const TRIES: u32 = 100;
    let mut known = options(false).open(path);
    for _ in 0..TRIES {
        known = match known {
            Err(e) if e.kind() == io::ErrorKind::NotFound => options(true).open(path),
            // Another program has made it meanwhile.
            Err(e) if e.kind() == io::ErrorKind::AlreadyExists => options(false).open(path),
            known => return known,
        }
    }
    known
}

fn options(new: bool) -> OpenOptions {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create_new(new);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600).custom_flags(libc::O_NOFOLLOW | libc::O_NONBLOCK | libc::O_NOCTTY);
    }
    #[cfg(windows)]
    {
        use std::os::windows::fs::OpenOptionsExt;
        const OPEN_REPARSE_POINT: u32 = 0x0020_0000;
        options.custom_flags(OPEN_REPARSE_POINT);
    }
    options
}

#[cfg(unix)]
fn has_other_names(found: &fs::Metadata) -> bool {
    std::os::unix::fs::MetadataExt::nlink(found) > 1
}

/// Here std does not say.
#[cfg(not(unix))]
fn has_other_names(_: &fs::Metadata) -> bool {
    false
}

/// Takes the rights of others away: what is in a journal is its owner's.
#[cfg(unix)]
fn make_private(file: &File, found: &fs::Metadata) {
    use std::os::unix::fs::PermissionsExt;
    const OTHERS: u32 = 0o077;
    if found.permissions().mode() & OTHERS != 0
        && let Err(e) = file.set_permissions(fs::Permissions::from_mode(0o600))
    {
        crate::log::warn(|| {
            format!("journal: other users can read the file, and its permissions cannot be changed: {e}")
        });
    }
}

#[cfg(not(unix))]
fn make_private(_: &File, _: &fs::Metadata) {}

/// The first slot of a journal.
pub fn first_slot() -> [u8; SLOT] {
    let line = format!("{MAGIC}{FORMAT}\n");
    let about = "Tasks that a captask client has bought and its program has not read, for the next client after a crash.\n\
                 Slots of 256 bytes; do not edit.";
    let mut slot = [b' '; SLOT];
    for (place, byte) in slot.iter_mut().zip(line.bytes().chain(about.bytes())) {
        *place = byte;
    }
    slot[SLOT - 1] = b'\n';
    slot
}

/// Whether a file that begins so is a journal of this format.
fn check(first: &[u8]) -> Result<(), Refused> {
    let end = first.iter().position(|byte| *byte == b'\n');
    let line = first.get(..end.unwrap_or(0)).and_then(|line| std::str::from_utf8(line).ok()).unwrap_or("");
    match line.strip_prefix(MAGIC) {
        Some(FORMAT) => Ok(()),
        Some(other) => Err(Refused(format!(
            "is a captask journal of format {}, and this version reads format {FORMAT}; open it with the version that \
             wrote it, or give another path",
            other.escape_debug()
        ))),
        None if is_of_development(first) => Err("is a journal in the development format of captask 0.1 (one line a \
             task), which this version does not read; open it with the version that wrote it, or give another path"
            .into()),
        None => Err(
            "is not a captask journal, because its first line differs; it is not used. Give the journal another path"
                .into(),
        ),
    }
}

/// Lines that begin with a state and the polls: `I 000 `.
fn is_of_development(first: &[u8]) -> bool {
    matches!(first, [b'I' | b'B' | b'D', b' ', a, b, c, b' ', ..] if [a, b, c].iter().all(|n| n.is_ascii_digit()))
}

/// Reads until the buffer is full or the file ends; how much that was.
pub fn read_at(file: &File, buffer: &mut [u8], at: u64) -> io::Result<usize> {
    let mut done = 0;
    while let Some(rest) = buffer.get_mut(done..).filter(|rest| !rest.is_empty()) {
        match read_some(file, rest, at + done as u64) {
            Ok(0) => break,
            Ok(n) => done += n,
            Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
            Err(e) => return Err(e),
        }
    }
    Ok(done)
}

#[cfg(unix)]
fn read_some(file: &File, buffer: &mut [u8], at: u64) -> io::Result<usize> {
    std::os::unix::fs::FileExt::read_at(file, buffer, at)
}

#[cfg(windows)]
fn read_some(file: &File, buffer: &mut [u8], at: u64) -> io::Result<usize> {
    std::os::windows::fs::FileExt::seek_read(file, buffer, at)
}

/// Writes all of it.
#[cfg(unix)]
pub fn write_at(file: &File, bytes: &[u8], at: u64) -> io::Result<()> {
    std::os::unix::fs::FileExt::write_all_at(file, bytes, at)
}

/// Writes all of it.
#[cfg(windows)]
pub fn write_at(file: &File, mut bytes: &[u8], mut at: u64) -> io::Result<()> {
    while !bytes.is_empty() {
        match std::os::windows::fs::FileExt::seek_write(file, bytes, at)? {
            0 => return Err(io::ErrorKind::WriteZero.into()),
            n => {
                bytes = bytes.get(n..).unwrap_or_default();
                at += n as u64;
            }
        }
    }
    Ok(())
}
