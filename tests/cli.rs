//! The command, run as a process: what it prints where, and its exit codes.
#![cfg(feature = "cli")]

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, Command, Output, Stdio};

const TASK: &str = r#"{"task":{"type":"RecaptchaV2Task","websiteURL":"https://example.com","websiteKey":"k"},"options":{"firstPollMs":1,"pollIntervalMs":20}}"#;

fn captask(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_captask"));
    command.args(arguments).env("CAPTASK_CLIENT_KEY", "key-of-the-test").stdin(Stdio::piped());
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

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
        let mut child = captask(&["sandbox", "--until-eof"]).spawn().expect("the sandbox starts");
        let mut url = String::new();
        BufReader::new(child.stdout.as_mut().expect("a pipe")).read_line(&mut url).expect("its URL");
        Sandbox(child, url.trim().to_owned())
    }
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        drop(self.0.stdin.take());
        let _ = self.0.wait();
    }
}

#[test]
fn solves_from_standard_input_and_prints_only_json() {
    let sandbox = Sandbox::start();
    let output = fed(&["solve", "-", "--endpoint", &sandbox.1], TASK);
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    assert_eq!(json(&output)["status"], "ready");
    assert!(output.stderr.is_empty(), "no progress without a terminal: {output:?}");
}

#[test]
fn shows_the_balance() {
    let sandbox = Sandbox::start();
    let output = fed(&["balance", "--endpoint", &sandbox.1], "");
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    assert!(json(&output)["balance"].is_number());
}

#[test]
fn exit_codes_tell_what_happened() {
    let sandbox = Sandbox::start();
    let failing = TASK.replace("https://example.com", "error:ERROR_ZERO_BALANCE");
    let cases: [(&[&str], &str, i32, &str); 5] = [
        (&["solve", "-", "--endpoint", &sandbox.1], &failing, 1, "ERROR_ZERO_BALANCE"),
        (&["solve", "-", "--endpoint", &sandbox.1], "{", 2, "CAPTASK_INVALID_JSON"),
        (&["check", "-"], "{}", 2, "CAPTASK_INVALID_REQUEST"),
        (&["describe", "nothing"], "", 2, "CAPTASK_UNKNOWN_TOPIC"),
        (&["balance", "--endpoint", "http://127.0.0.1:1", "--timeout-ms", "1"], "", 3, "CAPTASK_CONNECT"),
    ];
    for (arguments, input, code, said) in cases {
        let output = fed(arguments, input);
        assert_eq!(output.status.code(), Some(code), "{arguments:?}: {output:?}");
        assert_eq!(json(&output)["errorCode"], said, "{arguments:?}");
    }
    assert_eq!(fed(&["slove"], "").status.code(), Some(2));
}

#[test]
fn a_deadline_has_its_own_code() {
    let sandbox = Sandbox::start();
    let never = TASK.replace("\"firstPollMs\":1,", "\"firstPollMs\":60000,");
    let output = fed(&["solve", "-", "--endpoint", &sandbox.1, "--timeout-ms", "1000"], &never);
    assert_eq!(output.status.code(), Some(4), "{output:?}");
    assert!(json(&output)["taskId"].is_number());
}

#[test]
fn completions_are_scripts() {
    for shell in ["bash", "zsh", "fish"] {
        let output = fed(&["completions", shell], "");
        assert!(output.status.success() && output.stdout.len() > 500, "{shell}");
    }
}
