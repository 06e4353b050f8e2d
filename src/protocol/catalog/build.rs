//! Builds JSON objects member by member. Its functions are not inlined: where `json!` would lay out each member anew,
//! describing took a twentieth of the library.

use serde_json::{Map, Value};

/// An object in the making.
#[derive(Default)]
pub(super) struct Build(Map<String, Value>);

impl Build {
    /// One member more, or another value for it.
    #[inline(never)]
    pub(super) fn put(&mut self, name: &str, value: Value) {
        self.0.insert(name.to_owned(), value);
    }

    /// A text.
    #[inline(never)]
    pub(super) fn text(&mut self, name: &str, text: &str) {
        self.put(name, Value::String(text.to_owned()));
    }

    /// A text, unless it is empty.
    #[inline(never)]
    pub(super) fn some_text(&mut self, name: &str, text: &str) {
        if !text.is_empty() {
            self.text(name, text);
        }
    }

    /// A list of texts.
    #[inline(never)]
    pub(super) fn texts(&mut self, name: &str, texts: &[String]) {
        self.put(name, texts.iter().map(|text| Value::String(text.clone())).collect());
    }

    /// A list, unless it is empty.
    #[inline(never)]
    pub(super) fn some_texts(&mut self, name: &str, texts: &[String]) {
        if !texts.is_empty() {
            self.texts(name, texts);
        }
    }

    /// The members of an object, in place of those of the same names.
    #[inline(never)]
    pub(super) fn extend(&mut self, members: Value) {
        if let Value::Object(members) = members {
            self.0.extend(members);
        }
    }

    /// Whether there is such a member.
    pub(super) fn has(&self, name: &str) -> bool {
        self.0.contains_key(name)
    }

    /// The object.
    #[inline(never)]
    pub(super) fn done(self) -> Value {
        Value::Object(self.0)
    }
}

/// An object of one member.
#[inline(never)]
pub(super) fn single(name: &str, value: Value) -> Value {
    let mut build = Build::default();
    build.put(name, value);
    build.done()
}

/// An object of one member, a text.
#[inline(never)]
pub(super) fn single_text(name: &str, text: &str) -> Value {
    single(name, Value::String(text.to_owned()))
}
