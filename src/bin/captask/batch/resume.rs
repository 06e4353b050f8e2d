//! What makes a batch go on after an interruption: FILE.batch beside the journal, and the lines of the results file.
//!
//! FILE.batch begins with a line that says which batch it is; results that came before those of earlier lines follow,
//! until those lines have theirs. The results file itself says which lines are done: a line is written there before its
//! answer counts as read in the journal.

use captask::protocol::envelope::Envelope;
use captask::protocol::json::{Object, quote};
use captask::protocol::{Code, Failure};
use std::collections::HashMap;
use std::fs::{File, OpenOptions};
use std::io::{self, BufRead, BufReader, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

/// The form of FILE.batch that this version writes.
const FORMAT: &str = "captask batch 1";

/// Which batch it is.
#[derive(Debug, PartialEq, Eq)]
pub struct Identity {
    /// SHA-256 of the input.
    pub fingerprint: String,
    /// Lines of the input.
    pub lines: u64,
    /// The results file, as an absolute path.
    pub results: String,
    /// Whose tasks they are.
    pub account: String,
}

impl Identity {
    fn to_json(&self) -> String {
        format!(
            "{{\"format\":{},\"fingerprint\":{},\"lines\":{},\"results\":{},\"account\":{}}}\n",
            quote(FORMAT),
            quote(&self.fingerprint),
            self.lines,
            quote(&self.results),
            quote(&self.account)
        )
    }

    fn read(text: &str) -> Option<Identity> {
        let object = Object::parse(text).ok()?;
        (object.string("format")? == FORMAT).then_some(())?;
        Some(Identity {
            fingerprint: object.string("fingerprint")?,
            lines: object.get("lines")?.get().parse().ok()?,
            results: object.string("results")?,
            account: object.string("account")?,
        })
    }

    /// Why this is not the batch of `known`, if it is not.
    fn differs_from(&self, known: &Identity) -> Option<String> {
        if self.fingerprint != known.fingerprint {
            return Some("the file of tasks changed after this batch began; restore it".to_owned());
        }
        if self.results != known.results {
            return Some(format!("this batch writes its results to {}; give that file with -o", known.results));
        }
        if self.account != known.account {
            return Some("this batch began with another key or other endpoints; use those".to_owned());
        }
        None
    }
}

/// Results that wait for those of earlier lines, in FILE.batch.
pub struct Early {
    file: File,
    /// Where they begin.
    start: u64,
}

impl Early {
    /// Adds one.
    pub fn add(&mut self, line: &str) -> io::Result<()> {
        let end = self.file.seek(SeekFrom::End(0))?;
        let written = self.file.write_all(format!("{line}\n").as_bytes());
        written.inspect_err(|_| _ = self.file.set_len(end))
    }

    /// None waits any more.
    pub fn clear(&mut self) -> io::Result<()> {
        self.file.set_len(self.start)
    }
}

/// The place of FILE.batch.
pub fn state_path(journal: &Path) -> PathBuf {
    let mut name = journal.as_os_str().to_owned();
    name.push(".batch");
    PathBuf::from(name)
}

fn failure(path: &Path, why: impl std::fmt::Display) -> Failure {
    Failure::new(Code::InvalidArgument, format!("{}: {why}", path.display()))
}

/// Whether FILE.batch says that a batch was begun; it has to be this one.
pub fn begun(path: &Path, identity: &Identity) -> Result<bool, Failure> {
    let file = match File::open(path) {
        Ok(file) => file,
        Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(false),
        Err(e) => return Err(failure(path, e)),
    };
    let mut first = String::new();
    let mut reader = BufReader::new(file);
    io::Read::take(&mut reader, 1 << 16).read_line(&mut first).map_err(|e| failure(path, e))?;
    // Cut off before anything was bought.
    if !first.ends_with('\n')
        && (identity.to_json().starts_with(&first) || first.starts_with("{\"format\":\"captask batch"))
    {
        return Ok(false);
    }
    let Some(known) = Identity::read(&first) else {
        return Err(failure(path, "it is not a file of captask batch; give another --journal"));
    };
    match identity.differs_from(&known) {
        None => Ok(true),
        Some(why) => {
            let other = "For a new batch, give another --journal and another -o";
            Err(failure(path, format!("{why}. {other}")))
        }
    }
}

/// Opens FILE.batch, or begins it, and reads the results that wait there.
pub fn open_early(path: &Path, begun: bool, identity: &Identity) -> Result<(Early, HashMap<u64, String>), Failure> {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true).truncate(!begun);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let wrong = |e: io::Error| failure(path, e);
    let mut file = options.open(path).map_err(wrong)?;
    if !begun {
        let header = identity.to_json();
        file.write_all(header.as_bytes()).map_err(wrong)?;
        return Ok((Early { file, start: header.len() as u64 }, HashMap::new()));
    }
    let mut reader = BufReader::new(&mut file);
    let mut header = Vec::new();
    let start = reader.read_until(b'\n', &mut header).map_err(wrong)? as u64;
    let mut waiting = HashMap::new();
    let whole = each_result(&mut reader, |number, text, _| _ = waiting.insert(number, text.to_owned()))
        .map_err(|why| failure(path, why))?;
    file.set_len(start + whole).map_err(wrong)?;
    Ok((Early { file, start }, waiting))
}

