//! What a person sees: the command on a pseudo-terminal.

use super::batch::{line, tasks};
use super::*;
use std::fs::File;
use std::io::Read;
use std::os::fd::{FromRawFd, OwnedFd};

/// A terminal of 70 columns: its two ends.
fn terminal() -> (File, OwnedFd) {
    let size = libc::winsize { ws_row: 24, ws_col: 70, ws_xpixel: 0, ws_ypixel: 0 };
    let (mut ours, mut theirs) = (0, 0);
    let none = std::ptr::null_mut();
    // SAFETY: two places for descriptors and a size; no name and no modes are wanted.
    let made = unsafe { libc::openpty(&raw mut ours, &raw mut theirs, none, std::ptr::null(), &raw const size) };
    assert_eq!(made, 0, "a terminal: {}", std::io::Error::last_os_error());
    // SAFETY: two descriptors that nobody else has.
    unsafe { (File::from_raw_fd(ours), OwnedFd::from_raw_fd(theirs)) }
}

/// All that was written to the terminal, once the command has ended.
fn written(mut ours: File) -> String {
    let mut bytes = Vec::new();
    // On Linux the end is an error.
    let _ = ours.read_to_end(&mut bytes);
    String::from_utf8(bytes).expect("text")
}

#[test]
fn a_batch_has_a_bar_on_a_terminal() {
    let config = config(r#"{"solveMs":600}"#);
    let sandbox = Sandbox::with(&["--config", config.to_str().expect("text")]);
    let tasks = tasks(&(1..=20).map(line).collect::<Vec<_>>());
    let (ours, theirs) = terminal();
    let reader = std::thread::spawn(move || written(ours));
    let mut command = captask(&["batch", tasks.to_str().expect("text"), "--endpoint", &sandbox.1]);
    command.env("TERM", "xterm").stderr(theirs);
    let output = command.output().expect("it ends");
    drop(command);
    assert!(output.status.success(), "{output:?}");
    assert_eq!(output.stdout.iter().filter(|byte| **byte == b'\n').count(), 20, "results alone: {output:?}");
    let shown = reader.join().expect("read");
    assert!(shown.contains("/20 done, 0 failed, ") && shown.contains("\u{1b}["), "{shown:?}");
    assert!(shown.ends_with("captask: 20 lines done: 20 ready, 0 failed\r\n"), "{shown:?}");
}

#[test]
fn quiet_and_dumb_terminals_have_no_bar() {
    let tasks = tasks(&[line(1)]);
    for (term, more, wanted) in
        [("dumb", None, "captask: 1 line done: 1 ready, 0 failed\r\n"), ("xterm", Some("--quiet"), "")]
    {
        let (ours, theirs) = terminal();
        let reader = std::thread::spawn(move || written(ours));
        let mut command = captask(&["batch", tasks.to_str().expect("text"), "--endpoint", "sandbox:"]);
        let output = command.args(more).env("TERM", term).stderr(theirs).output().expect("it ends");
        drop(command);
        assert!(output.status.success(), "{output:?}");
        assert_eq!(reader.join().expect("read"), wanted, "{term}");
    }
}

/// What describe shows on a terminal.
fn described(arguments: &[&str]) -> String {
    let (ours, theirs) = terminal();
    let reader = std::thread::spawn(move || written(ours));
    let mut command = captask(&[&["describe"], arguments].concat());
    let output = command.env_remove("COLUMNS").stdout(theirs).output().expect("it ends");
    drop(command);
    assert!(output.status.success(), "{arguments:?}: {output:?}");
    reader.join().expect("read")
}

#[test]
fn describe_is_text_on_a_terminal_and_json_elsewhere() {
    let all = fed(&["describe"], "");
    let topics: Vec<String> = json(&all)["topics"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|topic| topic["topic"].as_str().expect("text").replace("<id>", "image_to_text"))
        .map(|topic| topic.replace("<CODE>", "ERROR_ZERO_BALANCE"))
        .collect();
    assert!(topics.len() > 6, "{topics:?}");
    for topic in &topics {
        let text = described(&[topic]);
        assert!(!text.starts_with('{') && text.lines().count() > 3, "{topic}: {text}");
        // One word or an example may be longer than a line.
        let long = text.lines().filter(|line| line.chars().count() > 70 && line.trim().contains(' ')).count();
        assert!(long <= 3, "{topic}: {long} lines are too long: {text}");
    }
    let text = described(&["task/image_to_text"]);
    assert!(text.contains("  body ") && text.contains("required"), "{text}");
    let forced = described(&["tasks", "--json"]);
    let forced: serde_json::Value = serde_json::from_str(&forced).expect("JSON");
    assert_eq!(forced, json(&fed(&["describe", "tasks"], "")));
}
