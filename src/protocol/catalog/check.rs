//! Checks a task against the shape it means and finds everything at once.

use super::index::Catalogue;
use super::json_type::string;
use super::misspelt::{Suggester, Suggestion};
use super::model::{Member, Need, Never, Shape, Status};
use super::proxy;
use super::select::{Choice, choose, misnamed};
use super::task::View;
use super::task_check::TaskCheck;
use super::unknown_members::{counted, repeated, warn_of_unknown};
use super::value;
use crate::protocol::json::{Malformed, Object, clip, kind, not_text, quote};
use crate::protocol::problem::{HALF_HINT, Problem, add_problem, pointer, problem, shown};
use crate::protocol::suggest::{Query, did_you_mean, one_of};
use serde_json::value::RawValue;
use std::borrow::Cow;

/// So many unknown members of an object get a hint; more of them are hardly misspelt.
const MAX_SUGGESTIONS: usize = 32;

/// Checks the JSON text of a task.
pub(super) fn run<'c>(catalogue: &'c Catalogue, text: &str) -> (Option<&'c Shape>, TaskCheck<'c>) {
    let mut found = TaskCheck::default();
    let task = match View::parse(text) {
        Ok(task) => task,
        Err((at, fault)) => {
            let hint = if matches!(fault, Malformed::Name { .. }) { HALF_HINT } else { "write it as {\"type\":…}" };
            add_problem(&mut found.problems, at, format_args!("{fault}"), hint);
            return (None, found);
        }
    };
    let shape = match choose(catalogue, &task) {
        Choice::Shape(shape) => shape,
        other => {
            no_shape(catalogue, &task, other, &mut found);
            found.warnings.extend(task.level("").into_iter().flat_map(|top| repeated("", top, &[])));
            return (None, found);
        }
    };
    let mut check = Check { catalogue, shape, task: &task, proxied: false, found: &mut found };
    check.envelope();
    check.warn_of_deprecation();
    check.members();
    check.never();
    proxy::check(shape, &task, &mut found.warnings);
    (Some(shape), found)
}

/// `type` or `class` is not there, or is not a string.
fn unnamed(task: &View<'_>, name: &str, advice: &str) -> Problem {
    let near = misnamed(task, name).map(|near| format!("is {} meant to be {name}?", shown(near)));
    let hint = near.unwrap_or_else(|| advice.to_owned());
    match task.get(name) {
        Some(raw) if raw.get() == "\"\"" => problem(pointer("", name), format_args!("{name} is empty"), advice),
        Some(raw) => {
            let hint = if kind(raw) == "a string" { HALF_HINT } else { advice };
            problem(pointer("", name), format_args!("{}", not_text(name, raw)), hint)
        }
        None => problem(pointer("", name), format_args!("{name} is missing"), &hint),
    }
}

const TYPE_HINT: &str = "name the task type, such as RecaptchaV2Task";
const CLASS_HINT: &str = "captask_describe(\"tasks\") lists the classes";

fn no_shape(catalogue: &Catalogue, task: &View<'_>, choice: Choice<'_, '_>, found: &mut TaskCheck<'_>) {
    match choice {
        Choice::NoType | Choice::Shape(_) => found.problems.push(unnamed(task, "type", TYPE_HINT)),
        Choice::NoClass => found.problems.push(unnamed(task, "class", CLASS_HINT)),
        Choice::UnknownType(kind) => {
            let text = format_args!("the type {} is not in the catalogue; the task is sent unchecked", shown(&kind));
            add_problem(&mut found.warnings, "/type".into(), text, &suggest_type(catalogue, &kind));
        }
        Choice::UnknownClass(name, class) => {
            let kind = task.get("type").and_then(string).unwrap_or_default();
            let classes = catalogue.of_type(&kind).into_iter().flatten().filter_map(|s| s.class.as_deref());
            let text = format_args!("the class {} is not in the catalogue; the task is sent unchecked", shown(&class));
            add_problem(&mut found.warnings, pointer("", name), text, &did_you_mean(&class, classes));
        }
    }
}

