//! Replies to createTask that do not say whether a task was bought: it is never sent again.

use crate::support::Client;
use crate::support::faulty_server::{FaultyServer, Reply, html, refused, response};
use serde_json::json;
use std::time::Duration;

use super::{WAYS, arrives_once, arrives_once_within, buy};

#[test]
fn reply_dropped_after_create() {
    arrives_once(|| Reply::Raw(Vec::new()), |_| ());
}

#[test]
fn reset_after_create_was_read() {
    arrives_once(|| Reply::Reset(Vec::new()), |_| ());
}

#[test]
fn reset_during_the_reply() {
    arrives_once(|| Reply::Reset(response(200, "{\"errorId\":0,\"taskId\":77")), |_| ());
}

#[test]
fn reply_cut_in_its_head() {
    arrives_once(|| Reply::Raw(b"HTTP/1.1 200 OK\r\nContent-Le".to_vec()), |_| ());
}

#[test]
fn content_length_too_long_tells_what_came() {
    let reply = || Reply::Raw(response(200, "{\"errorId\":0,\"taskId\":77"));
    arrives_once(reply, |answer| {
        assert_eq!(answer["httpStatus"], 200, "{answer}");
        let first = answer["firstBytes"].as_str().unwrap_or("");
        assert!(first.contains("\"taskId\":77"), "the paid task can be read from it: {answer}");
    });
}

#[test]
fn content_length_too_short_cuts_the_json() {
    let body = "{\"errorId\":0,\"taskId\":77}";
    arrives_once(
        move || Reply::RawKeep(response(10, body)),
        |answer| {
            assert_eq!(answer["httpStatus"], 200, "{answer}");
            assert_eq!(answer["firstBytes"], &body[..10]);
        },
    );
}

#[test]
fn oversized_body() {
    let page = "x".repeat(33 * 1024 * 1024);
    let whole = std::sync::Arc::new(response(page.len(), &page));
    arrives_once(
        move || Reply::Raw(whole.to_vec()),
        |answer| assert_eq!(answer["httpStatus"], 200, "{}", answer["errorDescription"]),
    );
}

#[test]
fn pages_for_people() {
    for status in [200, 301, 404, 500, 502, 503, 504] {
        arrives_once(
            move || html(status),
            |answer| {
                assert_eq!(answer["httpStatus"], status, "{answer}");
                assert!(answer["firstBytes"].as_str().is_some_and(|t| t.contains("Overloaded")), "{answer}");
            },
        );
    }
}

#[test]
fn empty_and_odd_bodies() {
    for body in ["", "null", "[]", "{}", "{\"errorId\":\"0\"}", "{\"taskId\":0}", "{\"errorId\":0,"] {
        arrives_once(|| Reply::Json(200, body.into()), |answer| assert_eq!(answer["httpStatus"], 200, "{answer}"));
    }
}

/// A taskId names a task that was bought, whatever else is odd about the reply.
#[test]
fn a_task_id_in_an_odd_reply_was_bought() {
    for (status, body) in [
        (200, "{\"taskId\":5}"),
        (200, "{\"errorId\":\"0\",\"taskId\":5}"),
        (200, "{\"errorId\":false,\"taskId\":5}"),
        (500, "{\"errorId\":0,\"taskId\":5}"),
        (429, "{\"errorId\":0,\"taskId\":5}"),
    ] {
        for way in WAYS {
            let faulty = FaultyServer::mostly_good(move |r| {
                (r.method == "createTask").then(|| Reply::Json(status, body.into()))
            });
            let client = Client::at(&faulty.url(), json!({}));
            let answer = buy(&client, way);
            assert_eq!(answer["taskId"], 5, "{way}: {answer}");
            assert_eq!(answer["errorId"], 0, "{way}: {answer}");
            assert_eq!(faulty.creates(), 1, "{way}");
        }
    }
}

/// Whoever answers cannot make a host believe that nothing was sent.
#[test]
fn an_error_under_a_code_of_captask() {
    for status in [200, 402, 500] {
        arrives_once(
            move || refused(status, "CAPTASK_CONNECT"),
            |answer| assert_eq!(answer["httpStatus"], status, "{answer}"),
        );
    }
}

#[test]
fn silence_and_a_byte_now_and_then_end_with_the_request_timeout() {
    arrives_once_within(1000, || Reply::Silence, |_| ());
    let reply = || Reply::Trickle(response(25, "{\"errorId\":0,\"taskId\":77}"), Duration::from_millis(200));
    arrives_once_within(1000, reply, |_| ());
}
