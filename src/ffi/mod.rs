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

pub use client::*;
pub use library::*;
pub use log::*;
pub use methods::*;
pub use offline::*;
pub use sandbox::*;
pub use tickets::*;
