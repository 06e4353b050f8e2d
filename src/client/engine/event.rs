//! What happens to the machine, and what it wants done about it.

use super::ticket::Terms;
use crate::client::limits::Admission;
use crate::client::purchase::{Broken, TaskId};
use crate::client::reply::Answer;
use crate::log::Level;
use crate::protocol::Failure;
use crate::secret::Secret;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// A ticket about to begin.
#[derive(Debug)]
pub struct Begin {
    /// What never changes.
    pub terms: Terms,
    /// What it begins with.
    pub what: What,
    /// Its record in the journal.
    pub record: Option<u64>,
    /// The host: where an adopted task was bought.
    pub host: usize,
}

/// What a ticket begins with.
#[derive(Debug)]
pub enum What {
    /// A task to buy: the body of createTask and what was taken from the limits.
    Buy(Arc<Secret>, Option<Admission>),
    /// A task that was bought before.
    Adopt(TaskId),
    /// Nothing to do but to give this answer: what an earlier client left and cannot be waited for.
    Answer(Option<TaskId>, Failure),
}

/// Something that happened.
#[derive(Debug)]
pub enum Event {
    /// A ticket begins.
    Submitted(Box<Begin>),
    /// A connection to this host is free: whose request goes out on it?
    Free(usize),
    /// The reply to a ticket's request came; `shown` is its beginning without secrets.
    Replied(i64, Answer, String),
    /// A ticket's request got no reply.
    Broken(i64, Broken),
    /// A result came by callback.
    #[cfg_attr(not(feature = "callback"), allow(dead_code))]
    CalledBack(i64, Answer),
    /// The caller gives a ticket up.
    Cancelled(i64),
    /// A fault of this library hit a step of this ticket; no request of it is on a connection any more.
    Fault(i64),
    /// A connection to this host was made.
    Reached(usize),
    /// No connection to this host could be made; `true` when a repetition does not mend it.
    Unreachable(usize, Failure, bool),
    /// Time has passed: timers and deadlines are looked at.
    Time,
    /// The client is stopped: tickets end when their answers are asked for.
    Stopped,
    /// The answer of this ticket is asked for after a stop.
    EndStopped(i64),
}

/// What became of an event, where its sender has to know.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Done {
    /// It was taken.
    Yes,
    /// It came too late, or there is nothing to do.
    No,
    /// There is no room to keep it.
    Full,
}

/// What a request asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ask {
    /// createTask.
    Create,
    /// getTaskResult.
    Poll,
}

/// A request of a ticket on its way to a connection.
#[derive(Debug)]
pub struct Send {
    /// Whose it is.
    pub ticket: i64,
    /// What it asks.
    pub ask: Ask,
    /// The host it goes to.
    pub host: usize,
    /// Its body.
    pub body: Arc<Secret>,
    /// How long it may take.
    pub timeout: Duration,
}

/// A note for the journal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Note {
    /// createTask is about to leave.
    Sent(u64),
    /// It certainly bought nothing.
    Unsent(u64),
    /// A task was bought at a host.
    Bought(u64, TaskId, usize),
    /// getTaskResult calls so far, before the next one leaves.
    Polled(u64, u32),
    /// A task came after its ticket had its answer: kept for the next client, with the ticket's `extra`.
    Orphan(Option<u64>, TaskId, usize, Option<Box<str>>, bool),
}

/// Something to be done, in this order.
#[derive(Debug)]
pub enum Effect {
    /// Send this request on the free connection.
    Send(Send),
    /// Write this down; what follows in the list depends on it.
    Note(Note),
    /// Give this ticket its one answer.
    Deliver(Answered),
    /// The URL with this token has done its work.
    ForgetToken(Box<str>),
    /// Remember that this task was bought at a host other than the first.
    Remember(TaskId, usize),
    /// Log this line.
    Log(Level, String),
}

/// The answer of a ticket.
#[derive(Debug)]
pub struct Answered {
    /// The ticket.
    pub ticket: i64,
    /// The JSON text.
    pub text: String,
    /// Its task, for the log when the answer is never read.
    pub task_id: Option<TaskId>,
    /// Its record in the journal.
    pub record: Option<u64>,
}

/// When the machine wants to hear of the time.
pub type Timer = Option<Instant>;
