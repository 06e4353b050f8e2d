//! Where the facts of the catalogue are from, and when they were seen there.

use super::build::Build;
use super::check::pointer;
use super::reading::Reading;

/// One source: a client in some version, or the documentation as it was on some day.
#[derive(Debug)]
struct Source {
    /// What entries call it.
    key: String,
    name: String,
    version: String,
    /// A day or a month, as in 2026-11-29 or 2026-11.
    seen: String,
}

/// The sources that entries name by their keys, several of them separated by spaces.
#[derive(Debug, Default)]
pub(super) struct Sources(Vec<Source>);

impl Sources {
    /// Reads the member `sources` of a file.
    pub(super) fn member(reading: &mut Reading<'_>) -> Sources {
        let mut all = Vec::new();
        let mut table = Reading::of(reading.value("sources").map_or("{}", |raw| raw.get()));
        for key in table.names() {
            let mut one = table.object(&key);
            let version = one.maybe_text("version").unwrap_or_default();
            let source = Source { name: one.text("name"), version, seen: one.text("seen"), key };
            table.take(&pointer("", &source.key), one.end(()));
            all.push(source);
        }
        reading.take("/sources", table.end(()));
        Sources(all)
    }

    fn named<'s>(&'s self, keys: &'s str) -> impl Iterator<Item = &'s Source> {
        keys.split_whitespace().filter_map(|key| self.0.iter().find(|source| source.key == key))
    }

    /// The first of the keys that is none.
    #[cfg(any(test, feature = "catalogue-file"))]
    pub(super) fn unknown<'k>(&self, keys: &'k str) -> Option<&'k str> {
        keys.split_whitespace().find(|key| !self.0.iter().any(|source| source.key == *key))
    }

    /// "documentation, Python client 4.3.1".
    pub(super) fn words(&self, keys: &str) -> String {
        let one = |source: &Source| format!("{} {}", source.name, source.version).trim_end().to_owned();
        self.named(keys).map(one).collect::<Vec<_>>().join(", ")
    }

    /// When the newest of them was seen.
    pub(super) fn as_of(&self, keys: &str) -> &str {
        self.0
            .iter()
            .filter(|s| keys.split_whitespace().any(|key| key == s.key))
            .map(|s| s.seen.as_str())
            .max()
            .unwrap_or("")
    }

    /// Puts into an answer what these keys stand for.
    pub(super) fn tell(&self, keys: &str, told: &mut Build) {
        let list = told.list("sources");
        for source in self.named(keys) {
            let mut one = Build::default();
            one.text("name", &source.name);
            one.some_text("version", &source.version);
            one.text("seen", &source.seen);
            list.push(one.done());
        }
        told.some_text("asOf", self.as_of(keys));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_stand_for_names_versions_and_days() {
        let text = r#"{"sources":{"docs":{"name":"documentation","seen":"2026-08-21"},
            "python":{"name":"Python client","version":"4.3.1","seen":"2026-11-29"}}}"#;
        let mut reading = Reading::of(text);
        let sources = Sources::member(&mut reading);
        assert_eq!(reading.end(()), Ok(()));
        assert_eq!(sources.words("docs python"), "documentation, Python client 4.3.1");
        assert_eq!((sources.as_of("docs"), sources.as_of("python docs")), ("2026-08-21", "2026-11-29"));
        assert_eq!((sources.unknown("docs python"), sources.unknown("docs perl")), (None, Some("perl")));
        let mut told = Build::default();
        sources.tell("docs", &mut told);
        assert_eq!(told.done(), r#"{"asOf":"2026-08-21","sources":[{"name":"documentation","seen":"2026-08-21"}]}"#);
    }
}
