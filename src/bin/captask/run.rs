//! The commands.

use crate::arguments::{Arguments, ClientArguments, Command, SandboxArguments};
use crate::outcome::{fail, say, tell};
use crate::progress::{Progress, STEP};
use captask::client::{Client, Waited};
use captask::log;
use captask::protocol::json::{Object, quote};
use captask::protocol::{Code, Failure, catalog};
use captask::sandbox::Sandbox;
use clap::CommandFactory;
use std::io::{Read, Write, stderr, stdin};
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

/// Does what was typed.
pub fn run(arguments: Arguments) -> ExitCode {
    let result = match arguments.command {
        Command::Solve { request, client } => solve(&request, &client),
        Command::Balance { client } => open(&client).map(|client| tell(&client.call("getBalance", "{}"))),
        Command::Check { request } => read(&request).map(|text| tell(&catalog::check(&text))),
        Command::Describe { topic } => Ok(tell(&catalog::describe(topic.as_deref()))),
        Command::Sandbox(arguments) => sandbox(&arguments),
        Command::Completions { shell } => {
            let mut script = Vec::new();
            clap_complete::generate(shell, &mut Arguments::command(), "captask", &mut script);
            Ok(say(&script))
        }
    };
    result.unwrap_or_else(|failure| fail(&failure))
}

/// The text of a file, or of standard input for "-".
fn read(path: &Path) -> Result<String, Failure> {
    let wrong = |e: std::io::Error| Failure::new(Code::InvalidArgument, format!("{}: {e}", path.display()));
    if path.as_os_str() == "-" {
        let mut text = String::new();
        stdin().read_to_string(&mut text).map_err(wrong)?;
        return Ok(text);
    }
    std::fs::read_to_string(path).map_err(wrong)
}

/// The configuration in a file, with members that the command line says; those win.
fn configured(file: Option<&Path>, members: &[(&str, Option<String>)]) -> Result<String, Failure> {
    let text = file.map(read).transpose()?.unwrap_or_else(|| "{}".into());
    let object = Object::parse(&text).map_err(|e| e.into_failure("the configuration", Code::InvalidConfig))?;
    // What is typed replaces what the file says: a member that is there twice is refused.
    let typed = |name: &str| members.iter().any(|(known, value)| *known == name && value.is_some());
    let kept = object.members().iter().filter(|member| !typed(&member.name));
    let kept = kept.map(|member| format!("{}:{}", quote(&member.name), member.value.get()));
    let said = members.iter().filter_map(|(name, value)| value.as_ref().map(|value| format!("\"{name}\":{value}")));
    Ok(format!("{{{}}}", kept.chain(said).collect::<Vec<_>>().join(",")))
}

fn open(arguments: &ClientArguments) -> Result<Client, Failure> {
    if arguments.verbose > 0 {
        log_to_stderr(if arguments.verbose == 1 { 3 } else { 5 });
    }
    let timeout = arguments.timeout_ms.map(|ms| ms.to_string());
    let endpoint = arguments.endpoint.as_deref().map(quote);
    let members = [("endpoint", endpoint), ("callTimeoutMs", timeout)];
    Client::open(Some(&configured(arguments.config.as_deref(), &members)?))
}

fn log_to_stderr(level: i32) {
    let sink: log::Sink = Arc::new(|level, line| {
        // Standard error that is gone is no reason to stop.
        let _ = writeln!(stderr(), "captask {level:?}: {line}");
    });
    log::set(Some(sink), level);
}

fn solve(path: &Path, arguments: &ClientArguments) -> Result<ExitCode, Failure> {
    let mut request = read(path)?;
    let client = open(arguments)?;
    if let Some(ms) = arguments.timeout_ms {
        request = with_timeout(&request, ms)?;
    }
    let ticket = client.engine().submit(&request)?;
    let mut progress = Progress::new();
    let answer = loop {
        match client.engine().wait(ticket, Some(STEP)) {
            Waited::Answer(delivery) => break delivery.text,
            Waited::NotYet => progress.show("solving"),
        }
    };
    drop(progress);
    let code = tell(&answer);
    client.close();
    Ok(code)
}

/// The request with this deadline, also when it brings one: what is typed wins.
fn with_timeout(request: &str, ms: u32) -> Result<String, Failure> {
    let object = Object::parse(request).map_err(|e| e.into_failure("the request", Code::InvalidRequest))?;
    match object.get("options") {
        None => Ok(object.with(&format!("\"options\":{{\"timeoutMs\":{ms}}}"))),
        Some(options) => {
            let options = Object::parse(options.get())
                .map_err(|e| e.into_failure("options", Code::InvalidRequest))?
                .with(&format!("\"timeoutMs\":{ms}"));
            Ok(object.with(&format!("\"options\":{options}")))
        }
    }
}

fn sandbox(arguments: &SandboxArguments) -> Result<ExitCode, Failure> {
    // Warnings: a callback that could not be delivered, say.
    log_to_stderr(2);
    let listen = (arguments.address.is_some() || arguments.port.is_some()).then(|| {
        let address = arguments.address.unwrap_or(IpAddr::V4(Ipv4Addr::LOCALHOST));
        quote(&SocketAddr::new(address, arguments.port.unwrap_or(0)).to_string())
    });
    let members = [("listen", listen), ("scenario", arguments.scenario.as_deref().map(quote))];
    let sandbox = Sandbox::open(Some(&configured(arguments.config.as_deref(), &members)?))?;
    say(format!("{}\n", sandbox.url()).as_bytes());
    let _ = writeln!(stderr(), "The stand-in is at {0} (open it in a browser). \"endpoint\":\"{0}\"", sandbox.url());
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
