//! What differs between the catalogue and a description.

use super::known::{Known, Known1, Shape};
use super::model::{Described, Key, Kind, Member};
use std::collections::{BTreeMap, BTreeSet};

/// The differences, a line each.
pub fn compare(known: &Known, described: &Described) -> Vec<String> {
    let mut lines = BTreeSet::new();
    types(known, described, &mut lines);
    for group in groups(described) {
        let of_group = |shape: &&Shape| group.first().is_some_and(|kind| kind.keys.contains(&shape.key));
        let shapes: Vec<&Shape> = known.shapes.iter().filter(of_group).collect();
        if shapes.is_empty() {
            continue;
        }
        let speaks = described.kinds.iter().any(|kind| kind.members.values().any(|m| m.required == Some(true)));
        for (kind, shapes) in pairs(&group, &shapes) {
            Held { kind: &kind, shapes: &shapes, speaks }.lines(&mut lines);
        }
    }
    if !described.methods.is_empty() {
        methods(known, described, &mut lines);
    }
    for code in described.codes.iter().filter(|code| !known.codes.contains(*code)) {
        lines.insert(format!("new: error code {code}"));
    }
    lines.extend(described.examples.iter().cloned());
    lines.into_iter().collect()
}

/// Types and classes that one side alone has, and whether they are still documented.
fn types(known: &Known, described: &Described, lines: &mut BTreeSet<String>) {
    let mut by_key: BTreeMap<&Key, Vec<Option<bool>>> = BTreeMap::new();
    for kind in &described.kinds {
        for key in &kind.keys {
            by_key.entry(key).or_default().push(kind.deprecated);
        }
    }
    for (key, said) in &by_key {
        let all = |word: bool| said.iter().all(|said| *said == Some(word));
        let mut shapes = known.of_key(key).peekable();
        if shapes.peek().is_none() {
            let what = match known.of_type(&key.kind).next() {
                Some(_) if key.class.is_some() => format!("new: class {key}"),
                _ => format!("new: type {key}"),
            };
            lines.insert(what);
        } else if shapes.all(|shape| !shape.current) {
            if said.contains(&Some(false)) {
                lines.insert(format!("different: {key} is documented; the catalogue lists it as no longer documented"));
            }
        } else if all(true) {
            lines.insert(format!("different: {key} is now deprecated"));
        }
    }
    for shape in known.shapes.iter().filter(|shape| shape.current && shape.documented) {
        // A type that has classes may be described as a whole.
        let general = Key { kind: shape.key.kind.clone(), class: None };
        if !by_key.contains_key(&shape.key) && !by_key.contains_key(&general) {
            let what = if shape.key.class.is_some() { "class" } else { "type" };
            lines.insert(format!("gone: {what} {}", shape.key));
        }
    }
}

/// The forms of the same types.
fn groups(described: &Described) -> Vec<Vec<&Kind>> {
    let mut groups: Vec<Vec<&Kind>> = Vec::new();
    for kind in described.kinds.iter().filter(|kind| !kind.members.is_empty()) {
        match groups.iter_mut().find(|group| group.first().is_some_and(|first| first.keys == kind.keys)) {
            Some(group) => group.push(kind),
            None => groups.push(vec![kind]),
        }
    }
    groups
}

/// Each form with the entries that it is held against: one by one where there is one for each, else all with all.
fn pairs<'k>(group: &[&Kind], shapes: &[&'k Shape]) -> Vec<(Kind, Vec<&'k Shape>)> {
    if group.len() == shapes.len() && group.len() > 1 {
        let nearest = |kind: &Kind| {
            let score = |shape: &&Shape| likeness(kind, shape);
            (0..shapes.len()).max_by(|a, b| score(&shapes[*a]).total_cmp(&score(&shapes[*b]))).unwrap_or(0)
        };
        let chosen: Vec<usize> = group.iter().map(|kind| nearest(kind)).collect();
        if chosen.iter().collect::<BTreeSet<_>>().len() == shapes.len() {
            return group.iter().zip(chosen).map(|(kind, at)| ((*kind).clone(), vec![shapes[at]])).collect();
        }
    }
    vec![(together(group), shapes.to_vec())]
}

/// How much of a form an entry has: members, what is required, and the values that choose it.
fn likeness(kind: &Kind, shape: &Shape) -> f64 {
    let mut score = 0.0;
    for (name, described) in &kind.members {
        let Some(member) = shape.members.get(name) else {
            score -= 1.0;
            continue;
        };
        score += 1.0;
        if described.required == Some(true) && member.described.required == Some(true) {
            score += 1.0;
        }
        if let (Some(these), Some(those)) = (&described.values, &member.described.values) {
            score += if these.is_disjoint(those) { -5.0 } else { 5.0 };
        }
    }
    let missing = shape
        .members
        .iter()
        .filter(|(name, member)| member.described.required == Some(true) && !kind.members.contains_key(*name));
    score - 2.0 * missing.count() as f64
}

