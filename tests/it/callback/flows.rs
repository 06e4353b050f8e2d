//! What a callback does to its ticket, and what comes in its place when there is none.

use super::support::*;
use captask::instance::Client;
use captask::sandbox::Sandbox;
use serde_json::{Value, json};
use std::collections::HashSet;
use std::net::TcpListener;
use std::sync::atomic::{AtomicBool, AtomicU16, Ordering};
use std::sync::mpsc::channel;
use std::time::Duration;

const PROCESSING: &str = r#"{"errorId":0,"status":"processing"}"#;

fn state(sandbox: &Sandbox) -> Value {
    serde_json::from_str(&sandbox.inspect()).expect("JSON")
}

#[test]
fn a_post_ends_its_ticket_without_a_poll() {
    let sandbox = Sandbox::open(Some(r#"{"solveMs":20}"#)).expect("opens");
    let client = client(&sandbox.url(), "/hook");
    assert_ne!(port(&client), 0);
    let tickets: Vec<i64> = (0..3).map(|_| submit(&client)).collect();
    for ticket in tickets {
        let answer = answer(&client, ticket);
        assert_eq!((&answer["status"], &answer["ticket"]), (&json!("ready"), &json!(ticket)), "{answer}");
        assert_eq!(answer["meta"]["polls"], 0, "{answer}");
        assert!(answer["taskId"].is_u64() && answer["solution"].is_object(), "{answer}");
    }
    assert_eq!(inspect(&client)["callbacks"], json!({"awaited": 0, "received": 3, "refused": 0, "crowdedOut": 0}));
    assert_eq!(state(&sandbox)["requests"]["getTaskResult"], 0);
}

#[test]
fn an_error_by_callback_ends_its_ticket() {
    let sandbox = Sandbox::open(Some(r#"{"solveMs":20}"#)).expect("opens");
    let client = client(&sandbox.url(), "");
    let task = json!({"type": "TurnstileTask", "websiteKey": "error@result:ERROR_CAPTCHA_UNSOLVABLE"});
    let ticket = client.engine().submit(&request(json!({"task": task}))).expect("a ticket");
    let answer = answer(&client, ticket);
    assert_eq!((&answer["errorId"], &answer["errorCode"]), (&json!(1), &json!("ERROR_CAPTCHA_UNSOLVABLE")));
    assert_eq!((&answer["meta"]["polls"], &answer["retryScope"]), (&json!(0), &json!("new_task")), "{answer}");
    assert!(answer["taskId"].is_u64(), "{answer}");
}

#[test]
fn every_task_has_a_url_of_its_own() {
    let (service, bodies) = Service::that_creates(PROCESSING);
    let client = client(&service.url(), "/a/hook/");
    (0..50).for_each(|_| _ = submit(&client));
    let urls: HashSet<String> = (0..50).map(|_| callback_url(&bodies)).collect();
    assert_eq!(urls.len(), 50);
    let start = format!("http://127.0.0.1:{}/a/hook/", port(&client));
    for url in &urls {
        let token = url.strip_prefix(&start).unwrap_or_else(|| panic!("{url}"));
        assert!(token.len() == 32 && token.bytes().all(|b| b.is_ascii_hexdigit()), "{url}");
    }
    assert_eq!(inspect(&client)["callbacks"]["awaited"], 50);
    client.close();
}

#[test]
fn a_proxy_in_front_may_drop_the_path() {
    let (service, bodies) = Service::that_creates(PROCESSING);
    let client = client(&service.url(), "/a/hook");
    let ticket = submit(&client);
    let url = callback_url(&bodies);
    assert_eq!(post(&url.replace("/a/hook/", "/a/"), SOLVED), 404);
    assert_eq!(post(&url.replace("/a/hook/", "/"), SOLVED), 200);
    assert_eq!(answer(&client, ticket)["status"], "ready");
}

#[test]
fn a_silent_callback_is_made_up_for_by_one_late_poll() {
    let (service, _bodies) = Service::that_creates(SOLVED);
    let client = client(&service.url(), "/hook");
    let ticket = client.engine().submit(&request(json!({"options": {"timeoutMs": 4000}}))).expect("a ticket");
    let answer = answer(&client, ticket);
    assert_eq!((&answer["status"], &answer["meta"]["polls"]), (&json!("ready"), &json!(1)), "{answer}");
    // Without a receiver it would be polled after a second.
    assert!(answer["meta"]["elapsedMs"].as_u64() >= Some(3000), "{answer}");
}

#[test]
fn what_is_not_ready_at_the_late_poll_times_out() {
    let (service, _bodies) = Service::that_creates(PROCESSING);
    let client = client(&service.url(), "/hook");
    let ticket = client.engine().submit(&request(json!({"options": {"timeoutMs": 3000}}))).expect("a ticket");
    let answer = answer(&client, ticket);
    assert_eq!((&answer["errorCode"], &answer["taskId"]), (&json!("CAPTASK_TIMEOUT"), &json!(1)), "{answer}");
    assert_eq!(inspect(&client)["polls"], 1);
    assert_eq!(inspect(&client)["callbacks"]["awaited"], 0);
}

#[test]
fn a_callback_url_in_the_request_wins_and_its_task_is_polled() {
    let (service, bodies) = Service::that_creates(SOLVED);
    let client = client(&service.url(), "/hook");
    let own = "https://elsewhere.example/?x=1";
    let more = json!({"callbackUrl": own, "options": {"firstPollMs": 1}});
    let ticket = client.engine().submit(&request(more)).expect("a ticket");
    let answer = answer(&client, ticket);
    assert_eq!((&answer["status"], &answer["meta"]["polls"]), (&json!("ready"), &json!(1)), "{answer}");
    assert_eq!(callback_url(&bodies), own);
    assert_eq!(inspect(&client)["callbacks"]["awaited"], 0);
}

/// A service that posts `first` and then a result to the callback URL before it answers createTask with `reply`, and
/// tells which statuses it got.
fn hasty(first: &'static str, reply: Option<&'static str>) -> (Service, std::sync::mpsc::Receiver<Vec<u16>>) {
    let (sender, statuses) = channel();
    let service = Service::start(move |method, body| {
        assert_eq!(method, "createTask");
        let url = body["callbackUrl"].as_str().expect("a URL");
        sender.send([first, SOLVED, SOLVED].iter().map(|body| post(url, body)).collect()).expect("sent");
        reply.map(str::to_owned)
    });
    (service, statuses)
}

#[test]
fn a_post_before_the_task_is_known_is_held() {
    let (service, statuses) = hasty(PROCESSING, Some(r#"{"errorId":0,"taskId":"a7"}"#));
    let client = client(&service.url(), "/hook");
    let ticket = submit(&client);
    let answer = answer(&client, ticket);
    assert_eq!(statuses.recv_timeout(LONG).expect("posted"), [404, 200, 404]);
    assert_eq!((&answer["status"], &answer["taskId"]), (&json!("ready"), &json!("a7")), "{answer}");
    assert_eq!((&answer["meta"]["polls"], &answer["solution"]["token"]), (&json!(0), &json!("made-up")));
    assert_eq!(inspect(&client)["callbacks"], json!({"awaited": 0, "received": 1, "refused": 2, "crowdedOut": 0}));
}

#[test]
fn a_result_is_not_lost_with_the_reply_of_create_task() {
    for reply in [None, Some("<html>502</html>"), Some(r#"{"errorId":0}"#)] {
        let (service, _statuses) = hasty("", reply);
        let client = client(&service.url(), "/hook");
        let ticket = submit(&client);
        let answer = answer(&client, ticket);
        assert_eq!((&answer["errorId"], &answer["status"]), (&json!(0), &json!("ready")), "{reply:?}: {answer}");
        assert_eq!((answer.get("taskId"), &answer["ticket"]), (None, &json!(ticket)), "{reply:?}: {answer}");
    }
}

#[test]
fn a_result_is_not_lost_at_the_deadline_either() {
    let (ended, end) = channel::<()>();
    let end = std::sync::Mutex::new(end);
    let service = Service::start(move |_, body| {
        assert_eq!(post(body["callbackUrl"].as_str().expect("a URL"), SOLVED), 200);
        // The reply comes after the ticket has ended.
        let _ = end.lock().expect("alone").recv_timeout(LONG);
        Some(r#"{"errorId":0,"taskId":8}"#.to_owned())
    });
    let client = client(&service.url(), "/hook");
    let ticket = client.engine().submit(&request(json!({"options": {"timeoutMs": 3000}}))).expect("a ticket");
    assert_eq!(answer(&client, ticket)["status"], "ready");
    drop(ended);
    assert!(read(client.engine().receive(Some(Duration::ZERO))).is_none());
}

#[test]
fn a_refusal_of_create_task_stands() {
    let (service, _statuses) =
        hasty("", Some(r#"{"errorId":1,"errorCode":"ERROR_ZERO_BALANCE","errorDescription":"","taskId":0}"#));
    let client = client(&service.url(), "/hook");
    let ticket = submit(&client);
    assert_eq!(answer(&client, ticket)["errorCode"], "ERROR_ZERO_BALANCE");
    assert_eq!(inspect(&client)["callbacks"]["awaited"], 0);
}

#[test]
fn the_token_of_an_ended_ticket_is_dead() {
    let (service, bodies) = Service::that_creates(PROCESSING);
    let client = client(&service.url(), "/hook");
    let (first, url) = (submit(&client), callback_url(&bodies));
    assert_eq!(post(&url, SOLVED), 200);
    assert_eq!(post(&url, SOLVED), 404, "unread");
    assert_eq!(answer(&client, first)["status"], "ready");
    assert_eq!(post(&url, SOLVED), 404, "read");

    let (second, url) = (submit(&client), callback_url(&bodies));
    assert!(client.engine().cancel(second));
    assert_eq!(post(&url, SOLVED), 404);
    assert_eq!(answer(&client, second)["errorCode"], "CAPTASK_CANCELLED");

    let (third, url) = (submit(&client), callback_url(&bodies));
    assert!(client.stop());
    assert_eq!(post(&url, SOLVED), 404);
    assert_eq!(answer(&client, third)["errorCode"], "CAPTASK_CLOSED");
    assert_eq!(inspect(&client)["callbacks"], json!({"awaited": 0, "received": 1, "refused": 4, "crowdedOut": 0}));
}

#[test]
fn the_port_is_free_after_close_even_while_posts_arrive() {
    let (service, bodies) = Service::that_creates(PROCESSING);
    let client = client(&service.url(), "/hook");
    (0..200).for_each(|_| _ = submit(&client));
    let urls: Vec<String> = (0..200).map(|_| callback_url(&bodies)).collect();
    let (port, posted, over) = (port(&client), AtomicU16::new(0), AtomicBool::new(false));
    std::thread::scope(|scope| {
        for urls in urls.chunks(50) {
            let (posted, over) = (&posted, &over);
            scope.spawn(move || {
                for url in urls {
                    let answer = ureq::post(url).send(SOLVED);
                    posted.fetch_add(1, Ordering::SeqCst);
                    // Refused, or nobody there any more, but never before the end.
                    assert!(answer.is_ok() || over.load(Ordering::SeqCst), "{answer:?}");
                }
            });
        }
        while posted.load(Ordering::SeqCst) < 20 {
            std::thread::yield_now();
        }
        over.store(true, Ordering::SeqCst);
        client.close();
        TcpListener::bind(("127.0.0.1", port)).expect("the port is free");
    });
}

#[test]
fn a_port_that_is_taken_is_told() {
    let taken = TcpListener::bind("127.0.0.1:0").expect("a port");
    let listen = taken.local_addr().expect("an address").to_string();
    let config = json!({"endpoint": "sandbox:", "callback": {"listen": listen, "publicUrl": "http://me.example"}});
    let failure = Client::open(Some(&config.to_string())).err().expect("refused").to_json();
    assert!(failure.contains("CAPTASK_INVALID_CONFIG") && failure.contains("callback.listen"), "{failure}");
}
