//! `captask doctor`: each step, and what it says at the first that fails.

use super::*;
use rustls::version::TLS13;
use std::net::TcpListener;
use support::tls::{Authority, service};

/// The steps with their status, without the addresses and times in them.
fn steps(output: &Output) -> Vec<(String, String)> {
    let word = |value: &serde_json::Value| value.as_str().expect("text").to_owned();
    let answer = json(output);
    let steps = answer["steps"].as_array().expect("a list");
    steps.iter().map(|step| (word(&step["step"]), word(&step["status"]))).collect()
}

fn doctor(arguments: &[&str]) -> Output {
    fed(&[&["doctor", "--json"], arguments].concat(), "")
}

/// It fails at this step, with this exit code, and says this.
fn fails(arguments: &[&str], at: &str, code: i32, said: &str, advised: &str) {
    let output = doctor(arguments);
    assert_eq!(output.status.code(), Some(code), "{output:?}");
    let steps = steps(&output);
    assert_eq!(steps.last(), Some(&(at.to_owned(), "failed".to_owned())), "{output:?}");
    let answer = json(&output);
    assert_eq!(answer["ok"], false);
    let last = answer["steps"].as_array().and_then(|steps| steps.last()).expect("a step");
    assert!(last["detail"].as_str().is_some_and(|text| text.contains(said)), "{last}");
    assert!(answer["advice"].as_str().is_some_and(|text| text.contains(advised)), "{answer}");
}

