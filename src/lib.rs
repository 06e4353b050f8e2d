//! captask: a C-ABI client of the CapMonster Cloud task API.

#![deny(unsafe_code)]
#![warn(clippy::undocumented_unsafe_blocks)]

#[cfg(panic = "abort")]
compile_error!("captask catches panics at its boundary: build it with panic = \"unwind\"");

pub mod client;
#[allow(unsafe_code)]
pub mod ffi;
pub mod log;
pub mod protocol;
#[cfg(feature = "sandbox")]
pub mod sandbox;
#[cfg(feature = "http-server")]
pub mod server;
mod sys;
