//! captask: a C-ABI client of the CapMonster Cloud task API.
//!
//! # The map of the house
//!
//! A call comes in through [`ffi`], which knows pointers and handles; [`client`] does it; what goes over the wire is
//! [`protocol`]'s business. `ffi` calls `client`, `sandbox` and `protocol`; `client` and `sandbox` call `protocol`,
//! `http` and `server`; `protocol` calls nobody. `log` and `sys` serve all.
//!
//! | room | what is in it |
//! | --- | --- |
//! | `ffi` | the C functions, one file for each group: `library`, `client`, `methods` (one for each method of the service, and call), `tickets`, `offline` (what needs no network), `log`, `sandbox`; and what all of them pass through: `guard` (panics), `text` (strings), `handles` (numbers, forks) |
//! | `client` | `config` (every key of captask_open), `service` (hosts, key, connections, counts), `call` (single calls), `purchase` (whether createTask bought a task), `reply` (what a reply means), `hosts` and `limits` (pure), `pool` (connections, shared by single calls and the engine), `journal` (what survives a crash), `callback` (results that come by themselves), `redact` (text without secrets), `probe` (the steps of `captask doctor`); `engine`: `machine` and `moves` (the state machine of tickets, pure), `reactor` (its one thread), `delivery` and `waiting` (answers), `poll_times` (when tasks are likely to be ready) |
//! | `http` | the client side of HTTP, without threads of its own: `dial` (a connection in the making: names, proxies, TLS), `connection`, `exchange` (one request and its reply), `blocking` (both on the caller's thread) |
//! | `protocol` | `json` (text that keeps its bytes), `envelope` (the service's answers and what is added to them), `failure` (the library's own codes), `request` (requests of solve and submit), `catalog` (task types, error codes and methods as data files, and the checks by them); no I/O but for catalogue files |
//! | `sandbox` | the stand-in of the service: accounts, tasks, prices, errors on request |
//! | `server` | the HTTP server under `sandbox` and `client::callback`; the only room with an async runtime |
//! | `log` | the host's log sink |
//! | `sys` | system calls that std does not offer, the signals that end the command, and state that a forked child must not share |
//!
//! `unsafe` stands in `ffi` and `sys` alone.

#![deny(unsafe_code)]
#![warn(clippy::undocumented_unsafe_blocks)]

#[cfg(panic = "abort")]
compile_error!("captask catches panics at its boundary: build it with panic = \"unwind\"");

pub mod client;
#[allow(unsafe_code)]
pub mod ffi;
pub mod http;
pub mod log;
pub mod protocol;
#[cfg(feature = "sandbox")]
pub mod sandbox;
#[cfg(feature = "http-server")]
pub mod server;
mod sys;
#[cfg(feature = "cli")]
pub use sys::interrupt;
