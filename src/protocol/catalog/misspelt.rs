//! What a member that a task does not take was meant to be. Looked into only where something is wrong already.

use super::index::Catalogue;
use super::model::{Need, Shape};
use super::select::{Choice, choose};
use super::task::{Path, View};
use crate::protocol::suggest::Query;

/// What an unknown member was meant to be.
#[derive(Debug, Default)]
pub(super) struct Suggestion<'c> {
    /// The dotted name of the member; empty where it is none that this shape takes.
    pub(super) target: String,
    /// What to say of it.
    pub(super) hint: String,
    /// The variant that the task would be with the name written right, and that name.
    pub(super) makes: Option<(&'c str, &'c Shape)>,
}

/// Whose name a candidate is, in the order in which they are believed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Origin {
    Own,
    Foreign,
    Variant,
    Elsewhere,
    Proxy,
}

#[derive(Debug)]
struct Candidate<'c> {
    /// How far it is, whether the task has it already, whose it is: the least is meant.
    rank: (usize, bool, Origin),
    target: Path,
    /// The name as it should be written.
    written: &'c str,
    hint: String,
}

/// Where unknown members are looked up.
#[derive(Debug, Clone, Copy)]
pub(super) struct Suggester<'c, 'r, 't> {
    pub(super) catalogue: &'c Catalogue,
    pub(super) shape: &'c Shape,
    pub(super) task: &'r View<'t>,
}