/// Several forms as one: what any has, required where all require it.
fn together(group: &[&Kind]) -> Kind {
    let mut out = group.first().map(|first| (*first).clone()).unwrap_or_default();
    for kind in group.iter().skip(1) {
        for (name, member) in &mut out.members {
            let other = kind.members.get(name);
            let both = other.is_some_and(|other| other.required == Some(true));
            member.required = member.required.map(|required| required && both);
        }
        for (name, member) in &kind.members {
            match out.members.get_mut(name) {
                Some(known) => merge(known, member),
                None => {
                    let required = member.required.map(|_| false);
                    out.members.insert(name.clone(), Member { required, ..member.clone() });
                }
            }
        }
    }
    out
}

fn merge(known: &mut Member, more: &Member) {
    known.types.extend(more.types.iter().cloned());
    known.values = match (known.values.take(), &more.values) {
        (Some(mut values), Some(more)) => {
            values.extend(more.iter().cloned());
            Some(values)
        }
        _ => None,
    };
    let loose = |a: Option<f64>, b: Option<f64>, pick: fn(f64, f64) -> f64| a.zip(b).map(|(a, b)| pick(a, b));
    known.min = loose(known.min, more.min, f64::min);
    known.max = loose(known.max, more.max, f64::max);
    known.min_items = known.min_items.zip(more.min_items).map(|(a, b)| a.min(b));
    known.max_items = known.max_items.zip(more.max_items).map(|(a, b)| a.max(b));
}

/// One form beside the entries of the catalogue for it.
struct Held<'h> {
    kind: &'h Kind,
    shapes: &'h [&'h Shape],
    /// Whether the description speaks of what is required at all.
    speaks: bool,
}

impl<'h> Held<'h> {
    fn lines(&self, lines: &mut BTreeSet<String>) {
        let whose = self.kind.keys.iter().map(Key::to_string).collect::<Vec<_>>().join(", ");
        let whose = captask::protocol::json::clip(&whose);
        for (name, described) in &self.kind.members {
            let known = self.known(name);
            if known.is_empty() {
                if !self.inside_of_one_that_is_open(name) {
                    lines.insert(format!("new: {whose}: member {name}{}", types(described)));
                }
                continue;
            }
            for what in self.differences(described, &known) {
                lines.insert(format!("different: {whose}: {name} {what}"));
            }
        }
        let names: BTreeSet<&String> = self.shapes.iter().flat_map(|shape| shape.members.keys()).collect();
        for name in names {
            let known = self.known(name);
            let spelled =
                known.iter().flat_map(|member| &member.also).any(|other| self.kind.members.contains_key(other));
            let documented = known.iter().any(|member| !member.clients);
            // What is inside an object that is not described has not gone.
            let described = name.split_once('.').is_none_or(|(parent, _)| self.describes_inside(parent));
            if documented && described && !spelled && !self.kind.members.contains_key(name) {
                lines.insert(format!("gone: {whose}: member {name}"));
            }
        }
        return;

        fn types(described: &Member) -> String {
            let required = if described.required == Some(true) { ", required" } else { "" };
            let types: Vec<&str> = described.types.iter().map(String::as_str).collect();
            if types.is_empty() { required.to_owned() } else { format!(" ({}{required})", types.join(" or ")) }
        }
    }

