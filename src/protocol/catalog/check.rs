//! Checks a task against the shape it means and finds everything at once.

use super::data::{Member, Need, Shape, Status};
use super::json_type::string;
use super::load::Catalogue;
use super::nearest::{did_you_mean, nearest};
use super::select::{Choice, choose};
use super::value;
use super::view::View;
use super::{Problem, TaskCheck, proxy};
use crate::protocol::json::kind;
use serde_json::value::RawValue;

/// So many unknown members of an object get a hint; more of them are hardly misspelt.
const HINTS: usize = 32;

/// Checks the JSON text of a task.
pub(super) fn run<'c>(catalogue: &'c Catalogue, text: &str) -> (Option<&'c Shape>, TaskCheck) {
    let mut found = TaskCheck::default();
    let task = match View::parse(text) {
        Ok(task) => task,
        Err(fault) => {
            found.problems.push(problem("", format!("the task cannot be read: {fault}"), "write it as {\"type\":…}"));
            return (None, found);
        }
    };
    let shape = match choose(catalogue, &task) {
        Choice::Shape(shape) => shape,
        other => {
            no_shape(catalogue, &task, other, &mut found);
            return (None, found);
        }
    };
    let mut check = Check { catalogue, shape, task: &task, found: &mut found };
    check.standing();
    for (parent, members) in &shape.levels {
        check.level(parent, members);
    }
    check.never();
    proxy::check(shape, &task, &mut found.warnings);
    (Some(shape), found)
}

/// A problem from its parts.
pub(super) fn problem(pointer: impl Into<String>, problem: impl Into<String>, hint: impl Into<String>) -> Problem {
    Problem { pointer: pointer.into(), problem: problem.into(), hint: hint.into() }
}

/// The pointer to a member of the task, or of one of its objects.
pub(super) fn pointer(parent: &str, name: &str) -> String {
    let escape = |part: &str| part.replace('~', "~0").replace('/', "~1");
    if parent.is_empty() { format!("/{}", escape(name)) } else { format!("/{}/{}", escape(parent), escape(name)) }
}

fn no_shape(catalogue: &Catalogue, task: &View<'_>, choice: Choice<'_, '_>, found: &mut TaskCheck) {
    let missing = |name: &str, hint: String| match task.get(name) {
        Some(raw) => problem(pointer("", name), format!("{name} is {}; a string is wanted", kind(raw)), hint),
        None => problem(pointer("", name), format!("{name} is missing"), hint),
    };
    let here = task.level("").map(|top| top.members()).unwrap_or_default();
    match choice {
        Choice::NoType | Choice::Shape(_) => {
            let near = nearest("type", here.iter().map(|m| m.name.as_ref()));
            let hint = near.map_or(String::from("name the task type, such as RecaptchaV2Task"), |n| {
                format!("is {n} meant to be type?")
            });
            found.problems.push(missing("type", hint));
        }
        Choice::NoClass => {
            let near = nearest("class", here.iter().map(|m| m.name.as_ref()));
            let hint = near.map_or(String::from("captask_describe(\"tasks\") lists the classes"), |n| {
                format!("is {n} meant to be class?")
            });
            found.problems.push(missing("class", hint));
        }
        Choice::UnknownType(kind) => {
            let hint = match nearest_type(catalogue, &kind) {
                Some(near) => format!("did you mean {near}?"),
                None => String::new(),
            };
            let text = format!("the type {} is not in this catalogue; it is sent unchecked", clip(&kind));
            found.warnings.push(problem("/type", text, hint));
        }
        Choice::UnknownClass(name, class) => {
            let kind = task.get("type").and_then(string).unwrap_or_default();
            let classes = catalogue.of_type(&kind).into_iter().flatten().filter_map(|s| s.class.as_deref());
            let hint =
                if name == "class" { did_you_mean(&class, classes) } else { String::from("did you mean class?") };
            let text = format!("the {name} {} is not in this catalogue; it is sent unchecked", clip(&class));
            found.warnings.push(problem(pointer("", name), text, hint));
        }
    }
}

/// The type that a misspelt one means. Whether a name ends in Proxyless is the commonest difference between the types of
/// this family, and other types are fewer letters away.
fn nearest_type<'c>(catalogue: &'c Catalogue, kind: &str) -> Option<&'c str> {
    let stem = |name: &str| name.to_ascii_lowercase().trim_end_matches("proxyless").to_owned();
    let wanted = stem(kind);
    let names = catalogue.type_names();
    names.clone().find(|name| stem(name) == wanted).or_else(|| nearest(kind, names))
}

/// A name from outside, short enough for a message.
pub(super) fn clip(text: &str) -> String {
    match text.char_indices().nth(64) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

struct Check<'r, 'c, 't> {
    catalogue: &'c Catalogue,
    shape: &'c Shape,
    task: &'r View<'t>,
    found: &'r mut TaskCheck,
}

