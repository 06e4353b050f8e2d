//! What a catalogue has to hold. The tests run it over the shipped data, and over data broken on purpose.

use super::check;
use super::data::{Part, Shape};
use super::json_type::same_scalar;
use super::load::Catalogue;
use super::view::View;
use serde_json::value::RawValue;
use std::collections::HashSet;

/// Everything wrong with data of the form of `data/tasks.json`.
pub(super) fn validate(data: &str) -> Vec<String> {
    let catalogue = match Catalogue::read(data) {
        Ok(catalogue) => catalogue,
        Err(fault) => return vec![fault],
    };
    let mut faults = foreign(&catalogue);
    let mut ids = HashSet::new();
    for shape in &catalogue.shapes {
        let mut fault = |text: String| faults.push(format!("{}: {text}", shape.id));
        if !ids.insert(&shape.id) {
            fault(String::from("this id stands twice"));
        }
        if let Some(other) = &shape.variant_of
            && catalogue.by_id(other).is_none()
        {
            fault(format!("is a variant of {other}, which is not there"));
        }
        sources(&catalogue, shape, &mut fault);
        members(&catalogue, shape, &mut fault);
        example(&catalogue, shape, &mut fault);
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

/// Facts without a source, or with one that is not in the table.
fn sources(catalogue: &Catalogue, shape: &Shape, fault: &mut impl FnMut(String)) {
    let of_members =
        shape.members.iter().map(|m| (m.name.as_str(), &m.source)).filter(|(_, source)| !source.is_empty());
    for (what, source) in of_members.chain([("it", &shape.sources), ("its timing", &shape.timing.source)]) {
        if let Some(key) = catalogue.sources.unknown(source) {
            fault(format!("{what} has the source {key}, which is not in the table"));
        }
        if source.trim().is_empty() {
            fault(format!("{what} has no source"));
        }
    }
}

fn members(catalogue: &Catalogue, shape: &Shape, fault: &mut impl FnMut(String)) {
    let mut names = HashSet::new();
    let placed: HashSet<usize> = shape.levels.iter().flat_map(|(_, members)| members.iter().copied()).collect();
    for (index, member) in shape.members.iter().enumerate() {
        if !names.insert(&member.name) {
            fault(format!("the member {} stands twice", member.name));
        }
        if !placed.contains(&index) {
            fault(format!("{} is in an object that is not described before it", member.name));
        }
        for value in &member.only {
            let raw = RawValue::from_string(value.clone()).expect("a value is JSON");
            if value.contains('\\') {
                fault(format!("{} may be {value}, which is written with an escape", member.name));
            }
            if !member.types.accepts_kind(&raw) {
                fault(format!("{} may be {value}, which is not {}", member.name, member.types.wanted()));
            }
        }
    }
    // What chooses between variants may be a member of another variant alone.
    let siblings = catalogue.of_type(&shape.kind).into_iter().flatten().flat_map(|s| &s.members);
    let of_siblings: HashSet<&str> = siblings.map(|m| m.name.as_str()).collect();
    let between = [&shape.pick].into_iter().chain(shape.never.iter().map(|never| &never.when));
    for name in between.flat_map(|condition| condition.names()).filter(|name| !of_siblings.contains(name)) {
        fault(format!("a condition speaks of {name}, which is not a member"));
    }
    let within = shape.members.iter().map(|m| &m.required_when).chain(shape.solution.iter().map(|part| &part.when));
    for name in within.flat_map(|condition| condition.names()).filter(|name| !names.iter().any(|n| n == name)) {
        fault(format!("a condition speaks of {name}, which is not a member"));
    }
}

fn example(catalogue: &Catalogue, shape: &Shape, fault: &mut impl FnMut(String)) {
    let text = catalogue.write_out(&shape.example_request);
    let (chosen, found) = check::run(catalogue, &text);
    for problem in &found.problems {
        fault(format!("the example request: {}: {}", problem.pointer, problem.problem));
    }
    let chosen = chosen.map_or("no shape", |shape| shape.id.as_str());
    if chosen != shape.id {
        fault(format!("the example request means {chosen}"));
    }
    let task = View::parse(&text).unwrap_or_else(|fault| panic!("{}: {fault:?}", shape.id));
    for part in &shape.solution {
        let shown = find(&shape.example_solution, &part.name).iter().any(Option::is_some);
        if !part.when.is_empty() && shown != part.when.holds(&task) {
            fault(format!("the example solution does not go with the example request: {}", part.name));
        }
        for value in find(&shape.example_solution, &part.name) {
            match value {
                Some(raw) => fits(part, &raw, fault),
                None if part.optional => {}
                None => fault(format!("the example solution lacks {}", part.name)),
            }
        }
    }
}

fn fits(part: &Part, raw: &RawValue, fault: &mut impl FnMut(String)) {
    if !part.types.accepts_kind(raw) {
        fault(format!("the example solution: {} is not {}", part.name, part.types.wanted()));
    }
    if !part.only.is_empty() && !part.only.iter().any(|value| same_scalar(raw, value)) {
        fault(format!("the example solution: {} is not one of its values", part.name));
    }
}

/// What stands at a dotted name; every value where the name has `<…>`.
fn find(text: &str, name: &str) -> Vec<Option<Box<RawValue>>> {
    let mut here = vec![RawValue::from_string(text.to_owned()).ok()];
    for key in name.split('.') {
        here = here
            .into_iter()
            .flat_map(|raw| {
                let object = raw.as_ref().and_then(|raw| super::super::json::Object::parse(raw.get()).ok());
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
        assert!(broken("\"version\": 4, \"init", "\"version\": 3, \"init").contains("example request means"));
        assert!(
            broken("{\"gRecaptchaResponse\": \"TOKEN\"}", "{\"gRecaptchaResponse\": 7}").contains("example solution")
        );
        assert!(broken("{\"gRecaptchaResponse\": \"TOKEN\"}", "{}").contains("example solution lacks"));
        assert!(broken("\"variantOf\": \"turnstile\"", "\"variantOf\": \"turnstyle\"").contains("which is not there"));
        assert!(broken("\"name\": \"isInvisible\"", "\"name\": \"websiteKey\"").contains("stands twice"));
        assert!(
            broken("[{\"imagesBase64\": \"absent\"}]", "[{\"images\": \"absent\"}]").contains("which is not a member")
        );
        assert!(broken("\"proxy\": \"optional\"", "\"proxy\": \"maybe\"").contains("unknown variant"));
        assert!(
            broken("\"status\": \"current\",", "\"status\": \"current\", \"statsu\": 1,").contains("unknown field")
        );
        assert!(
            broken("{\"challengeScript\": \"present\"", "{\"challengeScripts\": \"present\"").contains("not a member")
        );
        assert!(broken("\"enum\": [\"Audio\"]", "\"enum\": [7]").contains("which is not a string"));
        assert!(broken("pureCaptcha=\", \"cookieRequired\": true", "pureCaptcha=\"").contains("does not go with"));
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
