//! From a fault to what is put on the socket.

use super::envelope::Refusal;
use super::fault::{Fault, Kind};
use crate::server::{End, Plan, Raw, Reply};
use hyper::StatusCode;
use std::time::Duration;

const JSON: &str = "application/json; charset=utf-8";
const HTML: &str = "<!DOCTYPE html>\n<html><head><title>sandbox: overloaded</title></head>\
    <body><h1>503 Service Temporarily Unavailable</h1><hr>sandbox</body></html>\n";

/// What to send in place of a proper answer. `body` is the answer of the method, if it was carried out.
/// Also gives the status and the text as they are shown in the list of requests.
pub(super) fn plan(fault: &Fault, body: Option<String>) -> (Plan, u16, String) {
    let proper = body.clone().unwrap_or_else(|| String::from("{\"errorId\":1,\"errorCode\":null,\"taskId\":0}"));
    let status = fault.status.unwrap_or(200);
    let whole = |status: u16, content_type, text: String| {
        let plan = Plan::answer(status, content_type, text.clone());
        (with_retry_after(plan, fault), status, text)
    };
    let given = |usual: &str| fault.body.clone().unwrap_or_else(|| usual.to_owned());
    match fault.kind {
        Kind::Refuse | Kind::ResetBeforeRead | Kind::ResetAfterRead => (Plan::nothing(End::Reset), 0, String::new()),
        Kind::DropReply => (Plan::nothing(End::Close), 0, String::new()),
        Kind::Stall => (raw(Vec::new(), None, fault.delay_or(60_000)), 0, String::new()),
        Kind::Truncate => {
            let half = proper.len() / 2;
            (raw(message(status, proper.len(), &proper.as_bytes()[..half]), None, Duration::ZERO), status, proper)
        }
        Kind::WrongContentLength => {
            let less = proper.len() / 2;
            (raw(message(status, less, proper.as_bytes()), None, Duration::ZERO), status, proper)
        }
        Kind::SlowBytes => {
            let bytes = message(status, proper.len(), proper.as_bytes());
            let from = bytes.len() - proper.len();
            (raw(bytes, Some((from, fault.delay_or(100))), Duration::ZERO), status, proper)
        }
        Kind::Delay => {
            let (plan, status, text) = whole(status, JSON, proper);
            (plan.after(fault.delay_or(1000)), status, text)
        }
        Kind::Status => {
            let text = given("sandbox: the status was requested\n");
            whole(fault.status.unwrap_or(503), content_type(&text), text)
        }
        Kind::Html => whole(status, "text/html; charset=utf-8", given(HTML)),
        Kind::WrongEnvelope => whole(status, JSON, given("{\"ok\":true,\"result\":\"sandbox-wrong-envelope\"}")),
        Kind::Garbage => {
            // Not UTF-8, so not JSON either.
            let bytes: Vec<u8> = (0u16..512).map(|i| (i * 37 % 256) as u8 | 0x80).collect();
            (with_retry_after(Plan::answer(status, JSON, bytes), fault), status, String::from("(garbage)"))
        }
        Kind::Oversize => {
            let text = format!("{{\"errorId\":0,\"padding\":\"{}\"}}", "x".repeat(fault.bytes));
            (with_retry_after(Plan::json(status, text), fault), status, format!("(oversize: {} bytes)", fault.bytes))
        }
        Kind::Error => {
            let refusal = Refusal::requested(fault.error.clone().unwrap_or_default());
            whole(status, JSON, refusal.to_json(",\"taskId\":0"))
        }
    }
}

fn with_retry_after(plan: Plan, fault: &Fault) -> Plan {
    match fault.retry_after_s {
        Some(seconds) => plan.header("retry-after", seconds.to_string()),
        None => plan,
    }
}

fn content_type(text: &str) -> &'static str {
    match text.trim_start().bytes().next() {
        Some(b'{' | b'[') => JSON,
        Some(b'<') => "text/html; charset=utf-8",
        _ => "text/plain; charset=utf-8",
    }
}

fn raw(bytes: Vec<u8>, pace: Option<(usize, Duration)>, hold: Duration) -> Plan {
    Plan { delay: Duration::ZERO, reply: Reply::Raw(Raw { bytes, pace, hold, end: End::Close }) }
}

/// An answer's bytes with a content-length of our own.
fn message(status: u16, length: usize, body: &[u8]) -> Vec<u8> {
    let reason = StatusCode::from_u16(status).ok().and_then(|s| s.canonical_reason()).unwrap_or("Unknown");
    let head = format!("HTTP/1.1 {status} {reason}\r\ncontent-type: {JSON}\r\ncontent-length: {length}\r\n\r\n");
    let mut bytes = head.into_bytes();
    bytes.extend_from_slice(body);
    bytes
}
