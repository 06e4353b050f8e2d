//! A data file over the built-in catalogue: its entries are added, or change entries that are there.

use super::index::{Catalogue, shipped};
use super::model::{Member, Part, Shape};
use super::packed::TASKS;
use super::reader::{Fault, Reader};
use super::validate;
use super::writer::{Writer, array};
use crate::protocol::json::{Object, as_string, clip, kind, quote};
use crate::protocol::problem::{Problem, pointer, problem, shown};
use serde_json::value::RawValue;

/// The format that this version reads.
const FORMAT: u32 = 1;
/// The largest file, in bytes.
pub(super) const MOST_BYTES: u64 = 1 << 20;
const MOST_ENTRIES: usize = 200;
/// The most members of one entry, and the most parts of its solution.
const MOST_MEMBERS: usize = 200;
/// The least time between polls that the service's documentation admits; built-in entries may have less.
const LEAST_INTERVAL_MS: u32 = 2000;
/// The most polls of one task that the service admits.
const MOST_POLLS: u64 = 120;
const LONGEST_MS: u32 = i32::MAX as u32;
/// The source of what the file says without naming another.
const OWN: &str = "file";

/// The built-in catalogue with a file over it.
#[derive(Debug)]
pub(super) struct Laid {
    pub(super) catalogue: Catalogue,
    /// Ids of new entries, and of those that were there.
    pub(super) added: Vec<String>,
    pub(super) changed: Vec<String>,
}

/// Lays the text of a file over the built-in catalogue, or lists what is wrong with it.
pub(super) fn lay(text: &str) -> Result<Laid, Vec<Problem>> {
    let out = |fault: Fault| problem(fault.pointer, format_args!("{}", fault.text), "");
    let file = Parts::read(text).map_err(|fault| vec![out(fault)])?;
    let (builtin, mut faults) = (TASKS.text(), Vec::new());
    let mut base = Reader::of(&builtin);
    let mut tasks: Vec<(String, String)> =
        base.list("tasks").iter().map(|raw| (id(raw), raw.get().to_owned())).collect();
    let known = tasks.len();
    let mut laid = Laid { catalogue: Catalogue::default(), added: Vec::new(), changed: Vec::new() };
    let mut places: Vec<(String, String)> = Vec::new();
    for (index, raw) in file.tasks.iter().enumerate() {
        let place = format!("/tasks/{index}");
        let own = id(raw);
        let at = tasks.iter().position(|(id, _)| *id == own);
        let before = at.and_then(|at| tasks.get(at)).map(|(_, text)| text.as_str());
        if places.iter().any(|(id, _)| *id == own) {
            faults.push(fault(&format!("{place}/id"), format!("another entry has the id {}", shown(&own))));
            continue;
        }
        match merged(raw, before) {
            Ok(text) => match at {
                Some(at) if at < known => {
                    tasks[at].1 = text;
                    laid.changed.push(own.clone());
                }
                _ => {
                    tasks.push((own.clone(), text));
                    laid.added.push(own.clone());
                }
            },
            Err(fault) => faults.push(fault.below(format_args!("{place}"))),
        }
        places.push((own, place));
    }
    if !faults.is_empty() {
        return Err(faults.into_iter().map(out).collect());
    }
    let mut whole = Writer::default();
    whole.put("sources", file.sources);
    whole.put("tasks", array(&tasks.into_iter().map(|(_, text)| text).collect::<Vec<_>>()));
    for name in ["samples", "shared", "proxy", "foreign"] {
        whole.put(name, base.value(name).map_or("[]", RawValue::get).to_owned());
    }
    laid.catalogue = Catalogue::read(&whole.done()).map_err(|fault| vec![out(fault)])?;
    for (id, place) in &places {
        let Some(shape) = laid.catalogue.by_id(id) else { continue };
        let found = timing(shape).into_iter().chain(validate::entry(&laid.catalogue, shape));
        faults.extend(found.map(|fault| fault.below(format_args!("{place}"))));
    }
    if faults.is_empty() { Ok(laid) } else { Err(faults.into_iter().map(out).collect()) }
}

/// The members of a file.
struct Parts<'a> {
    /// The table of sources, the built-in ones among them.
    sources: String,
    tasks: Vec<&'a RawValue>,
}

