//! `captask catalogue`: files with newer facts.

use crate::arguments::CatalogueCommand;
use crate::outcome::tell;
use captask::protocol::catalog;
use std::process::ExitCode;

/// Does what was typed.
pub fn run(command: &CatalogueCommand) -> ExitCode {
    match command {
        CatalogueCommand::Check { file } => tell(&catalog::check_file(file)),
    }
}
