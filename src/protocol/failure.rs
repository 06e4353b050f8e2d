//! What went wrong, as the JSON object that the caller reads.

use super::json::{Malformed, quote};
use crate::log::one_line;
use std::fmt;

/// Which repetition may help after an error.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RetryScope {
    /// The same request again, later.
    SameRequest,
    /// A new task; this one is over.
    NewTask,
}

impl RetryScope {
    /// The word used in answers.
    pub fn as_str(self) -> &'static str {
        match self {
            RetryScope::SameRequest => "same_request",
            RetryScope::NewTask => "new_task",
        }
    }
}

macro_rules! codes {
    ($($(#[doc = $meaning:literal])+ $name:ident = $text:literal, $retry:expr;)*) => {
        /// The library's own error codes. The service's codes are never in this list.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Code { $($(#[doc = $meaning])+ $name,)* }

        impl Code {
            /// Every code, in the order of the documentation.
            pub const ALL: &[Code] = &[$(Code::$name,)*];

            /// The code as it stands in `errorCode`.
            pub fn as_str(self) -> &'static str {
                match self { $(Code::$name => $text,)* }
            }

            /// What the code means, for people.
            pub fn meaning(self) -> &'static str {
                match self { $(Code::$name => concat!($($meaning,)+).trim_ascii(),)* }
            }

            /// Whether a repetition helps, and which.
            pub fn retry(self) -> Option<RetryScope> {
                match self { $(Code::$name => $retry,)* }
            }
        }
    };
}

/// What captask's own codes begin with; none of the service's does.
pub const CODE_PREFIX: &str = "CAPTASK_";

const SAME: Option<RetryScope> = Some(RetryScope::SameRequest);

codes! {
    /// An argument is NULL, not UTF-8, or a number out of range.
    InvalidArgument = "CAPTASK_INVALID_ARGUMENT", None;
    /// A text is not JSON; errorDescription has line and column.
    InvalidJson = "CAPTASK_INVALID_JSON", None;
    /// The configuration has an unknown key or a wrong value; errorDescription names the member.
    InvalidConfig = "CAPTASK_INVALID_CONFIG", None;
    /// The request does not have the documented form; errorDescription names the member.
    InvalidRequest = "CAPTASK_INVALID_REQUEST", None;
    /// The task's members do not fit its type; problems has a pointer to each.
    InvalidTask = "CAPTASK_INVALID_TASK", None;
    /// No open client or sandbox has this number, or it is the other kind of handle.
    UnknownHandle = "CAPTASK_UNKNOWN_HANDLE", None;
    /// No unread answer belongs to this ticket, or another caller is waiting for it.
    UnknownTicket = "CAPTASK_UNKNOWN_TICKET", None;
    /// captask_describe has no such topic.
    UnknownTopic = "CAPTASK_UNKNOWN_TOPIC", None;
    /// The handle was opened in the parent process, before a fork.
    Forked = "CAPTASK_FORKED", None;
    /// The client was stopped or closed.
    Closed = "CAPTASK_CLOSED", None;
    /// The ticket was cancelled by captask_cancel.
    Cancelled = "CAPTASK_CANCELLED", None;
    /// As many tasks are in flight or unread as maxInFlight allows.
    QueueFull = "CAPTASK_QUEUE_FULL", SAME;
    /// This build of the library does not include that part.
    NotBuilt = "CAPTASK_NOT_BUILT", None;
    /// The deadline passed; or, if reason is "polls", all polls are used.
    Timeout = "CAPTASK_TIMEOUT", SAME;
    /// No connection could be made; nothing was sent.
    Connect = "CAPTASK_CONNECT", SAME;
    /// The TLS handshake failed; nothing was sent.
    Tls = "CAPTASK_TLS", None;
    /// createTask was sent and no well-formed answer came: a task may have been bought.
    OutcomeUnknown = "CAPTASK_OUTCOME_UNKNOWN", None;
    /// After a crash: the journal has a request whose createTask was never sent; nothing was bought.
    NotSent = "CAPTASK_NOT_SENT", SAME;
    /// The connection failed before an answer came, and went on failing until the deadline.
    Network = "CAPTASK_NETWORK", SAME;
    /// What came back was not an answer of the service, and stayed so until the deadline.
    BadResponse = "CAPTASK_BAD_RESPONSE", SAME;
    /// The client's limits held the request back; retryAfterMs says how long.
    Guard = "CAPTASK_GUARD", SAME;
    /// A bug in this library was caught at its boundary.
    Panic = "CAPTASK_PANIC", None;
}

/// An error answer of the library itself: code, description and whatever else is known.
#[derive(Clone)]
pub struct Failure {
    /// Which kind.
    pub code: Code,
    /// What happened, to which member or task, and what to do.
    pub description: String,
    members: Vec<(&'static str, String)>,
    scope: Option<RetryScope>,
}

impl Failure {
    /// A failure of this kind. What the description quotes is kept on one line, and bounded.
    pub fn new(code: Code, description: impl Into<String>) -> Self {
        Failure { code, description: one_line(description.into()), members: Vec::new(), scope: code.retry() }
    }

    /// With a member whose value is JSON text.
    pub fn with(mut self, name: &'static str, json: impl Into<String>) -> Self {
        self.members.push((name, json.into()));
        self
    }

    /// With another retry scope than the code's usual one.
    pub fn retry(mut self, scope: Option<RetryScope>) -> Self {
        self.scope = scope;
        self
    }

    /// The members added with [`Failure::with`].
    #[cfg(feature = "internals")]
    pub fn members(&self) -> &[(&'static str, String)] {
        &self.members
    }

    /// The error object: errorId, errorCode, errorDescription, the added members, retryable and retryScope.
    pub fn to_json(&self) -> String {
        let mut out = format!(
            "{{\"errorId\":1,\"errorCode\":\"{}\",\"errorDescription\":{}",
            self.code.as_str(),
            quote(&self.description)
        );
        for (name, json) in &self.members {
            out.push_str(&format!(",\"{name}\":{json}"));
        }
        out.push_str(&retry_members(self.scope));
        out.push('}');
        out
    }
}

/// `,"retryable":…,"retryScope":…` for the end of an error object.
fn retry_members(scope: Option<RetryScope>) -> String {
    match scope {
        Some(scope) => format!(",\"retryable\":true,\"retryScope\":\"{}\"", scope.as_str()),
        None => String::from(",\"retryable\":false,\"retryScope\":null"),
    }
}

impl fmt::Debug for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.code.as_str(), self.description)
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self, f)
    }
}

impl Malformed {
    /// The failure for a text that is not JSON, or not an object where `code` says what it should have been.
    pub fn into_failure(self, what: &str, code: Code) -> Failure {
        match &self {
            Malformed::Syntax { line, column, .. } => {
                let (line, column) = (line.to_string(), column.to_string());
                Failure::new(Code::InvalidJson, format!("{what} is {self}")).with("line", line).with("column", column)
            }
            Malformed::Name { .. } | Malformed::NotObject { .. } => Failure::new(code, format!("{what}: {self}")),
        }
    }
}
