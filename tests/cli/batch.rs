//! `captask batch`: lines in, results out.

use super::*;
use serde_json::{Value, json};

/// A line whose task is known by its number.
pub fn line(number: usize) -> String {
    json!({
        "task": {"type": "RecaptchaV2Task", "websiteURL": url_of(number), "websiteKey": "k"},
        "options": {"firstPollMs": 1, "pollIntervalMs": 20, "timeoutMs": 30_000},
        "extra": {"row": number},
    })
    .to_string()
}

/// What a stand-in sees of that line.
pub fn url_of(number: usize) -> String {
    format!("https://example.com/{number}")
}

/// A file with these lines.
pub fn tasks(lines: &[String]) -> Scratch {
    let path = Scratch::file("tasks.jsonl");
    std::fs::write(&path, lines.join("\n")).expect("written");
    path
}

/// Results, line by line.
pub fn results(text: &[u8]) -> Vec<Value> {
    let text = std::str::from_utf8(text).expect("text");
    text.lines().map(|line| serde_json::from_str(line).unwrap_or_else(|e| panic!("{e}: {line}"))).collect()
}

fn numbers(results: &[Value]) -> Vec<u64> {
    results.iter().map(|result| result["line"].as_u64().expect("a number")).collect()
}

fn path(scratch: &Scratch) -> &str {
    scratch.to_str().expect("text")
}

