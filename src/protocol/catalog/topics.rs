//! What captask_describe can be asked about.

use super::writer::Writer;
use super::{errors, process};
use crate::protocol::failure::{Code, Failure};
use crate::protocol::json::quote;
use crate::protocol::suggest::closest_name;

/// The topics that have no part to fill in, and what they tell.
const FIXED: [(&str, &str); 7] = [
    ("tasks", "every task type: its id, type, class and status"),
    ("errors", "every error code of the service and of this library"),
    ("methods", "the service's methods, limits, bans and key suffixes"),
    ("config", "JSON Schema of the configuration for captask_open"),
    ("request", "JSON Schema of the request for captask_solve and captask_submit"),
    ("sandbox", "JSON Schema of the configuration for captask_sandbox_open"),
    ("catalogue", "JSON Schema of a catalogue file (CAPTASK_CATALOGUE, or the key catalogue)"),
];

/// The table of contents.
pub(super) fn contents() -> String {
    let topic = |topic: &str, about: &str| {
        let mut out = Writer::default();
        out.text("topic", topic);
        out.text("about", about);
        out
    };
    let mut tasks = topic("task/<id>", "one task type: its members, schemas, examples and times");
    tasks.list("ids").extend(process::current().shapes.iter().map(|shape| quote(&shape.id)));
    let mut errors = topic("error/<CODE>", "one error code: what it means, what to do, whether a repetition helps");
    errors.list("codes").extend(codes().map(quote));
    let mut contents = Writer::default();
    let topics = contents.list("topics");
    topics.extend(FIXED.iter().map(|(name, about)| topic(name, about).done()));
    topics.extend([tasks.done(), errors.done()]);
    contents.done()
}

fn codes() -> impl Iterator<Item = &'static str> {
    errors::shipped().all.iter().map(|e| e.code.as_str()).chain(Code::ALL.iter().map(|c| c.as_str()))
}

/// The answer for a topic that does not exist.
pub(super) fn unknown(topic: &str) -> String {
    let hint = hint(topic);
    let mut text = format!("there is no topic {}", crate::protocol::json::clip(topic));
    if !hint.is_empty() {
        text.push_str(&format!("; did you mean {hint}?"));
    } else {
        text.push('.');
    }
    text.push_str(" captask_describe(NULL) lists the topics.");
    Failure::new(Code::UnknownTopic, text).with("hint", quote(&hint)).to_json()
}

fn hint(topic: &str) -> String {
    let catalogue = process::current();
    if let Some(shape) =
        catalogue.of_type(topic.strip_prefix("task/").unwrap_or(topic)).and_then(|mut shapes| shapes.next())
    {
        return format!("task/{}", shape.id);
    }
    let ids: Vec<String> = catalogue.shapes.iter().map(|s| format!("task/{}", s.id)).collect();
    let errors: Vec<String> = codes().map(|code| format!("error/{code}")).collect();
    let fixed = FIXED.iter().map(|(topic, _)| *topic);
    let whole = fixed.chain(ids.iter().map(String::as_str)).chain(errors.iter().map(String::as_str));
    if let Some(near) = whole.clone().find(|known| known.split_once('/').is_some_and(|(_, part)| part == topic)) {
        return near.to_owned();
    }
    closest_name(topic, whole).unwrap_or_default().to_owned()
}
