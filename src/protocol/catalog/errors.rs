//! What is known of the service's error codes.

use super::{ErrorInfo, RetryScope};
use once_cell::race::OnceBox;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

const ERRORS: &str = include_str!("data/errors.json");

/// One code of `data/errors.json`.
#[derive(Debug, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Entry {
    pub(super) code: String,
    /// Other spellings of the code.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) aliases: Vec<String>,
    /// The heading in the service's documentation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) label: Option<String>,
    pub(super) meaning: String,
    pub(super) class: String,
    #[serde(default, skip_serializing)]
    pub(super) retry_scope: Option<Scope>,
    #[serde(default)]
    pub(super) after_delay: bool,
    pub(super) why: String,
    /// What to do.
    pub(super) advice: String,
    /// Made up by official clients; the service never sends it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(super) local: bool,
    pub(super) source: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) notes: Vec<String>,
}

#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Scope {
    SameRequest,
    NewTask,
}

impl Entry {
    /// Which repetition helps.
    pub(super) fn retry(&self) -> Option<RetryScope> {
        self.retry_scope.map(|scope| match scope {
            Scope::SameRequest => RetryScope::SameRequest,
            Scope::NewTask => RetryScope::NewTask,
        })
    }
}

/// The codes and where to find them.
#[derive(Debug, Default)]
pub(super) struct Errors {
    pub(super) all: Vec<Entry>,
    by_name: HashMap<String, usize>,
}

impl Errors {
    fn read(data: &str) -> Result<Errors, serde_json::Error> {
        let all: Vec<Entry> = serde_json::from_str(data)?;
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
    SHIPPED.get_or_init(|| Box::new(Errors::read(ERRORS).unwrap_or_default()))
}

/// What is known of a code that the service sends.
pub(super) fn info(code: &str) -> Option<ErrorInfo> {
    let entry = shipped().find(code).filter(|entry| !entry.local)?;
    Some(ErrorInfo { code: &entry.code, class: &entry.class, retry: entry.retry(), after_delay: entry.after_delay })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_codes_read_well_and_are_named_once() {
        let errors = Errors::read(ERRORS).unwrap();
        assert!(errors.all.iter().filter(|e| !e.local).count() >= 29);
        let names = errors.all.iter().map(|e| 1 + e.aliases.len()).sum::<usize>();
        assert_eq!(errors.by_name.len(), names, "a code stands twice");
        let classes = "auth balance ip rate input task unsolvable not_ready server proxy timeout";
        for entry in &errors.all {
            assert!(classes.split(' ').any(|c| c == entry.class), "{}: unknown class {}", entry.code, entry.class);
        }
    }
}
