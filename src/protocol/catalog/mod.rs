//! The task catalogue: what the service documents of task types, error codes and methods.

mod address;
mod answer;
mod check;
mod compact;
mod condition;
mod describe;
mod edition;
mod errors;
#[cfg(feature = "catalogue-file")]
mod file;
mod formats;
mod index;
mod json_type;
mod misspelt;
mod model;
#[cfg(feature = "catalogue-file")]
mod overlay;
mod packed;
mod process;
mod proxy;
mod reader;
#[cfg(feature = "sandbox")]
mod refusals;
mod sample;
mod schema;
mod select;
mod sources;
mod task;
mod task_check;
mod topics;
mod unknown_members;
#[cfg(any(test, feature = "catalogue-file"))]
mod validate;
mod value;
mod wait;
mod words;
mod writer;

pub use super::problem::Problem;
pub use answer::check;
pub use describe::describe;
pub use edition::{Edition, report_method, timing};
#[cfg(feature = "internals")]
pub use edition::{Timing, check_task, sample_solution};
pub use errors::error;
#[cfg(all(feature = "catalogue-file", feature = "internals"))]
pub use file::check as check_file;
#[cfg(feature = "internals")]
pub use task_check::TaskCheck;
pub use wait::says_wait;
