//! What the pure functions make of a row, and what the contract demands of them.

use super::cases::{self, BODIES, Body, Carries};
use captask::client::reply::{self, Answer, Created, Progress, Read};
use captask::protocol::envelope::Envelope;

/// The methods of the page. The last column of each is over the same replies.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Method {
    Create,
    /// getTaskResult by a ticket.
    Poll,
    /// getTaskResult by a single call.
    Result,
    Balance,
    /// A report, or a method that is not known.
    Once,
}

/// What captask makes of a reply.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Outcome {
    /// createTask: a task was bought, and its result is polled for.
    Bought,
    /// createTask: the answer is the result.
    Ready,
    /// A single call: what came is the answer.
    Answer,
    /// The service's error is the answer.
    Error,
    /// A poll: asked again after the interval.
    Wait,
    /// Asked again, less and less often.
    Again,
    /// CAPTASK_OUTCOME_UNKNOWN.
    Unknown,
    /// CAPTASK_BAD_RESPONSE, at once.
    Bad,
}

pub fn answer(status: u16, text: &str) -> Answer {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text).to_owned();
    Answer { text, status, retry_after_ms: None, host: 0, warning: None, note: None }
}

pub fn meaning(method: Method, status: u16, text: &str) -> Outcome {
    let answer = answer(status, text);
    match method {
        Method::Create => match reply::created(&answer) {
            Created::Bought { ready: false, .. } => Outcome::Bought,
            Created::Bought { ready: true, .. } | Created::Ready => Outcome::Ready,
            Created::Refused => Outcome::Error,
            Created::Busy => Outcome::Again,
            Created::Unclear => Outcome::Unknown,
        },
        Method::Poll => match reply::polled(&answer) {
            Progress::Ready => Outcome::Answer,
            Progress::Failed => Outcome::Error,
            Progress::Wait => Outcome::Wait,
            Progress::Trouble => Outcome::Again,
        },
        Method::Result => single("getTaskResult", &answer, true),
        Method::Balance => single("getBalance", &answer, true),
        Method::Once => single("reportIncorrectTokenCaptcha", &answer, false),
    }
}

/// A single call; `again` says whether its method is sent again.
fn single(method: &str, answer: &Answer, again: bool) -> Outcome {
    let of_task = method == "getTaskResult";
    let good = || match Envelope::of_task(&answer.text) {
        Some(envelope) if of_task => envelope.ok() && reply::polled(answer) != Progress::Failed,
        envelope => envelope.is_some_and(|envelope| envelope.ok()),
    };
    match reply::read(method, answer) {
        Read::Answer if good() => Outcome::Answer,
        Read::Answer => Outcome::Error,
        Read::Later if again => Outcome::Again,
        Read::Later => Outcome::Error,
        Read::Unreadable if again => Outcome::Again,
        Read::Unreadable | Read::Hopeless => Outcome::Bad,
    }
}

/// Whether a callback with this body is taken, and whether it is an error then.
pub fn callback(body: &Body) -> Option<Outcome> {
    let text = cases::text(body, 0);
    let text = text.trim_start_matches('\u{feff}');
    reply::is_result(text).then(|| meaning(Method::Poll, 200, text))
}

#[test]
fn the_contract_holds_for_every_row() {
    for (row, status, body) in cases::rows() {
        let text = cases::text(body, row);
        let of = |method| meaning(method, status, &text);
        let (create, poll, result) = (of(Method::Create), of(Method::Poll), of(Method::Result));
        let about = format!("{status} {}: {create:?} {poll:?} {result:?}", body.name);
        match body.carries {
            // What carries what was paid for is it, under every status.
            Carries::Task => assert_eq!(create, Outcome::Bought, "{about}"),
            Carries::Both => {
                assert_eq!((create, poll, result), (Outcome::Ready, Outcome::Answer, Outcome::Answer), "{about}");
            }
            Carries::Result => {
                assert_eq!((create, poll, result), (Outcome::Ready, Outcome::Answer, Outcome::Answer), "{about}");
            }
            Carries::Wait => {
                assert!(matches!(poll, Outcome::Wait | Outcome::Again), "{about}");
                assert!(create != Outcome::Bought && create != Outcome::Ready, "{about}");
            }
            // A final error ends the task, and is not asked for again, under every status.
            Carries::Final => {
                assert_eq!((create, poll, result), (Outcome::Error, Outcome::Error, Outcome::Error), "{about}");
                assert_eq!(of(Method::Balance), Outcome::Error, "{about}");
            }
            Carries::Other => {}
        }
        // createTask is sent again after 429, and after 503 in the service's own words; else its outcome is unknown.
        if create == Outcome::Again {
            let own = Envelope::of_task(&text).is_some_and(|envelope| !envelope.ok());
            assert!(status == 429 || status == 503 && own, "{about}");
        }
        // A ticket and a single call agree: what ends one ends the other with the same.
        let ends = |outcome| matches!(outcome, Outcome::Answer | Outcome::Error);
        match (poll, result) {
            (Outcome::Answer, other) | (Outcome::Error, other) => assert_eq!(poll, other, "{about}"),
            // What says wait is the answer of a call that does not wait itself.
            (Outcome::Wait, Outcome::Answer | Outcome::Error) => {}
            (_, other) => assert!(!ends(other), "{about}"),
        }
        // What is not known to have been done is not done again.
        assert!(!matches!(of(Method::Once), Outcome::Again | Outcome::Wait), "{about}");
    }
}

#[test]
fn a_callback_is_taken_when_a_poll_would_end_with_it() {
    for body in &BODIES {
        let (poll, taken) = (meaning(Method::Poll, 200, &cases::text(body, 0)), callback(body));
        // A callback may come from anybody who has seen the URL: of a result, it has to bring one.
        let ends = matches!(poll, Outcome::Answer | Outcome::Error) && body.name != "ready, empty solution";
        assert_eq!(taken, ends.then_some(poll), "{}", body.name);
    }
}
