//! The command, run as a process: what it prints where, and its exit codes.
#![cfg(feature = "cli")]

mod basics;
mod batch;
mod doctor;

#[cfg(unix)]
mod interrupted;
#[path = "../support/mod.rs"]
mod support;
#[cfg(unix)]
mod terminal;

use std::collections::HashMap;
use std::io::{BufRead, BufReader, Write};
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};
use support::Scratch;

/// A request that is solved soon.
const TASK: &str = r#"{"task":{"type":"RecaptchaV2Task","websiteURL":"https://example.com","websiteKey":"k"},"options":{"firstPollMs":1,"pollIntervalMs":20}}"#;

fn captask(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_captask"));
    command.args(arguments).env("CAPTASK_CLIENT_KEY", "key-of-the-test").stdin(Stdio::piped());
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    takes_interrupts(&mut command);
    command
}

/// The command hears Ctrl-C even where the tests run in the background of a shell, which ignores it for them.
#[cfg(unix)]
fn takes_interrupts(command: &mut Command) {
    use std::os::unix::process::CommandExt;
    let usual = || {
        // SAFETY: sets the usual handling, which may be done between fork and exec.
        unsafe { libc::signal(libc::SIGINT, libc::SIG_DFL) };
        Ok(())
    };
    // SAFETY: the closure calls one function that is safe after a fork.
    unsafe { command.pre_exec(usual) };
}

#[cfg(not(unix))]
fn takes_interrupts(_: &mut Command) {}

fn fed(arguments: &[&str], input: &str) -> Output {
    let mut child = captask(arguments).spawn().expect("the command starts");
    // It may end without reading.
    let _ = child.stdin.take().expect("a pipe").write_all(input.as_bytes());
    child.wait_with_output().expect("the command ends")
}

fn json(output: &Output) -> serde_json::Value {
    let text = String::from_utf8_lossy(&output.stdout);
    serde_json::from_str(&text).unwrap_or_else(|e| panic!("{e}: {text}"))
}

/// A stand-in in a process of its own, ended with its standard input.
struct Sandbox(Child, String);

impl Sandbox {
    fn start() -> Self {
        Self::with(&[])
    }

    fn with(arguments: &[&str]) -> Self {
        let arguments = [&["sandbox", "--until-eof"], arguments].concat();
        let mut child = captask(&arguments).spawn().expect("the sandbox starts");
        let mut url = String::new();
        BufReader::new(child.stdout.as_mut().expect("a pipe")).read_line(&mut url).expect("its URL");
        assert!(url.starts_with("http"), "{url}");
        Sandbox(child, url.trim().to_owned())
    }
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        drop(self.0.stdin.take());
        let _ = self.0.wait();
    }
}

/// A configuration in a file, gone when this is.
fn config(text: &str) -> Scratch {
    let path = Scratch::file("sandbox.json");
    std::fs::write(&path, text).expect("written");
    path
}

/// Waits until something holds, for as long as anything may take that does not hang.
fn until(what: &str, holds: impl Fn() -> bool) {
    let start = Instant::now();
    while !holds() {
        assert!(start.elapsed() < Duration::from_secs(60), "in vain: {what}");
        std::thread::sleep(Duration::from_millis(5));
    }
}

/// What is known of a running stand-in under `/_sandbox/`.
fn look(url: &str, path: &str) -> serde_json::Value {
    let mut answer = ureq::get(format!("{url}/_sandbox/{path}")).call().expect("an answer");
    serde_json::from_str(&answer.body_mut().read_to_string().expect("text")).expect("JSON")
}

/// How many createTasks a stand-in has seen for each websiteURL.
fn purchases(url: &str) -> HashMap<String, usize> {
    let mut seen = HashMap::new();
    let log = look(url, "requests?limit=100000");
    for entry in log["requests"].as_array().expect("a list").iter().filter(|entry| entry["method"] == "createTask") {
        let request: serde_json::Value = serde_json::from_str(entry["request"].as_str().expect("text")).expect("JSON");
        *seen.entry(request["task"]["websiteURL"].as_str().expect("text").to_owned()).or_default() += 1;
    }
    seen
}