impl<'a> Parts<'a> {
    fn read(text: &'a str) -> Result<Parts<'a>, Fault> {
        let mut file = Reader::of(text);
        let format = file.needed_count("format");
        if format != FORMAT {
            file.wrong("format", format_args!("format is {format}; this version reads {FORMAT}"));
        }
        let seen = file.text("asOf");
        if !is_day(&seen) {
            file.wrong("asOf", format_args!("asOf is {}; expected a day or a month, such as 2026-12-01", shown(&seen)));
        }
        let name = file.maybe_text("about").unwrap_or_else(|| String::from("catalogue file"));
        let mut sources = Writer::default();
        let mut own = Writer::default();
        own.text("name", &name);
        own.text("seen", &seen);
        sources.put(OWN, own.done());
        let mut table = Reader::of(file.value("sources").map_or("{}", RawValue::get));
        for key in table.names() {
            if key.contains(char::is_whitespace) || key == OWN || shipped().sources.unknown(&key).is_none() {
                table.wrong(
                    &key,
                    format_args!("the key {} is built in or contains a space; choose another", shown(&key)),
                );
            }
            let Some(raw) = table.value(&key) else { continue };
            let mut one = Reader::of(raw.get());
            one.text("name");
            one.maybe_text("version");
            let day = one.text("seen");
            table.take(format_args!("{}", pointer("", &key)), one.end(()));
            if !is_day(&day) {
                table.wrong(
                    &key,
                    format_args!("seen is {}; expected a day or a month, such as 2026-12-01", shown(&day)),
                );
            }
            sources.put(&key, raw.get().to_owned());
        }
        file.take(format_args!("/sources"), table.end(()));
        let builtin = TASKS.text();
        let mut builtin = Reader::of(Reader::of(&builtin).value("sources").map_or("{}", RawValue::get));
        for key in builtin.names() {
            sources.put(&key, builtin.value(&key).map_or("{}", RawValue::get).to_owned());
        }
        let sources = sources.done();
        let tasks = file.list("tasks");
        if tasks.len() > MOST_ENTRIES {
            file.wrong("tasks", format_args!("there are {} entries; expected at most {MOST_ENTRIES}", tasks.len()));
        }
        file.end(Parts { sources, tasks })
    }
}

#[inline(never)]
fn fault(pointer: &str, text: String) -> Fault {
    Fault::new(format_args!("{pointer}"), format_args!("{text}"))
}

/// 2026-12 or 2026-12-01.
fn is_day(text: &str) -> bool {
    let shape: String = text.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect();
    shape == "0000-00" || shape == "0000-00-00"
}

/// The id of an entry; empty where it has none.
fn id(raw: &RawValue) -> String {
    Object::parse(raw.get()).ok().and_then(|entry| entry.string("id")).unwrap_or_default()
}

/// The text of an entry as it is in the whole catalogue: that of the file over that which was there.
fn merged(raw: &RawValue, before: Option<&str>) -> Result<String, Fault> {
    let own = Object::parse(raw.get()).map_err(|fault| self::fault("", fault.to_string()))?;
    if let Some(name) = own.repeated().first() {
        return Err(fault(&pointer("", name), format!("{} is given more than once", shown(name))));
    }
    let id = own.string("id").unwrap_or_default();
    if id.is_empty() || id.len() > 64 || !id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_') {
        return Err(fault("/id", String::from("id is missing or wrong; expected 1 to 64 letters, digits and _")));
    }
    let replaces = match own.get("replace").map(RawValue::get) {
        None | Some("false") => false,
        Some("true") => true,
        Some(other) => {
            return Err(fault("/replace", format!("replace is {}; expected true or false", clip(other))));
        }
    };
    let before = before.filter(|_| !replaces).and_then(|text| Object::parse(text).ok());
    let mut out = Writer::default();
    for member in before.iter().flat_map(Object::members) {
        out.put(&member.name, member.value.get().to_owned());
    }
    let sources = before.as_ref().and_then(|before| before.string("sources"));
    let sources = own.string("sources").or(sources).unwrap_or_default();
    for member in own.members().iter().filter(|member| member.name != "replace") {
        let there = before.as_ref().and_then(|before| before.get(&member.name));
        let name = member.name.as_ref();
        let text = match name {
            "members" => list(name, there, member.value, |raw| Member::read(Reader::of(raw)).map(|_| ()), true)?,
            "solution" => list(name, there, member.value, |raw| Part::read(Reader::of(raw)).map(|_| ()), false)?,
            "timing" => over(there, member.value)?,
            _ => member.value.get().to_owned(),
        };
        out.put(name, text);
    }
    if own.get("sources").is_none_or(|raw| as_string(raw).is_some()) {
        out.text("sources", format!("{sources} {OWN}").trim_start());
    }
    let text = out.done();
    Shape::read(Reader::of(&text))?;
    Ok(text)
}

