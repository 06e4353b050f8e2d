//! The service's envelope: what an answer says of itself, and how our own members are added to it.

use super::catalog;
use super::failure::{CODE_PREFIX, RetryScope};
use super::json::Object;

/// A well-formed answer: a JSON object with a numeric `errorId`.
pub struct Envelope<'a> {
    object: Object<'a>,
    ok: bool,
}

impl<'a> Envelope<'a> {
    /// Reads an answer; `None` when it is not one (HTML, cut JSON, no `errorId`).
    pub fn parse(text: &'a str) -> Option<Self> {
        let object = Object::parse(text).ok()?;
        let id: f64 = serde_json::from_str(object.get("errorId")?.get()).ok()?;
        Some(Envelope { object, ok: id == 0.0 })
    }

    /// Reads what the service says. An error under one of captask's own codes is none of its answers: a host trusts
    /// `CAPTASK_CONNECT` to mean that nothing was sent, and must not be told so by whoever answers.
    pub fn of_service(text: &'a str) -> Option<Self> {
        let envelope = Self::parse(text)?;
        let ours = !envelope.ok && envelope.code().is_some_and(|code| code.starts_with(CODE_PREFIX));
        (!ours).then_some(envelope)
    }

    /// Reads a reply to createTask or getTaskResult, or a callback. What carries a paid task is read even when its
    /// `errorId` is `"0"`, `false` or missing.
    pub fn of_task(text: &'a str) -> Option<Self> {
        let object = Object::parse(text).ok()?;
        let ok = object.get("errorId").is_none_or(|id| is_fine(id.get()));
        let envelope = Envelope { object, ok };
        let ours = !ok && envelope.code().is_some_and(|code| code.starts_with(CODE_PREFIX));
        (!ours).then_some(envelope)
    }

    /// Whether `errorId` is 0. It alone decides: `errorCode` may be there and null.
    pub fn ok(&self) -> bool {
        self.ok
    }

    /// The object itself.
    pub fn object(&self) -> &Object<'a> {
        &self.object
    }

    /// `errorCode`, when it is a string.
    pub fn code(&self) -> Option<String> {
        self.object.string("errorCode")
    }

    /// `status`, when it is a string.
    pub fn status(&self) -> Option<String> {
        self.object.string("status")
    }

    /// `taskId` as JSON text, when it names a task.
    pub fn task_id(&self) -> Option<&'a str> {
        self.object.get("taskId").map(|raw| raw.get()).filter(|id| names_a_task(id))
    }

    /// Whether there is a `solution` that is not null and not empty.
    pub fn has_solution(&self) -> bool {
        let empty = |json: &str| {
            matches!(json, "null" | "\"\"") || {
                let inner = json.strip_prefix(['{', '[']).and_then(|rest| rest.strip_suffix(['}', ']']));
                inner.is_some_and(|inner| inner.trim_ascii().is_empty())
            }
        };
        self.object.get("solution").is_some_and(|raw| !empty(raw.get()))
    }

    /// The text with another `errorId`, when a caller, who goes by that number alone, would be misled: an error under an
    /// `errorId` that denies it, which only the result of a task can be, or one that is not a number.
    pub fn corrected(&self, result: bool) -> Option<String> {
        let denied = result && self.ok && !self.has_solution() && self.code().is_some_and(|code| !code.is_empty());
        let id = self.object.get("errorId")?.get();
        let number = id.starts_with(|c: char| c == '-' || c.is_ascii_digit());
        if number && !denied {
            return None;
        }
        let mut out = format!("{{\"errorId\":{}", u8::from(denied || !self.ok));
        for member in self.object.members().iter().filter(|member| member.name != "errorId") {
            out.extend([",", &super::json::quote(&member.name), ":", member.value.get()]);
        }
        out.push('}');
        Some(out)
    }

    /// The answer's text with our members added: those whose names the service already uses go into `captask`.
    pub fn with(&self, additions: &[(&str, String)]) -> String {
        let (mut outer, mut inner) = (String::new(), String::new());
        for (name, json) in additions {
            let place = if self.object.get(name).is_some() { &mut inner } else { &mut outer };
            push(place, name, json);
        }
        if !inner.is_empty() {
            let mut name = String::from("captask");
            while self.object.get(&name).is_some() {
                name.push('_');
            }
            push(&mut outer, &name, &format!("{{{inner}}}"));
        }
        self.object.with(&outer)
    }

    /// What is to be added to an error answer: whether and how a repetition helps, and the HTTP status behind it.
    pub fn error_additions(&self, http_status: u16, retry_after_ms: Option<u64>) -> Vec<(&'static str, String)> {
        let info = self.code().and_then(|code| catalog::error(&code));
        // Of a code nobody knows, the HTTP status still says whether patience helps.
        let busy = info.is_none() && (http_status == 429 || http_status >= 500);
        let scope = info.and_then(|i| i.retry).or(busy.then_some(RetryScope::SameRequest));
        let mut out = vec![
            ("retryable", scope.is_some().to_string()),
            ("retryScope", scope.map_or_else(|| "null".into(), |s: RetryScope| format!("\"{}\"", s.as_str()))),
        ];
        if let Some(ms) = retry_after_ms {
            out.push(("retryAfterMs", ms.to_string()));
        }
        out.push(("httpStatus", http_status.to_string()));
        out
    }
}