#[test]
fn every_step_is_fine_at_a_stand_in() {
    let sandbox = Sandbox::start();
    let file = config(r#"{"callback":{"listen":"127.0.0.1:0","publicUrl":"http://127.0.0.1:0/hook"}}"#);
    let arguments = ["--endpoint", &sandbox.1, "--config", file.to_str().expect("text")];
    let output = doctor(&arguments);
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    let wanted = [
        ("configuration", "ok"),
        ("name", "ok"),
        ("address", "ok"),
        ("proxy", "unused"),
        ("tls", "unused"),
        ("clock", "ok"),
        ("key", "ok"),
        ("balance", "ok"),
        ("callback", "ok"),
    ];
    assert_eq!(steps(&output), wanted.map(|(step, status)| (step.to_owned(), status.to_owned())), "{output:?}");
    let text = fed(&[&["doctor"], &arguments[..]].concat(), "");
    let text = String::from_utf8_lossy(&text.stdout).into_owned();
    assert_eq!(text.lines().count(), 10, "a line for each step: {text}");
    assert!(text.ends_with("The service can be used from here.\n"), "{text}");
    assert!(doctor(&["--endpoint", "sandbox:"]).status.success());
}

#[test]
fn the_first_step_that_fails_says_what_to_do() {
    let wrong = config(r#"{"endpont":"x"}"#);
    let wrong = wrong.to_str().expect("text");
    fails(&["--config", wrong], "configuration", 2, "endpont", "captask describe config");
    fails(&["--endpoint", "http://no-such-host.invalid"], "name", 3, "no-such-host.invalid", "spelling");
    // A port that nothing listens on: it was free a moment ago.
    let port = TcpListener::bind("127.0.0.1:0").and_then(|socket| socket.local_addr()).expect("a port").port();
    fails(
        &["--endpoint", &format!("http://127.0.0.1:{port}")],
        "address",
        3,
        "refused",
        "Nothing listens at this address",
    );
    let sandbox = Sandbox::start();
    let secure = sandbox.1.replace("http:", "https:");
    fails(&["--endpoint", &secure], "tls", 3, "127.0.0.1", "this machine's clock");
    // It connects, and is no proxy.
    let proxy = config(&format!("{{\"proxy\":\"socks5://me:secret-word@{}\"}}", &sandbox.1["http://".len()..]));
    let arguments = ["--endpoint", &sandbox.1, "--config", proxy.to_str().expect("text")];
    fails(&arguments, "proxy", 3, "Socks5 proxy at 127.0.0.1", "login and password");
    let text = fed(&[&["doctor"], &arguments[..]].concat(), "");
    let text = String::from_utf8_lossy(&text.stdout).into_owned();
    assert!(
        text.contains("\nWhat to do: ") && text.contains("Not checked: tls, clock, key, balance, callback."),
        "{text}"
    );
    assert!(!text.contains("secret-word"), "{text}");
}

#[test]
fn the_account_and_the_callback_are_checked() {
    let empty = config(r#"{"balance":0}"#);
    let sandbox = Sandbox::with(&["--config", empty.to_str().expect("text")]);
    fails(&["--endpoint", &sandbox.1], "balance", 1, "0", "Top up the account");
    let mut without_key = captask(&["doctor", "--json", "--endpoint", &sandbox.1]);
    let output = without_key.env_remove("CAPTASK_CLIENT_KEY").output().expect("it ends");
    assert_eq!(output.status.code(), Some(2), "{output:?}");
    assert!(json(&output)["advice"].as_str().is_some_and(|text| text.contains("CAPTASK_CLIENT_KEY")), "{output:?}");
    let accounts = config(r#"{"accounts":[{"key":"another"}]}"#);
    let sandbox = Sandbox::with(&["--config", accounts.to_str().expect("text")]);
    fails(&["--endpoint", &sandbox.1], "key", 1, "ERROR_KEY_DOES_NOT_EXIST", "Correct clientKey");
    let sandbox = Sandbox::start();
    let elsewhere = format!("{{\"callback\":{{\"listen\":\"127.0.0.1:0\",\"publicUrl\":\"{}/hook\"}}}}", sandbox.1);
    let file = config(&elsewhere);
    let arguments = ["--endpoint", &sandbox.1, "--config", file.to_str().expect("text")];
    fails(&arguments, "callback", 3, "another program answers", "from the internet");
}

#[test]
fn a_clock_that_is_far_off_is_found() {
    let server = TcpListener::bind("127.0.0.1:0").expect("a port");
    let url = format!("http://{}", server.local_addr().expect("it has one"));
    let thread = std::thread::spawn(move || {
        // One connection to see whether it listens, one to ask.
        for _ in 0..2 {
            let (mut socket, _) = server.accept().expect("a connection");
            let mut line = String::new();
            let _ = BufReader::new(socket.try_clone().expect("a socket")).read_line(&mut line);
            let reply = "HTTP/1.1 404 Not Found\r\nDate: Sun, 06 Nov 1994 08:49:37 GMT\r\nContent-Length: 0\r\n\r\n";
            let _ = socket.write_all(reply.as_bytes());
        }
    });
    fails(&["--endpoint", &url], "clock", 1, "ahead of the server", "Set this machine's clock");
    thread.join().expect("it was asked");
}

#[test]
fn a_certificate_is_checked_by_the_configured_roots() {
    let (authority, stranger) = (Authority::new(), Authority::new());
    let (roots, others) = (authority.pem("roots"), stranger.pem("others"));
    let with = |roots: &Scratch| config(&serde_json::json!({"tls": {"roots": roots}}).to_string());
    let (good, bad) = (with(&roots), with(&others));
    let (good, bad) = (good.to_str().expect("text"), bad.to_str().expect("text"));
    let peer = service(authority.issue(&["localhost"], 2020..2090), &[&TLS13]);
    let url = format!("https://localhost:{}", peer.port());
    let output = doctor(&["--endpoint", &url, "--config", good]);
    assert!(steps(&output).contains(&("tls".to_owned(), "ok".to_owned())), "{output:?}");
    fails(&["--endpoint", &url, "--config", bad], "tls", 3, "certificate", "\"tls\":{\"roots\":…}");
    let expired = service(authority.issue(&["localhost"], 2001..2002), &[&TLS13]);
    let url = format!("https://localhost:{}", expired.port());
    fails(&["--endpoint", &url, "--config", good], "tls", 3, "expired", "this machine's clock");
}
