//! Where the facts of the catalogue are from, and when they were seen there.

use super::compact::compact;
use super::writer::Writer;
use crate::protocol::json::Object;
use serde_json::value::RawValue;

/// The sources that entries name by their keys, several of them separated by spaces. Only captask_describe asks, so the
/// table stays text: an object of objects with `name`, `seen` (a day or a month, as in 2026-11-29 or 2026-11) and, for
/// clients, `version`.
#[derive(Debug)]
pub(super) struct Sources(pub(super) String);

impl Default for Sources {
    fn default() -> Self {
        Sources(String::from("{}"))
    }
}

impl Sources {
    /// Calls `each` with the text of every source that is named, in that order.
    #[inline(never)]
    fn named(&self, keys: &str, each: &mut dyn FnMut(&RawValue, Object<'_>)) {
        let Ok(table) = Object::parse(&self.0) else { return };
        for raw in keys.split_whitespace().filter_map(|key| table.get(key)) {
            if let Ok(source) = Object::parse(raw.get()) {
                each(raw, source);
            }
        }
    }

    /// The first of the keys that is none.
    #[cfg(any(test, feature = "catalogue-file"))]
    pub(super) fn unknown<'k>(&self, keys: &'k str) -> Option<&'k str> {
        let table = Object::parse(&self.0).ok();
        keys.split_whitespace().find(|key| table.as_ref().is_none_or(|table| table.get(key).is_none()))
    }

    /// "documentation, Python client 4.3.1", and when the newest of them was seen.
    pub(super) fn words(&self, keys: &str) -> (String, String) {
        let (mut words, mut seen) = (String::new(), String::new());
        self.named(keys, &mut |_, source| {
            for (before, name) in [(", ", "name"), (" ", "version")] {
                let Some(text) = source.string(name) else { continue };
                if !words.is_empty() {
                    words.push_str(before);
                }
                words.push_str(&text);
            }
            seen = seen.as_str().max(&source.string("seen").unwrap_or_default()).to_owned();
        });
        (words, seen)
    }

    /// Puts `source` and `asOf` into an answer.
    pub(super) fn write_source(&self, keys: &str, out: &mut Writer) {
        let (words, seen) = self.words(keys);
        out.some_text("source", &words);
        out.some_text("asOf", &seen);
    }

    /// Puts `sources`, each of them, and `asOf` into an answer.
    pub(super) fn list(&self, keys: &str, out: &mut Writer) {
        let list = out.list("sources");
        self.named(keys, &mut |raw, _| list.push(compact(raw.get())));
        out.some_text("asOf", &self.words(keys).1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_stand_for_names_versions_and_days() {
        let text = r#"{"docs":{"name":"documentation","seen":"2026-08-21"},
            "python":{"name":"Python client","version":"4.3.1","seen":"2026-11-29"}}"#;
        let sources = Sources(text.to_owned());
        assert_eq!(sources.words("docs python"), ("documentation, Python client 4.3.1".into(), "2026-11-29".into()));
        assert_eq!(sources.words("docs").1, "2026-08-21");
        assert_eq!(sources.words("perl"), Default::default());
        assert_eq!((sources.unknown("docs python"), sources.unknown("docs perl")), (None, Some("perl")));
        let mut out = Writer::default();
        sources.list("docs", &mut out);
        assert_eq!(out.done(), r#"{"asOf":"2026-08-21","sources":[{"name":"documentation","seen":"2026-08-21"}]}"#);
    }
}
