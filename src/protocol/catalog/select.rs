//! Which request shape a task means.

use super::index::Catalogue;
use super::json_type::string;
use super::model::Shape;
use super::task::View;
use crate::protocol::suggest::closest_name;
use std::borrow::Cow;

/// What a task's type, class and members say.
pub(super) enum Choice<'c, 't> {
    /// This shape.
    Shape(&'c Shape),
    /// `type` is missing, empty or not a string.
    NoType,
    /// No shape has this type.
    UnknownType(Cow<'t, str>),
    /// The type has classes, and `class` is missing, empty or not a string.
    NoClass,
    /// No shape of the type has the class that the member of this name holds.
    UnknownClass(&'c str, Cow<'t, str>),
}

/// Chooses by type, class, and the first `pick` that holds; else the shape that needs none. A misspelt `type` or `class`
/// counts where its value is a known one, so that the rest of the task is checked too.
pub(super) fn choose<'c, 't>(catalogue: &'c Catalogue, task: &View<'t>) -> Choice<'c, 't> {
    let Some(kind) = value(task, "type", |kind| catalogue.of_type(kind).is_some()) else { return Choice::NoType };
    let Some(group) = catalogue.of_type(&kind) else { return Choice::UnknownType(kind) };
    let mut class: Option<&str> = None;
    if group.clone().any(|shape| shape.class.is_some()) {
        let meant =
            |class: &str| group.clone().find(|shape| shape.goes_by(class)).and_then(|shape| shape.class.as_deref());
        let known = |class: &str| meant(class).is_some();
        match value(task, "class", known) {
            Some(named) => match meant(&named) {
                Some(known) => class = Some(known),
                None => return Choice::UnknownClass("class", named),
            },
            None => {
                // Some classes are documented with another spelling of the member; it counts with an unknown value, too.
                let mut spellings =
                    group.clone().flat_map(|shape| &shape.class_also).filter(|_| task.get("class").is_none());
                let other = spellings.find_map(|name| Some((name, task.get(name).and_then(string)?)));
                return match other.filter(|(_, value)| !value.is_empty()) {
                    Some((name, value)) => Choice::UnknownClass(name, value),
                    None => Choice::NoClass,
                };
            }
        }
    }
    let candidates = group.filter(|shape| shape.class.as_deref() == class);
    let picked = candidates.clone().find(|shape| shape.pick.holds(task));
    let meant = picked.or_else(|| candidates.clone().find(|shape| shape.pick.is_empty()));
    match meant.or_else(|| candidates.clone().next()) {
        Some(shape) => Choice::Shape(shape),
        None => Choice::UnknownType(kind),
    }
}

/// The member that is meant to be `type` or `class`, where that one is not there.
pub(super) fn misnamed<'v>(task: &'v View<'_>, wanted: &str) -> Option<&'v str> {
    closest_name(wanted, task.level("")?.members().iter().map(|m| m.name.as_ref()))
}

/// The text of `type` or `class`.
fn value<'t>(task: &View<'t>, name: &str, known: impl Fn(&str) -> bool) -> Option<Cow<'t, str>> {
    match task.get(name) {
        Some(raw) => string(raw).filter(|value| !value.is_empty()),
        None => task.get(misnamed(task, name)?).and_then(string).filter(|value| known(value)),
    }
}
