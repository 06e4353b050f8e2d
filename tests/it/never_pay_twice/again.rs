//! Replies to createTask that certainly bought nothing: it is sent again, and how soon.

use crate::support::faulty_server::{FaultyServer, Reply, closed_port, good, html, refused};
use crate::support::{Client, task, task_with};
use serde_json::json;

use super::{WAYS, buy};

#[test]
fn a_reset_before_anything_is_read_never_buys_twice() {
    for way in WAYS {
        let faulty = FaultyServer::picky(|connection| connection > 0, good);
        let client = Client::at(&faulty.url(), json!({}));
        let answer = buy(&client, way);
        // Whether the reset overtakes the request is chance: either nothing had left, or nobody can know.
        if answer["errorId"] == 0 {
            assert_eq!(faulty.creates(), 1, "{way}: {answer}");
        } else {
            assert_eq!(answer["errorCode"], "CAPTASK_OUTCOME_UNKNOWN", "{way}: {answer}");
            assert_eq!(faulty.creates(), 0, "{way}");
        }
    }
}

#[test]
fn refused_connections_are_tried_again_and_answered_connect() {
    let url = closed_port();
    let client = Client::at(&url, json!({"callTimeoutMs": 3000}));
    let answer = client.solve(&task_with("one", json!({"timeoutMs": 3000})));
    for answer in [answer, client.create_task(&task("one")), client.balance()] {
        assert_eq!(answer["errorCode"], "CAPTASK_CONNECT", "{answer}");
        assert_eq!(answer["retryable"], true, "{answer}");
        assert_eq!(answer["retryScope"], "same_request", "{answer}");
        assert!(answer.get("outcomeUnknown").is_none(), "{answer}");
    }
    assert!(client.inspect()["retries"].as_u64() >= Some(3), "{}", client.inspect());
}

#[test]
fn a_429_of_any_form_is_sent_again() {
    let refusals: [fn() -> Reply; 2] = [|| html(429), || refused(429, "ERROR_TOO_MUCH_REQUESTS")];
    for refusal in refusals {
        for way in WAYS {
            let faulty = FaultyServer::mostly_good(move |r| (r.method == "createTask" && r.nth < 3).then(refusal));
            let client = Client::at(&faulty.url(), json!({}));
            let answer = buy(&client, way);
            assert_eq!((answer["errorId"].as_i64(), faulty.creates()), (Some(0), 3), "{way}: {answer}");
        }
    }
}

#[test]
fn a_503_is_sent_again_only_when_the_service_itself_says_no() {
    for way in WAYS {
        let faulty = FaultyServer::mostly_good(|r| {
            (r.method == "createTask" && r.nth == 1).then(|| refused(503, "ERROR_NO_SLOT_AVAILABLE"))
        });
        let client = Client::at(&faulty.url(), json!({}));
        let answer = buy(&client, way);
        assert_eq!((answer["errorId"].as_i64(), faulty.creates()), (Some(0), 2), "{way}: {answer}");
    }
    // A 503 that says a task was bought is an answer; one with a page is not known (above).
    let faulty = FaultyServer::mostly_good(|r| {
        (r.method == "createTask").then(|| Reply::Json(503, "{\"errorId\":0,\"taskId\":5}".into()))
    });
    let client = Client::at(&faulty.url(), json!({}));
    assert_eq!(client.solve(&task("one"))["taskId"], 5);
    assert_eq!(faulty.creates(), 1);
}

#[test]
fn retry_after_is_told_and_kept() {
    let page = || Reply::With(429, &[("Retry-After", "7")], "slow down".into());
    let envelope = || {
        Reply::With(429, &[("Retry-After", "7")], "{\"errorId\":1,\"errorCode\":\"ERROR_TOO_MUCH_REQUESTS\"}".into())
    };
    let replies: [fn() -> Reply; 2] = [page, envelope];
    for reply in replies {
        let faulty = FaultyServer::mostly_good(move |r| (r.method == "createTask").then(reply));
        let client = Client::at(&faulty.url(), json!({"callTimeoutMs": 4000}));
        let answers = [client.create_task(&task("one")), client.solve(&task_with("two", json!({"timeoutMs": 4000})))];
        for answer in answers {
            assert_eq!(answer["retryAfterMs"], 7000, "{answer}");
            assert_eq!(answer["httpStatus"], 429, "{answer}");
            assert_eq!(answer["retryable"], true, "{answer}");
            assert!(answer.get("outcomeUnknown").is_none(), "{answer}");
        }
        let counted = faulty.creates_by_name();
        assert_eq!((counted["one"], counted["two"]), (1, 1), "nobody asked before the time was up");
    }
}

#[test]
fn error_envelopes_pass_whole_whatever_the_status() {
    for status in [200, 400, 402, 403, 500] {
        for way in WAYS {
            let faulty = FaultyServer::mostly_good(move |r| {
                (r.method == "createTask").then(|| refused(status, "ERROR_IP_NOT_ALLOWED"))
            });
            let client = Client::at(&faulty.url(), json!({}));
            let answer = buy(&client, way);
            assert_eq!(answer["errorCode"], "ERROR_IP_NOT_ALLOWED", "{way}: {answer}");
            assert_eq!(answer["errorDescription"], "no");
            assert_eq!(answer["httpStatus"], status, "{way}: {answer}");
            assert_eq!(answer["taskId"], 0, "the service's own member stays: {answer}");
            assert_eq!(faulty.creates(), 1);
        }
    }
}
