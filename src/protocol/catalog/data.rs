//! The form of `data/tasks.json`: what is known of each request shape. Adding a shape is one more entry there.

use super::build::Build;
use super::condition::Condition;
use super::json_type::Types;
use super::reading::Reading;
use super::view::Path;
use crate::protocol::json::as_number;
use serde_json::value::RawValue;

/// The whole file.
#[derive(Debug)]
pub(super) struct File {
    /// Texts that examples name as `"$name"`.
    pub(super) samples: Vec<(String, String)>,
    /// Members that many types take.
    pub(super) shared: Vec<Shared>,
    /// The proxy group.
    pub(super) proxy: Vec<Member>,
    /// What other services call members.
    pub(super) foreign: Vec<Foreign>,
    /// The request shapes. Of one type and class, the first whose `pick` holds is meant; else the first without `pick`.
    pub(super) tasks: Vec<Shape>,
}

impl File {
    /// Reads the text of the file.
    pub(super) fn read(data: &str) -> Result<File, String> {
        let mut reading = Reading::of(data);
        let file = File {
            samples: reading.pairs("samples"),
            shared: reading.each("shared", Shared::read),
            proxy: reading.each("proxy", Member::read),
            foreign: reading.each("foreign", Foreign::read),
            tasks: reading.each("tasks", Shape::read),
        };
        reading.end(file)
    }
}

/// Members that all types, or the named ones, take.
#[derive(Debug)]
pub(super) struct Shared {
    pub(super) types: Option<Vec<String>>,
    pub(super) members: Vec<Member>,
}

impl Shared {
    fn read(mut reading: Reading<'_>) -> Result<Shared, String> {
        let types = Some(reading.texts("types")).filter(|types| !types.is_empty());
        let members = reading.each("members", Member::read);
        reading.end(Shared { types, members })
    }
}

/// Names from other services and habits, and which member they mean here.
#[derive(Debug, Clone)]
pub(super) struct Foreign {
    pub(super) names: Vec<String>,
    /// Members, the first of which that a task takes is meant. `metadata.Task` is one of an object.
    pub(super) means: Vec<String>,
    /// What to say instead of naming the member.
    pub(super) hint: String,
}

impl Foreign {
    fn read(mut reading: Reading<'_>) -> Result<Foreign, String> {
        let foreign = Foreign {
            names: reading.texts("names"),
            means: reading.texts("means"),
            hint: reading.maybe_text("hint").unwrap_or_default(),
        };
        reading.end(foreign)
    }
}

/// One request shape.
#[derive(Debug)]
pub(super) struct Shape {
    pub(super) id: String,
    pub(super) kind: String,
    /// Other documented spellings of the type.
    pub(super) aliases: Vec<String>,
    /// The value of the member `class`, for the types that have one.
    pub(super) class: Option<String>,
    /// Other documented spellings of the name `class`.
    pub(super) class_also: Vec<String>,
    pub(super) about: String,
    pub(super) status: Status,
    pub(super) variant_of: Option<String>,
    /// Page of the service's documentation; none where only official clients know the shape.
    pub(super) page: Option<String>,
    /// What tells this shape from others of its type and class.
    pub(super) pick: Condition,
    pub(super) members: Vec<Member>,
    /// What must not be.
    pub(super) never: Vec<Never>,
    pub(super) proxy: Need,
    pub(super) proxy_login: LoginNeed,
    /// Signs that a proxy login must not hold, beside those of the proxy group.
    pub(super) proxy_login_without: String,
    pub(super) proxy_host_names: bool,
    /// Which report of a wrong solution goes with it.
    pub(super) report: Report,
    pub(super) user_agent: Need,
    pub(super) cookies: Need,
    pub(super) solution: Vec<Part>,
    /// JSON text, this one and the next.
    pub(super) example_request: String,
    pub(super) example_solution: String,
    pub(super) timing: Times,
    /// Shortest and longest time to a solution that the documentation speaks of.
    pub(super) solve_seconds: Option<(Option<f64>, Option<f64>)>,
    /// How long the solution is good for.
    pub(super) token_seconds: Option<u32>,
    /// Where sources disagree, and which spelling is current.
    pub(super) notes: Vec<String>,
    /// Every name of the type: a variant goes by the aliases of its siblings too.
    pub(super) kinds: Vec<String>,
    /// For the task itself and each of its objects: the indices of its members.
    pub(super) levels: Vec<(String, Vec<usize>)>,
}

