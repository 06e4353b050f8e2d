//! Builds JSON objects member by member, as text: nobody here wants to look at what was built. The members stand in the
//! order of their names.

use crate::protocol::json::quote;

/// An object in the making.
#[derive(Debug, Clone, Default)]
pub(super) struct Writer(Vec<(String, Value)>);

/// What a member holds.
#[derive(Debug, Clone)]
enum Value {
    /// Finished JSON text.
    Json(String),
    Object(Writer),
    /// An array of finished JSON texts.
    List(Vec<String>),
}

impl Writer {
    /// Where a member's value goes; `null` until it is there.
    fn place(&mut self, name: &str) -> &mut Value {
        let at = match self.0.binary_search_by(|(known, _)| known.as_str().cmp(name)) {
            Ok(at) => at,
            Err(at) => {
                self.0.insert(at, (name.to_owned(), Value::Json(String::from("null"))));
                at
            }
        };
        &mut self.0[at].1
    }

    /// One member more, or another value for it: JSON text.
    #[inline(never)]
    pub(super) fn put(&mut self, name: &str, json: String) {
        *self.place(name) = Value::Json(json);
    }

    /// A text.
    #[inline(never)]
    pub(super) fn text(&mut self, name: &str, text: &str) {
        self.put(name, quote(text));
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
        *self.list(name) = texts.iter().map(|text| quote(text)).collect();
    }

    /// A list, unless it is empty.
    #[inline(never)]
    pub(super) fn some_texts(&mut self, name: &str, texts: &[String]) {
        if !texts.is_empty() {
            self.texts(name, texts);
        }
    }

    /// The object that a member holds; an empty one where it held something else.
    #[inline(never)]
    pub(super) fn object(&mut self, name: &str) -> &mut Writer {
        let place = self.place(name);
        if !matches!(place, Value::Object(_)) {
            *place = Value::Object(Writer::default());
        }
        match place {
            Value::Object(object) => object,
            _ => unreachable!("made an object above"),
        }
    }

    /// The array that a member holds, of JSON texts; an empty one where it held something else.
    #[inline(never)]
    pub(super) fn list(&mut self, name: &str) -> &mut Vec<String> {
        let place = self.place(name);
        if !matches!(place, Value::List(_)) {
            *place = Value::List(Vec::new());
        }
        match place {
            Value::List(list) => list,
            _ => unreachable!("made a list above"),
        }
    }

    /// The members of an object, in place of those of the same names.
    #[inline(never)]
    pub(super) fn extend(&mut self, members: Writer) {
        for (name, value) in members.0 {
            *self.place(&name) = value;
        }
    }

    /// Whether there is such a member.
    pub(super) fn has(&self, name: &str) -> bool {
        self.0.iter().any(|(known, _)| known == name)
    }

    /// The object's JSON text.
    #[inline(never)]
    pub(super) fn done(&self) -> String {
        let mut out = String::from("{");
        for (name, value) in &self.0 {
            if out.len() > 1 {
                out.push(',');
            }
            out.push_str(&quote(name));
            out.push(':');
            match value {
                Value::Json(json) => out.push_str(json),
                Value::Object(object) => out.push_str(&object.done()),
                Value::List(list) => out.push_str(&array(list)),
            }
        }
        out.push('}');
        out
    }
}

/// The JSON text of an array of JSON texts.
#[inline(never)]
pub(super) fn array(items: &[String]) -> String {
    format!("[{}]", items.join(","))
}

/// An object of one member, JSON text both.
#[inline(never)]
pub(super) fn single(name: &str, json: &str) -> String {
    format!("{{{}:{json}}}", quote(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn members_stand_in_order_and_once() {
        let mut out = Writer::default();
        out.text("b", "say \"b\"");
        out.put("c", "1".into());
        out.list("a").push("true".into());
        out.object("b").text("inner", "x");
        out.put("c", "2".into());
        out.object("b").list("a").clear();
        assert_eq!(out.done(), r#"{"a":[true],"b":{"a":[],"inner":"x"},"c":2}"#);
        let mut other = Writer::default();
        other.put("b", "null".into());
        out.extend(other);
        assert_eq!(out.done(), r#"{"a":[true],"b":null,"c":2}"#);
        assert_eq!(single("a", &array(&["1".into(), "2".into()])), r#"{"a":[1,2]}"#);
    }
}
