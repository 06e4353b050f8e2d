//! The stand-in's page and its events, as a browser would get them.
#![cfg(feature = "sandbox")]

use captask::sandbox::Sandbox;
use serde_json::{Value, json};
use std::io::{BufRead, BufReader};

fn open() -> Sandbox {
    Sandbox::open(Some(r#"{"solveMs": 600000}"#)).expect("the sandbox opens")
}

/// Reads events until one fits; each is one line.
fn until(events: &mut impl BufRead, fits: impl Fn(&Value) -> bool) -> Value {
    for line in events.lines() {
        let line = line.expect("a line");
        if let Some(event) = line.strip_prefix("data: ").map(|data| serde_json::from_str(data).expect("JSON"))
            && fits(&event)
        {
            return event;
        }
    }
    panic!("the events ended");
}

#[test]
fn the_page_brings_everything_and_allows_nothing_else() {
    let sandbox = open();
    let mut answer = ureq::get(format!("{}/", sandbox.url())).call().expect("the page");
    let policy = answer.headers()["content-security-policy"].to_str().expect("text").to_owned();
    assert!(policy.starts_with("default-src 'none'; script-src 'nonce-"), "{policy}");
    assert!(!policy.contains("unsafe"), "{policy}");
    let page = answer.body_mut().read_to_string().expect("text");
    let nonce = policy.split("'nonce-").nth(1).and_then(|rest| rest.split('\'').next()).expect("a nonce");
    assert_eq!(page.matches(&format!("nonce=\"{nonce}\"")).count(), 2);
    for outside in [
        "http://",
        "https://",
        "//cdn",
        "@import",
        "innerHTML",
        "outerHTML",
        "insertAdjacent",
        "eval(",
        "document.write",
    ] {
        assert!(!page.contains(outside), "{outside}");
    }
    let again = ureq::get(format!("{}/", sandbox.url())).call().expect("the page");
    assert_ne!(again.headers()["content-security-policy"].to_str().expect("text"), policy, "a nonce is used once");
    // Looking on is no call of the service.
    let icon = ureq::get(format!("{}/favicon.ico", sandbox.url())).call();
    assert!(matches!(icon, Err(ureq::Error::StatusCode(404))));
    let state: Value = serde_json::from_str(&sandbox.inspect()).expect("JSON");
    assert_eq!(state["requests"]["unknown"], 0);
}

#[test]
fn events_tell_what_happens() {
    let sandbox = open();
    let answer = ureq::get(format!("{}/_sandbox/events", sandbox.url())).call().expect("the events");
    assert_eq!(answer.headers()["content-type"], "text/event-stream");
    let mut events = BufReader::new(answer.into_body().into_reader());
    let first = until(&mut events, |_| true);
    assert_eq!((&first["fresh"], &first["requests"], &first["tasks"]), (&json!(true), &json!([]), &json!([])));

    let task = json!({"type": "TurnstileTask", "websiteURL": "https://example.com/<script>", "websiteKey": "k"});
    let body = json!({"clientKey": "0123456789abcdef", "task": task}).to_string();
    ureq::post(format!("{}/createTask", sandbox.url())).send(&body).expect("created");
    let news = until(&mut events, |event| event["tasks"] != json!([]));
    assert_eq!(news["fresh"], false);
    assert_eq!(news["tasks"][0]["status"], "processing");
    assert_eq!(news["requests"][0]["taskId"], news["tasks"][0]["taskId"]);
    let shown = news["requests"][0]["request"].as_str().expect("text");
    assert!(shown.contains("<script>") && !shown.contains("0123456789abcdef"), "{shown}");

    let fault = json!({"add": [{"kind": "html"}]}).to_string();
    let url = format!("{}/_sandbox/faults", sandbox.url());
    ureq::post(url).content_type("application/json").send(&fault).expect("set");
    let news = until(&mut events, |event| event["state"]["faults"] != json!([]));
    assert_eq!((&news["state"]["faults"][0]["kind"], &news["requests"]), (&json!("html"), &json!([])));
    // Closing ends the stream.
    sandbox.close();
    assert!(
        events.lines().all(|line| line.is_err() || line.is_ok_and(|text| !text.starts_with("data: {\"fresh\":true")))
    );
}

#[test]
fn only_so_many_look_on() {
    let sandbox = open();
    let url = format!("{}/_sandbox/events", sandbox.url());
    let open: Vec<_> = (0..16).map(|_| ureq::get(&url).call().expect("the events")).collect();
    assert!(matches!(ureq::get(&url).call(), Err(ureq::Error::StatusCode(503))));
    drop(open);
    let start = std::time::Instant::now();
    while ureq::get(&url).call().is_err() {
        assert!(start.elapsed().as_secs() < 20, "no room again");
        std::thread::sleep(std::time::Duration::from_millis(10));
    }
}