/// Which lines are done.
#[derive(Default)]
pub struct Done {
    bits: Vec<u64>,
    /// How many.
    pub lines: u64,
    /// Those of them without a solution.
    pub failed: u64,
}

impl Done {
    /// Whether this line is.
    pub fn has(&self, line: u64) -> bool {
        let word = usize::try_from(line / 64).ok().and_then(|at| self.bits.get(at));
        word.is_some_and(|word| word >> (line % 64) & 1 == 1)
    }

    fn add(&mut self, line: u64, failed: bool) {
        let at = usize::try_from(line / 64).unwrap_or(usize::MAX);
        if self.has(line) {
            return;
        }
        if self.bits.len() <= at {
            self.bits.resize(at + 1, 0);
        }
        if let Some(word) = self.bits.get_mut(at) {
            *word |= 1 << (line % 64);
        }
        self.lines += 1;
        self.failed += u64::from(failed);
    }
}

/// Reads which lines have their results, and takes away half a line at the end, whose answer is still in the journal.
pub fn read_results(path: &Path, file: &mut File, lines: u64) -> Result<Done, Failure> {
    let mut done = Done::default();
    let mut strange = None;
    let whole = each_result(&mut BufReader::new(&mut *file), |number, _, failed| {
        if number == 0 || number > lines {
            strange.get_or_insert(number);
        } else {
            done.add(number, failed);
        }
    });
    let whole = whole.map_err(|why| failure(path, format!("{why}; restore the file that the batch wrote")))?;
    if let Some(number) = strange {
        let text =
            format!("it has a result of line {number}, but the file of tasks has no such line; restore the file");
        return Err(failure(path, text));
    }
    file.set_len(whole).map_err(|e| failure(path, e))?;
    Ok(done)
}

/// Reads results line by line: number, text, whether it is an error. How many bytes of whole lines there are.
fn each_result(reader: &mut impl BufRead, mut take: impl FnMut(u64, &str, bool)) -> Result<u64, String> {
    let (mut whole, mut bytes, mut count) = (0, Vec::new(), 0_u64);
    loop {
        bytes.clear();
        let length = reader.read_until(b'\n', &mut bytes).map_err(|e| e.to_string())?;
        if bytes.pop() != Some(b'\n') {
            return Ok(whole);
        }
        count += 1;
        let parsed = std::str::from_utf8(&bytes).ok().and_then(|text| Some((text, result(text)?)));
        let Some((text, (number, failed))) = parsed else {
            return Err(format!("line {count} is not a result of captask batch"));
        };
        take(number, text, failed);
        whole += length as u64;
    }
}

/// The number of a result's line, and whether it is an error.
pub fn result(text: &str) -> Option<(u64, bool)> {
    let object = Object::parse(text).ok()?;
    let first = object.members().first().filter(|member| member.name == "line")?;
    let number = first.value.get().parse().ok()?;
    Some((number, !Envelope::parse(text).is_some_and(|envelope| envelope.ok())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_a_line_at_the_end_does_not_count() {
        let text = "{\"line\":2,\"errorId\":0}\n{\"line\":1,\"errorId\":1}\n{\"line\":3,\"err";
        let mut seen = Vec::new();
        let whole = each_result(&mut text.as_bytes(), |number, _, failed| seen.push((number, failed)));
        assert_eq!((whole, seen), (Ok(46), vec![(2, false), (1, true)]));
        assert!(each_result(&mut "{\"a\":1}\n".as_bytes(), |_, _, _| ()).is_err());
    }

    #[test]
    fn lines_are_counted_once() {
        let mut done = Done::default();
        for line in [1, 64, 1, 1000] {
            done.add(line, line == 64);
        }
        assert_eq!((done.lines, done.failed), (3, 1));
        assert!(done.has(64) && done.has(1000) && !done.has(2) && !done.has(5000));
    }
}
