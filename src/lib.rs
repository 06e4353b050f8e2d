//! captask: a C-ABI client of the CapMonster Cloud task API.
//!
//! # The map
//!
//! A call comes in through `ffi`, which knows pointers and handles; a handle stands for an `instance`; its `client` does
//! the work, over `http`; what a request and an answer mean is `protocol`'s business. Arrows lead down only: a test holds
//! the second column against the code, and finds every module that leads back to itself.
//!
//! | room | uses | what is in it |
//! | --- | --- | --- |
//! | `ffi` | `client`, `instance`, `log`, `protocol`, `sandbox`, `sys` | the C functions, one file for each group: `library`, `client`, `methods` (one for each method of the service, and call), `tickets`, `offline` (what needs no network), `log`, `sandbox`; and what all of them pass through: `guard` (panics), `text` (strings), `handles` (numbers, forks) |
//! | `instance` | `client`, `protocol`, `sandbox` | what a handle stands for: a client, with a sandbox of its own when its endpoint is `sandbox:`, or a sandbox |
//! | `client` | `http`, `log`, `protocol`, `secret`, `server`, `sys` | `config` (every key of captask_open), `service` (hosts, key, connections, counts), `single` and `call` (single calls), `purchase` (whether createTask bought a task), `reply` (what a reply means), `hosts` and `limits` (pure), `pool` (connections, shared by single calls and the engine), `journal` (what survives a crash), `callback` (results that come by themselves), `redact` (text without secrets), `probe` (the steps of `captask doctor`); `engine`: `machine`, `creating`, `polling` and `endings` (the state machine of tickets, pure), `reactor` (its one thread), `answers`, `delivery` and `waiting` (answers), `poll_times` (when tasks are likely to be ready) |
//! | `sandbox` | `http`, `log`, `protocol`, `secret`, `server` | the stand-in for the service: accounts, tasks, prices, errors on request, faults, callbacks, its page |
//! | `http` | `protocol`, `secret`, `sys` | the client side of HTTP; its only threads look names up: `dial` (a connection in the making: names, proxies, TLS), `connection`, `exchange` (one request and its reply), `blocking` (both on the caller's thread) |
//! | `server` | `sys` | the HTTP server under `sandbox` and `client::callback`; the only room with an async runtime |
//! | `protocol` | `log`, `sys` | `json` (text that keeps its bytes), `envelope` (the service's answers and what is added to them), `failure` (the library's own codes), `problem` (what is wrong with a request, and where), `request` (requests of solve and submit), `catalog` (task types, error codes and methods as data files, and the checks by them); no I/O but for catalogue files |
//! | `secret` |  | keys and what holds them, cleared from memory |
//! | `log` | `sys` | the host's log sink, the log file |
//! | `sys` |  | system calls that std does not offer, the signals that end the command, and state that a forked child must not share |
//!
//! `unsafe` stands in `ffi` and `sys` alone.

#![deny(unsafe_code)]
// A library without some of its parts leaves code unused that the others need.
#![cfg_attr(
    not(all(feature = "sandbox", feature = "callback", feature = "catalogue-file")),
    allow(dead_code, unused_imports)
)]
#![warn(clippy::undocumented_unsafe_blocks)]

#[cfg(panic = "abort")]
compile_error!("captask catches panics at its boundary: build it with panic = \"unwind\"");

#[cfg(feature = "internals")]
pub mod client;
#[cfg(not(feature = "internals"))]
mod client;
#[allow(unsafe_code)]
pub mod ffi;
#[cfg(feature = "internals")]
pub mod http;
#[cfg(not(feature = "internals"))]
mod http;
#[cfg(feature = "internals")]
pub mod instance;
#[cfg(not(feature = "internals"))]
mod instance;
#[cfg(feature = "internals")]
pub mod log;
#[cfg(not(feature = "internals"))]
mod log;
#[cfg(feature = "internals")]
pub mod protocol;
#[cfg(not(feature = "internals"))]
mod protocol;
#[cfg(all(feature = "sandbox", feature = "internals"))]
pub mod sandbox;
#[cfg(all(feature = "sandbox", not(feature = "internals")))]
mod sandbox;
mod secret;
#[cfg(all(feature = "http-server", feature = "internals"))]
pub mod server;
#[cfg(all(feature = "http-server", not(feature = "internals")))]
mod server;
mod sys;
#[cfg(feature = "cli")]
pub use sys::interrupt;
