//! `captask solve`: one task.

use crate::arguments::SolveArguments;
use crate::outcome::{interrupted, print_answer};
use crate::screen::{Progress, note};
use crate::{client, input, object, task};
use captask::client::Waited;
use captask::interrupt;
use captask::protocol::Failure;
use captask::protocol::json::Object;
use std::process::ExitCode;
use std::time::Duration;

/// How often the loop looks whether it was interrupted.
const STEP: Duration = Duration::from_millis(100);

/// Does what was typed.
pub fn solve(arguments: &SolveArguments) -> Result<ExitCode, Failure> {
    let mut options = Vec::new();
    options.extend(arguments.client.timeout_ms.map(|ms| ("timeoutMs", ms.to_string())));
    let mut request = match &arguments.request {
        Some(path) => input::read(path)?,
        None => {
            // A slip on the command line is not to be paid for, unless the configuration says otherwise.
            if !says_validate(arguments)? {
                options.push(("validate", "\"strict\"".to_owned()));
            }
            task::request(arguments)?
        }
    };
    let client = client::open(&arguments.client)?;
    request = object::with_options(&request, &options)?;
    interrupt::watch();
    let ticket = client.engine().submit(&request)?;
    let mut progress = Progress::of_task(arguments.quiet);
    progress.update(0, || "solving".to_owned());
    let mut stopped = None;
    let delivery = loop {
        if let (Some(signal), None) = (interrupt::seen(), stopped) {
            stopped = Some(signal);
            client.engine().hold_purchases();
            note("captask: stopping. Press Ctrl-C again to end at once.");
        }
        // A createTask on its way is awaited: its answer says what is paid.
        if stopped.is_some() && client.engine().creating() == 0 {
            client.stop();
        }
        if let Waited::Answer(delivery) = client.engine().wait(ticket, Some(STEP)) {
            break delivery;
        }
    };
    drop(progress);
    let code = print_answer(&delivery.text);
    if let Some(receipt) = delivery.receipt {
        receipt.confirm();
    }
    client.close();
    Ok(stopped.map_or(code, |signal| ExitCode::from(interrupted(signal))))
}

/// Whether the configuration has a word of its own on checking tasks.
fn says_validate(arguments: &SolveArguments) -> Result<bool, Failure> {
    let text = client::text(&arguments.client, &[])?;
    Ok(Object::parse(&text).is_ok_and(|object| object.get("validate").is_some()))
}
