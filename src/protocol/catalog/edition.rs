//! Which catalogue is used: the built-in one, or that with a file over it.

use super::check;
use super::index::Catalogue;
#[cfg(feature = "cli")]
use super::model::Format;
use super::process;
#[cfg(feature = "sandbox")]
use super::refusals;
use super::task_check::TaskCheck;
use super::{sample, select, task};
use crate::protocol::failure::Failure;
use crate::protocol::method::Report;
use crate::protocol::problem::truncate_problems;
use std::fmt;
#[cfg(feature = "catalogue-file")]
use std::{path::Path, sync::Arc};

/// When to poll a task of some type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Timing {
    /// Milliseconds from the taskId to the first poll.
    pub first_ms: u32,
    /// Milliseconds between polls.
    pub interval_ms: u32,
    /// Milliseconds after which to give the task up.
    pub timeout_ms: u32,
}

/// What most types share, for those that the catalogue does not know.
const USUAL: Timing = Timing { first_ms: 1000, interval_ms: 3000, timeout_ms: 180_000 };

/// The catalogue of a client or of a sandbox. By default the one of the process: the built-in one, or that with the file
/// over it that the environment variable CAPTASK_CATALOGUE names.
#[derive(Clone, Default)]
pub struct Edition {
    #[cfg(feature = "catalogue-file")]
    own: Option<Arc<Catalogue>>,
}

impl fmt::Debug for Edition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Edition").field("own", &self.is_own()).finish()
    }
}

impl Edition {
    /// The one of the process, whether its file is right or not.
    pub(super) const fn new() -> Edition {
        Edition {
            #[cfg(feature = "catalogue-file")]
            own: None,
        }
    }

    /// The one of the process.
    ///
    /// # Errors
    /// `CAPTASK_INVALID_CONFIG` when the file that CAPTASK_CATALOGUE names is wrong.
    pub fn of_process() -> Result<Edition, Failure> {
        process::process()?;
        Ok(Edition::default())
    }

    /// The built-in catalogue with this file over it; the file of CAPTASK_CATALOGUE does not count.
    ///
    /// # Errors
    /// `CAPTASK_INVALID_CONFIG` with the pointer to what is wrong.
    #[cfg(feature = "catalogue-file")]
    pub fn with_file(path: &Path) -> Result<Edition, Failure> {
        let laid = super::file::read("catalogue", path)?;
        Ok(Edition { own: Some(Arc::new(laid.catalogue)) })
    }

    /// Whether it is another than that of the process.
    pub fn is_own(&self) -> bool {
        #[cfg(feature = "catalogue-file")]
        return self.own.is_some();
        #[cfg(not(feature = "catalogue-file"))]
        false
    }

    fn catalogue(&self) -> &Catalogue {
        #[cfg(feature = "catalogue-file")]
        if let Some(own) = &self.own {
            return own;
        }
        process::current()
    }

    /// [`timing`], by this catalogue.
    pub fn timing(&self, task: &str) -> Timing {
        let Ok(view) = task::View::parse(task) else { return USUAL };
        let select::Choice::Shape(shape) = select::choose(self.catalogue(), &view) else { return USUAL };
        let fresh = view.get("nocache").is_some_and(|raw| raw.get() == "true");
        let times = &shape.timing;
        let first_ms = times.first_nocache_ms.filter(|_| fresh).unwrap_or(times.first_ms);
        Timing { first_ms, interval_ms: times.interval_ms, timeout_ms: times.timeout_ms }
    }

    /// [`check_task`], by this catalogue.
    pub fn check_task(&self, task: &str) -> TaskCheck<'_> {
        let (shape, mut found) = check::run(self.catalogue(), task);
        found.variant = shape.map(|shape| shape.id.as_str());
        truncate_problems(&mut found.problems, "problems");
        truncate_problems(&mut found.warnings, "warnings");
        found
    }

    /// The service's code for what is wrong with the JSON text of a `task` object, where it has one of its own.
    #[cfg(feature = "sandbox")]
    pub fn refusal(&self, task: &str) -> Option<&'static str> {
        let task = task::View::parse(task).ok()?;
        match select::choose(self.catalogue(), &task) {
            select::Choice::Shape(shape) => refusals::code(shape, &task),
            _ => None,
        }
    }

    /// [`sample_solution`], by this catalogue.
    pub fn sample_solution(&self, task: &str) -> String {
        sample::solution(self.catalogue(), task)
    }

    /// The type that takes one picture and needs nothing else, and the member for it.
    #[cfg(feature = "cli")]
    pub fn picture_task(&self) -> Option<(&str, &str)> {
        self.catalogue().shapes.iter().find_map(|shape| {
            let mut required = shape.members.iter().filter(|member| member.required);
            let member = required.next().filter(|_| required.next().is_none())?;
            (member.format == Some(Format::Image)).then_some((shape.kind.as_str(), member.name.as_str()))
        })
    }

    /// [`report_method`], by this catalogue.
    pub fn report_method(&self, task_type: &str) -> &'static str {
        let shape = self.catalogue().of_type(task_type).and_then(|mut shapes| shapes.next());
        shape.map_or(Report::Token, |shape| shape.report).method()
    }
}

/// The catalogue of the process.
static PROCESS: Edition = Edition::new();

/// The timings of a task, given as the JSON text of its `task` object; a usual timing for unknown types. A task with
/// `"nocache":true` is first polled later, where its type says so.
pub fn timing(task: &str) -> Timing {
    PROCESS.timing(task)
}

/// Checks the JSON text of a `task` object against the catalogue: everything at once, in time that does not grow with
/// the number of task types.
pub fn check_task(task: &str) -> TaskCheck<'static> {
    PROCESS.check_task(task)
}

/// An artificial solution of the documented shape for the JSON text of a `task` object: every free text begins with
/// "sandbox-". It fits the schema in `captask_describe`; an unknown type gets a token.
#[cfg(feature = "internals")]
pub fn sample_solution(task: &str) -> String {
    PROCESS.sample_solution(task)
}

/// Which report method (`reportIncorrectImageCaptcha` or `reportIncorrectTokenCaptcha`) goes with a task type, under any
/// of its names; the one for tokens goes with types that are not known.
pub fn report_method(task_type: &str) -> &'static str {
    PROCESS.report_method(task_type)
}
