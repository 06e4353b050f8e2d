//! The form of `data/tasks.json`: what is known of each request shape. Adding a shape is one more entry there.

use super::condition::Condition;
use super::json_type::Types;
use super::reader::{Fault, Reader};
use super::sources::Sources;
use super::task::Path;
use super::words::REPORTS;
pub(super) use super::words::{Format, LoginNeed, Need, Status};
use super::writer::Writer;
use crate::protocol::json::as_number;
use crate::protocol::method::Report;
use serde_json::value::RawValue;

/// The whole file.
#[derive(Debug)]
pub(super) struct File {
    /// Texts that examples name as `"$name"`.
    pub(super) samples: Vec<(String, String)>,
    /// Where the facts are from.
    pub(super) sources: Sources,
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
    pub(super) fn read(data: &str) -> Result<File, Fault> {
        let mut reading = Reader::of(data);
        let file = File {
            samples: reading.pairs("samples"),
            sources: Sources(reading.value("sources").map_or("{}", RawValue::get).to_owned()),
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
    fn read(mut reading: Reader<'_>) -> Result<Shared, Fault> {
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
    fn read(mut reading: Reader<'_>) -> Result<Foreign, Fault> {
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
    /// Other spellings of the class that clients send; worth a warning.
    pub(super) class_aliases: Vec<String>,
    pub(super) about: String,
    pub(super) status: Status,
    pub(super) variant_of: Option<String>,
    /// Page of the service's documentation; none where only official clients know the shape.
    pub(super) page: Option<String>,
    /// Keys of the sources that know the shape.
    pub(super) sources: String,
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
    /// What a caller should know beyond the members: which spelling is current, say.
    pub(super) notes: Vec<String>,
    /// Every name of the type: a variant goes by the aliases of its siblings too.
    pub(super) kinds: Vec<String>,
    /// For the task itself and each of its objects: the indices of its members.
    pub(super) levels: Vec<(String, Vec<usize>)>,
}

impl Shape {
    /// Whether this is the shape's class, under any of its spellings.
    pub(super) fn goes_by(&self, class: &str) -> bool {
        self.class.as_deref() == Some(class) || self.class_aliases.iter().any(|alias| alias == class)
    }

    pub(super) fn read(mut reading: Reader<'_>) -> Result<Shape, Fault> {
        let (request, solution) = (reading.value("exampleRequest"), reading.value("exampleSolution"));
        let (Some(request), Some(solution)) = (request, solution) else {
            return Err(missing("exampleRequest or exampleSolution"));
        };
        let Some(times) = reading.value("timing") else {
            return Err(missing("timing"));
        };
        let timing = Times::read(Reader::of(times.get())).map_err(|fault| fault.below(format_args!("/timing")))?;
        let solve_seconds = match reading.list("solveSeconds").as_slice() {
            [] => None,
            [least, most] => Some((as_number(least), as_number(most))),
            _ => {
                reading.wrong(
                    "solveSeconds",
                    format_args!("expected solveSeconds to have two numbers: the least and the most"),
                );
                None
            }
        };
        let shape = Shape {
            id: reading.text("id"),
            kind: reading.text("type"),
            aliases: reading.texts("aliases"),
            class: reading.maybe_text("class"),
            class_also: reading.texts("classAlso"),
            class_aliases: reading.texts("classAliases"),
            about: reading.text("about"),
            status: reading.one_of("status", &Status::WORDS),
            variant_of: reading.maybe_text("variantOf"),
            page: reading.maybe_text("page"),
            sources: reading.maybe_text("sources").unwrap_or_default(),
            pick: Condition::member(&mut reading, "pick"),
            members: reading.each("members", Member::read),
            never: reading.each("never", Never::read),
            proxy: reading.one_of("proxy", &Need::WORDS),
            proxy_login: reading.maybe_one_of("proxyLogin", &LoginNeed::WORDS).unwrap_or_default(),
            proxy_login_without: reading.maybe_text("proxyLoginWithout").unwrap_or_default(),
            proxy_host_names: reading.flag("proxyHostNames", true),
            report: reading.maybe_one_of("report", &REPORTS).unwrap_or_default(),
            user_agent: reading.one_of("userAgent", &Need::WORDS),
            cookies: reading.one_of("cookies", &Need::WORDS),
            solution: reading.each("solution", Part::read),
            example_request: request.get().to_owned(),
            example_solution: solution.get().to_owned(),
            timing,
            solve_seconds,
            token_seconds: reading.count("tokenSeconds"),
            notes: reading.texts("notes"),
            kinds: Vec::new(),
            levels: Vec::new(),
        };
        reading.end(shape)
    }
}

fn missing(field: &str) -> Fault {
    Fault::new(format_args!(""), format_args!("{field} is missing"))
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
    /// `enum` and `requiredWhen` are recommendations: breaking them is worth a warning.
    pub(super) soft: bool,
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
    /// Keys of the sources that know it, where those are not the shape's.
    pub(super) source: String,
    /// Where it stands, in its current spelling and then in the others.
    pub(super) paths: Vec<Path>,
    /// Values of it that choose other variants of the type.
    pub(super) chooses: Vec<String>,
    /// One of the proxy group.
    pub(super) of_proxy: bool,
}

impl Member {
    pub(super) fn read(mut reading: Reader<'_>) -> Result<Member, Fault> {
        let member = Member {
            name: reading.text("name"),
            also: reading.texts("also"),
            types: Types::member(&mut reading),
            required: reading.flag("required", false),
            required_when: Condition::member(&mut reading, "requiredWhen"),
            soft: reading.flag("soft", false),
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
        !self.empty && !self.soft && (self.required || !self.required_when.is_empty())
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
    fn read(mut reading: Reader<'_>) -> Result<Never, Fault> {
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
    pub(super) fn read(mut reading: Reader<'_>) -> Result<Part, Fault> {
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
    /// Keys of the sources that say so.
    pub(super) source: String,
    /// All of it, with official clients that do otherwise (`others`: first, first with nocache, interval, timeout).
    pub(super) described: Writer,
}

impl Times {
    fn read(mut reading: Reader<'_>) -> Result<Times, Fault> {
        let described = reading.whole();
        let times = Times {
            first_ms: reading.needed_count("firstMs"),
            first_nocache_ms: reading.count("firstNocacheMs"),
            interval_ms: reading.needed_count("intervalMs"),
            timeout_ms: reading.needed_count("timeoutMs"),
            source: reading.text("source"),
            described,
        };
        let mut others = Reader::of(reading.value("others").map_or("{}", RawValue::get));
        for name in others.names() {
            if others.list(&name).len() != 4 {
                reading.wrong("others", format_args!("expected {name} to have four numbers"));
            }
        }
        reading.take(format_args!("/others"), others.end(()));
        reading.end(times)
    }
}