/// What to say of a misspelt type. Whether a name ends in Proxyless is the commonest difference between the types of this
/// family, and counts less than any letter before it.
fn suggest_type(catalogue: &Catalogue, kind: &str) -> String {
    const LESS: &str = "proxyless";
    let stem = |name: &str| {
        let cut = name.len().saturating_sub(LESS.len());
        let less = name.get(cut..).is_some_and(|end| end.eq_ignore_ascii_case(LESS));
        (name.get(..cut).filter(|_| less).unwrap_or(name).to_owned(), less)
    };
    const TASK: &str = "task";
    let bare = |name: &str| {
        let cut = name.len().saturating_sub(TASK.len());
        name.get(cut..).filter(|end| end.eq_ignore_ascii_case(TASK)).and_then(|_| name.get(..cut)).map(str::to_owned)
    };
    let (wanted, less) = stem(kind);
    let (Some(wanted_stem), Some(whole)) = (Query::new(&wanted), Query::new(kind)) else { return String::new() };
    let no_task = bare(&wanted).is_none();
    one_of(catalogue.type_names().filter_map(|name| {
        let (known, known_less) = stem(name);
        // The name of the challenge alone, when it is hardly misspelt.
        let alone = bare(&known).filter(|_| no_task).and_then(|bare| wanted_stem.distance_or_same(&bare));
        if let Some(distance) = alone.filter(|distance| *distance <= 1) {
            return Some(((distance, less != known_less), name));
        }
        // A misspelt Proxyless is no stem, and near as a whole only.
        let stems = wanted_stem.distance_or_same(&known).map(|distance| (distance, less != known_less));
        Some((stems.into_iter().chain(whole.distance(name).map(|distance| (distance, false))).min()?, name))
    }))
}

/// One object of the task: the members that its shape knows, each with its value and spelling, and the other names.
struct Level<'c, 'v, 't> {
    parent: &'c str,
    object: &'v Object<'t>,
    specs: Vec<(&'c Member, Option<(&'t RawValue, usize)>)>,
    unknown: Vec<(&'v str, usize)>,
}

/// Says which variant a misspelt member would make of the task.
fn variant_note(suggestions: &Suggestion<'_>) -> String {
    suggestions
        .makes
        .map(|(written, other)| format!("; spelled {written}, it makes this task {}", other.id))
        .unwrap_or_default()
}

struct Check<'r, 'c, 't> {
    catalogue: &'c Catalogue,
    shape: &'c Shape,
    task: &'r View<'t>,
    /// Whether a member of the proxy group is there: without one its conditions need no look.
    proxied: bool,
    found: &'r mut TaskCheck<'c>,
}

impl<'c: 't, 't> Check<'_, 'c, 't> {
    /// Says when a shape is no longer documented.
    fn warn_of_deprecation(&mut self) {
        let at = if self.shape.class.is_some() { "/class" } else { "/type" };
        let text = match self.shape.status {
            Status::Current => return,
            Status::Deprecated => {
                format!("{} is deprecated: the service no longer publishes its page", self.shape.about)
            }
            Status::Removed => {
                format!("{} is removed from the documentation; only clients still have it", self.shape.about)
            }
        };
        add_problem(
            &mut self.found.warnings,
            at.into(),
            format_args!("{text}"),
            "the service may refuse it in the future",
        );
    }

    /// `type` and `class` under names that were taken for them, and spellings of `class` that contradict it.
    fn envelope(&mut self) {
        if self.task.get("type").is_none() {
            self.found.problems.push(unnamed(self.task, "type", TYPE_HINT));
        }
        let Some(class) = &self.shape.class else { return };
        let spelled = |name: &String| self.task.get(name).map(|raw| (name.clone(), raw));
        let others: Vec<(String, &RawValue)> = self.shape.class_also.iter().filter_map(spelled).collect();
        if others.is_empty() && self.task.get("class").is_none() {
            self.found.problems.push(unnamed(self.task, "class", CLASS_HINT));
        }
        let written = self.task.get("class").and_then(string).filter(|written| written != class);
        if let Some(alias) = written {
            let text = format_args!("class is {}; the documentation spells it {class}", shown(&alias));
            add_problem(&mut self.found.warnings, "/class".into(), text, &format!("did you mean {class}?"));
        }
        for (name, raw) in others.into_iter().filter(|(_, raw)| string(raw).as_deref() != Some(class)) {
            let text = format_args!("{name} is {}; expected {}", clip(raw.get()), quote(class));
            add_problem(&mut self.found.problems, pointer("", &name), text, "omit it; the task has class");
        }
    }

