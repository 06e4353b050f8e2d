//! Faults of a task for which the service has an error code of its own: `data/refusals.json`, in the order of the checks.

use super::formats::IMAGE_BYTES;
use super::model::Shape;
use super::packed::REFUSALS;
use super::reader::{Fault, Reader};
use super::task::View;
use crate::protocol::json::as_string;
use once_cell::race::OnceBox;
use serde_json::value::RawValue;

/// What is wrong with a member's text.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum When {
    #[default]
    Empty,
    PercentSign,
    /// It is no http or https address.
    NoWebScheme,
    /// The picture has fewer bytes than the service takes, before base64.
    PictureTooSmall,
    PictureTooLarge,
}

const WHEN: [(&str, When); 5] = [
    ("empty", When::Empty),
    ("percentSign", When::PercentSign),
    ("noWebScheme", When::NoWebScheme),
    ("pictureTooSmall", When::PictureTooSmall),
    ("pictureTooLarge", When::PictureTooLarge),
];

impl When {
    fn holds(self, text: &str) -> bool {
        match self {
            When::Empty => text.is_empty(),
            When::PercentSign => text.contains('%'),
            When::NoWebScheme => !text.starts_with("http://") && !text.starts_with("https://"),
            When::PictureTooSmall => decoded(text) < *IMAGE_BYTES.start(),
            When::PictureTooLarge => decoded(text) > *IMAGE_BYTES.end(),
        }
    }
}

/// The size of what base64 text holds, whether it is valid or not.
fn decoded(text: &str) -> usize {
    text.bytes().filter(|b| !b.is_ascii_whitespace() && *b != b'=').count() * 3 / 4
}

/// One entry of the file.
#[derive(Debug)]
struct Rule {
    code: String,
    /// The types that it is about; all where there is none.
    types: Vec<String>,
    members: Vec<String>,
    when: When,
}

impl Rule {
    fn read(mut reading: Reader<'_>) -> Result<Rule, Fault> {
        let rule = Rule {
            code: reading.text("code"),
            types: reading.texts("types"),
            members: reading.texts("members"),
            when: reading.one_of("when", &WHEN),
        };
        reading.end(rule)
    }

    fn is_broken(&self, shape: &Shape, task: &View<'_>) -> bool {
        let text = |name: &String| task.get(name).and_then(as_string);
        (self.types.is_empty() || self.types.iter().any(|kind| shape.kinds.contains(kind)))
            && self.members.iter().filter_map(text).any(|text| self.when.holds(&text))
    }
}

fn read(data: &str) -> Result<Vec<Rule>, Fault> {
    let list: Vec<&RawValue> =
        serde_json::from_str(data).map_err(|fault| Fault::new(format_args!(""), format_args!("{fault}")))?;
    list.into_iter().map(|one| Rule::read(Reader::of(one.get()))).collect()
}

fn shipped() -> &'static [Rule] {
    static SHIPPED: OnceBox<Vec<Rule>> = OnceBox::new();
    SHIPPED.get_or_init(|| Box::new(read(&REFUSALS.text()).unwrap_or_default()))
}

/// The code of the first rule that a task of this shape breaks.
pub(super) fn code(shape: &Shape, task: &View<'_>) -> Option<&'static str> {
    shipped().iter().find(|rule| rule.is_broken(shape, task)).map(|rule| rule.code.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protocol::catalog::{error, index};

    #[test]
    fn each_rule_names_a_code_and_members_of_types_that_the_catalogue_has() {
        let catalogue = index::shipped();
        let rules = read(&REFUSALS.text()).unwrap();
        assert_eq!(rules.len(), 5);
        for rule in &rules {
            assert!(error(&rule.code).is_some(), "{}: not in errors.json", rule.code);
            for kind in &rule.types {
                let mut shapes = catalogue.of_type(kind).unwrap_or_else(|| panic!("{}: no type {kind}", rule.code));
                let takes = |shape: &Shape| rule.members.iter().all(|m| shape.members.iter().any(|s| s.name == *m));
                assert!(shapes.any(takes), "{}: {kind} lacks one of {:?}", rule.code, rule.members);
            }
        }
    }
}
