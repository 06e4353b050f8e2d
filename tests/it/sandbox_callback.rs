//! The stand-in's callbacks, received by a real server.
#![cfg(feature = "sandbox")]

use crate::support::Scratch;
use crate::support::tls::{Authority, service};
use captask::sandbox::Sandbox;
use captask::server::{End, Handler, Head, Limits, Plan, Server};
use hyper::body::Bytes;
use serde_json::{Value, json};
use std::collections::HashMap;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Duration;

const KEY: &str = "0123456789abcdef";

/// Sends on what is posted to it: path and body.
struct Post(Sender<(String, String)>);

impl Handler for Post {
    fn request(&self, head: &Head<'_>, body: &Bytes) -> Plan {
        assert_eq!(head.method, "POST");
        assert!(head.header("content-type").is_some_and(|kind| kind.starts_with("application/json")));
        self.0.send((head.path.to_owned(), String::from_utf8(body.to_vec()).expect("text"))).expect("sent");
        match head.path {
            "/hang" => Plan::text(200, "text/plain", "late").after(Duration::from_secs(600)),
            "/drop" => Plan::nothing(End::Reset),
            "/fail" => Plan::text(500, "text/plain", "no"),
            _ => Plan::text(200, "text/plain", "thanks"),
        }
    }
}

fn receiver() -> (Server, Receiver<(String, String)>) {
    let (sender, posts) = channel();
    let server = Server::start(SocketAddr::from((Ipv4Addr::LOCALHOST, 0)), Post(sender), Limits::default());
    (server.expect("the receiver listens"), posts)
}

fn open(config: Value) -> Sandbox {
    Sandbox::open(Some(&config.to_string())).expect("the sandbox opens")
}

fn create(agent: &ureq::Agent, sandbox: &Sandbox, task: Value, callback: &str) -> Value {
    let body = json!({"clientKey": KEY, "task": task, "callbackUrl": callback}).to_string();
    let mut answer = agent.post(format!("{}/createTask", sandbox.url())).send(&body).expect("an answer");
    serde_json::from_str(&answer.body_mut().read_to_string().expect("text")).expect("JSON")
}

fn task() -> Value {
    json!({"type": "TurnstileTask", "websiteURL": "https://example.com", "websiteKey": "site-key"})
}

fn next(posts: &Receiver<(String, String)>) -> (String, Value) {
    let (path, body) = posts.recv_timeout(Duration::from_secs(30)).expect("a callback");
    (path, serde_json::from_str(&body).expect("JSON"))
}

fn callbacks(sandbox: &Sandbox) -> Value {
    let state: Value = serde_json::from_str(&sandbox.inspect()).expect("JSON");
    state["callbacks"].clone()
}

/// Waits until so many callbacks are over.
fn settled(sandbox: &Sandbox, count: u64) -> Value {
    let start = std::time::Instant::now();
    loop {
        let state = callbacks(sandbox);
        if state["delivered"].as_u64().zip(state["failed"].as_u64()).map(|(a, b)| a + b) == Some(count) {
            return state;
        }
        assert!(start.elapsed() < Duration::from_secs(30), "{state}");
        std::thread::sleep(Duration::from_millis(5));
    }
}

#[test]
fn a_result_comes_without_its_task_id() {
    let (server, posts) = receiver();
    let sandbox = open(json!({"solveMs": 20}));
    let agent = ureq::Agent::new_with_defaults();
    let url = |path: &str| format!("http://{}{path}", server.address());
    assert_eq!(create(&agent, &sandbox, task(), &url("/done?x=1"))["errorId"], 0);
    let (path, result) = next(&posts);
    assert_eq!(path, "/done");
    assert_eq!((&result["errorId"], &result["status"], result.get("taskId")), (&json!(0), &json!("ready"), None));
    assert!(result["solution"].is_object());
    let mut failing = task();
    failing["userAgent"] = json!("error@result:ERROR_CAPTCHA_UNSOLVABLE");
    create(&agent, &sandbox, failing, &url("/failed"));
    assert_eq!(next(&posts).1["errorCode"], "ERROR_CAPTCHA_UNSOLVABLE");
    assert_eq!(settled(&sandbox, 2)["delivered"], 2);
}

#[test]
fn receivers_that_hang_or_fail_hold_nobody_up() {
    let (server, posts) = receiver();
    let sandbox = open(json!({"solveMs": 0}));
    let agent = ureq::Agent::new_with_defaults();
    let nobody = std::net::TcpListener::bind("127.0.0.1:0").and_then(|l| l.local_addr()).expect("an address");
    let base = format!("http://{}", server.address());
    let others = [format!("http://{nobody}/"), String::from("https://127.0.0.1:1/")];
    for url in ["/hang", "/drop", "/fail"].map(|path| format!("{base}{path}")).iter().chain(&others) {
        assert_eq!(create(&agent, &sandbox, task(), url)["errorId"], 0, "{url}");
    }
    create(&agent, &sandbox, task(), &format!("{base}/fine"));
    let mut paths: Vec<String> = (0..4).map(|_| next(&posts).0).collect();
    paths.sort();
    assert_eq!(paths, ["/drop", "/fail", "/fine", "/hang"]);
    // An answer of any status is an answer; the hanging one is given up after two seconds.
    let state = settled(&sandbox, 6);
    assert_eq!((&state["delivered"], &state["failed"]), (&json!(2), &json!(4)));
    assert!(state["lastFailure"]["why"].is_string(), "{state}");
    assert!(posts.try_recv().is_err(), "no second tries");
}

