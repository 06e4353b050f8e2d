//! What is said on the wire: JSON text, the envelope, methods, errors, the task catalogue and its checks. No I/O.

pub mod catalog;
pub mod envelope;
pub mod failure;
pub mod fields;
pub mod json;
pub mod method;
mod pick;
pub mod problem;
pub mod request;
mod suggest;

pub use failure::{Code, Failure, RetryScope};
