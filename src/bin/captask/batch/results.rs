//! The results: a file or standard output, in the order of the tasks or as they come.

use super::resume::Early;
use std::collections::{HashMap, VecDeque};
use std::fs::File;
use std::io::{self, Seek, SeekFrom, Write, stdout};

/// Bytes of results that wait for an earlier line at most, before no more tasks are read.
const WAITING: usize = 64 << 20;

/// Where the results go.
pub enum Output {
    /// A regular file: what is half written is taken back.
    File(File),
    /// A device or a pipe with a name.
    Device(File),
    /// Standard output.
    Standard,
}

impl Output {
    /// Writes a line whole, or nothing of it where that can be.
    fn write(&mut self, line: &str) -> io::Result<()> {
        let text = format!("{line}\n");
        match self {
            Output::File(file) => {
                let start = file.seek(SeekFrom::End(0))?;
                file.write_all(text.as_bytes()).inspect_err(|_| {
                    // What stays is half a line, which the next run takes away.
                    let _ = file.set_len(start);
                })
            }
            Output::Device(file) => file.write_all(text.as_bytes()),
            Output::Standard => crate::screen::aside(|| {
                let mut out = stdout().lock();
                out.write_all(text.as_bytes()).and_then(|()| out.flush())
            }),
        }
    }
}

/// Results on their way out.
pub struct Results {
    output: Output,
    /// The lines whose results are still to come, in their order; `None` where the order is as they come.
    order: Option<VecDeque<u64>>,
    /// Results that wait for an earlier line.
    waiting: HashMap<u64, String>,
    waiting_bytes: usize,
    /// Where they are kept over a crash.
    early: Option<Early>,
}

impl Results {
    /// Results in the order of the tasks, or as they come. `early` are those that wait from an earlier run.
    pub fn new(output: Output, ordered: bool, early: Option<(Early, HashMap<u64, String>)>) -> Results {
        let (early, waiting) = early.map_or((None, HashMap::new()), |(early, waiting)| (Some(early), waiting));
        let waiting_bytes = waiting.values().map(String::len).sum();
        Results { output, order: ordered.then(VecDeque::new), waiting, waiting_bytes, early }
    }

    /// Whether a line has a result that waits for an earlier one.
    pub fn waits(&self, line: u64) -> bool {
        self.waiting.contains_key(&line)
    }

    /// Whether so much waits for an earlier line that no more is to be read.
    pub fn is_full(&self, lines: usize) -> bool {
        self.waiting.len() > lines.saturating_mul(10) || self.waiting_bytes > WAITING
    }

    /// A line was read: its result comes after those of the lines before.
    pub fn expect(&mut self, line: u64) -> io::Result<()> {
        match &mut self.order {
            Some(order) => order.push_back(line),
            None => {
                if let Some(text) = self.take(line) {
                    self.output.write(&text)?;
                }
            }
        }
        self.release()
    }

    /// The result of a line. When this returns, it is in a file or a pipe, not only in memory; without a journal, one that
    /// comes early waits in memory.
    pub fn put(&mut self, line: u64, text: String) -> io::Result<()> {
        let first = self.order.as_ref().is_none_or(|order| order.front() == Some(&line));
        if !first {
            if let Some(early) = &mut self.early {
                early.add(&text)?;
            }
            self.waiting_bytes += text.len();
            self.waiting.insert(line, text);
            return Ok(());
        }
        self.output.write(&text)?;
        if let Some(order) = &mut self.order {
            order.pop_front();
        }
        self.release()
    }

    fn take(&mut self, line: u64) -> Option<String> {
        let text = self.waiting.remove(&line)?;
        self.waiting_bytes = self.waiting_bytes.saturating_sub(text.len());
        Some(text)
    }

    /// Writes what waits no longer.
    fn release(&mut self) -> io::Result<()> {
        let had = !self.waiting.is_empty();
        while let Some(line) = self.order.as_ref().and_then(|order| order.front().copied())
            && let Some(text) = self.take(line)
        {
            if let Err(e) = self.output.write(&text) {
                self.waiting_bytes += text.len();
                self.waiting.insert(line, text);
                return Err(e);
            }
            if let Some(order) = &mut self.order {
                order.pop_front();
            }
        }
        match &mut self.early {
            Some(early) if had && self.waiting.is_empty() => early.clear(),
            _ => Ok(()),
        }
    }

    /// Writes what still waits, out of order: the lines before have no result. With a journal it stays there, so that the
    /// next run goes on in order.
    pub fn finish(&mut self) -> io::Result<()> {
        if self.early.is_some() {
            return Ok(());
        }
        let mut lines: Vec<u64> = self.waiting.keys().copied().collect();
        lines.sort_unstable();
        for line in lines {
            if let Some(text) = self.waiting.get(&line) {
                self.output.write(text)?;
                self.take(line);
            }
        }
        Ok(())
    }

    /// The results that could not be written.
    pub fn unwritten(self) -> impl Iterator<Item = String> {
        self.waiting.into_values()
    }
}