impl<'c, 't> Suggester<'c, '_, 't>
where
    'c: 't,
{
    /// What `name` in the object `parent` was meant to be.
    pub(super) fn suggest(&self, parent: &str, name: &str) -> Suggestion<'c> {
        if self.shape.proxy == Need::None && self.catalogue.proxy.iter().any(|known| known == name) {
            return Suggestion { hint: String::from("this task has no proxy members"), ..Suggestion::default() };
        }
        if let Some(other) = self.variants().find(|shape| takes(shape, parent, name)) {
            return Suggestion { hint: format!("it is a member of {}", other.id), ..Suggestion::default() };
        }
        let Some(wanted) = Query::new(name) else { return Suggestion::default() };
        let mut candidates = Vec::new();
        self.members(parent, &wanted, &mut candidates);
        self.foreign(parent, &wanted, &mut candidates);
        let Some(best) = candidates.into_iter().min_by_key(|candidate| candidate.rank) else {
            return Suggestion::default();
        };
        let mut suggest = Suggestion { target: dotted(&best.target), hint: best.hint, makes: None };
        let (_, present, whose) = best.rank;
        if !present && best.target.parent == parent {
            suggest.makes = self.makes(parent, name, best.written);
        }
        let taken_by = |shape: &Shape| takes(shape, &best.target.parent, &best.target.leaf);
        if whose != Origin::Proxy
            && suggest.makes.is_none()
            && !taken_by(self.shape)
            && let Some(other) = self.variants().find(|shape| taken_by(shape))
        {
            suggest.hint.push_str(&format!(" it is a member of {}", other.id));
        }
        suggest
    }

    fn variants(&self) -> impl Iterator<Item = &'c Shape> + Clone {
        self.catalogue.variants(self.shape).filter(|other| other.id != self.shape.id)
    }

    /// The members of this shape, of its variants and of its other objects.
    fn members(&self, parent: &str, wanted: &Query<'_>, out: &mut Vec<Candidate<'c>>) {
        let mut add = |whose: Origin, path: &'c Path| {
            let here = path.parent == parent;
            let (distance, whose) = match here {
                true => (wanted.distance(&path.leaf), whose),
                false => (wanted.distance_or_same(&path.leaf).filter(|distance| *distance == 0), Origin::Elsewhere),
            };
            let Some(distance) = distance else { return };
            let hint = match (here, path.parent.is_empty()) {
                (true, _) => format!("did you mean {}?", path.leaf),
                (false, true) => format!("did you mean {}, outside {}?", path.leaf, parent),
                (false, false) => format!("did you mean {}?", dotted(path)),
            };
            out.push(Candidate {
                rank: (distance, self.present(path), whose),
                target: path.clone(),
                written: &path.leaf,
                hint,
            });
        };
        for path in self.shape.members.iter().flat_map(|member| &member.paths) {
            add(Origin::Own, path);
        }
        for path in self.variants().flat_map(|shape| &shape.members).flat_map(|member| &member.paths) {
            add(Origin::Variant, path);
        }
        let class = self.shape.class.is_some().then_some("class");
        for envelope in ["type"].into_iter().chain(class).filter(|_| parent.is_empty()) {
            if let Some(distance) = wanted.distance(envelope) {
                let target = Path::new(envelope);
                let rank = (distance, self.present(&target), Origin::Own);
                out.push(Candidate { rank, target, written: envelope, hint: format!("did you mean {envelope}?") });
            }
        }
        if self.shape.proxy == Need::None {
            for name in self.catalogue.proxy.iter().filter(|_| parent.is_empty()) {
                out.extend(wanted.distance(name).map(|distance| no_proxy(distance, name)));
            }
        }
    }

    /// The names that other services have for members.
    fn foreign(&self, parent: &str, wanted: &Query<'_>, out: &mut Vec<Candidate<'c>>) {
        for foreign in &self.catalogue.foreign {
            // A foreign name is hardly misspelt, too.
            let near = |name: &String| wanted.distance_or_same(name).filter(|d| *d == 0 || (*d == 1 && name.len() > 5));
            let Some(distance) = foreign.names.iter().filter_map(near).min() else { continue };
            let known = |name: &&'c String| {
                let path = Path::new(name);
                path.parent == parent
                    && std::iter::once(self.shape).chain(self.variants()).any(|s| takes(s, parent, &path.leaf))
            };
            let means: Option<&'c String> = foreign.means.iter().find(known);
            if let Some(means) = means {
                let target = Path::new(means);
                let written = means.rsplit('.').next().unwrap_or(means);
                let hint =
                    if foreign.hint.is_empty() { format!("did you mean {written}?") } else { foreign.hint.clone() };
                out.push(Candidate { rank: (distance, self.present(&target), Origin::Foreign), target, written, hint });
            } else if self.shape.proxy == Need::None
                && let Some(name) = foreign.means.iter().find(|name| self.catalogue.is_of_proxy(name))
            {
                out.push(no_proxy(distance, name));
            }
        }
    }

    /// Whether the task has a member, under any of its spellings.
    fn present(&self, path: &Path) -> bool {
        let spec = self.shape.members.iter().find(|member| member.paths.contains(path));
        match spec {
            Some(spec) => spec.paths.iter().any(|path| self.task.find(path).is_some()),
            None => self.task.find(path).is_some(),
        }
    }

    /// The variant that the task would be if this member were written right, when that is another one.
    fn makes(&self, parent: &str, name: &str, written: &'c str) -> Option<(&'c str, &'c Shape)> {
        let target = if parent.is_empty() { written.to_owned() } else { format!("{parent}.{written}") };
        let within = format!("{written}.");
        let chooses = |pick: &str| pick == target || (parent.is_empty() && pick.starts_with(&within));
        if !self.catalogue.variants(self.shape).any(|shape| shape.pick.names().any(chooses)) {
            return None;
        }
        let task = self.task.renamed(parent, name, written);
        match choose(self.catalogue, &task) {
            Choice::Shape(other) if other.id != self.shape.id => Some((written, other)),
            _ => None,
        }
    }
}

fn takes(shape: &Shape, parent: &str, leaf: &str) -> bool {
    shape.members.iter().flat_map(|member| &member.paths).any(|path| path.parent == parent && path.leaf == leaf)
}

fn no_proxy<'c>(distance: usize, name: &'c str) -> Candidate<'c> {
    let hint = String::from("this task has no proxy members");
    Candidate { rank: (distance, false, Origin::Proxy), target: Path::new(name), written: name, hint }
}

fn dotted(path: &Path) -> String {
    if path.parent.is_empty() { path.leaf.clone() } else { format!("{}.{}", path.parent, path.leaf) }
}
