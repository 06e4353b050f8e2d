//! The closed sets of words in the data files.

use crate::protocol::method::Report;

/// Whether the service still documents a shape.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Status {
    #[default]
    Current,
    /// Its page is no longer published.
    Deprecated,
    /// It has no page any more; official clients still send it.
    Removed,
}

impl Status {
    pub(super) const WORDS: [(&str, Status); 3] =
        [("current", Status::Current), ("deprecated", Status::Deprecated), ("removed", Status::Removed)];

    pub(super) fn word(self) -> &'static str {
        Self::WORDS[self as usize].0
    }
}

/// Whether a task takes a proxy, a user agent, cookies.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Need {
    #[default]
    None,
    Optional,
    Required,
}

impl Need {
    pub(super) const WORDS: [(&str, Need); 3] =
        [("none", Need::None), ("optional", Need::Optional), ("required", Need::Required)];

    pub(super) fn word(self) -> &'static str {
        Self::WORDS[self as usize].0
    }
}

/// What the report methods report.
pub(super) const REPORTS: [(&str, Report); 2] = [("token", Report::Token), ("image", Report::Image)];

/// Whether a proxy of this task needs login and password.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum LoginNeed {
    #[default]
    Optional,
    /// The documentation asks for them, and knows proxies that go without.
    Expected,
    Required,
}

impl LoginNeed {
    pub(super) const WORDS: [(&str, LoginNeed); 3] =
        [("optional", LoginNeed::Optional), ("expected", LoginNeed::Expected), ("required", LoginNeed::Required)];

    pub(super) fn word(self) -> &'static str {
        Self::WORDS[self as usize].0
    }
}

/// What a string (or each string of an array) has to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Format {
    /// An absolute http or https URL.
    Url,
    /// The same; older documentation took any text, so another one is worth a warning only.
    Link,
    /// A host alone, without scheme and path; a warning, too.
    HostName,
    /// Base64 on one line.
    Base64,
    /// Base64 of a picture, within the service's limits.
    Image,
    /// An IP address or host name that the service can reach, alone.
    Host,
}

impl Format {
    pub(super) const WORDS: [(&str, Format); 6] = [
        ("url", Format::Url),
        ("link", Format::Link),
        ("hostname", Format::HostName),
        ("base64", Format::Base64),
        ("image", Format::Image),
        ("host", Format::Host),
    ];

    pub(super) fn word(self) -> &'static str {
        Self::WORDS[self as usize].0
    }
}
