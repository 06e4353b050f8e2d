//! The C boundary and nothing else: every `extern "C"` function, one short file for each group.
//!
//! Each function body is one call of [`guard::answer`], [`guard::number`] or [`guard::quiet`]: they catch panics, so
//! that none crosses into the host. Texts go through [`text`], handles through [`handles`].

mod client;
mod guard;
mod handles;
mod library;
mod log;
mod methods;
mod offline;
mod receipts;
mod sandbox;
mod text;
mod tickets;

pub use client::{captask_close, captask_inspect, captask_open, captask_stop};
pub use library::{captask_free, captask_version, captask_version_num};
pub use log::{captask_log_sink, captask_set_log};
pub use methods::{
    captask_call, captask_create_task, captask_get_balance, captask_get_task_result, captask_get_user_agent,
    captask_report_incorrect,
};
pub use offline::{captask_base64, captask_check, captask_describe, captask_pick, captask_quote};
pub use sandbox::captask_sandbox_open;
pub use tickets::{captask_cancel, captask_receive, captask_solve, captask_submit, captask_wait};
