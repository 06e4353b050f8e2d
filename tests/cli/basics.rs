//! The commands but batch and doctor: what they print where, and their exit codes.

use super::*;

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
    let slow = config(r#"{"solveMs":600000}"#);
    let sandbox = Sandbox::with(&["--config", slow.to_str().expect("text")]);
    // Time enough to buy the task on a busy machine.
    let output = fed(&["solve", "-", "--endpoint", &sandbox.1, "--timeout-ms", "2000"], TASK);
    assert_eq!(output.status.code(), Some(4), "{output:?}");
    assert!(json(&output)["taskId"].is_number());
}

#[test]
fn the_sandbox_listens_where_it_is_told() {
    let file = config(r#"{"listen":"127.0.0.2:0"}"#);
    let file = file.to_str().expect("text");
    let cases: [(&[&str], &str); 3] = [
        (&["--config", file], "http://127.0.0.2:"),
        // What is typed wins.
        (&["--config", file, "--port", "0"], "http://127.0.0.1:"),
        (&["--address", "127.0.0.3"], "http://127.0.0.3:"),
    ];
    for (arguments, start) in cases {
        let sandbox = Sandbox::with(arguments);
        assert!(sandbox.1.starts_with(start), "{arguments:?}: {}", sandbox.1);
    }
    // A machine without IPv6 cannot listen there, but knows what was meant.
    let output = fed(&["sandbox", "--until-eof", "--address", "::1"], "");
    let told = String::from_utf8_lossy(&output.stdout);
    assert!(told.starts_with("http://[::1]:") || told.contains("CAPTASK_INVALID_CONFIG"), "{told}");
}

#[test]
fn the_sandbox_says_why_a_callback_was_not_delivered() {
    let mut sandbox = Sandbox::start();
    // Nothing listens there; TLS or not, the reason is told.
    let body = r#"{"clientKey":"key","task":{"type":"TurnstileTask","websiteURL":"https://example.com","websiteKey":"k"},"callbackUrl":"https://127.0.0.1:1/secret-token"}"#;
    ureq::post(format!("{}/createTask", sandbox.1)).send(body).expect("created");
    let mut lines = BufReader::new(sandbox.0.stderr.take().expect("a pipe")).lines();
    let (sender, line) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        lines.find(|line| line.as_ref().is_ok_and(|l| l.contains("callback"))).map(|l| sender.send(l))
    });
    let line = line.recv_timeout(std::time::Duration::from_secs(30)).expect("a line about it").expect("text");
    assert!(line.contains("was not delivered: 127.0.0.1:1: ") && line.contains("refused"), "{line}");
    assert!(!line.contains("secret-token"), "{line}");
}

