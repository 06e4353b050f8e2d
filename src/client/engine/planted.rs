//! Faults that the simulator must find, each behind a switch that only tests have.

/// What is done wrong.
#[cfg(test)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Planted {
    /// The journal does not get that createTask leaves.
    SentLeftOut,
    /// The journal does not get a taskId.
    BoughtLeftOut,
    /// The journal does not get that a createTask bought nothing.
    UnsentLeftOut,
    /// The journal does not get a poll.
    PolledLeftOut,
    /// A createTask whose outcome is unknown is sent again.
    CreateRepeated,
    /// A purchase is given back twice.
    RefundDoubled,
    /// A purchase that may have bought a task is given back.
    RefundUnknown,
    /// A purchase of a cancelled ticket is not given back.
    RefundForgotten,
    /// A ticket gets its answer twice.
    AnswerTwice,
    /// The bound on polls is forgotten.
    PollsUnbounded,
    /// Some tickets have no deadline.
    DeadlineForgotten,
    /// Some tickets have no timer for their next poll.
    TimerForgotten,
    /// A taskId that comes after its ticket's answer is dropped.
    OrphanDropped,
    /// Tasks are polled at the first host.
    PolledElsewhere,
    /// A ticket that has ended stays in the queue of creates.
    EndedStaysQueued,
    /// A result that comes by callback before the taskId is dropped.
    EarlyDropped,
    /// Requests leave after a stop.
    SentAfterStop,
    /// Creates go before polls.
    CreatesFirst,
    /// createTasks go on after the service has refused the account.
    HoldIgnored,
    /// Retry-After is not kept.
    RetryAfterIgnored,
}

/// Whether a fault is planted in this machine; never outside tests.
#[cfg(test)]
macro_rules! planted {
    ($machine:expr, $fault:ident) => {
        $machine.planted == Some(super::planted::Planted::$fault)
    };
}

#[cfg(not(test))]
macro_rules! planted {
    ($machine:expr, $fault:ident) => {
        false
    };
}

pub(super) use planted;
