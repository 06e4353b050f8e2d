//! A task as the checks see it: its members and, one level down, the members of its objects.

use super::super::json::{Malformed, Object};
use crate::protocol::problem::pointer;
use serde_json::value::RawValue;

/// Where a member stands: `websiteURL`, or `metadata.captchaUrl` one level down.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Path {
    /// The object that holds it; empty for the task itself.
    pub(super) parent: String,
    /// Its name there.
    pub(super) leaf: String,
}

impl Path {
    /// Reads the dotted notation of the data files.
    pub(super) fn new(dotted: &str) -> Path {
        let (parent, leaf) = dotted.split_once('.').unwrap_or(("", dotted));
        Path { parent: parent.to_owned(), leaf: leaf.to_owned() }
    }
}

/// A task object, read two levels deep. Deeper levels stay text.
#[derive(Debug, Clone)]
pub(super) struct View<'a> {
    top: Object<'a>,
    nested: Vec<(usize, Object<'a>)>,
}

impl<'a> View<'a> {
    /// Reads the JSON text of a task; a fault with the pointer to the object that has it.
    pub(super) fn parse(text: &'a str) -> Result<Self, (String, Malformed)> {
        let top = Object::parse(text).map_err(|fault| (String::new(), fault))?;
        let mut nested = Vec::new();
        for (index, member) in top.members().iter().enumerate() {
            if member.value.get().starts_with('{') {
                let object = Object::parse(member.value.get()).map_err(|fault| (pointer("", &member.name), fault))?;
                nested.push((index, object));
            }
        }
        Ok(View { top, nested })
    }

    /// The task itself, or the object that one of its members holds. Where a name stands twice the last one counts.
    pub(super) fn level(&self, parent: &str) -> Option<&Object<'a>> {
        if parent.is_empty() {
            return Some(&self.top);
        }
        let (index, object) = self.nested.iter().rev().find(|(i, _)| self.name(*i) == Some(parent))?;
        let later = self.top.members().iter().skip(index + 1).any(|m| m.name == parent);
        (!later).then_some(object)
    }

    fn name(&self, index: usize) -> Option<&str> {
        self.top.members().get(index).map(|m| m.name.as_ref())
    }

    /// The value of a member.
    pub(super) fn find(&self, path: &Path) -> Option<&'a RawValue> {
        self.level(&path.parent)?.get(&path.leaf)
    }

    /// The task as it would be with a member named otherwise.
    pub(super) fn renamed(&self, parent: &str, from: &str, to: &'a str) -> View<'a> {
        let mut view = self.clone();
        if parent.is_empty() {
            view.top = view.top.renamed(from, to);
        } else if let Some(index) = self.nested.iter().rposition(|(index, _)| self.name(*index) == Some(parent))
            && let Some((_, object)) = view.nested.get_mut(index)
        {
            *object = object.clone().renamed(from, to);
        }
        view
    }

    /// The value of a member of the task itself.
    pub(super) fn get(&self, name: &str) -> Option<&'a RawValue> {
        self.top.get(name)
    }
}
