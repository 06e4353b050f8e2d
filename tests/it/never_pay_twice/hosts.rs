//! Which host a createTask goes to.

use crate::support::faulty_server::{self, FaultyServer, Reply, closed_port, good, html};
use crate::support::{Client, task};
use serde_json::json;

use super::{WAYS, buy};

#[test]
fn a_create_goes_to_the_fallback_and_its_polls_follow_it() {
    for way in WAYS {
        let second = FaultyServer::mostly_good(|r| {
            (r.method == "getTaskResult" && r.nth_of_task == 1).then(faulty_server::processing)
        });
        let third = FaultyServer::start(good);
        let config = json!({"fallbackEndpoints": [second.url(), third.url()]});
        let client = Client::at(&closed_port(), config);
        let answer = buy(&client, way);
        assert_eq!((&answer["errorId"], &answer["taskId"]), (&json!(0), &json!(1001)), "{way}: {answer}");
        if way != "solve" {
            let answer = client.task_result(&json!({"taskId": 1001}));
            assert_eq!(answer["status"], "processing", "{answer}");
            let answer = client.solve(&json!({"taskId": 1001}));
            assert_eq!((&answer["status"], &answer["taskId"]), (&json!("ready"), &json!(1001)), "{answer}");
        }
        assert_eq!((second.creates(), second.polls(), third.connections()), (1, 2, 0), "{way}");
    }
}

#[test]
fn a_fallback_is_for_connections_not_for_trouble() {
    let second = FaultyServer::start(good);
    for reply in [|| Reply::Raw(Vec::new()), || html(502)] as [fn() -> Reply; 2] {
        let first = FaultyServer::start(move |_| reply());
        let client = Client::at(&first.url(), json!({"fallbackEndpoints": [second.url()]}));
        assert_eq!(client.solve(&task("one"))["errorCode"], "CAPTASK_OUTCOME_UNKNOWN");
        assert_eq!((first.creates(), second.connections()), (1, 0));
    }
}

#[test]
fn a_cold_start_of_many_does_not_spill_to_the_fallback() {
    let (first, second) = (FaultyServer::start(good), FaultyServer::start(good));
    let url = format!("http://localhost:{}", first.port());
    let client = Client::at(&url, json!({"fallbackEndpoints": [second.url()]}));
    std::thread::scope(|scope| {
        for n in 0..24 {
            let client = &client;
            scope.spawn(move || assert_eq!(client.create_task(&task(&n.to_string()))["errorId"], 0));
        }
    });
    assert_eq!((first.creates(), second.creates()), (24, 0));
}

#[test]
fn https_never_falls_back_to_http() {
    let config = json!({"endpoint": "https://127.0.0.1:1", "fallbackEndpoints": ["http://127.0.0.1:2"]});
    let error = Client::try_open(&config).expect_err("refused");
    assert_eq!(error["errorCode"], "CAPTASK_INVALID_CONFIG");
    assert!(error["errorDescription"].as_str().is_some_and(|t| t.contains("fallbackEndpoints")), "{error}");
}

#[test]
fn a_server_without_tls_is_told_before_anything_is_sent() {
    let faulty = FaultyServer::start(good);
    let client = Client::at(&faulty.url().replace("http:", "https:"), json!({"callTimeoutMs": 3000}));
    let answer = client.create_task(&task("one"));
    assert!(answer.get("outcomeUnknown").is_none(), "{answer}");
    assert!(["CAPTASK_TLS", "CAPTASK_CONNECT"].contains(&answer["errorCode"].as_str().unwrap_or("")), "{answer}");
    assert_eq!(faulty.creates(), 0);
}
