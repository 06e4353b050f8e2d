//! What a reply of the service means. One pure reading serves tickets, the single calls and the callback receiver.
//!
//! What carries a paid result is the result: the body decides before the HTTP status. docs/replies.md has the table.

use crate::protocol::catalog;
use crate::protocol::envelope::Envelope;
use crate::protocol::{Code, Failure, RetryScope};

/// A reply whose body is text.
#[derive(Debug, Clone)]
pub struct Answer {
    /// The body, byte for byte where it was UTF-8.
    pub text: String,
    /// The HTTP status.
    pub status: u16,
    /// `Retry-After`, in milliseconds.
    pub retry_after_ms: Option<u64>,
    /// The host that gave it, by its place among the client's hosts.
    pub host: usize,
    /// What the caller has to know about the text, such as bytes that could not be decoded.
    pub warning: Option<Box<str>>,
    /// What the head of the reply adds to an error text: where a redirect points, or an unasked encoding.
    pub note: Option<Box<str>>,
}

impl Answer {
    /// The failure for a reply that is no error of the service, so that a caller could take it for success; `shown` is its
    /// beginning without secrets.
    pub fn not_an_error(&self, method: &str, shown: &str) -> Option<Failure> {
        if Envelope::of_task(&self.text).is_some_and(|envelope| !envelope.ok()) {
            return None;
        }
        Some(self.not_an_answer(method, shown))
    }

    /// The failure for a reply that is no answer of the service.
    pub fn not_an_answer(&self, method: &str, shown: &str) -> Failure {
        let (status, note) = (self.status, self.note.as_deref().unwrap_or(""));
        let text = format!("{method}: the reply (HTTP {status}) is not an answer of the service{note}: {shown}");
        let failure = Failure::new(Code::BadResponse, text)
            .with("httpStatus", status.to_string())
            .with("firstBytes", crate::protocol::json::quote(shown));
        match self.retry_after_ms {
            Some(ms) => failure.with("retryAfterMs", ms.to_string()),
            None => failure,
        }
    }
}

/// What a reply to createTask means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Created<'a> {
    /// A task was bought; `ready` when its result came along.
    Bought {
        /// Its taskId, as JSON text.
        task_id: &'a str,
        /// The result is in the same reply.
        ready: bool,
    },
    /// The result came, and no taskId.
    Ready,
    /// The service refused and bought nothing.
    Refused,
    /// Nothing was bought, and the same request may succeed later.
    Busy,
    /// The reply does not say whether a task was bought.
    Unclear,
}

/// What a reply to getTaskResult means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Progress {
    /// The result.
    Ready,
    /// The task has ended with an error.
    Failed,
    /// The task is being solved.
    Wait,
    /// The service or something before it is in trouble: ask again, less often.
    Trouble,
}

/// What a reply to a single call other than createTask means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Read {
    /// An answer of the service, good or bad.
    Answer,
    /// An answer of the service that asks to come again.
    Later,
    /// No answer of the service; a repetition may bring one.
    Unreadable,
    /// No answer of the service, and a repetition brings the same: a redirect, a refused login, a wrong path.
    Hopeless,
}

/// Reads a reply to createTask.
pub fn created<'a>(answer: &'a Answer) -> Created<'a> {
    let Some(envelope) = Envelope::of_task(&answer.text) else {
        return if answer.status == 429 { Created::Busy } else { Created::Unclear };
    };
    if !envelope.ok() {
        // An error that a repetition does not mend is final under any status: insisting gets addresses banned.
        let passes = error(&envelope, answer.status) != Progress::Failed;
        return if passes && matches!(answer.status, 429 | 503) { Created::Busy } else { Created::Refused };
    }
    let ready = says(&envelope, answer.status) == Progress::Ready;
    match envelope.task_id() {
        Some(task_id) => Created::Bought { task_id, ready },
        None if ready => Created::Ready,
        None if answer.status == 429 => Created::Busy,
        None => Created::Unclear,
    }
}

