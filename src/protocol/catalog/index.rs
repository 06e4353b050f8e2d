//! Reads the task data once and makes it quick to look up.

use super::condition::{Condition, Wanted};
use super::json_type::Plain;
use super::model::{File, Foreign, LoginNeed, Member, Need, Never, Shape};
use super::packed::TASKS;
use super::reader::Fault;
use super::sources::Sources;
use super::task::Path;
use once_cell::race::OnceBox;
use std::collections::HashMap;

/// The request shapes and how to find them.
#[derive(Debug, Default)]
pub(super) struct Catalogue {
    pub(super) shapes: Vec<Shape>,
    /// Where in `groups`.
    by_type: HashMap<String, usize>,
    /// Shapes of one type.
    groups: Vec<Vec<usize>>,
    by_id: HashMap<String, usize>,
    samples: Vec<(String, String)>,
    pub(super) sources: Sources,
    pub(super) proxy: Vec<String>,
    pub(super) foreign: Vec<Foreign>,
}

/// The catalogue that the library ships. Read at the first call, without blocking anybody.
pub(super) fn shipped() -> &'static Catalogue {
    static SHIPPED: OnceBox<Catalogue> = OnceBox::new();
    // The tests hold that the embedded data reads well; were it not so, every type would be an unknown one.
    SHIPPED.get_or_init(|| Box::new(Catalogue::read(&TASKS.text()).unwrap_or_default()))
}

impl Catalogue {
    /// Reads data of the form of `data/tasks.json`.
    pub(super) fn read(data: &str) -> Result<Catalogue, Fault> {
        let file = File::read(data)?;
        let proxy = file.proxy.iter().map(|member| member.name.clone()).collect();
        let (samples, sources, foreign) = (file.samples, file.sources, file.foreign);
        let mut catalogue = Catalogue { samples, sources, foreign, proxy, ..Catalogue::default() };
        for (index, mut shape) in file.tasks.into_iter().enumerate() {
            for shared in &file.shared {
                if shared.types.as_ref().is_none_or(|types| types.contains(&shape.kind)) {
                    add_missing(&mut shape.members, &shared.members);
                }
            }
            add_proxy(&mut shape, &file.proxy);
            prepare(&mut shape);
            for kind in std::iter::once(&shape.kind).chain(&shape.aliases) {
                catalogue.join(kind, index);
            }
            catalogue.by_id.entry(shape.id.clone()).or_insert(index);
            catalogue.shapes.push(shape);
        }
        catalogue.share_aliases();
        catalogue.share_choices();
        Ok(catalogue)
    }

    /// Adds a shape to those of a type.
    fn join(&mut self, kind: &str, index: usize) {
        let new = self.groups.len();
        let at = *self.by_type.entry(kind.to_owned()).or_insert(new);
        match self.groups.get_mut(at) {
            Some(group) if group.contains(&index) => {}
            Some(group) => group.push(index),
            None => self.groups.push(vec![index]),
        }
    }

    /// An alias means every shape of its type, so that variants are chosen alike under all names.
    fn share_aliases(&mut self) {
        // Each type, and its names in their order.
        let mut names: Vec<(String, Vec<String>)> = Vec::new();
        for shape in &self.shapes {
            if !names.iter().any(|(kind, _)| *kind == shape.kind) {
                names.push((shape.kind.clone(), vec![shape.kind.clone()]));
            }
            for (_, known) in names.iter_mut().filter(|(kind, _)| *kind == shape.kind) {
                for alias in &shape.aliases {
                    if let Err(at) = known.binary_search(alias) {
                        known.insert(at, alias.clone());
                    }
                }
            }
        }
        for (kind, known) in &names {
            let Some(group) = self.by_type.get(kind).copied() else { continue };
            for alias in known {
                self.by_type.insert(alias.clone(), group);
            }
        }
        for shape in &mut self.shapes {
            let known = names.iter().find(|(kind, _)| *kind == shape.kind);
            shape.kinds = known.map(|(_, known)| known.clone()).unwrap_or_default();
        }
    }

    /// Tells members that take any text which texts make another variant of the task.
    fn share_choices(&mut self) {
        let picks: Vec<(String, Option<String>, Condition)> =
            self.shapes.iter().map(|s| (s.kind.clone(), s.class.clone(), s.pick.clone())).collect();
        for shape in &mut self.shapes {
            for member in shape.members.iter_mut().filter(|m| m.only.is_empty() && m.known.is_empty()) {
                let of_type = picks.iter().filter(|(kind, class, _)| *kind == shape.kind && *class == shape.class);
                member.chooses =
                    of_type.flat_map(|(_, _, pick)| pick.values_of(&member.name).map(str::to_owned)).collect();
            }
        }
    }

