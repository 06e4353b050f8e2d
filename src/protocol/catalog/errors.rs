//! What is known of the service's error codes.

use super::packed::ERRORS;
use super::reader::{Fault, Reader};
use super::writer::Writer;
use crate::protocol::failure::RetryScope;
use once_cell::race::OnceBox;
use serde_json::value::RawValue;
use std::collections::HashMap;

/// What the catalogue knows of an error code of the service.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ErrorInfo {
    /// The code as the service's documentation spells it (an alias is resolved to it).
    pub code: &'static str,
    /// The class: auth, balance, ip, rate, input, task, unsolvable, not_ready, server, proxy, timeout.
    pub class: &'static str,
    /// Which repetition helps, if any.
    pub retry: Option<RetryScope>,
    /// Whether a repetition helps only after a while.
    pub after_delay: bool,
}

/// One code of `data/errors.json`.
#[derive(Debug)]
pub(super) struct Entry {
    pub(super) code: String,
    /// Other spellings of the code.
    pub(super) aliases: Vec<String>,
    pub(super) class: String,
    /// Which repetition helps.
    pub(super) retry: Option<RetryScope>,
    pub(super) after_delay: bool,
    /// Made up by official clients; the service never sends it.
    pub(super) local: bool,
    /// Keys of the sources that know it.
    pub(super) source: String,
    /// All that is told of it: `label`, the heading in the service's documentation; `meaning`; `why`; `advice`, what to
    /// do; `notes`.
    pub(super) described: Writer,
}

const SCOPES: [(&str, RetryScope); 2] = [("same_request", RetryScope::SameRequest), ("new_task", RetryScope::NewTask)];

impl Entry {
    fn read(mut reading: Reader<'_>) -> Result<Entry, Fault> {
        let retry = reading.maybe_one_of("retryScope", &SCOPES);
        let mut described = reading.whole();
        let entry = Entry {
            code: reading.text("code"),
            aliases: reading.texts("aliases"),
            class: reading.text("class"),
            retry,
            after_delay: reading.flag("afterDelay", false),
            local: reading.flag("local", false),
            source: reading.text("source"),
            described: Writer::default(),
        };
        described.put("afterDelay", entry.after_delay.to_string());
        reading.maybe_text("label");
        reading.texts("notes");
        for name in ["meaning", "why", "advice"] {
            reading.text(name);
        }
        reading.end(Entry { described, ..entry })
    }
}

/// The codes and where to find them.
#[derive(Debug, Default)]
pub(super) struct Errors {
    pub(super) all: Vec<Entry>,
    by_name: HashMap<String, usize>,
}

impl Errors {
    fn read(data: &str) -> Result<Errors, Fault> {
        let list: Vec<&RawValue> =
            serde_json::from_str(data).map_err(|fault| Fault::new(format_args!(""), format_args!("{fault}")))?;
        let mut all = Vec::new();
        for one in list {
            all.push(Entry::read(Reader::of(one.get()))?);
        }
        let mut by_name = HashMap::new();
        for (index, entry) in all.iter().enumerate() {
            for name in std::iter::once(&entry.code).chain(&entry.aliases) {
                by_name.entry(name.clone()).or_insert(index);
            }
        }
        Ok(Errors { all, by_name })
    }

    /// A code under any of its spellings.
    pub(super) fn find(&self, code: &str) -> Option<&Entry> {
        self.by_name.get(code).and_then(|index| self.all.get(*index))
    }
}

/// The codes that the library ships. Read at the first call, without blocking anybody.
pub(super) fn shipped() -> &'static Errors {
    static SHIPPED: OnceBox<Errors> = OnceBox::new();
    SHIPPED.get_or_init(|| Box::new(Errors::read(&ERRORS.text()).unwrap_or_default()))
}

/// What is known of an error code; `None` for codes this version has not heard of.
pub fn error(code: &str) -> Option<ErrorInfo> {
    let entry = shipped().find(code).filter(|entry| !entry.local)?;
    Some(ErrorInfo { code: &entry.code, class: &entry.class, retry: entry.retry, after_delay: entry.after_delay })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_codes_read_well_and_are_named_once() {
        let errors = Errors::read(&ERRORS.text()).unwrap();
        assert!(errors.all.iter().filter(|e| !e.local).count() >= 29);
        let names = errors.all.iter().map(|e| 1 + e.aliases.len()).sum::<usize>();
        assert_eq!(errors.by_name.len(), names, "a code stands twice");
        let sources = &super::super::index::shipped().sources;
        let classes = "auth balance ip rate input task unsolvable not_ready server proxy timeout";
        for entry in &errors.all {
            assert!(classes.split(' ').any(|c| c == entry.class), "{}: unknown class {}", entry.code, entry.class);
            assert_eq!(sources.unknown(&entry.source), None, "{}: unknown source", entry.code);
            assert_ne!(sources.words(&entry.source).1, "", "{}: no source", entry.code);
        }
    }
}
