//! The command `captask`: the library at the prompt. JSON goes to standard output, everything else to standard error.

mod arguments;
mod outcome;
mod progress;
mod run;

use clap::Parser;
use std::process::ExitCode;

fn main() -> ExitCode {
    run::run(arguments::Arguments::parse())
}