#[test]
fn completions_are_scripts() {
    for shell in ["bash", "zsh", "fish"] {
        let output = fed(&["completions", shell], "");
        assert!(output.status.success() && output.stdout.len() > 500, "{shell}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn an_answer_that_cannot_be_written_is_not_lost_in_silence() {
    let full = std::fs::File::options().write(true).open("/dev/full").expect("Linux has it");
    let mut child =
        captask(&["solve", "-", "--endpoint", "sandbox:"]).stdout(full).spawn().expect("the command starts");
    child.stdin.take().expect("a pipe").write_all(TASK.as_bytes()).expect("it reads");
    let output = child.wait_with_output().expect("the command ends");
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(told.contains("standard output") && told.contains("\"taskId\":7654321"), "{told}");
}

#[test]
fn a_reader_that_has_gone_away_is_no_fault() {
    let mut child = captask(&["describe", "tasks"]).spawn().expect("the command starts");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("the command ends");
    assert_eq!((output.status.code(), output.stderr.len()), (Some(0), 0), "{output:?}");
}

#[test]
fn a_wrong_deadline_is_refused_by_its_own_name() {
    for wrong in ["0", "2147483648", "soon"] {
        let output = fed(&["balance", "--endpoint", "sandbox:", "--timeout-ms", wrong], "");
        assert_eq!(output.status.code(), Some(2), "{output:?}");
        assert!(String::from_utf8_lossy(&output.stderr).contains("--timeout-ms"), "{output:?}");
    }
}

/// A picture as small as the service takes.
const PICTURE: [u8; 120] = [0; 120];

#[test]
fn a_simple_task_needs_no_file() {
    let sandbox = Sandbox::start();
    let at = ["--endpoint", &sandbox.1];
    let picture = Scratch::file("picture.png");
    let mut bytes = PICTURE.to_vec();
    bytes[..8].copy_from_slice(b"\x89PNG\r\n\x1a\n");
    std::fs::write(&picture, &bytes).expect("written");
    let output = fed(&[&["solve", "--image", picture.to_str().expect("text")], &at[..]].concat(), "");
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    assert!(json(&output)["solution"]["text"].is_string(), "{output:?}");
    let set = ["--set", "websiteURL=https://example.com/?a=b", "--set", "websiteKey=k", "--set-json", "minScore=0.30"];
    let output = fed(&[&["solve", "--type", "RecaptchaV3TaskProxyless"], &set[..], &at[..]].concat(), "");
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    let log = look(&sandbox.1, "requests");
    let sent = log["requests"].as_array().and_then(|all| all.iter().rfind(|entry| entry["method"] == "createTask"));
    let sent = sent.and_then(|entry| entry["request"].as_str()).expect("a request");
    assert!(sent.contains(r#""websiteURL":"https://example.com/?a=b","websiteKey":"k","minScore":0.30}"#), "{sent}");
}

#[test]
fn a_slip_on_the_command_line_is_not_paid_for() {
    let sandbox = Sandbox::start();
    let folder = Scratch::folder("slips");
    let cases: [(&[&str], &str); 9] = [
        (&["--type", "RecaptchaV2Task", "--set", "websiteURL=https://example.com"], "websiteKey"),
        (&["--type", "RecaptchaV2Task", "--set", "websiteURL"], "NAME=VALUE"),
        (&["--type", "RecaptchaV2Task", "--set-json", "minScore=high"], "for a string use --set minScore=…"),
        (&["--type", "RecaptchaV2Task", "--set", "a=1", "--set", "a=2"], "give it once"),
        (&["--type", "RecaptchaV2Task", "--set", "type=X"], "give it once"),
        (&["--type", "RecaptchaV2Task", "--set", "clientKey=secret-word"], "CAPTASK_CLIENT_KEY"),
        (&["--image", "no-such-picture.png"], "no-such-picture.png"),
        (&["--image", folder.to_str().expect("text")], "is a folder"),
        (&["--image", "/dev/null"], "the file is empty"),
    ];
    for (arguments, said) in cases {
        let output = fed(&[&["solve"], arguments, &["--endpoint", &sandbox.1]].concat(), "");
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {output:?}");
        assert!(json(&output)["errorDescription"].as_str().is_some_and(|text| text.contains(said)), "{output:?}");
        assert!(!String::from_utf8_lossy(&output.stdout).contains("secret-word"), "{output:?}");
    }
    assert_eq!(look(&sandbox.1, "state")["requests"]["createTask"], 0);
    for wrong in [&["solve"][..], &["solve", "a", "--image", "b"], &["solve", "--set", "a=b"]] {
        assert_eq!(fed(wrong, "").status.code(), Some(2), "{wrong:?}");
    }
}

#[test]
fn a_wrong_solution_is_reported() {
    let sandbox = Sandbox::start();
    let solved = fed(&["solve", "-", "--endpoint", &sandbox.1], TASK);
    let id = json(&solved)["taskId"].to_string();
    let output = fed(&["report", &id, "--type", "RecaptchaV2Task", "--endpoint", &sandbox.1], "");
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    assert_eq!(look(&sandbox.1, "tasks")["tasks"][0]["reported"], true);
    let output = fed(&["report", "5f2e-text", "--type", "RecaptchaV2Task", "--endpoint", &sandbox.1], "");
    assert_eq!(output.status.code(), Some(1), "unknown to the service: {output:?}");
}

#[test]
fn the_user_agent_is_shown() {
    let output = fed(&["user-agent", "--endpoint", "sandbox:"], "");
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    assert!(json(&output)["userAgent"].is_string());
}

#[test]
fn every_command_has_help_with_an_example_and_a_slip_a_suggestion() {
    let help = fed(&["--help"], "");
    let help = String::from_utf8_lossy(&help.stdout).into_owned();
    assert!(help.contains("Exit codes:") && help.contains("CAPTASK_CLIENT_KEY"), "{help}");
    let commands = "solve batch balance report user-agent check describe doctor sandbox completions";
    for command in commands.split(' ') {
        assert!(help.contains(&format!("\n  {command} ")), "{command}: {help}");
        let output = fed(&[command, "--help"], "");
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(text.contains("Example") && text.contains(&format!("captask {command}")), "{command}: {text}");
    }
    for (slip, suggested) in [(&["slove", "x"][..], "solve"), (&["batch", "x", "--unorderd"], "--unordered")] {
        let output = fed(slip, "");
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.code() == Some(2) && told.contains(suggested), "{told}");
    }
}

#[test]
fn the_manual_page_names_every_option() {
    let page = concat!(env!("CARGO_MANIFEST_DIR"), "/packaging/captask.1");
    let page = std::fs::read_to_string(page).expect("the page").replace('\\', "");
    for command in ["solve", "batch", "report", "doctor", "describe", "sandbox"] {
        let help = fed(&[command, "--help"], "");
        let help = String::from_utf8_lossy(&help.stdout).into_owned();
        for option in help.split_whitespace().filter(|word| word.starts_with("--") && word.len() > 2) {
            let option = option.trim_end_matches([',', '.', ':', ';', ')']);
            let known = ["--help", "--address", "--until-eof"].contains(&option) || page.contains(option);
            assert!(known, "captask {command} {option} is not in packaging/captask.1");
        }
    }
}
