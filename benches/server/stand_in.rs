//! The stand-in of the service in a process of its own, for the benchmarks.
//!
//! Takes the sandbox's configuration as its one argument, prints the URL, and ends when standard input does.

use captask::sandbox::Sandbox;
use std::io::{self, Read};
use std::process::ExitCode;

fn main() -> ExitCode {
    let config = std::env::args().nth(1);
    let sandbox = match Sandbox::open(config.as_deref()) {
        Ok(sandbox) => sandbox,
        Err(failure) => {
            eprintln!("{failure}");
            return ExitCode::FAILURE;
        }
    };
    println!("{}", sandbox.url());
    // What comes in does not matter, only that it ends; an error ends it too.
    let _ = io::stdin().read_to_end(&mut Vec::new());
    ExitCode::SUCCESS
}
