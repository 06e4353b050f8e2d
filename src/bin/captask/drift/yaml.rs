//! YAML as the JSON that it stands for, within bounds.

use saphyr_parser::{Event, Parser, ScalarStyle};
use serde_json::{Map, Value};
use std::collections::HashMap;

/// So many values, those that aliases repeat counted each time.
const MOST_VALUES: usize = 2_000_000;
const DEEPEST: usize = 100;

enum Open {
    List(Vec<Value>),
    Map(Map<String, Value>, Option<String>),
}

/// Reads the first document of a text.
pub fn parse(text: &str) -> Result<Value, String> {
    let mut reader = Reader { stack: Vec::new(), anchors: HashMap::new(), values: 0, done: None };
    let mut parser = Parser::new_from_str(text);
    while let Some(event) = parser.next_event() {
        let (event, _) = event.map_err(|fault| format!("it is not YAML: {fault}"))?;
        reader.take(event)?;
        if reader.done.is_some() {
            break;
        }
    }
    reader.done.ok_or_else(|| String::from("it is empty"))
}

struct Reader {
    /// What is open, each with its anchor; 0 is none.
    stack: Vec<(Open, usize)>,
    anchors: HashMap<usize, Value>,
    values: usize,
    done: Option<Value>,
}

impl Reader {
    fn take(&mut self, event: Event<'_>) -> Result<(), String> {
        match event {
            Event::Scalar(text, style, anchor, tag) => {
                let plain = style == ScalarStyle::Plain && tag.is_none();
                let value = if plain { scalar(&text) } else { Value::String(text.into_owned()) };
                self.put(value, anchor)
            }
            Event::Alias(anchor) => {
                let value = self.anchors.get(&anchor).ok_or("an alias has no anchor before it")?;
                self.values += count(value);
                if self.values > MOST_VALUES || self.stack.len() + depth(value) > DEEPEST {
                    return Err(format!("its aliases expand to more than {MOST_VALUES} values or {DEEPEST} levels"));
                }
                let value = value.clone();
                self.put(value, 0)
            }
            Event::SequenceStart(anchor, _) => self.open(Open::List(Vec::new()), anchor),
            Event::MappingStart(anchor, _) => self.open(Open::Map(Map::new(), None), anchor),
            Event::SequenceEnd | Event::MappingEnd => match self.stack.pop() {
                Some((Open::List(list), anchor)) => self.put(Value::Array(list), anchor),
                Some((Open::Map(map, _), anchor)) => self.put(Value::Object(map), anchor),
                None => Ok(()),
            },
            _ => Ok(()),
        }
    }

    fn open(&mut self, what: Open, anchor: usize) -> Result<(), String> {
        if self.stack.len() >= DEEPEST {
            return Err(format!("it is more than {DEEPEST} levels deep"));
        }
        self.stack.push((what, anchor));
        Ok(())
    }

    fn put(&mut self, value: Value, anchor: usize) -> Result<(), String> {
        self.values += 1;
        if self.values > MOST_VALUES {
            return Err(format!("it has more than {MOST_VALUES} values"));
        }
        if anchor > 0 {
            self.anchors.insert(anchor, value.clone());
        }
        match self.stack.last_mut() {
            None => self.done = Some(value),
            Some((Open::List(list), _)) => list.push(value),
            Some((Open::Map(map, key), _)) => match key.take() {
                None => *key = Some(value.as_str().map_or_else(|| value.to_string(), str::to_owned)),
                // What `<<` names goes in where nothing is yet.
                Some(key) if key == "<<" => {
                    let many = match value {
                        Value::Array(list) => list,
                        one => vec![one],
                    };
                    for (name, value) in many.into_iter().filter_map(object).flatten() {
                        map.entry(name).or_insert(value);
                    }
                }
                Some(key) => {
                    map.insert(key, value);
                }
            },
        }
        Ok(())
    }
}

fn object(value: Value) -> Option<Map<String, Value>> {
    if let Value::Object(map) = value { Some(map) } else { None }
}

/// How many values there are in one.
fn count(value: &Value) -> usize {
    match value {
        Value::Array(list) => 1 + list.iter().map(count).sum::<usize>(),
        Value::Object(map) => 1 + map.values().map(count).sum::<usize>(),
        _ => 1,
    }
}

fn depth(value: &Value) -> usize {
    match value {
        Value::Array(list) => 1 + list.iter().map(depth).max().unwrap_or(0),
        Value::Object(map) => 1 + map.values().map(depth).max().unwrap_or(0),
        _ => 0,
    }
}

/// A plain scalar, by the core schema of YAML 1.2.
fn scalar(text: &str) -> Value {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => return Value::Null,
        "true" | "True" | "TRUE" => return Value::Bool(true),
        "false" | "False" | "FALSE" => return Value::Bool(false),
        _ => {}
    }
    let numeric = text.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'+' | b'-' | b'.' | b'e' | b'E'));
    let number = numeric.then(|| text.strip_prefix('+').unwrap_or(text));
    if let Some(whole) = number.and_then(|text| text.parse::<i64>().ok()) {
        return Value::from(whole);
    }
    number.and_then(|text| text.parse::<f64>().ok()).map_or_else(|| Value::String(text.to_owned()), Value::from)
}

#[cfg(test)]
mod tests {
    use super::parse;
    use serde_json::json;

    #[test]
    fn yaml_is_read_as_the_json_it_stands_for() {
        let text = "a: &x {b: 1, c: [true, ~, 'no', 1.5, 0x1F, -3]}\nd: *x\ne:\n  <<: *x\n  b: two\nf: |\n  text\n  more\n3: '3'\n";
        let inner = json!({"b": 1, "c": [true, null, "no", 1.5, "0x1F", -3]});
        let merged = json!({"b": "two", "c": inner["c"]});
        let wanted = json!({"a": inner, "d": inner, "e": merged, "f": "text\nmore\n", "3": "3"});
        assert_eq!(parse(text), Ok(wanted));
        assert!(parse("").is_err() && parse("a: [").is_err() && parse("a: *b").is_err());
    }

    #[test]
    fn what_grows_or_nests_without_end_is_refused() {
        let mut bomb = String::from("a0: &a0 [x,x,x,x,x,x,x,x,x]\n");
        for n in 1..12 {
            let before = format!("*a{}", n - 1);
            bomb.push_str(&format!("a{n}: &a{n} [{}]\n", [before.as_str(); 9].join(",")));
        }
        assert!(parse(&bomb).unwrap_err().contains("values"));
        assert!(parse(&"[".repeat(5000)).is_err());
        let mut chain = String::from("a0: &a0 [x]\n");
        for n in 1..2000 {
            chain.push_str(&format!("a{n}: &a{n} [*a{}]\n", n - 1));
        }
        assert!(parse(&chain).unwrap_err().contains("levels"));
    }
}
