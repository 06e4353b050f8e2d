//! The methods of the service as the sandbox serves them.

use crate::protocol::method::METHODS;

/// A method of the service, in the order of [`METHODS`], or what was asked for in its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Method {
    CreateTask,
    GetTaskResult,
    GetBalance,
    GetUserAgent,
    ReportIncorrectImageCaptcha,
    ReportIncorrectTokenCaptcha,
    Unknown,
}

/// A method of the table, which has them in the order of the enumeration.
const fn named(method: Method) -> (&'static str, Method) {
    (METHODS[method as usize].name, method)
}

impl Method {
    /// Every method, with the name by which faults and counts call it.
    pub(super) const NAMES: &'static [(&'static str, Method)] = &[
        named(Method::CreateTask),
        named(Method::GetTaskResult),
        named(Method::GetBalance),
        named(Method::GetUserAgent),
        named(Method::ReportIncorrectImageCaptcha),
        named(Method::ReportIncorrectTokenCaptcha),
        ("unknown", Method::Unknown),
    ];

    /// The method of a path, with or without a slash at its end.
    pub(super) fn of(path: &str) -> Method {
        let path = path.strip_suffix('/').unwrap_or(path);
        let path = path.strip_prefix('/').unwrap_or(path);
        let known = METHODS.iter().find(|known| known.path == path || known.name == path || known.alias == Some(path));
        let name = known.map_or("unknown", |known| known.name);
        Method::NAMES.iter().find(|(other, _)| *other == name).map_or(Method::Unknown, |(_, method)| *method)
    }

    pub(super) fn name(self) -> &'static str {
        Method::NAMES.iter().find(|(_, method)| *method == self).map_or("unknown", |(name, _)| name)
    }

    pub(super) fn stage(self) -> &'static str {
        match self {
            Method::GetTaskResult => "result",
            Method::GetBalance => "balance",
            Method::ReportIncorrectImageCaptcha | Method::ReportIncorrectTokenCaptcha => "report",
            _ => "create",
        }
    }
}
