//! From an answer to an exit code.

use captask::protocol::envelope::Envelope;
use captask::protocol::{Code, Failure};
use std::io::{ErrorKind, Write, stderr, stdout};
use std::process::ExitCode;

/// The service or the task said no, or the answer could not be written.
pub const REFUSED: u8 = 1;
/// The input is wrong.
pub const INPUT: u8 = 2;
/// No connection, or no answer.
pub const NETWORK: u8 = 3;
/// Time was up.
const TIMEOUT: u8 = 4;
/// A task may have been bought.
const UNKNOWN: u8 = 5;
/// Held back on this side.
pub const HELD: u8 = 6;

/// The exit code after a signal, as a shell has it.
pub fn interrupted(signal: i32) -> u8 {
    u8::try_from(128 + signal).unwrap_or(130)
}

/// Writes to standard output; a reader that has gone away (`| head`) is no fault. What cannot be written for another
/// reason goes to standard error: the answer may be paid for.
pub fn say(text: &[u8]) -> ExitCode {
    let written = crate::screen::aside(|| {
        let mut out = stdout().lock();
        out.write_all(text).and_then(|()| out.flush())
    });
    match written {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            let mut err = stderr().lock();
            // Then there is nobody left to tell.
            let _ = writeln!(err, "captask: standard output: {error}").and_then(|()| err.write_all(text));
            ExitCode::from(REFUSED)
        }
        _ => ExitCode::SUCCESS,
    }
}

/// Prints an answer and says how it went.
pub fn print_answer(answer: &str) -> ExitCode {
    let said = say(format!("{answer}\n").as_bytes());
    match Envelope::parse(answer) {
        Some(envelope) if envelope.ok() => said,
        Some(envelope) => ExitCode::from(of(&envelope.code().unwrap_or_default())),
        None => ExitCode::from(REFUSED),
    }
}

/// Prints a failure and says how it went.
pub fn fail(failure: &Failure) -> ExitCode {
    print_answer(&failure.to_json())
}

fn of(code: &str) -> u8 {
    let Some(code) = Code::ALL.iter().find(|known| known.as_str() == code) else { return REFUSED };
    match code {
        Code::InvalidArgument
        | Code::InvalidJson
        | Code::InvalidConfig
        | Code::InvalidRequest
        | Code::InvalidTask
        | Code::UnknownTopic
        | Code::NotBuilt => INPUT,
        Code::Connect | Code::Tls | Code::Network | Code::BadResponse => NETWORK,
        Code::Timeout => TIMEOUT,
        Code::OutcomeUnknown => UNKNOWN,
        Code::Guard | Code::QueueFull => HELD,
        _ => REFUSED,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// pip's edition of the command cannot ask this one.
    #[test]
    fn the_python_command_ends_with_the_same_codes() {
        let source = include_str!("../../../bindings/python/src/captask/__main__.py");
        let (_, table) = source.split_once("_CODES = {\n").expect("the table begins");
        let (table, _) = table.split_once("\n}").expect("the table ends");
        let row = |line: &str| {
            let (code, exit) = line.trim().split_once(": ").expect("a row");
            (code.trim_matches('"').to_owned(), exit.trim_end_matches(',').parse().expect("a number"))
        };
        let mut python: Vec<(String, u8)> = table.lines().map(row).collect();
        let ours = Code::ALL.iter().map(|code| (code.as_str().to_owned(), of(code.as_str())));
        let mut rust: Vec<(String, u8)> = ours.filter(|(_, exit)| *exit != REFUSED).collect();
        python.sort();
        rust.sort();
        assert_eq!(python, rust);
    }
}
