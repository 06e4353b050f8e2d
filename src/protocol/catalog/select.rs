//! Which request shape a task means.

use super::data::Shape;
use super::json_type::string;
use super::load::Catalogue;
use super::view::View;
use std::borrow::Cow;

/// What a task's type, class and members say.
pub(super) enum Choice<'c, 't> {
    /// This shape.
    Shape(&'c Shape),
    /// `type` is missing or not a string.
    NoType,
    /// No shape has this type.
    UnknownType(Cow<'t, str>),
    /// The type has classes, and `class` is missing or not a string.
    NoClass,
    /// No shape of the type has this class; the spelling of the member `class` comes with it.
    UnknownClass(&'c str, Cow<'t, str>),
}

/// Chooses by type, class, and the first `pick` that holds; else the shape that needs none.
pub(super) fn choose<'c, 't>(catalogue: &'c Catalogue, task: &View<'t>) -> Choice<'c, 't> {
    let Some(kind) = task.get("type").and_then(string) else { return Choice::NoType };
    let Some(group) = catalogue.of_type(&kind) else { return Choice::UnknownType(kind) };
    let mut class: Option<(&str, Cow<'t, str>)> = None;
    if group.clone().any(|shape| shape.class.is_some()) {
        let mut names =
            std::iter::once("class").chain(group.clone().flat_map(|s| s.class_also.iter().map(String::as_str)));
        let found = names.find_map(|name| task.get(name).map(|raw| (name, raw)));
        let Some((name, value)) = found.and_then(|(name, raw)| Some((name, string(raw)?))) else {
            return Choice::NoClass;
        };
        let known = group.clone().any(|shape| {
            shape.class.as_deref() == Some(value.as_ref())
                && (name == "class" || shape.class_also.iter().any(|a| a == name))
        });
        if !known {
            return Choice::UnknownClass(name, value);
        }
        class = Some((name, value));
    }
    let class = class.as_ref().map(|(_, value)| value.as_ref());
    let candidates = group.filter(|shape| shape.class.as_deref() == class);
    let picked = candidates.clone().find(|shape| shape.pick.holds(task));
    let meant = picked.or_else(|| candidates.clone().find(|shape| shape.pick.is_empty()));
    match meant.or_else(|| candidates.clone().next()) {
        Some(shape) => Choice::Shape(shape),
        None => Choice::UnknownType(kind),
    }
}