impl Shape {
    fn read(mut reading: Reading<'_>) -> Result<Shape, String> {
        let (request, solution) = (reading.value("exampleRequest"), reading.value("exampleSolution"));
        let (Some(request), Some(solution)) = (request, solution) else {
            return Err(String::from("missing field exampleRequest or exampleSolution"));
        };
        let times = reading.object("timing");
        let solve_seconds = match reading.list("solveSeconds").as_slice() {
            [] => None,
            [least, most] => Some((as_number(least), as_number(most))),
            _ => {
                reading.wrong(String::from("solveSeconds is not a least and a most"));
                None
            }
        };
        let shape = Shape {
            id: reading.text("id"),
            kind: reading.text("type"),
            aliases: reading.texts("aliases"),
            class: reading.maybe_text("class"),
            class_also: reading.texts("classAlso"),
            about: reading.text("about"),
            status: reading.one_of("status", &Status::WORDS),
            variant_of: reading.maybe_text("variantOf"),
            page: reading.maybe_text("page"),
            pick: Condition::member(&mut reading, "pick"),
            members: reading.each("members", Member::read),
            never: reading.each("never", Never::read),
            proxy: reading.one_of("proxy", &Need::WORDS),
            proxy_login: reading.maybe_one_of("proxyLogin", &LoginNeed::WORDS).unwrap_or_default(),
            proxy_login_without: reading.maybe_text("proxyLoginWithout").unwrap_or_default(),
            proxy_host_names: reading.flag("proxyHostNames", true),
            report: reading.maybe_one_of("report", &Report::WORDS).unwrap_or_default(),
            user_agent: reading.one_of("userAgent", &Need::WORDS),
            cookies: reading.one_of("cookies", &Need::WORDS),
            solution: reading.each("solution", Part::read),
            example_request: request.get().to_owned(),
            example_solution: solution.get().to_owned(),
            timing: Times::read(times)?,
            solve_seconds,
            token_seconds: reading.count("tokenSeconds"),
            notes: reading.texts("notes"),
            kinds: Vec::new(),
            levels: Vec::new(),
        };
        reading.end(shape)
    }
}

/// A member of a task.
#[derive(Debug, Clone)]
pub(super) struct Member {
    /// `websiteURL`, or `metadata.captchaUrl` one level down.
    pub(super) name: String,
    /// Other documented spellings of it.
    pub(super) also: Vec<String>,
    pub(super) types: Types,
    pub(super) required: bool,
    pub(super) required_when: Condition,
    /// The only values, as JSON text.
    pub(super) only: Vec<String>,
    /// The documented values of an open set.
    pub(super) known: Vec<String>,
    /// Names that are taken for a documented value, and that value.
    pub(super) mistaken: Vec<(String, String)>,
    pub(super) min: Option<f64>,
    pub(super) max: Option<f64>,
    /// The service takes more for this much.
    pub(super) clamped_to: Option<f64>,
    pub(super) min_items: Option<usize>,
    pub(super) max_items: Option<usize>,
    /// JSON text.
    pub(super) default: Option<String>,
    pub(super) format: Option<Format>,
    /// Signs that must not be in it.
    pub(super) without: String,
    /// Whether it may be an empty string though it is required.
    pub(super) empty: bool,
    pub(super) note: String,
    /// Who knows of it, where that is not the documentation.
    pub(super) source: String,
    /// Where it stands, in its current spelling and then in the others.
    pub(super) paths: Vec<Path>,
    /// Values of it that choose other variants of the type.
    pub(super) chooses: Vec<String>,
    /// One of the proxy group.
    pub(super) of_proxy: bool,
}