/// Reads a reply to getTaskResult, or the body of a callback.
pub fn polled(answer: &Answer) -> Progress {
    Envelope::of_task(&answer.text).map_or(Progress::Trouble, |envelope| says(&envelope, answer.status))
}

fn says(envelope: &Envelope<'_>, status: u16) -> Progress {
    if !envelope.ok() {
        return error(envelope, status);
    }
    let word = envelope.status();
    if word.as_deref().is_some_and(catalog::says_wait) {
        return Progress::Wait;
    }
    if envelope.has_solution() {
        return Progress::Ready;
    }
    if envelope.code().is_some_and(|code| !code.is_empty()) {
        return error(envelope, status);
    }
    if word.as_deref() == Some("ready") { Progress::Ready } else { Progress::Wait }
}

/// What an error means for a task that is paid for: one that passes is waited for, one that the catalogue knows ends
/// the task, and of one that is not known the HTTP status decides.
fn error(envelope: &Envelope<'_>, status: u16) -> Progress {
    let busy = status == 429 || status >= 500;
    let code = envelope.code().unwrap_or_default();
    let known = catalog::error(&code);
    let passes = known.is_some_and(|info| info.retry == Some(RetryScope::SameRequest)) || code == "CAPTCHA_NOT_READY";
    match (passes, busy) {
        (true, false) => Progress::Wait,
        (true, true) => Progress::Trouble,
        // No capacity now, say.
        (false, true) if known.is_none_or(|info| info.after_delay) => Progress::Trouble,
        (false, _) => Progress::Failed,
    }
}

/// Reads a reply to a single call of a method other than createTask.
pub fn read(method: &str, answer: &Answer) -> Read {
    let text = &answer.text;
    let of_task = method == "getTaskResult";
    let envelope = if of_task { Envelope::of_task(text) } else { Envelope::of_service(text) };
    let Some(envelope) = envelope else { return unreadable(answer.status) };
    let meaning = if of_task || !envelope.ok() { says(&envelope, answer.status) } else { Progress::Ready };
    match meaning {
        Progress::Ready | Progress::Failed => Read::Answer,
        Progress::Trouble => Read::Later,
        // An object that says nothing of a task, such as a gateway's {"message":"Bad Gateway"}.
        Progress::Wait if envelope.object().get("errorId").or(envelope.object().get("status")).is_none() => {
            unreadable(answer.status)
        }
        Progress::Wait => Read::Answer,
    }
}

fn unreadable(status: u16) -> Read {
    let hopeless = matches!(status, 300..=399 | 400 | 401 | 403 | 404 | 405 | 407 | 410 | 501);
    if hopeless { Read::Hopeless } else { Read::Unreadable }
}

/// Whether the body of a callback is a final result. A callback under any other body leaves its token alone: the real
/// one may still come.
#[cfg_attr(not(feature = "callback"), allow(dead_code))]
pub fn is_result(text: &str) -> bool {
    let Some(envelope) = Envelope::of_task(text) else { return false };
    match says(&envelope, 200) {
        Progress::Ready => envelope.has_solution(),
        Progress::Failed => true,
        Progress::Wait | Progress::Trouble => false,
    }
}