    /// What the entries say of a member, under any of its spellings.
    fn known(&self, name: &str) -> Vec<&'h Known1> {
        let spelled = |member: &&Known1| member.also.iter().any(|other| other == name);
        let of = |shape: &'h Shape| shape.members.get(name).or_else(|| shape.members.values().find(spelled));
        self.shapes.iter().copied().filter_map(of).collect()
    }

    fn describes_inside(&self, parent: &str) -> bool {
        self.kind.members.keys().any(|name| name.split_once('.').is_some_and(|(outer, _)| outer == parent))
    }

    /// Members of an object of which the catalogue says nothing.
    fn inside_of_one_that_is_open(&self, name: &str) -> bool {
        name.split_once('.').is_some_and(|(parent, _)| {
            let known = self.shapes.iter().any(|shape| shape.members.contains_key(parent));
            let inside = |other: &String| other.split_once('.').is_some_and(|(outer, _)| outer == parent);
            known && !self.shapes.iter().any(|shape| shape.members.keys().any(inside))
        })
    }

    fn differences(&self, described: &Member, known: &[&Known1]) -> Vec<String> {
        let mut out = Vec::new();
        let everywhere = known.len() == self.shapes.len();
        let required = everywhere && known.iter().all(|member| member.described.required == Some(true));
        match described.required {
            Some(true) if !required => {
                let when = known.iter().map(|m| m.when.as_str()).find(|when| !when.is_empty());
                let when = when.map(|when| format!("; the catalogue: when {when}")).unwrap_or_default();
                out.push(format!("is now required{when}"));
            }
            Some(false) if required && self.speaks => out.push(String::from("is no longer required")),
            _ => {}
        }
        let types: BTreeSet<&str> = known.iter().flat_map(|m| &m.described.types).map(String::as_str).collect();
        let strange: Vec<&str> =
            described.types.iter().map(String::as_str).filter(|word| !fits(word, &types)).collect();
        if !strange.is_empty() {
            let catalogue = types.into_iter().collect::<Vec<_>>().join(" or ");
            out.push(format!("may be {}; the catalogue: {catalogue}", strange.join(" or ")));
        }
        self.values(described, known, &mut out);
        out.extend(bounds(described, known));
        out
    }

    fn values(&self, described: &Member, known: &[&Known1], out: &mut Vec<String>) {
        let Some(values) = &described.values else { return };
        let all: BTreeSet<&String> = known.iter().flat_map(|m| m.described.values.iter().flatten()).collect();
        if known.iter().any(|member| member.described.values.is_none()) {
            // Any value was good.
            if all.is_empty() && values.iter().any(|value| value != "true" && value != "false") {
                let list =
                    values.iter().map(|value| captask::protocol::json::clip(value)).collect::<Vec<_>>().join(", ");
                out.push(format!("now has a list of values: {}", captask::protocol::json::clip(&list)));
            }
            return;
        }
        for value in values.iter().filter(|value| !all.contains(value)) {
            out.push(format!("now takes {}", captask::protocol::json::clip(value)));
        }
        if known.iter().all(|member| !member.open) {
            for value in all.iter().filter(|value| !values.contains(**value) && !numeric(value)) {
                out.push(format!("no longer takes {value}"));
            }
        }
    }
}

/// true and false may be written 1 and 0.
fn numeric(value: &str) -> bool {
    value == "0" || value == "1"
}

fn fits(word: &str, types: &BTreeSet<&str>) -> bool {
    let any = |prefix: &str| types.iter().any(|known| known.starts_with(prefix));
    match word {
        // Which members may be null is said by few descriptions with care.
        "null" => true,
        "integer" => types.contains("integer") || types.contains("number"),
        "object" => any("object"),
        "array" => any("array"),
        "array<integer>" => {
            types.contains("array<integer>") || types.contains("array<number>") || types.contains("array")
        }
        other => types.contains(other),
    }
}

fn bounds(described: &Member, known: &[&Known1]) -> Vec<String> {
    let mut out = Vec::new();
    let same = |get: fn(&Member) -> Option<f64>| {
        let mut all = known.iter().map(|member| get(&member.described));
        let first = all.next().flatten();
        all.all(|other| other == first).then_some(first)
    };
    let count = |n: Option<u64>| n.map(|n| n as f64);
    let names = [
        ("at least", described.min, same(|m| m.min)),
        ("at most", described.max, same(|m| m.max)),
        ("items, at least", count(described.min_items), same(|m| m.min_items.map(|n| n as f64))),
        ("items, at most", count(described.max_items), same(|m| m.max_items.map(|n| n as f64))),
    ];
    for (word, these, those) in names {
        let (Some(these), Some(those)) = (these, those) else { continue };
        // Port 0 is how a client says that there is no proxy; integers of 32 bits are no bound.
        let usual = those.is_none() && (these == 0.0 || these.abs() >= f64::from(i32::MAX))
            || (these == 1.0 && those == Some(0.0));
        if Some(these) != those && !usual {
            let catalogue = those.map_or_else(|| String::from("none"), |n| n.to_string());
            out.push(format!("has the bound {word} {these}; the catalogue: {catalogue}"));
        }
    }
    out
}

fn methods(known: &Known, described: &Described, lines: &mut BTreeSet<String>) {
    for (name, described) in &described.methods {
        let Some(method) = known.methods.iter().find(|method| method.names.contains(name)) else {
            lines.insert(format!("new: method {name}"));
            continue;
        };
        for (what, these, those) in
            [("request", &described.request, &method.request), ("answer", &described.answer, &method.answer)]
        {
            lines.extend(these.difference(those).map(|member| format!("new: {name}: {what} member {member}")));
            let needed =
                those.iter().filter(|member| ["clientKey", "task", "taskId", "errorId"].contains(&member.as_str()));
            let gone = needed.filter(|member| !these.is_empty() && !these.contains(*member));
            lines.extend(gone.map(|member| format!("gone: {name}: {what} member {member}")));
        }
    }
    for method in known.methods.iter().filter(|method| method.of_api) {
        if !method.names.iter().any(|name| described.methods.contains_key(name)) {
            let name = method.names.iter().map(String::as_str).collect::<Vec<_>>().join(" or ");
            lines.insert(format!("gone: method {name}"));
        }
    }
}
