//! What captask promises, one module for each promise. Where the process itself is the subject (its memory, its threads,
//! its forks, its end), a test is a program of its own.

#[path = "../support/harvest.rs"]
mod harvest;
#[path = "../support/mod.rs"]
mod support;

mod callback;
mod catalogue;
mod chaos;
mod concurrency;
mod configuration;
#[cfg(feature = "panic-probe")]
mod faults;
mod foreign_text;
mod journal_file;
mod limits;
mod never_pay_twice;
mod paid_results;
mod proxies;
mod proxy_faults;
mod replies;
mod sandbox;
mod sandbox_callback;
mod sandbox_faults;
mod sandbox_page;
mod server;
mod shutdown;
mod solve_shapes;
mod stages;
mod tickets;
mod tls;
mod transport;
