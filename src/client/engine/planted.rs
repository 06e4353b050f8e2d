//! Faults that the simulator must find, each behind a switch that only tests have.

/// What is done wrong.
#[cfg(test)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Planted {
    /// The start of createTask is not written to the journal.
    SentLeftOut,
    /// The taskId is not written to the journal.
    BoughtLeftOut,
    /// The end of a createTask that bought nothing is not written to the journal.
    UnsentLeftOut,
    /// Polls are not written to the journal.
    PolledLeftOut,
    /// A createTask whose outcome is unknown is sent again.
    CreateRepeated,
    /// The limits get a purchase back twice.
    RefundDoubled,
    /// The limits get a purchase back that may have bought a task.
    RefundUnknown,
    /// The limits do not get the purchase of a cancelled ticket back.
    RefundForgotten,
    /// A ticket is answered twice.
    AnswerTwice,
    /// The number of polls is not limited.
    PollsUnbounded,
    /// Some tickets have no deadline.
    DeadlineForgotten,
    /// Some tickets have no timer for their next poll.
    TimerForgotten,
    /// A taskId that comes after its ticket was answered is lost.
    OrphanDropped,
    /// Every task is polled at the first host, not at the host that sold it.
    PolledElsewhere,
    /// A ticket that has ended stays in the queue for createTask.
    EndedStaysQueued,
    /// A callback that comes before the taskId is lost.
    EarlyDropped,
    /// Requests are sent after a stop.
    SentAfterStop,
    /// createTask is sent before polls that are due.
    CreatesFirst,
    /// createTask is sent although the service refused the account.
    HoldIgnored,
    /// createTask is sent before Retry-After has passed.
    RetryAfterIgnored,
    /// The effects for other tickets are lost when a handler panics.
    EffectsLost,
    /// A request is sent although a panic ended its ticket before.
    FaultedLeaves,
    /// A createTask whose reply hit a panic is never removed.
    FaultedStays,
    /// After a panic, the answer says that nothing was sent although createTask was.
    FaultedDenies,
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

/// A place at which tests have a handler panic.
#[cfg(test)]
macro_rules! may_fail {
    ($machine:expr) => {
        $machine.fail_here()
    };
}

#[cfg(not(test))]
macro_rules! may_fail {
    ($machine:expr) => {};
}

pub(super) use {may_fail, planted};
