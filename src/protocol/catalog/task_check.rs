//! What is found in a task.

use crate::protocol::problem::Problem;

/// The result of checking a `task` object.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TaskCheck<'c> {
    /// The catalogue's id of the request shape that the task's members mean; `None` for an unknown type.
    pub variant: Option<&'c str>,
    /// What makes the task wrong. Pointers start at the task ("/websiteURL").
    pub problems: Vec<Problem>,
    /// Unknown types or members, deprecated types.
    pub warnings: Vec<Problem>,
}