impl Member {
    fn read(mut reading: Reading<'_>) -> Result<Member, String> {
        let member = Member {
            name: reading.text("name"),
            also: reading.texts("also"),
            types: Types::member(&mut reading),
            required: reading.flag("required", false),
            required_when: Condition::member(&mut reading, "requiredWhen"),
            only: reading.values("enum"),
            known: reading.texts("known"),
            mistaken: reading.pairs("mistaken"),
            min: reading.number("min"),
            max: reading.number("max"),
            clamped_to: reading.number("clampedTo"),
            min_items: reading.count("minItems").map(|count| count as usize),
            max_items: reading.count("maxItems").map(|count| count as usize),
            default: reading.value("default").map(RawValue::get).filter(|value| *value != "null").map(str::to_owned),
            format: reading.maybe_one_of("format", &Format::WORDS),
            without: reading.maybe_text("without").unwrap_or_default(),
            empty: reading.flag("empty", false),
            note: reading.maybe_text("note").unwrap_or_default(),
            source: reading.maybe_text("source").unwrap_or_default(),
            paths: Vec::new(),
            chooses: Vec::new(),
            of_proxy: false,
        };
        reading.end(member)
    }

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
#[derive(Debug)]
pub(super) struct Never {
    pub(super) when: Condition,
    /// The member to point at.
    pub(super) at: String,
    pub(super) why: String,
    /// It speaks of the proxy group alone.
    pub(super) of_proxy: bool,
}

impl Never {
    fn read(mut reading: Reading<'_>) -> Result<Never, String> {
        let when = Condition::member(&mut reading, "when");
        let never = Never { when, at: reading.text("at"), why: reading.text("why"), of_proxy: false };
        reading.end(never)
    }
}

/// A member of a solution; `domains.<host>.cookies` has one key that is not known beforehand.
#[derive(Debug)]
pub(super) struct Part {
    pub(super) name: String,
    pub(super) also: Vec<String>,
    /// Dotted names of other places where it may stand instead.
    pub(super) or: Vec<String>,
    pub(super) types: Types,
    pub(super) optional: bool,
    /// When it is there, as far as the task's members tell.
    pub(super) when: Condition,
    /// The only values, as JSON text.
    pub(super) only: Vec<String>,
    pub(super) note: String,
}

impl Part {
    fn read(mut reading: Reading<'_>) -> Result<Part, String> {
        let part = Part {
            name: reading.text("name"),
            also: reading.texts("also"),
            or: reading.texts("or"),
            types: Types::member(&mut reading),
            optional: reading.flag("optional", false),
            when: Condition::member(&mut reading, "when"),
            only: reading.values("enum"),
            note: reading.maybe_text("note").unwrap_or_default(),
        };
        reading.end(part)
    }
}

/// When to poll, in milliseconds.
#[derive(Debug)]
pub(super) struct Times {
    pub(super) first_ms: u32,
    /// First poll of tasks with `nocache`.
    pub(super) first_nocache_ms: Option<u32>,
    pub(super) interval_ms: u32,
    pub(super) timeout_ms: u32,
    /// All of it, with who says so (`source`) and official clients that do otherwise (`others`: first, first with
    /// nocache, interval, timeout).
    pub(super) told: Build,
}

impl Times {
    fn read(mut reading: Reading<'_>) -> Result<Times, String> {
        let told = reading.whole();
        let times = Times {
            first_ms: reading.needed_count("firstMs"),
            first_nocache_ms: reading.count("firstNocacheMs"),
            interval_ms: reading.needed_count("intervalMs"),
            timeout_ms: reading.needed_count("timeoutMs"),
            told,
        };
        reading.text("source");
        let mut others = Reading::of(reading.value("others").map_or("{}", RawValue::get));
        for name in others.names() {
            if others.list(&name).len() != 4 {
                reading.wrong(format!("timing of {name} is not four numbers"));
            }
        }
        reading.take(others.end(()));
        reading.end(times)
    }
}

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

/// Which method reports a wrong solution.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Report {
    #[default]
    Token,
    Image,
}

impl Report {
    pub(super) const WORDS: [(&str, Report); 2] = [("token", Report::Token), ("image", Report::Image)];
}

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
