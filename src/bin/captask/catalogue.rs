//! `captask catalogue`: files with newer facts, and descriptions of the service.

use crate::arguments::CatalogueCommand;
use crate::drift;
use crate::outcome::{fail, print_answer, say};
use captask::protocol::json::clip;
use captask::protocol::{Code, Failure, catalog};
use std::path::Path;
use std::process::ExitCode;

/// Does what was typed.
pub fn run(command: &CatalogueCommand) -> ExitCode {
    match command {
        CatalogueCommand::Check { file } => print_answer(&catalog::check_file(file)),
        CatalogueCommand::Diff { description } => diff(description),
    }
}

fn diff(path: &Path) -> ExitCode {
    match drift::diff(path) {
        Ok(lines) if lines.is_empty() => ExitCode::SUCCESS,
        Ok(lines) => {
            say(format!("{}\n", lines.join("\n")).as_bytes());
            ExitCode::from(1)
        }
        Err(fault) => {
            fail(&Failure::new(Code::InvalidArgument, format!("{}: {}", clip(&path.display().to_string()), fault)))
        }
    }
}