#[test]
fn results_come_in_the_order_of_the_tasks() {
    let config = config(r#"{"solveMs":{"min":1,"max":300},"seed":7}"#);
    let sandbox = Sandbox::with(&["--config", path(&config)]);
    let lines: Vec<String> = (1..=60).map(line).collect();
    let output = fed(&["batch", "-", "--endpoint", &sandbox.1], &lines.join("\n"));
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    let results = results(&output.stdout);
    assert_eq!(numbers(&results), (1..=60).collect::<Vec<_>>());
    assert!(results.iter().all(|result| result["extra"]["row"] == result["line"] && result["status"] == "ready"));
    let told = String::from_utf8_lossy(&output.stderr);
    assert_eq!(told, "captask: 60 lines done: 60 ready, 0 failed\n");
}

#[test]
fn unordered_results_come_as_they_are() {
    let config = config(r#"{"solveMs":1,"solveMsByType":{"TurnstileTask":1500}}"#);
    let sandbox = Sandbox::with(&["--config", path(&config)]);
    let slow = line(1).replace("RecaptchaV2Task", "TurnstileTask");
    let output = fed(&["batch", "-", "--unordered", "-q", "--endpoint", &sandbox.1], &format!("{slow}\n{}\n", line(2)));
    assert_eq!((output.status.code(), output.stderr.len()), (Some(0), 0), "{output:?}");
    assert_eq!(numbers(&results(&output.stdout)), [2, 1]);
}

#[test]
fn a_wrong_line_is_answered_and_the_others_go_on() {
    let failing = line(5).replace(&url_of(5), "error:ERROR_CAPTCHA_UNSOLVABLE");
    let bare = r#"{"type":"RecaptchaV2Task","websiteURL":"https://example.com","websiteKey":"k"}"#.to_owned();
    let lines = ["\u{feff}".to_owned() + &line(1), "{\"task\":".into(), "  ".into(), "[1]\r".into(), failing, bare];
    let mut bytes = lines.join("\n").into_bytes();
    bytes.extend(b"\n{\"task\":\"\xff\"}\n{\"tsk\":1,\"extra\":[4]}");
    let tasks = Scratch::file("tasks.jsonl");
    std::fs::write(&tasks, bytes).expect("written");
    let output = fed(&["batch", path(&tasks), "--endpoint", "sandbox:"], "");
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    let results = results(&output.stdout);
    assert_eq!(numbers(&results), [1, 2, 4, 5, 6, 7, 8]);
    let codes: Vec<_> = results.iter().map(|result| result["errorCode"].as_str().unwrap_or("")).collect();
    let wanted = [
        "",
        "CAPTASK_INVALID_JSON",
        "CAPTASK_INVALID_REQUEST",
        "ERROR_CAPTCHA_UNSOLVABLE",
        "",
        "CAPTASK_INVALID_ARGUMENT",
        "CAPTASK_INVALID_REQUEST",
    ];
    assert_eq!(codes, wanted);
    assert_eq!(results[6]["extra"], json!([4]));
}

#[test]
fn a_slow_producer_gets_its_results_at_once() {
    let sandbox = Sandbox::start();
    let mut child = captask(&["batch", "-", "-q", "--endpoint", &sandbox.1]).spawn().expect("the command starts");
    let mut stdin = child.stdin.take().expect("a pipe");
    let mut stdout = BufReader::new(child.stdout.take().expect("a pipe"));
    for number in 1..=3 {
        writeln!(stdin, "{}", line(number)).expect("it reads");
        let mut result = String::new();
        stdout.read_line(&mut result).expect("a result");
        assert_eq!(results(result.as_bytes())[0]["line"], number);
    }
    drop(stdin);
    assert!(child.wait().expect("it ends").success());
}

#[test]
fn limits_hold_purchases_back() {
    let sandbox = Sandbox::start();
    let lines: Vec<String> = (1..=5).map(line).collect();
    let output = fed(&["batch", "-", "--max-tasks", "3", "--endpoint", &sandbox.1], &lines.join("\n"));
    assert_eq!(output.status.code(), Some(6), "{output:?}");
    assert_eq!(numbers(&results(&output.stdout)), [1, 2, 3]);
    assert!(String::from_utf8_lossy(&output.stderr).contains("--max-tasks is reached"), "{output:?}");
    assert_eq!(purchases(&sandbox.1).len(), 3);
    let all = fed(&["batch", "-", "--max-tasks", "5", "--endpoint", &sandbox.1], &lines.join("\n"));
    assert_eq!(all.status.code(), Some(0), "as many as there are: {all:?}");
    // A minute is too long to wait for: what is bought until it is interrupted has to be little.
    let mut child = captask(&["batch", "-", "-q", "--max-per-minute", "2", "--endpoint", &sandbox.1]);
    let mut child = child.spawn().expect("the command starts");
    let lines: Vec<String> = (11..=15).map(line).collect();
    child.stdin.take().expect("a pipe").write_all(lines.join("\n").as_bytes()).expect("it reads");
    let mut stdout = BufReader::new(child.stdout.take().expect("a pipe"));
    for _ in 0..2 {
        stdout.read_line(&mut String::new()).expect("a result");
    }
    child.kill().expect("it runs");
    child.wait().expect("it ends");
    assert_eq!(purchases(&sandbox.1).len(), 3 + 2 + 2);
}

#[test]
fn a_refused_account_stops_the_batch() {
    let config = config(r#"{"balance":0.001,"price":0.0005}"#);
    let sandbox = Sandbox::with(&["--config", path(&config)]);
    let lines: Vec<String> = (1..=50).map(line).collect();
    let (tasks, folder) = (tasks(&lines), Scratch::folder("refused"));
    let (out, journal) = (folder.join("r.jsonl"), folder.join("j"));
    let (out, journal) = (out.to_str().expect("text"), journal.to_str().expect("text"));
    let arguments = ["batch", path(&tasks), "--unordered", "--parallel", "8", "--endpoint", &sandbox.1, "-o", out];
    let arguments = [&arguments[..], &["--journal", journal]].concat();
    let numbers = || {
        let mut numbers = numbers(&results(&std::fs::read(out).expect("results")));
        numbers.sort_unstable();
        numbers
    };
    let output = fed(&arguments, "");
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    assert!(String::from_utf8_lossy(&output.stderr).contains("ERROR_ZERO_BALANCE"), "{output:?}");
    assert_eq!(numbers().len(), 2, "a refused line is not done");
    assert!(purchases(&sandbox.1).len() < 20, "it does not insist");
    // With money it goes on.
    let money = "{\"balance\":100}";
    let request = ureq::post(format!("{}/_sandbox/balance", sandbox.1)).content_type("application/json");
    request.send(money).expect("it has money");
    let output = fed(&arguments, "");
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    assert_eq!(numbers(), (1..=50).collect::<Vec<_>>());
}

#[test]
fn what_cannot_be_right_is_refused_before_anything_is_bought() {
    let (tasks, folder) = (tasks(&[line(1)]), Scratch::folder("refuse"));
    let full = folder.join("full.jsonl");
    std::fs::write(&full, "something\n").expect("written");
    let (tasks, full, folder_path) = (path(&tasks), full.to_str().unwrap(), path(&folder));
    let new = folder.join("new.jsonl");
    let new = new.to_str().unwrap();
    let wrong = config(r#"{"journal":"j"}"#);
    let cases: [(&[&str], &str); 10] = [
        (&["no-such-file"], "no-such-file: "),
        (&[folder_path], "is a folder"),
        (&[tasks, "-o", folder_path], "is a folder"),
        (&[tasks, "-o", tasks], "-o and the tasks are the same file"),
        (&[tasks, "-o", new, "--journal", new], "--journal and -o are the same file"),
        (&[tasks, "-o", full], "the file already has results"),
        (&[tasks, "-o", "no/such/folder/x"], "no/such/folder/x"),
        (&["-", "-o", new, "--journal", "j"], "give the tasks in a file"),
        (&[tasks, "--journal", "j"], "give a file for the results with -o"),
        (&[tasks, "--config", path(&wrong)], "--journal"),
    ];
    for (arguments, said) in cases {
        let output = fed(&[&["batch"], arguments, &["--endpoint", "sandbox:"]].concat(), "");
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {output:?}");
        assert!(json(&output)["errorDescription"].as_str().is_some_and(|text| text.contains(said)), "{output:?}");
    }
    assert_eq!(std::fs::read_to_string(full).expect("still there"), "something\n");
}

#[test]
fn without_a_key_nothing_is_done() {
    let sandbox = Sandbox::start();
    let with_own = line(2).replace("{\"extra\"", "{\"clientKey\":\"own\",\"extra\"");
    assert!(with_own.contains("clientKey"), "{with_own}");
    let (tasks, both) = (tasks(&[with_own, line(1)]), ["batch", "-", "--endpoint", &sandbox.1]);
    let mut command = captask(&both);
    let input = std::fs::File::open(&tasks).expect("it is there");
    let output = command.env_remove("CAPTASK_CLIENT_KEY").stdin(input).output().expect("it ends");
    assert_eq!(output.status.code(), Some(2), "{output:?}");
    assert_eq!(numbers(&results(&output.stdout)), [1], "a line with a key of its own is done");
    assert!(String::from_utf8_lossy(&output.stderr).contains("set CAPTASK_CLIENT_KEY"), "{output:?}");
}

#[cfg(target_os = "linux")]
#[test]
fn results_that_cannot_be_written_are_told() {
    let sandbox = Sandbox::start();
    let lines: Vec<String> = (1..=30).map(line).collect();
    let arguments = ["batch", "-", "-o", "/dev/full", "--parallel", "4", "--endpoint", &sandbox.1];
    let output = fed(&arguments, &lines.join("\n"));
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(told.contains("the results cannot be written: No space left on device"), "{told}");
    let paid = look(&sandbox.1, "state")["tasks"].to_string();
    let bought = purchases(&sandbox.1).len();
    let told_of = results(told.lines().filter(|line| line.starts_with('{')).collect::<Vec<_>>().join("\n").as_bytes());
    assert!((1..30).contains(&bought), "it stops: {bought}");
    let with_task = told_of.iter().filter(|result| result["taskId"].is_number()).count();
    assert_eq!(with_task, bought, "every paid task is told: {told}\n{paid}");
}
