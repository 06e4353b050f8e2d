//! Which words of a service's `status` say that a task is still being solved.

use super::packed::METHODS;
use once_cell::race::OnceBox;
use serde::de::{Deserializer, IgnoredAny, MapAccess, Visitor};
use std::fmt;

/// Whether a `status` of the service says that the task is still being solved, in whatever case it is written.
pub fn says_wait(word: &str) -> bool {
    // The word that the service itself uses, without a look at the list.
    word == "processing" || words().iter().any(|known| known.eq_ignore_ascii_case(word.trim()))
}

/// The words of `data/methods.json`. Read at the first call, without blocking anybody.
fn words() -> &'static [String] {
    static WORDS: OnceBox<Vec<String>> = OnceBox::new();
    WORDS.get_or_init(|| Box::new(read(&METHODS.text())))
}

fn read(data: &str) -> Vec<String> {
    serde_json::Deserializer::from_str(data).deserialize_map(Words).unwrap_or_default()
}

struct Words;

impl<'de> Visitor<'de> for Words {
    type Value = Vec<String>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the data of the methods")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Self::Value, A::Error> {
        let mut words = Vec::new();
        while let Some(name) = members.next_key::<String>()? {
            if name == "waitWords" {
                words = members.next_value()?;
            } else {
                members.next_value::<IgnoredAny>()?;
            }
        }
        Ok(words)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_are_read_and_ready_is_none_of_them() {
        assert!(words().len() > 10);
        assert!(says_wait("processing") && says_wait("Idle") && says_wait(" QUEUED "));
        assert!(!says_wait("ready") && !says_wait("completed") && !says_wait(""));
    }
}
