//! What a catalogue has to hold. It is run over the entries of catalogue files, and in the tests over the shipped data and
//! over data broken on purpose.

use super::check;
use super::index::Catalogue;
use super::json_type::same_scalar;
use super::model::{Part, Shape};
use super::reader::Fault;
use super::task::View;
use crate::protocol::json::Object;
use serde_json::value::RawValue;
use std::collections::HashSet;

/// Everything wrong with one entry of a catalogue; pointers start at the entry.
pub(super) fn entry(catalogue: &Catalogue, shape: &Shape) -> Vec<Fault> {
    let mut faults = Vec::new();
    let mut fault = |at: &str, text: String| faults.push(Fault::new(format_args!("{at}"), format_args!("{text}")));
    if let Some(other) = &shape.variant_of
        && catalogue.by_id(other).is_none()
    {
        fault("/variantOf", format!("it is a variant of {other}, which does not exist"));
    }
    aliases(catalogue, shape, &mut fault);
    sources(catalogue, shape, &mut fault);
    members(catalogue, shape, &mut fault);
    example(catalogue, shape, &mut fault);
    neighbours(catalogue, shape, &mut fault);
    faults
}

/// Names of the type that mean another type already.
fn aliases(catalogue: &Catalogue, shape: &Shape, fault: &mut impl FnMut(&str, String)) {
    let names = || std::iter::once(&shape.kind).chain(&shape.aliases);
    for other in catalogue.shapes.iter().filter(|other| other.kind != shape.kind) {
        let theirs = || std::iter::once(&other.kind).chain(&other.aliases);
        if let Some(name) = names().find(|name| theirs().any(|their| their == *name)) {
            fault("/aliases", format!("{name} is also a name of the type {} ({})", other.kind, other.id));
        }
    }
}

/// Facts without a source, or with one that is not in the table.
fn sources(catalogue: &Catalogue, shape: &Shape, fault: &mut impl FnMut(&str, String)) {
    let of_members = shape.members.iter().map(|m| (m.name.as_str(), "/members", &m.source));
    let of_members = of_members.filter(|(.., source)| !source.is_empty());
    let own = [("it", "/sources", &shape.sources), ("its timing", "/timing/source", &shape.timing.source)];
    for (what, at, source) in of_members.chain(own) {
        if let Some(key) = catalogue.sources.unknown(source) {
            fault(at, format!("{what} has the source {key}, which is not defined"));
        }
        if source.trim().is_empty() {
            fault(at, format!("{what} has no source"));
        }
    }
}

fn members(catalogue: &Catalogue, shape: &Shape, fault: &mut impl FnMut(&str, String)) {
    let mut names = HashSet::new();
    let placed: HashSet<usize> = shape.levels.iter().flat_map(|(_, members)| members.iter().copied()).collect();
    for (index, member) in shape.members.iter().enumerate() {
        let mut fault = |text| fault("/members", text);
        if !names.insert(&member.name) {
            fault(format!("the member {} is given more than once", member.name));
        }
        if !placed.contains(&index) {
            fault(format!("{} is in an object that is not listed before it", member.name));
        }
        for value in &member.only {
            if value.contains('\\') {
                fault(format!("{} may be {value}, which contains an escape", member.name));
            }
            if !RawValue::from_string(value.clone()).is_ok_and(|raw| member.types.accepts_kind(&raw)) {
                fault(format!("{} may be {value}, which is not {}", member.name, member.types.wanted()));
            }
        }
    }
    // What chooses between variants may be a member of another variant alone.
    let siblings = catalogue.of_type(&shape.kind).into_iter().flatten().flat_map(|s| &s.members);
    let of_siblings: HashSet<&str> = siblings.map(|m| m.name.as_str()).collect();
    let between = [("/pick", &shape.pick)].into_iter().chain(shape.never.iter().map(|never| ("/never", &never.when)));
    for (at, condition) in between {
        for name in condition.names().filter(|name| !of_siblings.contains(name)) {
            fault(at, format!("a condition names {name}, which is not a member"));
        }
    }
    let of_members = shape.members.iter().map(|m| ("/members", &m.required_when));
    for (at, condition) in of_members.chain(shape.solution.iter().map(|part| ("/solution", &part.when))) {
        for name in condition.names().filter(|name| !names.iter().any(|n| n == name)) {
            fault(at, format!("a condition names {name}, which is not a member"));
        }
    }
}

const REQUEST: &str = "/exampleRequest";
const SOLUTION: &str = "/exampleSolution";