    /// Every object of the task: its members, then those that are not there, then those that nobody knows.
    fn members(&mut self) {
        let (shape, task) = (self.shape, self.task);
        let mut levels = Vec::with_capacity(shape.levels.len());
        for (parent, members) in &shape.levels {
            levels.extend(task.level(parent).map(|object| self.read_level(parent, members, object)));
        }
        let mut present = levels.iter().flat_map(|level| &level.specs).filter(|(_, value)| value.is_some());
        self.proxied = present.any(|(spec, _)| spec.of_proxy);
        let suggestions = self.suggestions(&levels);
        for level in &levels {
            for (spec, value) in &level.specs {
                match value {
                    Some((value, spelled)) => self.value(level.parent, spec, value, *spelled),
                    None => self.missing(level.parent, spec, &suggestions),
                }
            }
        }
        for level in &levels {
            let parent = level.parent;
            let told = |_: usize, name: &str| {
                let suggestions = suggestions.iter().find(|(at, known, _)| *at == parent && *known == name);
                self.unknown(parent, name, suggestions.map(|(.., suggestions)| suggestions))
            };
            let unknown = warn_of_unknown(parent, &level.unknown, &self.shape.id, told);
            self.found.warnings.extend(unknown);
            self.found.warnings.extend(repeated(parent, level.object, &level.unknown));
        }
    }

    /// Finds the members of one object.
    fn read_level<'v>(&mut self, parent: &'c str, members: &'c [usize], object: &'v Object<'t>) -> Level<'c, 'v, 't> {
        let shape = self.shape;
        let mut specs = Vec::with_capacity(members.len());
        specs.extend(members.iter().filter_map(|index| shape.members.get(*index)).map(|spec| (spec, None)));
        let mut level = Level { parent, object, specs, unknown: Vec::new() };
        let (mut unknown, mut doubled): (Vec<&str>, Vec<&str>) = (Vec::new(), Vec::new());
        for member in object.members() {
            let name = member.name.as_ref();
            let known = level.specs.iter_mut().find_map(|(spec, slot)| Some((*spec, spelling(spec, name)?, slot)));
            match known {
                Some((spec, spelled, slot)) => {
                    let earlier = slot.replace((member.value, spelled));
                    if let Some((value, other)) = earlier
                        && other != spelled
                        && !doubled.contains(&spec.name.as_str())
                    {
                        doubled.push(&spec.name);
                        self.twice(parent, spec, value, other, spelled);
                    }
                }
                None if parent.is_empty() && self.is_envelope(name) => {}
                None if self.is_ruled_out(parent, name) => {}
                None => unknown.push(name),
            }
        }
        level.unknown = counted(unknown);
        level
    }