impl<'c, 't> Check<'_, 'c, 't> {
    /// Says when a shape is no longer documented.
    fn standing(&mut self) {
        let at = if self.shape.class.is_some() { "/class" } else { "/type" };
        let text = match self.shape.status {
            Status::Current => return,
            Status::Deprecated => format!("{} is deprecated: its page is no longer published", self.shape.about),
            Status::Removed => {
                format!("{} is removed from the documentation; only clients still know it", self.shape.about)
            }
        };
        self.found.warnings.push(problem(at, text, "expect the service to refuse it one day"));
    }

    /// One object of the task: every member that is there, then those that are not.
    fn level(&mut self, parent: &str, members: &'c [usize]) {
        let Some(object) = self.task.level(parent) else { return };
        let shape = self.shape;
        let specs: Vec<&'c Member> = members.iter().filter_map(|index| shape.members.get(*index)).collect();
        let mut seen: Vec<Option<(&'t RawValue, usize)>> = vec![None; specs.len()];
        let mut unknown: Vec<&str> = Vec::new();
        for member in object.members() {
            let name = member.name.as_ref();
            match specs.iter().enumerate().find_map(|(i, spec)| Some((i, spelling(spec, name)?))) {
                Some((index, spelled)) => {
                    let Some(slot) = seen.get_mut(index) else { continue };
                    let earlier = slot.replace((member.value, spelled));
                    if let (Some((value, other)), Some(spec)) = (earlier, specs.get(index))
                        && other != spelled
                    {
                        self.twice(parent, spec, value, other, spelled);
                    }
                }
                None if parent.is_empty() && self.is_envelope(name) => {}
                None => unknown.push(name),
            }
        }
        for (spec, seen) in specs.iter().zip(&seen) {
            match seen {
                Some((value, spelled)) => self.value(parent, spec, value, *spelled),
                None => self.missing(parent, spec, &unknown),
            }
        }
        for (count, name) in unknown.iter().enumerate() {
            self.unknown(parent, name, &specs, count < HINTS);
        }
    }

    fn is_envelope(&self, name: &str) -> bool {
        name == "type"
            || (self.shape.class.is_some() && (name == "class" || self.shape.class_also.iter().any(|a| a == name)))
    }

    /// One member under two spellings: both are checked, and the caller is told.
    fn twice(&mut self, parent: &str, spec: &Member, value: &RawValue, other: usize, spelled: usize) {
        self.value(parent, spec, value, other);
        let name = |i: usize| spec.paths.get(i).map_or(spec.name.as_str(), |p| p.leaf.as_str());
        let text = format!("{} and {} are two spellings of one member", name(other), name(spelled));
        self.found.warnings.push(problem(pointer(parent, name(other)), text, format!("keep {}", spec.leaf())));
    }

    fn value(&mut self, parent: &str, spec: &Member, value: &RawValue, spelled: usize) {
        let name = spec.paths.get(spelled).map_or(spec.leaf(), |path| path.leaf.as_str());
        value::check(spec, value, || pointer(parent, name), self.found);
    }

    fn missing(&mut self, parent: &str, spec: &Member, unknown: &[&str]) {
        let why = if spec.required {
            match (spec.of_proxy, self.shape.proxy) {
                (true, Need::Required) => String::from("; this task needs a proxy"),
                _ => String::new(),
            }
        } else if spec.required_when.holds(self.task) {
            if spec.of_proxy {
                String::from("; a proxy is given whole or not at all")
            } else {
                format!("; it is needed because {}", spec.required_when.in_words())
            }
        } else {
            return;
        };
        let near = nearest(spec.leaf(), unknown.iter().copied().take(HINTS));
        let hint = match near {
            Some(name) => format!("is {} meant to be {}?", clip(name), spec.leaf()),
            None if spec.note.is_empty() => format!("give {}", spec.types.wanted()),
            None => format!("give {}: {}", spec.types.wanted(), spec.note),
        };
        self.found.problems.push(problem(pointer(parent, spec.leaf()), format!("{} is missing{why}", spec.name), hint));
    }

    fn unknown(&mut self, parent: &str, name: &str, specs: &[&Member], with_hint: bool) {
        let dotted = if parent.is_empty() { name.to_owned() } else { format!("{parent}.{name}") };
        if self.shape.never.iter().any(|never| never.when.names().any(|n| n == dotted)) {
            return;
        }
        let mut hint = String::new();
        if self.shape.proxy == Need::None && self.catalogue.is_of_proxy(name) {
            hint.push_str("this task takes no proxy");
        } else if with_hint {
            let all = specs.iter().flat_map(|s| s.paths.iter().map(|p| p.leaf.as_str()));
            hint = did_you_mean(name, all.chain(["type"]));
            if hint.is_empty() {
                hint = self.elsewhere(&dotted);
            }
        }
        let text = format!("{} takes no member {}", self.shape.id, clip(&dotted));
        self.found.warnings.push(problem(pointer(parent, name), text, hint));
    }

    /// Another shape of the same type that knows this member.
    fn elsewhere(&self, dotted: &str) -> String {
        let Some(group) = self.catalogue.of_type(&self.shape.kind) else { return String::new() };
        let mut others = group.filter(|s| s.class == self.shape.class && s.members.iter().any(|m| m.name == dotted));
        others.next().map(|s| format!("it belongs to {}", s.id)).unwrap_or_default()
    }

    /// Members that exclude each other.
    fn never(&mut self) {
        for never in self.shape.never.iter().filter(|never| never.when.holds(self.task)) {
            let (parent, name) = never.at.split_once('.').unwrap_or(("", &never.at));
            let group = self.catalogue.of_type(&self.shape.kind).into_iter().flatten();
            let values: Vec<&str> = group.flat_map(|s| s.pick.values_of(&never.at)).collect();
            let given = self.task.level(parent).and_then(|o| o.string(name)).unwrap_or_default();
            self.found.problems.push(problem(pointer(parent, name), never.why.clone(), did_you_mean(&given, values)));
        }
    }
}

/// Which spelling of a member this name is.
fn spelling(spec: &Member, name: &str) -> Option<usize> {
    spec.paths.iter().position(|path| path.leaf == name)
}