/// The failure after a createTask that may have bought a task.
pub fn outcome_unknown(why: &str) -> Failure {
    Failure::new(
        Code::OutcomeUnknown,
        format!(
            "createTask was sent, and {why}. A task may have been bought, so createTask is not sent again. \
             Submit the request again only if you accept to pay twice"
        ),
    )
    .with("outcomeUnknown", "true")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(status: u16, text: &str) -> Answer {
        Answer { text: text.into(), status, retry_after_ms: None, host: 0, warning: None, note: None }
    }

    #[test]
    fn what_carries_a_paid_result_is_the_result() {
        let of = |status, text: &str| polled(&answer(status, text));
        for status in [200, 202, 301, 404, 429, 500, 502, 503, 520] {
            for text in [
                r#"{"errorId":0,"status":"ready","solution":{"a":1}}"#,
                r#"{"errorId":"0","status":"Ready","solution":{"a":1}}"#,
                r#"{"errorId":false,"status":"READY","solution":{"a":1}}"#,
                r#"{"status":"completed","solution":"x"}"#,
                r#"{"errorId":0,"solution":[0]}"#,
                r#"{"errorId":0,"status":"ready"}"#,
            ] {
                assert_eq!(of(status, text), Progress::Ready, "{status} {text}");
            }
            for text in [
                r#"{"errorId":0,"status":"processing","solution":{"a":1}}"#,
                r#"{"errorId":0,"status":"Idle"}"#,
                r#"{"errorId":0,"status":"ready?","solution":{}}"#,
                "{}",
            ] {
                assert_eq!(of(status, text), Progress::Wait, "{status} {text}");
            }
            let failed = r#"{"errorId":0,"status":"failed","errorCode":"ERROR_CAPTCHA_UNSOLVABLE"}"#;
            assert_eq!(of(status, failed), Progress::Failed, "{status}");
            assert_eq!(of(status, "<html>"), Progress::Trouble, "{status}");
        }
        assert_eq!(of(200, r#"{"errorId":1,"errorCode":"ERROR_BRAND_NEW"}"#), Progress::Failed);
        assert_eq!(of(502, r#"{"errorId":1,"errorCode":"ERROR_BRAND_NEW"}"#), Progress::Trouble);
        assert_eq!(of(200, r#"{"errorId":1,"errorCode":"CAPTCHA_NOT_READY"}"#), Progress::Wait);
        assert_eq!(of(200, r#"{"errorId":1,"errorCode":"CAPTASK_CONNECT"}"#), Progress::Trouble);
    }

    #[test]
    fn a_task_id_under_any_status_was_bought() {
        for status in [200, 201, 400, 429, 500, 503] {
            let bought = answer(status, r#"{"errorId":0,"taskId":7}"#);
            assert_eq!(created(&bought), Created::Bought { task_id: "7", ready: false }, "{status}");
        }
        let of = |status, text: &str| created(&answer(status, text)) == Created::Unclear;
        assert!(of(200, r#"{"errorId":0,"taskId":0}"#) && of(500, "<html>") && of(503, "") && of(200, "{}"));
        let refused = r#"{"errorId":1,"errorCode":"ERROR_ZERO_BALANCE","taskId":0}"#;
        for status in [200, 429, 500, 503] {
            assert_eq!(created(&answer(status, refused)), Created::Refused, "{status}");
        }
        for busy in ["ERROR_NO_SLOT_AVAILABLE", "ERROR_TOO_MUCH_REQUESTS", "ERROR_BRAND_NEW"] {
            let busy = refused.replace("ERROR_ZERO_BALANCE", busy);
            assert_eq!(created(&answer(503, &busy)), Created::Busy, "{busy}");
            assert_eq!(created(&answer(500, &busy)), Created::Refused, "{busy}");
        }
        assert_eq!(created(&answer(429, "")), Created::Busy);
        assert_eq!(created(&answer(200, r#"{"errorId":0,"status":"ready","solution":{"a":1}}"#)), Created::Ready);
    }

    #[test]
    fn only_an_end_is_a_result() {
        for text in [
            r#"{"errorId":0,"status":"ready","solution":{"token":"t"}}"#,
            r#"{"errorId":1,"errorCode":"ERROR_CAPTCHA_UNSOLVABLE"}"#,
            r#"{"errorId":1}"#,
            r#"{"status":"completed","solution":{"token":"t"}}"#,
        ] {
            assert!(is_result(text), "{text}");
        }
        for text in [
            "",
            "{}",
            "[]",
            "not JSON",
            r#"{"status":"ready","solution":{}}"#,
            r#"{"errorId":0,"status":"ready"}"#,
            r#"{"errorId":0,"status":"ready","solution":null}"#,
            r#"{"errorId":0,"status":"processing","solution":null}"#,
            r#"{"errorId":0,"status":"ready","solution":{"token":"t"}"#,
            r#"{"errorId":1,"errorCode":"CAPTCHA_NOT_READY"}"#,
        ] {
            assert!(!is_result(text), "{text}");
        }
    }
}
