//! The command `captask`: the library at the prompt. JSON goes to standard output, everything else to standard error.

mod arguments;
mod batch;
mod catalogue;
mod client;
mod describe;
mod doctor;
mod drift;
mod input;
mod layout;
mod object;
mod outcome;
mod run;
mod screen;
mod solve;
mod task;

use clap::Parser;
use std::process::ExitCode;

fn main() -> ExitCode {
    run::run(arguments::Arguments::parse())
}