fn example(catalogue: &Catalogue, shape: &Shape, fault: &mut impl FnMut(&str, String)) {
    let text = catalogue.write_out(&shape.example_request);
    let (chosen, found) = check::run(catalogue, &text);
    for problem in &found.problems {
        fault(REQUEST, format!("the example request: {}: {}", problem.pointer, problem.problem));
    }
    let chosen = chosen.map_or("no entry", |shape| shape.id.as_str());
    if chosen != shape.id {
        fault(REQUEST, format!("the example request matches {chosen}"));
    }
    let Ok(task) = View::parse(&text) else { return };
    for part in &shape.solution {
        let shown = find(&shape.example_solution, &part.name);
        if !part.when.is_empty() && shown.iter().any(Option::is_some) != part.when.holds(&task) {
            fault(SOLUTION, format!("the example solution does not match the example request: {}", part.name));
        }
        for value in shown {
            match value {
                Some(raw) => fits(part, &raw, fault),
                None if part.optional => {}
                None => fault(SOLUTION, format!("the example solution lacks {}", part.name)),
            }
        }
    }
}

fn fits(part: &Part, raw: &RawValue, fault: &mut impl FnMut(&str, String)) {
    if !part.types.accepts_kind(raw) {
        fault(SOLUTION, format!("the example solution: {} is not {}", part.name, part.types.wanted()));
    }
    if !part.only.is_empty() && !part.only.iter().any(|value| same_scalar(raw, value)) {
        fault(SOLUTION, format!("the example solution: {} is not one of its values", part.name));
    }
}

/// Other entries of the type that this one takes the tasks of.
fn neighbours(catalogue: &Catalogue, shape: &Shape, fault: &mut impl FnMut(&str, String)) {
    // A class decides before any condition does, so the others of this class alone can be meant.
    let near = |other: &&Shape| other.class == shape.class || other.class.is_none() != shape.class.is_none();
    for other in catalogue.of_type(&shape.kind).into_iter().flatten().filter(near).filter(|o| o.id != shape.id) {
        let chosen = check::run(catalogue, &catalogue.write_out(&other.example_request)).0;
        let chosen = chosen.map_or("no entry", |shape| shape.id.as_str());
        if chosen != other.id {
            fault("/pick", format!("with this entry, the example request of {} matches {chosen}", other.id));
        }
    }
}

