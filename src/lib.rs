//! captask: a C-ABI client of the CapMonster Cloud task API.

pub mod protocol;
#[cfg(feature = "sandbox")]
pub mod sandbox;
#[cfg(feature = "http-server")]
pub mod server;