/// Whether an `errorId` says that all is well: 0 however it is written, `"0"`, `false` or `null`.
fn is_fine(json: &str) -> bool {
    match json.as_bytes().first() {
        Some(b'-' | b'0'..=b'9') => is_zero(json),
        _ => matches!(json, "\"0\"" | "false" | "null"),
    }
}

/// Whether JSON text is a taskId that stands for a task: a number or a string, not empty and not 0.
fn names_a_task(json: &str) -> bool {
    match json.as_bytes().first() {
        Some(b'"') => json.len() > 2 && json != "\"0\"",
        Some(b'-' | b'0'..=b'9') => !is_zero(json),
        _ => false,
    }
}

/// Whether a JSON number is 0, however it is written and however long it is.
pub(super) fn is_zero(number: &str) -> bool {
    let digits = number.split(['e', 'E']).next().unwrap_or(number);
    !digits.bytes().any(|b| matches!(b, b'1'..=b'9'))
}

fn push(place: &mut String, name: &str, json: &str) {
    if !place.is_empty() {
        place.push(',');
    }
    place.push('"');
    place.push_str(name);
    place.push_str("\":");
    place.push_str(json);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn error_id_decides() {
        assert!(Envelope::parse(r#"{"errorId":0,"errorCode":null}"#).unwrap().ok());
        assert!(!Envelope::parse(r#"{"errorId":12}"#).unwrap().ok());
        assert!(Envelope::parse(r#"{"errorCode":null}"#).is_none());
        assert!(Envelope::parse("<html>").is_none());
        assert!(Envelope::parse(r#"{"errorId":0"#).is_none());
    }

    #[test]
    fn the_service_has_no_code_of_ours() {
        let (ours, escaped) = (r#"{"errorId":1,"errorCode":"CAPTASK_CONNECT"}"#, r#""\u0043APTASK_CONNECT""#);
        assert!(Envelope::parse(ours).is_some());
        assert!(Envelope::of_service(ours).is_none());
        assert!(Envelope::of_service(&ours.replace("\"CAPTASK_CONNECT\"", escaped)).is_none());
        assert!(Envelope::of_service(&ours.replace("CAPTASK_CONNECT", "CAPTCHA_NOT_READY")).is_some());
        // A paid answer is not dropped over a word.
        assert!(Envelope::of_service(&ours.replace(":1", ":0")).is_some());
    }

    #[test]
    fn zero_is_no_task() {
        for (text, task) in
            [("0", false), ("-0", false), ("0.0", false), ("null", false), ("\"\"", false), ("\"0\"", false)]
        {
            assert_eq!(names_a_task(text), task, "{text}");
        }
        for text in ["7654321", "12345678901234567890", "\"61138bb6-19fb\""] {
            assert!(names_a_task(text), "{text}");
        }
    }

    #[test]
    fn our_members_never_stand_twice() {
        let text = r#"{"errorId":0,"taskId":5,"cost":0.10}"#;
        let envelope = Envelope::parse(text).unwrap();
        let out = envelope.with(&[("taskId", "9".into()), ("ticket", "1".into())]);
        assert_eq!(out, r#"{"errorId":0,"taskId":5,"cost":0.10,"ticket":1,"captask":{"taskId":9}}"#);
    }
}