    /// The shapes of a type, under any of its names.
    pub(super) fn of_type<'c>(&'c self, kind: &str) -> Option<impl Iterator<Item = &'c Shape> + Clone + use<'c>> {
        let group = self.groups.get(*self.by_type.get(kind)?)?;
        Some(group.iter().filter_map(|index| self.shapes.get(*index)))
    }

    /// The shapes of a shape's type and class: its variants and itself.
    pub(super) fn variants(&self, shape: &Shape) -> impl Iterator<Item = &Shape> + Clone {
        self.of_type(&shape.kind).into_iter().flatten().filter(|other| other.class == shape.class)
    }

    /// A shape by its id.
    pub(super) fn by_id(&self, id: &str) -> Option<&Shape> {
        self.by_id.get(id).and_then(|index| self.shapes.get(*index))
    }

    /// Every name of every type, in the order of the data; a type's current name before its others.
    pub(super) fn type_names(&self) -> impl Iterator<Item = &str> + Clone {
        self.shapes.iter().flat_map(|s| std::iter::once(&s.kind).chain(&s.aliases)).map(String::as_str)
    }

    /// Whether a member belongs to the proxy group.
    pub(super) fn is_of_proxy(&self, name: &str) -> bool {
        self.proxy.iter().any(|known| known == name)
    }

    /// An example with its `"$name"` texts written out.
    pub(super) fn write_out(&self, example: &str) -> String {
        let mut out = example.to_owned();
        if out.contains("\"$") {
            for (name, text) in &self.samples {
                out = out.replace(&format!("\"${name}\""), &format!("\"{text}\""));
            }
        }
        out
    }
}

fn add_missing(members: &mut Vec<Member>, more: &[Member]) {
    for member in more {
        if !members.iter().any(|m| m.name == member.name) {
            members.push(member.clone());
        }
    }
}

/// The proxy group goes together; how far it is required depends on the shape.
fn add_proxy(shape: &mut Shape, group: &[Member]) {
    if shape.proxy == Need::None {
        return;
    }
    let names: Vec<&str> = group.iter().map(|m| m.name.as_str()).collect();
    for member in group {
        let mut member = member.clone();
        let login = matches!(member.name.as_str(), "proxyLogin" | "proxyPassword");
        if !login || shape.proxy_login == LoginNeed::Required {
            let others: Vec<&str> = names.iter().copied().filter(|name| *name != member.name).collect();
            member.required = shape.proxy == Need::Required;
            member.required_when =
                if member.required { Condition::any_present(&others) } else { other_than_the_usual(&others) };
        }
        if member.name == PORT && shape.proxy == Need::Optional {
            member.min = Some(0.0);
        }
        if member.name == "proxyLogin" {
            member.without.push_str(&shape.proxy_login_without);
        }
        member.of_proxy = true;
        shape.members.push(member);
    }
    if shape.proxy == Need::Optional {
        let at = (PORT, Wanted::Is("0"));
        let others = ["proxyAddress", "proxyLogin", "proxyPassword"].map(|name| (name, Wanted::Present));
        let when = others
            .into_iter()
            .chain([(TYPE, Wanted::Not(USUAL_TYPE))])
            .fold(Condition::default(), |when, other| when.or(&[at, other]));
        let why = String::from("proxyPort is 0; expected 1 to 65535");
        shape.never.push(Never { when, at: PORT.to_owned(), why, of_proxy: true });
    }
}

const TYPE: &str = "proxyType";
const PORT: &str = "proxyPort";
const USUAL_TYPE: &str = "\"http\"";

/// One of these says that there is a proxy. The .NET client sends proxyType http and proxyPort 0 when there is none.
fn other_than_the_usual(names: &[&str]) -> Condition {
    let mut condition = Condition::default();
    for name in names {
        condition = match *name {
            PORT => condition.or(&[(PORT, Wanted::Not("0"))]),
            TYPE => {
                condition.or(&[(TYPE, Wanted::Not(USUAL_TYPE))]).or(&[(TYPE, Wanted::Present), (PORT, Wanted::Absent)])
            }
            other => condition.or(&[(other, Wanted::Present)]),
        };
    }
    condition
}

fn prepare(shape: &mut Shape) {
    for member in &mut shape.members {
        let own = Path::new(&member.name);
        let spelled = |leaf: &String| Path { parent: own.parent.clone(), leaf: leaf.clone() };
        member.paths = std::iter::once(own.clone()).chain(member.also.iter().map(spelled)).collect();
    }
    let spellings: Vec<(String, Vec<Path>)> =
        shape.members.iter().filter(|m| !m.also.is_empty()).map(|m| (m.name.clone(), m.paths[1..].to_vec())).collect();
    for (name, also) in &spellings {
        shape.pick.spell(name, also);
        shape.never.iter_mut().for_each(|never| never.when.spell(name, also));
        shape.members.iter_mut().for_each(|member| member.required_when.spell(name, also));
        shape.solution.iter_mut().for_each(|part| part.when.spell(name, also));
    }
    shape.levels.push((String::new(), Vec::new()));
    for (index, member) in shape.members.iter().enumerate() {
        let Some(path) = member.paths.first() else { continue };
        if path.parent.is_empty() && member.types.has(Plain::Object) {
            shape.levels.push((member.name.clone(), Vec::new()));
        }
        if let Some((_, members)) = shape.levels.iter_mut().find(|(parent, _)| *parent == path.parent) {
            members.push(index);
        }
    }
}