/// What stands at a dotted name; every value where the name has `<…>`.
fn find(text: &str, name: &str) -> Vec<Option<Box<RawValue>>> {
    let mut here = vec![RawValue::from_string(text.to_owned()).ok()];
    for key in name.split('.') {
        here = here
            .into_iter()
            .flat_map(|raw| {
                let object = raw.as_ref().and_then(|raw| Object::parse(raw.get()).ok());
                match object {
                    Some(object) if key.starts_with('<') => {
                        object.members().iter().map(|m| Some(m.value.to_owned())).collect()
                    }
                    Some(object) => vec![object.get(key).map(|raw| raw.to_owned())],
                    None => vec![None],
                }
            })
            .collect();
    }
    here
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHIPPED: &str = include_str!("data/tasks.json");

    /// Everything wrong with data of the form of `data/tasks.json`.
    fn validate(data: &str) -> Vec<String> {
        let catalogue = match Catalogue::read(data) {
            Ok(catalogue) => catalogue,
            Err(fault) => return vec![fault.to_string()],
        };
        let mut faults = foreign(&catalogue);
        let mut ids = HashSet::new();
        for shape in &catalogue.shapes {
            if !ids.insert(&shape.id) {
                faults.push(format!("{}: this id stands twice", shape.id));
            }
            faults.extend(entry(&catalogue, shape).iter().map(|fault| format!("{}{fault}", shape.id)));
        }
        faults
    }

    /// Foreign names that mean nothing, or that stand twice for the same thing.
    fn foreign(catalogue: &Catalogue) -> Vec<String> {
        let known: HashSet<&str> = catalogue.shapes.iter().flat_map(|s| &s.members).map(|m| m.name.as_str()).collect();
        let request = ["callbackUrl", "clientKey", "softId"];
        let mut faults = Vec::new();
        let mut seen = HashSet::new();
        for foreign in &catalogue.foreign {
            for name in foreign.means.iter().filter(|n| !known.contains(n.as_str()) && !request.contains(&n.as_str())) {
                faults.push(format!("a foreign name means {name}, which is not a member"));
            }
            for name in &foreign.names {
                let first = foreign.means.first().map_or("", String::as_str);
                if !seen.insert((name, request.contains(&first))) {
                    faults.push(format!("the foreign name {name} stands twice"));
                }
            }
        }
        faults
    }

    #[test]
    fn the_shipped_catalogue_is_sound() {
        assert_eq!(validate(SHIPPED), Vec::<String>::new());
    }

    fn broken(from: &str, to: &str) -> String {
        let data = SHIPPED.replacen(from, to, 1);
        assert_ne!(data, SHIPPED, "{from} is not in the data");
        validate(&data).join("\n")
    }

    #[test]
    fn a_broken_catalogue_is_refused() {
        assert!(broken("\"id\": \"recaptcha_v3\"", "\"id\": \"recaptcha_v2\"").contains("stands twice"));
        assert!(broken("\"type\": \"boolean\"", "\"type\": \"bool\"").contains("unknown JSON type bool"));
        assert!(broken("\"type\": \"array<string>\"", "\"type\": \"array<text>\"").contains("unknown JSON type"));
        assert!(broken("\"websiteKey\": \"SITE_KEY\"", "\"websiteKey\": 7").contains("example request: /websiteKey"));
        assert!(broken("\"version\": 4, \"init", "\"version\": 3, \"init").contains("example request matches"));
        assert!(
            broken("{\"gRecaptchaResponse\": \"TOKEN\"}", "{\"gRecaptchaResponse\": 7}").contains("example solution")
        );
        assert!(broken("{\"gRecaptchaResponse\": \"TOKEN\"}", "{}").contains("example solution lacks"));
        assert!(
            broken("\"variantOf\": \"turnstile\"", "\"variantOf\": \"turnstyle\"").contains("which does not exist")
        );
        assert!(broken("\"name\": \"isInvisible\"", "\"name\": \"websiteKey\"").contains("given more than once"));
        assert!(
            broken("[{\"imagesBase64\": \"absent\"}]", "[{\"images\": \"absent\"}]").contains("which is not a member")
        );
        assert!(broken("\"proxy\": \"optional\"", "\"proxy\": \"maybe\"").contains("expected one of"));
        assert!(
            broken("\"status\": \"current\",", "\"status\": \"current\", \"statsu\": 1,")
                .contains("is not a known member")
        );
        assert!(
            broken("{\"challengeScript\": \"present\"", "{\"challengeScripts\": \"present\"").contains("not a member")
        );
        assert!(broken("\"enum\": [\"Audio\"]", "\"enum\": [7]").contains("which is not a string"));
        assert!(broken("pureCaptcha=\", \"cookieRequired\": true", "pureCaptcha=\"").contains("does not match"));
        assert!(broken("\"means\": [\"isInvisible\"]", "\"means\": [\"isVisible\"]").contains("which is not a member"));
        assert!(broken("\"names\": [\"score\"]", "\"names\": [\"action\"]").contains("action stands twice"));
        assert!(broken("\"sources\": \"docs python", "\"sources\": \"dogs python").contains("the source dogs"));
        assert!(broken("\"source\": \"js\"", "\"source\": \"jay\"").contains("the source jay"));
        assert!(
            broken("\"source\": \"python js rust net go\"", "\"source\": \"\"").contains("its timing has no source")
        );
        assert!(!validate("{").is_empty());
    }

    #[test]
    fn a_new_type_is_one_more_entry_of_the_data() {
        let entry = r#""tasks": [
            {"id": "next_month", "type": "NextMonthTask", "sources": "docs", "about": "A type of next month", "status": "current",
             "members": [{"name": "websiteURL", "type": "string", "required": true, "format": "url"},
                         {"name": "strength", "type": "integer", "min": 1, "max": 3}],
             "proxy": "required", "userAgent": "none", "cookies": "none",
             "solution": [{"name": "data.token", "type": "string"}],
             "exampleRequest": {"type": "NextMonthTask", "websiteURL": "https://example.com/", "strength": 2,
                                "proxyType": "http", "proxyAddress": "203.0.113.7", "proxyPort": 80},
             "exampleSolution": {"data": {"token": "TOKEN"}},
             "timing": {"firstMs": 500, "intervalMs": 2000, "timeoutMs": 60000, "source": "docs"}},"#;
        let data = SHIPPED.replacen("\"tasks\": [", entry, 1);
        assert_eq!(validate(&data), Vec::<String>::new());
        let catalogue = Catalogue::read(&data).unwrap();
        let task = r#"{"type":"NextMonthTask","websiteURL":"https://example.com/","strength":4}"#;
        let (shape, found) = check::run(&catalogue, task);
        assert_eq!(shape.map(|s| s.id.as_str()), Some("next_month"));
        let at: Vec<&str> = found.problems.iter().map(|p| p.pointer.as_str()).collect();
        assert_eq!(at, ["/strength", "/proxyType", "/proxyAddress", "/proxyPort"]);
        let sample = super::super::sample::solution(&catalogue, task);
        assert_eq!(sample, r#"{"data":{"token":"sandbox-token"}}"#);
    }
}