#[test]
fn https_receivers_are_served_when_their_certificate_is_good() {
    let (authority, stranger) = (Authority::new(), Authority::new());
    let roots = authority.pem("callback");
    let sandbox = open(json!({"solveMs": 0, "callbackRoots": roots}));
    let agent = ureq::Agent::new_with_defaults();
    let versions = [&rustls::version::TLS13, &rustls::version::TLS12];
    let good = service(authority.issue(&["localhost"], 2020..2090), &versions);
    create(&agent, &sandbox, task(), &format!("https://localhost:{}/hook/token-1", good.port()));
    assert_eq!(settled(&sandbox, 1)["delivered"], 1, "{}", callbacks(&sandbox));
    let heard = good.heard.text();
    assert!(heard.starts_with("POST /hook/token-1 HTTP/1.1\r\n"), "{heard}");
    assert!(heard.contains("\"status\":\"ready\"") && !heard.contains("taskId"), "{heard}");

    let bad = service(stranger.issue(&["localhost"], 2020..2090), &versions);
    let id = create(&agent, &sandbox, task(), &format!("https://me:word@localhost:{}/token-2", bad.port()))["taskId"]
        .clone();
    let state = settled(&sandbox, 2);
    assert_eq!((&state["failed"], &state["lastFailure"]["taskId"]), (&json!(1), &id), "{state}");
    let why = state["lastFailure"]["why"].as_str().expect("text");
    assert!(why.starts_with(&format!("localhost:{}: ", bad.port())) && why.contains("certificate"), "{why}");
    assert!(!why.contains("token-2") && !why.contains("word"), "{why}");
    assert!(!bad.heard.text().contains("POST"));
}

#[test]
fn wrong_roots_are_refused_by_name() {
    let empty = Scratch::file("no-roots.pem");
    std::fs::write(&empty, "nothing").expect("written");
    for (roots, word) in
        [(json!("/nowhere.pem"), "/nowhere.pem"), (json!(*empty), "no certificate"), (json!(1), "string")]
    {
        let failure = Sandbox::open(Some(&json!({"callbackRoots": roots}).to_string())).expect_err("refused").to_json();
        let failure: Value = serde_json::from_str(&failure).expect("JSON");
        assert_eq!(
            (&failure["errorCode"], &failure["member"]),
            (&json!("CAPTASK_INVALID_CONFIG"), &json!("callbackRoots"))
        );
        assert!(failure["errorDescription"].as_str().is_some_and(|text| text.contains(word)), "{failure}");
    }
}

#[test]
fn a_wrong_callback_url_is_refused() {
    let sandbox = open(json!({}));
    let agent = ureq::Agent::new_with_defaults();
    for url in ["", "nonsense", "/path", "ftp://127.0.0.1/", "http://", "http://127.0.0.1:99999/", "http://[::1]:65536"]
    {
        assert_eq!(create(&agent, &sandbox, task(), url)["errorCode"], "ERROR_INVALID_TASK", "{url}");
    }
}

#[test]
fn ten_thousand_callbacks_come_once_each() {
    const THREADS: usize = 4;
    const EACH: usize = 2500;
    let (server, posts) = receiver();
    let sandbox = open(json!({"solveMs": {"min": 0, "max": 2000}, "keepRequests": 0}));
    std::thread::scope(|scope| {
        for thread in 0..THREADS {
            let (sandbox, address) = (&sandbox, server.address());
            scope.spawn(move || {
                let agent = ureq::Agent::new_with_defaults();
                for number in 0..EACH {
                    let url = format!("http://{address}/{}", thread * EACH + number);
                    assert_eq!(create(&agent, sandbox, task(), &url)["errorId"], 0);
                }
            });
        }
    });
    let mut seen: HashMap<String, u32> = HashMap::new();
    for _ in 0..THREADS * EACH {
        let (path, result) = next(&posts);
        assert_eq!(result["status"], "ready");
        *seen.entry(path).or_default() += 1;
    }
    assert_eq!(seen.len(), THREADS * EACH);
    assert_eq!(settled(&sandbox, (THREADS * EACH) as u64)["failed"], 0);
    assert!(posts.try_recv().is_err());
    let state: Value = serde_json::from_str(&sandbox.inspect()).expect("JSON");
    assert_eq!(state["requests"]["getTaskResult"], 0);
}
