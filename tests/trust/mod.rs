//! What the tests of trust share: captask as a host sees it, and small servers that do one thing each.
#![allow(dead_code, unused_imports)] // Every test program uses another part of it.

pub mod child;
pub mod host;
pub mod net;
pub mod process;
pub mod program;
pub mod proxy;
pub mod tls;

pub use crate::support::{Scratch, scratch};
pub use host::{Client, Sandbox};
pub use net::{Heard, Peer};