/// Members or parts of a solution over those that were there, by their names.
fn list(
    what: &str,
    before: Option<&RawValue>,
    own: &RawValue,
    read: impl Fn(&str) -> Result<(), Fault>,
    sourced: bool,
) -> Result<String, Fault> {
    let name = |text: &str| Object::parse(text).ok().and_then(|object| object.string("name")).unwrap_or_default();
    let Some(own) = items(own) else {
        return Err(fault(&pointer("", what), format!("{what} is {}; expected an array", kind(own))));
    };
    if own.len() > MOST_MEMBERS {
        return Err(fault(
            &pointer("", what),
            format!("there are {} {what}; expected at most {MOST_MEMBERS}", own.len()),
        ));
    }
    let before = before.and_then(items).unwrap_or_default();
    let mut all: Vec<String> = before.iter().map(|raw| raw.get().to_owned()).collect();
    for (index, raw) in own.iter().enumerate() {
        read(raw.get()).map_err(|fault| fault.below(format_args!("/{what}/{index}")))?;
        let text = match Object::parse(raw.get()) {
            Ok(object) if sourced && object.get("source").is_none() => object.with(&format!("\"source\":\"{OWN}\"")),
            _ => raw.get().to_owned(),
        };
        match all.iter_mut().find(|known| name(known) == name(raw.get())) {
            Some(known) => *known = text,
            None => all.push(text),
        }
    }
    Ok(array(&all))
}

fn items(raw: &RawValue) -> Option<Vec<&RawValue>> {
    serde_json::from_str(raw.get()).ok()
}

/// Times over those that were there, by their names.
fn over(before: Option<&RawValue>, own: &RawValue) -> Result<String, Fault> {
    let own = Object::parse(own.get()).map_err(|fault| self::fault("/timing", fault.to_string()))?;
    let before = before.and_then(|raw| Object::parse(raw.get()).ok());
    let mut out = Writer::default();
    for member in before.iter().flat_map(Object::members).chain(own.members()) {
        out.put(&member.name, member.value.get().to_owned());
    }
    if own.get("source").is_none() {
        out.put("source", quote(OWN));
    }
    Ok(out.done())
}

/// Times that the service does not admit.
fn timing(shape: &Shape) -> Vec<Fault> {
    let mut faults = Vec::new();
    let mut fault = |name: &str, text: String| faults.push(self::fault(&format!("/timing/{name}"), text));
    let times = &shape.timing;
    let least =
        shipped().by_id(&shape.id).map_or(LEAST_INTERVAL_MS, |known| known.timing.interval_ms.min(LEAST_INTERVAL_MS));
    if times.interval_ms < least {
        let text = format!(
            "intervalMs is {}; expected at least {least}, the least that the service allows",
            times.interval_ms
        );
        fault("intervalMs", text);
    }
    let first = times.first_nocache_ms.into_iter().chain([times.first_ms]);
    for (name, ms) in first.map(|ms| ("firstMs", ms)).chain([("intervalMs", times.interval_ms)]) {
        if ms > times.timeout_ms {
            fault(name, format!("{name} is {ms}; expected at most timeoutMs, which is {}", times.timeout_ms));
        }
    }
    if times.timeout_ms > LONGEST_MS {
        fault("timeoutMs", format!("timeoutMs is {}; expected at most {LONGEST_MS}", times.timeout_ms));
    }
    let waited = u64::from(times.timeout_ms.saturating_sub(times.first_ms));
    let polls = waited / u64::from(times.interval_ms.max(1)) + 1;
    if polls > MOST_POLLS {
        let text =
            format!("these times need {polls} polls; the service allows {MOST_POLLS} for a task: raise intervalMs");
        fault("timeoutMs", text);
    }
    faults
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_limits_are_those_of_the_service() {
        let methods: serde_json::Value = serde_json::from_str(include_str!("data/methods.json")).unwrap();
        assert_eq!(methods["limits"]["pollIntervalMinSeconds"], LEAST_INTERVAL_MS / 1000);
        assert_eq!(methods["limits"]["pollsPerTask"], MOST_POLLS);
    }

    #[test]
    fn every_built_in_entry_passes_the_rules_for_files() {
        for shape in &shipped().shapes {
            assert_eq!(timing(shape), Vec::new(), "{}", shape.id);
        }
    }
}
