//! Batches that are interrupted: by Ctrl-C, by kill -9 at any point, and what the next run makes of it.

use super::batch::{line, results, tasks, url_of};
use super::*;
use std::net::TcpListener;
use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};

const COUNT: usize = 60;

/// A batch with a journal, against a stand-in of its own.
struct Case {
    sandbox: Sandbox,
    tasks: Scratch,
    folder: Scratch,
    more: Vec<&'static str>,
    count: usize,
}

impl Case {
    fn new(solve_ms: &str, more: &[&'static str]) -> Case {
        Case::of(COUNT, solve_ms, more)
    }

    fn of(count: usize, solve_ms: &str, more: &[&'static str]) -> Case {
        let config = config(&format!("{{\"solveMs\":{solve_ms},\"keepRequests\":100000}}"));
        let lines: Vec<String> = (1..=count).map(line).collect();
        Case {
            count,
            sandbox: Sandbox::with(&["--config", config.to_str().expect("text")]),
            tasks: tasks(&lines),
            folder: Scratch::folder("interrupted"),
            more: more.to_vec(),
        }
    }

    fn results_path(&self) -> PathBuf {
        self.folder.join("results.jsonl")
    }

    fn command(&self) -> Command {
        let mut command = captask(&["batch", "--parallel", "20", "--endpoint", &self.sandbox.1]);
        command.arg(self.tasks.as_os_str()).arg("-o").arg(self.results_path());
        command.arg("--journal").arg(self.folder.join("journal")).args(&self.more);
        command
    }

    fn start(&self) -> Child {
        self.command().spawn().expect("the command starts")
    }

    fn to_the_end(&self) -> Output {
        self.command().output().expect("the command ends")
    }

    /// Every line has one result, and was bought once at most. How many outcomes are unknown.
    fn check(&self) -> usize {
        let results = results(&std::fs::read(self.results_path()).expect("results"));
        let mut lines: Vec<usize> =
            results.iter().map(|result| result["line"].as_u64().expect("one") as usize).collect();
        if !self.more.contains(&"--unordered") {
            assert!(lines.is_sorted(), "{lines:?}");
        }
        lines.sort_unstable();
        assert_eq!(lines, (1..=self.count).collect::<Vec<_>>(), "one result for each line");
        let purchases = purchases(&self.sandbox.1);
        let mut unknown = 0;
        for result in &results {
            let number = result["line"].as_u64().expect("one") as usize;
            let bought = purchases.get(&url_of(number)).copied().unwrap_or(0);
            assert!(bought <= 1, "line {number} was bought {bought} times");
            if result["errorId"] == 0 {
                assert_eq!((bought, &result["extra"]["row"]), (1, &result["line"]), "{result}");
            } else {
                assert_eq!(result["errorCode"], "CAPTASK_OUTCOME_UNKNOWN", "{result}");
                assert_eq!(result["extra"]["row"], result["line"], "{result}");
                unknown += 1;
            }
        }
        unknown
    }
}

/// Kills at points that the seed picks, until a run comes to its end.
fn killed_at_random(more: &[&'static str], mut seed: u64) {
    let case = Case::new(r#"{"min":1,"max":400}"#, more);
    let mut kills = 0;
    for _ in 0..8 {
        // As random as a generator of Knuth's is.
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let child = case.start();
        // No wait for anything: the point of time is what is tried.
        std::thread::sleep(Duration::from_millis(20 + (seed >> 33) % 400));
        // Some are asked to end, and end in good order at once.
        signal(&child, if seed >> 40 & 3 == 0 { libc::SIGINT } else { libc::SIGKILL });
        let output = child.wait_with_output().expect("it ends");
        kills += usize::from(output.status.signal() == Some(9));
        if output.status.signal().is_none() {
            eprintln!("{output:?}");
        }
    }
    assert!(kills > 0, "some were killed");
    let output = case.to_the_end();
    let unknown = case.check();
    assert_eq!(output.status.code(), Some(i32::from(unknown > 0)), "{output:?}");
    // Once more, with nothing to do.
    let again = case.to_the_end();
    assert_eq!(again.status.code(), output.status.code(), "{again:?}");
    case.check();
}

#[test]
fn a_batch_killed_at_random_points_buys_nothing_twice() {
    killed_at_random(&[], 1);
}

#[test]
fn an_unordered_batch_killed_at_random_points_buys_nothing_twice() {
    killed_at_random(&["--unordered"], 2);
}

fn signal(child: &Child, signal: i32) {
    let id = i32::try_from(child.id()).expect("a process id");
    // SAFETY: a signal to a child of ours that has not been waited for.
    assert_eq!(unsafe { libc::kill(id, signal) }, 0);
}

/// The paid tasks that standard error tells.
fn told(output: &Output) -> Vec<String> {
    let text = String::from_utf8_lossy(&output.stderr);
    let Some((_, ids)) = text.split_once("not finished, taskId ") else { return Vec::new() };
    ids.lines().next().unwrap_or("").split(", ").map(str::to_owned).collect()
}

#[test]
fn ctrl_c_tells_what_is_paid_and_the_next_run_goes_on() {
    for (number, code) in [(libc::SIGINT, 130), (libc::SIGTERM, 143)] {
        let case = Case::of(24, "1500", &[]);
        let child = case.start();
        until("twenty are bought", || purchases(&case.sandbox.1).len() == 20);
        signal(&child, number);
        let output = child.wait_with_output().expect("it ends");
        assert_eq!(output.status.code(), Some(code), "{output:?}");
        assert_eq!(told(&output).len(), 20, "{output:?}");
        assert_eq!(purchases(&case.sandbox.1).len(), 20, "no more are bought");
        let output = case.to_the_end();
        assert_eq!(output.status.code(), Some(0), "{output:?}");
        assert_eq!(case.check(), 0);
    }
}

#[test]
fn without_a_journal_the_results_have_what_is_paid() {
    let config = config(r#"{"solveMs":600000}"#);
    let sandbox = Sandbox::with(&["--config", config.to_str().expect("text")]);
    let tasks = tasks(&(1..=9).map(line).collect::<Vec<_>>());
    let arguments = ["batch", tasks.to_str().expect("text"), "--parallel", "5", "--endpoint", &sandbox.1];
    let child = captask(&arguments).spawn().expect("it starts");
    until("five are bought", || purchases(&sandbox.1).len() == 5);
    signal(&child, libc::SIGINT);
    let output = child.wait_with_output().expect("it ends");
    assert_eq!(output.status.code(), Some(130), "{output:?}");
    let results = results(&output.stdout);
    let mut ids: Vec<String> = results.iter().map(|result| result["taskId"].to_string()).collect();
    ids.sort_unstable();
    assert_eq!((ids.len(), results[0]["errorCode"].as_str()), (5, Some("CAPTASK_CLOSED")));
    let mut told = told(&output);
    told.sort_unstable();
    assert_eq!(told, ids);
}

#[test]
fn a_second_ctrl_c_ends_at_once() {
    // It takes connections and never answers.
    let silent = TcpListener::bind("127.0.0.1:0").expect("a port");
    let url = format!("http://{}", silent.local_addr().expect("it has one"));
    let tasks = tasks(&[line(1)]);
    let arguments = ["batch", tasks.to_str().expect("text"), "--endpoint", &url];
    let mut child = captask(&arguments).spawn().expect("it starts");
    let _connection = silent.accept().expect("it connects");
    signal(&child, libc::SIGINT);
    let mut lines = BufReader::new(child.stderr.take().expect("a pipe")).lines();
    assert!(lines.next().expect("a line").expect("text").contains("Press Ctrl-C again to end at once"));
    signal(&child, libc::SIGINT);
    assert_eq!(child.wait().expect("it ends").signal(), Some(libc::SIGINT));
}

#[test]
fn solve_tells_the_task_that_is_paid_when_it_is_interrupted() {
    let config = config(r#"{"solveMs":600000}"#);
    let sandbox = Sandbox::with(&["--config", config.to_str().expect("text")]);
    let arguments = ["solve", "--type", "RecaptchaV2Task", "--set", "websiteURL=https://example.com/1"];
    let arguments = [&arguments[..], &["--set", "websiteKey=k", "--endpoint", &sandbox.1]].concat();
    let child = captask(&arguments).spawn().expect("it starts");
    until("it is bought", || purchases(&sandbox.1).len() == 1);
    signal(&child, libc::SIGINT);
    let output = child.wait_with_output().expect("it ends");
    assert_eq!(output.status.code(), Some(130), "{output:?}");
    assert!(json(&output)["taskId"].is_number(), "{output:?}");
}

fn appended(path: &Path, text: &str) {
    let mut file = std::fs::File::options().append(true).open(path).expect("it is there");
    file.write_all(text.as_bytes()).expect("written");
}

/// A case with a finished batch, and what the same command says after a change.
fn refused(case: &Case, said: &str) {
    let output = case.to_the_end();
    assert_eq!(output.status.code(), Some(2), "{said}: {output:?}");
    assert!(String::from_utf8_lossy(&output.stdout).contains(said), "{said}: {output:?}");
}

#[test]
fn the_next_run_has_to_find_what_the_last_one_left() {
    let case = Case::new("1", &["-q"]);
    assert!(case.to_the_end().status.success());
    let path = case.results_path();
    let all = std::fs::read(&path).expect("results");
    // The process died in the middle of a line.
    appended(&path, "{\"line\":60,\"err");
    assert!(case.to_the_end().status.success());
    assert_eq!(std::fs::read(&path).expect("results"), all, "half a line goes");
    appended(&path, "what is this\n");
    refused(&case, "line 61 is not a result of captask batch");
    std::fs::write(&path, &all).expect("written");
    appended(&path, "{\"line\":61,\"errorId\":0}\n");
    refused(&case, "has a result of line 61");
    std::fs::remove_file(&path).expect("it is there");
    refused(&case, "the file with the results of the interrupted batch is missing");
    std::fs::write(&path, &all).expect("written");
    appended(&case.tasks, "\n{}");
    refused(&case, "the file of tasks changed");
    assert_eq!(purchases(&case.sandbox.1).len(), COUNT);
}

#[test]
fn another_key_or_another_results_file_is_refused() {
    let case = Case::new("1", &["-q"]);
    assert!(case.to_the_end().status.success());
    let output = case.command().env("CAPTASK_CLIENT_KEY", "another").output().expect("it ends");
    assert!(String::from_utf8_lossy(&output.stdout).contains("another key"), "{output:?}");
    let output = case.command().arg("-o").arg(case.folder.join("other")).output().expect("it ends");
    assert_eq!(output.status.code(), Some(2), "{output:?}");
    let journal = case.folder.join("journal");
    let kept = std::fs::read(&journal).expect("it is there");
    std::fs::remove_file(&journal).expect("it is there");
    refused(&case, "only it says which tasks of the interrupted batch are paid");
    std::fs::write(&journal, kept).expect("written");
    assert!(case.to_the_end().status.success());
    std::fs::remove_file(case.folder.join("journal.batch")).expect("it is there");
    refused(&case, "the file already has results");
}
