//! The form of `data/tasks.json`: what is known of each request shape. Adding a shape is one more entry there.

use super::condition::Condition;
use super::json_type::Types;
use super::view::Path;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use serde_json::value::RawValue;
use std::collections::HashMap;

/// The whole file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct File {
    /// Texts that examples name as `"$name"`.
    pub(super) samples: HashMap<String, String>,
    /// Members that many types take.
    pub(super) shared: Vec<Shared>,
    /// The proxy group.
    pub(super) proxy: Vec<Member>,
    /// What other services call members.
    pub(super) foreign: Vec<Foreign>,
    /// The request shapes. Of one type and class, the first whose `pick` holds is meant; else the first without `pick`.
    pub(super) tasks: Vec<Shape>,
}

/// Members that all types, or the named ones, take.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Shared {
    #[serde(default)]
    pub(super) types: Option<Vec<String>>,
    pub(super) members: Vec<Member>,
}

/// Names from other services and habits, and which member they mean here.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Foreign {
    pub(super) names: Vec<String>,
    /// Members, the first of which that a task takes is meant. `metadata.Task` is one of an object.
    pub(super) means: Vec<String>,
    /// What to say instead of naming the member.
    #[serde(default)]
    pub(super) hint: String,
}

/// One request shape.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Shape {
    pub(super) id: String,
    #[serde(rename = "type")]
    pub(super) kind: String,
    /// Other documented spellings of the type.
    #[serde(default)]
    pub(super) aliases: Vec<String>,
    /// The value of the member `class`, for the types that have one.
    #[serde(default)]
    pub(super) class: Option<String>,
    /// Other documented spellings of the name `class`.
    #[serde(default)]
    pub(super) class_also: Vec<String>,
    pub(super) about: String,
    pub(super) status: Status,
    #[serde(default)]
    pub(super) variant_of: Option<String>,
    /// Page of the service's documentation; none where only official clients know the shape.
    #[serde(default)]
    pub(super) page: Option<String>,
    /// What tells this shape from others of its type and class.
    #[serde(default)]
    pub(super) pick: Condition,
    pub(super) members: Vec<Member>,
    /// What must not be.
    #[serde(default)]
    pub(super) never: Vec<Never>,
    pub(super) proxy: Need,
    #[serde(default)]
    pub(super) proxy_login: LoginNeed,
    /// Signs that a proxy login must not hold, beside those of the proxy group.
    #[serde(default)]
    pub(super) proxy_login_without: String,
    #[serde(default = "yes")]
    pub(super) proxy_host_names: bool,
    /// Which report of a wrong solution goes with it.
    #[serde(default)]
    pub(super) report: Report,
    pub(super) user_agent: Need,
    pub(super) cookies: Need,
    pub(super) solution: Vec<Part>,
    pub(super) example_request: Box<RawValue>,
    pub(super) example_solution: Box<RawValue>,
    pub(super) timing: Times,
    /// Shortest and longest time to a solution that the documentation speaks of.
    #[serde(default)]
    pub(super) solve_seconds: Option<(Option<f64>, Option<f64>)>,
    /// How long the solution is good for.
    #[serde(default)]
    pub(super) token_seconds: Option<u32>,
    /// Where sources disagree, and which spelling is current.
    #[serde(default)]
    pub(super) notes: Vec<String>,
    /// Every name of the type: a variant goes by the aliases of its siblings too.
    #[serde(skip)]
    pub(super) kinds: Vec<String>,
    /// For the task itself and each of its objects: the indices of its members.
    #[serde(skip)]
    pub(super) levels: Vec<(String, Vec<usize>)>,
}

fn yes() -> bool {
    true
}