    /// What the unknown members were meant to be: the object, the name there, and what it means.
    fn suggestions<'v>(&self, levels: &[Level<'c, 'v, 't>]) -> Vec<(&'c str, &'v str, Suggestion<'c>)> {
        let hints = Suggester { catalogue: self.catalogue, shape: self.shape, task: self.task };
        let some =
            levels.iter().flat_map(|l| l.unknown.iter().take(MAX_SUGGESTIONS).map(|(name, _)| (l.parent, *name)));
        some.map(|(parent, name)| (parent, name, hints.suggest(parent, name))).collect()
    }

    fn is_envelope(&self, name: &str) -> bool {
        name == "type"
            || (self.shape.class.is_some() && (name == "class" || self.shape.class_also.iter().any(|a| a == name)))
    }

    /// One member under two spellings: both are checked, and the caller is told.
    fn twice(&mut self, parent: &str, spec: &Member, value: &RawValue, other: usize, spelled: usize) {
        self.value(parent, spec, value, other);
        let name = |i: usize| spec.paths.get(i).map_or(spec.name.as_str(), |p| p.leaf.as_str());
        let text = format_args!("{} and {} are two spellings of one member", name(other), name(spelled));
        add_problem(&mut self.found.warnings, pointer(parent, name(other)), text, &format!("keep {}", spec.leaf()));
    }

    fn value(&mut self, parent: &str, spec: &Member, value: &RawValue, spelled: usize) {
        let name = spec.paths.get(spelled).map_or(spec.leaf(), |path| path.leaf.as_str());
        // Which value counts may be a matter of the variant: where none fits, those of all variants are told.
        let of_variants =
            || self.catalogue.variants(self.shape).flat_map(|s| &s.members).filter(|m| m.name == spec.name);
        let all = || of_variants().flat_map(|member| &member.only);
        value::check(spec, name, value, all, || pointer(parent, name), self.found);
    }

    fn missing(&mut self, parent: &str, spec: &Member, suggestions: &[(&str, &str, Suggestion<'_>)]) {
        let mut why = if spec.required {
            match (spec.of_proxy, self.shape.proxy) {
                (true, Need::Required) => String::from("; this task needs a proxy"),
                _ => String::new(),
            }
        } else if (self.proxied || !spec.of_proxy) && spec.required_when.holds(self.task) {
            if spec.of_proxy {
                String::from("; give all proxy members or none")
            } else {
                let how = if spec.soft { "recommended" } else { "needed" };
                format!("; it is {how} because {}", spec.required_when.in_words())
            }
        } else {
            return;
        };
        // Of several, the first by its name.
        let near = suggestions.iter().filter(|(.., suggestions)| suggestions.target == spec.name);
        let near = near.min_by_key(|(at, name, _)| (*at, *name));
        let hint = match near {
            Some((at, name, suggestions)) => {
                why.push_str(&variant_note(suggestions));
                let wanted = if *at == parent { spec.leaf() } else { &spec.name };
                format!("is {} meant to be {wanted}?", shown(name))
            }
            None if spec.note.is_empty() => format!("give {}", spec.types.wanted()),
            None => format!("give {}: {}", spec.types.wanted(), spec.note),
        };
        let found = if spec.soft { &mut self.found.warnings } else { &mut self.found.problems };
        add_problem(found, pointer(parent, spec.leaf()), format_args!("{} is missing{why}", spec.name), &hint);
    }

    /// A member that a rule of this shape forbids: the rule tells it.
    fn is_ruled_out(&self, parent: &str, name: &str) -> bool {
        let mut names = self.shape.never.iter().flat_map(|never| never.when.names());
        names.any(|other| other == within(parent, name))
    }

    /// What is wrong with a member that this shape does not take, and what to do.
    fn unknown(&self, parent: &str, name: &str, suggestions: Option<&Suggestion<'_>>) -> (String, String) {
        let (makes, hint) = suggestions
            .map_or_else(Default::default, |suggestions| (variant_note(suggestions), suggestions.hint.clone()));
        (format!("{} has no member {}{makes}", self.shape.id, within(parent, &shown(name))), hint)
    }

    /// Members that exclude each other.
    fn never(&mut self) {
        let (proxied, task) = (self.proxied, self.task);
        let broken = |never: &&Never| (proxied || !never.of_proxy) && never.when.holds(task);
        for never in self.shape.never.iter().filter(broken) {
            let (parent, name) = never.at.split_once('.').unwrap_or(("", &never.at));
            let values: Vec<&str> =
                self.catalogue.variants(self.shape).flat_map(|s| s.pick.values_of(&never.at)).collect();
            let given = self.task.level(parent).and_then(|o| o.string(name)).unwrap_or_default();
            add_problem(
                &mut self.found.problems,
                pointer(parent, name),
                format_args!("{}", never.why),
                &did_you_mean(&given, values),
            );
        }
    }
}

/// The dotted name of a member.
fn within<'n>(parent: &str, name: &'n str) -> Cow<'n, str> {
    if parent.is_empty() { Cow::Borrowed(name) } else { Cow::Owned(format!("{parent}.{name}")) }
}

/// Which spelling of a member this name is.
fn spelling(spec: &Member, name: &str) -> Option<usize> {
    spec.paths.iter().position(|path| path.leaf == name)
}
