//! What an answer means for its line and for the batch, and the line that is written of it.

use captask::protocol::envelope::Envelope;
use captask::protocol::json::{Object, quote};
use captask::protocol::{Code, Failure, catalog};

/// Why a batch stops before its last line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cause {
    /// The service refuses the account: its key, its balance, this machine's address.
    Account(String),
    /// There is no key.
    Key,
    /// The service cannot be reached.
    Network(String),
    /// The journal cannot be written.
    Journal(String),
    /// The results cannot be written.
    Output(String),
    /// The input cannot be read.
    Input(String),
    /// --max-tasks is reached.
    MaxTasks(String),
    /// A signal.
    Interrupt(i32),
}

/// What an answer means.
#[derive(Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The line has its solution.
    Ready,
    /// The line has an error.
    Failed,
    /// Nothing was bought, for a reason that is not the line's own.
    Undone(Option<Cause>),
}

/// Judges the answer of a line. `own_key`: its request has a clientKey of its own.
pub fn judge(answer: &str, own_key: bool) -> Verdict {
    let Some(envelope) = Envelope::parse(answer) else { return Verdict::Failed };
    if envelope.ok() {
        return Verdict::Ready;
    }
    let object = envelope.object();
    if envelope.task_id().is_some() || object.get("outcomeUnknown").is_some() {
        return Verdict::Failed;
    }
    let code = envelope.code().unwrap_or_default();
    let text = || {
        let description = object.string("errorDescription").unwrap_or_default();
        format!("{code}: {}", captask::log::one_line(description))
    };
    match Code::ALL.iter().find(|known| known.as_str() == code) {
        Some(Code::Guard | Code::Cancelled | Code::Closed | Code::NotSent) => Verdict::Undone(None),
        Some(Code::Connect | Code::Tls) => Verdict::Undone(Some(Cause::Network(text()))),
        Some(Code::QueueFull) => Verdict::Undone(Some(Cause::Journal(text()))),
        Some(_) => Verdict::Failed,
        None if !own_key && concerns_account(&code) => Verdict::Undone(Some(Cause::Account(text()))),
        None => Verdict::Failed,
    }
}

/// Whether every further line would be answered the same, and insisting leads to a ban.
fn concerns_account(code: &str) -> bool {
    let known = catalog::describe(Some(&format!("error/{code}")));
    let class = Object::parse(&known).ok().and_then(|object| object.string("class"));
    class.is_some_and(|class| matches!(class.as_str(), "auth" | "balance" | "ip"))
}

/// The answer of a line that was not bought when the batch stopped.
pub fn undone() -> String {
    Failure::new(Code::NotSent, "the batch stopped before this task was bought; nothing was paid: run the task again")
        .to_json()
}

/// What goes with a task into the journal and comes back with its answer: whose line it is, and the line's own `extra`.
pub struct Mark<'a> {
    /// The fingerprint of the input.
    pub batch: &'a str,
}

/// The first bytes of a mark.
const MARK: &str = "{\"captaskBatch\":";

impl Mark<'_> {
    /// The mark of a line, as JSON text.
    pub fn write(&self, line: u64, extra: Option<&str>) -> String {
        let extra = extra.map_or_else(String::new, |extra| format!(",\"extra\":{extra}"));
        format!("{MARK}{},\"line\":{line}{extra}}}", quote(self.batch))
    }

    /// The line in a mark of this batch.
    pub fn read(&self, mark: &str) -> Option<u64> {
        let object = Object::parse(mark).ok()?;
        let ours = mark.starts_with(MARK) && object.string("captaskBatch")? == self.batch;
        object.get("line").filter(|_| ours)?.get().parse().ok()
    }
}

/// One line for the results: the number first, then the answer as it came. A mark becomes the line's own `extra` again.
pub fn result_line(number: u64, answer: &str) -> String {
    let members = match Object::parse(answer) {
        Ok(object) => unmarked(&object, true),
        Err(_) => vec![format!("\"errorId\":1,\"answer\":{}", quote(answer))],
    };
    let mut line = format!("{{\"line\":{number}");
    for member in members {
        line.push(',');
        line.push_str(&member);
    }
    line.push('}');
    // Between two tokens a line's end is white space; in a text it is written \n.
    line.replace(['\n', '\r'], " ")
}

/// The members as text, with the marks among them undone. At the `top` a member `line` of the service gives way. Marks are
/// undone also where the library puts its own when the service has an
/// `extra` too.
fn unmarked(object: &Object<'_>, top: bool) -> Vec<String> {
    let mut out = Vec::with_capacity(object.members().len());
    // A place inside the one line.
    let place = top && object.string("errorCode").is_some_and(|code| code == Code::InvalidJson.as_str());
    for member in object.members() {
        let (name, value) = (member.name.as_ref(), member.value.get());
        if place && name == "line" {
            continue;
        }
        let value = match name {
            "extra" if value.starts_with(MARK) => {
                let own = Object::parse(value).ok().and_then(|mark| mark.get("extra").map(|raw| raw.get().to_owned()));
                let Some(own) = own else { continue };
                own
            }
            "captask" => match Object::parse(value) {
                Ok(inner) => format!("{{{}}}", unmarked(&inner, false).join(",")),
                Err(_) => value.to_owned(),
            },
            _ => value.to_owned(),
        };
        out.push(format!("{}:{value}", quote(if top && name == "line" { "serviceLine" } else { name })));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_result_has_its_line_and_the_extra_of_its_task() {
        let mark = Mark { batch: "abc" };
        let marked = mark.write(7, Some("{\"a\":1}"));
        assert_eq!((mark.read(&marked), Mark { batch: "x" }.read(&marked)), (Some(7), None));
        let answer = format!("{{\"errorId\":0,\n\"n\":0.10,\"extra\":{marked}}}");
        assert_eq!(result_line(7, &answer), "{\"line\":7,\"errorId\":0,\"n\":0.10,\"extra\":{\"a\":1}}");
        let both = format!("{{\"line\":1,\"extra\":5,\"captask\":{{\"extra\":{marked},\"ticket\":2}}}}");
        let line = "{\"line\":7,\"serviceLine\":1,\"extra\":5,\"captask\":{\"extra\":{\"a\":1},\"ticket\":2}}";
        assert_eq!(result_line(7, &both), line);
        assert_eq!(result_line(7, &format!("{{\"extra\":{}}}", mark.write(7, None))), "{\"line\":7}");
    }

    #[test]
    fn what_is_paid_is_never_undone() {
        let paid = "{\"errorId\":1,\"errorCode\":\"CAPTASK_CLOSED\",\"taskId\":5}";
        assert_eq!(judge(paid, false), Verdict::Failed);
        let maybe = "{\"errorId\":1,\"errorCode\":\"CAPTASK_CANCELLED\",\"outcomeUnknown\":true}";
        assert_eq!(judge(maybe, false), Verdict::Failed);
        assert_eq!(judge("{\"errorId\":1,\"errorCode\":\"CAPTASK_NOT_SENT\"}", false), Verdict::Undone(None));
        let empty = "{\"errorId\":1,\"errorCode\":\"ERROR_ZERO_BALANCE\",\"taskId\":0}";
        assert!(matches!(judge(empty, false), Verdict::Undone(Some(Cause::Account(_)))));
        assert_eq!(judge(empty, true), Verdict::Failed);
    }
}