/// A member of a task.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Member {
    /// `websiteURL`, or `metadata.captchaUrl` one level down.
    pub(super) name: String,
    /// Other documented spellings of it.
    #[serde(default)]
    pub(super) also: Vec<String>,
    #[serde(rename = "type")]
    pub(super) types: Types,
    #[serde(default)]
    pub(super) required: bool,
    #[serde(default)]
    pub(super) required_when: Condition,
    /// The only values.
    #[serde(default, rename = "enum")]
    pub(super) only: Vec<Value>,
    /// The documented values of an open set.
    #[serde(default)]
    pub(super) known: Vec<String>,
    #[serde(default)]
    pub(super) min: Option<f64>,
    #[serde(default)]
    pub(super) max: Option<f64>,
    #[serde(default)]
    pub(super) min_items: Option<usize>,
    #[serde(default)]
    pub(super) max_items: Option<usize>,
    #[serde(default)]
    pub(super) default: Option<Value>,
    #[serde(default)]
    pub(super) format: Option<Format>,
    /// Signs that must not be in it.
    #[serde(default)]
    pub(super) without: String,
    /// Whether it may be an empty string though it is required.
    #[serde(default)]
    pub(super) empty: bool,
    #[serde(default)]
    pub(super) note: String,
    /// Who knows of it, where that is not the documentation.
    #[serde(default)]
    pub(super) source: String,
    /// Where it stands, in its current spelling and then in the others.
    #[serde(skip)]
    pub(super) paths: Vec<Path>,
    /// Values of it that choose other variants of the type.
    #[serde(skip)]
    pub(super) chooses: Vec<String>,
    /// One of the proxy group.
    #[serde(skip)]
    pub(super) of_proxy: bool,
}

impl Member {
    /// Whether a string there must hold something.
    pub(super) fn must_be_filled(&self) -> bool {
        !self.empty && (self.required || !self.required_when.is_empty())
    }

    /// The name within its object.
    pub(super) fn leaf(&self) -> &str {
        self.paths.first().map_or(self.name.as_str(), |path| path.leaf.as_str())
    }
}

/// Members that must not go together.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Never {
    pub(super) when: Condition,
    /// The member to point at.
    pub(super) at: String,
    pub(super) why: String,
}

/// A member of a solution; `domains.<host>.cookies` has one key that is not known beforehand.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Part {
    pub(super) name: String,
    #[serde(default)]
    pub(super) also: Vec<String>,
    #[serde(rename = "type")]
    pub(super) types: Types,
    #[serde(default)]
    pub(super) optional: bool,
    /// When it is there, as far as the task's members tell.
    #[serde(default)]
    pub(super) when: Condition,
    #[serde(default, rename = "enum")]
    pub(super) only: Vec<Value>,
    #[serde(default)]
    pub(super) note: String,
}

/// When to poll, in milliseconds.
#[derive(Debug, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Times {
    pub(super) first_ms: u32,
    /// First poll of tasks with `nocache`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) first_nocache_ms: Option<u32>,
    pub(super) interval_ms: u32,
    pub(super) timeout_ms: u32,
    /// Who says so.
    pub(super) source: String,
    /// Official clients that do otherwise: first, first with nocache, interval, timeout.
    #[serde(default, skip_serializing_if = "std::collections::BTreeMap::is_empty")]
    pub(super) others: std::collections::BTreeMap<String, [Option<u32>; 4]>,
}

/// Whether the service still documents a shape.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Status {
    Current,
    /// Its page is no longer published.
    Deprecated,
    /// It has no page any more; official clients still send it.
    Removed,
}

/// Whether a task takes a proxy, a user agent, cookies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Need {
    None,
    Optional,
    Required,
}

/// Which method reports a wrong solution.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Report {
    #[default]
    Token,
    Image,
}

/// Whether a proxy of this task needs login and password.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum LoginNeed {
    #[default]
    Optional,
    /// The documentation asks for them, and knows proxies that go without.
    Expected,
    Required,
}

/// What a string (or each string of an array) has to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Format {
    /// An absolute http or https URL.
    Url,
    /// Base64 on one line.
    Base64,
    /// Base64 of a picture, within the service's limits.
    Image,
    /// An IP address or host name that the service can reach, alone.
    Host,
}
