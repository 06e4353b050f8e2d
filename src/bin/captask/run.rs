//! The commands.

use crate::arguments::{Arguments, Command, SandboxArguments};
use crate::input::read;
use crate::outcome::{fail, print_answer, say};
use crate::screen::note;
use crate::{batch, client, describe, doctor, solve};
use captask::protocol::json::quote;
use captask::protocol::{Failure, catalog};
use captask::sandbox::Sandbox;
use clap::CommandFactory;
use std::io::{IsTerminal, Read, stdin, stdout};
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::process::ExitCode;

/// Does what was typed.
pub fn run(arguments: Arguments) -> ExitCode {
    let result = match arguments.command {
        Command::Solve(arguments) => solve::solve(&arguments),
        Command::Batch(arguments) => batch::batch(&arguments),
        Command::Balance { client } => {
            client::open(&client).map(|client| print_answer(&client.call("getBalance", "{}")))
        }
        Command::Report { task_id, kind, client } => client::open(&client).map(|client| {
            let request = format!("{{\"taskId\":{},\"type\":{}}}", task_id_json(&task_id), quote(&kind));
            print_answer(&client.report_incorrect(&request))
        }),
        Command::UserAgent { client } => client::open(&client).map(|client| print_answer(&client.user_agent())),
        Command::Check { request } => read(&request).map(|text| print_answer(&catalog::check(&text))),
        Command::Describe { topic, json } => Ok(show(&catalog::describe(topic.as_deref()), json)),
        Command::Doctor { client, json } => Ok(doctor::doctor(&client, json)),
        Command::Sandbox(arguments) => sandbox(&arguments),
        Command::Catalogue { command } => Ok(crate::catalogue::run(&command)),
        Command::Completions { shell } => {
            let mut script = Vec::new();
            clap_complete::generate(shell, &mut Arguments::command(), "captask", &mut script);
            Ok(say(&script))
        }
    };
    result.unwrap_or_else(|failure| fail(&failure))
}

/// A description: text on a terminal, JSON elsewhere.
fn show(answer: &str, json: bool) -> ExitCode {
    if json || !stdout().is_terminal() {
        return print_answer(answer);
    }
    let width = terminal_size::terminal_size().map_or(80, |(width, _)| usize::from(width.0));
    match describe::text(answer, width) {
        Some(text) => say(text.as_bytes()),
        None => print_answer(answer),
    }
}

/// A taskId as the service wrote it: digits are a number, anything else is a text.
fn task_id_json(text: &str) -> String {
    let number =
        !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) && (text == "0" || !text.starts_with('0'));
    if number { text.to_owned() } else { quote(text) }
}

fn sandbox(arguments: &SandboxArguments) -> Result<ExitCode, Failure> {
    // Warnings, as of a callback that could not be delivered.
    client::log_to_stderr(2);
    let listen = (arguments.address.is_some() || arguments.port.is_some()).then(|| {
        let address = arguments.address.unwrap_or(IpAddr::V4(Ipv4Addr::LOCALHOST));
        quote(&SocketAddr::new(address, arguments.port.unwrap_or(0)).to_string())
    });
    let members = [("listen", listen), ("scenario", arguments.scenario.as_deref().map(quote))];
    let sandbox = Sandbox::open(Some(&client::configured(arguments.config.as_deref(), &members)?))?;
    say(format!("{}\n", sandbox.url()).as_bytes());
    note(&format!(
        "captask: the sandbox is at {0} (open it in a browser). Use it with \"endpoint\":\"{0}\"",
        sandbox.url()
    ));
    if arguments.until_eof {
        let mut rest = Vec::new();
        let _ = stdin().read_to_end(&mut rest);
        sandbox.close();
        return Ok(ExitCode::SUCCESS);
    }
    loop {
        // Ctrl-C ends the process, and with it the stand-in.
        std::thread::park();
    }
}
