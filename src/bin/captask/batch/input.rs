//! The tasks: lines of a file or of standard input, read by a thread of their own, since a pipe may be silent for long.

use captask::protocol::{Code, Failure};
use ring::digest::{Context, SHA256};
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Seek};
use std::path::Path;
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, TryRecvError, sync_channel};
use std::time::Duration;

/// Bytes of one line at most. No request that the service takes comes near this.
const LONGEST: usize = 16 << 20;

/// Lines that are read ahead.
const AHEAD: usize = 4;

/// A line that is not blank.
pub struct Line {
    /// Its number in the input, from 1; blank lines count.
    pub number: u64,
    /// Its text, or why it has none.
    pub text: Result<String, Failure>,
}

/// What the input is, found by reading all of it once.
pub struct Survey {
    /// SHA-256 of its bytes, in hexadecimal.
    pub fingerprint: String,
    /// Lines, blank ones included.
    pub lines: u64,
    /// Lines that are not blank.
    pub tasks: u64,
}

/// The next line, or why there is none.
pub enum Next {
    /// A line.
    Line(Line),
    /// None has come yet.
    NotYet,
    /// There are no more.
    End,
    /// The input cannot be read any further.
    Broken(Failure),
}

/// The input, open.
pub struct Input {
    lines: Receiver<Result<Line, Failure>>,
    ended: bool,
}

fn failure(path: &Path, why: impl std::fmt::Display) -> Failure {
    Failure::new(Code::InvalidArgument, format!("{}: {why}", path.display()))
}

/// Opens a file of tasks; `None` for standard input.
pub fn open(path: &Path) -> Result<Option<File>, Failure> {
    if path.as_os_str() == "-" {
        return Ok(None);
    }
    let file = File::open(path).map_err(|e| failure(path, e))?;
    if file.metadata().is_ok_and(|found| found.is_dir()) {
        return Err(failure(path, "it is a folder; give a file with one task on each line"));
    }
    Ok(Some(file))
}

/// Reads all of a regular file once, and goes back to its beginning.
pub fn survey(path: &Path, file: &mut File) -> Result<Survey, Failure> {
    let mut reader = BufReader::with_capacity(1 << 16, &*file);
    let (mut digest, mut lines, mut tasks, mut blank, mut open) = (Context::new(&SHA256), 0, 0, true, false);
    loop {
        let bytes = reader.fill_buf().map_err(|e| failure(path, e))?;
        if bytes.is_empty() {
            break;
        }
        digest.update(bytes);
        for byte in bytes {
            if *byte == b'\n' {
                lines += 1;
                tasks += u64::from(!blank);
                (blank, open) = (true, false);
            } else {
                open = true;
                blank &= byte.is_ascii_whitespace();
            }
        }
        let length = bytes.len();
        reader.consume(length);
    }
    drop(reader);
    file.rewind().map_err(|e| failure(path, e))?;
    let fingerprint = digest.finish().as_ref().iter().map(|byte| format!("{byte:02x}")).collect();
    Ok(Survey { fingerprint, lines: lines + u64::from(open), tasks: tasks + u64::from(!blank) })
}

impl Input {
    /// Begins to read.
    pub fn start(path: &Path, file: Option<File>) -> Result<Input, Failure> {
        let (sender, lines) = sync_channel(AHEAD);
        let (path, named) = (path.to_owned(), path.to_owned());
        let work = move || match file {
            Some(file) => read(&path, BufReader::new(file), &sender),
            None => read(&path, BufReader::new(io::stdin()), &sender),
        };
        // It may sit in a read that never ends, and is left there when the batch is over.
        std::thread::Builder::new().name("captask-input".to_owned()).spawn(work).map_err(|e| failure(&named, e))?;
        Ok(Input { lines, ended: false })
    }

    /// The next line, waited for so long.
    pub fn next(&mut self, wait: Duration) -> Next {
        if self.ended {
            return Next::End;
        }
        let received = if wait.is_zero() {
            self.lines.try_recv().map_err(|e| e == TryRecvError::Empty)
        } else {
            self.lines.recv_timeout(wait).map_err(|e| e == RecvTimeoutError::Timeout)
        };
        match received {
            Ok(Ok(line)) => Next::Line(line),
            Ok(Err(failure)) => {
                self.ended = true;
                Next::Broken(failure)
            }
            Err(true) => Next::NotYet,
            Err(false) => {
                self.ended = true;
                Next::End
            }
        }
    }
}

fn read(path: &Path, mut reader: impl BufRead, sender: &SyncSender<Result<Line, Failure>>) {
    let (mut number, mut bytes) = (0, Vec::new());
    loop {
        bytes.clear();
        let whole = match read_line(&mut reader, &mut bytes) {
            Ok(Some(whole)) => whole,
            Ok(None) => return,
            Err(e) => {
                let _ = sender.send(Err(failure(path, format!("the file cannot be read after line {number}: {e}"))));
                return;
            }
        };
        number += 1;
        if number == 1 && (bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff])) {
            let _ = sender.send(Err(failure(path, "the file is UTF-16; save it as UTF-8")));
            return;
        }
        // Some editors begin a file so.
        let line = if number == 1 { bytes.strip_prefix(&[0xef, 0xbb, 0xbf]).unwrap_or(&bytes) } else { &bytes };
        if line.trim_ascii().is_empty() {
            continue;
        }
        let text = if whole {
            let text = std::str::from_utf8(line.trim_ascii()).map(str::to_owned);
            text.map_err(|_| Failure::new(Code::InvalidArgument, "the line is not UTF-8"))
        } else {
            Err(Failure::new(Code::InvalidArgument, "the line is longer than 16 MB"))
        };
        if sender.send(Ok(Line { number, text })).is_err() {
            return;
        }
    }
}

/// Reads a line without its end; `false` when it was too long and only its beginning is there, `None` at the end.
fn read_line(reader: &mut impl BufRead, into: &mut Vec<u8>) -> io::Result<Option<bool>> {
    let most = LONGEST as u64 + 1;
    if reader.by_ref().take(most).read_until(b'\n', into)? == 0 {
        return Ok(None);
    }
    if into.last() == Some(&b'\n') {
        into.pop();
        return Ok(Some(true));
    }
    if into.len() <= LONGEST {
        return Ok(Some(true));
    }
    loop {
        let bytes = reader.fill_buf()?;
        let end = bytes.iter().position(|byte| *byte == b'\n');
        let (length, over) = (end.map_or(bytes.len(), |at| at + 1), end.is_some() || bytes.is_empty());
        reader.consume(length);
        if over {
            return Ok(Some(false));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_that_is_too_long_is_skipped_whole() {
        let mut text = vec![b'x'; LONGEST + 3];
        text.extend(b"\nshort\nlast");
        let (mut reader, mut bytes) = (&text[..], Vec::new());
        let mut seen = Vec::new();
        while let Ok(Some(whole)) = read_line(&mut reader, &mut bytes) {
            seen.push((whole, bytes.len()));
            bytes.clear();
        }
        assert_eq!(seen, [(false, LONGEST + 1), (true, 5), (true, 4)]);
    }
}
